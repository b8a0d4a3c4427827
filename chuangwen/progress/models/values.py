"""Values of indicators, what follows from them for the city, and what has no number: milestones, gates,
money.
"""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from chuangwen.cores.series.lights import lacking

from ..rules.states import Origin
from .reports import ReportItem
from .rhythm import Following

ORIGINS = {
    Origin.REPORTED: _("reported"),
    Origin.COMPUTED: _("computed"),
    Origin.CORRECTED: _("corrected"),
}


class Value(models.Model):
    """What an indicator was in a unit over a period: one revision of it, never changed after it was written.

    Millionths: a ratio has both numbers, anything else the numerator alone; None is missing, and `missing`
    says why. `current` is the revision that counts; none does while the item that brought it is returned.
    """

    indicator = models.ForeignKey("plans.Indicator", models.PROTECT, related_name="+", db_index=False)
    unit = models.ForeignKey("orgs.Unit", models.PROTECT, related_name="+", db_index=False)
    first_day = models.DateField()
    last_day = models.DateField()
    revision = models.PositiveSmallIntegerField(default=1)
    current = models.BooleanField(default=True)
    numerator = models.BigIntegerField(null=True, blank=True)
    denominator = models.BigIntegerField(null=True, blank=True)
    words = models.CharField(max_length=100, blank=True)
    missing = models.CharField(max_length=200, blank=True)
    as_of = models.DateField(null=True, blank=True)
    evidence_on = models.DateField(null=True, blank=True)
    origin = models.CharField(max_length=10, choices=ORIGINS, default=Origin.REPORTED)
    item = models.ForeignKey(
        ReportItem, models.SET_NULL, null=True, blank=True, related_name="values", db_index=False
    )
    inputs = models.JSONField(null=True, blank=True)  # of a computed one: [[reference, words, value, url]]
    warned = models.JSONField(null=True, blank=True)
    reason = models.CharField(max_length=200, blank=True)  # of a correction; why a doubted value was kept
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    made_at = models.DateTimeField()

    class Meta:
        ordering = ("indicator", "unit", "last_day", "revision")
        constraints = (
            models.UniqueConstraint(
                fields=["indicator", "unit", "last_day", "first_day", "revision"], name="value_revision_once"
            ),
            models.UniqueConstraint(
                fields=["indicator", "unit", "last_day", "first_day"],
                condition=models.Q(current=True),
                name="one_current_value",
            ),
        )
        indexes = (models.Index(fields=["unit", "last_day"], name="value_of_unit"),)

    def __str__(self) -> str:
        return f"{self.indicator_id} {self.unit_id} {self.last_day}"


class Rollup(models.Model):
    """The city's value of what its areas report; made anew whenever one of theirs changes.

    `have` of `expected` areas gave a number: a missing one is never counted as zero.
    """

    indicator = models.ForeignKey("plans.Indicator", models.PROTECT, related_name="+", db_index=False)
    first_day = models.DateField()
    last_day = models.DateField()
    numerator = models.BigIntegerField(null=True, blank=True)
    denominator = models.BigIntegerField(null=True, blank=True)
    have = models.PositiveIntegerField()
    expected = models.PositiveIntegerField()
    as_of = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ("indicator", "last_day")
        constraints = (
            models.UniqueConstraint(fields=["indicator", "last_day", "first_day"], name="rollup_once"),
        )

    def __str__(self) -> str:
        return f"{self.indicator_id} {self.last_day}"


class Milestone(models.Model):
    """A document to be issued (出台条例): open until number, date and file are in, then done."""

    following = models.ForeignKey(Following, models.CASCADE, related_name="milestones")
    task = models.ForeignKey("plans.Task", models.PROTECT, related_name="+")
    indicator = models.ForeignKey(
        "plans.Indicator", models.PROTECT, null=True, blank=True, related_name="+"
    )  # that is done with it
    title = models.CharField(_("title"), max_length=200)
    due_on = models.DateField(_("due"), null=True, blank=True)
    document_number = models.CharField(_("number of the document"), max_length=100, blank=True)
    issued_on = models.DateField(_("issued on"), null=True, blank=True)
    file_name = models.CharField(max_length=255, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        ordering = ("due_on", "pk")

    def __str__(self) -> str:
        return self.title

    @property
    def lacks(self) -> tuple[str, ...]:
        """What is not in yet: number, date, file; nothing of one that is done."""
        return lacking(self.document_number, self.issued_on, bool(self.sha256))


class TaskBudget(models.Model):
    """Money of a task in a year, in cents. None is unknown, never nothing."""

    following = models.ForeignKey(Following, models.CASCADE, related_name="budgets")
    task = models.ForeignKey("plans.Task", models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField(_("year"))
    planned_cents = models.BigIntegerField(null=True, blank=True)
    paid_cents = models.BigIntegerField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        ordering = ("year", "pk")
        constraints = (models.UniqueConstraint(fields=["task", "year"], name="budget_once"),)

    def __str__(self) -> str:
        return f"{self.task_id} {self.year}"


class StageGate(models.Model):
    """Whether a stage of the plan was reached: said by a named person, never by a rule."""

    following = models.ForeignKey(Following, models.CASCADE, related_name="gates")
    title = models.CharField(max_length=200)
    last_day = models.DateField()
    reached = models.BooleanField(_("reached"), null=True, blank=True)
    words = models.CharField(_("grounds"), max_length=1000, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        ordering = ("last_day", "pk")
        constraints = (models.UniqueConstraint(fields=["following", "last_day"], name="gate_once"),)

    def __str__(self) -> str:
        return self.title
