"""Facts about what a city keeps lists of."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from chuangwen.kit.locking import Versioned

from .rules.coverage import MarkState
from .rules.projects import ProjectState

MARK_STATES = {
    MarkState.YES: _("there"),
    MarkState.NO: _("not there"),
    MarkState.UNKNOWN: _("not known"),
}
PROJECT_STATES = {
    ProjectState.PLANNED: pgettext_lazy("project", "planned"),
    ProjectState.UNDER_WAY: pgettext_lazy("project", "under way"),
    ProjectState.DONE: pgettext_lazy("project", "done"),
}


class KeptList(Versioned):
    """A list of a city: what it holds, and which unit keeps it.

    `noun` is what one thing in it is called, such as 村. `announced` is how many there are said to be;
    None: nobody said.
    """

    jurisdiction = models.ForeignKey("orgs.Unit", models.PROTECT, related_name="+")
    name = models.CharField(_("name"), max_length=100)
    noun = models.CharField(_("what one is called"), max_length=20)
    keeper = models.ForeignKey("orgs.Unit", models.PROTECT, verbose_name=_("kept by"), related_name="+")
    announced = models.PositiveIntegerField(_("announced"), null=True, blank=True)

    class Meta:
        abstract = True
        ordering = ("pk",)

    def __str__(self) -> str:
        return self.name


class Register(KeptList):
    """All of a kind by name, and what each must have: coverage is counted over it."""

    class Meta(KeptList.Meta):
        constraints = (models.UniqueConstraint(fields=["jurisdiction", "name"], name="register_name_once"),)


class RegisterColumn(Versioned):
    """What members have or lack. Counts from `starts_on` to before `ends_on`; None is open.

    `dated`: it is asked since when. `required`: without it a member is not covered.
    """

    register = models.ForeignKey(Register, models.PROTECT, related_name="columns")
    name = models.CharField(_("name"), max_length=50)
    dated = models.BooleanField(_("with the day since when"), default=False)
    required = models.BooleanField(_("required"), default=True)
    position = models.PositiveSmallIntegerField(default=0)
    starts_on = models.DateField(_("counts from"), null=True, blank=True)
    ends_on = models.DateField(_("counts until"), null=True, blank=True)

    class Meta:
        ordering = ("position", "pk")
        constraints = (
            models.UniqueConstraint(fields=["register", "name"], name="register_column_once"),
            models.CheckConstraint(
                condition=Q(starts_on=None) | Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="register_column_days_in_order",
            ),
        )

    def __str__(self) -> str:
        return self.name


class RegisterMember(Versioned):
    """One of a register, and the unit in which it lies. Counts from `opened_on` to before `closed_on`."""

    register = models.ForeignKey(Register, models.PROTECT, related_name="members")
    name = models.CharField(_("name"), max_length=100)
    unit = models.ForeignKey("orgs.Unit", models.PROTECT, verbose_name=_("lies in"), related_name="+")
    code = models.CharField(_("code"), max_length=32, blank=True)
    opened_on = models.DateField(_("opened on"), null=True, blank=True)
    closed_on = models.DateField(_("closed on"), null=True, blank=True)

    class Meta:
        ordering = ("unit__path", "pk")
        constraints = (
            models.UniqueConstraint(fields=["register", "unit", "name"], name="register_member_once"),
            models.UniqueConstraint(
                fields=["register", "code"], condition=~Q(code=""), name="register_member_code_once"
            ),
            models.CheckConstraint(
                condition=Q(opened_on=None) | Q(closed_on=None) | Q(closed_on__gte=F("opened_on")),
                name="register_member_days_in_order",
            ),
        )

    def __str__(self) -> str:
        return self.name


class MemberMark(Versioned):
    """What was said of a member and a column for the day `as_of`, which holds until something else is said.

    No row: nothing is known. `since`: when that which is there came to be.
    """

    member = models.ForeignKey(RegisterMember, models.PROTECT, related_name="marks")
    column = models.ForeignKey(RegisterColumn, models.PROTECT, related_name="marks")
    state = models.CharField(_("state"), max_length=8, choices=MARK_STATES)
    as_of = models.DateField(_("as of"))
    since = models.DateField(_("there since"), null=True, blank=True)
    note = models.CharField(_("remark"), max_length=200, blank=True)

    class Meta:
        ordering = ("-as_of", "pk")
        constraints = (
            models.UniqueConstraint(fields=["member", "column", "as_of"], name="one_mark_a_day"),
            models.CheckConstraint(
                condition=Q(since=None) | Q(state="yes", since__lte=F("as_of")),
                name="mark_since_before_as_of",
            ),
        )

    def __str__(self) -> str:
        return f"{self.member} · {self.column}"


class ProjectList(KeptList):
    """Named streets, bridges, sites that a city has promised."""

    class Meta(KeptList.Meta):
        constraints = (
            models.UniqueConstraint(fields=["jurisdiction", "name"], name="project_list_name_once"),
        )


class Project(Versioned):
    """One of a list. `planned_on` is the day by which it is to be done.

    `before` and `after` are what was measured: `measure_name` in `measure_unit`.
    """

    list = models.ForeignKey(ProjectList, models.PROTECT, related_name="projects")
    name = models.CharField(_("name"), max_length=100)
    unit = models.ForeignKey("orgs.Unit", models.PROTECT, verbose_name=_("lies in"), related_name="+")
    state = models.CharField(_("state"), max_length=10, choices=PROJECT_STATES, default=ProjectState.PLANNED)
    planned_on = models.DateField(_("planned to be done on"), null=True, blank=True)
    started_on = models.DateField(_("started on"), null=True, blank=True)
    done_on = models.DateField(_("done on"), null=True, blank=True)
    measure_name = models.CharField(_("what is measured"), max_length=50, blank=True)
    measure_unit = models.CharField(_("unit of measure"), max_length=20, blank=True)
    before = models.DecimalField(_("measured before"), max_digits=20, decimal_places=6, null=True, blank=True)
    after = models.DecimalField(_("measured after"), max_digits=20, decimal_places=6, null=True, blank=True)
    note = models.CharField(_("remark"), max_length=500, blank=True)

    class Meta:
        ordering = ("unit__path", "pk")
        constraints = (
            models.UniqueConstraint(fields=["list", "unit", "name"], name="project_once"),
            models.CheckConstraint(
                condition=Q(state="done", done_on__isnull=False) | (~Q(state="done") & Q(done_on=None)),
                name="done_has_its_day",
            ),
            models.CheckConstraint(
                condition=Q(started_on=None) | Q(done_on=None) | Q(done_on__gte=F("started_on")),
                name="project_days_in_order",
            ),
        )

    def __str__(self) -> str:
        return self.name
