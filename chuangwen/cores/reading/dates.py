"""Dates and frequencies: 到2023年底, 2025年前, 2024年6月底前, 2021-2023年, 三年内, 十四五末, 今年, 10月底前,
每年.

A mention is what is printed, resolved against the plan's period where the words need it. Which amounts it
governs is decided in `clauses`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from chuangwen.cores.reading.numerals import chinese_number


@dataclass(frozen=True, slots=True)
class Calendar:
    """What words without a year are resolved against.

    `first` and `last` bound the period (N年内 counts from its first year), `now` the year that 今年 means,
    `single` whether the document speaks of that one year, so that 年底前 and 10月底前 mean it too. None where
    the document says nothing.
    """

    first: int | None = None
    last: int | None = None
    now: int | None = None
    single: bool = False


@dataclass(frozen=True, slots=True)
class Mention:
    """A date at `text[start:end]`.

    `deadline` is YYYY, YYYY-MM or None where it cannot be resolved; `years` are the years of a range or list;
    `yearly` is True for 每年; `base` where the date is what something is compared with or counted from
    (比2020年), no deadline.
    """

    start: int
    end: int
    deadline: str | None = None
    years: tuple[int, ...] = ()
    yearly: bool = False
    base: bool = False


_YEAR = r"(?:19|20)\d\d"
_SMALL_NUMBER = "[一二两三四五六七八九十]|[1-9]"
_BY = "(?:年?底|末)?(?:之前|以前|前|内)?"
# Names that begin with 三年 speak of no time limit.
_NAMES = "行动|规划|计划|攻坚|提升|滚动|评选|一届|任务|方案|倍增|目标|大变|以来|来|度|级|制|期|龄|限|多|余"
_WORK = (
    "内|以内|之内|培[养育]|实现|完成|新建|建成|建设|打造|改造|新增|累计|力争|分别|下降|提高|增长|减少|引进|组织|"
    "开展|投入|共|达到|基本|全面|创建|整治|扶持"
)
_DATE = re.compile(
    rf"(?P<r1>{_YEAR})年?(?:-{{1,2}}|—{{1,2}}|~|至|到)(?P<r2>{_YEAR})年(?:期间|底|末)?"
    rf"|(?P<list>{_YEAR}年?(?:、{_YEAR}年?)*(?:、|和|及){_YEAR})年"
    rf"|(?P<ym>{_YEAR})年(?P<month>1[0-2]|0?[1-9])月(?:(?:[12]\d|3[01]|\d)日|份|中旬)?{_BY}"
    rf"|(?P<yh>{_YEAR})年(?P<half>[上下]半年|第?[一二三四]季度){_BY}"
    rf"|(?P<year>{_YEAR})年度?{_BY}"
    r"|(?P<hanzi>二零[一二三四五六][零一二三四五六七八九])年(?:底|末)?(?:前)?"
    r"|[“\"]?(?P<plan>十[一二三四五六七八九])五[”\"]?(?:规划)?(?:期末|末期|期间|时期末|时期|末|期)"
    rf"|(?<![\d.第近每前头连续隔满])(?P<span>{_SMALL_NUMBER})年(?:左右|多)?"
    rf"(?:的?时间|之?内|以内|(?=(?:计划)?(?:{_WORK}))(?![^,;。]{{0,4}}(?:计划|行动|规划|方案)(?!{_WORK})))"
    rf"|(?:用|利用|通过|经过|分|未来|今后|再用)(?P<span2>{_SMALL_NUMBER})个?年(?:左右)?(?:的?时间)?(?!{_NAMES})"
    rf"|(?P<now>今明两年|今年|本年度|本年|当年|明年)(?:(?P<now_month>1[0-2]|[1-9])月(?:份|底|末)?)?{_BY}"
    r"|(?P<within>(?<![一二两三四五六七八九十几\d])年内|年末|年底前?|全年)"
    r"|(?P<only_month>1[0-2]|[1-9])月(?:份|底|末|中旬)?(?:之前|以前|前|底)"
    r"|(?P<only_half>[上下]半年|第?[一二三四]季度)(?:末|底)?前?"
    r"|(?P<yearly>每年度?)"
)
_BASE_BEFORE = re.compile(r"(?:(?<!占)比|较|与|同|自|从|以|由|是|超|相比|对比|对照)[“\"]?$")
_START_AFTER = re.compile(r"起|开始|以来|远景|愿景|的(?!时间)|前?建成的|基础上|相比|同期|为基")
_PAST_SPAN = re.compile(r"(?:近|过去|连续|每|前|第|头|历时|已|隔|满|建市|长达|累计|过去的)$")
# The year belongs to a name: 举办2024年旅博会.
_NAMED_YEAR = re.compile(r"(?:办好|举办|筹办|承办|召开|印发|参加|荣获|入选|编制|当选|[《<])$")
_HALF_END = {"上": "06", "下": "12", "一": "03", "二": "06", "三": "09", "四": "12"}


def mentions(text: str, calendar: Calendar) -> list[Mention]:
    """All dates in a view's text, from left to right."""
    found: list[Mention] = []
    this_year = -1  # where 今年 was last said
    for match in _DATE.finditer(text):
        said = match.lastgroup == "within" and this_year >= 0 and "。" not in text[this_year : match.start()]
        found += _mention(text, match, replace(calendar, single=True) if said else calendar)
        if match["now"]:
            this_year = match.end()
    return found


