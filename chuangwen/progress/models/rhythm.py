"""The rhythm of a plan, its periods, and how each indicator and task is followed."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from ..rules.rhythm import Asks, Every, Product
from ..rules.states import Mode

EVERY = {
    Every.DAY: _("Daily"),
    Every.WEEK: _("Weekly"),
    Every.MONTH: _("Monthly"),
    Every.QUARTER: _("Quarterly"),
    Every.HALF_YEAR: _("Half-yearly"),
    Every.YEAR: _("Yearly"),
    Every.STAGE: _("At the end of each stage"),
}
PRODUCTS = {
    Product.SUPERVISION: _("supervision"),
    Product.REPORT: _("report of the units"),
    Product.ANALYSIS: _("analysis"),
    Product.ASSESSMENT: _("assessment"),
    Product.BOARD: _("board"),
    Product.BULLETIN: _("bulletin"),
    Product.APPRAISAL: _("appraisal"),
}
ASKS = {
    Asks.NOBODY: _("asks nobody, is computed"),
    Asks.KEY_TASKS: _("asks the units of key projects"),
    Asks.ALL: _("asks every unit, once for all its tasks"),
}
MODES = {
    Mode.LEAD: _("The lead unit gives the city's value"),
    Mode.AREAS: _("Each area gives its own"),
    Mode.FORMULA: _("Computed by a formula"),
    Mode.MILESTONE: _("A document with number, date and file"),
    Mode.JUDGED: _("A person decides in words"),
}
SHAPES = {"linear": _("evenly"), "stepwise": _("in steps"), "drawn": _("as drawn")}


class Following(models.Model):
    """That a plan is followed: from which version, and the thresholds of its lights."""

    plan = models.OneToOneField("plans.Plan", models.PROTECT, related_name="+")
    plan_version = models.ForeignKey("plans.PlanVersion", models.PROTECT, related_name="+")
    near_pct = models.PositiveSmallIntegerField(_("yellow from, per cent of what is due"), default=90)
    lag_days = models.PositiveSmallIntegerField(_("days that a report may lag"), default=0)
    settled_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    def __str__(self) -> str:
        return f"{self.plan_id}"


class Beat(models.Model):
    """One beat of the rhythm. Due and locked so many working days after the period and after that."""

    following = models.ForeignKey(Following, models.CASCADE, related_name="beats")
    every = models.CharField(_("rhythm"), max_length=10, choices=EVERY)
    name = models.CharField(_("name"), max_length=100, blank=True)
    produces = models.JSONField(_("brings out"), default=list)
    audience = models.JSONField(_("for whom"), default=list)
    asks = models.CharField(_("asks"), max_length=10, choices=ASKS, default=Asks.NOBODY)
    key_tasks = models.ManyToManyField("plans.Task", blank=True, related_name="+")
    due_days = models.PositiveSmallIntegerField(_("due after working days"), default=5)
    lock_days = models.PositiveSmallIntegerField(_("locked after working days more"), default=5)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(fields=["following", "every"], name="beat_once"),
            models.UniqueConstraint(
                fields=["following"], condition=models.Q(asks="all"), name="one_beat_asks_all"
            ),
            models.CheckConstraint(
                condition=~models.Q(asks="all", every__in=["day", "week"]), name="short_beats_ask_nobody"
            ),
        )

    def __str__(self) -> str:
        return self.name or str(EVERY[Every(self.every)])


class Period(models.Model):
    """One turn of a beat; `first_day` and `last_day` both count. Opened once."""

    beat = models.ForeignKey(Beat, models.PROTECT, related_name="periods")
    first_day = models.DateField()
    last_day = models.DateField()
    opened_at = models.DateTimeField()
    due_at = models.DateTimeField(_("due"))
    lock_at = models.DateTimeField(_("locked"))

    class Meta:
        ordering = ("-last_day", "-pk")
        constraints = (models.UniqueConstraint(fields=["beat", "first_day"], name="period_once"),)

    def __str__(self) -> str:
        return f"{self.first_day}–{self.last_day}"


class Course(models.Model):
    """How an indicator of the plan is followed. `formula` only with Mode.FORMULA, in its canonical form.

    `drawn` is the path as drawn by hand: [["2022-06-30", "40"]]. `weight` counts in the roll-up of its tasks.
    """

    following = models.ForeignKey(Following, models.CASCADE, related_name="courses")
    indicator = models.OneToOneField("plans.Indicator", models.PROTECT, related_name="+")
    mode = models.CharField(_("values"), max_length=10, choices=MODES, default=Mode.LEAD)
    reporter = models.ForeignKey("orgs.Unit", models.PROTECT, null=True, blank=True, related_name="+")
    areas = models.ManyToManyField("orgs.Unit", blank=True, related_name="+")
    formula = models.CharField(_("formula"), max_length=500, blank=True)
    shape = models.CharField(_("path"), max_length=10, choices=SHAPES, default="linear")
    drawn = models.JSONField(default=list, blank=True)
    weight = models.PositiveSmallIntegerField(_("weight"), default=1)
    parent = models.ForeignKey("plans.Indicator", models.PROTECT, null=True, blank=True, related_name="+")
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.indicator_id}"


class TaskWeight(models.Model):
    """What a task weighs in its program; 1 without a row."""

    following = models.ForeignKey(Following, models.CASCADE, related_name="weights")
    task = models.OneToOneField("plans.Task", models.PROTECT, related_name="+")
    weight = models.PositiveSmallIntegerField(_("weight"), default=1)

    def __str__(self) -> str:
        return f"{self.task_id} {self.weight}"
