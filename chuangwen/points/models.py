"""Facts about the places that are inspected."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from .rules.coordinates import Crs
from .rules.states import ChiefKind, Level, Status

STATUSES = {
    Status.OPEN: pgettext_lazy("point", "open"),
    Status.SUSPENDED: pgettext_lazy("point", "suspended"),
    Status.CLOSED: pgettext_lazy("point", "closed"),
}
SYSTEMS = {
    Crs.WGS84: _("WGS-84 (GPS)"),
    Crs.CGCS2000: _("CGCS2000"),
    Crs.GCJ02: _("GCJ-02 (AMap, Tencent)"),
    Crs.BD09: _("BD-09 (Baidu)"),
}
LEVELS = {
    Level.CITY: _("city level"),
    Level.DISTRICT: _("district level"),
    Level.STREET: _("subdistrict level"),
    Level.COMMUNITY: _("community level"),
    Level.GRID: _("grid level"),
}
CHIEF_KINDS = {
    ChiefKind.POINT: _("point chief"),
    ChiefKind.ROAD: _("road chief"),
    ChiefKind.LANE: _("lane chief"),
}


class Versioned(models.Model):
    """A row that two people may edit at once: written by `kit.locking.save_if_current` after it was made."""

    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        abstract = True


class Point(Versioned):
    """A place of one point type, and its three owners.

    `unit` is the territorial one, the lowest that is known; `lead_unit` leads the trade; the venue is
    `venue_unit`, or somebody without an account who is called `venue_name`, or with neither the point itself.
    `lon_e7` and `lat_e7` are WGS-84 in ten-millionths of a degree, None while unknown; beside them stands
    what was typed, and in which system. `hours` as `rules.hours.stored`; [] is unknown. `merged_into`: it is
    the same place, kept under another number.
    """

    jurisdiction = models.ForeignKey("orgs.Unit", models.PROTECT, related_name="+")
    number = models.CharField(_("number"), max_length=20)
    type = models.ForeignKey(
        "standards.PointType", models.PROTECT, verbose_name=_("point type"), related_name="+"
    )
    name = models.CharField(_("name"), max_length=100)
    address = models.CharField(_("address"), max_length=200, blank=True)
    lon_e7 = models.IntegerField(null=True, blank=True)
    lat_e7 = models.IntegerField(null=True, blank=True)
    lon_text = models.CharField(_("longitude"), max_length=100, blank=True)
    lat_text = models.CharField(_("latitude"), max_length=100, blank=True)
    crs = models.CharField(_("system of coordinates"), max_length=8, choices=SYSTEMS, default=Crs.WGS84)
    unit = models.ForeignKey(
        "orgs.Unit", models.PROTECT, verbose_name=_("territorial unit"), related_name="+"
    )
    lead_unit = models.ForeignKey(
        "orgs.Unit", models.PROTECT, verbose_name=_("lead department"), related_name="+"
    )
    venue_unit = models.ForeignKey(
        "orgs.Unit", models.PROTECT, verbose_name=_("venue"), related_name="+", null=True, blank=True
    )
    venue_name = models.CharField(_("venue"), max_length=100, blank=True)
    hours = models.JSONField(_("opening hours"), default=list, blank=True)
    status = models.CharField(_("status"), max_length=10, choices=STATUSES, default=Status.OPEN)
    status_on = models.DateField(_("status since"), null=True, blank=True)
    note = models.CharField(_("remark"), max_length=200, blank=True)
    merged_into = models.ForeignKey("self", models.PROTECT, related_name="merged", null=True, blank=True)

    class Meta:
        ordering = ("number", "pk")
        indexes = (
            models.Index(fields=["jurisdiction", "status", "type"], name="point_list"),
            models.Index(fields=["unit", "status"], name="point_of_unit"),
        )
        constraints = (
            models.UniqueConstraint(fields=["jurisdiction", "number"], name="point_number_once"),
            models.CheckConstraint(condition=~Q(number=""), name="point_has_a_number"),
            models.CheckConstraint(
                condition=Q(lon_e7=None, lat_e7=None) | Q(lon_e7__isnull=False, lat_e7__isnull=False),
                name="point_is_somewhere_or_nowhere",
            ),
            models.CheckConstraint(
                condition=Q(venue_unit=None) | Q(venue_name=""), name="point_has_one_venue"
            ),
            models.CheckConstraint(
                condition=Q(merged_into=None) | Q(status="closed"), name="merged_point_is_closed"
            ),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def venue(self) -> str:
        """Whom a result of the venue itself concerns."""
        return str(self.venue_unit) if self.venue_unit_id else self.venue_name or self.name


class PointChief(models.Model):
    """Who took the point on (点位长, 路长), at which level, from `starts_on` to before `ends_on`.

    The holder need not have an account. Names stand here alone, never in the audit.
    """

    point = models.ForeignKey(Point, models.PROTECT, related_name="chiefs")
    kind = models.CharField(_("kind"), max_length=8, choices=CHIEF_KINDS, default=ChiefKind.POINT)
    level = models.CharField(_("level"), max_length=10, choices=LEVELS)
    name = models.CharField(_("name"), max_length=64)
    post = models.CharField(_("post"), max_length=100, blank=True)
    starts_on = models.DateField(_("from"), null=True, blank=True)
    ends_on = models.DateField(_("until"), null=True, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.CheckConstraint(
                condition=Q(starts_on=None) | Q(ends_on=None) | Q(ends_on__gt=F("starts_on")),
                name="chief_days_in_order",
            ),
        )

    def __str__(self) -> str:
        return self.name


class PointPhoto(models.Model):
    """A photo of the point, kept as it came under its hash; shown without what it tells besides."""

    point = models.ForeignKey(Point, models.PROTECT, related_name="photos")
    sha256 = models.CharField(max_length=64)
    name = models.CharField(_("name"), max_length=100)
    media_type = models.CharField(max_length=20)
    size = models.PositiveIntegerField()
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    caption = models.CharField(_("caption"), max_length=100, blank=True)
    taken_on = models.DateField(_("taken on"), null=True, blank=True)
    added_at = models.DateTimeField()
    added_by = models.ForeignKey("orgs.Person", models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ("pk",)
        constraints = (models.UniqueConstraint(fields=["point", "sha256"], name="point_photo_once"),)

    def __str__(self) -> str:
        return self.caption or self.name


class ApartPair(models.Model):
    """Somebody decided that the two are two places: they are not proposed as one again."""

    one = models.ForeignKey(Point, models.PROTECT, related_name="+")
    other = models.ForeignKey(Point, models.PROTECT, related_name="+")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["one", "other"], name="apart_once"),
            models.CheckConstraint(condition=Q(one__lt=F("other")), name="apart_in_order"),
        )

    def __str__(self) -> str:
        return f"{self.one} · {self.other}"


class Boundary(Versioned):
    """Where a unit lies: `geometry` is exact, `outline` what is drawn; GeoJSON in WGS-84 both.

    `sha256` is that of the file it came in.
    """

    unit = models.OneToOneField("orgs.Unit", models.PROTECT, related_name="+")
    geometry = models.JSONField()
    outline = models.JSONField()
    file_name = models.CharField(_("file"), max_length=100)
    sha256 = models.CharField(max_length=64)

    class Meta:
        ordering = ("unit__path",)

    def __str__(self) -> str:
        return str(self.unit)
