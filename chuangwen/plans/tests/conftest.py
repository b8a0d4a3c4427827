import pytest
from django.test import override_settings

from chuangwen.orgs.testing import Cast, make_cast

from ..models import PlanVersion
from .world import make_draft, make_plan


@pytest.fixture
@override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"])
def cast(db: None) -> Cast:
    return make_cast()


@pytest.fixture
def draft(cast: Cast) -> PlanVersion:
    return make_draft(cast.city, cast.office)


@pytest.fixture
def plan(cast: Cast) -> PlanVersion:
    return make_plan(cast.city, cast.office)
