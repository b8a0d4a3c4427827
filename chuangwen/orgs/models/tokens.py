"""Keys with which programs act from a seat."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from ..token_scopes import offered
from .people import Person
from .seats import Seat


class ApiToken(models.Model):
    """A program acts from `seat` of `person`, within `scopes`, until `expires_at` or `revoked_at`.

    The token itself is not kept: `digest` is its SHA-256, `shown` its first characters, by which people tell
    tokens apart. `last_used_at` is up to a minute behind; None is never.
    """

    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    seat = models.ForeignKey(Seat, models.PROTECT, related_name="+")
    name = models.CharField(_("name"), max_length=64)
    scopes = models.JSONField(_("may"), default=list)
    digest = models.CharField(max_length=64, unique=True, editable=False)
    shown = models.CharField(_("begins with"), max_length=12, editable=False)
    created_at = models.DateTimeField(_("made"))
    expires_at = models.DateTimeField(_("valid until"))
    last_used_at = models.DateTimeField(_("last used"), null=True)
    revoked_at = models.DateTimeField(_("revoked"), null=True)

    class Meta:
        ordering = ("-pk",)

    def __str__(self) -> str:
        return self.name

    @property
    def may(self) -> list[str]:
        """What the scopes allow, in words."""
        words = offered()
        return [str(words.get(scope, scope)) for scope in self.scopes]
