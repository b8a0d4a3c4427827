"""How lights, shares and amounts are worded on pages of progress."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django import template
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from chuangwen.cores.series.forecasts import NoForecast
from chuangwen.cores.series.lights import Light
from chuangwen.cores.series.rollup import Share
from chuangwen.kit import formats
from chuangwen.kit.templatetags import kit
from chuangwen.plans.queries import Quote, TaskPromise
from chuangwen.plans.rules.content import TaskRow
from chuangwen.plans.words import accrual_words, roll_up_words, strength_words
from chuangwen.progress import formula_words, light_words, period_words
from chuangwen.progress.models import Beat, Period, Value
from chuangwen.progress.models.rhythm import PRODUCTS
from chuangwen.progress.models.values import ORIGINS
from chuangwen.progress.queries import IndicatorPage, Need, Overview, ProgramLine
from chuangwen.progress.queries.indicator import Input
from chuangwen.progress.queries.judging import Judged
from chuangwen.progress.queries.overview import TenLines, leads_in, tasks_of
from chuangwen.progress.queries.series import Point
from chuangwen.progress.rules.amounts import MICRO, decimal, value_of
from chuangwen.progress.rules.rhythm import Product, Span, every_of
from chuangwen.progress.rules.seen import Tally, outlook, way
from chuangwen.progress.rules.states import Origin

register = template.Library()


@register.simple_tag(takes_context=True)
def said(context: template.Context, judged: Judged) -> str:
    """The whole sentence; units are named in it where the page may name them."""
    return light_words.sentence(judged, names=bool(context.get("names")), today=context.get("today"))


@register.simple_tag
def lit(judged: Judged) -> SafeString:
    """The lamp with its word."""
    return kit.lamp(judged.light.lamp, light_words.word(judged))


@register.simple_tag
def unit_lit(judged: Judged) -> SafeString:
    """The lamp of a single unit with its word."""
    return kit.lamp(judged.light.lamp, light_words.unit_word(judged))


@register.simple_tag
def worst(tally: Tally) -> SafeString:
    """The worst lamp of several, with how many have it."""
    lamp = tally.worst
    word, count = str(light_words.LAMPS[lamp]), getattr(tally, lamp)
    if lamp == "go" or not tally.judged:
        return kit.lamp(lamp, word)
    return kit.lamp(lamp, gettext("%(word)s: %(count)s") % {"word": word, "count": count})


@register.simple_tag
def bar(judged: Judged) -> SafeString:
    """The way to the target: what is reached, with a tick at what is due today; "" where there is none."""
    found = way(judged.course, judged.light)
    if found is None:
        return SafeString("")
    words = light_words.light_words(judged)
    due = None if found.due_pct is None else _tenths(found.due_pct)
    return kit.path_bar(_tenths(found.reached_pct), due, judged.light.lamp, words)


@register.simple_tag
def share_bar(share: Share, tally: Tally) -> SafeString:
    """How much of what is due today is attained: a full bar is all of it."""
    if share.value is None:
        return SafeString("")
    return kit.path_bar(_tenths(share.value * 100), None, tally.worst, share_words(share))


@register.filter
def share_words(share: Share) -> str:
    """87 %, or a dash where nothing can be said."""
    return formats.quantity(None if share.value is None else decimal(share.value * 100, 0), "%")


@register.simple_tag
def amount(judged: Judged, value: Fraction | str | None) -> str:
    """A number of the indicator with its unit, rounded once; a dash where there is none ("" here too)."""
    return light_words.amount(judged, None if isinstance(value, str) else value)


@register.simple_tag
def amid(judged: Judged, value: Fraction | str | None) -> str:
    """A number from several units: with a decimal more than theirs, since it may lie between two."""
    unit = judged.promise.row.unit_of_measure
    known = None if isinstance(value, str) else decimal(value, light_words.places(judged) + 1)
    return formats.quantity(known, unit)


@register.filter
def as_of(judged: Judged) -> str:
    """The day of the last number that counts."""
    found = judged.light.params.get("as_of")
    return formats.day(found if isinstance(found, date) else None)


@register.filter
def aim(judged: Judged) -> str:
    """What is promised at the end: ≥ 120 条, 2–3 家, or the words of it."""
    return light_words.aim(judged)


@register.filter
def deadline(judged: Judged) -> str:
    """The last day on which anything is owed, as officials say it; "" without a target."""
    aims = judged.course.ordered
    return light_words.by(aims[-1].by) if aims else ""


@register.filter
def foreseen(judged: Judged) -> str:
    """The forecast with its interval, or a dash."""
    return light_words.interval(judged) or formats.MISSING


@register.filter
def chance(judged: Judged) -> str:
    """Whether it will be there in time, in a word; "" where nothing can be said."""
    found = outlook(judged.light, judged.forecast)
    return str(light_words.OUTLOOKS.get(found, ""))


@register.filter
def forecast_words(judged: Judged) -> str:
    return light_words.forecast_words(judged)


@register.filter
def why_missing(text: str) -> str:
    return formula_words.why_missing(text)


@register.filter
def plan_words(tally: Tally) -> str:
    return light_words.plan_words(tally)


@register.filter
def get(rows: dict[Any, Any], key: Any) -> Any:
    """The row with the key, None where there is none."""
    return rows.get(key)


def _tenths(share_pct: Fraction) -> Decimal:
    return decimal(share_pct, 1) or Decimal(0)


@register.filter
def called(period: Period) -> str:
    """2021 年 6 月"""
    return period_words.title(period.beat.every, period.first_day, period.last_day)


@register.filter
def called_span(span: tuple[date, date]) -> str:
    """The name of a period by its days alone."""
    return period_words.title(every_of(*span), *span)


@register.filter
def called_turn(span: Span, beat: Beat) -> str:
    """The name of a turn of the beat."""
    return period_words.title(beat.every, span.first, span.last)


@register.filter
def called_point(point: Point) -> str:
    return called_span((point.first_day, point.last_day))


@register.filter
def month(day: date) -> str:
    return formats.month(day)


@register.simple_tag
def strength(judged: Judged) -> SafeString:
    """确保 or 力争, as a chip."""
    row = judged.promise.row
    return kit.chip(strength_words(row.strength), "try" if row.strength == "stretch" else "must")


@register.filter
def lead_names(row: TaskRow) -> str:
    """Who leads a task, as printed."""
    return "、".join(leads_in([row]))


@register.filter
def leads_of(tasks: Iterable[TaskPromise]) -> str:
    """Who leads these tasks, as printed, each once."""
    return "、".join(leads_in(task.row for task in tasks))


@register.filter
def leads(line: ProgramLine) -> str:
    return "、".join(leads_in(task.promise.row for task in line.tasks))


@register.filter
def led_by(need: Need, found: Overview) -> str:
    """Who leads the tasks that it is about, as printed."""
    about = set(tasks_of(need))
    return "、".join(leads_in(task.row for task in found.judge.promises.tasks if task.id in about))


@register.filter
def is_mine(need: Need, ten: TenLines) -> bool:
    """Whether the leader leads a task that it is about."""
    return bool(set(tasks_of(need)) & set(ten.mine))


@register.filter
def title_in(task: Any, found: Overview) -> str:
    """The title of a task in the version that is followed."""
    return next((one.row.title for one in found.judge.promises.tasks if one.id == task.pk), task.key)


@register.filter
def lamp_word(light: Light) -> str:
    return str(light_words.LAMPS[light.lamp])


@register.simple_tag
def corrected(value: Value, found: Overview) -> SafeString:
    """A corrected value with its indicator, which it leads to."""
    judged = next(one for one in found.judged if one.promise.id == value.indicator_id)
    where = reverse("progress:indicator", args=[found.following.plan_id, judged.promise.row.key])
    return format_html('<a href="{}">{}</a> {}', where, judged.promise.row.name, revision(judged, value))


@register.simple_tag
def revision(judged: Judged, value: Value) -> str:
    """What a revision of a value said."""
    if value.words:
        return value.words
    unit = judged.promise.row.unit_of_measure
    known = value_of(value.numerator, value.denominator, unit)
    return (
        light_words.amount(judged, known) if known is not None else formula_words.why_missing(value.missing)
    )


@register.filter
def parts(point: Point) -> str:
    """What a share is a share of: 9 / 10; "" for anything else."""
    if point.denominator is None or point.numerator is None:
        return ""
    both = (formats.number(decimal(Fraction(one, MICRO))) for one in (point.numerator, point.denominator))
    return " / ".join(both)


@register.filter
def origin(point: Point) -> str:
    """Where the number comes from."""
    return str(_("from the areas") if point.origin == "rolled_up" else ORIGINS[Origin(point.origin)])


@register.filter
def coverage(judged: Judged) -> str:
    """How many of the areas are in the last value of the city; "" where it is not made from areas."""
    last = judged.last
    if last is None or last.expected is None:
        return ""
    return gettext("%(have)s of %(expected)s units") % {"have": last.have, "expected": last.expected}


@register.simple_tag
def forecast_method(judged: Judged) -> str:
    """How the forecast was made, or why there is none."""
    found = judged.forecast
    if isinstance(found, NoForecast):
        return light_words.forecast_words(judged)
    return gettext("%(method)s, %(points)s reports, interval %(pct)s %%") % {
        "method": light_words.METHODS[found.method],
        "points": found.points,
        "pct": found.confidence_pct,
    }


@register.simple_tag
def quoted(quote: Quote, found: IndicatorPage) -> SafeString:
    """Words of the document, which lead to their place in it."""
    where = reverse("plans:document", args=[found.following.plan_id])
    return format_html(
        '<a class="quote" href="{}?version={}&of={}&from={}&to={}#here">{}</a>',
        where,
        found.following.plan_version.number,
        quote.document_id,
        quote.start,
        quote.end,
        quote.text,
    )


@register.filter
def formula(found: IndicatorPage) -> str:
    """The formula with the names of what it reads."""
    return formula_words.formula_words(found.course.formula, found.names) if found.course else ""


@register.filter
def input_name(one: Input, found: IndicatorPage) -> str:
    name = formula_words.name_of(one.name, found.names)
    before = formula_words.PARTS.get(f"{one.period}.open")
    return f"{before}{name}" if before else name


@register.filter
def input_amount(one: Input) -> str:
    if one.value is None:
        return formula_words.why_missing(one.reason)
    return formats.quantity(decimal(one.value), one.unit)


@register.filter
def accrual(judged: Judged) -> str:
    return accrual_words(judged.promise.row.accrual)


@register.filter
def roll_up(judged: Judged) -> str:
    return roll_up_words(judged.promise.row.roll_up)


@register.simple_tag
def lamps() -> list[tuple[str, str]]:
    """Lamps to choose from."""
    return [(lamp.value, str(name)) for lamp, name in light_words.LAMPS.items()]


@register.simple_tag
def chances() -> list[tuple[str, str]]:
    """Outlooks to choose from."""
    return [(code, str(name)) for code, name in light_words.OUTLOOKS.items()]


@register.filter
def brought_out(beat: Beat) -> str:
    """What a beat brings out, in words."""
    return gettext("、").join(str(PRODUCTS[Product(code)]) for code in beat.produces)


@register.filter
def yuan(cents: int | str | None) -> str:
    """Cents as yuan; a dash where they are unknown, also where there is no row that could tell."""
    return formats.number(Decimal(cents).scaleb(-2) if isinstance(cents, int) else None)
