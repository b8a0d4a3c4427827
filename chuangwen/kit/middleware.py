"""What happens around every view: the language, the limit on uploads, the pages for expected refusals."""

from collections.abc import Callable
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import resolve_url
from django.utils import translation

from chuangwen.cores.errors import ChuangwenError, Hidden

from . import http

GetResponse = Callable[[HttpRequest], HttpResponse]


def language(get_response: GetResponse) -> GetResponse:
    """The language a person chose, else the house's: what the browser was sold with does not matter."""
    known = dict(settings.LANGUAGES)

    def middleware(request: HttpRequest) -> HttpResponse:
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        with translation.override(chosen if chosen in known else settings.LANGUAGE_CODE):
            response = get_response(request)
            response.headers.setdefault("Content-Language", translation.get_language() or "")
        return response

    return middleware


def sign_in_whole(get_response: GetResponse) -> GetResponse:
    """Where htmx asks for a part of a page after the session ended, the whole page goes to sign in."""
    sign_in = resolve_url(settings.LOGIN_URL)

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        to = response.headers.get("Location", "")
        if response.status_code != 302 or not to.startswith(sign_in) or "HX-Request" not in request.headers:
            return response
        page = urlsplit(request.headers.get("HX-Current-URL", "")).path or "/"
        return HttpResponse(status=204, headers={"HX-Redirect": f"{sign_in}?{urlencode({'next': page})}"})

    return middleware


def upload_limit(get_response: GetResponse) -> GetResponse:
    """Refuse a request that is too large before any of it is read."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if int(request.META.get("CONTENT_LENGTH") or 0) > settings.UPLOAD_MAX_BYTES:
            return http.too_large(request)
        return get_response(request)

    return middleware


class ExpectedErrors:
    """Answers a refusal raised by an action or a query with its page."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if isinstance(response, HttpResponseNotAllowed) and not response.content:
            return http.not_allowed(request, response.headers["Allow"])
        return response

    def process_view(self, request: HttpRequest, view: object, args: object, at: dict[str, object]) -> object:
        """A number in an address that no column can hold names nothing."""
        too_great = any(isinstance(number, int) and number >= 2**63 for number in at.values())
        return http.refusal(request, Hidden()) if too_great else None

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        return http.refusal(request, error) if isinstance(error, ChuangwenError) else None
