"""The lock: from here on the round is what its file says."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from chuangwen.cores.errors import NotAllowedNow
from chuangwen.desk import actions as desk
from chuangwen.kit import files
from chuangwen.kit.locking import check_current, save_if_current
from chuangwen.orgs.actors import Actor

from .. import access
from ..models import Filing, Objection, Reply, RoundLock
from ..queries.locks import lock_document
from ..rules import lock
from ..rules.asked import REPLY
from ..rules.scores import results
from ..rules.states import ROUND, FilingState, ObjectionState, RoundState, next_state
from .replying import owners_of
from .scoring import store
from .told import tell


@transaction.atomic
def lock_round(*, actor: Actor, round_id: int, version: int, now: datetime) -> RoundLock:
    """Score a last time, and keep inputs, rules, draw, code version and result under one hash.

    Raises Hidden, Denied, Stale; NotAllowedNow while units may still reply, an objection is open, or filed
    material waits for its verdict.
    """
    found = access.round_for_change(actor, round_id, now)
    check_current(found, version)
    to = next_state(ROUND, RoundState(found.state), "lock")
    waiting = Objection.objects.filter(mark__visit__round=found, state=ObjectionState.OPEN).count()
    if waiting:
        raise NotAllowedNow("assessments.objections_open", n=waiting)
    if Filing.objects.filter(round=found).exclude(state=FilingState.ACCEPTED).exists():
        raise NotAllowedNow("assessments.filings_open")
    silent = owners_of(found) - set(Reply.objects.filter(round=found).values_list("unit", flat=True))
    if silent and (found.replies_until is None or now <= found.replies_until):
        raise NotAllowedNow("assessments.replies_still_open", n=len(silent))
    document, made = lock_document(found)
    store(found, results(made.inputs, threads=1))
    found.state = to
    save_if_current(found, version, fields=["state"])
    locked = RoundLock.objects.create(
        round=found,
        sha256=lock.sha256(document),
        file_sha256=files.put(lock.packed(document)),
        code_version=document["code"],
        locked_at=now,
        locked_by=actor.person,
    )
    tell(actor, "assessments.locked", found, now, sha256=locked.sha256)
    desk.withdraw_all(actor=actor, kind=REPLY, subject_id=found.pk, now=now)
    return locked
