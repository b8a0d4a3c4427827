"""The day of issue and the years that a document plans for."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from chuangwen.cores.reading.heading_title import ISSUER, TOP
from chuangwen.cores.reading.layout import Paragraph
from chuangwen.cores.reading.outline_marks import numeral

_STAMP_AT_MOST = 60
_DAY = re.compile(r"(\d{4})[-./年](\d{1,2})[-./月](\d{2}|\d(?!\d))日?")  # its hour may follow without a gap
_DAY_IN_HANZI = re.compile(
    r"([二一][零O一二三四五六七八九]{3})年([一二三四五六七八九十]{1,3})月([一二三四五六七八九十]{1,3})日"
)
_BRACKETED_DAY = re.compile(r"\([^()]*(?:19|20)\d\d年\d{1,2}月\d{1,2}日")
_TIME_LIMIT = re.compile(r"前|底|以来|完成|[。,;]")

_TO = r"(?:[-—~～至到])+"
_RANGE = re.compile(rf"(20\d\d)年?{_TO}(20\d\d)")
_MONTHS = re.compile(rf"(20\d\d)年\d{{1,2}}月(?:\d{{1,2}}日)?起?{_TO}(20\d\d)年\d{{1,2}}月")
_RANGE_OF_PLAN = re.compile(rf"20\d\d年?{_TO}20\d\d年?[^,。;]{{0,20}}(?:行动|计划|攻坚|方案)")
_NAME = re.compile("《([^《》]{4,60})》")
_STAGE = re.compile(r"阶段[^。]{0,20}\(")
_FROM_YEAR = re.compile(r"[自从](20\d\d)年(?:开始|起)?,?[^,。;]{0,8}?([二两三四五])年(?:时间|左右|内|努力)")
_YEARS = re.compile(
    r"(?<!\d)([二两三四五2-5])年(?:行动|计划|时间|努力|内|左右|来|的|为期)|(?:用|利用|通过|力争|为期|以)([二两三四五2-5])年"
)
_FIVE_YEARS = re.compile(r"十([一二三四五六])五")
_YEAR_OF_WORK = re.compile(r"(20\d\d)年[^\W\d_]{0,10}(?:工作|任务|计划|要点|目标|安排|打算|重点)")
_LOOKS_BACK = re.compile("回顾|总结|完成情况")
_HEAD_AT_MOST = 40
_EARLY = 40  # paragraphs in which a range may be the plan's

Years = tuple[int, int]


def issued_on(paragraphs: Sequence[Paragraph]) -> str | None:
    """The day signed (a line behind the issuer or at the end), else the day of publication at the top."""
    published: str | None = None
    for i, paragraph in enumerate(paragraphs):
        text = paragraph.view.text
        visited = text.startswith("今天")  # the day on which the page was called up
        day = _day(text) if len(text) <= _STAMP_AT_MOST and not paragraph.cells and not visited else None
        if not day:
            continue
        issuer = ISSUER.search(_DAY.sub("", text))  # on the same line
        alone = (issuer or len(text) <= 16) and "年" in text and not text.startswith("时间")
        signed = i >= len(paragraphs) - 3 or (i > 0 and ISSUER.search(paragraphs[i - 1].view.text))
        if (alone and signed) or (i < TOP and _BRACKETED_DAY.match(text)):
            return day
        if published is None and i < TOP and _is_stamp(text):
            published = day
    return published


def _is_stamp(text: str) -> bool:
    return len(_DAY.sub("", text)) <= 30 and not _TIME_LIMIT.search(text)


def _day(text: str) -> str | None:
    if match := _DAY.search(text):
        year, month, day = (int(group) for group in match.groups())
    elif match := _DAY_IN_HANZI.search(text):
        year = int("".join(str("零一二三四五六七八九".index(char.replace("O", "零"))) for char in match[1]))
        month, day = numeral(match[2]) or 0, numeral(match[3]) or 0
    else:
        return None
    printed = 1980 <= year <= 2100 and 1 <= month <= 12 and 1 <= day <= 31
    return f"{year:04}-{month:02}-{day:02}" if printed else None


def period_of(paragraphs: Sequence[Paragraph], title: str, kind: str, issued: str | None) -> Years | None:
    """The printed range of years; of a report, the year or five years that it plans for; else None."""
    if found := _five_years(title) or _range(title):
        return found
    if kind == "work_report":
        return _planned(paragraphs, title)
    return _plan_range(paragraphs) or _counted(paragraphs, issued) or _one_year(title)


def _five_years(text: str) -> Years | None:
    """The years of a five-year plan: the eleventh ran from 2006 to 2010."""
    plan = _FIVE_YEARS.search(text)
    if not plan:
        return None
    first = 2006 + 5 * ((numeral(plan[1]) or 1) - 1)
    return first, first + 4


def _range(text: str) -> Years | None:
    match = _RANGE.search(text) or _MONTHS.search(text)
    if not match:
        return None
    first, last = int(match[1]), int(match[2])
    return (first, last) if first <= last <= first + 15 else None


def _one_year(title: str) -> Years | None:
    match = re.search(r"(20\d\d)年", title)
    return (int(match[1]), int(match[1])) if match else None


def _plan_range(paragraphs: Sequence[Paragraph]) -> Years | None:
    """The range in the plan's name, else the first one printed; that of stages, from first to last."""
    for paragraph in paragraphs:
        for name in _NAME.finditer(paragraph.view.text):
            if re.search("行动|计划|方案|意见", name[1]) and (found := _range(name[1])):
                return found
    stages: list[Years] = []
    for paragraph in paragraphs[:_EARLY]:
        text = paragraph.view.text
        if years := _FROM_YEAR.search(text):
            return int(years[1]), int(years[1]) + (numeral(years[2]) or 1) - 1
        if found := _range(text):
            if not _STAGE.search(text):
                return found
            stages.append(found)
    return (min(first for first, _ in stages), max(last for _, last in stages)) if stages else None


def _planned(paragraphs: Sequence[Paragraph], title: str) -> Years | None:
    """What the headings of a report say that it plans: five years, a plan's range, or the last year named."""
    heads = [title, *(each.view.text for each in paragraphs if len(each.view) <= _HEAD_AT_MOST)]
    for text in heads:
        if found := _five_years(text):
            return found
    for paragraph in paragraphs[:TOP]:
        if named := _RANGE_OF_PLAN.search(paragraph.view.text):
            return _range(named[0])
    ahead = [text for text in heads if not _LOOKS_BACK.search(text)]
    years = [int(year[1]) for text in ahead for year in _YEAR_OF_WORK.finditer(text)]
    return (years[-1], years[-1]) if years else None


def _counted(paragraphs: Sequence[Paragraph], issued: str | None) -> Years | None:
    """Issue year, a stated number of years, and one common last year that fits both."""
    if issued is None:
        return None
    text = "\n".join(paragraph.view.text for paragraph in paragraphs)
    lengths = Counter(numeral(match[1] or match[2]) or 0 for match in _YEARS.finditer(text))
    if not lengths:
        return None
    length = lengths.most_common(1)[0][0]
    named = Counter(int(year) for year in re.findall(r"(20\d\d)年", text))
    for first in (int(issued[:4]), int(issued[:4]) + 1):
        last = first + length - 1
        if last in named and not any(year > last and times > 1 for year, times in named.items()):
            return first, last
    return None
