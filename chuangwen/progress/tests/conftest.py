from collections.abc import Iterator

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker

from chuangwen.orgs.testing import Cast, make_cast
from chuangwen.plans.models import PlanVersion

from .reporting_world import Reporting, make_reporting
from .world import Followed, follow_plan


@pytest.fixture
def followed(cast: Cast, plan: PlanVersion) -> Followed:
    return follow_plan(cast, plan)


@pytest.fixture(scope="module")
def june(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Reporting]:
    """One world for the module; what a test writes is taken back at its end, for tests marked `django_db`."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield make_reporting(make_cast())
        transaction.set_rollback(True)
