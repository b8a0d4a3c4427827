"""The right of reply, from the desk to the lock."""

from datetime import timedelta
from typing import Any

import pytest

from chuangwen.cores.errors import BadInput, Denied, Hidden, NotAllowedNow
from chuangwen.desk.models import Todo
from chuangwen.orgs.testing import Cast
from chuangwen.points.tests.world import jpeg

from .. import actions
from ..models import FramePoint, Mark, Objection, Round, RoundLock, UnitScore
from ..queries.locks import verified
from ..rules.states import ObjectionState, RoundState
from ..testing import MET, NOT_MET, NOW, SmallRound, make_visits

pytestmark = pytest.mark.django_db


def dirty(point: FramePoint, item: str) -> Any:
    return NOT_MET if item == "i1" and point.unit.name == "东浦区" else MET


@pytest.fixture
def replying(small: SmallRound) -> SmallRound:
    make_visits(small, dirty)
    Round.objects.filter(pk=small.round.pk).update(state=RoundState.REPLYING, method_weights={"field": 1000})
    small.round.refresh_from_db()
    actions.score_round(actor=small.lead, round_id=small.round.pk, now=NOW)
    actions.ask_for_replies(actor=small.lead, round_id=small.round.pk, now=NOW)
    small.round.refresh_from_db()
    return small


def mark_of(small: SmallRound, unit: str = "东浦区") -> Mark:
    found = Mark.objects.filter(visit__round=small.round, item="i1", visit__point__unit__name=unit)
    return found.order_by("pk")[0]


def object_to(small: SmallRound, cast: Cast, mark: Mark | None = None) -> Objection:
    return actions.object_to(
        actor=cast.east_staff,
        mark_id=(mark or mark_of(small)).pk,
        words="当天正在清扫，照片显示已清理",
        proofs=[("现场.jpg", jpeg())],
        now=NOW,
    )


def total(small: SmallRound) -> int | None:
    return UnitScore.objects.get(round=small.round, unit__name="东浦区", role="unit").total_nano


def test_each_owner_is_asked_once_with_the_end_as_its_day(replying: SmallRound, cast: Cast) -> None:
    todos = Todo.objects.filter(kind="assessments.reply")
    assert {todo.unit for todo in todos} == {cast.east, cast.river, cast.urban}
    assert {todo.due_at for todo in todos} == {replying.round.replies_until}
    assert actions.ask_for_replies(actor=replying.lead, round_id=replying.round.pk, now=NOW) == 0
    assert todos.count() == 3


def test_no_owner_hears_of_a_round_that_is_still_secret(small: SmallRound, cast: Cast) -> None:
    make_visits(small)
    until = NOW + timedelta(days=9)
    Round.objects.filter(pk=small.round.pk).update(state=RoundState.REPLYING, covert_until=until)
    with pytest.raises(NotAllowedNow):
        actions.ask_for_replies(actor=small.lead, round_id=small.round.pk, now=NOW)
    with pytest.raises(Hidden):
        object_to(small, cast)
    assert not Todo.objects.exists()


def test_an_objection_that_is_upheld_changes_the_mark_and_the_score(replying: SmallRound, cast: Cast) -> None:
    before = total(replying)
    objection = object_to(replying, cast)
    actions.uphold_objection(
        actor=replying.second_marker, objection_id=objection.pk, mark=MET, grounds="照片属实", now=NOW
    )
    mark = Mark.objects.get(pk=objection.mark_id)
    assert mark.nano == 10**9 and mark.before is not None
    assert (mark.before["nano"], mark.before["data"]) == (0, {"met": False})
    objection.refresh_from_db()
    assert (objection.state, objection.decided_by) == (
        ObjectionState.UPHELD,
        replying.second_marker.person,
    )
    assert before is not None and (total(replying) or 0) > before
    with pytest.raises(NotAllowedNow):
        actions.reject_objection(
            actor=replying.second_marker, objection_id=objection.pk, grounds="x", now=NOW
        )


