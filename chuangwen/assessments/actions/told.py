"""What the audit says of a round: of one under secret nothing but that something restricted was done."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from chuangwen.kit import audit
from chuangwen.orgs.actors import Actor

if TYPE_CHECKING:
    from django.db.models import Model

    from ..models import Round

RESTRICTED = "assessments.restricted"


def is_covert(found: Round, now: datetime) -> bool:
    return found.covert_until is not None and found.covert_until > now


def tell(
    actor: Actor, code: str, found: Round, now: datetime, *, subject: Model | None = None, **values: Any
) -> None:
    """One row for an action in the round. No value ever names a point: `subject` is a visit at most."""
    if is_covert(found, now):
        audit.record(actor, RESTRICTED, found)
    else:
        audit.record(actor, code, subject or found, name=found.name, **values)
