"""Two kinds of to-dos for tests, and asks of them."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from chuangwen.cores.worktime import ZONE
from chuangwen.desk import actions
from chuangwen.desk.models import Todo
from chuangwen.desk.registry import Kind
from chuangwen.orgs.actors import Actor
from chuangwen.orgs.testing import Cast

NOW = datetime(2021, 9, 27, 10, 0, tzinfo=ZONE)  # a Monday


def titles(actor: Actor, ids: Collection[int]) -> Mapping[int, str]:
    """Subject 9 is secret."""
    return {number: f"第{number}号" for number in ids if number != 9}


BY_HAND = Kind(
    code="test.by_hand",
    words="清理楼道",
    titles=titles,
    url=lambda number: f"/kit/?subject={number}",
    by_hand=True,
    allowance=3,
    minutes=20,
)
BY_DOING = Kind(code="test.by_doing", words="签收", titles=titles, url=lambda number: "/kit/")


def ask(cast: Cast, *, by: Actor | None = None, **values: Any) -> Todo:
    """Asked by the campaign office of 市城管局, unless said otherwise."""
    values = {"kind": "test.by_hand", "subject_id": 1, "unit_id": cast.urban.pk, "now": NOW, **values}
    return actions.ask(actor=by or cast.office, **values)
