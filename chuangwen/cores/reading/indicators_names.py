"""What an amount is the amount of: short official noun phrases (建成区绿地率, 新增泊位数), one per thing."""

from __future__ import annotations

import re

from chuangwen.cores.reading.indicators_refused import MAKES, Place
from chuangwen.cores.reading.quantities import COUNT, MEASURE, MONEY, RATIO, TIME
from chuangwen.cores.reading.quantities_coverage import COVERAGE

# Words before the thing itself: firmness, manner, time, and verbs that say no more than "have it".
_LEAD = re.compile(
    "^(?:[、,和及与并且也还另\0]|其中|同时|以及|此外|另外|预计|力争|努力|确保|争取|力求|力促|必须|务必|保证|基本|全面|加快|"
    "大力|积极|继续|持续|进一步|着力|扎实|深入|切实|不断|逐步|稳步|强力|全力以赴|全力|有序|尽早|尽快|如期|推动|推进|促进|促使|"
    "实现|使|让|将|把|要|达到|累计|共计|共|一共|同比|(?:较|比)[上去]年|我市|建设(?!用地)|建成(?!区)|打造|实施|完成|组织开展|开展|"
    "抓好|发展|落实|形成|拥有|保持|开工建设|重点|提供|建立|分别|各(?![类级项县区市乡村地])|年内|做到|到)+"
)
# Words between it and the amount, of reaching and holding; possessive, so that time stays linear.
_TRAIL = re.compile(
    "(?:达到|达|保持在|保持|稳定在|维持在|控制在|控制|实现|分别|(?<!平)均|都|各|共|总数|不|要|也|力争|确保|争取|努力|年均|"
    "增加到|提高到|的|(?<!行)为|在|已|共计|累计|合计|约|至少|同比|环比|实际|“|\0)++$"
)
# What it is compared with: 比2020年, 较上年, 由36%.
_AGAINST = re.compile(
    "(?:(?<!占)比|较)(?:[上去]年(?:同期)?|同期|全[国省市][^、,]{0,6}|(?:19|20)\\d\\d年[底末]?|“?十.五”?(?:期?末|时期|期间))$"
    "|(?:由|从)[^、,由从]{0,30}$"
)
LONGEST_NOUN = 28
_CHANGES = {
    "增长": ("增速", "增长额"),
    "增加": ("增加幅度", "增加额"),
    "提高": ("提高幅度", "提高额"),
    "提升": ("提升幅度", "提升额"),
    "上升": ("上升幅度", "上升值"),
    "上涨": ("涨幅", "上涨额"),
    "扩大": ("扩大幅度", "扩大额"),
    "下降": ("下降幅度", "下降值"),
    "降低": ("降低幅度", "降低值"),
    "减少": ("减少幅度", "减少额"),
    "削减": ("削减幅度", "削减额"),
    "压减": ("压减幅度", "压减额"),
    "压缩": ("压缩幅度", "压缩值"),
    "缩短": ("缩短幅度", "缩短值"),
    "前移": ("前移幅度", "前移位次"),
    "纯增": ("增速", "纯增额"),
    "下浮": ("下浮幅度", "下浮额"),
    "高": ("高出幅度", "高出额"),
}
_CHANGE = re.compile(rf"(?P<change>{'|'.join(_CHANGES)})了?[\0]*$")
_SUFFIX = {
    "人": "人数",
    "名": "人数",
    "位": "人数",
    "人次": "人次",
    "人(次)": "人次",
    "户": "户数",
    "场": "场次",
    "次": "次数",
    "期": "期数",
    "公里": "里程",
    "米": "长度",
    "亩": "面积",
    "平方米": "面积",
    "公顷": "面积",
    "平方公里": "面积",
    "套": "套数",
    "分": "",
}
# A conjunct that ends so is a measured thing by itself, not one more kind of subject.
MEASURED = re.compile(
    r"(?:率|比例|比重|占比|面积|收入|总额|投资|产值|增加值|进出口|出口|总量|数|数量|[人用施]?量|满意度|指数|生产总值|GDP|产量|余额|水平|寿命|年限|天数|里程|长度|能耗|"
    r"强度|覆盖|税收|零售额|额|资金|利润|利税|密度|人次|浓度|支出|储蓄|外资|价格|利用外资|到位)$"
)
_AND = re.compile(
    r"、|(?<![共饱温缓总])和(?!谐|平|解|睦|美|田|县)|(?<!以)及(?!时|格|以上|其|早)|以及|(?<!参)与(?!会|度)"
)


_KEPT_VERB = re.compile(
    "(?:新建|新增|改造|培训|引进|改扩建|维修|整治|治理|拆除|打通|转移|安置|认定|推选|改建|扩建|竣工|扶持|举办|取消|完善)$"
)
_PREDICATE = re.compile(
    "(?P<noun>.{2,20}?)(?P<predicate>(?:全部|全面(?=完)|顺利|有序|如期|按期|提前|实现|入选|当选|入驻|提供|助力|参加|参与|进入|纳入|得到|"
    "推送|致敬|达产|摘帽|脱贫|出列|创成|签订|开展|完成|建成(?!区)|达到|拥有|了解|与).*)"
)
_MANNER = re.compile("^(?:全部|全面|顺利|有序|如期|按期|提前|均|实现(?=.{2}))+")
_DEVERBAL = re.compile(
    "(?:的?(?:加快)?(?:建设|实施|打造|创建|工作|任务|标准化建设改造)上?|的(?:改造|维修|整治|整改|扶持力度|问题))$"
)
_DATE_WITHIN = re.compile(
    r"于?(?:(?:20\d\d年)?\d{1,2}月|20\d\d年|年)[底末]?(?:之前|前)?(?=全部|基本|完成|建成|达)"
)
# What a count or measure adds to the thing, taken off again where the next amount is of the same thing.
_COUNTED = re.compile("(?:人数|户数|套数|面积|里程|长度|场次|人次|次数|期数|数)$")


