"""Pages for signing in and for one's own account; pages of units and groups."""

from .account import SignIn, change_password, choose_language, choose_seat, profile, sign_out
from .accounts import (
    accounts,
    end_log_in,
    invitation,
    invite,
    log_ins,
    open_invitation,
    remove_second_factor,
    unlock,
)
from .personal import change_phone, reveal
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
    "accounts",
    "add_group",
    "add_name",
    "add_unit",
    "change_group",
    "change_password",
    "change_phone",
    "choose_language",
    "choose_seat",
    "close_unit",
    "end_log_in",
    "groups",
    "invitation",
    "invite",
    "log_ins",
    "make_token",
    "open_invitation",
    "profile",
    "remove_name",
    "remove_second_factor",
    "rename_unit",
    "reveal",
    "revoke_token",
    "sign_out",
    "tokens",
    "unit",
    "units",
    "unlock",
]
