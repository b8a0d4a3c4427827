"""Nodes and items of a draft."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from chuangwen.cores.errors import NotAllowedNow
from chuangwen.cores.scoring.kinds import Kind
from chuangwen.kit import clock
from chuangwen.kit.http import posted
from chuangwen.orgs.actors import Request

from .. import access, actions, queries
from ..forms import MoveForm, NodeForm, VersionForm
from ..item_forms import ItemForm
from ..rules.tree import Tree
from ..rules.words import Level
from ..wording import ITEM_KINDS
from .form_page import GET_OR_POST, FormPage, at_version, form_page, valid

if TYPE_CHECKING:
    from ..models import Node, SystemVersion

NEXT = {None: Level.CATEGORY, Level.CATEGORY: Level.CONTENT, Level.CONTENT: Level.STANDARD}


def _require_draft(version: SystemVersion) -> None:
    """Raises NotAllowedNow before a form is shown that nobody could send."""
    if version.number is not None:
        raise NotAllowedNow("standards.published")


def _to(version_id: int, node_id: int | None) -> HttpResponse:
    address = reverse("standards:version", args=[version_id])
    return redirect(f"{address}?node={node_id}#node" if node_id else address)


@GET_OR_POST
def add_node(request: Request, version_id: int) -> HttpResponse:
    draft = access.version_for_change(request.actor, version_id)
    return _add_node(request, draft, None)


@GET_OR_POST
def add_node_under(request: Request, node_id: int) -> HttpResponse:
    node = access.node_for_change(request.actor, node_id)
    return _add_node(request, node.system_version, node)


def _add_node(request: Request, draft: SystemVersion, parent: Node | None) -> HttpResponse:
    _require_draft(draft)
    level = NEXT.get(Level(parent.level) if parent else None, Level.GROUP)
    form = NodeForm(posted(request), initial={"level": level}, draft=draft, today=clock.today())

    def add() -> HttpResponse:
        node = actions.add_node(
            actor=request.actor,
            version_id=draft.pk,
            parent_id=parent.pk if parent else None,
            values=form.values(),
        )
        return _to(draft.pk, node.pk)

    crumbs = at_version(draft, parent.pk if parent else None)
    heading = _("Add under “%(title)s”") % {"title": parent} if parent else _("Add a category")
    return form_page(request, form, add, FormPage(heading, _("Add"), crumbs))


@GET_OR_POST
def change_node(request: Request, node_id: int) -> HttpResponse:
    node = access.node_for_change(request.actor, node_id)
    draft = node.system_version
    _require_draft(draft)
    form = NodeForm(posted(request), initial=NodeForm.of(node), draft=draft, today=clock.today())

    def change() -> HttpResponse:
        actions.change_node(
            actor=request.actor,
            node_id=node_id,
            version=form.cleaned_data["version"] or 0,
            values=form.values(),
        )
        return _to(draft.pk, node_id)

    page = FormPage(_("Change"), _("Save"), at_version(draft, node_id), str(node))
    return form_page(request, form, change, page)


@GET_OR_POST
def move_node(request: Request, node_id: int) -> HttpResponse:
    """Up or down by a button; under another parent by the form."""
    node = access.node_for_change(request.actor, node_id)
    draft = node.system_version
    _require_draft(draft)
    tree = queries.tree(draft.pk)
    places = [("", _("The first level")), *_places(tree, standards_too=node.level == Level.GROUP)]
    initial = {"version": node.version, "under": node.parent_id or ""}
    form = MoveForm(posted(request), initial=initial, places=places)

    def move() -> HttpResponse:
        given = form.cleaned_data
        actions.move_node(
            actor=request.actor,
            node_id=node_id,
            version=given["version"],
            parent_id=given["under"],
            step=given["step"] or 0,
        )
        return _to(draft.pk, node_id)

    page = FormPage(_("Move the row"), _("Move the row"), at_version(draft, node_id), str(node))
    return form_page(request, form, move, page)


@require_POST
def remove_node(request: Request, node_id: int) -> HttpResponse:
    node = access.node_for_change(request.actor, node_id)
    given = valid(VersionForm(request.POST))
    draft = actions.remove_node(actor=request.actor, node_id=node_id, version=given["version"])
    return _to(draft.pk, node.parent_id)


@GET_OR_POST
def add_item(request: Request, node_id: int) -> HttpResponse:
    """The fields are those of `?kind=`."""
    node = access.node_for_change(request.actor, node_id)
    draft = node.system_version
    _require_draft(draft)
    kind = _kind(request, Kind.YES_NO)
    form = ItemForm(posted(request), kind=kind, types=_types(draft))

    def add() -> HttpResponse:
        actions.add_item(actor=request.actor, node_id=node_id, values=form.values())
        return _to(draft.pk, node_id)

    page = _item_page(_("Add an item"), _("Add"), node)
    return form_page(request, form, add, page, **_choice_of_kind(kind))


@GET_OR_POST
def change_item(request: Request, item_id: int) -> HttpResponse:
    item = access.item_for_change(request.actor, item_id)
    draft = item.system_version
    _require_draft(draft)
    kind = _kind(request, Kind(item.kind))
    rule = item.rule if kind == item.kind else None
    form = ItemForm(posted(request), initial=ItemForm.of(item), kind=kind, types=_types(draft), rule=rule)

    def change() -> HttpResponse:
        actions.change_item(
            actor=request.actor,
            item_id=item_id,
            version=form.cleaned_data["version"] or 0,
            values=form.values(),
        )
        return _to(draft.pk, item.node_id)

    page = _item_page(_("Change an item"), _("Save"), item.node)
    return form_page(request, form, change, page, **_choice_of_kind(kind))


@GET_OR_POST
def move_item(request: Request, item_id: int) -> HttpResponse:
    item = access.item_for_change(request.actor, item_id)
    draft = item.system_version
    _require_draft(draft)
    tree = queries.tree(draft.pk)
    places = [(node.id, title) for node, title in _titles(tree) if node.id in tree.standard_at]
    initial = {"version": item.version, "under": item.node_id}
    form = MoveForm(posted(request), initial=initial, places=places)

    def move() -> HttpResponse:
        given = form.cleaned_data
        actions.move_item(
            actor=request.actor,
            item_id=item_id,
            version=given["version"],
            node_id=given["under"],
            step=given["step"] or 0,
        )
        return _to(draft.pk, given["under"] or item.node_id)

    page = FormPage(_("Move the row"), _("Move the row"), at_version(draft, item.node_id), str(item))
    return form_page(request, form, move, page)


@require_POST
def remove_item(request: Request, item_id: int) -> HttpResponse:
    item = access.item_for_change(request.actor, item_id)
    given = valid(VersionForm(request.POST))
    draft = actions.remove_item(actor=request.actor, item_id=item_id, version=given["version"])
    return _to(draft.pk, item.node_id)


def _kind(request: Request, usual: Kind) -> Kind:
    asked = request.GET.get("kind", "")
    return Kind(asked) if asked in set(Kind) else usual


def _choice_of_kind(kind: Kind) -> dict[str, Any]:
    return {"kind": kind, "kinds": ITEM_KINDS.items()}


def _item_page(heading: str, button: str, node: Node) -> FormPage:
    crumbs = at_version(node.system_version, node.pk)
    return FormPage(heading, button, crumbs, str(node), "standards/item_form.html")


def _types(draft: SystemVersion) -> list[tuple[int, str]]:
    return [(one.id, one.name) for one in queries.types_of(draft.system.jurisdiction_id)]


def _titles(tree: Tree) -> list[tuple[Any, str]]:
    """Nodes with what they are called in a list, further in the deeper they stand."""
    return [
        (node, f"{'　' * (len(list(tree.above(node))) - 1)}{node.number} {node.title}".rstrip()[:80])
        for node in tree.nodes
    ]


def _places(tree: Tree, *, standards_too: bool) -> list[tuple[int | str, str]]:
    return [
        (node.id, title) for node, title in _titles(tree) if standards_too or node.id not in tree.standard_at
    ]
