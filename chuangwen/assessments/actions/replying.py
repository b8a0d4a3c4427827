"""The right of reply: owners see their own findings, accept or object with proof; a second marker decides."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q

from chuangwen.cores.errors import BadInput, NotAllowedNow
from chuangwen.cores.scoring.kinds import Rated, parse_mark, rate
from chuangwen.cores.worktime import TimeUnit
from chuangwen.desk import actions as desk
from chuangwen.desk.queries import calendar_of, open_or_held_of
from chuangwen.kit import audit, files
from chuangwen.kit.locking import save_if_current
from chuangwen.orgs.actors import Actor, system_actor
from chuangwen.standards.queries import tree

from .. import access, result_access
from ..models import FramePoint, Mark, Objection, ObjectionFile, Reply, Round, Visit
from ..rules.asked import DECIDE, REPLY
from ..rules.proofs import MOST_FILES, checked
from ..rules.states import OBJECTION, ObjectionState, RoundState, VisitState, next_state
from .scoring import rescored
from .told import tell

Proof = tuple[str, bytes]  # name, bytes
MOST_WORDS = 1000


@transaction.atomic
def ask_for_replies(*, actor: Actor, round_id: int, now: datetime) -> int:
    """Ask each owner of a marked point once for its reply, due when the time for replies ends; how many are
    new. Safe to run twice. Sets the end where the round has none yet: so many working days from now.

    Raises Hidden, Denied; NotAllowedNow while marks are still made or the round is secret.
    """
    found = access.round_for_change(actor, round_id, now)
    if found.state != RoundState.REPLYING:
        raise NotAllowedNow("assessments.no_replies_yet")
    if found.covert_until is not None and found.covert_until > now:
        raise NotAllowedNow("assessments.still_secret")
    if found.replies_until is None:
        due = calendar_of(found.jurisdiction_id).due(now, found.reply_days, TimeUnit.WORKING_DAYS)
        found.replies_until = due.at
        save_if_current(found, found.version, fields=["replies_until"])
    there = set(Reply.objects.filter(round=found).values_list("unit", flat=True))
    asked = set(open_or_held_of(REPLY, found.pk).values_list("unit", flat=True))
    new = 0
    for unit_id in sorted(owners_of(found) - there - asked):
        todo = desk.ask(
            actor=actor,
            kind=REPLY,
            subject_id=found.pk,
            unit_id=unit_id,
            key=f"{REPLY}:{found.pk}:{unit_id}",
            due_at=found.replies_until,
            now=now,
        )
        new += todo.asked_at == now
    if new:
        tell(actor, "assessments.replies_asked", found, now, n=new, until=found.replies_until)
    return new


def ask_all_for_replies(*, actor: Actor, now: datetime) -> int:
    """Ask in each round that waits for replies and may be known; how many are new. Safe to run twice."""
    rounds = Round.objects.filter(state=RoundState.REPLYING).order_by("pk")
    open_ = rounds.filter(Q(covert_until=None) | Q(covert_until__lte=now))
    return sum(ask_for_replies(actor=actor, round_id=one.pk, now=now) for one in open_)


def owners_of(found: Round) -> set[int]:
    """Territorial units, appraised units, lead departments and venues of points with accepted marks."""
    visited = Visit.objects.filter(round=found, second=False, state=VisitState.ACCEPTED).values("point")
    rows = FramePoint.objects.filter(pk__in=visited)
    columns = ("unit", "stratum_unit", "lead_unit", "venue_unit")
    return {unit for row in rows.values_list(*columns) for unit in row if unit is not None}


def _require_time(found: Round, now: datetime) -> None:
    if found.state != RoundState.REPLYING:
        raise NotAllowedNow("assessments.no_replies_yet")
    if found.replies_until is not None and now > found.replies_until:
        raise NotAllowedNow("assessments.replies_closed")


@transaction.atomic
def object_to(*, actor: Actor, mark_id: int, words: str, proofs: Sequence[Proof], now: datetime) -> Objection:
    """Object to a mark with proof. Raises Hidden, Denied; NotAllowedNow outside the time for replies or
    with an open objection of the unit there; BadInput without words or proof, or for a file of another kind.
    """
    mark = access.mark_to_object(actor, mark_id, now)
    found = mark.visit.round
    _require_time(found, now)
    words = words.strip()
    if not 1 <= len(words) <= MOST_WORDS:
        raise BadInput("assessments.objection_words", most=MOST_WORDS)
    if not 1 <= len(proofs) <= MOST_FILES:
        raise BadInput("assessments.objection_proof", most=MOST_FILES)
    unit = actor.seat.unit if actor.seat else mark.visit.point.unit
    if Objection.objects.filter(mark=mark, unit=unit).exclude(state=ObjectionState.WITHDRAWN).exists():
        raise NotAllowedNow("assessments.objected_already")
    names = [checked(name, data)[0] for name, data in proofs]
    objection = Objection.objects.create(mark=mark, unit=unit, words=words, by=actor.person, at=now)
    ObjectionFile.objects.bulk_create(
        ObjectionFile(objection=objection, name=name, sha256=files.put(data))
        for name, (_, data) in zip(names, proofs, strict=True)
    )
    audit.record(actor, "assessments.objected", objection, unit=str(unit), item=mark.item, files=names)
    desk.ask(
        actor=system_actor("assessments"),
        kind=DECIDE,
        subject_id=objection.pk,
        unit_id=found.lead.unit_id,
        seat=found.lead,
        key=f"{DECIDE}:{objection.pk}",
        now=now,
    )
    return objection


@transaction.atomic
def withdraw_objection(*, actor: Actor, objection_id: int, now: datetime) -> Objection:
    """Raises Hidden, Denied, NotAllowedNow."""
    objection = result_access.objection_to_withdraw(actor, objection_id, now)
    return _step(actor, objection, "withdraw", "", now)


@transaction.atomic
def accept_findings(*, actor: Actor, round_id: int, words: str = "", now: datetime) -> Reply:
    """The unit has gone through its findings; what it did not object to it accepts. Once for each unit.

    Raises Hidden, Denied, NotAllowedNow.
    """
    found, unit = result_access.replier(actor, round_id, now)
    _require_time(found, now)
    reply, new = Reply.objects.get_or_create(
        round=found, unit=unit, defaults={"words": words.strip()[:500], "by": actor.person, "at": now}
    )
    if not new:
        raise NotAllowedNow("assessments.replied_already")
    objections = Objection.objects.filter(mark__visit__round=found, unit=unit).count()
    audit.record(actor, "assessments.replied", found, unit=str(unit), objections=objections)
    desk.finish(actor=actor, kind=REPLY, subject_id=found.pk, unit_id=unit.pk, now=now)
    return reply


@transaction.atomic
def uphold_objection(
    *, actor: Actor, objection_id: int, mark: Mapping[str, Any], grounds: str, now: datetime
) -> Objection:
    """The unit is right: the mark becomes `mark` (JSON as the kind of the item takes it), the one before is
    kept beside it, and the round is scored anew.

    Raises Hidden, Denied (the first marker, an owner), NotAllowedNow, BadInput.
    """
    objection = result_access.objection_to_decide(actor, objection_id, now)
    _require_undecided(objection)
    row = Mark.objects.select_for_update().get(pk=objection.mark_id)
    version = objection.mark.visit.round.system_version_id
    rule = next(one.marking for one in tree(version).items if one.key == row.item)
    outcome = rate(rule, parse_mark(rule, mark))
    before = {
        "data": row.data,
        "nano": row.nano,
        "reason": row.reason,
        "objection": objection.pk,
        "before": row.before,
    }
    row.data = dict(parse_mark(rule, mark).data)
    row.nano = outcome.nano if isinstance(outcome, Rated) else None
    row.reason = "" if isinstance(outcome, Rated) else outcome.reason
    row.before = before
    row.save(update_fields=["data", "nano", "reason", "before"])
    objection = _step(actor, objection, "uphold", grounds, now, nano=row.nano)
    found = objection.mark.visit.round
    rescored(found)
    return objection


@transaction.atomic
def reject_objection(*, actor: Actor, objection_id: int, grounds: str, now: datetime) -> Objection:
    """The mark stays. Raises Hidden, Denied (the first marker, an owner), NotAllowedNow, BadInput."""
    objection = result_access.objection_to_decide(actor, objection_id, now)
    _require_undecided(objection)
    return _step(actor, objection, "reject", grounds, now)


def _require_undecided(objection: Objection) -> None:
    if objection.mark.visit.round.state != RoundState.REPLYING:
        raise NotAllowedNow("assessments.no_replies_yet")


def _step(
    actor: Actor, objection: Objection, move: str, grounds: str, now: datetime, **values: Any
) -> Objection:
    to = next_state(OBJECTION, ObjectionState(objection.state), move)
    grounds = grounds.strip()
    if move != "withdraw" and not 1 <= len(grounds) <= MOST_WORDS:
        raise BadInput("assessments.grounds_missing")
    changes: dict[str, Any] = {"state": to, "grounds": grounds, "decided_at": now, "decided_by": actor.person}
    rows = Objection.objects.filter(pk=objection.pk, state=ObjectionState.OPEN)
    if not rows.update(**changes):
        raise NotAllowedNow("assessments.not_this_step", state=objection.state, move=move)
    for name, value in changes.items():
        setattr(objection, name, value)
    desk.finish(actor=actor, kind=DECIDE, subject_id=objection.pk, now=now)
    audit.record(
        actor,
        f"assessments.objection_{to.value}",
        objection,
        unit=str(objection.unit),
        item=objection.mark.item,
        **values,
    )
    return objection
