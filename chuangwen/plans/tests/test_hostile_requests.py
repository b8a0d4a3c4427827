"""What no page of ours sends: addresses and forms that were typed, mangled or made to break something."""

import pytest
from django.test import Client

from chuangwen.orgs.testing import Cast, sign_in

from ..models import PlanVersion
from .world import indicator_row

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
