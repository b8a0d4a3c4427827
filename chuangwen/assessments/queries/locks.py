"""A round as its lock holds it, made from the tables of today."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from chuangwen.cores.errors import BadInput
from chuangwen.kit import files

from ..code_version import code_version
from ..models import Draw, Mark, Objection, Reply, Round, RoundLock
from ..rules import lock
from ..rules.inputs import Inputs
from ..rules.scores import results
from .inputs import RoundInputs, round_inputs

ROUND = (
    *("name", "full_area", "type_codes", "method_weights", "threshold_milli", "bonus_cap_milli"),
    *("penalty_cap_milli", "visits_per_point", "second_pct", "weighs_milli"),
)


def lock_document(found: Round, code: str | None = None) -> tuple[dict[str, Any], RoundInputs]:
    """The whole document. `code` None: the code that runs."""
    made = round_inputs(found)
    return lock.document(_about(found, made), made.inputs, code or code_version()), made


def _about(found: Round, made: RoundInputs) -> dict[str, Any]:
    draw = Draw.objects.filter(round=found).first()
    version = found.system_version
    return {
        "round": {
            **{name: getattr(found, name) for name in ROUND},
            "first_day": found.first_day.isoformat(),
            "last_day": found.last_day.isoformat(),
        },
        "rules": {
            "system": version.system.name,
            "purpose": version.system.purpose,
            "number": version.number,
            "digest": made.tree.digest(),
        },
        "draw": None
        if draw is None
        else {
            "design": draw.design,
            "frame_sha256": draw.frame_sha256,
            "seed_sha256": draw.seed_sha256,
            "beacon": draw.beacon,
        },
        "units": [
            {"unit": one.unit.name, "id": one.unit_id, "peers": one.peer_group, "least": one.points_least}
            for one in found.units.select_related("unit").order_by("unit")
        ],
        "marks": _marks(found, made),
        "objections": [
            {
                "key": f"{one.mark.visit.point.number}/{one.mark.visit.turn}/{one.mark.item}/{one.unit_id}",
                "state": one.state,
                "words": one.words,
                "grounds": one.grounds,
                "files": sorted(file.sha256 for file in one.files.all()),
            }
            for one in Objection.objects.filter(mark__visit__round=found)
            .select_related("mark__visit__point")
            .prefetch_related("files")
            .order_by("pk")
        ],
        "replies": sorted(Reply.objects.filter(round=found).values_list("unit__name", flat=True)),
    }


def _marks(found: Round, made: RoundInputs) -> list[dict[str, Any]]:
    """What was answered, beside what it is worth (which stands in the inputs)."""
    rows = Mark.objects.filter(visit__round=found).in_bulk(list(made.marks.values()))
    return [
        {
            "key": str(key),
            "data": rows[pk].data,
            "reason": rows[pk].reason,
            "before": _before(rows[pk].before),
        }
        for key, pk in sorted(made.marks.items(), key=lambda pair: str(pair[0]))
    ]


def _before(data: Any) -> Any:
    return None if data is None else {"data": data["data"], "nano": data["nano"]}


@dataclass(frozen=True)
class Verdict:
    """`found` is the hash of what the tables and the code of today give; `again` says whether the inputs that
    were kept give the result that was kept. `other_code`: other code runs than at the lock.
    """

    kept: str
    found: str
    again: bool
    other_code: str
    differences: list[tuple[str, Any, Any]]

    @property
    def same(self) -> bool:
        return self.kept == self.found and self.again


def verified(found: Round) -> Verdict:
    """The lock of a round against its tables.

    Raises BadInput: assessments.not_locked, assessments.not_a_lock.
    """
    kept = RoundLock.objects.filter(round=found).first()
    if kept is None:
        raise BadInput("assessments.not_locked", name=found.name)
    document = lock.unpacked(files.read(kept.file_sha256))
    now, _ = lock_document(found, code=document["code"])
    again = [one.data() for one in results(Inputs.of(document["inputs"]), threads=1)] == document["result"]
    differences = []
    for one in lock.differences(document, now):
        differences.append(one)
        if len(differences) == lock.MOST_SHOWN:
            break
    if lock.sha256(document) != kept.sha256:
        differences.insert(0, ("/file", kept.sha256, lock.sha256(document)))
    running = code_version()
    return Verdict(
        kept=kept.sha256,
        found=lock.sha256(now),
        again=again,
        other_code=running if running != kept.code_version else "",
        differences=differences,
    )


def lock_of(found: Round) -> RoundLock | None:
    return RoundLock.objects.filter(round=found).select_related("locked_by").first()
