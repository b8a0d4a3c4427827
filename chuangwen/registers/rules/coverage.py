"""What stands behind 全覆盖: on a day a member is covered when all that it must have is there.

Nothing said is not a no: it counts as not covered, and is told apart.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from chuangwen.cores.errors import BadInput


class MarkState(StrEnum):
    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Statement:
    """What was said for the day `as_of`; `since` is when that which is there came to be, None if not said."""

    as_of: date
    state: MarkState
    since: date | None = None


@dataclass(frozen=True)
class Column:
    """Something that members have; it counts from `starts_on` to before `ends_on`, None is open."""

    key: int
    name: str
    required: bool = True
    starts_on: date | None = None
    ends_on: date | None = None


@dataclass(frozen=True)
class Member:
    """`path` is that of the unit in which it lies; `statements` are by column."""

    key: int
    name: str
    path: str = ""
    opened_on: date | None = None
    closed_on: date | None = None
    statements: Mapping[int, Sequence[Statement]] = field(default_factory=dict)


def runs_on(first: date | None, end: date | None, day: date) -> bool:
    """Whether `day` is in the period; None is open, `end` is the first day after it."""
    return (first is None or first <= day) and (end is None or day < end)


def statement_on(statements: Iterable[Statement], day: date) -> Statement | None:
    """The statement that tells how it stood on `day`; None where nobody said anything about that day.

    A later one that says since when it is there also tells of the days between; else the last one before
    `day` holds; else a later one tells that it was not there yet.
    """
    newest_first = sorted(statements, key=lambda one: one.as_of, reverse=True)
    later = [one for one in newest_first if one.as_of > day]
    since = [one for one in later if one.since is not None]
    told = [one for one in since if one.since is not None and one.since <= day]
    before = [one for one in newest_first if one.as_of <= day]
    return next(iter([*told, *before, *since[::-1]]), None)


def state_on(statements: Iterable[Statement], day: date) -> MarkState:
    """How it stood at the end of `day`."""
    found = statement_on(statements, day)
    if found is None:
        return MarkState.UNKNOWN
    if found.since is not None and found.since > day:
        return MarkState.NO
    return found.state


@dataclass(frozen=True)
class Standing:
    """How one member stood on a day: the state of each column, by key, and the required ones by name.

    `as_of` is the last day for which anything required was said of it.
    """

    member: Member
    states: Mapping[int, MarkState]
    lacking: tuple[str, ...]
    unknown: tuple[str, ...]
    as_of: date | None = None

    @property
    def covered(self) -> bool:
        return not self.lacking and not self.unknown

    @property
    def silent(self) -> bool:
        """Whether nothing is known of it at all."""
        return all(state == MarkState.UNKNOWN for state in self.states.values())


@dataclass(frozen=True)
class Coverage:
    """The members open on a day and how they stood.

    Each of `members` is in one of `covered`, `lacking` (something is known not to be there) and `unknown`
    (nothing is known to lack, but not everything is known). `unnamed` were announced and have no name yet.
    """

    standings: tuple[Standing, ...]
    columns: tuple[Column, ...]
    announced: int | None

    def within(self, path: str) -> Coverage:
        """Of those that lie in the unit with `path` and below it; what was announced is of the whole."""
        inside = tuple(one for one in self.standings if one.member.path.startswith(path))
        return Coverage(inside, self.columns, None)

    @property
    def as_of(self) -> date | None:
        """The last day for which anything was said."""
        return max((one.as_of for one in self.standings if one.as_of), default=None)

    @property
    def members(self) -> int:
        return len(self.standings)

    @property
    def unnamed(self) -> int:
        return unnamed(self.announced, self.members)

    @property
    def total(self) -> int:
        """What coverage is a share of: those announced, or those named where these are more."""
        return self.members + self.unnamed

    @property
    def covered(self) -> int:
        return sum(one.covered for one in self.standings)

    @property
    def lacking(self) -> int:
        return sum(bool(one.lacking) for one in self.standings)

    @property
    def unknown(self) -> int:
        return self.members - self.covered - self.lacking

    @property
    def not_covered(self) -> list[Standing]:
        """What lacks first, then what is not known."""
        return sorted((one for one in self.standings if not one.covered), key=lambda one: not one.lacking)

    @property
    def lacks(self) -> list[tuple[str, int]]:
        """How many members lack each required column, the most first; only what somebody lacks."""
        counted = {column.name: 0 for column in self.columns if column.required}
        for one in self.standings:
            for name in one.lacking:
                counted[name] += 1
        return sorted(((name, n) for name, n in counted.items() if n), key=lambda pair: -pair[1])

    @property
    def share_pct(self) -> Decimal | None:
        return share_pct(self.covered, self.total)

    @property
    def by_column(self) -> list[tuple[str, int, int, int]]:
        """Name of each column; of how many members it is there, not there, not known."""
        found = []
        for column in self.columns:
            states = [one.states[column.key] for one in self.standings]
            there, not_there = states.count(MarkState.YES), states.count(MarkState.NO)
            found.append((column.name, there, not_there, len(states) - there - not_there))
        return found

    @property
    def no_number(self) -> str:
        """Why there is no coverage to speak of, as a code; "" where there is."""
        if not self.members:
            return "registers.no_members"
        if not any(column.required for column in self.columns):
            return "registers.no_columns"
        if all(one.silent for one in self.standings):
            return "registers.nothing_said"
        return ""


def unnamed(announced: int | None, named: int) -> int:
    """How many of the announced ones have no name yet."""
    return max((announced or 0) - named, 0)


def coverage(
    columns: Iterable[Column], members: Iterable[Member], day: date, *, announced: int | None = None
) -> Coverage:
    """How the members that are open on `day` stand then."""
    counted = tuple(column for column in columns if runs_on(column.starts_on, column.ends_on, day))
    standings = (
        _standing(member, counted, day)
        for member in members
        if runs_on(member.opened_on, member.closed_on, day)
    )
    return Coverage(tuple(standings), counted, announced)


def _standing(member: Member, columns: Collection[Column], day: date) -> Standing:
    found = {column.key: member.statements.get(column.key, ()) for column in columns}
    states = {key: state_on(statements, day) for key, statements in found.items()}
    required = [column for column in columns if column.required]
    said = (statement_on(found[column.key], day) for column in required)
    return Standing(
        member,
        states,
        tuple(column.name for column in required if states[column.key] == MarkState.NO),
        tuple(column.name for column in required if states[column.key] == MarkState.UNKNOWN),
        max((min(one.as_of, day) for one in said if one), default=None),
    )


def checked_statement(state: MarkState, since: date | None, as_of: date, today: date) -> Statement:
    """What may be said. Raises BadInput: a day to come, a beginning after the day for which it is said."""
    if as_of > today or (since is not None and since > today):
        raise BadInput("registers.day_to_come")
    if since is not None and since > as_of:
        raise BadInput("registers.since_after_as_of")
    return Statement(as_of, state, since if state == MarkState.YES else None)


def share_pct(part: int | Fraction, whole: int | Fraction) -> Decimal | None:
    """`part` of `whole` in %, with two decimals at most, rounded once; None of nothing."""
    if not whole:
        return None
    hundredths = Fraction(part) * 10_000 / Fraction(whole)
    sign = -1 if hundredths < 0 else 1
    return sign * Decimal(int(abs(hundredths) + Fraction(1, 2))) / 100
