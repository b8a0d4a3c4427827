import subprocess
from collections.abc import Callable
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from chuangwen.cores.errors import BadInput, Denied, Hidden
from chuangwen.orgs.testing import Cast

from .. import actions
from ..exchange import sheet, table_out
from ..models import PlanVersion
from ..queries.content import content_of
from .world import LATER, indicator_row, make_draft, task_row

AT = {column.name: n for n, column in enumerate((*sheet.COLUMNS, *sheet.KEYS), 1)}
Edit = Callable[[Any], None]


def edited(data: bytes, edit: Edit) -> bytes:
    """The workbook after `edit` of its sheet, as a spreadsheet program writes it."""
    book = load_workbook(BytesIO(data))
    edit(book.worksheets[0])
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def put(row: int, name: str, value: object) -> Edit:
    def edit(page: Any) -> None:
        page.cell(row, AT[name]).value = value

    return edit


def bring_in(cast: Cast, plan: PlanVersion, data: bytes) -> PlanVersion:
    return actions.bring_in_table(
        actor=cast.office, plan_id=plan.plan_id, name="分解表.xlsx", data=data, now=LATER
    )


def said(draft: PlanVersion) -> list[tuple[str, str, str, str, str, str]]:
    return [(c.action, c.subject, c.key, c.field, c.before, c.after) for c in draft.proposed_changes.all()]


def faults(cast: Cast, plan: PlanVersion, *edits: Edit) -> list[tuple[object, object]]:
    def all_edits(page: Any) -> None:
        for edit in edits:
            edit(page)

    with pytest.raises(BadInput, match=r"plans\.table_errors") as refusal:
        bring_in(cast, plan, edited(table_out(cast.office, plan.pk), all_edits))
    assert PlanVersion.objects.filter(state="draft").count() == 0
    errors: Any = refusal.value.params["errors"]
    assert all(error["what"] for error in errors)
    return [(error["row"], error["column"]) for error in errors]


def test_the_workbook_opens_with_title_header_and_print_setup(plan: PlanVersion, cast: Cast) -> None:
    page = load_workbook(BytesIO(table_out(cast.urban_staff, plan.pk))).worksheets[0]
    assert page["A1"].value == "云浦市三年行动计划任务分解表"
    assert [page.cell(3, n).value for n in (3, 8, 10)] == ["任务", "量化指标", "目标值"]
    assert page.freeze_panes == "D4"
    assert (page.page_setup.orientation, page.page_setup.paperSize) == ("landscape", 9)
    assert page.page_setup.fitToHeight in (0, None)
    assert page.print_title_rows == "$3:$3"
    assert "&P" in page.oddFooter.center.text
    assert page.column_dimensions["R"].hidden
    assert page.row_dimensions[4].height > page.row_dimensions[8].height  # three lines of units, one
    assert {v.formula1 for v in page.data_validations.dataValidation} >= {'"确保,力争"', '"≥,≤,=,>,<"'}


def test_each_indicator_is_a_row_under_its_task(plan: PlanVersion, cast: Cast) -> None:
    page = load_workbook(BytesIO(table_out(cast.office, plan.pk))).worksheets[0]
    rows = [[cell.value for cell in row] for row in page.iter_rows(min_row=4)]
    assert [row[AT["name"] - 1] for row in rows] == ["整修小路", "改造旧房", "新建驿站", "旧房改造", "满意率"]
    road = rows[0]
    assert road[AT["value"] - 1] == "20、40"
    assert road[AT["deadline"] - 1] == "2021、2022"
    assert road[AT["member"] - 1] == "市住建局、各区政府"
    assert rows[1][AT["value"] - 1] == 45000


def test_an_unchanged_table_says_nothing_new(plan: PlanVersion, cast: Cast) -> None:
    with pytest.raises(BadInput, match=r"plans\.table_same"):
        bring_in(cast, plan, edited(table_out(cast.office, plan.pk), lambda page: None))
    assert PlanVersion.objects.count() == 1


def test_one_edited_cell_is_one_difference_and_becomes_version_2(plan: PlanVersion, cast: Cast) -> None:
    draft = bring_in(cast, plan, edited(table_out(cast.office, plan.pk), put(5, "value", 46000)))
    assert said(draft) == [("change", "indicator", "I2", "value", "≥ 45000 户（2022）", "≥ 46000 户（2022）")]
    change = draft.proposed_changes.get()
    actions.accept_change(actor=cast.office, change_id=change.pk, version=1)
    second = actions.confirm(actor=cast.office, version_id=draft.pk, version=1, now=LATER, reason="调整")
    assert (second.number, indicator_row(second, "I2").targets.get().value) == (2, 46000)


