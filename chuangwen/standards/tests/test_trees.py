"""A version as the rooms above read it."""

import pytest
from pytest_django import DjangoAssertNumQueries

from chuangwen.cores.errors import Hidden
from chuangwen.orgs.testing import Cast

from .. import access, queries
from ..models import Item, Node, PointType
from ..rules.words import Level
from ..testing import make_system

pytestmark = pytest.mark.django_db


def test_a_tree_is_read_in_its_order_with_what_each_item_stands_under(cast: Cast) -> None:
    made = make_system(cast)
    tree = queries.tree(made.version.pk)
    assert [one.key for one in tree.nodes] == ["c1", "t1", "s1", "c2", "t2", "s2", "s3"]
    assert [one.key for one in tree.items] == ["i1", "i2", "i4", "i3", "i5"]
    first = tree.items[0]
    standard = tree.standard_of(tree.node[first.node_id])
    assert standard is not None and standard.title == "街面干净整洁"
    assert standard.unit_ids == (cast.urban.pk,)
    assert [one.title for one in tree.above(standard)] == ["街面干净整洁", "街面", "公共环境"]
    assert [one.code for one in tree.types] == ["ZGD", "JMSC"]
    roads = made.types["ZGD"].pk
    assert [one.key for one in tree.checklist(roads)] == ["i1", "i2", "i4"]


def test_a_tree_costs_the_same_for_any_number_of_rows(
    cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    made = make_system(cast)
    with django_assert_num_queries(5):
        queries.tree(made.version.pk)
    standard = made.nodes["s1"]
    Node.objects.bulk_create(
        Node(system_version=made.version, key=f"g{n}", parent=standard, level=Level.GROUP, title="组")
        for n in range(30)
    )
    Item.objects.bulk_create(
        Item(system_version=made.version, key=f"x{n}", node=standard, title="项", kind="yes_no")
        for n in range(30)
    )
    with django_assert_num_queries(5):
        queries.tree(made.version.pk)


def test_a_published_tree_keeps_the_names_of_its_point_types(cast: Cast) -> None:
    made = make_system(cast)
    PointType.objects.filter(code="ZGD").update(name="城市主干道", weight_milli=5000)
    first = queries.tree(made.version.pk).types[0]
    assert (first.name, first.weight_milli) == ("主干道", 2000)
    assert queries.tree(made.version.pk).digest() == made.version.digest


def test_readers_see_published_versions_of_their_city_alone(cast: Cast) -> None:
    made = make_system(cast)
    draft = make_system(cast, name="草拟中的体系", published=False)
    assert list(queries.published_versions(cast.urban_staff)) == [made.version]
    assert list(queries.published_versions(cast.administrator)) == []
    assert list(queries.published_versions(cast.stranger)) == []
    assert [one.code for one in queries.point_types(cast.urban_staff)] == ["ZGD", "JMSC"]
    assert list(queries.point_types(cast.administrator)) == []
    assert access.one_version(cast.office, draft.version.pk) == draft.version
    with pytest.raises(Hidden):
        access.one_version(cast.urban_staff, draft.version.pk)
    with pytest.raises(Hidden):
        access.one_system(cast.urban_staff, draft.system.pk)
    with pytest.raises(Hidden):
        queries.tree(0)
