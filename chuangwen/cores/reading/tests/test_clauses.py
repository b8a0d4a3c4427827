"""What governs the clauses of a sentence, for a plan of 2021-2023."""

from __future__ import annotations

import pytest

from chuangwen.cores.reading.clauses import LONGEST, clauses, quoted_spans, unbracketed
from chuangwen.cores.reading.dates import Calendar
from chuangwen.cores.reading.view import view_of

PLAN = Calendar(first=2021, last=2023, now=2021)

# Each clause with its deadline at its end, and with "yearly" where 每年 holds there.
GOVERNED = [
    ("到2022年,绿地率达40%,覆盖率达43%;率达9%。率达8%", "2022 2022 2022 - -"),
    ("到2022年绿地率达40%,确保好评率达9%,知晓率达8%", "2022 - 2022"),
    ("到2022年,力争绿地率达40%,覆盖率达43%", "2022 2022 2022"),
    ("到2022年建8座,2023年建9座,改7座", "2022 2023 2023"),
    ("每年建8座,改7座,到2023年建9座", "yearly yearly 2023"),
    ("2021年至2023年,每年建3座;改5座;力争建6座", "2023 2023+yearly 2023 2023"),
    ("8个项目2022年底前开工,新谋划9个", "2022 -"),
    ("今年“七五,八五”普法,覆盖率比2020年高", "2021 2021"),
]


@pytest.mark.parametrize(("text", "expected"), GOVERNED)
def test_a_date_governs_as_far_as_it_does(text: str, expected: str) -> None:
    told = []
    for clause in clauses(text, PLAN, None):
        due, yearly = clause.governed(clause.end, text)
        told.append("+".join(word for word in (due, "yearly" if yearly else None) if word) or "-")
    assert " ".join(told) == expected


@pytest.mark.parametrize(
    ("text", "past", "expected"),
    [
        ("去年,建成8座,改造9座", None, [True, True, True]),
        ("截至目前建成8座;力争年底再建9座", None, [True, False]),
        ("2020年绿地率达38%。到2023年达40%", None, [True, False]),
        ("对已达标的小区,建成8座", None, [None, None]),
        ("同比减少8%", False, [False]),
        ("将继续建8座", True, [True]),
        ("开展季度模拟测评3次", None, [None]),
    ],
)
def test_words_tell_past_from_planned(text: str, past: bool | None, expected: list[bool | None]) -> None:
    told = [clause.past if clause.past is not None else past for clause in clauses(text, PLAN, past)]
    assert told == expected


def test_strength_holds_up_to_the_end_of_its_piece() -> None:
    told = [clause.strength for clause in clauses("力争建8座,改9座;建7座,务必改6座", PLAN, None)]
    assert told == ["stretch", "stretch", None, "mandatory"]


def test_brackets_become_views_of_their_own() -> None:
    outer, inner = unbracketed(view_of("公厕（含驿站（新））20座，服务3万人（次）"))
    assert outer.text == "公厕20座,服务3万人(次)"
    assert [view.text for view in inner] == ["含驿站(新)"]


def test_a_bracket_that_never_closes_is_no_bracket() -> None:
    outer, inner = unbracketed(view_of("公厕（含驿站20座"))
    assert (outer.text, inner) == ("公厕(含驿站20座", [])


def test_a_sentence_in_quotation_marks_is_no_name() -> None:
    assert quoted_spans("“双百”工程、“建成8座,改造9座”") == [(0, 4)]


def test_no_clause_is_longer_than_the_limit() -> None:
    assert max(clause.end - clause.start for clause in clauses("绿" * 5000, PLAN, None)) <= LONGEST