TYPED: list[tuple[str, object, tuple[str, str]]] = [
    ("value", "４６０００", ("value", "≥ 46000 户（2022）")),
    ("value", "46,000", ("value", "≥ 46000 户（2022）")),
    ("value", "40000-46000", ("targets", "≥ 40000—46000 户（2022）")),
    ("deadline", "2023年底", ("deadline", "≥ 45000 户（2023）")),
    ("deadline", "2023 年 6 月底", ("deadline", "≥ 45000 户（2023-06）")),
    ("deadline", date(2023, 6, 1), ("deadline", "≥ 45000 户（2023-06）")),
    ("deadline", 2023, ("deadline", "≥ 45000 户（2023）")),
    ("comparator", ">", ("comparator", "> 45000 户（2022）")),
    ("unit", "套", ("unit_of_measure", "套")),
    ("strength", "力争", ("strength", "stretch")),
    ("frequency", "每年", ("frequency", "yearly")),
    ("name", "改造危房", ("name", "改造危房")),
]


def test_what_people_type_is_understood(plan: PlanVersion, cast: Cast) -> None:
    out = table_out(cast.office, plan.pk)
    for name, value, expected in TYPED:
        draft = bring_in(cast, plan, edited(out, put(5, name, value)))
        assert [(c.field, c.after) for c in draft.proposed_changes.all()] == [expected]
        actions.discard_draft(actor=cast.office, version_id=draft.pk, version=1, now=LATER)


def test_a_series_is_edited_year_by_year(plan: PlanVersion, cast: Cast) -> None:
    draft = bring_in(cast, plan, edited(table_out(cast.office, plan.pk), put(4, "value", "20、55")))
    assert said(draft) == [("change", "indicator", "I1", "value", "≥ 40 条（2022）", "≥ 55 条（2022）")]


def test_a_formula_brings_its_result(plan: PlanVersion, cast: Cast) -> None:
    """A spreadsheet program stores what a formula gave; a formula never calculated is an empty cell."""
    data = edited(table_out(cast.office, plan.pk), put(5, "value", "=40000+6000"))
    with pytest.raises(BadInput, match=r"plans\.table_errors"):
        bring_in(cast, plan, data)


def test_a_task_is_edited_in_any_of_its_rows(plan: PlanVersion, cast: Cast) -> None:
    draft = bring_in(cast, plan, edited(table_out(cast.office, plan.pk), put(6, "member", "市园林局")))
    assert said(draft) == [("change", "task", "T2", "member", "市奇石办", "市园林局")]


def test_two_rows_that_disagree_are_a_fault(plan: PlanVersion, cast: Cast) -> None:
    found = faults(cast, plan, put(5, "task", "改造老房"), put(6, "task", "改建旧房"))
    assert found == [(6, "任务")]


FAULTS: list[tuple[list[Edit], list[tuple[int, str]]]] = [
    ([put(5, "value", "约五万")], [(5, "目标值")]),
    ([put(5, "value", "1234567890123456")], [(5, "目标值")]),
    ([put(5, "value", None)], [(5, "目标值")]),
    ([put(5, "deadline", "明年")], [(5, "完成时限")]),
    ([put(5, "comparator", "约")], [(5, "比较")]),
    ([put(5, "strength", "一定")], [(5, "力度")]),
    ([put(4, "deadline", "2021")], [(4, "完成时限")]),
    ([put(5, "name", None)], [(5, "量化指标")]),
    ([put(4, "task", None)], [(4, "任务")]),
    ([put(4, "program", "无此行动")], [(4, "工程（行动）")]),
    ([put(5, "indicator_key", "I99")], [(5, "指标键")]),
    ([put(9, "name", "没有任务的指标"), put(9, "value", 3)], [(9, "任务")]),
    ([put(5, "value", "多"), put(8, "deadline", "以后")], [(5, "目标值"), (8, "完成时限")]),
]


def test_faults_are_told_by_row_and_column(plan: PlanVersion, cast: Cast) -> None:
    for edits, expected in FAULTS:
        assert faults(cast, plan, *edits) == expected


