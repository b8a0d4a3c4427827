import pytest
from django.test import override_settings

from chuangwen.orgs import demo as orgs_demo
from chuangwen.orgs.testing import SYSTEM

from .. import demo, queries
from ..models import MemberMark, Project
from ..wording import judgement, tally_judgement


@pytest.fixture
def loaded(db: None) -> None:
    with override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"]):
        orgs_demo.load()
    demo.load()


def test_the_demo_city_has_two_registers_and_a_list_of_lanes(loaded: None) -> None:
    said = [
        judgement(line.coverage, line.register.noun) for line in queries.register_lines(SYSTEM, demo.TODAY)
    ]
    assert said == [
        "10 个村，9 个齐全（90\u202f%），1 个缺红白理事会。",
        "6 个社区，3 个齐全（50\u202f%），1 个缺物业联席会，2 个情况不明。",
    ]
    (lanes,) = queries.project_list_lines(SYSTEM, demo.TODAY)
    assert tally_judgement(lanes.tally) == (
        "公布 14 个，列名 12 个，另有 2 个未列名。"
        "已完成 4 个（28.57\u202f%），在建 4 个，未开工 4 个，1 个已过计划完成日期。"
        "其中 4 个有治理前后的数据，高峰通行时间下降 28.57\u202f%。"
    )
    before = (MemberMark.objects.count(), Project.objects.count())
    demo.load()
    assert (MemberMark.objects.count(), Project.objects.count()) == before
