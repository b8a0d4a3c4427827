"""Facts and constraints of plans. Identities (Task, Indicator) outlive versions; rows belong to one."""

from __future__ import annotations

from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from chuangwen.cores.series.kinds import Accrual, RollUp
from chuangwen.kit.locking import Versioned

from .rules.measuring import plain
from .rules.states import ChangeState, RowState, VersionState


class Document(models.Model):
    """A document as received. The original bytes are kept by `kit.files` under `sha256`.

    `text` is the canonical text that citations count in; `text_sha256` its hash (UTF-8).
    """

    jurisdiction = models.ForeignKey("orgs.Unit", models.PROTECT, related_name="+")
    name = models.CharField(_("file name"), max_length=255)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    format = models.CharField(max_length=8)  # text | html | docx | pdf
    encoding = models.CharField(max_length=32, blank=True)
    text = models.TextField()
    text_sha256 = models.CharField(max_length=64)
    received_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["jurisdiction", "sha256"], name="document_once_per_jurisdiction"),
        )

    def __str__(self) -> str:
        return self.name


class CampaignCycle(models.Model):
    """A three-year selection cycle, as data: years, the honour striven for, the goal in words."""

    name = models.CharField(_("name"), max_length=100, unique=True)
    first_year = models.PositiveSmallIntegerField(_("first year"))
    last_year = models.PositiveSmallIntegerField(_("last year"))
    honour = models.CharField(_("honour"), max_length=100, blank=True)
    goal = models.CharField(_("goal"), max_length=200, blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(last_year__gte=F("first_year")), name="cycle_years_in_order"),
        )

    def __str__(self) -> str:
        return self.name


class Plan(Versioned):
    """A plan of a jurisdiction, over all its versions."""

    jurisdiction = models.ForeignKey("orgs.Unit", models.PROTECT, related_name="+")
    cycle = models.ForeignKey(CampaignCycle, models.PROTECT, null=True, blank=True, related_name="plans")
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="sub_plans")
    title = models.CharField(_("title"), max_length=200)

    def __str__(self) -> str:
        return self.title


VERSION_STATES = {
    VersionState.DRAFT: _("Under review"),
    VersionState.CONFIRMED: _("In force"),
    VersionState.SUPERSEDED: _("Superseded"),
    VersionState.DISCARDED: _("Discarded"),
}


class PlanVersion(Versioned):
    """One version of a plan: a draft under review, or frozen for ever. `number` is given at confirmation."""

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="versions")
    document = models.ForeignKey(
        Document, models.PROTECT, null=True, blank=True, related_name="plan_versions"
    )
    base = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="amendments")
    state = models.CharField(_("state"), max_length=10, choices=VERSION_STATES, default=VersionState.DRAFT)
    number = models.PositiveIntegerField(_("version number"), null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=500, blank=True)
    title = models.CharField(_("title"), max_length=200, blank=True)
    city = models.CharField(_("city"), max_length=50, blank=True)
    kind = models.CharField(_("kind of document"), max_length=24, blank=True)
    issued_on = models.DateField(_("issued on"), null=True, blank=True)
    first_year = models.PositiveSmallIntegerField(_("first year"), null=True, blank=True)
    last_year = models.PositiveSmallIntegerField(_("last year"), null=True, blank=True)
    left_out = models.JSONField(
        default=list, blank=True
    )  # [{"start", "end", "code"}]: no part of the document
    announced = models.JSONField(default=list, blank=True)  # [{"what", "count", "found", "start", "end"}]
    created_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True, blank=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["plan"], condition=Q(state="draft"), name="one_open_draft_per_plan"
            ),
            models.UniqueConstraint(
                fields=["plan"], condition=Q(state="confirmed"), name="one_plan_in_force"
            ),
            models.UniqueConstraint(fields=["plan", "number"], name="plan_version_number"),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "discarded"]) | Q(number__isnull=False),
                name="confirmed_has_number",
            ),
        )

    def __str__(self) -> str:
        return self.title or self.plan.title


