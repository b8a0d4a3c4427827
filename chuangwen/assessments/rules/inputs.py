"""All that the scores of a round are made of, as plain values: built from tables, kept under the lock, sent
to a province. The same inputs give the same scores everywhere.

A group is whoever a score goes to: "unit:7" (a unit, with all points below it), "lead:12" (a lead
department), "venue:30" (the venue itself).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from chuangwen.cores.errors import BadInput
from chuangwen.cores.scoring.rollup import Given, Item, Node, Observation, Point, System
from chuangwen.cores.scoring.variance import Stratum

FORMAT = "chuangwen-round-inputs-1"
UNIT, LEAD, VENUE = "unit", "lead", "venue"
ROLES = (UNIT, LEAD, VENUE)
MICRO_POINT = 10**6  # nano-points in a thousandth of a point


@dataclass(frozen=True, kw_only=True, slots=True)
class Ranked:
    """A group that is ranked in a peer group, with what is added and taken (thousandths of a point of 100).

    `waiting`: filings of it that nobody has decided yet.
    """

    group: str
    peers: str
    bonus_milli: int = 0
    penalty_milli: int = 0
    waiting: int = 0


@dataclass(frozen=True, kw_only=True)
class Inputs:
    """What `rules.scores` takes."""

    system: System
    points: Sequence[Point]
    observations: Sequence[Observation]
    strata: Sequence[Stratum]
    given: Sequence[Given] = ()
    ranked: Sequence[Ranked] = ()
    threshold_milli: int = 600
    bonus_cap_milli: int = 0
    penalty_cap_milli: int = 0

    def data(self) -> dict[str, Any]:
        """JSON in one order, whatever order the tables gave."""
        return {
            "format": FORMAT,
            "system": {
                "nodes": [asdict(node) for node in self.system.nodes],
                "items": [
                    {**_fields(one), "types": sorted(map(str, one.types))} for one in self.system.items
                ],
                "type_weights": {str(key): weight for key, weight in self.system.type_weights.items()},
                "method_weights": dict(self.system.method_weights),
            },
            "points": _sorted(self.points),
            "observations": _sorted(self.observations),
            "strata": _sorted(self.strata),
            "given": sorted((_fields(one) for one in self.given), key=canonical),
            "ranked": sorted((_fields(one) for one in self.ranked), key=canonical),
            "threshold_milli": self.threshold_milli,
            "bonus_cap_milli": self.bonus_cap_milli,
            "penalty_cap_milli": self.penalty_cap_milli,
        }

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> Inputs:
        """From `data` again. Raises BadInput `assessments.not_inputs`."""
        if data.get("format") != FORMAT:
            raise BadInput("assessments.not_inputs")
        try:
            system = data["system"]
            return cls(
                system=System(
                    nodes=[Node(**one) for one in system["nodes"]],
                    items=[Item(**{**one, "types": frozenset(one["types"])}) for one in system["items"]],
                    type_weights=system["type_weights"],
                    method_weights=system["method_weights"],
                ),
                points=[Point(**{**one, "groups": tuple(one["groups"])}) for one in data["points"]],
                observations=[Observation(**one) for one in data["observations"]],
                strata=[Stratum(**one) for one in data["strata"]],
                given=[Given(**one) for one in data["given"]],
                ranked=[Ranked(**one) for one in data["ranked"]],
                threshold_milli=data["threshold_milli"],
                bonus_cap_milli=data["bonus_cap_milli"],
                penalty_cap_milli=data["penalty_cap_milli"],
            )
        except (KeyError, TypeError, AttributeError):
            raise BadInput("assessments.not_inputs") from None


def group(role: str, unit_id: int) -> str:
    return f"{role}:{unit_id}"


def parts_of(key: object) -> tuple[str, int]:
    """Role and unit of a group."""
    role, _, number = str(key).partition(":")
    return role, int(number)


def canonical(data: object) -> str:
    """The one way in which JSON is written to be hashed."""
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest(data: object) -> str:
    return hashlib.sha256(canonical(data).encode()).hexdigest()


def _fields(row: Any) -> dict[str, Any]:
    return {name: getattr(row, name) for name in row.__slots__}


def _sorted(rows: Iterable[Any]) -> list[dict[str, Any]]:
    found = []
    for row in rows:
        fields = _fields(row)
        if "groups" in fields:
            fields["groups"] = sorted(fields["groups"])
        found.append(fields)
    return sorted(found, key=lambda fields: str(fields["key"]))
