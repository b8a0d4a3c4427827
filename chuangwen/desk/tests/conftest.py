from collections.abc import Iterator

import pytest

from chuangwen.desk import registry
from chuangwen.orgs.testing import Cast

from .world import BY_DOING, BY_HAND


@pytest.fixture
def cast(cast: Cast) -> Iterator[Cast]:
    """The cast, with two kinds that no room has: one done by hand, one by doing it."""
    for kind in (BY_HAND, BY_DOING):
        registry.register(kind)
    yield cast
    for kind in (BY_HAND, BY_DOING):
        del registry._KINDS[kind.code]
