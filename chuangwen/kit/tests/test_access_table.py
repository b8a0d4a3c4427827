"""The page of components is open to everybody: it shows no data."""

import pytest
from django.test import Client
from django.urls import reverse

TABLE = """
view        method anybody
components  GET    200
components  POST   405
"""
ROWS = [line.split() for line in TABLE.strip().splitlines()[1:]]


@pytest.mark.parametrize(("view", "method", "status"), ROWS)
def test_everybody_gets_what_the_table_says(
    client: Client, db: None, view: str, method: str, status: str
) -> None:
    assert client.generic(method, reverse(f"kit:{view}")).status_code == int(status)
