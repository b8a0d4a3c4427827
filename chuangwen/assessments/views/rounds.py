"""Rounds: the list, one round, its plan, its units and teams, its end."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from chuangwen.cores.errors import BadInput, Denied, NotAllowedNow
from chuangwen.kit import clock
from chuangwen.kit.http import posted, words_for
from chuangwen.orgs.access import jurisdiction, one_unit
from chuangwen.orgs.actors import Request
from chuangwen.standards.queries import published_versions, types_of

from .. import access, actions, queries, result_access
from ..forms import (
    FromUnitForm,
    PlanForm,
    TeamForm,
    UnitsForm,
    VersionForm,
    WhyForm,
    known_of,
    team_known,
)
from ..rules.states import RoundState

GET_OR_POST = require_http_methods(["GET", "POST"])
ROUNDS_ON_A_PAGE = 50


@require_GET
def rounds(request: Request) -> HttpResponse:
    access.require_seen(request.actor)
    now = clock.now()
    page = Paginator(queries.rounds(request.actor, now), ROUNDS_ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "keeps": access.keeps_rounds(request.actor),
        "mine": queries.my_visits(request.actor, now).count(),
        "now": now,
    }
    return render(request, "assessments/rounds.html", context)


@require_GET
def one_round(request: Request, round_id: int) -> HttpResponse:
    return round_page(request, round_id)


def round_page(request: Request, round_id: int, refused: str = "", status: int = 200) -> HttpResponse:
    """What it is, what I can do now, what happened."""
    now = clock.now()
    found = access.one_round(request.actor, round_id, now)
    may = queries.may(request.actor, found)
    units = queries.unit_progress(found)
    context = {
        "round": found,
        "may": may,
        "draw": getattr(found, "draw", None),
        "covert": found.covert_until is not None and found.covert_until > now,
        "weights": [(method, f"{weight / 10:g}") for method, weight in found.method_weights.items()],
        "threshold": found.threshold_milli // 10,
        "units": units,
        "sums": _sums(units),
        "replies": found.state == RoundState.REPLYING and _replies(request, round_id, now),
        "teams": queries.teams(found) if may.keep else [],
        "mine": queries.my_visits(request.actor, now).filter(round=found).count(),
        "refused": refused,
    }
    return render(request, "assessments/round.html", context, status=status)


def _sums(units: Sequence[queries.UnitProgress]) -> dict[str, int]:
    """How far the points are: `closed` are drawn and not opened, `waiting` are marked and not accepted."""
    drawn, opened = sum(one.drawn or 0 for one in units), sum(one.opened for one in units)
    done, accepted = sum(one.done for one in units), sum(one.accepted for one in units)
    return {
        "drawn": drawn,
        "opened": opened,
        "done": done,
        "accepted": accepted,
        "closed": drawn - opened,
        "unmarked": opened - done,
        "waiting": done - accepted,
    }


def _replies(request: Request, round_id: int, now: datetime) -> bool:
    """Whether the actor's unit may look at findings of its own."""
    try:
        result_access.replier(request.actor, round_id, now)
    except Denied:
        return False
    return True


def step(request: Request, round_id: int, do: Callable[[int], object], form: forms.Form) -> HttpResponse:
    """A button of the round page: what is refused is said on it."""
    access.round_for_change(request.actor, round_id, clock.now())
    if not form.is_valid():
        return round_page(request, round_id, _("Say why"), 422)
    try:
        do(form.cleaned_data["version"])
    except (NotAllowedNow, BadInput) as error:
        words = words_for(error)
        return round_page(request, round_id, f"{words.happened}。{words.next}", 409)
    return redirect("assessments:round", round_id)


@require_POST
def begin_round(request: Request, round_id: int) -> HttpResponse:
    give: dict[str, Any] = {"actor": request.actor, "round_id": round_id, "now": clock.now()}
    return step(
        request, round_id, lambda v: actions.begin_round(version=v, **give), VersionForm(request.POST)
    )


@require_POST
def complete_round(request: Request, round_id: int) -> HttpResponse:
    give: dict[str, Any] = {"actor": request.actor, "round_id": round_id, "now": clock.now()}
    return step(
        request, round_id, lambda v: actions.complete_round(version=v, **give), VersionForm(request.POST)
    )


@require_POST
def cancel_round(request: Request, round_id: int) -> HttpResponse:
    form = WhyForm(request.POST)
    give: dict[str, Any] = {"actor": request.actor, "round_id": round_id, "now": clock.now()}
    return step(
        request,
        round_id,
        lambda v: actions.cancel_round(version=v, why=form.cleaned_data["why"], **give),
        form,
    )


@GET_OR_POST
def plan_round(request: Request) -> HttpResponse:
    access.require_keeper(request.actor)
    seat = request.actor.seat
    form = _plan_form(request, {"lead_seat_id": seat.pk if seat else None, "weight_field": 100})

    def plan() -> HttpResponse:
        made = actions.plan_round(actor=request.actor, plan=form.plan(), now=clock.now())
        messages.success(request, _("The round was planned. Choose its units next."))
        return redirect("assessments:round", made.pk)

    return form_page(request, form, plan, _("Plan a round"), _("Plan it"))


