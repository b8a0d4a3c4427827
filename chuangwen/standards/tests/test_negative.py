"""The negative list: who sees it, what is asked each month, for how long something counts."""

import json
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from chuangwen.cores.errors import BadInput, Denied, Hidden, NotAllowedNow, Stale
from chuangwen.desk.models import Todo
from chuangwen.kit.models import AuditEntry
from chuangwen.orgs.actors import Actor
from chuangwen.orgs.rules import Role
from chuangwen.orgs.testing import SYSTEM, Cast, seat, sign_in

from .. import actions, queries
from ..actions import NegativeValues
from ..models import NegativeItem, NegativeReport
from ..queries.negative import titles_of_reports
from ..rules.negative import add_months, days_left, holds_in
from ..rules.words import NegativeLevel

pytestmark = pytest.mark.django_db
NOW = datetime(2021, 4, 6, 1, tzinfo=UTC)
FACTS = "三月十五日某工地发生塌方，两人受伤"


def make_item(cast: Cast, **values: Any) -> NegativeItem:
    values = {
        "title": "发生较大以上安全事故",
        "level": NegativeLevel.VETO,
        "owner_id": cast.urban.pk,
        "starts_on": date(2021, 1, 1),
        **values,
    }
    return actions.add_negative(
        actor=cast.office, jurisdiction_id=cast.city.pk, values=NegativeValues(**values)
    )


def tell(actor: Actor, item: NegativeItem, **values: Any) -> Any:
    values = {"happened_on": date(2021, 3, 15), "facts": FACTS, "now": NOW, **values}
    return actions.tell_occurrence(actor=actor, item_id=item.pk, **values)


@pytest.mark.parametrize(
    ("happened_on", "months", "on", "left"),
    [
        (date(2021, 3, 15), 12, date(2021, 3, 15), 365),
        (date(2021, 3, 15), 12, date(2022, 3, 14), 1),
        (date(2021, 3, 15), 12, date(2022, 3, 15), 0),
        (date(2021, 3, 15), 12, date(2021, 3, 14), 0),
        (date(2020, 2, 29), 12, date(2021, 2, 27), 1),
        (date(2021, 1, 31), 1, date(2021, 2, 1), 27),
    ],
)
def test_it_counts_for_its_window(happened_on: date, months: int, on: date, left: int) -> None:
    assert days_left(happened_on, months, on) == left


def test_months_are_counted_as_calendars_do() -> None:
    assert add_months(date(2021, 12, 31), 2) == date(2022, 2, 28)
    assert add_months(date(2021, 1, 1), -1) == date(2020, 12, 1)
    assert holds_in(date(2021, 3, 1), date(2021, 3, 31), None)
    assert not holds_in(date(2021, 3, 1), date(2021, 4, 1), None)
    assert not holds_in(date(2021, 3, 1), date(2021, 1, 1), date(2021, 3, 1))


def test_each_owner_is_asked_once_a_month_and_answers_with_a_zero_report(cast: Cast) -> None:
    make_item(cast)
    make_item(cast, title="发生重大食品安全事件")
    make_item(cast, title="四月才有", owner_id=cast.housing.pk, starts_on=date(2021, 4, 1))
    assert actions.ask_for_reports(actor=SYSTEM, now=NOW) == 1
    assert actions.ask_for_reports(actor=SYSTEM, now=NOW) == 0
    report = NegativeReport.objects.get()
    assert (report.unit, report.month, report.happened) == (cast.urban, date(2021, 3, 1), None)
    todo = Todo.objects.get(kind="standards.negative_report")
    assert (todo.unit, todo.state) == (cast.urban, "open")
    with pytest.raises(Stale):
        actions.report_nothing(actor=cast.urban_staff, report_id=report.pk, version=9, now=NOW)
    actions.report_nothing(actor=cast.urban_staff, report_id=report.pk, version=1, now=NOW)
    report.refresh_from_db()
    todo.refresh_from_db()
    assert (report.happened, todo.state) == (False, "done")
    with pytest.raises(NotAllowedNow):
        actions.report_nothing(actor=cast.urban_staff, report_id=report.pk, version=2, now=NOW)


