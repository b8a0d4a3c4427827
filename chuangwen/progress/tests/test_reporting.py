"""A period is opened, filled in, handed in, reviewed, returned and confirmed."""

from datetime import date, timedelta
from typing import Any

import pytest

from chuangwen.cores.errors import BadInput, Denied, Hidden, NotAllowedNow, Stale
from chuangwen.desk.models import Todo
from chuangwen.kit import audit
from chuangwen.orgs.rules import Role
from chuangwen.orgs.testing import SYSTEM, seat
from chuangwen.progress import access, actions
from chuangwen.progress.models import Entry, Period, ReportItem, UnitReport, Value
from chuangwen.progress.rules.asks import REPORT, RETURNED
from chuangwen.progress.rules.rhythm import Asks, Every, Product
from chuangwen.progress.rules.states import ItemState, Part, Progress

from .world import JUNE, MAY, Followed, at, fill, given, hand_in, open_month

OPENED = at("2021-06-01T09:00")
LATER = at("2021-06-03T10:00")


@pytest.fixture
def may(followed: Followed) -> Period:
    return open_month(followed, MAY, OPENED)


def test_a_confirmed_plan_is_followed_in_the_rhythm_of_its_document(followed: Followed) -> None:
    beats = {beat.every: beat for beat in followed.following.beats.all()}
    assert {every: beat.asks for every, beat in beats.items()} == {"month": Asks.ALL, "stage": Asks.NOBODY}
    assert beats["month"].name == "调度"
    assert followed.following.courses.count() == followed.version.indicatorversion_rows.count()
    again = actions.follow(actor=SYSTEM, version_id=followed.version.pk, now=OPENED)
    assert (again.pk, again.beats.count()) == (followed.following.pk, 2)


def test_opening_asks_each_unit_once_for_all_its_tasks(followed: Followed, may: Period) -> None:
    cast = followed.cast
    asked = {todo.unit_id: todo for todo in Todo.objects.filter(kind=REPORT)}
    assert set(asked) == {cast.urban.pk, cast.housing.pk, cast.east.pk, cast.river.pk}
    housing = followed.report(may, cast.housing_staff)
    assert asked[cast.housing.pk].subject_id == housing.pk
    assert asked[cast.housing.pk].due_at == may.due_at == at("2021-06-07T17:30")
    assert list(housing.items.values_list("task__key", "part")) == [
        ("T1", Part.MEMBER),
        ("T2", Part.LEAD),
        ("T3", Part.LEAD),
    ]
    assert asked[cast.housing.pk].minutes == 9
    again = open_month(followed, MAY, LATER)
    assert (again, Todo.objects.filter(kind=REPORT).count()) == (may, 4)


def test_an_indicator_under_two_tasks_is_asked_once(followed: Followed, may: Period) -> None:
    entries = Entry.objects.filter(item__report__period=may).select_related("indicator", "item__report")
    keys = [(entry.indicator.key, entry.item.report.unit_id) for entry in entries]
    assert len(keys) == len(set(keys))
    assert {unit for _key, unit in keys} == {followed.cast.urban.pk, followed.cast.housing.pk}


def test_a_period_of_a_day_too_far_ahead_is_refused(followed: Followed) -> None:
    with pytest.raises(NotAllowedNow):
        open_month(followed, JUNE, OPENED)
    assert open_month(followed, JUNE, at("2021-06-24T09:00")).last_day == JUNE
    with pytest.raises(Denied):
        actions.open_period(actor=followed.cast.urban_staff, beat_id=followed.month.pk, day=MAY, now=OPENED)
    with pytest.raises(Hidden):
        actions.open_period(actor=followed.cast.stranger, beat_id=followed.month.pk, day=MAY, now=OPENED)


def test_the_clock_opens_what_has_ended_once(followed: Followed) -> None:
    assert actions.open_due_periods(actor=SYSTEM, now=OPENED) == 1
    assert actions.open_due_periods(actor=SYSTEM, now=OPENED + timedelta(days=3)) == 0
    assert Period.objects.get().last_day == MAY


def test_a_report_is_handed_in_and_its_values_count(followed: Followed, may: Period) -> None:
    staff = followed.cast.urban_staff
    fill(followed, followed.item(may, staff, "T1"), staff, LATER, done_words="修好三条", 整修小路=given(3))
    assert not Value.objects.exists()
    report = hand_in(followed, may, staff, LATER)
    value = Value.objects.get()
    assert (value.numerator, value.unit, value.last_day, value.as_of) == (
        3_000_000,
        followed.cast.city,
        MAY,
        MAY,
    )
    assert (value.revision, value.current, value.author) == (1, True, staff.person)
    assert report.handed_in_at == LATER
    assert not Todo.objects.filter(kind=REPORT, subject_id=report.pk, state="open").exists()
    with pytest.raises(NotAllowedNow):
        hand_in(followed, may, staff, LATER)


