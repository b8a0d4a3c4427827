"""Units, their names, and groups of them."""

from datetime import date
from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from ..rules import PATH_STEP, NameKind, UnitKind, path_range

UNIT_KINDS = {
    UnitKind.PROVINCE: _("Province"),
    UnitKind.CITY: _("City"),
    UnitKind.BLOCK: _("Area block"),
    UnitKind.DISTRICT: _("District"),
    UnitKind.COUNTY: _("County"),
    UnitKind.COUNTY_CITY: _("County-level city"),
    UnitKind.ZONE: _("Development zone"),
    UnitKind.SUBDISTRICT: _("Subdistrict"),
    UnitKind.TOWN: _("Town"),
    UnitKind.COMMUNITY: _("Community"),
    UnitKind.VILLAGE: _("Village"),
    UnitKind.GRID: _("Grid"),
    UnitKind.GOVERNMENT: _("Government"),
    UnitKind.DEPARTMENT: _("Department"),
    UnitKind.ENTERPRISE: _("Enterprise"),
    UnitKind.WORK_GROUP: _("Work group"),
    UnitKind.AGENCY: _("Survey agency"),
    UnitKind.OTHER: _("Other"),
}
NAME_KINDS = {
    NameKind.ALIAS: _("Alias"),
    NameKind.SHORT: _("Short name"),
    NameKind.OLD: _("Old name"),
    NameKind.CODE: _("Earlier division code"),
}


class Units(models.QuerySet["Unit"]):
    def open_on(self, day: date) -> Self:
        opened = models.Q(opened_on=None) | models.Q(opened_on__lte=day)
        return self.filter(opened & (models.Q(closed_on=None) | models.Q(closed_on__gt=day)))

    def below(self, path: str) -> Self:
        """The unit with `path` and all below it: a range of the index."""
        first, end = path_range(path)
        return self.filter(path__gte=first, path__lt=end)


class PeerGroup(models.Model):
    """Units that are compared and ranked with each other."""

    jurisdiction = models.ForeignKey("Unit", models.PROTECT, related_name="+")
    name = models.CharField(_("name"), max_length=100)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        ordering = ("pk",)
        constraints = (models.UniqueConstraint(fields=["jurisdiction", "name"], name="peer_group_once"),)

    def __str__(self) -> str:
        return self.name


class Unit(models.Model):
    """An office, an area or a body that work is given to. The city at the root is its jurisdiction.

    `closed_on` in the future is the day on which a temporary group ends: until then it is open.
    `division_code` has 2, 4, 6, 9 or 12 digits (GB/T 2260, GB/T 10114); `initials` are those of the name and
    of the short name in pinyin, kept by the actions.
    """

    kind = models.CharField(_("kind"), max_length=16, choices=UNIT_KINDS)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    path = models.CharField(max_length=120, unique=True, editable=False)
    name = models.CharField(_("name"), max_length=100)
    short_name = models.CharField(_("short name"), max_length=50, blank=True)
    code = models.CharField(_("code"), max_length=32, blank=True)
    division_code = models.CharField(_("division code"), max_length=12, blank=True)
    division_code_from = models.DateField(_("division code from"), null=True, blank=True)
    division_code_until = models.DateField(_("division code until"), null=True, blank=True)
    peer_group = models.ForeignKey(
        PeerGroup, models.PROTECT, verbose_name=_("peer group"), null=True, blank=True, related_name="units"
    )
    initials = models.CharField(max_length=160, blank=True, editable=False)
    opened_on = models.DateField(_("opened on"), null=True, blank=True)
    closed_on = models.DateField(_("closed on"), null=True, blank=True)
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="merged")
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = Units.as_manager()

    class Meta:
        ordering = ("path",)
        constraints = (
            models.UniqueConstraint(
                fields=["parent", "name"],
                condition=models.Q(closed_on=None),
                name="unit_name_once_under_parent",
            ),
            models.UniqueConstraint(
                fields=["name"],
                condition=models.Q(parent=None, closed_on=None),
                name="city_name_once",
            ),
            models.UniqueConstraint(fields=["code"], condition=~models.Q(code=""), name="unit_code_once"),
        )

    def __str__(self) -> str:
        return self.short_name or self.name

    @property
    def jurisdiction_path(self) -> str:
        return self.path[:PATH_STEP]

    def is_open_on(self, day: date) -> bool:
        opened = self.opened_on is None or self.opened_on <= day
        return opened and not self.has_ended_on(day)

    def has_ended_on(self, day: date) -> bool:
        return self.closed_on is not None and self.closed_on <= day


class UnitName(models.Model):
    """Another name that documents use for a unit."""

    unit = models.ForeignKey(Unit, models.CASCADE, related_name="names")
    kind = models.CharField(_("kind"), max_length=8, choices=NAME_KINDS)
    name = models.CharField(_("name"), max_length=100)
    initials = models.CharField(max_length=100, blank=True, editable=False)
    starts_on = models.DateField(_("from"), null=True, blank=True)
    ends_on = models.DateField(_("until"), null=True, blank=True)

    class Meta:
        ordering = ("kind", "pk")
        constraints = (models.UniqueConstraint(fields=["unit", "name"], name="unit_other_name_once"),)

    def __str__(self) -> str:
        return self.name


class UnitMove(models.Model):
    """A unit stood under another one before the day."""

    unit = models.ForeignKey(Unit, models.CASCADE, related_name="moves")
    from_parent = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    to_parent = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    on = models.DateField(_("on"))

    class Meta:
        ordering = ("on", "pk")

    def __str__(self) -> str:
        return f"{self.unit}: {self.from_parent} → {self.to_parent}"


class UnitGroup(models.Model):
    """A rule for "all of them": open units of `kinds` in the jurisdiction, and `members` named one by one.

    Who that is on a day says `queries.group_members`; a plan freezes the answer at its confirmation.
    """

    jurisdiction = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    name = models.CharField(_("name"), max_length=100)
    other_names = models.JSONField(_("other names"), default=list, blank=True)
    kinds = models.JSONField(_("kinds of units"), default=list, blank=True)
    members = models.ManyToManyField(Unit, verbose_name=_("members"), related_name="+", blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        ordering = ("pk",)
        constraints = (models.UniqueConstraint(fields=["jurisdiction", "name"], name="group_name_once"),)

    def __str__(self) -> str:
        return self.name
