"""Handing a seat over: its list of open work, the offer, the acceptance, and the record afterwards."""

from __future__ import annotations

from typing import Any, cast

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from chuangwen.cores.errors import BadInput
from chuangwen.kit import clock
from chuangwen.kit.http import posted, words_for
from chuangwen.orgs.actors import Request
from chuangwen.orgs.seat_access import hands_over_own, seat_for_hand_over

from .. import actions, hand_over_access, hand_over_queries
from ..forms import VersionForm
from ..hand_over_forms import AcceptForm, HandOverForm
from ..rules.hand_over import next_state

PAGE_ROWS = 50


@require_GET
def hand_overs(request: Request) -> HttpResponse:
    """Those that I give, take or may see; and the seats that I may hand over myself."""
    page = Paginator(hand_over_queries.hand_overs(request.actor), PAGE_ROWS).get_page(request.GET.get("page"))
    own = [seat for seat in request.seats if hands_over_own(request.actor, seat)]
    return render(request, "desk/hand_overs.html", {"page": page, "own": own})


@require_http_methods(["GET", "POST"])
def hand_over_seat(request: Request, seat_id: int) -> HttpResponse:
    """Name the successor, the day, and what the successor should know."""
    seat = seat_for_hand_over(request.actor, seat_id)
    form = HandOverForm(posted(request), seat=seat, today=clock.today(), initial={"on": clock.today()})
    if request.method == "POST" and form.is_valid():
        values = dict(form.cleaned_data)
        values.pop("version")
        try:
            row = actions.draft_hand_over(
                actor=request.actor, seat_id=seat_id, now=clock.now(), today=clock.today(), **values
            )
        except BadInput as error:
            form.add_error(None, str(words_for(error).happened))
        else:
            return redirect("desk:hand_over", row.pk)
    context = {"form": form, "seat": seat}
    return render(request, "desk/hand_over_form.html", context, status=422 if form.errors else 200)


@require_GET
def hand_over(request: Request, hand_over_id: int) -> HttpResponse:
    return _page(request, hand_over_id)


@require_http_methods(["GET", "POST"])
def change_hand_over(request: Request, hand_over_id: int) -> HttpResponse:
    row = hand_over_access.hand_over_to_give(request.actor, hand_over_id)
    next_state(row.state, "change")
    known = {"version": row.version, "successor": row.successor.username, "on": row.on, "note": row.note}
    form = HandOverForm(posted(request), seat=row.seat, today=clock.today(), initial=known)
    if request.method == "POST" and form.is_valid():
        values = dict(form.cleaned_data)
        version = values.pop("version") or 0
        try:
            actions.change_hand_over(
                actor=request.actor, hand_over_id=row.pk, version=version, today=clock.today(), **values
            )
        except BadInput as error:
            form.add_error(None, str(words_for(error).happened))
        else:
            return redirect("desk:hand_over", row.pk)
    context = {"form": form, "seat": row.seat, "row": row}
    return render(request, "desk/hand_over_form.html", context, status=422 if form.errors else 200)


@require_POST
def offer_hand_over(request: Request, hand_over_id: int) -> HttpResponse:
    hand_over_access.hand_over_to_give(request.actor, hand_over_id)
    actions.offer_hand_over(
        actor=request.actor,
        hand_over_id=hand_over_id,
        version=_version_of(request),
        now=clock.now(),
        today=clock.today(),
    )
    messages.success(request, _("Offered. The seat stays with its holder until the successor accepts."))
    return redirect("desk:hand_over", hand_over_id)


@require_POST
def withdraw_hand_over(request: Request, hand_over_id: int) -> HttpResponse:
    hand_over_access.hand_over_to_give(request.actor, hand_over_id)
    actions.withdraw_hand_over(
        actor=request.actor, hand_over_id=hand_over_id, version=_version_of(request), now=clock.now()
    )
    return redirect("desk:hand_over", hand_over_id)


@require_POST
def accept_hand_over(request: Request, hand_over_id: int) -> HttpResponse:
    hand_over_access.hand_over_to_take(request.actor, hand_over_id)
    form = AcceptForm(request.POST)
    if form.is_valid():
        try:
            actions.accept_hand_over(
                actor=request.actor,
                hand_over_id=hand_over_id,
                now=clock.now(),
                today=clock.today(),
                **form.cleaned_data,
            )
        except BadInput as error:
            form.add_error(None, str(words_for(error).happened))
        else:
            messages.success(request, _("Accepted. From today on you act from this seat."))
            return redirect("desk:hand_over", hand_over_id)
    return _page(request, hand_over_id, form)


def seat_panel(request: HttpRequest, seat: Any) -> SafeString:
    """Beside a seat on the pages of its person and of one's own account: the way to hand it over."""
    actor = cast(Request, request).actor
    over = seat.ends_on is not None and seat.ends_on <= clock.today()
    if over or not (getattr(seat, "may_end", False) or hands_over_own(actor, seat)):
        return SafeString("")
    return render_to_string("desk/_seat_panel.html", {"seat": seat}, request)


def person_panel(request: HttpRequest, person: Any) -> SafeString:
    """Open hand-overs from and to the person; also for one who has no desk yet."""
    rows = hand_over_queries.about(cast(Request, request).actor, person)
    return render_to_string("desk/_person_panel.html", {"rows": rows}, request) if rows else SafeString("")


def _page(request: Request, hand_over_id: int, sent: AcceptForm | None = None) -> HttpResponse:
    row = hand_over_access.one_hand_over(request.actor, hand_over_id)
    context = {
        "row": row,
        "work": hand_over_queries.work_of(request.actor, row, clock.now(), clock.today()),
        "sees_work": hand_over_access.sees_work(request.actor, row),
        "gives": hand_over_access.may_give(request.actor, row),
        "takes": hand_over_access.may_take(request.actor, row),
        "early": clock.today() < row.on,
        "form": sent or AcceptForm(initial={"version": row.version}),
    }
    return render(request, "desk/hand_over.html", context, status=422 if sent else 200)


def _version_of(request: Request) -> int:
    form = VersionForm(request.POST)
    if not form.is_valid():
        raise BadInput
    version: int = form.cleaned_data["version"]
    return version
