"""The report of a unit as people fill it in: with htmx in place, without JavaScript page by page."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from chuangwen.orgs.testing import sign_in
from chuangwen.progress import actions
from chuangwen.progress.models import Evidence, Period, ReportItem, UnitReport
from chuangwen.progress.rules.states import Mode

from .reporting_world import Reporting
from .test_evidence import PNG
from .test_filling import say
from .world import NOW, at, given

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture
def browser(june: Reporting, client: Client) -> Client:
    sign_in(client, june.cast.urban_staff)
    return client


def post(
    browser: Client, item: ReportItem, what: str = "", typed: Mapping[str, Any] = {}, *, htmx: bool = True
) -> Any:
    data = {"version": item.version, **({} if what else {"progress": "going"}), **typed}
    return browser.post(f"/progress/items/{item.pk}/{what}", data, headers=HTMX if htmx else {})


def text(answer: Any) -> str:
    found: str = answer.content.decode()
    return found


def test_a_unit_finds_its_reports_the_latest_first(june: Reporting, browser: Client) -> None:
    page = text(browser.get("/progress/reports/"))
    assert page.index("2021 年 6 月") < page.index("2021 年 5 月")
    assert f"/progress/reports/{june.report(june.cast.urban_staff).pk}/" in page
    sign_in(browser, june.cast.leader)
    assert browser.get("/progress/reports/").status_code == 403


def test_the_three_likeliest_answers_follow_from_the_last_report(june: Reporting, browser: Client) -> None:
    page = text(browser.get(f"/progress/reports/{june.report(june.cast.urban_staff).pk}/"))
    cards = page.split('<article class="report-item')[1:]
    assert [
        [word for word in ("没有变化", "有新进展", "还没到时候", "遇到困难") if word in card]
        for card in cards
    ] == [["没有变化", "有新进展", "遇到困难"]] * 6 + [["没有变化", "有新进展", "还没到时候"]] * 2
    assert "上次 52\xa0座（2021 年 5 月 31 日）" in cards[1]
    assert "95\u202f% (19/20)" in cards[2]
    assert "交给审核人（还有 8 项）" in page


def test_a_tap_answers_in_place_and_counts_down(june: Reporting, browser: Client) -> None:
    answer = post(browser, june.item(2), "unchanged/")
    assert answer.status_code == 200
    assert 'id="item-' in text(answer)
    assert "已填 1 / 8" in text(answer)
    assert "交给审核人（还有 7 项）" in text(answer)
    assert "52\xa0座" in text(answer)
    stale = june.item(7)
    post(browser, stale, "not-due/")
    again = post(browser, stale, "unchanged/")
    assert (again.status_code, june.item(7).unchanged) == (409, False)
    assert "report-item" in text(again)  # the card as it stands now, not a page of its own


def test_without_javascript_each_answer_leads_to_the_next_open_task(june: Reporting, browser: Client) -> None:
    report = june.report(june.cast.urban_staff)
    answer = post(browser, june.item(1), "unchanged/", htmx=False)
    assert answer.headers["Location"] == f"/progress/reports/{report.pk}/#item-{june.item(2).pk}"
    page = text(browser.get(f"/progress/items/{june.item(2).pk}/?as=news"))
    assert "<!doctype html>" in page
    assert 'name="I2-value"' in page
    answer = post(browser, june.item(2), htmx=False, typed={"I2-value": "57", "done_words": "新建五座"})
    assert answer.headers["Location"].endswith(f"#item-{june.item(3).pk}")
    answer = post(browser, june.item(3), htmx=False, typed={"I3-value": "", "I3-of": "20"})
    assert answer.headers["Location"] == f"/progress/items/{june.item(3).pk}/"  # something must still be said
    assert "请填数值，或简要说明缺报原因。" in text(browser.get(answer.headers["Location"]))


def test_a_share_knows_what_it_was_a_share_of(june: Reporting, browser: Client) -> None:
    form = text(browser.get(f"/progress/items/{june.item(3).pk}/?as=news", headers=HTMX))
    assert 'value="20"' in form
    post(browser, june.item(3), typed={"I3-value": "19.5", "I3-of": "20"})
    entry = june.item(3).entries.get()
    assert (entry.numerator, entry.denominator) == (19_500_000, 20_000_000)
    twice = post(browser, june.item(3), typed={"I3-value": "19", "I3-of": "20", "I3-share": "95"})
    assert (twice.status_code, "比率填了两次" in text(twice)) == (422, True)
    post(browser, june.item(3), typed={"I3-share": "97.5"})
    entry.refresh_from_db()
    assert (entry.numerator, entry.denominator) == (97_500_000, None)


def test_a_number_is_doubted_while_it_is_typed_and_kept_by_one_tap(june: Reporting, browser: Client) -> None:
    item = june.item(2)
    found = text(browser.post(f"/progress/items/{item.pk}/check/?key=I2", {"I2-value": "50"}, headers=HTMX))
    assert "比2021 年 5 月 31 日报的 52\xa0座 少" in found
    assert 'name="I2-because" value="以前多报，现予更正"' in found
    fine = text(browser.post(f"/progress/items/{item.pk}/check/?key=I2", {"I2-value": "57"}, headers=HTMX))
    assert "比上次多 5\xa0座。" in fine
    assert june.item(2).version == item.version  # nothing was kept
    answer = post(browser, item, typed={"I2-value": "50"})
    assert "请更正，或简要说明情况。" in text(answer)
    answer = post(browser, june.item(2), typed={"I2-value": "50", "I2-because": "以前多报，现予更正"})
    assert "已填 1 / 8" in text(answer)
    assert june.item(2).entries.get().why == "以前多报，现予更正"
    assert browser.post(f"/progress/items/{item.pk}/check/?key=I9", {}).status_code == 422


def test_bad_input_is_said_at_its_field_and_nothing_typed_is_lost(june: Reporting, browser: Client) -> None:
    file = SimpleUploadedFile("现场.png", PNG)
    answer = post(
        browser, june.item(2), typed={"I2-value": "五十七", "done_words": "写了很久的一句", "files": file}
    )
    page = text(answer)
    assert answer.status_code == 422
    assert "五十七" in page
    assert "写了很久的一句" in page
    assert Evidence.objects.get().name == "现场.png"  # a browser does not send a file twice
    answer = post(
        browser, june.item(2), typed={"I2-value": "57", "files": SimpleUploadedFile("a.exe", b"MZ")}
    )
    assert "不是图片、PDF 或办公文档" in text(answer)
    assert june.item(2).entries.get().numerator == 57_000_000


def test_a_stale_form_shows_what_was_typed_over_what_stands_there_now(
    june: Reporting, browser: Client
) -> None:
    stale = june.item(2)
    say(june, 2, given(55), done_words="同事填的")
    answer = post(browser, stale, typed={"I2-value": "57", "done_words": "我填的"})
    page = text(answer)
    assert (answer.status_code, june.item(2).done_words) == (409, "同事填的")
    assert "我填的" in page
    assert f'name="version" value="{june.item(2).version}"' in page
    post(browser, june.item(2), typed={"I2-value": "57", "done_words": "我填的"})
    assert june.item(2).done_words == "我填的"


def test_a_report_is_handed_in_whole_or_says_what_lacks(june: Reporting, browser: Client) -> None:
    report = june.report(june.cast.urban_staff)
    answer = browser.post(f"/progress/reports/{report.pk}/hand-in/", {"version": report.version}, follow=True)
    assert "请逐项选择进展情况" in text(answer) or "还有" in text(answer)
    assert answer.redirect_chain[0][0].endswith(f"#item-{june.item(1).pk}")
    for number in range(1, 9):
        post(browser, june.item(number), "unchanged/")
    answer = browser.post(f"/progress/reports/{report.pk}/hand-in/", {"version": report.version}, follow=True)
    assert "报告已提交。" in text(answer)
    assert "没有变化</button>" not in text(answer)
    assert browser.get(f"/progress/items/{june.item(1).pk}/").status_code == 200
    assert browser.post(f"/progress/reports/{report.pk}/hand-in/").status_code == 422


def test_a_locked_report_says_why(june: Reporting, browser: Client) -> None:
    Period.objects.filter(pk=june.june.pk).update(lock_at=at("2021-07-15T17:30"))
    page = text(browser.get(f"/progress/reports/{june.report(june.cast.urban_staff).pk}/"))
    assert "本期填报已于 2021 年 7 月 15 日 17:30 锁定" in page
    assert "没有变化</button>" not in page
    assert post(browser, june.item(1), "unchanged/").status_code == 409


def test_members_words_are_shown_to_the_lead_unit_and_taken_over_by_a_tap(
    june: Reporting, browser: Client
) -> None:
    east = june.cast.east_staff
    member = june.item(1, east)
    typed = actions.TypedItem(progress="going", done_words="东浦两条")
    actions.fill_item(actor=east, item_id=member.pk, version=member.version, typed=typed, now=timezone.now())
    report = june.report(east)
    actions.hand_in(actor=east, report_id=report.pk, version=report.version, now=timezone.now())
    page = text(browser.get(f"/progress/reports/{june.report(june.cast.urban_staff).pk}/"))
    assert "1 个成员单位已报" in page
    post(browser, june.item(1), "take-over/")
    assert june.item(1).done_words == "东浦区：东浦两条"


def test_what_the_system_knows_is_shown_with_its_inputs_and_never_typed(
    june: Reporting, browser: Client
) -> None:
    course = june.following.courses.get(indicator__key="I2")
    actions.set_course(
        actor=june.cast.office,
        course_id=course.pk,
        version=course.version,
        mode=Mode.FORMULA,
        reporter=None,
        areas=[],
        formula="上期(I5)",
        shape="linear",
        weight=1,
        drawn=[],
        now=timezone.now(),
    )
    ReportItem.objects.get(pk=june.item(2).pk).entries.all().delete()
    form = text(browser.get(f"/progress/items/{june.item(2).pk}/?as=news", headers=HTMX))
    assert "系统已算：" in form
    assert "不能直接填写" in form
    assert 'name="I2-value"' not in form
    assert 'type="submit"' not in form
    page = text(browser.get(f"/progress/reports/{june.report(june.cast.urban_staff).pk}/"))
    card = page.split('<article class="report-item')[2]
    assert "建设口袋公园 <b>6\xa0个</b>" in card
    assert [word for word in ("属实", "要改", "遇到困难") if word in card] == ["属实", "要改", "遇到困难"]
    post(browser, june.item(2), "unchanged/")
    assert (june.item(2).progress, june.item(2).unchanged) == ("going", True)


@pytest.mark.parametrize("tasks", [1, 8])
def test_a_report_costs_the_same_for_any_number_of_tasks(
    june: Reporting, browser: Client, tasks: int, django_assert_num_queries: Any
) -> None:
    report = june.report(june.cast.urban_staff)
    keep = report.items.order_by("pk")[:tasks]
    report.items.exclude(pk__in=list(keep.values_list("pk", flat=True))).delete()
    # who asks (3), the plan (15), the report and its tasks (17), how far it is (3)
    with django_assert_num_queries(38):
        browser.get(f"/progress/reports/{report.pk}/")


@pytest.mark.parametrize("rows", [1, 30])
def test_the_list_of_reports_costs_the_same_for_any_number(
    june: Reporting, browser: Client, rows: int, django_assert_num_queries: Any
) -> None:
    unit, beat = june.cast.urban, june.june.beat
    for number in range(rows):
        day = june.june.last_day + timedelta(days=40 * (number + 1))
        period = Period.objects.create(
            beat=beat, first_day=day, last_day=day, opened_at=NOW, due_at=NOW, lock_at=NOW
        )
        UnitReport.objects.create(period=period, unit=unit)
    # who asks (3), how many, the reports
    with django_assert_num_queries(5):
        browser.get("/progress/reports/")