def test_reordered_and_blank_rows_change_nothing(plan: PlanVersion, cast: Cast) -> None:
    def shuffle(page: Any) -> None:
        rows = [[cell.value for cell in row] for row in page.iter_rows(min_row=4, max_row=8)]
        for y, row in enumerate([rows[4], rows[2], rows[0], None, rows[3], rows[1]], 4):
            for x in range(1, len(rows[0]) + 1):
                page.cell(y, x).value = row[x - 1] if row else None

    with pytest.raises(BadInput, match=r"plans\.table_same"):
        bring_in(cast, plan, edited(table_out(cast.office, plan.pk), shuffle))


def test_merged_task_cells_change_nothing(plan: PlanVersion, cast: Cast) -> None:
    def merge(page: Any) -> None:
        for name in ("task", "lead", "member"):
            page.merge_cells(start_row=5, end_row=6, start_column=AT[name], end_column=AT[name])

    with pytest.raises(BadInput, match=r"plans\.table_same"):
        bring_in(cast, plan, edited(table_out(cast.office, plan.pk), merge))


def test_deleted_rows_remove_and_new_rows_add(plan: PlanVersion, cast: Cast) -> None:
    def edit(page: Any) -> None:
        page.delete_rows(6)  # 新建驿站
        for name, value in {"task": "整修道路", "name": "整修大桥", "value": 3, "unit": "座"}.items():
            page.cell(9, AT[name], value)
        for name, value in {
            "task": "种树",
            "lead": "市城管局",
            "name": "新种树",
            "value": 5,
            "unit": "棵",
        }.items():
            page.cell(10, AT[name], value)

    draft = bring_in(cast, plan, edited(table_out(cast.office, plan.pk), edit))
    assert said(draft) == [
        ("add", "indicator", "", "", "", "整修大桥 ≥ 3 座"),
        ("add", "task", "", "", "", "种树"),
        ("remove", "indicator", "I3", "", "新建驿站 ≥ 30 个", ""),
    ]
    for change in draft.proposed_changes.all():
        actions.accept_change(actor=cast.office, change_id=change.pk, version=1)
    second = actions.confirm(actor=cast.office, version_id=draft.pk, version=1, now=LATER, reason="增补")
    tree = task_row(second, "T4")
    assert [(one.role, one.unit) for one in tree.assignments.all()] == [("lead", cast.urban)]
    assert [row.name for row in tree.indicators.all()] == ["新种树"]
    bridge = second.indicatorversion_rows.get(name="整修大桥")
    assert ([task.title for task in bridge.tasks.all()], bridge.origin) == (["整修道路"], "sheet")
    assert not second.indicatorversion_rows.filter(name="新建驿站").exists()


def test_a_deleted_task_goes_with_its_indicators_as_one_difference(plan: PlanVersion, cast: Cast) -> None:
    draft = bring_in(cast, plan, edited(table_out(cast.office, plan.pk), lambda page: page.delete_rows(5, 2)))
    assert said(draft) == [("remove", "task", "T2", "", "2 改造旧房", "")]


def test_a_row_copied_whole_is_told_apart_from_a_new_one(plan: PlanVersion, cast: Cast) -> None:
    def copy(page: Any) -> None:
        for x in range(1, len(AT) + 1):
            page.cell(9, x).value = page.cell(5, x).value
        page.cell(9, AT["name"], "另一项")

    assert (9, "任务") in faults(cast, plan, copy)


def test_what_the_draft_changed_meanwhile_is_named_a_conflict(plan: PlanVersion, cast: Cast) -> None:
    data = edited(table_out(cast.office, plan.pk), put(5, "value", 46000))
    draft = actions.amend(actor=cast.office, plan_id=plan.plan_id, reason="并行", now=LATER)
    row = indicator_row(draft, "I2")
    fields = actions.IndicatorFields(
        "改造旧房", "户", targets=[actions.TargetFields(row.targets.get().value + 1, deadline="2022")]
    )
    actions.correct_indicator(actor=cast.office, row_id=row.pk, version=row.version, fields=fields)
    again = bring_in(cast, plan, data)
    assert again == draft
    change = again.proposed_changes.get()
    assert (change.conflict, change.before, change.after) == (
        True,
        "≥ 45001 户（2022）",
        "≥ 46000 户（2022）",
    )


def test_a_change_made_in_both_is_no_difference(plan: PlanVersion, cast: Cast) -> None:
    data = edited(table_out(cast.office, plan.pk), put(5, "name", "改造危房"))
    draft = actions.amend(actor=cast.office, plan_id=plan.plan_id, reason="并行", now=LATER)
    row = indicator_row(draft, "I2")
    fields = actions.IndicatorFields(
        "改造危房", "户", targets=[actions.TargetFields(row.targets.get().value, deadline="2022")]
    )
    actions.correct_indicator(actor=cast.office, row_id=row.pk, version=row.version, fields=fields)
    with pytest.raises(BadInput, match=r"plans\.table_same"):
        bring_in(cast, plan, data)


