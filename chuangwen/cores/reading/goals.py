"""The aims of the whole plan: titles to win or to keep, and the kind of city to become."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeAlias

from chuangwen.cores.reading.layout import Part
from chuangwen.cores.reading.model import Goal, Heading
from chuangwen.cores.reading.sections import (
    LETTER,
    Placed,
    clauses,
    in_title,
    is_labelled,
    is_title_like,
    placed,
    sentences,
)
from chuangwen.cores.reading.view import View

_SECTION = re.compile(r"目标(?!责任|管理|考核)|总体要求|主要预期")
_OTHER_OPENING = re.compile(r"指导思想|基本原则|重点任务|主要任务|工作措施")

_WIN = (
    "创成|创建成为|创建成|建成|建设成为|建设成|建设|蝉联|入选|入围|入列|争创(?![成建])|争当|争取|争做|创建|获得|获评|荣获|取得|"
    "夺取|夺得|摘取|摘得|保持|保留|实现|成为|跻身|进入|迈入|迈进|跨入|步入|挤进|捧回|荣膺|冲刺|冲击|拿下|当选|晋级|晋升为|通过|打造成|打造"
)
_BECOME = "建设成为|建设成|建设|打造成为|打造成|打造|创建|建成|成为|塑造|争当"
_HONOUR = (
    r"(?:文明|卫生|园林|森林|环保模范|双拥模范|模范|健康|平安|示范|典范|先进)(?:典范|示范)?"
    r"(?:城市|县城|城区|县级市|县市|县|城)"
)
_RUN = r"“?[一二两三四五六七八九十]+连[冠创]”?"
_TAIL = (
    rf"(?:\([^()]{{1,8}}\)|{_RUN}|创建|标兵|荣誉称号|称号|殊荣|荣誉|“?金字招牌”?|提名城市|提名县城|提名资格|提名|资格|"
    r"(?:先进)?行列|全域覆盖|全覆盖|全域化|“?满堂红”?|“?大满贯”?|第一方阵|“?(?:首冠|零突破|零的突破|保牌)”?|复检达标|达标|(?:前|第)[一二三四五六七八九十\d]+[名位]|先进城市|复查|年度测评|测评|验收|总评)*"
)
_AIM = re.compile(
    rf"(?P<verb>{_WIN})(?P<body>[^。;]*?(?P<core>{_HONOUR}){_TAIL})(?:这一|的|为)?(?:[^,]{{0,4}}目标)?[”\"]?$"
)
# 夺取…“五连冠”、争创…城市: two goals in one clause
_NEXT_AIM = re.compile(rf"、(?=(?:{_WIN})[^、]{{0,30}}{_HONOUR}{_TAIL}$)")
_LEAD_THE_FIELD = re.compile(
    r"在[^,]{2,40}?(?P<core>(?:文明|典范)[^,]{0,4}城市)[^,]{0,8}中(?:走在|争当|当好|位居|争先|进入|保持|名列|作出|做出)[^,]{1,20}$"
)
_RANK = re.compile(
    r"[^,]{0,16}(?P<core>(?:测评|总成绩|总评)[^,]{0,6})(?:成绩|得分|排名|名次)?(?:保持|进入|位居|走在|稳居|名列|列)[^,]{0,8}"
    r"(?:前列|前[一二三四五六七八九十\d]+[名位]?|第一方阵|先进|榜首|第一)$"
)
_KIND_NOUN = r"(?:之城|城市|名城|都市|县城|城区|新城|首善之区)"
_BEST_NOUN = rf"(?:{_KIND_NOUN}|样板|标杆|高地|典范|示范区|先行区|目的地)"
_KIND = re.compile(rf"(?P<verb>{_BECOME})(?P<body>[^。;]{{3,90}}?{_KIND_NOUN})[”\"]?$")
_BEST = re.compile(rf"(?P<verb>{_BECOME})(?P<body>[^。;]{{3,90}}?{_BEST_NOUN})[”\"]?$")
_SOME = re.compile(r"^(?:一批|若干|更多|多个|\d|[一二三四五六七八九十]+[个座条批])")

_MANDATORY = "确保|必须"
_STRETCH = "力争|争取|努力|奋力|全力以赴|全力"
_STRENGTH = re.compile(rf"{_MANDATORY}|{_STRETCH}")
_LEADING = re.compile(
    rf"^(?:并|且|要|将|也|同时|全面|{_MANDATORY}|{_STRETCH}|推动|支持|指导|积极|切实|加快|进一步|持续|继续|早日|如期|"
    r"[一二三四五六七八九十][要是]|全市上下|通过[^,]{0,10}努力|用[^,]{0,6}时间)+"
)
_YEAR = re.compile(r"(?<!\d)(20\d\d)年")
_PLACE = rf"{LETTER}{{1,7}}[市县区旗州]"
_PLACES = re.compile(
    rf"{_PLACE}(?:[、和及与]{_PLACE})*(?=(?:分别|均|全部|都|要|力争|确保|争取|努力|全力|成功)*$)"
)
_NOT_A_PLACE = re.compile(r"[全我各本]市|(?<![一-龥])城市|文明城市|城区|市区|县区")
_ASPIRES = re.compile(rf"{_STRENGTH.pattern}|争创|争当|目标|推动|支持|蝉联|创成")
_WANTED = re.compile(rf"{_STRENGTH.pattern}|争创|争当|目标")
_DATED = re.compile(r"20\d\d年(?:成功|顺利|正式)?$")
_SPECIAL = re.compile("首批|首届|第.届|连冠|新一届")
_TOPIC_OF = re.compile("对于?|是|具有")
_DONE = re.compile(r"成功|已|历史性|荣膺|去年|近年来|历年|曾|获评|先后|顺利")
_LONGEST_CLAUSE = 160
_LEAD_REACH = 120  # characters of the sentence before a clause that may say that it is past
_LEAST_OF_A_KIND = 8  # characters that describe the kind of city

# A pattern's match in a clause, and whether it is a title to win rather than a kind of city to become.
Pick: TypeAlias = tuple[re.Match[str], bool] | None


@dataclass(slots=True)
class _Found:
    goal: Goal
    core: str  # the honour without its level; "" for a kind of city
    level: str
    special: int  # how much the words say: the first, of which round, won rather than worked for

    def key(self) -> tuple[str, str, tuple[str, ...]]:
        """What makes two wordings the same title."""
        core = "典范城市" if "典范" in self.core else self.core
        return core or self.goal.title, self.level, self.goal.jurisdictions


def read_goals(parts: Sequence[Part], heading: Heading) -> list[Goal]:
    """The goals, in the order of the text.

    They are taken from the sections on goals. What stands before and after the programs adds a title that no
    such section names, each title once, in its fullest wording; a task's text adds only the civilised city.
    """
    inside: list[_Found] = []
    outside: list[_Found] = []
    for place in placed(parts):
        if in_title(place, heading) or (place.part.reports is True and not _is_goal_section(place)):
            continue
        if not _is_goal_section(place) or is_labelled(place.text):
            outside += _goals_of(place, heading, _pick_for(place.part))
        elif not is_title_like(place.text):
            inside += _goals_of(place, heading, _in_section)
    named = {found.key() for found in inside if found.core}
    fullest = _fullest([found for found in outside if not found.core or found.key() not in named])
    return [found.goal for found in sorted(_once(inside + fullest), key=lambda found: found.goal.span)]


def _pick_for(part: Part) -> Callable[[str, str], Pick]:
    if part.task is not None:
        return _in_task
    return _outside if part.program is None else _under_program


def _is_goal_section(place: Placed) -> bool:
    if place.opening and _OTHER_OPENING.search(place.opening):
        return False
    return bool(_SECTION.search(place.opening) or _SECTION.search(place.heading))


def _in_section(clause: str, lead: str) -> Pick:
    """A goal in a clause of a section on goals."""
    for pattern in (_LEAD_THE_FIELD, _AIM, _RANK):
        if match := pattern.search(clause):
            return match, not _describes(match)
    match = _BEST.search(clause)
    return None if match is None or _SOME.match(match["body"]) else (match, False)


def _outside(clause: str, lead: str) -> Pick:
    """A goal in a clause before or after the programs, where past honours are told too."""
    if _DONE.search(lead + clause) and not _WANTED.search(clause):
        return None
    match = _AIM.search(clause)
    if match and not _describes(match):
        return (match, True) if _ASPIRES.search(clause) or _STRENGTH.search(lead) else None
    match = _KIND.search(clause)
    if match is None or _SOME.match(match["body"]) or len(match["body"]) < _LEAST_OF_A_KIND:
        return None
    return match, False


def _under_program(clause: str, lead: str) -> Pick:
    """A title in the words under a program's heading counts if it says how firmly it is wanted."""
    return _outside(clause, "") if _STRENGTH.search(clause) else _in_task(clause, lead)


