"""In which order drawn points are opened, which are marked a second time, and by which team.

Both lists follow from the seed alone, so that nobody chooses who is looked at twice, and anybody can check it
once the seed is revealed. Points are ranked by SHA-256( purpose in ASCII · 0x00 · seed bytes · frame hash in
ASCII · 0x00 · number in UTF-8 ), smallest first; `purpose` is `open` or `second`. Of n points,
`second_pct` per cent, rounded half up, are marked twice.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from chuangwen.cores.scoring.draw import Draw
from chuangwen.cores.scoring.scale import half_up


def opening_order(draw: Draw, seed: str) -> list[str]:
    """Numbers of the drawn points in the order in which they are opened."""
    return _ranked("open", draw, seed)


def marked_twice(draw: Draw, seed: str, pct: int) -> frozenset[str]:
    """Numbers of the drawn points that a second team marks as well, without knowing the first marks."""
    ranked = _ranked("second", draw, seed)
    return frozenset(ranked[: half_up(len(ranked) * pct, 100)])


def _ranked(purpose: str, draw: Draw, seed: str) -> list[str]:
    before = purpose.encode() + b"\0" + bytes.fromhex(seed) + draw.frame_sha256.encode() + b"\0"
    return sorted(
        (one.number for one in draw.points),
        key=lambda number: (hashlib.sha256(before + number.encode()).digest(), number),
    )


@dataclass(frozen=True)
class Job:
    """A point to be visited, by `key`; `free` are the teams without an interest in it."""

    key: str
    turn: int
    second: bool
    free: Sequence[int]


@dataclass(frozen=True)
class Given:
    """Which team gets what; `without` are keys of points that no team may visit."""

    teams: Mapping[tuple[str, int, bool], int]
    without: tuple[str, ...]


def assigned(jobs: Iterable[Job], load: Mapping[int, int], had: Mapping[str, set[int]]) -> Given:
    """Give each job to the free team with the least to do; of equal ones to the first.

    `load`: visits of each team so far; `had`: teams that had the point before, by key. All turns of a point
    go to one team; the second mark goes to a team that has none of the first.
    """
    count, had = dict(load), {key: set(teams) for key, teams in had.items()}
    teams: dict[tuple[str, int, bool], int] = {}
    first: dict[str, int] = {}
    without: list[str] = []
    for job in jobs:
        if job.second:
            free = [team for team in job.free if team not in had.get(job.key, set())]
        else:
            free = [first[job.key]] if job.key in first else list(job.free)
        if not free:
            without.append(job.key)
            continue
        team = min(free, key=lambda one: (count.get(one, 0), one))
        teams[job.key, job.turn, job.second] = team
        count[team] = count.get(team, 0) + 1
        had.setdefault(job.key, set()).add(team)
        if not job.second:
            first[job.key] = team
    return Given(teams, tuple(dict.fromkeys(without)))