@GET_OR_POST
def change_round(request: Request, round_id: int) -> HttpResponse:
    found = access.round_for_change(request.actor, round_id, clock.now())
    form = _plan_form(request, known_of(found))

    def change() -> HttpResponse:
        version = form.cleaned_data["version"] or 0
        actions.change_round(
            actor=request.actor, round_id=round_id, version=version, plan=form.plan(), now=clock.now()
        )
        return redirect("assessments:round", round_id)

    return form_page(request, form, change, _("Change the plan"), _("Save"), found)


def _plan_form(request: Request, initial: dict[str, Any]) -> PlanForm:
    city = jurisdiction(request.actor)
    return PlanForm(
        posted(request),
        versions=published_versions(request.actor),
        seats=queries.leads_to_choose(request.actor, city, clock.now()),
        types=types_of(city.pk),
        initial=initial,
    )


@GET_OR_POST
def set_units(request: Request, round_id: int) -> HttpResponse:
    found = access.round_for_change(request.actor, round_id, clock.now())
    units = queries.units_to_choose(request.actor, found.jurisdiction)
    rows = {one.unit_id: one.points_least for one in found.units.all()}
    known: dict[str, Any] = {"version": found.version}
    known |= {f"unit_{pk}": True for pk in rows} | {f"least_{pk}": least for pk, least in rows.items()}
    form = UnitsForm(posted(request), units=units, initial=known)

    def save() -> HttpResponse:
        version = form.cleaned_data["version"]
        actions.set_units(
            actor=request.actor, round_id=round_id, version=version, units=form.lines(), now=clock.now()
        )
        return redirect("assessments:round", round_id)

    return form_page(
        request, form, save, _("Appraised units"), _("Save"), found, template="assessments/units.html"
    )


@GET_OR_POST
def add_team(request: Request, round_id: int) -> HttpResponse:
    found = access.round_for_change(request.actor, round_id, clock.now())
    asked, seats = _offered(request)
    form = TeamForm(posted(request), seats=seats, initial={"version": found.version})

    def add() -> HttpResponse:
        actions.add_team(
            actor=request.actor,
            round_id=round_id,
            version=form.cleaned_data["version"],
            facts=form.facts(),
            now=clock.now(),
        )
        return redirect("assessments:round", round_id)

    return form_page(
        request, form, add, _("Add a team"), _("Add"), found, template="assessments/team.html", asked=asked
    )


@GET_OR_POST
def change_team(request: Request, team_id: int) -> HttpResponse:
    team = queries.one_team(request.actor, team_id, clock.now())
    asked, seats = _offered(request)
    members = [row.seat for row in team.members.select_related("seat__person", "seat__unit")]
    form = TeamForm(posted(request), seats=[*members, *seats], initial=team_known(team, team.round.version))

    def change() -> HttpResponse:
        actions.change_team(
            actor=request.actor,
            team_id=team_id,
            version=form.cleaned_data["version"],
            facts=form.facts(),
            now=clock.now(),
        )
        return redirect("assessments:round", team.round_id)

    return form_page(
        request,
        form,
        change,
        _("Change the team"),
        _("Save"),
        team.round,
        template="assessments/team.html",
        asked=asked,
        team=team,
    )


def _offered(request: Request) -> tuple[FromUnitForm, list[Any]]:
    """Seats of the unit that the address names, else of the actor's own."""
    asked = FromUnitForm(request.GET, actor=request.actor)
    asked.is_valid()
    unit = asked.cleaned_data.get("unit")
    own = request.actor.unit_id
    if unit is None and own is not None:
        unit = one_unit(request.actor, own)
    return asked, queries.seats_to_choose(unit, clock.now()) if unit is not None else []


@require_POST
def remove_team(request: Request, team_id: int) -> HttpResponse:
    team = queries.one_team(request.actor, team_id, clock.now())
    give: dict[str, Any] = {"actor": request.actor, "team_id": team_id, "now": clock.now()}
    return step(
        request, team.round_id, lambda v: actions.remove_team(version=v, **give), VersionForm(request.POST)
    )


def form_page(
    request: Request,
    form: forms.Form,
    do: Callable[[], HttpResponse],
    heading: str,
    button: str,
    found: object = None,
    *,
    template: str = "assessments/form.html",
    **more: object,
) -> HttpResponse:
    """Show `form`, or `do` what a valid one asks for; what cannot be taken is said above what was typed."""
    if request.method == "POST" and form.is_valid():
        try:
            return do()
        except BadInput as error:
            form.add_error(None, str(words_for(error).happened))
    context = {"form": form, "heading": heading, "button": button, "round": found, **more}
    return render(request, template, context, status=422 if form.errors else 200)
