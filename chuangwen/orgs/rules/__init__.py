"""Kinds of units, and where a unit stands in its tree. Names of units: naming.py; roles: roles.py."""

from enum import StrEnum

from .roles import ADMINISTRATORS, GIVEN_BY_MANAGERS, SEATED, ContactKind, Role, Scope, go_together

__all__ = [
    "ADMINISTRATORS",
    "GIVEN_BY_MANAGERS",
    "PATH_STEP",
    "SEATED",
    "ContactKind",
    "NameKind",
    "Role",
    "Scope",
    "UnitKind",
    "ancestor_paths",
    "go_together",
    "path_of",
    "path_range",
]

PATH_STEP = 6  # hexadecimal digits of one unit's number in a path


class UnitKind(StrEnum):
    PROVINCE = "province"
    CITY = "city"
    BLOCK = "block"  # 板块: an area that is appraised, where it is no division of its own
    DISTRICT = "district"  # 市辖区
    COUNTY = "county"
    COUNTY_CITY = "county_city"  # 县级市
    ZONE = "zone"  # 功能区: counted beside the districts, not a division of its own
    SUBDISTRICT = "subdistrict"
    TOWN = "town"
    COMMUNITY = "community"
    VILLAGE = "village"
    GRID = "grid"
    GOVERNMENT = "government"  # the government or party committee itself, where the posts are
    DEPARTMENT = "department"
    ENTERPRISE = "enterprise"
    WORK_GROUP = "work_group"
    AGENCY = "agency"  # 第三方机构
    OTHER = "other"


class NameKind(StrEnum):
    ALIAS = "alias"
    SHORT = "short"
    OLD = "old"
    CODE = "code"  # a division code that the unit had


def path_of(parent_path: str, number: int) -> str:
    """Path of unit `number` under the unit with `parent_path` ("" for a city itself)."""
    return f"{parent_path}{number:0{PATH_STEP}x}"


def path_range(path: str) -> tuple[str, str]:
    """Half-open range of the paths of a unit and of all below it.

    Paths hold hexadecimal digits only, so that "g" ends the range in every collation.
    """
    return path, f"{path}g"


def ancestor_paths(path: str) -> list[str]:
    """Paths of the units above, the city first; the unit's own path is the last."""
    return [path[:end] for end in range(PATH_STEP, len(path) + 1, PATH_STEP)]
