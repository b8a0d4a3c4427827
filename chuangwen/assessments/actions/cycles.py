"""Years with their weights, official results, and points that an official test took."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import IntegrityError, transaction

from chuangwen.cores.errors import BadInput, NotAllowedNow
from chuangwen.desk import actions as desk
from chuangwen.kit import audit
from chuangwen.kit.locking import check_current, save_if_current
from chuangwen.orgs.access import one_unit
from chuangwen.orgs.actors import Actor

from .. import access, result_access
from ..models import Cycle, LostPoint, OfficialPart, OfficialResult
from ..models.results import CAUSES
from ..rules.asked import LOST
from ..rules.years import check_years

FULL = 100 * 10**9
MOST_WORDS = 1000


@transaction.atomic
def add_cycle(
    *,
    actor: Actor,
    jurisdiction_id: int,
    name: str,
    first_year: int,
    weights_milli: Sequence[int],
    quarters_milli: Sequence[int] = (),
) -> Cycle:
    """Raises Hidden, Denied; BadInput: weights that do not add up to 1000, a name that is there."""
    access.require_keeper(actor)
    city = one_unit(actor, jurisdiction_id)
    check_years(first_year, weights_milli, quarters_milli)
    if Cycle.objects.filter(jurisdiction=city, name=name.strip()).exists():
        raise BadInput("assessments.cycle_exists", name=name)
    cycle = Cycle.objects.create(
        jurisdiction=city,
        name=name.strip(),
        first_year=first_year,
        weights_milli=list(weights_milli),
        quarters_milli=list(quarters_milli),
    )
    audit.record(actor, "assessments.cycle_added", cycle, name=cycle.name, weights_milli=list(weights_milli))
    return cycle


@transaction.atomic
def change_cycle(
    *,
    actor: Actor,
    cycle_id: int,
    version: int,
    name: str,
    first_year: int,
    weights_milli: Sequence[int],
    quarters_milli: Sequence[int] = (),
) -> Cycle:
    """Raises Hidden, Denied, Stale, BadInput."""
    cycle = result_access.cycle_for_change(actor, cycle_id)
    check_current(cycle, version)
    check_years(first_year, weights_milli, quarters_milli)
    same = Cycle.objects.filter(jurisdiction=cycle.jurisdiction, name=name.strip())
    if same.exclude(pk=cycle.pk).exists():
        raise BadInput("assessments.cycle_exists", name=name)
    fields = ["name", "first_year", "weights_milli", "quarters_milli"]
    before = {field: getattr(cycle, field) for field in fields}
    cycle.name, cycle.first_year = name.strip(), first_year
    cycle.weights_milli, cycle.quarters_milli = list(weights_milli), list(quarters_milli)
    save_if_current(cycle, version, fields=fields)
    audit.record(
        actor,
        "assessments.cycle_changed",
        cycle,
        before=before,
        name=cycle.name,
        weights_milli=cycle.weights_milli,
    )
    return cycle


@transaction.atomic
def record_official(
    *,
    actor: Actor,
    cycle_id: int,
    unit_id: int,
    year: int,
    issued_by: str,
    score_nano: int,
    rank_words: str = "",
    document: str = "",
    parts: Mapping[str, tuple[int, int]] | None = None,
    now: datetime,
) -> OfficialResult:
    """What a national or provincial test found: a record of its own, which is never written over.

    `parts` by method: score and full, nano-points. Raises Hidden, Denied; BadInput: the year, the score, a
    result of the same year and issuer that is there already.
    """
    cycle = result_access.cycle_for_change(actor, cycle_id)
    unit = one_unit(actor, unit_id)
    if not unit.path.startswith(cycle.jurisdiction.path):
        raise BadInput("assessments.unit_not_in_round")
    if not 0 <= year - cycle.first_year < len(cycle.weights_milli):
        raise BadInput("assessments.official_year", name=cycle.name)
    rows = dict(parts or {})
    if not 0 <= score_nano <= FULL or any(not 0 <= got <= full <= FULL for got, full in rows.values()):
        raise BadInput("assessments.official_score")
    if not issued_by.strip():
        raise BadInput("assessments.official_issuer")
    try:
        with transaction.atomic():
            found = OfficialResult.objects.create(
                cycle=cycle,
                unit=unit,
                year=year,
                issued_by=issued_by.strip(),
                score_nano=score_nano,
                rank_words=rank_words.strip(),
                document=document.strip(),
                recorded_at=now,
            )
    except IntegrityError:
        raise BadInput("assessments.official_exists", unit=str(unit), year=year) from None
    OfficialPart.objects.bulk_create(
        OfficialPart(result=found, method=method, score_nano=got, full_nano=full)
        for method, (got, full) in rows.items()
    )
    audit.record(
        actor,
        "assessments.official_recorded",
        found,
        unit=str(unit),
        year=year,
        issued_by=found.issued_by,
        score_nano=score_nano,
    )
    return found


@transaction.atomic
def add_lost_point(
    *,
    actor: Actor,
    result_id: int,
    method: str,
    item_words: str,
    points_nano: int,
    unit_id: int | None,
    now: datetime,
) -> LostPoint:
    """Points that the test took; where `unit_id` says to whom that is laid, the unit is asked for its reply.

    Raises Hidden, Denied, BadInput.
    """
    result = result_access.official_for_change(actor, result_id)
    unit = one_unit(actor, unit_id) if unit_id is not None else None
    if not item_words.strip() or not 0 < points_nano <= FULL:
        raise BadInput("assessments.lost_points")
    taken = sum(result.lost_points.values_list("points_nano", flat=True))
    if taken + points_nano > FULL - result.score_nano:
        raise BadInput("assessments.lost_more_than_lost")
    lost = LostPoint.objects.create(
        result=result, method=method, item_words=item_words.strip(), points_nano=points_nano, unit=unit
    )
    audit.record(
        actor,
        "assessments.lost_added",
        lost,
        item=lost.item_words,
        points_nano=points_nano,
        unit=str(unit or ""),
    )
    if unit is not None:
        desk.ask(
            actor=actor,
            kind=LOST,
            subject_id=lost.pk,
            unit_id=unit.pk,
            key=f"{LOST}:{lost.pk}",
            now=now,
        )
    return lost


@transaction.atomic
def reply_to_lost(
    *, actor: Actor, lost_id: int, version: int, cause: str, reply: str, now: datetime
) -> LostPoint:
    """What the unit says: own fault, or not in its hands, and why.

    Raises Hidden, Denied, Stale, BadInput; NotAllowedNow after the decision.
    """
    lost = result_access.lost_to_reply(actor, lost_id)
    check_current(lost, version)
    if lost.decided_at is not None:
        raise NotAllowedNow("assessments.lost_decided")
    _check(cause, reply)
    lost.cause, lost.reply, lost.replied_at = cause, reply.strip(), now
    save_if_current(lost, version, fields=["cause", "reply", "replied_at"])
    audit.record(actor, "assessments.lost_replied", lost, cause=cause)
    desk.finish(actor=actor, kind=LOST, subject_id=lost.pk, now=now)
    return lost


@transaction.atomic
def decide_lost(
    *, actor: Actor, lost_id: int, version: int, cause: str, decision: str, now: datetime
) -> LostPoint:
    """The campaign office decides whose fault it was, with grounds. The unit is heard first.

    Raises Hidden, Denied, Stale, BadInput; NotAllowedNow before the unit replied.
    """
    lost = result_access.lost_to_decide(actor, lost_id)
    check_current(lost, version)
    if lost.unit_id is not None and lost.replied_at is None:
        raise NotAllowedNow("assessments.lost_not_heard")
    _check(cause, decision)
    before = {"cause": lost.cause, "decision": lost.decision}
    lost.cause, lost.decision, lost.decided_at, lost.decided_by = cause, decision.strip(), now, actor.person
    save_if_current(lost, version, fields=["cause", "decision", "decided_at", "decided_by"])
    audit.record(actor, "assessments.lost_decided", lost, before=before, cause=cause)
    return lost


def _check(cause: str, words: str) -> None:
    if cause not in CAUSES:
        raise BadInput("assessments.lost_cause")
    if not 1 <= len(words.strip()) <= MOST_WORDS:
        raise BadInput("assessments.grounds_missing")
