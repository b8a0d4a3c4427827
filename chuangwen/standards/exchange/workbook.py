"""The table of a system, written: merged over its rows, with lists to choose from; `table.read` reads it."""

from __future__ import annotations

import io
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

import xlsxwriter

from chuangwen.cores.errors import BadInput
from chuangwen.cores.sheets import Cells

from ..rules.rule_text import decimal, rule_to_text
from ..rules.tree import ItemRow, NodeRow, Tree
from ..rules.words import MILLI, NANO, Critical, Level
from .cells import (
    DEADLINE_WORDS,
    KIND_WORDS,
    METHOD_WORDS,
    SEVERITY_WORDS,
    with_number,
    word_of,
)
from .table import COLUMNS, INSIDE, KEY_COLUMNS

SHEET = "测评体系"
NOTE = (
    "一行一个检查项；测评项目、测评内容、测评标准可以合并单元格，也可以留空（沿用上一行）。"
    "计分规则写法：计数“共5项”；扣分“散落垃圾每处扣0.2；最低0”；分级“优=1；良=0.6；差=0”；"
    "实测“≥5个”或“≥30%得1；≥20%得0.5”；观察率“至少看20个”；全部达标“围挡；冲洗；覆盖”；"
    "热线测试“接通=0.4；答复准确=0.6”。关键项填“否决”或“封顶0.6”。"
)
MERGED = ("category", "category_weight", "content", "content_weight", "standard", "standard_weight")
OF_STANDARD = ("method", "units", "evidence")
ROOM_BELOW = 300


def write(title: str, tree: Tree, units: Mapping[int, str]) -> bytes:
    """The system; `units` are names of the responsible units by id."""
    return _write(title, list(_rows(tree, units)))


def template(title: str) -> bytes:
    """An empty table with its lists and one example."""
    example: Cells = {column.name: "" for column in (*COLUMNS, *KEY_COLUMNS)} | {
        "category": "示例：一、公共环境",
        "category_weight": "60",
        "content": "1. 街面环境",
        "standard": "(1) 街面干净整洁",
        "method": "实地考察",
        "item": "地面无散落垃圾",
        "kind": "扣分",
        "rule": "散落垃圾每处扣0.2；最低0",
        "weight": "1",
        "types": "主干道、次干道",
        "photos": "1",
        "severity": "一般",
        "deadline": "立即整改",
        "reason": "是",
    }
    return _write(title, [example])


def _rows(tree: Tree, units: Mapping[int, str]) -> Iterable[Cells]:
    for node in tree.nodes:
        items = tree.items_of.get(node.id, [])
        for item in items:
            yield _row(tree, node, item, units)
        bare = not items and not tree.children.get(node.id)
        standard_without = node.level == Level.STANDARD and not tree.items_in.get(node.id)
        if bare and (node.level != Level.STANDARD or standard_without):
            yield _row(tree, node, None, units)


def _row(tree: Tree, node: NodeRow, item: ItemRow | None, units: Mapping[int, str]) -> Cells:
    path = list(reversed(list(tree.above(node))))
    cells: Cells = {column.name: "" for column in (*COLUMNS, *KEY_COLUMNS)}
    cells["node_keys"] = "/".join(one.key for one in path)
    standard = tree.standard_of(node)
    at_standard = path.index(standard) if standard else len(path)
    before = path[:at_standard]
    for one in before:
        text = with_number(one.number, one.title)
        if one.level == Level.CATEGORY:
            cells["category"], cells["category_weight"] = text, decimal(one.weight_milli)
        elif one.level == Level.CONTENT:
            cells["content"], cells["content_weight"] = text, decimal(one.weight_milli)
        else:
            cells["content"] = INSIDE.join(part for part in (cells["content"], _group(one)) if part)
    if standard is not None:
        cells["standard"] = with_number(standard.number, standard.title)
        cells["standard_weight"] = decimal(standard.weight_milli)
        cells["method"] = word_of(METHOD_WORDS, standard.method)
        cells["units"] = "、".join(units.get(one, "") for one in standard.unit_ids)
        cells["evidence"] = standard.evidence
        cells["group"] = INSIDE.join(map(_group, path[at_standard + 1 :]))
    return cells if item is None else cells | _of_item(tree, item)


def _group(node: NodeRow) -> str:
    """A group has no column for its weight: it stands behind the title where it is not 1."""
    text = with_number(node.number, node.title)
    return text if node.weight_milli == MILLI else f"{text}（{decimal(node.weight_milli)}分）"


