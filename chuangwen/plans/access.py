"""Who may see and change plans.

Every seat that takes part in the campaign sees what was confirmed in its city (SCOPES); drafts are for the
campaign office, and for leaders once it asks them to confirm; an administrator sees no plan; another city's
plans are hidden.
"""

from __future__ import annotations

from typing import TypeVar

from django.db.models import Exists, Model, OuterRef, Q, QuerySet

from chuangwen.cores.errors import Denied, Hidden
from chuangwen.desk.access import LOOKERS
from chuangwen.desk.queries import open_subjects
from chuangwen.orgs import scopes
from chuangwen.orgs.actors import Actor
from chuangwen.orgs.rules import ADMINISTRATORS, SEATED, Role, Scope

from .models import ROW_MODELS, Document, Doubt, Intake, Plan, PlanVersion, ProposedChange, VersionRow
from .rules.asks import CONFIRM
from .rules.states import VersionState, next_version_state

Row = TypeVar("Row", bound=Model)
FROZEN = (VersionState.CONFIRMED, VersionState.SUPERSEDED)
SCOPES = {role: Scope.CITY for role in SEATED if role not in ADMINISTRATORS}


def sees_plans(actor: Actor) -> bool:
    """Whether plans are for the seat: it takes part in the campaign's business."""
    return scopes.sees(actor, "plans")


def keeps_plans(actor: Actor) -> bool:
    """Whether the actor reviews, confirms and amends plans."""
    return actor.is_system or actor.role == Role.CAMPAIGN_OFFICE


def visible_versions(actor: Actor) -> QuerySet[PlanVersion]:
    """Versions the actor may see: confirmed and superseded ones, for the campaign office drafts too."""
    versions = PlanVersion.objects.select_related("plan", "document")
    versions = versions.filter(scopes.within(actor, "plans", "plan__jurisdiction"))
    if keeps_plans(actor):
        return versions
    seen = Q(state__in=FROZEN)
    if actor.role == Role.LEADER:
        seen |= Q(state=VersionState.DRAFT, pk__in=open_subjects(CONFIRM))
    return versions.filter(seen)


def visible_plans(actor: Actor) -> QuerySet[Plan]:
    """Plans with a version that the actor may see."""
    seen = visible_versions(actor).filter(plan=OuterRef("pk"))
    return Plan.objects.filter(Exists(seen)).select_related("jurisdiction", "cycle")


def visible_documents(actor: Actor) -> QuerySet[Document]:
    """For the campaign office every document of the city, for others those of versions that they see."""
    documents = Document.objects.filter(scopes.within(actor, "plans", "jurisdiction"))
    if keeps_plans(actor):
        return documents
    return documents.filter(Exists(visible_versions(actor).filter(document=OuterRef("pk"))))


def visible_intakes(actor: Actor) -> QuerySet[Intake]:
    """Files handed in: the campaign office's business."""
    if not keeps_plans(actor):
        return Intake.objects.none()
    return Intake.objects.filter(scopes.within(actor, "plans", "jurisdiction"))


def one_version(actor: Actor, version_id: int) -> PlanVersion:
    """Raises Hidden."""
    return _one(visible_versions(actor), version_id)


def one_plan(actor: Actor, plan_id: int) -> Plan:
    """Raises Hidden."""
    return _one(visible_plans(actor), plan_id)


def one_intake(actor: Actor, intake_id: int) -> Intake:
    """Raises Hidden."""
    return _one(visible_intakes(actor).select_related("jurisdiction", "plan"), intake_id)


def one_document(actor: Actor, document_id: int) -> Document:
    """Raises Hidden."""
    return _one(visible_documents(actor), document_id)


def require_keeper(actor: Actor) -> None:
    """Raises Denied for a seat that does not keep plans."""
    if not keeps_plans(actor):
        raise Denied


def plan_for_change(actor: Actor, plan_id: int) -> Plan:
    """Raises Hidden, Denied."""
    plan = one_plan(actor, plan_id)
    require_keeper(actor)
    return plan


def version_for_change(actor: Actor, version_id: int, move: str = "edit") -> PlanVersion:
    """The version, locked until the transaction ends. Raises Hidden, Denied, NotAllowedNow (not a draft)."""
    version = one_version(actor, version_id)
    require_keeper(actor)
    PlanVersion.objects.select_for_update().get(pk=version_id)
    version.refresh_from_db()
    next_version_state(version.state, move)
    return version


def version_to_confirm(actor: Actor, version_id: int) -> PlanVersion:
    """A draft, locked: the office's, or one submitted to the leader. Raises Hidden, Denied, NotAllowedNow."""
    version = one_version(actor, version_id)
    require_confirmer(actor, version_id)
    PlanVersion.objects.select_for_update().get(pk=version_id)
    version.refresh_from_db()
    next_version_state(version.state, "confirm")
    return version


def require_confirmer(actor: Actor, version_id: int) -> None:
    """Raises Denied for a seat that neither keeps plans nor is asked, as a leader, to confirm this draft."""
    if actor.role != Role.LEADER or version_id not in open_subjects(CONFIRM):
        require_keeper(actor)


def require_leader(actor: Actor) -> None:
    """Raises Denied."""
    if actor.role != Role.LEADER:
        raise Denied


def require_letter_reader(actor: Actor) -> None:
    """Raises Denied for a seat that only looks."""
    if actor.seat is None or actor.role in LOOKERS:
        raise Denied


def row_for_change(actor: Actor, subject: str, row_id: int) -> VersionRow:
    """A row of a draft. Raises Hidden, Denied, NotAllowedNow."""
    model = ROW_MODELS.get(subject)
    if model is None:
        raise Hidden
    seen = visible_versions(actor).filter(pk=OuterRef("plan_version"))
    row = _one(model.objects.filter(Exists(seen)), row_id)
    row.plan_version = version_for_change(actor, row.plan_version_id)
    return row


def doubt_for_change(actor: Actor, doubt_id: int) -> Doubt:
    """Raises Hidden, Denied, NotAllowedNow."""
    doubt = _one(Doubt.objects.filter(plan_version__in=visible_versions(actor)), doubt_id)
    doubt.plan_version = version_for_change(actor, doubt.plan_version_id)
    return doubt


def change_for_change(actor: Actor, change_id: int) -> ProposedChange:
    """A proposed change of a draft. Raises Hidden, Denied, NotAllowedNow."""
    change = _one(ProposedChange.objects.filter(plan_version__in=visible_versions(actor)), change_id)
    change.plan_version = version_for_change(actor, change.plan_version_id)
    return change


def _one(rows: QuerySet[Row], number: int) -> Row:
    row = rows.filter(pk=number).first()
    if row is None:
        raise Hidden
    return row
