"""The sorts of target that plans state (DOMAIN.md 1.7), and how values add up in time and over districts."""

from __future__ import annotations

import re
from collections.abc import Collection
from enum import StrEnum

from chuangwen.cores.reading.model import Trait


class Accrual(StrEnum):
    """What a reported value counts."""

    LEVEL = "level"  # what is there on the day
    FLOW = "flow"  # what was added in the period alone
    YEAR_TO_DATE = "year_to_date"  # since 1 January
    PLAN_TO_DATE = "plan_to_date"  # since the plan began


class RollUp(StrEnum):
    """How values of districts become the city's."""

    SUM = "sum"
    RATIO_OF_SUMS = "ratio_of_sums"
    WORST = "worst"
    COUNT_REACHING = "count_reaching"
    NONE = "none"


class Kind(StrEnum):
    """A rule by which a target is judged; one target may follow several, a plain number follows none."""

    PER_YEAR = "per_year"  # 分别 36、62、60
    YEARLY_ANEW = "yearly_anew"  # 每年
    CUMULATIVE = "cumulative"  # 三年累计
    HELD_FLOOR = "held_floor"  # 保持在 … 以上
    EACH = "each"  # 每个不少于
    MEAN = "mean"  # 平均
    PER_HEAD = "per_head"  # 人均, 每平方公里
    AGAINST_BASE = "against_base"  # 比 2020 年
    FROM_ABOVE = "from_above"  # 不低于上级下达指标
    ORDERED_CLASS = "ordered_class"  # B 级以上
    RANGE = "range"  # 2-3 家
    ABOUT = "about"  # 左右
    NO_GROWTH = "no_growth"  # 原则上不新增
    PER_AREA = "per_area"  # 各县区均
    MILESTONE = "milestone"  # 出台, 建成: done or open
    JUDGED = "judged"  # a person says how it stands


class Shape(StrEnum):
    """How the planned path runs between the values that are promised."""

    LINEAR = "linear"
    STEPWISE = "stepwise"
    DRAWN = "drawn"


class Lamp(StrEnum):
    GO = "go"  # 正常
    NEAR = "near"  # 临近
    LATE = "late"  # 滞后
    NONE = "none"  # nothing can be said


class Change(StrEnum):
    """What the value of a target against a base is."""

    NONE = "none"  # a level of its own (由 61% 提高到 85%): the base is where the path starts
    RISE_PCT = "rise_pct"  # 增长 15 %: per cent of the base
    FALL_PCT = "fall_pct"  # 下降 20 %
    RISE = "rise"  # 提高 4 个百分点: in the unit of the base
    FALL = "fall"  # 下降 0.5 个百分点


_ABOUT = re.compile(r"左右|大约|(?<![公节预条契特])约(?=\d)")
_NO_GROWTH = re.compile("不(?:再)?(?:新增|增加|扩大)|零增长|只减不增")
_EVERY_AREA = re.compile("^[各每]")
_OF_CHANGE = re.compile("(?:幅度|增速|涨幅|降幅|增幅|(?:额|值|位次))$")
_FALLING = re.compile("(?:降|减|压|缩|削|下浮).{0,2}$")
_CLASS = re.compile("(劣Ⅴ|[A-Ea-eⅠⅡⅢⅣⅤ一二三四五])(?=(星?)级|类)")
_LADDERS = (
    ("A", "B", "C", "D", "E"),
    ("Ⅰ", "Ⅱ", "Ⅲ", "Ⅳ", "Ⅴ", "劣Ⅴ"),
    ("一", "二", "三", "四", "五"),
)


def kinds_of(
    traits: Collection[str],
    frequency: str = "",
    words: str = "",
    *,
    scope: str = "",
    also: Collection[Kind] = (),
) -> frozenset[Kind]:
    """The kinds of what a plan stores.

    `traits` are values of `cores.reading.Trait`, `words` the quote or phrase (about, no growth), `scope` is
    where it holds (各县区: in every one). `also` is what a person says: a milestone, judged by a person.
    """
    found = {Kind(trait) for trait in traits} | set(also)
    if frequency == "yearly":
        found.add(Kind.YEARLY_ANEW)
    if _ABOUT.search(words):
        found.add(Kind.ABOUT)
    if _NO_GROWTH.search(words):
        found.add(Kind.NO_GROWTH)
    if _EVERY_AREA.search(scope):
        found.add(Kind.PER_AREA)
    return frozenset(found)


def change_of(traits: Collection[str], name: str, unit: str) -> Change:
    """What the value of an indicator against a base is, from its name (…下降幅度) and unit (%, 百分点)."""
    if Trait.AGAINST_BASE not in traits or not (stem := _OF_CHANGE.search(name)):
        return Change.NONE
    falls = bool(_FALLING.search(name[: stem.start()]) or name.endswith("降幅"))
    if unit in {"%", "％"}:
        return Change.FALL_PCT if falls else Change.RISE_PCT
    return Change.FALL if falls else Change.RISE


def class_in(words: str) -> tuple[tuple[str, ...], str] | None:
    """The ladder of classes, best first, and the class that words name: B级以上, 优于Ⅲ类, 三星级."""
    match = _CLASS.search(words)
    if match is None:
        return None
    named = match[1].upper()
    ladder = next(ladder for ladder in _LADDERS if named in ladder)
    return (ladder[::-1] if match[2] else ladder), named
