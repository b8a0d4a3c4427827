"""Periods of a plan, who has reported in each, late grants; stages, documents to be issued, money."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from chuangwen.cores.errors import Denied, Hidden
from chuangwen.kit import clock
from chuangwen.kit.http import posted, whole_number
from chuangwen.orgs.actors import Request

from .. import access, actions
from ..forms.settings import BudgetForm, GateForm, GrantForm, MilestoneForm, OpenForm, ReachForm
from ..queries import settings as queries
from .pages import file_answer, plan_page
from .settings import _form_page

PAGE_ROWS = 50


@require_http_methods(["GET", "POST"])
def periods(request: Request, plan_id: int) -> HttpResponse:
    """Periods that were opened; the office opens one before the clock does."""
    following = access.following_of(request.actor, plan_id)
    beats = [(beat.pk, str(beat)) for beat in queries.beats_of(following)]
    form = OpenForm(posted(request), initial={"day": clock.today()}, beats=beats)
    if request.method == "POST":
        access.require_keeper(request.actor)
        if form.is_valid():
            period = actions.open_period(actor=request.actor, now=clock.now(), **form.cleaned_data)
            return redirect("progress:period", period.pk)
    page = Paginator(queries.periods_of(request.actor, plan_id), PAGE_ROWS).get_page(request.GET.get("page"))
    return plan_page(
        request,
        "progress/periods.html",
        following,
        "periods",
        status=422 if form.errors else 200,
        page=page,
        form=form,
    )


@require_GET
def period(request: Request, period_id: int) -> HttpResponse:
    """Who has reported, who has not, who never did: units in the actor's reach."""
    found = access.one_period(request.actor, period_id)
    following = access.following_of(request.actor, found.beat.following.plan_id)
    if not access.names_units(request.actor):
        raise Denied
    lines = queries.reported(request.actor, found, clock.now())
    missing = [line for line in lines if not line.report.handed_in_at]
    return plan_page(
        request,
        "progress/period.html",
        following,
        "periods",
        period=found,
        lines=lines,
        missing=missing,
        never=[line for line in missing if line.never],
        locked=clock.now() > found.lock_at,
    )


@require_http_methods(["GET", "POST"])
def grant(request: Request, report_id: int) -> HttpResponse:
    """Open a locked report again."""
    report = access.one_report(request.actor, report_id)
    access.require_keeper(request.actor)
    following = access.following_of(request.actor, report.period.beat.following.plan_id)
    form = GrantForm(posted(request))

    def keep(values: dict[str, Any]) -> HttpResponse:
        actions.grant_late(actor=request.actor, report_id=report_id, now=clock.now(), **values)
        return redirect("progress:period", report.period_id)

    heading = _("Open the report of %(unit)s again") % {"unit": report.unit}
    return _form_page(request, following, form, keep, "periods", heading, "progress:periods")


@require_http_methods(["GET", "POST"])
def milestones(request: Request, plan_id: int) -> HttpResponse:
    """Documents to be issued: open until number, day and file are in."""
    following = access.following_of(request.actor, plan_id)
    promises = queries.promises_of(following)
    form = MilestoneForm(posted(request), tasks=queries.task_choices(promises))
    if request.method == "POST":
        access.require_keeper(request.actor)
        if form.is_valid():
            actions.add_milestone(actor=request.actor, plan_id=plan_id, **form.cleaned_data)
            return redirect("progress:milestones", plan_id)
    lines = queries.milestone_lines(request.actor, following, promises, clock.today())
    return plan_page(
        request,
        "progress/milestones.html",
        following,
        "milestones",
        status=422 if form.errors else 200,
        lines=lines,
        done=sum(not line.lacks for line in lines),
        form=form,
    )


@require_http_methods(["GET", "POST"])
def milestone(request: Request, milestone_id: int) -> HttpResponse:
    found = access.milestone_for_change(request.actor, milestone_id)
    following = access.following_of(request.actor, found.following.plan_id)
    names = ("version", "document_number", "issued_on")
    form = ReachForm(
        posted(request), request.FILES or None, initial={name: getattr(found, name) for name in names}
    )

    def keep(values: dict[str, Any]) -> HttpResponse:
        upload = values.pop("file")
        file = actions.File(upload.name, upload.read()) if upload else None
        actions.reach_milestone(
            actor=request.actor, milestone_id=milestone_id, file=file, now=clock.now(), **values
        )
        return redirect("progress:milestones", following.plan_id)

    return _form_page(
        request,
        following,
        form,
        keep,
        "milestones",
        found.title,
        "progress:milestones",
        template="progress/milestone.html",
        milestone=found,
    )


@require_GET
def milestone_file(request: Request, milestone_id: int) -> HttpResponse:
    found = access.one_milestone(request.actor, milestone_id)
    if not found.sha256:
        raise Hidden
    return file_answer(found.file_name, found.sha256, "application/octet-stream")


@require_POST
def remove_milestone(request: Request, milestone_id: int) -> HttpResponse:
    found = access.milestone_for_change(request.actor, milestone_id)
    version = whole_number(request.POST.get("version", "")) or 0
    actions.remove_milestone(actor=request.actor, milestone_id=milestone_id, version=version)
    return redirect("progress:milestones", found.following.plan_id)


@require_GET
def budgets(request: Request, plan_id: int) -> HttpResponse:
    """Money of the tasks by year: planned, paid, rest; what nobody entered is unknown."""
    following = access.following_of(request.actor, plan_id)
    lines = queries.money(following, queries.promises_of(following))
    return plan_page(
        request,
        "progress/budgets.html",
        following,
        "budgets",
        lines=lines,
        years=[one.year for one in lines[0].years] if lines else [],
        total=queries.money_total(lines),
    )


@require_http_methods(["GET", "POST"])
def budget(request: Request, plan_id: int, key: str, year: int) -> HttpResponse:
    following = access.following_for_change(request.actor, plan_id)
    task, known = queries.budget_known(following, key, year)
    form = BudgetForm(posted(request), initial=known)

    def keep(values: dict[str, Any]) -> HttpResponse:
        version = values.pop("version") or 0
        actions.set_budget(
            actor=request.actor, plan_id=plan_id, task_id=task.id, year=year, version=version, **values
        )
        return redirect("progress:budgets", plan_id)

    heading = _("%(task)s in %(year)s") % {"task": task.row.title, "year": year}
    return _form_page(request, following, form, keep, "budgets", heading, "progress:budgets")


@require_GET
def stages(request: Request, plan_id: int) -> HttpResponse:
    """Stages of the plan: what each wanted, what is true, and what a named person found."""
    following = access.following_of(request.actor, plan_id)
    lines = queries.gate_lines(following, clock.today())
    decides = access.decides(request.actor)
    return plan_page(request, "progress/stages.html", following, "stages", lines=lines, decides=decides)


@require_http_methods(["GET", "POST"])
def gate(request: Request, gate_id: int) -> HttpResponse:
    """A leader or the office says whether the stage was reached."""
    found = access.gate_for_decision(request.actor, gate_id)
    following = access.following_of(request.actor, found.following.plan_id)
    form = GateForm(posted(request), initial={"version": found.version, "words": found.words})

    def keep(values: dict[str, Any]) -> HttpResponse:
        actions.decide_gate(actor=request.actor, gate_id=gate_id, now=clock.now(), **values)
        messages.success(request, _("The decision is recorded."))
        return redirect("progress:stages", following.plan_id)

    return _form_page(request, following, form, keep, "stages", found.title, "progress:stages")
