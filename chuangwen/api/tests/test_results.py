"""A program reads the results of a round as far as its seat sees them."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from chuangwen.assessments import actions
from chuangwen.assessments.models import FramePoint, Mark, Round, UnitScore
from chuangwen.assessments.testing import MET, NOT_MET, NOW, SmallRound, make_round, make_visits
from chuangwen.orgs.testing import Cast
from chuangwen.points.tests.world import jpeg

from .conftest import Program, token_of

PROOF = [("现场.jpg", jpeg())]


def dirty(point: FramePoint, item: str) -> Any:
    return NOT_MET if item == "i1" and point.unit.name == "东浦区" else MET


@pytest.fixture
def scored(cast: Cast) -> SmallRound:
    small = make_round(cast, method_weights={"field": 1000}, bonus_cap_milli=2000)
    make_visits(small, dirty)
    Round.objects.update(state="replying")
    actions.add_adjustment(
        actor=small.lead,
        round_id=small.round.pk,
        unit_id=cast.river.pk,
        kind="bonus",
        points_milli=1500,
        grounds="表扬",
        now=NOW,
    )
    actions.score_round(actor=small.lead, round_id=small.round.pk, now=NOW)
    return small


def reader(actor: Any) -> Program:
    return Program(token_of(actor, "assessments:read"))


def test_scores_come_with_range_ranks_coverage_and_why_they_are_withheld(
    scored: SmallRound, cast: Cast
) -> None:
    program = reader(scored.lead)
    (told,) = program.read("/rounds")["items"]
    assert (told["id"], told["state"], told["method_weights_milli"]) == (
        scored.round.pk,
        "replying",
        {"field": 1000},
    )
    rows = {
        (one["role"], one["unit"]): one for one in program.read(f"/rounds/{scored.round.pk}/scores")["items"]
    }
    east, river = rows["unit", "东浦区"], rows["unit", "云河区"]
    assert (east["score"], east["weighted"], east["raw"]) == ("83.3333333", "83.3333333", "75")
    assert (river["score"], river["weighted"]) == ("101.5", "100")
    assert float(east["low"]) <= 83.3333333 <= float(east["high"])
    assert (east["rank"], east["rank_first"], east["rank_last"], river["rank"]) == (2, 2, 2, 1)
    assert (east["drawn"], east["visited"], east["marks"], east["coverage"]) == (4, 4, 12, "1")
    assert rows["unit", "云浦市"]["rank"] is None and ("lead", str(cast.urban)) in rows
    UnitScore.objects.update(final_nano=None, low_nano=None, high_nano=None, withheld=["coverage"])
    held = program.read(f"/rounds/{scored.round.pk}/scores")["items"][0]
    assert (held["score"], held["low"], held["withheld"]) == (None, None, ["coverage"])


def test_lost_points_come_page_by_page_the_most_costly_first(scored: SmallRound, cast: Cast) -> None:
    address = f"/rounds/{scored.round.pk}/scores/{cast.east.pk}/unit/lost-points"
    program = reader(cast.east_staff)
    first = program.read(f"{address}?limit=3")
    assert len(first["items"]) == 3 and first["next"] == 3
    last = program.read(f"{address}?limit=3&cursor=3")
    assert len(last["items"]) == 1 and last["next"] is None
    costs = [float(one["cost"]) for one in (*first["items"], *last["items"])]
    assert costs == sorted(costs, reverse=True) and costs[0] == 5.0000001
    one = first["items"][0]
    assert (one["item"], one["item_title"], one["worth"], one["caps"]) == ("i1", "地面无散落垃圾", "0", False)
    assert (one["standard"], one["unit_id"], one["objections"]) == ("s1", cast.east.pk, [])
    mark = Mark.objects.get(pk=one["mark_id"])
    actions.object_to(actor=cast.east_staff, mark_id=mark.pk, words="已改", proofs=PROOF, now=NOW)
    assert program.read(f"{address}?limit=1")["items"][0]["objections"] == ["open"]
    assert program.read(f"{address}?cursor=99") == {"items": [], "next": None}
    assert program.get(address.replace("/unit/", "/person/")).status_code == 422


def test_units_read_their_own_until_it_is_locked(scored: SmallRound, cast: Cast) -> None:
    scores = f"/rounds/{scored.round.pk}/scores"
    of_river = f"{scores}/{cast.river.pk}/unit/lost-points"
    program = reader(cast.east_staff)
    assert [one["unit"] for one in program.read(scores)["items"]] == ["东浦区"]
    assert program.get(of_river).status_code == 404
    assert reader(cast.leader).get(of_river).status_code == 403
    Round.objects.update(state="locked")
    assert {one["unit"] for one in program.read(scores)["items"]} >= {"东浦区", "云河区"}
    assert program.get(of_river).status_code == 403
    Round.objects.update(state="marking")
    assert program.read(scores)["items"] == []
    assert reader(cast.stranger).get(scores).status_code == 404
    assert reader(cast.administrator).get(scores).status_code == 404
    other = Program(token_of(scored.lead, "points:read"))
    for address in ("/rounds", scores, of_river):
        assert other.get(address).json()["code"] == "api.scope_missing"


def test_a_page_costs_the_same_for_any_number_of_rows(scored: SmallRound, cast: Cast) -> None:
    program = reader(scored.lead)
    lost = f"/rounds/{scored.round.pk}/scores/{cast.east.pk}/unit/lost-points"
    for address in (f"/rounds/{scored.round.pk}/scores", lost):
        program.read(address)
        costs = []
        for limit in (1, 4):
            with CaptureQueriesContext(connection) as asked:
                assert len(program.read(f"{address}?limit={limit}")["items"]) == limit
            costs.append(len(asked))
        assert costs[0] == costs[1]
