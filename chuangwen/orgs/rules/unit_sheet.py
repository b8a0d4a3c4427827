"""A table of units against the register: which row means which unit, where new ones stand, what differs.

A row means the unit that has its code, else the unit of its name under its parent; else it is a new one. An
empty cell says nothing about what is there already: nothing is ever emptied or closed by leaving it out.
"""

from collections import defaultdict, deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from chuangwen.cores.sheets import Column, Row

from . import PATH_STEP, UnitKind
from .divisions import plain_code
from .imports import Change, Line, code_in, day_of, name_in, names_in, require_length, require_order
from .naming import plain

# The first word is the one that pages show; the others are written too.
KIND_WORDS = {
    UnitKind.PROVINCE: ("省（自治区、直辖市）", "省", "自治区", "直辖市"),
    UnitKind.CITY: ("市", "地级市", "设区市"),
    UnitKind.BLOCK: ("板块",),
    UnitKind.DISTRICT: ("市辖区", "区"),
    UnitKind.COUNTY: ("县",),
    UnitKind.COUNTY_CITY: ("县级市",),
    UnitKind.ZONE: ("功能区", "开发区", "高新区", "经开区"),
    UnitKind.SUBDISTRICT: ("街道", "街道办", "街道办事处"),
    UnitKind.TOWN: ("乡镇", "镇", "乡"),
    UnitKind.COMMUNITY: ("社区", "居委会"),
    UnitKind.VILLAGE: ("村", "行政村", "村委会"),
    UnitKind.GRID: ("网格",),
    UnitKind.GOVERNMENT: ("党委政府", "党委", "政府"),
    UnitKind.DEPARTMENT: ("部门", "局", "委办局", "职能部门", "市直部门"),
    UnitKind.ENTERPRISE: ("企业", "公司", "国企", "国有企业"),
    UnitKind.WORK_GROUP: ("工作专班", "专班", "工作组", "专项工作组"),
    UnitKind.AGENCY: ("第三方机构", "第三方", "测评机构"),
    UnitKind.OTHER: ("其他", "其它"),
}
_KINDS = {plain(word): kind for kind, words in KIND_WORDS.items() for word in words}

COLUMNS = (
    Column("name", "名称", 30, also=("单位名称", "单位全称", "全称", "机构名称"), required=True),
    Column("short_name", "简称", 14, also=("单位简称",)),
    Column(
        "kind",
        "类别",
        12,
        also=("单位类别", "类型", "单位类型"),
        choices=tuple(words[0] for words in KIND_WORDS.values()),
    ),
    Column("parent", "上级单位", 20, also=("上级", "上级名称", "所属单位", "隶属单位"), required=True),
    Column("code", "编码", 12, also=("单位编码", "代码", "单位代码")),
    Column("division_code", "行政区划代码", 15, also=("区划代码", "行政区划编码", "区划编码")),
    Column("opened_on", "启用日期", 12, also=("设立日期", "成立日期")),
    Column("closed_on", "撤销日期", 12, also=("结束日期",)),
    Column("aliases", "别名", 20, also=("其他名称",)),
)
MOST_LEVELS = 120 // PATH_STEP  # that a path has room for
FIELDS = ("name", "short_name", "kind", "code", "division_code", "opened_on", "closed_on")


@dataclass(frozen=True, slots=True)
class KnownUnit:
    """A unit of the register that is not closed; `names` are its other names."""

    id: int
    parent_id: int | None
    name: str
    short_name: str
    kind: str
    code: str
    division_code: str
    opened_on: date | None
    closed_on: date | None
    names: frozenset[str] = frozenset()
    version: int = 1


@dataclass(frozen=True)
class Register:
    """Units that rows may mean or stand under; `root` is the city; codes that others have, unseen here."""

    units: Mapping[int, KnownUnit]
    root: int
    codes_elsewhere: frozenset[str] = frozenset()


