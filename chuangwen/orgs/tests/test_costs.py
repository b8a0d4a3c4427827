"""What a page of many rows asks of the database."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from chuangwen.kit import audit, slots
from chuangwen.orgs.actions import add_group, add_post
from chuangwen.orgs.testing import SYSTEM, Cast, make_unit, sign_in


@pytest.mark.parametrize("rows", [1, 30])
@pytest.mark.parametrize(
    ("page", "queries"),
    # session, person, seats; then the page's own
    [("/units/", 6), ("/units/?text=中学", 6), ("/units/{city}/", 16), ("/groups/", 6)],
)
def test_a_list_costs_the_same_for_any_number_of_rows(
    cast: Cast,
    client: Client,
    page: str,
    queries: int,
    rows: int,
    django_assert_num_queries: DjangoAssertNumQueries,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(slots, "_PANELS", {})  # what upper rooms show is theirs to count
    for number in range(rows):
        school = make_unit(cast.city, f"第{number}中学")
        add_group(actor=SYSTEM, jurisdiction_id=cast.city.pk, name=f"组{number}", members=[school])
        add_post(actor=SYSTEM, unit_id=cast.city.pk, title=f"副市长{number}", holder_name="高市")
    audit.record(
        cast.office, "orgs.name_added", cast.city, name="x"
    )  # a name to be decrypted for the history
    sign_in(client, cast.office)
    with django_assert_num_queries(queries):
        assert client.get(page.format(city=cast.city.pk)).content.count("中学".encode()) >= rows
