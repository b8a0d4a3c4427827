"""Facts about units and people."""

from .accounts import Invitation, Lockout, PasswordRecord
from .people import Person
from .seats import ROLES, Post, PostTerm, Seat
from .tokens import ApiToken
from .units import NAME_KINDS, UNIT_KINDS, Unit, UnitGroup, UnitName, Units

__all__ = [
    "NAME_KINDS",
    "ROLES",
    "UNIT_KINDS",
    "ApiToken",
    "Invitation",
    "Lockout",
    "PasswordRecord",
    "Person",
    "Post",
    "PostTerm",
    "Seat",
    "Unit",
    "UnitGroup",
    "UnitName",
    "Units",
]
