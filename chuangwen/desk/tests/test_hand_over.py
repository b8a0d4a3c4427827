"""A seat passes to a successor: who gives it, when it is taken, and what goes with it."""

from datetime import timedelta
from typing import Any

import pytest

from chuangwen.cores.errors import BadInput, Denied, Hidden, NotAllowedNow, Stale
from chuangwen.desk import access, actions, hand_over_access, hand_over_queries, queries
from chuangwen.desk.models import HandOver, Slip, Todo
from chuangwen.desk.rules import Delay, TodoState
from chuangwen.desk.rules.hand_over import HandOverState, next_state
from chuangwen.kit import audit
from chuangwen.orgs.actors import Actor
from chuangwen.orgs.models import Person, Seat, Unit
from chuangwen.orgs.queries import seats_of
from chuangwen.orgs.rules import ContactKind, Role
from chuangwen.orgs.testing import SYSTEM, Cast, seat

from .world import NOW, ask, community

TODAY = NOW.date()


def who(actor: Actor) -> Person:
    assert actor.person is not None
    return actor.person


def draft(
    cast: Cast, to: Actor, *, by: Actor | None = None, of: Actor | None = None, **values: Any
) -> HandOver:
    """程管 of 市城管局 hands the seat over today."""
    given = of or cast.urban_staff
    assert given.seat is not None
    known: dict[str, Any] = {"on": TODAY, "note": "台账在二楼", "now": NOW, "today": TODAY, **values}
    return actions.draft_hand_over(actor=by or given, seat_id=given.seat.pk, successor=who(to), **known)


def offer(cast: Cast, to: Actor, **values: Any) -> HandOver:
    row = draft(cast, to, **values)
    giver = values.get("by") or values.get("of") or cast.urban_staff
    return actions.offer_hand_over(actor=giver, hand_over_id=row.pk, version=1, now=NOW, today=TODAY)


def accept(by: Actor, row: HandOver, **values: Any) -> HandOver:
    known: dict[str, Any] = {"version": 2, "remark": "已看清单", "now": NOW, "today": TODAY, **values}
    return actions.accept_hand_over(actor=by, hand_over_id=row.pk, **known)


def seated(actor: Actor, unit: Unit) -> Actor:
    """The person in the seat that they now have in the unit."""
    found = next(one for one in seats_of(who(actor), TODAY) if one.unit_id == unit.pk)
    return Actor(person=actor.person, seat=found)


def ask_seat(cast: Cast, of: Actor, **values: Any) -> Todo:
    assert of.seat is not None
    return ask(cast, unit_id=of.seat.unit_id, seat=of.seat, **values)


MOVES = """
drafted   change   drafted
drafted   offer    offered
drafted   withdraw withdrawn
drafted   accept   -
offered   change   -
offered   offer    -
offered   withdraw withdrawn
offered   accept   accepted
accepted  withdraw -
accepted  accept   -
withdrawn offer    -
withdrawn accept   -
"""


@pytest.mark.parametrize("line", MOVES.strip().splitlines())
def test_the_moves_of_a_hand_over(line: str) -> None:
    state, move, to = line.split()
    if to == "-":
        with pytest.raises(NotAllowedNow):
            next_state(state, move)
    else:
        assert next_state(state, move) == HandOverState(to)


def test_the_seat_and_its_work_pass_to_somebody_without_a_seat(cast: Cast) -> None:
    own = ask_seat(cast, cast.urban_staff)
    held = ask_seat(cast, cast.urban_staff, subject_id=2)
    Todo.objects.filter(pk=held.pk).update(state=TodoState.HELD)
    done = ask_seat(cast, cast.urban_staff, subject_id=3)
    actions.finish_by_hand(actor=cast.urban_staff, todo_id=done.pk, version=1, now=NOW)
    of_unit = ask(cast, subject_id=4)
    row = offer(cast, cast.seatless)
    assert not Todo.objects.filter(kind="desk.take_over").exists()  # there is no desk for it yet
    assert hand_over_queries.about(cast.seatless, who(cast.seatless)) == [row]
    accept(cast.seatless, row)
    row.refresh_from_db()
    old = Seat.objects.get(pk=row.seat_id)
    assert (row.state, row.remark, old.ends_on) == (HandOverState.ACCEPTED, "已看清单", TODAY)
    assert row.new_seat is not None
    assert (row.new_seat.unit, row.new_seat.role) == (cast.urban, Role.UNIT_STAFF)
    assert (row.new_seat.starts_on, row.new_seat.ends_on) == (TODAY, None)
    successor = seated(cast.seatless, cast.urban)
    assert list(queries.part(successor, "mine")) == [own]
    assert list(queries.part(successor, "unit")) == [of_unit]
    assert Todo.objects.get(pk=held.pk).seat == row.new_seat
    assert Todo.objects.get(pk=done.pk).seat == old
    actions.finish_by_hand(actor=successor, todo_id=own.pk, version=2, now=NOW)
    work = hand_over_queries.work_of(cast.leader, row, NOW, TODAY)  # the record: what was accepted
    assert {line.todo for line in work.of_seat} == {own, held}
    assert [line.todo for line in work.of_unit] == [of_unit]
    assert "desk.hand_over_accepted" in [entry.action for entry in audit.history(own)]
    (told, *_) = audit.history(row)
    assert "吴席" in audit.sentence(told)


