"""A city's own days and working hours, on top of the State Council's calendar."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class CityDay(models.Model):
    """A day that the city works or has free, whatever the calendar of the country says."""

    jurisdiction = models.ForeignKey("orgs.Unit", models.PROTECT, related_name="+")
    day = models.DateField(_("day"))
    is_worked = models.BooleanField(_("worked"))
    words = models.CharField(_("occasion"), max_length=100)

    class Meta:
        ordering = ("day",)
        constraints = (models.UniqueConstraint(fields=["jurisdiction", "day"], name="city_day_once"),)

    def __str__(self) -> str:
        return self.words


class CityHours(models.Model):
    """When offices of the city are open; without a row from 9 to 12 and from 13:30 to 17:30."""

    jurisdiction = models.OneToOneField("orgs.Unit", models.PROTECT, related_name="+")
    opens_at = models.TimeField(_("opens"))
    lunch_from = models.TimeField(_("lunch from"))
    lunch_to = models.TimeField(_("lunch to"))
    closes_at = models.TimeField(_("closes"))
    version = models.PositiveIntegerField(default=1, editable=False)

    def __str__(self) -> str:
        return f"{self.opens_at}–{self.closes_at}"