def _mention(text: str, match: re.Match[str], calendar: Calendar) -> Iterator[Mention]:
    start, end = match.span()
    kind = match.lastgroup or ""
    lead = text[max(0, start - 4) : start]
    if kind == "yearly":
        if not text.startswith("每人", max(0, start - 2)) and not text.startswith("每户", max(0, start - 2)):
            yield Mention(start, end, yearly=True)
        return
    if kind in {"span", "span2"} and _PAST_SPAN.search(lead):
        return
    if kind in {"year", "ym", "yh"} and _NAMED_YEAR.search(lead):
        return
    after = text[end : end + 4]
    base = bool(_BASE_BEFORE.search(lead) or _START_AFTER.match(after))
    if kind in {"now", "now_month", "within"} and base:
        return
    yield Mention(start, end, _deadline(match, kind, calendar), _years(match), base=base)


def _years(match: re.Match[str]) -> tuple[int, ...]:
    if match["r1"]:
        first, last = int(match["r1"]), int(match["r2"])
        return tuple(range(first, last + 1)) if first < last <= first + 30 else ()
    if match["list"]:
        return tuple(int(year) for year in re.findall(_YEAR, match["list"]))
    return ()


def _deadline(match: re.Match[str], kind: str, calendar: Calendar) -> str | None:
    if kind == "r2":
        return str(match["r2"])
    if kind == "list":
        return str(max(re.findall(_YEAR, match["list"])))
    if kind == "month":
        return f"{match['ym']}-{int(match['month']):02}"
    if kind == "half":
        return f"{match['yh']}-{_half_end(match['half'])}"
    if kind == "year":
        return str(match["year"])
    if kind == "hanzi":
        return "".join(str("零一二三四五六七八九".index(char)) for char in match["hanzi"])
    if kind == "plan":
        return str(1955 + 5 * (chinese_number(match["plan"]) or 0))
    return _relative(match, kind, calendar)


def _relative(match: re.Match[str], kind: str, calendar: Calendar) -> str | None:
    if kind in {"span", "span2"}:
        length = match[kind]
        years = int(length) if length.isdigit() else chinese_number(length)
        return str(calendar.first + (years or 1) - 1) if calendar.first else None
    if calendar.now is None:
        return None
    if match["now"]:
        year = calendar.now + match["now"].startswith(("明年", "今明"))
        return f"{year}-{int(match['now_month']):02}" if match["now_month"] else str(year)
    if not calendar.single:
        return None
    if kind == "only_month":
        return f"{calendar.now}-{int(match['only_month']):02}"
    if kind == "only_half":
        return f"{calendar.now}-{_half_end(match['only_half'])}"
    return str(calendar.now)


def _half_end(words: str) -> str:
    return _HALF_END[words.removeprefix("第")[0]]