def test_a_table_of_another_plan_or_made_by_hand_is_refused_in_one_sentence(
    plan: PlanVersion, cast: Cast
) -> None:
    by_hand = Workbook()
    out = BytesIO()
    by_hand.save(out)
    other = actions.bring_in_json(actor=cast.office, data=_json(cast, plan), now=LATER)
    other_table = table_out(cast.office, other.versions.get().pk)
    for data, code in (
        (out.getvalue(), "plans.table_foreign"),
        (other_table, "plans.table_foreign"),
        (b"PK\x03\x04 broken", "plans.table_unreadable"),
        (b"a,b\n", "plans.table_unreadable"),
        (b"", "plans.table_unreadable"),
    ):
        with pytest.raises(BadInput) as refusal:
            bring_in(cast, plan, data)
        assert refusal.value.code == code


def _json(cast: Cast, plan: PlanVersion) -> bytes:
    from ..exchange import json_out

    return json_out(cast.office, plan.plan_id)


def test_a_workbook_whose_one_cell_stands_in_the_last_corner_is_refused(
    plan: PlanVersion, cast: Cast
) -> None:
    corner = edited(table_out(cast.office, plan.pk), lambda page: page.cell(1_048_576, 16_384, "x"))
    with pytest.raises(BadInput) as refusal:
        bring_in(cast, plan, corner)
    assert refusal.value.code == "sheets.too_wide"


def test_a_lost_column_is_named(plan: PlanVersion, cast: Cast) -> None:
    data = edited(table_out(cast.office, plan.pk), lambda page: page.cell(3, AT["value"], "数"))
    with pytest.raises(BadInput, match="目标值"):
        bring_in(cast, plan, data)


def test_a_draft_can_be_worked_on_as_a_table(draft: PlanVersion, cast: Cast) -> None:
    again = bring_in(cast, draft, edited(table_out(cast.office, draft.pk), put(5, "value", 46000)))
    assert again == draft
    assert draft.proposed_changes.count() == 1


def test_only_the_campaign_office_brings_tables_in(plan: PlanVersion, cast: Cast) -> None:
    data = table_out(cast.office, plan.pk)
    for actor, refusal in ((cast.urban_staff, Denied), (cast.stranger, Hidden), (cast.administrator, Hidden)):
        with pytest.raises(refusal):
            actions.bring_in_table(actor=actor, plan_id=plan.plan_id, name="表.xlsx", data=data, now=LATER)
    with pytest.raises(Hidden):
        table_out(cast.stranger, plan.pk)


def test_the_table_of_a_draft_is_for_the_office_alone(cast: Cast) -> None:
    draft = make_draft(cast.city, cast.office)
    with pytest.raises(Hidden):
        table_out(cast.urban_staff, draft.pk)
    before = content_of(draft)
    table_out(cast.office, draft.pk)
    assert content_of(draft) == before


@pytest.mark.office
@pytest.mark.parametrize("kind", ["xlsx", "ods"])
def test_a_table_saved_by_libreoffice_comes_back(
    plan: PlanVersion, cast: Cast, tmp_path: Path, kind: str
) -> None:
    """What LibreOffice opened and saved says nothing new; one cell changed in it is one difference."""
    saved = through_libreoffice(table_out(cast.office, plan.pk), tmp_path, kind)
    with pytest.raises(BadInput, match=r"plans\.table_same"):
        bring_in(cast, plan, saved)
    if kind == "xlsx":
        draft = bring_in(cast, plan, edited(saved, put(5, "value", 46000)))
        assert [change.after for change in draft.proposed_changes.all()] == ["≥ 46000 户（2022）"]


def through_libreoffice(data: bytes, folder: Path, kind: str) -> bytes:
    """The workbook as LibreOffice saves it after opening it."""
    (folder / "in").mkdir()
    source = folder / "in" / "table.xlsx"
    source.write_bytes(data)
    profile = (folder / "profile").as_uri()
    command = ["soffice", f"-env:UserInstallation={profile}", "--headless", "--convert-to", kind]
    subprocess.run([*command, "--outdir", folder, source], check=True, capture_output=True, timeout=120)
    return (folder / f"table.{kind}").read_bytes()
