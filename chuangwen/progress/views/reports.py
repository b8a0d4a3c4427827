"""A unit's reports: what it is asked for in a period, answered task by task."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from chuangwen.cores.errors import BadInput, ChuangwenError, Denied, NotAllowedNow, Stale
from chuangwen.kit import clock
from chuangwen.kit.http import words_for
from chuangwen.orgs.actors import Request

from .. import access, actions, exchange
from ..forms.reports import FileForm, ItemForm, VersionForm
from ..queries import cards, checking, locks, reports
from ..rules.evidence import SHEET
from . import review
from .pages import file_answer

PAGE_ROWS = 50


@require_GET
def my_reports(request: Request) -> HttpResponse:
    """Reports of my unit, the latest first."""
    if not access.has_reports(request.actor):
        raise Denied
    page = Paginator(reports.my_reports(request.actor), PAGE_ROWS).get_page(request.GET.get("page"))
    lines = reports.report_lines(page.object_list, clock.now())
    return render(request, "progress/my_reports.html", {"lines": lines, "page": page})


@require_GET
def report(request: Request, report_id: int) -> HttpResponse:
    """One report with all its tasks: to be filled in by its unit, to be read by others."""
    return _report(request, report_id)


@require_POST
def hand_in(request: Request, report_id: int) -> HttpResponse:
    """What still lacks leads back to the first task that lacks it."""
    found = access.report_for_change(request.actor, report_id)
    version = _version_of(request)
    try:
        actions.hand_in(actor=request.actor, report_id=report_id, version=version, now=clock.now())
    except NotAllowedNow as error:
        if "field" not in error.params:
            raise
        messages.warning(request, _sentence(error))
        return redirect(_at(report_id, reports.standing_of(found).next))
    messages.success(request, _("The report is handed in."))
    return redirect("progress:report", report_id)


@require_GET
def report_sheet_out(request: Request, report_id: int) -> HttpResponse:
    """The report as a workbook, to be filled in elsewhere."""
    name, data = exchange.sheet_out(request.actor, report_id, clock.now())
    headers = {"Content-Disposition": content_disposition_header(True, name) or "attachment"}
    return HttpResponse(data, content_type=SHEET.media_type, headers=headers)


def report_sheet(request: Request, report_id: int) -> HttpResponse:
    """Take the workbook back; what is wrong in it is listed by row, and nothing is stored."""
    found = access.report_for_change(request.actor, report_id)
    posted = request.method == "POST"
    form = FileForm(request.POST, request.FILES) if posted else FileForm()
    errors: object = []
    if posted and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            count = actions.bring_in_sheet(
                actor=request.actor, report_id=report_id, name=file.name, data=file.read(), now=clock.now()
            )
        except BadInput as error:
            errors = error.params.get("errors", [])
            form.add_error("file", _sentence(error))
        else:
            messages.success(
                request,
                ngettext("%(n)s task is filled in.", "%(n)s tasks are filled in.", count) % {"n": count},
            )
            return redirect("progress:report", report_id)
    context = {"report": found, "form": form, "errors": errors}
    return render(request, "progress/report_sheet.html", context, status=422 if posted else 200)


def item(request: Request, item_id: int) -> HttpResponse:
    """One task: the form for the unit that reports on it, for everybody else what was said."""
    found = cards.one_card(request.actor, item_id, clock.now())
    may_fill = access.reports_for(request.actor, found.item.report.unit_id)
    if request.method == "POST":
        access.item_for_change(request.actor, item_id)
        return _fill(request, found)
    answer = request.GET.get("as", "")
    if not may_fill or not found.is_open or found.lock is not None:
        return review.item(request, found)
    if answer == "card":
        return _card(request, found)
    return _form(request, found, _item_form(request, found, answer=answer))


def _fill(request: Request, card: cards.Card) -> HttpResponse:
    """Keep the files first: a browser sends them only once. What cannot be kept is said, the rest stays."""
    form = _item_form(request, card, request.POST)
    valid = form.is_valid()
    said = _keep_files(request, card, form)
    if valid:
        try:
            actions.fill_item(
                actor=request.actor,
                item_id=card.item.pk,
                version=form.cleaned_data["version"],
                typed=form.typed(),
                now=clock.now(),
            )
        except BadInput as error:
            form.refuse(error)
        except (Stale, NotAllowedNow) as error:
            return _again(request, card, error)
        else:
            return _kept(request, card, said)
    return _form(request, _anew(request, card), form, files_said=said, status=422)


def _again(request: Request, card: cards.Card, error: ChuangwenError) -> HttpResponse:
    """What was typed stays in the form, over what stands there now; saved again, it goes before."""
    now = _anew(request, card)
    typed = request.POST.copy()
    typed["version"] = str(now.item.version)
    return _form(request, now, _item_form(request, now, typed), said_now=_sentence(error), status=409)


def _kept(request: Request, card: cards.Card, files_said: list[str]) -> HttpResponse:
    """On to the next task, unless something must still be said of this one."""
    now = _anew(request, card)
    if not now.gaps and not files_said:
        return _card(request, now)
    if request.htmx:
        return _form(request, now, _item_form(request, now), files_said=files_said, kept=_standing(now))
    for said in files_said:
        messages.warning(request, said)
    return redirect("progress:item", card.item.pk)


@require_POST
def check(request: Request, item_id: int) -> HttpResponse:
    """What looks wrong in the number that is being typed; nothing is kept."""
    card = cards.one_card(request.actor, item_id, clock.now())
    access.item_for_change(request.actor, item_id)
    form = _item_form(request, card, request.POST)
    form.is_valid()
    fields = next((one for one in form.line_fields() if one.line.key == request.GET.get("key")), None)
    if fields is None:
        raise BadInput
    typing, line = form.typing_of(fields.line), fields.line
    found: list[checking.Doubt] = []
    more = None
    if typing is not None:
        rows = {typing.indicator_id: line.row}
        (found,) = checking.doubts(card.item.report.period, [typing], rows)
        more = line.more_than_last(typing.numerator, typing.denominator)
    context = {
        "fields": fields,
        "line": line,
        "found": found,
        "why": form[f"{line.key}-why"].value(),
        "more": more,
    }
    return render(request, "progress/_doubt.html", context)


@require_POST
def unchanged(request: Request, item_id: int) -> HttpResponse:
    return _one_tap(request, item_id, actions.say_unchanged)


@require_POST
def not_due(request: Request, item_id: int) -> HttpResponse:
    return _one_tap(request, item_id, actions.say_not_due)


@require_POST
def take_over(request: Request, item_id: int) -> HttpResponse:
    """The words of the members become the lead unit's own."""
    return _one_tap(request, item_id, actions.take_over_words)


