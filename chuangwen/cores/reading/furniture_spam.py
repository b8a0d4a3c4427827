"""Adverts and injected spam: a brand glued to words of a trade, or phrases that sell what no policy sells."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from chuangwen.cores.reading.model import LeftOut, Span

_BREAKS = re.compile(r"[,，。;；:：、!！?？“”\"‘’《》()（）\[\]【】<>\n\t]+")
# A brand in Latin letters and digits before Chinese words: 88win体育, k8娱乐.
_BRAND = re.compile(
    r"(?<![A-Za-z0-9])(?=[A-Za-z0-9.]{2,20}(?![A-Za-z])[^\W\d_])(?:\d{2,5}[A-Za-z]{2,12}|[A-Za-z]{1,10}\d{1,5}(?:\.[a-z]{2,3})?|[A-Za-z]{3,12}\.(?:com|net|cn|cc|vip|app))"
)
_TRADES = {
    "gambling": re.compile(
        r"bet|体育(?:在线|平台|官网|投注|app|下载|直播|开户)|博彩|投注|下注|提款|提现|彩票|六合彩|时时彩|赌场|赌博网|棋牌|百家乐|世界杯|赔率|外围|老虎机|捕鱼|新葡京|威尼斯人|皇冠|彩金"
        r"|娱乐(?:城|平台|官网|场)|真人(?:荷官|视讯|娱乐)|电竞|牛牛|快三|北京赛车|开奖|竞彩|约彩|澳门",
        re.IGNORECASE,
    ),
    "medical": re.compile(
        r"白癜风|癫痫|牛皮癣|银屑病|不孕|不育|早泄|阳痿|男科|妇科|痔疮|湿疣|植发|脱发|生发|丰胸|隆胸|整形|人流|减肥|祛斑|近视手术|性病|前列腺|狐臭|痛风|鼻炎|治疗|疗效|医院|专科|偏方|特效"
    ),
    "money": re.compile(
        r"贷款|借款|套现|网贷|秒到账|无抵押|信用卡|办证|代开|发票|刷单|兼职|炒股|股票群|荐股|理财|加盟|代理|配资|黑户|当天放款|下款"
    ),
    "games": re.compile(
        r"私服|传奇|外挂|成人|情色|约炮|裸聊|同城|小姐|一夜情|黄色|午夜|福利视频|无码|在线观看|免费观看"
    ),
}
_ANY_TRADE = re.compile("|".join(trade.pattern for trade in _TRADES.values()), re.IGNORECASE)
_SALE = re.compile(
    r"官网|官方|下载|安装|注册|登录|登陆|入口|开户|平台|网址|网站|app|APP|到账|在线|哪家好|哪里好|哪个好|多少钱|怎么样|怎么办|价格|费用|咨询|热线|客服|电话|微信|QQ|最新版|手机版|免费|送\d+元?"
    r"|专家|有效|疗效|权威|排名|推荐|最好的|正规|加我|联系|招代理|优惠|链接|首选"
)
_LEAST = 4
_SEGMENT = 40


def spam(text: str) -> list[LeftOut]:
    """The places of adverts in a text: chains joined by underscores, and phrases that sell."""
    found = [LeftOut(Span(start, end), "spam") for start, end in _chains(text)]
    taken = {piece.span.start for piece in found}
    found += [LeftOut(Span(i, j), "advert") for i, j in _phrases(text) if i not in taken]
    return found


def _chains(text: str) -> Iterator[tuple[int, int]]:
    """Words joined by underscores; one that is repeated ends where its surroundings begin to differ."""
    if "_" not in text:
        return
    places = [run for run in _runs(text) if "_" in text[run[0] : run[1]]]
    cores = Counter(_core(text, run) for run in places)
    for core, count in cores.items():
        same = [run for run in places if _core(text, run) == core]
        joint = text.index("_", same[0][0])
        if count >= 2:
            before, after = _shared(text, [text.index("_", run[0]) for run in same], same)
        else:
            before, after = _single(text, joint, same[0])
        for run in same:
            at = text.index("_", run[0])
            if at - before >= 0 and _looks_sold(text[at - before : at + after]):
                yield at - before, at + after


def _runs(text: str) -> Iterator[tuple[int, int]]:
    """The stretches between punctuation."""
    begin = 0
    for stop in _BREAKS.finditer(text):
        if stop.start() > begin:
            yield begin, stop.start()
        begin = stop.end()
    if begin < len(text):
        yield begin, len(text)


def _core(text: str, run: tuple[int, int]) -> str:
    at = text.index("_", run[0])
    return text[max(run[0], at - 4) : at + 5]


def _shared(text: str, joints: list[int], runs: list[tuple[int, int]]) -> tuple[int, int]:
    """How far before and behind its first joint a repeated chain is the same in most places."""
    before = after = 0
    most = max(2, round(0.7 * len(joints)))
    while before < 2 * _SEGMENT and _agree(
        [text[j - before - 1] for j in joints if j - before - 1 >= 0], most
    ):
        before += 1
    while after < 6 * _SEGMENT and _agree([text[j + after] for j in joints if j + after < len(text)], most):
        after += 1
    return before, after


def _agree(chars: list[str], most: int) -> bool:
    if not chars:
        return False
    char, count = Counter(chars).most_common(1)[0]
    return count >= most and not _BREAKS.match(char)


def _single(text: str, joint: int, run: tuple[int, int]) -> tuple[int, int]:
    """The bounds of a chain that stands only once: from its brand to the last word of selling."""
    brand = next((m for m in _BRAND.finditer(text, run[0], joint)), None)
    start = brand.start() if brand else run[0]
    end = max((m.end() for m in _SALE.finditer(text, joint, run[1])), default=run[1])
    for trade in _TRADES.values():
        end = max(end, max((m.end() for m in trade.finditer(text, joint, run[1])), default=end))
    return joint - start, max(end, text.rindex("_", run[0], run[1]) + 1) - joint


def _looks_sold(words: str) -> bool:
    return bool(_SALE.search(words) or any(trade.search(words) for trade in _TRADES.values()))


def _phrases(text: str) -> Iterator[tuple[int, int]]:
    """Stretches between punctuation that sell something of one of the trades."""
    behind = 0
    for hit in _ANY_TRADE.finditer(text):
        if hit.start() < behind:
            continue
        start, behind = _stretch(text, *hit.span())
        words = text[start:behind]
        if len(words) <= 2 * _SEGMENT and "_" not in words:
            yield from ((start + i, start + j) for i, j in _sold(words))


def _stretch(text: str, start: int, end: int) -> tuple[int, int]:
    """The stretch between punctuation around a place, cut where it is too long to be an advert."""
    least, most = max(0, start - 2 * _SEGMENT), min(len(text), end + 2 * _SEGMENT)
    while start > least and not _BREAKS.match(text[start - 1]):
        start -= 1
    while end < most and not _BREAKS.match(text[end]):
        end += 1
    return start, end


def _sold(words: str) -> Iterator[tuple[int, int]]:
    """Where in a stretch something is sold: from its brand or trade to its last word of selling."""
    hits = list(_ANY_TRADE.finditer(words))
    sales = list(_SALE.finditer(words))
    brand = _BRAND.search(words)
    kinds = len({hit[0] for hit in hits}) + len({sale[0] for sale in sales})
    if not (brand or len({sale[0] for sale in sales}) >= 2 or _one_trade(words) >= 3):
        return
    if kinds + 2 * bool(brand) >= _LEAST:
        first = min([hits[0].start()] + ([brand.start()] if brand else []))
        last = max(found.end() for found in [*hits, *sales])
        yield (first, last) if brand else (0, len(words))


def _one_trade(words: str) -> int:
    """How many different words of one trade stand here, at most."""
    return max(len({hit[0] for hit in trade.finditer(words)}) for trade in _TRADES.values())