@dataclass
class UnitLine(Line):
    """`node` is the id of the unit that the row means, or the negative number of the row that adds it;
    `parent` likewise, None for the city and where it is wrong. `level` counts from the city, which is 1.
    """

    name: str = ""
    short_name: str = ""
    kind: UnitKind | None = None
    code: str = ""
    division_code: str = ""
    opened_on: date | None = None
    closed_on: date | None = None
    aliases: list[str] = field(default_factory=list)
    node: int = 0
    parent: int | None = None
    moved: bool = False
    level: int = 0
    version: int = 0  # of the unit that is there


def plan_units(rows: Iterable[Row], register: Register) -> list[UnitLine]:
    lines = [_understood(row) for row in rows]
    _Places(lines, register).find()
    final = _Final(lines, register)
    for line in lines:
        _compare(line, register, final)
        final.check(line)
    return lines


def _understood(row: Row) -> UnitLine:
    """What the cells of a row say by themselves."""
    line = UnitLine(row.number, row.cells)
    cells = row.cells
    line.name, line.short_name = name_in(cells["name"]), name_in(cells["short_name"])
    line.code, line.division_code = code_in(cells["code"]), plain_code(cells["division_code"]) or ""
    line.aliases = [name for name in names_in(cells["aliases"]) if name not in (line.name, line.short_name)]
    line.kind = _KINDS.get(plain(cells["kind"]))
    line.opened_on, line.closed_on = day_of(line, "opened_on"), day_of(line, "closed_on")
    if not line.name:
        line.wrong("name", "name_missing")
    if cells["kind"] and line.kind is None:
        line.wrong("kind", "kind_unknown", text=cells["kind"])
    if cells["division_code"] and not line.division_code:
        line.wrong("division_code", "division_length", text=cells["division_code"])
    for column, text, most in [
        ("name", line.name, 100),
        ("short_name", line.short_name, 50),
        ("code", line.code, 32),
        ("aliases", max(line.aliases, key=len, default=""), 100),
    ]:
        require_length(line, column, text, most)
    return line


