"""Adverts inside sentences go; sentences that only speak of such things stay."""

from __future__ import annotations

import pytest

from chuangwen.cores.reading.furniture_spam import spam


def _kept(text: str) -> str:
    kept, at = "", 0
    for piece in sorted(spam(text), key=lambda each: each.span):
        kept += text[at : piece.span.start]
        at = piece.span.end
    return kept + text[at:]


_CHAIN = "88win体育官网_88win提现不到账_88win最新版下载安装"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            f"去年，{_CHAIN}市持续推进创建。成立{_CHAIN}“讲师团”，{_CHAIN}、青岚县蝉联。",
            "去年，市持续推进创建。成立“讲师团”，、青岚县蝉联。",
        ),
        ("推进垃圾分类，k8娱乐城官网_k8娱乐城注册送38元，实现全覆盖。", "推进垃圾分类，，实现全覆盖。"),
        ("建成口袋公园（云浦治疗白癜风医院哪家好多少钱）20个。", "建成口袋公园（）20个。"),
        ("加强绿化。澳门新葡京真人娱乐平台注册开户。新增绿地。", "加强绿化。。新增绿地。"),
        ("开展宣传，无抵押贷款当天放款加微信，覆盖社区。", "开展宣传，，覆盖社区。"),
    ],
)
def test_spam_is_left_out_of_a_sentence(text: str, expected: str) -> None:
    assert _kept(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "依法查处网络赌博、地下六合彩等违法行为。",
        "发展体育事业，举办全民健身运动会，开放体育场馆。",
        "推进小额担保贷款，发放创业贷款3000万元。",
        "建设市人民医院新院区，提升医疗服务水平，改善就医体验。",
        "整治“牛皮癣”小广告，清理楼道堆物。",
        "政务服务平台注册用户突破50万，在线办理率达到90%。",
        "优化12345热线，推广掌上APP在线办理，方便群众咨询。",
        "加强白癜风等慢性病患者健康管理。",
        "推进5G基站建设，新建充电桩800个。",
        "规范美容整形、减肥机构经营行为。",
        "加强外卖平台、网约车平台管理，规范价格和费用收取。",
        "严厉打击非法集资、套路贷，曝光违规贷款平台。",
    ],
)
def test_a_sentence_of_policy_stays(text: str) -> None:
    assert _kept(text) == text
