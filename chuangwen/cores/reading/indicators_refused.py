"""Why an amount is no indicator: brand names, counts of listed items, descriptions of one project, ranks, rules."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from chuangwen.cores.reading.clauses import Clause
from chuangwen.cores.reading.quantities import BARE, COUNT, MEASURE, MONEY, RATIO, TIME, Quantity
from chuangwen.cores.reading.quantities_coverage import COVERAGE


@dataclass(slots=True)
class Place:
    """An amount where it stands: `before` is its clause back to the amount before it, `after` on to the next one.

    `lead` is the whole clause before it; `first` and `next` are its neighbours in the same clause, if any.
    """

    text: str
    clause: Clause
    quantity: Quantity
    before: str
    after: str
    lead: str
    previous: Quantity | None
    next: Quantity | None
    quoted: bool
    listed: bool  # one of A 3个、B 5个 of which another is no 一
    spelled_out: bool  # in the brackets that spell out a name: (即 …)

    @property
    def noun(self) -> str:
        """The words right after the amount, up to a mark; "" if it ends its phrase."""
        return re.split("[、,;。:]", self.after, maxsplit=1)[0]


# Verbs whose object is counted because it is to be there in that number.
MAKING = (
    "新建|改建|扩建|改扩建|续建|建成|建设|建立|组建|成立|设立|培育|培养|打造|编印|编撰|编制|编写|创建|创成|创作|改造|新增|增设|增加|完成|引进|引育|认定|评选|评出|命名|"
    "选树|选拔|选派|举办|开展|组织|培训|配备|配置|配建|安装|开工|竣工|发展|整治|治理|拆除|打通|开通|推出|发布|出版|申报|遴选|招引|签约|落地|投放|种植|栽植|新签|布设|布局|"
    "维修|修缮|修建|修复|提升|提质|储备|孵化|扶持|帮扶|推广|实施|投用|启用|启动|带动|影响|吸引|招聘|招募|征集|获评|入选|净增|新认定|新创|升级|推选|表彰|解决|消除|关停|淘汰|"
    "成就|积累|选出|建好|设置|增至|拍摄|刊播|制作|举行|召开|发放|转移|安置|脱贫|救助|资助|办理|办结|查处|破获|排查|整改|收购|并购|上市|挂牌|通过|达产|投产|谋划|推介|聘请|建有|拥有|配齐|加装|更换|铺设|敷设|清理|清运|疏通|新开|优化|落实"
)
_MAKING = re.compile(MAKING)
# Parts of the plan or of the office itself; a number of them announces a list.
_STRUCTURE = (
    "方面|领域|环节|任务|工作|工程|行动|举措|措施|目标|指标|原则|机制|体系|制度|意识|自信|布局|关系|攻坚战|战役|民生实事|实事|要求|专项|小组|专班|工作组|部门|板块|层面|"
    "维度|阶段|步骤|主题|抓手|突破口|关键|重点|统筹|条线|层级|要素|战略|理念|优势|定位|问题|难题|平台|清单|底线|红线|清零|强化|坚持|不|办法|动作|文件|到位|集中|维护|建设|提升|样板|统一|转变|融合|联动"
)
_HARD_STRUCTURE = "方面|领域|环节|任务|工作|行动|举措|措施|目标|指标|原则|意识|小组|专班|工作组|部门|板块|条线|层面|维度|阶段|步骤|民生实事|实事"
_NOT_HEAD = "技术|研究|中心|站|室|师|员|者|人员|机构|单位|队|点|委|局|办|坊|服务|组织|示范|试点|基地|项目|园|区|企业|岗|课|案|卡|活动|站点|设施|产品|标准"
_STRUCTURAL = re.compile(rf"^[^的]{{0,8}}?(?:{_STRUCTURE})(?!{_NOT_HEAD})")
_HARD_STRUCTURAL = re.compile(rf"^[^的]{{0,10}}?(?:{_HARD_STRUCTURE})(?!{_NOT_HEAD})")
_ANNOUNCED = re.compile(
    "(?:明确|涉及|分为|分成|划分|分解|细化|围绕|聚焦|针对|按照|涵盖的?|从|共分|提出了?|抓住|向|贯穿|把握|突出)[^,]*$"
)
_FACILITY = re.compile(
    "^(?:以上|以下)?[^,、的]{0,14}?(?:项目|生产线|工程|机组|装置|电站|电厂|电场|产业园|商圈|输变电|线路|扩建|变电站|炉|规模|光伏|风电|船|码头|泊位|级)"
)
_ATTRIBUTE = re.compile(
    r"^(?:以上|以下|以内|左右)?的(?!目标|任务|要求|标准|水平|规划|规模目标|重点|速度|增速|增长|幅度|比例|乡镇|存量|问题)"
)
_RANK = re.compile(r"(?:第|前|后|居|列|位列|位居|排名|排|名列|前进|升至|跃居)$")
_SUM_INVESTED = re.compile(
    r"(?:总投资|计划投资|概算|估算|总造价|静态投资|投资额|总概算|注册资本)(?:为|约|达|达到|超|超过|近|共)*$|^投资(?:约|近|超)?$"
)
_DESCRIPTION = re.compile(
    r"(?:占地|占地面积|全长|总长|长约|长度|长|宽|高|总建筑面积|建筑面积|可容纳|最大|单体|辐射|辐射周边|周边|面积约|海拔|存栏|日处理|装机|设计能力|年产|人口)(?:约|近|超|达|超过|为)?$"
)
_RULE = re.compile(
    "给予|一次性|奖补|罚款|处以|贴息|封顶|按照?[^,]{0,6}$|每(?:人|户|亩|个|家|套|平方米|年)?(?:每[年月])?(?:补助|奖励|补贴)"
)
_TIME_NAMED = re.compile(
    "时间|时限|年限|寿命|天数|时长|周期|学时|课时|受教育|通勤|响应|优良|压缩|缩短|年龄|期限|办结|审批|开办|好于|天"
)
_PLACE_BEFORE = re.compile(
    r"(?:在|从|由|跨|沿|对|围绕|针对|面向|于)(?:全市|全省|全国|全区|全县|城区|中心城区|市区|主城区)?$"
)
_PLACE_AFTER = re.compile(
    "^[^,、]{0,14}?(?:周边|附近|地区|排名|评比|评选中|中(?:排名|位|居|率先|综合)|综合信用|城市中)"
)
_UNIT_OF_BASE = re.compile(r"每[^,]{0,3}$")
_BASE_BEFORE = re.compile(r"(?:由|从)[^,、]{0,12}$")
_BASE_AFTER = re.compile(
    "^[^,;]{0,6}(?:提高|提升|增加|增长|扩大|上升|降低|下降|减少|压缩|缩短|压减|恢复|调整|降|增|升|变)(?:了)?(?:到|至|为|成)"
)


def refused(place: Place) -> bool:
    """Whether the amount is no indicator."""
    return any(reason(place) for reason in _REASONS)


def _in_a_name(place: Place) -> bool:
    return place.quoted and place.quantity.kind != COVERAGE


def _a_date_or_duration(place: Place) -> bool:
    quantity = place.quantity
    if quantity.kind != TIME:
        return False
    if quantity.unit in {"日", "周", "个月", "秒"} and "时间" not in place.before:
        return True
    if any(date.start <= quantity.start < date.end for date in place.clause.dates):
        return True
    if quantity.unit == "岁":
        return not re.search("寿命|年龄", place.before)
    if quantity.unit == "年":
        return not re.search("年限|寿命|教育", place.before)
    return not _TIME_NAMED.search(place.before)


def _ordinal_or_rank(place: Place) -> bool:
    head = (
        place.before[: len(place.before) - (place.quantity.start - place.quantity.left)]
        if place.before
        else ""
    )
    near = place.text[max(0, place.quantity.start - 3) : place.quantity.start]
    return bool(_RANK.search(near) or (place.quantity.unit in {"位", "名"} and _RANK.search(head)))


def _bare_number(place: Place) -> bool:
    """No unit: only an index or a sum of people counts, or one that words of reaching point to."""
    quantity = place.quantity
    if quantity.kind != BARE:
        return False
    if place.text[quantity.start - 1 : quantity.start] in {":", "-", "—", ".", "/"}:
        return True
    large = place.text[quantity.end - 1] in "万亿余多"
    if not place.noun:
        named = re.search(
            "(?:指数|系数|得分|用户数|人口|总数|总量|数量|数|规模)$",
            place.text[place.clause.start : quantity.left],
        )
        reached = quantity.bound in {"plain", "up", "down"} and place.text[quantity.left] not in "在为"
        year = not large and 1900 <= quantity.value <= 2100
        return year or not (named or (reached and (large or re.search("指数|系数|得分|数", place.before))))
    return not (large and re.match("[\u4e00-\u9fff]", place.noun)) or place.noun.startswith(
        ("+", "级", "大", "字")
    )


def _characters(place: Place) -> bool:
    """Numerals in characters state an amount only as the object of a verb of making, or with a word of comparing."""
    quantity = place.quantity
    if not quantity.hanzi or quantity.kind == RATIO or quantity.kind == COVERAGE:
        return False
    if quantity.comparator or (quantity.kind == TIME and quantity.bound):
        return False
    if quantity.kind == MONEY:
        return not quantity.bound or quantity.lone
    if quantity.value == 1 and not place.listed:
        return True
    if quantity.kind != COUNT:
        return not _MAKING.search(place.lead)
    if _STRUCTURAL.search(place.noun) and not place.spelled_out:
        return True
    return not (_MAKING.search(place.lead) or place.listed or place.spelled_out)


def _single_fold(place: Place) -> bool:
    """一倍 counts after a word of change only."""
    quantity = place.quantity
    if quantity.unit != "倍":
        return False
    return not re.search("增|提高|提升|扩大|翻|超|达|为|上升", place.before)


def _counted_list(place: Place) -> bool:
    """8项工作, 12个专项工作组, 116个重点指标: how many items the document or the office has."""
    quantity = place.quantity
    if quantity.kind != COUNT or not place.noun or place.spelled_out:
        return False
    if re.search("完成[^,]*$|办结[^,]*$", place.lead):
        return False
    if _HARD_STRUCTURAL.search(place.noun):
        return True
    return bool(_ANNOUNCED.search(place.lead)) and bool(
        _STRUCTURAL.search(place.text[quantity.end : place.clause.end])
    )


def _names_listed_before(place: Place) -> bool:
    """A、B、C 5个产业 counts the names before it; A、B等34个项目 does not."""
    quantity = place.quantity
    if quantity.kind != COUNT or not place.noun or quantity.left != quantity.start or quantity.comparator:
        return False
    if place.previous is not None or "、" not in place.before or re.search("等$|等共$|共$", place.before):
        return False
    tail = re.split("[、和及与]", place.before)[-1]
    return not _MAKING.search(tail) and not re.search("[各为共有的]$|每$", tail)


def _describes(place: Place) -> bool:
    """5000万元以上的项目, 50万吨甲醇项目, 存栏2000头的奶牛场: how big one thing is."""
    quantity = place.quantity
    if quantity.kind not in {MEASURE, MONEY, COUNT, TIME}:
        return False
    rest = place.text[quantity.end : place.clause.end]
    if quantity.kind == COUNT and quantity.unit not in {"头", "张", "只", "床", "套", "台"}:
        return False
    if (
        _DESCRIPTION.search(place.before[: len(place.before) - (quantity.start - quantity.left)] or "")
        and place.noun
    ):
        return True
    if _ATTRIBUTE.search(rest):
        return True
    if quantity.kind == COUNT:
        return bool(place.next and place.noun and not re.search("[、,和]", place.after[:-1] or "、"))
    if _bounded(rest) and quantity.kind == MONEY:
        return True
    if place.next and place.noun and not re.search("[、,和及]", place.after):
        return place.next.kind == COUNT
    area = quantity.unit in {"亩", "平方米", "公顷", "平方公里"}
    return bool(_FACILITY.search(rest)) and not (area and _MAKING.search(place.before)) and bool(place.noun)


def _bounded(rest: str) -> bool:
    return bool(re.match("(?:以上|以下)(?=[\u4e00-\u9fff])(?!左右)", rest))


def _second_of_two(place: Place) -> bool:
    """5个1000平方米以上的用房: the amount right after a count, before the noun, belongs to the noun."""
    quantity, previous = place.quantity, place.previous
    if previous is None or previous.right != quantity.left or previous.kind != COUNT:
        return False
    return bool(place.noun.removeprefix("以上").removeprefix("以下"))


def _sum_invested(place: Place) -> bool:
    before = place.before[: len(place.before) - (place.quantity.start - place.quantity.left)]
    return place.quantity.kind == MONEY and bool(_SUM_INVESTED.search(before))


def _scope_or_place(place: Place) -> bool:
    """在262个城市排名中, 30个村污水处理率达到80%: where, not how many."""
    quantity = place.quantity
    if quantity.kind != COUNT or not place.noun:
        return False
    if place.next and place.next.kind == RATIO and re.search("率|比例|比重|占比", place.after):
        return True
    if (
        place.next
        and place.next.kind == COVERAGE
        and place.text[place.next.start : place.next.end].endswith("覆盖")
    ):
        return True
    if not _PLACE_BEFORE.search(place.before):
        return False
    return quantity.hanzi or bool(_PLACE_AFTER.search(place.noun))


def _one_of_them(place: Place) -> bool:
    return bool(re.match("[^,]{0,20}之一", place.after))


def _rule_amount(place: Place) -> bool:
    """给予10万元奖励, 按30%补助: a rule, no target."""
    quantity = place.quantity
    if quantity.kind not in {MONEY, RATIO, BARE}:
        return False
    return bool(_RULE.search(place.before)) and not re.search("标准|水平", place.lead)


def _denominator(place: Place) -> bool:
    return bool(_UNIT_OF_BASE.search(place.before)) and not re.search(
        "每年[^,]{0,1}$|不|超|达", place.before[-4:]
    )


def _start_of_change(place: Place) -> bool:
    """由45%提高到50%: only the second is meant."""
    rest = place.text[place.quantity.right : place.clause.end]
    if _BASE_BEFORE.search(place.before) and (_BASE_AFTER.search(rest) or place.next):
        return True
    return bool(re.match("[^,;、]{0,8}(?:的)?基础上", rest))


def _class_or_number(place: Place) -> bool:
    """B级, 3号楼, 12345热线, 备案号: codes."""
    return bool(
        re.match("[级号届时点路线#%]|星级|国道|省道|县道|热线|集团军", place.text[place.quantity.end :])
    )


def _covered_elsewhere(place: Place) -> bool:
    """全覆盖 beside the number it stands for, or without a thing that is covered."""
    if place.quantity.kind != COVERAGE:
        return False
    if place.text.startswith("全部", place.quantity.start) and place.previous is not None:
        return True
    if re.search("(?:开展|进行|实行|推行)[^,]{0,4}$", place.before):
        return True
    following = place.text[place.quantity.end : place.quantity.end + 40].split("。")[0]
    return bool(re.search(r"覆盖率[^,;]{0,8}\d", following))


_REASONS: tuple[Callable[[Place], bool], ...] = (
    _in_a_name,
    _a_date_or_duration,
    _ordinal_or_rank,
    _class_or_number,
    _bare_number,
    _characters,
    _single_fold,
    _counted_list,
    _names_listed_before,
    _second_of_two,
    _describes,
    _sum_invested,
    _scope_or_place,
    _one_of_them,
    _rule_amount,
    _denominator,
    _start_of_change,
    _covered_elsewhere,
)
