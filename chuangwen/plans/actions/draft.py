"""A draft plan from what the reader found in a document."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from itertools import pairwise
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.utils import timezone

from chuangwen.cores.errors import NotAllowedNow
from chuangwen.cores.reading import Reading
from chuangwen.kit import audit
from chuangwen.orgs.actors import Actor
from chuangwen.orgs.queries import match_names, match_posts

from .. import access
from ..models import CampaignCycle, Document, Plan, PlanVersion, Role
from ..rules.content import AssignmentLine, Content, Place, TaskRow
from ..rules.from_reading import content_of
from . import store
from .asks import ask_about_doubts

if TYPE_CHECKING:
    from chuangwen.orgs.models import Unit


@transaction.atomic
def draft_from_reading(
    *, actor: Actor, document: Document, reading: Reading, now: datetime, title: str = ""
) -> PlanVersion:
    """A new plan with a draft of all that was read, each row with its words; names are matched to units.

    `title` is the plan's; "" takes the document's own, or the name of its file. Raises Denied.
    """
    access.require_keeper(actor)
    content = content_of(reading, document.pk)
    match_units(content, document.jurisdiction, timezone.localdate(now))
    plan = Plan.objects.create(
        jurisdiction=document.jurisdiction,
        title=(title or content.title or document.name)[:200],
        cycle=_cycle(content),
    )
    version = open_draft(plan, content, document=document, base=None, reason="", now=now)
    ask_about_doubts(actor, version, now)
    audit.record(
        actor,
        "plans.drafted",
        version,
        document=document.name,
        tasks=len(content.tasks),
        indicators=len(content.indicators),
    )
    return version


def open_draft(
    plan: Plan,
    content: Content,
    *,
    document: Document | None,
    base: PlanVersion | None,
    reason: str,
    now: datetime,
) -> PlanVersion:
    """A draft of `plan` with all rows of `content`. Raises NotAllowedNow while another draft is open."""
    try:
        with transaction.atomic():
            version = PlanVersion.objects.create(
                plan=plan,
                document=document,
                base=base,
                reason=reason,
                created_at=now,
                **store.head(content),
            )
    except IntegrityError:
        raise NotAllowedNow("plans.draft_open", plan=plan.title) from None
    store.store_rows(version, content)
    return version


def match_units(content: Content, jurisdiction: Unit, on: date) -> None:
    """Fill in the unit, group or post that each printed name means on the day; unknown names stay."""
    join_titles(content.tasks, jurisdiction, on)
    match_assignments((line for task in content.tasks for line in task.assignments), jurisdiction, on)
    names = {name for goal in content.goals for name in goal.counties}
    units = match_names(jurisdiction, sorted(names), on)
    for goal in content.goals:
        found = (units[name].unit for name in goal.counties)
        goal.jurisdictions = [unit.pk for unit in found if unit]


def join_titles(tasks: Iterable[TaskRow], jurisdiction: Unit, on: date) -> None:
    """One post may have a title of several parts (副市长、市公安局局长), which reads like two leaders."""
    pairs = [
        (task, one, other)
        for task in tasks
        for one, other in pairwise(task.assignments)
        if one.role == other.role == Role.LEADER
    ]
    posts = match_posts(jurisdiction, {f"{one.printed}、{other.printed}" for _, one, other in pairs}, on)
    for task, one, other in pairs:
        printed = f"{one.printed}、{other.printed}"
        if printed in posts and one.places and other.places:
            first, last = one.places[0], other.places[-1]
            one.printed, one.places = printed, [Place(first.document, first.start, last.end)]
            task.assignments.remove(other)


def match_assignments(lines: Iterable[AssignmentLine], jurisdiction: Unit, on: date) -> None:
    lines = list(lines)
    leaders = sorted({line.printed for line in lines if line.role == Role.LEADER})
    others = sorted({line.printed for line in lines if line.role != Role.LEADER})
    posts = match_posts(jurisdiction, leaders, on)
    units = match_names(jurisdiction, others, on)
    for line in lines:
        if line.role == Role.LEADER:
            line.post = posts[line.printed].pk if line.printed in posts else None
        else:
            match = units[line.printed]
            line.unit = match.unit.pk if match.unit else None
            line.group = match.group.pk if match.group else None


def _cycle(content: Content) -> CampaignCycle | None:
    """The one cycle with the years of the document, None where there is none or several."""
    years = {"first_year": content.first_year or 0, "last_year": content.last_year or 0}
    cycles = CampaignCycle.objects.filter(**years)[:2]
    return cycles[0] if len(cycles) == 1 else None
