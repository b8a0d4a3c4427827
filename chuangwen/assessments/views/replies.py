"""The right of reply: a unit's own findings, its objections, and what a second marker makes of them."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from chuangwen.cores.errors import BadInput, NotAllowedNow
from chuangwen.kit import clock, files
from chuangwen.kit.http import posted, words_for
from chuangwen.orgs.actors import Request

from .. import access, actions, result_access
from ..marking_forms import ItemForm
from ..queries.replies import findings, objection_item, one_finding
from ..queries.visits import ItemLine
from ..result_forms import GroundsForm, ObjectForm, RemarkForm
from ..rules.proofs import media_type
from ..rules.states import ObjectionState
from .page import GET_OR_POST, form_page, valid
from .results import at_board, may_change

FINDINGS_ON_A_PAGE = 50


@require_GET
def reply(request: Request, round_id: int) -> HttpResponse:
    return _reply(request, round_id)


def _reply(request: Request, round_id: int, refused: str = "", status: int = 200) -> HttpResponse:
    now = clock.now()
    found, unit = result_access.replier(request.actor, round_id, now)
    told = findings(request.actor, found, unit, now)
    context = {
        "round": found,
        "unit": unit,
        "told": told,
        "page": Paginator(told.lines, FINDINGS_ON_A_PAGE).get_page(request.GET.get("page")),
        "form": RemarkForm(),
        "refused": refused,
    }
    return render(request, "assessments/reply.html", context, status=status)


@require_POST
def accept_findings(request: Request, round_id: int) -> HttpResponse:
    words = valid(RemarkForm(request.POST))["words"]
    try:
        actions.accept_findings(actor=request.actor, round_id=round_id, words=words, now=clock.now())
    except NotAllowedNow as error:
        return _reply(request, round_id, str(words_for(error).happened), 409)
    messages.success(request, _("The reply of your unit was recorded."))
    return redirect("assessments:reply", round_id)


@require_POST
def ask_for_replies(request: Request, round_id: int) -> HttpResponse:
    n = actions.ask_for_replies(actor=request.actor, round_id=round_id, now=clock.now())
    messages.success(request, _("%(n)s owners were asked for their reply.") % {"n": n})
    return redirect("assessments:objections", round_id)


@GET_OR_POST
def object_to(request: Request, mark_id: int) -> HttpResponse:
    now = clock.now()
    mark = access.mark_to_object(request.actor, mark_id, now)
    found = mark.visit.round
    form = ObjectForm(posted(request), request.FILES or None)

    def do() -> HttpResponse:
        made = actions.object_to(
            actor=request.actor,
            mark_id=mark_id,
            words=form.cleaned_data["words"],
            proofs=form.cleaned_data["proofs"],
            now=clock.now(),
        )
        messages.success(request, _("The objection was recorded; a second marker decides."))
        return redirect("assessments:objection", made.pk)

    return form_page(
        request,
        form,
        do,
        heading=_("Object to a finding"),
        button=_("Object"),
        crumbs=[
            *at_board(found.pk, found.name),
            (_("Own findings"), reverse("assessments:reply", args=[found.pk])),
        ],
        template="assessments/object.html",
        line=one_finding(mark),
        round=found,
    )


@require_GET
def objections(request: Request, round_id: int) -> HttpResponse:
    now = clock.now()
    found = access.one_round(request.actor, round_id, now)
    may = may_change(request, round_id)
    rows = result_access.seen_objections(request.actor, now).filter(mark__visit__round=found)
    waiting = rows.filter(state=ObjectionState.OPEN).count()
    state = request.GET.get("state", "")
    if state in set(ObjectionState):
        rows = rows.filter(state=state)
    context = {
        "round": found,
        "page": Paginator(rows.order_by("pk"), FINDINGS_ON_A_PAGE).get_page(request.GET.get("page")),
        "state": state,
        "states": list(ObjectionState),
        "open": waiting,
        "may": may,
        "may_ask": found.state == "replying" and may,
    }
    return render(request, "assessments/objections.html", context)


@require_GET
def objection(request: Request, objection_id: int) -> HttpResponse:
    return _objection(request, objection_id)


def _objection(
    request: Request,
    objection_id: int,
    form: ItemForm | None = None,
    grounds: GroundsForm | None = None,
    refused: str = "",
    status: int = 200,
) -> HttpResponse:
    found = result_access.one_objection(request.actor, objection_id, clock.now())
    item = objection_item(found)
    undecided = found.state == ObjectionState.OPEN
    context = {
        "objection": found,
        "round": found.mark.visit.round,
        "line": one_finding(found.mark),
        "files": list(found.files.all()),
        "may_decide": undecided and result_access.may_decide(request.actor, found),
        "may_withdraw": undecided and request.actor.unit_id == found.unit_id,
        "form": form or ItemForm(None, None, line=ItemLine(item, found.mark), prefix="m0"),
        "grounds": grounds or GroundsForm(),
        "refused": refused,
    }
    return render(request, "assessments/objection.html", context, status=status)


@require_POST
def decide_objection(request: Request, objection_id: int) -> HttpResponse:
    """`decision` is uphold or reject."""
    found = result_access.objection_to_decide(request.actor, objection_id, clock.now())
    grounds = GroundsForm(request.POST)
    form = ItemForm(request.POST, None, line=ItemLine(objection_item(found), found.mark), prefix="m0")
    uphold = request.POST.get("decision") == "uphold"
    if not grounds.is_valid() or request.POST.get("decision") not in {"uphold", "reject"}:
        return _objection(request, objection_id, form, grounds, status=422)
    words = grounds.cleaned_data["grounds"]
    try:
        if uphold:
            given = form.given()
            actions.uphold_objection(
                actor=request.actor,
                objection_id=objection_id,
                mark=given.data if given else {},
                grounds=words,
                now=clock.now(),
            )
        else:
            actions.reject_objection(
                actor=request.actor, objection_id=objection_id, grounds=words, now=clock.now()
            )
    except (BadInput, NotAllowedNow) as error:
        status = 409 if isinstance(error, NotAllowedNow) else 422
        said = str(words_for(error).happened)
        return _objection(request, objection_id, form, grounds, said, status)
    messages.success(request, _("The decision was recorded."))
    return redirect("assessments:objection", objection_id)


@require_POST
def withdraw_objection(request: Request, objection_id: int) -> HttpResponse:
    actions.withdraw_objection(actor=request.actor, objection_id=objection_id, now=clock.now())
    messages.success(request, _("The objection was withdrawn."))
    return redirect("assessments:objection", objection_id)


@require_GET
def proof(request: Request, file_id: int) -> HttpResponse:
    found = result_access.objection_file(request.actor, file_id, clock.now())
    return serve(found.name, found.sha256)


def serve(name: str, sha256: str) -> HttpResponse:
    """Photos are shown, everything else is handed out; never as a page of ours."""
    data = files.read(sha256)
    kind = media_type(name, data)
    disposition = content_disposition_header(not kind.startswith("image/"), name) or "attachment"
    return HttpResponse(
        data,
        content_type=kind,
        headers={"Content-Disposition": disposition, "X-Content-Type-Options": "nosniff"},
    )