@pytest.mark.parametrize("end", ["uphold", "reject", "withdraw"])
def test_the_lead_has_each_open_objection_on_the_desk(replying: SmallRound, cast: Cast, end: str) -> None:
    objection = object_to(replying, cast)
    todo = Todo.objects.get(kind="assessments.decide")
    assert (todo.seat, todo.subject_id, todo.state) == (replying.lead.seat, objection.pk, "open")
    about: Any = {"objection_id": objection.pk, "now": NOW}
    if end == "withdraw":
        actions.withdraw_objection(actor=cast.east_staff, **about)
    elif end == "reject":
        actions.reject_objection(actor=replying.second_marker, grounds="仍有垃圾", **about)
    else:
        actions.uphold_objection(actor=replying.second_marker, mark=MET, grounds="照片属实", **about)
    todo.refresh_from_db()
    assert todo.state == "done"


def test_neither_the_first_marker_nor_an_owner_decides(replying: SmallRound, cast: Cast) -> None:
    objection = object_to(replying, cast)
    for actor, error in [
        (replying.marker, Denied),
        (cast.east_staff, Denied),
        (cast.office, Denied),
    ]:
        with pytest.raises(error):
            actions.reject_objection(actor=actor, objection_id=objection.pk, grounds="不属实", now=NOW)
    for actor in (cast.housing_staff, cast.stranger, cast.administrator):
        with pytest.raises(Hidden):
            actions.reject_objection(actor=actor, objection_id=objection.pk, grounds="不属实", now=NOW)
    actions.reject_objection(
        actor=replying.second_marker, objection_id=objection.pk, grounds="仍有垃圾", now=NOW
    )
    assert Mark.objects.get(pk=objection.mark_id).nano == 0


def test_units_object_to_their_own_findings_alone_with_proof_and_in_time(
    replying: SmallRound, cast: Cast
) -> None:
    with pytest.raises(Hidden):
        object_to(replying, cast, mark_of(replying, "云河区"))
    mark = mark_of(replying)
    for proofs in ([], [("a.exe", b"MZ")]):
        with pytest.raises(BadInput):
            actions.object_to(actor=cast.east_staff, mark_id=mark.pk, words="x", proofs=proofs, now=NOW)
    object_to(replying, cast)
    with pytest.raises(NotAllowedNow):
        object_to(replying, cast)
    assert replying.round.replies_until is not None
    late = replying.round.replies_until + timedelta(seconds=1)
    with pytest.raises(NotAllowedNow):
        actions.object_to(
            actor=cast.urban_staff, mark_id=mark.pk, words="x", proofs=[("a.jpg", jpeg())], now=late
        )


def test_a_unit_that_replied_has_nothing_left_on_its_desk(replying: SmallRound, cast: Cast) -> None:
    actions.accept_findings(actor=cast.east_staff, round_id=replying.round.pk, now=NOW)
    assert Todo.objects.get(unit=cast.east, kind="assessments.reply").state == "done"
    with pytest.raises(NotAllowedNow):
        actions.accept_findings(actor=cast.east_staff, round_id=replying.round.pk, now=NOW)
    with pytest.raises(Denied):
        actions.accept_findings(actor=cast.housing_staff, round_id=replying.round.pk, now=NOW)


def lock(small: SmallRound, days: int = 30) -> RoundLock:
    small.round.refresh_from_db()
    return actions.lock_round(
        actor=small.lead,
        round_id=small.round.pk,
        version=small.round.version,
        now=NOW + timedelta(days=days),
    )


def test_a_round_is_locked_after_all_was_said_and_verifies(replying: SmallRound, cast: Cast) -> None:
    objection = object_to(replying, cast)
    with pytest.raises(NotAllowedNow, match="objections_open"):
        lock(replying)
    actions.withdraw_objection(actor=cast.east_staff, objection_id=objection.pk, now=NOW)
    with pytest.raises(NotAllowedNow, match="replies_still_open"):
        lock(replying, days=0)
    locked = lock(replying)
    verdict = verified(replying.round)
    assert verdict.same and verdict.found == locked.sha256 and not verdict.differences
    with pytest.raises(NotAllowedNow):
        actions.score_round(actor=replying.lead, round_id=replying.round.pk, now=NOW)


def test_a_mark_changed_behind_the_lock_is_named(replying: SmallRound) -> None:
    lock(replying)
    mark = mark_of(replying)
    Mark.objects.filter(pk=mark.pk).update(nano=10**9)
    verdict = verified(replying.round)
    places = [place for place, _, _ in verdict.differences]
    name = f"{mark.visit.point.number}/1/i1"
    assert not verdict.same and verdict.again
    assert f"/inputs/observations/{name}/nano" in places
    assert any(place.startswith("/result/unit:") for place in places)
