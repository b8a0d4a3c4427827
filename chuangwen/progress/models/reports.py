"""What units report: items of their reports, entries that are typed, evidence, remarks, late grants."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from ..rules.states import ItemState, Part, Progress
from .rhythm import Period

ITEM_STATES = {
    ItemState.DRAFT: _("draft"),
    ItemState.SUBMITTED: _("handed in"),
    ItemState.REVIEWED: _("reviewed by the lead unit"),
    ItemState.CONFIRMED: _("confirmed"),
    ItemState.RETURNED: _("returned"),
}
PROGRESS = {
    Progress.NOT_STARTED: _("not started"),
    Progress.GOING: _("going on"),
    Progress.DONE: _("done"),
    Progress.STUCK: _("stuck"),
    Progress.NOT_DUE: _("not due yet"),
}
CONFIDENTIAL = {
    "internal": _("internal: own unit, lead unit, campaign office, leaders"),
    "open": _("open to all who read the report"),
}


class UnitReport(models.Model):
    """One report of a unit for all its tasks in a period."""

    period = models.ForeignKey(Period, models.PROTECT, related_name="reports")
    unit = models.ForeignKey("orgs.Unit", models.PROTECT, related_name="+")
    handed_in_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        ordering = ("pk",)
        constraints = (models.UniqueConstraint(fields=["period", "unit"], name="report_once"),)

    def __str__(self) -> str:
        return f"{self.unit_id} {self.period_id}"


class ReportItem(models.Model):
    """Task × unit × period; without a task the indicators of the plan that stand under none.

    `unchanged`: copied from the last one by one tap.
    """

    report = models.ForeignKey(UnitReport, models.CASCADE, related_name="items")
    task = models.ForeignKey("plans.Task", models.PROTECT, null=True, blank=True, related_name="+")
    part = models.CharField(max_length=8, choices={Part.LEAD: _("leads"), Part.MEMBER: _("helps")})
    state = models.CharField(_("state"), max_length=10, choices=ITEM_STATES, default=ItemState.DRAFT)
    progress = models.CharField(_("how it stands"), max_length=12, choices=PROGRESS, blank=True)
    unchanged = models.BooleanField(default=False)
    done_words = models.CharField(_("what was done"), max_length=1000, blank=True)
    stuck_words = models.CharField(_("what is stuck"), max_length=1000, blank=True)
    helper = models.ForeignKey(
        "orgs.Unit", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("who must help")
    )
    next_step = models.CharField(_("next step"), max_length=500, blank=True)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        ordering = ("pk",)
        constraints = (models.UniqueConstraint(fields=["report", "task"], name="item_once"),)
        indexes = (models.Index(fields=["task", "state"], name="item_of_task"),)

    def __str__(self) -> str:
        return f"{self.task_id}"


class Entry(models.Model):
    """What is typed for an indicator in an item, in millionths; it becomes a Value when the item is handed
    in.

    None is missing: then `missing` says why. `warned` are the codes of what was doubted, `why` keeps the
    value.
    """

    item = models.ForeignKey(ReportItem, models.CASCADE, related_name="entries")
    indicator = models.ForeignKey("plans.Indicator", models.PROTECT, related_name="+")
    unit = models.ForeignKey("orgs.Unit", models.PROTECT, related_name="+")
    numerator = models.BigIntegerField(null=True, blank=True)
    denominator = models.BigIntegerField(null=True, blank=True)
    words = models.CharField(_("in words"), max_length=100, blank=True)
    missing = models.CharField(_("why it is missing"), max_length=200, blank=True)
    as_of = models.DateField(_("as of"), null=True, blank=True)
    evidence_on = models.DateField(_("date of the evidence"), null=True, blank=True)
    warned = models.JSONField(default=list, blank=True)
    why = models.CharField(_("why it is so"), max_length=200, blank=True)

    class Meta:
        ordering = ("pk",)
        constraints = (models.UniqueConstraint(fields=["item", "indicator"], name="entry_once"),)

    def __str__(self) -> str:
        return f"{self.indicator_id}"


class Evidence(models.Model):
    """A file behind an item or one of its indicators; its bytes are in `kit.files`."""

    item = models.ForeignKey(ReportItem, models.CASCADE, related_name="evidence")
    indicator = models.ForeignKey("plans.Indicator", models.PROTECT, null=True, blank=True, related_name="+")
    name = models.CharField(_("file name"), max_length=255)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    media_type = models.CharField(max_length=100)
    source = models.CharField(_("source"), max_length=100, blank=True)
    confidentiality = models.CharField(
        _("may be read"), max_length=8, choices=CONFIDENTIAL, default="internal"
    )
    dated_on = models.DateField(_("dated"), null=True, blank=True)
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return self.name


class Remark(models.Model):
    """Why a field was returned. `field`: "progress", "done_words" …, or "I3" for the entry of an
    indicator.
    """

    item = models.ForeignKey(ReportItem, models.CASCADE, related_name="remarks")
    field = models.CharField(max_length=20)
    words = models.CharField(_("remark"), max_length=500)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return self.words


class LateGrant(models.Model):
    """A locked report opened again: who granted it, why, until when."""

    report = models.ForeignKey(UnitReport, models.CASCADE, related_name="grants")
    until = models.DateTimeField(_("until"))
    why = models.CharField(_("reason"), max_length=500)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return self.why