def test_what_is_missing_is_named_and_nothing_is_handed_in(followed: Followed, may: Period) -> None:
    staff = followed.cast.urban_staff
    item = followed.item(may, staff, "T1")
    with pytest.raises(NotAllowedNow) as told:
        hand_in(followed, may, staff, LATER)
    assert told.value.code == "progress.say_how_it_stands"
    item = fill(followed, item, staff, LATER)
    with pytest.raises(NotAllowedNow) as told:
        hand_in(followed, may, staff, LATER)
    assert told.value.code == "progress.say_value_or_why"
    fill(followed, item, staff, LATER, 整修小路=given(None, missing="台账核对中"))
    hand_in(followed, may, staff, LATER)
    value = Value.objects.get()
    assert (value.numerator, value.missing, value.as_of) == (None, "台账核对中", None)


def test_a_stale_form_overwrites_nothing(followed: Followed, may: Period) -> None:
    staff = followed.cast.urban_staff
    item = followed.item(may, staff, "T1")
    fill(followed, item, staff, LATER, done_words="甲")
    with pytest.raises(Stale):
        fill(followed, item, staff, LATER, done_words="乙")
    item.refresh_from_db()
    assert item.done_words == "甲"


def test_who_fills_in_what(followed: Followed, may: Period) -> None:
    cast = followed.cast
    item = followed.item(may, cast.urban_staff, "T1")
    for actor, refusal in [
        (cast.office, Denied),
        (cast.leader, Denied),
        (cast.observer, Hidden),
        (cast.stranger, Hidden),
    ]:
        with pytest.raises(refusal):
            fill(followed, item, actor, LATER)
    member = followed.item(may, cast.housing_staff, "T1")
    with pytest.raises(Denied):
        fill(followed, member, cast.urban_staff, LATER)
    with pytest.raises(Hidden):
        access.one_report(cast.urban_staff, followed.report(may, cast.housing_staff).pk)
    assert access.one_report(cast.leader, item.report_id)


def test_a_members_item_goes_by_the_lead_unit_to_the_office(followed: Followed, may: Period) -> None:
    cast = followed.cast
    item = followed.item(may, cast.east_staff, "T1")
    item = fill(followed, item, cast.east_staff, LATER, done_words="东浦两条")
    hand_in(followed, may, cast.east_staff, LATER)
    item.refresh_from_db()
    with pytest.raises(NotAllowedNow):
        actions.confirm_items(actor=cast.office, items=[(item.pk, item.version)])
    with pytest.raises(Hidden):
        actions.review_items(actor=cast.housing_staff, items=[(item.pk, item.version)])
    assert actions.review_items(actor=cast.urban_staff, items=[(item.pk, item.version)]) == 1
    item.refresh_from_db()
    assert actions.confirm_items(actor=cast.office, items=[(item.pk, item.version)]) == 1
    item.refresh_from_db()
    assert (item.state, item.author) == (ItemState.CONFIRMED, cast.east_staff.person)


def test_a_return_names_the_field_and_its_value_counts_no_more(followed: Followed, may: Period) -> None:
    cast, staff = followed.cast, followed.cast.urban_staff
    item = fill(followed, followed.item(may, staff, "T1"), staff, LATER, 整修小路=given(3))
    hand_in(followed, may, staff, LATER)
    item.refresh_from_db()
    with pytest.raises(BadInput):
        actions.return_item(
            actor=cast.office, item_id=item.pk, version=item.version, remarks={"I1": " "}, now=LATER
        )
    item = actions.return_item(
        actor=cast.office, item_id=item.pk, version=item.version, remarks={"I1": "与台账不符"}, now=LATER
    )
    assert not Value.objects.filter(current=True).exists()
    assert Todo.objects.get(kind=RETURNED).unit == cast.urban
    item = fill(followed, item, staff, LATER, 整修小路=given(2))
    hand_in(followed, may, staff, LATER)
    assert [(v.revision, v.numerator, v.current) for v in Value.objects.order_by("revision")] == [
        (1, 3_000_000, False),
        (2, 2_000_000, True),
    ]
    item.refresh_from_db()
    assert item.author == staff.person
    assert item.remarks.get().settled_at == LATER
    assert Todo.objects.get(kind=RETURNED).state == "done"


def test_no_change_is_one_tap(followed: Followed, may: Period) -> None:
    staff = followed.cast.urban_staff
    with pytest.raises(NotAllowedNow):
        item = followed.item(may, staff, "T1")
        actions.say_unchanged(actor=staff, item_id=item.pk, version=item.version, now=LATER)
    fill(followed, followed.item(may, staff, "T1"), staff, LATER, 整修小路=given(3))
    hand_in(followed, may, staff, LATER)
    june = open_month(followed, JUNE, at("2021-07-01T09:00"))
    now = at("2021-07-02T09:00")
    item = followed.item(june, staff, "T1")
    item = actions.say_unchanged(actor=staff, item_id=item.pk, version=item.version, now=now)
    assert (item.unchanged, item.progress) == (True, Progress.GOING)
    hand_in(followed, june, staff, now)
    accrual = followed.version.indicatorversion_rows.get(name="整修小路").accrual
    assert accrual == "flow"
    assert Value.objects.get(last_day=JUNE).numerator == 0


