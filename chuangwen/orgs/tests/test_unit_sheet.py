"""What the rows of a table of units mean: by tables of examples, without a database."""

from collections.abc import Iterable
from datetime import date

import pytest
from django.utils import translation

from chuangwen.cores.sheets import Row
from chuangwen.orgs.models import UNIT_KINDS
from chuangwen.orgs.rules import UnitKind
from chuangwen.orgs.rules.imports import Fate, code_in, day_in, digest, name_in, names_in
from chuangwen.orgs.rules.unit_sheet import (
    COLUMNS,
    KIND_WORDS,
    MOST_LEVELS,
    KnownUnit,
    Register,
    UnitLine,
    plan_units,
)

CITY, EAST, RIVER, STREET = 1, 2, 3, 4


def known(
    id: int, parent: int | None, name: str, short: str = "", code: str = "", **more: object
) -> KnownUnit:
    given = {"kind": UnitKind.DISTRICT, "division_code": "", "opened_on": None, "closed_on": None} | more
    return KnownUnit(id=id, parent_id=parent, name=name, short_name=short, code=code, **given)  # type: ignore[arg-type]


THERE = (
    known(CITY, None, "云浦市", kind=UnitKind.CITY),
    known(EAST, CITY, "东浦区", code="Q01", division_code="980102"),
    known(RIVER, CITY, "云河区", names=frozenset({"云河"})),
    known(STREET, EAST, "望江街道", "望江", kind=UnitKind.SUBDISTRICT, version=3),
)


def plan(*rows: str, there: Iterable[KnownUnit] = THERE, elsewhere: Iterable[str] = ()) -> list[UnitLine]:
    """Rows as 名称|上级单位|类别|编码|简称|区划代码|启用|撤销|别名; they are numbered from 2."""
    order = (
        "name",
        "parent",
        "kind",
        "code",
        "short_name",
        "division_code",
        "opened_on",
        "closed_on",
        "aliases",
    )
    given = [
        Row(number, dict(zip(order, [*row.split("|"), *[""] * 9], strict=False)))
        for number, row in enumerate(rows, 2)
    ]
    return plan_units(given, Register({unit.id: unit for unit in there}, CITY, frozenset(elsewhere)))


def faults(lines: Iterable[UnitLine]) -> list[tuple[int, str, str]]:
    return [(line.number, fault.column, fault.code) for line in lines for fault in line.faults]


def test_parents_are_found_in_any_order_by_name_short_name_or_either_code() -> None:
    lines = plan(
        "渡口社区|渡口街办|社区",
        "渡口街道办事处|Q09|街道|J01|渡口街办",
        "新区|云浦市|区|Q09",
        "北岸社区|J01|社区",
        "南岸社区|望江|社区",
        "塔下街道|980102|街道",
        "塔上社区|塔下街道|社区",
    )
    assert faults(lines) == []
    assert {line.name: line.parent for line in lines} == {
        "渡口社区": -3,
        "渡口街道办事处": -4,
        "新区": CITY,
        "北岸社区": -3,
        "南岸社区": STREET,
        "塔下街道": EAST,
        "塔上社区": -7,
    }
    assert [line.level for line in lines] == [4, 3, 2, 4, 4, 3, 4]


def test_a_row_means_the_unit_of_its_code_else_of_its_name_under_its_parent() -> None:
    lines = plan("东浦新区|云浦市||Q01", "望江街道|东浦区|街道", "望江街道|云河区|街道", "云浦市")
    assert faults(lines) == []
    assert [line.node for line in lines] == [EAST, STREET, -4, CITY]
    assert [line.fate for line in lines] == [Fate.CHANGED, Fate.SAME, Fate.ADDED, Fate.SAME]


def test_what_differs_is_named_and_an_empty_cell_says_nothing() -> None:
    line = plan("东浦新区|云河区|功能区|Q01|东浦|980103|2026-01-01|2027-01-01|东浦、东浦老区")[0]
    assert [(one.column, one.before, one.after) for one in line.changes] == [
        ("name", "东浦区", "东浦新区"),
        ("short_name", "", "东浦"),
        ("kind", "市辖区", "功能区"),
        ("division_code", "980102", "980103"),
        ("opened_on", "", "2026-01-01"),
        ("closed_on", "", "2027-01-01"),
        ("parent", "云浦市", "云河区"),
        ("aliases", "", "东浦老区"),
    ]
    assert plan("东浦区|云浦市")[0].fate == Fate.SAME
    assert plan("云河区|云浦市|||||||云河")[0].fate == Fate.SAME


