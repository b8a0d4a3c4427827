"""What is asked, of whom, until when, and how it ends."""

from datetime import datetime, timedelta

import pytest

from chuangwen.cores.errors import BadInput, Denied, Hidden, NotAllowedNow, Stale
from chuangwen.cores.worktime import ZONE
from chuangwen.desk import access, actions, queries
from chuangwen.desk.models import CityDay, Todo
from chuangwen.desk.rules import Delay, TodoState, escalation_step, lamp
from chuangwen.kit import audit
from chuangwen.orgs.rules import Role
from chuangwen.orgs.testing import SYSTEM, Cast, seat

from .world import NOW, ask


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


def test_an_ask_is_due_by_the_citys_calendar(cast: Cast) -> None:
    assert ask(cast).due_at == at("2021-09-30T17:30")
    actions.set_city_day(actor=cast.office, day=NOW.date() + timedelta(1), is_worked=False, words="台风")
    assert ask(cast).due_at == at("2021-10-08T17:30")
    assert ask(cast, kind="test.by_doing").due_at is None


def test_the_same_key_asks_once(cast: Cast) -> None:
    first = ask(cast, key="k:1")
    assert ask(cast, key="k:1", subject_id=2) == first
    assert Todo.objects.count() == 1
    assert len(audit.history(first)) == 1


def test_who_sees_a_to_do(cast: Cast) -> None:
    todo = ask(cast)
    seen = {name for name, actor in cast.by_name().items() if todo in access.visible_todos(actor)}
    assert seen == {"office", "urban_staff"}


def test_an_ask_of_a_role_reaches_its_seats_wherever_they_sit_below(cast: Cast) -> None:
    other = seat("leader2", "李副", cast.office_unit, Role.LEADER)
    todo = ask(cast, unit_id=cast.city.pk, role=Role.LEADER)
    for actor in (cast.leader, other):
        assert access.may_do(actor, todo)
        assert todo in queries.part(actor, "mine")
    assert todo not in access.visible_todos(cast.observer)
    assert not access.may_do(cast.office, todo)


def test_an_ask_out_of_the_city_is_hidden(cast: Cast) -> None:
    with pytest.raises(Hidden):
        ask(cast, by=cast.stranger)
    with pytest.raises(Denied):
        ask(cast, by=cast.observer)


def test_done_by_hand_only_where_nothing_else_shows_it(cast: Cast) -> None:
    todo = ask(cast)
    actions.finish_by_hand(actor=cast.urban_staff, todo_id=todo.pk, version=1, now=NOW)
    todo.refresh_from_db()
    assert (todo.state, todo.closed_at) == (TodoState.DONE, NOW)
    other = ask(cast, kind="test.by_doing")
    with pytest.raises(NotAllowedNow, match=r"desk\.done_by_doing"):
        actions.finish_by_hand(actor=cast.urban_staff, todo_id=other.pk, version=1, now=NOW)
    assert actions.finish(actor=cast.urban_staff, kind="test.by_doing", subject_id=1, now=NOW) == 1


def test_only_who_is_asked_does_it(cast: Cast) -> None:
    todo = ask(cast)
    with pytest.raises(Denied):
        actions.finish_by_hand(actor=cast.office, todo_id=todo.pk, version=1, now=NOW)
    with pytest.raises(Hidden):
        actions.finish_by_hand(actor=cast.housing_staff, todo_id=todo.pk, version=1, now=NOW)


def test_not_mine_goes_back_with_a_reason(cast: Cast) -> None:
    todo = ask(cast)
    with pytest.raises(BadInput):
        actions.return_to_asker(actor=cast.urban_staff, todo_id=todo.pk, version=1, reason=" ", now=NOW)
    actions.return_to_asker(actor=cast.urban_staff, todo_id=todo.pk, version=1, reason="属住建", now=NOW)
    assert todo in queries.part(cast.office, "waiting")
    assert todo not in queries.part(cast.urban_staff, "unit")
    with pytest.raises(Stale):
        actions.withdraw(actor=cast.office, todo_id=todo.pk, version=1, now=NOW)
    actions.withdraw(actor=cast.office, todo_id=todo.pk, version=2, now=NOW)


