"""Supervision slips (督办单)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from ..rules import SlipState
from .todos import Todo

COLOURS = {"blue": _("blue slip"), "yellow": _("yellow slip"), "red": _("red slip")}
SLIP_STATES = {
    SlipState.DRAFTED: _("drafted"),
    SlipState.ISSUED: _("issued"),
    SlipState.DISCARDED: _("not issued"),
}


class Slip(models.Model):
    """Drafted by rule, issued by a person, who gives it the next number of the city and year."""

    jurisdiction = models.ForeignKey("orgs.Unit", models.PROTECT, related_name="+")
    todo = models.ForeignKey(Todo, models.PROTECT, related_name="slips")
    colour = models.CharField(_("colour"), max_length=8, choices=COLOURS)
    state = models.CharField(_("state"), max_length=12, choices=SLIP_STATES, default="drafted")
    drafted_at = models.DateTimeField()
    year = models.PositiveSmallIntegerField(null=True, blank=True)
    number = models.PositiveIntegerField(_("number"), null=True, blank=True)
    issued_at = models.DateTimeField(null=True, blank=True)
    issued_by = models.ForeignKey("orgs.Person", models.PROTECT, null=True, blank=True, related_name="+")
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        ordering = ("-pk",)
        constraints = (
            models.UniqueConstraint(fields=["todo", "colour"], name="slip_colour_once"),
            models.UniqueConstraint(fields=["jurisdiction", "year", "number"], name="slip_number_once"),
        )

    def __str__(self) -> str:
        return f"〔{self.year}〕{self.number}号"
