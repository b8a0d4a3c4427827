"""Every page that the URLconf has: on a phone and on a desk, in both languages, by axe's rules, nobody's console red.

A new address is in by itself: the access table says who may open it, `access_world` holds what stands in it.
"""

from collections.abc import Iterator
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.urls import get_resolver
from playwright.sync_api import Browser

from chuangwen.desk import registry
from chuangwen.desk.actions.notices import write_notices
from chuangwen.desk.tests.world import BY_HAND
from chuangwen.kit import clock
from tests.contracts.access_table import TABLE, views
from tests.contracts.access_world import World, make_world

from .conftest import Desk
from .look import faults

pytestmark = pytest.mark.browser

VIEWS = {view.name: view for view in views(get_resolver())}
LANGUAGES = ("zh-hans", "en")
# Who opens a page: the first of these to whom the access table gives it.
OPENERS = ("campaign_office", "system_administrator", "audit_administrator", "unit_staff", "anonymous")
NO_PAGES = {  # they answer with a file, a part of a page or another address
    *("home", "favicon", "orgs:open_invitation", "orgs:pick_unit", "plans:row"),
    *("plans:original", "plans:table_out", "plans:json_out"),
    *("orgs:unit_import_template", "orgs:people_import_template"),
    *("registers:members_out", "registers:projects_out"),
    *("desk:count", "desk:notice_count", "desk:held_count", "desk:feed"),
    *(name for name in VIEWS if name.startswith(("api:", "openid_connect_"))),
}
IN_TEST_SIGN_IN = {  # they open only on the way in
    *("orgs:invitation", "mfa_authenticate", "account_reauthenticate", "mfa_reauthenticate"),
    *("mfa_deactivate_totp", "mfa_view_recovery_codes"),
}
IN_TEST_FIRM = {"orgs:firm", "orgs:open_firm_link"}
IN_TEST_DESK = {"desk:change_hand_over"}  # as long as a hand-over is a draft
ELSEWHERE = NO_PAGES | IN_TEST_SIGN_IN | IN_TEST_FIRM | IN_TEST_DESK
# What looks different to others, or with a question; {plan_id} and the like are the world's.
ALSO = {
    "unit_staff": ("/desk/", "/desk/todos/{todo_id}/", "/desk/slips/", "/plans/{plan_id}/units/{unit_id}/"),
    "manager": ("/people/", "/people/{person_id}/", "/units/{unit_id}/"),
    "leader": ("/desk/", "/plans/", "/units/{unit_id}/"),
    "security_administrator": ("/accounts/", "/people/{person_id}/", "/tokens/"),
    "system_administrator": ("/plans/", "/accounts/", "/desk/"),  # the last is refused
    "seatless": ("/plans/", "/units/", "/people/"),
    "campaign_office": (
        "/desk/?of=unit",
        "/units/?text=城管",
        "/units/?text=没有这样的词",
        "/people/?text=没有这样的词",
        "/plans/{plan_id}/leader/?name=高市",
        "/plans/{plan_id}/find/?kind=indicator&year=2022",
        "/plans/{plan_id}/find/?text=没有这样的词",
        "/plans/{plan_id}/document/?from=20&to=30",
        "/plans/999/",
        "/units/imports/{taken_units}/",
        "/people/imports/{taken_people}/",
        "/registers/{register_id}/?missing=1",
        "/registers/projects/{list_id}/?state=done",
    ),
    "anonymous": ("/profile/",),
}
from chuangwen.desk.tests.world import community, free, offered
from chuangwen.kit import clock
from chuangwen.kit.clock import now
from chuangwen.orgs.testing import Cast
from chuangwen.plans.actions import amend
from chuangwen.plans.models import PlanVersion
from chuangwen.plans.tests.world import LATER, make_plan
from chuangwen.progress.tests.seen_world import give_values

pytestmark = pytest.mark.browser

AXE = Path(__file__).parents[2] / "ui/node_modules/axe-core/axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]
LATIN_ALLOWED = re.compile(
    r"\b(XLSX|CSV|JSON|PDF|Theil|Sen|Word|MB|docx|EN|txt|plan|[TPI]\d+)\b|\.(txt|docx)", re.ASCII
)


@pytest.fixture
def world(transactional_db: None, monkeypatch: pytest.MonkeyPatch) -> World:
    monkeypatch.setattr(registry, "_KINDS", registry._KINDS | {BY_HAND.code: BY_HAND})
    world = make_world()
    write_notices(now=clock.now())
    return world


def opener(name: str) -> str | None:
    return next((role for role in OPENERS if TABLE[name, "GET", "own"][role] == 200), None)
