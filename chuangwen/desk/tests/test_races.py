"""Two at once for the last place under a cap."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from functools import partial
from threading import Barrier

import pytest
from django.db import connection

from chuangwen.cores.errors import ChuangwenError
from chuangwen.desk import registry
from chuangwen.desk.models import Todo
from chuangwen.orgs.testing import Cast, make_cast

from .world import BY_HAND, NOW, ask, community

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
