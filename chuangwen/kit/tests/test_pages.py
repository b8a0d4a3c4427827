import re
from pathlib import Path

import pytest
from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from pytest_django import DjangoAssertNumQueries, Settings

import chuangwen
from chuangwen.cores.errors import BadInput, Denied, Hidden, NotAllowedNow, Stale
from chuangwen.kit import http
from chuangwen.kit.middleware import ExpectedErrors, upload_limit
from chuangwen.kit.templatetags import kit as tags

TEMPLATES = sorted(Path(chuangwen.__file__).parent.rglob("templates/**/*.html"))


def refused(error: Exception, *, htmx: bool = False) -> HttpResponse:
    headers = {"HX-Request": "true"} if htmx else {}
    request = RequestFactory().get("/", headers=headers)
    request.resolver_match = None
    response = ExpectedErrors(lambda _: HttpResponse()).process_exception(request, error)
    assert response is not None
    return response


@pytest.mark.parametrize(
    ("error", "status"),
    [(Hidden(), 404), (Denied(), 403), (NotAllowedNow(), 409), (Stale(), 409), (BadInput(), 422)],
)
def test_a_refusal_says_what_happened_what_is_safe_and_what_to_do(error: Exception, status: int) -> None:
    response = refused(error)
    assert response.status_code == status
    main = response.content.decode().partition("<main")[2].partition("</main>")[0]
    said = re.findall(r"<(?:h1|p)>([^<]+)<", main)
    assert len(said) == 3
    assert "<html" not in refused(error, htmx=True).content.decode()


def test_a_code_with_words_of_its_own_speaks_with_its_parameters() -> None:
    words = http.words_for(BadInput("orgs.code_taken", code="Y1"))
    assert words.happened == "代码 Y1 已被其他单位使用"
    assert http.words_for(BadInput("a.code_without_words")).happened == "所填内容未能接收"


def test_an_unexpected_error_is_left_to_the_500_page() -> None:
    request = RequestFactory().get("/")
    assert ExpectedErrors(lambda _: HttpResponse()).process_exception(request, ValueError()) is None


def test_a_page_that_is_not_there(client: Client, db: None) -> None:
    page = client.get("/no-such-page/")
    assert page.status_code == 404
    assert "没有找到这个页面" in page.content.decode()


def test_the_500_page_needs_neither_database_nor_context(
    rf: RequestFactory, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    page = http.server_error(rf.get("/"))
    assert page.status_code == 500
    assert "系统出错" in page.content.decode()
    english = rf.get("/")
    english.COOKIES["django_language"] = "en"
    assert "Something went wrong" in http.server_error(english).content.decode()


def test_a_form_without_its_token_is_refused_in_words(db: None) -> None:
    page = Client(enforce_csrf_checks=True).post("/sign-in/", {"username": "a", "password": "b"})
    assert page.status_code == 403
    assert "页面打开时间过长" in page.content.decode()


def test_the_wrong_method_is_refused_in_words(client: Client, db: None) -> None:
    page = client.get("/choose-language/")
    assert (page.status_code, page.headers["Allow"]) == (405, "POST")
    assert "此地址不接受这种请求" in page.content.decode()


def test_a_request_too_large_is_refused_unread(rf: RequestFactory, settings: Settings) -> None:
    settings.UPLOAD_MAX_BYTES = 10
    request = rf.post("/", b"x" * 11, content_type="text/plain")
    request.resolver_match = None

    def unreached(_: HttpRequest) -> HttpResponse:
        raise AssertionError

    assert upload_limit(unreached)(request).status_code == 413


def test_a_request_that_makes_no_sense(rf: RequestFactory) -> None:
    request = rf.get("/")
    request.resolver_match = None
    assert http.bad_request(request, SuspiciousOperation()).status_code == 400
    assert http.permission_denied(request, PermissionError()).status_code == 403


def test_the_page_of_components_shows_every_tag_and_part(client: Client, db: None) -> None:
    source = (Path(tags.__file__).parents[1] / "templates/kit/components.html").read_text()
    page = client.get("/kit/").content.decode()
    shown = {*re.findall(r"{% (\w+)", source), *re.findall(r"\|(\w+)", source)}
    inside = {
        "sentence",
        "by",
        "moment",
        "day",
        "slot",
        "history",
    }  # in the history panel, or for upper rooms
    assert {*tags.register.tags, *tags.register.filters} - inside <= shown
    for part in ("path-bar late", "lamp near", "slip red", "chip try", "figures", "told success", "empty"):
        assert part in page


def test_the_browser_is_told_to_run_nothing_that_is_not_ours(client: Client, db: None) -> None:
    headers = client.get("/kit/").headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_no_template_has_inline_style_or_script(path: Path) -> None:
    source = path.read_text()
    assert not re.search(r"""\sstyle=|<style|\son\w+=["']|<script(?![^>]*\ssrc=)|javascript:""", source)
