"""Every kind of item by examples worked out by hand: rules, marks, what they are worth, and what is refused."""

from typing import Any

import pytest

from chuangwen.cores.errors import BadInput
from chuangwen.cores.scoring.kinds import CODES, Kind, NotApplicable, Rated, parse_mark, parse_rule, rate
from chuangwen.cores.scoring.scale import half_up, printed

FAULTS = {
    "faults": [{"key": "litter", "title": "垃圾", "each_milli": 200}, {"key": "stall", "each_milli": 300}]
}
GRADES = {
    "grades": [
        {"key": "A", "weight_milli": 1000},
        {"key": "B", "weight_milli": 600},
        {"key": "C", "weight_milli": 0},
    ]
}
AREA = {
    "unit": "%",
    "comparator": ">=",
    "steps": [{"value": "30", "weight_milli": 1000}, {"value": "20", "weight_milli": 500}],
}
ADS = {"unit": "个", "comparator": ">=", "value": "5"}
SIX = {"parts": [{"key": "围挡", "title": "围挡"}, {"key": "cover"}, {"key": "wash"}]}
CALL = {"parts": [{"key": "answered", "share_milli": 400}, {"key": "polite", "share_milli": 600}]}
SPEED = {
    "comparator": "<=",
    "steps": [{"value": "10", "weight_milli": 1000}, {"value": "12.5", "weight_milli": 400}],
}


@pytest.mark.parametrize(
    ("kind", "rule", "mark", "nano"),
    [
        ("yes_no", {}, {"met": True}, 1_000_000_000),
        ("yes_no", {}, {"met": False}, 0),
        ("k_of_n", {"n": 3}, {"k": 2}, 666_666_667),  # 2/3, the half and more goes up
        ("k_of_n", {"n": 3}, {"k": 1}, 333_333_333),
        ("k_of_n", {"n": 7}, {"k": 0}, 0),
        ("k_of_n", {"n": 7}, {"k": 7}, 1_000_000_000),
        ("deductions", FAULTS, {"counts": {"litter": 0, "stall": 0}}, 1_000_000_000),
        ("deductions", FAULTS, {"counts": {"litter": 2, "stall": 1}}, 300_000_000),
        ("deductions", FAULTS, {"counts": {"litter": 9, "stall": 0}}, 0),
        ("deductions", FAULTS | {"floor_milli": 250}, {"counts": {"litter": 9, "stall": 0}}, 250_000_000),
        ("grades", GRADES, {"grade": "B"}, 600_000_000),
        ("grades", GRADES, {"grade": "C"}, 0),
        ("measured", ADS, {"value": 5}, 1_000_000_000),
        ("measured", ADS, {"value": "4.999999999"}, 0),
        ("measured", ADS | {"comparator": ">"}, {"value": "5.0"}, 0),
        ("measured", ADS | {"comparator": "="}, {"value": "5.00"}, 1_000_000_000),
        ("measured", ADS | {"comparator": "<"}, {"value": 4.9}, 1_000_000_000),
        ("measured", ADS | {"comparator": "<="}, {"value": "-3"}, 1_000_000_000),
        ("measured", AREA, {"value": "30"}, 1_000_000_000),
        ("measured", AREA, {"value": "29.9"}, 500_000_000),
        ("measured", AREA, {"value": "19.9"}, 0),
        ("measured", SPEED, {"value": "12.5"}, 400_000_000),
        ("measured", SPEED, {"value": "12.6"}, 0),
        ("observed", {"least": 20}, {"seen": 40, "compliant": 30}, 750_000_000),
        ("observed", {"least": 20}, {"seen": 20, "compliant": 0}, 0),
        ("all_or_nothing", SIX, {"met": {"围挡": True, "cover": True, "wash": True}}, 1_000_000_000),
        ("all_or_nothing", SIX, {"met": {"围挡": True, "cover": False, "wash": True}}, 0),
        ("hotline", CALL, {"met": {"answered": True, "polite": False}}, 400_000_000),
        ("hotline", CALL, {"met": {"answered": True, "polite": True}}, 1_000_000_000),
    ],
)
def test_a_mark_is_worth_what_its_rule_says(
    kind: str, rule: dict[str, Any], mark: dict[str, Any], nano: int
) -> None:
    parsed = parse_rule(kind, rule)
    assert rate(parsed, parse_mark(parsed, mark)) == Rated(nano)


def test_fewer_seen_than_asked_for_is_not_applicable_and_says_why() -> None:
    rule = parse_rule("observed", {"least": 20})
    assert rate(rule, parse_mark(rule, {"seen": 19, "compliant": 19})) == NotApplicable("too_few_seen")
    assert rate(rule, parse_mark(rule, {"seen": 0, "compliant": 0})) == NotApplicable("too_few_seen")


