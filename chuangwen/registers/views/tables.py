"""Tables out, and in again: first what they would change is shown, then it is done."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from datetime import date
from typing import Any

from django.contrib import messages
from django.core import signing
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from chuangwen.cores.errors import BadInput, Stale
from chuangwen.cores.roundtrip import Table, of_data
from chuangwen.cores.sheets import MOST_BYTES
from chuangwen.kit import clock
from chuangwen.kit.http import posted
from chuangwen.orgs.actors import Request

from .. import access, actions
from ..exchange import members, projects
from ..exchange.merging import Merged, digest
from ..forms import MemberTableForm, TableForm, TakeOverForm
from .form_page import Crumbs, add_refusal, at_project_list, at_register

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SALT = "registers.table"
KEPT_FOR = 24 * 3600  # seconds in which what was shown may be taken over
LINES_SHOWN = 300
GET_OR_POST = require_http_methods(["GET", "POST"])


@require_GET
def members_out(request: Request, register_id: int) -> HttpResponse:
    register = access.one_register(request.actor, register_id)
    return _download(members.table_out(register, clock.today()), register.name)


@require_GET
def projects_out(request: Request, list_id: int) -> HttpResponse:
    found = access.one_project_list(request.actor, list_id)
    return _download(projects.table_out(found, clock.today()), found.name)


@GET_OR_POST
def bring_in_members(request: Request, register_id: int) -> HttpResponse:
    register = access.register_for_change(request.actor, register_id)
    today = clock.today()

    def take(table: Table, held: dict[str, Any], seen: str) -> None:
        actions.bring_in_members(
            actor=request.actor,
            register_id=register_id,
            name=held["name"],
            table=table,
            as_of=date.fromisoformat(held["as_of"]),
            seen=seen,
            today=today,
        )

    form = MemberTableForm(posted(request), request.FILES or None, initial={"as_of": today})
    return _Desk(
        request,
        form,
        at_register(register),
        read=lambda name, data: members.read(name, data, register, today),
        merge=lambda table, held: (
            members.merge(request.actor, register, table, date.fromisoformat(held["as_of"]), today).merged
        ),
        take=take,
    ).answer()


@GET_OR_POST
def bring_in_projects(request: Request, list_id: int) -> HttpResponse:
    found = access.project_list_for_change(request.actor, list_id)
    today = clock.today()

    def take(table: Table, held: dict[str, Any], seen: str) -> None:
        actions.bring_in_projects(
            actor=request.actor, list_id=list_id, name=held["name"], table=table, seen=seen, today=today
        )

    return _Desk(
        request,
        TableForm(posted(request), request.FILES or None),
        at_project_list(found),
        read=lambda name, data: projects.read(name, data, found),
        merge=lambda table, held: projects.merge(request.actor, found, table, today),
        take=take,
    ).answer()


class _Desk:
    """Reads a table that was handed in, shows what it changes, and takes it over once that was seen.

    Between the two the page itself holds the table, signed; nothing of it is stored here.
    """

    def __init__(
        self,
        request: Request,
        form: TableForm,
        crumbs: Crumbs,
        *,
        read: Callable[[str, bytes], Table],
        merge: Callable[[Table, dict[str, Any]], Merged],
        take: Callable[[Table, dict[str, Any], str], None],
    ) -> None:
        self.request, self.form, self.crumbs = request, form, crumbs
        self.read, self.merge, self.take = read, merge, take

    def answer(self) -> HttpResponse:
        if self.request.method != "POST":
            return self.page()
        if "table" in self.request.POST:
            return self.take_over()
        if not self.form.is_valid():
            return self.page(status=422)
        file = self.form.cleaned_data["file"]
        as_of = self.form.cleaned_data.get("as_of")
        held = {"name": file.name, "as_of": as_of.isoformat() if as_of else ""}
        try:
            return self.preview(self.read(file.name, file.read(MOST_BYTES + 1)), held)
        except BadInput as error:
            add_refusal(self.form, error)
            return self.page(status=422)

    def preview(self, table: Table, held: dict[str, Any], *, again: bool = False) -> HttpResponse:
        try:
            merged = self.merge(table, held)
        except BadInput as error:
            if error.code != "registers.table_errors":
                raise
            return self.page(errors=error.params["errors"], status=422)
        kept = signing.dumps({"table": asdict(table), **held}, salt=SALT, compress=True)
        found = {"table": kept, "seen": digest(merged.lines), "merged": merged, "held": held, "again": again}
        return self.page(**found, shown=merged.lines[:LINES_SHOWN], status=409 if again else 200)

    def take_over(self) -> HttpResponse:
        form = TakeOverForm(self.request.POST)
        if not form.is_valid():
            raise BadInput("registers.preview_old")
        try:
            held = signing.loads(form.cleaned_data["table"], salt=SALT, max_age=KEPT_FOR)
        except signing.BadSignature:
            raise BadInput("registers.preview_old") from None
        table = of_data(held.pop("table"))
        try:
            self.take(table, held, form.cleaned_data["seen"])
        except Stale:
            return self.preview(table, held, again=True)
        messages.success(self.request, _("The table was taken over."))
        return redirect(self.crumbs[-1][1])

    def page(self, *, status: int = 200, **found: object) -> HttpResponse:
        context = {"form": self.form, "crumbs": self.crumbs, "back": self.crumbs[-1][1], **found}
        return render(self.request, "registers/bring_in.html", context, status=status)


def _download(data: bytes, name: str) -> HttpResponse:
    disposition = content_disposition_header(True, f"{name}.xlsx") or "attachment"
    return HttpResponse(data, content_type=XLSX, headers={"Content-Disposition": disposition})
