"""My desk and one to-do."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from chuangwen.cores.errors import BadInput, Denied
from chuangwen.kit import clock
from chuangwen.kit.http import whole_number
from chuangwen.orgs.actors import Request
from chuangwen.orgs.queries import seats_in
from chuangwen.orgs.seat_access import hands_over_own

from .. import access, actions, burden_access, queries
from ..forms import DecideForm, DelayForm, HandOnForm, ReasonForm, version_of

FIRST_ROWS, PAGE_ROWS = 20, 50


@require_GET
def desk(request: Request) -> HttpResponse:
    """The parts of the desk, each with its first rows; `?of=` shows one of them whole."""
    _require_desk(request)
    only = request.GET.get("of", "")
    names = [name for name in queries.PARTS if only in ("", name)] or list(queries.PARTS)
    rows = PAGE_ROWS if len(names) == 1 else FIRST_ROWS
    now = clock.now()
    parts = []
    for name in names:
        page = Paginator(queries.part(request.actor, name), rows).get_page(request.GET.get("page"))
        parts.append((name, page, queries.lines(request.actor, page.object_list, now)))
    seat = request.actor.seat
    context = {
        "parts": parts,
        "only": len(names) == 1,
        "asks_freely": burden_access.asks_freely(request.actor),
        "hands_over": seat is not None and hands_over_own(request.actor, seat),
        "colleagues": list(seats_in(seat.unit, clock.today())) if seat else [],
    }
    return render(request, "desk/desk.html", context)


@require_GET
def count(request: Request) -> HttpResponse:
    """How much there is to do, for the rail."""
    number = queries.count_mine(request.actor)
    return render(request, "desk/_count.html", {"number": number})


@require_POST
def batch(request: Request) -> HttpResponse:
    """Take one step with several to-dos, named as "id:version"; all of them or none."""
    _require_desk(request)
    chosen = [_chosen(text) for text in request.POST.getlist("todo")]
    if not chosen:
        raise BadInput("desk.nothing_chosen")
    seat_id = whole_number(request.POST.get("seat", ""))
    actions.batch(
        actor=request.actor,
        todos=chosen,
        seat_id=seat_id if request.POST.get("step") == "hand_on" else None,
        now=clock.now(),
        today=clock.today(),
    )
    messages.success(request, _("Done for %(n)s to-dos.") % {"n": len(chosen)})
    return redirect("desk:desk")


@require_GET
def todo(request: Request, todo_id: int) -> HttpResponse:
    return _page(request, todo_id)


@require_POST
def done(request: Request, todo_id: int) -> HttpResponse:
    access.todo_to_do(request.actor, todo_id)
    actions.finish_by_hand(
        actor=request.actor, todo_id=todo_id, version=version_of(request.POST), now=clock.now()
    )
    return redirect("desk:desk")


@require_POST
def return_to_asker(request: Request, todo_id: int) -> HttpResponse:
    access.todo_to_do(request.actor, todo_id)
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return _page(request, todo_id, return_form=form)
    actions.return_to_asker(actor=request.actor, todo_id=todo_id, now=clock.now(), **form.cleaned_data)
    return redirect("desk:desk")


@require_POST
def withdraw(request: Request, todo_id: int) -> HttpResponse:
    access.todo_to_decide(request.actor, todo_id)
    actions.withdraw(actor=request.actor, todo_id=todo_id, version=version_of(request.POST), now=clock.now())
    return redirect("desk:desk")


@require_POST
def delay(request: Request, todo_id: int) -> HttpResponse:
    access.todo_to_do(request.actor, todo_id)
    form = DelayForm(request.POST)
    if form.is_valid():
        try:
            actions.ask_for_delay(actor=request.actor, todo_id=todo_id, now=clock.now(), **form.cleaned_data)
        except BadInput:
            form.add_error("until", _("Give a time after the one it is due at."))
        else:
            return redirect("desk:todo", todo_id)
    return _page(request, todo_id, delay_form=form)


@require_POST
def decide_delay(request: Request, delay_id: int) -> HttpResponse:
    found = access.delay_to_decide(request.actor, delay_id)
    form = DecideForm(request.POST)
    if not form.is_valid():
        raise BadInput
    actions.decide_delay(actor=request.actor, delay_id=delay_id, now=clock.now(), **form.cleaned_data)
    return redirect("desk:todo", found.todo_id)


@require_POST
def resume(request: Request, todo_id: int) -> HttpResponse:
    access.todo_to_decide(request.actor, todo_id)
    actions.resume(actor=request.actor, todo_id=todo_id, version=version_of(request.POST), now=clock.now())
    return redirect("desk:todo", todo_id)


@require_POST
def hand_on(request: Request, todo_id: int) -> HttpResponse:
    found = access.todo_to_hand_on(request.actor, todo_id)
    form = HandOnForm(request.POST, seats=list(seats_in(found.unit, clock.today())))
    if not form.is_valid():
        return _page(request, todo_id, hand_on_form=form)
    actions.hand_on(
        actor=request.actor, todo_id=todo_id, now=clock.now(), today=clock.today(), **form.cleaned_data
    )
    return redirect("desk:todo", todo_id)


def _page(request: Request, todo_id: int, **bound: forms.Form) -> HttpResponse:
    """One to-do with what this actor may do; a `bound` form stands in for a fresh one, with what is wrong."""
    found = access.one_todo(request.actor, todo_id)
    (line,) = queries.lines(request.actor, [found], clock.now())
    waiting = queries.open_delay(found)
    own = waiting is not None and waiting.asked_by_id == request.actor.person_id
    known = {"version": found.version}
    context: dict[str, Any] = {
        "todo": found,
        "line": line,
        "may_do": access.may_do(request.actor, found),
        "may_decide": access.may_decide(request.actor, found),
        "may_hand_on": found.unit_id == request.actor.unit_id and not found.role,
        "waiting": waiting,
        "own": own,
        "return_form": ReasonForm(initial=known),
        "delay_form": DelayForm(initial=known),
        "hand_on_form": HandOnForm(initial=known, seats=list(seats_in(found.unit, clock.today()))),
        **bound,
    }
    return render(request, "desk/todo.html", context, status=422 if bound else 200)


def _require_desk(request: Request) -> None:
    if not access.sees_desk(request.actor):
        raise Denied


def _chosen(text: str) -> tuple[int, int]:
    number, _colon, version = text.partition(":")
    pair = whole_number(number), whole_number(version)
    if pair[0] is None or pair[1] is None:
        raise BadInput("desk.nothing_chosen")
    return pair[0], pair[1]
