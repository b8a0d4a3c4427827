"""Amounts with their units: a number, what it counts in, and the words beside it that compare or bound it.

A quantity is only what is printed; whether it is an indicator, and of what, is for `clauses` and
`indicators`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from chuangwen.cores.reading.numerals import Numeral, numerals

RATIO = "ratio"  # %, ‰, 百分点, 倍, 番
MONEY = "money"
MEASURE = "measure"  # lengths, areas, weights, power …
TIME = "time"
COUNT = "count"  # classifiers: 个, 家, 人次 …
BARE = "bare"  # no unit is printed

_UNITS = {
    RATIO: "个百分点 百分点 % ‰ 倍 番",
    MONEY: "美元 欧元 港元 日元 元",
    MEASURE: "平方公里 平方千米 平方米 平米 平方 立方米 公里 千米 延米 米 公顷 亩 吨标准煤 吨标煤 吨 "
    "公斤 千克 毫克 微克 克 斤 千瓦时 千瓦 兆瓦 千伏安 千伏 蒸吨 标准箱 标箱 升 度 kWh MWh GWh kW MW GW "
    "kV TEU Eflops EFLOPS PFLOPS ㎡ km² m² ㎥ ㎞ km 分贝 克拉 方",
    TIME: "个工作日 工作日 个小时 个月 小时 分钟 天 秒 年 岁 周 日",
    COUNT: "人次 人 户次 户 家次 家 个位次 位次 个 台次 台套 标台 台 辆次 辆 条次 条 项次 项 件次 件 "
    "场次 场 批次 班次 架次 艘次 标段 课时 学时 头只 头 只 羽 尾 名 位 所 座 处 套 支 本 册 期 集 部 篇 "
    "幅 块 张 株 棵 栋 幢 间 宗 起 艘 班 门 节 对 组 盏 杆 根 口 眼 孔 片 枚 面 份 封 种 类 例 枝 趟 笔 "
    "单 票 镇 次 床 穴 款 堂 首 档 桩 卷 轮 分 路",
}
_KIND = {unit: kind for kind, units in _UNITS.items() for unit in units.split()}
_PER = "月|人|万人|千人|平方公里|平方米|立方米|公里|户|日|天|年|亩|小时|个|吨|升"
_UNIT = re.compile(
    r"(?P<more>[余多])?(?P<unit>"
    + "|".join(re.escape(unit) for unit in sorted(_KIND, key=len, reverse=True))
    + rf")(?P<per>/(?:{_PER})|\((?:次|套|户|家|处|座|个|只|株|人)\))?"
    "(?P<after_more>[余多](?![个项种样元层渠方领部少数式功维媒径彩边业语]))?"
)
# Characters that make another word of the classifier before them: 人口, 个别, 次序, 项目 …
_OTHER_WORD = {
    "人": "口均才工",
    "个": "别性体",
    "次": "序要",
    "项": "目",
    "条": "件例款",
    "方": "面式针案向法便",
    "面": "积向临貌",
    "种": "植子粮业养质",
    "类": "别型水",
    "对": "接于口外",
    "组": "织建长",
    "起": "步来",
    "部": "门署分",
    "门": "类口",
    "节": "能约水点日",
    "天": "然气",
    "日": "常均",
    "年": "度均",
    "位": "一于置",
    "家": "庭长乡园门",
    "户": "外型均",
    "度": "假",
    "支": "持部",
    "本": "地级市年科",
    "期": "间末",
    "场": "所地馆",
    "台": "阶账",
    "口": "岸",
    "出": "台口租让",
    "单": "位",
    "首": "批个位",
    "镇": "级",
    "床": "位",
    "名": "录",
    "所": "有在",
    "处": "理置于",
    "只": "有",
    "张": "贴",
    "路": "段口灯线网面况由侧",
    "分": "别之为类级开工层布析期数享",
    "轮": "胎流",
    "根": "本据",
    "升": "级",
    "周": "边年岁",
    "班": "子",
    "档": "案升",
}
_NO_LESS = "不少于|不低于|不小于|不得少于|不得低于|不下于|至少|最少|最低|大于等于|>=|≥"
_NO_MORE = "不超过|不高于|不多于|不大于|不得超过|不得高于|不突破|低于等于|小于等于|至多|<=|≤"
_MORE = "超过了?|突破了?|高于|多于|大于|超|逾|>"
_LESS = "接近|将近|近|低于|少于|小于|不足|<"
_DOWN_TO = "(?:控制|压缩|压减|缩短|缩减|下降|降低|减少|精简|降|减|压降)(?:在|到|至|为)"
_UP_TO = "(?:提高|提升|增加|增长|扩大|上升|增|升|恢复|提|扩展|发展|延长|调整|调)(?:到|至|为)"
_PLAIN = "达到了?|达|保持在?|稳定在|维持在|为|在|实现|约|大约|约为|计|完成"
_BEFORE = re.compile(
    rf"(?:(?P<no_less>{_NO_LESS})|(?P<no_more>{_NO_MORE})|(?P<more>{_MORE})|(?P<less>{_LESS})|(?P<down>{_DOWN_TO})"
    rf"|(?P<up>{_UP_TO})|(?P<plain>{_PLAIN})|(?P<up_vague>上))$"
)
_AFTER = re.compile(
    r"(?P<no_less>及?以上|之上)|(?P<no_more>及?以下|以内|之内|内(?![容部外科街巷河湖港环涝涵])|之下)|左右|上下"
)
_DASH = re.compile(r"(?:-{1,2}|—{1,2}|~|～|至|到)$")
_DIGIT_MARKS = "+*×·/:@#_^."  # 10+3, 7*24, 3·15, 7:43:50 are no amounts


@dataclass(slots=True)
class Quantity:
    """An amount in a view's text: `text[start:end]` is the number with its unit.

    `left` and `right` are where the words that compare it begin and end (不少于 … 以上). `comparator` is the
    strict one that these words set, or "" if they set none; `bound` names the words: up, down, plain or "".
    `fold` is how many things share the amount (三个100%).
    """

    start: int
    end: int
    left: int
    right: int
    value: Decimal
    unit: str
    kind: str
    comparator: str = ""
    bound: str = ""
    hanzi: bool = False
    lone: bool = False
    upper: Decimal | None = None
    fold: int = 1

    def compare_as(self, first: Quantity) -> None:
        """Take over what the words before the first of several amounts say of all: 分别不超过9%、8%."""
        if not self.comparator and not self.bound and first.right == first.end:
            self.comparator, self.bound = first.comparator, first.bound


def quantities(text: str) -> list[Quantity]:
    """All amounts in a view's text, ranges as one, from left to right."""
    found: list[Quantity] = []
    for numeral in numerals(text):
        quantity = _with_unit(text, numeral)
        if quantity is None or (found and quantity.start < found[-1].end):  # 百 of 个百分点
            continue
        if found and _joins_range(text, found[-1], quantity):
            continue
        if found and quantity.kind == RATIO and found[-1].unit == "个" and found[-1].end == quantity.start:
            quantity.left = found[-1].left
            quantity.fold = int(found.pop().value)  # 三个100%
        found.append(quantity)
    return _shared_units(text, found)


