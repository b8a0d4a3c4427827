import pytest

from chuangwen.orgs.testing import Cast, make_cast

from .world import Followed, follow_plan


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


@pytest.fixture
def followed(cast: Cast) -> Followed:
    return follow_plan(cast)
