"""Hand-overs (交接): who sits changes, the work stays."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from ..rules.hand_over import OPEN, HandOverState
from .todos import Todo

HAND_OVER_STATES = {
    HandOverState.DRAFTED: _("drafted"),
    HandOverState.OFFERED: _("waits for the successor"),
    HandOverState.ACCEPTED: _("accepted"),
    HandOverState.WITHDRAWN: _("withdrawn"),
}


class HandOver(models.Model):
    """A seat passes from its holder to a successor, from the day `on`, once the successor accepts.

    `offered_at` None: the successor never knew of it. `new_seat`: from where the successor goes on.
    """

    seat = models.ForeignKey("orgs.Seat", models.PROTECT, related_name="+")
    successor = models.ForeignKey("orgs.Person", models.PROTECT, related_name="+")
    on = models.DateField(_("from"))
    note = models.CharField(_("note"), max_length=500, blank=True)
    state = models.CharField(_("state"), max_length=12, choices=HAND_OVER_STATES, default="drafted")
    drafted_by = models.ForeignKey("orgs.Person", models.PROTECT, null=True, blank=True, related_name="+")
    drafted_at = models.DateTimeField()
    offered_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    remark = models.CharField(_("remark"), max_length=500, blank=True)
    new_seat = models.ForeignKey("orgs.Seat", models.PROTECT, null=True, blank=True, related_name="+")
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = _("hand-over")
        ordering = ("-pk",)
        constraints = (
            models.UniqueConstraint(
                fields=["seat"], condition=models.Q(state__in=OPEN), name="one_open_hand_over_of_a_seat"
            ),
        )

    def __str__(self) -> str:
        return str(self.seat)


class HandedTodo(models.Model):
    """What was open when the successor accepted: moved to them, or of the unit and only told."""

    hand_over = models.ForeignKey(HandOver, models.CASCADE, related_name="handed")
    todo = models.ForeignKey(Todo, models.PROTECT, related_name="+")
    moved = models.BooleanField()

    class Meta:
        ordering = ("pk",)
        constraints = (models.UniqueConstraint(fields=["hand_over", "todo"], name="handed_once"),)

    def __str__(self) -> str:
        return str(self.todo)