def test_width_and_signs_are_no_difference() -> None:
    there = (*THERE, known(9, CITY, "东浦经开区（港区）"))
    assert plan("东浦经开区(港区)|云浦市", "望江街道|东 浦 区", there=there)[0].fate == Fate.SAME
    assert plan("东浦区|云浦市||Ｑ０１||９８０１０２")[0].fate == Fate.SAME


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (["新街道|无此区|街道"], [(2, "parent", "parent_unknown")]),
        (["新街道||街道"], [(2, "parent", "parent_missing")]),
        (["|东浦区|街道"], [(2, "name", "name_missing")]),
        (["新街道|东浦区|"], [(2, "kind", "kind_missing")]),
        (["新街道|东浦区|大街"], [(2, "kind", "kind_unknown")]),
        (["新街道|东浦区|街道", "新 街道|Q01|街道"], [(3, "name", "unit_twice")]),
        (["东浦区|云浦市||Q01", "东浦区|云浦市"], [(3, "name", "unit_twice")]),
        (["甲|东浦区|街道|J1", "乙|东浦区|街道|J1"], [(3, "code", "code_twice")]),
        (["甲|东浦区|街道|X9"], [(2, "code", "code_taken")]),
        (["东浦区|云浦市||X9"], [(2, "code", "code_taken")]),
        (["云河区|云浦市||Q01"], [(2, "name", "name_taken")]),
        (["甲|东浦区|街道||||三月一日"], [(2, "opened_on", "bad_day")]),
        (["甲|东浦区|街道||||2026-03-01|2026-03-01"], [(2, "closed_on", "empty_period")]),
        (["甲|东浦区|街道|||9801"], []),
        (["甲|东浦区|街道|||98010"], [(2, "division_code", "division_length")]),
        (["甲|东浦区|街道|||98O1"], [(2, "division_code", "division_length")]),
        (["甲|甲|街道"], [(2, "parent", "ring")]),
        (["甲|乙|街道", "乙|丙|街道", "丙|乙|街道"], [(3, "parent", "ring"), (4, "parent", "ring")]),
        (["东浦区|望江街道||Q01"], [(2, "parent", "ring")]),
        (["东浦区|云浦市||||||2027-01-01"], [(2, "closed_on", "units_below")]),
        (["专班|东浦区|专班||||2026-01-01|2027-01-01", "小组|专班|专班"], []),
        (
            ["专班|东浦区|专班|||||2027-01-01", "小组|专班|专班|||||2027-01-02"],
            [(2, "closed_on", "units_below"), (3, "closed_on", "outlives")],
        ),
        (["甲|东浦区|街道|||980102"], [(2, "division_code", "division_taken")]),
        (
            ["甲|东浦区|街道|||980109", "乙|东浦区|街道|||９８０１０９"],
            [(3, "division_code", "division_twice")],
        ),
        (["东浦区|云浦市||||980102"], []),
        (["专班|东浦区|专班|||||2027-01-01", "小组|专班|专班|||||2027-01-01"], []),
        (["甲" * 101 + "|东浦区|街道"], [(2, "name", "too_long")]),
        (["甲|东浦区|街道|" + "1" * 33], [(2, "code", "too_long")]),
        (["甲|东浦区|街道||" + "短" * 51], [(2, "short_name", "too_long")]),
        (["甲|东浦区|街道||||||" + "别" * 101], [(2, "aliases", "too_long")]),
        (["城区|云浦市|区", "城区|云河区|区", "甲|城区|街道"], [(4, "parent", "parent_several")]),
        ([f"级{n}|级{n - 1}|其他" for n in range(1, MOST_LEVELS)], [(2, "parent", "parent_unknown")]),
    ],
    ids=lambda value: " ; ".join(str(part)[:20] for part in value[:2]),
)
def test_what_is_wrong_is_said_of_its_row_and_column(
    rows: list[str], expected: list[tuple[int, str, str]]
) -> None:
    assert faults(plan(*rows, elsewhere={"X9"})) == expected


