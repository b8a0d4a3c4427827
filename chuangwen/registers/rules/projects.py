"""Named projects: moves between their states, what is done by a day, what was changed by it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from chuangwen.cores.errors import BadInput, NotAllowedNow

from .coverage import share_pct, unnamed

NEAR = timedelta(days=30)


class ProjectState(StrEnum):
    PLANNED = "planned"
    UNDER_WAY = "under_way"
    DONE = "done"


MOVES = {
    (ProjectState.PLANNED, "start"): ProjectState.UNDER_WAY,
    (ProjectState.PLANNED, "finish"): ProjectState.DONE,
    (ProjectState.UNDER_WAY, "finish"): ProjectState.DONE,
    (ProjectState.DONE, "reopen"): ProjectState.UNDER_WAY,
    (ProjectState.UNDER_WAY, "reopen"): ProjectState.PLANNED,
    (ProjectState.PLANNED, "remove"): ProjectState.PLANNED,
}


def next_state(state: str, move: str) -> ProjectState:
    """State of a project after `move`. Raises NotAllowedNow."""
    to = MOVES.get((ProjectState(state), move))
    if to is None:
        raise NotAllowedNow("registers.project_state", state=state, move=move)
    return to


def moves_from(state: str) -> set[str]:
    return {move for known, move in MOVES if known == state}


def checked_days(started_on: date | None, done_on: date | None, today: date) -> None:
    """Raises BadInput: a day to come, done before it was started."""
    if any(day is not None and day > today for day in (started_on, done_on)):
        raise BadInput("registers.day_to_come")
    if started_on is not None and done_on is not None and done_on < started_on:
        raise BadInput("registers.done_before_started")


@dataclass(frozen=True)
class Work:
    """A project as its days tell. `before` and `after` are of one measure, named with its unit."""

    name: str
    path: str = ""
    planned_on: date | None = None
    started_on: date | None = None
    done_on: date | None = None
    measure: tuple[str, str] = ("", "")
    before: Decimal | None = None
    after: Decimal | None = None

    def state_on(self, day: date) -> ProjectState:
        if self.done_on is not None and self.done_on <= day:
            return ProjectState.DONE
        if self.started_on is not None and self.started_on <= day:
            return ProjectState.UNDER_WAY
        return ProjectState.PLANNED

    @property
    def change(self) -> Decimal | None:
        """What is different since; None unless it was measured before and after."""
        return None if self.before is None or self.after is None else self.after - self.before


def lamp(state: str, planned_on: date | None, today: date) -> str:
    """late (red) only when past the planned day, near (yellow) close to it; none without a planned day."""
    if state == ProjectState.DONE:
        return "go"
    if planned_on is None:
        return "none"
    if planned_on < today:
        return "late"
    return "near" if planned_on - today <= NEAR else "go"


@dataclass(frozen=True)
class Tally:
    """Projects on a day, by state; `unnamed` were announced and have no name yet."""

    works: tuple[Work, ...]
    day: date
    announced: int | None

    def within(self, path: str) -> Tally:
        """Of those that lie in the unit with `path` and below it; what was announced is of the whole."""
        return Tally(tuple(work for work in self.works if work.path.startswith(path)), self.day, None)

    @property
    def named(self) -> int:
        return len(self.works)

    @property
    def unnamed(self) -> int:
        return unnamed(self.announced, self.named)

    @property
    def total(self) -> int:
        """What is done is a share of those announced, or of those named where these are more."""
        return self.named + self.unnamed

    def of(self, state: ProjectState) -> list[Work]:
        return [work for work in self.works if work.state_on(self.day) == state]

    @property
    def done(self) -> int:
        return len(self.of(ProjectState.DONE))

    @property
    def share_pct(self) -> Decimal | None:
        return share_pct(self.done, self.total)

    @property
    def under_way(self) -> int:
        return len(self.of(ProjectState.UNDER_WAY))

    @property
    def planned(self) -> int:
        return len(self.of(ProjectState.PLANNED))

    def done_since(self, first: date) -> list[Work]:
        """Done from `first` to the day."""
        return [work for work in self.of(ProjectState.DONE) if work.done_on and work.done_on >= first]

    @property
    def measured(self) -> list[Work]:
        """Done, and measured before and after."""
        return [work for work in self.of(ProjectState.DONE) if work.change is not None]


def effect(works: Iterable[Work]) -> tuple[Fraction, Fraction] | str:
    """Sum of the changes and sum of what was there before, of one measure; a code where that says nothing."""
    found = [work for work in works if work.before is not None and work.after is not None]
    if not found:
        return "registers.nothing_measured"
    if len({work.measure for work in found}) > 1:
        return "registers.measures_differ"
    before = sum((Fraction(work.before) for work in found if work.before is not None), Fraction(0))
    after = sum((Fraction(work.after) for work in found if work.after is not None), Fraction(0))
    return (after - before, before) if before > 0 else "registers.nothing_before"
