"""States of a report, amounts as whole numbers, what "no change" copies, and what must be said."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from chuangwen.cores.errors import BadInput, NotAllowedNow
from chuangwen.cores.series.kinds import Accrual
from chuangwen.progress.rules import amounts
from chuangwen.progress.rules.filling import NOTHING, UNKNOWN, Amount, Filled, gaps, unchanged
from chuangwen.progress.rules.proposing import documents_in
from chuangwen.progress.rules.spans import without_overlaps
from chuangwen.progress.rules.states import ItemState, Part, next_state
from chuangwen.progress.tests.world import JULY, JUNE, MAY


@pytest.mark.parametrize(
    ("state", "move", "part", "to"),
    [
        ("draft", "submit", Part.MEMBER, ItemState.SUBMITTED),
        ("submitted", "review", Part.MEMBER, ItemState.REVIEWED),
        ("reviewed", "confirm", Part.MEMBER, ItemState.CONFIRMED),
        ("submitted", "confirm", Part.LEAD, ItemState.CONFIRMED),
        ("submitted", "return", Part.LEAD, ItemState.RETURNED),
        ("confirmed", "return", Part.MEMBER, ItemState.RETURNED),
        ("returned", "submit", Part.LEAD, ItemState.SUBMITTED),
        ("submitted", "confirm", Part.MEMBER, None),
        ("submitted", "review", Part.LEAD, None),
        ("submitted", "fill", Part.LEAD, None),
        ("draft", "confirm", Part.LEAD, None),
        ("draft", "return", Part.LEAD, None),
    ],
)
def test_moves_of_an_item(state: str, move: str, part: str, to: ItemState | None) -> None:
    if to is None:
        with pytest.raises(NotAllowedNow):
            next_state(state, move, part)
    else:
        assert next_state(state, move, part) == to


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1200", "1200"),
        ("1,200.50", "1200.50"),
        ("１２００", "1200"),
        ("36。5", "36.5"),
        (" -3 ", "-3"),
        ("−3", "-3"),
        ("12 000", "12000"),
        ("1，234，567.5", "1234567.5"),
        (".5", "0.5"),
        ("0", "0"),
    ],
)
def test_numbers_as_people_type_them(text: str, value: str) -> None:
    assert amounts.number(text) == Decimal(value)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "progress.not_a_number"),
        ("abc", "progress.not_a_number"),
        ("NaN", "progress.not_a_number"),
        ("Infinity", "progress.not_a_number"),
        ("1.2345678", "progress.too_many_decimals"),
        ("9000000000001", "progress.too_large"),
        ("1e3", "progress.not_a_number"),
        ("1,5", "progress.not_a_number"),
        ("12,34,5", "progress.not_a_number"),
        ("1_000", "progress.not_a_number"),
        ("1,0000", "progress.not_a_number"),
        ("+", "progress.not_a_number"),
    ],
)
def test_what_is_no_number_is_told(text: str, code: str) -> None:
    with pytest.raises(BadInput) as told:
        amounts.number(text)
    assert told.value.code == code


@pytest.mark.parametrize(
    ("numerator", "denominator", "unit", "value"),
    [
        (None, None, "座", None),
        (0, None, "座", Fraction(0)),
        (1_500_000, None, "公里", Fraction(3, 2)),
        (9_000_000, 10_000_000, "%", Fraction(90)),
        (1_000_000, 3_000_000, "%", Fraction(100, 3)),
        (1_000_000, 3_000_000, "", Fraction(1, 3)),
        (90_000_000, None, "%", Fraction(90)),
        (0, 0, "%", None),
    ],
)
def test_the_value_of_what_is_stored(
    numerator: int | None, denominator: int | None, unit: str, value: Fraction | None
) -> None:
    assert amounts.value_of(numerator, denominator, unit) == value


@pytest.mark.parametrize(
    ("value", "places", "printed"),
    [
        (Fraction(1, 3), 2, "0.33"),
        (Fraction(5, 1000), 2, "0.01"),
        (Fraction(40), 2, "40"),
        (Fraction(-1, 3), 1, "-0.3"),
    ],
)
def test_rounded_once_at_print(value: Fraction, places: int, printed: str) -> None:
    assert str(amounts.decimal(value, places)) == printed


@pytest.mark.parametrize(
    ("accrual", "last", "last_day", "day", "same"),
    [
        (Accrual.LEVEL, Amount(7), MAY, JUNE, Amount(7)),
        (Accrual.PLAN_TO_DATE, Amount(7), MAY, JUNE, Amount(7)),
        (Accrual.FLOW, Amount(7), MAY, JUNE, NOTHING),
        (Accrual.FLOW, None, None, JUNE, NOTHING),
        (Accrual.LEVEL, None, None, JUNE, UNKNOWN),
        (Accrual.YEAR_TO_DATE, Amount(7), JUNE, JULY, Amount(7)),
        (Accrual.YEAR_TO_DATE, Amount(7), JUNE, JULY.replace(year=2022), NOTHING),
        (Accrual.LEVEL, Amount(9, 10), MAY, JUNE, Amount(9, 10)),
    ],
)
def test_no_change(
    accrual: Accrual, last: Amount | None, last_day: date | None, day: date, same: Amount
) -> None:
    assert unchanged(accrual, last, last_day, day) == same


def entry(number: int | None, missing: str = "", warned: tuple[str, ...] = (), why: str = "") -> Filled:
    return Filled("I1", Amount(number), missing, warned, why)


@pytest.mark.parametrize(
    ("progress", "stuck", "entries", "fields"),
    [
        ("", "", [], ["progress"]),
        ("going", "", [entry(0)], []),
        ("going", "", [entry(None)], ["I1"]),
        ("going", "", [entry(None, "统计年报未出")], []),
        ("going", "", [entry(120, warned=("beyond_whole",))], ["I1"]),
        ("going", "", [entry(120, warned=("beyond_whole",), why="含改建")], []),
        ("stuck", " ", [entry(3)], ["stuck_words"]),
        ("stuck", "征地未完成", [entry(3)], []),
        ("not_due", "", [entry(None)], []),
    ],
)
def test_what_must_still_be_said(progress: str, stuck: str, entries: list[Filled], fields: list[str]) -> None:
    assert [gap.field for gap in gaps(progress, stuck, entries)] == fields


@dataclass(frozen=True)
class Reported:
    first_day: date
    last_day: date
    answered: bool = True


def over(text: str) -> Reported:
    """A period as 05-02/05-08; ! of one that gave no value."""
    first, last = (date.fromisoformat(f"2021-{day}") for day in text.strip("!").split("/"))
    return Reported(first, last, not text.endswith("!"))


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("05-01/05-31 06-01/06-30", "05-01/05-31 06-01/06-30"),
        ("05-03/05-09 05-10/05-16 05-01/05-31", "05-01/05-31"),  # weeks inside their month
        ("05-03/05-09 05-31/06-06 05-01/05-31", "05-01/05-31"),  # and across its end
        ("05-03/05-09 05-01/05-31!", "05-03/05-09"),  # the month was not reported: its weeks are known
        ("04-01/04-30 05-01/05-31 04-01/06-30", "04-01/06-30"),  # the rhythm went from months to quarters
        ("05-10/05-16 05-03/05-09", "05-03/05-09 05-10/05-16"),
    ],
)
def test_each_day_counts_once(given: str, kept: str) -> None:
    assert without_overlaps(map(over, given.split())) == [over(text) for text in kept.split()]


@pytest.mark.parametrize(
    ("text", "documents"),
    [
        ("出台《云浦市文明行为促进条例》，开展宣传。", ["出台《云浦市文明行为促进条例》"]),
        (
            "制定实施《志愿服务办法》、编制《公共空间导则》。",
            ["制定《志愿服务办法》", "编制《公共空间导则》"],
        ),
        ("修订完善并印发《考核办法》；再次印发《考核办法》", ["修订《考核办法》", "印发《考核办法》"]),
        ("学习《条例》，落实制度", []),
    ],
)
def test_documents_to_be_issued_are_found_in_a_task(text: str, documents: list[str]) -> None:
    assert documents_in(text) == documents
