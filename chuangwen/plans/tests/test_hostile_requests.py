"""What no page of ours sends: addresses and forms that were typed, mangled or made to break something."""

import json
from io import BytesIO

import openpyxl
import pytest
from django.test import Client

from chuangwen.cores.errors import BadInput
from chuangwen.orgs.testing import Cast, sign_in

from .. import actions
from ..exchange import sheet, table_out
from ..models import PlanVersion
from .world import NOW, indicator_row

BEYOND_ANY_COLUMN = "99999999999999999999"
BEYOND_PYTHON = "9" * 5000  # int() refuses it


@pytest.fixture
def office(client: Client, cast: Cast) -> Client:
    sign_in(client, cast.office)
    return client


@pytest.mark.parametrize("number", [BEYOND_ANY_COLUMN, BEYOND_PYTHON])
@pytest.mark.parametrize(
    "address",
    [
        "/plans/{number}/",
        "/plans/drafts/{number}/",
        "/plans/{plan}/?version={number}",
        "/plans/{plan}/units/{number}/",
        "/units/{number}/",
    ],
)
def test_a_number_too_great_for_any_row_names_no_page(
    office: Client, plan: PlanVersion, address: str, number: str
) -> None:
    assert office.get(address.format(plan=plan.plan_id, number=number)).status_code == 404


@pytest.mark.parametrize("query", ["from={0}&to={0}", "from=9&to=2", "from=-1&to=x"])
def test_a_place_that_is_none_shows_the_document_without_it(
    office: Client, plan: PlanVersion, query: str
) -> None:
    address = f"/plans/{plan.plan_id}/document/?{query.format(BEYOND_PYTHON)}"
    assert office.get(address).status_code == 200


def test_rows_to_merge_with_numbers_that_are_none(office: Client, draft: PlanVersion) -> None:
    for number in (BEYOND_ANY_COLUMN, BEYOND_PYTHON):
        rows = [f"task-{number}-1", f"task-1-{number}"]
        assert office.post(f"/plans/drafts/{draft.pk}/merge/", {"rows": rows}).status_code in (404, 422)


def test_a_baseline_of_an_indicator_that_is_none(office: Client, draft: PlanVersion) -> None:
    row = indicator_row(draft, "I1")
    result = draft.result_rows.get()
    for number in (BEYOND_ANY_COLUMN, BEYOND_PYTHON):
        form = {"version": result.version, "indicator": number}
        answer = office.post(f"/plans/drafts/{draft.pk}/result/{result.pk}/baseline/", form)
        assert answer.status_code in (404, 422)
    row.refresh_from_db()
    assert row.baseline_value is None


def forged(table: bytes, head: object, *base: object) -> bytes:
    """The table with another hidden sheet, its checksum as it should be where there is one."""
    book = openpyxl.load_workbook(BytesIO(table))
    hidden = book[sheet.BASE_SHEET]
    hidden.delete_rows(1, hidden.max_row)
    if isinstance(head, dict):
        head = {"schema": sheet.SCHEMA, "sha256": sheet.digest(base), **head}  # type: ignore[arg-type]
    for y, data in enumerate((head, *base), 1):
        hidden.cell(y, 1).value = json.dumps(data)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("head", "base"),
    [
        ({}, []),
        ({"version": "x"}, []),
        ({"version": [1]}, []),
        ({"version": int(BEYOND_ANY_COLUMN)}, []),
        ({"version": 1}, [{}]),
        ({"version": 1}, [1]),
        ({"version": 1}, [{"task_key": 5}]),
        ([], []),
        (None, []),
    ],
)
def test_a_table_with_a_forged_hidden_sheet_is_not_ours(
    cast: Cast, plan: PlanVersion, head: object, base: list[object]
) -> None:
    table = table_out(cast.office, plan.pk)
    if isinstance(head, dict):
        head = {"plan": plan.plan_id, **head}
    with pytest.raises(BadInput, match=r"plans\.table_foreign"):
        actions.bring_in_table(
            actor=cast.office, plan_id=plan.plan_id, name="表.xlsx", data=forged(table, head, *base), now=NOW
        )


@pytest.mark.parametrize("data", [b"", b"null", b"[" * 100_000, b'{"schema": ' + b"9" * 5000 + b"}"])
def test_json_that_is_no_plan(cast: Cast, data: bytes) -> None:
    with pytest.raises(BadInput, match=r"plans\.json_bad"):
        actions.bring_in_json(actor=cast.office, data=data, now=NOW)
