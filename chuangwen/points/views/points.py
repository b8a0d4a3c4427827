"""The list of points, and one point with its owners, chiefs and photos."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from chuangwen.cores import photos
from chuangwen.cores.errors import BadInput, Denied
from chuangwen.kit import clock, files
from chuangwen.kit.http import posted, words_for
from chuangwen.orgs.access import jurisdiction
from chuangwen.orgs.actors import Request

from .. import access, actions, queries
from ..forms import ChiefForm, EndForm, FilterForm, PhotoForm, PointForm, StepForm, known_of
from ..rules import hours
from ..rules.coordinates import shown
from ..rules.states import moves_from

POINTS_ON_A_PAGE = 50
GET_OR_POST = require_http_methods(["GET", "POST"])
STEPS = {
    "suspend": actions.suspend_point,
    "resume": actions.resume_point,
    "close": actions.close_point,
    "reopen": actions.reopen_point,
}


@require_GET
def points(request: Request) -> HttpResponse:
    access.require_seen(request.actor)
    form = FilterForm(request.GET, actor=request.actor)
    asked = form.asked()
    page = Paginator(queries.asked_points(request.actor, asked), POINTS_ON_A_PAGE).get_page(
        request.GET.get("page")
    )
    context = {
        "form": form,
        "page": page,
        "filtered": any(request.GET.get(name) for name in form.fields),
        "query": query_of(request),
        "writes": access.writes(request.actor),
        "keeps_all": access.keeps_all(request.actor),
    }
    return render(request, "points/points.html", context)


def query_of(request: Request) -> str:
    """The filters of the address, without the page."""
    query = request.GET.copy()
    query.pop("page", None)
    return query.urlencode()


@require_GET
def point(request: Request, point_id: int) -> HttpResponse:
    return _point(request, point_id)


def _point(request: Request, point_id: int, **refused: forms.Form) -> HttpResponse:
    found = access.one_point(request.actor, point_id)
    today = clock.today()
    merged = found.merged_into_id is not None
    keeps = access.keeps(request.actor, found.unit, found.lead_unit)
    moves = moves_from(found.status, merged=merged) if keeps else []
    holding, earlier = queries.chiefs_on(found, today)
    context: dict[str, Any] = {
        "point": found,
        "chain": queries.chain(found),
        "lon": shown(found.lon_e7),
        "lat": shown(found.lat_e7),
        "hours": hours.written(hours.loaded(found.hours)),
        "holding": holding,
        "earlier": earlier,
        "photos": list(found.photos.all()),
        "merged": list(found.merged.all()),
        "keeps": keeps,
        "may_change": keeps and not merged,
        "steps": [
            (move, refused.get(move) or StepForm(initial={"version": found.version, "on": today}))
            for move in moves
        ],
        "photo_form": refused.get("photo") or PhotoForm(),
        "today": today,
    }
    return render(request, "points/point.html", context, status=422 if refused else 200)


@GET_OR_POST
def add_point(request: Request) -> HttpResponse:
    access.require_writer(request.actor)
    city = jurisdiction(request.actor)
    form = PointForm(posted(request), actor=request.actor)

    def add() -> HttpResponse:
        made = actions.add_point(actor=request.actor, jurisdiction_id=city.pk, facts=form.facts())
        messages.success(request, _("%(name)s was added.") % {"name": made})
        return redirect("points:point", made.pk)

    return form_page(request, form, add, _("Enter a point"), _("Add"))


@GET_OR_POST
def change_point(request: Request, point_id: int) -> HttpResponse:
    found = access.point_for_change(request.actor, point_id)
    form = PointForm(posted(request), initial=known_of(found), actor=request.actor)

    def change() -> HttpResponse:
        actions.change_point(
            actor=request.actor,
            point_id=point_id,
            version=form.cleaned_data["version"] or 0,
            facts=form.facts(),
        )
        return redirect("points:point", point_id)

    return form_page(request, form, change, _("Change the point"), _("Save"), found)


@GET_OR_POST
def add_chief(request: Request, point_id: int) -> HttpResponse:
    found = access.point_for_change(request.actor, point_id)
    form = ChiefForm(posted(request), initial={"starts_on": clock.today()})

    def add() -> HttpResponse:
        actions.add_chief(actor=request.actor, point_id=point_id, **form.cleaned_data)
        return redirect("points:point", point_id)

    return form_page(request, form, add, _("Name a chief"), _("Add"), found)


@GET_OR_POST
def end_chief(request: Request, chief_id: int) -> HttpResponse:
    chief = access.chief_for_change(request.actor, chief_id)
    form = EndForm(posted(request), initial={"version": chief.version, "ends_on": clock.today()})

    def end() -> HttpResponse:
        actions.end_chief(actor=request.actor, chief_id=chief_id, **form.cleaned_data)
        return redirect("points:point", chief.point_id)

    return form_page(
        request, form, end, _("End the term of %(name)s") % {"name": chief}, _("Save"), chief.point
    )


def form_page(
    request: Request,
    form: forms.Form,
    do: Callable[[], HttpResponse],
    heading: str,
    button: str,
    point: object = None,
) -> HttpResponse:
    """Show `form`, or `do` what a valid one asks for; what cannot be taken is said above what was typed."""
    if request.method == "POST" and form.is_valid():
        try:
            return do()
        except BadInput as error:
            form.add_error(None, str(words_for(error).happened))
        except Denied:
            form.add_error(None, _("This point would not be yours to keep: name an owner within your reach."))
    context = {"form": form, "heading": heading, "button": button, "point": point}
    return render(request, "points/form.html", context, status=422 if form.errors else 200)


@require_POST
def suspend_point(request: Request, point_id: int) -> HttpResponse:
    return _step(request, point_id, "suspend")


@require_POST
def resume_point(request: Request, point_id: int) -> HttpResponse:
    return _step(request, point_id, "resume")


@require_POST
def close_point(request: Request, point_id: int) -> HttpResponse:
    return _step(request, point_id, "close")


@require_POST
def reopen_point(request: Request, point_id: int) -> HttpResponse:
    return _step(request, point_id, "reopen")


def _step(request: Request, point_id: int, move: str) -> HttpResponse:
    access.point_for_change(request.actor, point_id)
    form = StepForm(request.POST)
    if form.is_valid():
        try:
            STEPS[move](actor=request.actor, point_id=point_id, today=clock.today(), **form.cleaned_data)
        except BadInput as error:
            form.add_error(None, str(words_for(error).happened))
        else:
            return redirect("points:point", point_id)
    return _point(request, point_id, **{move: form})


@require_POST
def add_photo(request: Request, point_id: int) -> HttpResponse:
    access.point_for_change(request.actor, point_id)
    form = PhotoForm(request.POST, request.FILES)
    if form.is_valid():
        file = form.cleaned_data["file"]
        try:
            actions.add_photo(
                actor=request.actor,
                point_id=point_id,
                name=file.name,
                data=file.read(photos.MOST_BYTES + 1),
                caption=form.cleaned_data["caption"],
                taken_on=form.cleaned_data["taken_on"],
                now=clock.now(),
            )
        except BadInput as error:
            form.add_error(None, str(words_for(error).happened))
        else:
            return redirect("points:point", point_id)
    return _point(request, point_id, photo=form)


@require_GET
def photo(request: Request, photo_id: int) -> HttpResponse:
    """A photo without what it tells of where, when and with what it was taken."""
    found = access.one_photo(request.actor, photo_id)
    headers = {"Content-Security-Policy": "sandbox", "Cache-Control": "private, no-store"}
    shown = photos.bare(files.read(found.sha256))
    return HttpResponse(shown, content_type=found.media_type, headers=headers)


@require_POST
def remove_photo(request: Request, photo_id: int) -> HttpResponse:
    return redirect("points:point", actions.remove_photo(actor=request.actor, photo_id=photo_id))
