"""The meter through its actions: what counts, what is held, who lets it through, what lies outside a list."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from chuangwen.cores.errors import BadInput, Denied, Hidden, NotAllowedNow, Stale
from chuangwen.cores.worktime import ZONE
from chuangwen.desk import access, actions, burden_access, burden_queries, jobs, queries
from chuangwen.desk.actions import notices
from chuangwen.desk.models import Notice, NoticeWish, Slip, Todo
from chuangwen.desk.rules import Delay, TodoState
from chuangwen.desk.rules.burden import Load, Over, week_of
from chuangwen.kit import audit
from chuangwen.orgs.models import Unit
from chuangwen.orgs.rules import Role
from chuangwen.orgs.testing import SYSTEM, Cast, seat

from .world import NOW, ask, community, free


def load(unit: Unit, now: datetime = NOW) -> tuple[int, int, int]:
    found = burden_queries.loads([unit.pk], week_of(now)).get(unit.pk, Load())
    return found.asks, found.minutes, found.photos


def held_one(cast: Cast, unit: Unit) -> Todo:
    """The fourth ask of a week."""
    for number in range(3):
        ask(cast, unit_id=unit.pk, subject_id=number)
    todo = ask(cast, unit_id=unit.pk, subject_id=4)
    assert todo.state == TodoState.HELD
    return todo


def test_the_fourth_ask_of_a_week_is_held_and_the_first_of_the_next_is_not(cast: Cast) -> None:
    unit = community(cast)
    todo = held_one(cast, unit)
    assert (todo.held_over, todo.due_at) == (Over.ASKS, None)
    assert load(unit) == (3, 60, 0)
    sunday = datetime(2021, 10, 3, 23, 59, tzinfo=ZONE)
    assert ask(cast, unit_id=unit.pk, now=sunday).state == TodoState.HELD
    monday = sunday + timedelta(minutes=1)
    assert ask(cast, unit_id=unit.pk, now=monday).state == TodoState.OPEN
    assert (load(unit), load(unit, monday)) == ((3, 60, 0), (1, 20, 0))


def test_minutes_alone_hold_an_ask_too(cast: Cast) -> None:
    unit = community(cast)
    free(cast, [unit], minutes=100)
    assert ask(cast, unit_id=unit.pk).state == TodoState.OPEN
    todo = ask(cast, unit_id=unit.pk)
    assert (todo.state, todo.held_over) == (TodoState.HELD, Over.MINUTES)


def test_what_a_job_asks_and_what_is_done_by_doing_counts_and_is_held_alike(cast: Cast) -> None:
    unit = community(cast)
    for number in range(3):
        ask(cast, by=SYSTEM, kind="test.by_doing", unit_id=unit.pk, subject_id=number)
    actions.finish(actor=SYSTEM, kind="test.by_doing", subject_id=0, now=NOW)
    assert load(unit) == (3, 0, 0)
    todo = ask(cast, by=SYSTEM, kind="test.by_doing", unit_id=unit.pk, subject_id=4)
    assert (todo.state, todo.asker) == (TodoState.HELD, None)
    actions.finish(actor=SYSTEM, kind="test.by_doing", subject_id=4, now=NOW)
    todo.refresh_from_db()
    assert todo.state == TodoState.HELD  # what was not asked yet is not done
    assert burden_access.may_approve(cast.office, todo, {cast.office.person_id or 0})


def test_departments_have_no_cap_until_the_office_sets_one(cast: Cast) -> None:
    for number in range(9):
        assert ask(cast, subject_id=number).state == TodoState.OPEN
    actions.set_cap(actor=cast.office, unit_kind="department", version=0, asks=None, minutes=190)
    assert ask(cast).state == TodoState.HELD
    with pytest.raises(Stale):
        actions.set_cap(actor=cast.office, unit_kind="department", version=0, asks=1, minutes=None)
    actions.set_cap(actor=cast.office, unit_kind="department", version=1, asks=None, minutes=None)
    assert ask(cast).state == TodoState.OPEN
    with pytest.raises(Denied):
        actions.set_cap(actor=cast.leader, unit_kind="department", version=2, asks=1, minutes=None)
    for kind, asks in [("city", 1), ("department", 0)]:
        with pytest.raises(BadInput):
            actions.set_cap(actor=cast.office, unit_kind=kind, version=2, asks=asks, minutes=None)
    said = [audit.sentence(entry) for entry in audit.history(cast.city) if entry.action == "desk.cap_set"]
    assert len(said) == 2


def test_what_is_held_reaches_nobody_but_the_asker_and_those_who_decide(cast: Cast) -> None:
    unit = community(cast)
    staff = seat("shequ", "佘区", unit, Role.COMMUNITY)
    mayor = seat("mayor", "东书", cast.east, Role.MANAGER)
    actions.set_cap(actor=cast.office, unit_kind="community", version=0, asks=1, minutes=None)
    ask(cast, by=cast.housing_staff, unit_id=unit.pk)
    todo = ask(cast, by=cast.housing_staff, unit_id=unit.pk, subject_id=2)
    seen = {
        name: todo in access.visible_todos(actor)
        for name, actor in {**cast.by_name(), "staff": staff, "mayor": mayor}.items()
    }
    assert {name for name, sees in seen.items() if sees} == {"office", "housing_staff", "leader"}
    assert todo in queries.part(cast.housing_staff, "waiting")
    assert todo not in queries.part(staff, "unit")
    assert queries.count_mine(staff) == 1
    later = NOW + timedelta(days=60)
    for _ in range(2):
        jobs.remind(later)
        jobs.apply_rules(later)
    assert not Notice.objects.filter(todo=todo).exists()
    assert not Slip.objects.filter(todo=todo).exists()
    todo.refresh_from_db()
    assert (todo.escalated, todo.state) == (0, TodoState.HELD)


def test_let_through_it_is_asked_now_and_counts_now(cast: Cast) -> None:
    unit = community(cast)
    todo = held_one(cast, unit)
    other = seat("office2", "林二", cast.office_unit, Role.CAMPAIGN_OFFICE)
    next_week = NOW + timedelta(days=14)
    values = {"todo_id": todo.pk, "version": 1, "now": next_week, "today": next_week.date()}
    with pytest.raises(Stale):
        actions.approve(actor=other, **{**values, "version": 9})  # type: ignore[arg-type]
    actions.approve(actor=other, **values)  # type: ignore[arg-type]
    todo.refresh_from_db()
    assert (todo.state, todo.asked_at) == (TodoState.OPEN, next_week)
    assert todo.due_at is not None
    assert todo.due_at > next_week
    assert (load(unit), load(unit, next_week)) == ((3, 60, 0), (1, 20, 0))
    notices.write_notices(now=next_week)
    seat("shequ", "佘区", unit, Role.COMMUNITY)
    notices.write_notices(now=next_week)
    assert Notice.objects.filter(todo=todo, step="asked").exists()
    with pytest.raises(NotAllowedNow):
        actions.approve(actor=other, **{**values, "version": 2})  # type: ignore[arg-type]


def test_the_asker_does_not_let_through_and_a_leader_does_where_there_is_no_other(cast: Cast) -> None:
    unit = community(cast)
    todo = held_one(cast, unit)
    values = {"todo_id": todo.pk, "version": 1, "now": NOW, "today": NOW.date()}
    for actor, refused in [
        (cast.office, Denied),  # their own
        (cast.urban_staff, Hidden),
        (cast.stranger, Hidden),
        (cast.administrator, Hidden),
    ]:
        with pytest.raises(refused):
            actions.approve(actor=actor, **values)  # type: ignore[arg-type]
    other = seat("office2", "林二", cast.office_unit, Role.CAMPAIGN_OFFICE)
    with pytest.raises(Denied):
        actions.approve(actor=cast.leader, **values)  # type: ignore[arg-type]
    assert burden_queries.count_held(cast.leader, NOW.date()) == 0
    assert burden_queries.count_held(other, NOW.date()) == 1
    assert other.seat is not None
    other.seat.delete()
    assert burden_queries.count_held(cast.leader, NOW.date()) == 1
    actions.approve(actor=cast.leader, **values)  # type: ignore[arg-type]


def test_a_system_lets_nothing_through(cast: Cast) -> None:
    todo = held_one(cast, community(cast))
    with pytest.raises(Denied):
        actions.approve(actor=SYSTEM, todo_id=todo.pk, version=1, now=NOW, today=NOW.date())


def test_not_let_through_the_asker_is_told_why(cast: Cast) -> None:
    unit = community(cast)
    actions.set_cap(actor=cast.office, unit_kind="community", version=0, asks=1, minutes=None)
    ask(cast, by=cast.housing_staff, unit_id=unit.pk)
    todo = ask(cast, by=cast.housing_staff, unit_id=unit.pk, subject_id=2)
    NoticeWish.objects.create(person_id=cast.housing_staff.person_id or 0, hook_url="https://hook.example/")
    values = {"todo_id": todo.pk, "version": 1, "now": NOW, "today": NOW.date()}
    with pytest.raises(BadInput):
        actions.refuse(actor=cast.office, reason=" ", **values)  # type: ignore[arg-type]
    actions.refuse(actor=cast.office, reason="下周合并布置", **values)  # type: ignore[arg-type]
    todo.refresh_from_db()
    assert (todo.state, todo.reason) == (TodoState.WITHDRAWN, "下周合并布置")
    notices.send_notices(now=NOW.replace(hour=23))  # what waits about closed to-dos is dropped; this is not
    told = Notice.objects.filter(todo=todo).order_by("channel")
    assert [(one.person, one.step, one.channel, one.state) for one in told] == [
        (cast.housing_staff.person, "refused", "in_app", "sent"),
        (cast.housing_staff.person, "refused", "webhook", "waiting"),
    ]
    assert load(unit) == (1, 20, 0)
    with pytest.raises(NotAllowedNow):
        actions.refuse(actor=cast.office, reason="再说", **{**values, "version": 2})  # type: ignore[arg-type]


def test_taken_back_before_the_asked_did_anything_it_does_not_count(cast: Cast) -> None:
    unit = community(cast)
    staff = seat("shequ", "佘区", unit, Role.COMMUNITY)
    seat("shequ2", "佘二", unit, Role.COMMUNITY)
    untouched, passed_on, delayed, returned = (
        ask(cast, unit_id=unit.pk, subject_id=number, now=NOW + timedelta(days=7 * number))
        for number in range(4)
    )
    assert staff.seat is not None
    actions.hand_on(
        actor=staff, todo_id=passed_on.pk, version=1, seat_id=staff.seat.pk, now=NOW, today=NOW.date()
    )
    actions.ask_for_delay(
        actor=staff, todo_id=delayed.pk, version=1, kind=Delay.PAUSE, reason="雨", until=None, now=NOW
    )
    actions.return_to_asker(actor=staff, todo_id=returned.pk, version=1, reason="属街道", now=NOW)
    for todo in (untouched, passed_on, delayed, returned):
        todo.refresh_from_db()
        actions.withdraw(actor=cast.office, todo_id=todo.pk, version=todo.version, now=NOW)
    counted = [load(unit, todo.asked_at)[0] for todo in (untouched, passed_on, delayed, returned)]
    assert counted == [0, 1, 1, 1]


def test_a_subject_that_needs_nothing_any_more_takes_what_is_held_with_it(cast: Cast) -> None:
    todo = held_one(cast, community(cast))
    assert actions.withdraw_all(actor=cast.office, kind=todo.kind, subject_id=4, now=NOW) == 1
    todo.refresh_from_db()
    assert todo.state == TodoState.WITHDRAWN


def test_outside_the_duty_list_the_sender_is_warned_and_it_is_kept(cast: Cast) -> None:
    unit = community(cast)
    assert [cost.outside for cost in burden_queries.costs("test.by_hand", [unit], NOW)] == [False]
    actions.set_duties(
        actor=cast.office, unit_kind="community", version=0, kinds=["test.by_doing"], duties=["网格巡查"]
    )
    (warning,) = burden_queries.costs("test.by_hand", [unit], NOW)
    assert (warning.outside, warning.held, warning.before, warning.after) == (
        True,
        None,
        Load(),
        Load(1, 20, 0),
    )
    assert ask(cast, unit_id=unit.pk).outside_duties
    assert not ask(cast, unit_id=unit.pk, kind="test.by_doing").outside_duties
    assert not ask(cast).outside_duties  # a department has no list
    with pytest.raises(BadInput, match=r"desk\.outside_duties"):
        free(cast, [unit])
    free(cast, [unit], duty="网格巡查")
    assert burden_queries.figures(cast.leader, week_of(NOW)).outside == 1
    assert not Todo.objects.get(kind="desk.free_ask").outside_duties
    actions.set_duties(actor=cast.office, unit_kind="community", version=1, kinds=[], duties=[])
    assert not burden_queries.costs("test.by_hand", [unit], NOW)[0].outside
    with pytest.raises(Denied):
        actions.set_duties(actor=cast.leader, unit_kind="community", version=2, kinds=[], duties=["植树"])
    with pytest.raises(BadInput):
        actions.set_duties(actor=cast.office, unit_kind="department", version=0, kinds=[], duties=["植树"])


def test_a_request_in_a_sentence_is_seen_by_asker_asked_and_office(cast: Cast) -> None:
    unit = community(cast)
    staff = seat("shequ", "佘区", unit, Role.COMMUNITY)
    group = seat("group", "庄组", cast.urban, Role.WORK_GROUP)
    row = free(cast, [unit, cast.housing], by=group, photos=2, photos_why="核对整改前后")
    people = {**cast.by_name(), "staff": staff, "group": group}
    assert {name for name, actor in people.items() if row in burden_access.visible_free_asks(actor)} == {
        "office",
        "urban_staff",  # of the asker's unit
        "housing_staff",
        "staff",
        "group",
    }
    (todo,) = queries.part(staff, "unit")
    (line,) = queries.lines(staff, [todo], NOW)
    assert (line.title, line.by_hand, todo.minutes, todo.photos) == ("请清理楼道堆物", True, 20, 2)
    assert [one.unit for one in burden_queries.todos_of(staff, row)] == [unit]
    assert {one.unit for one in burden_queries.todos_of(group, row)} == {unit, cast.housing}


def test_sent_twice_it_asks_once(cast: Cast) -> None:
    row = free(cast, [cast.urban])
    assert free(cast, [cast.urban], token=row.token) == row
    assert Todo.objects.count() == 1


def test_who_asks_whom_in_a_sentence(cast: Cast) -> None:
    unit = community(cast)
    manager = seat("manager", "管东", cast.east, Role.MANAGER)
    secretary = seat("secretary", "舒书", cast.city, Role.SECRETARY)
    for actor in (cast.office, cast.leader, secretary, manager):
        free(cast, [unit], by=actor, minutes=1, now=NOW + timedelta(days=7 * (actor.person_id or 0)))
    with pytest.raises(Hidden):
        free(cast, [cast.urban], by=manager)
    with pytest.raises(Hidden):
        free(cast, [unit], by=cast.stranger)
    for actor in (cast.urban_staff, cast.observer, cast.administrator, SYSTEM):
        with pytest.raises(Denied):
            free(cast, [unit], by=actor)
    wrong: list[dict[str, Any]] = [{"text": " "}, {"unit_ids": []}, {"photos": 1}]
    for values in wrong:
        with pytest.raises(BadInput):
            free(cast, [unit], **values)


def test_a_leader_who_decides_reads_what_is_held(cast: Cast) -> None:
    unit = community(cast)
    for number in range(4):
        row = free(cast, [unit], text=f"第{number}件")
    (todo,) = burden_queries.held(cast.leader)
    (line,) = queries.lines(cast.leader, [todo], NOW)
    assert (line.title, todo.subject_id) == ("第3件", row.pk)
