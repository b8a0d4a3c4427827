"""What the audit says of actions, and what pages say of refusals."""

from django.utils.translation import gettext_lazy as _

from chuangwen.kit.http import Words

ACTIONS = {
    "orgs.unit_created": _("Entered the unit %(name)s"),
    "orgs.unit_renamed": _("Changed the name to %(name)s"),
    "orgs.unit_closed": _("Closed the unit on %(on)s"),
    "orgs.codes_changed": _("Changed the codes: own code %(code)s, division code %(division_code)s"),
    "orgs.end_date_set": _("Set the end date to %(until)s"),
    "orgs.unit_moved": _("Moved the unit under %(to)s on %(on)s"),
    "orgs.units_merged": _("Merged %(names)s into this unit on %(on)s"),
    "orgs.divisions_imported": _("Entered %(name)s with %(count)s units below from a file"),
    "import_divisions": _("Import of divisions"),
    "orgs.name_added": _("Added the name %(name)s"),
    "orgs.name_removed": _("Removed the name %(name)s"),
    "orgs.group_added": _("Entered the group %(name)s"),
    "orgs.group_changed": _("Changed the rule of the group"),
    "orgs.peer_group_added": _("Entered the peer group %(name)s"),
    "orgs.peer_group_changed": _("Changed the peer group %(name)s"),
    "orgs.peers_removed": _("Removed %(names)s from the peer group %(name)s"),
    "orgs.peer_group_deleted": _("Deleted the peer group %(name)s"),
    "orgs.post_added": _("Entered the post %(title)s"),
    "orgs.person_added": _("Opened the account %(username)s"),
    "orgs.person_seated": _("Gave %(person)s a seat"),
    "orgs.contact_added": _("Added a contact: %(kind)s"),
    "orgs.contact_changed": _("Changed a contact: %(kind)s"),
    "orgs.seat_ended": _("Ended the seat of %(person)s on %(on)s"),
    "orgs.deputy_named": _("Named %(person)s as deputy for the seat %(role)s until %(until)s"),
    "orgs.account_closed": _("Closed the account"),
    "orgs.account_reopened": _("Opened the account again"),
    "orgs.profile_changed": _("Changed the profile"),
    "orgs.personal_changed": _("Changed phone or identity number"),
    "orgs.phone_shown": _("Looked at phone and identity number in full"),
    "orgs.password_changed": _("Changed the password"),
    "orgs.signed_in": _("Signed in"),
    "orgs.invited": _("Made a link for a password"),
    "orgs.password_expired": _("The password is too old and must be changed"),
    "orgs.locked_out": _("Too many wrong tries: the sign-in is closed for a quarter of an hour"),
    "orgs.unlocked": _("Opened the sign-in again for the address %(address)s"),
    "orgs.second_factor_set": _("Turned on two-step sign-in"),
    "orgs.second_factor_removed": _("Turned off two-step sign-in"),
    "orgs.log_in_ended": _("Ended a log-in"),
    "sign_in": _("Sign-in"),
    "orgs.token_made": _("Made the token %(name)s"),
    "orgs.token_revoked": _("Revoked the token %(name)s"),
    "orgs.firm_link_made": _("Made the link %(link)s for the firm"),
    "orgs.firm_link_revoked": _("Revoked the link %(link)s"),
    "demo": _("Demo data"),
    "found_city": _("Set-up"),
}

KINDS = {
    "orgs.unit": _("Unit"),
    "orgs.unitgroup": _("Group of units"),
    "orgs.peergroup": _("Peer group"),
    "orgs.person": _("Account"),
    "orgs.apitoken": _("Token"),
    "orgs.lockout": _("Closed door"),
}

_NOTHING_STORED = _("Nothing was stored; what was saved before is safe.")