@pytest.mark.parametrize(
    ("kind", "rule"),
    [
        ("yes_no", {}),
        ("k_of_n", {"n": 3}),
        ("deductions", FAULTS),
        ("grades", GRADES),
        ("measured", AREA),
        ("observed", {"least": 5}),
        ("all_or_nothing", SIX),
        ("hotline", CALL),
    ],
)
def test_every_kind_may_not_apply_for_a_reason(kind: str, rule: dict[str, Any]) -> None:
    parsed = parse_rule(kind, rule)
    assert rate(parsed, parse_mark(parsed, {"na": " 封闭施工 "})) == NotApplicable("封闭施工")
    for bad, code in [
        ({"na": ""}, "mark_not_a_text"),
        ({"na": "  "}, "mark_not_a_text"),
        ({"na": "x" * 201}, "mark_not_a_text"),
        ({"na": True}, "mark_not_a_text"),
        ({"na": "closed", "met": True}, "mark_na_and_more"),
        ({}, "mark_field_missing"),
        ([], "mark_not_an_object"),
        (None, "mark_not_an_object"),
    ]:
        with pytest.raises(BadInput) as refused:
            parse_mark(parsed, bad)
        assert refused.value.code == f"scoring.{code}"


def test_the_table_holds_every_kind() -> None:
    assert {str(kind) for kind in Kind} == {
        *("yes_no", "k_of_n", "deductions", "grades"),
        *("measured", "observed", "all_or_nothing", "hotline"),
    }


@pytest.mark.parametrize(
    ("kind", "rule", "code", "field"),
    [
        ("maybe", {}, "kind_unknown", None),
        ("yes_no", [], "rule_not_an_object", ""),
        ("yes_no", {"n": 1}, "rule_field_unknown", "n"),
        ("yes_no", {"met_from_milli": 0}, "rule_not_whole", "met_from_milli"),
        ("k_of_n", {}, "rule_field_missing", "n"),
        ("k_of_n", {"n": 0}, "rule_not_whole", "n"),
        ("k_of_n", {"n": True}, "rule_not_whole", "n"),
        ("k_of_n", {"n": "5"}, "rule_not_whole", "n"),
        ("k_of_n", {"n": 1_000_001}, "rule_not_whole", "n"),
        ("deductions", {"faults": []}, "rule_not_a_list", "faults"),
        ("deductions", {"faults": {"key": "a"}}, "rule_not_a_list", "faults"),
        ("deductions", {"faults": ["a"]}, "rule_not_an_object", "faults.1"),
        ("deductions", {"faults": [{"key": "a", "each_milli": 0}]}, "rule_not_whole", "faults.1.each_milli"),
        ("deductions", {"faults": [{"key": "a b", "each_milli": 5}]}, "rule_not_a_key", "faults.1.key"),
        (
            "deductions",
            {"faults": [{"key": "a", "each_milli": 5, "x": 1}]},
            "rule_field_unknown",
            "faults.1.x",
        ),
        ("deductions", {"faults": [{"key": "a", "each_milli": 5}] * 2}, "rule_key_twice", "faults.2"),
        ("deductions", FAULTS | {"floor_milli": 1000}, "rule_not_whole", "floor_milli"),
        ("grades", {"grades": GRADES["grades"][:1]}, "rule_not_a_list", "grades"),
        ("grades", {"grades": GRADES["grades"][1:]}, "rule_no_full_grade", None),
        ("grades", {"grades": [{"key": "A", "title": 5, "weight_milli": 9}]}, "rule_not_a_list", "grades"),
        (
            "grades",
            {"grades": [{"key": "A", "title": 5, "weight_milli": 9}] * 2},
            "rule_not_a_text",
            "grades.1.title",
        ),
        ("measured", {"value": "5"}, "rule_field_missing", "comparator"),
        ("measured", ADS | {"comparator": "≥"}, "rule_not_one_of", "comparator"),
        ("measured", ADS | {"value": "five"}, "rule_not_a_number", "value"),
        ("measured", ADS | {"value": "NaN"}, "rule_not_a_number", "value"),
        ("measured", ADS | {"value": True}, "rule_not_a_number", "value"),
        ("measured", ADS | AREA, "rule_value_or_steps", None),
        ("measured", {"comparator": ">="}, "rule_value_or_steps", None),
        ("measured", AREA | {"steps": AREA["steps"][::-1]}, "rule_steps_order", "steps.2"),
        ("measured", AREA | {"comparator": "<="}, "rule_steps_order", "steps.2"),
        ("measured", AREA | {"steps": [AREA["steps"][0]] * 2}, "rule_key_twice", "steps.2"),
        ("observed", {"least": 0}, "rule_not_whole", "least"),
        ("all_or_nothing", {"parts": SIX["parts"][:1]}, "rule_not_a_list", "parts"),
        ("hotline", {"parts": CALL["parts"][:1]}, "rule_shares", None),
    ],
)
def test_a_bad_rule_is_refused_and_its_place_is_named(
    kind: str, rule: Any, code: str, field: str | None
) -> None:
    with pytest.raises(BadInput) as refused:
        parse_rule(kind, rule)
    assert refused.value.code == f"scoring.{code}"
    assert refused.value.params.get("field") == field
    assert refused.value.code in CODES


