"""A round of the demo city: five districts, drawn in March, half of it marked. Its passphrase stands here."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

from chuangwen.cores.scoring.draw import Design
from chuangwen.cores.scoring.kinds import Kind, Rule
from chuangwen.orgs.access import visible_units
from chuangwen.orgs.actors import system_actor
from chuangwen.orgs.queries import seats_in
from chuangwen.standards import actions as standards
from chuangwen.standards.queries import published_versions, tree

from .. import actions
from ..actions import Given, Plan, TeamFacts, UnitLine
from ..models import Round, Visit
from ..rules.teams import TeamKind

if TYPE_CHECKING:
    from chuangwen.orgs.models import Unit
    from chuangwen.standards.rules.tree import ItemRow

ACTOR = system_actor("demo")
CITY, NAME = "云浦市", "2022年3月模拟测评"
DISTRICTS = ("东浦区", "云河区", "北塘区", "青坞县", "石桥市")
PASSPHRASE = "demo round of yunpu, march 2022"  # noqa: S105 - of a city that does not exist
BEACON = "2022年3月20日 公开摇号 03 11 17 22 29"
NOW = datetime(2022, 3, 28, 1, tzinfo=UTC)
FIRST_DAY, LAST_DAY = date(2022, 3, 21), date(2022, 4, 8)
MARKED_OF = 3  # two of three visits are marked


@transaction.atomic
def load() -> None:
    """Plan, draw, open and mark the round of 云浦市; what is there already stays."""
    city = visible_units(ACTOR).get(parent=None, name=CITY)
    if Round.objects.filter(jurisdiction=city).exists():
        return
    units = {str(unit): unit for unit in visible_units(ACTOR).filter(path__startswith=city.path)}
    found = _planned(city, units)
    actions.draw_points(
        actor=ACTOR,
        round_id=found.pk,
        version=found.version,
        design=Design(allocation="proportional", size=7, least=1),
        passphrase=PASSPHRASE,
        beacon=BEACON,
        now=NOW,
    )
    actions.open_points(
        actor=ACTOR, round_id=found.pk, version=found.version + 1, passphrase=PASSPHRASE, now=NOW
    )
    _mark(found)


def _planned(city: Unit, units: dict[str, Unit]) -> Round:
    lead = seats_in(units["市创建办"], timezone.localdate(NOW)).get(role="campaign_office")
    found = actions.plan_round(
        actor=ACTOR,
        jurisdiction_id=city.pk,
        plan=Plan(
            system_version_id=_system(city),
            lead_seat_id=lead.pk,
            name=NAME,
            first_day=FIRST_DAY,
            last_day=LAST_DAY,
            method_weights={"field": 700, "survey": 300},
            second_pct=15,
        ),
        now=NOW,
    )
    lines = [UnitLine(units[name].pk, 3) for name in DISTRICTS]
    actions.set_units(actor=ACTOR, round_id=found.pk, version=1, units=lines, now=NOW)
    for at, (name, home, role) in enumerate(
        [("一组", "市创建办", "inspector"), ("二组", "市总工会", "external_supervisor")]
    ):
        seats = seats_in(units[home], timezone.localdate(NOW)).filter(role=role)
        facts = TeamFacts(name=name, kind=TeamKind.OWN, seat_ids=[one.pk for one in seats])
        actions.add_team(actor=ACTOR, round_id=found.pk, version=2 + at, facts=facts, now=NOW)
    found.refresh_from_db()
    return found


def _system(city: Unit) -> int:
    """The published version of the sample system."""
    there = published_versions(ACTOR).filter(system__jurisdiction=city).first()
    if there is not None:
        return int(there.pk)
    draft = standards.take_over_sample(actor=ACTOR, jurisdiction_id=city.pk, today=timezone.localdate(NOW))
    made = standards.publish(actor=ACTOR, version_id=draft.pk, seen=tree(draft.pk).digest(), now=NOW)
    return int(made.pk)


def _mark(found: Round) -> None:
    system = tree(found.system_version_id)
    items = {one.code: system.checklist(one.id) for one in system.types}
    for at, visit in enumerate(Visit.objects.filter(round=found).select_related("point").order_by("pk")):
        if at % MARKED_OF == MARKED_OF - 1 or not items.get(visit.point.type_code):
            continue
        actions.mark_visit(
            actor=ACTOR,
            visit_id=visit.pk,
            version=1,
            visited_at=NOW - timedelta(hours=at % 5, minutes=7 * at % 60),
            marks=dict(_found(items[visit.point.type_code], visit.point_id)),
            now=NOW,
        )
        if at % 4:
            actions.accept_visit(actor=ACTOR, visit_id=visit.pk, version=2, now=NOW)


def _found(items: Iterable[ItemRow], point_id: int) -> Iterable[tuple[str, Given]]:
    """Most is good; what is not follows from the numbers of point and item, the same each time."""
    for at, item in enumerate(items):
        turn = (point_id * 7 + at * 3) % 11
        photos = [(f"{item.key}-{n}.png", picture(at % 8, n)) for n in range(item.photos_least)]
        data = {"na": "现场无此项设施"} if turn == 0 else answer(item.marking, good=turn > 2)
        yield item.key, Given(data, photos=photos)


def answer(rule: Rule, *, good: bool) -> dict[str, Any]:
    """An answer to an item: all that is asked, or something short of it."""
    keys = [one.key for one in rule.choices]
    if rule.kind == Kind.YES_NO:
        return {"met": good}
    if rule.kind == Kind.K_OF_N:
        return {"k": rule.n if good else rule.n // 2}
    if rule.kind == Kind.DEDUCTIONS:
        return {"counts": dict.fromkeys(keys, 0 if good else 1)}
    if rule.kind == Kind.GRADES:
        best = max(rule.choices, key=lambda one: one.milli)
        return {"grade": best.key if good else keys[-1]}
    if rule.kind == Kind.MEASURED:
        up = rule.comparator in (">=", ">")
        bound = rule.choices[0].bound
        step = 0 if rule.comparator in (">=", "<=", "=") else 1
        value = bound + (step if up else -step) if good else bound + (-1 if up else 1)
        return {"value": str(value)}
    if rule.kind == Kind.OBSERVED:
        return {"seen": rule.least * 2, "compliant": rule.least * 2 if good else rule.least}
    return {"met": {key: good or at > 0 for at, key in enumerate(keys)}}


def picture(*numbers: int) -> bytes:
    """A plain PNG of a colour that the numbers give: a photo of nothing."""
    colour = bytes(90 + (number * 37) % 120 for number in (*numbers, 1, 2, 3)[:3])
    rows = b"".join(b"\0" + colour * 32 for _row in range(24))

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = struct.pack(">IIBBBBB", 32, 24, 8, 2, 0, 0, 0)
    parts = chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + parts