def test_what_is_told_is_the_report_and_a_zero_report_is_refused(cast: Cast) -> None:
    item = make_item(cast)
    actions.ask_for_reports(actor=SYSTEM, now=NOW)
    tell(cast.urban_staff, item, happened_on=date(2021, 2, 1))
    assert NegativeReport.objects.get().happened is None
    found = tell(cast.urban_staff, item)
    assert (NegativeReport.objects.get().happened, Todo.objects.get().state) == (True, "done")
    line = queries.negative_lines(cast.urban_staff, date(2021, 4, 6))[0]
    assert (line.counting, line.until, line.days_left) == (2, date(2022, 3, 15), 343)
    actions.withdraw_occurrence(
        actor=cast.office, occurrence_id=found.pk, version=1, reason="经查未构成较大事故", now=NOW
    )
    line = queries.negative_lines(cast.urban_staff, date(2021, 4, 6))[0]
    assert (line.counting, line.until) == (1, date(2022, 2, 1))
    with pytest.raises(NotAllowedNow):
        actions.withdraw_occurrence(
            actor=cast.office, occurrence_id=found.pk, version=2, reason="再次", now=NOW
        )


def test_told_before_it_was_asked_it_is_not_asked(cast: Cast) -> None:
    tell(cast.urban_staff, make_item(cast))
    actions.ask_for_reports(actor=SYSTEM, now=NOW)
    assert NegativeReport.objects.get().happened is True
    assert not Todo.objects.exists()


def test_only_the_office_and_the_owner_unit_know_of_it(cast: Cast, client: Client) -> None:
    item = make_item(cast)
    found = tell(cast.urban_staff, item)
    actions.ask_for_reports(actor=SYSTEM, now=datetime(2021, 5, 6, tzinfo=UTC))
    report = NegativeReport.objects.get()
    manager = seat("urban-manager", "管总", cast.urban, Role.MANAGER)
    above = seat("city-manager", "市管", cast.city, Role.MANAGER)
    auditor = seat("auditor", "审计", cast.city, Role.AUDIT_ADMINISTRATOR)
    security = seat("security", "安全", cast.city, Role.SECURITY_ADMINISTRATOR)
    inspector = seat("inspector", "巡查", cast.urban, Role.INSPECTOR)
    for actor in (cast.office, cast.urban_staff, manager):
        assert [line.item for line in queries.negative_lines(actor, date(2021, 4, 6))] == [item]
    pages = (
        "/standards/negative/",
        f"/standards/negative/{item.pk}/",
        f"/standards/negative/reports/{report.pk}/",
    )
    others = (
        *(cast.administrator, auditor, security, cast.leader, cast.housing_staff, cast.observer),
        *(cast.stranger, cast.seatless, above, inspector),
    )
    for actor in others:
        assert queries.negative_lines(actor, date(2021, 4, 6)) == []
        sign_in(client, actor)
        for page in pages:
            if actor == cast.stranger and page == pages[0]:
                continue  # has a list of its own, which is empty
            assert client.get(page).status_code == 404, (actor.name, page)
        with pytest.raises(Hidden):
            tell(actor, item)
        with pytest.raises((Hidden, Denied)):
            actions.withdraw_occurrence(actor=actor, occurrence_id=found.pk, version=1, reason="不", now=NOW)
    for page in pages:
        sign_in(client, cast.urban_staff)
        assert client.get(page).status_code == 200


def test_the_audit_and_the_desk_of_others_say_nothing_of_it(cast: Cast, client: Client) -> None:
    item = make_item(cast)
    found = tell(cast.urban_staff, item)
    actions.withdraw_occurrence(actor=cast.office, occurrence_id=found.pk, version=1, reason="查无", now=NOW)
    actions.ask_for_reports(actor=SYSTEM, now=datetime(2021, 5, 6, tzinfo=UTC))
    rows = AuditEntry.objects.filter(subject_kind__startswith="standards.negative")
    assert {row.action for row in rows} == {"standards.restricted"}
    for row in rows:
        assert (row.before, row.after) == ({}, {})
    kept = json.dumps(list(AuditEntry.objects.values("before", "after", "action")), ensure_ascii=False)
    assert item.title not in kept and "塌方" not in kept
    auditor = seat("auditor", "审计", cast.city, Role.AUDIT_ADMINISTRATOR)
    sign_in(client, auditor)
    text = client.get("/audit/").content.decode()
    assert "负面" not in text and item.title not in text
    colleague = seat("urban-observer", "旁观", cast.urban, Role.OBSERVER)
    for actor, named in ((cast.urban_staff, True), (colleague, False), (cast.leader, False)):
        ids = list(NegativeReport.objects.values_list("pk", flat=True))
        assert bool(titles_of_reports(actor, ids)) is named