REFUSALS = {
    "orgs.city_stays": Words(
        _("%(name)s stands at the top"), _("Nothing was changed."), _("Only units below it move or merge.")
    ),
    "orgs.other_city": Words(
        _("%(name)s belongs to another city"), _("Nothing was changed."), _("Choose a unit of the same city.")
    ),
    "orgs.below_itself": Words(
        _("%(name)s cannot stand below itself"), _("Nothing was changed."), _("Choose a unit outside of it.")
    ),
    "orgs.city_exists": Words(
        _("%(name)s is here already"), _NOTHING_STORED, _("Give the people who need it seats there.")
    ),
    "orgs.unit_exists": Words(
        _("%(parent)s already has a unit named %(name)s"), _NOTHING_STORED, _("Open that unit instead.")
    ),
    "orgs.code_taken": Words(
        _("Another unit has the code %(code)s"), _NOTHING_STORED, _("Give a code of its own, or none.")
    ),
    "orgs.no_division_code": Words(
        _("A division code has 2, 4, 6, 9 or 12 digits"), _NOTHING_STORED, _("Check the digits.")
    ),
    "orgs.division_code_taken": Words(
        _("%(name)s has the division code %(code)s"),
        _NOTHING_STORED,
        _("Check the digits, or change the code of that unit first."),
    ),
    "orgs.name_exists": Words(
        _("The unit has the name %(name)s already"), _NOTHING_STORED, _("There is nothing to do.")
    ),
    "orgs.group_exists": Words(
        _("There is a group named %(name)s already"), _NOTHING_STORED, _("Change that group instead.")
    ),
    "orgs.peer_group_exists": Words(
        _("There is a group named %(name)s already"), _NOTHING_STORED, _("Change that group instead.")
    ),
    "orgs.in_other_peer_group": Words(
        _("%(name)s stands in the group %(group)s; remove it there first"),
        _NOTHING_STORED,
        _("A unit stands in one group at most."),
    ),
    "orgs.peer_group_not_empty": Words(
        _("Units still stand in the group %(name)s"), _("Nothing was changed."), _("Remove them first.")
    ),
    "orgs.nobody_chosen": Words(
        _("Nothing was chosen"), _("Nothing was changed."), _("Tick the units, then choose the step.")
    ),
    "orgs.post_exists": Words(
        _("The unit has the post %(title)s already"), _NOTHING_STORED, _("Change who holds it instead.")
    ),
    "orgs.account_taken": Words(
        _("There is an account named %(username)s already"),
        _NOTHING_STORED,
        _("Choose another account name."),
    ),
    "orgs.unknown_scope": Words(
        _("A token needs something that it may do"), _NOTHING_STORED, _("Choose from the list.")
    ),
    "orgs.token_too_long": Words(
        _("A token is valid for a year at most"), _NOTHING_STORED, _("Choose a day between today and then.")
    ),
    "orgs.no_firm": Words(
        _("%(name)s is no firm"),
        _NOTHING_STORED,
        _("Only firms and shops get a link; open accounts for the people of other units."),
    ),
    "orgs.link_too_long": Words(
        _("A link is valid for a year at most"), _NOTHING_STORED, _("Choose a day between today and then.")
    ),
    "orgs.link_revoked_already": Words(
        _("The link was revoked already"), _("Nothing was changed."), _("There is nothing to do.")
    ),
    "orgs.link_over": Words(
        _("This link is not valid, or not any more"),
        _("Nothing was changed."),
        _("Ask the community or the office that gave it to you for a new one."),
    ),
    "orgs.token_revoked_already": Words(
        _("The token was revoked already"), _("Nothing was changed."), _("There is nothing to do.")
    ),
    "orgs.no_phone": Words(
        _("This is no phone number of the mainland"),
        _NOTHING_STORED,
        _("Give a mobile, or a landline with its area code."),
    ),
    "orgs.no_id_number": Words(
        _("This is no identity number"),
        _NOTHING_STORED,
        _("Give all 18 characters; the last one checks the others."),
    ),
    "orgs.period_empty": Words(
        _("The last day does not come after the first"), _NOTHING_STORED, _("Correct the days.")
    ),
    "orgs.seat_held": Words(
        _("%(name)s has this seat already in that time"), _NOTHING_STORED, _("There is nothing to do.")
    ),
    "orgs.seat_over": Words(
        _("The seat has ended already, on %(on)s"), _NOTHING_STORED, _("There is nothing to do.")
    ),
    "orgs.own_deputy": Words(
        _("%(name)s holds the seat already"), _NOTHING_STORED, _("Choose somebody else as deputy.")
    ),
    "orgs.seats_apart": Words(
        _("%(name)s holds the seat %(seat)s, and an administrator holds no other kind of seat"),
        _NOTHING_STORED,
        _("End the other seat first, or choose another person: the three administrators watch each other."),
    ),
    "orgs.units_below_are_open": Words(
        _("Units below %(name)s are still open"),
        _("Nothing was changed."),
        _("Close the units below first, then this one."),
    ),
    "orgs.day_past": Words(
        _("This day is past"), _("Nothing was changed."), _("Choose today or a day to come.")
    ),
    "orgs.invitation_over": Words(
        _("This link opens nothing any more"),
        _("Nothing was changed."),
        _("A link is good once, for seven days. Ask who sent it for a new one."),
    ),
    "orgs.unit_is_closed": Words(
        _("%(name)s is closed"), _("Nothing was changed."), _("Work with the unit that took over its duties.")
    ),
}

TOO_MANY_LINKS = Words(
    _("Too many tries"),
    _("Nothing was changed."),
    _("Wait a quarter of an hour, then open the link again as it was given to you."),
)
