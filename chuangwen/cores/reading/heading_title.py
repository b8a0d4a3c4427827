"""The title of a document and, by it, what kind of document it is."""

from __future__ import annotations

import re
from collections.abc import Sequence

from chuangwen.cores.reading.layout import Paragraph
from chuangwen.cores.reading.outline_words import is_frame, is_wrapper
from chuangwen.cores.reading.view import View

TOP = 14  # paragraphs among which a title and a stamp are looked for
_TITLE_AT_MOST, _HEADLINE_AT_MOST = 70, 40
_ABOVE_AT_MOST = 30  # characters of a title's first line

# Words that a document's name ends with.
_GENRE = (
    "(?:(?:行动|工作|实施|创建|提升|推进|整治|三年|两年|五年|年度)*(?:计划|方案|规划|纲要)|(?:实施|指导|若干|工作)?意见|工作要点|要点"
    "|办法|措施|报告|总结|汇报|情况|清单|分解表|责任书|通知|通告|任务书|一览表|台账|表|决定|决议"
    "|条例|规定|细则|制度|倡议书|公告)"
)
_AFTER_NAME = r"\((?:\d{4}.{0,14}|试行|草案|征求意见稿|节选|摘要|讨论稿|修订.{0,2}|全文)\)"
_NAMED = re.compile(rf"{_GENRE}(?:{_AFTER_NAME})*[”》]?$")
_PLAN_NAME = re.compile(rf"《([^《》]{{6,60}}?{_GENRE}(?:\([^()]{{2,20}}\))?)》")
_PASSED_ON = re.compile(r"^.{0,40}?关于(?:印发|转发|下发|批转|发布)《?(.{6,60}?)》?的通知$")
_BELOW = re.compile(r"^\((?:20\d\d年?[-—~～至到]{1,2}20\d\d年?|试行|征求意见稿|草案|讨论稿|修订版?)\)$")
_BEGINS_WHOLE = re.compile(r"^[^\W\d_]{2,5}(?:(?<!城)市|县|区|省|州|镇)|^关于|^20\d\d|^《")
_LINKING = ("关于", "的", "和", "与")

# Words of a headline: it tells of a document, it does not name one.
_TELLING = re.compile(r"[!?]|出台|发布|启动|召开|印发了|公布|来了|解读|部署|吹响|一图|读懂|全力")
_PRESS = re.compile(r"解读|问答|图解|读懂|侧记|纪实|综述|掠影|观察|访谈|绘就|评论员")
_NEWS = re.compile(r"[◎(]?(?:.{0,12}讯|近日|日前|昨日|昨天|连日来|记者.{0,16}获悉|\d{1,2}月\d{1,2}日[,上下])")
_REPORT = re.compile(r"(?:总结|汇报|情况|讲话|发言|致辞|报告|工作(?:安排|打算))(?:\(.*\))?$")
_OPINIONS = re.compile(r"(?:意见|决定|决议)(?:\(.*\))?$")

ISSUER = re.compile(
    r"(?:委员会|人民政府|办公室|办公厅|委办|文明委|领导小组|指挥部|文件)$|〔\d{4}〕|\[\d{4}\]"
    r"|^(?:市长|县长|区长|主任|书记)|^时间"
)
_DAY = re.compile(r"\d{4}[-./年]\d{1,2}[-./月]\d{1,2}")

_NUMBERED = re.compile(
    r"^(?:\(?[一二三四五六七八九十]{1,3}\)?[、.]|\([一二三四五六七八九十]{1,3}\)|\d{1,2}[.、]"
    r"|第[一二三四五六七八九十百]{1,4}[条章])"
)
_MEASURES = 6  # numbered lines, or rows of a table, that make a plan
_TOLD = re.compile(r"(?:^|[。;:])一(?:是|要)")
_PAST = re.compile(r"今年以来|一年来|去年|近年来|回顾|主要预期目标|年主要工作|时期")
_PLANS_A_YEAR = re.compile(
    r"工作回顾|主要预期目标|政府工作|\d{4}年(?:政府)?(?:主要|重点)?工作(?:任务|安排|目标)?|十.五”?时期"
)


