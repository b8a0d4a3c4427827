"""The review of a draft: each step is saved as it is taken; a fragment for htmx, the page without it."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from chuangwen.cores.errors import BadInput, Hidden, NotAllowedNow
from chuangwen.kit import clock, http
from chuangwen.orgs.actors import Request

from .. import access, actions, queries
from ..forms import (
    AddForm,
    AnswerForm,
    ConfirmForm,
    MatchForm,
    NewUnitForm,
    VersionForm,
    merge_choice,
    row_form,
    split_form,
)
from ..rules.states import VersionState

Do = Callable[..., Any]
CORRECT: dict[str, Do] = {
    "program": actions.correct_program,
    "task": actions.correct_task,
    "indicator": actions.correct_indicator,
    "result": actions.correct_result,
    "goal": actions.correct_goal,
    "stage": actions.correct_stage,
    "rhythm": actions.correct_rhythm,
    "mechanism": actions.correct_mechanism,
}
SPLIT: dict[str, Do] = {"task": actions.split_task, "indicator": actions.split_indicator}
MERGE: dict[str, Do] = {"task": actions.merge_tasks, "indicator": actions.merge_indicators}


def of_draft(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Hidden before all else from who may not see the draft; a version that is none leads to its plan."""

    @wraps(view)
    def guarded(request: Request, version_id: int, **at: Any) -> HttpResponse:
        version = queries.one_version(request.actor, version_id)
        if view.__name__ != "confirm":
            access.require_keeper(request.actor)
        if version.state == VersionState.DRAFT:
            return view(request, version_id, **at)
        if request.method == "GET":
            return redirect("plans:overview", version.plan_id)
        raise NotAllowedNow("plans.version_state")

    return guarded


@require_GET
@of_draft
def review(request: Request, version_id: int) -> HttpResponse:
    return _page(request, version_id)


@require_GET
@of_draft
def row(request: Request, version_id: int, subject: str, row_id: int) -> HttpResponse:
    """One row as a card; the way back from a form that was opened in its place."""
    return _card(request, version_id, subject, row_id)


@require_POST
@of_draft
def accept_row(request: Request, version_id: int, subject: str, row_id: int) -> HttpResponse:
    return _move(request, version_id, subject, row_id, actions.accept_row)


@require_POST
@of_draft
def drop_row(request: Request, version_id: int, subject: str, row_id: int) -> HttpResponse:
    return _move(request, version_id, subject, row_id, actions.drop_row)


@require_POST
@of_draft
def restore_row(request: Request, version_id: int, subject: str, row_id: int) -> HttpResponse:
    return _move(request, version_id, subject, row_id, actions.restore_row)


