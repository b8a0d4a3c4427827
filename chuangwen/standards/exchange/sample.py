"""Point types and the sample system that come with Chuangwen: our own words, kept as text in `data`.

A line of `sample.txt` is a category (一、…), a content (1. …), a standard ((1) … | method | units |
evidence), an item (- title | rule | point types | rest) or a short name for several point types (@…). A
weight stands behind " = ".
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources

from chuangwen.cores.sheets import Cells, Row, Table

from ..rules.rule_text import milli
from ..rules.tree import Tree
from .cells import DEADLINE_WORDS, SEVERITY_WORDS
from .incoming import Incoming, Units
from .table import COLUMNS, KEY_COLUMNS, from_table

SYSTEM_NAME = "文明城市测评体系（样例）"
KINDS = {
    **{"是": "是否", "计": "计数", "扣": "扣分", "级": "分级"},
    **{"测": "实测", "率": "观察率", "全": "全部达标", "热": "热线测试"},
}
CATEGORY, CONTENT, STANDARD = "一二三四五六七八九十", "0123456789", "("


@dataclass(frozen=True)
class SampleType:
    code: str
    name: str
    weight_milli: int


@cache
def types() -> tuple[SampleType, ...]:
    """The kinds of places, in their order."""
    rows = (line.split("\t") for line in _lines("point_types.txt"))
    return tuple(SampleType(code, name, milli(weight)) for code, name, weight in rows)


def system(types_by_name: Mapping[str, int], units: Units) -> Incoming:
    """The sample as a tree; keys are the same in every city. Units that the city lacks are left out."""
    rows = list(_rows())
    table = Table(rows, COLUMNS, (), (), "sample")
    known = units({unit for row in rows for unit in row.cells["units"].split("、") if unit})
    present = [replace(row, cells=row.cells | {"units": _known(row.cells["units"], known)}) for row in rows]
    found = from_table(replace(table, rows=present), types_by_name, known, None)
    nodes = {one.id: replace(one, key=f"n{one.id}") for one in found.nodes}
    items = [replace(one, key=f"i{one.id}") for one in found.items]
    return replace(found, nodes=list(nodes.values()), items=items)


def minors(tree: Tree) -> Tree:
    """The part of the sample about minors, as a system of its own."""
    top = next(one for one in tree.children[None] if "未成年人" in one.title)
    nodes = tuple(one for one in tree.nodes if top in tree.above(one))
    own = {one.id for one in nodes}
    whole = tuple(replace(one, weight_milli=tree.total_milli) if one == top else one for one in nodes)
    return replace(tree, nodes=whole, items=tuple(one for one in tree.items if one.node_id in own))


def _known(units: str, known: Mapping[str, tuple[int, ...]]) -> str:
    return "、".join(unit for unit in units.split("、") if unit in known)


def _lines(name: str) -> Iterator[str]:
    text = resources.files("chuangwen.standards").joinpath("data", name).read_text(encoding="utf-8")
    yield from (line for line in text.splitlines() if line.strip() and not line.startswith("#"))


def _rows() -> Iterator[Row]:
    short: dict[str, str] = {}
    here: Cells = {column.name: "" for column in (*COLUMNS, *KEY_COLUMNS)}
    empty = dict(here)
    for number, line in enumerate(_lines("sample.txt"), 1):
        if line.startswith("@"):
            name, _space, names = line.partition(" ")
            short[name] = names
        elif line.startswith("- "):
            yield Row(number, here | _item(line[2:], short))
        elif line[0] in CATEGORY:
            title, weight = _weighed(line)
            here = empty | {"category": title, "category_weight": weight}
        elif line[0] in CONTENT:
            title, weight = _weighed(line)
            of_category = {name: here[name] for name in ("category", "category_weight")}
            here = empty | of_category | {"content": title, "content_weight": weight}
        else:
            head, *rest = [part.strip() for part in line.split("|")]
            title, weight = _weighed(head)
            told = dict(zip(("method", "units", "evidence"), [*rest, "", "", ""], strict=False))
            here = here | told | {"standard": title, "standard_weight": weight}
            yield Row(number, here)


def _weighed(text: str) -> tuple[str, str]:
    title, _between, weight = text.partition(" = ")
    return title.strip(), weight.strip()


def _item(text: str, short: Mapping[str, str]) -> Cells:
    title, rule, types_, *rest = [part.strip() for part in text.split("|")]
    kind, _space, words = rule.partition(" ")
    names = "、".join(short.get(name, name) for name in types_.split("、"))
    return {"item": title, "kind": KINDS[kind], "rule": words, "types": names, **_rest(" ".join(rest))}


def _rest(words: str) -> Cells:
    cells: Cells = {}
    for word in words.split():
        if word.startswith("照"):
            cells["photos"] = word[1:]
        elif word in DEADLINE_WORDS:
            cells["deadline"] = word
        elif word in SEVERITY_WORDS:
            cells["severity"] = word
        else:
            cells["critical"] = word
    return cells
