"""What was handed in is looked over: by the lead unit of a task, then by the campaign office."""

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from chuangwen.orgs.actors import Actor
from chuangwen.orgs.testing import make_unit, sign_in
from chuangwen.progress import actions
from chuangwen.progress.models import Entry, ReportItem, UnitReport, Value

from .reporting_world import Reporting
from .test_filling import hand_in, hand_in_all
from .test_report_page import text
from .world import given

pytestmark = pytest.mark.django_db


def review_of(june: Reporting, client: Client, actor: Actor, query: str = "") -> str:
    sign_in(client, actor)
    return text(client.get(f"/progress/{june.version.plan_id}/review/?{query}"))


def east_hands_in(june: Reporting) -> ReportItem:
    east = june.cast.east_staff
    item = june.item(1, east)
    typed = actions.TypedItem(progress="stuck", done_words="东浦两条", stuck_words="管线未迁")
    actions.fill_item(actor=east, item_id=item.pk, version=item.version, typed=typed, now=timezone.now())
    hand_in(june, east)
    return june.item(1, east)


def test_the_lead_unit_looks_over_what_its_members_handed_in(june: Reporting, client: Client) -> None:
    item = east_hands_in(june)
    assert "没有待您审核的任务。" in review_of(june, client, june.cast.housing_staff)
    assert "东浦两条" not in review_of(june, client, june.cast.office)  # not before its lead unit
    page = review_of(june, client, june.cast.urban_staff)
    assert "东浦两条" in page
    assert "管线未迁" in page
    assert "新建改造公厕" not in page
    assert client.get("/progress/review/count/").content.strip() == b"1"
    address = f"/progress/{june.version.plan_id}/review/"
    assert client.post(address, {}).status_code == 422
    answer = client.post(address, {"item": [f"{item.pk}:{item.version}"]}, follow=True)
    assert "已审核 1 项任务。" in text(answer)
    assert june.item(1, june.cast.east_staff).state == "reviewed"
    assert "东浦两条" in review_of(june, client, june.cast.office)


def test_the_office_confirms_what_is_ticked_all_or_none(june: Reporting, client: Client) -> None:
    hand_in_all(june)
    plan = june.version.plan_id
    page = review_of(june, client, june.cast.office, "tick=all")
    assert page.count(" checked") == 16  # both periods
    june_alone = review_of(june, client, june.cast.office, f"period={june.june.pk}&by=task")
    assert june_alone.index("整治背街小巷</a>") < june_alone.index("新建改造公厕</a>")
    assert june_alone.count('name="item"') == 8
    assert review_of(june, client, june.cast.office, "task=T3").count('name="item"') == 2
    assert review_of(june, client, june.cast.office, f"unit={june.cast.housing.pk}").count('name="item"') == 0
    items = [june.item(number) for number in (1, 2)]
    stale = [f"{items[0].pk}:{items[0].version}", f"{items[1].pk}:9"]
    assert client.post(f"/progress/{plan}/review/", {"item": stale}).status_code == 409
    assert june.item(1).state == "submitted"
    ticked = [f"{item.pk}:{item.version}" for item in items]
    answer = client.post(f"/progress/{plan}/review/?state=confirmed", {"item": ticked}, follow=True)
    assert "已确认 2 项任务。" in text(answer)
    assert text(answer).count("<li>") >= 2
    assert june.item(1).state == june.item(2).state == "confirmed"
    sign_in(client, june.cast.leader)
    assert client.post(f"/progress/{plan}/review/", {"item": ticked}).status_code == 403