def test_a_pause_is_granted_by_another_and_leaves_the_time_that_was_left(cast: Cast) -> None:
    todo = ask(cast)
    delay = actions.ask_for_delay(
        actor=cast.urban_staff, todo_id=todo.pk, version=1, kind=Delay.PAUSE, reason="雨", until=None, now=NOW
    )
    with pytest.raises(Denied):
        actions.decide_delay(actor=cast.urban_staff, delay_id=delay.pk, version=1, granted=True, now=NOW)
    actions.decide_delay(actor=cast.office, delay_id=delay.pk, version=1, granted=True, now=NOW)
    todo.refresh_from_db()
    assert lamp(todo.due_at, todo.time_unit, todo.paused_at is not None, NOW) == "none"
    later = at("2021-09-29T10:00")
    actions.resume(actor=cast.office, todo_id=todo.pk, version=todo.version, now=later)
    todo.refresh_from_db()
    assert todo.due_at == at("2021-10-09T17:30")


def test_an_extension_moves_the_due_time_once_granted(cast: Cast) -> None:
    todo = ask(cast)
    until = at("2021-10-12T12:00")
    values = {"todo_id": todo.pk, "version": 1, "kind": Delay.EXTENSION, "reason": "雨", "now": NOW}
    with pytest.raises(BadInput):
        actions.ask_for_delay(actor=cast.urban_staff, until=NOW, **values)  # type: ignore[arg-type]
    delay = actions.ask_for_delay(actor=cast.urban_staff, until=until, **values)  # type: ignore[arg-type]
    with pytest.raises(NotAllowedNow):
        actions.ask_for_delay(actor=cast.urban_staff, until=until, **values)  # type: ignore[arg-type]
    actions.decide_delay(actor=cast.office, delay_id=delay.pk, version=1, granted=True, now=NOW)
    todo.refresh_from_db()
    assert todo.due_at == until


def test_the_overdue_goes_to_the_manager_and_then_to_the_leaders_once_each(cast: Cast) -> None:
    manager = seat("manager", "管城", cast.urban, Role.MANAGER)
    todo = ask(cast)
    assert todo.due_at is not None
    for after, step in [(0, 0), (1, 1), (1, 1), (24 * 4, 2)]:
        now = todo.due_at + timedelta(hours=after)
        actions.escalate_overdue(actor=SYSTEM, now=now)
        todo.refresh_from_db()
        assert todo.escalated == step == escalation_step(todo.due_at, now)
    assert todo in queries.part(manager, "raised")
    assert todo in queries.part(cast.leader, "raised")
    assert [entry.action for entry in audit.history(todo)] == [
        "desk.escalated",
        "desk.escalated",
        "desk.asked",
    ]


def test_a_colleague_takes_over_and_then_it_is_theirs(cast: Cast) -> None:
    other = seat("urban2", "程二", cast.urban)
    assert other.seat is not None
    todo = ask(cast)
    values = {
        "actor": cast.urban_staff,
        "todo_id": todo.pk,
        "version": 1,
        "now": NOW,
        "today": NOW.date(),
    }
    with pytest.raises(BadInput):
        actions.hand_on(seat_id=cast.leader.seat.pk, **values)  # type: ignore
    actions.hand_on(seat_id=other.seat.pk, **values)  # type: ignore[arg-type]
    assert todo in queries.part(other, "mine")
    handed = audit.history(todo)[0]
    assert "程二" not in str(handed.after) and audit.sentence(handed) == "转交程二办理"
    with pytest.raises(Denied):
        actions.finish_by_hand(actor=cast.urban_staff, todo_id=todo.pk, version=2, now=NOW)


def test_a_batch_is_done_whole_or_not_at_all(cast: Cast) -> None:
    first, second = ask(cast), ask(cast, subject_id=2)
    with pytest.raises(Stale):
        actions.batch(
            actor=cast.urban_staff,
            todos=[(first.pk, 1), (second.pk, 7)],
            seat_id=None,
            now=NOW,
            today=NOW.date(),
        )
    assert Todo.objects.filter(state=TodoState.OPEN).count() == 2


def test_a_title_is_only_for_those_who_may_see_the_subject(cast: Cast) -> None:
    secret = ask(cast, subject_id=9)
    (line,) = queries.lines(cast.urban_staff, [secret], NOW)
    assert (line.title, line.url) == ("", "")


def test_the_day_of_another_city_is_not_removed(cast: Cast) -> None:
    actions.set_city_day(actor=cast.office, day=NOW.date(), is_worked=False, words="台风")
    with pytest.raises(Hidden):
        actions.remove_city_day(actor=cast.stranger, day_id=CityDay.objects.get().pk)
    with pytest.raises(Denied):
        actions.set_city_day(actor=cast.leader, day=NOW.date(), is_worked=False, words="台风")
