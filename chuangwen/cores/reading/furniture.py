"""What stands in a text and is no part of the document: page furniture, credits, notices, markup, adverts, spam.

A line is judged by its words first; weak evidence counts only before the first or after the last real paragraph. Dates
on credit lines stay, so that the day of publication can be read.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from itertools import chain

from chuangwen.cores.reading.furniture_spam import spam
from chuangwen.cores.reading.layout_lines import line_spans
from chuangwen.cores.reading.model import LeftOut, Span
from chuangwen.cores.reading.view import plain_line

_UI = (
    "登录|登陆|注册|退出|首页|网站首页|返回首页|返回顶部|返回|回到顶部|收藏|加入收藏|设为首页|打印|打印本页|打印本文|关闭|关闭窗口|关闭本页|反馈|意见反馈|分享"
    "|分享到|分享让更多人看到|分享至|分享本文|举报|我要举报|我要纠错|纠错|点赞|评论|发表评论|查看评论|全部评论|写评论|转发|关注|订阅|字号|字体|字体大小|放大|缩小|大|中|小|默认"
    "|查看更多|更多|更多>>|展开全文|阅读全文|点击查看|查看全文|阅读原文|原文链接|下载|下载客户端|打开APP|客户端下载|APP下载|手机版|电脑版|手机客户端|扫码下载"
    "|扫一扫|扫码关注|微信扫一扫|微信|微博|新浪微博|QQ空间|QQ|朋友圈|二维码|无障碍|无障碍浏览|无障碍阅读|长者模式|长辈模式|适老版|关怀版|繁体|繁體|简体|English|RSS"
    "|上一篇|下一篇|上一篇文章|下一篇文章|上一条|下一条|上一页|下一页|上一版|下一版|上一期|下一期|版面导航|相关内容|相关新闻|相关链接|相关阅读|相关文章|相关文档|相关信息|相关稿件|推荐阅读|延伸阅读"
    "|热门推荐|热点推荐|热门文章|热门新闻|最新文章|最新发布|猜你喜欢|为您推荐|今日推荐|精彩推荐|图片新闻|网站地图|网站简介|网站声明|关于我们|联系我们|联系方式"
    "|法律声明|版权声明|免责声明|隐私保护|隐私政策|服务条款|用户协议|广告合作|广告服务|商务合作|发布优势|友情链接|站内搜索|搜索|站点地图|使用帮助|帮助中心|招聘信息"
    "|正文|当前位置|您的位置|您现在的位置|所在位置|作者|编辑|责任编辑|责编|来源|发布时间|发布日期|浏览次数|点击数|阅读量|阅读次数|访问量|主办单位|承办单位|技术支持"
    "|政务公开|新闻中心|互动交流|政民互动|专题专栏|机构设置|办事服务|客户端|加载中|暂无评论|无|广告|推广|AD|T大|T小|A大|A小|打赏|评论区已关闭|一图读懂|视频回放|附件下载|文件下载|听全文|语音播报|播报|视力保护色|背景色"
)
_UI_WORD = re.compile(rf"(?:{_UI})[:]?")
_SEPARATORS = re.compile(r"[\s|/\\>»›<«【】\[\]()·•*+\-_,、;:…~0-9↓↑→←▼▲◀▶►]+")
_CREDIT_WORDS = (
    "来源|信息来源|稿件来源|文章来源|作者|文章作者|编辑|责任编辑|责编|值班编辑|本期编辑|总编辑|主编|副主编|执行主编|值班主任|记者|本报记者|全媒体记者|融媒体?记者|见习记者|通讯员"
    "|特约记者|撰稿|撰文|供稿|投稿|供图|图源|审核|审签|初审|复审|终审|一审|二审|三审|校对|校审|一校|二校|三校|监制|总监制|出品|策划|统筹|排版|美编|制作|制图|摄影|摄|图|图片|文|文图|文字|视频|剪辑"
    "|发布机构|发布单位|发文机构|信息员|上传者|浏览次数|浏览量|浏览|点击数|点击量|点击|阅读数|阅读量|阅读次数|阅读|访问次数|访问量|人气|评论数|字体|字号|索引号|主题分类|公开方式|标签|关键字"
)
_CREDIT = re.compile(rf"(?:{_CREDIT_WORDS})\s*[:/丨|]\s*[^。;]{{0,30}}$")
_CREDIT_PIECE = re.compile(
    rf"[\[【(]?(?:{_CREDIT_WORDS}|发布时间|发布日期|发稿时间|更新时间|发表时间|日期|时间)\s*[:]"
    r"(?:\s*(?!\d{4})[^\s。;:(\[【]{1,24})?[)\]】]?"
)
_REPORTER = re.compile(
    r"^[◎□■●○◇▲△*\[【(]?\s*\S{0,14}?(?:记者|通讯员|实习生|特约撰稿)(?:\s+|[:]\s*)\S{2,4}(?:[\s、/]+\S{2,6}){0,5}[)\]】]?$"
)
_LICENCE = re.compile(
    r"[ICcip]{3}(?:备|证|经营许可证)|公网安备|许可证(?:编号|号)?\s*[:]|经营许可证|备案(?:号|编号)\s*[:]|(?:统一社会信用代码|网站标识码)\s*[:]|©|Copyright|All\s*Rights?\s*Reserved"
    r"|版权所有|(?:违法和不良信息)?举报(?:电话|邮箱)|(?:联系|客服|值班|投稿)(?:电话|热线|邮箱|信箱)\s*[:]|(?:地址|邮编|传真)\s*[:]",
    re.IGNORECASE,
)
_BREADCRUMB = re.compile(
    r"^(?:您?(?:现在|当前|所在)?的?(?:所在)?位置)\s*(?:是|在)?\s*[:>]|(?:[^>。]{1,14}\s*[>»›→]\s*){2,}"
)
_NOTICE = re.compile(
    r"^[(【\[*※]?(?:声明|免责声明|版权声明|特别声明|郑重声明|温馨提示|注|本文(?:为|系|来源|转自|仅)|转载|凡(?:本网|注明)|如(?:需|有|涉及)|若有|版权|以上(?:内容|文章))"
)
_NOTICE_WORDS = re.compile(
    r"转载|侵权|侵犯|版权|著作权|本网|本站|本平台|原作者|仅代表(?:作者|该)|不代表|删除|权属证明|出处|客户端|传递更多信息|联系我们|与我们联系|信息发布平台"
)
_PAGE = re.compile(
    r"^(?:第\s*\d{1,4}\s*页(?:[,/\s]*共\s*\d{1,4}\s*页)?|[-—–·~]{1,3}\s*\d{1,4}\s*[-—–·~]{1,3}|\d{1,3}\s*/\s*\d{1,3}|\d{1,3}|Page\s*\d+(?:\s*of\s*\d+)?)$",
    re.IGNORECASE,
)
_SCAN = re.compile(
    r"(?:扫|长按|识别|点击|关注|打开|下载)[^。,]{0,10}(?:二维码|公众号|客户端|小程序|APP|app|蓝字|上方|下方|链接|视频号)|^(?:点击|戳)(?:上方|下方|这里|此处)|^(?:点击)?查看更多|[↓↑]{2,}$|^扫一扫|手机(?:上)?(?:打开|浏览|阅读|查看)"
)
_LOGO = re.compile(r"^\S{0,12}(?:logo|banner|icon)$", re.IGNORECASE)
_ORIGINAL = re.compile(r"^[(【\[]?(?:原标题|原题|副标题原|文章标题)\s*[:]")
_PHOTO = re.compile(
    r"^(?:[▲△▼↑↓]\s*\S.{0,40}|(?:图为|资料图|图片来源|配图|题图|图\d)[^。]{0,30}|.{0,30}(?:摄|供图)[)】]?)$"
)
# A line that only points somewhere else.
_PREFIXED = re.compile(
    r"^[·•*\s]*(?:上一篇|下一篇|上一条|下一条|上篇|下篇|附件下载|文件下载|友情链接|相关解读|相关链接|相关新闻|相关阅读|图解|政策解读|网站维护|技术支持|广告|推广|打赏|评论|(?:热门|推荐|猜你|相关|精彩|最新)(?:推荐|访问|搜索|标签|文章|内容|资讯|专题|喜欢))(?:文章|新闻)?\s*[:(]"
    r"|^[\[(【]?(?:未完|下转|上接|转下页|接上页|此件[一-鿿]{0,6}公开|公开属性|主动公开|依申请公开|举报/反馈)"
)
_LISTING = re.compile(r"^(?:热门|相关|推荐|精彩|最新|猜你|延伸|更多)[一-鿿]{0,6}$")
_ASIDE = re.compile(r"^(?:相关链接|链接|新闻链接|背景链接|延伸阅读|名词解释)$")
_MENU = re.compile(r"^[^|。:]{1,10}(?:\s*[|丨]\s*[^|。:]{1,12}){2,}$|^(?:【[^】]{2,8}】\s*){2,}$")
_MASTHEAD = re.compile(
    r"^\S{2,20}(?:门户网站|新闻网|文明网|政府网|信息网|在线|客户端|日报|晚报|融媒体?|公众号)$|^(?:(?:上|下)一[版期]\s*)*第?\s*[A-Z]?\d{1,3}\s*版(?:\s*[:]?\s*\S{1,10})?$|^\S{2,24}(?:公报|简报|专刊|通讯)\s*(?:\d{4}年)?第?\s*\d+\s*期"
)
_FOOT = re.compile(
    r"(?:主办|承办|协办|维护|技术支持|版权所有|编辑部|出品|整理)(?:\s*[:]|$|\s)|准印证|免费赠阅|内部资料"
)
_RECORD = re.compile(
    r"^(?:ICS)?\s*(?:索引号|主题分类|发文机关|发文机构|成文日期|发文字号|生成日期|公开方式|有效性|信息分类|文件编号)(?:\s|[:])"
)
_KEPT = re.compile(r"[:\t|]|^[一二三四五六七八九十(第\d]")
_PAGE_WITHIN = re.compile(r"第\s*\d{1,4}\s*页(?:\s*[,/]?\s*共\s*\d{1,4}\s*页)?$")
_URL = re.compile(
    r"(?:https?://|www\.)[\x21-\x7e]+|[a-z0-9][a-z0-9_.+-]{0,63}@[a-z0-9-]{1,63}\.[a-z0-9.]+", re.IGNORECASE
)
_TAG = re.compile(r"</?[a-zA-Z!][^<>]{0,400}>|&(?:[a-zA-Z]{2,8}|#\d{2,5});")
_HAN = re.compile("[一-鿿]")
_SIGN = re.compile(r"^[\W_\d]*$")
_DATE = re.compile(r"\d{4}\s*[-./年]\s*\d{1,2}\s*[-./月]\s*\d{1,2}")
_REPEATED = 12  # characters of a line that is printed again and again; a shorter one may be a heading
_SHOWN = 600  # characters of a line that are looked at
_FURNITURE_AT_MOST, _SHORT = 160, 60  # characters of a line that is no text
_REAL = 40  # characters of a line that is surely text, if it holds a full stop


@dataclass(slots=True)
class _Line:
    span: Span
    text: str  # half-width, without markup and white space around it


def left_out(text: str) -> list[LeftOut]:
    """Places to leave out, sorted and not overlapping."""
    lines = _lines(text)
    repeated = _running_heads(lines)
    real = [i for i, line in enumerate(lines) if _is_text(line.text)]
    first, last = (real[0], real[-1]) if real else (len(lines), -1)
    found = []
    listing = False  # below 热门推荐 and the like
    for i, line in enumerate(lines):
        code = _line_code(line.text, head=i < first, tail=i > last, repeated=line.text in repeated)
        if code and i + 1 < len(lines) and _ASIDE.match(line.text) and lines[i + 1].text.endswith("。"):
            continue
        listing = i > last and (listing or bool(_LISTING.match(line.text)))
        if code or (listing and not line.text.endswith("。") and len(line.text) <= 60):
            found += _without_date(text, line, code or "furniture")
    inline = chain(
        (LeftOut(Span(*m.span()), "markup") for m in _TAG.finditer(text)),
        (LeftOut(Span(*m.span()), "address") for m in _URL.finditer(text)),
        spam(text),
    )
    return _merged([*found, *inline])


def _lines(text: str) -> list[_Line]:
    """The lines that hold something, without markup."""
    found = []
    for begin, end in line_spans(text):
        shown = _TAG.sub(" ", text[begin : min(end, begin + _SHOWN)])
        plain = plain_line(shown, text).strip()
        if plain:
            found.append(_Line(Span(begin, end), plain))
    return found


def _running_heads(lines: list[_Line]) -> set[str]:
    """Short lines printed three times, or twice beside a page number, as a page's head or foot is."""
    counts = Counter(line.text for line in lines if 4 <= len(line.text) <= 60)
    beside = Counter(
        line.text
        for i, line in enumerate(lines)
        if any(_PAGE.search(near.text) for near in lines[max(0, i - 1) : i + 2] if near is not line)
    )
    return {
        text
        for text, n in counts.items()
        if ((n >= 3 and len(text) >= _REPEATED) or (n >= 2 and beside[text] >= 2))
        and not text.endswith(("。", ";", ":"))
        and not _KEPT.search(text)
    }


