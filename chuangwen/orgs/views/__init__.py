"""Pages for signing in and for one's own account; pages of units and groups."""

from .account import SignIn, change_password, choose_language, choose_seat, profile, sign_out
from .tokens import make_token, revoke_token, tokens
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
    "make_token",
    "profile",
    "remove_name",
    "rename_unit",
    "revoke_token",
    "sign_out",
    "tokens",
    "unit",
    "units",
]
