"""Words for time that a person should confirm: which year is meant, and is it a deadline at all."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from chuangwen.cores.reading.layout import Part
from chuangwen.cores.reading.model import Doubt, Heading, Reading, Span

NO_DEADLINE = "不设时限"
_NUMERALS = {c: n for n, c in enumerate("一二三四五六七八九十", 1)} | {"两": 2}
_MOST_YEARS = 6
_SENTENCE_REACH = 80
_YEAR = re.compile(r"20\d\d年|[今明每当]年")

_YEAR_END = re.compile(r"年(?<![\d年今去明当每本该同次一二两三四五六几多半]年)(?:底|末|内)(?:之?前)?")
_MONTH_END = re.compile(
    r"(?<![\d年.今去明当每本该—~至到-])(?P<month>1[0-2]|[1-9])月(?:底|末|\d{1,2}日)(?:之?前)?"
)
_ABOUT = re.compile(r"(?P<n>[一二两三四五六\d])年(?:左右|上下)(?:的?时间)?")
_WITHIN = re.compile(r"(?<![\d一二三四五六七八九十])(?P<n>[一二两三四五六\d])年(?:时间)?(?:之)?内")
_PLAN_END = re.compile(r"“?十(?P<n>[一二三四五六])五”?(?:规划)?(?:时期|期)?末")


def time_words(parts: Sequence[Part], reading: Reading) -> Iterator[Doubt]:
    """One doubt for each wording, at the first place where a task uses it."""
    heading = reading.heading
    if heading.kind == "work_report":  # a report speaks of the one year that it is about
        return
    places: dict[str, list[tuple[str, Span, tuple[str, ...]]]] = {}
    for part in parts:
        if part.task is None or part.kind == "duty" or part.reports is True:
            continue
        for code, match, years in _in_text(part.view.text, heading):
            options = tuple(dict.fromkeys([*years, NO_DEADLINE]))
            span = part.view.span(*match.span())
            places.setdefault(match.group(), []).append((code, span, options))
    for words, found in places.items():
        code, span, options = found[0]
        yield Doubt(code, span, {"words": words, "count": str(len(found))}, options)


def _in_text(text: str, heading: Heading) -> Iterator[tuple[str, re.Match[str], list[str]]]:
    years = _years(heading)
    for match in _YEAR_END.finditer(text):
        if len(years) != 1 and not _year_before(text, match.start()):
            yield "year_end", match, years
    for match in _MONTH_END.finditer(text):
        if len(years) != 1 and not _year_before(text, match.start()):
            yield "year_end", match, [f"{year}-{int(match['month']):02d}" for year in years]
    for match in _ABOUT.finditer(text):
        yield "about_years", match, _nth_year(match["n"], heading)
    for match in _WITHIN.finditer(text):
        yield "within_years", match, _nth_year(match["n"], heading)
    for match in _PLAN_END.finditer(text):
        yield "plan_end", match, [str(2005 + 5 * _NUMERALS[match["n"]])]


def _year_before(text: str, at: int) -> bool:
    """Whether the sentence has named its year before this place."""
    return bool(_YEAR.search(text[max(0, at - _SENTENCE_REACH) : at].rsplit("。", 1)[-1]))


def _years(heading: Heading) -> list[str]:
    if heading.period is None:
        return []
    first, last = heading.period
    return [str(year) for year in range(first, min(last, first + _MOST_YEARS - 1) + 1)]


def _nth_year(words: str, heading: Heading) -> list[str]:
    n = int(words) if words.isdigit() else _NUMERALS[words]
    return [str(heading.period[0] + n - 1)] if heading.period and n else []