def _in_task(clause: str, lead: str) -> Pick:
    match = _AIM.search(clause)
    if match is None or "文明" not in match["core"]:
        return None
    if _describes(match):
        return match, False
    return (match, True) if _WANTED.search(clause) or _STRENGTH.search(lead) else None


def _describes(match: re.Match[str]) -> bool:
    """Whether the words before the honour describe a city (守望相助、…的文明城市)."""
    if "body" not in match.groupdict():
        return False
    before = match["body"].split(match["core"])[0]
    return len(before) > 12 and "、" in before


def _goals_of(place: Placed, heading: Heading, pick: Callable[[str, str], Pick]) -> Iterator[_Found]:
    text = place.text
    for start, end in sentences(text):
        strength, year = None, None
        pieces = [*_aims(text, start, end), (end, end)]
        for (i, j), (after, _) in pairwise(pieces):
            clause, lead = text[i:j], text[max(start, i - _LEAD_REACH) : i]
            strength = _strength(clause) or strength
            year = _year(clause) or year
            found = pick(clause, lead)
            if found and not _is_past(year, lead + clause, heading) and not _TOPIC_OF.match(text, after, end):
                yield _found(place.part.view, i, found, heading, strength, year)


def _aims(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Places of the clauses, one that names two titles cut between them; overlong ones are left out."""
    for i, j in clauses(text, start, end):
        if j - i > _LONGEST_CLAUSE:
            continue
        if mark := _NEXT_AIM.search(text, i, j):
            yield i, mark.start()
            i = mark.end()
        yield i, j


def _is_past(year: int | None, said: str, heading: Heading) -> bool:
    """Whether the words tell of a year before the plan's, and of nothing still wanted."""
    first = heading.period[0] if heading.period else int(heading.issued[:4]) if heading.issued else None
    return year is not None and first is not None and year < first and not _WANTED.search(said)


def _strength(clause: str) -> str | None:
    said = _STRENGTH.search(clause)
    if said is None:
        return None
    return "mandatory" if re.fullmatch(_MANDATORY, said.group()) else "stretch"


def _year(clause: str) -> int | None:
    years = _YEAR.findall(clause)
    return int(years[-1]) if years else None


def _found(
    view: View,
    at: int,
    pick: tuple[re.Match[str], bool],
    heading: Heading,
    strength: str | None,
    year: int | None,
) -> _Found:
    match, is_honour = pick
    begin, names = _subject(match)
    stop = match.end("body") if "body" in match.groupdict() else match.end()
    title = match.string[begin:stop]
    goal = Goal(
        view.printed(at + begin, at + stop),
        view.span(at + begin, at + stop),
        strength=strength,
        jurisdictions=tuple(name for name in names if name.removesuffix("市") != heading.city),
        year=year,
    )
    level = "省" if re.search("省|自治区", title) else "县" if "县" in title else ""
    special = 2 * bool(_SPECIAL.search(title)) + (not re.match("建设|创建", match.group()))
    return _Found(goal, match["core"] if is_honour else "", level, special)


def _subject(match: re.Match[str]) -> tuple[int, tuple[str, ...]]:
    """Where the goal begins in its clause, counties or year before its verb included, and the counties."""
    clause = match.string
    leading = _LEADING.match(match.group())
    begin = match.start() + (leading.end() if leading and "verb" not in match.groupdict() else 0)
    places = _PLACES.search(_LEADING.sub("", clause[:begin]))
    if places and not _NOT_A_PLACE.search(places.group()):
        return clause.index(places.group()), tuple(re.split("[、和及与]", places.group()))
    dated = _DATED.search(clause[:begin])
    return (dated.start() if dated else begin), ()


def _fullest(found: list[_Found]) -> list[_Found]:
    best: dict[object, _Found] = {}
    for one in found:
        if one.key() not in best or one.special > best[one.key()].special:
            best[one.key()] = one
    return list(best.values())


def _once(found: list[_Found]) -> list[_Found]:
    seen: dict[str, _Found] = {}
    for one in found:
        seen.setdefault(one.goal.title, one)
    return list(seen.values())
