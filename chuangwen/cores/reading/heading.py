"""The facts of the document as a whole: title, city, kind, day of issue, period."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from chuangwen.cores.reading.heading_city import city_of
from chuangwen.cores.reading.layout import Paragraph
from chuangwen.cores.reading.model import Heading
from chuangwen.cores.reading.outline_marks import numeral
from chuangwen.cores.reading.outline_titles import is_frame, is_wrapper
from chuangwen.cores.reading.view import View

_TOP = 14  # paragraphs at the top among which a title is looked for
_TITLE_AT_MOST = 70
_GENRE = r"(?:(?:三年|两年|五年|年度)?(?:行动|工作|实施|创建|提升|推进|整治)?(?:计划|方案|规划|纲要)|(?:实施|指导|若干|工作)?意见|工作要点|要点|办法|措施|工作报告|工作总结|总结|报告|汇报|情况|清单|任务分解表|分解表|责任书|通知|通告|任务书|一览表|台账|表|决定|决议)"
_GENRE_END = re.compile(
    rf"{_GENRE}(?:\((?:\d{{4}}.{{0,14}}|试行|草案|征求意见稿|节选|摘要|讨论稿|修订.{{0,2}}|全文|20.{{0,14}})\))*[”》]?$"
)
_PLAN_NAME = re.compile(rf"《([^《》]{{6,60}}?{_GENRE}(?:\([^()]{{2,20}}\))?)》")
_HEADLINE_VERBS = re.compile(r"[!?]|出台|发布|启动|召开|印发了|公布|来了|解读|部署|吹响|一图|读懂|全力")
_NOTICE = re.compile(r"^.{0,40}?关于(?:印发|转发|下发|批转|发布)《?(.{6,60}?)》?的通知$")
_NUMBERED = re.compile(
    r"^(?:[(]?[一二三四五六七八九十]{1,3}[)]?[、.]|[(][一二三四五六七八九十]{1,3}[)]|\d{1,2}[.、]|第[一二三四五六七八九十百]{1,4}[条章])"
)
_SALUTATION = re.compile(r"^各?(?:位|县|市|区|乡|镇|有关|部门|直属|成员).{0,40}:$")
_TELLS = re.compile(r"解读|问答|图解|读懂|侧记|纪实|综述|掠影|观察|访谈|绘就|评论员")
_REPORTS = re.compile(r"(?:总结|汇报|情况|讲话|发言|致辞|报告|工作(?:安排|打算))(?:\(.*\))?$")
_TOLD = re.compile(r"(?:^|[。;:])一(?:是|要)")
_PAST = re.compile(r"今年以来|一年来|去年|近年来|回顾|主要预期目标|年主要工作|时期")
_PLANS_YEAR = re.compile(
    r"工作回顾|主要预期目标|政府工作|\d{4}年(?:政府)?(?:主要|重点)?工作(?:任务|安排|目标)?|十.五”?时期"
)
_MEASURES = 6  # numbered lines, or rows of a table, that make a plan
_DAY = re.compile(
    r"(\d{4})[-./年](\d{1,2})[-./月](\d{2}|\d(?!\d))日?"
)  # a time of day may follow without a space
_DAY_CN = re.compile(
    r"([二一][零○O〇0一二三四五六七八九]{3})年([一二三四五六七八九十]{1,3})月([一二三四五六七八九十]{1,3})日"
)
_RANGE = re.compile(r"(20\d\d)年?(?:[-—~～至到]|--|——)+(20\d\d)")
_RANGE_LINE = re.compile(r"^\((?:20\d\d年?[-—~～至到]{1,2}20\d\d年?|试行|征求意见稿|草案|讨论稿|修订版?)\)$")
_MONTHS = re.compile(r"(20\d\d)年\d{1,2}月(?:\d{1,2}日)?起?(?:[-—~～至到]|--|——)(20\d\d)年\d{1,2}月")
_STAGE = re.compile(r"阶段[^。]{0,20}\(")
_YEARS = re.compile(
    r"([二两三四五])年(?:行动|计划|时间|努力|内|左右|来|的|为期)|(?:用|利用|通过|力争|为期|以)([二两三四五])年"
)
# 自2023年起用四年时间
_FROM_YEAR = re.compile(r"[自从](20\d\d)年(?:开始|起)?,?[^,。;]{0,8}?([二两三四五])年(?:时间|左右|内|努力)")
_NAMED_RANGE = re.compile(r"20\d\d年?(?:[-—~～至到]|--|——)+20\d\d年?[^,。;]{0,20}(?:行动|计划|攻坚|方案)")
_FIVE_YEAR = re.compile(r"“?十([一二三四五六])五”?(?:时期|期间|规划)?")
_YEAR_OF_WORK = re.compile(r"(20\d\d)年[一-鿿]{0,10}(?:工作|任务|计划|要点|目标|安排|打算|重点)")


def read_heading(paragraphs: Sequence[Paragraph]) -> Heading:
    """The heading facts; what the document does not say is None."""
    title = _title(paragraphs)
    printed = title.printed() if title else ""
    heading = Heading(printed, title.span(0, len(title)) if title else None)
    heading.kind = _kind(paragraphs, title)
    if heading.kind in {"action_plan", "implementation_opinions"}:
        own = _reproduced(paragraphs, title)
        if own:
            heading.title, heading.title_span = own.printed(), own.span(0, len(own))
    plain = (
        own.text
        if heading.kind in {"action_plan", "implementation_opinions"} and own
        else (title.text if title else "")
    )
    heading.issued = _issued(paragraphs)
    heading.city = city_of(paragraphs, plain)
    heading.period = _period(paragraphs, plain, heading)
    return heading


def _title(paragraphs: Sequence[Paragraph]) -> View | None:
    """The line that names the document: one that ends like a document's name, else the headline above the text."""
    headline: View | None = None
    for i, paragraph in enumerate(paragraphs[:_TOP]):
        text = paragraph.view.text
        if paragraph.cells or _NUMBERED.match(text) or "。" in text:
            break
        if _SALUTATION.match(text) or text.endswith((":", ";", ",")) or not 4 <= len(text) <= _TITLE_AT_MOST:
            if text.endswith(":"):
                break
            continue
        if _is_stamp(text) or is_frame(text) or is_wrapper(text):
            continue
        if _GENRE_END.search(text) and not (headline and _HEADLINE_VERBS.search(text)):
            return _bare(_with_range_below(paragraphs, i, _with_lines_above(paragraphs, i, headline)))
        if headline is None and i < _TOP // 2 and not _ISSUER.search(text):
            headline = paragraph.view
    return headline if headline is not None and _is_headline(headline, paragraphs) else None


