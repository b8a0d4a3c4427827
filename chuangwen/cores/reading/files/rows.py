"""Tables as lines: a line for a row, a tab between columns, merged cells made whole."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

_MAX_ALIGNED = 64  # columns
_MAX_REPEATED = 500  # characters of a cell that is given again in the rows below
_FRAME_LINES = 10


@dataclass(slots=True)
class Cell:
    """What a cell says, how many columns and rows it covers, and whether it `continues` the one above it."""

    lines: list[str]
    wide: int = 1
    high: int = 1
    continues: bool = False

    @property
    def text(self) -> str:
        """All of it in one line."""
        return " ".join(" ".join(self.lines).split())


def is_frame(rows: Sequence[Sequence[Cell]]) -> bool:
    """Whether a table only arranges text: one column, or one cell of several lines that is most of it."""
    filled = [[cell for cell in row if cell.lines] for row in rows]
    abreast = sum(len(row) > 1 for row in filled)
    if abreast == 0:
        return True
    weights = [(sum(map(len, cell.lines)), len(cell.lines)) for row in filled for cell in row]
    heaviest, lines = max(weights)
    most = heaviest * 2 > sum(weight for weight, _ in weights)
    return most and lines > (2 if abreast == 1 else _FRAME_LINES)


def rows_of_cells(rows: Sequence[Sequence[Cell]]) -> list[str]:
    """A line for each row that says something.

    What is merged downwards is repeated in each row that it covers; what is merged sideways is given once,
    with empty columns after it where other rows have cells.
    """
    placed = _placed(rows)
    columns = sorted({column for row in placed for column in row})
    lines = []
    for row in placed:
        shown = columns if len(columns) <= _MAX_ALIGNED else sorted(row)
        line = "\t".join(row.get(column, "") for column in shown).rstrip("\t")
        if line.strip():
            lines.append(line)
    return lines


def _placed(rows: Sequence[Sequence[Cell]]) -> list[dict[int, str]]:
    """Rows as text by the column of the grid in which it begins."""
    # What is repeated stays in proportion to what the table says, whatever it claims to merge.
    budget = 2000 + 4 * sum(len(line) for row in rows for cell in row for line in cell.lines)
    hanging: dict[int, tuple[int, int, str]] = {}  # rows still to cover, columns covered, text
    above: dict[int, str] = {}
    found = []
    for row in rows:
        placed: dict[int, str] = {}
        begun: dict[int, tuple[int, int, str]] = {}
        again = {column: text for column, (_, _, text) in hanging.items()} if row else {}
        column = 0
        for cell in row:
            while column in hanging:
                column += hanging[column][1]
            if cell.continues:
                again[column] = above.get(column, "")
            else:
                placed[column] = above[column] = cell.text
            if cell.high > 1 and column < _MAX_ALIGNED:
                begun[column] = (cell.high - 1, cell.wide, placed.get(column, ""))
            column += cell.wide
        for column, text in again.items():
            budget -= len(text)
            placed[column] = text if len(text) <= _MAX_REPEATED and budget > 0 else ""
        found.append(placed)
        hanging = {
            at: (left - 1, wide, text) for at, (left, wide, text) in hanging.items() if left > 1
        } | begun
    return found