class Task(models.Model):
    """A task over all versions of its plan. `key` (T1, T2 …) is stable and stands in exports."""

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="tasks")
    key = models.CharField(max_length=16)
    replaced_by = models.ManyToManyField("self", symmetrical=False, blank=True, related_name="replaces")

    class Meta:
        constraints = (models.UniqueConstraint(fields=["plan", "key"], name="task_key"),)

    def __str__(self) -> str:
        return self.key


class Indicator(models.Model):
    """An indicator over all versions of its plan. `key` (I1, I2 …) is stable; values point here."""

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="indicators")
    key = models.CharField(max_length=16)
    replaced_by = models.ManyToManyField("self", symmetrical=False, blank=True, related_name="replaces")

    class Meta:
        constraints = (models.UniqueConstraint(fields=["plan", "key"], name="indicator_key"),)

    def __str__(self) -> str:
        return self.key


ROW_STATES = {
    RowState.PROPOSED: _("To be checked"),
    RowState.ACCEPTED: _("Checked"),
    RowState.DROPPED: _("Left out"),
}


class Origin(models.TextChoices):
    READ = "read", _("Read from the document")
    PERSON = "person", _("Added by hand")
    SHEET = "sheet", _("From a table")


class VersionRow(Versioned):
    """What every row of a plan version has: its order, what the review said, where it came from."""

    plan_version = models.ForeignKey(PlanVersion, models.CASCADE, related_name="%(class)s_rows")
    position = models.PositiveIntegerField(_("position"))
    state = models.CharField(_("state"), max_length=8, choices=ROW_STATES, default=RowState.PROPOSED)
    origin = models.CharField(_("origin"), max_length=6, choices=Origin, default=Origin.READ)

    objects: ClassVar[models.Manager[Self]] = models.Manager()  # named here for the typing of the rows

    class Meta:
        abstract = True
        ordering = (
            "position",
            "pk",
        )


class Program(VersionRow):
    """工程/行动: a top-level group of tasks. `key` (P1 …) is stable over versions."""

    key = models.CharField(max_length=16)
    number = models.CharField(_("number"), max_length=20, blank=True)
    title = models.CharField(_("title"), max_length=200)

    class Meta(VersionRow.Meta):
        constraints = (models.UniqueConstraint(fields=["plan_version", "key"], name="program_key"),)

    def __str__(self) -> str:
        return self.title


class TaskVersion(VersionRow):
    """A task as one version of the plan words it."""

    task = models.ForeignKey(Task, models.PROTECT, related_name="rows")
    program = models.ForeignKey(Program, models.SET_NULL, null=True, blank=True, related_name="task_rows")
    number = models.CharField(_("number"), max_length=20, blank=True)
    title = models.CharField(_("title"), max_length=300)
    text = models.TextField(_("text"), blank=True)
    deadline = models.CharField(_("deadline"), max_length=7, blank=True)  # YYYY or YYYY-MM

    class Meta(VersionRow.Meta):
        constraints = (
            models.UniqueConstraint(fields=["plan_version", "task"], name="task_once_per_version"),
        )

    def __str__(self) -> str:
        return self.title


class Measure(models.Model):
    """举措: a piece of work counted or numbered inside a task's text."""

    task_version = models.ForeignKey(TaskVersion, models.CASCADE, related_name="measures")
    position = models.PositiveIntegerField()
    title = models.CharField(_("title"), max_length=300)

    class Meta:
        ordering = (
            "position",
            "pk",
        )

    def __str__(self) -> str:
        return self.title


class Role(models.TextChoices):
    LEADER = "leader", _("Lead leader")
    LEAD = "lead", _("Lead unit")
    MEMBER = "member", _("Member unit")
    RESPONSIBLE = "responsible", _("Responsible unit")


