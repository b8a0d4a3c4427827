"""Why an amount is no indicator: names, counts of listed items, sizes of projects, ranks, rules, dates."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from chuangwen.cores.reading.clauses import Clause
from chuangwen.cores.reading.quantities import BARE, COUNT, MEASURE, MONEY, RATIO, TIME, Quantity
from chuangwen.cores.reading.quantities_coverage import COVERAGE


@dataclass(slots=True)
class Place:
    """An amount where it stands: `before` is its clause back to the amount before it, `after` on to the next.

    `lead` is the whole clause before it, `rest` the clause after it; `previous` and `next` are its neighbours
    in the clause; `listed` is True where several amounts stand in the clause and one of them is more than
    one; `quoted` where it is part of a name in quotation marks.
    """

    text: str
    clause: Clause
    quantity: Quantity
    before: str
    after: str
    lead: str
    rest: str
    previous: Quantity | None
    next: Quantity | None
    quoted: bool
    listed: bool
    spelled_out: bool  # where a name is spelled out: (即 …)

    @property
    def noun(self) -> str:
        """The words right after the amount, up to a mark; "" if it ends its phrase."""
        if self.after.startswith(("和", "及", "与", "以及")):
            return ""
        return re.split("[、,;。:]", self.after, maxsplit=1)[0]

    @property
    def about(self) -> str:
        """The clause before the amount and the end of the clause before that."""
        return self.text[max(0, self.clause.start - 24) : self.quantity.start]

    @property
    def clear(self) -> str:
        """`before` without the words that compare."""
        return self.before[: len(self.before) - (self.quantity.start - self.quantity.left)]


# Verbs whose object is counted because it is to be there, or to be dealt with, in that number.
_MAKING = (
    "新建|改建|扩建|续建|建成|建设|建立|组建|成立|设立|培育|培养|打造|编印|编撰|编制|编写|创建|创成|创作|改造|新增|增设|增加|完成|引进|引育|认定|"
    "评选|评出|命名|选树|选拔|选派|举办|开展|组织|培训|配备|配置|配建|安装|开工|竣工|发展|整治|治理|拆除|打通|开通|推出|发布|出版|申报|遴选|"
    "招引|签约|落地|投放|种植|栽植|新签|布设|布局|维修|修缮|修建|修复|提升|提质|储备|孵化|扶持|帮扶|推广|实施|投用|启用|启动|带动|影响|吸引|"
    "招聘|招募|征集|获评|入选|净增|新创|升级|推选|表彰|解决|消除|关停|淘汰|成就|积累|选出|建好|设置|增至|拍摄|刊播|刊登|播放|制作|举行|召开|"
    "发放|转移|安置|脱贫|救助|资助|办理|办结|查处|破获|排查|整改|收购|并购|上市|挂牌|通过|达产|投产|谋划|推介|聘请|选聘|拥有|配齐|加装|更换|"
    "铺设|敷设|清理|清运|疏通|新开|优化"
)
MAKES = re.compile(_MAKING)
# Parts of the plan or of the office itself: a number of them announces a list.
_HARD_STRUCTURE = (
    "方面|领域|环节|任务|工作|行动|举措|措施|目标|指标|原则|意识|小组|专班|工作组|专项组|[督检巡核]查组|部门|板块|"
    "条线|层面|维度|阶段|步骤|实事|条件"
)
_STRUCTURE = (
    f"{_HARD_STRUCTURE}|工程|机制|体系|制度|自信|布局|关系|攻坚战|战役|要求|专项|规划|方案|主题|抓手|突破口|关键|重点|"
    "统筹|层级|要素|标准|战略|理念|优势|定位|问题|难题|平台|清单|底线|红线|清零|强化|坚持|办法|动作|文件|政策|到位|集中|维护|"
    "建设|提升|样板|统一|转变|融合|联动"
)
_ALWAYS_STRUCTURE = ("方面", "领域", "环节", "层面", "维度", "重点领域", "关键环节")
_ENDS_NOUN = r"(?=$|[\W\da-zA-Z的和及与]|作为|层层|落实|落地|推进|任务|中)"
_STRUCTURAL = re.compile(rf"^[^的]{{0,8}}?(?:{_STRUCTURE}){_ENDS_NOUN}")
_OFFICE = re.compile("^[^的]{0,4}?(?:部门|板块|方面|领域|环节|实事)")
_HARD_STRUCTURAL = re.compile(rf"^[^的]{{0,10}}?(?:{_HARD_STRUCTURE}){_ENDS_NOUN}")
_LISTED_UNITS = {"个", "项", "条", "件", "类", "种", "大"}
_ANNOUNCED = re.compile(
    "(?:明确|涉及|分为|分成|划分|分解|细化|围绕|聚焦|针对|按照|对照|对标|涵盖的?|从|共分|提出了?|抓住|向|贯穿|把握|突出)[^,]*$"
)
_DONE_LIST = re.compile(
    "[^的,]{0,8}(?:工程|实事|任务|工作)(?:全面|圆满|如期|基本|顺利|全部)"
)  # 十件实事全面完成
_SET_UP = re.compile("(?:下设|内设|分设|组成)[^,]{0,4}$")
_MANNED = re.compile("[^,]{0,8}?(?:担任|任(?!务)|组成)")  # 8名市领导任副组长, 由5名专家组成
_LISTS_END = re.compile("等$|等共$|共$")
_PLANT = re.compile(
    "^(?:以上|以下)?[^,、的]{0,14}?(?:项目|生产线|工程|机组|装置|电站|电厂|电场|产业园|商圈|输变电|线路|扩建|变电站|炉|规模|光伏|风电|船|码头|泊位|养殖场|产能)"
)
_CAPACITY = {"头", "张", "只", "床", "套", "台"}  # what one plant, herd or home is said to hold
_AREA = {"亩", "平方米", "公顷", "平方公里"}
_LARGE_ONES = re.compile("以上的?(?:大班|规模|单位|场所|自然村|行政村|村|屯|居民点|小区|集中)")
_ATTRIBUTE = re.compile(
    "^(?:以上|以下|以内|左右)?的(?!目标|任务|要求|标准|水平|规划|规模|速度|增速|增长|幅度|比例)"
)
_DESCRIPTION = re.compile(
    "(?:占地|占地面积|全长|总长|长约|长度|长|宽|高|总建筑面积|可容纳|最大|单体|辐射|辐射周边|周边|面积约|海拔|存栏|日处理|装机|设计能力|年产|半径|直径)$"
)
_RANK = re.compile("(?:第|(?<![底之以年月日])前|(?<![以之])后|居|列|位列|位居|排名|排|名列|跃居)$")
_SUM_INVESTED = re.compile("(?:总投资|计划投资|概算|估算|总造价|静态投资|投资额|注册资本)$|^投资$")
_RULE = re.compile(
    "给予|一次性|奖补(?!资金)|罚款|处以|贴息|封顶|最高补|按照?(?:[^,]{0,8}比例)?$|每[^,]{0,3}(?:补助|奖励|补贴)|补助标准为|扣\\d|加\\d"
)
_TIME_NAMED = re.compile(
    "时间|时限|年限|寿命|天数|时长|周期|学时|课时|受教育|通勤|响应|优良|压缩|缩短|期限|办结|审批|开办|好于|天|住院日|等候|等待"
)
_PLACE_BEFORE = re.compile(
    "(?:在|从|由|跨|沿|对|围绕|针对|面向|于)(?:全市|全省|全国|全区|全县|城区|中心城区|市区|主城区)?$"
)
_PLACE_AFTER = re.compile(
    "^[^,、]{0,14}?(?:周边|附近|地区|排名|评比|评选中|中(?:排名|位|居|率先|综合)|综合信用|城市中)"
)
_BASE_BEFORE = re.compile("(?:由|从)[^,、]{0,12}$")
_BASE_LIST = re.compile("(?:由|从)[^,;。]{0,40}、$")
_BASE_AFTER = re.compile(
    "^[^,;]{0,6}(?:提高|提升|增加|增长|扩大|上升|降低|下降|减少|压缩|缩短|压减|恢复|调整|降|增|升|变)了?(?:到|至|为|成)"
)
_SCORE = re.compile("得分|成绩|评分|总分值|分数")
_COUNTER = re.compile("(?:浏览|点击|阅读|下载|转发|共印|印数|字数)[量数次]*[:共]?$")
_CODE = re.compile("[级号届#%]|时(?!间)|点(?!位)|线(?![上下路])|星级|国道|省道|县道|热线|路公交|见[绿园]")


def refused(place: Place) -> bool:
    """Whether the amount is no indicator."""
    return any(reason(place) for reason in _REASONS)


def _makes(before: str) -> bool:
    """Whether a verb of making stands within four characters of the end."""
    return any(match.end() >= len(before) - 4 for match in MAKES.finditer(before, max(0, len(before) - 8)))


def _in_a_name(place: Place) -> bool:
    if place.quantity.fold > 1 and place.before.count("、") + 1 >= place.quantity.fold:
        return False  # 上岗率、培训率、持证率“三个100%”
    return place.quoted and place.quantity.kind != COVERAGE


def _duration(place: Place) -> bool:
    """三年, 24小时, 3个工作日内, 60岁以上: only a time that is itself measured counts."""
    quantity = place.quantity
    if quantity.kind != TIME:
        return False
    if quantity.unit in {"日", "周", "个月", "秒"} and "时间" not in place.before:
        return True
    if quantity.unit == "岁":
        return "寿命" not in place.about
    if quantity.unit == "年":
        return not re.search("年限|寿命|教育", place.about)
    if place.rest.startswith(("内", "以内")) and not re.search("压缩|缩短|控制|不超过|降|减", place.before):
        return True
    if quantity.comparator and not place.noun:  # 年均服务不少于25小时
        return False
    return not _TIME_NAMED.search(place.about)


def _rank(place: Place) -> bool:
    if place.quantity.kind == COVERAGE:
        return False
    near = place.text[max(0, place.quantity.start - 3) : place.quantity.start]
    return bool(_RANK.search(near) or (place.quantity.unit in {"位", "名"} and _RANK.search(place.clear)))


def _code(place: Place) -> bool:
    """3号楼, 12345热线, 107国道, 连续12个季度, 浏览次数123."""
    if place.before.endswith(("连续", "章", "附件")) or _COUNTER.search(
        place.text[max(0, place.quantity.start - 6) : place.quantity.start]
    ):
        return True
    return bool(_CODE.match(place.text[place.quantity.end : place.quantity.end + 4]))


def _bare_number(place: Place) -> bool:
    """No unit: an index, or a large sum that is to be reached or is followed by what it counts."""
    quantity = place.quantity
    if quantity.kind != BARE:
        return False
    if place.text[quantity.start - 1 : quantity.start] in {":", "-", "—", ".", "/"}:
        return True
    large = place.text[quantity.end - 1] in "万亿余多"
    if place.noun:
        return not (large and re.match("[^\\W\\d级大字以a-zA-Z]", place.noun))
    if not large and 1900 <= quantity.value <= 2100:
        return True
    if re.search("(?:指数|系数|得分|用户数|人口|总数|总量|数量|数|规模)$", place.clear):
        return False
    if (quantity.comparator and place.clear) or (large and re.search("(?:增加|减少|净增)$", place.clear)):
        return False
    reached = bool(quantity.bound) and place.text[quantity.left] not in "在为"
    return not (reached and (large or re.search("指数|系数|得分|数", place.before)))


def _characters(place: Place) -> bool:
    """Numerals in characters count as what is made, or with words that compare."""
    quantity = place.quantity
    if not quantity.hanzi or quantity.kind in {RATIO, COVERAGE} or quantity.comparator or place.spelled_out:
        return False
    if quantity.kind == TIME:
        return not quantity.bound
    if quantity.kind == MONEY:
        return not quantity.bound
    if (quantity.value == 1 and not place.listed) or quantity.unit in {"次", "期", "类", "位", "种"}:
        return True
    if quantity.lone:
        joined = re.search("[、和及]$", place.before) and MAKES.search(place.before)
        return not (_makes(place.before) or joined)
    if quantity.value >= 20 and not place.noun:
        return False
    listed = quantity.unit in _LISTED_UNITS and bool(_STRUCTURAL.search(place.noun))
    making = MAKES.search(place.lead if place.listed else place.before[-16:])
    return not making or listed or place.noun.startswith(_ALWAYS_STRUCTURE)


def _points(place: Place) -> bool:
    """扣2分, 占30分, 低于85分的: rules of an appraisal; a score that is reached counts."""
    if place.quantity.unit != "分":
        return False
    return not _SCORE.search(place.before) or bool(re.match("(?:以上|以下)?[的为者]", place.rest))


def _single_fold(place: Place) -> bool:
    """一倍 counts after a word of change only."""
    return place.quantity.unit == "倍" and not re.search("增|提高|提升|扩大|翻|超|达|[为是]|上升", place.lead)


def _counted_list(place: Place) -> bool:
    """6项工作, 5个专项组, 90个重点指标: how many items the document or the office has."""
    quantity = place.quantity
    if quantity.unit == "类" or _MANNED.match(place.noun) or _DONE_LIST.match(place.noun):
        return True
    if quantity.kind != COUNT or not place.noun or place.spelled_out or quantity.unit not in _LISTED_UNITS:
        return place.before.endswith("明确") and quantity.value <= 2
    if _SET_UP.search(place.before):
        return True
    if re.search("(?:完成|办结)[^,]*$", place.lead):
        return False
    announced = _ANNOUNCED.search(place.lead) and _STRUCTURAL.search(
        place.rest.rsplit("、", 1)[-1].lstrip("0123456789个项")
    )
    return bool(_OFFICE.search(place.noun) or _HARD_STRUCTURAL.search(place.noun) or announced)


def _names_listed_before(place: Place) -> bool:
    """A、B、C 4个片区 counts the names before it; A、B等21个片区 does not."""
    quantity = place.quantity
    if quantity.kind != COUNT or not place.noun or quantity.left != quantity.start or quantity.comparator:
        return False
    names = place.before.lstrip("、和及与,")
    if "、" not in names or _LISTS_END.search(names):
        return False
    listed = re.split("[、和及与]", names)
    tail = listed[-1]
    if quantity.value > len(listed) + 2:  # 完成东坡、西坡38个片区改造
        return False
    return 0 < len(tail) <= 8 and not MAKES.search(tail) and not re.search("[各为共有的每]$", tail)


def _second_of_two(place: Place) -> bool:
    """4个800平方米以上的书房: the amount right after a count, before the noun, belongs to the noun."""
    quantity, previous = place.quantity, place.previous
    if previous is None or previous.right != quantity.left or previous.kind != COUNT:
        return False
    sized = (
        quantity.kind in {MEASURE, MONEY}
        or quantity.unit in _CAPACITY
        or place.rest.startswith(("以上", "以下"))
    )
    return sized and bool(place.noun.removeprefix("以上").removeprefix("以下"))


def _describes(place: Place) -> bool:
    """3000万元以上的项目, 20万吨水泥项目, 存栏500头的牧场, 300米半径覆盖率: how big one thing is."""
    quantity, rest = place.quantity, place.rest
    if quantity.kind in {RATIO, COVERAGE} or not place.noun:
        return False
    if quantity.unit in {"人", "户"} and _LARGE_ONES.match(rest):
        return True
    if quantity.kind == COUNT and quantity.unit not in _CAPACITY:
        return False
    if _DESCRIPTION.search(place.clear):
        return True
    if quantity.kind == BARE:
        return False
    bounded = re.match("(?:以上|以下|以内|内)(?=[^\\W\\d])", rest)
    if _ATTRIBUTE.search(rest) or (bounded and not (quantity.kind == MEASURE and _makes(place.before))):
        return True
    if quantity.kind == MEASURE and re.match("[^,、]{0,8}(?:率|比例|路段|范围)", rest):
        return True
    if place.next and not re.search("[、,和及]", place.after):
        return place.next.kind == COUNT or quantity.kind == COUNT
    making_area = quantity.unit in _AREA and MAKES.search(place.before)
    return bool(_PLANT.search(rest)) and not making_area


def _sum_invested(place: Place) -> bool:
    return place.quantity.kind == MONEY and bool(_SUM_INVESTED.search(place.clear))


def _scope_or_place(place: Place) -> bool:
    """在180个城市排名中, 30个村通水率达到80%: where, not how many."""
    quantity = place.quantity
    if quantity.kind != COUNT or not place.noun:
        return False
    if place.next and place.next.kind == RATIO and re.search("率|比例|比重|占比", place.after):
        return True
    if place.next and place.next.kind == COVERAGE and "覆盖" in place.text[place.next.start : place.next.end]:
        return True
    if re.search("(?:现有|原有|已有)的?$", place.before):
        return True
    if re.search("(?:全国|全省|全球)$", place.before) or (place.next and _RANK.search(place.after)):
        return True
    return bool(_PLACE_BEFORE.search(place.before)) and (
        quantity.hanzi or bool(_PLACE_AFTER.search(place.noun))
    )


def _one_of_them(place: Place) -> bool:
    return bool(re.match("[^,]{0,20}之一", place.after))


def _rule_amount(place: Place) -> bool:
    """给予10万元奖励, 按30%补助: a rule, no target."""
    if place.quantity.kind not in {MONEY, RATIO, BARE}:
        return False
    return bool(_RULE.search(place.lead)) and not re.search("标准|水平", place.lead)


def _denominator(place: Place) -> bool:
    """每万人, 每平方公里."""
    return place.before.endswith("每")


def _start_of_change(place: Place) -> bool:
    """由45%提高到50%: only the second is meant."""
    rest = place.text[place.quantity.right : place.clause.end]
    if _BASE_BEFORE.search(place.before) and (_BASE_AFTER.search(rest) or place.next):
        return True
    if _BASE_LIST.search(place.lead) and _BASE_AFTER.match(rest):
        return True
    return bool(re.match("[^,;、]{0,8}(?:的)?基础上", rest))


def _covered_elsewhere(place: Place) -> bool:
    """全覆盖 beside the number it stands for, or as the manner of an inspection."""
    quantity = place.quantity
    if quantity.kind != COVERAGE:
        return False
    if place.text.startswith("全部", quantity.start) and place.previous and place.previous.kind == COUNT:
        return True
    if re.search("(?:开展|进行|实行|推行)[^,]{0,4}$", place.before):
        return True
    if re.search("文明(?:城市|县城|城区)(?:创建)?$", place.clear):
        return True  # an aim of the whole plan
    if _catchword(place) and "实现" not in place.text[: quantity.end]:
        return True
    following = place.text[quantity.end : quantity.end + 40].split("。")[0]
    return bool(re.match("[,;][^,;]{0,10}覆盖率[^,;]{0,8}100%", following))


def _catchword(place: Place) -> bool:
    """Whether the clause is a short sentence that heads a paragraph."""
    end = place.clause.end
    return (
        place.clause.start == 0
        and end <= 14
        and place.text[end : end + 1] == "。"
        and end + 1 < len(place.text)
    )


_REASONS: tuple[Callable[[Place], bool], ...] = (
    _in_a_name,
    _duration,
    _rank,
    _code,
    _bare_number,
    _characters,
    _points,
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
