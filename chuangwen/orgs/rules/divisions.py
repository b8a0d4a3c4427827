"""Divisions by their codes: GB/T 2260 down to counties, GB/T 10114 below."""

import unicodedata
from dataclasses import dataclass

from . import UnitKind

LENGTHS = (2, 4, 6, 9, 12)  # province, city, county, town, village


@dataclass(frozen=True)
class Division:
    """`code` has one of LENGTHS digits; `parent_code` is "" for a province."""

    code: str
    name: str
    parent_code: str
    kind: UnitKind


def plain_code(typed: str) -> str | None:
    """`typed` in plain digits, "" for none; None for what is no code, of whatever division."""
    code = "".join(unicodedata.normalize("NFKC", typed).split())
    return code if not code or (code.isascii() and code.isdecimal() and len(code) in LENGTHS) else None


def kind_of(code: str, name: str) -> UnitKind:
    """Towns by the three digits after the county's; counties by the last word of their name."""
    match len(code):
        case 2:
            return UnitKind.PROVINCE
        case 4:
            return UnitKind.CITY
        case 6:
            return {"区": UnitKind.DISTRICT, "市": UnitKind.COUNTY_CITY}.get(name[-1:], UnitKind.COUNTY)
        case 9:
            return _town(int(code[6:]))
    return UnitKind.VILLAGE if name.endswith("村") else UnitKind.COMMUNITY


def _town(number: int) -> UnitKind:
    if number < 100:
        return UnitKind.SUBDISTRICT
    return UnitKind.TOWN if number < 400 else UnitKind.ZONE


def parent_code(code: str, known: set[str]) -> str:
    """The longest of `known` that begins `code`; "" if none does."""
    shorter = (code[:length] for length in reversed(LENGTHS) if length < len(code))
    return next((prefix for prefix in shorter if prefix in known), "")


def divisions(rows: list[tuple[str, str]]) -> tuple[list[Division], list[int]]:
    """Divisions of (code, name), and the places of rows that are none.

    Such a row has a code of a wrong length, one that stands twice, no name, or no parent.
    """
    known = {code for code, _name in rows}
    found: dict[str, Division] = {}
    wrong = []
    for place, (code, name) in enumerate(rows):
        parent = parent_code(code, known)
        whole = code.isdecimal() and len(code) in LENGTHS and name and code not in found
        if whole and (parent or len(code) == LENGTHS[0]):
            found[code] = Division(code, name, parent, kind_of(code, name))
        else:
            wrong.append(place)
    return list(found.values()), wrong
