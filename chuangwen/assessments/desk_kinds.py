"""What rounds ask of units, as the desk shows it."""

from __future__ import annotations

from collections.abc import Collection

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from chuangwen.desk.registry import Kind
from chuangwen.kit import clock
from chuangwen.orgs.actors import Actor

from .queries.cycles import titles_of_rounds
from .queries.filings import titles_of
from .result_access import seen_objections, visible_lost
from .rules.asked import (
    DECIDE,
    DECIDE_DAYS,
    DECIDE_MINUTES,
    FILING,
    FILING_MINUTES,
    LOST,
    LOST_DAYS,
    LOST_MINUTES,
    REPLY,
    REPLY_MINUTES,
)


def _lost(actor: Actor, ids: Collection[int]) -> dict[int, str]:
    return dict(visible_lost(actor).filter(pk__in=ids).values_list("pk", "item_words"))


def _objections(actor: Actor, ids: Collection[int]) -> dict[int, str]:
    rows = seen_objections(actor, clock.now()).filter(pk__in=ids)
    return {one.pk: f"{one.mark.visit.round.name} · {one.unit}" for one in rows}


KINDS = (
    Kind(
        code=DECIDE,
        words=_("Have an objection decided by a second marker"),
        titles=_objections,
        url=lambda objection_id: reverse("assessments:objection", args=[objection_id]),
        allowance=DECIDE_DAYS,
        minutes=DECIDE_MINUTES,
    ),
    Kind(
        code=REPLY,
        words=_("Reply to the findings of an assessment"),
        titles=lambda actor, ids: titles_of_rounds(actor, ids, clock.now()),
        url=lambda round_id: reverse("assessments:reply", args=[round_id]),
        minutes=REPLY_MINUTES,
    ),
    Kind(
        code=FILING,
        words=_("File material for a standard"),
        titles=lambda actor, ids: titles_of(actor, ids, clock.now()),
        url=lambda filing_id: reverse("assessments:filing", args=[filing_id]),
        allowance=10,
        minutes=FILING_MINUTES,
    ),
    Kind(
        code=LOST,
        words=_("Reply to a lost point"),
        titles=_lost,
        url=lambda lost_id: reverse("assessments:lost", args=[lost_id]),
        allowance=LOST_DAYS,
        minutes=LOST_MINUTES,
    ),
)
