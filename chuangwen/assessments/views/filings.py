"""Material review: what is asked, one filing, its review, all of it as a package."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from chuangwen.cores.errors import BadInput, Denied, NotAllowedNow
from chuangwen.kit import clock
from chuangwen.kit.http import posted, words_for
from chuangwen.orgs.actors import Request
from chuangwen.standards.queries import tree

from .. import access, actions, result_access
from ..actions.filing import items_of
from ..marking_forms import ItemForm
from ..queries.filings import doubts_of, filing_file, filing_lines, package, standard_of
from ..queries.visits import ItemLine
from ..result_forms import FilingFileForm, FilingForm, StampForm, VerdictForm
from ..rules.states import FILING, FilingState
from .page import GET_OR_POST, add_refusal, valid
from .replies import serve
from .results import at_board, may_change


@require_GET
def filings(request: Request, round_id: int) -> HttpResponse:
    now = clock.now()
    found = access.one_round(request.actor, round_id, now)
    lines = filing_lines(request.actor, found, now)
    context = {
        "round": found,
        "lines": lines,
        **{state.value: sum(line.filing.state == state for line in lines) for state in FilingState},
        "may": may_change(request, round_id),
    }
    return render(request, "assessments/filings.html", context)


@require_POST
def ask_for_filings(request: Request, round_id: int) -> HttpResponse:
    n = actions.ask_for_filings(actor=request.actor, round_id=round_id, now=clock.now())
    messages.success(request, _("%(n)s filings were asked for.") % {"n": n})
    return redirect("assessments:filings", round_id)


@GET_OR_POST
def filing(request: Request, filing_id: int) -> HttpResponse:
    """What was filed; its unit writes here and hands it in (`send`)."""
    found = result_access.one_filing(request.actor, filing_id, clock.now())
    known = {"version": found.version, "conclusion": found.conclusion, "statement": found.statement}
    send = request.method != "POST" or "send" in request.POST
    form = FilingForm(posted(request), initial=known, send=send)
    if request.method == "POST":
        result_access.filing_to_fill(request.actor, filing_id, clock.now())
        if not form.is_valid():
            return _page(request, filing_id, form=form, status=422)
        try:
            actions.file_material(
                actor=request.actor,
                filing_id=filing_id,
                send=send,
                now=clock.now(),
                **form.cleaned_data,
            )
        except BadInput as error:
            add_refusal(form, error)
            return _page(request, filing_id, form=form, status=422)
        messages.success(request, _("The material was filed.") if send else _("The draft was kept."))
        return redirect("assessments:filing", filing_id)
    return _page(request, filing_id, form=form)


def _page(request: Request, filing_id: int, *, status: int = 200, **bound: Any) -> HttpResponse:
    now = clock.now()
    found = result_access.one_filing(request.actor, filing_id, now)
    standard = standard_of(found)
    fills = (
        request.actor.unit_id == found.unit_id
        and request.actor.role in result_access.ANSWERERS
        and (FilingState(found.state), "file") in FILING
    )
    reviews = found.state in {FilingState.FILED, FilingState.ACCEPTED} and _reviews(request, filing_id)
    context = {
        "filing": found,
        "round": found.round,
        "standard": standard,
        "files": list(found.files.all()),
        "doubts": doubts_of(found),
        "fills": fills,
        "reviews": reviews,
        "form": FilingForm(initial={"version": found.version}),
        "file_form": FilingFileForm(initial={"version": found.version}, auto_id="file_%s"),
        "verdict_form": VerdictForm(initial={"version": found.version}, auto_id="verdict_%s"),
        "item_forms": _item_forms(found, None) if reviews else [],
        "marked": _marked(found),
        "crumbs": [
            *at_board(found.round_id, found.round.name),
            (_("Filed material"), reverse("assessments:filings", args=[found.round_id])),
        ],
    }
    return render(request, "assessments/filing.html", context | bound, status=status)


def _reviews(request: Request, filing_id: int) -> bool:
    try:
        result_access.filing_to_review(request.actor, filing_id, clock.now())
    except Denied:
        return False
    return True


def _item_forms(found: Any, data: Any) -> list[ItemForm]:
    items = items_of(tree(found.round.system_version_id), found.node)
    return [ItemForm(data, None, line=ItemLine(item, None), prefix=f"m{at}") for at, item in enumerate(items)]


def _marked(found: Any) -> list[tuple[str, Any]]:
    titles = {one.key: one.title for one in items_of(tree(found.round.system_version_id), found.node)}
    return [(titles.get(key, key), data) for key, data in found.marks.items()]


@require_POST
def add_filing_file(request: Request, filing_id: int) -> HttpResponse:
    result_access.filing_to_fill(request.actor, filing_id, clock.now())
    form = FilingFileForm(request.POST, request.FILES, auto_id="file_%s")
    if form.is_valid():
        file = form.cleaned_data["file"]
        try:
            actions.add_filing_file(
                actor=request.actor,
                filing_id=filing_id,
                version=form.cleaned_data["version"],
                name=file.name,
                data=file.read(),
                caption=form.cleaned_data["caption"],
                now=clock.now(),
            )
        except BadInput as error:
            add_refusal(form, error)
        else:
            return redirect("assessments:filing", filing_id)
    return _page(request, filing_id, file_form=form, status=422)


@require_POST
def remove_filing_file(request: Request, filing_id: int, file_id: int) -> HttpResponse:
    result_access.filing_to_fill(request.actor, filing_id, clock.now())
    version = valid(StampForm(request.POST))["version"]
    actions.remove_filing_file(
        actor=request.actor, filing_id=filing_id, version=version, file_id=file_id, now=clock.now()
    )
    return redirect("assessments:filing", filing_id)


@require_POST
def review_filing(request: Request, filing_id: int) -> HttpResponse:
    """`decision` is accept or return."""
    found = result_access.filing_to_review(request.actor, filing_id, clock.now())
    form = VerdictForm(request.POST, auto_id="verdict_%s")
    forms = _item_forms(found, request.POST)
    decision = request.POST.get("decision")
    if not form.is_valid() or decision not in {"accept", "return"}:
        return _page(request, filing_id, verdict_form=form, item_forms=forms, status=422)
    said = form.cleaned_data
    try:
        if decision == "accept":
            given = {one.line.item.key: one.given() for one in forms}
            actions.accept_filing(
                actor=request.actor,
                filing_id=filing_id,
                version=said["version"],
                marks={key: one.data for key, one in given.items() if one is not None},
                verdict=said["verdict"],
                now=clock.now(),
            )
        else:
            actions.return_filing(
                actor=request.actor,
                filing_id=filing_id,
                version=said["version"],
                verdict=said["verdict"],
                now=clock.now(),
            )
    except (BadInput, NotAllowedNow) as error:
        form.add_error(None, str(words_for(error).happened))
        return _page(request, filing_id, verdict_form=form, item_forms=forms, reviews=True, status=422)
    messages.success(request, _("The verdict was recorded."))
    return redirect("assessments:filing", filing_id)


@require_GET
def filed_file(request: Request, filing_id: int, file_id: int) -> HttpResponse:
    found = result_access.one_filing(request.actor, filing_id, clock.now())
    file = filing_file(found, file_id)
    return serve(file.name, file.sha256)


@require_GET
def filings_package(request: Request, round_id: int) -> HttpResponse:
    now = clock.now()
    found = access.one_round(request.actor, round_id, now)
    disposition = content_disposition_header(True, f"{found.name}.zip") or "attachment"
    headers = {"Content-Disposition": disposition}
    return HttpResponse(package(request.actor, found, now), content_type="application/zip", headers=headers)
