"""Looking over what units handed in: the lead unit its members', the campaign office everybody's."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from chuangwen.cores.errors import BadInput, Denied, NotAllowedNow, Stale
from chuangwen.kit import clock
from chuangwen.kit.http import status_of, whole_number, words_for
from chuangwen.orgs.actors import Request

from .. import access, actions
from ..forms.reports import CorrectForm, RemarksForm
from ..queries import cards, values
from ..queries import review as queries
from ..rules.filling import fields_of
from .pages import plan_page

PAGE_ROWS = 50


@require_GET
def reviews(request: Request) -> HttpResponse:
    """The plans whose reports I look over; where there is one, it is shown at once."""
    _require_reader(request)
    plans = queries.waiting_by_plan(request.actor)
    if len(plans) == 1:
        return redirect("progress:review", plans[0][0].plan_id)
    return render(request, "progress/reviews.html", {"plans": plans})


@require_GET
def review_count(request: Request) -> HttpResponse:
    """How much waits for me, for the rail."""
    _require_reader(request)
    return render(request, "progress/_count.html", {"number": queries.waiting_count(request.actor)})


def _require_reader(request: Request) -> None:
    if not access.sees_reports(request.actor):
        raise Denied


def review(request: Request, plan_id: int) -> HttpResponse:
    """What waits for me, or any other choice; ticked tasks are confirmed or reviewed at once."""
    following = access.following_of(request.actor, plan_id)
    _require_reader(request)
    if request.method == "POST":
        return _step(request)
    choice = queries.Choice(
        state=request.GET.get("state", "waits"),
        period=whole_number(request.GET.get("period", "")),
        unit=whole_number(request.GET.get("unit", "")),
        task=request.GET.get("task", "").replace("\0", "")[:16],
        by="task" if request.GET.get("by") == "task" else "unit",
    )
    page = Paginator(queries.chosen(request.actor, following, choice), PAGE_ROWS).get_page(
        request.GET.get("page")
    )
    rows = queries.rows(request.actor, following, list(page.object_list), clock.now())
    return plan_page(
        request,
        "progress/review.html",
        following,
        "review",
        choice=choice,
        choices=queries.choices(request.actor, following),
        states=queries.STATES,
        page=page,
        rows=rows,
        step=next((row.may for row in rows if row.may), ""),
        ticked=request.GET.get("tick") == "all",
    )


def _step(request: Request) -> HttpResponse:
    ticked = [_ticked(text) for text in request.POST.getlist("item")]
    if access.keeps_progress(request.actor):
        count = actions.confirm_items(actor=request.actor, items=ticked)
        said = ngettext("%(n)s task is confirmed.", "%(n)s tasks are confirmed.", count)
    elif access.has_reports(request.actor):
        count = actions.review_items(actor=request.actor, items=ticked)
        said = ngettext("%(n)s task is reviewed.", "%(n)s tasks are reviewed.", count)
    else:
        raise Denied
    messages.success(request, said % {"n": count})
    return redirect(request.get_full_path())


def _ticked(text: str) -> tuple[int, int]:
    number, _colon, version = text.partition(":")
    pair = whole_number(number), whole_number(version)
    if pair[0] is None or pair[1] is None:
        raise BadInput("progress.nothing_chosen")
    return pair[0], pair[1]


def item(request: Request, card: cards.Card, status: int = 200, **said: object) -> HttpResponse:
    """One task as it was handed in, with a place beside each field to say what is wrong with it."""
    context = {
        "card": card,
        "report": card.item.report,
        "may": queries.may(request.actor, card.item),
        "may_return": queries.may_return(request.actor, card.item),
        **said,
    }
    return render(request, "progress/item.html", context, status=status)


@require_POST
def return_item(request: Request, item_id: int) -> HttpResponse:
    """Back to the unit; what was remarked stays in the form where it cannot be taken."""
    found = access.item_to_return(request.actor, item_id)
    card = cards.one_card(request.actor, item_id, clock.now())
    form = RemarksForm(fields_of(line.key for line in card.lines), request.POST)
    if not form.is_valid():
        said = _("A remark is a sentence of at most 500 characters.")
        return item(request, card, 422, said_now=said, typed=form.remarks())
    try:
        actions.return_item(
            actor=request.actor,
            item_id=item_id,
            version=form.cleaned_data["version"],
            remarks=form.remarks(),
            now=clock.now(),
        )
    except (BadInput, NotAllowedNow, Stale) as error:
        words = words_for(error)
        now = cards.one_card(request.actor, item_id, clock.now())
        said = f"{words.happened} {words.next}"
        return item(request, now, status_of(error), said_now=said, typed=form.remarks())
    messages.success(request, _("The task is returned to %(unit)s.") % {"unit": found.report.unit})
    return redirect("progress:review", found.report.period.beat.following.plan_id)


def value(request: Request, value_id: int) -> HttpResponse:
    """A value with all its revisions; the office may correct it, and says why."""
    found = values.value_page(request.actor, value_id)
    may_correct = access.keeps_progress(request.actor) and found.current is not None and not found.is_computed
    if request.method == "POST":
        access.value_for_change(request.actor, value_id)
    form = CorrectForm(found.line, request.POST if request.method == "POST" else None)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                written = actions.correct_value(
                    actor=request.actor,
                    value_id=value_id,
                    typed=form.typed_of(found.line),
                    reason=form.cleaned_data["reason"],
                    now=clock.now(),
                )
            except BadInput as error:
                form.refuse(error)
            else:
                messages.success(request, _("The value is corrected; what follows from it is computed anew."))
                return redirect("progress:value", written.pk)
    (fields,) = form.line_fields()
    context = {"found": found, "form": form, "fields": fields, "may_correct": may_correct}
    return render(request, "progress/value.html", context, status=status)
