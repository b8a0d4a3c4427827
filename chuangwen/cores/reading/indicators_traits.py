"""What kind of number a target is, where it holds, against what; conditions that name no number."""

from __future__ import annotations

import re
from typing import NamedTuple

from chuangwen.cores.reading.clauses import Clause
from chuangwen.cores.reading.indicators_refused import Place
from chuangwen.cores.reading.model import Baseline, Trait
from chuangwen.cores.reading.numerals import number
from chuangwen.cores.reading.quantities import COUNT, MONEY, quantities
from chuangwen.cores.reading.view import View

_SCOPE = re.compile(
    "各县市?区|各区县?|全市|全县|全区|市区|中心城区|主城区|城市建成区|建成区|城区|县城|市本级|农村地区|农村|城乡|大市范围"
)
_WORDS_OF = {
    Trait.CUMULATIVE: re.compile("累计|共计|总数|期间|分?[二两三四五]年(?:左右|时间|内|共)|未来|今后"),
    Trait.HELD_FLOOR: re.compile("保持|稳定在|维持在"),
    Trait.EACH: re.compile("每(?![年月季周天日万千百十平人])[^\\W\\d]|各$"),
    Trait.MEAN: re.compile("平均|年均"),
    Trait.PER_HEAD: re.compile("人均|户均|每[万千百]?人|每[万千百十]+[名户]|每平方公里|万人"),
    Trait.AGAINST_BASE: re.compile(
        "(?:增长|下降|提高|降低|减少|增加|提升|削减|压减|上涨|缩短|扩大|高)了?$|翻|(?<!占)比(?=[\\d“上去]|全)|较"
    ),
}
_BASE = re.compile(
    r"(?:由|从)(?P<from>[^,、;。]{1,16}?)(?=提高|提升|增加|增长|扩大|上升|降低|下降|减少|压缩|缩短|压减|增至|降至|升至)"
    r"|(?:(?<!占)比|较|与)(?P<than>(?:(?:19|20)\d\d年[底末]?|“?十[一二三四五]五”?期?末|上年|去年|上年同期|同期)[^\d,、;。]{0,2}?)"
    r"(?=翻|提高|提升|增|扩大|上升|降|减|压|相比|下降|低|高|前移)"
)
_FROM_ABOVE = re.compile(
    r"(?P<how>不低于|不超过|不高于|不突破|控制在|完成|达到|高于|低于)(?P<what>(?:国家|全?省|上级|自治区|市)[^,;。、\d]{0,6}"
    r"(?:下达|规定|核定|确定|定|平均)[^,;。、\d]{0,8}(?:指标|目标|任务|标准|要求|水平|以内|之内|内|计划))"
)
_CLASS = re.compile(
    r"(?P<how>全部达到|均达到|达到|优于|不低于|保持在?|稳定在)(?P<what>(?:国家|地表水|空气质量|环境)*"
    r"(?:[A-Ea-e]|[ⅠⅡⅢⅣⅤ]|[一二三四五])[类级](?:及?以上|标准|水体|水质)?(?:标准|水平)?)"
)
_AT_MOST = {"不超过", "不高于", "不突破", "控制在"}
_STRICT = {"高于": ">", "优于": ">", "低于": "<"}


class Condition(NamedTuple):
    """A target without a number at `text[start:end]`: the level is issued elsewhere or is a class."""

    start: int
    end: int
    comparator: str
    words: str
    trait: Trait


def scope_of(lead: str) -> str | None:
    """Where it holds, as the clause says: the last such word before the amount."""
    found = _SCOPE.findall(lead)
    return found[-1] if found else None


def baseline_of(view: View, clause: Clause) -> Baseline | None:
    """What the clause measures a change against: 由36%, 比2020年, 较上年."""
    match = _BASE.search(view.text, clause.start, clause.end)
    if not match:
        return None
    words = match["from"] or match["than"]
    start = match.start("from" if match["from"] else "than")
    year = re.search(r"((?:19|20)\d\d)年", words)
    amounts = [each for each in quantities(words) if each.unit != "年"] if match["from"] else []
    return Baseline(
        words=words,
        span=view.span(start, start + len(words)),
        value=amounts[-1].value if amounts else None,
        unit=amounts[-1].unit if amounts else "",
        year=int(year[1]) if year else _plan_year(words),
    )


def _plan_year(words: str) -> int | None:
    plan = re.search("十[一二三四五]", words)
    return 1955 + 5 * int(number(plan[0]) or 0) if plan else None


def traits_of(place: Place, name: str, yearly: bool, baseline: Baseline | None) -> tuple[Trait, ...]:
    """The kinds of number that the words about an amount make it."""
    quantity = place.quantity
    near = place.clear
    found = {trait for trait, words in _WORDS_OF.items() if words.search(near)}
    if _WORDS_OF[Trait.HELD_FLOOR].search(place.before):
        found.add(Trait.HELD_FLOOR)
    if Trait.CUMULATIVE not in found and quantity.kind in {COUNT, MONEY} and _over_years(place):
        found.add(Trait.CUMULATIVE)
    if quantity.kind not in {COUNT, MONEY} or yearly:
        found.discard(Trait.CUMULATIVE)
    if (yearly and "每年" in place.text[place.clause.start : place.quantity.start]) or (
        yearly and "年均" not in near
    ):
        found.add(Trait.YEARLY_ANEW)
    if quantity.bound in {"up", "down"}:
        found.discard(Trait.AGAINST_BASE)
    if "人均" in name or re.search("/(?:[万千]?人|户|平方公里|亩)", quantity.unit):
        found.add(Trait.PER_HEAD)
    if baseline is not None:
        found.add(Trait.AGAINST_BASE)
    if quantity.upper is not None:
        found.add(Trait.RANGE)
    return tuple(trait for trait in Trait if trait in found)


def _over_years(place: Place) -> bool:
    """Whether 三年内 or a range of years governs it."""
    return any(
        date.years or not re.match(r"\d{4}|今|年|全年|本年|每年", place.text[date.start : date.end])
        for date in place.clause.dates
    )


def may_have_conditions(text: str) -> bool:
    """Whether a text is worth looking through for conditions."""
    return bool(_FROM_ABOVE.search(text) or _CLASS.search(text))


def conditions(text: str, clause: Clause) -> list[Condition]:
    """Targets of a clause that name no number."""
    found = []
    for pattern, trait in ((_FROM_ABOVE, Trait.FROM_ABOVE), (_CLASS, Trait.ORDERED_CLASS)):
        for match in pattern.finditer(text, clause.start, clause.end):
            how = match["how"]
            comparator = "<=" if how in _AT_MOST else _STRICT.get(how, ">=")
            found.append(Condition(match.start(), match.end(), comparator, match["what"], trait))
    return found
