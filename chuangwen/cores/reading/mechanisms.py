"""How the carrying out of the work is watched, measured, reported, rewarded or called to account.

Not the regulation of citizens or firms: outside the sections on leading and appraising the work, only what
can mean nothing else is taken.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from chuangwen.cores.reading import mechanisms_words as words
from chuangwen.cores.reading.layout import Part
from chuangwen.cores.reading.model import Heading, Mechanism
from chuangwen.cores.reading.rhythm import lists_of_beats
from chuangwen.cores.reading.sections import Placed, clauses, in_title, is_title_like, placed, sentences

_LONGEST = 80
_LONGEST_CLAUSE = 160
_LONGEST_NAME = 30
_SHORT_TITLE = 12  # in the rules of an appraisal a longer heading is a sentence
_SHARED = 4  # characters that make two clauses speak of the same thing


@dataclass(slots=True)
class _Found:
    start: int
    end: int
    kind: str


def read_mechanisms(parts: Sequence[Part], heading: Heading) -> list[Mechanism]:
    """The mechanisms, in the order of the text, each quoted in at most 80 characters.

    A document that itself is the rules of an appraisal is one section on managing the work.
    """
    whole = bool(words.APPRAISAL.search(heading.title))
    return [
        Mechanism(_name(place.text[one.start : one.end]), place.part.view.span(one.start, one.end))
        for place in placed(parts, headings=whole)
        if _tells(place, whole) and not in_title(place, heading)
        for one in _mechanisms(place, whole)
    ]


def _tells(place: Placed, whole: bool) -> bool:
    """Whether a part may tell of mechanisms: no report of past work, no line on who leads, no mere title."""
    part, text = place.part, place.text
    if part.kind == "duty" or part.reports is True or words.DUTY_LINE.match(text):
        return False
    return part.kind == "row" or (whole and len(text) > _SHORT_TITLE) or not is_title_like(text)


def _mechanisms(place: Placed, whole: bool) -> Iterator[_Found]:
    text = place.text
    managing = whole or _is_managing(place)
    opening = text.find(place.opening) + len(place.opening)
    if not place.opening.endswith("。") or "," in place.opening or opening == len(text):
        opening = 0
    for start, end in sentences(text):
        if start >= opening:
            yield from _joined(text, _in_sentence(text, clauses(text, start, end), managing))


def _is_managing(place: Placed) -> bool:
    said = f"{place.heading} {place.opening}"
    return bool(words.MANAGING.search(said)) and not words.NOT_MANAGING.search(said)


def _in_sentence(text: str, pieces: list[tuple[int, int]], managing: bool) -> list[_Found]:
    """The clauses of a sentence that are mechanisms, each with the conditions before it."""
    found: list[_Found] = []
    condition: int | None = None
    kinds = [_kind(text[i:j], managing) for i, j in pieces]
    for number, (i, j) in enumerate(pieces):
        kind, clause = kinds[number], text[i:j]
        following = text[slice(*pieces[number + 1])] if number + 1 < len(pieces) else ""
        if following and kind != "beats" and _is_condition(clause):
            condition = i if condition is None else condition
            continue
        if kind == "publish" and words.CITIZENS.search(following):
            kind = None
        if kind is None and managing and _watching_body(clause, following):
            kind, j = "watch", pieces[number + 1][1]
        is_topic = number == 0 and words.TOPIC.match(clause) and any(kinds[1:])
        if kind and not is_topic:
            begin = condition if condition is not None and j - condition <= _LONGEST else i
            if j - begin <= _LONGEST:
                found.append(_Found(begin, j, kind))
        condition = None
    return found


def _is_condition(clause: str) -> bool:
    return (
        len(clause) <= _LONGEST_CLAUSE
        and bool(words.CONDITION.search(clause))
        and not words.DONE_TO.search(clause)
    )


def _watching_body(clause: str, following: str) -> bool:
    """Whether a body is set up that, as the next clause says, watches the work."""
    short = len(clause) + len(following) < _LONGEST
    return short and bool(words.BODY.search(clause) and words.WATCHES.search(following))


def _kind(clause: str, managing: bool) -> str | None:
    """The kind of mechanism that a clause tells, None if it tells none."""
    if len(clause) > _LONGEST_CLAUSE or words.FIGURE.search(clause) or words.TELLING.search(clause):
        return None
    if lists_of_beats(clause):
        return "beats"
    sure = _first(words.ANYWHERE, clause)
    if sure == "duty" or (sure and not words.REGULATING.search(clause)):
        return sure
    if not managing or any(p.search(clause) for p in (words.CITIZENS, words.BARE, words.PURPOSE)):
        return None
    kind = _first(words.MANAGED, clause)
    acts = kind in {"account", "reward"} or words.ESTABLISHING.search(clause) or words.ACTING.search(clause)
    return kind if acts else None


def _first(kinds: dict[str, re.Pattern[str]], clause: str) -> str | None:
    return next((kind for kind, pattern in kinds.items() if pattern.search(clause)), None)


def _joined(text: str, found: list[_Found]) -> Iterator[_Found]:
    """Clauses that go on about the mechanism of the clause just before them become one with it."""
    last: _Found | None = None
    for one in found:
        if last and one.start == last.end + 1 and _goes_on(text, last, one):
            last.end = one.end
            continue
        if last:
            yield last
        last = one
    if last:
        yield last


def _goes_on(text: str, last: _Found, one: _Found) -> bool:
    before, said = text[last.start : last.end], text[one.start : one.end]
    if one.end - last.start > _LONGEST:
        return False
    if words.GOING_ON.match(said) or ("每" in before and words.PERIODIC.match(said)):
        return True
    if one.kind != last.kind:
        return False
    if said.startswith("对"):
        return _key_word(one.kind, said) == _key_word(one.kind, before)
    shared = any(said[i : i + _SHARED] in before for i in range(len(said) - _SHARED + 1))
    return one.kind == "public" or shared or not words.ESTABLISHING.search(said)


def _key_word(kind: str, clause: str) -> str:
    found = words.MANAGED[kind].search(clause) if kind in words.MANAGED else None
    return found.group() if found else ""


def _name(quote: str) -> str:
    """The words without their condition and verb, cut to what a list can show."""
    first, _, rest = quote.partition(",")
    last = quote.rsplit(",", 1)[-1] if rest and words.CONDITION.search(first) else quote
    name = words.LEADING_VERBS.sub("", last) or last
    return name if len(name) <= _LONGEST_NAME else f"{name[: _LONGEST_NAME - 1]}…"
