"""Units, people and the system of the demo city, and the steps that its rounds share."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Any

from chuangwen.cores.scoring.draw import Design
from chuangwen.orgs.access import visible_units
from chuangwen.orgs.actors import Actor, system_actor
from chuangwen.orgs.queries import seats_in
from chuangwen.orgs.rules import Role
from chuangwen.standards import actions as standards
from chuangwen.standards.queries import published_versions, tree

from .. import actions
from ..actions import Plan, TeamFacts, UnitLine
from ..models import Round, Visit
from ..rules.teams import TeamKind
from .found import marks_of

if TYPE_CHECKING:
    from chuangwen.orgs.models import Seat, Unit
    from chuangwen.standards.rules.tree import ItemRow, Tree

ACTOR = system_actor("demo")
CITY = "云浦市"
DISTRICTS = ("东浦区", "云河区", "北塘区", "青坞县", "石桥市")
OFFICE = "市创建办"
TEAMS = (("一组", OFFICE, Role.INSPECTOR), ("二组", "市总工会", Role.EXTERNAL_SUPERVISOR))
NINE = 1  # the hour in UTC at which work begins
CHEAP = 2**14  # cost of scrypt
PASSPHRASE = "demo rounds of yunpu, 2022"  # noqa: S105 - of a city that does not exist


def at(day: date, hour: int = NINE, minute: int = 0) -> datetime:
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=UTC)


@dataclass(frozen=True)
class City:
    unit: Unit
    units: Mapping[str, Unit]
    system_id: int

    @classmethod
    def of(cls, city: Unit) -> City:
        units = {str(unit): unit for unit in visible_units(ACTOR).filter(path__startswith=city.path)}
        return cls(city, units, _system(city))

    @cached_property
    def tree(self) -> Tree:
        return tree(self.system_id)

    @cached_property
    def items(self) -> dict[str, list[ItemRow]]:
        """Items by code of the type."""
        return {one.code: self.tree.checklist(one.id) for one in self.tree.types}

    def seat(self, unit: str, role: Role) -> Seat:
        found = seats_in(self.units[unit], date(2022, 7, 1)).select_related("unit", "person")
        return found.get(role=role)

    def who(self, unit: str, role: Role = Role.UNIT_STAFF) -> Actor:
        seat = self.seat(unit, role)
        return Actor(person=seat.person, seat=seat)

    @cached_property
    def lead(self) -> Actor:
        return self.who(OFFICE, Role.CAMPAIGN_OFFICE)

    def planned(
        self,
        name: str,
        first_day: date,
        last_day: date,
        method_weights: Mapping[str, int],
        **more: Any,
    ) -> Round:
        """A round of all districts with its two teams."""
        now = at(first_day - timedelta(days=7))
        lead = self.seat(OFFICE, Role.CAMPAIGN_OFFICE)
        plan = Plan(
            system_version_id=self.system_id,
            lead_seat_id=lead.pk,
            name=name,
            first_day=first_day,
            last_day=last_day,
            method_weights=method_weights,
            **more,
        )
        found = actions.plan_round(actor=ACTOR, jurisdiction_id=self.unit.pk, plan=plan, now=now)
        lines = [UnitLine(self.units[one].pk, 3) for one in DISTRICTS]
        found = actions.set_units(actor=self.lead, round_id=found.pk, version=1, units=lines, now=now)
        if method_weights.get("field"):
            for step, (team, home, role) in enumerate(TEAMS):
                facts = TeamFacts(name=team, kind=TeamKind.OWN, seat_ids=[self.seat(home, role).pk])
                actions.add_team(actor=self.lead, round_id=found.pk, version=2 + step, facts=facts, now=now)
        found.refresh_from_db()
        return found

    def opened(self, found: Round, design: Design, beacon: str, now: datetime) -> Round:
        """Drawn with a seed that follows from the name, so that the city is the same each time."""
        actions.draw_points(
            actor=self.lead,
            round_id=found.pk,
            version=found.version,
            design=design,
            passphrase=PASSPHRASE,
            beacon=beacon,
            seed=hashlib.sha256(found.name.encode()).hexdigest(),
            cost=CHEAP,
            now=now,
        )
        actions.open_points(
            actor=self.lead, round_id=found.pk, version=found.version + 1, passphrase=PASSPHRASE, now=now
        )
        found.refresh_from_db()
        return found

    def mark(
        self, found: Round, *, plus: int = 0, skip: Collection[int] = (), wait: Collection[int] = ()
    ) -> None:
        """Teams hand in what they found. Visits are counted from 0: those of `skip` are not made yet, those
        of `wait` are not looked at yet.
        """
        teams = {name: self.who(home, role) for name, home, role in TEAMS}
        days = (min(found.last_day, found.first_day + timedelta(days=7)) - found.first_day).days
        visits = Visit.objects.filter(round=found).select_related(
            "team", "point__stratum_unit", "point__unit"
        )
        for number, visit in enumerate(visits.order_by("pk")):
            items = self.items.get(visit.point.type_code)
            if number in skip or not items:
                continue
            day = found.first_day + timedelta(days=number % max(days, 1))
            when = at(day, NINE + number % 7, number * 7 % 60)
            actions.mark_visit(
                actor=teams[visit.team.name],
                visit_id=visit.pk,
                version=1,
                visited_at=when,
                marks=marks_of(visit, items, plus=plus),
                now=when + timedelta(minutes=40),
            )
            if number not in wait:
                actions.accept_visit(
                    actor=self.lead, visit_id=visit.pk, version=2, now=when + timedelta(hours=3)
                )


def _system(city: Unit) -> int:
    """The published version of the sample system."""
    there = published_versions(ACTOR).filter(system__jurisdiction=city).first()
    if there is not None:
        return int(there.pk)
    day = date(2022, 3, 28)
    draft = standards.take_over_sample(actor=ACTOR, jurisdiction_id=city.pk, today=day)
    made = standards.publish(actor=ACTOR, version_id=draft.pk, seen=tree(draft.pk).digest(), now=at(day))
    return int(made.pk)
