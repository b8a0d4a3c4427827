"""Hand-over of a seat and its open work."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from chuangwen.orgs.models import Person, Seat, Unit

from ..rules import HandOverState

HAND_OVER_STATES = {
    HandOverState.OFFERED: _("waits for the successor"),
    HandOverState.ACCEPTED: _("accepted"),
    HandOverState.WITHDRAWN: _("withdrawn"),
}


class HandOver(models.Model):
    """`seat` goes to `successor`: the open to-dos of the seat move when the successor accepts the list."""

    jurisdiction = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    seat = models.ForeignKey(Seat, models.PROTECT, related_name="+")
    successor = models.ForeignKey(Person, models.PROTECT, related_name="+")
    new_seat = models.ForeignKey(Seat, models.PROTECT, null=True, blank=True, related_name="+")
    note = models.CharField(_("note"), max_length=500, blank=True)
    state = models.CharField(_("state"), max_length=12, choices=HAND_OVER_STATES, default="offered")
    offered_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        ordering = ("-pk",)
        constraints = (
            models.UniqueConstraint(
                fields=["seat"], condition=models.Q(state="offered"), name="one_open_hand_over"
            ),
        )

    def __str__(self) -> str:
        return f"{self.seat} → {self.successor}"
