"""What the office, a unit and a leader see: judgements first, every number with its source, nothing of others."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from chuangwen.kit import clock
from chuangwen.orgs.actions import add_post
from chuangwen.orgs.actors import Actor
from chuangwen.orgs.models import PeerGroup, PostTerm, Unit
from chuangwen.orgs.queries import posts_of
from chuangwen.orgs.rules import UnitKind
from chuangwen.orgs.testing import SYSTEM, make_unit, sign_in
from chuangwen.plans.models import Indicator, IndicatorVersion, Plan, PlanVersion, Target
from chuangwen.plans.tests.world import make_plan
from chuangwen.progress import actions
from chuangwen.progress.actions.computing import SYSTEM as COMPUTER
from chuangwen.progress.actions.values import write_value
from chuangwen.progress.models import Course, Following, TaskWeight, Value
from chuangwen.progress.rules.amounts import MICRO
from chuangwen.progress.rules.states import Mode

from .world import JUNE, MAY, NOW, Followed, at, fill, given, hand_in, open_month

APRIL = date(2021, 4, 30)
TODAY = date(2021, 6, 15)


@pytest.fixture(autouse=True)
def in_june(settings: Any) -> None:
    settings.TODAY_SHIFT = timedelta(0)
    settings.TODAY_SHIFT = TODAY - clock.today()
    settings.LANGUAGE_CODE = "zh-hans"


def page(client: Client, actor: Actor, name: str, *args: object, **query: str) -> Any:
    sign_in(client, actor)
    return client.get(reverse(f"progress:{name}", args=args), query)


def text(answer: Any) -> str:
    """What a page says, with plain spaces."""
    assert answer.status_code == 200
    return str(answer.content.decode()).replace("\u00a0", " ").replace("\u202f", " ")


def write(
    followed: Followed, name: str, last: date, number: float | None, *, unit: Unit | None = None, **more: Any
) -> Value:
    indicator, first = followed.indicator(name).pk, last.replace(day=1)
    value = write_value(
        COMPUTER,
        indicator_id=indicator,
        unit_id=(unit or followed.cast.city).pk,
        first_day=first,
        last_day=last,
        typed=given(number, **more),
        now=NOW,
    )
    actions.recompute_after([(indicator, first, last)], now=NOW)
    return value


def by_areas(followed: Followed, name: str, areas: list[Unit]) -> None:
    IndicatorVersion.objects.filter(indicator=followed.indicator(name)).update(roll_up="sum")
    course = Course.objects.get(indicator=followed.indicator(name))
    course.mode = Mode.AREAS
    course.save()
    course.areas.set(areas)


def peers(followed: Followed, more: int) -> list[Unit]:
    """The two districts and so many more, in one peer group."""
    added = [make_unit(followed.cast.city, f"第{n}区", kind=UnitKind.DISTRICT) for n in range(more)]
    areas = [followed.cast.east, followed.cast.river, *added]
    group = PeerGroup.objects.create(jurisdiction=followed.cast.city, name="各区")
    Unit.objects.filter(pk__in=[area.pk for area in areas]).update(peer_group=group)
    return areas


def queries(client: Client, path: str) -> int:
    client.get(path)
    count: list[str] = []

    def counted(execute: Any, sql: str, *rest: Any) -> Any:
        count.append(sql)
        return execute(sql, *rest)

    with connection.execute_wrapper(counted):
        assert client.get(path).status_code == 200
    return len(count)


def test_the_overview_judges_first_and_leads_to_what_stands_behind(
    client: Client, followed: Followed
) -> None:
    # 整修小路: 20 are due in 2021, so 20 × 151 / 365 = 8.3 by 31 May, the day of the report; 2 is behind, and no three reports.
    write(followed, "整修小路", MAY, 2)
    write(followed, "满意率", MAY, 92)
    words = text(page(client, followed.cast.office, "overview", followed.version.plan_id))
    assert "共 5 项指标，今日可评定 2 项：正常 1 项，临近 0 项，滞后 1 项。" in words
    assert "2021 年 5 月 31 日应达 8 条，已达 2 条，差 6 条；已有 1 期数据，不足 3 期，暂不预测。" in words
    key = followed.indicator("整修小路").key
    assert reverse("progress:indicator", args=[followed.version.plan_id, key]) in words
    assert "尚未开启报告期" in words


def test_programs_and_tasks_are_rolled_up_by_their_weights_with_coverage(
    client: Client, followed: Followed
) -> None:
    write(followed, "整修小路", MAY, 0)
    write(followed, "新建驿站", JUNE, 30)
    found = page(client, followed.cast.office, "overview", followed.version.plan_id).context["found"]
    roads, houses = found.programs[0].tasks
    assert (roads.share.value, roads.share.covered, roads.share.total) == (0, 1, 1)
    assert (houses.share.value, houses.share.covered, houses.share.total) == (1, 1, 2)
    assert found.programs[0].share.value * 2 == 1
    TaskWeight.objects.create(following=followed.following, task_id=houses.promise.id, weight=3)
    found = page(client, followed.cast.office, "overview", followed.version.plan_id).context["found"]
    assert found.programs[0].share.value * 4 == 3


def test_what_units_reported_and_what_is_stuck_stands_in_the_overview(
    client: Client, followed: Followed
) -> None:
    staff = followed.cast.urban_staff
    may = open_month(followed, MAY, at("2021-06-01T09:00"))
    stuck = {"progress": "stuck", "stuck_words": "征地未完成", "整修小路": given(3)}
    fill(followed, followed.item(may, staff, "T1"), staff, at("2021-06-03T10:00"), **stuck)
    hand_in(followed, may, staff, at("2021-06-03T10:00"))
    plan = followed.version.plan_id
    words = text(page(client, followed.cast.office, "overview", plan))
    assert "市城管局: 征地未完成" in words
    assert "3 个单位未报" in words  # due on 7 June
    assert reverse("progress:unit", args=[plan, followed.cast.housing.pk]) in words
    unnamed = text(page(client, followed.cast.observer, "overview", plan))
    assert "3 个单位未报" in unnamed
    assert "征地未完成" not in unnamed
    assert reverse("progress:unit", args=[plan, followed.cast.housing.pk]) not in unnamed


def test_what_changed_since_the_last_period(client: Client, followed: Followed) -> None:
    write(followed, "整修小路", APRIL, 7)  # 20 × 120 / 365 = 6.6 are due: on course
    open_month(followed, MAY, at("2021-06-01T09:00"))
    old = write(followed, "整修小路", MAY, 2)  # 9 of the 9.1 that are due today: near
    actions.correct_value(
        actor=followed.cast.office,
        value_id=old.pk,
        typed=given(1),  # 8 of 9.1: behind
        reason="重复统计",
        now=at("2021-06-10T09:00"),
    )
    answer = page(client, followed.cast.office, "overview", followed.version.plan_id)
    changes = answer.context["found"].changes
    assert (changes.since, changes.worse, changes.better) == (APRIL, 1, 0)
    assert "重复统计" in text(answer)


def test_a_leader_gets_ten_lines_and_their_own_first(client: Client, followed: Followed) -> None:
    rows = [
        IndicatorVersion.objects.create(
            plan_version=followed.version,
            indicator=Indicator.objects.create(plan=followed.version.plan, key=f"X{n}"),
            name=f"另一项{n}",
            unit_of_measure="个",
            accrual="plan_to_date",
            position=100 + n,
            state="accepted",
        )
        for n in range(11)
    ]
    for row in rows:
        Target.objects.create(indicator_version=row, position=0, deadline="2021", value=100)
        write_value(
            COMPUTER,
            indicator_id=row.indicator_id,
            unit_id=followed.cast.city.pk,
            first_day=MAY.replace(day=1),
            last_day=MAY,
            typed=given(1),
            now=NOW,
        )
    write(followed, "整修小路", MAY, 2)
    post = followed.version.taskversion_rows.get(task__key="T1").assignments.get(role="leader")
    words = text(page(client, followed.cast.leader, "leader", followed.version.plan_id))
    assert "由您牵头" not in words
    held = add_post(
        actor=SYSTEM,
        unit_id=followed.cast.city.pk,
        title="高市",
        holder_name="高市",
        starts_on=date(2021, 1, 1),
    )
    PostTerm.objects.filter(post=held).update(person=followed.cast.leader.person)
    post.post = held
    post.save()
    assert posts_of(followed.cast.leader.person, TODAY) == {held.pk}  # type: ignore[arg-type]
    answer = page(client, followed.cast.leader, "leader", followed.version.plan_id)
    ten = answer.context["ten"]
    assert (len(ten.lines), ten.left) == (10, 2)
    assert ten.lines[0].judged.promise.row.name == "整修小路"
    assert "由您牵头" in text(answer)


def test_a_stage_that_is_over_waits_for_who_decides(
    client: Client, followed: Followed, settings: Any
) -> None:
    settings.TODAY_SHIFT += timedelta(days=220)  # 21 January 2022; the first stage ended with 2021
    plan = followed.version.plan_id
    assert "第一阶段" in text(page(client, followed.cast.leader, "leader", plan))
    assert "待认定" not in text(page(client, followed.cast.observer, "leader", plan))


def test_indicators_are_listed_by_lamp_outlook_program_and_task(client: Client, followed: Followed) -> None:
    write(followed, "整修小路", MAY, 2)
    plan = followed.version.plan_id

    def shown(**query: str) -> list[str]:
        answer = page(client, followed.cast.office, "indicators", plan, **query)
        return [judged.promise.row.name for judged in answer.context["page"]]

    assert shown() == ["整修小路", "改造旧房", "新建驿站", "旧房改造", "满意率"]
    assert shown(lamp="late") == ["整修小路"]
    assert shown(lamp="none", program="P2") == ["旧房改造", "满意率"]
    assert shown(task="T2", chance="unknown") == ["改造旧房", "新建驿站"]
    assert shown(chance="likely") == []
    assert "没有这样的指标" in text(page(client, followed.cast.office, "indicators", plan, chance="likely"))


def test_an_indicator_shows_its_path_its_values_and_where_they_come_from(
    client: Client, followed: Followed
) -> None:
    old = write(followed, "整修小路", APRIL, 3)
    actions.correct_value(
        actor=followed.cast.office,
        value_id=old.pk,
        typed=given(4),
        reason="漏计一条",
        now=at("2021-05-10T09:00"),
    )
    write(followed, "整修小路", MAY, None, missing="台账核对中")
    key = followed.indicator("整修小路").key
    answer = page(client, followed.cast.office, "indicator", followed.version.plan_id, key)
    words = text(answer)
    assert (
        "20条" in words and "/document/?version=1" in words
    )  # the words of the document, and the way to them
    assert "漏计一条" in words and "2 次修订" in words
    assert "台账核对中" in words
    chart = answer.context["chart"]
    assert chart["reached"] == [["2021-04-30", 4.0], ["2021-05-31", None]]
    assert chart["path"][:2] == [["2020-12-31", 0.0], ["2021-12-31", 20.0]]
    assert chart["forecast"] is None
    assert 'data-chart="path-data"' in words and 'id="path-data"' in words


def test_a_partial_city_is_said_to_be_partial(client: Client, followed: Followed) -> None:
    areas = peers(followed, 0)
    by_areas(followed, "改造旧房", areas)
    write(followed, "改造旧房", MAY, 500, unit=areas[0])
    key = followed.indicator("改造旧房").key
    words = text(page(client, followed.cast.office, "indicator", followed.version.plan_id, key))
    assert "2 个单位中仅 1 个有数，合计数暂不能定" in words
    assert "数据不全" in words
    assert "1/2" in words


def test_areas_stand_beside_the_median_of_four_others_and_each_actor_sees_whom_it_may(
    client: Client, followed: Followed
) -> None:
    areas = peers(followed, 3)
    by_areas(followed, "改造旧房", areas)
    for area, number in zip(areas, [100, 10, 20, 30, 40], strict=True):
        write(followed, "改造旧房", MAY, number, unit=area)
    key = followed.indicator("改造旧房").key
    args = (followed.version.plan_id, key)
    lines = page(client, followed.cast.office, "indicator", *args).context["areas"]
    assert [line.unit for line in lines] == areas
    assert (lines[0].peers.median, lines[0].peers.peers) == (25, 4)
    assert (lines[1].peers.median, lines[1].value) == (35, 10)
    own = page(client, followed.cast.east_staff, "indicator", *args).context["areas"]
    assert [line.unit for line in own] == [followed.cast.east]
    assert page(client, followed.cast.observer, "indicator", *args).context["areas"] == []
    Value.objects.filter(unit=areas[4]).delete()
    lines = page(client, followed.cast.office, "indicator", *args).context["areas"]
    assert [line.peers for line in lines[:4]] == [None] * 4


def test_a_unit_sees_its_trends_beside_its_peers_and_its_tasks(client: Client, followed: Followed) -> None:
    areas = peers(followed, 3)
    by_areas(followed, "改造旧房", areas)
    given_by_month: list[tuple[date, list[int | None]]] = [
        (APRIL, [5, 1, 2, 3, None]),
        (MAY, [9, 4, 6, 8, 10]),
    ]
    for last, numbers in given_by_month:
        for area, number in zip(areas, numbers, strict=True):
            write(followed, "改造旧房", last, number, unit=area, missing="" if number else "未报")
    open_month(followed, MAY, at("2021-06-01T09:00"))
    answer = page(client, followed.cast.east_staff, "unit", followed.version.plan_id, followed.cast.east.pk)
    ((trend, chart),) = answer.context["trends"]
    assert [point.peers and point.peers.median for point in trend.points] == [None, 7]
    assert (chart["own"], chart["median"]) == ([5.0, 9.0], [None, 7.0])
    words = text(answer)
    assert "逾期" in words  # the report of May was due on 7 June
    assert "1 整修道路" in words
    assert "第0区" not in words


def test_a_unit_without_four_peers_is_told_so(client: Client, followed: Followed) -> None:
    areas = peers(followed, 0)
    by_areas(followed, "改造旧房", areas)
    write(followed, "改造旧房", MAY, 9, unit=areas[0])
    answer = page(client, followed.cast.office, "unit", followed.version.plan_id, areas[0].pk)
    assert "同组有数的其他单位不足四个，不列" in text(answer)
    assert "未分配" in text(answer)


def test_a_unit_answers_for_what_it_leads(client: Client, followed: Followed) -> None:
    write(followed, "整修小路", MAY, 2)
    answer = page(client, followed.cast.urban_staff, "unit", followed.version.plan_id, followed.cast.urban.pk)
    assert [judged.promise.row.name for judged in answer.context["found"].led] == ["整修小路"]
    assert answer.context["found"].own == []


def test_who_opens_the_page_of_a_unit(client: Client, followed: Followed) -> None:
    for who, unit, status in [
        ("office", "east", 200),
        ("leader", "east", 200),
        ("east_staff", "east", 200),
        ("east_staff", "river", 404),
        ("observer", "east", 404),
        ("stranger", "east", 404),
    ]:
        actor, one = getattr(followed.cast, who), getattr(followed.cast, unit)
        for name in ("unit", "monthly"):
            answer = page(client, actor, name, followed.version.plan_id, one.pk)
            assert answer.status_code == status, (who, unit, name)


def test_units_that_fall_short_are_counted_to_those_who_may_not_know_them(
    client: Client, followed: Followed
) -> None:
    areas = peers(followed, 0)
    by_areas(followed, "满意率", areas)
    IndicatorVersion.objects.filter(indicator=followed.indicator("满意率")).update(
        roll_up="worst", scope="各县区", baseline_value=None
    )
    write(followed, "满意率", MAY, 95, unit=areas[0])
    write(followed, "满意率", MAY, 85, unit=areas[1])
    args = (followed.version.plan_id, followed.indicator("满意率").key)
    named = text(page(client, followed.cast.office, "indicator", *args))
    counted = text(page(client, followed.cast.observer, "indicator", *args))
    judged = page(client, followed.cast.office, "indicator", *args).context["found"].judged
    assert judged.light.reached == 85
    assert "云河区" in named
    assert "云河区" not in counted


def test_the_list_tells_of_the_last_reports_and_leaders_go_to_their_lines(
    client: Client, followed: Followed
) -> None:
    open_month(followed, MAY, at("2021-06-01T09:00"))
    plan = followed.version.plan_id
    words = text(page(client, followed.cast.office, "list"))
    assert "2021 年 5 月" in words and "4 个单位，已报 0 个" in words
    assert f'hx-get="{reverse("progress:judgement", args=[plan])}"' in words
    assert reverse("progress:leader", args=[plan]) in text(page(client, followed.cast.leader, "list"))
    assert "共 5 项指标，今日均不能评定。" in text(page(client, followed.cast.office, "judgement", plan))
    assert page(client, followed.cast.administrator, "list").status_code == 403


def test_pages_of_plans_and_units_lead_to_the_progress(client: Client, followed: Followed) -> None:
    write(followed, "整修小路", MAY, 2)
    plan, key = followed.version.plan_id, followed.indicator("整修小路").key
    sign_in(client, followed.cast.office)
    for address in [
        reverse("plans:task", args=[plan, "T1"]),
        reverse("plans:indicator", args=[plan, key]),
    ]:
        words = text(client.get(address))
        assert "2021 年 5 月 31 日应达 8 条，已达 2 条，差 6 条" in words
        assert reverse("progress:indicator", args=[plan, key]) in words
    assert reverse("progress:judgement", args=[plan]) in text(
        client.get(reverse("plans:overview", args=[plan]))
    )
    unit = reverse("orgs:unit", args=[followed.cast.urban.pk])
    assert reverse("progress:unit", args=[plan, followed.cast.urban.pk]) in text(client.get(unit))
    sign_in(client, followed.cast.observer)
    assert reverse("progress:unit", args=[plan, followed.cast.urban.pk]) not in text(client.get(unit))


def test_a_county_plan_that_adds_to_the_city_is_named_once(client: Client, followed: Followed) -> None:
    county = make_plan(followed.cast.east, followed.cast.office)
    Plan.objects.filter(pk=county.plan_id).update(parent=followed.version.plan_id)
    actions.follow(actor=SYSTEM, version_id=county.pk, now=NOW)
    below = county.indicatorversion_rows.get(name="改造旧房").indicator
    Course.objects.filter(indicator=below).update(parent=followed.indicator("改造旧房"))
    key = followed.indicator("改造旧房").key
    words = text(page(client, followed.cast.office, "indicator", followed.version.plan_id, key))
    assert "各只计一次" in words
    assert words.count(reverse("progress:indicator", args=[county.plan_id, below.key])) == 1


def more_indicators(followed: Followed, count: int) -> None:
    """So many under T1, each with values that the two districts gave."""
    task = followed.version.taskversion_rows.get(task__key="T1")
    values: list[Value] = []
    for n in range(followed.version.plan.indicators.count() - 5, count):
        indicator = Indicator.objects.create(plan=followed.version.plan, key=f"Z{n}")
        row = IndicatorVersion.objects.create(
            plan_version=followed.version,
            indicator=indicator,
            name=f"新增{n}",
            unit_of_measure="个",
            accrual="plan_to_date",
            roll_up="sum",
            position=50 + n,
            state="accepted",
        )
        row.tasks.add(task)
        Target.objects.create(indicator_version=row, position=0, deadline="2022", value=100)
        course = Course.objects.create(following=followed.following, indicator=indicator, mode=Mode.AREAS)
        course.areas.set([followed.cast.east, followed.cast.river])
        values += [
            Value(
                indicator=indicator,
                unit=unit,
                first_day=last.replace(day=1),
                last_day=last,
                numerator=last.month * MICRO,
                as_of=last,
                made_at=NOW,
            )
            for last in (APRIL, MAY)
            for unit in (followed.cast.east, followed.cast.river)
        ]
    Value.objects.bulk_create(values)
    actions.recompute(followed.following, now=NOW)


def test_one_indicator_and_thirty_cost_the_same_number_of_queries(client: Client, followed: Followed) -> None:
    peers(followed, 0)
    open_month(followed, MAY, at("2021-06-01T09:00"))
    sign_in(client, followed.cast.office)
    plan = followed.version.plan_id
    more_indicators(followed, 1)
    addresses = [
        reverse("progress:overview", args=[plan]),
        reverse("progress:leader", args=[plan]),
        reverse("progress:indicators", args=[plan]),
        reverse("progress:indicator", args=[plan, "Z0"]),
        reverse("progress:unit", args=[plan, followed.cast.east.pk]),
        reverse("progress:ledger", args=[plan]),
        reverse("progress:monthly", args=[plan, followed.cast.east.pk]),
        reverse("plans:task", args=[plan, "T1"]),
    ]
    before = [queries(client, address) for address in addresses]
    more_indicators(followed, 30)
    assert [queries(client, address) for address in addresses] == before


def test_one_plan_and_thirty_cost_the_list_the_same_number_of_queries(
    client: Client, followed: Followed
) -> None:
    open_month(followed, MAY, at("2021-06-01T09:00"))
    sign_in(client, followed.cast.office)
    before = queries(client, reverse("progress:list"))
    for n in range(30):
        plan = Plan.objects.create(jurisdiction=followed.cast.city, title=f"方案{n}")
        version = PlanVersion.objects.create(
            plan=plan, state="confirmed", number=1, title=f"方案{n}", first_year=2021, created_at=NOW
        )
        Following.objects.create(plan=plan, plan_version=version)
    assert queries(client, reverse("progress:list")) == before
