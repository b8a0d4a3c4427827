"""What an account is opened with: former passwords, links of invitation, doors closed after wrong tries."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from .people import Person

PURPOSES = {"first": _("First password"), "reset": _("New password")}


class PasswordRecord(models.Model):
    """A password that `person` had from `set_at` on, as its hash: it is not taken again so soon."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="password_records")
    password = models.CharField(max_length=128)
    set_at = models.DateTimeField()

    class Meta:
        ordering = ("-pk",)

    def __str__(self) -> str:
        return f"{self.person_id} {self.set_at:%Y-%m-%d}"


class Invitation(models.Model):
    """A link by which `person` sets a password, once, until `expires_at`. Only its digest is kept."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="invitations")
    purpose = models.CharField(max_length=8, choices=PURPOSES)
    digest = models.CharField(max_length=64, unique=True, editable=False)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-pk",)

    def __str__(self) -> str:
        return f"{self.person_id} {self.purpose}"


class Lockout(models.Model):
    """Wrong tries have closed the door until `until`: for `person` from `address`, or for all from there."""

    person = models.ForeignKey(Person, models.CASCADE, null=True, related_name="lockouts")
    address = models.CharField(max_length=45)
    until = models.DateTimeField()

    class Meta:
        ordering = ("-until",)

    def __str__(self) -> str:
        return f"{self.person_id} {self.address}"
