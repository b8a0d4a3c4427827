"""Part scores that were not marked on points, and what is added or taken by the scheme."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from chuangwen.cores.errors import BadInput, NotAllowedNow
from chuangwen.kit.locking import check_current, save_if_current
from chuangwen.orgs.actors import Actor
from chuangwen.standards.queries import tree

from .. import access, result_access
from ..exchange.parts import PartRow
from ..models import Adjustment, PartScore, Round, RoundUnit
from ..models.results import ADJUSTMENTS
from ..rules.states import RoundState
from .told import tell

NANO = 10**9
CLOSED = (RoundState.LOCKED, RoundState.CANCELLED)
MOST_MILLI = 100_000


def _open_round(actor: Actor, round_id: int, now: datetime) -> Round:
    found = access.round_for_change(actor, round_id, now)
    require_open(found)
    return found


def require_open(found: Round) -> None:
    """Raises NotAllowedNow."""
    if found.state in CLOSED:
        raise NotAllowedNow("assessments.round_closed", name=found.name)


def _unit_of(found: Round, unit_id: int) -> RoundUnit:
    unit = RoundUnit.objects.select_related("unit").filter(round=found, unit=unit_id).first()
    if unit is None:
        raise BadInput("assessments.unit_not_in_round")
    return unit


@transaction.atomic
def set_part(
    *,
    actor: Actor,
    round_id: int,
    unit_id: int,
    method: str,
    nano: int,
    n: int,
    source: str,
    now: datetime,
    node: str = "",
    se_nano: int | None = None,
    version: int | None = None,
) -> PartScore:
    """A part score of a method, or of one standard of it (`node`); in the place of the one before.

    `version` None: there is none yet. Raises Hidden, Denied, Stale, NotAllowedNow once the round is locked;
    BadInput: the unit, the method, the standard, the numbers.
    """
    found = _open_round(actor, round_id, now)
    unit = _unit_of(found, unit_id)
    check_part(found, method, node, nano, n, source, se_nano)
    part = PartScore.objects.filter(round_unit=unit, method=method, node=node).first()
    values: dict[str, Any] = {"nano": nano, "n": n, "se_nano": se_nano, "source": source.strip()}
    if part is None:
        part = PartScore.objects.create(round_unit=unit, method=method, node=node, **values)
        before = None
    else:
        if version is None:
            raise BadInput("assessments.part_exists", unit=str(unit), method=method)
        check_current(part, version)
        before = {name: getattr(part, name) for name in values}
        for name, value in values.items():
            setattr(part, name, value)
        save_if_current(part, version, fields=values)
    tell(
        actor,
        "assessments.part_set",
        found,
        now,
        before=before,
        unit=str(unit),
        method=method,
        node=node,
        **values,
    )
    return part


def check_part(
    found: Round, method: str, node: str, nano: int, n: int, source: str, se_nano: int | None
) -> None:
    """Raises BadInput."""
    if not found.method_weights.get(method):
        raise BadInput("assessments.method_not_in_round", method=method)
    if not 0 <= nano <= NANO:
        raise BadInput("assessments.part_out_of_range")
    if n < 1:
        raise BadInput("assessments.part_needs_n")
    if not source.strip():
        raise BadInput("assessments.part_needs_source")
    if se_nano is not None and not 0 <= se_nano <= NANO:
        raise BadInput("assessments.part_out_of_range")
    if node:
        keys = {one.key: one.method for one in tree(found.system_version_id).standards}
        if keys.get(node) != method:
            raise BadInput("assessments.part_standard", node=node)


@transaction.atomic
def remove_part(*, actor: Actor, part_id: int, version: int, now: datetime) -> int:
    """The round's id. Raises Hidden, Denied, Stale, NotAllowedNow."""
    part = result_access.one_part(actor, part_id, now)
    found = part.round_unit.round
    require_open(found)
    check_current(part, version)
    save_if_current(part, version, fields=[])
    tell(
        actor,
        "assessments.part_removed",
        found,
        now,
        before={"nano": part.nano, "n": part.n, "source": part.source},
        unit=str(part.round_unit),
        method=part.method,
    )
    part.delete()
    return found.pk


