"""The table of a system as officials draw it: category, content and standard merged over the rows of items.

A row is an item, or a standard without items. What is empty on the left is what stands above; below a title
and a header of up to three lines. Columns that a table does not have take what is usual.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from typing import Any, TypeVar

from chuangwen.cores import sheets
from chuangwen.cores.errors import BadInput
from chuangwen.cores.scoring.kinds import Kind
from chuangwen.cores.sheets import Cells, Column, Limits, Row, Table

from ..rules.drafting import MOST_PHOTOS, MOST_WEIGHT_MILLI
from ..rules.rule_text import milli, rule_from_text
from ..rules.tree import ItemRow, NodeRow, Tree
from ..rules.words import DeadlineClass, Level, Method, Severity
from .cells import (
    DEADLINE_WORDS,
    KIND_WORDS,
    METHOD_WORDS,
    SEVERITY_WORDS,
    YES_WORDS,
    code_of,
    critical_of,
    first_words,
    listed,
    numbered,
    weighed,
    whole_of,
)
from .incoming import CellError, Incoming, Keys, Units

HEADER_LINES = 3
LIMITS = Limits(
    most_bytes=40 * 1024 * 1024, most_unpacked=512 * 1024 * 1024, most_cells=4_000_000, most_rows=150_000
)
INSIDE = " / "  # between a content and the groups in it
ALL_TYPES = "全部"
COLUMNS = (
    Column("category", "测评项目", 16, ("测评类别", "一级指标", "项目"), required=True),
    Column("category_weight", "项目分值", 8, ("项目权重", "一级权重")),
    Column("content", "测评内容", 18, ("指标名称", "二级指标")),
    Column("content_weight", "内容分值", 8, ("内容权重", "二级权重")),
    Column("standard", "测评标准", 26, ("三级指标", "标准"), required=True),
    Column("standard_weight", "标准分值", 8, ("标准权重", "三级权重")),
    Column("method", "测评方法", 10, ("考察方式", "方法"), choices=tuple(first_words(METHOD_WORDS))),
    Column("units", "责任单位", 16, ("责任部门", "牵头单位")),
    Column("evidence", "申报材料", 18, ("材料要求", "佐证材料")),
    Column("group", "分组", 10, ("检查分组",)),
    Column("number", "序号", 6, ("编号", "检查项编号")),
    Column("item", "检查项", 34, ("检查内容", "检查要点", "具体要求"), required=True),
    Column("kind", "计分方式", 10, ("评分方式",), choices=tuple(first_words(KIND_WORDS))),
    Column("rule", "计分规则", 30, ("评分规则", "评分标准")),
    Column("weight", "权重", 7, ("分值", "检查项权重")),
    Column("types", "点位类型", 24, ("适用点位", "考察点位")),
    Column("critical", "关键项", 10, ("否决项",)),
    Column("photos", "照片数", 7, ("照片", "至少照片数")),
    Column("severity", "严重程度", 9, choices=tuple(first_words(SEVERITY_WORDS))),
    Column("deadline", "整改时限", 9, ("整改期限",), choices=tuple(first_words(DEADLINE_WORDS))),
    Column("reason", "不适用须说明", 8, choices=("是", "否")),
)
KEY_COLUMNS = (
    Column("node_keys", "系统编号1（请勿改动）", 8),
    Column("item_key", "系统编号2（请勿改动）", 8),
)
LEFT = (
    *("category", "category_weight", "content", "content_weight", "standard", "standard_weight"),
    *("method", "units", "evidence", "group", "node_keys"),
)
OF_ITEMS = (
    *("number", "kind", "rule", "weight", "types", "critical", "photos"),
    *("severity", "deadline", "reason"),
)
Value = TypeVar("Value")


def read(name: str, data: bytes, *, types: Mapping[str, int], units: Units, known: Tree | None) -> Incoming:
    """What the table brings. `types` by name and by code; `known` is the system as it is, for its keys.

    Raises BadInput as `cores.sheets.read` does.
    """
    table = sheets.read(name, data, [*COLUMNS, *KEY_COLUMNS], _text, limits=LIMITS, header_lines=HEADER_LINES)
    named = {unit for row in table.rows for unit in listed(row.cells["units"])}
    return from_table(table, types, units(named), known)


def from_table(
    table: Table, types: Mapping[str, int], units: Mapping[str, tuple[int, ...]], known: Tree | None
) -> Incoming:
    return _Reader(table, types, units, known).read()


def _text(cell: object) -> str:
    """What was typed with its lines; titles of rows keep none."""
    return cell.strip() if isinstance(cell, str) else sheets.text_of(cell)


class _Reader:
    def __init__(
        self,
        table: Table,
        types: Mapping[str, int],
        units: Mapping[str, tuple[int, ...]],
        known: Tree | None,
    ) -> None:
        self.table, self.types, self.units = table, types, units
        self.keys = Keys(known)
        self.errors: list[CellError] = []
        self.nodes: dict[tuple[str, ...], NodeRow] = {}
        self.said: dict[int, dict[str, str]] = {}  # what rows said of a node, by column
        self.items: list[ItemRow] = []
        self.above: Cells = {}
        self.left: tuple[str, ...] = ()  # of the row before, and the node it stood in
        self.here: NodeRow | None = None
        self.rules: dict[tuple[Kind, str], dict[str, Any] | BadInput] = {}
        self.all_types = tuple(sorted(set(types.values())))

    def read(self) -> Incoming:
        for row in self.table.rows:
            self._row(row)
        left_out = tuple(title for title in self.table.unread if "系统编号" not in title)
        return Incoming(list(self.nodes.values()), self.items, self.errors, left_out)

    def _wrong(self, row: Row, column: str, code: str, **params: object) -> None:
        self.errors.append(CellError(self.table.place(row.number, column), code, params))

    def _row(self, row: Row) -> None:
        cells = self._filled(row)
        left = tuple(cells[name] for name in LEFT)
        if left == self.left and self.here is not None and cells["item"]:
            self._item(row, cells, self.here)
            return
        self.left, self.here = left, None
        path = self._path(row, cells)
        if not path:
            return
        keys = cells["node_keys"].split("/")
        node: NodeRow | None = None
        for at in range(1, len(path) + 1):
            key = keys[at - 1] if len(keys) == len(path) else ""
            node = self._node(row, cells, path[:at], key)
        if node is None:
            return
        self.here = node
        if cells["item"]:
            self._item(row, cells, node)
        elif wrong := next((name for name in OF_ITEMS if cells[name]), None):
            self._wrong(row, wrong, "standards.cell_of_no_item")

    def _filled(self, row: Row) -> Cells:
        """With what stands above where the left of the row is empty."""
        cells, before = row.cells, self.above
        if before and not cells["category"]:
            same = ["category"]
            if not cells["content"]:
                same.append("content")
                if not cells["standard"]:
                    same.append("standard")
            cells = cells | {name: before[name] for name in same}
        elif before and cells["category"] == before["category"]:
            if not cells["content"]:
                cells = cells | {"content": before["content"]}
            if not cells["standard"] and cells["content"] == before["content"]:
                cells = cells | {"standard": before["standard"]}
        self.above = cells
        return cells

    def _path(self, row: Row, cells: Cells) -> list[tuple[Level, str]]:
        """Level and text of what the row stands in, the category first; [] where that is not said."""
        if not cells["category"]:
            self._wrong(row, "category", "standards.cell_empty")
            return []
        path = [(Level.CATEGORY, cells["category"])]
        content, *groups = [part for part in cells["content"].split(INSIDE) if part.strip()] or [""]
        if content:
            path += [(Level.CONTENT, content), *((Level.GROUP, group) for group in groups)]
        if cells["standard"]:
            path.append((Level.STANDARD, cells["standard"]))
            path += [(Level.GROUP, part) for part in cells["group"].split(INSIDE) if part.strip()]
        elif cells["item"]:
            self._wrong(row, "standard", "standards.cell_empty")
            return []
        return path

    def _node(self, row: Row, cells: Cells, path: Sequence[tuple[Level, str]], key: str) -> NodeRow:
        ident = tuple(" ".join(text.split()) for _level, text in path)
        level = path[-1][0]
        column = str(level)
        parent = self.nodes.get(ident[:-1])
        found = self.nodes.get(ident)
        if found is None:
            title, weight = ident[-1], None
            if not cells.get(f"{column}_weight"):
                title, weight = weighed(title)
            number, title = numbered(title)
            if not title or len(title) > 500 or len(number) > 20:
                self._wrong(row, column, "standards.cell_title", most=500)
            found = NodeRow(
                id=len(self.nodes) + 1,
                key=self.keys.of_node(key, parent.key if parent else "", title),
                parent_id=parent.id if parent else None,
                level=level,
                number=number,
                title=title,
                weight_milli=1000 if weight is None else weight,
                position=len(self.nodes),
            )
            self.nodes[ident] = found
            self.said[found.id] = {}
        if level != Level.GROUP:
            self.nodes[ident] = found = self._facts(row, cells, found, column)
        return found

    def _facts(self, row: Row, cells: Cells, node: NodeRow, column: str) -> NodeRow:
        """What the row says of the node beside its title; every row that says something says the same."""
        names = [f"{column}_weight"]
        if node.level == Level.STANDARD:
            names += ["method", "units", "evidence"]
        said = self.said[node.id]
        changed: dict[str, Any] = {}
        for name in names:
            text = cells[name]
            if not text or said.get(name) == text:
                continue
            if name in said:
                self._wrong(row, name, "standards.cell_differs", said=said[name][:40], text=text[:40])
                continue
            said[name] = text
            changed |= self._fact(row, name, text)
        return replace(node, **changed) if changed else node

    def _fact(self, row: Row, name: str, text: str) -> dict[str, Any]:
        if name == "method":
            method = self._try(row, name, lambda: code_of(METHOD_WORDS, text, Method.FIELD))
            return {"method": method or ""}
        if name == "units":
            return {"unit_ids": self._units(row, text)}
        if name == "evidence":
            if len(text) > 500:
                self._wrong(row, name, "standards.cell_title", most=500)
            return {"evidence": text}
        weight = self._weight(row, name, text)
        return {} if weight is None else {"weight_milli": weight}

    def _weight(self, row: Row, name: str, text: str) -> int | None:
        weight = self._try(row, name, lambda: milli(text.removesuffix("分")))
        if weight is not None and weight > MOST_WEIGHT_MILLI:
            self._wrong(row, name, "standards.weight_too_big")
            return None
        return weight

    def _units(self, row: Row, text: str) -> tuple[int, ...]:
        found: set[int] = set()
        for name in listed(text):
            if name not in self.units:
                self._wrong(row, "units", "standards.cell_unit", text=name[:40])
            found |= set(self.units.get(name, ()))
        return tuple(sorted(found))

    def _types(self, row: Row, text: str) -> tuple[int, ...]:
        if text == ALL_TYPES:
            return self.all_types
        found: set[int] = set()
        for name in listed(text):
            if name in self.types:
                found.add(self.types[name])
            else:
                self._wrong(row, "types", "standards.cell_type", text=name[:40])
        return tuple(sorted(found))

    def _item(self, row: Row, cells: Cells, node: NodeRow) -> None:
        title = " ".join(cells["item"].split())
        if len(title) > 300:
            self._wrong(row, "item", "standards.cell_title", most=300)
        if len(cells["number"]) > 20:
            self._wrong(row, "number", "standards.cell_title", most=20)
        kind = self._try(row, "kind", lambda: code_of(KIND_WORDS, cells["kind"], Kind.YES_NO))
        rule = self._rule(row, kind, cells["rule"]) if kind is not None else None
        weight = self._weight(row, "weight", cells["weight"]) if cells["weight"] else 1000
        critical = self._try(row, "critical", lambda: critical_of(cells["critical"]))
        photos = self._try(row, "photos", lambda: whole_of(cells["photos"].removesuffix("张"), MOST_PHOTOS))
        severity = self._try(
            row, "severity", lambda: code_of(SEVERITY_WORDS, cells["severity"], Severity.LIGHT)
        )
        deadline = self._try(
            row, "deadline", lambda: code_of(DEADLINE_WORDS, cells["deadline"], DeadlineClass.THREE_DAYS)
        )
        reason = self._try(row, "reason", lambda: code_of(YES_WORDS, cells["reason"], True))
        self.items.append(
            ItemRow(
                id=len(self.items) + 1,
                key=self.keys.of_item(cells["item_key"], node.key, title),
                node_id=node.id,
                number=cells["number"],
                title=title,
                kind=kind or Kind.YES_NO,
                rule=rule,
                weight_milli=1000 if weight is None else weight,
                position=len(self.items),
                critical=critical[0] if critical else "",
                cap_nano=critical[1] if critical else None,
                photos_least=photos or 0,
                severity=severity or Severity.LIGHT,
                deadline_class=deadline or DeadlineClass.THREE_DAYS,
                requires_reason=reason is not False,
                type_ids=self._types(row, cells["types"]),
            )
        )

    def _rule(self, row: Row, kind: Kind, text: str) -> dict[str, Any] | None:
        """Many items have the same rule: each is read once."""
        if (kind, text) not in self.rules:
            try:
                self.rules[kind, text] = rule_from_text(kind, text)
            except BadInput as error:
                self.rules[kind, text] = error
        found = self.rules[kind, text]
        if isinstance(found, BadInput):
            self.errors.append(CellError.of(self.table.place(row.number, "rule"), found))
            return None
        return found

    def _try(self, row: Row, column: str, read: Callable[[], Value]) -> Value | None:
        """What `read` gives; None where the cell says nothing that can be taken, which then is named."""
        try:
            return read()
        except BadInput as error:
            self.errors.append(CellError.of(self.table.place(row.number, column), error))
            return None


def types_by_name(rows: Collection[tuple[int, str, str]]) -> dict[str, int]:
    """Point types (id, code, name) by name and by code."""
    return {name: id_ for id_, _code, name in rows} | {code: id_ for id_, code, _name in rows}
