import pytest

from chuangwen.orgs.rules.personal import check_digit, plain_id_number, plain_phone


@pytest.mark.parametrize(
    ("text", "phone"),
    [
        ("13812345678", "13812345678"),
        (" 138 1234 5678 ", "13812345678"),
        ("138-1234-5678", "13812345678"),
        ("+86 13812345678", "13812345678"),
        ("008613812345678", "13812345678"),
        ("１３８１２３４５６７８", "13812345678"),
        ("19912345678", "19912345678"),
        ("010-62345678", "01062345678"),
        ("（0571）87654321", "057187654321"),
        ("+86 571 87654321", "057187654321"),
        ("0731-5234567", "07315234567"),
        ("12812345678", None),
        ("1381234567", None),
        ("138123456789", None),
        ("87654321", None),
        ("0571-1234567", None),
        ("0011-87654321", None),
        ("电话", None),
        ("", None),
    ],
)
def test_a_phone_is_a_mobile_or_a_landline_with_its_area_code(text: str, phone: str | None) -> None:
    assert plain_phone(text) == phone


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("11010519491231002X", "11010519491231002X"),  # the example of the standard itself
        ("11010519491231002x", "11010519491231002X"),
        ("440524188001010014", None),  # also from the standard, but born before 1900
        ("110105 19491231 002X", "11010519491231002X"),
        ("110105194912310021", None),  # check digit
        ("11010519490231002X", None),  # 31 February
        ("91010519491231002X", None),  # no such region
        ("110105491231002", None),  # fifteen digits ended in 2013
        ("", None),
    ],
)
def test_an_identity_number_has_a_day_of_birth_and_a_check_digit(text: str, number: str | None) -> None:
    assert plain_id_number(text) == number


def test_the_check_digit_finds_every_single_wrong_digit() -> None:
    right = "11010519491231002"
    for place in range(17):
        for digit in set("0123456789") - {right[place]}:
            assert check_digit(right[:place] + digit + right[place + 1 :]) != "X"
