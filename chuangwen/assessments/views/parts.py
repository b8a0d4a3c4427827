"""Part scores and adjustments: the list, one after the other, or as a table."""

from __future__ import annotations

from django.contrib import messages
from django.core import signing
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from chuangwen.cores.errors import BadInput
from chuangwen.cores.sheets import MOST_BYTES
from chuangwen.kit import clock, files
from chuangwen.kit.http import posted
from chuangwen.orgs.actors import Request

from .. import access, actions, result_access
from ..actions.parts import CLOSED
from ..exchange import parts as tables
from ..queries.parts import adjustments_of, methods_missing, one_part_of, parts_of_round
from ..result_forms import AdjustmentForm, PartForm, StampForm, TableForm
from .page import GET_OR_POST, add_refusal, form_page, valid
from .results import at_board

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SALT = "assessments.parts"
KEPT_FOR = 24 * 3600  # seconds in which what was shown may be taken over


@require_GET
def parts(request: Request, round_id: int) -> HttpResponse:
    found = access.round_for_change(request.actor, round_id, clock.now())
    context = {
        "round": found,
        "parts": parts_of_round(found),
        "missing": methods_missing(found),
        "adjustments": adjustments_of(found),
        "open": found.state not in CLOSED,
        "may": True,
    }
    return render(request, "assessments/parts.html", context)


@GET_OR_POST
def set_part(request: Request, round_id: int) -> HttpResponse:
    """`?part=` names one that is there."""
    found = access.round_for_change(request.actor, round_id, clock.now())
    form = PartForm(posted(request), round=found, initial=one_part_of(found, request.GET.get("part", "")))

    def do() -> HttpResponse:
        actions.set_part(actor=request.actor, round_id=round_id, now=clock.now(), **form.values())
        return redirect("assessments:parts", round_id)

    return form_page(
        request,
        form,
        do,
        heading=_("Part score"),
        button=_("Save"),
        crumbs=[
            *at_board(round_id, found.name),
            (_("Part scores"), reverse("assessments:parts", args=[round_id])),
        ],
        about=_("A result that was not marked on points: a survey, for instance."),
    )


@GET_OR_POST
def add_adjustment(request: Request, round_id: int) -> HttpResponse:
    found = access.round_for_change(request.actor, round_id, clock.now())
    form = AdjustmentForm(posted(request), round=found)

    def do() -> HttpResponse:
        actions.add_adjustment(actor=request.actor, round_id=round_id, now=clock.now(), **form.values())
        return redirect("assessments:parts", round_id)

    return form_page(
        request,
        form,
        do,
        heading=_("Bonus or penalty"),
        button=_("Add"),
        crumbs=[
            *at_board(round_id, found.name),
            (_("Part scores"), reverse("assessments:parts", args=[round_id])),
        ],
    )


@require_POST
def remove_part(request: Request, part_id: int) -> HttpResponse:
    result_access.one_part(request.actor, part_id, clock.now())
    version = valid(StampForm(request.POST))["version"]
    round_id = actions.remove_part(actor=request.actor, part_id=part_id, version=version, now=clock.now())
    return redirect("assessments:parts", round_id)


@require_POST
def remove_adjustment(request: Request, adjustment_id: int) -> HttpResponse:
    result_access.one_adjustment(request.actor, adjustment_id, clock.now())
    version = valid(StampForm(request.POST))["version"]
    round_id = actions.remove_adjustment(
        actor=request.actor, adjustment_id=adjustment_id, version=version, now=clock.now()
    )
    return redirect("assessments:parts", round_id)


@require_GET
def parts_template(request: Request, round_id: int) -> HttpResponse:
    found = access.round_for_change(request.actor, round_id, clock.now())
    disposition = content_disposition_header(True, f"{found.name}.xlsx") or "attachment"
    headers = {"Content-Disposition": disposition}
    return HttpResponse(tables.template(found), content_type=XLSX, headers=headers)


@GET_OR_POST
def bring_in_parts(request: Request, round_id: int) -> HttpResponse:
    """First what the table says is shown, then it is taken over."""
    found = access.round_for_change(request.actor, round_id, clock.now())
    form = TableForm(posted(request), request.FILES or None)
    context: dict[str, object] = {"round": found, "form": form}
    status = 200
    if request.method == "POST":
        held = request.POST.get("held", "")
        if held:
            return _take_over(request, round_id, held)
        status = 422
        if form.is_valid():
            file = form.cleaned_data["file"]
            data = file.read(MOST_BYTES + 1)
            try:
                rows = tables.read(found, file.name, data, clock.today())
                kept = {"name": file.name, "sha256": files.put(data), "round": round_id}
                context |= {"rows": rows, "held": signing.dumps(kept, salt=SALT), "name": file.name}
                status = 200
            except BadInput as error:
                if error.code == "assessments.table_errors":
                    context["errors"] = error.params["errors"]
                else:
                    add_refusal(form, error)
    return render(request, "assessments/bring_in_parts.html", context, status=status)


def _take_over(request: Request, round_id: int, held: str) -> HttpResponse:
    try:
        kept = signing.loads(held, salt=SALT, max_age=KEPT_FOR)
        data = files.read(kept["sha256"])
    except (signing.BadSignature, FileNotFoundError):
        raise BadInput("assessments.preview_old") from None
    found = access.round_for_change(request.actor, round_id, clock.now())
    if kept["round"] != round_id:
        raise BadInput("assessments.preview_old")
    rows = tables.read(found, kept["name"], data, clock.today())
    n, m = actions.bring_in_parts(
        actor=request.actor, round_id=round_id, name=kept["name"], rows=rows, now=clock.now()
    )
    messages.success(
        request, _("%(n)s part scores and %(m)s adjustments were taken over.") % {"n": n, "m": m}
    )
    return redirect("assessments:parts", round_id)
