"""Links by which firms and shops come in without an account."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from .people import Person
from .units import Unit


class FirmLink(models.Model):
    """Whoever has it sees and answers what is asked of `unit`, until `expires_at` or `revoked_at`.

    The token itself is not kept: `digest` is its SHA-256. `label` says what or where the link is for, not
    who. `last_used_at` is up to a minute behind; None is never.
    """

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    label = models.CharField(_("label"), max_length=40)
    digest = models.CharField(max_length=64, unique=True, editable=False)
    made_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    expires_at = models.DateTimeField(_("valid until"))
    last_used_at = models.DateTimeField(_("last used"), null=True)
    revoked_at = models.DateTimeField(_("revoked"), null=True)

    class Meta:
        ordering = ("-pk",)

    def __str__(self) -> str:
        return f"{self.label} #{self.pk}"