_ISSUER = re.compile(
    r"(?:委员会|人民政府|办公室|办公厅|委办|文明委|领导小组|指挥部|文件)$|〔\d{4}〕|\[\d{4}\]|^(?:市长|县长|区长|主任|书记)|^时间"
)


def _is_stamp(text: str) -> bool:
    """Whether a line only gives a date, a place or a number of issue."""
    return bool(_DAY.search(text) and len(text) <= 40) or bool(_ISSUER.search(text)) or text.startswith("(")


def _is_headline(view: View, paragraphs: Sequence[Paragraph]) -> bool:
    return 6 <= len(view) <= 40 and any("。" in paragraph.view.text for paragraph in paragraphs)


def _with_lines_above(paragraphs: Sequence[Paragraph], i: int, headline: View | None) -> View:
    """A title printed over two or three lines: the lines above that are no title of their own."""
    view = paragraphs[i].view
    if headline is None or i == 0:
        return view
    above = paragraphs[i - 1].view
    if (
        above is not headline
        or _HEADLINE_VERBS.search(above.text)
        or len(above) > 30
        or _GENRE_END.search(above.text)
    ):
        return view
    starts_whole = re.match(r"^[一-鿿]{2,5}(?:(?<!城)市|县|区|省|州|镇)|^关于|^20\d\d|^《", view.text)
    if starts_whole and not above.text.endswith(("关于", "的", "和", "与")):
        return view
    return View(above.text + view.text, [*above.at, *view.at], view.source)


