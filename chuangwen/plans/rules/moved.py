"""Where words of one text stand in another that was made from it."""

from __future__ import annotations

from bisect import bisect_right
from difflib import SequenceMatcher
from itertools import accumulate

MOST = (
    4_000_000  # characters of a changed stretch times those that took its place; beyond, nothing is matched
)


class Moved:
    """An alignment of `old` with `new`: by lines, and by characters where lines were changed."""

    def __init__(self, old: str, new: str) -> None:
        self.old, self.new = old, new
        self.same: list[tuple[int, int, int]] = []  # (place in old, place in new, length), in order
        old_lines, new_lines = old.splitlines(keepends=True), new.splitlines(keepends=True)
        old_at = [0, *accumulate(map(len, old_lines))]
        new_at = [0, *accumulate(map(len, new_lines))]
        matcher = SequenceMatcher(None, old_lines, new_lines, autojunk=False)
        for how, i, j, k, m in matcher.get_opcodes():
            if how == "equal":
                self.same.append((old_at[i], new_at[k], old_at[j] - old_at[i]))
            elif how == "replace":
                self._align(old_at[i], old_at[j], new_at[k], new_at[m])
        self._starts = [block[0] for block in self.same]

    def place(self, start: int, end: int) -> tuple[int, int] | None:
        """Where old[start:end] stands now, perhaps with other words inside; None if that cannot be said."""
        first, last = self._at(start), self._at(end - 1)
        if first is not None and last is not None and first <= last:
            return first, last + 1
        words = self.old[start:end]
        if self.new.count(words) == 1:
            at = self.new.index(words)
            return at, at + len(words)
        return None

    def _at(self, offset: int) -> int | None:
        block = bisect_right(self._starts, offset) - 1
        if block < 0:
            return None
        old, new, length = self.same[block]
        return new + offset - old if offset < old + length else None

    def _align(self, start: int, end: int, new_start: int, new_end: int) -> None:
        if (end - start) * (new_end - new_start) > MOST:
            return
        matcher = SequenceMatcher(None, self.old[start:end], self.new[new_start:new_end], autojunk=False)
        self.same += [
            (start + block.a, new_start + block.b, block.size)
            for block in matcher.get_matching_blocks()
            if block.size
        ]
