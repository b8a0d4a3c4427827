"""Who sits where, in which role, and who holds which post."""

from datetime import date
from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from ..rules import ContactKind, Role
from .people import Person
from .periods import InPeriod
from .units import Unit

ROLES = {
    Role.SYSTEM_ADMINISTRATOR: _("System administrator"),
    Role.SECURITY_ADMINISTRATOR: _("Security administrator"),
    Role.AUDIT_ADMINISTRATOR: _("Audit administrator"),
    Role.CAMPAIGN_OFFICE: _("Campaign office"),
    Role.LEADER: _("Leader"),
    Role.SECRETARY: _("Party secretary"),
    Role.WORK_GROUP: _("Work group"),
    Role.MANAGER: _("Unit manager"),
    Role.UNIT_STAFF: _("Unit staff"),
    Role.COMMUNITY: _("Community staff"),
    Role.INSPECTOR: _("Inspector"),
    Role.REVIEWER: _("Reviewer"),
    Role.EXTERNAL_SUPERVISOR: _("External supervisor"),
    Role.OBSERVER: _("Observer"),
    Role.FIRM: _("Firm or shop"),
    Role.CITIZEN: _("Citizen"),
}

CONTACT_KINDS = {
    ContactKind.DEPUTY_IN_CHARGE: _("Deputy in charge"),
    ContactKind.LEAD_OFFICE: _("Lead office"),
    ContactKind.FOCAL_EXPERT: _("Focal expert"),
}


class Post(models.Model):
    """A post that leads work, such as the vice mayor in charge of urban management, whoever holds it."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    title = models.CharField(_("title"), max_length=100)

    class Meta:
        ordering = ("pk",)
        constraints = (models.UniqueConstraint(fields=["unit", "title"], name="post_title_once"),)

    def __str__(self) -> str:
        return self.title


class PostTerm(models.Model):
    """Who holds a post, and when. The holder need not have an account."""

    post = models.ForeignKey(Post, models.CASCADE, related_name="terms")
    holder_name = models.CharField(_("holder"), max_length=64)
    person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    starts_on = models.DateField(_("from"), null=True, blank=True)
    ends_on = models.DateField(_("until"), null=True, blank=True)

    objects = InPeriod.as_manager()

    class Meta:
        ordering = ("starts_on", "pk")

    def __str__(self) -> str:
        return self.holder_name


class Seats(InPeriod["Seat"]):
    def on(self, day: date) -> Self:
        """Those that open something on the day: a seat in a unit that has ended is none."""
        return super().on(day).filter(models.Q(unit__closed_on=None) | models.Q(unit__closed_on__gt=day))


class Seat(models.Model):
    """A person acts for a unit in a role for a period. Hand-over changes who sits, not the work."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="seats")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    role = models.CharField(_("role"), max_length=24, choices=ROLES)
    starts_on = models.DateField(_("from"), null=True, blank=True)
    ends_on = models.DateField(_("until"), null=True, blank=True)

    objects = Seats.as_manager()

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.unit} · {self.get_role_display()}"


class Deputy(models.Model):
    """Who acts from a seat while its holder is absent. The period has both ends."""

    seat = models.ForeignKey(Seat, models.CASCADE, related_name="deputies")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"))

    objects = InPeriod.as_manager()

    class Meta:
        ordering = ("starts_on", "pk")

    def __str__(self) -> str:
        return self.person.name


class UnitContact(models.Model):
    """Whom to turn to in a unit; `name` is a person's or, of the lead office, that office's."""

    unit = models.ForeignKey(Unit, models.CASCADE, related_name="contacts")
    kind = models.CharField(_("kind"), max_length=20, choices=CONTACT_KINDS)
    name = models.CharField(_("name"), max_length=64)
    starts_on = models.DateField(_("from"), null=True, blank=True)
    ends_on = models.DateField(_("until"), null=True, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = InPeriod.as_manager()

    class Meta:
        ordering = ("kind", "starts_on", "pk")

    def __str__(self) -> str:
        return self.name
