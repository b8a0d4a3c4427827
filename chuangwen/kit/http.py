"""Answers: a page or a fragment; every refusal worded once: what happened, what is safe, what to do next."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render, resolve_url
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from chuangwen.cores.errors import BadInput, ChuangwenError, Denied, Hidden, NotAllowedNow, Stale

Text = str | Promise


@dataclass(frozen=True)
class Words:
    """`happened` is the heading; `safe` says what is still as it was; `next` says what to do."""

    happened: Text
    safe: Text
    next: Text


STATUS = {Hidden: 404, Denied: 403, NotAllowedNow: 409, Stale: 409, BadInput: 422}

STALE_WORDS = Words(
    _("Somebody else changed this in the meantime"),
    _("Their change is safe; yours is not saved yet, and stands in the form if you go back."),
    _("Go back, copy what you typed, open the page again and enter it anew."),
)
_CODE_WORDS: dict[str, Words] = {
    "hidden": Words(
        _("There is no such page here"),
        _("Nothing was changed."),
        _("It may have been removed, or it belongs to another unit. Go back, or start from the list."),
    ),
    "denied": Words(
        _("Your seat may not do this"),
        _("Nothing was changed. You may still read the page."),
        _("If the work is yours, ask the campaign office to change your seat."),
    ),
    "not_allowed_now": Words(
        _("This step is not possible at the moment"),
        _("Nothing was changed. What was saved before is safe."),
        _("Somebody may have taken the step already. Open the page again to see where things stand."),
    ),
    "stale": STALE_WORDS,
    "kit.audit_floor": Words(
        _("The last six months of the audit must stay"),
        _("Nothing was deleted."),
        _("Name an earlier month."),
    ),
    "kit.backup_exists": Words(
        _("There is a file %(path)s already."), _("Nothing was written."), _("Choose another name.")
    ),
    "kit.backup_no_directory": Words(
        _("There is no directory %(path)s."), _("Nothing was written."), _("Make it first.")
    ),
    "kit.backup_no_file": Words(
        _("There is no file %(path)s."), _("Nothing was written."), _("Check the name.")
    ),
    "kit.backup_damaged": Words(
        _("The archive %(path)s is damaged or incomplete: nothing was restored."),
        _("Nothing was written."),
        _("Take another copy."),
    ),
    "kit.backup_not_empty": Words(
        _("The database or the directory of files is not empty: nothing was restored."),
        _("Nothing was written."),
        _("Restore into an empty database and an empty data directory."),
    ),
    "kit.backup_other_version": Words(
        _("The backup is from another version of Chuangwen: restore it with that version, then upgrade."),
        _("Nothing was written."),
        _("Install the version that made it."),
    ),
    "kit.backup_other_keys": Words(
        _("Other keys stand here already: nothing was restored."),
        _("Nothing was written."),
        _("Move them away first."),
    ),
    "bad_input": Words(
        _("This could not be taken"),
        _("Nothing was stored; what was saved before is safe."),
        _("Go back, correct the entry and send it again."),
    ),
}

_STATUS_WORDS = {
    400: Words(
        _("The request could not be understood"), _("Nothing was changed."), _("Go back and try once more.")
    ),
    403: _CODE_WORDS["denied"],
    404: _CODE_WORDS["hidden"],
    405: Words(
        _("This address does not take that kind of request"),
        _("Nothing was changed."),
        _("Go back and use the buttons on the page."),
    ),
    413: Words(
        _("What was sent is too large"),
        _("Nothing was stored; what was saved before is safe."),
        _("Remove pictures or split the file, then send it again."),
    ),
    500: Words(
        _("Something went wrong on our side"),
        _("The step you just took was undone as a whole; what was saved before is safe."),
        _("Try again in a minute. If it happens again, tell the administrator the time and the page."),
    ),
}
CSRF_WORDS = Words(
    _("The page was open for too long"),
    _("Nothing was changed."),
    _("Go back, load the page anew and send it again. Cookies must be allowed for this site."),
)


def word_codes(words: Mapping[str, Words]) -> None:
    """Give the errors of a room their own words, by code ("plans.confirmed_already"). Called in `apps.py`.

    A sentence may hold %(name)s for the parameters of the error. A code without words has its class's.
    Raises ValueError for a code that has words already.
    """
    twice = words.keys() & _CODE_WORDS.keys()
    if twice:
        raise ValueError(f"Worded twice: {sorted(twice)}")
    _CODE_WORDS.update(words)


def words_for(error: ChuangwenError) -> Words:
    found = _CODE_WORDS.get(error.code) or _CODE_WORDS[type(error).default_code]
    return Words(*(str(text) % error.params for text in (found.happened, found.safe, found.next)))


def answer(
    request: HttpRequest, page: str, fragment: str, context: dict[str, Any], *, status: int = 200
) -> HttpResponse:
    """`fragment` where htmx asked for a part of the page, else the whole `page`."""
    asked_by_htmx = request.headers.get("HX-Request") == "true" and "HX-Boosted" not in request.headers
    return render(request, fragment if asked_by_htmx else page, context, status=status)


def whole_page(request: HttpRequest, to: str) -> HttpResponse:
    """Lead to another page, also where htmx asked for a part of this one."""
    if "HX-Request" in request.headers:
        return HttpResponse(status=204, headers={"HX-Redirect": resolve_url(to)})
    return redirect(to)


def posted(request: HttpRequest) -> QueryDict | None:
    """What a form is bound to: also an empty POST is one, and must be told what is missing."""
    return request.POST if request.method == "POST" else None


def whole_number(text: str) -> int | None:
    """The number that an address or a hidden field names; None where it names none.

    Of a longer one the first 18 digits, which no key of a row reaches.
    """
    return int(text[:18]) if text.isdecimal() else None


def refusal(request: HttpRequest, error: ChuangwenError) -> HttpResponse:
    return error_page(request, status_of(error), words_for(error))


def error_page(request: HttpRequest, status: int, words: Words) -> HttpResponse:
    context = {"status": status, "words": words}
    return answer(request, "kit/error.html", "kit/_error.html", context, status=status)


def status_of(error: ChuangwenError) -> int:
    return next(status for kind, status in STATUS.items() if isinstance(error, kind))


def client_address(request: HttpRequest) -> str:
    """Where the request came from: behind our proxy, what the proxy saw."""
    forwarded = request.headers.get("X-Forwarded-For", "") if settings.HTTPS else ""
    return (forwarded.rpartition(",")[2].strip() or request.META.get("REMOTE_ADDR", ""))[:45]


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return error_page(request, 400, _STATUS_WORDS[400])


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    return error_page(request, 403, _STATUS_WORDS[403])


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return error_page(request, 404, _STATUS_WORDS[404])


def not_allowed(request: HttpRequest, allowed: str) -> HttpResponse:
    response = error_page(request, 405, _STATUS_WORDS[405])
    response.headers["Allow"] = allowed
    return response


def too_large(request: HttpRequest) -> HttpResponse:
    return error_page(request, 413, _STATUS_WORDS[413])


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return error_page(request, 403, CSRF_WORDS)


def server_error(request: HttpRequest) -> HttpResponse:
    """Stands without database, session or context: any of these may be what failed."""
    language = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    with translation.override("en" if language == "en" else settings.LANGUAGE_CODE):
        return HttpResponse(render_to_string("kit/500.html", {"words": _STATUS_WORDS[500]}), status=500)
