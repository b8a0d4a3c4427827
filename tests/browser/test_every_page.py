"""Every page that the URLconf has: on a phone and on a desk, in both languages, by axe's rules, nobody's console red.

A new address is in by itself: the access table says who may open it, `access_world` holds what stands in it.
"""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.urls import get_resolver
from playwright.sync_api import Browser

from chuangwen.cores.scoring.kinds import Kind
from chuangwen.desk import registry
from chuangwen.desk.actions import draft_hand_over
from chuangwen.desk.actions.notices import write_notices
from chuangwen.desk.tests.world import BY_HAND
from chuangwen.kit import clock
from chuangwen.orgs.models import Unit
from chuangwen.orgs.testing import seat
from tests.contracts.access_table import TABLE, views
from tests.contracts.access_world import World, make_world

from .conftest import Desk
from .look import faults

pytestmark = pytest.mark.browser

VIEWS = {view.name: view for view in views(get_resolver())}
LANGUAGES = ("zh-hans", "en")
# Who opens a page: the first of these to whom the access table gives it.
OPENERS = (
    *("campaign_office", "system_administrator", "audit_administrator", "unit_staff"),
    *("firm", "anonymous"),
)
NO_PAGES = {  # they answer with a file, a part of a page or another address
    *("home", "favicon", "orgs:open_invitation", "orgs:open_firm_link", "orgs:pick_unit", "plans:row"),
    *("plans:original", "plans:table_out", "plans:json_out"),
    *("orgs:unit_import_template", "orgs:people_import_template"),
    *("points:map_points", "points:map_outlines", "points:points_out", "points:template", "points:photo"),
    *("registers:members_out", "registers:projects_out", "standards:template", "standards:table_out"),
    *("assessments:frame_file", "assessments:draw_file", "assessments:visits_out", "assessments:photo"),
    *("assessments:lock_file", "assessments:parts_template", "assessments:proof"),
    *("assessments:filings_package", "assessments:filed_file"),
    *("progress:report_sheet_out", "progress:evidence", "progress:reviews", "progress:review_count"),
    *(
        "progress:judgement",
        "progress:monthly",
        "progress:ledger",
        "progress:values",
        "progress:milestone_file",
    ),
    *("desk:count", "desk:notice_count", "desk:held_count", "desk:feed"),
    *(name for name in VIEWS if name.startswith(("api:", "openid_connect_"))),
}
OTHERWISE = {  # on the way in, looked at in test_sign_in; in a state that stands in ALSO
    *("orgs:invitation", "mfa_authenticate", "account_reauthenticate", "mfa_reauthenticate"),
    *("mfa_deactivate_totp", "mfa_view_recovery_codes"),
    "desk:change_hand_over",
}
REFUSED = re.compile("status of (403|404|409)")
# What looks different to others, or with a question; {plan_id} and the like are the world's.
ALSO = {
    "unit_staff": (
        "/desk/",
        "/desk/todos/{todo_id}/",
        "/desk/slips/",
        "/plans/{plan_id}/units/{unit_id}/",
        "/progress/reports/{report_id}/",
        "/progress/items/{item_id}/?as=stuck",
        "/progress/{plan_id}/review/",
        "/assessments/visits/",
        "/assessments/visits/{visit_id}/",
        "/assessments/{round_id}/",
    ),
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
        "/desk/hand-overs/{drafted_id}/change/",
        "/plans/999/",
        "/units/imports/{taken_units}/",
        "/people/imports/{taken_people}/",
        "/registers/{register_id}/?missing=1",
        "/points/?text=没有这样的词",
        "/points/map/?status=closed",
        "/registers/projects/{list_id}/?state=done",
        "/standards/versions/{draft_version_id}/",
        "/standards/versions/{draft_version_id}/?node={node_id}",
        *(f"/standards/nodes/{{node_id}}/add-item/?kind={kind}" for kind in Kind),
    ),
    "anonymous": ("/profile/", "/firm/"),  # the second is refused
}


@pytest.fixture
def world(transactional_db: None, monkeypatch: pytest.MonkeyPatch) -> World:
    monkeypatch.setattr(registry, "_KINDS", registry._KINDS | {BY_HAND.code: BY_HAND})
    world = make_world()
    write_notices(now=clock.now())
    own = world.things["own"]
    own["draft_version_id"] = own["standards:change_head.version_id"]
    world.things["own"]["drafted_id"] = drafted_hand_over(world.things["own"]["unit_id"])
    return world


def drafted_hand_over(unit_id: int) -> int:
    unit, today = Unit.objects.get(pk=unit_id), clock.today()
    leaving, coming = seat("leaving", "离任", unit), seat("coming", "继任", unit)
    assert leaving.seat and coming.person
    drafted = draft_hand_over(
        actor=leaving,
        seat_id=leaving.seat.pk,
        successor=coming.person,
        on=today,
        note="",
        now=clock.now(),
        today=today,
    )
    return drafted.pk


def opener(name: str) -> str | None:
    return next((role for role in OPENERS if TABLE[name, "GET", "own"][role] == 200), None)


def to_open(world: World) -> Iterator[tuple[str, str]]:
    """Each page once, as role and path, and what stands in ALSO."""
    for name, view in VIEWS.items():
        if name not in NO_PAGES | OTHERWISE and (role := opener(name)):
            yield role, world.path(view, role)
    for role, paths in ALSO.items():
        yield from ((role, path.format(**world.things["own"])) for path in paths)


def test_every_address_that_answers_is_a_page_that_is_looked_at_or_is_said_to_be_none() -> None:
    """Else: does it need another role in OPENERS, is it looked at otherwise (`look.faults`), or is it no page?"""
    answering = {name for name in VIEWS if set(TABLE[name, "GET", "own"].values()) - {302, 405}}
    unplaced = {name for name in answering - NO_PAGES - OTHERWISE if opener(name) is None}
    assert unplaced == set(), "put them into OPENERS, NO_PAGES or OTHERWISE"


def test_every_page_fits_and_is_accessible_and_speaks_one_language(
    browser: Browser, live_server: Any, world: World, capsys: pytest.CaptureFixture[str]
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
                found += [error for error in person.errors if not REFUSED.search(error)]
                person.errors.clear()
                if found and path != "/kit/":
                    wrong[f"{path} as {role}, {language}"] = found
            context.close()
    with capsys.disabled():
        print(f"\nevery page: {len(pages)} pages, {len(LANGUAGES)} languages, 2 widths")
    assert not wrong, "\n".join(f"{at}: {found}" for at, found in wrong.items())
