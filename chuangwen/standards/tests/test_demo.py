from datetime import date

import pytest
from django.test import override_settings

from chuangwen.orgs import demo as orgs_demo
from chuangwen.orgs.testing import SYSTEM

from .. import demo, queries
from ..models import System


@pytest.fixture
def loaded(db: None) -> None:
    with override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"]):
        orgs_demo.load()
    demo.load()


def test_the_demo_city_has_two_systems_and_a_negative_list(loaded: None) -> None:
    versions = list(queries.published_versions(SYSTEM))
    said = [(one.system.purpose, len(queries.tree(one.pk).items)) for one in versions]
    assert said == [("total", 260), ("minors", 19)]
    whole = queries.tree(versions[0].pk)
    with_units = [one for one in whole.standards if one.unit_ids]
    assert len(with_units) > 45
    lines = queries.negative_lines(SYSTEM, date(2022, 7, 5))
    assert [line.days_left for line in lines] == [0, 0, 228]
    demo.load()
    assert System.objects.count() == 2
