"""What pages say of tables that were handed in: of cells that are wrong, of what stands against undoing."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from chuangwen.cores.sheets import Column
from chuangwen.kit.http import Words

from .rules.imports import Fate, Fault

FATES = {
    Fate.WRONG: _("to be corrected"),
    Fate.ADDED: _("to be added"),
    Fate.CHANGED: _("to be changed"),
    Fate.SAME: _("stays as it is"),
}

_FAULTS = {
    # days, lengths: in every table
    "bad_day": _("“%(text)s” is no day. Write it like 2026-03-01."),
    "empty_period": _("%(last)s does not come after %(first)s. Correct one of the two days."),
    "too_long": _("This is too long: %(most)s characters at most."),
    # units
    "name_missing": _("The row has no name. Give the unit's full name."),
    "kind_missing": _("A new unit needs a kind. Choose one from the list in the template."),
    "kind_unknown": _("There is no kind “%(text)s”. Choose one from the list in the template."),
    "division_length": _("“%(text)s” is no division code: it has 2, 4, 6, 9 or 12 digits."),
    "division_taken": _("%(name)s has this division code. Check the code, or leave the cell empty."),
    "division_twice": _("Row %(row)s has the division code %(text)s already. Correct one of the two rows."),
    "code_twice": _("Row %(row)s has the code %(text)s already. Give each unit a code of its own."),
    "code_taken": _("Another unit, closed or of another city, has the code %(text)s. Give another code."),
    "parent_missing": _("Say which unit it belongs to; directly below the city, that is %(city)s."),
    "parent_unknown": _(
        "There is no open unit “%(text)s”, and no row adds it. Check the name, or add a row for it."
    ),
    "parent_several": _("Several units are called “%(text)s”. Name the one that is meant by its code."),
    "city_stays": _("%(city)s stands at the top. Leave this cell empty."),
    "unit_twice": _("Row %(row)s is about the same unit. Keep one of the two rows."),
    "name_taken": _("There is another unit “%(name)s” under the same parent. Check code and name."),
    "ring": _("The unit would stand below itself. Correct its parent or that of a unit above it."),
    "too_deep": _("The unit would stand too deep: the tree has %(most)s levels at most."),
    "units_below": _("Units below it go on. Give them an end too, or leave this day out."),
    "outlives": _("%(name)s, above it, ends on %(day)s already. Give an earlier day, or none."),
    # people
    "person_missing": _("The row has no name. Give the person's name."),
    "account_missing": _("The row has no account. Give the name with which the person is to sign in."),
    "unit_missing": _("The row has no unit. Give it by any of its names or by its code."),
    "unit_unknown": _("There is no open unit “%(text)s”. Check the name, or give its code."),
    "unit_several": _("Several units are called “%(text)s”. Name the one that is meant by its code."),
    "unit_out_of_reach": _("“%(text)s” lies outside of what your seat reaches. Leave the row out."),
    "role_missing": _("The row has no role. Choose one from the list in the template."),
    "role_unknown": _("There is no role “%(text)s”. Choose one from the list in the template."),
    "role_not_given": _("Your seat does not give the role %(text)s in this unit. Ask who does."),
    "no_seats": _("Your seat opens accounts and gives no seats. Leave this cell empty."),
    "opens_no_accounts": _(
        "There is no account %(text)s, and your seat opens none. Ask the system administrator to open it."
    ),
    "account_taken": _("The account name %(text)s is taken. Choose another one."),
    "account_of_other": _(
        "The account %(text)s belongs to %(name)s. Check the name, or choose another account."
    ),
    "name_of_other_row": _(
        "Row %(row)s has the account %(text)s for another name. Correct one of the two rows."
    ),
    "other_row_differs": _(
        "Row %(row)s says something else for the same account. Leave one of the two empty."
    ),
    "kept_by_person": _(
        "The account has another one already, and a table does not change it. Leave this cell empty."
    ),
    "bad_phone": _("This is no phone number of the mainland. Check the digits."),
    "bad_email": _("This is no email address. Check it, or leave the cell empty."),
    "seats_apart": _(
        "The person holds the seat %(seat)s, and an administrator holds no other kind of seat. "
        "End the other seat first, or name another person."
    ),
    "seat_held": _("The person has the seat %(seat)s already, for another period. Leave the days out."),
}

_STOPS = {
    "changed": _("was changed since"),
    "units_below": _("has units below it by now"),
    "seats": _("has people with seats by now"),
    "names": _("has got other names since"),
    "contacts": _("has contacts by now"),
    "used": _("is in use by now: plans, orders or other entries name it"),
    "acted": _("has signed in since"),
}

_NOTHING_STORED = _("Nothing was stored; what was saved before is safe.")
_AGAIN = _("Save it as XLSX or CSV and hand it in again.")

ACTIONS = {
    "orgs.sheet_received": _("Handed in the table %(name)s"),
    "orgs.import_discarded": _("Discarded the table %(name)s"),
    "orgs.units_imported": _("Took over the table %(name)s: %(added)s units added, %(changed)s changed"),
    "orgs.unit_import_undone": _("Undid the import of the table %(name)s"),
    "orgs.people_imported": _("Took over the table %(name)s: %(added)s rows of accounts and seats"),
    "orgs.people_import_undone": _("Undid the import of the table %(name)s: accounts and seats"),
    "orgs.people_invited": _("Made links for passwords, for %(count)s people at once"),
}
KINDS = {"orgs.import": _("Table handed in")}

REFUSALS = {
    "orgs.import_not_open": Words(
        _("Somebody was first with %(name)s"),
        _("Nothing was done twice; what the table did or did not do stands on its page."),
        _("Open the page again to see where things stand."),
    ),
    "orgs.import_wrong": Words(
        _("Rows of %(name)s are wrong by now"),
        _NOTHING_STORED,
        _("Open the page again: it names the rows. Correct them and hand the file in again."),
    ),
    "orgs.import_used": Words(
        _("This import can no longer be undone: %(what)s"),
        _("Nothing was changed."),
        _("Open the page again to see what has been used; change those units or people one by one."),
    ),
    "orgs.import_given_away": Words(
        _("This import can no longer be undone: another unit has an old name or code by now"),
        _("Nothing was changed."),
        _("Change the units of the import one by one."),
    ),
    "orgs.nobody_waits": Words(
        _("Nobody of this import waits for a link"),
        _("Nothing was changed."),
        _("Those who have a password need none; the others need a seat first."),
    ),
    "sheets.too_big": Words(
        _("%(name)s is larger than %(limit_mb)s MB"),
        _NOTHING_STORED,
        _("Split the table into several files."),
    ),
    "sheets.bomb": Words(
        _("%(name)s unpacks to far more than a table needs"),
        _NOTHING_STORED,
        _("Copy the table into a new workbook and hand that in."),
    ),
    "sheets.old_excel": Words(
        _("%(name)s is an old Excel file, or locked with a password"), _NOTHING_STORED, _AGAIN
    ),
    "sheets.no_table": Words(_("%(name)s is neither XLSX nor CSV, or damaged"), _NOTHING_STORED, _AGAIN),
    "sheets.too_wide": Words(
        _("The cells of %(name)s reach over %(rows)s rows and %(columns)s columns"),
        _NOTHING_STORED,
        _("A cell far outside of the table is filled. Delete what lies beyond the table."),
    ),
    "sheets.empty": Words(
        _("%(name)s is empty: no cell of it is filled in"),
        _NOTHING_STORED,
        _("Take the template or the table once more, fill it in, save it, and hand it in again."),
    ),
    "sheets.columns": Words(
        _("%(name)s has no header with the columns %(missing)s"),
        _NOTHING_STORED,
        _("Use the heads of the template, in one row above the table."),
    ),
    "sheets.too_many": Words(
        _("%(name)s has %(count)s rows; %(limit)s are taken at once"),
        _NOTHING_STORED,
        _("Split the table into several files."),
    ),
    "sheets.no_rows": Words(
        _("%(name)s has a header and no rows"), _NOTHING_STORED, _("Fill in the rows below the header.")
    ),
}


def fault_words(fault: Fault) -> str:
    return str(_FAULTS[fault.code]) % fault.params


def stop_words(why: str) -> str:
    return str(_STOPS[why])


def title_of(column: str, columns: Sequence[Column]) -> str:
    return next(one.title for one in columns if one.name == column)
