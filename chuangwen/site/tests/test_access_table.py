"""Method × URL × role for the addresses that belong to no room. What is expected stands here by hand."""

import pytest
from django.test import Client
from django.urls import reverse

from chuangwen.orgs.testing import make_cast, sign_in

TABLE = """
view     method office administrator leader urban_staff observer seatless anonymous
home     GET    302    302           302    302         302      302      302
home     POST   405    405           405    405         405      405      302
favicon  GET    302    302           302    302         302      302      302
favicon  POST   405    405           405    405         405      405      405
"""
HEAD, *ROWS = [line.split() for line in TABLE.strip().splitlines()]


@pytest.mark.parametrize("who", HEAD[2:])
def test_each_role_gets_what_the_table_says(client: Client, db: None, who: str) -> None:
    cast = make_cast().by_name()
    if who in cast:
        sign_in(client, cast[who])
    column = HEAD.index(who)
    found = {(row[0], row[1]): client.generic(row[1], reverse(row[0])).status_code for row in ROWS}
    assert found == {(row[0], row[1]): int(row[column]) for row in ROWS}


@pytest.mark.parametrize(
    ("who", "to"), [("office", "/plans/"), ("observer", "/plans/"), ("administrator", "/units/")]
)
def test_home_leads_each_to_their_work(client: Client, db: None, who: str, to: str) -> None:
    sign_in(client, make_cast().by_name()[who])
    assert client.get("/").headers["Location"] == to


def test_home_leads_a_person_without_a_seat_to_what_they_are_told(client: Client, db: None) -> None:
    sign_in(client, make_cast().seatless)
    assert "您今日没有席位" in client.get("/", follow=True).content.decode()
