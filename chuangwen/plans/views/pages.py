"""A plan and what is in it: every page of one version, and its printed sheets."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote as url_quote

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET, require_POST

from chuangwen.cores.errors import Hidden
from chuangwen.kit import clock, files, http
from chuangwen.orgs.actors import Request

from .. import access, actions, queries
from ..forms import AmendForm

if TYPE_CHECKING:
    from ..models import PlanVersion

PAGE_ROWS = 50


def _version(request: Request, plan_id: int) -> PlanVersion:
    """The version in force, or the one that `?version=` names."""
    number = http.whole_number(request.GET.get("version", ""))
    return queries.version_of(request.actor, plan_id, number)


def _page(
    request: Request, template: str, version: PlanVersion, tab: str, status: int = 200, **found: object
) -> HttpResponse:
    """Render one page of a version; `keep` is what every link of the page carries on."""
    number = request.GET.get("version", "")
    context = {
        "version": version,
        "plan": version.plan,
        "tab": tab,
        "keep": f"?version={url_quote(number)}" if number else "",
        "may_edit": access.keeps_plans(request.actor),
        "today": clock.today(),
        **found,
    }
    return render(request, template, context, status=status)


@require_GET
def overview(request: Request, plan_id: int) -> HttpResponse:
    version = _version(request, plan_id)
    return _page(
        request, "plans/overview.html", version, "overview", found=queries.overview(request.actor, version.pk)
    )


@require_GET
def program(request: Request, plan_id: int, key: str) -> HttpResponse:
    version = _version(request, plan_id)
    found = queries.program_page(request.actor, version.pk, key)
    return _page(request, "plans/program.html", version, "overview", found=found)


@require_GET
def task(request: Request, plan_id: int, key: str) -> HttpResponse:
    version = _version(request, plan_id)
    found = queries.task_page(request.actor, version.pk, key)
    return _page(request, "plans/task.html", version, "find", found=found)


@require_GET
def indicator(request: Request, plan_id: int, key: str) -> HttpResponse:
    version = _version(request, plan_id)
    found = queries.indicator_page(request.actor, version.pk, key)
    earlier = [past for past in found.history if past.version.number and past.version != version]
    return _page(request, "plans/indicator.html", version, "find", found=found, earlier=earlier)


@require_GET
def unit_letter(request: Request, plan_id: int, unit_id: int) -> HttpResponse:
    """任务书: what the plan asks of one unit, on a sheet that prints."""
    version = _version(request, plan_id)
    found = queries.unit_letter(request.actor, version.pk, unit_id)
    waits = queries.letter_waits(request.actor, version, unit_id)
    return _page(request, "plans/unit_letter.html", version, "letters", found=found, waits=waits)


@require_POST
def acknowledge(request: Request, plan_id: int) -> HttpResponse:
    """My unit has received its task letter."""
    version = queries.version_of(request.actor, plan_id)
    actions.acknowledge_letter(actor=request.actor, version_id=version.pk, now=clock.now())
    return redirect("plans:unit_letter", plan_id, request.actor.unit_id)


@require_GET
def my_letter(request: Request) -> HttpResponse:
    """The task letter of my own unit: of the one plan in force, or a choice where there are several."""
    unit_id = request.actor.unit_id
    plans = [line.plan for line in queries.plan_list(request.actor) if line.in_force]
    if len(plans) == 1 and unit_id is not None:
        return redirect("plans:unit_letter", plans[0].pk, unit_id)
    return render(request, "plans/my_letter.html", {"plans": plans, "unit_id": unit_id})


@require_GET
def leader(request: Request, plan_id: int) -> HttpResponse:
    version = _version(request, plan_id)
    found = queries.leader_page(request.actor, version.pk, request.GET.get("name", ""))
    return _page(request, "plans/leader.html", version, "letters", found=found)


@require_GET
def calendar(request: Request, plan_id: int) -> HttpResponse:
    version = _version(request, plan_id)
    months = queries.calendar(request.actor, version.pk, clock.today())
    return _page(request, "plans/calendar.html", version, "calendar", months=months)


@require_GET
def timeline(request: Request, plan_id: int) -> HttpResponse:
    version = _version(request, plan_id)
    found = queries.timeline(request.actor, version.pk)
    return _page(request, "plans/timeline.html", version, "timeline", found=found)


@require_GET
def goals(request: Request, plan_id: int) -> HttpResponse:
    version = _version(request, plan_id)
    counties = queries.county_goals(request.actor, version.pk)
    return _page(request, "plans/goals.html", version, "goals", counties=counties)


@require_GET
def find(request: Request, plan_id: int) -> HttpResponse:
    version = _version(request, plan_id)
    wanted = queries.Filter.from_query(request.GET)
    found = queries.find(request.actor, version.pk, wanted)
    lines = found.indicators if wanted.kind == "indicator" else found.tasks
    page = Paginator(lines, PAGE_ROWS).get_page(request.GET.get("page"))
    return _page(request, "plans/find.html", version, "find", found=found, page=page, wanted=wanted)


@require_GET
def document(request: Request, plan_id: int) -> HttpResponse:
    """The document with what was read marked in it; `?from=&to=` is the place that a figure came from."""
    version = _version(request, plan_id)
    of = http.whole_number(request.GET.get("of", ""))
    found = queries.document_page(request.actor, version.pk, of)
    start, end = (http.whole_number(request.GET.get(name, "")) for name in ("from", "to"))
    here = (0, 0) if start is None or end is None else (start, end)
    return _page(request, "plans/document.html", version, "document", found=found, here=here)


@require_GET
def original(request: Request, plan_id: int) -> HttpResponse:
    """The file as it was handed in, always as a download; a plan brought in as JSON has only its text."""
    document = queries.document_page(request.actor, _version(request, plan_id).pk).document
    try:
        data = files.read(document.sha256)
    except FileNotFoundError:
        raise Hidden("plans.original_missing") from None
    return HttpResponse(
        data,
        content_type="application/octet-stream",
        headers={"Content-Disposition": content_disposition_header(True, document.name) or "attachment"},
    )


@require_GET
def versions(request: Request, plan_id: int) -> HttpResponse:
    version = _version(request, plan_id)
    lines = queries.versions_of(request.actor, plan_id)
    return _page(request, "plans/versions.html", version, "versions", lines=lines, form=AmendForm())


@require_POST
def amend(request: Request, plan_id: int) -> HttpResponse:
    """Begin a new version of the plan in force, with a reason."""
    version = queries.version_of(request.actor, plan_id)
    access.require_keeper(request.actor)
    form = AmendForm(request.POST)
    if form.is_valid():
        draft = actions.amend(
            actor=request.actor, plan_id=plan_id, reason=form.cleaned_data["reason"], now=clock.now()
        )
        return redirect("plans:review", draft.pk)
    lines = queries.versions_of(request.actor, plan_id)
    return _page(request, "plans/versions.html", version, "versions", status=422, lines=lines, form=form)
