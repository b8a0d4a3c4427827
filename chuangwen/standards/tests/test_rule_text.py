"""Rules as a cell says them."""

from typing import Any

import pytest

from chuangwen.cores.errors import BadInput
from chuangwen.cores.scoring.kinds import Kind, parse_rule

from ..rules.rule_text import decimal, milli, rule_from_text, rule_to_text

SAID: list[tuple[Kind, str, dict[str, Any]]] = [
    (Kind.YES_NO, "", {}),
    (Kind.YES_NO, "达标0.5", {"met_from_milli": 500}),
    (Kind.K_OF_N, "共5项", {"n": 5}),
    (
        Kind.DEDUCTIONS,
        "散落垃圾每处扣0.2；乱贴乱画每处扣0.05；最低0.2",
        {
            "faults": [
                {"key": "散落垃圾", "title": "散落垃圾", "each_milli": 200},
                {"key": "乱贴乱画", "title": "乱贴乱画", "each_milli": 50},
            ],
            "floor_milli": 200,
        },
    ),
    (
        Kind.GRADES,
        "优=1；良（基本干净）=0.6；差=0；达标0.6",
        {
            "grades": [
                {"key": "优", "title": "优", "weight_milli": 1000},
                {"key": "p2", "title": "良(基本干净)", "weight_milli": 600},
                {"key": "差", "title": "差", "weight_milli": 0},
            ],
            "met_from_milli": 600,
        },
    ),
    (Kind.MEASURED, "≥5个", {"unit": "个", "comparator": ">=", "value": "5"}),
    (Kind.MEASURED, "≤3.5米", {"unit": "米", "comparator": "<=", "value": "3.5"}),
    (
        Kind.MEASURED,
        "≥30%得1；≥20%得0.5",
        {
            "unit": "%",
            "comparator": ">=",
            "steps": [{"value": "30", "weight_milli": 1000}, {"value": "20", "weight_milli": 500}],
        },
    ),
    (Kind.OBSERVED, "至少看20个", {"least": 20}),
    (
        Kind.ALL_OR_NOTHING,
        "围挡；a:冲洗设施；覆盖",
        {
            "parts": [
                {"key": "围挡", "title": "围挡"},
                {"key": "a", "title": "冲洗设施"},
                {"key": "覆盖", "title": "覆盖"},
            ]
        },
    ),
    (
        Kind.HOTLINE,
        "接通=0.4；答复准确=0.6",
        {
            "parts": [
                {"key": "接通", "title": "接通", "share_milli": 400},
                {"key": "答复准确", "title": "答复准确", "share_milli": 600},
            ]
        },
    ),
]


@pytest.mark.parametrize(("kind", "text", "data"), SAID)
def test_a_rule_is_read_and_written_the_same(kind: Kind, text: str, data: dict[str, Any]) -> None:
    found = rule_from_text(kind, text)
    assert found == parse_rule(kind, data).data
    again = rule_to_text(parse_rule(kind, found))
    assert rule_from_text(kind, again) == found
    assert again == text.replace("（", "(").replace("）", ")")


@pytest.mark.parametrize(
    ("kind", "text", "data"),
    [
        (Kind.MEASURED, "不少于 5 处", {"unit": "处", "comparator": ">=", "value": "5"}),
        (Kind.K_OF_N, "5", {"n": 5}),
        (Kind.OBSERVED, "20", {"least": 20}),
        (Kind.YES_NO, "是否", {}),
    ],
)
def test_other_words_for_it(kind: Kind, text: str, data: dict[str, Any]) -> None:
    assert rule_from_text(kind, text) == parse_rule(kind, data).data


@pytest.mark.parametrize(
    ("kind", "text", "code"),
    [
        (Kind.YES_NO, "大概", "standards.rule_text"),
        (Kind.K_OF_N, "", "standards.rule_text"),
        (Kind.K_OF_N, "3 或 5", "standards.rule_text"),
        (Kind.DEDUCTIONS, "垃圾扣 0.2", "standards.rule_text"),
        (Kind.DEDUCTIONS, "", "scoring.rule_not_a_list"),
        (Kind.DEDUCTIONS, "垃圾每处扣2", "scoring.rule_not_whole"),
        (Kind.GRADES, "优；良", "standards.rule_text"),
        (Kind.GRADES, "优=0.9；良=0.5", "scoring.rule_no_full_grade"),
        (Kind.MEASURED, "", "standards.rule_text"),
        (Kind.MEASURED, "≥5个；≤3个", "standards.rule_text"),
        (Kind.MEASURED, "≥20%得0.5；≥30%得1", "scoring.rule_steps_order"),
        (Kind.ALL_OR_NOTHING, "围挡", "scoring.rule_not_a_list"),
        (Kind.ALL_OR_NOTHING, "围挡；围挡", "scoring.rule_key_twice"),
        (Kind.HOTLINE, "接通=0.4；答复=0.5", "scoring.rule_shares"),
        (Kind.OBSERVED, "至少看0个", "scoring.rule_not_whole"),
        (Kind.YES_NO, "达标2", "scoring.rule_not_whole"),
    ],
)
def test_what_cannot_be_read_is_refused(kind: Kind, text: str, code: str) -> None:
    with pytest.raises(BadInput) as refused:
        rule_from_text(kind, text)
    assert refused.value.code == code


def test_weights_are_thousandths() -> None:
    assert [milli(text) for text in ("1", "0.6", " 60 ", "０．５", "0")] == [1000, 600, 60_000, 500, 0]
    assert [decimal(value) for value in (1000, 600, 60_000, 5, 0)] == ["1", "0.6", "60", "0.005", "0"]
    for wrong in ("", "abc", "-1", "0.0001", "1e99", "NaN", "1,5"):
        with pytest.raises(BadInput):
            milli(wrong)
