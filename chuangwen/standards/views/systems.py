"""Systems, and their versions: begun, drafted, published, compared."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from chuangwen.cores.errors import Hidden
from chuangwen.kit import clock
from chuangwen.kit.http import posted, whole_number
from chuangwen.orgs.access import jurisdiction
from chuangwen.orgs.actors import Request

from .. import access, actions, negative_access, queries
from ..forms import HeadForm, PublishForm, SystemForm, VersionForm, WeightField
from ..rules.checks import faults
from ..rules.differences import differences
from ..telling import change_lines, fault_line
from .form_page import (
    GET_OR_POST,
    FormPage,
    at_system,
    at_systems,
    at_version,
    form_page,
    valid,
    version_name,
)

CHANGES_SHOWN = 500


@require_GET
def systems(request: Request) -> HttpResponse:
    access.require_seen(request.actor)
    context = {
        "lines": list(queries.system_lines(request.actor)),
        "types": queries.point_types(request.actor).count(),
        "edits": access.edits(request.actor),
        "negative": negative_access.sees_list(request.actor),
    }
    return render(request, "standards/systems.html", context)


@GET_OR_POST
def add_system(request: Request) -> HttpResponse:
    access.require_editor(request.actor)
    form = SystemForm(posted(request))

    def add() -> HttpResponse:
        system = actions.add_system(
            actor=request.actor,
            jurisdiction_id=jurisdiction(request.actor).pk,
            name=form.cleaned_data["name"],
            purpose=form.cleaned_data["purpose"],
        )
        return redirect("standards:system", system.pk)

    return form_page(request, form, add, FormPage(_("Begin a system"), _("Begin"), at_systems()))


@require_POST
def take_over_sample(request: Request) -> HttpResponse:
    access.require_editor(request.actor)
    draft = actions.take_over_sample(
        actor=request.actor, jurisdiction_id=jurisdiction(request.actor).pk, today=clock.today()
    )
    messages.success(request, _("The sample is a draft now: change what is different in your city."))
    return redirect("standards:version", draft.pk)


@require_GET
def system(request: Request, system_id: int) -> HttpResponse:
    found = access.one_system(request.actor, system_id)
    versions = list(queries.versions_of(request.actor, found))
    context = {
        "system": found,
        "versions": versions,
        "draft": next((one for one in versions if one.number is None), None),
        "has_published": any(one.number is not None for one in versions),
        "edits": access.edits(request.actor),
        "crumbs": at_systems(),
    }
    return render(request, "standards/system.html", context)


@GET_OR_POST
def change_system(request: Request, system_id: int) -> HttpResponse:
    found = access.system_for_change(request.actor, system_id)
    known = {"version": found.version, "name": found.name, "purpose": found.purpose}
    form = SystemForm(posted(request), initial=known)

    def change() -> HttpResponse:
        actions.change_system(
            actor=request.actor,
            system_id=system_id,
            version=form.cleaned_data["version"] or 0,
            name=form.cleaned_data["name"],
            purpose=form.cleaned_data["purpose"],
        )
        return redirect("standards:system", system_id)

    return form_page(request, form, change, FormPage(_("Change the system"), _("Save"), at_system(found)))


@require_POST
def begin_draft(request: Request, system_id: int) -> HttpResponse:
    draft = actions.begin_draft(
        actor=request.actor, system_id=system_id, empty=request.POST.get("empty") == "1"
    )
    return redirect("standards:version", draft.pk)


@require_GET
def version(request: Request, version_id: int) -> HttpResponse:
    """The tree; with `?node=` what stands in it beside it."""
    found = access.one_version(request.actor, version_id)
    tree = queries.tree(version_id)
    is_draft = found.number is None
    wrong = faults(tree) if is_draft else []
    units = queries.unit_names(request.actor, [tree])
    lines = queries.outline(tree, units, wrong)
    chosen = whole_number(request.GET.get("node", ""))
    here = next((line for line in lines if line.node.id == chosen), None)
    context = {
        "version": found,
        "name": version_name(found),
        "tree": tree,
        "lines": lines,
        "here": here,
        "items": tree.items_of.get(here.node.id, []) if here else [],
        "in_standard": bool(here and here.node.id in tree.standard_at),
        "faults": [fault_line(one) for one in wrong],
        "seen": tree.digest() if is_draft and not wrong else "",
        "types": queries.type_counts(tree),
        "changes": is_draft and access.edits(request.actor),
        "edits": access.edits(request.actor),
        "crumbs": at_system(found.system),
    }
    return render(request, "standards/version.html", context)


@GET_OR_POST
def change_head(request: Request, version_id: int) -> HttpResponse:
    found = access.version_for_change(request.actor, version_id)
    known = {"version": found.version, "sums": found.sums}
    known["total_milli"] = WeightField.shown(found.total_milli)
    form = HeadForm(posted(request), initial=known)

    def change() -> HttpResponse:
        actions.change_head(actor=request.actor, version_id=version_id, **form.cleaned_data)
        return redirect("standards:version", version_id)

    page = FormPage(_("Where weights must add up"), _("Save"), at_version(found))
    return form_page(request, form, change, page)


@require_POST
def discard_draft(request: Request, version_id: int) -> HttpResponse:
    access.version_for_change(request.actor, version_id)
    given = valid(VersionForm(request.POST))
    system = actions.discard_draft(actor=request.actor, version_id=version_id, version=given["version"])
    return redirect("standards:system", system.pk)


@require_POST
def publish(request: Request, version_id: int) -> HttpResponse:
    access.version_for_change(request.actor, version_id)
    seen = valid(PublishForm(request.POST))["seen"]
    published = actions.publish(actor=request.actor, version_id=version_id, seen=seen, now=clock.now())
    messages.success(request, _("Version %(n)s is published.") % {"n": published.number})
    return redirect("standards:version", version_id)


@require_GET
def checklist(request: Request, version_id: int, type_id: int) -> HttpResponse:
    """What is looked at on a point of the type, as who marks it will see it."""
    found = access.one_version(request.actor, version_id)
    tree = queries.tree(version_id)
    kind = tree.type.get(type_id)
    if kind is None:
        raise Hidden
    parts = queries.checklist(tree, type_id)
    context = {
        "version": found,
        "type": kind,
        "types": queries.type_counts(tree),
        "parts": parts,
        "count": sum(len(part.items) for part in parts),
        "photos": sum(item.photos_least for part in parts for item in part.items),
        "crumbs": at_version(found),
    }
    return render(request, "standards/checklist.html", context)


@require_GET
def version_differences(request: Request, version_id: int) -> HttpResponse:
    """What the version changes against the one before, or against `?with=`."""
    found = access.one_version(request.actor, version_id)
    others = [
        one
        for one in queries.versions_of(request.actor, found.system)
        if one.pk != found.pk and one.number is not None
    ]
    wanted = whole_number(request.GET.get("with", ""))
    before = next((one for one in others if one.pk == wanted), None) or next(
        (one for one in others if found.number is None or (one.number or 0) < found.number), None
    )
    lines = []
    if before is not None:
        old, new = queries.tree(before.pk), queries.tree(found.pk)
        units = queries.unit_names(request.actor, [old, new])
        lines = [line for change in differences(old, new) for line in change_lines(change, units)]
    context = {
        "version": found,
        "before": before,
        "before_name": version_name(before) if before else "",
        "others": [(one.pk, version_name(one)) for one in others],
        "lines": lines[:CHANGES_SHOWN],
        "count": len(lines),
        "crumbs": at_version(found),
    }
    return render(request, "standards/differences.html", context)
