"""Systems as files: out, and in again: first what a file would change is shown, then it takes its place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core import signing
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from chuangwen.cores.errors import BadInput, NotAllowedNow, Stale
from chuangwen.kit import clock, files
from chuangwen.kit.http import posted
from chuangwen.orgs.actors import Request

from .. import access, actions, queries
from ..actions.tables import seen_of
from ..exchange import workbook
from ..exchange.reading import incoming, known_tree
from ..exchange.table import LIMITS
from ..forms import FileForm, TakeOverForm
from ..rules.checks import faults
from ..rules.differences import differences
from ..telling import cell_line, change_lines, fault_line
from .form_page import GET_OR_POST, add_refusal, at_version

if TYPE_CHECKING:
    from ..models import SystemVersion

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SALT = "standards.file"
KEPT_FOR = 24 * 3600  # seconds in which what was shown may be taken over
SHOWN = 300


@require_GET
def template(request: Request) -> HttpResponse:
    access.require_seen(request.actor)
    title = "测评体系导入模板"
    return _download(workbook.template(title), title)


@require_GET
def table_out(request: Request, version_id: int) -> HttpResponse:
    found = access.one_version(request.actor, version_id)
    tree = queries.tree(version_id)
    units = queries.unit_names(request.actor, [tree])
    data = workbook.write(found.system.name, tree, {key: unit.name for key, unit in units.items()})
    return _download(data, str(found))


@GET_OR_POST
def bring_in(request: Request, version_id: int) -> HttpResponse:
    draft = access.version_for_change(request.actor, version_id)
    if draft.number is not None:
        raise NotAllowedNow("standards.published")
    types = [(one.id, one.name) for one in queries.types_of(draft.system.jurisdiction_id)]
    form = FileForm(posted(request), request.FILES or None, types=types)
    if request.method != "POST":
        return _page(request, draft, form)
    if "held" in request.POST:
        return _take_over(request, draft, form)
    if not form.is_valid():
        return _page(request, draft, form, status=422)
    file = form.cleaned_data["file"]
    data = file.read(LIMITS.most_bytes + 1)
    held = {
        "name": file.name,
        "method": form.cleaned_data["method"],
        "type_ids": form.cleaned_data["types"],
    }
    try:
        return _preview(request, draft, form, held, data)
    except BadInput as error:
        add_refusal(form, error)
        return _page(request, draft, form, status=422)


def _preview(
    request: Request,
    draft: SystemVersion,
    form: FileForm,
    held: dict[str, Any],
    data: bytes,
    *,
    again: bool = False,
) -> HttpResponse:
    found = incoming(
        draft,
        held["name"],
        data,
        today=clock.today(),
        method=held["method"],
        type_ids=held["type_ids"],
    )
    if found.errors:
        errors = [cell_line(one) for one in found.errors]
        more = {"errors": errors[:SHOWN], "n_errors": len(errors), "held": held}
        return _page(request, draft, form, status=422, **more)
    known = known_tree(draft)
    tree = found.tree(known)
    units = queries.unit_names(request.actor, [known, tree])
    lines = [line for change in differences(known, tree) for line in change_lines(change, units)]
    wrong = [fault_line(one) for one in faults(tree)]
    kept = {**held, "sha256": files.put(data), "version": draft.version, "draft": draft.pk}
    return _page(
        request,
        draft,
        form,
        status=409 if again else 200,
        held=held,
        token=signing.dumps(kept, salt=SALT),
        seen=seen_of(draft, found),
        nodes=len(found.nodes),
        standards=len(tree.standards),
        items=len(found.items),
        changes=lines[:SHOWN],
        n_changes=len(lines),
        faults=wrong[:SHOWN],
        n_faults=len(wrong),
        left_out=found.left_out[:SHOWN],
        again=again,
    )


def _take_over(request: Request, draft: SystemVersion, form: FileForm) -> HttpResponse:
    given = TakeOverForm(request.POST)
    if not given.is_valid():
        raise BadInput("standards.preview_old")
    try:
        held = signing.loads(given.cleaned_data["held"], salt=SALT, max_age=KEPT_FOR)
        data = files.read(held["sha256"])
    except (signing.BadSignature, FileNotFoundError):
        raise BadInput("standards.preview_old") from None
    if held["draft"] != draft.pk:
        raise BadInput("standards.preview_old")
    try:
        actions.bring_in(
            actor=request.actor,
            version_id=draft.pk,
            version=held["version"],
            name=held["name"],
            data=data,
            seen=given.cleaned_data["seen"],
            today=clock.today(),
            method=held["method"],
            type_ids=held["type_ids"],
        )
    except Stale:
        draft.refresh_from_db()
        return _preview(request, draft, form, held, data, again=True)
    messages.success(request, _("The file was taken over into the draft."))
    return redirect("standards:version", draft.pk)


def _page(
    request: Request, draft: SystemVersion, form: FileForm, *, status: int = 200, **found: object
) -> HttpResponse:
    back = reverse("standards:version", args=[draft.pk])
    context = {"version": draft, "form": form, "crumbs": at_version(draft), "back": back, **found}
    return render(request, "standards/bring_in.html", context, status=status)


def _download(data: bytes, name: str) -> HttpResponse:
    disposition = content_disposition_header(True, f"{workbook.file_name(name)}.xlsx") or "attachment"
    return HttpResponse(data, content_type=XLSX, headers={"Content-Disposition": disposition})
