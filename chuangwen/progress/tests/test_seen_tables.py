"""The progress ledger, a unit's table by period and all values, as they leave the house."""

from __future__ import annotations

import csv
from datetime import date, timedelta
from io import BytesIO, StringIO
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from python_calamine import CalamineWorkbook

from chuangwen.kit import clock
from chuangwen.orgs.actors import Actor
from chuangwen.orgs.models import Unit
from chuangwen.orgs.testing import sign_in
from chuangwen.progress import actions

from .test_seen_pages import APRIL, by_areas, peers, write
from .world import MAY, Followed, at, fill, given, hand_in, open_month


@pytest.fixture(autouse=True)
def in_june(settings: Any) -> None:
    settings.TODAY_SHIFT = timedelta(0)
    settings.TODAY_SHIFT = date(2021, 6, 15) - clock.today()


def taken(client: Client, actor: Actor, name: str, *args: object) -> Any:
    sign_in(client, actor)
    answer = client.get(reverse(f"progress:{name}", args=args))
    assert answer.status_code == 200
    assert "attachment" in answer["Content-Disposition"]
    return answer


def sheets(answer: Any) -> dict[str, list[dict[str, Any]]]:
    """Rows of each sheet by the titles of its columns, which stand in the third row."""
    book = CalamineWorkbook.from_filelike(BytesIO(answer.content))
    found: dict[str, list[dict[str, Any]]] = {}
    for name in book.sheet_names:
        rows = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
        found[name] = [dict(zip(map(str, rows[2]), row, strict=True)) for row in rows[3:]]
    return found


def lines(answer: Any) -> list[dict[str, str]]:
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    return list(csv.DictReader(StringIO(text)))


def test_the_ledger_has_every_indicator_and_every_task(client: Client, followed: Followed) -> None:
    staff = followed.cast.urban_staff
    may = open_month(followed, MAY, at("2021-06-01T09:00"))
    stuck = {"progress": "stuck", "stuck_words": "征地未完成", "整修小路": given(2.5)}
    fill(followed, followed.item(may, staff, "T1"), staff, at("2021-06-03T10:00"), **stuck)
    hand_in(followed, may, staff, at("2021-06-03T10:00"))
    found = sheets(taken(client, followed.cast.office, "ledger", followed.version.plan_id))
    roads = found["指标"][0]
    assert (roads["指标"], roads["牵头单位"], roads["目标值"]) == ("整修小路", "市城管局", "≥ 40\u00a0条")
    assert (roads["已达"], roads["应达进度"], roads["状态"]) == (2.5, 8.3, "滞后")
    assert roads["预测"] == "—"
    assert (
        roads["情况说明"]
        .replace("\u00a0", " ")
        .startswith("2021 年 5 月 31 日应达 8.3 条，已达 2.5 条，差 5.8 条")
    )
    assert found["指标"][1]["已达"] == "—"  # missing is never zero
    assert len(found["指标"]) == 5
    task = found["任务"][0]
    assert (task["任务"], task["办理情况"], task["已评定"]) == ("整修道路", "遇到困难", 1)
    assert "征地未完成" in task.values()
    seen = sheets(taken(client, followed.cast.observer, "ledger", followed.version.plan_id))
    assert "征地未完成" not in seen["任务"][0].values()


def test_a_unit_takes_its_table_by_period_along(client: Client, followed: Followed) -> None:
    areas = peers(followed, 0)
    by_areas(followed, "改造旧房", areas)
    write(followed, "改造旧房", APRIL, 0, unit=areas[0])
    write(followed, "改造旧房", MAY, None, unit=areas[0], missing="未报")
    found = sheets(taken(client, followed.cast.east_staff, "monthly", followed.version.plan_id, areas[0].pk))
    (row,) = found["本单位指标"]
    assert (row["指标"], row["2021 年 4 月"], row["2021 年 5 月"], row["状态"]) == (
        "改造旧房",
        0,
        "—",
        "未分配",
    )


def test_a_unit_without_indicators_gets_an_empty_table(client: Client, followed: Followed) -> None:
    unit = followed.cast.river
    found = sheets(taken(client, followed.cast.office, "monthly", followed.version.plan_id, unit.pk))
    assert found == {"本单位指标": []}


def test_all_values_with_their_revisions_and_nothing_that_runs_as_a_formula(
    client: Client, followed: Followed
) -> None:
    areas = peers(followed, 0)
    by_areas(followed, "改造旧房", areas)
    Unit.objects.filter(pk=areas[1].pk).update(name="=1+1区")
    write(followed, "改造旧房", MAY, 500, unit=areas[1])
    old = write(followed, "满意率", MAY, 90, of=100)
    actions.correct_value(
        actor=followed.cast.office,
        value_id=old.pk,
        typed=given(None, missing="@重算"),
        reason="-分母有误",
        now=at("2021-06-10T09:00"),
    )
    found = lines(taken(client, followed.cast.office, "values", followed.version.plan_id))
    area, first, second, rolled = found
    assert (area["单位"], area["数值"], area["来源"]) == ("'=1+1区", "500", "单位填报")
    assert (first["数值"], first["分子"], first["分母"], first["是否计入"]) == ("90", "90", "100", "否")
    assert (second["修订次"], second["数值"], second["缺数原因"], second["原因"]) == (
        "2",
        "",
        "'@重算",
        "'-分母有误",
    )
    assert (rolled["单位"], rolled["数值"], rolled["有数单位数"], rolled["应报单位数"]) == (
        "云浦市",
        "500",
        "1",
        "2",
    )
    seen = lines(taken(client, followed.cast.observer, "values", followed.version.plan_id))
    assert {row["单位"] for row in seen} == {"云浦市"}
