"""What the rows of a table of people mean: by tables of examples, without a database."""

from collections.abc import Callable, Iterable
from datetime import date

import pytest
from django.utils import translation

from chuangwen.cores.sheets import Row
from chuangwen.orgs.models import ROLES
from chuangwen.orgs.rules import Role
from chuangwen.orgs.rules.imports import Fate
from chuangwen.orgs.rules.people_sheet import (
    COLUMNS,
    ROLE_WORDS,
    HeldSeat,
    KnownAccount,
    PersonLine,
    Reach,
    plan_people,
)
from chuangwen.orgs.rules.roles import SEATED

URBAN, HOUSING, FAR = 1, 2, 3
UNITS = {"市城管局": (URBAN,), "市住建局": (HOUSING,), "中学": (URBAN, HOUSING), "远方": (FAR,)}
AUDITS = HeldSeat(URBAN, Role.AUDIT_ADMINISTRATOR, None, date(2026, 6, 1), "云浦市 · 审计管理员")
STAFF = HeldSeat(URBAN, Role.UNIT_STAFF, date(2026, 1, 1), None, "市城管局 · 单位联络员")
ACCOUNTS = {
    "cheng": KnownAccount(7, "程管", "13812345678", "", (STAFF,)),
    "shen": KnownAccount(8, "申计", "", "shen@yunpu.test", (AUDITS,)),
}


def business(role: Role, _unit: int) -> bool:
    return role in {Role.UNIT_STAFF, Role.MANAGER, Role.AUDIT_ADMINISTRATOR}


def plan(
    *rows: str, opens: bool = True, gives: Callable[[Role, int], bool] | None = business
) -> list[PersonLine]:
    """Rows as 姓名|账号|单位|角色|手机|邮箱|起始|截止; they are numbered from 2."""
    given = [
        Row(
            number, dict(zip([column.name for column in COLUMNS], [*row.split("|"), *[""] * 8], strict=False))
        )
        for number, row in enumerate(rows, 2)
    ]
    reach = Reach(UNITS, frozenset({URBAN, HOUSING}), ACCOUNTS, frozenset({"taken"}), opens, gives)
    return plan_people(given, reach)


def faults(lines: Iterable[PersonLine]) -> list[tuple[int, str, str]]:
    return [(line.number, fault.column, fault.code) for line in lines for fault in line.faults]


def test_the_first_row_of_an_account_opens_it_and_each_gives_a_seat() -> None:
    lines = plan(
        "王　强|wangqiang|市城管局|联络员|138 0000 0000",
        "王强|ＷangＱiang|市住建局|单位联络员||||2027-01-01",
        "李梅|limei|市住建局|管理员||limei@yunpu.test",
    )
    assert faults(lines) == []
    assert [(line.name, line.opens, line.seats, line.role) for line in lines] == [
        ("王强", True, True, Role.UNIT_STAFF),
        ("王强", False, True, Role.UNIT_STAFF),
        ("李梅", True, True, Role.MANAGER),
    ]
    assert lines[0].phone == "13800000000"
    assert lines[1].ends_on == date(2027, 1, 1)


