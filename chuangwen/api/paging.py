"""Pages of a list by the key of the last row: what is entered meanwhile moves nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, TypeVar

from .shapes import Page, Paging

if TYPE_CHECKING:
    from django.db.models import QuerySet

Row = TypeVar("Row")
Out = TypeVar("Out")


def page_of_query(rows: QuerySet[Any], asked: Paging, shown: Callable[[Any], Out]) -> Page[Out]:
    found = rows.filter(pk__gt=asked.cursor).order_by("pk")[: asked.limit + 1]
    return _page([(row.pk, row) for row in found], asked, shown)


def page_of_list(
    rows: Iterable[Row], asked: Paging, shown: Callable[[Row], Out], key: Callable[[Row], int]
) -> Page[Out]:
    """Of rows in memory; `key` gives each its number."""
    left = sorted(((key(row), row) for row in rows if key(row) > asked.cursor), key=lambda pair: pair[0])
    return _page(left[: asked.limit + 1], asked, shown)


def _page(found: list[tuple[int, Row]], asked: Paging, shown: Callable[[Row], Out]) -> Page[Out]:
    page = found[: asked.limit]
    more = len(found) > asked.limit
    return Page(items=[shown(row) for _, row in page], next=page[-1][0] if more else None)
