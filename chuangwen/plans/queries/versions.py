"""Which plans and versions there are, and the files handed in."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from chuangwen.cores.errors import Hidden
from chuangwen.desk.access import LOOKERS
from chuangwen.desk.queries import open_of
from chuangwen.kit import audit
from chuangwen.orgs.actors import Actor

from .. import access
from ..models import IndicatorVersion, Intake, Plan, PlanVersion, TaskVersion, VersionRow
from ..rules.asks import CONFIRM, READ_LETTER
from ..rules.states import RowState, VersionState


@dataclass(frozen=True)
class PlanLine:
    """`tasks` and `indicators` count the version in force, or the draft where there is none."""

    plan: Plan
    in_force: PlanVersion | None
    draft: PlanVersion | None
    tasks: int
    indicators: int


@dataclass(frozen=True)
class VersionLine:
    version: PlanVersion
    tasks: int
    indicators: int


def may_edit(actor: Actor) -> bool:
    """Whether the actor takes documents in, reviews, confirms and amends."""
    return access.keeps_plans(actor)


def plan_list(actor: Actor) -> list[PlanLine]:
    """Plans the actor may see, the latest first. Two queries."""
    versions: dict[int, dict[str, PlanVersion]] = {}
    for version in _counted(actor).filter(state__in=[VersionState.DRAFT, VersionState.CONFIRMED]):
        versions.setdefault(version.plan_id, {})[version.state] = version
    lines = []
    for plan in access.visible_plans(actor).order_by("-pk"):
        mine = versions.get(plan.pk, {})
        in_force, draft = mine.get(VersionState.CONFIRMED), mine.get(VersionState.DRAFT)
        shown = in_force or draft
        if shown:  # a plan whose drafts were all discarded is none
            tasks, indicators = _number(shown, "tasks"), _number(shown, "indicators")
            lines.append(PlanLine(plan, in_force, draft, tasks, indicators))
    return lines


def version_of(actor: Actor, plan_id: int, number: int | None = None) -> PlanVersion:
    """Version `number` of a plan; without it the one in force, or the draft where nothing is.

    Raises Hidden.
    """
    versions = access.visible_versions(actor).filter(plan=plan_id)
    if number is not None:
        versions = versions.filter(number=number)
    else:
        versions = versions.filter(state__in=[VersionState.CONFIRMED, VersionState.DRAFT]).order_by("state")
    version = versions.first()
    if version is None:
        raise Hidden
    return version


def submitted(version: PlanVersion) -> bool:
    """Whether leaders are asked to confirm the draft."""
    return open_of(CONFIRM, version.pk).exists()


def letter_waits(actor: Actor, version: PlanVersion, unit_id: int) -> bool:
    """Whether the actor is to acknowledge the task letter of the unit."""
    if actor.unit_id != unit_id or actor.role in LOOKERS:
        return False
    return open_of(READ_LETTER, version.pk).filter(unit=unit_id).exists()


def titles_of_versions(actor: Actor, ids: Collection[int]) -> dict[int, str]:
    """Titles of the plans of those versions that the actor may see, for the desk."""
    found = access.visible_versions(actor).filter(pk__in=ids)
    return {version.pk: version.title or version.plan.title for version in found}


def one_version(actor: Actor, version_id: int) -> PlanVersion:
    """Raises Hidden."""
    return access.one_version(actor, version_id)


def open_draft(actor: Actor, plan_id: int) -> PlanVersion | None:
    """The draft of a plan, for those who may see it."""
    return access.visible_versions(actor).filter(plan=plan_id, state=VersionState.DRAFT).first()


def versions_of(actor: Actor, plan_id: int) -> list[VersionLine]:
    """Versions of a plan, the latest first; empty where the actor sees none. One query."""
    versions = _counted(actor).filter(plan=plan_id).order_by("-pk")
    return [VersionLine(v, _number(v, "tasks"), _number(v, "indicators")) for v in versions]


def history(actor: Actor, version_id: int) -> list[str]:
    """What was done to a version, in words, the latest first. Raises Hidden."""
    version = access.one_version(actor, version_id)
    return [audit.sentence(entry) for entry in audit.history(version)]


def intakes(actor: Actor) -> list[Intake]:
    """Files handed in, the latest first; the last fifty."""
    rows = access.visible_intakes(actor).select_related("plan", "plan_version", "requested_by")
    return list(rows.order_by("-pk")[:50])


def one_intake(actor: Actor, intake_id: int) -> Intake:
    """Raises Hidden."""
    return access.one_intake(actor, intake_id)


def _counted(actor: Actor) -> QuerySet[PlanVersion]:
    """Visible versions with how many tasks and indicators each has kept."""
    return access.visible_versions(actor).annotate(
        tasks=_count(TaskVersion), indicators=_count(IndicatorVersion)
    )


def _count(model: type[VersionRow]) -> Coalesce:
    kept = model.objects.filter(plan_version=OuterRef("pk")).exclude(state=RowState.DROPPED)
    groups = kept.order_by().values("plan_version").annotate(count=Count("pk")).values("count")
    return Coalesce(Subquery(groups), 0)


def _number(version: PlanVersion, name: str) -> int:
    return int(getattr(version, name))
