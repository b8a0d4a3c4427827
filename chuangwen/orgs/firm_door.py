"""Who comes in by a firm's link: no account, no seat, and no page but those that ask here."""

from django.http import HttpRequest

from chuangwen.kit import clock
from chuangwen.kit.http import client_address
from chuangwen.kit.throttle import Throttle

from . import actions
from .actors import Actor
from .models import FirmLink

OPENINGS = Throttle("firm-link", tries=30, seconds=15 * 60)  # of links that open nothing, from one address
LINK_KEY = "firm_link"  # in the session: the number of the link that was opened


def come_in(request: HttpRequest, token: str) -> FirmLink | None:
    """Opens the link for this browser; None after too many that open nothing. Raises NotAllowedNow."""
    request.guest = True  # type: ignore[attr-defined]
    slot = OPENINGS.take(client_address(request))
    if not slot:
        return None
    link = actions.open_firm_link(token=token, now=clock.now(), today=clock.today())
    OPENINGS.give_back(slot)
    if not request.user.is_authenticated:
        request.session.cycle_key()  # nobody else knows the key of a session that may answer for a firm
    request.session[LINK_KEY] = link.pk
    return link


def firm_actor(request: HttpRequest) -> Actor:
    """The link acts, whoever else is signed in here. Raises NotAllowedNow without a good one."""
    request.guest = True  # type: ignore[attr-defined]
    return actions.use_firm_link(
        link_id=request.session.get(LINK_KEY, 0),
        address=client_address(request),
        now=clock.now(),
        today=clock.today(),
    )
