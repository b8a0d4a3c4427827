"""The worked example of docs/explanation/worked-example.md, step by step through what people do.

Two districts, three types, twelve points of eighteen, marks with a cap and with what does not apply, a score
that is withheld, an objection, the lock. The numbers are worked out by hand in the docs.
"""

from datetime import timedelta
from typing import Any

import pytest

from chuangwen.cores.scoring.draw import Design
from chuangwen.orgs.actors import Actor
from chuangwen.orgs.rules import Role
from chuangwen.orgs.testing import Cast, make_unit, seat
from chuangwen.points.models import Point
from chuangwen.points.tests.world import jpeg
from chuangwen.standards.models import Item, Node, PointType, System, SystemVersion
from chuangwen.standards.queries.trees import tree_of

from .. import actions
from ..actions import Given, Plan, TeamFacts, UnitLine
from ..models import Filing, Mark, NodeScore, Round, UnitScore, Visit
from ..queries.locks import verified
from ..rules.states import VisitState
from ..rules.teams import TeamKind
from ..testing import CHEAP, FIRST_DAY, LAST_DAY, NOW, PASSPHRASE

pytestmark = pytest.mark.django_db
GRADES = {
    "grades": [
        {"key": "A", "title": "优", "weight_milli": 1000},
        {"key": "B", "title": "中", "weight_milli": 500},
        {"key": "C", "title": "差", "weight_milli": 0},
    ]
}
FRAME = {"东浦区": {"R": 4, "M": 2, "P": 3}, "云河区": {"R": 6, "M": 1, "P": 2}}
# in each stratum, the points in the order in which they were drawn
MARKS: dict[tuple[str, str], list[dict[str, Any]]] = {
    ("东浦区", "R"): [
        {"clean": "A", "bins": False, "parking": "B", "ads": True},
        {"clean": "B", "bins": True, "parking": "A", "ads": None},
    ],
    ("东浦区", "M"): [
        {"clean": "A", "bins": True, "exit": False, "parking": "A", "ads": True},
        {"clean": "C", "bins": True, "exit": True, "parking": "B", "ads": False},
    ],
    ("东浦区", "P"): [
        {"clean": "A", "bins": True, "ads": False},
        {"clean": "B", "bins": False, "ads": None},
    ],
    ("云河区", "R"): [{"clean": "A", "bins": True, "parking": "C", "ads": True}],
    ("云河区", "P"): [
        {"clean": "A", "bins": False, "ads": True},
        {"clean": None, "bins": True, "ads": False},
    ],
}


def published(cast: Cast) -> SystemVersion:
    types = {
        code: PointType.objects.create(
            jurisdiction=cast.city, code=code, name=name, weight_milli=weight, position=at
        )
        for at, (code, name, weight) in enumerate(
            [("R", "道路", 1000), ("M", "市场", 1000), ("P", "公园", 500)]
        )
    }
    system = System.objects.create(jurisdiction=cast.city, name="算例体系", purpose="total")
    version = SystemVersion.objects.create(system=system, total_milli=1000)
    nodes: dict[str, Node] = {}
    for key, parent, level, weight, method in [
        ("A", None, "category", 600, ""),
        ("B", None, "category", 400, ""),
        ("A1", "A", "standard", 500, "field"),
        ("A2", "A", "standard", 500, "field"),
        ("B1", "B", "standard", 1000, "field"),
        ("B2", "B", "standard", 1000, "material"),
    ]:
        nodes[key] = Node.objects.create(
            system_version=version,
            key=key,
            parent=nodes[parent] if parent else None,
            level=level,
            number=key,
            title=key,
            weight_milli=weight,
            method=method,
            position=len(nodes),
        )
    for key, node, kind, rule, weight, on, more in [
        ("clean", "A1", "grades", GRADES, 2000, "RMP", {}),
        ("bins", "A1", "yes_no", {}, 1000, "RMP", {}),
        ("exit", "A2", "yes_no", {}, 1000, "M", {"critical": "cap", "cap_nano": 500_000_000}),
        ("parking", "A2", "grades", GRADES, 1000, "RM", {}),
        ("ads", "B1", "yes_no", {}, 1000, "RMP", {}),
        ("papers", "B2", "k_of_n", {"n": 10}, 1000, "", {}),
    ]:
        item = Item.objects.create(
            system_version=version,
            key=key,
            node=nodes[node],
            number=key,
            title=key,
            kind=kind,
            rule=rule,
            weight_milli=weight,
            position=Item.objects.count(),
            **more,
        )
        item.point_types.set([types[code] for code in on])
    version.types = [[one.pk, one.code, one.name, one.weight_milli] for one in types.values()]
    version.number, version.published_at = 1, NOW
    version.digest = tree_of(version).digest()
    version.save()
    return version


