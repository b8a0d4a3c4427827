"""Pages for signing in and for one's own account; pages of units and groups."""

from .account import SignIn, change_password, choose_language, choose_seat, profile, sign_out
from .units import (
    add_group,
    add_name,
    add_unit,
    change_group,
    close_unit,
    groups,
    remove_name,
    rename_unit,
    unit,
    units,
)

__all__ = [
    "SignIn",
    "add_group",
    "add_name",
    "add_unit",
    "change_group",
    "change_password",
    "choose_language",
    "choose_seat",
    "close_unit",
    "groups",
    "profile",
    "remove_name",
    "rename_unit",
    "sign_out",
    "unit",
    "units",
]
