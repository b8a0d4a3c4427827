"""Answers as people write them in a table cell, and back.

yes_no          是 / 否
k_of_n          3
deductions      散落垃圾2；乱贴乱画0        (every fault with its count)
grades          优
measured        4.5
observed        40/30                       (seen / compliant)
all_or_nothing  围挡是；冲洗否
hotline         接通是；答复准确否
any of them     不适用：正在施工
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from typing import Any

from chuangwen.cores.errors import BadInput
from chuangwen.cores.scoring.kinds import Kind, Rule, parse_mark

YES = frozenset({"是", "符合", "达标", "有", "y", "yes", "true", "1", "√", "✓"})
NO = frozenset({"否", "不符合", "不达标", "无", "没有", "n", "no", "false", "0", "×", "x"})
_NA = re.compile(r"(?:不适用|不涉及|/|na|n/a)\s*[::]?\s*(.*)", re.IGNORECASE | re.DOTALL)
_BETWEEN = re.compile(r"[;；,，、\n]+")


def answer_from_text(rule: Rule, text: str) -> dict[str, Any]:
    """The answer as JSON. Raises BadInput: assessments.answer (what it should look like), scoring.…"""
    plain = unicodedata.normalize("NFKC", text).strip()
    if (na := _NA.fullmatch(plain)) and not (rule.kind == Kind.OBSERVED and plain.startswith("/")):
        return dict(parse_mark(rule, {"na": na[1].strip()}).data)
    return dict(parse_mark(rule, _data(rule, plain)).data)


def _data(rule: Rule, text: str) -> dict[str, Any]:
    kind = rule.kind
    if kind == Kind.YES_NO:
        return {"met": _yes(rule, text)}
    if kind == Kind.K_OF_N:
        return {"k": _whole(rule, text)}
    if kind == Kind.MEASURED:
        number = text.removesuffix(unicodedata.normalize("NFKC", rule.unit)).strip() if rule.unit else text
        return {"value": number}
    if kind == Kind.GRADES:
        found = [one.key for one in rule.choices if text in (one.key, one.title)]
        return {"grade": found[0] if found else text}
    if kind == Kind.OBSERVED:
        seen, slash, good = text.partition("/")
        if not slash:
            raise _unlike(rule)
        return {"seen": _whole(rule, seen), "compliant": _whole(rule, good)}
    parts = _parts(rule, text)
    if kind == Kind.DEDUCTIONS:
        return {"counts": {key: _whole(rule, value) for key, value in parts.items()}}
    return {"met": {key: _yes(rule, value) for key, value in parts.items()}}


def _parts(rule: Rule, text: str) -> dict[str, str]:
    """What is said of each part; with as many values as parts the names may be left out."""
    pieces = [one.strip() for one in _BETWEEN.split(text) if one.strip()]
    names = sorted(
        ((name, one.key) for one in rule.choices for name in {one.title, one.key} if name),
        key=lambda pair: -len(pair[0]),
    )
    found: dict[str, str] = {}
    for at, piece in enumerate(pieces):
        key = next((key for name, key in names if piece.startswith(_folded(name))), None)
        name = next((name for name, _key in names if piece.startswith(_folded(name))), "")
        if key is None and len(pieces) == len(rule.choices):
            key = rule.choices[at].key
        if key is None or key in found:
            raise _unlike(rule)
        found[key] = piece.removeprefix(_folded(name)).lstrip(" :=").rstrip()
    return found


def _folded(name: str) -> str:
    return unicodedata.normalize("NFKC", name)


def _yes(rule: Rule, text: str) -> bool:
    word = text.lower()
    if word in YES or word in NO:
        return word in YES
    raise _unlike(rule)


def _whole(rule: Rule, text: str) -> int:
    plain = text.strip().removesuffix("处").removesuffix("个")
    if plain.isascii() and plain.isdecimal() and len(plain) < 10:
        return int(plain)
    raise _unlike(rule)


def _unlike(rule: Rule) -> BadInput:
    return BadInput("assessments.answer", like=asked(rule))


def asked(rule: Rule) -> str:
    """What a cell should look like."""
    names = [one.title or one.key for one in rule.choices]
    words: dict[Kind, Callable[[], str]] = {
        Kind.YES_NO: lambda: "是／否",
        Kind.K_OF_N: lambda: f"0–{rule.n}",
        Kind.MEASURED: lambda: f"数值（{rule.unit}）" if rule.unit else "数值",
        Kind.GRADES: lambda: "／".join(names),
        Kind.OBSERVED: lambda: f"看到数/合规数，如 {rule.least}/{rule.least}",
        Kind.DEDUCTIONS: lambda: "；".join(f"{name}0" for name in names),
        Kind.ALL_OR_NOTHING: lambda: "；".join(f"{name}是" for name in names),
        Kind.HOTLINE: lambda: "；".join(f"{name}是" for name in names),
    }
    return words[rule.kind]()


def answer_to_text(rule: Rule, data: Mapping[str, Any]) -> str:
    """Read again by `answer_from_text`, it gives the same answer."""
    if "na" in data:
        return f"不适用：{data['na']}"
    kind = rule.kind
    if kind == Kind.YES_NO:
        return _word(data["met"])
    if kind == Kind.K_OF_N:
        return str(data["k"])
    if kind == Kind.MEASURED:
        return str(data["value"])
    if kind == Kind.GRADES:
        return next((one.title or one.key for one in rule.choices if one.key == data["grade"]), "")
    if kind == Kind.OBSERVED:
        return f"{data['seen']}/{data['compliant']}"
    said = data["counts"] if kind == Kind.DEDUCTIONS else data["met"]
    words = {key: str(value) if kind == Kind.DEDUCTIONS else _word(value) for key, value in said.items()}
    return "；".join(f"{one.title or one.key}{words[one.key]}" for one in rule.choices)


def _word(met: bool) -> str:
    return "是" if met else "否"
