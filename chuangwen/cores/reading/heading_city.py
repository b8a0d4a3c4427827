"""The city whose document this is: by its title, its issuers, the name that stands in the text most."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from chuangwen.cores.reading.layout import Paragraph


def _listed(text: str) -> list[str]:
    return text.split()


# Cities of prefecture rank and the municipalities, so that a name without 市 is known for one (GB/T 2260).
_KNOWN = frozenset(
    _listed("""
    石家庄 唐山 秦皇岛 邯郸 邢台 保定 张家口 承德 沧州 廊坊 衡水 太原 大同 阳泉 长治
    晋城 朔州 晋中 运城 忻州 临汾 吕梁 呼和浩特 包头 乌海 赤峰 通辽 鄂尔多斯 呼伦贝尔
    巴彦淖尔 乌兰察布 沈阳 大连 鞍山 抚顺 本溪 丹东 锦州 营口 阜新 辽阳 盘锦 铁岭 朝阳
    葫芦岛 长春 吉林 四平 辽源 通化 白山 松原 白城 哈尔滨 齐齐哈尔 鸡西 鹤岗 双鸭山
    大庆 伊春 佳木斯 七台河 牡丹江 黑河 绥化 南京 无锡 徐州 常州 苏州 南通 连云港 淮安
    盐城 扬州 镇江 泰州 宿迁 杭州 宁波 温州 嘉兴 湖州 绍兴 金华 衢州 舟山 台州 丽水
    合肥 芜湖 蚌埠 淮南 马鞍山 淮北 铜陵 安庆 黄山 滁州 阜阳 宿州 六安 亳州 池州 宣城
    福州 厦门 莆田 三明 泉州 漳州 南平 龙岩 宁德 南昌 景德镇 萍乡 九江 新余 鹰潭 赣州
    吉安 宜春 抚州 上饶 济南 青岛 淄博 枣庄 东营 烟台 潍坊 济宁 泰安 威海 日照 临沂
    德州 聊城 滨州 菏泽 郑州 开封 洛阳 平顶山 安阳 鹤壁 新乡 焦作 濮阳 许昌 漯河
    三门峡 南阳 商丘 信阳 周口 驻马店 武汉 黄石 十堰 宜昌 襄阳 鄂州 荆门 孝感 荆州
    黄冈 咸宁 随州 长沙 株洲 湘潭 衡阳 邵阳 岳阳 常德 张家界 益阳 郴州 永州 怀化 娄底
    广州 韶关 深圳 珠海 汕头 佛山 江门 湛江 茂名 肇庆 惠州 梅州 汕尾 河源 阳江 清远
    东莞 中山 潮州 揭阳 云浮 南宁 柳州 桂林 梧州 北海 防城港 钦州 贵港 玉林 百色 贺州
    河池 来宾 崇左 海口 三亚 三沙 儋州 成都 自贡 攀枝花 泸州 德阳 绵阳 广元 遂宁 内江
    乐山 南充 眉山 宜宾 广安 达州 雅安 巴中 资阳 贵阳 六盘水 遵义 安顺 毕节 铜仁 昆明
    曲靖 玉溪 保山 昭通 丽江 普洱 临沧 拉萨 日喀则 昌都 林芝 山南 那曲 西安 铜川 宝鸡
    咸阳 渭南 延安 汉中 榆林 安康 商洛 兰州 嘉峪关 金昌 白银 天水 武威 张掖 平凉 酒泉
    庆阳 定西 陇南 西宁 海东 银川 石嘴山 吴忠 固原 中卫 乌鲁木齐 克拉玛依 吐鲁番 哈密
    北京 天津 上海 重庆
    """)
)
_LEFT = r"(?:^|(?<=[\W\d_])|(?<=中共)|(?<=关于)|(?<=印发)|(?<=[在对由为将使让是和与把当即省区了]))"
_CITY = re.compile(rf"{_LEFT}([^\W\d_]{{2,5}}?)市(?!场|民|容|政(?!府|协)|区(?!县)|值|级|面|辖|郊|况|井|直)")
_ANY_CITY = re.compile("市(?=人大|政协|委|政府|人民|第|[一二三四五六七八九十]届|的|[,。])")
_HAN = re.compile(r"[^\W\d_]+")
_OFFICE = re.compile(r"(?:中共)?([^\W\d_]{2,5}?)市(?:委|人民政府|政府|文明办|文明委|创建办|创文办|精神文明)")
_COUNTY = re.compile(r"^(?:中共)?([^\W\d_]{2,5}?[县区旗州盟])(?!域|级|长)")
# 在云东县第十八届人民代表大会…会议上: who sits there reports
_SITS = re.compile(r"在([^\W\d_]{2,4}?[县区旗])第[一二三四五六七八九十]{1,4}届人民代表大会")
_TITLE_START = re.compile(
    r"^(?:中共)?([^\W\d_]{1,3}?城)市(?:文明|人民|委|创建|创文|全国|深化|争创|建设|精神|城市|20\d\d)"
)
_NO_NAME = re.compile(
    "[城全我本各县都超门集夜股楼上开入该两省区地级债期现房花菜鱼的了等强做大名]$"
    "|文明|全国|城市|创建|地级|县级|我们|各|建设|农贸|中心"
)
_NAMES = re.compile("|".join(sorted(_KNOWN, key=len, reverse=True)))
_IN_TITLE, _OF_OFFICE = 50, 10
_EARLY = 6  # paragraphs before which it is said where an assembly sits
_LINE = 40  # characters of a line that may be an issuer's
_LOOKED_AT = 20  # names
_LEAST_BARE = 3  # times that a known name without 市 must stand


def city_of(paragraphs: Sequence[Paragraph], title: str) -> str | None:
    """The city's name without 市 (a county's with its 县 or 区); None where the text does not show it."""
    texts = [paragraph.view.text for paragraph in paragraphs]
    whole = "\n".join(texts)
    points = _named(texts, title)
    for name, score in points.most_common(_LOOKED_AT):
        shorter = _without_verb(name, whole)
        if shorter != name:
            del points[name]
            points[shorter] += score
    if not points:
        points = _frequent(whole)
    county = _COUNTY.match(title) or (None if _cities(title) else _SITS.search("\n".join(texts[:_EARLY])))
    if county and not any(title.startswith(name) for name in points):
        return county[1]
    return max(points, key=lambda name: points[name], default=None)


def _named(texts: Sequence[str], title: str) -> Counter[str]:
    """Names of cities with points: for the title, for issuers, for each time that they stand in the text."""
    points: Counter[str] = Counter()
    bare: Counter[str] = Counter()
    start = _TITLE_START.match(title)
    for name in sorted({*_cities(title), *_NAMES.findall(title), *([start[1]] if start else [])}):
        points[name] += _IN_TITLE
    for text in texts:
        points.update(_cities(text))
        bare.update(_NAMES.findall(text))
        office = _OFFICE.match(text) if len(text) <= _LINE else None
        if office and not _NO_NAME.search(office[1]):
            points[office[1]] += _OF_OFFICE
    for name, count in bare.items():
        if name in points or count >= _LEAST_BARE:
            points[name] += count
    return points


def _frequent(text: str) -> Counter[str]:
    """What stands before 市 and elsewhere in the text too, where no word boundary shows a name."""
    ends = [found.start() for found in _ANY_CITY.finditer(text)]
    before = Counter(text[i - n : i] for i in ends for n in (2, 3) if i >= n)
    names = [name for name in before if _HAN.fullmatch(name) and not _NO_NAME.search(name)][:_LOOKED_AT]
    counts = {name: text.count(name) for name in names}
    return Counter({name: count for name, count in counts.items() if count >= _LEAST_BARE})


def _without_verb(name: str, text: str) -> str:
    """A name without a word before it (动员云浦): its shortest end that stands in the text more often."""
    count = text.count(name)
    for begin in range(1, len(name) - 1):
        if name not in _KNOWN and (name[begin:] in _KNOWN or text.count(name[begin:]) > count):
            return _without_verb(name[begin:], text)
    return name


def _cities(text: str) -> list[str]:
    return [name for name in _CITY.findall(text) if name in _KNOWN or not _NO_NAME.search(name)]
