"""What a city allows to be asked, and what people ask directly."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Cap(models.Model):
    """What units of a kind may be asked in a week; None: no cap. Without a row: what is shipped."""

    jurisdiction = models.ForeignKey("orgs.Unit", models.PROTECT, related_name="+")
    unit_kind = models.CharField(_("kind of unit"), max_length=16)
    asks = models.PositiveSmallIntegerField(_("asks a week"), null=True, blank=True)
    minutes = models.PositiveSmallIntegerField(_("minutes a week"), null=True, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = _("cap on asks")
        constraints = (models.UniqueConstraint(fields=["jurisdiction", "unit_kind"], name="cap_once"),)

    def __str__(self) -> str:
        return f"{self.unit_kind}: {self.asks}, {self.minutes}"


class DutyList(models.Model):
    """What units of a kind are there for (社区工作者责任清单): kinds of asks, duties in the city's words."""

    jurisdiction = models.ForeignKey("orgs.Unit", models.PROTECT, related_name="+")
    unit_kind = models.CharField(_("kind of unit"), max_length=16)
    kinds = models.JSONField(_("kinds of asks"), default=list, blank=True)
    duties = models.JSONField(_("duties"), default=list, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = _("duty list")
        constraints = (models.UniqueConstraint(fields=["jurisdiction", "unit_kind"], name="duty_list_once"),)

    def __str__(self) -> str:
        return self.unit_kind


class FreeAsk(models.Model):
    """What somebody asks of units in a sentence; each unit has a to-do about it.

    `duty` is the line of the duty list that it falls under, "" for none. `token` comes with the form: sent
    twice it asks once.
    """

    jurisdiction = models.ForeignKey("orgs.Unit", models.PROTECT, related_name="+")
    text = models.CharField(_("what is asked"), max_length=200)
    duty = models.CharField(_("duty"), max_length=100, blank=True)
    photos_why = models.CharField(_("what the photos are for"), max_length=200, blank=True)
    asker_unit = models.ForeignKey("orgs.Unit", models.PROTECT, related_name="+")
    asked_by = models.ForeignKey("orgs.Person", models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    token = models.UUIDField(unique=True)

    class Meta:
        verbose_name = _("request")
        ordering = ("-pk",)

    def __str__(self) -> str:
        return self.text