class Assignment(models.Model):
    """Who leads and who helps in a task: the name as printed and, once matched, the unit, group or post."""

    task_version = models.ForeignKey(TaskVersion, models.CASCADE, related_name="assignments")
    position = models.PositiveIntegerField()
    role = models.CharField(_("role"), max_length=11, choices=Role)
    printed = models.CharField(_("as printed"), max_length=100)
    unit = models.ForeignKey("orgs.Unit", models.PROTECT, null=True, blank=True, related_name="+")
    group = models.ForeignKey("orgs.UnitGroup", models.PROTECT, null=True, blank=True, related_name="+")
    post = models.ForeignKey("orgs.Post", models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = (
            "position",
            "pk",
        )

    def __str__(self) -> str:
        return self.printed


class AssignedUnit(models.Model):
    """A unit that an assignment binds, frozen at confirmation: a group (各区政府) becomes its members."""

    assignment = models.ForeignKey(Assignment, models.CASCADE, related_name="units")
    unit = models.ForeignKey("orgs.Unit", models.PROTECT, related_name="+")

    class Meta:
        constraints = (models.UniqueConstraint(fields=["assignment", "unit"], name="assigned_unit_once"),)

    def __str__(self) -> str:
        return f"{self.assignment_id}:{self.unit_id}"


class Strength(models.TextChoices):
    MANDATORY = "mandatory", _("Mandatory")  # 确保
    STRETCH = "stretch", _("Stretch")  # 力争


ACCRUALS = {  # how values of an indicator add up in time
    Accrual.LEVEL: _("Level on a day"),
    Accrual.FLOW: _("Of the period alone"),
    Accrual.YEAR_TO_DATE: _("Since the year began"),
    Accrual.PLAN_TO_DATE: _("Since the plan began"),
}
ROLL_UPS = {  # how values of districts become the city's
    RollUp.SUM: _("Sum"),
    RollUp.RATIO_OF_SUMS: _("Ratio of sums"),
    RollUp.WORST: _("Worst"),
    RollUp.COUNT_REACHING: _("How many reach it"),
    RollUp.NONE: _("Not rolled up"),
}


class IndicatorVersion(VersionRow):
    """An indicator as one version of the plan states it; its targets are rows of their own.

    `traits` are the values of `cores.reading.Trait`; `words` holds the class or phrase where a target has no
    number (B 级以上, 不低于上级下达指标). `unit_of_measure` is as printed, 万 and 亿 multiplied out.
    """

    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="rows")
    tasks = models.ManyToManyField(TaskVersion, blank=True, related_name="indicators")
    name = models.CharField(_("name"), max_length=200)
    unit_of_measure = models.CharField(_("unit"), max_length=30, blank=True)
    frequency = models.CharField(_("frequency"), max_length=8, blank=True)  # yearly
    strength = models.CharField(_("strength"), max_length=9, choices=Strength, blank=True)
    scope = models.CharField(_("scope"), max_length=50, blank=True)
    traits = models.JSONField(default=list, blank=True)
    words = models.CharField(_("in words"), max_length=200, blank=True)
    accrual = models.CharField(_("accrual"), max_length=12, choices=ACCRUALS, default=Accrual.LEVEL)
    roll_up = models.CharField(_("roll-up"), max_length=14, choices=ROLL_UPS, default=RollUp.NONE)
    baseline_value = models.DecimalField(
        _("baseline"), max_digits=20, decimal_places=6, null=True, blank=True
    )
    baseline_year = models.PositiveSmallIntegerField(_("baseline year"), null=True, blank=True)
    baseline_words = models.CharField(_("baseline in words"), max_length=100, blank=True)

    class Meta(VersionRow.Meta):
        constraints = (
            models.UniqueConstraint(fields=["plan_version", "indicator"], name="indicator_once_per_version"),
        )

    def __str__(self) -> str:
        return self.name


class Comparator(models.TextChoices):
    AT_LEAST = ">=", "≥"
    AT_MOST = "<=", "≤"
    EQUAL = "=", "="
    ABOVE = ">", ">"
    BELOW = "<", "<"


class Target(models.Model):
    """What an indicator is to reach. `deadline` is YYYY, YYYY-MM or "" where the document names none.

    `unit` is the district or department that the value is for, None for the jurisdiction as a whole.
    `value` holds at most 15 significant digits (exact on SQLite); None only where the indicator is stated
    in `words`.
    """

    indicator_version = models.ForeignKey(IndicatorVersion, models.CASCADE, related_name="targets")
    unit = models.ForeignKey("orgs.Unit", models.PROTECT, null=True, blank=True, related_name="+")
    position = models.PositiveIntegerField()
    deadline = models.CharField(_("deadline"), max_length=7, blank=True)
    comparator = models.CharField(
        _("comparator"), max_length=2, choices=Comparator, default=Comparator.AT_LEAST
    )
    value = models.DecimalField(_("value"), max_digits=20, decimal_places=6, null=True, blank=True)
    upper = models.DecimalField(_("upper end"), max_digits=20, decimal_places=6, null=True, blank=True)

    class Meta:
        ordering = (
            "deadline",
            "position",
            "pk",
        )

    def __str__(self) -> str:
        return f"{self.deadline} {self.comparator} {plain(self.value)}".strip()


