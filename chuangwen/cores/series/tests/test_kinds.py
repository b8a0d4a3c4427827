"""What a plan stores becomes kinds, changes and classes."""

import pytest

from chuangwen.cores.reading.model import Trait
from chuangwen.cores.series.kinds import Change, Kind, change_of, class_in, kinds_of


def test_every_trait_of_the_reader_is_a_kind() -> None:
    assert {kind.value for kind in Kind} >= {trait.value for trait in Trait}
    assert kinds_of(list(Trait)) == {Kind(trait) for trait in Trait}


@pytest.mark.parametrize(
    ("words", "kinds"),
    [
        ("人均预期寿命达到80岁左右", {Kind.ABOUT}),
        ("约120处", {Kind.ABOUT}),
        ("大约三成", {Kind.ABOUT}),
        ("修订文明公约10条", set()),
        ("节约3%", set()),
        ("预约1000人次", set()),
        ("原则上不新增占道市场", {Kind.NO_GROWTH}),
        ("违法建设零增长", {Kind.NO_GROWTH}),
        ("不再扩大规模", {Kind.NO_GROWTH}),
        ("新增停车泊位5000个", set()),
        ("", set()),
    ],
)
def test_words_say_about_and_no_growth(words: str, kinds: set[Kind]) -> None:
    assert kinds_of([], words=words) == kinds


def test_what_is_owed_yearly_in_every_county_says_so() -> None:
    assert kinds_of(["mean"], "yearly", scope="各县区") == {Kind.MEAN, Kind.YEARLY_ANEW, Kind.PER_AREA}
    assert kinds_of([], scope="市区") == frozenset()


def test_a_person_adds_what_no_document_marks() -> None:
    assert kinds_of([], also={Kind.MILESTONE}) == {Kind.MILESTONE}


@pytest.mark.parametrize(
    ("name", "unit", "change"),
    [
        ("全市非法营运车辆下降幅度", "%", Change.FALL_PCT),
        ("路段违停率减少幅度", "%", Change.FALL_PCT),
        ("专项资金增速", "%", Change.RISE_PCT),
        ("公共支出压减幅度", "%", Change.FALL_PCT),
        ("价格降幅", "%", Change.FALL_PCT),
        ("近视率下降幅度", "百分点", Change.FALL),
        ("优良天数比例提高幅度", "百分点", Change.RISE),
        ("泊位增加额", "个", Change.RISE),
        ("事故减少额", "起", Change.FALL),
        ("物业服务覆盖率", "%", Change.NONE),
        ("绿道总里程", "公里", Change.NONE),
    ],
)
def test_the_name_says_what_a_value_against_a_base_is(name: str, unit: str, change: Change) -> None:
    assert change_of([Trait.AGAINST_BASE], name, unit) is change


def test_what_is_not_against_a_base_is_no_change() -> None:
    assert change_of([], "专项资金增速", "%") is Change.NONE


@pytest.mark.parametrize(
    ("words", "best", "named"),
    [
        ("B级以上", "A", "B"),
        ("达到b级", "A", "B"),
        ("优于Ⅲ类", "Ⅰ", "Ⅲ"),
        ("消除劣Ⅴ类水体", "Ⅰ", "劣Ⅴ"),
        ("三类以上公厕", "一", "三"),
        ("三星级以上", "五", "三"),
    ],
)
def test_words_name_a_class_on_its_ladder(words: str, best: str, named: str) -> None:
    found = class_in(words)
    assert found is not None
    assert (found[0][0], found[1]) == (best, named)


def test_words_without_a_class_name_none() -> None:
    assert class_in("不低于上级下达的指标") is None
