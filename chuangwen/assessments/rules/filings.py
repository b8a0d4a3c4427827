"""What filed material is usually sent back for (DOMAIN 2.3): seen before it is sent, not after.

- a summary where a statement is asked for: begins or reads like a report on work, has no figures;
- no conclusion, or one that does not say that the standard is met;
- files: none; a photo too small or squeezed; a caption without time, place and theme; a date outside the
  period that counts.
Each is a warning with a code; nothing is refused for it but an empty filing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

SUMMARY = (
    "高度重视",
    "取得显著成效",
    "取得了显著成效",
    "下一步",
    "进一步加强",
    "总结如下",
    "汇报如下",
    "扎实推进",
)
VERDICTS = ("达标", "符合", "达到", "满足", "未达", "不符合", "不达标")
LEAST_STATEMENT, LEAST_PIXELS, LEAST_BYTES_PER_PIXEL = 30, 800 * 600, 0.05
_FIGURE = re.compile(r"[0-9０-９]|[一二三四五六七八九十百千万]+[个次名条处所户家项]")
_DAY = re.compile(r"(20\d\d)\s*[年.\-/]\s*(\d{1,2})(?:\s*[月.\-/]\s*(\d{1,2}))?")


@dataclass(frozen=True)
class FileFacts:
    """`pixels` 0: no photo."""

    name: str
    caption: str
    size: int
    pixels: int = 0


@dataclass(frozen=True)
class Doubt:
    """`code` is worded by `result_wording.DOUBTS`; `about` names the file or the words."""

    code: str
    about: str = ""


def doubts(
    conclusion: str, statement: str, files: Iterable[FileFacts], first_day: date, last_day: date
) -> list[Doubt]:
    """What would probably be sent back. `first_day`, `last_day`: the period that counts."""
    found: list[Doubt] = []
    if not any(word in conclusion for word in VERDICTS):
        found.append(Doubt("no_conclusion"))
    if len(statement.strip()) < LEAST_STATEMENT:
        found.append(Doubt("statement_short"))
    elif not _FIGURE.search(statement):
        found.append(Doubt("no_figures"))
    for word in SUMMARY:
        if word in statement:
            found.append(Doubt("summary_style", word))
            break
    rows: Sequence[FileFacts] = list(files)
    if not rows:
        found.append(Doubt("no_files"))
    for one in rows:
        found.extend(_file(one, first_day, last_day))
    return found


def _file(one: FileFacts, first_day: date, last_day: date) -> Iterable[Doubt]:
    if one.pixels and one.pixels < LEAST_PIXELS:
        yield Doubt("photo_small", one.name)
    elif one.pixels and one.size < one.pixels * LEAST_BYTES_PER_PIXEL:
        yield Doubt("photo_squeezed", one.name)
    day = _DAY.search(one.caption)
    if one.pixels and (day is None or len(one.caption.strip()) < 12):
        yield Doubt("caption", one.name)
    if day is not None and not _within(day, first_day, last_day):
        yield Doubt("period", one.name)


def _within(day: re.Match[str], first_day: date, last_day: date) -> bool:
    year, month = int(day[1]), int(day[2])
    return (first_day.year, first_day.month) <= (year, month) <= (last_day.year, last_day.month)