class Result(VersionRow):
    """A figure that a report tells as done: a baseline or first value of an indicator, never a target."""

    task_version = models.ForeignKey(
        TaskVersion, models.SET_NULL, null=True, blank=True, related_name="results"
    )
    indicator_version = models.ForeignKey(
        IndicatorVersion, models.SET_NULL, null=True, blank=True, related_name="results"
    )
    name = models.CharField(_("name"), max_length=200)
    comparator = models.CharField(_("comparator"), max_length=2, choices=Comparator, default=Comparator.EQUAL)
    value = models.DecimalField(_("value"), max_digits=20, decimal_places=6)
    unit_of_measure = models.CharField(_("unit"), max_length=30, blank=True)
    period = models.CharField(_("period"), max_length=7, blank=True)  # YYYY or YYYY-MM

    class Meta(VersionRow.Meta):
        pass

    def __str__(self) -> str:
        return self.name


class Goal(VersionRow):
    """An aim of the whole plan: a title to win, a kind of city to become; of the city or of counties."""

    title = models.CharField(_("goal"), max_length=300)
    strength = models.CharField(_("strength"), max_length=9, choices=Strength, blank=True)
    year = models.PositiveSmallIntegerField(_("year"), null=True, blank=True)
    counties = models.JSONField(_("counties as printed"), default=list, blank=True)
    jurisdictions = models.ManyToManyField("orgs.Unit", blank=True, related_name="+")

    class Meta(VersionRow.Meta):
        pass

    def __str__(self) -> str:
        return self.title


class Stage(VersionRow):
    """A year or phase with what is to be reached by its end: `goals` is a list of sentences."""

    title = models.CharField(_("stage"), max_length=200)
    deadline = models.CharField(_("deadline"), max_length=7, blank=True)
    goals = models.JSONField(default=list, blank=True)

    class Meta(VersionRow.Meta):
        pass

    def __str__(self) -> str:
        return self.title


class BeatPeriod(models.TextChoices):
    DAY = "day", _("Daily")
    WEEK = "week", _("Weekly")
    MONTH = "month", _("Monthly")
    QUARTER = "quarter", _("Quarterly")
    HALF_YEAR = "half_year", _("Half-yearly")
    YEAR = "year", _("Yearly")


class Rhythm(VersionRow):
    """One beat of the supervision rhythm that the document prescribes: 周观察, 月分析 …"""

    period = models.CharField(_("period"), max_length=9, choices=BeatPeriod)
    duty = models.CharField(_("duty"), max_length=50)

    class Meta(VersionRow.Meta):
        pass

    def __str__(self) -> str:
        return self.duty


class Mechanism(VersionRow):
    """How the carrying out is watched, measured, rewarded or called to account."""

    name = models.CharField(_("mechanism"), max_length=200)

    class Meta(VersionRow.Meta):
        pass

    def __str__(self) -> str:
        return self.name


class Subject(models.TextChoices):
    """What a citation or proposed change is about: the model's name."""

    PROGRAM = "program"
    TASK = "task"
    MEASURE = "measure"
    ASSIGNMENT = "assignment"
    INDICATOR = "indicator"
    TARGET = "target"
    RESULT = "result"
    GOAL = "goal"
    STAGE = "stage"
    RHYTHM = "rhythm"
    MECHANISM = "mechanism"


ROW_MODELS: dict[str, type[VersionRow]] = {
    Subject.PROGRAM: Program,
    Subject.TASK: TaskVersion,
    Subject.INDICATOR: IndicatorVersion,
    Subject.RESULT: Result,
    Subject.GOAL: Goal,
    Subject.STAGE: Stage,
    Subject.RHYTHM: Rhythm,
    Subject.MECHANISM: Mechanism,
}


