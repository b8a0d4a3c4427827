"""Rows of a draft, many at once; and the draft itself, held while it is written."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from uuid import uuid4

from chuangwen.cores.errors import BadInput, NotAllowedNow
from chuangwen.orgs.access import visible_units
from chuangwen.orgs.actors import Actor

from .. import access
from ..models import Item, Node, PointType, SystemVersion
from ..rules.tree import ItemRow, NodeRow

AT_ONCE = 500


def new_key() -> str:
    return uuid4().hex[:16]


def held_draft(actor: Actor, version_id: int) -> SystemVersion:
    """The draft, so that nobody publishes it while it is written. Raises Hidden, Denied, NotAllowedNow."""
    version = access.version_for_change(actor, version_id)
    SystemVersion.objects.select_for_update(no_key=True).get(pk=version.pk)
    version.refresh_from_db()
    if version.number is not None:
        raise NotAllowedNow("standards.published")
    return version


def checked_units(actor: Actor, version: SystemVersion, unit_ids: Sequence[int]) -> list[int]:
    """Raises BadInput for a unit of another city."""
    path = version.system.jurisdiction.path
    known = visible_units(actor).filter(pk__in=unit_ids, path__startswith=path).values_list("pk", flat=True)
    if set(known) != set(unit_ids):
        raise BadInput("standards.unit_elsewhere")
    return sorted(known)


def checked_types(version: SystemVersion, type_ids: Sequence[int]) -> list[int]:
    """Raises BadInput for a point type of another city."""
    types = PointType.objects.filter(pk__in=type_ids, jurisdiction=version.system.jurisdiction_id)
    known = types.values_list("pk", flat=True)
    if set(known) != set(type_ids):
        raise BadInput("standards.type_elsewhere")
    return sorted(known)


def write_tree(version: SystemVersion, nodes: Sequence[NodeRow], items: Sequence[ItemRow]) -> None:
    """Write rows as given; their ids are only for finding each other. Positions count anew, keys stay."""
    levels: dict[int, list[NodeRow]] = defaultdict(list)
    depth: dict[int, int] = {}
    for one in nodes:
        depth[one.id] = depth[one.parent_id] + 1 if one.parent_id is not None else 0
        levels[depth[one.id]].append(one)
    place = {one.id: at for at, one in enumerate(nodes)}
    made: dict[int, Node] = {}
    for _depth, rows in sorted(levels.items()):
        new = [_node(version, one, place[one.id], made) for one in rows]
        Node.objects.bulk_create(new, batch_size=AT_ONCE)
        made |= {row.id: node for row, node in zip(rows, new, strict=True)}
    written = [_item(version, one, at, made) for at, one in enumerate(items)]
    Item.objects.bulk_create(written, batch_size=AT_ONCE)
    units = Node.units.through
    units.objects.bulk_create(
        (units(node=made[one.id], unit_id=unit) for one in nodes for unit in one.unit_ids),
        batch_size=AT_ONCE,
    )
    types = Item.point_types.through
    types.objects.bulk_create(
        (
            types(item=item, pointtype_id=type_)
            for one, item in zip(items, written, strict=True)
            for type_ in one.type_ids
        ),
        batch_size=AT_ONCE,
    )


def clear(version: SystemVersion) -> None:
    """Empty a draft."""
    Item.objects.filter(system_version=version).delete()
    Node.objects.filter(system_version=version).delete()


def _node(version: SystemVersion, row: NodeRow, place: int, made: dict[int, Node]) -> Node:
    return Node(
        system_version=version,
        key=row.key,
        parent=made[row.parent_id] if row.parent_id is not None else None,
        level=row.level,
        number=row.number,
        title=row.title,
        weight_milli=row.weight_milli,
        position=place,
        method=row.method,
        evidence=row.evidence,
    )


def _item(version: SystemVersion, row: ItemRow, place: int, made: dict[int, Node]) -> Item:
    return Item(
        system_version=version,
        key=row.key,
        node=made[row.node_id],
        number=row.number,
        title=row.title,
        kind=row.kind,
        rule=row.rule,
        weight_milli=row.weight_milli,
        position=place,
        critical=row.critical,
        cap_nano=row.cap_nano,
        photos_least=row.photos_least,
        severity=row.severity,
        deadline_class=row.deadline_class,
        requires_reason=row.requires_reason,
    )
