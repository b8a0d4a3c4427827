"""Two cities with the same things in each, and somebody in every role, all in one unit of the first."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.test import Client
from django.urls import reverse

from chuangwen.kit import files
from chuangwen.kit.clock import now
from chuangwen.orgs.actions import add_name, make_token
from chuangwen.orgs.actors import Actor
from chuangwen.orgs.models import Unit, UnitGroup
from chuangwen.orgs.rules import NameKind
from chuangwen.orgs.rules.roles import SEATED
from chuangwen.orgs.testing import SYSTEM, make_cast, seat
from chuangwen.plans import actions as plans
from chuangwen.plans.tests.world import LATER, NOW, TEXT, make_plan

from .access_table import TABLE, View

Things = dict[str, Any]  # what stands in an address: "plan_id", or for one view "plans:task.key"
WORDS = {"subject": "task", "plans:program.key": "P1", "plans:indicator.key": "I1", "api:indicator.key": "I1"}


@dataclass(frozen=True)
class Cell:
    view: str
    method: str
    relation: str
    role: str
    expected: int

    def __str__(self) -> str:
        return f"{self.method} {self.view} ({self.relation}) as {self.role}"


@dataclass
class World:
    actors: dict[str, Actor]
    sessions: dict[str, str]
    secrets: dict[str, str]
    things: dict[str, Things]  # by relation
    own_tokens: dict[str, int]
    client: Client

    def relations(self, view: View) -> list[str]:
        """Which relations there are to what stands in the address."""
        own, peer, foreign = (self._values(view, relation) for relation in ("own", "peer", "foreign"))
        return [
            "own",
            *(["peer"] if peer != own else []),
            *(["foreign"] if foreign not in (own, peer) else []),
        ]

    def ask(self, view: View, method: str, relation: str, role: str) -> int:
        """The status of the answer; what the request writes is taken back."""
        values = self._values(view, relation)
        if relation == "own" and "token_id" in values:
            values["token_id"] = self.own_tokens.get(role, values["token_id"])
        secret = self.secrets.get(role)
        of_programs = view.name.startswith("api:")
        headers = {"Authorization": f"Bearer {secret}"} if of_programs and secret else {}
        self.client.cookies.clear()
        if not of_programs and role in self.sessions:
            self.client.cookies[settings.SESSION_COOKIE_NAME] = self.sessions[role]
        with transaction.atomic():
            answer = self.client.generic(method, self.address(view, values), headers=headers)
            transaction.set_rollback(True)
        return int(answer.status_code)

    def address(self, view: View, values: Things) -> str:
        return "/api/v1/nothing" if view.name == "api:nothing_here" else reverse(view.name, kwargs=values)

    def _values(self, view: View, relation: str) -> Things:
        """Raises LookupError for something in an address that this world does not hold: add it here."""
        things = self.things[relation]
        return {
            name: things[f"{view.name}.{name}"] if f"{view.name}.{name}" in things else things[name]
            for name in view.params
        }


def cells(view: View) -> Iterator[Cell]:
    for (name, method, relation), answers in TABLE.items():
        if name == view.name:
            for role, expected in answers.items():
                yield Cell(name, method, relation, role, expected)


def wrong(world: World, view: View) -> dict[str, str]:
    """Cells that get another answer than the table says."""
    found = {}
    for cell in cells(view):
        status = world.ask(view, cell.method, cell.relation, cell.role)
        if status != cell.expected:
            found[str(cell)] = f"{status}, not {cell.expected}"
    return found


def make_world() -> World:
    cast = make_cast()
    actors = {str(role): seat(f"as-{role}", f"某{role}", cast.urban, role) for role in SEATED}
    actors |= {"seatless": cast.seatless, "abroad": cast.stranger}
    home, abroad = _city(cast.city, cast.office), _city(cast.other_city, cast.stranger)
    foreign_unit = cast.stranger.seat.unit if cast.stranger.seat else cast.other_city
    tokens = {role: _token(actor) for role, actor in actors.items() if actor.seat}
    others = {"own": cast.office, "peer": cast.housing_staff, "foreign": cast.stranger}
    return World(
        actors=actors,
        sessions={role: _session(actor) for role, actor in actors.items()},
        secrets={role: secret for role, (_, secret) in tokens.items()},
        client=Client(raise_request_exception=False),
        own_tokens={role: number for role, (number, _) in tokens.items()},
        things={
            relation: WORDS | city | _of_unit(unit) | {"token_id": _token(others[relation])[0]}
            for relation, city, unit in [
                ("own", home, cast.urban),
                ("peer", home, cast.housing),
                ("foreign", abroad, foreign_unit),
            ]
        },
    )


def _city(city: Unit, office: Actor) -> Things:
    """A plan in force with a draft beside it, a file handed in, a group."""
    files.put(TEXT.encode())
    plan = make_plan(city, office)
    draft = plans.amend(actor=office, plan_id=plan.plan_id, reason="年度调整", now=LATER)
    row = draft.taskversion_rows.get(task__key="T1")
    intake = plans.receive(actor=office, name="more.txt", data="一、强化管理。".encode(), now=NOW)
    doubt = draft.doubts.first()
    return {
        "plan_id": plan.plan_id,
        "version_id": draft.pk,
        "intake_id": intake.pk,
        "row_id": row.pk,
        "assignment_id": row.assignments.all()[0].pk,
        "doubt_id": doubt.pk if doubt else 1,
        "change_id": 1,
        "group_id": UnitGroup.objects.get(jurisdiction=city, name="各区政府").pk,
        "key": "T1",
    }


def _of_unit(unit: Unit) -> Things:
    name = add_name(actor=SYSTEM, unit_id=unit.pk, kind=NameKind.ALIAS, name="又名")
    return {"unit_id": unit.pk, "name_id": name.pk}


def _token(actor: Actor) -> tuple[int, str]:
    scopes, end = ["orgs:read", "plans:read"], now() + timedelta(days=30)
    token, secret = make_token(actor=actor, name="t", scopes=scopes, expires_at=end, now=now())
    return token.pk, secret


def _session(actor: Actor) -> str:
    client = Client()
    assert actor.person
    client.force_login(actor.person)
    return client.cookies[settings.SESSION_COOKIE_NAME].value
