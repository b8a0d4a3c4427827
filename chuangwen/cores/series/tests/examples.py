"""How the tables of examples write courses and reports: "2023 219" is a value for the year's last day."""

from calendar import monthrange
from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from typing import Any

from chuangwen.cores.series.course import Aim, Course, Reading
from chuangwen.cores.series.kinds import Accrual, Change, Kind, Shape


def day(text: str) -> date:
    """A day; the last of a month (2022-06) or of a year (2022)."""
    year, month, number = [*map(int, text.split("-")), 0, 0][:3]
    month = month or 12
    return date(year, month, number or monthrange(year, month)[1])


def value(text: str) -> Fraction | None:
    return None if text == "-" else Fraction(text)


def reports(text: str) -> list[Reading]:
    """`2022-06 62; 2022-07 -`; parts as `东区=90,西区=-`; words as `"done`."""
    return [_report(*piece.split()) for piece in text.split(";") if piece.strip()]


def _report(on: str, said: str, parts: str = "") -> Reading:
    if said.startswith('"'):
        return Reading(on=day(on), value=None, word=said[1:])
    named = (part.split("=") for part in parts.split(",") if part)
    return Reading(on=day(on), value=value(said), parts={name: value(number) for name, number in named})


def aims(text: str) -> Iterator[Aim]:
    """`2021 36; 2022-06 > 62; 2023 2-3; 2023 "B`."""
    for piece in text.split(";"):
        by, *signs, said = piece.split()
        low, _, high = said.partition("-") if len(said) > 1 else (said, "", "")
        yield Aim(
            by=day(by),
            comparator=signs[0] if signs else ">=",
            value=None if said.startswith('"') else value(low),
            upper=Fraction(high) if high else None,
            word=said[1:] if said.startswith('"') else "",
        )


def course(kinds: str, accrual: str, promised: str, **rest: Any) -> Course:
    """A course over 2021 to 2023, 1095 days. `kinds` are named with spaces between."""
    targets = tuple(aims(promised)) if promised else ()
    rest["shape"] = Shape(rest.get("shape", "linear"))
    rest["change"] = Change(rest.get("change", "none"))
    if "baseline" in rest:
        rest["baseline"] = Fraction(rest["baseline"])
    return Course(
        kinds=frozenset(map(Kind, kinds.split())),
        accrual=Accrual(accrual),
        begins=rest.pop("begins", date(2021, 1, 1)),
        ends=rest.pop("ends", date(2023, 12, 31)),
        aims=targets,
        falls=any(aim.comparator in {"<=", "<"} for aim in targets),
        **rest,
    )
