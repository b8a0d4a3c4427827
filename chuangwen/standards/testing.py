"""A small published system for tests of the rooms above: two types, three standards.

一 公共环境 (60)            二 文明风尚 (40)
  1 街面 (1)                  1 氛围 (1)
    (1) 街面干净 field          (1) 宣传到位 field     (2) 资料齐全 material
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.db import transaction

from chuangwen.orgs.testing import Cast

from .models import Item, Node, PointType, System, SystemVersion
from .queries.trees import tree_of
from .rules.words import Level, Method, Purpose, Sums

PUBLISHED_AT = datetime(2021, 1, 4, 1, tzinfo=UTC)
YES_NO: dict[str, Any] = {}


@dataclass(frozen=True)
class Published:
    """`types` by code, `nodes` and `items` by key."""

    system: System
    version: SystemVersion
    types: dict[str, PointType]
    nodes: dict[str, Node]
    items: dict[str, Item]


def make_types(cast: Cast) -> dict[str, PointType]:
    """Two types, the first weighing twice as much."""
    kinds = [("ZGD", "主干道", 2000), ("JMSC", "集贸市场", 1000)]
    return {
        code: PointType.objects.get_or_create(
            jurisdiction=cast.city, code=code, defaults={"name": name, "weight_milli": weight, "position": at}
        )[0]
        for at, (code, name, weight) in enumerate(kinds)
    }


@transaction.atomic
def make_system(
    cast: Cast,
    *,
    name: str = "云浦市文明城市测评体系",
    purpose: Purpose = Purpose.TOTAL,
    published: bool = True,
) -> Published:
    """A system with yes/no items, published as version 1 unless `published` is False.

    Items: i1 and i2 on both types, i3 on markets, i4 (fails the point) on roads, i5 of material.
    """
    types = make_types(cast)
    system = System.objects.create(jurisdiction=cast.city, name=name, purpose=purpose)
    version = SystemVersion.objects.create(system=system, sums=Sums.TOP, total_milli=100_000)
    nodes: dict[str, Node] = {}

    def node(key: str, under: str | None, level: Level, number: str, title: str, **values: Any) -> None:
        nodes[key] = Node.objects.create(
            system_version=version,
            key=key,
            parent=nodes[under] if under else None,
            level=level,
            number=number,
            title=title,
            position=len(nodes),
            **values,
        )

    node("c1", None, Level.CATEGORY, "一", "公共环境", weight_milli=60_000)
    node("c2", None, Level.CATEGORY, "二", "文明风尚", weight_milli=40_000)
    node("t1", "c1", Level.CONTENT, "1", "街面")
    node("t2", "c2", Level.CONTENT, "1", "氛围")
    node("s1", "t1", Level.STANDARD, "(1)", "街面干净整洁", method=Method.FIELD)
    node("s2", "t2", Level.STANDARD, "(1)", "宣传到位", method=Method.FIELD)
    node("s3", "t2", Level.STANDARD, "(2)", "资料齐全", method=Method.MATERIAL, evidence="说明报告一份")
    nodes["s1"].units.add(cast.urban)
    both = list(types.values())
    items: dict[str, Item] = {}

    def item(key: str, under: str, title: str, on: list[PointType], **values: Any) -> None:
        items[key] = Item.objects.create(
            system_version=version,
            key=key,
            node=nodes[under],
            number=key[1:],
            title=title,
            kind="yes_no",
            rule=YES_NO,
            position=len(items),
            **values,
        )
        items[key].point_types.set(on)

    item("i1", "s1", "地面无散落垃圾", both, photos_least=1)
    item("i2", "s1", "果皮箱完好干净", both, weight_milli=2000)
    item("i3", "s2", "入口有公益广告", [types["JMSC"]])
    item("i4", "s1", "无大面积垃圾堆积", [types["ZGD"]], critical="fail")
    item("i5", "s3", "报告有数据", [])
    if published:
        version.types = [[one.pk, one.code, one.name, one.weight_milli] for one in both]
        version.number, version.published_at = 1, PUBLISHED_AT
        version.digest = tree_of(version).digest()
        version.save()
    return Published(system, version, types, nodes, items)
