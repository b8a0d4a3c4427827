"""The years and phases of a plan, each with what is to be reached by its end."""

from __future__ import annotations

import re
from collections.abc import Sequence

from chuangwen.cores.reading.layout import Part
from chuangwen.cores.reading.model import Heading, Measure, Stage
from chuangwen.cores.reading.sections import Placed, clauses, placed, sentences
from chuangwen.cores.reading.view import View

_NUMERALS = {"一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5}
# 一年抓提升、两年见成效、三年抓巩固
_SLOGAN = re.compile(
    r"(?<![一-龥\d])(?P<year>一)年(?P<what>[^年、,。;]{2,8})(?:[、,][二两三四五]年[^年、,。;]{2,8})+"
)
_SLOGAN_YEAR = re.compile(r"(?P<year>[一二两三四五])年[^年、,。;”]{2,8}")
# 2021年为提升年
_NAMED_YEAR = re.compile(r"(?P<year>20\d\d)年(?:为|是|作为|确定为)“?(?P<title>[一-龥]{2,8}年)(?![一-龥])")
# 到2021年底,…
_YEAR_END = re.compile(
    r"(?:[^,。;:]{0,12},)?(?:到|至|——)?(?P<year>20\d\d)年(?:年?底|末)?前?(?:的?目标)?[,:](?P<goals>.+)"
)
# 第一阶段(2021年1月—6月):…, (二)集中攻坚阶段(2021年7月至2022年6月)。…
_PHASE = re.compile(
    r"(?:[■●◆·—]*\(?[一二三四五六\d]{1,2}[)、.]{1,2})?"
    r"(?P<title>第[一二三四五六](?:阶段|步)(?:[:、,]?[一-龥、“”]{2,14})?|[一-龥、“”]{2,14}(?:阶段|时期))"
    r"(?:\((?P<dates>[^()]{0,30}\d[^()]{0,30})\)|[:,](?P<said>20\d\d年[^,。;]{0,20}))?(?P<after>[。:.,]?)"
)
_DATES_FIRST = re.compile(r"\(?(20\d\d年[^,。;()]{0,24}?)\)?[。,;:]")
_DATED = re.compile(
    r"(?P<year>20\d\d)(?:年|\.|/|-(?=\d{1,2}(?!\d)))?(?:(?P<month>\d{1,2})(?:月|(?![\d年])))?"
)
_MONTH = re.compile(r"(?<!\d)(\d{1,2})月")
_LONGEST = 160


def read_stages(parts: Sequence[Part], heading: Heading) -> list[Stage]:
    """The stages, in the order of the text. A phase whose dates name no year has no deadline."""
    places = list(placed(parts, headings=True))
    years = _year_stages([p for p in places if p.part.task is None])
    slogans = _slogan_stages(places, heading)
    for stage in slogans:
        stage.goals = [goal for year in years if year.deadline == stage.deadline for goal in year.goals]
    taken = {stage.deadline for stage in slogans}
    found = slogans + [s for s in years if s.deadline not in taken] + _phases(places, heading)
    return sorted(found, key=lambda stage: stage.span)


def _slogan_stages(places: Sequence[Placed], heading: Heading) -> list[Stage]:
    first = heading.period[0] if heading.period else None
    for place in places:
        slogan = _SLOGAN.search(place.text)
        if slogan is None:
            continue
        found = []
        for match in _SLOGAN_YEAR.finditer(slogan.group()):
            n = _NUMERALS[match["year"]]
            span = place.part.view.span(slogan.start() + match.start(), slogan.start() + match.end())
            found.append(Stage(match.group(), span, str(first + n - 1) if first else None))
        return found
    return []


def _year_stages(places: Sequence[Placed]) -> list[Stage]:
    """Years that open sentences side by side, or that are given a name; a single year is no stage."""
    found: dict[str, Stage] = {}
    for place in places:
        if place.part.reports is True:
            continue
        text, view = place.text, place.part.view
        for match in _NAMED_YEAR.finditer(text):
            found.setdefault(match["year"], Stage(match["title"], view.span(*match.span()), match["year"]))
        for start, end in sentences(text):
            match = _YEAR_END.match(text, start, end)
            if match:
                title = text[start : match.start("goals") - 1]
                stage = found.setdefault(match["year"], Stage(title, view.span(start, end), match["year"]))
                stage.goals += _goals(view, clauses(text, match.start("goals"), end))
    return list(found.values()) if len(found) > 1 else []


def _goals(view: View, places: Sequence[tuple[int, int]]) -> list[Measure]:
    return [Measure(view.text[i:j], view.span(i, min(j, i + _LONGEST))) for i, j in places if j - i > 1]


def _phases(places: Sequence[Placed], heading: Heading) -> list[Stage]:
    found: list[Stage] = []
    at: tuple[int | None, int | None] | None = None
    for number, place in enumerate(places):
        part, text, view = place.part, place.text, place.part.view
        match = _PHASE.match(text)
        if (
            match
            and (said := _when(match, part, places[number + 1].text if number + 1 < len(places) else ""))
            is not None
        ):
            stage = Stage(match["title"].strip("“”、,:"), view.span(match.start("title"), match.end()))
            stage.deadline = _deadline(said, heading)
            stage.goals = _sentences(view, match.end())
            found.append(stage)
            at = (part.program, part.task)
        elif at is not None and (part.program, part.task) == at and part.kind != "heading":
            after = _DATES_FIRST.match(text)
            found[-1].goals += _sentences(view, after.end() if after else 0)
        else:
            at = None
    return found if len(found) > 1 else []


def _when(match: re.Match[str], part: Part, after: str) -> str | None:
    """The words for the time of a phase, "" if it has none; None if this is no phase."""
    if said := match["dates"] or match["said"]:
        return said
    ends = part.kind == "heading" and match.end() == len(part.view)
    if ends and (dates := _DATES_FIRST.match(after)):
        return dates[1]
    return "" if match["title"].startswith("第") and (match["after"] or ends) else None


def _sentences(view: View, start: int) -> list[Measure]:
    return _goals(view, [(i + start, j + start) for i, j in sentences(view.text[start:])])


def _deadline(said: str, heading: Heading) -> str | None:
    dates = list(_DATED.finditer(said))
    if dates:
        last = dates[-1]
        months = _MONTH.findall(said, last.end()) or ([last["month"]] if last["month"] else [])
        year = last["year"]
    else:
        months = _MONTH.findall(said)
        year = str(heading.period[0]) if heading.period and heading.period[0] == heading.period[1] else ""
    if not year:
        return None
    if re.search("[底末]$", said):
        return year
    return f"{year}-{int(months[-1]):02d}" if months and 1 <= int(months[-1]) <= 12 else year
