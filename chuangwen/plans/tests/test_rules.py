from datetime import date
from decimal import Decimal

import pytest

from chuangwen.cores.errors import BadInput, NotAllowedNow
from chuangwen.plans.rules import states
from chuangwen.plans.rules.deadlines import checked_deadline, is_past, last_day, quarter_of
from chuangwen.plans.rules.likeness import bigrams, likeness, same_name
from chuangwen.plans.rules.measuring import accrual_of, fits, number, plain, roll_up_of


@pytest.mark.parametrize("state", list(states.VersionState))
@pytest.mark.parametrize("move", ["edit", "confirm", "discard", "supersede"])
def test_only_a_draft_is_edited_confirmed_or_discarded(state: str, move: str) -> None:
    allowed = {("draft", "edit"), ("draft", "confirm"), ("draft", "discard"), ("confirmed", "supersede")}
    if (state, move) in allowed:
        states.next_version_state(state, move)
    else:
        with pytest.raises(NotAllowedNow, match=r"plans\.version_state"):
            states.next_version_state(state, move)


def test_who_corrects_a_row_has_checked_it() -> None:
    assert states.next_row_state("proposed", "correct") == "accepted"
    with pytest.raises(NotAllowedNow):
        states.next_row_state("dropped", "correct")


def test_a_proposed_change_is_decided_once() -> None:
    assert states.next_change_state("open", "reject") == "rejected"
    with pytest.raises(NotAllowedNow):
        states.next_change_state("rejected", "accept")


@pytest.mark.parametrize(
    ("deadline", "day", "quarter"),
    [
        ("2023", date(2023, 12, 31), None),
        ("2022-06", date(2022, 6, 30), 2),
        ("2024-02", date(2024, 2, 29), 1),
        ("", None, None),
    ],
)
def test_a_deadline_ends_with_its_last_day(deadline: str, day: date | None, quarter: int | None) -> None:
    assert last_day(deadline) == day
    assert quarter_of(deadline) == quarter


@pytest.mark.parametrize("deadline", ["2023-13", "23", "2023年", "二〇二三", "0000"])
def test_what_is_no_year_or_month_is_no_deadline(deadline: str) -> None:
    with pytest.raises(BadInput, match=r"plans\.bad_deadline"):
        checked_deadline(deadline)


def test_a_deadline_is_past_on_the_day_after_its_last() -> None:
    assert not is_past("2022", date(2022, 12, 31))
    assert is_past("2022", date(2023, 1, 1))
    assert not is_past("", date(2099, 1, 1))


@pytest.mark.parametrize(
    ("value", "exact"),
    [
        ("123456789012345", False),  # fifteen digits, one too many before the point
        ("12345678901234", True),
        ("123456789.123456", True),
        ("1234567890.123456", False),
        ("0.0000001", False),
        ("45000", True),
        ("4.5E+4", True),
        ("NaN", False),
    ],
)
def test_a_value_is_kept_only_if_it_stays_exact(value: str, exact: bool) -> None:
    assert fits(Decimal(value)) is exact


def test_numbers_are_typed_with_separators_and_shown_without_needless_zeros() -> None:
    assert number(" 1，250.50 ") == Decimal("1250.50")
    assert plain(Decimal("1250.500000")) == "1250.5"
    assert plain(Decimal("4.5E+4")) == "45000"
    assert (plain(Decimal("0")), plain(None)) == ("0", "")
    with pytest.raises(BadInput, match=r"plans\.not_a_number"):
        number("约三十")


@pytest.mark.parametrize(
    ("traits", "unit", "name", "frequency", "accrual"),
    [
        ([], "%", "物业覆盖率", "", "level"),
        (["yearly_anew"], "场", "宣讲场次", "yearly", "year_to_date"),
        (["per_year"], "条", "整治街巷", "", "flow"),
        (["per_year"], "%", "绿地率", "", "level"),
        (["cumulative"], "名", "骨干", "", "plan_to_date"),
        ([], "座", "新建公厕", "", "plan_to_date"),
        (["held_floor"], "座", "书房", "", "level"),
    ],
)
def test_how_an_indicator_adds_up_in_time(
    traits: list[str], unit: str, name: str, frequency: str, accrual: str
) -> None:
    assert accrual_of(traits, unit, name, frequency) == accrual


@pytest.mark.parametrize(
    ("traits", "unit", "comparator", "roll_up"),
    [
        ([], "%", ">=", "ratio_of_sums"),
        ([], "座", ">=", "sum"),
        (["each"], "平方米", ">=", "worst"),
        (["per_head"], "平方米", ">=", "ratio_of_sums"),
        (["against_base"], "%", ">=", "none"),
        ([], "微克/立方米", "<=", "none"),
        ([], "工作日", "<=", "worst"),
        ([], "", ">=", "none"),
    ],
)
def test_how_districts_become_the_city(traits: list[str], unit: str, comparator: str, roll_up: str) -> None:
    assert roll_up_of(traits, unit, comparator) == roll_up


def test_the_same_words_in_another_order_are_one_name() -> None:
    assert same_name("改造老旧小区", "老旧小区改造")
    assert same_name("老旧小区的改造", "老旧小区改造")
    assert not same_name("改造老旧小区", "改造背街小巷")
    assert likeness(bigrams("整治背街小巷"), bigrams("整治背街巷")) > 0.6