def _one_tap(request: Request, item_id: int, act: Callable[..., Any]) -> HttpResponse:
    access.item_for_change(request.actor, item_id)
    card = cards.one_card(request.actor, item_id, clock.now())
    try:
        act(actor=request.actor, item_id=item_id, version=_version_of(request), now=clock.now())
    except (Stale, NotAllowedNow) as error:
        if not request.htmx:
            raise
        return _card(request, _anew(request, card), said_now=_sentence(error), status=409)
    return _kept(request, card, [])


@require_GET
def evidence(request: Request, evidence_id: int) -> HttpResponse:
    """A file as it was handed in: to be saved, never shown by the browser itself."""
    found = access.one_evidence(request.actor, evidence_id)
    return file_answer(found.name, found.sha256, found.media_type)


@require_POST
def remove_evidence(request: Request, evidence_id: int) -> HttpResponse:
    found = access.one_evidence(request.actor, evidence_id)
    actions.remove_evidence(actor=request.actor, evidence_id=evidence_id, now=clock.now())
    return _card(request, cards.one_card(request.actor, found.item_id, clock.now()))


def _report(request: Request, report_id: int) -> HttpResponse:
    found, now = access.one_report(request.actor, report_id), clock.now()
    items = cards.with_before(access.visible_items(request.actor).filter(report=found))
    context = {
        "report": found,
        "cards": cards.cards_of(request.actor, found.period.beat.following, list(items), now),
        "standing": reports.standing_of(found),
        "lock": locks.lock_of(found, now),
        "may_fill": access.reports_for(request.actor, found.unit_id),
        "own": found.unit_id == request.actor.unit_id,
    }
    return render(request, "progress/report.html", context)


def _item_form(request: Request, card: cards.Card, data: Any = None, *, answer: str = "") -> ItemForm:
    address = reverse("progress:check", args=[card.item.pk])
    return ItemForm(card, request.actor, address, data, answer=answer)


def _form(request: Request, card: cards.Card, form: ItemForm, status: int = 200, **said: Any) -> HttpResponse:
    """The form in place of the card, or on a page of its own."""
    context = {"card": card, "form": form, "report": card.item.report, "may_fill": True, **said}
    template = "progress/_report_form.html" if request.htmx else "progress/item_form.html"
    return render(request, template, context, status=status)


def _card(request: Request, card: cards.Card, status: int = 200, **said: Any) -> HttpResponse:
    """The card in its place, with how far the report is; without htmx the report, at the next open task."""
    report, standing = card.item.report, _standing(card)
    if not request.htmx:
        return redirect(_at(report.pk, standing.next or card.item.pk))
    context = {"card": card, "report": report, "standing": standing, "may_fill": True, **said}
    return render(request, "progress/_report_answer.html", context, status=status)


def _standing(card: cards.Card) -> reports.Standing:
    return reports.standing_of(card.item.report)


def _at(report_id: int, item_id: int | None) -> str:
    return reverse("progress:report", args=[report_id]) + (f"#item-{item_id}" if item_id else "")


def _anew(request: Request, card: cards.Card) -> cards.Card:
    return cards.one_card(request.actor, card.item.pk, clock.now())


def _keep_files(request: Request, card: cards.Card, form: ItemForm) -> list[str]:
    """Keep what came along; what could not be kept, in words."""
    said = []
    add = partial(actions.add_evidence, actor=request.actor, item_id=card.item.pk, now=clock.now())
    for file in request.FILES.getlist("files"):
        try:
            add(name=file.name or "", data=file.read(), **form.evidence())
        except (BadInput, NotAllowedNow) as error:
            said.append(_sentence(error))
    return said


def _sentence(error: ChuangwenError) -> str:
    words = words_for(error)
    return f"{words.happened} {words.next}"


def _version_of(request: Request) -> int:
    form = VersionForm(request.POST)
    if not form.is_valid():
        raise BadInput
    version: int = form.cleaned_data["version"]
    return version
