"""Which unit a printed name means: 市城管局, 城市管理局 and 云浦市城市管理局 are one.

A name is folded to a core: width and spaces, the city's own name and a leading 市, 县 or 区, 人民政府,
endings, and the standard short forms of departments. Cores are compared inside one jurisdiction only.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import cache

from .short_forms import SAME

# 市 that belongs to the word itself: 市场监管局, 市政公用局, 市民中心.
_OF_THE_WORD = "场|政(?:公用|设施|园林|工程|管理|处|集团)|民(?:中心|服务|热线)"
_LEVEL = re.compile(rf"^(?:市(?!{_OF_THE_WORD})|[县区](?!域))(?=..)")
_PARTY = re.compile(r"^委(?=..)(?!员会)")
_GOVERNMENT = "(?:党?委[市县区]?)?(?:人民)?政府|党工委管委会|党工委|管理委员会|管委会|办事处"
_AREA_BODY = re.compile(rf"(?<=[市县区旗镇乡道村])(?:{_GOVERNMENT})$")
_ENDINGS = [
    (re.compile(r"委员会(?=$|办)"), "委"),
    (re.compile(r"办公室$"), "办"),
    (re.compile(r"联合会$"), "联"),
    (re.compile(r"有限(?:责任)?公司$"), "公司"),
]
_AND = re.compile(r"(?<=..)[和与及](?=..)(?=.*(?:[局委部办厅]|中心)$)")
_SIGNS = re.compile(r"[^\w]|_")
_BRACKETS = re.compile(r"\(([^()]*)\)")


def plain(name: str) -> str:
    """`name` without width, spaces and signs: what two spellings of one name share."""
    return _SIGNS.sub("", unicodedata.normalize("NFKC", name))


def core(name: str, city: str = "") -> str:
    """`name` folded: equal for all the ways to word one body. `city` is the jurisdiction's name."""
    rest = plain(name).removeprefix("中共")
    youth = rest.startswith(("共青团", "团"))
    stem = city.removesuffix("市")
    rest = rest.replace("共青团" + stem, "共青团").removeprefix(stem) if stem else rest
    rest = rest if youth else _PARTY.sub("", _LEVEL.sub("", rest))
    rest = _AREA_BODY.sub("", rest).replace("人民政府", "政府")
    return _same().get(_folded(rest), _folded(rest))


def spellings(name: str) -> list[str]:
    """`name` as printed; without what stands in brackets; what stands there: 市城管局(执法局)."""
    half_width = unicodedata.normalize("NFKC", name)
    inside = _BRACKETS.findall(half_width)
    return [name, _BRACKETS.sub("", half_width), *inside] if inside else [name]


def nearest(name: str, among: Mapping[int, Iterable[str]], *, most: int = 3) -> list[int]:
    """Ids of the units whose names share the most pairs of characters with `name`, likest first."""
    wanted = _pairs(plain(name))
    likeness = {
        number: max(_likeness(wanted, _pairs(plain(other))) for other in names)
        for number, names in among.items()
    }
    close = [number for number, share in likeness.items() if share >= 0.25]
    return sorted(close, key=lambda number: (-likeness[number], number))[:most]


def _folded(name: str) -> str:
    for pattern, short in _ENDINGS:
        name = pattern.sub(short, name)
    return _AND.sub("", name)


@cache
def _same() -> dict[str, str]:
    lines = (line.split() for line in SAME.strip().splitlines())
    return {_folded(name): _folded(names[0]) for names in lines for name in names}


def _pairs(name: str) -> set[str]:
    return {name[at : at + 2] for at in range(len(name) - 1)}


def _likeness(one: set[str], other: set[str]) -> float:
    return 2 * len(one & other) / (len(one) + len(other)) if one and other else 0.0
