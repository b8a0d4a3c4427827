"""A form in XLSForm becomes a tree; what has no place in one is named."""

import io
from datetime import date
from typing import Any

import pytest
import xlsxwriter

from chuangwen.cores.errors import BadInput
from chuangwen.orgs.testing import Cast

from ..exchange.incoming import Incoming
from ..exchange.reading import incoming
from ..models import SystemVersion
from ..rules.words import Level
from ..testing import make_system

pytestmark = pytest.mark.django_db
CHOICES = [
    ["list_name", "name", "label", "weight"],
    *(["yn", "yes", "是", ""], ["yn", "no", "否", ""]),
    *(["look", "a", "优", "1"], ["look", "b", "良", "0.6"], ["look", "c", "差", "0"]),
    *(["who", "x", "甲", ""], ["who", "y", "乙", ""]),
]


def form(survey: list[list[str]], choices: list[list[str]] = CHOICES) -> bytes:
    out = io.BytesIO()
    made = xlsxwriter.Workbook(out, {"in_memory": True})
    for title, lines in (("survey", survey), ("choices", choices)):
        sheet = made.add_worksheet(title)
        for y, line in enumerate(lines):
            sheet.write_row(y, 0, line)
    made.close()
    return out.getvalue()


@pytest.fixture
def draft(cast: Cast) -> SystemVersion:
    return make_system(cast, published=False).version


def read(draft: SystemVersion, data: bytes, **usual: Any) -> Incoming:
    return incoming(draft, "表单.xlsx", data, today=date(2021, 3, 1), **usual)


HEAD = ["type", "name", "label", "relevant"]


def test_groups_become_the_tree_and_questions_items(draft: SystemVersion) -> None:
    found = read(
        draft,
        form(
            [
                HEAD,
                ["begin group", "env", "一、公共环境"],
                ["begin group", "street", "街面"],
                ["begin group", "clean", "(1) 干净"],
                ["select_one yn", "ground", "地面干净"],
                ["select_one look", "walls", "墙面"],
                ["end group"],
                ["end group"],
                ["end group"],
                ["begin group", "ads", "二、宣传"],
                ["integer", "count", "公益广告数", "${ground}='yes'"],
                ["decimal", "share", "公益广告占比"],
                ["select_one who", "by", "谁负责"],
                ["select_multiple look", "more", "多选"],
                ["text", "memo", "备注"],
                ["end group"],
            ]
        ),
    )
    assert [(one.level, one.number, one.title) for one in found.nodes] == [
        (Level.CATEGORY, "一", "公共环境"),
        (Level.CONTENT, "", "街面"),
        (Level.STANDARD, "(1)", "干净"),
        (Level.CATEGORY, "二", "宣传"),
        (Level.STANDARD, "二", "宣传"),
    ]
    assert [(one.title, one.kind, one.rule is None) for one in found.items] == [
        ("地面干净", "yes_no", False),
        ("墙面", "grades", False),
        ("公益广告数", "measured", True),
        ("公益广告占比", "measured", True),
    ]
    assert found.left_out == (
        "survey!11 count (relevant)",
        "survey!13 by (select one)",
        "survey!14 more (select all that apply)",
        "survey!15 memo (text)",
    )


def test_questions_without_groups_stand_in_a_standard_of_the_form(draft: SystemVersion) -> None:
    found = read(draft, form([HEAD, ["select_one yn", "ground", "地面干净"]]))
    assert [(one.level, one.title) for one in found.nodes] == [
        (Level.CATEGORY, "表单"),
        (Level.STANDARD, "表单"),
    ]


def test_a_form_that_is_none_is_refused(draft: SystemVersion) -> None:
    for survey, code in (
        ([HEAD, ["begin group", "env", "环境"]], "standards.xlsform"),
        ([HEAD, ["select_one nowhere", "a", "甲"]], "standards.xlsform"),
        ([["type", "label"], ["text", "甲"]], "sheets.columns"),
    ):
        with pytest.raises(BadInput) as refused:
            read(draft, form(survey))
        assert refused.value.code == code