def test_a_successor_with_a_desk_finds_it_there_until_it_is_accepted(cast: Cast) -> None:
    row = offer(cast, cast.housing_staff, on=TODAY + timedelta(days=9))
    (todo,) = queries.part(cast.housing_staff, "mine")
    (line,) = queries.lines(cast.housing_staff, [todo], NOW)
    assert (line.title, line.url) == ("市城管局 · 单位联络员 · 程管", f"/desk/hand-overs/{row.pk}/")
    later = NOW + timedelta(days=9)
    assert todo.due_at is not None
    assert todo.due_at > later
    accept(cast.housing_staff, row, now=later, today=later.date())
    todo.refresh_from_db()
    assert todo.state == TodoState.DONE


def test_it_is_not_accepted_before_the_day(cast: Cast) -> None:
    row = offer(cast, cast.seatless, on=TODAY + timedelta(days=2))
    with pytest.raises(NotAllowedNow, match=r"desk\.hand_over_early"):
        accept(cast.seatless, row, today=TODAY + timedelta(days=1))
    accept(cast.seatless, row, today=TODAY + timedelta(days=2))


def test_a_colleague_in_the_same_role_goes_on_in_the_own_seat(cast: Cast) -> None:
    colleague = seat("urban2", "程二", cast.urban)
    own = ask_seat(cast, cast.urban_staff)
    row = accept(colleague, offer(cast, colleague))
    assert row.new_seat == colleague.seat
    assert own in queries.part(colleague, "mine")
    assert Seat.objects.filter(person=colleague.person).count() == 1


def test_the_new_seat_ends_when_the_old_one_would_have(cast: Cast) -> None:
    end = TODAY + timedelta(days=90)
    Seat.objects.filter(person=cast.urban_staff.person).update(ends_on=end)
    assert cast.urban_staff.seat is not None
    cast.urban_staff.seat.refresh_from_db()
    row = accept(cast.seatless, offer(cast, cast.seatless))
    assert row.new_seat is not None
    assert row.new_seat.ends_on == end


def test_an_administrator_does_not_take_another_kind_of_seat(cast: Cast) -> None:
    row = offer(cast, cast.administrator)
    with pytest.raises(BadInput, match=r"orgs\.seats_apart"):
        accept(cast.administrator, row)
    row.refresh_from_db()
    assert row.state == HandOverState.OFFERED
    assert Seat.objects.get(pk=row.seat_id).ends_on is None


def test_who_hands_a_seat_over(cast: Cast) -> None:
    manager = seat("manager", "管城", cast.urban, Role.MANAGER)
    security = seat("security", "安全", cast.city, Role.SECURITY_ADMINISTRATOR)
    for giver in (cast.urban_staff, manager, cast.office, security):
        row = draft(cast, cast.seatless, by=giver, of=cast.urban_staff)
        actions.withdraw_hand_over(actor=giver, hand_over_id=row.pk, version=1, now=NOW)
    for other, refused in [
        (cast.housing_staff, Hidden),
        (cast.leader, Hidden),
        (cast.stranger, Hidden),
        (cast.administrator, Denied),
    ]:
        with pytest.raises(refused):
            draft(cast, cast.seatless, by=other, of=cast.urban_staff)
    with pytest.raises(Denied):  # an administrator's seat is given by the security administrator alone
        draft(cast, cast.seatless, of=cast.administrator)
    draft(cast, cast.seatless, by=security, of=cast.administrator)


def test_who_sees_a_hand_over(cast: Cast) -> None:
    row = draft(cast, cast.seatless)
    people = cast.by_name()

    def seen() -> set[str]:
        return {name for name, one in people.items() if row in hand_over_access.visible_hand_overs(one)}

    assert seen() == {"urban_staff", "office"}
    actions.offer_hand_over(actor=cast.office, hand_over_id=row.pk, version=1, now=NOW, today=TODAY)
    assert seen() == {"urban_staff", "office", "leader", "seatless"}
    with pytest.raises(Denied):
        accept(cast.office, row)
    with pytest.raises(Hidden):
        accept(cast.housing_staff, row)