@of_draft
def correct(request: Request, version_id: int, subject: str, row_id: int) -> HttpResponse:
    """Correct what was read. A corrected row counts as checked."""
    item, found = _item(request, version_id, subject, row_id)
    form = row_form(item, found, clock.today(), http.posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            CORRECT[subject](actor=request.actor, row_id=row_id, **form.arguments())
        except BadInput as error:
            form.refuse(error)
        else:
            return _card(request, version_id, subject, row_id)
    return _form(
        request, "plans/correct.html", "plans/_correct.html", {"item": item, "form": form, "review": found}
    )


@of_draft
def split(request: Request, version_id: int, subject: str, row_id: int) -> HttpResponse:
    """Make two of one task or one indicator."""
    item, found = _item(request, version_id, subject, row_id)
    form = split_form(item, found, http.posted(request))
    if request.method == "POST" and form.is_valid():
        version = form.cleaned_data["version"]
        SPLIT[subject](actor=request.actor, row_id=row_id, version=version, parts=form.parts())
        return _back(version_id, item.ref)
    return _form(
        request, "plans/split.html", "plans/_split.html", {"item": item, "form": form, "review": found}
    )


@require_POST
@of_draft
def merge(request: Request, version_id: int) -> HttpResponse:
    subject, row_ids, versions = merge_choice(request.POST)
    kept = MERGE[subject](actor=request.actor, row_ids=row_ids, versions=versions)
    return _back(version_id, f"{subject}-{kept.pk}")


@of_draft
def add(request: Request, version_id: int) -> HttpResponse:
    """Add what the reader missed, from words marked in the document."""
    found = queries.review(request.actor, version_id)
    form = AddForm(found, request.POST if request.method == "POST" else None, initial=request.GET.dict())
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.add_from_selection(actor=request.actor, version_id=version_id, **form.arguments())
        except BadInput as error:
            form.refuse(error)
        else:
            return _back(version_id, f"{form.cleaned_data['subject']}-{made.pk}")
    return _form(request, "plans/add.html", "plans/_add.html", {"form": form, "review": found})


@require_POST
@of_draft
def accept_rest(request: Request, version_id: int) -> HttpResponse:
    actions.accept_rest(actor=request.actor, version_id=version_id, version=_version_of(request))
    return _back(version_id)


@require_POST
@of_draft
def answer_doubt(request: Request, version_id: int, doubt_id: int) -> HttpResponse:
    form = AnswerForm(request.POST)
    if not form.is_valid():
        raise BadInput("plans.answer_missing")
    actions.answer_doubt(
        actor=request.actor,
        doubt_id=doubt_id,
        version=form.cleaned_data["version"],
        answer=form.cleaned_data["answer"],
        now=clock.now(),
    )
    return _back(version_id, "doubts")


@require_POST
@of_draft
def decide_change(request: Request, version_id: int, change_id: int) -> HttpResponse:
    take = request.POST.get("decision") == "accept"
    act = actions.accept_change if take else actions.reject_change
    act(actor=request.actor, change_id=change_id, version=_version_of(request))
    return _back(version_id, "changes")


@require_POST
@of_draft
def match_assignment(request: Request, version_id: int, assignment_id: int) -> HttpResponse:
    form = MatchForm(request.POST)
    if not form.is_valid():
        raise BadInput("plans.unit_missing")
    draft = queries.one_version(request.actor, version_id)
    actions.match_assignment(
        actor=request.actor,
        assignment_id=assignment_id,
        version=form.cleaned_data["version"],
        unit_id=form.unit_id(draft, clock.today()),
    )
    return _back(version_id, "unmatched")


@require_POST
@of_draft
def create_unit(request: Request, version_id: int, assignment_id: int) -> HttpResponse:
    form = NewUnitForm(request.POST)
    if not form.is_valid():
        raise BadInput("plans.unit_missing")
    city = queries.one_version(request.actor, version_id).plan.jurisdiction_id
    actions.create_unit_for_assignment(
        actor=request.actor, assignment_id=assignment_id, parent_id=city, **form.cleaned_data
    )
    return _back(version_id, "unmatched")


@require_POST
@of_draft
def attach_baseline(request: Request, version_id: int, subject: str, row_id: int) -> HttpResponse:
    indicator = http.whole_number(request.POST.get("indicator", ""))
    if subject != "result" or indicator is None:
        raise BadInput("plans.indicator_missing")
    actions.attach_result_as_baseline(
        actor=request.actor, result_id=row_id, version=_version_of(request), indicator_id=indicator
    )
    return _back(version_id, f"result-{row_id}")


@of_draft
def confirm(request: Request, version_id: int) -> HttpResponse:
    """Freeze the draft as the plan in force, after saying in words what that means."""
    access.require_confirmer(request.actor, version_id)
    found = queries.review(request.actor, version_id)
    form = ConfirmForm(http.posted(request), needs_reason=found.version.base_id is not None)
    if request.method == "POST" and form.is_valid():
        confirmed = actions.confirm(
            actor=request.actor,
            version_id=version_id,
            version=form.cleaned_data["version"],
            now=clock.now(),
            reason=form.cleaned_data["reason"],
        )
        return redirect("plans:overview", confirmed.plan_id)
    status = 422 if request.method == "POST" else 200
    context = {
        "review": found,
        "form": form,
        "keeper": access.keeps_plans(request.actor),
        "submitted": queries.submitted(found.version),
    }
    return render(request, "plans/confirm.html", context, status=status)


@require_POST
@of_draft
def submit(request: Request, version_id: int) -> HttpResponse:
    """Ask the leaders to confirm."""
    actions.submit(actor=request.actor, version_id=version_id, version=_version_of(request), now=clock.now())
    return redirect("plans:confirm", version_id)


@require_POST
def send_back(request: Request, version_id: int) -> HttpResponse:
    """The leader does not confirm; why stands on the office's desk."""
    access.one_version(request.actor, version_id)
    access.require_leader(request.actor)
    actions.send_back(
        actor=request.actor, version_id=version_id, reason=request.POST.get("reason", ""), now=clock.now()
    )
    return redirect("desk:desk")


@require_POST
@of_draft
def discard(request: Request, version_id: int) -> HttpResponse:
    actions.discard_draft(
        actor=request.actor, version_id=version_id, version=_version_of(request), now=clock.now()
    )
    return redirect("plans:list")


def _page(request: Request, version_id: int) -> HttpResponse:
    found = queries.review(request.actor, version_id)
    context = {"review": found, "counts": found.counts, "version_id": version_id}
    return render(request, "plans/review.html", context)


def _item(
    request: Request, version_id: int, subject: str, row_id: int
) -> tuple[queries.Item, queries.Review]:
    found = queries.review(request.actor, version_id)
    for item in found.items:
        if item.subject == subject and item.row.pk == row_id:
            return item, found
    raise Hidden


def _move(request: Request, version_id: int, subject: str, row_id: int, act: Do) -> HttpResponse:
    act(actor=request.actor, subject=subject, row_id=row_id, version=_version_of(request))
    return _card(request, version_id, subject, row_id)


def _card(request: Request, version_id: int, subject: str, row_id: int) -> HttpResponse:
    if not request.htmx:
        return _back(version_id, f"{subject}-{row_id}")
    item, counts = queries.review_item(request.actor, version_id, subject, row_id)
    context = {"item": item, "counts": counts, "version_id": version_id}
    return render(request, "plans/_item_and_counts.html", context)


def _form(request: Request, page: str, fragment: str, context: dict[str, Any]) -> HttpResponse:
    status = 422 if request.method == "POST" else 200
    return render(request, fragment if request.htmx else page, context, status=status)


def _back(version_id: int, anchor: str = "") -> HttpResponse:
    """The review page again, at the place just worked on; a whole new page, as the marks may have moved."""
    return redirect(reverse("plans:review", args=[version_id]) + (f"#{anchor}" if anchor else ""))


def _version_of(request: Request) -> int:
    form = VersionForm(request.POST)
    if not form.is_valid():
        raise BadInput("plans.version_missing")
    version: int = form.cleaned_data["version"]
    return version