def title_of(paragraphs: Sequence[Paragraph]) -> View | None:
    """The line that names the document: one with a document's name, else the headline above the text."""
    headline: View | None = None
    for i, paragraph in enumerate(paragraphs[:TOP]):
        text = paragraph.view.text
        if paragraph.cells or _NUMBERED.match(text) or "。" in text or text.endswith(":"):
            break
        if not 4 <= len(text) <= _TITLE_AT_MOST or text.endswith((";", ",")) or _is_none(text):
            continue
        if _NAMED.search(text) and not (headline and _TELLING.search(text)):
            return _own_name(_with_line_below(paragraphs, i, _with_line_above(paragraphs, i, headline)))
        if headline is None and i < TOP // 2:
            headline = paragraph.view
    if headline is None or not 6 <= len(headline) <= _HEADLINE_AT_MOST:
        return None
    return headline if any("。" in paragraph.view.text for paragraph in paragraphs) else None


def _is_none(text: str) -> bool:
    """Whether a line at the top is something else: a stamp, an issuer, a bracket, a section's name."""
    if text.find("《") > 0 and not _PASSED_ON.match(text) and not _PRESS.search(text):
        return True  # a sentence that speaks of a document
    stamped = (_DAY.search(text) and len(text) <= _HEADLINE_AT_MOST) or ISSUER.search(text) or text[0] == "("
    return bool(stamped) or is_frame(text) or is_wrapper(text)


def _with_line_above(paragraphs: Sequence[Paragraph], i: int, headline: View | None) -> View:
    """A title printed over two lines: the line above, if it is no title of its own."""
    view, above = paragraphs[i].view, paragraphs[i - 1].view
    if headline is None or above is not headline or len(above) > _ABOVE_AT_MOST:
        return view
    if _TELLING.search(above.text) or _NAMED.search(above.text):
        return view
    if _BEGINS_WHOLE.match(view.text) and not above.text.endswith(_LINKING):
        return view
    return _joined(above, view)


def _with_line_below(paragraphs: Sequence[Paragraph], i: int, view: View) -> View:
    """A title whose years, or whose 试行, stand in brackets on the next line."""
    below = paragraphs[i + 1].view if i + 1 < len(paragraphs) else None
    return _joined(view, below) if below is not None and _BELOW.match(below.text) else view


def _joined(first: View, second: View) -> View:
    return View(first.text + second.text, [*first.at, *second.at], first.source)


def _own_name(view: View) -> View:
    """The name of the document that a notice passes on (关于印发《…》的通知), without its marks."""
    inner = _PLAN_NAME.search(view.text) or _PASSED_ON.match(view.text)
    if inner and "通知" in view.text[-4:]:
        return view.part(*inner.span(1))
    if view.text.startswith("《") and view.text.endswith("》"):
        return view.part(1, len(view) - 1)
    return view


def reproduced_name(paragraphs: Sequence[Paragraph], title: View | None) -> View | None:
    """The plan's own name on a page that holds the plan under a headline; else None."""
    if title is not None and _NAMED.search(title.text) and not _TELLING.search(title.text):
        return None
    names: list[View] = []
    for paragraph in paragraphs[:60]:
        if _NUMBERED.match(paragraph.view.text):
            break
        names += [paragraph.view.part(*name.span(1)) for name in _PLAN_NAME.finditer(paragraph.view.text)]
    return max(names, key=len, default=None)


def kind_of(paragraphs: Sequence[Paragraph], title: View | None) -> str:
    """The kind (Heading.kind) by the title's words; else by whether measures are held or only told of."""
    name = title.text if title else ""
    top = "".join(paragraph.view.text for paragraph in paragraphs[:TOP])[:1500]
    if _PRESS.search(name):
        return "news_report"
    if _REPORT.search(name) or "各位代表" in top:
        return "work_report"
    if _OPINIONS.search(name):
        return "implementation_opinions"
    if _NAMED.search(name) and not _TELLING.search(name):
        return "action_plan"
    if title is None and _NEWS.match(top):
        return "news_report"
    if title is None and _PLANS_A_YEAR.search(top):
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
    told = any(_TOLD.match(paragraph.view.text) for paragraph in paragraphs)
    return rows >= _MEASURES or (numbered >= _MEASURES and not told)
