"""Who sees and decides a hand-over: giver and successor whatever their seats, others by scope.

The security administrator, who gives every seat, sees that seats pass, and of the work only how much it is.
"""

from django.db.models import Q, QuerySet

from chuangwen.cores.errors import Denied, Hidden
from chuangwen.orgs import scopes
from chuangwen.orgs.actors import Actor
from chuangwen.orgs.rules import ADMINISTRATORS, Role, Scope
from chuangwen.orgs.seat_access import ROOM as SEATS
from chuangwen.orgs.seat_access import hands_over, roles_given

from .access import sees_desk
from .models import HandOver
from .rules.hand_over import HandOverState

ROOM = "desk.hand_overs"
READERS = (Role.LEADER, Role.SECRETARY)
SCOPES = dict.fromkeys((*READERS, Role.CAMPAIGN_OFFICE), Scope.CITY) | {Role.MANAGER: Scope.SUBTREE}


def sees_hand_overs(actor: Actor) -> bool:
    """Whether there is anything to hand over or to look at from the actor's seat."""
    return sees_desk(actor) or bool(roles_given(actor))


def visible_hand_overs(actor: Actor) -> QuerySet[HandOver]:
    """A draft is for those who give the seat; the successor sees it from the offer on."""
    within = scopes.within(actor, ROOM, "seat__unit")
    if actor.role in READERS:
        within &= ~Q(state=HandOverState.DRAFTED)
    if roles_given(actor):
        within |= scopes.within(actor, SEATS, "seat__unit")
    me = actor.person_id or 0
    given = Q(seat__person=me) | Q(drafted_by=me)
    taken = Q(successor=me, offered_at__isnull=False)
    return HandOver.objects.filter(within | given | taken)


def one_hand_over(actor: Actor, hand_over_id: int) -> HandOver:
    """Raises Hidden."""
    rows = visible_hand_overs(actor).select_related(
        "seat__unit", "seat__person", "successor", "drafted_by", "new_seat"
    )
    found = rows.filter(pk=hand_over_id).first()
    if found is None:
        raise Hidden
    return found


def may_give(actor: Actor, row: HandOver) -> bool:
    return hands_over(actor, row.seat)


def may_take(actor: Actor, row: HandOver) -> bool:
    return actor.person_id == row.successor_id and row.offered_at is not None


def sees_work(actor: Actor, row: HandOver) -> bool:
    """Whether the list of open work is for the actor: administrators who look on see how much it is."""
    return may_take(actor, row) or actor.role not in ADMINISTRATORS


def hand_over_to_give(actor: Actor, hand_over_id: int) -> HandOver:
    """Raises Hidden, Denied."""
    row = one_hand_over(actor, hand_over_id)
    if not may_give(actor, row):
        raise Denied
    return row


def hand_over_to_take(actor: Actor, hand_over_id: int) -> HandOver:
    """For the successor alone. Raises Hidden, Denied."""
    row = one_hand_over(actor, hand_over_id)
    if not may_take(actor, row):
        raise Denied
    return row
