"""A draft is written, looked through, published, and never changes again."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from chuangwen.cores.errors import BadInput, Denied, Hidden, NotAllowedNow, Stale
from chuangwen.kit import audit
from chuangwen.kit.models import OutboxRow
from chuangwen.orgs.testing import Cast

from .. import actions, queries
from ..models import Item, Node, SystemVersion
from ..rules.checks import faults
from ..rules.differences import differences
from ..rules.drafting import ItemValues, NodeValues
from ..rules.words import Level, Method, Purpose, Sums
from ..testing import make_system, make_types

pytestmark = pytest.mark.django_db
NOW = datetime(2021, 3, 1, 1, tzinfo=UTC)


def codes(version_id: int) -> list[str]:
    return [one.code.removeprefix("standards.fault_") for one in faults(queries.tree(version_id))]


def publish(cast: Cast, version: SystemVersion) -> SystemVersion:
    seen = queries.tree(version.pk).digest()
    return actions.publish(actor=cast.office, version_id=version.pk, seen=seen, now=NOW)


def item(**values: Any) -> ItemValues:
    return ItemValues(**{"title": "地面干净", "kind": "yes_no", "rule": {}, **values})


def test_a_system_is_written_from_nothing_and_published(cast: Cast) -> None:
    roads = make_types(cast)["ZGD"]
    system = actions.add_system(
        actor=cast.office, jurisdiction_id=cast.city.pk, name="未成年人体系", purpose=Purpose.MINORS
    )
    draft = system.versions.get()
    assert codes(draft.pk) == ["empty"]
    add: Callable[..., Node] = lambda parent, **values: actions.add_node(  # noqa: E731
        actor=cast.office,
        version_id=draft.pk,
        parent_id=parent.pk if parent else None,
        values=NodeValues(**values),
    )
    top = add(None, level=Level.CATEGORY, title="校园周边", number="一", weight_milli=100_000)
    below = add(top, level=Level.CONTENT, title="环境")
    standard = add(below, level=Level.STANDARD, title="周边干净", unit_ids=(cast.urban.pk, cast.east.pk))
    assert codes(draft.pk) == ["no_method"]
    actions.change_node(
        actor=cast.office,
        node_id=standard.pk,
        version=1,
        values=NodeValues(level=Level.STANDARD, title="周边干净", method=Method.FIELD),
    )
    assert codes(draft.pk) == ["no_items"]
    first = actions.add_item(actor=cast.office, node_id=standard.pk, values=item(rule=None))
    assert codes(draft.pk) == ["no_type", "no_rule"]
    values = item(kind="k_of_n", rule={"n": 3}, type_ids=(roads.pk,))
    actions.change_item(actor=cast.office, item_id=first.pk, version=1, values=values)
    assert codes(draft.pk) == []
    version = publish(cast, draft)
    assert (version.number, version.digest) == (1, queries.tree(version.pk).digest())
    assert queries.tree(version.pk).items[0].marking.n == 3
    assert OutboxRow.objects.get(topic="standards.published").values == {"version": version.pk}
    assert audit.history(version)[0].action == "standards.published"


def test_what_is_wrong_is_named_by_its_place(cast: Cast) -> None:
    made = make_system(cast, published=False)
    nodes, version = made.nodes, made.version.pk
    assert codes(version) == []
    Node.objects.filter(pk=nodes["c2"].pk).update(weight_milli=39_000)
    found = faults(queries.tree(version))
    assert [(one.code, one.node, one.params) for one in found] == [
        ("standards.fault_sum", None, {"total": 99_000, "wanted": 100_000})
    ]
    SystemVersion.objects.filter(pk=version).update(sums=Sums.EACH, total_milli=99_000)
    told = [(one.code, one.node and one.node.title) for one in faults(queries.tree(version))]
    assert told == [("standards.fault_sum", title) for title in ("公共环境", "文明风尚", "氛围")]
    SystemVersion.objects.filter(pk=version).update(sums=Sums.NOWHERE)
    Node.objects.filter(pk=nodes["s3"].pk).update(number="(1)")
    Item.objects.filter(key="i2").update(number="1", rule={"n": 1})
    Item.objects.filter(key="i3").update(rule=None)
    assert codes(version) == ["number_twice", "scoring.rule_field_unknown", "number_twice", "no_rule"]


def test_what_stands_under_itself_is_found(cast: Cast) -> None:
    made = make_system(cast, published=False)
    Node.objects.filter(pk=made.nodes["c2"].pk).update(parent=made.nodes["t2"])
    SystemVersion.objects.filter(pk=made.version.pk).update(sums=Sums.NOWHERE)
    tree = queries.tree(made.version.pk)
    assert {one.key for one in tree.loops} == {"c2", "t2", "s2", "s3"}
    assert set(codes(made.version.pk)) == {"cycle"}
    with pytest.raises(BadInput):
        publish(cast, made.version)


def test_a_move_under_itself_or_where_the_level_may_not_stand_is_refused(cast: Cast) -> None:
    made = make_system(cast, published=False)
    for node, to in (("c1", "t1"), ("c1", "c1"), ("t1", "s2"), ("s1", None), ("c1", "c2")):
        with pytest.raises(BadInput):
            actions.move_node(
                actor=cast.office,
                node_id=made.nodes[node].pk,
                version=1,
                parent_id=made.nodes[to].pk if to else None,
            )
    actions.move_node(
        actor=cast.office, node_id=made.nodes["s1"].pk, version=1, parent_id=made.nodes["t2"].pk
    )
    assert [one.key for one in queries.tree(made.version.pk).nodes] == [
        "c1",
        "t1",
        "c2",
        "t2",
        "s2",
        "s3",
        "s1",
    ]
    actions.move_node(actor=cast.office, node_id=made.nodes["s1"].pk, version=2, parent_id=None, step=-1)
    assert [one.key for one in queries.tree(made.version.pk).nodes][-3:] == ["s2", "s1", "s3"]
    with pytest.raises(NotAllowedNow):
        actions.move_node(actor=cast.office, node_id=made.nodes["s2"].pk, version=1, parent_id=None, step=-1)


def test_items_move_and_leave(cast: Cast) -> None:
    made = make_system(cast, published=False)
    actions.move_item(actor=cast.office, item_id=made.items["i4"].pk, version=1, node_id=made.nodes["s2"].pk)
    actions.move_item(actor=cast.office, item_id=made.items["i2"].pk, version=1, step=-1)
    assert [one.key for one in queries.tree(made.version.pk).items] == ["i2", "i1", "i3", "i4", "i5"]
    with pytest.raises(BadInput):
        actions.move_item(
            actor=cast.office, item_id=made.items["i1"].pk, version=1, node_id=made.nodes["t2"].pk
        )
    actions.remove_item(actor=cast.office, item_id=made.items["i2"].pk, version=2)
    actions.remove_node(actor=cast.office, node_id=made.nodes["c2"].pk, version=1)
    assert [one.key for one in queries.tree(made.version.pk).items] == ["i1"]


def test_a_published_version_never_changes(cast: Cast) -> None:
    made = make_system(cast)
    before = queries.tree(made.version.pk)
    node, one = made.nodes["s1"], made.items["i1"]
    act: dict[str, Any] = {"actor": cast.office}
    values = NodeValues(level=Level.STANDARD, title="别的", method=Method.FIELD)
    for step in (
        lambda: actions.add_node(**act, version_id=made.version.pk, parent_id=None, values=values),
        lambda: actions.change_node(**act, node_id=node.pk, version=1, values=values),
        lambda: actions.move_node(**act, node_id=node.pk, version=1, parent_id=made.nodes["t2"].pk),
        lambda: actions.remove_node(**act, node_id=node.pk, version=1),
        lambda: actions.add_item(**act, node_id=node.pk, values=item()),
        lambda: actions.change_item(**act, item_id=one.pk, version=1, values=item()),
        lambda: actions.move_item(**act, item_id=one.pk, version=1, step=1),
        lambda: actions.remove_item(**act, item_id=one.pk, version=1),
        lambda: actions.discard_draft(**act, version_id=made.version.pk, version=1),
        lambda: actions.change_head(
            **act, version_id=made.version.pk, version=1, sums=Sums.NOWHERE, total_milli=1
        ),
        lambda: publish(cast, made.version),
    ):
        with pytest.raises(NotAllowedNow):
            step()
    assert queries.tree(made.version.pk) == before


def test_a_draft_starts_as_a_copy_and_its_differences_are_told(cast: Cast) -> None:
    made = make_system(cast)
    draft = actions.begin_draft(actor=cast.office, system_id=made.system.pk)
    old, new = queries.tree(made.version.pk), queries.tree(draft.pk)
    assert differences(old, new) == []
    assert new.digest() == old.digest()
    with pytest.raises(NotAllowedNow):
        actions.begin_draft(actor=cast.office, system_id=made.system.pk)
    first = draft.items.get(key="i1")
    market = made.types["JMSC"].pk
    actions.change_item(
        actor=cast.office,
        item_id=first.pk,
        version=1,
        values=item(photos_least=1, type_ids=(market,), number="1"),
    )
    actions.remove_item(actor=cast.office, item_id=draft.items.get(key="i5").pk, version=1)
    actions.move_node(
        actor=cast.office,
        node_id=draft.nodes.get(key="s1").pk,
        version=1,
        parent_id=draft.nodes.get(key="t2").pk,
    )
    actions.add_item(actor=cast.office, node_id=draft.nodes.get(key="s1").pk, values=item(title="新项"))
    found = differences(old, queries.tree(draft.pk))
    told = [(one.how, row.title, set(one.fields)) for one in found if (row := one.node or one.item)]
    assert told == [
        ("changed", "街面干净整洁", {"under"}),
        ("changed", "地面干净", {"title", "types"}),
        ("added", "新项", set()),
        ("removed", "报告有数据", set()),
    ]
    assert found[0].fields["under"] == ("1 街面", "1 氛围")
    assert found[1].fields["types"] == (("JMSC", "ZGD"), ("JMSC",))
    assert queries.tree(made.version.pk) == old


def test_two_people_and_one_row(cast: Cast) -> None:
    made = make_system(cast, published=False)
    one = made.items["i1"]
    actions.change_item(actor=cast.office, item_id=one.pk, version=1, values=item())
    with pytest.raises(Stale):
        actions.change_item(actor=cast.office, item_id=one.pk, version=1, values=item(title="另"))
    seen = queries.tree(made.version.pk).digest()
    actions.change_item(actor=cast.office, item_id=one.pk, version=2, values=item(title="又"))
    with pytest.raises(Stale):
        actions.publish(actor=cast.office, version_id=made.version.pk, seen=seen, now=NOW)


def test_what_cannot_be_taken_is_refused(cast: Cast) -> None:
    made = make_system(cast, published=False)
    one, standard = made.items["i1"], made.nodes["s1"]
    foreign = cast.other_city.pk
    for values in (
        item(title=" "),
        item(rule={"n": 1}),
        item(kind="guess"),
        item(critical="cap"),
        item(critical="cap", cap_nano=10**9 + 1),
        item(cap_nano=1),
        item(photos_least=21),
        item(weight_milli=-1),
        item(type_ids=(0,)),
    ):
        with pytest.raises(BadInput):
            actions.change_item(actor=cast.office, item_id=one.pk, version=1, values=values)
    for wrong in (
        NodeValues(level=Level.STANDARD, title=""),
        NodeValues(level=Level.CATEGORY, title="一"),
        NodeValues(level=Level.STANDARD, title="一", unit_ids=(foreign,)),
        NodeValues(level=Level.STANDARD, title="一", weight_milli=1_000_001),
    ):
        with pytest.raises(BadInput):
            actions.change_node(actor=cast.office, node_id=standard.pk, version=1, values=wrong)


def test_only_the_office_of_the_city_writes(cast: Cast) -> None:
    made = make_system(cast)
    draft = actions.begin_draft(actor=cast.office, system_id=made.system.pk)
    for actor, refusal in ((cast.urban_staff, Denied), (cast.stranger, Hidden), (cast.administrator, Hidden)):
        with pytest.raises(refusal):
            actions.begin_draft(actor=actor, system_id=made.system.pk)
        with pytest.raises(refusal):
            actions.change_type(
                actor=actor, type_id=made.types["ZGD"].pk, version=1, code="A", name="B", weight_milli=1
            )
        with pytest.raises(Hidden):
            actions.discard_draft(actor=actor, version_id=draft.pk, version=1)


def test_a_point_type_in_use_stays(cast: Cast) -> None:
    made = make_system(cast)
    with pytest.raises(NotAllowedNow):
        actions.remove_type(actor=cast.office, type_id=made.types["ZGD"].pk, version=1)
    with pytest.raises(BadInput):
        actions.add_type(actor=cast.office, jurisdiction_id=cast.city.pk, code="ZGD", name="另一个")
    free = actions.add_type(actor=cast.office, jurisdiction_id=cast.city.pk, code="GY", name="公园")
    actions.remove_type(actor=cast.office, type_id=free.pk, version=1)
    assert [one.code for one in queries.point_types(cast.office)] == ["ZGD", "JMSC"]
