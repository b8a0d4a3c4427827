from collections.abc import Iterator

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker

from chuangwen.orgs.testing import Cast, make_cast

from ..testing import SmallRound, make_round


@pytest.fixture(scope="module")
def cast(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Cast]:
    """One cast for the module, taken back at its end; what a test writes is taken back after the test."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield make_cast()
        transaction.set_rollback(True)


@pytest.fixture
def small(db: None, cast: Cast) -> SmallRound:
    return make_round(cast)
