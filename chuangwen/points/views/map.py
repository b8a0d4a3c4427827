"""The map: a page, its points and what it is drawn on as JSON; what may be one place twice; boundaries."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from csp.decorators import csp_update
from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from chuangwen.cores.errors import BadInput
from chuangwen.kit import clock
from chuangwen.kit.http import posted, words_for
from chuangwen.orgs.access import jurisdiction
from chuangwen.orgs.actors import Request

from .. import access, actions, queries
from ..forms import BoundaryForm, FilterForm, MergeForm, PairForm
from ..rules.areas import MOST_BYTES
from ..rules.coordinates import SHIFTED, Crs, from_wgs84
from .points import query_of

_PRIVATE = {"Cache-Control": "private, no-store"}


@require_GET
def point_map(request: Request) -> HttpResponse:
    """The same filters as the list. Pictures of a tile source, where one is set, load on this page alone."""
    access.require_seen(request.actor)
    form = FilterForm(request.GET, actor=request.actor)
    found = queries.asked_points(request.actor, form.asked())
    total, placed = found.count(), found.exclude(lon_e7=None).count()
    context = {
        "form": form,
        "query": query_of(request),
        "total": total,
        "placed": placed,
        "without": total - placed,
        "tiles": settings.MAP_TILES.replace("{key}", quote(settings.MAP_KEY)),
        "credit": settings.MAP_CREDIT,
        "words": {
            "map": _("Map of points"),
            "zoomIn": _("Zoom in"),
            "zoomOut": _("Zoom out"),
            "cluster": _("%(n)s points here: zoom in"),
            "failed": _("The points could not be loaded. Load the page anew."),
            "open": _("Open the point"),
        },
    }
    answer = render(request, "points/map.html", context)
    csp_update({"img-src": settings.MAP_ORIGINS})(lambda _request: answer)(request)
    return answer


@require_GET
def map_points(request: Request) -> HttpResponse:
    """Points for the map, in the system of coordinates that the tiles are drawn in."""
    access.require_seen(request.actor)
    found = queries.map_of(request.actor, FilterForm(request.GET, actor=request.actor).asked())
    if settings.MAP_CRS in SHIFTED:
        for row in found["points"]:
            row[1:3] = _drawn(row[1:3])
    return JsonResponse(found, headers=_PRIVATE, json_dumps_params=_COMPACT)


_COMPACT = {"ensure_ascii": False, "separators": (",", ":")}


@require_GET
def map_outlines(request: Request) -> HttpResponse:
    """Boundaries of units as GeoJSON: what the map is drawn on."""
    access.require_seen(request.actor)
    found = queries.outlines(request.actor)
    if settings.MAP_CRS in SHIFTED:
        for one in found["features"]:
            one["geometry"]["coordinates"] = _drawn(one["geometry"]["coordinates"])
    return JsonResponse(found, headers=_PRIVATE, json_dumps_params=_COMPACT)


def _drawn(value: Any) -> Any:
    """Pairs of coordinates, in lists however deep, as the tiles draw them."""
    if isinstance(value[0], float | int):
        x, y = from_wgs84(Crs(settings.MAP_CRS), value[0], value[1])
        return [round(x, 6), round(y, 6)]
    return [_drawn(one) for one in value]


@require_GET
def duplicates(request: Request) -> HttpResponse:
    access.require_seen(request.actor)
    lines = queries.proposed_pairs(request.actor)
    context = {"lines": lines, "most": queries.PAIRS_AT_MOST if len(lines) == queries.PAIRS_AT_MOST else 0}
    return render(request, "points/duplicates.html", context)


@require_POST
def merge_points(request: Request) -> HttpResponse:
    access.require_writer(request.actor)
    form = MergeForm(request.POST)
    if not form.is_valid():
        raise BadInput("points.not_two")
    said = form.cleaned_data
    kept = actions.merge_points(
        actor=request.actor,
        kept_id=said["one"],
        kept_version=said["version"],
        other_id=said["other"],
        other_version=said["other_version"],
        today=clock.today(),
    )
    messages.success(request, _("%(name)s was kept; the other is closed and leads to it.") % {"name": kept})
    return redirect("points:duplicates")


@require_POST
def keep_apart(request: Request) -> HttpResponse:
    access.require_writer(request.actor)
    form = PairForm(request.POST)
    if not form.is_valid():
        raise BadInput("points.not_two")
    actions.keep_apart(
        actor=request.actor, one_id=form.cleaned_data["one"], other_id=form.cleaned_data["other"]
    )
    return redirect("points:duplicates")


@require_http_methods(["GET", "POST"])
def boundaries(request: Request) -> HttpResponse:
    """Which units have a boundary; the campaign office hands in a file with more."""
    access.require_seen(request.actor)
    form = BoundaryForm(posted(request), request.FILES or None)
    if request.method == "POST":
        access.require_keeper_of_all(request.actor)
        if form.is_valid():
            file = form.cleaned_data["file"]
            try:
                found = actions.bring_in_boundaries(
                    actor=request.actor,
                    jurisdiction_id=jurisdiction(request.actor).pk,
                    name=file.name,
                    data=file.read(MOST_BYTES + 1),
                    crs=form.cleaned_data["crs"],
                    today=clock.today(),
                )
            except BadInput as error:
                form.add_error(None, str(words_for(error).happened))
            else:
                messages.success(request, _("%(n)s boundaries were taken over.") % {"n": len(found)})
                return redirect("points:boundaries")
    context = {
        "form": form,
        "rows": queries.boundaries(request.actor),
        "keeps_all": access.keeps_all(request.actor),
    }
    return render(request, "points/boundaries.html", context, status=422 if form.errors else 200)


@require_POST
def remove_boundary(request: Request, boundary_id: int) -> HttpResponse:
    actions.remove_boundary(actor=request.actor, boundary_id=boundary_id)
    return redirect("points:boundaries")
