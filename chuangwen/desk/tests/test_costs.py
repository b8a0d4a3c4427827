"""What a page of many rows asks of the database."""

from datetime import timedelta

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from chuangwen.desk import actions
from chuangwen.desk.models import Slip
from chuangwen.kit import clock
from chuangwen.orgs.testing import SYSTEM, Cast, sign_in

from .world import ask


@pytest.mark.parametrize("rows", [1, 30])
@pytest.mark.parametrize(("page", "queries"), [("/desk/", 8), ("/desk/?of=unit", 6), ("/desk/slips/", 5)])
def test_a_list_costs_the_same_for_any_number_of_rows(
    cast: Cast,
    client: Client,
    page: str,
    queries: int,
    rows: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    now = clock.now()
    for number in range(rows):
        ask(cast, subject_id=number, now=now - timedelta(days=30))
    actions.draft_slips(actor=SYSTEM, now=now)
    for slip in Slip.objects.all():
        actions.issue_slip(actor=cast.office, slip_id=slip.pk, version=1, now=now)
    sign_in(client, cast.urban_staff)
    with django_assert_num_queries(queries):
        assert client.get(page).content.count("清理楼道".encode()) >= min(rows, 20)
