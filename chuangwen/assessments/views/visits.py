"""Visits: my own, the entry page, quality control, how far two markers agree."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from chuangwen.cores import photos
from chuangwen.cores.errors import BadInput, ChuangwenError, Denied, Hidden, NotAllowedNow
from chuangwen.kit import clock, files
from chuangwen.kit.http import words_for
from chuangwen.orgs.actors import Request
from chuangwen.standards.queries import tree

from .. import access, actions, queries
from ..actions import Given, Wrong
from ..forms import VersionForm, WhyForm, local
from ..marking_forms import HeadForm, ItemForm, head_of, item_forms

if TYPE_CHECKING:
    from ..models import Visit

VISITS_ON_A_PAGE = 50
TO_MAKE = ("assigned", "returned")
MARKABLE = ("assigned", "returned", "marked")


@require_GET
def my_visits(request: Request) -> HttpResponse:
    access.require_seen(request.actor)
    rows = queries.my_visits(request.actor, clock.now())
    page = Paginator(rows, VISITS_ON_A_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "left": rows.filter(state__in=TO_MAKE).count()}
    return render(request, "assessments/my_visits.html", context)


@require_GET
def visits(request: Request, round_id: int) -> HttpResponse:
    """Quality control: visits of the round by state."""
    now = clock.now()
    found = access.round_for_change(request.actor, round_id, now)
    state = request.GET.get("state", "")
    counts = queries.state_counts(request.actor, found, now)
    state = state if state in {code for code, _word, _count in counts} else ""
    rows = queries.visits_of(request.actor, found, now, state)
    page = Paginator(rows, VISITS_ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "round": found,
        "page": page,
        "waits": found.state == "marking" and any(one.state == "marked" for one in page),
        "state": state,
        "states": counts,
        "waiting": next(count for code, _word, count in counts if code == "marked"),
        "query": f"state={state}" if state else "",
    }
    return render(request, "assessments/visits.html", context)


@require_POST
def accept_visits(request: Request, round_id: int) -> HttpResponse:
    now = clock.now()
    access.round_for_change(request.actor, round_id, now)
    chosen = {
        int(one)
        for one in request.POST.getlist("visit")
        if one.isascii() and one.isdecimal() and len(one) < 18
    }
    if not chosen:
        messages.warning(request, _("Choose the visits that count first."))
        return redirect("assessments:visits", round_id)
    try:
        count = actions.accept_visits(actor=request.actor, round_id=round_id, visit_ids=chosen, now=now)
    except Denied:
        messages.warning(request, _("Nobody accepts own marks: leave your own visits out."))
    else:
        done = ngettext("%(n)s visit was accepted", "%(n)s visits were accepted", count)
        messages.success(request, done % {"n": count})
    return redirect("assessments:visits", round_id)


@require_GET
def agreement(request: Request, round_id: int) -> HttpResponse:
    found = access.round_for_change(request.actor, round_id, clock.now())
    lines, whole = queries.agreement_lines(found)
    context = {"round": found, "lines": lines, "whole": queries.AgreementLine("", "", whole)}
    return render(request, "assessments/agreement.html", context)


@require_GET
def visit(request: Request, visit_id: int) -> HttpResponse:
    return _visit(request, access.one_visit(request.actor, visit_id, clock.now()))


def _visit(
    request: Request,
    found: Visit,
    *,
    head: HeadForm | None = None,
    forms: list[ItemForm] | None = None,
    refused: str = "",
    kept: bool = False,
    status: int = 200,
) -> HttpResponse:
    system = tree(found.round.system_version_id)
    lines = queries.item_lines(found, system)
    marks = _may_mark(request, found)
    looks = _may_look(request, found)
    moves = queries.visit_moves(found.state) if found.round.state == "marking" else set()
    if marks and head is None:
        known = head_of(found)
        head = HeadForm(initial={**known, "visited_at": local(known["visited_at"])})
        forms = item_forms(lines)
    context: dict[str, Any] = {
        "visit": found,
        "round": found.round,
        "kind": queries.type_name(found, system),
        "lines": lines,
        "head": head if marks else None,
        "forms": forms if marks else None,
        "answered": sum(line.mark is not None for line in lines),
        "steps": moves & {"accept", "return", "cancel"} if looks else set(),
        "refused": refused,
        "kept": kept,
        "shows_second": looks,
        "looks": looks,
        "mine": found.team.members.filter(seat=request.actor.seat).exists(),
    }
    return render(request, "assessments/visit.html", context, status=status)


def _may_mark(request: Request, found: Visit) -> bool:
    if found.state not in MARKABLE or found.round.state != "marking":
        return False
    try:
        access.visit_to_mark(request.actor, found.pk, clock.now())
    except ChuangwenError:
        return False
    return True


def _may_look(request: Request, found: Visit) -> bool:
    try:
        access.visit_to_look_at(request.actor, found.pk, clock.now())
    except ChuangwenError:
        return False
    return True


@require_POST
def mark_visit(request: Request, visit_id: int) -> HttpResponse:
    """Hand in, or keep as a draft. What is right of a refused entry is kept; the rest comes back as typed."""
    now = clock.now()
    found = access.visit_to_mark(request.actor, visit_id, now)
    lines = queries.item_lines(found)
    head = HeadForm(request.POST)
    forms = item_forms(lines, request.POST, request.FILES)
    given = {form.line.item.key: said for form in forms if (said := form.given()) is not None}
    if not head.is_valid():
        return _again(request, found, head, forms, given, [], _("Say when the point was visited."))
    facts = head.cleaned_data
    if request.POST.get("do") == "draft":
        return _draft(request, found, head, forms, given)
    try:
        actions.mark_visit(actor=request.actor, visit_id=visit_id, marks=given, now=now, **facts)
    except BadInput as error:
        wrong = error.params.get("errors", [])
        words = str(words_for(error).happened)
        return _again(request, found, head, forms, given, wrong if isinstance(wrong, list) else [], words)
    messages.success(request, _("The visit was handed in."))
    return redirect("assessments:my_visits")


def _draft(
    request: Request, found: Visit, head: HeadForm, forms: list[ItemForm], given: dict[str, Given]
) -> HttpResponse:
    said = head.cleaned_data
    _kept, wrong = actions.draft_marks(
        actor=request.actor, visit_id=found.pk, marks=given, now=clock.now(), **said
    )
    if not wrong:
        messages.success(request, _("The draft was kept."))
        return redirect("assessments:visit", found.pk)
    return _shown(request, found.pk, head, forms, wrong, "", kept=True, left={one.item for one in wrong})


def _again(
    request: Request,
    found: Visit,
    head: HeadForm,
    forms: list[ItemForm],
    given: dict[str, Given],
    wrong: list[Wrong],
    words: str,
) -> HttpResponse:
    version = head.cleaned_data.get("version") if hasattr(head, "cleaned_data") else None
    kept, left = False, set(given)
    if version is not None and given:
        try:
            _kept, not_kept = actions.draft_marks(
                actor=request.actor, visit_id=found.pk, version=version, marks=given, now=clock.now()
            )
            kept, left = True, {one.item for one in not_kept}
        except NotAllowedNow:
            pass  # what was handed in before stays as it was
    return _shown(request, found.pk, head, forms, wrong, words, kept=kept, left=left)


def _shown(
    request: Request,
    visit_id: int,
    head: HeadForm,
    forms: list[ItemForm],
    wrong: list[Wrong],
    words: str,
    *,
    kept: bool,
    left: set[str],
) -> HttpResponse:
    """The form with what was typed, what is wrong beside it, and the version that the draft has now.

    `left` are the items of which nothing was kept: a page cannot give their photos back, and says so.
    """
    found = access.one_visit(request.actor, visit_id, clock.now())
    typed = request.POST.copy()
    typed["version"] = str(found.version)
    head.data = typed
    said = {one.item: words_for(one.error) for one in wrong}
    fresh = {line.item.key: line for line in queries.item_lines(found)}
    for form in forms:
        form.line = fresh[form.line.item.key]
        if form.line.item.key in said:
            form.more = [str(said[form.line.item.key].happened)]
        if (n := form.photos_sent) and form.line.item.key in left:
            again = ngettext(
                "%(n)s photo was not kept: choose it again",
                "%(n)s photos were not kept: choose them again",
                n,
            )
            form.more.append(again % {"n": n})
    return _visit(request, found, head=head, forms=forms, refused=words, kept=kept, status=422)


@require_POST
def accept_visit(request: Request, visit_id: int) -> HttpResponse:
    found = access.visit_to_look_at(request.actor, visit_id, clock.now())
    form = VersionForm(request.POST)
    if not form.is_valid():
        return _visit(request, found, status=422)
    actions.accept_visit(
        actor=request.actor, visit_id=visit_id, version=form.cleaned_data["version"], now=clock.now()
    )
    return redirect("assessments:visits", found.round_id)


@require_POST
def return_visit(request: Request, visit_id: int) -> HttpResponse:
    return _with_words(request, visit_id, "return")


@require_POST
def cancel_visit(request: Request, visit_id: int) -> HttpResponse:
    return _with_words(request, visit_id, "cancel")


def _with_words(request: Request, visit_id: int, move: str) -> HttpResponse:
    found = access.visit_to_look_at(request.actor, visit_id, clock.now())
    form = WhyForm(request.POST)
    if not form.is_valid():
        return _visit(request, found, refused=_("Say why"), status=422)
    give: dict[str, Any] = {
        "actor": request.actor,
        "visit_id": visit_id,
        "version": form.cleaned_data["version"],
        "now": clock.now(),
    }
    why = form.cleaned_data["why"]
    if move == "return":
        actions.return_visit(words=why, **give)
    else:
        actions.cancel_visit(why=why, **give)
    return redirect("assessments:visits", found.round_id)


@require_GET
def photo(request: Request, photo_id: int) -> HttpResponse:
    """A photo of a mark without what it tells of where, when and with what it was taken."""
    found = queries.one_photo(request.actor, photo_id, clock.now())
    if found is None:
        raise Hidden
    data = files.read(found.sha256)
    headers = {"Content-Security-Policy": "sandbox", "Cache-Control": "private, no-store"}
    return HttpResponse(photos.bare(data), content_type=photos.checked(data).media_type, headers=headers)
