from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.utils import translation

from chuangwen.kit import formats


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (None, "—"),
        (0, "0"),
        (Decimal("0.000"), "0"),
        (45000, "45,000"),
        (Decimal("38.750"), "38.75"),
        (Decimal("100"), "100"),
        (Decimal("1E+6"), "1,000,000"),
        (Decimal("-0.5"), "-0.5"),
        (Decimal("12345678901234.56"), "12,345,678,901,234.56"),
    ],
)
def test_numbers_are_exact_and_missing_is_never_zero(value: Decimal | int | None, shown: str) -> None:
    assert formats.number(value) == shown


def test_units_stay_on_the_line_of_their_number() -> None:
    assert formats.quantity(95, "%") == "95\u202f%"
    assert formats.quantity(120, "条") == "120\u00a0条"
    assert formats.quantity(120, "") == "120"
    assert formats.quantity(None, "条") == "—"


def test_days_speak_the_language_of_the_page() -> None:
    with translation.override("zh-hans"):
        assert formats.day(date(2023, 6, 30)) == "2023 年 6 月 30 日"
        assert formats.month(date(2023, 6, 30)) == "2023 年 6 月"
        assert formats.deadline("2023") == "2023 年底"
        assert formats.deadline("2023-06") == "2023 年 6 月底"
        assert formats.moment(datetime(2023, 6, 30, 16, 5, tzinfo=UTC)) == "2023 年 7 月 1 日 00:05"
        assert formats.day(datetime(2023, 6, 30, 16, 5, tzinfo=UTC)) == "2023 年 7 月 1 日"
    with translation.override("en"):
        assert formats.day(date(2023, 6, 30)) == "30 June 2023"
        assert formats.month(date(2023, 6, 30)) == "June 2023"
        assert formats.deadline("2023-06") == "end of June 2023"
        assert formats.deadline("2023") == "end of 2023"
    assert [formats.day(None), formats.moment(None), formats.deadline("")] == ["—"] * 3