def _reached(words: str) -> str:
    """The words without those of reaching and comparing at their end."""
    return _TRAIL.sub("", _AGAINST.sub("", _TRAIL.sub("", words)))


def unchanged(words: str) -> str:
    """The words without the change at their end: 产值均增长 is about 产值."""
    return _CHANGE.sub("", _reached(words))


def subject(before: str) -> str:
    """The thing named before an amount, without manner, dates and words of reaching."""
    words = before.strip()
    while True:
        shorter = _LEAD.sub("", _reached(words), count=1)
        if shorter == words:
            return re.sub("实现(?=.{1,6}率$)", "", words.replace("\0", ""))
        words = shorter


def conjuncts(words: str) -> list[str]:
    """The parts joined by 、 和 及 与, what stands in quotation marks kept whole."""
    whole = re.sub("“[^”]*”", lambda match: "\1" * len(match[0]), words)
    cuts = [0]
    for match in _AND.finditer(whole):
        cuts += [match.start(), match.end()]
    cuts.append(len(words))
    return [words[i:j] for i, j in zip(cuts[::2], cuts[1::2], strict=True) if words[i:j].strip("\0")]


def measured(parts: list[str]) -> list[str]:
    """Of joined subjects those that are measured: 达标率、备案率 are two, 城镇、农村居民收入 is one."""
    heads = [i for i, part in enumerate(parts) if MEASURED.search(_TRAIL.sub("", part))]
    if len(heads) < 2 or heads[-1] != len(parts) - 1:
        return ["、".join(parts)]
    groups, start = [], 0
    for i in heads:
        groups.append("、".join(parts[start : i + 1]))
        start = i + 1
    return groups


def name_of(place: Place, before: str, inherited: str) -> str:
    """The name for one amount: `before` are the words before it, `inherited` what was spoken of last."""
    quantity = place.quantity
    words = before[: len(before) - (quantity.start - quantity.left)]
    if quantity.kind == COVERAGE:
        thing = subject(words) or inherited
        return thing + ("覆盖率" if "覆盖" in place.text[quantity.start : quantity.end] else "达标率")
    change = _CHANGE.search(_reached(words)) if quantity.bound not in {"up", "down"} else None
    if change and (quantity.kind in {RATIO, MONEY, TIME} or not place.noun):
        thing = subject(words[: words.rfind(change["change"])]) or inherited
        return thing + _CHANGES[change["change"]][quantity.kind != RATIO]
    if quantity.unit == "倍" and re.match("(?:分别)?[是为]", words):
        return inherited + "倍数"
    noun = _noun_after(place)
    if noun:
        verb = _KEPT_VERB.search(words)
        return (verb[0] if verb and quantity.kind != RATIO else "") + _with_predicate(place, noun)
    thing = _without_place(subject(words))
    short = _reached(words).strip("\0、,和其中")
    if len(thing) < 2 and short:
        thing = _COUNTED.sub("", inherited) + short
    elif re.fullmatch("..率", thing) and len(inherited) <= 16:  # 推进物业服务全覆盖,覆盖率达到100%
        thing = re.sub("全覆盖$|(?:..率|人?数)$", "", inherited) + thing
    elif not thing:
        thing = _COUNTED.sub("", inherited)
    elif MAKES.fullmatch(thing) and inherited:
        known = _COUNTED.sub("", inherited)
        thing = known if known.startswith(thing) or len(known) > 14 else thing + known
    return thing + _suffix(place, thing)


def _without_place(thing: str) -> str:
    """在主干道两侧新建公厕 is about 新建公厕."""
    verb = MAKES.search(thing, 2, 30) if thing.startswith("在") else None
    return thing[verb.start() :] if verb else thing


def _noun_after(place: Place) -> str:
    """What follows the amount, if it is the thing: 20个口袋公园, 3家80张床位的养老院; not 100个的目标."""
    noun = place.noun and place.after
    if place.next is not None and place.next.left <= place.quantity.right:
        beside = place.text[place.next.right : place.clause.end].lstrip("以上下")
        noun = place.rest if re.match("[^\\W\\d]", beside) else ""
    noun = re.sub("^(?:以上|以下|以内|左右|的|”|’)+", "", re.split("[,;。:]", noun, maxsplit=1)[0])
    if re.match("(?:规划)?(?:目标|任务|要求|标准|台阶|大关|关口)|并|且", noun):
        return ""
    noun = re.sub("(?:共计|合计|[、和及与\0])+$", "", noun)
    return noun if len(noun) <= LONGEST_NOUN else (conjuncts(noun) or [noun])[0][:LONGEST_NOUN]


def _with_predicate(place: Place, noun: str) -> str:
    """8个街区如期创成: 创成的街区数."""
    noun = re.sub("^(?:实现|稳定|成功|顺利)+(?=.{2})", "", _DATE_WITHIN.sub("", noun))
    match = _PREDICATE.match(noun) if "的" not in noun else None
    predicate = _MANNER.sub("", match["predicate"]) if match else ""
    thing = _DEVERBAL.sub("", match["noun"] if match else noun)
    if 2 <= len(predicate) <= 16:
        thing = f"{predicate}的{thing}"
    return thing + ("比例" if place.quantity.kind == RATIO else _suffix(place, thing))


def _suffix(place: Place, thing: str) -> str:
    quantity = place.quantity
    if quantity.kind not in {COUNT, MEASURE} or MEASURED.search(thing):
        return ""
    return _SUFFIX.get(quantity.unit, "数" if quantity.kind == COUNT else "")
