"""Refusals as JSON, in the words of the house."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.http import HttpRequest, JsonResponse
from django.utils.translation import gettext_lazy as _
from ninja.errors import HttpError, ValidationError

from chuangwen.cores.errors import ChuangwenError, Hidden
from chuangwen.kit import http
from chuangwen.kit.http import Text

from .shapes import FieldOut, ProblemOut

Said = tuple[str, Text, Text]  # code, what happened, what to do next

_UNCHANGED_ADDRESS = _("Correct the request and send it again.")
BY_STATUS: dict[int, Said] = {
    400: ("bad_request", _("The request could not be understood"), _UNCHANGED_ADDRESS),
    401: (
        "no_token",
        _("The token is missing or opens nothing"),
        _("Send a valid token in the header: Authorization: Bearer …"),
    ),
    405: (
        "not_allowed",
        _("This address does not take that method"),
        _("Use the methods that the header Allow names."),
    ),
    422: (
        "bad_input",
        _("What was asked cannot be taken"),
        _("Correct what stands under “fields” and send it again."),
    ),
    429: ("too_many", _("Too many requests"), _("Wait a minute, then go on.")),
}
http.word_codes(
    {
        "api.scope_missing": http.Words(
            _("The token was not made for this"),
            _("Nothing was changed."),
            _("Make a token with the scope %(scope)s."),
        )
    }
)
HEADERS = {401: {"WWW-Authenticate": "Bearer"}, 429: {"Retry-After": "60"}}
DECLARED = frozenset({400, 401, 403, 404, 405, 422, 429})
DECLARED_OF_WRITES = DECLARED | {409}


def of_status(status: int, fields: Iterable[FieldOut] = (), headers: Mapping[str, str] = {}) -> JsonResponse:
    code, happened, then = BY_STATUS[status]
    problem = ProblemOut(
        status=status, code=code, happened=str(happened), next=str(then), fields=list(fields)
    )
    return JsonResponse(problem.model_dump(), status=status, headers=HEADERS.get(status, {}) | dict(headers))


def of_error(request: HttpRequest, error: ChuangwenError) -> JsonResponse:
    words = http.words_for(error)
    status = http.status_of(error)
    at = error.params.get("field")
    fields = [FieldOut(name=str(at), said=str(words.happened))] if at else []
    problem = ProblemOut(
        status=status, code=error.code, happened=str(words.happened), next=str(words.next), fields=fields
    )
    return JsonResponse(problem.model_dump(), status=status)


def of_fields(request: HttpRequest, error: ValidationError) -> JsonResponse:
    return of_status(422, [_field(one) for one in error.errors])


def of_http_error(request: HttpRequest, error: HttpError) -> JsonResponse:
    return of_status(error.status_code)


def hidden(request: HttpRequest) -> JsonResponse:
    """An address that is none."""
    return of_error(request, Hidden())


def _field(one: Mapping[str, Any]) -> FieldOut:
    """The last part of where pydantic found it is the name that the caller knows."""
    return FieldOut(name=str(one["loc"][-1]), said=str(one["msg"]))