def test_a_task_goes_back_with_a_remark_on_the_exact_field(june: Reporting, client: Client) -> None:
    hand_in_all(june)
    item = june.item(1)
    sign_in(client, june.cast.office)
    page = text(client.get(f"/progress/items/{item.pk}/"))
    assert "上次 22\xa0条" in page
    for field in ("progress", "I1", "done_words", "stuck_words", "next_step", "evidence"):
        assert f'name="remark-{field}"' in page
    address = f"/progress/items/{item.pk}/return/"
    assert client.post(address, {"version": item.version, "remark-I1": " "}).status_code == 422
    stale = client.post(address, {"version": 1, "remark-I1": "与台账不符"})
    assert (stale.status_code, 'value="与台账不符"' in text(stale)) == (409, True)
    answer = client.post(address, {"version": item.version, "remark-I1": "与台账不符"}, follow=True)
    assert "已退回市城管局。" in text(answer)
    sign_in(client, june.cast.urban_staff)
    report = text(client.get(f"/progress/reports/{june.report(june.cast.urban_staff).pk}/"))
    assert "<b>整治背街小巷</b> 与台账不符" in report
    form = text(client.get(f"/progress/items/{item.pk}/?as=news"))
    assert form.index("与台账不符") > form.index("<legend>整治背街小巷")
    assert "退回 1 项" in text(client.get("/progress/reports/"))


def test_a_confirmed_task_is_read_by_whoever_sees_the_unit(june: Reporting, client: Client) -> None:
    item = june.item(3, period=june.may)
    for actor, status in [
        (june.cast.leader, 200),
        (june.cast.urban_staff, 200),
        (june.cast.east_staff, 404),
        (june.cast.observer, 404),
        (june.cast.stranger, 404),
    ]:
        sign_in(client, actor)
        assert client.get(f"/progress/items/{item.pk}/").status_code == status
    sign_in(client, june.cast.leader)
    page = text(client.get(f"/progress/items/{item.pk}/"))
    assert "remark-" not in page
    assert "确认</button>" not in page


def test_a_value_is_corrected_with_a_reason_and_every_revision_stays(june: Reporting, client: Client) -> None:
    value = Value.objects.get(item=june.item(3, period=june.may))
    address = f"/progress/values/{value.pk}/"
    sign_in(client, june.cast.urban_staff)
    assert "更正数值" not in text(client.get(address))
    assert client.post(address, {"reason": "核实"}).status_code == 403
    sign_in(client, june.cast.office)
    without = client.post(address, {"I3-value": "18", "I3-of": "20"})
    assert (without.status_code, "请用一句话说明为何更正。" in text(without)) == (422, True)
    assert 'value="18"' in text(without)
    none = client.post(address, {"I3-value": "", "I3-of": "20", "reason": "核实"})
    assert (none.status_code, Value.objects.filter(indicator=value.indicator).count()) == (422, 1)
    answer = client.post(address, {"I3-value": "18", "I3-of": "20", "reason": "核减一条路"}, follow=True)
    page = text(answer)
    assert "核减一条路" in page
    assert page.index("90") < page.index("95")
    new = Value.objects.get(indicator=value.indicator, current=True)
    assert (new.revision, new.numerator, new.origin) == (2, 18_000_000, "corrected")
    assert client.post(address, {"I3-value": "17", "I3-of": "20", "reason": "再改"}).status_code == 409


@pytest.mark.parametrize("rows", [1, 30])
def test_the_list_costs_the_same_for_any_number_of_units(
    june: Reporting, client: Client, rows: int, django_assert_num_queries: Any
) -> None:
    lead = june.item(1)
    ReportItem.objects.filter(state="submitted").update(state="confirmed")
    for number in range(rows):
        unit = make_unit(june.cast.city, f"第{number}局")
        report = UnitReport.objects.create(period=june.june, unit=unit)
        item = ReportItem.objects.create(
            report=report, task=lead.task, part="member", state="reviewed", progress="going"
        )
        Entry.objects.create(
            item=item, indicator=lead.entries.get().indicator, unit=unit, numerator=given(number).numerator
        )
    sign_in(client, june.cast.office)
    # who asks (3), the plan (17), the items and what belongs to them (15), the choices (4)
    with django_assert_num_queries(39):
        page = text(client.get(f"/progress/{june.version.plan_id}/review/"))
    assert page.count('name="item"') == rows
