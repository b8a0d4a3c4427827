"""The desk as a calendar for other programs."""

import secrets
from datetime import datetime

from django.db import transaction

from chuangwen.cores.errors import Denied
from chuangwen.kit import audit
from chuangwen.orgs.actors import Actor

from ..access import sees_desk
from ..models import Feed
from ..queries import digest


@transaction.atomic
def make_feed(*, actor: Actor, now: datetime) -> str:
    """A new token for the actor's seat; the one before opens nothing any more. Raises Denied."""
    if actor.seat is None or not sees_desk(actor):
        raise Denied
    token = secrets.token_urlsafe(32)
    feed, _ = Feed.objects.update_or_create(
        seat=actor.seat, defaults={"digest": digest(token), "made_at": now}
    )
    audit.record(actor, "desk.feed_made", feed)
    return token
