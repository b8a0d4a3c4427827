"""Systems and their versions: begun, drafted, published."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from chuangwen.cores.errors import BadInput, NotAllowedNow, Stale
from chuangwen.kit import audit, outbox
from chuangwen.kit.locking import check_current, save_if_current
from chuangwen.orgs.access import one_unit
from chuangwen.orgs.actors import Actor

from .. import access
from ..models import System, SystemVersion
from ..queries.trees import tree_of
from ..rules.checks import faults
from ..rules.words import Purpose, Sums
from .writing import held_draft, write_tree

PUBLISHED = "standards.published"


@transaction.atomic
def add_system(*, actor: Actor, jurisdiction_id: int, name: str, purpose: Purpose) -> System:
    """Begin a system, with an empty draft. Raises Hidden, Denied; BadInput: the city has one of the name."""
    access.require_editor(actor)
    system = System(jurisdiction=one_unit(actor, jurisdiction_id), name=name.strip(), purpose=purpose)
    _check_name(system)
    system.save(force_insert=True)
    SystemVersion.objects.create(system=system)
    audit.record(actor, "standards.system_added", system, name=system.name, purpose=purpose)
    return system


@transaction.atomic
def change_system(*, actor: Actor, system_id: int, version: int, name: str, purpose: Purpose) -> System:
    """Another name or purpose. Raises Hidden, Denied, Stale; BadInput: the name is taken.

    NotAllowedNow: what a published system counts for stays.
    """
    system = access.system_for_change(actor, system_id)
    check_current(system, version)
    before = {"name": system.name, "purpose": system.purpose}
    if purpose != system.purpose and system.versions.filter(number__isnull=False).exists():
        raise NotAllowedNow("standards.purpose_stays")
    system.name, system.purpose = name.strip(), purpose
    _check_name(system)
    save_if_current(system, version, fields=["name", "purpose"])
    audit.record(actor, "standards.system_changed", system, before=before, name=system.name, purpose=purpose)
    return system


@transaction.atomic
def begin_draft(*, actor: Actor, system_id: int, empty: bool = False) -> SystemVersion:
    """A draft like the latest published version, or from nothing. Keys stay, so that differences can be told.

    Raises Hidden, Denied; NotAllowedNow: there is a draft.
    """
    system = access.system_for_change(actor, system_id)
    System.objects.select_for_update(no_key=True).get(pk=system.pk)
    if system.versions.filter(number=None).exists():
        raise NotAllowedNow("standards.draft_there")
    latest = system.versions.filter(number__isnull=False).order_by("-number").first()
    draft = SystemVersion(system=system, based_on=latest)
    if latest is not None:
        draft.sums, draft.total_milli = latest.sums, latest.total_milli
    draft.save(force_insert=True)
    if latest is not None and not empty:
        before = tree_of(latest)
        write_tree(draft, before.nodes, before.items)
    audit.record(actor, "standards.draft_begun", system, based_on=latest.number if latest else "—")
    return draft


@transaction.atomic
def discard_draft(*, actor: Actor, version_id: int, version: int) -> System:
    """Throw a draft away. Raises Hidden, Denied, Stale, NotAllowedNow."""
    draft = held_draft(actor, version_id)
    check_current(draft, version)
    system = draft.system
    audit.record(actor, "standards.draft_discarded", system, nodes=draft.nodes.count())
    draft.delete()
    return system


@transaction.atomic
def change_head(
    *, actor: Actor, version_id: int, version: int, sums: Sums, total_milli: int
) -> SystemVersion:
    """Where the weights of a draft must add up, and to what. Raises Hidden, Denied, Stale, NotAllowedNow."""
    draft = held_draft(actor, version_id)
    check_current(draft, version)
    before: dict[str, Any] = {"sums": draft.sums, "total_milli": draft.total_milli}
    if total_milli < 1:
        raise BadInput("standards.total_missing")
    draft.sums, draft.total_milli = sums, total_milli
    save_if_current(draft, version, fields=["sums", "total_milli"])
    audit.record(actor, "standards.head_changed", draft, before=before, sums=sums, total_milli=total_milli)
    return draft


@transaction.atomic
def publish(*, actor: Actor, version_id: int, seen: str, now: datetime) -> SystemVersion:
    """Freeze a draft under the next number. `seen` is the digest of what was looked at.

    Raises Hidden, Denied, NotAllowedNow; Stale: it was changed since; BadInput: it has faults
    (`rules.checks.faults`).
    """
    draft = held_draft(actor, version_id)
    tree = tree_of(draft)
    if tree.digest() != seen:
        raise Stale
    found = faults(tree)
    if found:
        raise BadInput("standards.not_ready", n=len(found))
    before = draft.system.versions.filter(number__isnull=False).order_by("-number").first()
    draft.number = before.number + 1 if before and before.number else 1
    draft.types = [[one.id, one.code, one.name, one.weight_milli] for one in tree.types]
    draft.digest, draft.published_at, draft.published_by = seen, now, actor.person
    save_if_current(
        draft,
        draft.version,
        fields=["number", "types", "digest", "published_at", "published_by"],
    )
    audit.record(
        actor,
        "standards.published",
        draft,
        system=draft.system.name,
        number=draft.number,
        digest=seen,
        nodes=len(tree.nodes),
        items=len(tree.items),
    )
    outbox.post_once(PUBLISHED, key=f"{PUBLISHED}:{draft.pk}", version=draft.pk)
    return draft


def _check_name(system: System) -> None:
    same = System.objects.filter(jurisdiction=system.jurisdiction, name=system.name).exclude(pk=system.pk)
    if not system.name:
        raise BadInput("standards.title_missing")
    if same.exists():
        raise BadInput("standards.system_exists", name=system.name)