def _is_text(text: str) -> bool:
    """Whether a line surely belongs to the text: a sentence of some length, or a row of a table."""
    return (len(text) >= _REAL and "。" in text and not _NOTICE_WORDS.search(text)) or "\t" in text


def _line_code(text: str, *, head: bool, tail: bool, repeated: bool) -> str | None:
    """Why a whole line is left out; None if it stays."""
    if _NOTICE.match(text) and len(_NOTICE_WORDS.findall(text)) >= 2:
        return "notice"
    if len(text) > _FURNITURE_AT_MOST:
        return None
    if _PAGE.match(text) or _PAGE_WITHIN.search(text):
        return "page_number"
    if repeated and not _DATE.search(text):
        return "running_head"
    if _SIGN.match(text) and not _HAN.search(text) and not _DATE.search(text) and "|" not in text:
        return "sign"
    if _RECORD.match(text) or _ORIGINAL.match(text):
        return "credit"
    if _LICENCE.search(text) and not text.endswith("。"):
        return "licence"
    return _short_code(text, head=head, tail=tail) if len(text) <= _SHORT else None


def _short_code(text: str, *, head: bool, tail: bool) -> str | None:
    """Codes that need a short line, and some of them a place outside of the text proper."""
    if _only_ui(text) or _PREFIXED.match(text):
        return "furniture"
    if text.endswith("。"):
        return "notice" if tail and len(_NOTICE_WORDS.findall(text)) >= 2 else None
    if _LOGO.match(text) or _BREADCRUMB.search(text):
        return "furniture"
    if _CREDIT.match(text) or _REPORTER.match(text) or (len(text) <= 30 and _SCAN.search(text)):
        return "credit"
    if _PHOTO.match(text) and len(text) <= 30 and "," not in text:
        return "credit"
    pieces = list(_CREDIT_PIECE.finditer(text))
    dated = sum(len(date[0]) for date in _DATE.finditer(text))
    if pieces and 2 * (sum(len(piece[0]) for piece in pieces) + dated) >= len(text):
        return "credit"
    if (head or tail) and (
        _URL.search(text) or _SCAN.search(text) or _MENU.match(text) or _MASTHEAD.match(text)
    ):
        return "furniture"
    return "licence" if tail and _FOOT.search(text) else None


def _only_ui(text: str) -> bool:
    """Whether a line is made of words of a page's controls alone."""
    words = [word for word in _SEPARATORS.split(text) if word]
    return bool(words) and not _DATE.search(text) and all(_UI_WORD.fullmatch(word) for word in words)


def _without_date(text: str, line: _Line, code: str) -> list[LeftOut]:
    """The line as one or two places: a date on a credit line stays."""
    start, end = line.span
    date = _DATE.search(text, start, end) if code == "credit" else None
    if not date:
        return [LeftOut(Span(start, end), code)]
    spans = (Span(start, date.start()), Span(date.end(), end))
    return [LeftOut(span, code) for span in spans if text[span.start : span.end].strip()]


def _merged(pieces: list[LeftOut]) -> list[LeftOut]:
    """Sorted, overlapping pieces cut off behind the earlier one."""
    found: list[LeftOut] = []
    for piece in sorted(pieces, key=lambda each: (each.span.start, -each.span.end)):
        start = max(piece.span.start, found[-1].span.end if found else 0)
        if start < piece.span.end:
            found.append(LeftOut(Span(start, piece.span.end), piece.code))
    return found
