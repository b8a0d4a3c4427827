"""The years and phases of a plan, each with what is to be reached by its end."""

from __future__ import annotations

import re
from collections.abc import Sequence

from chuangwen.cores.reading.layout import Part
from chuangwen.cores.reading.model import Heading, Measure, Stage
from chuangwen.cores.reading.sections import LETTER, Placed, clauses, is_title_like, placed, sentences
from chuangwen.cores.reading.view import View

_NUMERALS = {"一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5}
# 一年强基础、两年提品质、三年创一流
_SLOGAN = re.compile(
    r"(?<![第十\d])一年(?!内|来|以|一度)[^年、,。;]{2,8}(?:[、,][二两三四五]年[^年、,。;]{2,8})+"
)
_SLOGAN_YEAR = re.compile(r"(?P<year>[一二两三四五])年[^年、,。;”]{2,8}")
# 2021年为提升年
_NAMED_YEAR = re.compile(
    rf"(?P<year>20\d\d)年(?:为|是|作为|确定为)“?(?P<title>{LETTER}{{2,8}}年)(?!{LETTER})"
)
# 到2021年底,…
_YEAR_END = re.compile(
    r"(?:[^,。;:]{0,12},)?(?P<to>到|至)?(?P<year>20\d\d)年(?:年?底|末)?前?(?:的?目标)?(?:(?P<colon>:)|,)(?P<goals>.+)"
)
_GOALS = re.compile("目标|阶段|步骤|步走")
_YEAR_ONLY = re.compile(r"(?:到|至)?(?P<year>20\d\d)年(?:底|末)?(?:目标|任务|重点)?[:]?")
# 第一阶段(2021年1月—6月):…, (二)集中攻坚阶段(2021年7月至2022年6月)。…
_TITLE = r"[^,。;:()\d]{2,14}"
_PHASE = re.compile(
    r"(?:[■●◆·—]*\(?[一二三四五六\d]{1,2}[)、.]{1,2})?[:,、]?"
    rf"(?P<title>第[一二三四五六](?:阶段|步)(?:[:、,]?{_TITLE})?|{_TITLE}(?:阶段|时期)|{_TITLE}(?=\())"
    r"(?:\((?P<dates>[^()]{0,30}\d[^()]{0,30})\)|[:,](?P<said>20\d\d年[^,。;]{0,20}))?(?P<after>[。:.,]?)"
)
# 2022年3月至5月为启动阶段,6月至12月为攻坚阶段
_INLINE = re.compile(
    rf"(?P<dates>(?:20\d\d年)?\d{{1,2}}月[^,;。:]{{0,14}}?),?(?:为|是)“?(?P<title>{LETTER}{{2,10}}阶段)"
)
_STEPS = re.compile("步骤|阶段|时间安排|进度安排|步走")
_DATES_FIRST = re.compile(r"\(?(20\d\d年[^,。;()]{0,24}?)\)?[。,;:]")
_DATED = re.compile(
    r"(?P<year>20\d\d)(?:年|\.|/|-(?=\d{1,2}(?!\d)))?(?:(?P<month>\d{1,2})(?:月|(?![\d年])))?"
)
_MONTH = re.compile(r"(?<!\d)(\d{1,2})月")
_LONGEST = 160


def read_stages(parts: Sequence[Part], heading: Heading) -> list[Stage]:
    """The stages, in the order of the text. A phase whose dates name no year has no deadline."""
    places = list(placed(parts, headings=True))
    years = _year_stages(places, heading) or _years_as_headings(places)
    slogans = _slogan_stages(places, heading)
    for stage in slogans:
        stage.goals = [goal for year in years if year.deadline == stage.deadline for goal in year.goals]
    taken = {stage.deadline for stage in slogans}
    found = slogans + [s for s in years if s.deadline not in taken] + _phases(places, heading)
    return sorted(found or _inline_phases(places, heading), key=lambda stage: stage.span)


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


def _year_stages(places: Sequence[Placed], heading: Heading) -> list[Stage]:
    """Years that open sentences side by side, or that are given a name; a single year is no stage."""
    found: dict[str, Stage] = {}
    for place in places:
        in_section = bool(_GOALS.search(place.heading + place.opening))
        if place.part.reports is True or (place.part.task is not None and not in_section):
            continue
        text, view = place.text, place.part.view
        for match in _NAMED_YEAR.finditer(text):
            found.setdefault(match["year"], Stage(match["title"], view.span(*match.span()), match["year"]))
        stage: Stage | None = None
        for start, end in sentences(text):
            dated = _YEAR_END.match(text, start, end)
            if dated and (in_section or dated["to"] or dated["colon"]) and _in_period(dated["year"], heading):
                title = view.printed(start, dated.start("goals") - 1)
                stage = found.setdefault(dated["year"], Stage(title, view.span(start, end), dated["year"]))
                start = dated.start("goals")
            if stage:
                stage.goals += _goals(view, clauses(text, start, end))
    return list(found.values()) if len(found) > 1 else []


def _in_period(year: str, heading: Heading) -> bool:
    return heading.period is None or heading.period[0] <= int(year) <= heading.period[1]


def _years_as_headings(places: Sequence[Placed]) -> list[Stage]:
    """Years that are the headings of what follows them (2021年:打基础。…)."""
    found: list[Stage] = []
    at: tuple[int | None, int | None] | None = None
    for place in places:
        part, view = place.part, place.part.view
        if match := _YEAR_ONLY.fullmatch(view.text):
            found.append(Stage(view.printed().rstrip(":："), view.span(0, len(view)), match["year"]))
            at = (part.program, part.task)
        elif at == (part.program, part.task) and part.kind != "heading":
            found[-1].goals += _sentences(view, 0)
        else:
            at = None
    return found if len({stage.deadline for stage in found}) > 1 else []


def _goals(view: View, places: Sequence[tuple[int, int]]) -> list[Measure]:
    """The places as goals, each at most 160 characters, without its closing mark."""
    ends = [(i, min(i + len(view.text[i:j].rstrip("。;")), i + _LONGEST)) for i, j in places]
    return [Measure(view.printed(i, j), view.span(i, j)) for i, j in ends if j - i > 1]


def _phases(places: Sequence[Placed], heading: Heading) -> list[Stage]:
    found: list[Stage] = []
    at: tuple[int | None, int | None] | None = None
    among_steps = False
    for place, after in zip(places, [*(p.text for p in places[1:]), ""], strict=False):
        part, view = place.part, place.part.view
        among_steps = among_steps or bool(_STEPS.search(place.heading))
        match = _PHASE.match(view.text)
        said = _when(match, part, after, among_steps) if match else None
        if match and said is not None:
            stage = Stage(match["title"].strip("“”、,:"), view.span(match.start("title"), match.end()))
            stage.deadline = _deadline(said, heading)
            stage.goals = _sentences(view, match.end())
            found.append(stage)
            at = (part.program, part.task)
        elif at is not None and (part.program, part.task) == at and part.kind != "heading":
            dates = _DATES_FIRST.match(view.text)
            found[-1].goals += _sentences(view, dates.end() if dates else 0)
        else:
            at, among_steps = None, bool(_STEPS.search(view.text)) and is_title_like(view.text)
    return found if len(found) > 1 else []


def _inline_phases(places: Sequence[Placed], heading: Heading) -> list[Stage]:
    """Phases that one sentence names with their dates; a year stands for the dates after it too."""
    for place in places:
        found: list[Stage] = []
        year = ""
        for match in _INLINE.finditer(place.text):
            said = match["dates"]
            year = said[:5] if said.startswith("20") else year
            deadline = _deadline(said if said.startswith("20") else year + said, heading)
            found.append(Stage(match["title"], place.part.view.span(*match.span()), deadline))
        if len(found) > 1:
            return found
    return []


def _when(match: re.Match[str], part: Part, after: str, among_steps: bool) -> str | None:
    """The words for the time of a phase, "" if it has none; None if this is no phase."""
    said = match["dates"] or match["said"]
    if not among_steps and not re.search("阶段|时期|第.步", match["title"]):
        return None
    if said:
        return said if re.search(r"20\d\d|\d月", said) else None
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