def _with_range_below(paragraphs: Sequence[Paragraph], i: int, view: View) -> View:
    """A title whose years, or whose 试行, stand in brackets on the next line."""
    below = paragraphs[i + 1].view if i + 1 < len(paragraphs) else None
    if below is None or not _RANGE_LINE.match(below.text):
        return view
    return View(view.text + below.text, [*view.at, *below.at], view.source)


def _bare(view: View) -> View:
    """The name of the document that a notice passes on (关于印发《…》的通知), without its marks."""
    inner = _PLAN_NAME.search(view.text) or _NOTICE.match(view.text)
    if inner and "通知" in view.text[-4:]:
        return view.part(*inner.span(1))
    if view.text.startswith("《") and view.text.endswith("》"):
        return view.part(1, len(view) - 1)
    return view


def _reproduced(paragraphs: Sequence[Paragraph], title: View | None) -> View | None:
    """The plan's own name, where the page's headline is another one but the page holds the plan itself."""
    if title is not None and _GENRE_END.search(title.text) and not _HEADLINE_VERBS.search(title.text):
        return None
    names: list[View] = []
    for paragraph in paragraphs[:60]:
        if _NUMBERED.match(paragraph.view.text):
            break
        names += [paragraph.view.part(*name.span(1)) for name in _PLAN_NAME.finditer(paragraph.view.text)]
    return max(names, key=len, default=None)


def _kind(paragraphs: Sequence[Paragraph], title: View | None) -> str:
    """By the title's last words; under a headline by whether the page holds numbered measures or only tells of them."""
    name = title.text if title else ""
    top = "".join(paragraph.view.text for paragraph in paragraphs[:_TOP])[:1500]
    if _TELLS.search(name):
        return "news_report"
    if _REPORTS.search(name) or "各位代表" in top:
        return "work_report"
    if re.search(r"(?:意见|决定|决议)(?:\(.*\))?$", name):
        return "implementation_opinions"
    if _GENRE_END.search(name) and not _HEADLINE_VERBS.search(name):
        return "action_plan"
    if title is None and _PLANS_YEAR.search(top):
        return "work_report"
    if _holds_measures(paragraphs):
        return "action_plan"
    if title is not None:
        return "news_report"
    told = any(_TOLD.search(paragraph.view.text) for paragraph in paragraphs)
    return "work_report" if told or _PAST.search(top) else "action_plan"


def _holds_measures(paragraphs: Sequence[Paragraph]) -> bool:
    numbered = sum(bool(_NUMBERED.match(paragraph.view.text)) for paragraph in paragraphs)
    rows = sum(paragraph.cells is not None for paragraph in paragraphs)
    return (
        numbered >= _MEASURES and not any(_TOLD.match(p.view.text) for p in paragraphs) or rows >= _MEASURES
    )


def _issued(paragraphs: Sequence[Paragraph]) -> str | None:
    """The day signed (a line of its own behind the issuer), else the day of publication at the top."""
    published: str | None = None
    for i, paragraph in enumerate(paragraphs):
        text = paragraph.view.text
        if len(text) > 60 or paragraph.cells:
            continue
        day = _day(text)
        if not day:
            continue
        alone = len(text) <= 16 and not text.startswith("时间")
        behind_issuer = i > 0 and bool(_ISSUER.search(paragraphs[i - 1].view.text))
        if alone and "年" in text and (behind_issuer or i >= len(paragraphs) - 3):
            return day
        if i < _TOP and re.match(r"\([^()]*(?:19|20)\d\d年\d{1,2}月\d{1,2}日", text):
            return day
        if published is None and i < _TOP and not re.search(r"[。,;]", text) and _stands_as_stamp(text):
            published = day
    return published


def _stands_as_stamp(text: str) -> bool:
    rest = _DAY.sub("", text)
    return len(rest) <= 30 and not re.search(r"前|底|以来|完成", rest)