def test_the_city_stays_at_the_top() -> None:
    there = (known(CITY, None, "云浦市", code="C1", kind=UnitKind.CITY), *THERE[1:])
    assert (2, "parent", "city_stays") in faults(plan("云浦市|东浦区||C1", there=there))


def test_a_new_unit_ends_with_the_one_above_it_and_the_page_says_so() -> None:
    there = (*THERE, known(9, CITY, "专班", kind=UnitKind.WORK_GROUP, closed_on=date(2027, 1, 1)))
    lines = plan("小组|小专班|专班", "小专班|专班|专班", "短专班|专班|专班|||||2026-06-01", there=there)
    assert faults(lines) == []
    assert [str(line.closed_on) for line in lines] == ["2027-01-01", "2027-01-01", "2026-06-01"]
    assert lines[0].cells["closed_on"] == "2027-01-01"


def test_a_tree_that_is_too_deep_for_its_paths_is_refused() -> None:
    rows = ["级1|云浦市|其他", *(f"级{n}|级{n - 1}|其他" for n in range(2, MOST_LEVELS + 1))]
    assert faults(plan(*rows)) == [(MOST_LEVELS + 1, "parent", "too_deep")]


def test_everything_else_is_still_understood_beside_what_is_wrong() -> None:
    lines = plan("甲|东浦区|街道", "乙|无此区|街道", "丙|乙|社区", "望江街道|东浦区")
    assert [line.fate for line in lines] == [Fate.ADDED, Fate.WRONG, Fate.ADDED, Fate.SAME]


def test_thousands_of_rows_that_wait_for_each_other_are_placed() -> None:
    lines = plan(
        *[f"社区{n}|街道{n % 50}|社区" for n in range(3000)], *[f"街道{n}|东浦区|街道" for n in range(50)]
    )
    assert faults(lines) == []
    assert {line.parent for line in lines[:50]} == {-number for number in range(3002, 3052)}


def test_the_digest_tells_two_plans_apart() -> None:
    assert digest(plan("甲|东浦区|街道")) == digest(plan("甲|东浦区|街道"))
    assert digest(plan("甲|东浦区|街道")) != digest(plan("甲|东浦区|社区"))
    there = (*THERE, known(9, EAST, "甲", kind=UnitKind.SUBDISTRICT))
    assert digest(plan("甲|东浦区|街道")) != digest(plan("甲|东浦区|街道", there=there))


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-03-01", date(2026, 3, 1)),
        ("2026/3/1", date(2026, 3, 1)),
        ("2026.3.1", date(2026, 3, 1)),
        ("2026年3月1日", date(2026, 3, 1)),
        ("２０２６年３月１日", date(2026, 3, 1)),
        ("2026 年 3 月 1 日", date(2026, 3, 1)),
        ("20260301", date(2026, 3, 1)),
        ("46082", date(2026, 3, 1)),
        ("2026-02-30", None),
        ("2026年3月", None),
        ("2026", None),
        ("长期", None),
        ("99999", None),
    ],
)
def test_days_as_people_write_them(text: str, day: date | None) -> None:
    assert day_in(text) == day


def test_names_and_codes_lose_what_only_fills_the_cell() -> None:
    assert name_in("云浦市城市 管理局") == "云浦市城市管理局"
    assert name_in("A 座 物业") == "A 座物业"
    assert names_in("市容局、市政局；城管，市容局 ") == ["市容局", "市政局", "城管"]
    assert code_in(" Ｑ 01　") == "Q01"


def test_each_kind_goes_by_the_word_that_pages_show_and_no_word_by_two_kinds() -> None:
    with translation.override("zh-hans"):
        shown = {kind: str(word) for kind, word in UNIT_KINDS.items()}
    assert {kind: words[0] for kind, words in KIND_WORDS.items()} == shown
    words = [word for words in KIND_WORDS.values() for word in words]
    assert len(words) == len(set(words))
    choices = next(column.choices for column in COLUMNS if column.name == "kind")
    assert len(",".join(choices)) <= 255  # a list in a cell holds no more
