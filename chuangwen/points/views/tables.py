"""Tables out, and in again: first what they would change is shown, then it is done."""

from __future__ import annotations

from dataclasses import asdict

from django.contrib import messages
from django.core import signing
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from chuangwen.cores.errors import BadInput, Stale
from chuangwen.cores.roundtrip import Table, of_data
from chuangwen.cores.sheets import MOST_BYTES
from chuangwen.kit import clock, formats
from chuangwen.kit.http import posted, words_for
from chuangwen.orgs.access import jurisdiction
from chuangwen.orgs.actors import Request

from .. import access, actions, queries
from ..exchange import table
from ..exchange.merging import digest, merge
from ..forms import FilterForm, TableForm, TakeOverForm

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SALT = "points.table"
KEPT_FOR = 24 * 3600  # seconds in which what was shown may be taken over
LINES_SHOWN = 300


@require_GET
def points_out(request: Request) -> HttpResponse:
    """The points that the filters of the address ask for."""
    access.require_seen(request.actor)
    city = jurisdiction(request.actor)
    points = queries.asked_points(request.actor, FilterForm(request.GET, actor=request.actor).asked())
    parents = [f"{unit}__parent" for unit in ("unit", "lead_unit", "venue_unit")]
    subtitle = _("As of %(day)s") % {"day": formats.day(clock.today())}
    types = queries.types_for(request.actor)
    points = points.select_related(*access.JOINED, *parents).prefetch_related("chiefs")
    data = table.table_out(city, points, types, subtitle, clock.today())
    return _download(data, _("Points of %(city)s") % {"city": city.name})


@require_GET
def template(request: Request) -> HttpResponse:
    access.require_writer(request.actor)
    data = table.template(jurisdiction(request.actor), queries.types_for(request.actor))
    return _download(data, _("Template for points"))


@require_http_methods(["GET", "POST"])
def bring_in_points(request: Request) -> HttpResponse:
    """The page itself holds the table between the two steps, signed; nothing of it is stored here."""
    access.require_writer(request.actor)
    if request.method == "POST" and "table" in request.POST:
        return _take_over(request)
    form = TableForm(posted(request), request.FILES or None)
    if request.method != "POST" or not form.is_valid():
        return _page(request, form, status=422 if form.errors else 200)
    file = form.cleaned_data["file"]
    try:
        found = table.read(file.name, file.read(MOST_BYTES + 1), queries.types_for(request.actor))
        return _preview(request, found, file.name)
    except BadInput as error:
        form.add_error(None, str(words_for(error).happened))
        return _page(request, form, status=422)


def _preview(request: Request, found: Table, name: str, *, again: bool = False) -> HttpResponse:
    try:
        merged = merge(request.actor, jurisdiction(request.actor), found, clock.today())
    except BadInput as error:
        if error.code != "points.table_errors":
            raise
        return _page(request, TableForm(), errors=error.params["errors"], status=422)
    held = signing.dumps({"table": asdict(found), "name": name}, salt=SALT, compress=True)
    context = {"table": held, "seen": digest(merged), "merged": merged, "name": name, "again": again}
    context |= {"shown": merged.lines[:LINES_SHOWN], "notes": merged.notes[:LINES_SHOWN]}
    return _page(request, TableForm(), **context, status=409 if again else 200)


def _take_over(request: Request) -> HttpResponse:
    form = TakeOverForm(request.POST)
    if not form.is_valid():
        raise BadInput("points.preview_old")
    try:
        held = signing.loads(form.cleaned_data["table"], salt=SALT, max_age=KEPT_FOR)
    except signing.BadSignature:
        raise BadInput("points.preview_old") from None
    found = of_data(held["table"])
    try:
        actions.bring_in_points(
            actor=request.actor,
            jurisdiction_id=jurisdiction(request.actor).pk,
            name=held["name"],
            table=found,
            seen=form.cleaned_data["seen"],
            today=clock.today(),
        )
    except Stale:
        return _preview(request, found, held["name"], again=True)
    messages.success(request, _("The table was taken over."))
    return redirect("points:points")


def _page(request: Request, form: TableForm, *, status: int = 200, **found: object) -> HttpResponse:
    return render(request, "points/bring_in.html", {"form": form, **found}, status=status)


def _download(data: bytes, name: str) -> HttpResponse:
    disposition = content_disposition_header(True, f"{name}.xlsx") or "attachment"
    return HttpResponse(data, content_type=XLSX, headers={"Content-Disposition": disposition})