def _day(text: str) -> str | None:
    match = _DAY.search(text)
    if match:
        year, month, day = (int(group) for group in match.groups())
    else:
        match = _DAY_CN.search(text)
        if not match:
            return None
        year = int(
            "".join(
                str("零一二三四五六七八九".find(c)) if c in "零一二三四五六七八九" else "0" for c in match[1]
            )
        )
        month, day = numeral(match[2]) or 0, numeral(match[3]) or 0
    if 1980 <= year <= 2100 and 1 <= month <= 12 and 1 <= day <= 31:
        return f"{year:04}-{month:02}-{day:02}"
    return None


def _period(paragraphs: Sequence[Paragraph], title: str, heading: Heading) -> tuple[int, int] | None:
    """The printed range; of a report, the year or five years that it plans for."""
    if five := _FIVE_YEAR.search(title):
        return _five_years(five)
    found = _range(title) or (_named_range(paragraphs) if heading.kind != "work_report" else None)
    if found:
        return found
    if heading.kind == "work_report":
        return _planned(paragraphs, title)
    return _counted_years(paragraphs, heading.issued) or _year_range(title)


def _range(text: str) -> tuple[int, int] | None:
    match = _RANGE.search(text) or _MONTHS.search(text)
    if not match:
        return None
    first, last = int(match[1]), int(match[2])
    return (first, last) if first <= last <= first + 15 else None


def _named_range(paragraphs: Sequence[Paragraph]) -> tuple[int, int] | None:
    """The range in the name of the plan, else the first one printed; that of stages reaches from first to last."""
    for paragraph in paragraphs:
        for name in re.finditer("《([^《》]{4,60})》", paragraph.view.text):
            if found := (_range(name[1]) if re.search("行动|计划|方案|意见", name[1]) else None):
                return found
    stages: list[tuple[int, int]] = []
    for paragraph in paragraphs[:40]:
        text = paragraph.view.text
        if years := _FROM_YEAR.search(text):
            return int(years[1]), int(years[1]) + (numeral(years[2]) or 1) - 1
        if found := _range(text):
            if not _STAGE.search(text):
                return found
            stages.append(found)
    return (min(first for first, _ in stages), max(last for _, last in stages)) if stages else None


def _planned(paragraphs: Sequence[Paragraph], title: str) -> tuple[int, int] | None:
    heads = [title, *(p.view.text for p in paragraphs if len(p.view) <= 40)]
    for text in heads:
        if five := _FIVE_YEAR.search(text):
            return _five_years(five)
    for paragraph in paragraphs[:_TOP]:
        if named := _NAMED_RANGE.search(paragraph.view.text):
            return _range(named[0])
    years = [
        int(m[1])
        for text in heads
        if not re.search("回顾|总结|完成情况", text)
        for m in _YEAR_OF_WORK.finditer(text)
    ]
    return (years[-1], years[-1]) if years else None


def _five_years(plan: re.Match[str]) -> tuple[int, int]:
    """The years of a five-year plan: the eleventh ran from 2006 to 2010."""
    first = 2006 + 5 * ((numeral(plan[1]) or 1) - 1)
    return first, first + 4


def _year_range(title: str) -> tuple[int, int] | None:
    match = re.search(r"(20\d\d)年", title)
    return (int(match[1]), int(match[1])) if match else None


def _counted_years(paragraphs: Sequence[Paragraph], issued: str | None) -> tuple[int, int] | None:
    """Issue year, a stated number of years, and one common last year that fits both; else None."""
    if issued is None:
        return None
    text = "\n".join(paragraph.view.text for paragraph in paragraphs)
    counts = Counter(numeral(match[1] or match[2]) for match in _YEARS.finditer(text))
    if not counts:
        return None
    years = counts.most_common(1)[0][0] or 0
    first = int(issued[:4])
    for start in (first, first + 1):
        last = start + years - 1
        named = Counter(re.findall(r"(20\d\d)年", text))
        if named[str(last)] >= 2 and not any(int(year) > last for year, n in named.items() if n >= 2):
            return start, last
    return None
