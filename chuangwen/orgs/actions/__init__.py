"""Writes. Each is one transaction and one audit row."""

from .accounts import (
    end_log_in,
    end_other_log_ins,
    make_invitation,
    open_invitation,
    record_second_factor,
    remove_second_factor,
    require_new_password,
    unlock,
    use_invitation,
)
from .codes import change_codes
from .contacts import add_contact, change_contact
from .groups import (
    add_group,
    change_group,
)
from .links import make_firm_link, open_firm_link, revoke_firm_link, use_firm_link
from .peers import add_peer_group, change_peer_group, delete_peer_group, remove_peers
from .people import (
    add_person,
    add_post,
    change_password,
    change_profile,
    close_account,
    record_sign_in,
    reopen_account,
)
from .personal import Personal, change_personal, reveal_personal
from .seats import end_seat, name_deputy, seat_person
from .tokens import TokenUse, make_token, revoke_token, use_token
from .tree import import_divisions, merge_units, move_unit
from .units import (
    add_name,
    add_unit,
    close_unit,
    found_jurisdiction,
    remove_name,
    rename_unit,
    set_end_date,
)

__all__ = [
    "Personal",
    "TokenUse",
    "add_contact",
    "add_group",
    "add_name",
    "add_peer_group",
    "add_person",
    "add_post",
    "add_unit",
    "change_codes",
    "change_contact",
    "change_group",
    "change_password",
    "change_peer_group",
    "change_personal",
    "change_profile",
    "close_account",
    "close_unit",
    "delete_peer_group",
    "end_log_in",
    "end_other_log_ins",
    "end_seat",
    "found_jurisdiction",
    "import_divisions",
    "make_firm_link",
    "make_invitation",
    "make_token",
    "merge_units",
    "move_unit",
    "name_deputy",
    "open_firm_link",
    "open_invitation",
    "record_second_factor",
    "record_sign_in",
    "remove_name",
    "remove_peers",
    "remove_second_factor",
    "rename_unit",
    "reopen_account",
    "require_new_password",
    "reveal_personal",
    "revoke_firm_link",
    "revoke_token",
    "seat_person",
    "set_end_date",
    "unlock",
    "use_firm_link",
    "use_invitation",
    "use_token",
]
