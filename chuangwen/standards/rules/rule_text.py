"""Rules of items as officials write them in a table cell, and back: the same rule, part for part.

    yes_no          (nothing)
    k_of_n          共5项
    deductions      散落垃圾每处扣0.2；乱贴乱画每处扣0.1；最低0.2
    grades          优=1；良=0.6；差=0
    measured        ≥5个        with steps: ≥30%得1；≥20%得0.5
    observed        至少看20个
    all_or_nothing  围挡；冲洗；覆盖
    hotline         接通=0.4；答复准确=0.6
    any of them     …；达标0.8          (from which worth on the item counts as met)

A part whose key is not its title is written "key:title".
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from decimal import Decimal, InvalidOperation
from typing import Any

from chuangwen.cores.errors import BadInput
from chuangwen.cores.scoring.kinds import Kind, Rule, parse_rule

from .words import MILLI

SIGNS = {">=": "≥", "<=": "≤", ">": ">", "<": "<", "=": "="}
_BETWEEN = re.compile(r"[；;\n]+")
_KEY = re.compile(r"[\w-]{1,40}")
_FAULT = re.compile(r"(.+?)每(?:[处个次项例辆人]|一处)?扣\s*(\d+(?:\.\d+)?)分?")
_LOWEST = re.compile(r"最低(?:为|得)?\s*(\d+(?:\.\d+)?)分?")
_SHARE = re.compile(r"(.+?)\s*[==]\s*(\d+(?:\.\d+)?)")
_BOUND = re.compile(
    r"(>=|<=|>|<|=|≥|≤|不少于|不低于|不超过|不高于)\s*(-?\d+(?:\.\d+)?)\s*([^\d\s得]*)(?:得\s*(\d+(?:\.\d+)?)分?)?"
)
_COUNT = re.compile(r"\D*?(\d+)\D*")
_MET = re.compile(r"达标(?:线)?\s*(\d+(?:\.\d+)?)")
_WORDED = {"≥": ">=", "≤": "<=", "不少于": ">=", "不低于": ">=", "不超过": "<=", "不高于": "<="}


def rule_from_text(kind: Kind, text: str) -> dict[str, Any]:
    """The rule as JSON. Raises BadInput: standards.rule_text (what of it cannot be read), scoring.…"""
    parts = [part.strip(" 。，,") for part in _BETWEEN.split(_plain(text))]
    parts = [part for part in parts if part]
    met = [found for part in parts if (found := _MET.fullmatch(part))]
    parts = [part for part in parts if not _MET.fullmatch(part)]
    data = _READ[kind](parts)
    if met:
        data["met_from_milli"] = milli(met[-1][1])
    return dict(parse_rule(kind, data).data)


def rule_to_text(rule: Rule) -> str:
    """Read again by `rule_from_text`, it gives the same rule."""
    parts = _WRITE[rule.kind](rule)
    if rule.met_from_milli != MILLI:
        parts = [*parts, f"达标{decimal(rule.met_from_milli)}"]
    return "；".join(parts)


def milli(text: str) -> int:
    """Thousandths of a decimal as it is typed: "0.6" → 600. Raises BadInput: standards.not_a_weight."""
    try:
        value = Decimal(_plain(text).strip() or "x") * MILLI
    except InvalidOperation:
        raise BadInput("standards.not_a_weight", text=text[:40]) from None
    if not value.is_finite() or value != value.to_integral_value() or not 0 <= value <= 10**9:
        raise BadInput("standards.not_a_weight", text=text[:40])
    return int(value)


def decimal(value_milli: int) -> str:
    """600 → "0.6", 60000 → "60"."""
    text = f"{Decimal(value_milli) / MILLI:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def key_for(title: str, at: int) -> str:
    """The key of a part that has only a title: the title itself where it can be one."""
    return title if _KEY.fullmatch(title) else f"p{at}"


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text)


def _unread(part: str) -> BadInput:
    return BadInput("standards.rule_text", text=part[:60])


def _named(title: str, at: int) -> dict[str, Any]:
    """Key and title of a part; "key:title" says both."""
    key, colon, rest = title.partition(":")
    if colon and _KEY.fullmatch(key.strip()):
        return {"key": key.strip(), **({"title": rest.strip()} if rest.strip() else {})}
    return {"key": key_for(title.strip(), at), "title": title.strip()}


def _called(key: str, title: str, at: int) -> str:
    plain = title and key == key_for(title, at) and ":" not in title
    return title if plain else f"{key}:{title}"


def _read_nothing(parts: list[str]) -> dict[str, Any]:
    for part in parts:
        if part not in {"是否", "是/否", "符合/不符合", "是或否"}:
            raise _unread(part)
    return {}


def _read_count(name: str) -> Callable[[list[str]], dict[str, Any]]:
    def read(parts: list[str]) -> dict[str, Any]:
        found = _COUNT.fullmatch(parts[0]) if len(parts) == 1 else None
        if found is None:
            raise _unread("；".join(parts))
        return {name: int(found[1][:9])}

    return read


def _read_deductions(parts: list[str]) -> dict[str, Any]:
    faults: list[dict[str, Any]] = []
    data: dict[str, Any] = {"faults": faults}
    for part in parts:
        if lowest := _LOWEST.fullmatch(part):
            data["floor_milli"] = milli(lowest[1])
        elif fault := _FAULT.fullmatch(part):
            faults.append({**_named(fault[1], len(faults) + 1), "each_milli": milli(fault[2])})
        else:
            raise _unread(part)
    return data


def _read_shares(name: str, share: str) -> Callable[[list[str]], dict[str, Any]]:
    def read(parts: list[str]) -> dict[str, Any]:
        found: list[dict[str, Any]] = []
        for at, part in enumerate(parts, 1):
            one = _SHARE.fullmatch(part)
            if one is None:
                raise _unread(part)
            found.append({**_named(one[1], at), share: milli(one[2])})
        return {name: found}

    return read


def _read_measured(parts: list[str]) -> dict[str, Any]:
    bounds = [(part, _BOUND.fullmatch(part)) for part in parts]
    for part, bound in bounds:
        if bound is None:
            raise _unread(part)
    found = [bound for _part, bound in bounds if bound is not None]
    if not found:
        raise _unread("")
    comparators = {_WORDED.get(bound[1], bound[1]) for bound in found}
    if len(comparators) != 1 or len({bound[3] for bound in found}) != 1:
        raise _unread("；".join(parts))
    data: dict[str, Any] = {"unit": found[0][3], "comparator": comparators.pop()}
    if len(found) == 1 and found[0][4] is None:
        return {**data, "value": found[0][2]}
    steps = [{"value": bound[2], "weight_milli": milli(bound[4] or "1")} for bound in found]
    return {**data, "steps": steps}


def _read_parts(parts: list[str]) -> dict[str, Any]:
    return {"parts": [_named(part, at) for at, part in enumerate(parts, 1)]}


_READ: dict[Kind, Callable[[list[str]], dict[str, Any]]] = {
    Kind.YES_NO: _read_nothing,
    Kind.K_OF_N: _read_count("n"),
    Kind.DEDUCTIONS: _read_deductions,
    Kind.GRADES: _read_shares("grades", "weight_milli"),
    Kind.MEASURED: _read_measured,
    Kind.OBSERVED: _read_count("least"),
    Kind.ALL_OR_NOTHING: _read_parts,
    Kind.HOTLINE: _read_shares("parts", "share_milli"),
}


def _choices(rule: Rule, word: Callable[[str, int], str]) -> Iterable[str]:
    for at, one in enumerate(rule.choices, 1):
        yield word(_called(one.key, one.title, at), one.milli)


def _write_deductions(rule: Rule) -> list[str]:
    parts = list(_choices(rule, lambda name, each: f"{name}每处扣{decimal(each)}"))
    return [*parts, f"最低{decimal(rule.floor_milli)}"] if rule.floor_milli else parts


def _write_measured(rule: Rule) -> list[str]:
    sign = SIGNS[rule.comparator]
    if "steps" not in rule.data:
        return [f"{sign}{rule.data['value']}{rule.unit}"]
    return [
        f"{sign}{step['value']}{rule.unit}得{decimal(step['weight_milli'])}" for step in rule.data["steps"]
    ]


_WRITE: dict[Kind, Callable[[Rule], list[str]]] = {
    Kind.YES_NO: lambda rule: [],
    Kind.K_OF_N: lambda rule: [f"共{rule.n}项"],
    Kind.DEDUCTIONS: _write_deductions,
    Kind.GRADES: lambda rule: list(_choices(rule, lambda name, weight: f"{name}={decimal(weight)}")),
    Kind.MEASURED: _write_measured,
    Kind.OBSERVED: lambda rule: [f"至少看{rule.least}个"],
    Kind.ALL_OR_NOTHING: lambda rule: list(_choices(rule, lambda name, _none: name)),
    Kind.HOTLINE: lambda rule: list(_choices(rule, lambda name, share: f"{name}={decimal(share)}")),
}
