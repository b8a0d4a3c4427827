"""The negative list. To who does not see it there is no such page."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from chuangwen.kit import clock, formats
from chuangwen.kit.http import posted
from chuangwen.orgs.access import jurisdiction
from chuangwen.orgs.actors import Request
from chuangwen.orgs.tree import label

from .. import actions, queries
from .. import negative_access as access
from ..actions import NegativeValues
from ..forms import NegativeForm, OccurrenceForm, VersionForm, WeightField, WithdrawForm
from .form_page import GET_OR_POST, Crumbs, FormPage, at_systems, form_page, valid


@require_GET
def negative_list(request: Request) -> HttpResponse:
    access.require_seen(request.actor)
    lines = queries.negative_lines(request.actor, clock.today())
    context = {
        "lines": lines,
        "counting": sum(bool(line.days_left) for line in lines),
        "reports": queries.negative_reports(request.actor),
        "keeps": access.keeps_list(request.actor),
        "crumbs": at_systems(),
    }
    return render(request, "standards/negative.html", context)


@GET_OR_POST
def add_negative(request: Request) -> HttpResponse:
    access.require_keeper(request.actor)
    form = NegativeForm(posted(request), initial={"starts_on": clock.today()}, actor=request.actor)

    def add() -> HttpResponse:
        item = actions.add_negative(
            actor=request.actor, jurisdiction_id=jurisdiction(request.actor).pk, values=_values(form)
        )
        return redirect("standards:negative_item", item.pk)

    return form_page(request, form, add, FormPage(_("Add to the negative list"), _("Add"), _crumbs()))


@GET_OR_POST
def negative_item(request: Request, item_id: int) -> HttpResponse:
    """What happened; a POST says that it did."""
    item = access.one_item(request.actor, item_id)
    today = clock.today()
    form = OccurrenceForm(posted(request), initial={"happened_on": today})

    def tell() -> HttpResponse:
        actions.tell_occurrence(actor=request.actor, item_id=item_id, now=clock.now(), **form.cleaned_data)
        messages.success(request, _("It was recorded."))
        return redirect("standards:negative_item", item_id)

    page = FormPage(item.title, _("Record"), _crumbs(), template="standards/negative_item.html")
    occurrences = queries.occurrences_of(request.actor, item, today)
    return form_page(
        request, form, tell, page, item=item, occurrences=occurrences, keeps=access.keeps_list(request.actor)
    )


@GET_OR_POST
def change_negative(request: Request, item_id: int) -> HttpResponse:
    item = access.item_for_change(request.actor, item_id)
    names = ("version", "number", "title", "level", "window_months", "starts_on", "ended_on")
    known = {name: getattr(item, name) for name in names}
    known |= {"owner": label(item.owner), "deduct_milli": WeightField.shown(item.deduct_milli)}
    form = NegativeForm(posted(request), initial=known, actor=request.actor)

    def change() -> HttpResponse:
        actions.change_negative(
            actor=request.actor,
            item_id=item_id,
            version=form.cleaned_data["version"] or 0,
            values=_values(form),
        )
        return redirect("standards:negative_item", item_id)

    crumbs = [*_crumbs(), (item.title, reverse("standards:negative_item", args=[item_id]))]
    return form_page(request, form, change, FormPage(_("Change the item"), _("Save"), crumbs))


@GET_OR_POST
def withdraw_occurrence(request: Request, occurrence_id: int) -> HttpResponse:
    found = access.occurrence_to_withdraw(request.actor, occurrence_id)
    form = WithdrawForm(posted(request), initial={"version": found.version})

    def withdraw() -> HttpResponse:
        actions.withdraw_occurrence(
            actor=request.actor, occurrence_id=occurrence_id, now=clock.now(), **form.cleaned_data
        )
        return redirect("standards:negative_item", found.item_id)

    address = reverse("standards:negative_item", args=[found.item_id])
    page = FormPage(
        _("Withdraw"),
        _("Withdraw"),
        [*_crumbs(), (found.item.title, address)],
        formats.day(found.happened_on),
    )
    return form_page(request, form, withdraw, page)


@require_GET
def negative_report(request: Request, report_id: int) -> HttpResponse:
    """The report of a month: nothing happened, or on which item it did."""
    report = access.one_report(request.actor, report_id)
    lines = [
        line
        for line in queries.negative_lines(request.actor, clock.today())
        if line.item.owner_id == report.unit_id
    ]
    context = {
        "report": report,
        "lines": lines,
        "says": access.says(request.actor, report) and report.happened is None,
        "crumbs": _crumbs(),
    }
    return render(request, "standards/negative_report.html", context)


@require_POST
def report_nothing(request: Request, report_id: int) -> HttpResponse:
    access.report_to_say(request.actor, report_id)
    given = valid(VersionForm(request.POST))
    actions.report_nothing(
        actor=request.actor, report_id=report_id, version=given["version"], now=clock.now()
    )
    messages.success(request, _("The zero report was given."))
    return redirect("standards:negative_report", report_id)


def _values(form: NegativeForm) -> NegativeValues:
    given = {name: value for name, value in form.cleaned_data.items() if name != "version"}
    return NegativeValues(owner_id=given.pop("owner").pk, **given)


def _crumbs() -> Crumbs:
    return [*at_systems(), (_("Negative list"), reverse("standards:negative_list"))]
