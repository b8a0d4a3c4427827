"""The lists of a city; one register: how its members stand, what is said of them."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from chuangwen.cores.errors import BadInput, Hidden
from chuangwen.kit import clock
from chuangwen.kit.http import posted, whole_number
from chuangwen.orgs.access import jurisdiction
from chuangwen.orgs.actors import Request
from chuangwen.orgs.tree import label

from .. import access, actions, queries
from ..forms import ColumnForm, ListForm, MarkForm, MemberForm, VersionForm
from ..wording import judgement, tally_judgement
from .form_page import FormPage, add_refusal, at_member, at_register, form_page, parse_day

if TYPE_CHECKING:
    from ..models import Register

MEMBERS_ON_A_PAGE = 50
GET_OR_POST = require_http_methods(["GET", "POST"])


@require_GET
def lists(request: Request) -> HttpResponse:
    access.require_seen(request.actor)
    today = clock.today()
    registers = queries.register_lines(request.actor, today)
    project_lists = queries.project_list_lines(request.actor, today)
    context = {
        "registers": [(line, judgement(line.coverage, line.register.noun)) for line in registers],
        "project_lists": [(line, tally_judgement(line.tally)) for line in project_lists],
        "begins": access.begins_lists(request.actor),
    }
    return render(request, "registers/lists.html", context)


@GET_OR_POST
def add_register(request: Request) -> HttpResponse:
    access.require_beginner(request.actor)
    form = ListForm(posted(request), actor=request.actor)

    def add() -> HttpResponse:
        city = jurisdiction(request.actor)
        register = actions.add_register(
            actor=request.actor, jurisdiction_id=city.pk, **form.arguments("keeper")
        )
        return redirect("registers:register", register.pk)

    return form_page(request, form, add, FormPage(_("Begin a register"), _("Begin"), []))


@GET_OR_POST
def change_register(request: Request, register_id: int) -> HttpResponse:
    register = access.register_for_change(request.actor, register_id)
    known = {name: getattr(register, name) for name in ("version", "name", "noun", "announced")}
    form = ListForm(
        posted(request),
        initial=known | {"keeper": label(register.keeper)},
        actor=request.actor,
        keeper_fixed=not access.begins_lists(request.actor),
    )

    def change() -> HttpResponse:
        actions.change_register(actor=request.actor, register_id=register_id, **form.arguments("keeper"))
        return redirect("registers:register", register_id)

    page = FormPage(_("Change the head of the list"), _("Save"), at_register(register))
    return form_page(request, form, change, page)


@require_GET
def register(request: Request, register_id: int) -> HttpResponse:
    """How the members stand: of the city or of `?unit=`, today or `?on=` a day; `?missing=1` who lacks."""
    found = access.one_register(request.actor, register_id)
    today = clock.today()
    day = parse_day(request.GET.get("on", "")) or today
    book = queries.book(found, day)
    unit = queries.unit_in(request.actor, found, whole_number(request.GET.get("unit", "")))
    coverage = book.within(unit.path)
    missing = request.GET.get("missing") == "1"
    standings = coverage.not_covered if missing else list(coverage.standings)
    page = Paginator(standings, MEMBERS_ON_A_PAGE).get_page(request.GET.get("page"))
    says = [
        (line, day == today and access.says(request.actor, found, line.member.unit))
        for line in map(book.line, page)
    ]
    context = {
        "register": found,
        "columns": book.shown_columns,
        "day": day,
        "today": today,
        "unit": unit,
        "whole": unit.pk == found.jurisdiction_id,
        "coverage": coverage,
        "judgement": judgement(coverage, found.noun),
        "areas": queries.areas(request.actor, coverage, unit),
        "missing": missing,
        "page": page,
        "lines": says,
        "closed": book.closed() if unit.pk == found.jurisdiction_id else [],
        "keeps": access.keeps(request.actor, found),
        "empty": not book.members,
    }
    return render(request, "registers/register.html", context)


@require_POST
def remove_register(request: Request, register_id: int) -> HttpResponse:
    found = access.register_for_change(request.actor, register_id)
    form = VersionForm(request.POST)
    if not form.is_valid():
        raise BadInput
    actions.remove_register(actor=request.actor, register_id=register_id, **form.cleaned_data)
    messages.success(request, _("%(name)s was removed.") % {"name": found})
    return redirect("registers:lists")


@GET_OR_POST
def add_column(request: Request, register_id: int) -> HttpResponse:
    register = access.register_for_change(request.actor, register_id)
    form = ColumnForm(posted(request))

    def add() -> HttpResponse:
        values = {name: value for name, value in form.cleaned_data.items() if name != "version"}
        actions.add_column(actor=request.actor, register_id=register_id, **values)
        return redirect("registers:register", register_id)

    return form_page(
        request, form, add, FormPage(_("Ask for one more thing"), _("Add"), at_register(register))
    )


@GET_OR_POST
def change_column(request: Request, column_id: int) -> HttpResponse:
    column = access.column_for_change(request.actor, column_id)
    form = ColumnForm(posted(request), initial=ColumnForm.of(column))

    def change() -> HttpResponse:
        values = form.cleaned_data | {"version": form.cleaned_data["version"] or 0}
        actions.change_column(actor=request.actor, column_id=column_id, **values)
        return redirect("registers:register", column.register_id)

    page = FormPage(_("Change what is asked"), _("Save"), at_register(column.register), column.name)
    return form_page(request, form, change, page)


@GET_OR_POST
def add_member(request: Request, register_id: int) -> HttpResponse:
    register = access.register_for_change(request.actor, register_id)
    form = MemberForm(posted(request), actor=request.actor)

    def add() -> HttpResponse:
        member = actions.add_member(actor=request.actor, register_id=register_id, **form.arguments("unit"))
        messages.success(request, _("%(name)s was added.") % {"name": member})
        return redirect("registers:register", register_id)

    return form_page(request, form, add, FormPage(_("Add a member"), _("Add"), at_register(register)))


@require_GET
def member(request: Request, member_id: int) -> HttpResponse:
    found = access.one_member(request.actor, member_id)
    book = queries.book(found.register, clock.today())
    context = {
        "member": found,
        "register": found.register,
        "line": book.line_of(member_id),
        "keeps": access.keeps(request.actor, found.register),
        "may_mark": access.says(request.actor, found.register, found.unit),
    }
    return render(request, "registers/member.html", context)


@GET_OR_POST
def change_member(request: Request, member_id: int) -> HttpResponse:
    member = access.member_for_change(request.actor, member_id)
    names = ("version", "name", "code", "opened_on", "closed_on")
    known = {name: getattr(member, name) for name in names} | {"unit": label(member.unit)}
    form = MemberForm(posted(request), initial=known, actor=request.actor)

    def change() -> HttpResponse:
        actions.change_member(actor=request.actor, member_id=member_id, **form.arguments("unit"))
        return redirect("registers:member", member_id)

    page = FormPage(_("Rename, move or close"), _("Save"), at_member(member))
    return form_page(request, form, change, page)


@GET_OR_POST
def set_mark(request: Request, member_id: int, column_id: int) -> HttpResponse:
    """Say how it stands: by one click in the table, or here with the day, since when, and a note."""
    member = access.member_to_mark(request.actor, member_id)
    column = access.one_column(request.actor, column_id)
    if column.register_id != member.register_id:
        raise Hidden
    today = clock.today()
    marks = list(queries.marks_of(member, column))
    known: dict[str, Any] = {"version": sum(mark.version for mark in marks), "as_of": today}
    if marks:
        known |= {"state": marks[0].state, "since": marks[0].since, "note": marks[0].note}
    form = MarkForm(posted(request), initial=known, dated=column.dated)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data | {"as_of": form.cleaned_data["as_of"] or today}
        try:
            actions.set_mark(
                actor=request.actor, member_id=member_id, column_id=column_id, today=today, **said
            )
        except BadInput as error:
            add_refusal(form, error)
        else:
            return _after_mark(request, member.register, member_id, today)
    context = {
        "form": form,
        "member": member,
        "column": column,
        "register": member.register,
        "marks": marks,
    }
    return render(request, "registers/mark.html", context, status=422 if form.errors else 200)


def _after_mark(request: Request, register: Register, member_id: int, today: date) -> HttpResponse:
    """The row anew with the sentence above it; without htmx back to the same page of the table."""
    book = queries.book(register, today)
    line = book.line_of(member_id)
    if not request.htmx or line is None:
        query = request.GET.urlencode()
        table = reverse("registers:register", args=[register.pk])
        return redirect(f"{table}?{query}#member-{member_id}" if query else f"{table}#member-{member_id}")
    unit = queries.unit_in(request.actor, register, whole_number(request.GET.get("unit", "")))
    context = {
        "line": line,
        "may_mark": True,
        "judgement": judgement(book.within(unit.path), register.noun),
        "swapped": True,
    }
    return render(request, "registers/_row.html", context)
