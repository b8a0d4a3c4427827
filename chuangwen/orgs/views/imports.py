"""Tables of units and of people: handed in, looked at, taken over, undone; links for the people of one."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from chuangwen.cores import sheets
from chuangwen.cores.errors import BadInput
from chuangwen.cores.sheets import Column
from chuangwen.kit import clock
from chuangwen.kit.http import posted, words_for
from chuangwen.kit.masking import masked

from .. import actions, import_access, import_queries, seat_access
from ..actors import Request
from ..import_forms import SheetForm
from ..import_wording import FATES, fault_words, stop_words, title_of
from ..rules.imports import Fate, ImportKind, ImportState, Line, digest, fates
from ..rules.people_sheet import OF_SEATS, ROLE_WORDS

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ON_A_PAGE = 100
FAULTS_SHOWN = 20
STOPS_SHOWN = 20
LINK_COLUMNS = (
    Column("name", "姓名", 12),
    Column("username", "账号", 16),
    Column("unit", "单位", 30),
    Column("link", "设置密码链接", 90),
)


@dataclass(frozen=True)
class _Kind:
    """How the pages of a kind are called; `up` is the list that its things stand in."""

    urls: str
    up: str
    up_title: str | Promise
    title: str | Promise
    template: str
    note: str
    example: tuple[str, ...]


KINDS = {
    ImportKind.UNITS: _Kind(
        urls="orgs:unit_import",
        up="orgs:units",
        up_title=gettext_lazy("Units"),
        title=gettext_lazy("Import of units"),
        template="单位导入表",
        note="从示例行之后填写，一行一个单位。上级单位写名称、简称或编码，可以是系统中已有的单位，也可以是本表中的另一行，"
        "先后不限。别名有多个的用“、”隔开。已有单位空着的格子保持原样。",
        example=(
            f"{sheets.EXAMPLE}：望江街道办事处",
            "望江街道",
            "街道",
            "东浦区",
            "",
            "",
            "2026-01-01",
            "",
            "望江街办、望江办",
        ),
    ),
    ImportKind.PEOPLE: _Kind(
        urls="orgs:people_import",
        up="orgs:people",
        up_title=gettext_lazy("People and seats"),
        title=gettext_lazy("Import of people"),
        template="人员导入表",
        note="从示例行之后填写，一行一个席位；同一人有多个席位的写多行，账号相同。手机、邮箱、日期可以不填；"
        "截止日期当天席位已失效。不设密码：导入后为每人生成设置密码链接。",
        example=(
            f"{sheets.EXAMPLE}：江一川",
            "jiangyichuan",
            "望江街道",
            "单位联络员",
            "13800000000",
            "",
            "2026-01-01",
            "",
        ),
    ),
}


@require_http_methods(["GET", "POST"])
def imports(request: Request, kind: ImportKind) -> HttpResponse:
    """What was handed in, and another table; in the place of an open one if the form names it."""
    import_access.top_of_reach(request.actor, kind)
    form = SheetForm(posted(request), request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file, instead_of = form.cleaned_data["file"], form.cleaned_data["instead_of"]
        try:
            one = actions.receive_import(
                actor=request.actor,
                kind=kind,
                name=file.name,
                data=file.read(sheets.MOST_BYTES + 1),
                now=clock.now(),
                instead_of=instead_of,
            )
        except BadInput as error:
            words = words_for(error)
            form.add_error("file", _("%(what)s. %(next)s") % {"what": words.happened, "next": words.next})
        else:
            return redirect(f"{KINDS[kind].urls}", one.pk)
    if form.errors and (number := form.cleaned_data.get("instead_of")):
        return _import_page(request, kind, number, form)
    found = import_queries.imports_of(request.actor, kind)
    page = Paginator(found, 50).get_page(request.GET.get("page"))
    context = {"kind": KINDS[kind], "at": _addresses(kind), "page": page, "form": form}
    return render(request, "orgs/imports.html", context, status=422 if form.errors else 200)


@require_safe
def import_template(request: Request, kind: ImportKind) -> HttpResponse:
    """A workbook with the heads, an example, and lists: of roles, those that the actor gives."""
    import_access.top_of_reach(request.actor, kind)
    words, roles = KINDS[kind], seat_access.roles_given(request.actor)
    columns, example = [], []
    for column, text in zip(import_queries.COLUMNS[kind], words.example, strict=True):
        given = tuple(ROLE_WORDS[role][0] for role in roles) if column.name == "role" else column.choices
        columns.append(replace(column, choices=given))
        example.append("" if column.name in OF_SEATS and not roles else text)
    return _download(sheets.write(words.template, words.note, columns, [example]), words.template)


@require_safe
def one_import(request: Request, kind: ImportKind, import_id: int) -> HttpResponse:
    return _import_page(request, kind, import_id, SheetForm(initial={"instead_of": import_id}))


@require_POST
def take_over_import(request: Request, kind: ImportKind, import_id: int) -> HttpResponse:
    one = actions.take_over_import(
        actor=request.actor,
        kind=kind,
        import_id=import_id,
        seen=request.POST.get("seen", ""),
        now=clock.now(),
    )
    messages.success(
        request, _("The table was taken over: %(count)s rows.") % {"count": one.added + one.changed}
    )
    return redirect(KINDS[kind].urls, import_id)


@require_POST
def discard_import(request: Request, kind: ImportKind, import_id: int) -> HttpResponse:
    actions.discard_import(actor=request.actor, kind=kind, import_id=import_id)
    messages.success(request, _("The table was discarded. Nothing of it is left."))
    return redirect(f"{KINDS[kind].urls}s")


@require_POST
def undo_import(request: Request, kind: ImportKind, import_id: int) -> HttpResponse:
    actions.undo_import(actor=request.actor, kind=kind, import_id=import_id)
    messages.success(request, _("The import was undone: what it had added and changed is as before."))
    return redirect(KINDS[kind].urls, import_id)


@never_cache
@require_POST
def import_links(request: Request, import_id: int) -> HttpResponse:
    """A workbook with a link for each person who waits for a password. It is stored nowhere."""
    made = actions.invite_people(actor=request.actor, import_id=import_id, now=clock.now())
    rows = [
        (
            person.name,
            person.username,
            "、".join(str(seat.unit) for seat in person.sitting),  # type: ignore[attr-defined]
            request.build_absolute_uri(reverse("orgs:open_invitation", args=[token])),
        )
        for person, token in made
    ]
    note = "每个链接只能打开一次，七天内有效。请逐人单独转交，转交后删除本表。"
    return _download(sheets.write("设置密码链接", note, LINK_COLUMNS, rows), "设置密码链接")


def _import_page(request: Request, kind: ImportKind, import_id: int, form: SheetForm) -> HttpResponse:
    one = import_access.one_import(request.actor, kind, import_id)
    context = {"kind": KINDS[kind], "one": one, "at": _addresses(kind, import_id), "form": form}
    if one.state == ImportState.OPEN:
        context |= _preview(request, one)
    elif one.state == ImportState.TAKEN:
        stops = import_queries.stops(one)
        context |= {
            "stops": [(stop.what, stop_words(stop.why)) for stop in stops[:STOPS_SHOWN]],
            "stops_left": max(len(stops) - STOPS_SHOWN, 0),
            "may_undo": import_queries.may_undo(request.actor, one),
            **(_units(request, one) if kind == ImportKind.UNITS else _people(request, one)),
        }
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "orgs/import.html", context, status=status)


def _addresses(kind: ImportKind, import_id: int | None = None) -> dict[str, str]:
    urls = KINDS[kind].urls
    found = {
        "up": reverse(KINDS[kind].up),
        "list": reverse(f"{urls}s"),
        "template": reverse(f"{urls}_template"),
        "one": urls,
    }
    if kind == ImportKind.PEOPLE and import_id is not None:
        found["links"] = reverse("orgs:people_import_links", args=[import_id])
    if import_id is not None:
        found |= {
            step: reverse(f"{urls}_{step}", args=[import_id]) for step in ("take_over", "discard", "undo")
        }
    return found


def _preview(request: Request, one: Any) -> dict[str, Any]:
    """The rows of the file in their order, or those of one fate; what is wrong stands above."""
    lines, table = import_queries.planned(request.actor, one, clock.today())
    columns = table.columns
    count = fates(lines)
    show = request.GET.get("show", "")
    shown = [line for line in lines if line.fate == show] if show in set(Fate) else lines
    page: Page[Any] = Paginator(shown, ON_A_PAGE).get_page(request.GET.get("page"))
    wrong = [line for line in lines if line.faults]
    return {
        "preview": True,
        "columns": columns,
        "narrow": {"name", "parent", "unit", "username"},
        "count": count,
        "total": len(lines),
        "tabs": [(fate, FATES[fate], count[fate]) for fate in Fate if count[fate]],
        "show": show,
        "page": page,
        "rows": [_row(line, columns) for line in page],
        "wrong": [_row(line, columns) for line in wrong[:FAULTS_SHOWN]],
        "faults": sum(len(line.faults) for line in wrong),
        "wrong_left": max(len(wrong) - FAULTS_SHOWN, 0),
        "does": count[Fate.ADDED] + count[Fate.CHANGED],
        "seen": digest(lines),
        "unread": table.unread,
    }


def _row(line: Line, columns: Sequence[Column]) -> dict[str, Any]:
    cells = line.cells | {"phone": masked(line.cells.get("phone"))}
    return {
        "number": line.number,
        "fate": line.fate,
        "word": FATES[line.fate],
        "cells": [(column.name, cells[column.name]) for column in columns],
        "changes": [
            (title_of(change.column, columns), change.before, change.after) for change in line.changes
        ],
        "faults": [(title_of(fault.column, columns), fault_words(fault)) for fault in line.faults],
    }


def _units(request: Request, one: Any) -> dict[str, Any]:
    found = Paginator(import_queries.rows_of(one, "unit"), ON_A_PAGE).get_page(request.GET.get("page"))
    columns = import_queries.COLUMNS[ImportKind.UNITS]
    rows = [
        (row, unit, [(title_of(column, columns), *texts) for column, *texts in row.changes])
        for row, unit in import_queries.with_units(found)
    ]
    return {"page": found, "units": rows}


def _people(request: Request, one: Any) -> dict[str, Any]:
    found = import_queries.people_in(request.actor, one, clock.today())
    page = Paginator(found, ON_A_PAGE).get_page(request.GET.get("page"))
    people = [(person, import_queries.may_be_invited(request.actor, person)) for person in page]
    return {"page": page, "people": people, "links": any(waits for _person, waits in people)}


def _download(data: bytes, title: str) -> HttpResponse:
    disposition = content_disposition_header(True, f"{title}.xlsx") or "attachment"
    return HttpResponse(data, content_type=XLSX, headers={"Content-Disposition": disposition})
