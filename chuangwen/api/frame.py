"""The frame: who comes in by which token, how lists are paged, how a refusal looks."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.urls import URLPattern, re_path
from django.utils import translation
from django.views.decorators.http import require_GET
from ninja import NinjaAPI, Router, Schema
from ninja.errors import AuthenticationError, HttpError, Throttled, ValidationError
from ninja.security import HttpBearer

from chuangwen.cores.errors import ChuangwenError, Denied
from chuangwen.kit import clock
from chuangwen.kit.http import client_address
from chuangwen.kit.throttle import Throttle
from chuangwen.orgs.actions import TokenUse, use_token

from . import problems
from .shapes import Body

REQUESTS = Throttle("api", tries=120, seconds=60)
View = Callable[..., Any]


class ApiRequest(HttpRequest):
    """A request as operations get it: `auth` says who acts."""

    auth: TokenUse


class Token(HttpBearer):
    """`Authorization: Bearer <token>`; never a cookie, so nothing here needs a CSRF check."""

    def authenticate(self, request: HttpRequest, token: str) -> TokenUse | None:
        """Counts the request, for the token or, where it opens nothing, for the address."""
        address = client_address(request)
        used = use_token(secret=token, now=clock.now(), today=clock.today(), address=address)
        if not REQUESTS.take(f"token {used.token_id}" if used else f"address {address}"):
            raise Throttled(wait=REQUESTS.seconds)
        if used and used.actor.person:
            translation.activate(used.actor.person.language)
        return used


def room(scope: str) -> Router:
    """Operations for which a token needs `scope`. They refuse parameters that they do not know."""

    def guarded(operation: View) -> View:
        @wraps(operation)
        def answer(request: ApiRequest, *args: Any, **given: Any) -> Any:
            if scope not in request.auth.scopes:
                raise Denied("api.scope_missing", scope=scope)
            _require_known(request, given.values())
            return operation(request, *args, **given)

        return answer

    router = Router(tags=[scope.partition(":")[0]])
    router.add_decorator(guarded, mode="operation")
    return router


def _require_known(request: HttpRequest, given: Iterable[Any]) -> None:
    """Raises ValidationError for a parameter that is unknown or named twice."""
    asked = [value for value in given if isinstance(value, Schema) and not isinstance(value, Body)]
    known = {name for value in asked for name in type(value).model_fields}
    wrong = [name for name, values in request.GET.lists() if name not in known or len(values) > 1]
    if wrong:
        raise ValidationError([{"loc": ("query", name), "msg": "unknown or named twice"} for name in wrong])


def new_api() -> NinjaAPI:
    api = NinjaAPI(
        title="Chuangwen",
        version="1",
        description="Units, plans and registers of a city, as far as the seat of the token sees them.",
        urls_namespace="api",
        docs_url=None,  # its page loads scripts from other hosts
        docs_decorator=require_GET,
        auth=Token(),
    )
    handle: View = api.add_exception_handler
    handle(ChuangwenError, problems.of_error)
    handle(ValidationError, problems.of_fields)
    handle(HttpError, problems.of_http_error)
    handle(AuthenticationError, problems.of_http_error)
    return api


def urls_of(api: NinjaAPI) -> list[URLPattern]:
    """The addresses of `api` without the sign-in of pages; whatever else begins like them is a JSON 404."""
    operations = [entry for entry in api.urls[0] if isinstance(entry, URLPattern)]
    patterns: list[URLPattern] = [*operations, re_path("", problems.hidden, name="nothing_here")]
    for pattern in patterns:
        pattern.callback = login_not_required(_as_json(pattern.callback))
    return patterns


def _as_json(view: View) -> View:
    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **at: Any) -> HttpResponse:
        try:
            response: HttpResponse = view(request, *args, **at)
        except Http404:
            return problems.hidden(request)
        if isinstance(response, HttpResponseNotAllowed):
            response = problems.of_status(405, headers={"Allow": response.headers["Allow"]})
        response.headers["Cache-Control"] = "no-store"
        return response

    return answer
