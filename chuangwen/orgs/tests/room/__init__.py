"""A room of tests alone: notes of units, and a drawer of covert ones, as the rooms to come will have them."""

from chuangwen.orgs import scopes
from chuangwen.orgs.rules import Role, Scope


def open_room() -> None:
    """Peers of the inspected read each other's notes; the covert drawer names the inspector and nobody else."""
    scopes.declare(
        "room",
        {
            Role.CAMPAIGN_OFFICE: Scope.CITY,
            Role.MANAGER: Scope.SUBTREE,
            Role.UNIT_STAFF: Scope.UNIT,
            Role.REVIEWER: Scope.PEERS,
            Role.INSPECTOR: Scope.CITY,
        },
        title="Notes",
    )
    scopes.declare("room.covert", {Role.INSPECTOR: Scope.CITY}, title="Covert notes")
