"""Phone and identity numbers as people write them, in the one form in which they are stored.

Identity numbers: GB 11643-1999, 18 digits with the check digit of ISO 7064 MOD 11-2.
"""

import re
import unicodedata
from datetime import date

MOBILE = re.compile(r"1[3-9]\d{9}")
LANDLINE = re.compile(r"0(?:10|2\d|[3-9]\d{2})[2-8]\d{6,7}")
ID_NUMBER = re.compile(r"[1-8]\d{16}[\dX]")
CHECK_DIGITS = "10X98765432"


def plain_phone(text: str) -> str | None:
    """A mainland mobile, or a landline with its area code, as digits alone; None for anything else."""
    written = re.sub(r"[\s\-—()]", "", unicodedata.normalize("NFKC", text))
    digits = re.sub(r"^(?:\+|00)86", "", written)
    if digits != written and not MOBILE.fullmatch(digits):
        digits = f"0{digits}"
    return digits if MOBILE.fullmatch(digits) or LANDLINE.fullmatch(digits) else None


def plain_id_number(text: str) -> str | None:
    """18 characters with a possible day of birth and the right check digit; None for anything else."""
    number = re.sub(r"\s", "", unicodedata.normalize("NFKC", text)).upper()
    if not (ID_NUMBER.fullmatch(number) and number.isascii()):
        return None
    return number if _is_a_day(number[6:14]) and number[17] == check_digit(number[:17]) else None


def check_digit(first: str) -> str:
    """For the first 17 digits."""
    return CHECK_DIGITS[sum(int(digit) * 2 ** (17 - place) for place, digit in enumerate(first)) % 11]


def _is_a_day(text: str) -> bool:
    try:
        date(int(text[:4]), int(text[4:6]), int(text[6:]))
    except ValueError:
        return False
    return int(text[:4]) >= 1900
