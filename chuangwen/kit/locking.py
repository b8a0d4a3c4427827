"""Two people, one row: the second to write is told, and overwrites nothing.

The row is written by `UPDATE … WHERE version = ?` and the rows are counted: alike on SQLite and PostgreSQL.
"""

from collections.abc import Iterable
from typing import Any, Protocol, cast

from django.db import models

from chuangwen.cores.errors import Stale


class HasVersion(Protocol):
    """A row with `version`: written by `save_if_current` alone after it was made."""

    pk: Any
    version: Any


class Versioned(models.Model):
    """A row that two people may edit at once."""

    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        abstract = True


def check_current(row: HasVersion, version: int) -> None:
    """Raises Stale if `row` was changed after the page with `version` was shown."""
    if row.version != version:
        raise Stale


def save_if_current(row: HasVersion, version: int, *, fields: Iterable[str]) -> None:
    """Write `fields` of `row` if the stored row still has `version`, and count it up. Raises Stale."""
    values: dict[str, Any] = {name: getattr(row, name) for name in fields}
    rows = type(cast(models.Model, row))._default_manager.filter(pk=row.pk, version=version)
    if not rows.update(**values, version=version + 1):
        raise Stale
    row.version = version + 1
