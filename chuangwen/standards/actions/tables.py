"""A file brought in: what was shown in the preview is written, all of it or nothing."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from django.db import transaction

from chuangwen.cores.errors import BadInput, Stale
from chuangwen.kit import audit
from chuangwen.kit.locking import save_if_current
from chuangwen.orgs.actors import Actor

from ..exchange.incoming import Incoming
from ..exchange.reading import incoming
from ..models import SystemVersion
from ..queries.trees import tree_of
from ..rules.words import Method
from .writing import clear, held_draft, write_tree


@transaction.atomic
def bring_in(
    *,
    actor: Actor,
    version_id: int,
    version: int,
    name: str,
    data: bytes,
    seen: str,
    today: date,
    method: Method | str = "",
    type_ids: Collection[int] = (),
) -> SystemVersion:
    """Put what the file holds in the place of what the draft holds. `seen`: see `seen_of`.

    Raises Hidden, Denied, NotAllowedNow; Stale: the draft, or how the file is read, changed since it was
    shown; BadInput where the file cannot be read, standards.table_errors where cells are wrong.
    """
    draft = held_draft(actor, version_id)
    found = incoming(draft, name, data, today=today, method=method, type_ids=type_ids)
    if found.errors:
        raise BadInput("standards.table_errors", n=len(found.errors))
    if draft.version != version or seen_of(draft, found) != seen:
        raise Stale
    clear(draft)
    write_tree(draft, found.nodes, found.items)
    save_if_current(draft, version, fields=[])
    audit.record(
        actor,
        "standards.brought_in",
        draft,
        name=name,
        nodes=len(found.nodes),
        items=len(found.items),
    )
    return draft


def seen_of(draft: SystemVersion, found: Incoming) -> str:
    """What a preview showed: the draft as it was, and how many rows were to take its place."""
    return f"{tree_of(draft).digest()}:{len(found.nodes)}:{len(found.items)}"
