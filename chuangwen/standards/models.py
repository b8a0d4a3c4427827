"""Facts about what is assessed: point types, systems in versions, the negative list."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from chuangwen.kit.locking import Versioned

from .rules.words import Critical, DeadlineClass, Level, Method, NegativeLevel, Purpose, Severity, Sums

PURPOSES = {
    Purpose.TOTAL: _("counts in the city's total"),
    Purpose.MINORS: _("minors, with a result of its own"),
    Purpose.OTHER: pgettext_lazy("purpose", "other"),
}
LEVELS = {
    Level.CATEGORY: _("category of assessment"),
    Level.CONTENT: _("content of assessment"),
    Level.STANDARD: _("standard of assessment"),
    Level.GROUP: pgettext_lazy("level", "group"),
}
METHODS = {
    Method.FIELD: _("field assessment"),
    Method.MATERIAL: _("material review"),
    Method.SURVEY: _("questionnaire"),
    Method.ONLINE: _("online assessment"),
}
SUMS = {
    Sums.NOWHERE: _("weights need not add up"),
    Sums.TOP: _("the first level adds up to the total"),
    Sums.EACH: _("each level adds up to the one above it"),
}
CRITICAL = {
    Critical.NO: pgettext_lazy("critical", "no"),
    Critical.CAP: _("not met, it caps the point"),
    Critical.FAIL: _("not met, the point fails"),
}
SEVERITIES = {
    Severity.LIGHT: pgettext_lazy("severity", "light"),
    Severity.SERIOUS: pgettext_lazy("severity", "serious"),
    Severity.GRAVE: pgettext_lazy("severity", "grave"),
}
DEADLINE_CLASSES = {
    DeadlineClass.AT_ONCE: _("at once"),
    DeadlineClass.DAY: _("within 24 hours"),
    DeadlineClass.THREE_DAYS: _("within 3 days"),
    DeadlineClass.WEEK: _("within 7 days"),
    DeadlineClass.LONG: _("by a plan of works"),
}
NEGATIVE_LEVELS = {
    NegativeLevel.VETO: _("veto"),
    NegativeLevel.SUSPEND: _("suspension"),
    NegativeLevel.DEDUCT: _("deduction"),
}


class PointType(Versioned):
    """A kind of place that is inspected. `weight_milli` weighs its mean among those of the other types."""

    jurisdiction = models.ForeignKey("orgs.Unit", models.PROTECT, related_name="+")
    code = models.CharField(_("code"), max_length=16)
    name = models.CharField(_("name"), max_length=50)
    position = models.PositiveIntegerField(default=0)
    weight_milli = models.PositiveIntegerField(_("weight"), default=1000)

    class Meta:
        ordering = ("position", "pk")
        constraints = (
            models.UniqueConstraint(fields=["jurisdiction", "code"], name="point_type_code_once"),
            models.UniqueConstraint(fields=["jurisdiction", "name"], name="point_type_name_once"),
        )

    def __str__(self) -> str:
        return self.name


class System(Versioned):
    """An assessment system of a city, in versions. Several stand side by side; that of minors is one."""

    jurisdiction = models.ForeignKey("orgs.Unit", models.PROTECT, related_name="+")
    name = models.CharField(_("name"), max_length=100)
    purpose = models.CharField(_("purpose"), max_length=8, choices=PURPOSES, default=Purpose.TOTAL)

    class Meta:
        ordering = ("pk",)
        constraints = (models.UniqueConstraint(fields=["jurisdiction", "name"], name="system_name_once"),)

    def __str__(self) -> str:
        return self.name


class SystemVersion(Versioned):
    """A tree of nodes and items. `number` None: a draft, of which a system has one at most.

    Published, it never changes: `digest` (see `Tree.digest`) says what it was, and `types` how its point
    types were called and weighed. `based_on` is the version from which it was drafted.
    """

    system = models.ForeignKey(System, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField(_("version"), null=True, blank=True)
    based_on = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+")
    sums = models.CharField(_("weights"), max_length=4, choices=SUMS, default=Sums.NOWHERE, blank=True)
    total_milli = models.PositiveIntegerField(_("total"), default=100_000)
    types = models.JSONField(default=list, blank=True)
    digest = models.CharField(max_length=64, blank=True, editable=False)
    published_at = models.DateTimeField(null=True, blank=True)
    published_by = models.ForeignKey("orgs.Person", models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ("system", "-number", "-pk")
        constraints = (
            models.UniqueConstraint(fields=["system", "number"], name="system_version_number_once"),
            models.UniqueConstraint(
                fields=["system"], condition=Q(number=None), name="one_draft_of_a_system"
            ),
            models.CheckConstraint(
                condition=Q(number=None, published_at=None, digest="")
                | (Q(number__isnull=False, published_at__isnull=False) & ~Q(digest="")),
                name="published_has_number_time_and_digest",
            ),
        )

    def __str__(self) -> str:
        if self.number is None:
            return str(self.system)
        return str(_("%(system)s, version %(number)s")) % {"system": self.system, "number": self.number}


class Node(Versioned):
    """A category, content, standard or group of a version. `key` stays the same over versions."""

    system_version = models.ForeignKey(SystemVersion, models.CASCADE, related_name="nodes")
    key = models.CharField(max_length=32)
    parent = models.ForeignKey("self", models.CASCADE, null=True, blank=True, related_name="children")
    level = models.CharField(_("level"), max_length=8, choices=LEVELS)
    number = models.CharField(_("number"), max_length=20, blank=True)
    title = models.CharField(_("title"), max_length=500)
    weight_milli = models.PositiveIntegerField(_("weight"), default=1000)
    position = models.PositiveIntegerField(default=0)
    method = models.CharField(_("method"), max_length=8, choices=METHODS, blank=True)
    evidence = models.CharField(_("evidence"), max_length=500, blank=True)
    units = models.ManyToManyField("orgs.Unit", verbose_name=_("responsible units"), related_name="+")

    class Meta:
        ordering = ("position", "pk")
        constraints = (
            models.UniqueConstraint(fields=["system_version", "key"], name="node_key_once"),
            models.CheckConstraint(condition=~Q(parent=models.F("pk")), name="node_not_under_itself"),
        )

    def __str__(self) -> str:
        return f"{self.number} {self.title}".strip()


class Item(Versioned):
    """One line of a checklist with its rule: see `cores.scoring` for kinds and rules."""

    system_version = models.ForeignKey(SystemVersion, models.CASCADE, related_name="items")
    key = models.CharField(max_length=32)
    node = models.ForeignKey(Node, models.CASCADE, related_name="items")
    number = models.CharField(_("number"), max_length=20, blank=True)
    title = models.CharField(_("title"), max_length=300)
    kind = models.CharField(_("kind"), max_length=16)
    rule = models.JSONField(_("rule"), null=True, blank=True)
    weight_milli = models.PositiveIntegerField(_("weight"), default=1000)
    position = models.PositiveIntegerField(default=0)
    critical = models.CharField(_("critical"), max_length=4, choices=CRITICAL, blank=True)
    cap_nano = models.PositiveBigIntegerField(_("cap"), null=True, blank=True)
    photos_least = models.PositiveSmallIntegerField(_("photos at least"), default=0)
    severity = models.CharField(_("severity"), max_length=8, choices=SEVERITIES, default=Severity.LIGHT)
    deadline_class = models.CharField(
        _("put right"), max_length=12, choices=DEADLINE_CLASSES, default=DeadlineClass.THREE_DAYS
    )
    requires_reason = models.BooleanField(_("reason"), default=True)
    point_types = models.ManyToManyField(PointType, verbose_name=_("point types"), related_name="+")

    class Meta:
        ordering = ("position", "pk")
        constraints = (
            models.UniqueConstraint(fields=["system_version", "key"], name="item_key_once"),
            models.CheckConstraint(
                condition=Q(critical="cap", cap_nano__lte=10**9) | (~Q(critical="cap") & Q(cap_nano=None)),
                name="cap_of_a_capping_item",
            ),
        )

    def __str__(self) -> str:
        return f"{self.number} {self.title}".strip()


class NegativeItem(Versioned):
    """What must not happen, restricted to its role. `owner` says each month whether it did.

    An occurrence counts for `window_months`. `deduct_milli` None: not known, or it does not deduct. It holds
    from `starts_on` to before `ended_on`.
    """

    jurisdiction = models.ForeignKey("orgs.Unit", models.PROTECT, related_name="+")
    number = models.CharField(_("number"), max_length=20, blank=True)
    title = models.CharField(_("title"), max_length=300)
    level = models.CharField(_("level"), max_length=8, choices=NEGATIVE_LEVELS)
    window_months = models.PositiveSmallIntegerField(_("counts for (months)"), default=12)
    deduct_milli = models.PositiveIntegerField(_("deduction"), null=True, blank=True)
    owner = models.ForeignKey("orgs.Unit", models.PROTECT, verbose_name=_("owner unit"), related_name="+")
    starts_on = models.DateField(_("holds from"))
    ended_on = models.DateField(_("ended on"), null=True, blank=True)

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(fields=["jurisdiction", "title"], name="negative_item_once"),
            models.CheckConstraint(
                condition=Q(level="deduct") | Q(deduct_milli=None), name="deduction_of_what_deducts"
            ),
        )

    def __str__(self) -> str:
        return self.title


class NegativeReport(Versioned):
    """What a unit says of its items for a month: `happened` None until it says so; False is a zero report."""

    jurisdiction = models.ForeignKey("orgs.Unit", models.PROTECT, related_name="+")
    unit = models.ForeignKey("orgs.Unit", models.PROTECT, related_name="+")
    month = models.DateField()  # its first day
    happened = models.BooleanField(null=True, blank=True)
    said_at = models.DateTimeField(null=True, blank=True)
    said_by = models.ForeignKey("orgs.Person", models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ("-month", "unit")
        constraints = (models.UniqueConstraint(fields=["unit", "month"], name="negative_report_once"),)

    def __str__(self) -> str:
        return f"{self.unit} {self.month:%Y-%m}"


class NegativeOccurrence(Versioned):
    """It happened. Facts are never rewritten: what was wrong is withdrawn with a reason, and told anew."""

    item = models.ForeignKey(NegativeItem, models.PROTECT, related_name="occurrences")
    happened_on = models.DateField(_("happened on"))
    facts = models.TextField(_("facts"))
    told_at = models.DateTimeField()
    told_by = models.ForeignKey("orgs.Person", models.PROTECT, null=True, blank=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey("orgs.Person", models.PROTECT, null=True, blank=True, related_name="+")
    withdrawn_reason = models.CharField(_("reason"), max_length=500, blank=True)

    class Meta:
        ordering = ("-happened_on", "-pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(withdrawn_at=None, withdrawn_reason="")
                | (Q(withdrawn_at__isnull=False) & ~Q(withdrawn_reason="")),
                name="withdrawn_with_a_reason",
            ),
        )

    def __str__(self) -> str:
        return f"{self.item} {self.happened_on}"
