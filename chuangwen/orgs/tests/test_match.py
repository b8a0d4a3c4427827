from datetime import date

import pytest
from pytest_django import DjangoAssertNumQueries

from chuangwen.orgs import actions, queries
from chuangwen.orgs.rules import NameKind, UnitKind
from chuangwen.orgs.testing import SYSTEM, Cast, make_unit

DAY = date(2021, 4, 16)


@pytest.mark.parametrize(
    ("printed", "how"),
    [
        ("云浦市城市管理局", "exact"),
        ("市城管局", "short"),
        ("城市管理局", "normalised"),
        ("云浦市城管局", "normalised"),
        ("市 城 管 局", "short"),
        ("市城管局（执法支队）", "short"),
    ],
)
def test_a_department_is_found_under_each_of_its_wordings(cast: Cast, printed: str, how: str) -> None:
    match = queries.match_name(cast.city, printed, DAY)
    assert (match.unit, match.how) == (cast.urban, how)


def test_an_alias_and_an_old_name_lead_to_the_unit_of_today(cast: Cast) -> None:
    reform = date(2019, 3, 1)
    for kind, name in [(NameKind.ALIAS, "市综合执法局"), (NameKind.OLD, "云浦市市容管理局")]:
        actions.add_name(actor=SYSTEM, unit_id=cast.urban.pk, kind=kind, name=name, ends_on=reform)
    assert queries.match_name(cast.city, "市综合执法局", date(2018, 1, 1)).how == "alias"
    assert queries.match_name(cast.city, "市综合执法局", DAY).how == "old"
    match = queries.match_name(cast.city, "市市容管理局", DAY)
    assert (match.unit, match.how) == (cast.urban, "old")


def test_the_name_of_today_goes_before_the_old_name_of_another(cast: Cast) -> None:
    actions.add_name(actor=SYSTEM, unit_id=cast.housing.pk, kind=NameKind.OLD, name="城市管理局")
    assert queries.match_name(cast.city, "城市管理局", DAY).unit == cast.housing  # printed so
    assert queries.match_name(cast.city, "城管局", DAY).unit == cast.urban


def test_a_group_is_found_under_its_other_names(cast: Cast) -> None:
    for printed in ("各区", "各区政府", "各区人民政府", "各 区 政 府"):
        match = queries.match_name(cast.city, printed, DAY)
        assert (match.how, match.group) == ("group", cast.districts)


@pytest.mark.parametrize(
    ("printed", "name"),
    [
        ("各县（市、区）", "各县市区"),
        ("各县（市）区人民政府", "各县市区"),
        ("各镇（街道）", "各镇街"),
        ("各街道办事处", "各街道"),
        ("市直各单位", "市直各部门"),
    ],
)
def test_the_usual_groups_come_with_the_city(cast: Cast, printed: str, name: str) -> None:
    group = queries.match_name(cast.city, printed, DAY).group
    assert group is not None
    assert group.name == name


def test_two_units_of_one_name_are_both_offered_and_none_is_chosen(cast: Cast) -> None:
    pair = [make_unit(area, "新桥社区", kind=UnitKind.COMMUNITY) for area in (cast.east, cast.river)]
    match = queries.match_name(cast.city, "新桥社区", DAY)
    assert (match.how, match.unit, list(match.candidates)) == ("several", None, pair)


def test_an_unknown_name_comes_with_suggestions_and_a_strange_one_without(cast: Cast) -> None:
    assert queries.match_name(cast.city, "市城管执法大队", DAY).candidates == (cast.urban,)
    match = queries.match_name(cast.city, "某某银行", DAY)
    assert (match.how, match.candidates) == ("none", ())


def test_closed_units_and_units_of_other_cities_are_never_meant(cast: Cast) -> None:
    actions.close_unit(actor=SYSTEM, unit_id=cast.urban.pk, version=1, on=date(2020, 1, 1))
    assert queries.match_name(cast.city, "市城管局", DAY).how == "none"
    assert queries.match_name(cast.city, "市城管局", date(2019, 12, 31)).unit == cast.urban
    assert queries.match_name(cast.other_city, "市住建局", DAY).how == "none"


def test_leaders_are_found_by_post_and_by_name(cast: Cast) -> None:
    post = actions.add_post(
        actor=SYSTEM, unit_id=cast.city.pk, title="副市长、市公安局局长", holder_name="霍景行", starts_on=DAY
    )
    wanted = ["副市长、市公安局局长", "霍景行", "谁也不是"]
    assert queries.match_posts(cast.city, wanted, DAY) == dict.fromkeys(wanted[:2], post)
    assert queries.match_posts(cast.city, ["霍景行"], date(2020, 1, 1)) == {}


@pytest.mark.parametrize("count", [1, 30])
def test_matching_costs_the_same_for_any_number_of_names(
    cast: Cast, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(count):
        make_unit(cast.city, f"第{number}中学")
    with django_assert_num_queries(3):
        found = queries.match_names(cast.city, [f"第{number}中学" for number in range(count)], DAY)
    assert {match.how for match in found.values()} == {"exact"}