def test_not_due_yet_is_one_tap_and_owes_no_value(followed: Followed, may: Period) -> None:
    staff = followed.cast.urban_staff
    item = followed.item(may, staff, "T1")
    actions.say_not_due(actor=staff, item_id=item.pk, version=item.version, now=LATER)
    hand_in(followed, may, staff, LATER)
    assert not Value.objects.exists()
    assert ReportItem.objects.get(pk=item.pk).state == ItemState.SUBMITTED


def test_late_until_locked_and_then_by_a_grant_alone(followed: Followed, may: Period) -> None:
    cast, staff = followed.cast, followed.cast.urban_staff
    assert (may.due_at, may.lock_at) == (at("2021-06-07T17:30"), at("2021-06-15T17:30"))  # 14 June is free
    item = fill(followed, followed.item(may, staff, "T1"), staff, at("2021-06-10T09:00"))
    locked = at("2021-06-16T09:00")
    with pytest.raises(NotAllowedNow) as told:
        fill(followed, item, staff, locked)
    assert told.value.code == "progress.locked"
    with pytest.raises(Denied):
        actions.grant_late(
            actor=staff, report_id=item.report_id, until=at("2021-06-18T09:00"), why="补报", now=locked
        )
    with pytest.raises(BadInput):
        actions.grant_late(actor=cast.office, report_id=item.report_id, until=locked, why="补报", now=locked)
    actions.grant_late(
        actor=cast.office, report_id=item.report_id, until=at("2021-06-18T09:00"), why="补报", now=locked
    )
    fill(followed, item, staff, locked, 整修小路=given(1))
    hand_in(followed, may, staff, locked)
    with pytest.raises(NotAllowedNow) as told:
        hand_in(followed, may, staff, at("2021-06-19T09:00"))
    assert told.value.code == "progress.grant_over"


def test_a_correction_is_a_new_row_with_a_reason(followed: Followed, may: Period) -> None:
    cast, staff = followed.cast, followed.cast.urban_staff
    fill(followed, followed.item(may, staff, "T1"), staff, LATER, 整修小路=given(3))
    hand_in(followed, may, staff, LATER)
    value = Value.objects.get()
    with pytest.raises(BadInput):
        actions.correct_value(actor=cast.office, value_id=value.pk, typed=given(4), reason=" ", now=LATER)
    with pytest.raises(Denied):
        actions.correct_value(actor=cast.leader, value_id=value.pk, typed=given(4), reason="漏报", now=LATER)
    new = actions.correct_value(
        actor=cast.office, value_id=value.pk, typed=given(4), reason="漏报一条", now=LATER
    )
    assert (new.revision, new.reason, new.origin) == (2, "漏报一条", "corrected")
    with pytest.raises(Stale):
        actions.correct_value(actor=cast.office, value_id=value.pk, typed=given(5), reason="再改", now=LATER)
    assert "progress.value_corrected" in {entry.action for entry in audit.history(value.indicator)}


def test_rhythms_are_set_without_code_and_two_never_ask_all(followed: Followed) -> None:
    office, plan = followed.cast.office, followed.version.plan_id
    values: dict[str, Any] = {
        "name": "周通报",
        "produces": [Product.BULLETIN],
        "audience": [Role.LEADER],
        "due_days": 2,
        "lock_days": 3,
    }
    with pytest.raises(BadInput, match=r"progress\.short_beat_asks"):
        actions.set_beat(actor=office, plan_id=plan, version=None, every=Every.WEEK, asks=Asks.ALL, **values)
    with pytest.raises(BadInput, match=r"progress\.two_beats_ask"):
        actions.set_beat(
            actor=office, plan_id=plan, version=None, every=Every.QUARTER, asks=Asks.ALL, **values
        )
    with pytest.raises(BadInput, match=r"progress\.no_key_tasks"):
        actions.set_beat(
            actor=office, plan_id=plan, version=None, every=Every.WEEK, asks=Asks.KEY_TASKS, **values
        )
    key = followed.version.plan.tasks.get(key="T2").pk
    week = actions.set_beat(
        actor=office,
        plan_id=plan,
        version=None,
        every=Every.WEEK,
        asks=Asks.KEY_TASKS,
        key_tasks=[key],
        **values,
    )
    period = actions.open_period(actor=office, beat_id=week.pk, day=date(2021, 5, 24), now=OPENED)
    assert [report.unit for report in UnitReport.objects.filter(period=period)] == [followed.cast.housing]
    with pytest.raises(NotAllowedNow):
        actions.remove_beat(actor=office, beat_id=week.pk, version=week.version)
    with pytest.raises(Stale):
        actions.set_beat(actor=office, plan_id=plan, version=9, every=Every.WEEK, asks=Asks.NOBODY, **values)


def test_another_seat_of_the_unit_takes_over_the_report(followed: Followed, may: Period) -> None:
    first = followed.cast.urban_staff
    other = seat("urban2", "程接", followed.cast.urban, Role.MANAGER)
    item = fill(followed, followed.item(may, first, "T1"), first, LATER, 整修小路=given(3))
    item = fill(followed, item, other, LATER, 整修小路=given(4))
    hand_in(followed, may, other, LATER)
    item.refresh_from_db()
    assert item.author == first.person
    assert Value.objects.get().author == other.person
