"""What each beat brings out, turn by turn, for those whom it is for; computed when it is looked at."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from chuangwen.kit import clock
from chuangwen.orgs.actors import Actor
from chuangwen.orgs.rules import Role
from chuangwen.orgs.testing import SYSTEM, sign_in
from chuangwen.progress import actions
from chuangwen.progress.models import Beat, Milestone, Period, Value
from chuangwen.progress.rules.rhythm import Asks, Every, Product

from .test_seen_pages import queries, text, write
from .world import MAY, Followed, at, fill, given, hand_in, open_month

APRIL = date(2021, 4, 30)
TODAY = date(2021, 6, 15)


@pytest.fixture(autouse=True)
def in_june(settings: Settings) -> None:
    settings.TODAY_SHIFT = timedelta(0)
    settings.TODAY_SHIFT = TODAY - clock.today()
    settings.LANGUAGE_CODE = "zh-hans"


def beat(followed: Followed, every: Every, *produces: Product, **more: Any) -> Beat:
    found, _new = Beat.objects.update_or_create(
        following=followed.following,
        every=every,
        defaults={"name": "", "produces": list(produces), "audience": ["campaign_office", "leader"], **more},
    )
    return found


def page(client: Client, actor: Actor, followed: Followed, every: str, day: str = "") -> Any:
    sign_in(client, actor)
    address = reverse("progress:turn", args=[followed.version.plan_id, every])
    return client.get(address, {"day": day} if day else {})


def test_an_analysis_says_what_changed_in_its_period_and_what_is_behind(
    client: Client, followed: Followed
) -> None:
    # 整修小路: 20 are due in 2021; 20 × 151 / 365 = 8.3 by 31 May. 7 by 30 April (6.6 due) was on course, 7 is behind.
    write(followed, "整修小路", APRIL, 7)
    write(followed, "整修小路", MAY, 0)
    Value.objects.filter(last_day=MAY).update(made_at=at("2021-05-31T09:00"))
    Value.objects.filter(last_day=APRIL).update(made_at=at("2021-05-04T09:00"))
    Milestone.objects.create(
        following=followed.following,
        task=followed.version.plan.tasks.get(key="T1"),
        title="文明行为促进条例",
        document_number="云人发〔2021〕3号",
        issued_on=date(2021, 5, 20),
        sha256="0" * 64,
    )
    beat(followed, Every.MONTH, Product.ANALYSIS, asks=Asks.ALL)
    words = text(page(client, followed.cast.office, followed, "month"))
    assert "2021 年 5 月" in words  # the last one that has ended
    assert "截至 2021 年 5 月 31 日" in words
    assert "收到 0 份报告、2 个数值" in words
    assert "文明行为促进条例" in words
    assert "变差" in words
    assert "2021 年 5 月 31 日应达 8 条，已达 7 条，差 1 条" in words
    april = text(page(client, followed.cast.office, followed, "month", "2021-04-30"))
    assert "收到 0 份报告、0 个数值" in april
    assert "文明行为促进条例" not in april
    assert "滞后 0 项" in april


def test_a_daily_beat_is_computed_and_opens_no_period(client: Client, followed: Followed) -> None:
    beat(followed, Every.DAY, Product.SUPERVISION, name="日督查")
    beat(followed, Every.WEEK, Product.BULLETIN, name="周通报")
    actions.open_due_periods(actor=SYSTEM, now=at("2021-06-15T06:05"))
    assert [period.beat.every for period in Period.objects.all()] == ["month"]
    assert "日督查 · 2021 年 6 月 14 日" in text(page(client, followed.cast.office, followed, "day"))
    today = text(page(client, followed.cast.office, followed, "day", "2021-06-15"))
    assert "截至 2021 年 6 月 15 日" in today
    assert "进行中" in today


def test_a_bulletin_names_what_is_behind_stuck_and_not_reported(client: Client, followed: Followed) -> None:
    may, staff = open_month(followed, MAY, at("2021-06-01T09:00")), followed.cast.urban_staff
    item = followed.item(may, staff, "T1")
    said: dict[str, Any] = {"progress": "stuck", "stuck_words": "征地手续未办结", "整修小路": given(2)}
    fill(followed, item, staff, at("2021-06-02T09:00"), **said)
    hand_in(followed, may, staff, at("2021-06-02T09:00"))
    beat(followed, Every.WEEK, Product.BULLETIN, name="周通报")
    words = text(page(client, followed.cast.leader, followed, "week", "2021-06-02"))
    assert "云浦市三年行动计划" in words
    assert "收到 1 份报告、1 个数值" in words
    assert "2021 年 5 月 31 日应达 8 条，已达 2 条，差 6 条" in words
    assert "市城管局" in words
    assert "征地手续未办结" in words
    assert "4 个单位中已报 1 个" in words
    assert "市住建局" in words
    assert "<form" not in words.partition("<main")[2]


def test_a_board_counts_by_program_and_lists_units_in_the_order_of_the_plan(
    client: Client, followed: Followed
) -> None:
    write(followed, "整修小路", MAY, 2)
    write(followed, "满意率", MAY, 92)
    beat(followed, Every.QUARTER, Product.BOARD)
    words = text(page(client, followed.cast.office, followed, "quarter", "2021-06-15"))
    behind, _, on_course = words.partition("有滞后任务")[2].partition("任务均正常")
    assert ("市城管局" in behind, "市住建局" in behind) == (True, False)
    assert ("市城管局" in on_course, "市住建局" in on_course) == (False, True)
    assert "宜居行动" in words


def test_an_appraisal_shows_attainment_by_task_with_its_coverage(client: Client, followed: Followed) -> None:
    # 整修小路 2 of 20 × 151 / 365 = 8.27 due: 24 %; T1 has this one indicator. Of T2's two and T3's nothing is known.
    write(followed, "整修小路", MAY, 2)
    beat(followed, Every.YEAR, Product.APPRAISAL)
    words = text(page(client, followed.cast.office, followed, "year", "2021-06-15"))
    row = words[words.index("/tasks/T1/") :]
    row = " ".join(row[: row.index("</tr>")].split())
    assert '<td class="num">24 %</td> <td class="num">1 / 1</td>' in row
    row = words[words.index("/tasks/T2/") :]
    row = " ".join(row[: row.index("</tr>")].split())
    assert '<td class="num">—</td> <td class="num">0 / 2</td>' in row


def test_a_turn_is_for_its_audience_and_the_office_alone(client: Client, followed: Followed) -> None:
    cast = followed.cast
    beat(followed, Every.WEEK, Product.BULLETIN, audience=["leader"])
    answers = {
        actor: page(client, actor, followed, "week").status_code
        for actor in (cast.office, cast.leader, cast.urban_staff)
    }
    assert list(answers.values()) == [200, 200, 403]
    assert page(client, cast.stranger, followed, "week").status_code == 404
    link = reverse("progress:turn", args=[followed.version.plan_id, "week"])
    for name in ("periods", "overview"):
        address = reverse(f"progress:{name}", args=[followed.version.plan_id])
        for actor, shown in ((cast.leader, True), (cast.urban_staff, False)):
            sign_in(client, actor)
            assert (link in text(client.get(address))) is shown
    Beat.objects.filter(every=Every.WEEK).update(audience=[Role.UNIT_STAFF])
    assert page(client, cast.urban_staff, followed, "week").status_code == 200
    assert page(client, cast.leader, followed, "week").status_code == 403


@pytest.mark.parametrize(
    ("every", "day"),
    [("month", "2021-07-01"), ("month", "2020-12-31"), ("month", "2024-01-01"), ("month", "x"), ("day", "")],
)
def test_there_is_no_turn_to_come_outside_the_plan_or_of_no_beat(
    client: Client, followed: Followed, every: str, day: str
) -> None:
    assert page(client, followed.cast.office, followed, every, day).status_code == 404


def test_a_stage_is_a_turn_too(client: Client, followed: Followed, settings: Settings) -> None:
    assert page(client, followed.cast.office, followed, "stage").status_code == 200  # it runs
    settings.TODAY_SHIFT += date(2023, 1, 15) - TODAY
    words = text(page(client, followed.cast.office, followed, "stage"))
    assert "截至 2021 年 12 月 31 日" in words
    assert "待认定" in words


def test_reports_of_a_turn_are_its_own_or_the_last_ones(client: Client, followed: Followed) -> None:
    open_month(followed, MAY, at("2021-06-01T09:00"))
    beat(followed, Every.DAY, Product.REPORT)
    assert "2021 年 5 月" in text(page(client, followed.cast.office, followed, "day", "2021-06-14"))
    early = text(page(client, followed.cast.office, followed, "day", "2021-05-14"))
    assert "尚未开启报告期" in early
    may = Period.objects.get(last_day=MAY)
    sign_in(client, followed.cast.office)
    whole = text(client.get(reverse("progress:period", args=[may.pk])))
    assert f"{reverse('progress:turn', args=[followed.version.plan_id, 'month'])}?day=2021-05-31" in whole


def test_one_indicator_and_many_cost_a_turn_the_same_number_of_queries(
    client: Client, followed: Followed
) -> None:
    beat(followed, Every.MONTH, *Product, asks=Asks.ALL)
    sign_in(client, followed.cast.office)
    address = reverse("progress:turn", args=[followed.version.plan_id, "month"])
    write(followed, "整修小路", MAY, 2)
    before = queries(client, address)
    for name in ("新建驿站", "满意率", "改造旧房"):
        for month in (APRIL, MAY):
            write(followed, name, month, 1)
    assert queries(client, address) == before
