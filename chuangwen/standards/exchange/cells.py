"""What cells of a table of standards say: codes by the words that officials use, numbers before titles."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TypeVar

from chuangwen.cores.errors import BadInput
from chuangwen.cores.scoring.kinds import Kind

from ..rules.rule_text import milli
from ..rules.words import MILLI, NANO, Critical, DeadlineClass, Method, Severity

METHOD_WORDS = {
    **{"实地考察": Method.FIELD, "实地": Method.FIELD, "实地测评": Method.FIELD},
    **{"材料审核": Method.MATERIAL, "网上申报": Method.MATERIAL, "材料": Method.MATERIAL},
    **{"问卷调查": Method.SURVEY, "问卷": Method.SURVEY},
    **{"网络测评": Method.ONLINE, "网络": Method.ONLINE},
}
KIND_WORDS = {
    "是否": Kind.YES_NO,
    "计数": Kind.K_OF_N,
    "扣分": Kind.DEDUCTIONS,
    "分级": Kind.GRADES,
    "实测": Kind.MEASURED,
    "观察率": Kind.OBSERVED,
    "全部达标": Kind.ALL_OR_NOTHING,
    "热线测试": Kind.HOTLINE,
}
SEVERITY_WORDS = {"一般": Severity.LIGHT, "较重": Severity.SERIOUS, "严重": Severity.GRAVE}
DEADLINE_WORDS = {
    **{"立即整改": DeadlineClass.AT_ONCE, "立即": DeadlineClass.AT_ONCE},
    **{"24小时内": DeadlineClass.DAY, "24小时": DeadlineClass.DAY},
    **{"3日内": DeadlineClass.THREE_DAYS, "3日": DeadlineClass.THREE_DAYS},
    **{"7日内": DeadlineClass.WEEK, "7日": DeadlineClass.WEEK},
    **{"列入计划": DeadlineClass.LONG, "计划": DeadlineClass.LONG},
}
YES_WORDS = {"是": True, "否": False, "需要": True, "不需要": False}
NUMBERS = (
    re.compile(r"【([^】]{0,20})】\s*(.*)", re.DOTALL),
    re.compile(r"([一二三四五六七八九十百]{1,5})、\s*(.+)", re.DOTALL),
    re.compile(r"([ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ]{1,4})[、.．\s]\s*(.+)", re.DOTALL),
    re.compile(r"([(（][^)）]{1,6}[)）])\s*(.+)", re.DOTALL),
    re.compile(r"(\d{1,3}(?:\.\d{1,3})*)[.．、)）\s]\s*(.+)", re.DOTALL),
)
_WEIGHT = re.compile(r"\s*[(（](\d+(?:\.\d+)?)\s*分[)）]\s*$")
_CAP = re.compile(r"封顶\s*(?:为)?\s*(\d+(?:\.\d+)?)\s*(%?)")
_LIST = re.compile(r"[、，,;；\n]+")
Code = TypeVar("Code")


def code_of(words: Mapping[str, Code], text: str, default: Code) -> Code:
    """Raises BadInput: standards.cell_choice."""
    if not text:
        return default
    found = words.get(text.replace(" ", ""))
    if found is None:
        raise BadInput("standards.cell_choice", text=text[:40], choices="、".join(first_words(words)))
    return found


def word_of(words: Mapping[str, Code], code: object) -> str:
    """The first word for the code; "" for none."""
    return next((word for word, one in words.items() if one == code), "")


def first_words(words: Mapping[str, Code]) -> list[str]:
    """One word for each code."""
    return [word for word, code in words.items() if word == word_of(words, code)]


def numbered(text: str) -> tuple[str, str]:
    """Number and title: 一、公共环境 → 一, 公共环境."""
    for pattern in NUMBERS:
        if found := pattern.fullmatch(text.strip()):
            return found[1].strip(), found[2].strip()
    return "", text.strip()


def with_number(number: str, title: str) -> str:
    """What `numbered` takes apart again."""
    for between in ("、", ". ", " ") if number else ("",):
        text = f"{number}{between}{title}"
        if numbered(text) == (number, title):
            return text
    return f"【{number}】{title}"


def weighed(text: str) -> tuple[str, int | None]:
    """Title and weight in thousandths: 公共环境（60分） → 公共环境, 60000; None: none is said."""
    found = _WEIGHT.search(text)
    return (text[: found.start()], milli(found[1])) if found else (text, None)


def listed(text: str) -> list[str]:
    """主干道、次干道 → both, each once."""
    return list(dict.fromkeys(part.strip() for part in _LIST.split(text) if part.strip()))


def critical_of(text: str) -> tuple[Critical, int | None]:
    """否决; 封顶0.6, 封顶60%. Raises BadInput: standards.cell_critical."""
    if text in {"", "否"}:
        return Critical.NO, None
    if text in {"否决", "是", "一票否决"}:
        return Critical.FAIL, None
    found = _CAP.fullmatch(text)
    cap = milli(found[1]) if found else -1
    cap = cap // 100 if found and found[2] else cap
    if not 0 <= cap <= MILLI:
        raise BadInput("standards.cell_critical", text=text[:40])
    return Critical.CAP, cap * (NANO // MILLI)


def whole_of(text: str, most: int) -> int:
    """Raises BadInput: standards.cell_whole."""
    if not text:
        return 0
    if not text.isascii() or not text.isdecimal() or int(text[:9]) > most:
        raise BadInput("standards.cell_whole", text=text[:40], most=most)
    return int(text)
