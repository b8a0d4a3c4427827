"""Standards: published versions of systems and their trees, point types. The negative list is not here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from ninja import Path, Query

from chuangwen.cores.errors import Hidden
from chuangwen.standards import access, queries
from chuangwen.standards.rules.tree import Tree

from .frame import ApiRequest, room
from .paging import page_of_query
from .problems import DECLARED
from .shapes import (
    LARGEST,
    Page,
    Paging,
    PointTypeOut,
    ProblemOut,
    StandardItemOut,
    StandardNodeOut,
    SystemVersionOut,
    TreeOut,
)

if TYPE_CHECKING:
    from chuangwen.standards.models import PointType, SystemVersion

router = room("standards:read")
Key = Annotated[int, Path(ge=1, le=LARGEST)]


@router.get("/point-types", response={200: Page[PointTypeOut], DECLARED: ProblemOut})
def point_types(request: ApiRequest, asked: Query[Paging]) -> Page[PointTypeOut]:
    return page_of_query(queries.point_types(request.auth.actor), asked, _type)


@router.get("/systems", response={200: Page[SystemVersionOut], DECLARED: ProblemOut})
def systems(request: ApiRequest, asked: Query[Paging]) -> Page[SystemVersionOut]:
    """Published versions of all systems."""
    return page_of_query(queries.published_versions(request.auth.actor), asked, _version)


@router.get("/systems/{version_id}", response={200: TreeOut, DECLARED: ProblemOut})
def system_tree(request: ApiRequest, version_id: Key) -> TreeOut:
    """Everything in a published version: nodes each before those below it, items in the order of nodes."""
    version = access.one_version(request.auth.actor, version_id)
    if version.number is None:
        raise Hidden
    return _tree(version, queries.tree(version_id))


def _type(one: PointType) -> PointTypeOut:
    return PointTypeOut(id=one.pk, code=one.code, name=one.name, weight_milli=one.weight_milli)


def _version(one: SystemVersion) -> SystemVersionOut:
    return SystemVersionOut(
        id=one.pk,
        jurisdiction_id=one.system.jurisdiction_id,
        system_id=one.system_id,
        system=one.system.name,
        purpose=one.system.purpose,
        number=one.number or 0,
        published_at=one.published_at,
        digest=one.digest,
    )


def _tree(version: SystemVersion, tree: Tree) -> TreeOut:
    codes = {one.id: one.code for one in tree.types}
    keys = {one.id: one.key for one in tree.nodes}
    return TreeOut(
        version=_version(version),
        total_milli=tree.total_milli,
        nodes=[
            StandardNodeOut(
                key=one.key,
                under=keys.get(one.parent_id or 0, ""),
                level=one.level,
                number=one.number,
                title=one.title,
                weight_milli=one.weight_milli,
                method=one.method,
                evidence=one.evidence,
                unit_ids=list(one.unit_ids),
            )
            for one in tree.nodes
        ],
        items=[
            StandardItemOut(
                key=one.key,
                under=keys[one.node_id],
                number=one.number,
                title=one.title,
                kind=one.kind,
                rule=one.rule,
                weight_milli=one.weight_milli,
                critical=one.critical,
                cap_nano=one.cap_nano,
                photos_least=one.photos_least,
                severity=one.severity,
                deadline_class=one.deadline_class,
                requires_reason=one.requires_reason,
                point_types=[codes[type_] for type_ in one.type_ids if type_ in codes],
            )
            for one in tree.items
        ],
    )
