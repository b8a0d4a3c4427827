"""Systems and versions as pages show them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery

from chuangwen.orgs.access import visible_units
from chuangwen.orgs.actors import Actor

from .. import access
from ..models import System, SystemVersion
from ..rules.checks import Fault
from ..rules.tree import ItemRow, NodeRow, Tree, TypeRow

if TYPE_CHECKING:
    from chuangwen.orgs.models import Unit

DEEPEST_SHOWN = 4


def system_lines(actor: Actor) -> QuerySet[System]:
    """Visible systems, each with `latest` (number), `latest_id`, `published_at` and `draft_id`. One query."""
    published = SystemVersion.objects.filter(system=OuterRef("pk"), number__isnull=False).order_by("-number")
    drafts = SystemVersion.objects.filter(system=OuterRef("pk"), number=None)
    return access.visible_systems(actor).annotate(
        latest=Subquery(published.values("number")[:1]),
        latest_id=Subquery(published.values("pk")[:1]),
        published_at=Subquery(published.values("published_at")[:1]),
        draft_id=Subquery(drafts.values("pk")[:1]),
    )


def versions_of(actor: Actor, system: System) -> QuerySet[SystemVersion]:
    """Versions that the actor may see, the draft first, each with how many `standards` and `lines` it has."""
    versions = access.visible_versions(actor).filter(system=system).select_related("published_by")
    standards = Count("nodes", filter=Q(nodes__level="standard"), distinct=True)
    return versions.annotate(standards=standards, lines=Count("items", distinct=True)).order_by("-pk")


def unit_names(actor: Actor, trees: Iterable[Tree]) -> dict[int, Unit]:
    """The responsible units of trees. One query."""
    wanted = {unit for tree in trees for node in tree.nodes for unit in node.unit_ids}
    return visible_units(actor).in_bulk(wanted)


@dataclass(frozen=True)
class Outline:
    """A node as a line of the tree. `items` counts those in it and below; `faults` its own and its items'."""

    node: NodeRow
    depth: int
    items: int
    faults: int
    units: tuple[Unit, ...]


def outline(tree: Tree, units: dict[int, Unit], faults: Iterable[Fault] = ()) -> list[Outline]:
    """In the order of the tree."""
    wrong: Counter[int] = Counter()
    for one in faults:
        at = one.node.id if one.node else one.item.node_id if one.item else 0
        wrong[at] += 1
    items: Counter[int] = Counter()
    for item in tree.items:
        if item.node_id in tree.node:
            items.update(one.id for one in tree.above(tree.node[item.node_id]))
    depth: dict[int, int] = {}
    for node in tree.nodes:
        depth[node.id] = depth[node.parent_id] + 1 if node.parent_id is not None else 0
    return [
        Outline(
            node,
            min(depth[node.id], DEEPEST_SHOWN),
            items[node.id],
            wrong[node.id],
            tuple(units[one] for one in node.unit_ids if one in units),
        )
        for node in tree.nodes
    ]


@dataclass(frozen=True)
class ChecklistPart:
    """What is looked at for one standard on a point."""

    standard: NodeRow
    above: str
    items: list[ItemRow]


def checklist(tree: Tree, type_id: int) -> list[ChecklistPart]:
    """The checklist of a point type, by standards."""
    parts: dict[int, list[ItemRow]] = {}
    for item in tree.checklist(type_id):
        if (standard := tree.standard_at.get(item.node_id)) is not None:
            parts.setdefault(standard, []).append(item)
    return [
        ChecklistPart(tree.node[at], " · ".join(_titles(tree, tree.node[at])), items)
        for at, items in parts.items()
    ]


def _titles(tree: Tree, node: NodeRow) -> list[str]:
    return [one.title for one in reversed(list(tree.above(node))[1:])]


def type_counts(tree: Tree) -> list[tuple[TypeRow, int]]:
    """How many items are looked at on each point type."""
    counts = Counter(type_ for item in tree.items for type_ in item.type_ids)
    return [(one, counts[one.id]) for one in tree.types]