def make_frame(cast: Cast) -> None:
    number = 0
    for unit in (cast.east, cast.river):
        for code, count in FRAME[unit.name].items():
            kind = PointType.objects.get(jurisdiction=cast.city, code=code)
            for _ in range(count):
                number += 1
                Point.objects.create(
                    jurisdiction=cast.city,
                    number=f"{number:04}",
                    type=kind,
                    name=f"{kind.name}{number}号",
                    unit=unit,
                    lead_unit=cast.urban,
                    lon_e7=1_205_000_000 + number * 100_000,
                    lat_e7=313_000_000,
                )


def mark_of(value: Any) -> dict[str, Any]:
    if value is None:
        return {"na": "此处没有该设施"}
    return {"grade": value} if isinstance(value, str) else {"met": value}


def visit_all(found: Round, marker: Actor, lead: Actor) -> None:
    """Every point of the marks above is visited and accepted; the others are cancelled."""
    for (unit, code), rows in MARKS.items():
        visits = Visit.objects.filter(round=found, point__unit__name=unit, point__type_code=code)
        for visit, row in zip(visits.order_by("point__number"), rows, strict=False):
            actions.mark_visit(
                actor=marker,
                visit_id=visit.pk,
                version=visit.version,
                visited_at=NOW,
                marks={key: Given(mark_of(value)) for key, value in row.items()},
                now=NOW,
            )
    marked = Visit.objects.filter(round=found, state=VisitState.MARKED)
    actions.accept_visits(actor=lead, round_id=found.pk, visit_ids=[one.pk for one in marked], now=NOW)
    for visit in Visit.objects.filter(round=found, state=VisitState.ASSIGNED):
        actions.cancel_visit(actor=lead, visit_id=visit.pk, version=visit.version, why="封路", now=NOW)


