"""Two at once: the last place under a cap, and a hand-over that is accepted and withdrawn."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from functools import partial
from threading import Barrier
from typing import Any

import pytest
from django.db import connection

from chuangwen.cores.errors import ChuangwenError
from chuangwen.desk import actions, registry
from chuangwen.desk.models import HandOver, Todo
from chuangwen.kit import audit, clock
from chuangwen.orgs.models import Seat
from chuangwen.orgs.testing import Cast, make_cast, seat

from .world import BY_HAND, NOW, ask, community, offered

ROUNDS = 8


@pytest.fixture
def cast(transactional_db: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[Cast]:
    monkeypatch.setattr(registry, "_KINDS", registry._KINDS | {BY_HAND.code: BY_HAND})
    yield make_cast()


def at_once(*steps: Callable[[], object]) -> list[object]:
    """What each step gives, or the refusal that it meets; all start at the same moment."""
    start = Barrier(len(steps))

    def take(step: Callable[[], object]) -> object:
        start.wait()
        try:
            return step()
        except ChuangwenError as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(len(steps)) as pool:
        return list(pool.map(take, steps))


def test_of_two_asks_for_the_last_place_under_the_cap_one_passes(cast: Cast) -> None:
    unit = community(cast)
    for number in range(ROUNDS):
        now = NOW + timedelta(days=7 * number)
        for _ in range(2):
            ask(cast, unit_id=unit.pk, now=now)
        both = [
            partial(ask, cast, by=by, unit_id=unit.pk, now=now) for by in (cast.office, cast.housing_staff)
        ]
        states = sorted(todo.state for todo in at_once(*both) if isinstance(todo, Todo))
        assert states == ["held", "open"]


def test_of_accepting_and_withdrawing_one_wins(cast: Cast) -> None:
    now, today = clock.now(), clock.today()
    for number in range(ROUNDS):
        giver, taker = seat(f"giver{number}", "移交", cast.urban), seat(f"taker{number}", "接任")
        row = offered(giver, taker)
        values: dict[str, Any] = {"hand_over_id": row.pk, "version": 2, "now": now}
        found = at_once(
            partial(actions.accept_hand_over, actor=taker, remark="", today=today, **values),
            partial(actions.withdraw_hand_over, actor=giver, **values),
        )
        assert sum(isinstance(one, HandOver) for one in found) == 1
        assert sum(isinstance(one, ChuangwenError) for one in found) == 1
        row.refresh_from_db()
        passed = Seat.objects.filter(person=taker.person).exists()
        assert passed == (row.state == "accepted")
        assert (Seat.objects.get(pk=row.seat_id).ends_on == today) == passed
        ends = {"desk.hand_over_accepted", "desk.hand_over_withdrawn"}
        assert len([one for one in audit.history(row) if one.action in ends]) == 1
