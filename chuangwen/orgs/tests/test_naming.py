import pytest

from chuangwen.orgs.rules.naming import core, nearest, spellings

CITY = "云浦市"


@pytest.mark.parametrize(
    "names",
    [
        "市城管局 城市管理局 云浦市城市管理局 云浦城管局",
        "市场监管局 市市场监管局 云浦市市场监督管理局",
        "市委宣传部 中共云浦市委宣传部 宣传部",
        "市政府 云浦市人民政府 市人民政府",
        "市政府办 市政府办公室 云浦市人民政府办公室",
        "东浦区 东浦区政府 东浦区人民政府 东浦区委区政府 东浦区党委政府",
        "团市委 共青团云浦市委 共青团云浦市委员会",
        "市卫健委 市卫生健康委 市卫生健康委员会",
        "市发改委 市发展改革委 市发展和改革委员会",
        "市住建局 市住房和城乡建设局 市住房城乡建设局",
        "市文明办 云浦市精神文明建设指导委员会办公室",
        "市创建办 市创文办 云浦市创建全国文明城市工作指挥部办公室",
        "市交警支队 市公安局交警支队 云浦市公安局交通警察支队",
        "高新区 高新区管委会 高新技术产业开发区管理委员会",
        "市委政法委 市政法委 中共云浦市委政法委员会",
        "市直机关工委 市直属机关工委 中共云浦市直属机关工作委员会",
        "市政公用局 市市政公用局",
        "望江街道 望江街道办事处",
        "市城投集团 云浦市城市建设投资集团有限公司",
    ],
)
def test_all_ways_to_word_one_body_have_one_core(names: str) -> None:
    assert len({core(name, CITY) for name in names.split()}) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("市城管局", "市综合执法局"),
        ("市住建局", "市房管局"),
        ("市卫健委", "市卫计委"),
        ("市场监管局", "监管局"),
        ("石桥市城管局", "市城管局"),
        ("东浦区教育局", "市教育局"),
        ("和平区政府", "平区政府"),
        ("市委办", "市政府办"),
        ("市法院", "市检察院"),
    ],
)
def test_two_bodies_keep_two_cores(one: str, other: str) -> None:
    assert core(one, CITY) != core(other, CITY)


def test_brackets_hold_a_second_spelling() -> None:
    assert spellings("市城管局（综合执法局）") == ["市城管局（综合执法局）", "市城管局", "综合执法局"]
    assert spellings("市城管局") == ["市城管局"]


def test_suggestions_come_likest_first_and_never_from_nothing_in_common() -> None:
    among = {1: ["市体育局"], 2: ["市教育局", "云浦市教育局"], 3: ["市水务局"]}
    assert nearest("教育局", among) == [2, 1]
    assert nearest("气象台", among) == []
