"""Tables on a printed page, found by their ruled lines."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

_NEAR = (
    3.0  # points within which two places are the same: ruled lines have a width and corners do not quite meet
)
_SHORT = 6.0  # points; shorter strokes rule nothing
_MAX_LINES = 400  # in one direction; a drawing with more is no table
_MAX_FIELDS = 20_000


class Stroke(NamedTuple):
    """A straight line between two points of the page."""

    left: float
    bottom: float
    right: float
    top: float


class Ruled(NamedTuple):
    """A ruled line: where it lies across its direction, and from where to where it runs along it."""

    at: float
    start: float
    end: float


@dataclass(slots=True)
class Grid:
    """The ruled lines of one table. `xs` rise from left to right, `ys` from bottom to top."""

    xs: list[float]
    ys: list[float]
    across: list[Ruled]
    down: list[Ruled]
    owners: dict[tuple[int, int], tuple[int, int]] = field(default_factory=dict)

    def field_at(self, x: float, y: float) -> tuple[int, int] | None:
        """Row (from the top) and column of the cell that covers a point; None outside the table."""
        column, row = bisect_right(self.xs, x) - 1, bisect_right(self.ys, y) - 1
        if not (0 <= column < len(self.xs) - 1 and 0 <= row < len(self.ys) - 1):
            return None
        return self.owners[len(self.ys) - 2 - row, column]

    def cells(self) -> Iterator[tuple[int, int, int, int]]:
        """Row, column, columns covered and rows covered of each cell, from the top left; fills `owners`."""
        for row in range(len(self.ys) - 1):
            for column in range(len(self.xs) - 1):
                if (row, column) not in self.owners:
                    wide, high = self._extent(row, column)
                    for r in range(row, row + high):
                        for c in range(column, column + wide):
                            self.owners[r, c] = (row, column)
                    yield row, column, wide, high

    def _extent(self, row: int, column: int) -> tuple[int, int]:
        """Columns and rows that a cell covers: until a line is ruled between it and the next."""
        top = len(self.ys) - 1 - row
        middle = (self.ys[top] + self.ys[top - 1]) / 2
        wide = 1
        while (
            column + wide < len(self.xs) - 1
            and (row, column + wide) not in self.owners
            and not _ruled(self.down, self.xs[column + wide], middle)
        ):
            wide += 1
        centre = (self.xs[column] + self.xs[column + 1]) / 2
        high = 1
        while (
            row + high < len(self.ys) - 1
            and (row + high, column) not in self.owners
            and not _ruled(self.across, self.ys[top - high], centre)
        ):
            high += 1
        return wide, high


def _ruled(lines: Sequence[Ruled], at: float, along: float) -> bool:
    return any(abs(line.at - at) <= _NEAR and line.start <= along <= line.end for line in lines)


def grids_of(strokes: Iterable[Stroke]) -> list[Grid]:
    """The tables that these lines of a page rule, in no order."""
    flat, upright = [], []
    for stroke in strokes:
        wide, high = stroke.right - stroke.left, stroke.top - stroke.bottom
        if high <= _NEAR and wide >= _SHORT:
            flat.append(Ruled((stroke.bottom + stroke.top) / 2, stroke.left, stroke.right))
        elif wide <= _NEAR and high >= _SHORT:
            upright.append(Ruled((stroke.left + stroke.right) / 2, stroke.bottom, stroke.top))
    across, down = _joined(flat), _joined(upright)
    if len(across) > _MAX_LINES or len(down) > _MAX_LINES:
        return []
    grids = [_grid(some_across, some_down) for some_across, some_down in _crossing(across, down)]
    return [
        grid for grid in grids if len(grid.xs) > 2 and 0 < (len(grid.ys) - 1) * len(grid.xs) < _MAX_FIELDS
    ]


def _joined(lines: list[Ruled]) -> list[Ruled]:
    """Lines without doubles, pieces of one line put together."""
    joined: list[Ruled] = []
    levels = _levels(line.at for line in lines)
    by_level: dict[float, list[Ruled]] = {}
    for line in lines:
        by_level.setdefault(levels[max(bisect_right(levels, line.at + 0.01) - 1, 0)], []).append(line)
    for at, pieces in by_level.items():
        pieces.sort(key=lambda line: line.start)
        start, end = pieces[0].start, pieces[0].end
        for piece in pieces[1:]:
            if piece.start > end + _NEAR:
                joined.append(Ruled(at, start, end))
                start, end = piece.start, piece.end
            end = max(end, piece.end)
        joined.append(Ruled(at, start, end))
    return joined


def _levels(places: Iterable[float]) -> list[float]:
    """Places in rising order, those near to the one before left out."""
    levels: list[float] = []
    for place in sorted(places):
        if not levels or place - levels[-1] > _NEAR:
            levels.append(place)
    return levels


def _crossing(across: list[Ruled], down: list[Ruled]) -> Iterator[tuple[list[Ruled], list[Ruled]]]:
    """Sets of lines that hang together by crossing or touching each other."""
    left = set(range(len(down)))
    todo = set(range(len(across)))
    while todo:
        waiting = [todo.pop()]
        some_across, some_down = set(waiting), set()
        while waiting:
            line = across[waiting.pop()]
            met = {i for i in left if _touch(line, down[i])}
            left -= met
            some_down |= met
            for i in [i for i in todo if any(_touch(across[i], down[j]) for j in met)]:
                todo.discard(i)
                some_across.add(i)
                waiting.append(i)
        if some_down:
            yield [across[i] for i in sorted(some_across)], [down[i] for i in sorted(some_down)]


def _touch(line: Ruled, upright: Ruled) -> bool:
    return (
        line.start - _NEAR <= upright.at <= line.end + _NEAR
        and upright.start - _NEAR <= line.at <= upright.end + _NEAR
    )


def _grid(across: list[Ruled], down: list[Ruled]) -> Grid:
    """The grid of crossing lines. Where they run on beyond the outermost ones, the table is open."""
    xs = _levels(
        [*(line.at for line in down), *(line.start for line in across), *(line.end for line in across)]
    )
    ys = _levels(
        [*(line.at for line in across), *(line.start for line in down), *(line.end for line in down)]
    )
    return Grid(xs, ys, across, down)
