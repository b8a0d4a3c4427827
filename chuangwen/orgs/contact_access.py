"""Who enters the contacts of a unit: the register's keepers, and a manager in the own unit and below."""

from chuangwen.cores.errors import Denied, Hidden

from . import access, scopes
from .actors import Actor
from .models import Unit, UnitContact
from .rules import Role
from .seat_access import ROOM


def keeps_contacts(actor: Actor, unit: Unit) -> bool:
    if access.keeps_units(actor):
        return True
    own = scopes.units_in_scope(actor, ROOM).filter(pk=unit.pk)
    return actor.role == Role.MANAGER and own.exists()


def unit_for_contacts(actor: Actor, unit_id: int) -> Unit:
    """Raises Hidden, Denied."""
    unit = access.one_unit(actor, unit_id)
    if not keeps_contacts(actor, unit):
        raise Denied
    return unit


def contact_for_change(actor: Actor, contact_id: int) -> UnitContact:
    """Raises Hidden, Denied."""
    seen = UnitContact.objects.filter(scopes.within(actor, "orgs", "unit"), pk=contact_id)
    contact = seen.select_related("unit").first()
    if contact is None:
        raise Hidden
    if not keeps_contacts(actor, contact.unit):
        raise Denied
    return contact
