"""Whom to turn to in a unit: deputy in charge, lead office, focal expert.

The audit tells which kind of contact changed and when it holds, not the name: who has no account has no key
under which a name could be erased. Names stand in the dated rows of contacts alone.
"""

from datetime import date

from django.db import transaction

from chuangwen.cores.errors import BadInput
from chuangwen.kit import audit
from chuangwen.kit.locking import check_current, save_if_current

from .. import contact_access
from ..actors import Actor
from ..models import UnitContact
from ..rules import ContactKind


@transaction.atomic
def add_contact(
    *,
    actor: Actor,
    unit_id: int,
    kind: ContactKind,
    name: str,
    starts_on: date | None = None,
    ends_on: date | None = None,
) -> UnitContact:
    """Another contact of the unit. Raises Hidden, Denied; BadInput for an empty period."""
    unit = contact_access.unit_for_contacts(actor, unit_id)
    _require_period(starts_on, ends_on)
    contact = UnitContact.objects.create(
        unit=unit, kind=kind, name=name, starts_on=starts_on, ends_on=ends_on
    )
    audit.record(actor, "orgs.contact_added", unit, kind=kind, starts_on=starts_on, ends_on=ends_on)
    return contact


@transaction.atomic
def change_contact(
    *,
    actor: Actor,
    contact_id: int,
    version: int,
    name: str,
    starts_on: date | None,
    ends_on: date | None,
) -> UnitContact:
    """Another name or period; `ends_on` ends it.

    Raises Hidden, Denied, Stale; BadInput for an empty period.
    """
    contact = contact_access.contact_for_change(actor, contact_id)
    check_current(contact, version)
    _require_period(starts_on, ends_on)
    before = {"starts_on": contact.starts_on, "ends_on": contact.ends_on}
    renamed = name != contact.name
    contact.name, contact.starts_on, contact.ends_on = name, starts_on, ends_on
    save_if_current(contact, version, fields=["name", "starts_on", "ends_on"])
    audit.record(
        actor,
        "orgs.contact_changed",
        contact.unit,
        before=before,
        kind=contact.kind,
        renamed=renamed,
        starts_on=starts_on,
        ends_on=ends_on,
    )
    return contact


def _require_period(starts_on: date | None, ends_on: date | None) -> None:
    if starts_on is not None and ends_on is not None and ends_on <= starts_on:
        raise BadInput("orgs.period_empty")