def _of_item(tree: Tree, item: ItemRow) -> Cells:
    try:
        rule = rule_to_text(item.marking)
    except BadInput:
        rule = ""
    critical = ""
    if item.critical == Critical.FAIL:
        critical = "否决"
    elif item.critical == Critical.CAP and item.cap_nano is not None:
        critical = f"封顶{decimal(item.cap_nano * MILLI // NANO)}"
    return {
        "number": item.number,
        "item": item.title,
        "kind": word_of(KIND_WORDS, item.kind),
        "rule": rule,
        "weight": decimal(item.weight_milli),
        "types": "、".join(tree.type[one].name for one in item.type_ids if one in tree.type),
        "critical": critical,
        "photos": str(item.photos_least) if item.photos_least else "",
        "severity": word_of(SEVERITY_WORDS, item.severity),
        "deadline": word_of(DEADLINE_WORDS, item.deadline_class),
        "reason": "是" if item.requires_reason else "否",
        "item_key": item.key,
    }


def _write(title: str, rows: Sequence[Cells]) -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_numbers": False})
    book.set_properties({"title": title, "created": datetime(2000, 1, 1)})  # noqa: DTZ001  # the same each time
    style = {"font_name": "宋体", "font_size": 10, "valign": "vcenter", "text_wrap": True, "border": 1}
    head = {"font_name": "黑体", "font_size": 16, "align": "center", "valign": "vcenter"}
    header = book.add_format({**style, "bold": True, "align": "center", "bg_color": "#F2F2F2"})
    text = book.add_format({**style, "num_format": "@"})
    note = book.add_format({"font_name": "宋体", "font_size": 10, "text_wrap": True, "valign": "top"})
    sheet = book.add_worksheet(SHEET)
    last = len(COLUMNS) - 1
    sheet.merge_range(0, 0, 0, last, title, book.add_format(head))
    sheet.set_row(0, 30)
    sheet.merge_range(1, 0, 1, last, NOTE, note)
    sheet.set_row(1, 30)
    for x, column in enumerate((*COLUMNS, *KEY_COLUMNS)):
        hidden = {"hidden": True} if x > last else {}
        sheet.set_column(x, x, column.width, text, hidden)
        sheet.write_string(2, x, column.title, header)
        if column.choices:
            choices = {"validate": "list", "source": list(column.choices), "ignore_blank": True}
            sheet.data_validation(3, x, len(rows) + 2 + ROOM_BELOW, x, choices)
    for y, row in enumerate(rows, 3):
        for x, column in enumerate((*COLUMNS, *KEY_COLUMNS)):
            if column.name not in (*MERGED, *OF_STANDARD):
                sheet.write_string(y, x, row[column.name], text)
        sheet.set_row(y, _height(row))
    for x, column in enumerate(COLUMNS):
        if column.name in (*MERGED, *OF_STANDARD):
            _merge(sheet, x, column.name, rows, text)
    sheet.freeze_panes(3, 0)
    sheet.set_landscape()
    sheet.set_paper(8)  # A3
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(2)
    sheet.set_footer("&C第 &P 页，共 &N 页")
    book.close()
    return out.getvalue()


def _merge(sheet: object, x: int, name: str, rows: Sequence[Cells], text: object) -> None:
    """Write a column on the left: one cell over all rows of the same category, content or standard."""
    level = name.removesuffix("_weight") if name in MERGED else "standard"
    wide = {"category": 1, "content": 2, "standard": 3}[level]
    first = 0
    for y in range(1, len(rows) + 1):
        same = y < len(rows) and _place(rows[y], wide) == _place(rows[first], wide)
        if same:
            continue
        if y - first > 1:
            sheet.merge_range(first + 3, x, y + 2, x, rows[first][name], text)  # type: ignore[attr-defined]
        else:
            sheet.write_string(first + 3, x, rows[first][name], text)  # type: ignore[attr-defined]
        first = y


def _place(row: Cells, wide: int) -> tuple[str, ...]:
    return tuple(row[name] for name in ("category", "content", "standard")[:wide])


def _height(row: Cells) -> float:
    lines = 1
    for column in COLUMNS:
        if column.name in MERGED or column.name in OF_STANDARD:
            continue
        wide = sum(2 if unicodedata.east_asian_width(char) in "WFA" else 1 for char in row[column.name])
        lines = max(lines, -(-wide // (column.width - 1)))
    return 13.5 * lines + 4.5


def file_name(title: str) -> str:
    return re.sub(r'[\\/:*?"<>|\s]+', " ", title).strip()[:80] or SHEET
