"""Rounds of the demo city: one of 2021 whose scores were brought in, one of the first quarter of 2022 that is
locked, one of the second in which units reply, one of July that is half marked; and the years of its cycle.

Passphrases and seeds stand here. What is done is done through the room's actions, by those who would do it.
"""

from __future__ import annotations

from django.db import transaction

from chuangwen.orgs.access import visible_units
from chuangwen.orgs.actors import system_actor

from ..models import Round
from .city import CITY, PASSPHRASE, City
from .marking import NAME, half_marked
from .past import LOCKED, REPLYING, locked, replying, year_before
from .years import cycle

__all__ = ["ACTOR", "CITY", "LOCKED", "NAME", "PASSPHRASE", "REPLYING", "load"]

ACTOR = system_actor("demo")


@transaction.atomic
def load() -> None:
    """Rounds and cycle of 云浦市; what is there already stays."""
    found = visible_units(ACTOR).get(parent=None, name=CITY)
    if Round.objects.filter(jurisdiction=found).exists():
        return
    city = City.of(found)
    year_before(city)
    locked(city)
    replying(city)
    half_marked(city)
    cycle(city)