def _with_unit(text: str, numeral: Numeral) -> Quantity | None:
    start, end = numeral.start, numeral.end
    if _inside_a_code(text, start, end):
        return None
    unit, kind, more = numeral.unit, RATIO if numeral.unit else BARE, numeral.more
    match = None if numeral.unit else _UNIT.match(text, end)
    if match and not _is_other_word(text, match):
        unit, kind, end = match["unit"] + (match["per"] or ""), _KIND[match["unit"]], match.end()
        more = more or bool(match["more"] or match["after_more"])
    elif not numeral.unit and text[end : end + 1] in {"余", "多"}:
        more, end = True, end + 1
    if kind == BARE and numeral.hanzi:
        return None
    quantity = Quantity(start, end, start, end, numeral.value, _unit_name(unit), kind, hanzi=numeral.hanzi)
    quantity.lone = numeral.lone
    _compare(text, quantity, more)
    return quantity


def _unit_name(unit: str) -> str:
    return "百分点" if unit == "个百分点" else unit


def _is_other_word(text: str, match: re.Match[str]) -> bool:
    following = text[match.end() : match.end() + 1]
    return bool(following) and following in _OTHER_WORD.get(match["unit"], "")


def _inside_a_code(text: str, start: int, end: int) -> bool:
    before, after = text[max(0, start - 2) : start], text[end : end + 2]
    if before[-1:] in _DIGIT_MARKS and before[:1].isdigit():
        return True
    return after[:1] in _DIGIT_MARKS and after[1:].isdigit() and text[start].isdigit()


def _compare(text: str, quantity: Quantity, more: bool) -> None:
    """Read the words on both sides of the amount; a strict word beside it goes before 以上 after it."""
    before = _BEFORE.search(text[max(0, quantity.start - 8) : quantity.start])
    after = _AFTER.match(text, quantity.end)
    if after:
        quantity.right = after.end()
        quantity.comparator = {"no_less": ">=", "no_more": "<="}.get(after.lastgroup or "", "")
    if before:
        quantity.left -= len(before[0])
        kind = before.lastgroup or ""
        quantity.bound = kind if kind in {"up", "down", "plain"} else "plain"
        strict = {"no_less": ">=", "no_more": "<=", "more": ">", "less": "<", "up_vague": ">="}.get(kind)
        quantity.comparator = strict or quantity.comparator
        if kind == "up_vague" and not quantity.lone:
            quantity.comparator, quantity.left, quantity.bound = "", quantity.start, ""
    if more:
        quantity.comparator = ">"


def _joins_range(text: str, first: Quantity, second: Quantity) -> bool:
    """Whether two amounts are one range (3-5家, 2%至3%); the first then takes the unit of the second."""
    between = text[first.end : second.start]
    if not _DASH.fullmatch(between) or first.upper is not None or second.value <= 0:
        return False
    if first.kind != BARE and first.unit != second.unit:
        return False
    if second.kind == BARE:
        return False
    scale = _shared_scale(text, first, second)
    first.value, first.upper = first.value * scale, second.value
    if first.value > first.upper:
        return False
    first.unit, first.kind, first.end, first.right = second.unit, second.kind, second.end, second.right
    return True


def _shared_scale(text: str, first: Quantity, second: Quantity) -> Decimal:
    """3-5万 and 20、30、40万: a multiplier printed once, with the last, counts for all."""
    times = re.search(r"[百千]?[万亿]+$", text[second.start : second.end].removesuffix(second.unit))
    bare = first.kind == BARE and text[first.end - 1].isdigit() and second.upper is None
    if not bare or not times or first.value >= second.value:
        return Decimal(1)
    return {"万": Decimal(10**4), "亿": Decimal(10**8)}.get(times[0], Decimal(1))


def _shared_units(text: str, found: Sequence[Quantity]) -> list[Quantity]:
    """36、62、60个: amounts without a unit before one that has it take it."""
    for first, second in zip(reversed(found[:-1]), reversed(found[1:]), strict=True):
        if (
            first.kind == BARE
            and second.kind != BARE
            and text[first.end : second.start] in {"、", "和", "及", ",", "/"}
        ):
            first.unit, first.kind = second.unit, second.kind
    return list(found)
