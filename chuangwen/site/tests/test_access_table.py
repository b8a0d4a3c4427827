"""The root's own addresses: each person is sent to where their work is."""

import pytest
from django.test import Client
from django.urls import reverse

from chuangwen.orgs.testing import make_cast

TABLE = """
view  office   administrator leader   urban_staff observer stranger seatless anonymous
home  /plans/  /units/       /plans/  /plans/     /plans/  /plans/  /units/  /sign-in/?next=/
"""
HEAD, *ROWS = [line.split() for line in TABLE.strip().splitlines()]


@pytest.mark.django_db
@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_each_role_is_sent_where_the_table_says(client: Client, row: list[str]) -> None:
    people = make_cast().by_name()
    found = []
    for who in HEAD[1:]:
        client.logout()
        if who in people and (person := people[who].person):
            client.force_login(person)
        found.append(client.get(reverse(row[0]))["Location"])
    assert found == row[1:]