def test_the_worked_example_gives_the_numbers_of_the_docs(cast: Cast) -> None:
    version = published(cast)
    make_frame(cast)
    home = make_unit(cast.city, "云浦市调查队")
    lead = seat("lead", "章测", cast.office_unit, Role.CAMPAIGN_OFFICE)
    marker, second = seat("marker", "甲", home), seat("second", "乙", home)
    assert lead.seat and marker.seat and second.seat
    plan = Plan(
        system_version_id=version.pk,
        lead_seat_id=lead.seat.pk,
        name="算例",
        first_day=FIRST_DAY,
        last_day=LAST_DAY,
        method_weights={"field": 700, "material": 300},
    )
    found = actions.plan_round(actor=cast.office, plan=plan, now=NOW)

    def current() -> dict[str, Any]:
        found.refresh_from_db()
        return {"round_id": found.pk, "version": found.version, "now": NOW}

    units = [UnitLine(cast.east.pk), UnitLine(cast.river.pk)]
    actions.set_units(actor=cast.office, units=units, **current())
    facts = TeamFacts(name="一组", kind=TeamKind.SURVEY, seat_ids=[marker.seat.pk, second.seat.pk])
    actions.add_team(actor=cast.office, facts=facts, **current())
    design = Design(allocation="proportional", size=6, least=2)
    actions.draw_points(actor=lead, design=design, passphrase=PASSPHRASE, cost=CHEAP, **current())
    actions.open_points(actor=lead, passphrase=PASSPHRASE, **current())
    assert Visit.objects.filter(round=found).count() == 12
    visit_all(found, marker, lead)

    actions.ask_for_filings(actor=lead, round_id=found.pk, now=NOW)
    for unit, k in ((cast.east, 9), (cast.river, 8)):
        filing = Filing.objects.get(round=found, unit=unit)
        staff = cast.east_staff if unit == cast.east else seat("river", "何云", unit)
        actions.file_material(
            actor=staff, filing_id=filing.pk, version=1, conclusion="达标", statement="共10份材料。", now=NOW
        )
        actions.accept_filing(
            actor=lead, filing_id=filing.pk, version=2, marks={"papers": {"k": k}}, verdict="", now=NOW
        )
    actions.complete_round(actor=lead, **current())
    actions.score_round(actor=lead, round_id=found.pk, now=NOW)

    east = UnitScore.objects.get(round=found, unit=cast.east, role="unit")
    assert (east.total_nano, east.final_nano) == (673_375_000, 67_337_500_000)
    assert (east.raw_nano, east.coverage_nano) == (642_857_143, 920_454_545)
    assert (east.marks, east.not_applicable, east.drawn, east.visited) == (24, 2, 6, 6)
    nodes = {(one.method, one.node): one.nano for one in NodeScore.objects.filter(score=east)}
    assert nodes["field", "A1"] == 566_666_667 and nodes["field", "A"] == 627_083_334
    assert nodes["field", ""] == 576_250_000 and nodes["material", ""] == 900_000_000
    river = UnitScore.objects.get(round=found, unit=cast.river, role="unit")
    assert (river.total_nano, river.withheld, river.known_nano) == (None, ["coverage"], 671_666_667)
    assert (river.drawn, river.visited, river.coverage_nano) == (6, 3, 363_636_364)
    city = UnitScore.objects.get(round=found, unit=cast.city, role="unit")
    assert (city.total_nano, city.missing) == (None, ["material"])

    assert actions.ask_for_replies(actor=lead, round_id=found.pk, now=NOW) == 3
    mark = Mark.objects.get(visit__round=found, item="exit", nano=0)
    objection = actions.object_to(
        actor=cast.east_staff, mark_id=mark.pk, words="出口畅通", proofs=[("a.jpg", jpeg())], now=NOW
    )
    actions.uphold_objection(
        actor=second, objection_id=objection.pk, mark={"met": True}, grounds="属实", now=NOW
    )
    after = UnitScore.objects.get(round=found, unit=cast.east, role="unit")
    # the market is no longer capped: A1 1, A2 1, B1 1 in the place of one half each
    # A1 (2/3 + (1 + 1/3) / 2 + 0.5 · 2/3) / 2.5, A2 (0.75 + (1 + 0.75) / 2) / 2, B1 (1 + 0.5 + 0) / 2.5
    nodes = {(one.method, one.node): one.nano for one in NodeScore.objects.filter(score=after)}
    assert nodes["field", "A1"] == 666_666_667
    assert nodes["field", "A2"] == 812_500_000
    assert nodes["field", "B1"] == 600_000_000
    # field 0.6 · (0.666666667 + 0.8125) / 2 + 0.4 · 0.6 = 0.68375; total 0.7 · 0.68375 + 0.3 · 0.9
    assert after.total_nano == 748_625_000

    found.refresh_from_db()
    locked = actions.lock_round(
        actor=lead, round_id=found.pk, version=found.version, now=NOW + timedelta(days=30)
    )
    verdict = verified(found)
    assert verdict.same and verdict.found == locked.sha256
