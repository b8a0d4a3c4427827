"""What a unit says of its tasks, and what may not be said."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from chuangwen.cores.errors import BadInput, Denied, NotAllowedNow
from chuangwen.desk.models import Todo
from chuangwen.kit import audit
from chuangwen.orgs.actors import Actor
from chuangwen.progress import actions, doubt_words
from chuangwen.progress.models import Course, Entry, LateGrant, Period, ReportItem, Value
from chuangwen.progress.rules.asks import RETURNED
from chuangwen.progress.rules.states import ItemState

from .reporting_world import Reporting
from .world import given

pytestmark = pytest.mark.django_db


def say(june: Reporting, number: int, typed: actions.Typed | None = None, **said: Any) -> ReportItem:
    """Fill in a task of 市城管局."""
    item = june.item(number)
    entries = {entry.indicator_id: typed for entry in item.entries.all()} if typed else {}
    return actions.fill_item(
        actor=june.cast.urban_staff,
        item_id=item.pk,
        version=item.version,
        typed=actions.TypedItem(**{"progress": "going", **said}, entries=entries),
        now=timezone.now(),
    )


def hand_in(june: Reporting, actor: Actor) -> None:
    report = june.report(actor)
    actions.hand_in(actor=actor, report_id=report.pk, version=report.version, now=timezone.now())


def hand_in_all(june: Reporting) -> None:
    """市城管局 hands in June: 24 lanes, the rest as it was."""
    say(june, 1, given(24), done_words="整治两条")
    for number in range(2, 9):
        item = june.item(number)
        actions.say_unchanged(
            actor=june.cast.urban_staff, item_id=item.pk, version=item.version, now=timezone.now()
        )
    hand_in(june, june.cast.urban_staff)


DOUBTED = [
    (1, given(20), "total_shrank", "累计 20 条，比2021 年 5 月 31 日报的 22 条 少"),
    (3, given(21, 20), "beyond_whole", "105 % 超过了 100 %"),
]


@pytest.mark.parametrize(("number", "typed", "code", "sentence"), DOUBTED)
def test_an_unlikely_number_is_kept_and_must_be_explained(
    june: Reporting, number: int, typed: actions.Typed, code: str, sentence: str
) -> None:
    (entry,) = say(june, number, typed).entries.all()
    (doubt,) = entry.warned
    row = june.version.indicatorversion_rows.get(indicator=entry.indicator_id)
    said = doubt_words.sentence(doubt, row.unit_of_measure, row.accrual)
    assert (doubt["code"], said.replace("\u202f", " ").replace("\xa0", " ")) == (code, sentence)
    with pytest.raises(NotAllowedNow) as told:
        hand_in(june, june.cast.urban_staff)
    assert told.value.code.startswith("progress.say_")


def test_no_change_takes_the_last_number_without_a_doubt(june: Reporting) -> None:
    say(june, 1, given(20))
    item = june.item(1)
    actions.say_unchanged(
        actor=june.cast.urban_staff, item_id=item.pk, version=item.version, now=timezone.now()
    )
    (entry,) = item.entries.all()
    assert (entry.numerator, entry.warned) == (22_000_000, [])


REFUSED = [
    (given(None, 20), "progress.half_a_share"),
    (given(5, 0), "progress.share_of_nothing"),
    (given(5, as_of=timezone.localdate() + timedelta(days=1)), "progress.day_to_come"),
    (given(5, evidence_on=timezone.localdate() + timedelta(days=1)), "progress.day_to_come"),
    (given(None, missing="x" * 201), "progress.words_too_long"),
]


@pytest.mark.parametrize(("typed", "code"), REFUSED)
def test_what_is_no_value_is_refused_at_its_field(june: Reporting, typed: actions.Typed, code: str) -> None:
    with pytest.raises(BadInput) as refusal:
        say(june, 3, typed)
    assert (refusal.value.code, refusal.value.params["field"]) == (code, "missing" if typed.missing else "I3")
    assert june.item(3).progress == ""
    with pytest.raises(BadInput):
        say(june, 3, done_words="长" * 1001)


def test_the_lead_unit_takes_over_what_its_members_said(june: Reporting) -> None:
    staff, east = june.cast.urban_staff, june.cast.east_staff
    member, lead = june.item(1, east), june.item(1)
    with pytest.raises(NotAllowedNow):
        actions.take_over_words(actor=staff, item_id=lead.pk, version=lead.version, now=timezone.now())
    actions.fill_item(
        actor=east,
        item_id=member.pk,
        version=member.version,
        typed=actions.TypedItem(progress="stuck", done_words="东浦两条", stuck_words="一条管线未迁"),
        now=timezone.now(),
    )
    hand_in(june, east)
    for _again in range(2):
        lead = june.item(1)
        lead = actions.take_over_words(actor=staff, item_id=lead.pk, version=lead.version, now=timezone.now())
    assert (lead.done_words, lead.stuck_words) == ("东浦区：东浦两条", "东浦区：一条管线未迁")
    assert lead.progress == "going"


def test_what_was_returned_may_be_corrected_though_the_report_is_locked(june: Reporting) -> None:
    cast = june.cast
    hand_in_all(june)
    Period.objects.filter(pk=june.june.pk).update(lock_at=timezone.now() - timedelta(days=1))
    for number in (1, 2):
        item = june.item(number)
        actions.return_item(
            actor=cast.office,
            item_id=item.pk,
            version=item.version,
            remarks={f"I{number}": "与台账不符"},
            now=timezone.now(),
        )
    grant = LateGrant.objects.filter(report=june.report(cast.urban_staff)).latest("pk")
    assert (grant.why, grant.by, grant.until > timezone.now()) == ("与台账不符", cast.office.person, True)
    assert Todo.objects.filter(kind=RETURNED, state="open").count() == 1  # once for both tasks
    say(june, 1, given(23))
    hand_in(june, cast.urban_staff)
    assert Value.objects.get(item=june.item(1), current=True).numerator == 23_000_000
    assert not Todo.objects.filter(kind=RETURNED, state="open").exists()


def test_a_remark_speaks_of_a_field_and_a_confirmed_task_goes_back_by_the_office_alone(
    june: Reporting,
) -> None:
    cast = june.cast
    member = june.item(1, cast.east_staff)
    actions.fill_item(
        actor=cast.east_staff,
        item_id=member.pk,
        version=member.version,
        typed=actions.TypedItem(progress="going"),
        now=timezone.now(),
    )
    hand_in(june, cast.east_staff)

    def back(actor: Actor, field: str) -> None:
        item = june.item(1, cast.east_staff)
        actions.return_item(
            actor=actor, item_id=item.pk, version=item.version, remarks={field: "请细化"}, now=timezone.now()
        )

    with pytest.raises(BadInput):
        back(cast.office, "I9")
    member = june.item(1, cast.east_staff)
    actions.review_items(actor=cast.urban_staff, items=[(member.pk, member.version)])
    member.refresh_from_db()
    actions.confirm_items(actor=cast.office, items=[(member.pk, member.version)])
    with pytest.raises(Denied):
        back(cast.urban_staff, "done_words")
    back(cast.office, "done_words")
    assert june.item(1, cast.east_staff).state == ItemState.RETURNED


def test_a_task_without_a_lead_unit_in_the_period_is_confirmed_at_once(june: Reporting) -> None:
    cast = june.cast
    member = june.item(1, cast.east_staff)
    ReportItem.objects.filter(task=member.task_id, part="lead", report__period=june.june).delete()
    ReportItem.objects.filter(pk=member.pk).update(state=ItemState.SUBMITTED)
    assert actions.confirm_items(actor=cast.office, items=[(member.pk, member.version)]) == 1


def test_the_citys_value_is_asked_of_one_unit_and_of_a_reporter_without_a_part(june: Reporting) -> None:
    """Two lead units would give it twice; a reporter whom the plan does not name gets the task to help in."""
    cast, following = june.cast, june.following
    course = following.courses.get(indicator__key="I2")
    course.reporter = cast.housing
    course.save()
    july = actions.open_period(
        actor=cast.office,
        beat_id=june.june.beat_id,
        day=june.june.last_day + timedelta(days=1),
        now=timezone.now(),
    )
    entries = Entry.objects.filter(item__report__period=july, indicator=course.indicator)
    assert [(entry.item.report.unit, entry.item.part) for entry in entries] == [(cast.housing, "member")]


def test_a_value_of_a_period_that_runs_is_of_today(june: Reporting) -> None:
    now = timezone.now()
    Period.objects.filter(pk=june.june.pk).update(last_day=timezone.localdate(now) + timedelta(days=3))
    hand_in_all(june)
    assert Value.objects.get(item=june.item(1), current=True).as_of == timezone.localdate(now)


def test_a_computed_value_is_corrected_where_it_comes_from(june: Reporting) -> None:
    hand_in_all(june)
    value = Value.objects.get(item=june.item(1), current=True)
    with pytest.raises(BadInput):
        actions.correct_value(
            actor=june.cast.office, value_id=value.pk, typed=given(3, 0), reason="核实", now=timezone.now()
        )
    Value.objects.filter(pk=value.pk).update(origin="computed")
    Course.objects.filter(indicator=value.indicator_id).update(mode="formula")
    with pytest.raises(NotAllowedNow):
        actions.correct_value(
            actor=june.cast.office, value_id=value.pk, typed=given(3), reason="核实", now=timezone.now()
        )
    assert Value.objects.get(pk=value.pk).current


def test_every_step_of_a_report_is_in_its_history(june: Reporting) -> None:
    hand_in_all(june)
    assert [audit.sentence(entry) for entry in audit.history(june.report(june.cast.urban_staff))] == [
        "提交 8 项任务"
    ]
    assert len(audit.history(june.item(1))) == 2
