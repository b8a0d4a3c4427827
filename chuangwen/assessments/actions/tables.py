"""A table of visits brought in: all that it says, or nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from chuangwen.cores.errors import BadInput, NotAllowedNow
from chuangwen.orgs.actors import Actor
from chuangwen.standards.queries import tree

from .. import access
from ..exchange.visits import CellError, Filled, read
from ..models import Round, Visit
from ..queries.visits import items_by_type, my_visits
from ..rules.states import RoundState, VisitState
from .told import tell
from .visits import Given, draft_answers, hand_in

OPEN = (VisitState.ASSIGNED, VisitState.RETURNED)


@dataclass(frozen=True)
class BroughtIn:
    """How many visits were handed in, and how many kept as drafts: something of them is still missing."""

    handed_in: int
    drafts: int


@transaction.atomic
def bring_in_visits(*, actor: Actor, round_id: int, name: str, data: bytes, now: datetime) -> BroughtIn:
    """Take the answers of a filled-in table for open visits of the actor's teams.

    A visit that is complete is handed in; one that lacks answers, photos or its time is kept as a draft.
    Raises Hidden, Denied, NotAllowedNow; BadInput: what `cores.sheets` refuses, `assessments.table_errors`
    with `errors` (a list of CellError): then nothing is stored.
    """
    found = access.one_round(actor, round_id, now)
    if found.state != RoundState.MARKING:
        raise NotAllowedNow("assessments.not_marking")
    visits = {one.pk: one for one in my_visits(actor, now).filter(round=found, state__in=OPEN)}
    by_type = items_by_type(tree(found.system_version_id))
    lists = {pk: by_type.get(one.point.type_code, []) for pk, one in visits.items()}
    filled, errors = read(name, data, lists)
    if errors:
        raise BadInput("assessments.table_errors", errors=errors, count=len(errors))
    if not filled:
        raise BadInput("assessments.table_empty")
    handed_in = sum(_take(actor, found, visits[one.visit_id], one, now) for one in filled)
    tell(actor, "assessments.visits_brought_in", found, now, count=len(filled))
    return BroughtIn(handed_in, len(filled) - handed_in)


def _take(actor: Actor, found: Round, visit: Visit, filled: Filled, now: datetime) -> bool:
    """Whether the visit was handed in."""
    visit = access.visit_to_mark(actor, visit.pk, now)
    marks = {key: Given(data, note) for key, (data, note) in filled.answers.items()}
    if filled.visited_at is not None:
        try:
            with transaction.atomic():
                hand_in(actor, visit, marks, filled.visited_at, filled.remark, now)
                return True
        except BadInput:
            visit = access.visit_to_mark(actor, visit.pk, now)
    draft_answers(visit, marks, filled.visited_at, filled.remark)
    return False


__all__ = ["BroughtIn", "CellError", "bring_in_visits"]
