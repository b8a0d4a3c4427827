"""Scores of a round, made anew from its marks until it is locked."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from chuangwen.cores.errors import NotAllowedNow
from chuangwen.orgs.actors import Actor

from .. import access
from ..models import NodeScore, Round, UnitScore
from ..queries.inputs import scores_now
from ..rules.inputs import digest, parts_of
from ..rules.scores import Result
from ..rules.states import RoundState
from .told import tell

SCORED = (RoundState.MARKING, RoundState.REPLYING)
AT_ONCE = 500
FIELDS = (
    *("known_nano", "total_nano", "raw_nano", "final_nano", "low_nano", "high_nano", "se", "df"),
    *("drawn", "visited", "marks", "not_applicable", "coverage_nano"),
    *("rank", "rank_first", "rank_last", "tier", "tied"),
)


@transaction.atomic
def score_round(*, actor: Actor, round_id: int, now: datetime) -> list[Result]:
    """Make the scores of a round from what was accepted so far. The same marks give the same rows.

    Raises Hidden, Denied; NotAllowedNow before anything is marked, and once the round is locked.
    """
    found = access.round_for_change(actor, round_id, now)
    if found.state not in SCORED:
        raise NotAllowedNow("assessments.not_scored_now")
    made = rescored(found)
    tell(actor, "assessments.round_scored", found, now, groups=len(made), digest=digest_of(made))
    return made


def rescored(found: Round) -> list[Result]:
    """The scores, stored. Of two at once the second waits, and reads what the first has changed."""
    Round.objects.select_for_update().get(pk=found.pk)
    made = scores_now(found)
    store(found, made)
    return made


def digest_of(made: Sequence[Result]) -> str:
    return digest([one.data() for one in made])


def store(found: Round, made: Sequence[Result]) -> None:
    """In the place of the scores before."""
    NodeScore.objects.filter(score__round=found).delete()
    UnitScore.objects.filter(round=found).delete()
    rows = [_row(found, one) for one in made]
    UnitScore.objects.bulk_create(rows, batch_size=AT_ONCE)
    nodes = [
        NodeScore(score=row, method=method, node=node, nano=nano)
        for row, one in zip(rows, made, strict=True)
        for (method, node), nano in sorted(one.nodes.items())
    ]
    NodeScore.objects.bulk_create(nodes, batch_size=AT_ONCE)


def _row(found: Round, one: Result) -> UnitScore:
    role, unit = parts_of(one.group)
    return UnitScore(
        round=found,
        unit_id=unit,
        role=role,
        peer_group=one.peers,
        withheld=list(one.withheld),
        missing=list(one.missing),
        **{name: getattr(one, name) for name in FIELDS},
    )
