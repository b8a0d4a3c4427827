"""What the lists say to the rooms above, through kit.sources."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from chuangwen.kit import sources
from chuangwen.kit.sources import Figure
from chuangwen.orgs.testing import SYSTEM, Cast, make_unit

from .. import actions
from ..models import Project
from ..rules.coverage import MarkState
from .world import EARLIER, TODAY, make_lanes, make_register, make_town, mark

pytestmark = pytest.mark.django_db
JANUARY, DAY_BEFORE = date(2022, 1, 1), date(2021, 12, 30)


def read(code: str, subject: int, *units: int, first: date = JANUARY, last: date = TODAY) -> list[Figure]:
    found = sources.source(code).read(subject, units, first, last)
    return [found[unit] for unit in units]


def numbers(figure: Figure) -> tuple[object, ...]:
    return figure.numerator, figure.denominator


def test_coverage_counts_who_is_complete_and_names_who_lacks_what(cast: Cast) -> None:
    register = make_register(cast, villages=10, announced=12)
    actions.add_member(actor=SYSTEM, register_id=register.pk, name="云村", unit_id=cast.river.pk)
    mark(register, "第2村", "村规民约", MarkState.UNKNOWN)
    city, east, river, nobody = read(
        "registers.coverage", register.pk, cast.city.pk, cast.east.pk, cast.river.pk, cast.urban.pk
    )
    assert city == Figure(
        numerator=Fraction(8),
        denominator=Fraction(12),
        unknown=3,
        as_of=TODAY,
        url=f"/registers/{register.pk}/?unit={cast.city.pk}&on=2022-03-31",
        missing=(
            "第1村缺红白理事会",
            "第2村的村规民约情况不明",
            "云村的村民议事会、红白理事会、道德评议会、禁毒禁赌会、村规民约情况不明",
            "另有 1 个未列名",
        ),
    )
    assert (numbers(east), east.unknown) == ((8, 10), 1)
    assert (river.numerator, river.reason) == (None, "registers.nothing_said")
    assert (nobody.numerator, nobody.reason) == (None, "registers.no_members")


def test_the_figure_of_an_earlier_day_is_as_it_was_then(cast: Cast) -> None:
    register = make_register(cast, villages=10)
    mark(register, "第1村", "红白理事会", MarkState.YES)
    figures = [
        read("registers.coverage", register.pk, cast.city.pk, last=day)[0]
        for day in (DAY_BEFORE, EARLIER, TODAY)
    ]
    assert [(one.numerator, one.as_of, one.reason) for one in figures] == [
        (None, None, "registers.nothing_said"),
        (9, EARLIER, ""),
        (10, TODAY, ""),
    ]


def test_at_most_twenty_are_named_and_those_without_a_name_are_told_in_the_last(cast: Cast) -> None:
    register = make_register(cast, villages=1, announced=40)
    for number in range(30):
        actions.add_member(actor=SYSTEM, register_id=register.pk, name=f"空{number}村", unit_id=cast.river.pk)
    (figure,) = read("registers.coverage", register.pk, cast.city.pk)
    assert (len(figure.missing), figure.missing[-1]) == (sources.NAMED_AT_MOST, "另有 9 个未列名")


def test_members_are_counted_and_no_list_is_no_zero(cast: Cast) -> None:
    register, empty = make_register(cast, villages=3), make_register(cast, name="空名录")
    city, river = read("registers.count", register.pk, cast.city.pk, cast.river.pk)
    assert (numbers(city), numbers(river)) == ((3, None), (0, None))
    assert read("registers.count", empty.pk, cast.city.pk)[0].reason == "registers.no_members"
    assert read("registers.count", 999_999, cast.city.pk)[0].reason == "registers.gone"
    assert read("registers.effect", 999_999, cast.city.pk)[0].reason == "registers.gone"


@pytest.fixture
def lanes(cast: Cast) -> int:
    """Three in 东浦区, done in 2021, done in 2022 and under way; one planned in 云河区; 14 announced."""
    found = make_lanes(cast)
    town, river = make_town(cast), make_unit(cast.river, "云河街道")
    measured = {"measure_name": "高峰通行时间", "measure_unit": "分钟"}
    done = {"state": "done", **measured}
    for values in [
        {"name": "甲巷", "done_on": date(2021, 11, 20), "before": Decimal(14), "after": Decimal(9), **done},
        {"name": "乙巷", "done_on": date(2022, 2, 1), "before": Decimal("11.5"), "after": Decimal(8), **done},
        {"name": "丙巷", "started_on": date(2022, 3, 1), "state": "under_way"},
    ]:
        Project.objects.create(list=found, unit=town, **values)
    Project.objects.create(list=found, unit=river, name="丁巷")
    return found.pk


def test_done_is_counted_so_far_in_the_period_and_as_a_share_of_what_was_announced(
    cast: Cast, lanes: int
) -> None:
    units = (cast.city.pk, cast.east.pk, cast.river.pk)
    so_far = read("registers.projects_done", lanes, *units)
    assert [one.numerator for one in so_far] == [2, 2, 0]
    assert (so_far[0].missing, so_far[0].as_of) == (("丙巷", "丁巷", "另有 10 个未列名"), date(2022, 2, 1))
    in_period = read("registers.projects_done_in_period", lanes, *units)
    assert [one.numerator for one in in_period] == [1, 1, 0]
    shares = read("registers.projects_share", lanes, *units, cast.urban.pk)
    assert [numbers(one) for one in shares[:3]] == [(2, 14), (2, 3), (0, 1)]
    assert (shares[3].numerator, shares[3].reason) == (None, "registers.no_projects")
    earlier = read("registers.projects_done", lanes, *units, last=date(2021, 12, 31))
    assert [one.numerator for one in earlier] == [1, 1, 0]


def test_the_effect_is_a_share_of_what_was_measured_before(cast: Cast, lanes: int) -> None:
    city, river = read("registers.effect", lanes, cast.city.pk, cast.river.pk)
    assert (city.numerator, city.denominator) == (Fraction(-17, 2), Fraction(51, 2))
    assert (river.numerator, river.reason) == (None, "registers.nothing_measured")


def test_each_may_choose_from_the_lists_that_they_see(cast: Cast, lanes: int) -> None:
    register = make_register(cast)
    for one in sources.sources():
        own = "registers.projects" in one.code or one.code == "registers.effect"
        mine = {"registers": [(register.pk, "移风易俗组织名录")], "lists": [(lanes, "背街小巷整治清单")]}
        assert list(one.subjects(cast.observer)) == (mine["lists"] if own else mine["registers"])
        assert list(one.subjects(cast.stranger)) == list(one.subjects(cast.administrator)) == []
    measures = {
        code: sources.source(code).measure(subject)
        for code, subject in [
            ("registers.coverage", register.pk),
            ("registers.count", register.pk),
            ("registers.projects_done", lanes),
            ("registers.effect", lanes),
        ]
    }
    assert list(measures.values()) == ["%", "村", "小巷", "%"]


def test_a_source_that_no_room_has_is_a_mistake_of_the_caller() -> None:
    with pytest.raises(LookupError):
        sources.source("registers.nothing")