@pytest.fixture
def followed(cast: Cast, plan: PlanVersion, settings: Any) -> None:
    """The plan in June 2021: six districts have given values for four months, a period was opened."""
    give_values(plan, cast)
    settings.TODAY_SHIFT = date(2021, 6, 15) - clock.today()


def paths(plan: PlanVersion, draft: PlanVersion, cast: Cast) -> dict[str, str]:
    at = f"/plans/{plan.plan_id}/"
    review = f"/plans/drafts/{draft.pk}/"
    row = draft.indicatorversion_rows.get(indicator__key="I1")
    task = draft.taskversion_rows.get(task__key="T1")
    return {
        "list": "/plans/",
        "review": review,
        "correct": f"{review}indicator/{row.pk}/correct/",
        "split": f"{review}task/{task.pk}/split/",
        "add": f"{review}add/",
        "confirm": f"{review}confirm/",
        "overview": at,
        "program": f"{at}programs/P1/",
        "task": f"{at}tasks/T1/",
        "indicator": f"{at}indicators/I1/",
        "letter": f"{at}units/{cast.urban.pk}/",
        "leader": f"{at}leader/?name=高市",
        "calendar": f"{at}calendar/",
        "timeline": f"{at}timeline/",
        "goals": f"{at}goals/",
        "find": f"{at}find/",
        "find indicators": f"{at}find/?kind=indicator&year=2022",
        "find nothing": f"{at}find/?text=没有这样的词",
        "document": f"{at}document/?from=20&to=30",
        "versions": f"{at}versions/",
        "table": f"{at}table/",
        "nothing here": "/plans/999/",
        "burden": "/desk/burden/",
        "caps": "/desk/burden/caps/",
        "ask": "/desk/ask/",
        "hand-over": f"/desk/hand-overs/{hand_over(cast)}/",
        "units": "/units/",
        "plans that are followed": "/progress/",
        "overview of the progress": f"/progress/{plan.plan_id}/",
        "for leaders": f"/progress/{plan.plan_id}/leader/",
        "indicators of the progress": f"/progress/{plan.plan_id}/indicators/",
        "an indicator with its chart": f"/progress/{plan.plan_id}/indicators/I2/",
        "a unit beside its peers": f"/progress/{plan.plan_id}/units/{cast.east.pk}/",
        "kit": "/kit/",
    }


def to_open(world: World) -> Iterator[tuple[str, str]]:
    """Each page once, as role and path, and what stands in ALSO."""
    for name, view in VIEWS.items():
        if name not in ELSEWHERE and (role := opener(name)):
            yield role, world.path(view, role)
    for role, paths in ALSO.items():
        yield from ((role, path.format(**world.things["own"])) for path in paths)


def test_every_address_that_answers_is_a_page_that_is_looked_at_or_is_said_to_be_none() -> None:
    """Else: a role in OPENERS, a page that another test looks at by `look.faults`, or no page at all?"""
    answering = {name for name in VIEWS if set(TABLE[name, "GET", "own"].values()) - {302, 405}}
    unplaced = {name for name in answering - ELSEWHERE if opener(name) is None}
    assert unplaced == set(), "put them into OPENERS, NO_PAGES or a set of another test of their own"


def test_every_page_fits_and_is_accessible_and_speaks_one_language(
    browser: Browser, live_server: Any, world: World, capsys: pytest.CaptureFixture[str]
@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("width", [360, 1440])
def test_every_page_fits_and_is_accessible(
    cast: Cast, plan: PlanVersion, followed: None, desk: Any, width: int, language: str
) -> None:
    pages = list(to_open(world))
    wrong: dict[str, list[str]] = {}
    for role in dict(pages):
        for language in LANGUAGES:
            context = browser.new_context(viewport={"width": 360, "height": 900})
            for name, value in (
                ("django_language", language),
                (settings.SESSION_COOKIE_NAME, world.sessions.get(role, "")),
            ):
                context.add_cookies([{"name": name, "value": value, "url": live_server.url}])
            person = Desk(context, live_server.url)
            for path in (path for who, path in pages if who == role):
                page = person.go(path)
                found = faults(page, language, axe=language == "zh-hans")
                if not page.locator("main").count():
                    found.append("this is no page: name its view in NO_PAGES")
                # Refusals are pages too: their status is what the console notes.
                found += [error for error in person.errors if "403" not in error and "404" not in error]
                person.errors.clear()
                if found and path != "/kit/":
                    wrong[f"{path} as {role}, {language}"] = found
            context.close()
    with capsys.disabled():
        print(f"\nevery page: {len(pages)} pages, {len(LANGUAGES)} languages, 2 widths")
    assert not wrong, "\n".join(f"{at}: {found}" for at, found in wrong.items())
