"""A version of a system as a tree, and what a city has published."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from django.db.models import QuerySet

from chuangwen.cores.errors import Hidden
from chuangwen.orgs.actors import Actor

from .. import access
from ..models import Item, Node, PointType, SystemVersion
from ..rules.tree import ItemRow, NodeRow, Tree, TypeRow, ordered


def published_versions(actor: Actor) -> QuerySet[SystemVersion]:
    """Published versions of the systems of the actor's city, the latest of each system first."""
    return access.visible_versions(actor).filter(number__isnull=False)


def point_types(actor: Actor) -> QuerySet[PointType]:
    """Point types of the actor's city, in their order."""
    return access.visible_types(actor)


def types_of(jurisdiction_id: int) -> list[TypeRow]:
    """Point types of the city as they are called and weighed today. One query."""
    return _types(PointType.objects.filter(jurisdiction=jurisdiction_id))


def tree(version_id: int) -> Tree:
    """The version with all that is in it: five queries for any number of rows.

    Asks nobody who looks: check that first (`access.one_version`). Names and weights of the point types of a
    published version are those of the day on which it was published. Raises Hidden: there is no such version.
    """
    version = SystemVersion.objects.select_related("system").filter(pk=version_id).first()
    if version is None:
        raise Hidden
    return tree_of(version)


def tree_of(version: SystemVersion) -> Tree:
    nodes, loops = ordered(_nodes(version))
    place = {one.id: at for at, one in enumerate((*nodes, *loops))}
    items = sorted(_items(version), key=lambda one: (place[one.node_id], one.position, one.id))
    if version.number is None:
        types = types_of(version.system.jurisdiction_id)
    else:
        types = [TypeRow(*row) for row in version.types]
    return Tree(
        version_id=version.pk,
        system_id=version.system_id,
        purpose=version.system.purpose,
        number=version.number,
        sums=version.sums,
        total_milli=version.total_milli,
        nodes=tuple(nodes),
        items=tuple(items),
        types=tuple(types),
        loops=tuple(loops),
    )


def _nodes(version: SystemVersion) -> Iterable[NodeRow]:
    units: dict[int, list[int]] = defaultdict(list)
    links = Node.units.through.objects.filter(node__system_version=version).order_by("unit")
    for node, unit in links.values_list("node", "unit"):
        units[node].append(unit)
    for one in Node.objects.filter(system_version=version):
        yield NodeRow(
            id=one.pk,
            key=one.key,
            parent_id=one.parent_id,
            level=one.level,
            number=one.number,
            title=one.title,
            weight_milli=one.weight_milli,
            position=one.position,
            method=one.method,
            evidence=one.evidence,
            unit_ids=tuple(units.get(one.pk, ())),
            version=one.version,
        )


def _items(version: SystemVersion) -> Iterable[ItemRow]:
    types: dict[int, list[int]] = defaultdict(list)
    links = Item.point_types.through.objects.filter(item__system_version=version).order_by("pointtype")
    for item, type_ in links.values_list("item", "pointtype"):
        types[item].append(type_)
    for one in Item.objects.filter(system_version=version):
        yield ItemRow(
            id=one.pk,
            key=one.key,
            node_id=one.node_id,
            number=one.number,
            title=one.title,
            kind=one.kind,
            rule=one.rule,
            weight_milli=one.weight_milli,
            position=one.position,
            critical=one.critical,
            cap_nano=one.cap_nano,
            photos_least=one.photos_least,
            severity=one.severity,
            deadline_class=one.deadline_class,
            requires_reason=one.requires_reason,
            type_ids=tuple(types.get(one.pk, ())),
            version=one.version,
        )


def _types(types: Iterable[PointType]) -> list[TypeRow]:
    return [TypeRow(one.pk, one.code, one.name, one.weight_milli) for one in types]
