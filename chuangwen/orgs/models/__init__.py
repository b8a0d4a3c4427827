"""Facts about units and people."""

from .accounts import Invitation, Lockout, PasswordRecord
from .links import FirmLink
from .people import Person
from .seats import CONTACT_KINDS, ROLES, Deputy, Post, PostTerm, Seat, UnitContact
from .tokens import ApiToken
from .units import (
    NAME_KINDS,
    UNIT_KINDS,
    PeerGroup,
    Unit,
    UnitGroup,
    UnitMove,
    UnitName,
    Units,
)

__all__ = [
    "CONTACT_KINDS",
    "NAME_KINDS",
    "ROLES",
    "UNIT_KINDS",
    "ApiToken",
    "Deputy",
    "FirmLink",
    "Invitation",
    "Lockout",
    "PasswordRecord",
    "PeerGroup",
    "Person",
    "Post",
    "PostTerm",
    "Seat",
    "Unit",
    "UnitContact",
    "UnitGroup",
    "UnitMove",
    "UnitName",
    "Units",
]
