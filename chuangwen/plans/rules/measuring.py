"""Exact values, and a first guess at how an indicator's values add up in time and over districts."""

from __future__ import annotations

from collections.abc import Collection
from decimal import Decimal, InvalidOperation

from chuangwen.cores.errors import BadInput
from chuangwen.cores.reading.model import Trait
from chuangwen.cores.series.kinds import Accrual, RollUp

SIGNIFICANT_DIGITS = 15  # what a float keeps exactly: SQLite stores decimals as floats
DECIMAL_PLACES = 6
WHOLE_DIGITS = 14  # of the column: 20 digits, 6 of them decimals


RATES = {"%", "‰", "百分点", "个百分点", "成", "番", "倍"}
TIMES = ("日", "天", "小时", "分钟", "工作日", "月", "年", "分")
MADE = (
    "新",
    "改",
    "建",
    "增",
    "培",
    "整治",
    "治理",
    "打造",
    "完成",
    "举办",
    "开展",
    "组建",
    "评选",
    "创",
    "加装",
    "推",
)


def fits(value: Decimal | None) -> bool:
    """Whether `value` can be kept exactly on both databases; None can."""
    if value is None:
        return True
    if not value.is_finite():
        return False
    digits = value.normalize().as_tuple()
    exponent = int(digits.exponent)
    whole = max(len(digits.digits) + exponent, 0)
    return len(digits.digits) <= SIGNIFICANT_DIGITS and exponent >= -DECIMAL_PLACES and whole <= WHOLE_DIGITS


def checked_value(value: Decimal | None) -> Decimal | None:
    """The value itself. Raises BadInput where it has more digits than can be kept exactly."""
    if not fits(value):
        raise BadInput("plans.too_many_digits", value=str(value), digits=SIGNIFICANT_DIGITS)
    return value


def number(text: str) -> Decimal:
    """A number as people type it, with thousands separators or without. Raises BadInput."""
    plain = text.strip().replace(",", "").replace("，", "")
    try:
        value = Decimal(plain)
    except InvalidOperation:
        raise BadInput("plans.not_a_number", value=text) from None
    return checked_value(value) or Decimal(0)


def plain(value: Decimal | None) -> str:
    """Digits without exponent and without zeros at the end; "" for None."""
    if value is None:
        return ""
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def accrual_of(traits: Collection[str], unit: str, name: str, frequency: str) -> Accrual:
    """How values add up in time.

    Rates, means, densities, classes, floors to hold and changes against a base are levels on a day. A count
    owed anew each year runs since the year began; a count for each named year is of that year alone; a
    count over the whole period, or one whose name says that something is made, runs since the plan began.
    """
    levels = {
        Trait.HELD_FLOOR,
        Trait.EACH,
        Trait.MEAN,
        Trait.PER_HEAD,
        Trait.AGAINST_BASE,
        Trait.ORDERED_CLASS,
    }
    if _is_rate(unit) or levels & set(traits) or Trait.FROM_ABOVE in traits:
        return Accrual.LEVEL
    if frequency == "yearly" or Trait.YEARLY_ANEW in traits:
        return Accrual.YEAR_TO_DATE
    if Trait.PER_YEAR in traits:
        return Accrual.FLOW
    if Trait.CUMULATIVE in traits or name.startswith(MADE):
        return Accrual.PLAN_TO_DATE
    return Accrual.LEVEL


def roll_up_of(traits: Collection[str], unit: str, comparator: str) -> RollUp:
    """How values of districts become the city's.

    Rates, means and per-head figures are ratios of sums; what holds for each one, a class or a time limit
    is the worst; a change against a base and a concentration do not roll up; everything else that has a
    unit is counted and summed.
    """
    if Trait.AGAINST_BASE in traits:
        return RollUp.NONE
    if {Trait.EACH, Trait.ORDERED_CLASS} & set(traits) or (
        comparator in {"<=", "<"} and unit.endswith(TIMES)
    ):
        return RollUp.WORST
    if unit in RATES or {Trait.MEAN, Trait.PER_HEAD} & set(traits):
        return RollUp.RATIO_OF_SUMS
    return RollUp.NONE if not unit or _is_rate(unit) else RollUp.SUM


def _is_rate(unit: str) -> bool:
    return unit in RATES or "/" in unit or "每" in unit
