"""To-dos, and the pauses and extensions that are asked for."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from chuangwen.cores.worktime import TimeUnit

from ..rules import Delay, TodoState
from ..rules.burden import Over

TODO_STATES = {
    TodoState.OPEN: _("to do"),
    TodoState.HELD: _("held until approved"),
    TodoState.DONE: _("done"),
    TodoState.RETURNED: _("returned"),
    TodoState.WITHDRAWN: _("withdrawn"),
}
TIME_UNITS = {
    TimeUnit.WORKING_HOURS: _("working hours"),
    TimeUnit.WORKING_DAYS: _("working days"),
    TimeUnit.NATURAL_DAYS: _("natural days"),
}
OVER = {
    Over.ASKS: _("more asks this week than the cap of the unit"),
    Over.MINUTES: _("more minutes this week than the cap of the unit"),
}
DELAYS = {Delay.PAUSE: _("pause"), Delay.EXTENSION: _("extension")}


class Todo(models.Model):
    """One thing asked of `unit`: of all its seats, of `seat` alone, or of seats with `role` in it and below.

    `key` makes an ask idempotent. `due_at` None: no deadline, or held. A held one was not asked yet: its
    `asked_at` says when it was wanted. `answered_at`: when the asked first did something about it.
    No title: that may be secret, and its room knows it.
    """

    jurisdiction = models.ForeignKey("orgs.Unit", models.PROTECT, related_name="+")
    unit = models.ForeignKey("orgs.Unit", models.PROTECT, related_name="+")
    seat = models.ForeignKey("orgs.Seat", models.PROTECT, null=True, blank=True, related_name="+")
    role = models.CharField(max_length=24, blank=True)
    kind = models.CharField(max_length=48)
    subject_id = models.BigIntegerField()
    key = models.CharField(max_length=120, null=True, blank=True, unique=True)
    asker_unit = models.ForeignKey("orgs.Unit", models.PROTECT, null=True, blank=True, related_name="+")
    asker = models.ForeignKey("orgs.Person", models.PROTECT, null=True, blank=True, related_name="+")
    asked_at = models.DateTimeField()
    time_unit = models.CharField(_("time unit"), max_length=16, choices=TIME_UNITS)
    allowance = models.PositiveSmallIntegerField(null=True, blank=True)
    due_at = models.DateTimeField(_("due"), null=True, blank=True)
    provisional = models.BooleanField(default=False)
    state = models.CharField(_("state"), max_length=12, choices=TODO_STATES, default="open")
    closed_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=500, blank=True)
    paused_at = models.DateTimeField(null=True, blank=True)
    escalated = models.PositiveSmallIntegerField(default=0)
    minutes = models.PositiveSmallIntegerField(_("expected minutes"), default=0)
    photos = models.PositiveSmallIntegerField(_("photos asked for"), default=0)
    held_over = models.CharField(_("held because"), max_length=8, choices=OVER, blank=True)
    outside_duties = models.BooleanField(_("outside the duty list"), default=False)
    answered_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        ordering = (models.F("due_at").asc(nulls_last=True), "pk")
        indexes = (
            models.Index(fields=["unit", "state", "due_at"], name="todo_of_unit"),
            models.Index(fields=["kind", "subject_id"], name="todo_of_subject"),
            models.Index(fields=["state", "due_at"], name="todo_open_due"),
            models.Index(fields=["unit", "asked_at"], name="todo_burden_of_unit"),
            models.Index(fields=["jurisdiction", "asked_at"], name="todo_burden_of_city"),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.subject_id}"


class DelayRequest(models.Model):
    """A pause or an extension that the asked unit wants; the asker's unit or the campaign office decides.

    `resumed_at` is the end of a pause that was granted.
    """

    todo = models.ForeignKey(Todo, models.CASCADE, related_name="delays")
    kind = models.CharField(max_length=12, choices=DELAYS)
    reason = models.CharField(_("reason"), max_length=500)
    until = models.DateTimeField(_("until"), null=True, blank=True)
    asked_by = models.ForeignKey("orgs.Person", models.PROTECT, null=True, blank=True, related_name="+")
    asked_at = models.DateTimeField()
    granted = models.BooleanField(null=True, blank=True)
    decided_by = models.ForeignKey("orgs.Person", models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    resumed_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        ordering = ("-pk",)
        constraints = (
            models.UniqueConstraint(
                fields=["todo"], condition=models.Q(granted=None), name="one_open_delay_request"
            ),
        )

    def __str__(self) -> str:
        return self.reason
