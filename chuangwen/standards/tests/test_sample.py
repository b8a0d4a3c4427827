"""What comes with Chuangwen: point types and a system that may be published as it is."""

from collections import Counter
from datetime import UTC, date, datetime

import pytest

from chuangwen.cores.errors import BadInput, Denied
from chuangwen.cores.scoring.kinds import Kind
from chuangwen.orgs.testing import Cast

from .. import actions, queries
from ..exchange import sample
from ..models import PointType
from ..rules.checks import faults
from ..rules.words import Critical, Level, Method, Purpose

pytestmark = pytest.mark.django_db
TODAY = date(2021, 3, 1)


def test_there_are_about_fifty_point_types_with_codes_of_ours() -> None:
    types = sample.types()
    assert 50 <= len(types) <= 60
    assert len({one.code for one in types}) == len({one.name for one in types}) == len(types)


def test_the_sample_is_taken_over_and_has_no_fault(cast: Cast) -> None:
    draft = actions.take_over_sample(actor=cast.office, jurisdiction_id=cast.city.pk, today=TODAY)
    tree = queries.tree(draft.pk)
    assert faults(tree) == []
    assert len(tree.standards) == 59
    assert len(tree.items) == 260
    assert {one.kind for one in tree.items} == set(Kind)
    assert {one.method for one in tree.standards} == set(Method)
    assert {one.critical for one in tree.items} == set(Critical)
    assert sum(one.weight_milli for one in tree.children[None]) == tree.total_milli
    first = tree.standards[0]
    assert (first.level, first.unit_ids) == (Level.STANDARD, (cast.urban.pk,))
    used = Counter(type_ for item in tree.items for type_ in item.type_ids)
    assert {one.name for one in tree.types if not used[one.id]} == set()
    seen = tree.digest()
    now = datetime(2021, 3, 1, tzinfo=UTC)
    assert actions.publish(actor=cast.office, version_id=draft.pk, seen=seen, now=now).number == 1


def test_the_part_about_minors_stands_alone(cast: Cast) -> None:
    draft = actions.take_over_sample(
        actor=cast.office, jurisdiction_id=cast.city.pk, today=TODAY, purpose=Purpose.MINORS
    )
    tree = queries.tree(draft.pk)
    assert faults(tree) == []
    assert [(one.title, one.weight_milli) for one in tree.children[None]] == [("未成年人成长环境", 100_000)]


def test_point_types_are_taken_over_once_and_a_citys_own_stay(cast: Cast) -> None:
    actions.add_type(actor=cast.office, jurisdiction_id=cast.city.pk, code="GY", name="公园绿地")
    n = actions.take_over_types(actor=cast.office, jurisdiction_id=cast.city.pk)
    assert n == len(sample.types()) - 1
    assert actions.take_over_types(actor=cast.office, jurisdiction_id=cast.city.pk) == 0
    assert PointType.objects.get(jurisdiction=cast.city, code="GY").name == "公园绿地"
    with pytest.raises(BadInput):
        actions.take_over_sample(actor=cast.office, jurisdiction_id=cast.city.pk, today=TODAY)


def test_only_the_office_takes_it_over(cast: Cast) -> None:
    with pytest.raises(Denied):
        actions.take_over_types(actor=cast.urban_staff, jurisdiction_id=cast.city.pk)
    with pytest.raises(Denied):
        actions.take_over_sample(actor=cast.urban_staff, jurisdiction_id=cast.city.pk, today=TODAY)
