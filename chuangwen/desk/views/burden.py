"""The burden meter: what units are asked, what is held, caps, duty lists, requests in a sentence."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from chuangwen.cores.errors import BadInput
from chuangwen.kit import clock
from chuangwen.kit.http import posted
from chuangwen.orgs.access import jurisdiction
from chuangwen.orgs.actors import Request
from chuangwen.orgs.words import unit_kind as kind_words

from .. import access, actions, burden_access, burden_queries, queries
from ..burden_forms import CapForm, DutiesForm, FreeAskForm
from ..forms import ReasonForm, VersionForm
from ..rules.burden import WEEK, week_named, week_of
from ..rules.kinds import FREE_ASK

PAGE_ROWS, HELD_ROWS = 50, 20


@require_GET
def burden(request: Request) -> HttpResponse:
    """What was asked in a week (`?week=2026-W40`), of whom, by whom; the weeks before; what is held."""
    actor = request.actor
    burden_access.require_burden(actor)
    this_week = week_of(clock.now())
    monday = min(week_named(request.GET.get("week", "")) or this_week, this_week)
    order = "tree" if request.GET.get("order") == "tree" else "minutes"
    found = burden_queries.asked_units(actor, monday, order)
    page = Paginator(found, PAGE_ROWS).get_page(request.GET.get("page"))
    weeks = burden_queries.weeks(actor, monday)
    held = _held(request)
    context = {
        "monday": monday,
        "before": monday - WEEK,
        "after": monday + WEEK if monday < this_week else None,
        "order": order,
        "figures": burden_queries.figures(actor, monday),
        "elsewhere": None
        if burden_access.sees_city(actor)
        else burden_queries.asked_elsewhere(actor, monday),
        "page": page,
        "units": burden_queries.unit_lines(actor, page.object_list, monday),
        "askers": burden_queries.asking_units(actor, monday),
        "kinds": burden_queries.kinds_asked(actor, monday),
        "weeks": weeks,
        "most": max(week.load.asks for week in weeks),
        "full": burden_queries.count_full(actor, monday),
        "held": held,
        "decides_any": any(may for _line, may in held),
        "held_in_all": burden_queries.held(actor).count(),
        "decides": burden_access.approves(actor),
        "asks_freely": burden_access.asks_freely(actor),
    }
    return render(request, "desk/burden.html", context)


def _held(request: Request) -> list[tuple[queries.Line, bool]]:
    """Each held ask, and whether the actor may let it through."""
    todos = list(burden_queries.held(request.actor)[:HELD_ROWS])
    office = burden_access.office_people(request.actor, clock.today()) if todos else set()
    lines = queries.lines(request.actor, todos, clock.now())
    return [(line, burden_access.may_approve(request.actor, line.todo, office)) for line in lines]


@require_GET
def held_count(request: Request) -> HttpResponse:
    """How many held asks wait for me, for the rail."""
    number = burden_queries.count_held(request.actor, clock.today())
    return render(request, "desk/_count.html", {"number": number})


@require_POST
def approve(request: Request, todo_id: int) -> HttpResponse:
    burden_access.todo_to_approve(request.actor, todo_id, clock.today())
    form = VersionForm(request.POST)
    if not form.is_valid():
        raise BadInput
    actions.approve(
        actor=request.actor, todo_id=todo_id, now=clock.now(), today=clock.today(), **form.cleaned_data
    )
    messages.success(request, _("Let through: it is asked now, and its time runs from now."))
    return redirect("desk:burden")


@require_POST
def refuse(request: Request, todo_id: int) -> HttpResponse:
    burden_access.todo_to_approve(request.actor, todo_id, clock.today())
    form = ReasonForm(request.POST)
    if not form.is_valid():
        raise BadInput("desk.reason_missing")
    actions.refuse(
        actor=request.actor, todo_id=todo_id, now=clock.now(), today=clock.today(), **form.cleaned_data
    )
    messages.success(request, _("Not let through. The asker is told why."))
    return redirect("desk:burden")


@require_http_methods(["GET", "POST"])
def caps(request: Request) -> HttpResponse:
    """What units of each kind may be asked in a week; everybody with a desk reads it, the office sets it."""
    burden_access.require_burden(request.actor)
    form = CapForm(posted(request), words=kind_words(request.POST.get("unit_kind", "")))
    if request.method == "POST":
        access.require_keeper(request.actor)
        if form.is_valid():
            actions.set_cap(actor=request.actor, **form.cleaned_data)
            messages.success(request, _("Saved."))
            return redirect("desk:caps")
    rows = [
        (line, kind_words(line.unit_kind), _cap_form(line, form))
        for line in burden_queries.cap_lines(burden_queries.root_id(request.actor))
    ]
    context = {
        "rows": rows,
        "keeper": access.keeps_desk(request.actor),
        "city": jurisdiction(request.actor),
    }
    return render(request, "desk/caps.html", context, status=422 if form.errors else 200)


def _cap_form(line: burden_queries.CapLine, sent: CapForm) -> CapForm:
    """The form as it was sent for the kind that it was sent for, else one with what is stored."""
    if sent.is_bound and sent.data.get("unit_kind") == line.unit_kind:
        return sent
    known: dict[str, Any] = {"unit_kind": line.unit_kind, "version": line.version}
    known |= {"asks": line.limit.asks, "minutes": line.limit.minutes}
    return CapForm(initial=known, words=kind_words(line.unit_kind), auto_id=f"{line.unit_kind}-%s")


@require_http_methods(["GET", "POST"])
def duties(request: Request) -> HttpResponse:
    """Duty lists of communities and villages; everybody with a desk reads them, the office writes them."""
    burden_access.require_burden(request.actor)
    offered = burden_queries.kinds_to_list()
    form = DutiesForm(posted(request), offered=offered)
    if request.method == "POST":
        access.require_keeper(request.actor)
        if form.is_valid():
            actions.set_duties(actor=request.actor, **form.cleaned_data)
            messages.success(request, _("Saved."))
            return redirect("desk:duties")
    rows = []
    for kind, line in burden_queries.duty_lists(burden_queries.root_id(request.actor)).items():
        known = {"unit_kind": kind, "version": line.version, "kinds": line.kinds}
        known["duties"] = "\n".join(line.duties)
        fresh = DutiesForm(initial=known, auto_id=f"{kind}-%s", offered=offered)
        own = form.is_bound and form.data.get("unit_kind") == kind
        words = [one.words for one in offered if one.code in line.kinds]
        rows.append((line, kind_words(kind), words, form if own else fresh))
    context = {
        "rows": rows,
        "keeper": access.keeps_desk(request.actor),
        "city": jurisdiction(request.actor),
    }
    return render(request, "desk/duties.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def ask(request: Request) -> HttpResponse:
    """Ask units in a sentence: first what it costs them, then, on another click, asked."""
    burden_access.require_free_asker(request.actor)
    usual = {"token": uuid4(), "allowance": 3, "minutes": 20, "photos": 0}
    form = FreeAskForm(posted(request), actor=request.actor, today=clock.today(), initial=usual)
    step = request.POST.get("step", "")
    if not form.is_valid() or step == "change":
        return render(request, "desk/ask.html", {"form": form}, status=422 if form.errors else 200)
    values = form.cleaned_data
    costs = burden_queries.costs(
        FREE_ASK,
        values["units"],
        clock.now(),
        minutes=values["minutes"],
        photos=values["photos"],
        duty=values.get("duty", ""),
    )
    outside, despite = any(cost.outside for cost in costs), "despite" in request.POST
    if step == "send" and (despite or not outside):
        return _send(request, values, despite)
    context = {
        "form": form,
        "values": values,
        "costs": costs,
        "held": sum(1 for cost in costs if cost.held),
        "outside": outside,
        "unsaid": step == "send",
    }
    return render(request, "desk/ask_preview.html", context, status=422 if step == "send" else 200)


def _send(request: Request, values: dict[str, Any], despite: bool) -> HttpResponse:
    units = values.pop("units")
    asked = actions.ask_freely(
        actor=request.actor,
        unit_ids=[unit.pk for unit in units],
        duty=values.pop("duty", ""),
        despite_duties=despite,
        now=clock.now(),
        today=clock.today(),
        **values,
    )
    number = len(units)
    messages.success(
        request, ngettext("Asked of %(n)s unit.", "Asked of %(n)s units.", number) % {"n": number}
    )
    return redirect("desk:free_ask", asked.pk)


@require_GET
def free_ask(request: Request, ask_id: int) -> HttpResponse:
    """One request in its words, and how it stands with each unit that I may know of."""
    found = burden_access.one_free_ask(request.actor, ask_id)
    lines = queries.lines(request.actor, burden_queries.todos_of(request.actor, found), clock.now())
    return render(request, "desk/free_ask.html", {"ask": found, "lines": lines})
