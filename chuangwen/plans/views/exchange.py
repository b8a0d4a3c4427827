"""The task breakdown table as XLSX, out and in; the plan as JSON, out and in."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET, require_POST

from chuangwen.cores.errors import BadInput
from chuangwen.kit import clock
from chuangwen.orgs.actors import Request

from .. import access, actions, exchange, queries
from ..forms import FileForm
from .pages import _version

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_GET
def table_out(request: Request, plan_id: int) -> HttpResponse:
    version = _version(request, plan_id)
    name = f"{version.title or version.plan.title}任务分解表(第{version.number or 0}版).xlsx"
    return _download(exchange.table_out(request.actor, version.pk), name, XLSX)


@require_GET
def json_out(request: Request, plan_id: int) -> HttpResponse:
    version = _version(request, plan_id)
    return _download(
        exchange.json_out(request.actor, plan_id), f"{version.plan.title}.json", "application/json"
    )


def bring_in_table(request: Request, plan_id: int) -> HttpResponse:
    """Take the edited table back: its changes become proposals in a draft, its faults are listed by row."""
    version = queries.version_of(request.actor, plan_id)
    access.require_keeper(request.actor)
    posted = request.method == "POST"
    form = FileForm(request.POST if posted else None, request.FILES if posted else None)
    errors: object = []
    if posted and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            draft = actions.bring_in_table(
                actor=request.actor, plan_id=plan_id, name=file.name, data=file.read(), now=clock.now()
            )
        except BadInput as error:
            if error.code != "plans.table_errors":
                raise
            errors = error.params["errors"]
        else:
            return redirect("plans:review", draft.pk)
    status = 422 if posted else 200
    context = {"version": version, "plan": version.plan, "form": form, "errors": errors, "tab": "versions"}
    return render(request, "plans/bring_in_table.html", context, status=status)


@require_POST
def bring_in_json(request: Request) -> HttpResponse:
    access.require_keeper(request.actor)
    form = FileForm(request.POST, request.FILES)
    if not form.is_valid():
        raise BadInput("plans.file_missing")
    plan = actions.bring_in_json(actor=request.actor, data=form.cleaned_data["file"].read(), now=clock.now())
    return redirect("plans:overview", plan.pk)


def _download(data: bytes, name: str, content_type: str) -> HttpResponse:
    return HttpResponse(
        data,
        content_type=content_type,
        headers={"Content-Disposition": content_disposition_header(True, name) or "attachment"},
    )