@pytest.mark.parametrize(
    ("kind", "rule", "mark", "code", "field"),
    [
        ("yes_no", {}, {"met": 1}, "mark_not_yes_or_no", "met"),
        ("yes_no", {}, {"met": True, "k": 1}, "mark_field_unknown", "k"),
        ("k_of_n", {"n": 5}, {"k": 6}, "mark_not_whole", "k"),
        ("k_of_n", {"n": 5}, {"k": -1}, "mark_not_whole", "k"),
        ("k_of_n", {"n": 5}, {"k": 2.0}, "mark_not_whole", "k"),
        ("deductions", FAULTS, {"counts": {"litter": 1}}, "mark_field_missing", "counts.stall"),
        ("deductions", FAULTS, {"counts": 3}, "mark_not_an_object", "counts"),
        (
            "deductions",
            FAULTS,
            {"counts": {"litter": 1, "stall": 0, "dog": 1}},
            "mark_field_unknown",
            "counts.dog",
        ),
        ("grades", GRADES, {"grade": "D"}, "mark_not_one_of", "grade"),
        ("grades", GRADES, {"grade": ["A"]}, "mark_not_one_of", "grade"),
        ("measured", ADS, {"value": ""}, "mark_not_a_number", "value"),
        ("measured", ADS, {"value": "Infinity"}, "mark_not_a_number", "value"),
        ("measured", ADS, {"value": "1e13"}, "mark_not_a_number", "value"),
        ("measured", ADS, {"value": None}, "mark_not_a_number", "value"),
        ("observed", {"least": 5}, {"seen": 10, "compliant": 11}, "mark_not_whole", "compliant"),
        ("observed", {"least": 5}, {"compliant": 1}, "mark_field_missing", "seen"),
        ("all_or_nothing", SIX, {"met": {"围挡": True, "cover": True}}, "mark_field_missing", "met.wash"),
        ("hotline", CALL, {"met": {"answered": "yes", "polite": True}}, "mark_not_yes_or_no", "met.answered"),
    ],
)
def test_a_bad_mark_is_refused_and_its_place_is_named(
    kind: str, rule: Any, mark: Any, code: str, field: str | None
) -> None:
    parsed = parse_rule(kind, rule)
    with pytest.raises(BadInput) as refused:
        parse_mark(parsed, mark)
    assert refused.value.code == f"scoring.{code}"
    assert refused.value.params.get("field") == field
    assert refused.value.code in CODES


@pytest.mark.parametrize(
    ("kind", "rule", "mark"),
    [
        ("yes_no", {}, {"met": True}),
        ("deductions", FAULTS, {"counts": {"stall": 1, "litter": 2}}),
        ("grades", GRADES | {"met_from_milli": 600}, {"grade": "A"}),
        ("measured", ADS, {"value": 4.5}),
        ("measured", AREA, {"value": " 30.0 "}),
        ("hotline", CALL, {"met": {"polite": True, "answered": False}}),
        ("observed", {"least": 3}, {"na": "空"}),
    ],
)
def test_the_full_form_reads_to_the_same(kind: str, rule: Any, mark: Any) -> None:
    parsed = parse_rule(kind, rule)
    again = parse_rule(kind, parsed.data)
    assert (again, again.data) == (parsed, parsed.data)
    answer = parse_mark(parsed, mark)
    assert parse_mark(parsed, answer.data) == answer
    assert parse_mark(parsed, answer.data).data == answer.data


def test_a_critical_item_is_met_in_full_or_from_where_its_rule_says() -> None:
    assert not parse_rule("k_of_n", {"n": 3}).met(999_999_999)
    assert parse_rule("k_of_n", {"n": 3}).met(1_000_000_000)
    lenient = parse_rule("observed", {"least": 20, "met_from_milli": 900})
    assert lenient.met(900_000_000)
    assert not lenient.met(899_999_999)


@pytest.mark.parametrize(
    ("numerator", "denominator", "whole"),
    [(1, 2, 1), (-1, 2, -1), (1, 3, 0), (2, 3, 1), (0, 5, 0), (5, 2, 3), (10**30 + 1, 2, (10**30 + 2) // 2)],
)
def test_a_half_goes_away_from_zero(numerator: int, denominator: int, whole: int) -> None:
    assert half_up(numerator, denominator) == whole


def test_nothing_is_divided_by_nothing() -> None:
    with pytest.raises(ValueError, match="above zero"):
        half_up(1, 0)


def test_a_score_is_rounded_once_at_print() -> None:
    assert printed(81_234_500_000) == "81.23"
    assert printed(81_235_000_000) == "81.24"
    assert printed(81_235_000_000, 0) == "81"
    assert printed(-500_000_000, 1) == "-0.5"
    assert printed(99_999_999_999) == "100.00"
