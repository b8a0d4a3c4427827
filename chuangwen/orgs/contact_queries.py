"""Reads of the contacts of units, and of the units that lack one."""

from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from . import access
from .actors import Actor
from .models import Unit, UnitContact
from .rules import ContactKind, UnitKind

# Departments and areas: the units that must name whom to turn to.
WITH_CONTACTS = (
    UnitKind.BLOCK,
    UnitKind.DISTRICT,
    UnitKind.COUNTY,
    UnitKind.COUNTY_CITY,
    UnitKind.ZONE,
    UnitKind.SUBDISTRICT,
    UnitKind.TOWN,
    UnitKind.DEPARTMENT,
)


def contacts_of(unit: Unit, day: date) -> QuerySet[UnitContact]:
    """Those of the day and those to come."""
    return unit.contacts.filter(Q(ends_on=None) | Q(ends_on__gt=day))


def units_with_contacts(actor: Actor, day: date) -> QuerySet[Unit]:
    """Open departments and areas; `has_<kind>` tells which contacts each has on the day."""
    units = access.visible_units(actor).open_on(day).filter(kind__in=WITH_CONTACTS)
    contacts = UnitContact.objects.on(day).filter(unit=OuterRef("pk"))
    has = {f"has_{kind}": Exists(contacts.filter(kind=kind)) for kind in ContactKind}
    return units.annotate(**has).order_by("path")


def incomplete_units(actor: Actor, day: date) -> QuerySet[Unit]:
    """Those of `units_with_contacts` that lack at least one."""
    lacks = Q()
    for kind in ContactKind:
        lacks |= Q(**{f"has_{kind}": False})
    return units_with_contacts(actor, day).filter(lacks)