class Citation(models.Model):
    """The words that a row came from: code points [start, end) of `Document.text`; many per row.

    `row_id` is the key of the row of kind `subject` (a TaskVersion for task, an IndicatorVersion for
    indicator).
    """

    plan_version = models.ForeignKey(PlanVersion, models.CASCADE, related_name="citations")
    document = models.ForeignKey(Document, models.PROTECT, related_name="+")
    subject = models.CharField(max_length=10, choices=Subject)
    row_id = models.PositiveBigIntegerField()
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()

    class Meta:
        ordering = (
            "start",
            "pk",
        )
        indexes = (models.Index(fields=["plan_version", "subject", "row_id"], name="citation_of_row"),)
        constraints = (models.CheckConstraint(condition=Q(end__gt=F("start")), name="citation_not_empty"),)

    def __str__(self) -> str:
        return f"{self.subject} {self.row_id} [{self.start}, {self.end})"


class Doubt(Versioned):
    """A place that a person must look at. `answer` is "" until answered; `options` are the answers offered.

    Answering with a proposed deadline sets it on the indicators cited at that place.
    """

    plan_version = models.ForeignKey(PlanVersion, models.CASCADE, related_name="doubts")
    position = models.PositiveIntegerField()
    code = models.CharField(max_length=40)
    params = models.JSONField(default=dict, blank=True)
    options = models.JSONField(default=list, blank=True)
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    answer = models.CharField(_("answer"), max_length=200, blank=True)

    class Meta:
        ordering = (
            "position",
            "pk",
        )

    def __str__(self) -> str:
        return self.code


CHANGE_STATES = {
    ChangeState.OPEN: _("To be decided"),
    ChangeState.ACCEPTED: _("Taken over"),
    ChangeState.REJECTED: _("Not taken over"),
}


class ChangeAction(models.TextChoices):
    ADD = "add", _("Added")
    REMOVE = "remove", _("Removed")
    CHANGE = "change", _("Changed")


class ProposedChange(Versioned):
    """One difference between a draft and what came in (a re-issued document, an edited table), to decide.

    `key` is the stable key of the row (T3, I7, P2), "" for an added one; `field` the field changed, "" for
    a whole row; `before` and `after` are what people read; `payload` what accepting applies; `conflict` is
    True where the draft itself has changed since the base that the table came from.
    """

    plan_version = models.ForeignKey(PlanVersion, models.CASCADE, related_name="proposed_changes")
    position = models.PositiveIntegerField()
    action = models.CharField(max_length=6, choices=ChangeAction)
    subject = models.CharField(max_length=10, choices=Subject)
    key = models.CharField(max_length=16, blank=True)
    field = models.CharField(max_length=30, blank=True)
    before = models.TextField(blank=True)
    after = models.TextField(blank=True)
    payload = models.JSONField(default=dict, blank=True)
    conflict = models.BooleanField(default=False)
    start = models.PositiveIntegerField(null=True, blank=True)
    end = models.PositiveIntegerField(null=True, blank=True)
    state = models.CharField(max_length=8, choices=CHANGE_STATES, default=ChangeState.OPEN)

    class Meta:
        ordering = (
            "position",
            "pk",
        )

    def __str__(self) -> str:
        return f"{self.action} {self.subject} {self.key} {self.field}"


class IntakeState(models.TextChoices):
    WAITING = "waiting", _("Waiting")
    READING = "reading", _("Being read")
    READ = "read", _("Read")
    REFUSED = "refused", _("Could not be read")


class Intake(models.Model):
    """A file handed in through the page, from receipt until a draft stands or it was refused.

    `plan` is the plan that it re-issues, None for a new one. A refused file's bytes are not kept; `refusal`
    is the code of the sentence shown and its parameters.
    """

    jurisdiction = models.ForeignKey("orgs.Unit", models.PROTECT, related_name="+")
    plan = models.ForeignKey(Plan, models.PROTECT, null=True, blank=True, related_name="intakes")
    name = models.CharField(max_length=255)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    state = models.CharField(max_length=7, choices=IntakeState, default=IntakeState.WAITING)
    refusal = models.JSONField(default=dict, blank=True)
    plan_version = models.ForeignKey(PlanVersion, models.SET_NULL, null=True, blank=True, related_name="+")
    requested_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    requested_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.name