class _Places:
    """Finds for each line the unit that it means and the one that it stands under, in whatever order.

    A parent is named by code, division code, name or short name, looked for in this order; it is a unit of
    the register or of another line. Which unit a line means may hang on its parent's line: lines wait for
    those that they name.
    """

    def __init__(self, lines: Sequence[UnitLine], register: Register) -> None:
        self.lines, self.register = lines, register
        self.by_number = {line.number: line for line in lines}
        self.named = [self._index(*how) for how in _WAYS_TO_NAME]
        self.below = {(u.parent_id, plain(u.name)): u.id for u in register.units.values()}
        self.added: dict[tuple[int, str], int] = {}
        self.said: dict[int, list[int]] = {}  # number of a line -> what it may name as its parent

    def _index(self, of_unit: str, of_line: str, fold: bool) -> dict[str, list[int]]:
        found: dict[str, list[int]] = defaultdict(list)
        units = ((getattr(unit, of_unit), unit.id) for unit in self.register.units.values())
        for text, node in [*units, *((getattr(line, of_line), -line.number) for line in self.lines)]:
            if text:
                found[plain(text) if fold else text].append(node)
        return found

    def find(self) -> None:
        self._claim_codes()
        waiting: dict[int, list[UnitLine]] = defaultdict(list)
        open_ones: dict[int, int] = {}
        ready = deque[UnitLine]()
        for line in self.lines:
            self.said[line.number] = self._said(line)
            on = [node for node in self.said[line.number] if node < 0 and not self.by_number[-node].node]
            open_ones[line.number] = len(on)
            for node in on:
                waiting[-node].append(line)
            if not on:
                ready.append(line)
        placed = set[int]()
        while ready:
            line = ready.popleft()
            placed.add(line.number)
            self._place(line)
            for other in waiting.pop(line.number, []):
                open_ones[other.number] -= 1
                if not open_ones[other.number]:
                    ready.append(other)
        ring = [line for line in self.lines if line.number not in placed]
        for line in ring:  # they name each other round and round
            line.node = line.node or -line.number
        for line in ring:
            self._place(line)

    def _claim_codes(self) -> None:
        """A code says which unit is meant, whatever its name."""
        units = {unit.code: unit.id for unit in self.register.units.values() if unit.code}
        first: dict[str, int] = {}
        for line in self.lines:
            if not line.code:
                continue
            if line.code in first:
                line.wrong("code", "code_twice", text=line.code, row=first[line.code])
                continue
            first[line.code] = line.number
            line.node = units.get(line.code, 0)
            if not line.node and line.code in self.register.codes_elsewhere:
                line.wrong("code", "code_taken", text=line.code)

    def _said(self, line: UnitLine) -> list[int]:
        """Units (ids) and lines (negative numbers) that the line may mean by its parent."""
        text = line.cells["parent"]
        for index, (_unit, _line, fold) in zip(self.named, _WAYS_TO_NAME, strict=True):
            found = index.get(plain(text) if fold else code_in(text), [])
            others = [node for node in found if node not in (-line.number, line.node)]
            if found:
                return others or found
        return []

    def _place(self, line: UnitLine) -> None:
        if not line.cells["parent"]:
            self._place_at_top(line)
            return
        nodes = {node if node > 0 else self.by_number[-node].node for node in self.said[line.number]}
        if len(nodes) == 1:
            line.parent = nodes.pop()
        else:
            code = "parent_several" if nodes else "parent_unknown"
            line.wrong("parent", code, text=line.cells["parent"])
        if not line.node:
            line.node = self._meant(line)

    def _place_at_top(self, line: UnitLine) -> None:
        root = self.register.units[self.register.root]
        if not line.node and plain(line.name) in {plain(root.name), plain(root.short_name)} - {""}:
            line.node = root.id
        if line.node != root.id:
            line.wrong("parent", "parent_missing", city=root.name)
        line.node = line.node or -line.number

    def _meant(self, line: UnitLine) -> int:
        """The unit of this name under the parent; else the line that first adds it."""
        if line.parent is None or not line.name:
            return -line.number
        key = line.parent, plain(line.name)
        return self.below.get(key) or self.added.setdefault(key, -line.number)


_WAYS_TO_NAME = (
    ("code", "code", False),
    ("division_code", "division_code", False),
    ("name", "name", True),
    ("short_name", "short_name", True),
)


def _compare(line: UnitLine, register: Register, final: "_Final") -> None:
    """What differs from the unit that is there; for a new one, what it lacks."""
    unit = register.units.get(line.node)
    if unit is None:
        line.new = True
        if not line.cells["kind"]:
            line.wrong("kind", "kind_missing")
        require_order(line, line.opened_on, line.closed_on, "closed_on")
        return
    line.version = unit.version
    require_order(line, line.opened_on or unit.opened_on, line.closed_on or unit.closed_on, "closed_on")
    if unit.id == register.root and line.cells["parent"]:
        line.wrong("parent", "city_stays", city=unit.name)
        return
    for column in FIELDS:
        before, after = getattr(unit, column), getattr(line, column)
        same = plain(before) == plain(after) if column == "name" else before == after
        if after and not same:
            line.changes.append(Change(column, _said(before), _said(after)))
    if line.parent is not None and line.parent != unit.parent_id:
        line.moved = True
        line.changes.append(Change("parent", final.called[unit.parent_id or 0], final.called[line.parent]))
    known = {unit.name, unit.short_name, *unit.names}
    line.aliases = [name for name in line.aliases if name not in known]
    if line.aliases:
        line.changes.append(Change("aliases", "、".join(sorted(unit.names)), "、".join(line.aliases)))


