"""A form in XLSForm, read through `pyxform`: groups become the tree, questions become items.

yes/no → yes or no; other single choices → grades where the sheet of choices has a column `weight`; integer
and decimal → a measured value whose rule is still to be written. All else is named and left out.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from chuangwen.cores import sheets
from chuangwen.cores.errors import BadInput
from chuangwen.cores.scoring.kinds import Kind, parse_rule

from ..rules.rule_text import milli
from ..rules.tree import ItemRow, NodeRow, Tree
from ..rules.words import Level
from .cells import numbered
from .incoming import CellError, Incoming, Keys
from .table import LIMITS

SURVEY = "survey"
YES = {"yes", "y", "1", "true", "是", "符合", "达标"}
NO = {"no", "n", "0", "false", "否", "不符合", "不达标"}
GROUPS = {"group", "survey"}
META = "meta"  # what pyxform adds by itself
LEFT_OUT = ("relevant", "constraint", "calculation", "choice_filter", "repeat_count")


def is_form(name: str, data: bytes) -> bool:
    """Whether the workbook has a sheet `survey`. Raises BadInput where it cannot be opened."""
    if not data.startswith(b"PK"):
        return False
    return SURVEY in {title.lower() for title in sheets.opened(name, data, LIMITS).sheet_names}


def read(name: str, data: bytes, known: Tree | None) -> Incoming:
    """What the form brings. Raises BadInput: sheets.… where it is no workbook, standards.xlsform."""
    if len(data) > sheets.MOST_BYTES:
        raise BadInput("sheets.too_big", name=name, limit_mb=sheets.MOST_BYTES // 1024 // 1024)
    rows = _rows(name, data)
    form = _form(name, data)
    return _Reader(form, rows, known).read()


def _form(name: str, data: bytes) -> Mapping[str, Any]:
    from pyxform.errors import PyXFormError
    from pyxform.xls2json import workbook_to_json
    from pyxform.xls2json_backends import get_xlsform

    try:
        found: Mapping[str, Any] = workbook_to_json(
            get_xlsform(io.BytesIO(data), ".xlsx"), fallback_form_name=name.rpartition(".")[0] or name
        )
    except (PyXFormError, ValueError, TypeError, KeyError, AttributeError, IndexError) as error:
        raise BadInput("standards.xlsform", text=str(error)[:200]) from error
    return found


def _rows(name: str, data: bytes) -> dict[str, int]:
    """Where each name stands in the sheet `survey`, as the spreadsheet program counts rows."""
    book = sheets.opened(name, data)
    title = next(one for one in book.sheet_names if one.lower() == SURVEY)
    sheet = book.get_sheet_by_name(title)
    lines = sheet.to_python(skip_empty_area=False)
    if not lines:
        raise BadInput("sheets.no_rows", name=name)
    heads = [str(cell).strip().lower() for cell in lines[0]]
    if "name" not in heads:
        raise BadInput("sheets.columns", name=name, missing="name")
    at = heads.index("name")
    found: dict[str, int] = {}
    for number, line in enumerate(lines[1:], 2):
        found.setdefault(str(line[at]).strip(), number)
    return found


class _Reader:
    def __init__(self, form: Mapping[str, Any], rows: Mapping[str, int], known: Tree | None) -> None:
        self.form, self.rows = form, rows
        self.keys = Keys(known)
        self.nodes: list[NodeRow] = []
        self.items: list[ItemRow] = []
        self.unmapped: list[CellError] = []

    def read(self) -> Incoming:
        title = str(self.form.get("title") or self.form.get("name") or "")
        if any(_is_question(one) for one in _children(self.form)):
            self._group({**self.form, "label": title}, None, [])
        else:
            for one in _children(self.form):
                self._inside(one, None, [])
        left_out = tuple(f"{one.place} {one.params.get('text', '')}" for one in self.unmapped)
        return Incoming(self.nodes, self.items, [], left_out)

    def _inside(self, one: Mapping[str, Any], parent: NodeRow | None, above: list[Level]) -> None:
        kind = str(one.get("type", ""))
        if kind in GROUPS:
            self._group(one, parent, above)
        elif kind == "repeat":
            self._left_out(one, kind)
        elif parent is not None:
            self._question(one, parent)

    def _group(self, one: Mapping[str, Any], parent: NodeRow | None, above: list[Level]) -> None:
        children = _children(one)
        asks = any(_is_question(child) for child in children)
        level = _level(above, asks)
        node = self._node(one, parent, level)
        standard = node
        if asks and level == Level.CATEGORY:
            standard = self._node(one, node, Level.STANDARD)
        for child in children:
            if _is_question(child):
                self._inside(child, standard, [*above, level])
            else:
                self._inside(child, node, [*above, level])

    def _node(self, one: Mapping[str, Any], parent: NodeRow | None, level: Level) -> NodeRow:
        number, title = numbered(_label(one))
        node = NodeRow(
            id=len(self.nodes) + 1,
            key=self.keys.of_node("", parent.key if parent else "", title),
            parent_id=parent.id if parent else None,
            level=level,
            number=number[:20],
            title=title[:500],
            weight_milli=1000,
            position=len(self.nodes),
        )
        self.nodes.append(node)
        return node

    def _question(self, one: Mapping[str, Any], node: NodeRow) -> None:
        kind = str(one.get("type", ""))
        found = _rule(one)
        if found is None:
            self._left_out(one, kind)
            return
        number, title = numbered(_label(one))
        self.items.append(
            ItemRow(
                id=len(self.items) + 1,
                key=self.keys.of_item("", node.key, title[:300]),
                node_id=node.id,
                number=number[:20],
                title=title[:300],
                kind=found[0],
                rule=found[1],
                weight_milli=1000,
                position=len(self.items),
            )
        )
        bind = one.get("bind", {})
        said = [name for name in LEFT_OUT if name in one or (isinstance(bind, Mapping) and name in bind)]
        for name in said:
            self._left_out(one, name)

    def _left_out(self, one: Mapping[str, Any], what: str) -> None:
        name = str(one.get("name", ""))
        place = f"{SURVEY}!{self.rows.get(name, '')}"
        self.unmapped.append(CellError(place, "standards.xlsform_left_out", {"text": f"{name} ({what})"}))


def _children(one: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    found = [child for child in one.get("children", []) if isinstance(child, Mapping)]
    return [child for child in found if not (child.get("name") == META and child.get("type") == "group")]


def _is_question(one: Mapping[str, Any]) -> bool:
    return str(one.get("type", "")) not in {*GROUPS, "repeat"}


def _level(above: list[Level], asks: bool) -> Level:
    if Level.STANDARD in above:
        return Level.GROUP
    if not above:
        return Level.CATEGORY
    return Level.STANDARD if asks or len(above) >= 2 else Level.CONTENT


def _label(one: Mapping[str, Any]) -> str:
    """The label; of several languages the Chinese one, else the first; without one the name."""
    label = one.get("label")
    if isinstance(label, Mapping):
        chinese = (text for language, text in label.items() if _is_chinese(str(language)))
        label = next(chinese, None) or next(iter(label.values()), None)
    return " ".join(str(label or one.get("name", "")).split())


def _is_chinese(language: str) -> bool:
    return any(part in language.lower() for part in ("zh", "chinese", "中文", "汉语"))


def _rule(one: Mapping[str, Any]) -> tuple[Kind, dict[str, Any] | None] | None:
    """Kind and rule; None for a question that is no item."""
    kind = str(one.get("type", ""))
    if kind in {"integer", "decimal", "int"}:
        return Kind.MEASURED, None
    if kind in {"select one", "select_one"}:
        return _of_choices(list(_choices(one)))
    return None


def _choices(one: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    found = one.get("choices") or ()
    yield from (choice for choice in found if isinstance(choice, Mapping))


def _of_choices(choices: list[Mapping[str, Any]]) -> tuple[Kind, dict[str, Any] | None] | None:
    names = [str(choice.get("name", "")).strip().lower() for choice in choices]
    if len(names) == 2 and YES & set(names) and NO & set(names):
        return Kind.YES_NO, {}
    grades = []
    for choice in choices:
        try:
            weight = milli(str(Decimal(str(choice.get("weight", "")))))
        except (InvalidOperation, BadInput):
            return None
        grades.append({"key": str(choice.get("name", "")), "title": _label(choice), "weight_milli": weight})
    try:
        return Kind.GRADES, dict(parse_rule(Kind.GRADES, {"grades": grades}).data)
    except BadInput:
        return None
