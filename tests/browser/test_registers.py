"""A register in the browser: one click says it, the sentence follows, and every page fits and is accessible."""

from typing import Any

import pytest

from chuangwen.orgs.testing import Cast
from chuangwen.registers.tests.world import make_lanes, make_register

from .test_every_page import english, violations

pytestmark = pytest.mark.browser


def test_one_click_says_it_and_the_sentence_on_top_follows(cast: Cast, desk: Any) -> None:
    register = make_register(cast, villages=3)
    village = register.members.get(name="第1村")
    office = desk(cast.office, width=1440, language="zh-hans")
    page = office.go(f"/registers/{register.pk}/")
    page.locator(f"#member-{village.pk} button[value=yes]").click()
    page.locator("#judgement", has_text="3 个村，3 个齐全").wait_for()
    assert page.locator(f"#member-{village.pk} button").count() == 0
    assert office.errors == []


@pytest.mark.parametrize(("language", "width"), [("zh-hans", 360), ("en", 1440)])
def test_every_page_of_lists_fits_and_is_accessible(cast: Cast, desk: Any, language: str, width: int) -> None:
    register, lanes = make_register(cast, villages=2), make_lanes(cast, lanes=2)
    village, lane = register.members.all()[0], lanes.projects.all()[0]
    column = register.columns.get(name="村规民约")
    office = desk(cast.office, width=width, language=language)
    faults: dict[str, Any] = {}
    for path in (
        "/registers/",
        f"/registers/{register.pk}/",
        f"/registers/{register.pk}/bring-in/",
        f"/registers/members/{village.pk}/",
        f"/registers/members/{village.pk}/change/",
        f"/registers/members/{village.pk}/marks/{column.pk}/",
        f"/registers/projects/{lanes.pk}/",
        f"/registers/project/{lane.pk}/",
    ):
        page = office.go(path)
        found = [*violations(page), *([f"{office.sideways()} px too wide"] if office.sideways() > 0 else [])]
        if language == "zh-hans" and (left := english(page)):
            found.append(f"English left: {left}")
        if found:
            faults[path] = found
    assert (faults, office.errors) == ({}, [])