def test_what_cannot_be_handed_over(cast: Cast) -> None:
    wrong: list[tuple[Actor, dict[str, Any], str]] = [
        (cast.urban_staff, {}, "own_successor"),
        (cast.seatless, {"on": TODAY - timedelta(days=1)}, "hand_over_day"),
    ]
    for to, values, code in wrong:
        with pytest.raises(BadInput, match=code):
            draft(cast, to, **values)
    row = draft(cast, cast.seatless)
    with pytest.raises(NotAllowedNow, match=r"desk\.hand_over_open"):
        draft(cast, cast.seatless)
    actions.offer_hand_over(actor=cast.urban_staff, hand_over_id=row.pk, version=1, now=NOW, today=TODAY)
    Seat.objects.filter(pk=row.seat_id).update(ends_on=TODAY)
    with pytest.raises(NotAllowedNow, match=r"desk\.hand_over_seat_over"):
        accept(cast.seatless, row)


def test_a_draft_changes_and_an_offer_is_withdrawn(cast: Cast) -> None:
    row = draft(cast, cast.seatless)
    values: dict[str, Any] = {"hand_over_id": row.pk, "on": TODAY, "note": "", "today": TODAY}
    with pytest.raises(Stale):
        actions.change_hand_over(
            actor=cast.urban_staff, version=7, successor=who(cast.housing_staff), **values
        )
    actions.change_hand_over(actor=cast.urban_staff, version=1, successor=who(cast.housing_staff), **values)
    actions.offer_hand_over(actor=cast.urban_staff, hand_over_id=row.pk, version=2, now=NOW, today=TODAY)
    with pytest.raises(NotAllowedNow):
        actions.change_hand_over(actor=cast.urban_staff, version=3, successor=who(cast.seatless), **values)
    actions.withdraw_hand_over(actor=cast.urban_staff, hand_over_id=row.pk, version=3, now=NOW)
    assert not queries.part(cast.housing_staff, "mine").exists()
    with pytest.raises(NotAllowedNow):
        accept(cast.housing_staff, row, version=4)


def test_the_list_tells_slips_delays_deputies_and_contacts(cast: Cast) -> None:
    assert cast.urban_staff.seat is not None
    todo = ask_seat(cast, cast.urban_staff, now=NOW - timedelta(days=60))
    actions.ask_for_delay(
        actor=cast.urban_staff, todo_id=todo.pk, version=1, kind=Delay.PAUSE, reason="雨", until=None, now=NOW
    )
    actions.draft_slips(actor=SYSTEM, now=NOW)
    slip = Slip.objects.get()
    actions.issue_slip(actor=cast.office, slip_id=slip.pk, version=1, now=NOW)
    cast.urban_staff.seat.deputies.create(
        person=who(cast.housing_staff), starts_on=TODAY, ends_on=TODAY + timedelta(days=3)
    )
    cast.urban.contacts.create(kind=ContactKind.FOCAL_EXPERT, name="程管")
    cast.urban.contacts.create(kind=ContactKind.LEAD_OFFICE, name="市容管理处")
    row = accept(cast.seatless, offer(cast, cast.seatless), now=NOW + timedelta(minutes=1))
    work = hand_over_queries.work_of(cast.seatless, row, NOW, TODAY)
    assert [str(one) for one in work.slips] == ["〔2021〕1号"]
    assert [one.reason for one in work.delays] == ["雨"]
    assert [str(one) for one in work.deputies] == ["朱建"]
    assert [one.kind for one in work.contacts] == [ContactKind.FOCAL_EXPERT]


def test_administrators_who_look_on_see_how_much_it_is_and_no_more(cast: Cast) -> None:
    security = seat("security", "安全", cast.city, Role.SECURITY_ADMINISTRATOR)
    ask_seat(cast, cast.urban_staff)
    work = hand_over_queries.work_of(security, offer(cast, cast.seatless), NOW, TODAY)
    assert (work.of_seat, work.of_seat_count) == ([], 1)


def test_a_seat_that_its_holder_is_to_take_over_does_not_pass_on(cast: Cast) -> None:
    offer(cast, cast.urban_staff, of=cast.housing_staff)
    (asked,) = queries.part(cast.urban_staff, "mine")
    row = accept(cast.seatless, offer(cast, cast.seatless))
    asked.refresh_from_db()
    assert asked.seat_id == row.seat_id


def test_taking_over_counts_like_every_ask(cast: Cast) -> None:
    unit = community(cast)
    staff = seat("shequ", "佘区", unit, Role.COMMUNITY)
    for number in range(3):
        ask(cast, unit_id=unit.pk, subject_id=number)
    row = offer(cast, staff)
    todo = Todo.objects.get(kind="desk.take_over")
    assert todo.state == TodoState.HELD
    assert access.visible_todos(staff).count() == 3
    accept(staff, row)  # the page of the account leads there too
    todo.refresh_from_db()
    assert todo.state == TodoState.WITHDRAWN
