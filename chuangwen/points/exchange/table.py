"""The points of a city as a table: its columns, what their cells mean, and points as cells."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext

from chuangwen.cores import roundtrip
from chuangwen.cores.errors import BadInput
from chuangwen.cores.roundtrip import KEY, Stamp, Table
from chuangwen.cores.sheets import EXAMPLE, Cells, Column
from chuangwen.orgs.tree import label

from ..models import Point, PointChief
from ..rules import chiefs, hours
from ..rules.coordinates import Crs, shown
from ..rules.nearness import folded
from ..rules.states import STATUS_WORDS, ChiefKind, Level, Status, status_in

if TYPE_CHECKING:
    from chuangwen.orgs.models import Unit
    from chuangwen.standards.models import PointType

Values = dict[str, Any]  # name of the column -> what its cell means
CRS_WORDS = {Crs.WGS84: "WGS84", Crs.CGCS2000: "CGCS2000", Crs.GCJ02: "GCJ02", Crs.BD09: "BD09"}
CHIEFS = "街道级点位长 张三（望江街道副主任） 2026-01-01"
STATUS_CHOICES = tuple(words[0] for words in STATUS_WORDS.values())
_CRS_OF = {word.lower(): crs for crs, word in CRS_WORDS.items()} | {
    **dict.fromkeys(("gps", "wgs1984", "epsg4326", "大地2000"), Crs.WGS84),
    **dict.fromkeys(("国家2000", "2000国家大地坐标系", "cgcs2000国家大地坐标系"), Crs.CGCS2000),
    **dict.fromkeys(("高德", "腾讯", "火星", "火星坐标", "gcj"), Crs.GCJ02),
    **dict.fromkeys(("百度", "bd", "百度坐标"), Crs.BD09),
}
_LONGEST = {
    **{"number": 20, "name": 100, "address": 200, "lon": 100, "lat": 100, "note": 200},
    "venue": 100,
}


def columns_of(types: Iterable[PointType]) -> list[Column]:
    names = [one.name for one in types]
    choices = tuple(names) if sum(map(len, names)) + len(names) < 250 else ()  # as many as a list may hold
    return [
        Column("name", "点位名称", 22, ("名称", "点位"), required=True),
        Column("number", "点位编号", 9, ("编号",)),
        Column("type", "点位类型", 14, ("类型", "点位类别", "类别"), required=True, choices=choices),
        Column("address", "地址", 26, ("详细地址", "点位地址", "位置")),
        Column("lon", "经度", 13, ("东经", "经度坐标", "坐标")),
        Column("lat", "纬度", 13, ("北纬", "纬度坐标")),
        Column("crs", "坐标系", 10, ("坐标系统",), choices=tuple(CRS_WORDS.values())),
        Column("unit", "属地单位", 18, ("属地", "属地责任", "所属镇街", "所在社区", "所属网格")),
        Column("lead_unit", "牵头部门", 16, ("牵头单位", "行业主管部门", "主管部门")),
        Column("venue", "主体单位", 18, ("主体责任", "主体责任单位", "经营管理单位")),
        Column("hours", "开放时间", 18, ("营业时间",)),
        Column("status", "状态", 8, ("点位状态",), choices=STATUS_CHOICES),
        Column("chiefs", "点位长", 26, ("包保责任人", "包保领导")),
        Column("note", "备注", 16),
    ]


def stamp_of(city: Unit) -> Stamp:
    return Stamp("points", city.pk)


def table_out(
    city: Unit, points: Iterable[Point], types: Iterable[PointType], subtitle: str, today: date
) -> bytes:
    """`points` with all their units joined (`access.JOINED`, and the parents of units), chiefs prefetched."""
    rows = [cells_of(point, today) for point in points]
    title = gettext("Points of %(city)s") % {"city": city.name}
    return roundtrip.write(title, subtitle, columns_of(types), rows, stamp_of(city))


def template(city: Unit, types: Iterable[PointType]) -> bytes:
    """An empty table with two rows that show how to fill it in; they count for nothing when it comes in."""
    kinds = list(types)
    columns = columns_of(kinds)
    kind = kinds[0].name if kinds else "集贸市场"
    examples = [
        [f"{EXAMPLE}：望江农贸市场", "", kind, "望江路 12 号", "120.512345", "31.312345", "GCJ02"],
        [f"{EXAMPLE}：留空属地，按界线判定", "", kind, "", "120°30′44.4″", "31°18′44.4″", "WGS84"],
    ]
    ends = [
        ["望江街道", "市市场监管局", "望江市场管理公司", "每天 06:00-19:00", "正常", CHIEFS, ""],
        ["", "市市场监管局", "", "周一至周五 08:00-17:30", "正常", "", ""],
    ]
    names = [column.name for column in columns]
    rows = [dict(zip(names, [*one, *end], strict=True)) for one, end in zip(examples, ends, strict=True)]
    subtitle = "每行一个点位；点位类型、牵头部门必填，属地单位可由坐标和界线判定；以“示例”开头的行不导入。"
    cells = [{**row, KEY: ""} for row in rows]
    return roundtrip.write("点位导入模板", subtitle, columns, cells, Stamp("points.template", city.pk))


def cells_of(point: Point, today: date) -> Cells:
    return {name: as_cell(value) for name, value in values_of(point, today).items()} | {KEY: str(point.pk)}


def values_of(point: Point, today: date) -> Values:
    """As `parsers` read them; where nothing was typed the place stands as it is stored. Chiefs are those
    whose terms have not ended by `today`.
    """
    typed = bool(point.lon_text or point.lat_text)
    return {
        "name": point.name,
        "number": point.number,
        "type": point.type,
        "address": point.address,
        "lon": point.lon_text if typed else shown(point.lon_e7),
        "lat": point.lat_text if typed else shown(point.lat_e7),
        "crs": Crs(point.crs) if typed else Crs.WGS84,
        "unit": point.unit,
        "lead_unit": point.lead_unit,
        "venue": point.venue_unit or point.venue_name,
        "hours": hours.loaded(point.hours),
        "status": Status(point.status),
        "chiefs": chiefs.ordered(term_of(one) for one in unended(point, today)),
        "note": point.note,
    }


def unended(point: Point, today: date) -> list[PointChief]:
    return [one for one in point.chiefs.all() if one.ends_on is None or one.ends_on > today]


def term_of(chief: PointChief) -> chiefs.ChiefTerm:
    return chiefs.ChiefTerm(
        Level(chief.level), ChiefKind(chief.kind), chief.name, chief.post, chief.starts_on, chief.ends_on
    )


def as_cell(value: Any) -> str:
    """A value as its cell says it."""
    if value is None:
        return ""
    if isinstance(value, Crs):
        return CRS_WORDS[value]
    if isinstance(value, Status):
        return STATUS_WORDS[value][0]
    if isinstance(value, tuple):
        return chiefs.written(value) if _chiefs(value) else hours.written(value)
    if isinstance(value, str):
        return value
    return label(value) if hasattr(value, "path") else str(value.name)


def _chiefs(value: tuple[Any, ...]) -> bool:
    return bool(value) and isinstance(value[0], chiefs.ChiefTerm)


def parsers(types: Iterable[PointType], units: Mapping[str, Unit]) -> dict[str, Callable[[str], Any]]:
    """What reads the cells of each column; each raises BadInput for what means nothing."""
    kinds = {folded(word): one for one in types for word in (one.name, one.code)}

    def kind(text: str) -> PointType | None:
        if text and folded(text) not in kinds:
            raise BadInput("points.cell_type", text=text)
        return kinds.get(folded(text))

    def unit(text: str) -> Unit | None:
        if text and text not in units:
            raise BadInput("points.cell_unit", text=text)
        return units.get(text)

    return {
        "name": _text("name"),
        "number": _text("number"),
        "type": kind,
        "address": _text("address"),
        "lon": _text("lon"),
        "lat": _text("lat"),
        "crs": crs_in,
        "unit": unit,
        "lead_unit": unit,
        "venue": lambda text: units.get(text) or _text("venue")(text),
        "hours": hours.read,
        "status": status_in,
        "chiefs": chiefs.read,
        "note": _text("note"),
    }


def crs_in(text: str) -> Crs | None:
    """None for an empty cell. Raises BadInput."""
    word = text.strip().lower().replace("-", "").replace(" ", "")
    if not word:
        return None
    if word not in _CRS_OF:
        raise BadInput("points.cell_crs", text=text)
    return _CRS_OF[word]


def _text(column: str) -> Callable[[str], str]:
    def read(text: str) -> str:
        if len(text) > _LONGEST[column]:
            raise BadInput("points.cell_long", most=_LONGEST[column])
        return text.strip()

    return read


def read(name: str, data: bytes, types: Iterable[PointType]) -> Table:
    """Raises BadInput as `cores.sheets.read` does."""
    table = roundtrip.read(name, data, columns_of(types))
    return table if table.stamp is None or table.stamp.kind == "points" else _own(table)


def _own(table: Table) -> Table:
    """A template that was filled in is a city's own table."""
    return replace(table, stamp=None, base={})