def test_what_cannot_be_is_refused(cast: Cast) -> None:
    item = make_item(cast)
    for values in (
        {"title": " "},
        {"title": item.title},
        {"title": "甲", "window_months": 0},
        {"title": "甲", "deduct_milli": 1000},
        {"title": "甲", "owner_id": cast.other_city.pk},
        {"title": "甲", "ended_on": date(2020, 1, 1)},
    ):
        with pytest.raises((BadInput, Hidden)):
            make_item(cast, **values)
    for told in ({"facts": " "}, {"happened_on": date(2021, 4, 7)}, {"happened_on": date(2020, 12, 31)}):
        with pytest.raises(BadInput):
            tell(cast.office, item, **told)
    with pytest.raises(Hidden):
        actions.add_negative(
            actor=cast.urban_staff,
            jurisdiction_id=cast.city.pk,
            values=NegativeValues(
                title="乙", level=NegativeLevel.VETO, owner_id=cast.urban.pk, starts_on=date(2021, 1, 1)
            ),
        )
    with pytest.raises(Denied):
        actions.change_negative(
            actor=cast.urban_staff,
            item_id=item.pk,
            version=1,
            values=NegativeValues(
                title="乙", level=NegativeLevel.VETO, owner_id=cast.urban.pk, starts_on=date(2021, 1, 1)
            ),
        )


def test_the_list_costs_the_same_for_any_number_of_items(cast: Cast, client: Client) -> None:
    sign_in(client, cast.office)
    counts = []
    for n in (1, 30):
        for number in range(n):
            tell(cast.office, make_item(cast, title=f"事项{n}-{number}"))
        client.get("/standards/negative/")
        with CaptureQueriesContext(connection) as captured:
            client.get("/standards/negative/")
        counts.append(len(captured))
    assert counts[0] == counts[1]


def test_the_list_through_its_pages(cast: Cast, client: Client) -> None:
    sign_in(client, cast.office)
    sent = {
        "title": "发生重大食品安全事件",
        "level": "deduct",
        "deduct_milli": "2.5",
        "owner": "市城管局",
        "window_months": "24",
        "starts_on": "2021-01-01",
    }
    answer = client.post("/standards/negative/add/", sent)
    item = NegativeItem.objects.get()
    here = f"/standards/negative/{item.pk}/"
    assert (answer["Location"], item.deduct_milli, item.owner) == (here, 2500, cast.urban)
    changed = client.post(f"{here}change/", {**sent, "version": 1, "window_months": "12"})
    assert changed.status_code == 302
    assert client.post(here, {"happened_on": "2021-03-15", "facts": ""}).status_code == 422
    assert client.post(here, {"happened_on": "2021-03-15", "facts": FACTS}).status_code == 302
    assert FACTS in client.get(here).content.decode()
    found = item.occurrences.get()
    withdraw = f"/standards/negative/occurrences/{found.pk}/withdraw/"
    assert client.get(withdraw).status_code == 200
    assert client.post(withdraw, {"version": 1, "reason": "查无此事"}).status_code == 302
    assert "查无此事" in client.get(here).content.decode()
    actions.ask_for_reports(actor=SYSTEM, now=NOW)
    report = NegativeReport.objects.get()
    sign_in(client, cast.urban_staff)
    todo = Todo.objects.get()
    assert (
        f"/standards/negative/reports/{report.pk}/" in client.get(f"/desk/todos/{todo.pk}/").content.decode()
    )
    assert "2021 年 3 月" in client.get("/desk/").content.decode()
    page = client.get(f"/standards/negative/reports/{report.pk}/").content.decode()
    assert "零报告" in page
    client.post(f"/standards/negative/reports/{report.pk}/nothing/", {"version": 1})
    report.refresh_from_db()
    assert report.happened is False
    assert client.get(f"{here}change/").status_code == 403
    assert "零报告" in client.get("/standards/negative/").content.decode()
    assert "负面清单" in client.get("/standards/").content.decode()
    sign_in(client, cast.housing_staff)
    assert "负面清单" not in client.get("/standards/").content.decode()