def _said(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    return "" if value is None else KIND_WORDS[value][0] if isinstance(value, UnitKind) else str(value)


class _Final:
    """How the tree would stand after the import: names met twice, rings, ends above units that go on."""

    def __init__(self, lines: Sequence[UnitLine], register: Register) -> None:
        self.register = register
        self.parents = {unit.id: unit.parent_id for unit in register.units.values()}
        self.ends = {unit.id: unit.closed_on for unit in register.units.values()}
        self.names = {(u.parent_id, plain(u.name)): u.id for u in register.units.values()}
        self.called = {unit.id: unit.name for unit in register.units.values()}
        self.first: dict[int, int] = {}  # node -> the first line about it
        self.under: dict[tuple[int | None, str], UnitLine] = {}
        self.divisions = {unit.division_code: unit.id for unit in register.units.values()}
        self.with_division: dict[str, UnitLine] = {}
        for line in lines:
            self.first.setdefault(line.node, line.number)
            self.called.setdefault(line.node, line.name)
            self.parents[line.node] = line.parent if line.parent is not None else self.parents.get(line.node)
            self.ends[line.node] = line.closed_on or self.ends.get(line.node)
            self.under.setdefault((line.parent, plain(line.name)), line)
            self.with_division.setdefault(line.division_code, line)
        self.levels = self._levels()
        self._inherit_ends(lines)
        self.last_below: dict[int | None, date] = {}
        for node, end in self.ends.items():
            above = self.parents[node]
            self.last_below[above] = max(end or date.max, self.last_below.get(above, date.min))

    def _inherit_ends(self, lines: Sequence[UnitLine]) -> None:
        """A new unit ends with the one above it, as one that is entered by hand does."""
        for line in sorted(lines, key=lambda line: self.levels[line.node]):
            end = self.ends.get(line.parent or 0)
            if end is not None and line.node < 0 and not line.cells["closed_on"]:
                line.closed_on = self.ends[line.node] = end
                line.cells = line.cells | {"closed_on": end.isoformat()}

    def check(self, line: UnitLine) -> None:
        if self.first[line.node] != line.number:
            line.wrong("name", "unit_twice", row=self.first[line.node])
        elif line.parent is not None and line.name:
            self._check_name(line)
        line.level = self.levels[line.node]
        if line.level == 0:
            line.wrong("parent", "ring")
        elif line.level > MOST_LEVELS:
            line.wrong("parent", "too_deep", most=MOST_LEVELS)
        said = {change.column for change in line.changes}
        if line.closed_on and (line.new or "closed_on" in said):
            self._check_end(line, line.closed_on)
        if line.division_code and (line.new or "division_code" in said):
            self._check_division(line)

    def _check_end(self, line: UnitLine, end: date) -> None:
        above = self.ends.get(line.parent or 0)
        if self.last_below.get(line.node, date.min) > end:
            line.wrong("closed_on", "units_below")
        if above is not None and above < end:
            line.wrong("closed_on", "outlives", name=self.called[line.parent or 0], day=above.isoformat())

    def _check_division(self, line: UnitLine) -> None:
        holder, other = self.divisions.get(line.division_code), self.with_division[line.division_code]
        if holder not in (None, line.node):
            line.wrong("division_code", "division_taken", name=self.called[holder or 0])
        elif other.node != line.node:
            line.wrong("division_code", "division_twice", row=other.number, text=line.division_code)

    def _check_name(self, line: UnitLine) -> None:
        key = line.parent, plain(line.name)
        holder, other = self.names.get(key), self.under[key]
        if holder not in (None, line.node):
            line.wrong("name", "name_taken", name=line.name)
        elif other.node != line.node:
            line.wrong("name", "unit_twice", row=other.number)

    def _levels(self) -> dict[int, int]:
        """How deep each node stands; 0 for those that stand below themselves."""
        levels: dict[int, int] = {}
        for start in self.parents:
            way: list[int] = []
            met: dict[int, int] = {}
            node: int | None = start
            while node is not None and node not in levels and node not in met:
                met[node] = len(way)
                way.append(node)
                node = self.parents.get(node)
            if node is not None and node in met:
                levels.update(dict.fromkeys(way[met[node] :], 0))
                way = way[: met[node]]
            for under in reversed(way):
                above = self.parents.get(under)
                levels[under] = 1 if above is None else levels[above] + 1
        return levels
