"""Writes. Each is one transaction and one audit row."""

from .groups import (
    add_group,
    change_group,
)
from .people import (
    add_person,
    add_post,
    change_password,
    change_profile,
    record_sign_in,
    seat_person,
)
from .tokens import TokenUse, make_token, revoke_token, use_token
from .units import (
    add_name,
    add_unit,
    close_unit,
    found_jurisdiction,
    remove_name,
    rename_unit,
)

__all__ = [
    "TokenUse",
    "add_group",
    "add_name",
    "add_person",
    "add_post",
    "add_unit",
    "change_group",
    "change_password",
    "change_profile",
    "close_unit",
    "found_jurisdiction",
    "make_token",
    "record_sign_in",
    "remove_name",
    "rename_unit",
    "revoke_token",
    "seat_person",
    "use_token",
]
