"""The beats at which a plan is followed, as data; periods of a beat; what a document's own rhythm
proposes.
"""

from __future__ import annotations

import calendar
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

DAY = timedelta(days=1)


class Every(StrEnum):
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    HALF_YEAR = "half_year"
    YEAR = "year"
    STAGE = "stage"  # the plan's own stages (年底, 第一阶段)


class Product(StrEnum):
    """What a turn of a beat brings out."""

    SUPERVISION = "supervision"  # 督查
    REPORT = "report"  # 报告
    ANALYSIS = "analysis"  # 观察、分析
    ASSESSMENT = "assessment"  # 测评
    BOARD = "board"  # 晒榜、公布
    BULLETIN = "bulletin"  # 通报
    APPRAISAL = "appraisal"  # 考核、算总账


class Asks(StrEnum):
    """Whom a turn of a beat asks for a report."""

    NOBODY = "nobody"  # what it brings out is computed
    KEY_TASKS = "key_tasks"  # the units of named key projects
    ALL = "all"


SHORT = frozenset({Every.DAY, Every.WEEK})  # 国办函〔2026〕12号: no report is asked for so often, see may_ask
ORDER = tuple(Every)
MONTHS = {Every.MONTH: 1, Every.QUARTER: 3, Every.HALF_YEAR: 6, Every.YEAR: 12}
_LONGEST = {Every.MONTH: 31, Every.QUARTER: 92, Every.HALF_YEAR: 184, Every.YEAR: 366}  # days
_TO_REPORT = 15  # days that a report usually takes: five working days, and as many until it is locked
_PRODUCTS = {
    "督查": Product.SUPERVISION,
    "督导": Product.SUPERVISION,
    "调度": Product.REPORT,
    "报告": Product.REPORT,
    "报送": Product.REPORT,
    "上报": Product.REPORT,
    "跟进": Product.REPORT,
    "观察": Product.ANALYSIS,
    "分析": Product.ANALYSIS,
    "研判": Product.ANALYSIS,
    "测评": Product.ASSESSMENT,
    "晒": Product.BOARD,
    "榜": Product.BOARD,
    "公布": Product.BOARD,
    "排名": Product.BOARD,
    "通报": Product.BULLETIN,
    "考核": Product.APPRAISAL,
    "总账": Product.APPRAISAL,
    "考评": Product.APPRAISAL,
}


@dataclass(frozen=True, kw_only=True)
class BeatLine:
    """One beat: `due_days` and `lock_days` are working days, from the period's last day and from the due
    day.
    """

    every: Every
    name: str
    produces: tuple[Product, ...]
    asks: Asks = Asks.NOBODY
    due_days: int = 5
    lock_days: int = 5


@dataclass(frozen=True, order=True)
class Span:
    """From the first to the last day, both counted."""

    first: date
    last: date


def may_ask(every: Every, asks: Asks) -> bool:
    """Beats shorter than a month ask nobody, or for named key projects only (国办函〔2026〕12号)."""
    return asks is not Asks.ALL or every not in SHORT


def products_of(duty: str) -> tuple[Product, ...]:
    """What a duty as printed (周通报, 年底算总账) brings out; an analysis where it names nothing known."""
    found = dict.fromkeys(product for word, product in _PRODUCTS.items() if word in duty)
    return tuple(found) or (Product.ANALYSIS,)


def proposed(rhythm: Iterable[tuple[str, str]], has_stages: bool) -> list[BeatLine]:
    """Beats for a plan from the (period, duty) that its document prescribes, the shortest first.

    The shortest beat of a month or more asks every unit for its report, so that nobody reports twice;
    where the document has none so long, each quarter does. The end of each stage is a beat where there are
    stages.
    """
    named: dict[Every, list[str]] = {}
    for period, duty in rhythm:
        named.setdefault(Every(period), []).append(duty)
    asking = next((every for every in MONTHS if every in named), Every.QUARTER)
    named.setdefault(asking, [])
    lines = [
        BeatLine(
            every=every,
            name="、".join(named[every]),
            produces=_brought_out(named[every], every is asking),
            asks=Asks.ALL if every is asking else Asks.NOBODY,
        )
        for every in ORDER
        if every in named
    ]
    if has_stages:
        stage = BeatLine(every=Every.STAGE, name="", produces=(Product.APPRAISAL,))
        lines.append(stage)
    return lines


def _brought_out(duties: Sequence[str], asking: bool) -> tuple[Product, ...]:
    products = dict.fromkeys(product for duty in duties for product in products_of(duty))
    return tuple(products | {Product.REPORT: None}) if asking else tuple(products)


def usual_lag(every: Every) -> int:
    """Days for which the last report of the beat is the newest that there can be; 0 of one shorter than a
    month.
    """
    return _LONGEST[every] + _TO_REPORT if every in _LONGEST else 0


def period_of(every: Every, day: date, stages: Sequence[Span] = ()) -> Span | None:
    """The period that `day` lies in; None for a day in no stage. Weeks begin on Monday."""
    match every:
        case Every.DAY:
            return Span(day, day)
        case Every.WEEK:
            first = day - timedelta(days=day.weekday())
            return Span(first, first + timedelta(days=6))
        case Every.STAGE:
            return next((stage for stage in stages if stage.first <= day <= stage.last), None)
    months = MONTHS[every]
    month = (day.month - 1) // months * months + 1
    return Span(date(day.year, month, 1), _month_end(day.year, month + months - 1))


def every_of(first: date, last: date) -> Every:
    """How long a period is that lasts from the first to the last day; a stage where it is no other."""
    span = Span(first, last)
    return next(
        (every for every in ORDER if every != Every.STAGE and period_of(every, first) == span), Every.STAGE
    )


def before(every: Every, span: Span, stages: Sequence[Span] = ()) -> Span | None:
    """The period before `span`; None before the first stage."""
    return period_of(every, span.first - DAY, stages)


def periods(every: Every, begins: date, ends: date, stages: Sequence[Span] = ()) -> Iterator[Span]:
    """Periods of the beat from the one that holds `begins` to the last that has begun by `ends`, in order."""
    if every is Every.STAGE:
        yield from stages
        return
    day = begins
    while day <= ends:
        span = period_of(every, day)
        if span is None:
            return
        yield span
        day = span.last + DAY


def stage_spans(begins: date, ends: Iterable[date]) -> list[Span]:
    """Stages that follow each other from `begins`, each to its last day; a day before the last one is
    none.
    """
    spans: list[Span] = []
    for end in sorted(set(ends)):
        first = spans[-1].last + DAY if spans else begins
        if end >= first:
            spans.append(Span(first, end))
    return spans


def _month_end(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])
