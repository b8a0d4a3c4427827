"""How the carrying out of the work is watched, measured, reported, rewarded or called to account.

Not the regulation of citizens or firms: outside the sections on leading and appraising the work, only what can mean
nothing else is taken.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from chuangwen.cores.reading.layout import Part
from chuangwen.cores.reading.model import Heading, Mechanism
from chuangwen.cores.reading.rhythm import lists_of_beats
from chuangwen.cores.reading.sections import Placed, clauses, is_title_like, placed, sentences

_LONGEST = 80
_LONGEST_CLAUSE = 160
_SHORT_TITLE = 12  # in the rules of an appraisal a longer heading is a sentence
_DUTY_LINE = re.compile(r"\W{0,2}(?:责任|牵头|主办|承办|协办|配合|成员)(?:单位|部门|领导|科室|人)?:|完成时[限间]:")

# Sections on how the work is led and held to account.
_MANAGING = re.compile(
    r"组织(?:领导|实施|保障|推进)|(?:工作|保障|推进)(?:措施|要求|保障)|(?:强化|加强|健全|完善)?保障(?:$|\s)|"
    r"督查|督导|督察|督办|考核|考评|奖惩|奖成|问责|责任落实|工作责任|压实|机制|长效|常态|动态管理|"
    r"监督|激励|有关要求|领导|指挥"
)
_APPRAISAL = re.compile(r"(?:考核|考评|测评|督查|督导|问责|奖惩|奖励|巡查)[^,。]{0,12}(?:办法|细则|规定|制度|规则)")
_NOT_MANAGING = re.compile(r"社会保障|民生保障|住房保障|服务保障|市场监督|食品|药品|安全监督")

_NOUN = r"(?:机制|制度|办法|体系|平台|细则|方案|规定|规则|责任制|责任状|清单|台账|作用|措施|条例|档案|模式)"

# kind -> what is enough anywhere, and what is enough in a section on managing the work
_ANYWHERE: dict[str, str] = {
    "duty": r"述职|(?:列席|巡听)旁听|意识形态工作责任制|军令状|(?:挂钩|包联|包保|包片|联点|挂点)[^,]{0,3}(?:机制|制度|责任制)",
    "watch": r"四不两直|督[查察导]问责|一单四制|模拟测评|测评排名|考评检查|(?:民主|专项)监督活动|文明[^,]{0,4}(?:督查|督导)",
    "appraise": rf"(?:创建|文明城市|创文)[^,]{{0,10}}(?:考核|考评|评价)[^,]{{0,8}}{_NOUN}|纳入[^,]{{0,20}}(?:绩效|考核|考评)",
    "account": r"约谈|诫勉|追责问责|问责追责|问责办法|严肃(?:问责|追责)|一票否决|末位表态",
    "inform": r"信息[上报]报制度|信息报送制度|工作报告制度|每[年月周季][^,]{0,12}(?:报送|上报)[^,]{0,10}(?:进展|情况)",
    "items": r"负面清单(?:平台|动态|防控|管理制度)",
}
_MANAGED: dict[str, str] = {
    "duty": r"包联|包保|包片|包挂|包点|包[县区街镇村社路楼]|路长|巷长|楼长|网格长|召开[^,]{0,6}(?:联席会议|调度会|点评会|讲评会)|联点|挂点|挂钩联系|联系点|责任制|责任状|责任书|点位长|路长制|"
    rf"(?:挂钩|联系|联席会议|联动|会商|调度|例会)(?:机制|制度)|专班[^,]{{0,12}}{_NOUN}",
    "public": r"观察员|监督员|巡访员|巡查员|评议员|举报|(?:监督|投诉|曝光)热线|随手拍|拍一拍|投诉平台|社会监督|群众监督|舆论监督|媒体监督|人大代表|政协委员",
    "watch": r"暗访|明察|自查|巡查|巡检|督查|督察|督导|督办|抽查|检查|监督|第三方|测评(?!体系|标准|指标)|评估|体检|回头看|观摩|点评|评议",
    "publish": r"通报|红黑榜|红黑名单|晒榜|排行榜|龙虎榜|曝光|公布|公示|排名|排序|简报|专报|红黄牌|预警(?:机制|制度)|亮牌|亮灯|挂牌",
    "appraise": r"考核|考评|绩效|百分制|等次|评先|评优|树优|加分|扣分|积分|动态管理|奖惩",
    "account": r"问责|追责|追究|通报批评|处分|处理|必[奖罚究]|召回|表态发言|书面检查|检讨|说明情况",
    "forfeit": r"(?:撤销|取消)[^,]{0,20}(?:资格|称号)|摘牌",
    "reward": r"表彰|表扬|奖励|嘉奖|激励|记功|以奖代补|奖补|(?:贡献|突出|先进|优秀)[^,]{0,6}奖$",
    "items": r"负面清单|问题清单|台账|销号|限时办结|回访|闭环|交办|整改|挂账|清单化|工单",
    "inform": r"报送|上报|报备|周报|月报|零报告|听取[^,]{0,8}汇报",
    "days": r"每[周月][^,]{0,8}(?:创建日|行动日|劳动日|清洁日|巡查日|督查日|曝光日)",
}
_STRONG = {kind: re.compile(pattern) for kind, pattern in _ANYWHERE.items()}
_WEAK = {kind: re.compile(pattern) for kind, pattern in _MANAGED.items()}

# What is not the carrying out of the work: rules for firms and citizens, figures, results counted, aims.
_REGULATING = re.compile(
    r"企业|商户|商家|经营|市场主体|失信|守信|信用|违法|违规|违章|食品|餐饮|工地|物业|车辆|驾驶|执法|广告|垃圾|河湖|河长|"
    r"水质|环境质量|消费|旅游|从业|网络|门前三包|学生|教师|学校|医疗|养老|慈善|积分|矛盾|信访|警|诚信|好人|模范"
)
# Words on how things stand, or on what is not asked, are no mechanism.
_TELLING = re.compile(r"仍有|仍然|偏低|得分|位居|列全国|存在|(?:考核|测评)对象为|废止|负责解释|的通知$|不再|减轻基层|不足|以来|上季度|去年|今年以来")
# What is exposed or fined is what citizens and firms do.
_CITIZENS = re.compile("不文明|违法|违规行为|陋习|失信|商户|乱停|乱扔")
_FIGURE = re.compile(
    r"\d+(?:\.\d+)?[%‰]|(?:开展|下发|印发|发布|发出|通报|整改|销号|完成|办理|办结|曝光|交办|召开|组织|约谈|问责|落实)[^,]{0,30}?"
    r"\d+(?:余|多)?(?:万)?(?:次|期|份|件|起|条|处|个|项|人|家|名)"
)
_ESTABLISHING = re.compile(
    r"建立|健全|完善|制定|出台|修订|改进|推行|实行|实施|落实|形成|构建|设立|成立|组建|增设|聘请|邀请|开设|开通|启动|推动|"
    r"选聘|发挥|下达|坚持|纳入|计入|签订|采取|探索|引入|强化|用好|运用|委托|执行|列入|作为|挂钩"
)
_ACTING = re.compile(
    r"给予|予以|进行|严肃|依规|依纪|及时|公开|定期|不定期|每|按照|取消|实行|开展|组织|持续|由|报送|上报|严格|一律|凡|挂牌|责令|"
    r"对|将|把|向|经常|全程|公布|通报|约谈|考核|评选"
)
_BARE = re.compile(
    r"^(?:要|并|还要|进一步|切实|不断|全面)*(?:完善|健全|严明|加强|加大|抓好|做好|严格|严肃|突出|狠抓|搞好|注重|强化|坚持|深化|发挥)"
    rf"(?:(?!{_NOUN})[^,“《]){{0,14}}(?:力度|力量|工作|指导|检查|监督|考核|考评|督查|督导|督办|问责|奖惩|落实|管理|整改)$"
)
_TOPIC = re.compile(
    r"^(?:进一步|不断|着力|切实)*(?:充分发挥|发挥|完善|健全|建立|建立健全|构建|强化|加强|严格)"
    r"(?:(?!文明|创建|全国|城市|《)[^,]){2,14}(?<=机制|体系|制度|作用|管理|力度|工作|考核|督查|督导|问责)$"
)
_CONDITION = re.compile(
    r"^(?:凡|因|如|若|连续|对(?!照))[^,]{2,}$|"
    r"(?:的|的(?:单位|部门|地方|[县市区]{1,3}|镇|街道|人员|个人|责任人))(?:\([^()]{0,20}\))?$"
)
_DONE_TO = re.compile(
    "^对.{2,}(?:予以|给予|进行|严肃|公开|及时|实行|开展|下达|责令|一律|约谈|通报|追究|分别)(?!.*(?:的|单位|部门|地方|人员|个人)$)"
)
_PURPOSE = re.compile(r"^(?:确保|推动形成|做到|努力|力争|让|使|实现|进一步压紧|不断提升|切实提高)")
_BODY = re.compile(r"(?:成立|增设|设立|组建|抽调)[^,]{2,60}(?:组|队|专班|指挥部|中心)$")
_FOUND_OUT = re.compile(r"^(?:发现|及时发现|对发现|限期|即时|立即|结果|按[日周月季年]|作为|取消|其中|并在)")


@dataclass(slots=True)
class _Clause:
    start: int
    end: int
    kind: str


def read_mechanisms(parts: Sequence[Part], heading: Heading) -> list[Mechanism]:
    """The mechanisms, in the order of the text, each quoted in at most 80 characters.

    A document that itself is the rules of an appraisal is one section on managing the work.
    """
    whole = bool(_APPRAISAL.search(heading.title))
    return [
        Mechanism(_name(place.text[c.start : c.end]), place.part.view.span(c.start, c.end))
        for place in placed(parts, headings=whole)
        if _tells(place, whole) and not _overlaps(place, heading)
        for c in _mechanisms(place, whole)
    ]


def _overlaps(place: Placed, heading: Heading) -> bool:
    title, at = heading.title_span, place.part.view.at
    return title is not None and bool(at) and at[0] < title.end and at[-1] >= title.start


def _tells(place: Placed, whole: bool) -> bool:
    """Whether a part may tell of mechanisms: no report of past work, no line on who leads, no mere title."""
    if place.part.kind == "duty" or place.part.reports is True or _DUTY_LINE.match(place.text):
        return False
    return place.part.kind == "row" or (whole and len(place.text) > _SHORT_TITLE) or not is_title_like(place.text)


def _mechanisms(place: Placed, whole: bool) -> Iterator[_Clause]:
    text = place.text
    managing = whole or _is_managing(place)
    opening = text.find(place.opening) + len(place.opening)
    if not place.opening.endswith("。") or "," in place.opening or opening == len(text):
        opening = 0
    for start, end in sentences(text):
        if start >= opening:
            yield from _joined(text, _in_sentence(text, start, end, managing))


def _is_managing(place: Placed) -> bool:
    words = f"{place.heading} {place.opening}"
    return bool(_MANAGING.search(words)) and not _NOT_MANAGING.search(words)


def _in_sentence(text: str, start: int, end: int, managing: bool) -> list[_Clause]:
    """The clauses of a sentence that are mechanisms, with the condition before them."""
    found: list[_Clause] = []
    pieces = clauses(text, start, end)
    condition: int | None = None
    for number, (i, j) in enumerate(pieces):
        clause = text[i:j]
        if len(clause) > _LONGEST_CLAUSE:
            condition = None
            continue
        is_last = number + 1 == len(pieces)
        kind = _kind(clause, managing)
        if kind == "publish" and not is_last and _CITIZENS.search(text[slice(*pieces[number + 1])]):
            kind = None
        if kind is None and managing and _BODY.search(clause) and not is_last:
            i, j = _with_next(text, pieces, number)
            kind = "watch" if j > pieces[number][1] else None
        if not is_last and _CONDITION.search(clause) and kind != "beats" and not _says_enough(clause):
            condition = i if condition is None else condition
            continue
        if kind and not (
            number == 0 and not is_last and _TOPIC.match(clause) and _any_follows(text, pieces, managing)
        ):
            begin = condition if condition is not None and j - condition <= _LONGEST else i
            if j - begin <= _LONGEST:
                found.append(_Clause(begin, j, kind))
        condition = None
    return found


def _says_enough(clause: str) -> bool:
    """A clause that opens like a condition and already says what is done (对…公开曝光)."""
    return bool(_DONE_TO.search(clause))


def _with_next(text: str, pieces: list[tuple[int, int]], number: int) -> tuple[int, int]:
    """A body that is set up together with the next clause, if that says that it watches."""
    (i, j), (after, end) = pieces[number], pieces[number + 1]
    return (
        (i, end)
        if re.search("监督|督导|督查|督察|检查|考核", text[after:end]) and end - i <= _LONGEST
        else (i, j)
    )


def _any_follows(text: str, pieces: list[tuple[int, int]], managing: bool) -> bool:
    return any(_kind(text[i:j], managing) for i, j in pieces[1:])


def _kind(clause: str, managing: bool) -> str | None:
    if _FIGURE.search(clause) or _TELLING.search(clause):
        return None
    if lists_of_beats(clause):
        return "beats"
    for kind, pattern in _STRONG.items():
        if pattern.search(clause) and (kind == "duty" or not _REGULATING.search(clause)):
            return kind
    if not managing or _CITIZENS.search(clause) or _BARE.match(clause) or _PURPOSE.match(clause):
        return None
    kind = next((kind for kind, pattern in _WEAK.items() if pattern.search(clause)), None)
    acts = kind in {"account", "reward"} or _ESTABLISHING.search(clause) or _ACTING.search(clause)
    return kind if acts else None


def _joined(text: str, found: list[_Clause]) -> Iterator[_Clause]:
    """Clauses that go on about the mechanism of the clause just before them become one with it."""
    last: _Clause | None = None
    for one in found:
        if (
            last
            and one.start == last.end + 1
            and one.end - last.start <= _LONGEST
            and _goes_on(text, last, one)
        ):
            last.end = one.end
            continue
        if last:
            yield last
        last = one
    if last:
        yield last


def _goes_on(text: str, last: _Clause, one: _Clause) -> bool:
    words = text[one.start : one.end]
    if _FOUND_OUT.match(words):
        return True
    if one.kind != last.kind:
        return False
    if words.startswith("对"):
        return _key_words(one.kind, words) == _key_words(last.kind, text[last.start : last.end])
    return (
        one.kind == "public"
        or not _ESTABLISHING.search(words)
        or _share_a_word(text[last.start : last.end], words)
    )


def _key_words(kind: str, words: str) -> str:
    found = _WEAK[kind].search(words) if kind in _WEAK else None
    return found.group() if found else ""


def _share_a_word(first: str, second: str) -> bool:
    return any(second[i : i + 4] in first for i in range(len(second) - 3))


_LEAD = re.compile(
    r"^(?:并|要|将|也|还|同时|全面|严格|进一步|切实|不断|持续|按照|坚持|由|及时|[一二三四五]是|"
    r"建立健全|建立完善|建立|健全|完善|制定|出台|修订|改进|推行|实行|实施|落实|形成|构建|启动运行|启动|强化|予以|给予|推动)+"
)
_LONGEST_NAME = 30


def _name(words: str) -> str:
    """The words without their verb, cut to what a list can show."""
    last = words.rsplit(",", 1)[-1] if _CONDITION.search(words.split(",", 1)[0]) else words
    name = _LEAD.sub("", last) or last
    return name if len(name) <= _LONGEST_NAME else f"{name[: _LONGEST_NAME - 1]}…"
