import io
import logging
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory, override_settings
from django.urls import include, path
from django.views.debug import ExceptionReporter

from chuangwen.kit.log import WithoutSecrets
from chuangwen.kit.masking import masked, redacted

# Written backwards: a report of an error also quotes lines of code.
PHONE, ID_NUMBER = "87654321831"[::-1], "X20013219491501011"[::-1]
PASSWORD, NOTE = "nuhc-1202-naij-uw"[::-1], "suaH netoR mi uarF"[::-1]


@login_not_required
def fails(request: HttpRequest) -> HttpResponse:
    password = request.POST["password"]
    raise ValueError(f"password={password} of {request.POST['phone']}, {ID_NUMBER}")


urlpatterns = [path("fails", fails), path("", include("chuangwen.site.urls"))]


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """What the one handler of the house writes."""
    written = io.StringIO()
    handler = next(handler for handler in logging.getLogger("django").handlers if handler.name == "stderr")
    assert isinstance(handler, logging.StreamHandler)
    before = handler.setStream(written)
    yield written
    handler.setStream(before)


@pytest.mark.parametrize(
    ("text", "safe"),
    [
        (f"call {PHONE} now", "call 138****5678 now"),
        (f"电话{PHONE}，身份证{ID_NUMBER}。", "电话138****5678，身份证110***********002X。"),
        ("0571-87654321", "057******4321"),
        ("Key (phone)=(13812345678) already exists", "Key (phone)=(138****5678) already exists"),
        ("password=abc&next=/", "password=***&next=/"),
        ("{'old_password': 'a b', 'token': \"x'y\", 'n': 1}", "{'old_password': ***, 'token': ***, 'n': 1}"),
        ("<QueryDict: {'new_password1': ['geheim wort']}>", "<QueryDict: {'new_password1': [***]}>"),
        ("Authorization: Bearer abc.def", "Authorization: ***"),
        ("密码：abc", "密码：***"),
        ("used cw_dGhpcyBpcyBhIHRva2Vu here", "used *** here"),
        ("postgresql://chuangwen:geheim@db/x", "postgresql://chuangwen:***@db/x"),
        ("plan 138 has 12 tasks at 1700000000.123456", "plan 138 has 12 tasks at 1700000000.123456"),
        ("sha256 9f86d081884c7d659a2feaa0c55ad015", "sha256 9f86d081884c7d659a2feaa0c55ad015"),
    ],
)
def test_numbers_are_masked_and_secrets_left_out(text: str, safe: str) -> None:
    assert redacted(text) == redacted(safe) == safe


def test_a_short_number_shows_nothing() -> None:
    assert (masked("1234567"), masked(""), masked(None)) == ("***", "", "")


@override_settings(ROOT_URLCONF=__name__, DEBUG=False)
def test_a_view_that_fails_logs_the_traceback_without_anything_personal(log: io.StringIO) -> None:
    client = Client(raise_request_exception=False)
    answer = client.post("/fails", {"password": PASSWORD, "phone": PHONE})
    assert answer.status_code == 500
    written = log.getvalue()
    assert "Internal Server Error: /fails" in written
    assert "ValueError" in written and "in fails" in written
    for secret in (PASSWORD, PHONE, ID_NUMBER):
        assert secret not in written
        assert secret not in answer.content.decode()


def test_arguments_and_the_stack_are_redacted_too(log: io.StringIO) -> None:
    logging.getLogger("django").warning("token=%s for %s", PASSWORD, PHONE, stack_info=True)
    logging.getLogger("django").warning("%s and %s", PHONE)
    assert PASSWORD not in log.getvalue() and PHONE not in log.getvalue()
    assert "138****5678" in log.getvalue()


def test_every_handler_of_the_settings_has_the_filter() -> None:
    handlers: dict[str, Any] = settings.LOGGING["handlers"]  # type: ignore[assignment]
    assert all("without_secrets" in handler["filters"] for handler in handlers.values())
    for name in ("django", "", "django.request"):
        for handler in logging.getLogger(name).handlers:
            if type(handler).__module__ == "logging":
                assert any(isinstance(one, WithoutSecrets) for one in handler.filters)


@override_settings(DEBUG=False)
def test_a_report_of_an_error_holds_no_value_of_any_variable_or_field() -> None:
    request = RequestFactory().post("/fails", {"password": PASSWORD, "phone": PHONE, "note": NOTE})
    try:
        fails(request)
    except ValueError as error:
        report = ExceptionReporter(request, type(error), ValueError("x"), error.__traceback__)
    html = report.get_traceback_html()
    assert "password" in html
    for secret in (PASSWORD, PHONE, NOTE):
        assert secret not in html
