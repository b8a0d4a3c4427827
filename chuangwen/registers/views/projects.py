"""Project lists: what is planned, how far it is, what was measured before and after."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from chuangwen.cores.errors import BadInput
from chuangwen.kit import clock
from chuangwen.kit.http import posted, whole_number
from chuangwen.orgs.access import jurisdiction
from chuangwen.orgs.actors import Request
from chuangwen.orgs.tree import label

from .. import access, actions, queries
from ..forms import ListForm, MeasureForm, ProjectForm, StepForm, VersionForm
from ..rules.projects import ProjectState, moves_from
from ..wording import tally_judgement
from .form_page import FormPage, add_refusal, at_project, at_project_list, form_page, parse_day

PROJECTS_ON_A_PAGE = 50
GET_OR_POST = require_http_methods(["GET", "POST"])


@GET_OR_POST
def add_project_list(request: Request) -> HttpResponse:
    access.require_beginner(request.actor)
    form = ListForm(posted(request), actor=request.actor)

    def add() -> HttpResponse:
        city = jurisdiction(request.actor)
        found = actions.add_project_list(
            actor=request.actor, jurisdiction_id=city.pk, **form.arguments("keeper")
        )
        return redirect("registers:project_list", found.pk)

    return form_page(request, form, add, FormPage(_("Begin a project list"), _("Begin"), []))


@GET_OR_POST
def change_project_list(request: Request, list_id: int) -> HttpResponse:
    found = access.project_list_for_change(request.actor, list_id)
    known = {name: getattr(found, name) for name in ("version", "name", "noun", "announced")}
    form = ListForm(
        posted(request),
        initial=known | {"keeper": label(found.keeper)},
        actor=request.actor,
        keeper_fixed=not access.begins_lists(request.actor),
    )

    def change() -> HttpResponse:
        actions.change_project_list(actor=request.actor, list_id=list_id, **form.arguments("keeper"))
        return redirect("registers:project_list", list_id)

    page = FormPage(_("Change the head of the list"), _("Save"), at_project_list(found))
    return form_page(request, form, change, page)


@require_GET
def project_list(request: Request, list_id: int) -> HttpResponse:
    """The projects of the city or of `?unit=`, today or on the day `?on=`; of one `?state=` alone."""
    found = access.one_project_list(request.actor, list_id)
    today = clock.today()
    book = queries.project_book(found, parse_day(request.GET.get("on", "")) or today)
    unit = queries.unit_in(request.actor, found, whole_number(request.GET.get("unit", "")))
    state = request.GET.get("state", "")
    state = state if state in set(ProjectState) else ""
    page = Paginator(book.lines(unit.path, state), PROJECTS_ON_A_PAGE).get_page(request.GET.get("page"))
    tally = book.within(unit.path)
    context = {
        "list": found,
        "unit": unit,
        "whole": unit.pk == found.jurisdiction_id,
        "day": book.day,
        "today": today,
        "tally": tally,
        "judgement": tally_judgement(tally),
        "states": queries.states(),
        "state": state,
        "page": page,
        "keeps": access.keeps(request.actor, found),
        "empty": not book.projects,
    }
    return render(request, "registers/project_list.html", context)


@require_POST
def remove_project_list(request: Request, list_id: int) -> HttpResponse:
    found = access.project_list_for_change(request.actor, list_id)
    form = VersionForm(request.POST)
    if not form.is_valid():
        raise BadInput
    actions.remove_project_list(actor=request.actor, list_id=list_id, **form.cleaned_data)
    messages.success(request, _("%(name)s was removed.") % {"name": found})
    return redirect("registers:lists")


@GET_OR_POST
def add_project(request: Request, list_id: int) -> HttpResponse:
    found = access.project_list_for_change(request.actor, list_id)
    form = ProjectForm(posted(request), actor=request.actor)

    def add() -> HttpResponse:
        project = actions.add_project(actor=request.actor, list_id=list_id, **form.arguments("unit"))
        messages.success(request, _("%(name)s was added.") % {"name": project})
        return redirect("registers:project_list", list_id)

    return form_page(request, form, add, FormPage(_("Add a project"), _("Add"), at_project_list(found)))


@require_GET
def project(request: Request, project_id: int) -> HttpResponse:
    access.one_project(request.actor, project_id)
    return _page(request, project_id)


@GET_OR_POST
def change_project(request: Request, project_id: int) -> HttpResponse:
    found = access.project_for_change(request.actor, project_id)
    known = {name: getattr(found, name) for name in ("version", "name", "planned_on", "note")}
    form = ProjectForm(posted(request), initial=known | {"unit": label(found.unit)}, actor=request.actor)

    def change() -> HttpResponse:
        actions.change_project(actor=request.actor, project_id=project_id, **form.arguments("unit"))
        return redirect("registers:project", project_id)

    return form_page(request, form, change, FormPage(_("Change the project"), _("Save"), at_project(found)))


@require_POST
def start(request: Request, project_id: int) -> HttpResponse:
    return _step(request, project_id, "start", StepForm(request.POST), actions.start_project)


@require_POST
def finish(request: Request, project_id: int) -> HttpResponse:
    return _step(request, project_id, "finish", StepForm(request.POST), actions.finish_project)


@require_POST
def reopen(request: Request, project_id: int) -> HttpResponse:
    return _step(request, project_id, "reopen", VersionForm(request.POST), actions.reopen_project)


@require_POST
def measure(request: Request, project_id: int) -> HttpResponse:
    access.project_to_move(request.actor, project_id)
    form = MeasureForm(request.POST)
    if form.is_valid():
        try:
            actions.measure_project(actor=request.actor, project_id=project_id, **form.cleaned_data)
        except BadInput as error:
            add_refusal(form, error)
        else:
            return redirect("registers:project", project_id)
    return _page(request, project_id, measure=form)


@require_POST
def remove(request: Request, project_id: int) -> HttpResponse:
    found = access.project_for_change(request.actor, project_id)
    form = VersionForm(request.POST)
    if not form.is_valid():
        raise BadInput
    actions.remove_project(actor=request.actor, project_id=project_id, **form.cleaned_data)
    messages.success(request, _("%(name)s was removed.") % {"name": found})
    return redirect("registers:project_list", found.list_id)


def _step(
    request: Request, project_id: int, name: str, form: VersionForm, take: Callable[..., object]
) -> HttpResponse:
    """Take the step, or show the page with what is wrong in the form of that step."""
    access.project_to_move(request.actor, project_id)
    if form.is_valid():
        try:
            take(actor=request.actor, project_id=project_id, today=clock.today(), **form.cleaned_data)
        except BadInput as error:
            add_refusal(form, error)
        else:
            return redirect("registers:project", project_id)
    return _page(request, project_id, **{name: form})


def _page(request: Request, project_id: int, **bound: forms.Form) -> HttpResponse:
    """One project with the steps it may take; a `bound` form stands in, with what is wrong."""
    found = access.one_project(request.actor, project_id)
    today = clock.today()
    moves = moves_from(found.state)
    known: dict[str, Any] = {"version": found.version, "on": today}
    measured = {name: getattr(found, name) for name in ("measure_name", "measure_unit", "before", "after")}
    own_forms: dict[str, forms.Form] = {
        "measure": MeasureForm(initial=known | measured, auto_id="measure_%s"),
        "start": StepForm(initial=known, auto_id="start_%s"),
        "finish": StepForm(initial=known, auto_id="finish_%s"),
        "reopen": VersionForm(initial=known, auto_id="reopen_%s"),
    }
    context = {
        "project": found,
        "list": found.list,
        "line": queries.project_line(found, today),
        "moves": moves,
        "keeps": access.keeps(request.actor, found.list),
        "may_move": access.says(request.actor, found.list, found.unit),
        "forms": own_forms | bound,
    }
    return render(request, "registers/project.html", context, status=422 if bound else 200)
