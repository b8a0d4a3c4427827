"""The planner, the draw with its public files, the opening of points, the seed revealed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from chuangwen.cores.errors import BadInput, Hidden
from chuangwen.kit import clock
from chuangwen.kit.http import posted, words_for
from chuangwen.orgs.actors import Request
from chuangwen.standards.queries import tree

from .. import access, actions, queries
from ..forms import DesignForm, OpenForm, PassphraseForm, PlannerForm
from .rounds import form_page

if TYPE_CHECKING:
    from ..models import Draw, Round

GET_OR_POST = require_http_methods(["GET", "POST"])


@require_GET
def planner(request: Request, round_id: int) -> HttpResponse:
    """How many points a wanted margin needs, and what that costs."""
    found = access.round_for_change(request.actor, round_id, clock.now())
    asked = {name: one.initial for name, one in PlannerForm.base_fields.items()}
    form = PlannerForm(request.GET if request.GET else asked)
    planned = _planned(found, form)
    context = {"round": found, "form": form, "planned": planned, "query": request.GET.urlencode()}
    return render(request, "assessments/planner.html", context, status=422 if form.errors else 200)


def _planned(found: Round, form: PlannerForm) -> queries.Planned | None:
    if not form.is_valid() or not form.cleaned_data["margin"]:
        return None
    said = form.cleaned_data
    return queries.planned(
        found,
        float(said["margin"]),
        sd=float(said["sd"]) / 100,
        visits_per_day=said["visits_per_day"],
        team=said["team"],
    )


@GET_OR_POST
def draw(request: Request, round_id: int) -> HttpResponse:
    """Before: the design. After: what was committed, and how anybody draws again."""
    now = clock.now()
    found = access.one_round(request.actor, round_id, now)
    made = getattr(found, "draw", None)
    if made is not None and request.method == "GET":
        return _drawn(request, found, made)
    access.round_to_open(request.actor, round_id, now)
    types = [
        one
        for one in tree(found.system_version_id).types
        if not found.type_codes or one.code in found.type_codes
    ]
    initial: dict[str, Any] = {"version": found.version, "size": 10}
    if request.method == "GET" and "margin" in request.GET:
        planned = _planned(found, PlannerForm(request.GET))
        initial["allocation"] = "optimal"
        if planned is not None:
            initial |= {f"size_{pk}": size for pk, size in planned.sizes.items()}
    form = DesignForm(posted(request), names=queries.stratum_names(found), types=types, initial=initial)

    def do() -> HttpResponse:
        said = form.cleaned_data
        actions.draw_points(
            actor=request.actor,
            round_id=round_id,
            version=said["version"],
            design=form.design(),
            passphrase=said["passphrase"],
            certain=form.certain_numbers(),
            beacon=said["beacon"],
            now=now,
        )
        messages.success(request, _("Drawn under seal. Publish both files before the first visit."))
        return redirect("assessments:draw", round_id)

    return form_page(
        request, form, do, _("Draw the points"), _("Draw"), found, template="assessments/design.html"
    )


def _drawn(request: Request, found: Round, made: Draw, form: PassphraseForm | None = None) -> HttpResponse:
    strata = queries.strata(made)
    names = {one.code: one.name for one in tree(found.system_version_id).types}
    context = {
        "round": found,
        "draw": made,
        "strata": [(one, names.get(one.type, one.type)) for one in strata],
        "population": sum(one.population for one in strata),
        "drawn": sum(one.drawn for one in strata),
        "may": queries.may(request.actor, found),
        "may_reveal": access.leads(request.actor, found)
        and not made.seed
        and found.state in ("replying", "locked", "cancelled"),
        "form": form or PassphraseForm(initial={"version": found.version}),
    }
    return render(request, "assessments/draw.html", context, status=422 if form else 200)


@require_GET
def frame_file(request: Request, round_id: int) -> HttpResponse:
    """frame.csv, as it was frozen."""
    frame, _draw = queries.public_files(_one_draw(request, round_id))
    return _file(frame, "frame.csv", "text/csv; charset=utf-8")


@require_GET
def draw_file(request: Request, round_id: int) -> HttpResponse:
    """draw.json: the commitment, and once it is revealed the seed with the list."""
    _frame, made = queries.public_files(_one_draw(request, round_id))
    return _file(made, "draw.json", "application/json")


def _one_draw(request: Request, round_id: int) -> Draw:
    found = access.one_round(request.actor, round_id, clock.now())
    made: Draw | None = getattr(found, "draw", None)
    if made is None:
        raise Hidden
    return made


def _file(text: str, name: str, media_type: str) -> HttpResponse:
    headers = {"Content-Disposition": content_disposition_header(True, name) or "attachment"}
    return HttpResponse(text.encode(), content_type=media_type, headers=headers)


@require_POST
def reveal_seed(request: Request, round_id: int) -> HttpResponse:
    found = access.round_to_open(request.actor, round_id, clock.now())
    form = PassphraseForm(request.POST)
    if form.is_valid():
        try:
            actions.reveal_seed(actor=request.actor, round_id=round_id, now=clock.now(), **form.cleaned_data)
        except BadInput as error:
            form.add_error("passphrase", str(words_for(error).happened))
        else:
            return redirect("assessments:draw", round_id)
    return _drawn(request, found, _one_draw(request, round_id), form)


@GET_OR_POST
def open_points(request: Request, round_id: int) -> HttpResponse:
    found = access.round_to_open(request.actor, round_id, clock.now())
    form = OpenForm(
        posted(request),
        names=queries.stratum_names(found),
        turns=found.visits_per_point,
        initial={"version": found.version},
    )

    def do() -> HttpResponse:
        said = form.cleaned_data
        done = actions.open_points(
            actor=request.actor,
            round_id=round_id,
            version=said["version"],
            passphrase=said["passphrase"],
            unit_ids=said["units"],
            most=said["most"] or 0,
            slots=form.slots(),
            now=clock.now(),
        )
        opened = ngettext("%(n)s point was opened", "%(n)s points were opened", done.points)
        left = (
            _("%(left)s of this choice are still closed.") % {"left": done.left}
            if done.left
            else _("All points of this choice are open now.")
        )
        messages.success(request, f"{opened % {'n': done.points}}；{left}")
        return redirect("assessments:round", round_id)

    return form_page(
        request,
        form,
        do,
        _("Open points to the teams"),
        _("Open these points"),
        found,
        template="assessments/open.html",
    )
