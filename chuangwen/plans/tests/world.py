"""A small document of 云浦市, what a reader finds in it, and the drafts that tests begin with."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from chuangwen.cores.reading.model import (
    Announced,
    Assignment,
    Baseline,
    Beat,
    Doubt,
    Goal,
    Heading,
    Indicator,
    LeftOut,
    Measure,
    Mechanism,
    Program,
    Reading,
    Span,
    Stage,
    Task,
    Trait,
)
from chuangwen.orgs.actors import Actor
from chuangwen.orgs.models import Unit
from chuangwen.plans import actions
from chuangwen.plans.models import Document, PlanVersion

NOW = datetime(2021, 4, 16, 1, tzinfo=UTC)
LATER = datetime(2022, 5, 6, 1, tzinfo=UTC)
TEXT = """云浦市三年行动计划（2021—2023年）
争创示范城市，推动东浦区先行一步。
一、宜居行动
1.整修道路。2021年、2022年分别整修小路20条、40条，广告位招租突出抓好两项工作。（牵头领导：高市；牵头单位：市城管局；成员单位：市住建局、各区政府）
2.改造旧房。到2022年改造旧房4.5万户，年底前新建驿站30个。（牵头单位：市住建局；成员单位：市奇石办）
二、清洁行动
3.管好旧房。到2022年改造旧房4.5万户，满意率由2020年的80%提高到90%以上，去年已改造旧房9000户。（牵头单位：市住建局）
第一阶段（2021年）打好基础。
实行月调度，开展红黑榜。
"""


def place(words: str, nth: int = 1, text: str = TEXT) -> Span:
    start = -1
    for _ in range(nth):
        start = text.index(words, start + 1)
    return Span(start, start + len(words))


def promise(
    text: str, words: str, name: str, value: str, unit: str, task: int, nth: int = 1, **more: Any
) -> Indicator:
    span = place(words, nth, text)
    given = {"kind": "target", "comparator": ">=", "value_span": span} | more
    return Indicator(name=name, value=Decimal(value), unit=unit, span=span, task=task, **given)


def reading(text: str = TEXT) -> Reading:
    """What a careful reader finds in TEXT, or where the first figure of the houses differs from it."""
    lines = [place(line, text=text) for line in text.splitlines()]

    def at(words: str, nth: int = 1) -> Span:
        return place(words, nth, text)

    def unit(role: str, name: str, nth: int = 1) -> Assignment:
        return Assignment(role, name, at(name, nth))

    houses = text[text.index("改造旧房", text.index("到2022年")) + 4 : text.index("万户")]
    return Reading(
        text,
        Heading("云浦市三年行动计划", lines[0], "云浦", "action_plan", "2021-04-16", (2021, 2023)),
        goals=[
            Goal("争创示范城市", at("争创示范城市"), "stretch"),
            Goal("推动先行一步", at("先行一步"), jurisdictions=("东浦区",), year=2023),
        ],
        programs=[
            Program("宜居行动", at("宜居行动"), Span(lines[2].start, lines[4].end), "一"),
            Program("清洁行动", at("清洁行动"), Span(lines[5].start, lines[6].end), "二"),
        ],
        tasks=[
            Task(
                "整修道路",
                at("整修道路"),
                lines[3],
                "1",
                0,
                [
                    unit("leader", "高市"),
                    unit("lead", "市城管局"),
                    unit("member", "市住建局"),
                    unit("member", "各区政府"),
                ],
                [Measure("突出抓好两项工作", at("突出抓好两项工作"))],
            ),
            Task(
                "改造旧房",
                at("改造旧房"),
                lines[4],
                "2",
                0,
                [unit("lead", "市住建局", 2), unit("member", "市奇石办")],
            ),
            Task("管好旧房", at("管好旧房"), lines[6], "3", 1, [unit("lead", "市住建局", 3)]),
        ],
        indicators=[
            promise(text, "20条", "整修小路", "20", "条", 0, deadline="2021", traits=(Trait.PER_YEAR,)),
            promise(text, "40条", "整修小路", "40", "条", 0, deadline="2022", traits=(Trait.PER_YEAR,)),
            promise(
                text,
                f"改造旧房{houses}万户",
                "改造旧房",
                str(Decimal(houses) * 10000),
                "户",
                1,
                deadline="2022",
            ),
            promise(text, "新建驿站30个", "新建驿站", "30", "个", 1, strength="mandatory"),
            promise(
                text,
                "改造旧房4.5万户",
                "旧房改造",
                "45000",
                "户",
                2,
                2 if houses == "4.5" else 1,
                deadline="2022",
            ),
            promise(
                text,
                "90%以上",
                "满意率",
                "90",
                "%",
                2,
                baseline=Baseline("2020年的80%", at("2020年的80%"), Decimal(80), "%", 2020),
            ),
            promise(
                text,
                "改造旧房9000户",
                "改造旧房",
                "9000",
                "户",
                2,
                kind="result",
                comparator="=",
                deadline="2020",
            ),
        ],
        stages=[Stage("第一阶段", lines[7], "2021", [Measure("打好基础", at("打好基础"))])],
        rhythm=[Beat("month", "调度", at("月调度"))],
        mechanisms=[Mechanism("红黑榜", at("红黑榜"))],
        announced=[Announced("measures", 2, 1, at("两项工作"))],
        doubts=[
            Doubt("year_end", at("年底前"), {"words": "年底前", "count": "1"}, ("2021", "2022", "不设时限"))
        ],
        left_out=[LeftOut(at("广告位招租"), "advert")],
    )


def make_document(city: Unit, text: str = TEXT, name: str = "plan.txt") -> Document:
    data = text.encode()
    sha256 = hashlib.sha256(data).hexdigest()
    return Document.objects.create(
        jurisdiction=city,
        name=name,
        sha256=sha256,
        size=len(data),
        format="text",
        encoding="utf-8",
        text=text,
        text_sha256=sha256,
        received_at=NOW,
    )


def make_draft(city: Unit, office: Actor) -> PlanVersion:
    """A draft of the plan in TEXT: three tasks, five indicators, one result; nothing checked yet."""
    return actions.draft_from_reading(actor=office, document=make_document(city), reading=reading(), now=NOW)


def make_plan(city: Unit, office: Actor) -> PlanVersion:
    """The plan in TEXT, confirmed as version 1 as it was read."""
    draft = make_draft(city, office)
    actions.accept_rest(actor=office, version_id=draft.pk, version=draft.version)
    draft.refresh_from_db()
    return actions.confirm(actor=office, version_id=draft.pk, version=draft.version, now=NOW)


def task_row(version: PlanVersion, key: str) -> Any:
    return version.taskversion_rows.get(task__key=key)


def indicator_row(version: PlanVersion, key: str) -> Any:
    return version.indicatorversion_rows.get(indicator__key=key)