def test_an_account_that_is_there_gets_the_seat_or_stays_as_it_is() -> None:
    lines = plan(
        "程管|CHENG|市住建局|联络员|13812345678",
        "程管|cheng|市城管局|联络员",
        "程管|cheng|市城管局|联络员|||2026-01-01",
    )
    assert faults(lines) == []
    assert [line.person for line in lines] == [7, 7, 7]
    assert [line.fate for line in lines] == [Fate.ADDED, Fate.SAME, Fate.SAME]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (["|wang|市城管局|联络员"], [(2, "name", "person_missing")]),
        (["王强||市城管局|联络员"], [(2, "username", "account_missing")]),
        (["王强|wang||联络员"], [(2, "unit", "unit_missing")]),
        (["王强|wang|市城管局|"], [(2, "role", "role_missing")]),
        (["王强|wang|市城管局|局长"], [(2, "role", "role_unknown")]),
        (["王强|wang|市城管局|领导"], [(2, "role", "role_not_given")]),
        (["王强|wang|无此局|联络员"], [(2, "unit", "unit_unknown")]),
        (["王强|wang|中学|联络员"], [(2, "unit", "unit_several")]),
        (["王强|wang|远方|联络员"], [(2, "unit", "unit_out_of_reach")]),
        (["王强|wang|市城管局|联络员|1380000"], [(2, "phone", "bad_phone")]),
        (["王强|wang|市城管局|联络员||王强"], [(2, "email", "bad_email")]),
        (["王强|wang|市城管局|联络员|||三月"], [(2, "starts_on", "bad_day")]),
        (["王强|wang|市城管局|联络员|||2026-03-01|2026-02-01"], [(2, "ends_on", "empty_period")]),
        (["王" * 65 + "|wang|市城管局|联络员"], [(2, "name", "too_long")]),
        (["王强|" + "w" * 65 + "|市城管局|联络员"], [(2, "username", "too_long")]),
        (["王强|Taken|市城管局|联络员"], [(2, "username", "account_taken")]),
        (["王强|cheng|市城管局|联络员"], [(2, "name", "account_of_other")]),
        (["程管|cheng|市住建局|联络员|13900000000"], [(2, "phone", "kept_by_person")]),
        (["程管|cheng|市住建局|联络员||cheng@yunpu.test"], [(2, "email", "kept_by_person")]),
        (["程管|cheng|市城管局|联络员|||2026-03-01"], [(2, "role", "seat_held")]),
        (["程管|cheng|市城管局|审计管理员"], [(2, "role", "seats_apart")]),
        (["程管|cheng|市城管局|审计管理员||||2026-01-01"], []),
        (["申计|shen|市城管局|联络员"], [(2, "role", "seats_apart")]),
        (["申计|shen|市城管局|联络员|||2026-06-01"], []),
        (["王强|wang|市城管局|联络员", "李梅|wang|市住建局|联络员"], [(3, "name", "name_of_other_row")]),
        (
            ["王强|wang|市城管局|联络员|13800000000", "王强|wang|市住建局|联络员|13900000000"],
            [(3, "phone", "other_row_differs")],
        ),
        (
            ["王强|wang|市城管局|联络员", "王强|wang|市城管局|审计管理员"],
            [(3, "role", "seats_apart")],
        ),
        (
            ["王强|wang|市城管局|联络员|||2026-01-01", "王强|wang|市城管局|联络员|||2026-02-01"],
            [(3, "role", "seat_held")],
        ),
        (
            ["王强|wang|市城管局|联络员||||2026-02-01", "王强|wang|市城管局|联络员|||2026-02-01"],
            [],
        ),
    ],
    ids=lambda value: " ; ".join(str(part)[:30] for part in value),
)
def test_what_is_wrong_is_said_of_its_row_and_column(
    rows: list[str], expected: list[tuple[int, str, str]]
) -> None:
    assert faults(plan(*rows)) == expected


def test_who_gives_no_seats_opens_accounts_with_the_role_left_empty() -> None:
    lines = plan("王强|wang|市城管局", "李梅|limei|市住建局|联络员|||2026-01-01|2027-01-01", gives=None)
    assert faults(lines) == [
        (3, "role", "no_seats"),
        (3, "starts_on", "no_seats"),
        (3, "ends_on", "no_seats"),
    ]
    assert (lines[0].opens, lines[0].seats, lines[0].fate) == (True, False, Fate.ADDED)


def test_who_opens_no_accounts_gives_seats_to_those_that_are_there() -> None:
    lines = plan("程管|cheng|市住建局|联络员", "王强|wang|市城管局|联络员", opens=False)
    assert faults(lines) == [(3, "username", "opens_no_accounts")]
    assert lines[0].seats


def test_each_role_goes_by_the_word_that_pages_show_and_no_word_by_two_roles() -> None:
    with translation.override("zh-hans"):
        shown = {role: str(ROLES[role]) for role in SEATED}
    assert {role: words[0] for role, words in ROLE_WORDS.items()} == shown
    words = [word for words in ROLE_WORDS.values() for word in words]
    assert len(words) == len(set(words))
    choices = next(column.choices for column in COLUMNS if column.name == "role")
    assert len(",".join(choices)) <= 255  # a list in a cell holds no more
