"""Who sits where, in which role, and who holds which post."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from ..rules import Role
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


class Seat(models.Model):
    """A person acts for a unit in a role for a period. Hand-over changes who sits, not the work."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="seats")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    role = models.CharField(_("role"), max_length=24, choices=ROLES)
    starts_on = models.DateField(_("from"), null=True, blank=True)
    ends_on = models.DateField(_("until"), null=True, blank=True)

    objects = InPeriod.as_manager()

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.unit} · {self.get_role_display()}"
