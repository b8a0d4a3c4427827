"""How a lower room is heard above: a row written in the transaction in which the thing happened."""

from typing import Any

from .models import OutboxRow


def post_once(topic: str, *, key: str, **values: Any) -> bool:
    """Post `values` under `topic` ("plans.confirmed"). True if new; the same `key` again posts nothing."""
    _, new = OutboxRow.objects.get_or_create(key=key, defaults={"topic": topic, "values": values})
    return new
