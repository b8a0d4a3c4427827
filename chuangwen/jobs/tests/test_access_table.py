"""Method × URL × role. What is expected stands here by hand."""

from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse

from chuangwen.orgs.testing import Cast, sign_in

TABLE = """
view       method office administrator leader urban_staff observer stranger seatless anonymous
jobs       GET    403    200           403    403         403      403      403      302
jobs       POST   405    405           405    405         405      405      405      302
run_again  GET    405    405           405    405         405      405      405      302
run_again  POST   403    404           403    403         403      403      403      302
"""
HEAD, *ROWS = [line.split() for line in TABLE.strip().splitlines()]
ARGUMENTS = {"run_again": [UUID(int=1)]}


@pytest.mark.parametrize("who", HEAD[2:])
def test_each_role_gets_what_the_table_says(client: Client, cast: Cast, who: str) -> None:
    if who in cast.by_name():
        sign_in(client, cast.by_name()[who])
    column = HEAD.index(who)
    for row in ROWS:
        address = reverse(f"jobs:{row[0]}", args=ARGUMENTS.get(row[0]))
        assert client.generic(row[1], address).status_code == int(row[column]), row