@transaction.atomic
def add_adjustment(
    *, actor: Actor, round_id: int, unit_id: int, kind: str, points_milli: int, grounds: str, now: datetime
) -> Adjustment:
    """Points added (`bonus`) or taken (`penalty`), in thousandths, with grounds. The round's caps hold when
    it is scored. Raises Hidden, Denied, NotAllowedNow, BadInput.
    """
    found = _open_round(actor, round_id, now)
    unit = _unit_of(found, unit_id)
    check_adjustment(found, kind, points_milli, grounds)
    one = Adjustment.objects.create(
        round_unit=unit, kind=kind, points_milli=points_milli, grounds=grounds.strip()
    )
    tell(
        actor,
        "assessments.adjusted",
        found,
        now,
        unit=str(unit),
        kind=kind,
        points_milli=points_milli,
        grounds=one.grounds,
    )
    return one


def check_adjustment(found: Round, kind: str, points_milli: int, grounds: str) -> None:
    """Raises BadInput."""
    if kind not in ADJUSTMENTS:
        raise BadInput("assessments.adjustment_kind")
    if not 1 <= points_milli <= MOST_MILLI:
        raise BadInput("assessments.adjustment_points")
    if not grounds.strip():
        raise BadInput("assessments.adjustment_grounds")
    cap = found.bonus_cap_milli if kind == "bonus" else found.penalty_cap_milli
    if not cap:
        raise BadInput("assessments.adjustment_no_cap", kind=str(ADJUSTMENTS[kind]))


@transaction.atomic
def remove_adjustment(*, actor: Actor, adjustment_id: int, version: int, now: datetime) -> int:
    """The round's id. Raises Hidden, Denied, Stale, NotAllowedNow."""
    one = result_access.one_adjustment(actor, adjustment_id, now)
    found = one.round_unit.round
    require_open(found)
    check_current(one, version)
    save_if_current(one, version, fields=[])
    before = {"kind": one.kind, "points_milli": one.points_milli, "grounds": one.grounds}
    tell(actor, "assessments.adjustment_removed", found, now, before=before, unit=str(one.round_unit))
    one.delete()
    return found.pk


@transaction.atomic
def bring_in_parts(
    *, actor: Actor, round_id: int, name: str, rows: Sequence[PartRow], now: datetime
) -> tuple[int, int]:
    """All rows of a table, or none: how many part scores and how many adjustments.

    Rows were checked by `exchange.parts.read`. Part scores that are there are replaced. Raises Hidden,
    Denied, NotAllowedNow.
    """
    found = _open_round(actor, round_id, now)
    parts = [row for row in rows if not row.kind]
    adjustments = [row for row in rows if row.kind]
    there = {
        (one.round_unit_id, one.method, one.node): one
        for one in PartScore.objects.filter(round_unit__round=found)
    }
    for row in parts:
        values = {"nano": row.nano, "n": row.n, "se_nano": row.se_nano, "source": row.source}
        part = there.get((row.round_unit_id, row.method, row.node))
        if part is None:
            PartScore.objects.create(
                round_unit_id=row.round_unit_id, method=row.method, node=row.node, **values
            )
        else:
            for field, value in values.items():
                setattr(part, field, value)
            save_if_current(part, part.version, fields=values)
    Adjustment.objects.bulk_create(
        Adjustment(
            round_unit_id=row.round_unit_id,
            kind=row.kind,
            points_milli=row.points_milli,
            grounds=row.source,
        )
        for row in adjustments
    )
    tell(
        actor,
        "assessments.parts_brought_in",
        found,
        now,
        file=name,
        parts=len(parts),
        adjustments=len(adjustments),
    )
    return len(parts), len(adjustments)
