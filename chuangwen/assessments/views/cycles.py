"""The cycle of years, official results beside the mock means, points that an official test took."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from chuangwen.cores.errors import BadInput
from chuangwen.kit import clock
from chuangwen.kit.http import posted
from chuangwen.orgs.access import jurisdiction
from chuangwen.orgs.actors import Request

from .. import access, actions, result_access
from ..queries.cycles import cycle_lines
from ..result_forms import CauseForm, CycleForm, GoalForm, LostForm, OfficialForm
from .page import GET_OR_POST, Crumbs, form_page

GOAL = 90
PURPOSES = ("total", "minors")


def at_cycles() -> Crumbs:
    return [
        (_("Assessments"), reverse("assessments:rounds")),
        (_("Cycles"), reverse("assessments:cycles")),
    ]


@require_GET
def cycles(request: Request) -> HttpResponse:
    access.require_seen(request.actor)
    context = {
        "cycles": list(result_access.visible_cycles(request.actor)),
        "keeps": access.keeps_rounds(request.actor),
    }
    return render(request, "assessments/cycles.html", context)


@GET_OR_POST
def add_cycle(request: Request) -> HttpResponse:
    access.require_keeper(request.actor)
    form = CycleForm(posted(request))

    def do() -> HttpResponse:
        city = jurisdiction(request.actor)
        made = actions.add_cycle(actor=request.actor, jurisdiction_id=city.pk, **form.values())
        return redirect("assessments:cycle", made.pk)

    return form_page(request, form, do, heading=_("Begin a cycle"), button=_("Begin"), crumbs=at_cycles())


@GET_OR_POST
def change_cycle(request: Request, cycle_id: int) -> HttpResponse:
    found = result_access.cycle_for_change(request.actor, cycle_id)
    known = {
        "version": found.version,
        "name": found.name,
        "first_year": found.first_year,
        "weights": "/".join(f"{weight / 10:g}" for weight in found.weights_milli),
        "quarters": "/".join(f"{weight / 10:g}" for weight in found.quarters_milli),
    }
    form = CycleForm(posted(request), initial=known)

    def do() -> HttpResponse:
        version = form.cleaned_data["version"]
        if version is None:
            raise BadInput
        actions.change_cycle(actor=request.actor, cycle_id=cycle_id, version=version, **form.values())
        return redirect("assessments:cycle", cycle_id)

    crumbs = [*at_cycles(), (found.name, reverse("assessments:cycle", args=[cycle_id]))]
    return form_page(request, form, do, heading=_("Change the cycle"), button=_("Save"), crumbs=crumbs)


@require_GET
def cycle(request: Request, cycle_id: int) -> HttpResponse:
    """Years and what they weigh; `?goal=` of a hundred; `?purpose=minors` for the minors' own result."""
    found = result_access.one_cycle(request.actor, cycle_id)
    form = GoalForm(request.GET)
    goal = form.cleaned_data["goal"] if form.is_valid() else GOAL
    purpose = request.GET.get("purpose", "")
    purpose = purpose if purpose in PURPOSES else PURPOSES[0]
    groups = cycle_lines(request.actor, found, clock.now(), goal_nano=int(goal * 10**9), purpose=purpose)
    years = [(found.first_year + at, weight) for at, weight in enumerate(found.weights_milli)]
    outlook: dict[str, list[object]] = {}
    for line in (line for _name, lines in groups for line in lines):
        outlook.setdefault(line.needed.code, []).append(line.unit)
    context = {
        "cycle": found,
        "years": years,
        "outlook": list(outlook.items()),
        "groups": groups,
        "goal": goal,
        "purpose": purpose,
        "keeps": access.keeps_rounds(request.actor),
        "official": list(found.official_results.select_related("unit").order_by("year", "unit__path")),
        "lost": list(result_access.visible_lost(request.actor).filter(result__cycle=found)),
    }
    return render(request, "assessments/cycle.html", context)


@GET_OR_POST
def add_official(request: Request, cycle_id: int) -> HttpResponse:
    found = result_access.cycle_for_change(request.actor, cycle_id)
    form = OfficialForm(posted(request), actor=request.actor)

    def do() -> HttpResponse:
        made = actions.record_official(
            actor=request.actor, cycle_id=cycle_id, now=clock.now(), **form.values()
        )
        return redirect("assessments:official", made.pk)

    crumbs = [*at_cycles(), (found.name, reverse("assessments:cycle", args=[cycle_id]))]
    return form_page(
        request,
        form,
        do,
        heading=_("Record an official result"),
        button=_("Record"),
        crumbs=crumbs,
        about=_("It stands beside the mock mean and is never written over."),
    )


@require_GET
def official(request: Request, result_id: int) -> HttpResponse:
    found = result_access.one_official(request.actor, result_id)
    context = {
        "result": found,
        "cycle": found.cycle,
        "parts": list(found.parts.all()),
        "lost": list(result_access.visible_lost(request.actor).filter(result=found)),
        "keeps": access.keeps_rounds(request.actor),
    }
    return render(request, "assessments/official.html", context)


@GET_OR_POST
def add_lost(request: Request, result_id: int) -> HttpResponse:
    found = result_access.official_for_change(request.actor, result_id)
    form = LostForm(posted(request), actor=request.actor)

    def do() -> HttpResponse:
        actions.add_lost_point(actor=request.actor, result_id=result_id, now=clock.now(), **form.values())
        return redirect("assessments:official", result_id)

    crumbs = [
        *at_cycles(),
        (found.cycle.name, reverse("assessments:cycle", args=[found.cycle_id])),
        (str(found), reverse("assessments:official", args=[result_id])),
    ]
    return form_page(request, form, do, heading=_("Enter a lost point"), button=_("Enter"), crumbs=crumbs)


@GET_OR_POST
def lost(request: Request, lost_id: int) -> HttpResponse:
    """The unit replies; the campaign office decides."""
    found = result_access.one_lost(request.actor, lost_id)
    decides = access.keeps_rounds(request.actor) and found.unit_id != request.actor.unit_id
    replies = found.unit_id is not None and found.unit_id == request.actor.unit_id
    known = {"version": found.version, "cause": found.cause or None}
    form = CauseForm(posted(request), initial=known)

    def do() -> HttpResponse:
        said = form.cleaned_data
        common = {"version": said["version"], "cause": said["cause"], "now": clock.now()}
        if decides:
            actions.decide_lost(actor=request.actor, lost_id=lost_id, decision=said["words"], **common)
        else:
            actions.reply_to_lost(actor=request.actor, lost_id=lost_id, reply=said["words"], **common)
        messages.success(request, _("It was recorded."))
        return redirect("assessments:lost", lost_id)

    if request.method == "POST":
        (result_access.lost_to_decide if decides else result_access.lost_to_reply)(request.actor, lost_id)
    crumbs = [
        *at_cycles(),
        (found.result.cycle.name, reverse("assessments:cycle", args=[found.result.cycle_id])),
    ]
    return form_page(
        request,
        form,
        do,
        heading=found.item_words,
        button=_("Decide") if decides else _("Reply"),
        crumbs=crumbs,
        template="assessments/lost.html",
        lost=found,
        decides=decides and (found.unit_id is None or found.replied_at is not None),
        replies=replies and found.decided_at is None,
    )
