"""Periods: `starts_on` counts, `ends_on` does not; None is open."""

from datetime import date
from typing import Self, TypeVar

from django.db import models

Row = TypeVar("Row", bound=models.Model)


class InPeriod(models.QuerySet[Row]):
    """Rows with `starts_on` and `ends_on`."""

    def on(self, day: date) -> Self:
        begun = models.Q(starts_on=None) | models.Q(starts_on__lte=day)
        return self.filter(begun & (models.Q(ends_on=None) | models.Q(ends_on__gt=day)))
