"""From marks in tables to scores in tables."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from chuangwen.cores.errors import Denied, Hidden, NotAllowedNow
from chuangwen.kit.models import AuditEntry
from chuangwen.orgs.testing import Cast

from .. import actions
from ..models import FramePoint, NodeScore, PartScore, Round, UnitScore, Visit
from ..queries.inputs import round_inputs, scores_now
from ..rules.inputs import Inputs, canonical
from ..rules.scores import results
from ..rules.states import RoundState, VisitState
from ..testing import MET, NA, NOT_MET, NOW, SmallRound, make_draw, make_visits

pytestmark = pytest.mark.django_db
FIELD_ONLY = {"field": 1000}


def field_only(small: SmallRound) -> None:
    small.round.method_weights = FIELD_ONLY
    small.round.save()


def score(small: SmallRound) -> dict[tuple[str, str], UnitScore]:
    actions.score_round(actor=small.lead, round_id=small.round.pk, now=NOW)
    return {(one.role, one.unit.name): one for one in UnitScore.objects.filter(round=small.round)}


def in_the_east_dirty(point: FramePoint, item: str) -> Any:
    return NOT_MET if item == "i1" and point.unit.name == "东浦区" else MET


def test_the_score_goes_to_all_owners_up_the_tree(small: SmallRound, cast: Cast) -> None:
    field_only(small)
    make_visits(small, in_the_east_dirty)
    found = score(small)
    # s1: of a road (1 + 2 + 1 thousandths) 3/4, of a market (1 + 2) 2/3; roads weigh 2, markets 1
    s1 = round((2 * 0.75 * 10**9 + round(2 / 3 * 10**9)) / 3)
    east = found["unit", "东浦区"]
    assert east.total_nano == (60 * s1 + 40 * 10**9 + 50) // 100
    assert found["unit", "云河区"].total_nano == 10**9
    assert {role for role, _ in found} == {"unit", "lead"}
    city, urban = found["unit", "云浦市"], found["lead", cast.urban.name]
    assert city.total_nano == urban.total_nano and east.total_nano < (city.total_nano or 0) < 10**9
    assert (east.rank, found["unit", "云河区"].rank, city.rank) == (2, 1, None)
    assert (east.drawn, east.visited, east.marks) == (4, 4, 12)
    assert NodeScore.objects.get(score=east, node="s1").nano == s1


def test_scoring_again_gives_the_same_rows(small: SmallRound) -> None:
    field_only(small)
    make_visits(small, in_the_east_dirty)
    first = {key: vars(one) for key, one in score(small).items()}
    again = {key: vars(one) for key, one in score(small).items()}
    for rows in (*first.values(), *again.values()):
        for name in ("id", "_state"):
            rows.pop(name)
    assert first == again
    assert AuditEntry.objects.filter(action="assessments.round_scored").count() == 2


def test_a_method_without_a_value_withholds_and_is_no_zero(small: SmallRound) -> None:
    make_visits(small)
    found = score(small)
    east = found["unit", "东浦区"]
    assert (east.known_nano, east.total_nano, east.final_nano) == (10**9, None, None)
    assert (east.withheld, east.missing, east.rank) == (["missing_method"], ["material"], None)
    assert found["lead", "云浦市城市管理局"].total_nano == 10**9  # a department files nothing here

    for unit in small.units.values():
        PartScore.objects.create(round_unit=unit, method="material", nano=500_000_000, n=4, source="评审")
    found = score(small)
    assert found["unit", "东浦区"].total_nano == 850_000_000
    assert found["unit", "东浦区"].tied and found["unit", "东浦区"].rank == 1


def test_drawn_points_that_are_still_closed_count_in_coverage(small: SmallRound) -> None:
    field_only(small)
    visits = make_visits(small)
    closed = [one.pk for one in visits if one.point.unit.name == "东浦区"][:3]
    Visit.objects.filter(pk__in=closed[:2]).delete()
    Visit.objects.filter(pk=closed[2]).update(state=VisitState.RETURNED)
    found = score(small)
    east = found["unit", "东浦区"]
    assert (east.drawn, east.visited, east.withheld) == (4, 1, ["coverage"])
    assert east.coverage_nano is not None and 0 < east.coverage_nano < 600_000_000


def test_second_marks_and_what_was_not_accepted_count_for_nothing(small: SmallRound) -> None:
    field_only(small)
    make_visits(small)
    make_visits(small, lambda point, item: NOT_MET, second=True)
    assert score(small)["unit", "东浦区"].total_nano == 10**9


def test_what_is_not_applicable_is_counted_and_leaves_the_sums(small: SmallRound) -> None:
    field_only(small)
    make_visits(small, lambda point, item: NA if item == "i3" else MET)
    east = score(small)["unit", "东浦区"]
    assert (east.total_nano, east.not_applicable, east.marks) == (10**9, 2, 12)
    assert east.coverage_nano is not None and east.coverage_nano < 10**9


def test_all_points_visited_leave_no_error(small: SmallRound) -> None:
    field_only(small)
    make_visits(small, in_the_east_dirty)
    east = score(small)["unit", "东浦区"]
    assert east.se == 0.0 or (east.se is not None and east.low_nano <= (east.total_nano or 0))  # type: ignore[operator]


def test_inputs_written_as_json_give_the_same_scores(small: SmallRound) -> None:
    make_visits(small, in_the_east_dirty)
    inputs = round_inputs(small.round).inputs
    again = Inputs.of(inputs.data())
    assert canonical(again.data()) == canonical(inputs.data())
    assert [one.data() for one in results(again)] == [one.data() for one in results(inputs)]


def test_marks_that_stream_by_give_the_same_scores_as_marks_by_name(small: SmallRound) -> None:
    make_visits(small, lambda point, item: NA if item == "i3" else in_the_east_dirty(point, item))
    make_visits(small, lambda point, item: NOT_MET, second=True)
    Visit.objects.filter(pk=Visit.objects.filter(second=False)[0].pk).update(state=VisitState.RETURNED)
    named = results(round_inputs(small.round).inputs)
    assert [one.data() for one in scores_now(small.round)] == [one.data() for one in named]


def test_only_the_office_and_the_lead_score_and_only_in_time(small: SmallRound, cast: Cast) -> None:
    make_draw(small)
    with pytest.raises(NotAllowedNow):
        actions.score_round(actor=small.lead, round_id=small.round.pk, now=NOW)
    make_visits(small)
    for actor, error in [(cast.east_staff, Denied), (cast.stranger, Hidden), (cast.administrator, Hidden)]:
        with pytest.raises(error):
            actions.score_round(actor=actor, round_id=small.round.pk, now=NOW)
    Round.objects.filter(pk=small.round.pk).update(state=RoundState.LOCKED)
    with pytest.raises(NotAllowedNow):
        actions.score_round(actor=cast.office, round_id=small.round.pk, now=NOW)


def test_reading_the_inputs_costs_the_same_for_any_number_of_points(
    small: SmallRound,
) -> None:
    make_visits(small)
    with CaptureQueriesContext(connection) as all_there:
        round_inputs(small.round)
    Visit.objects.filter(pk__in=list(Visit.objects.values_list("pk", flat=True)[1:])).delete()
    with CaptureQueriesContext(connection) as one_left:
        round_inputs(small.round)
    assert len(all_there) == len(one_left)
