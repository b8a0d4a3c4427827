"""What is one's own is nobody else's: one's seat, one's tokens, one's number, asked through the pages.

The table of the house (`tests/contracts`) asks for the things of a unit; these belong to a person.
"""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from chuangwen.orgs.actions import make_token
from chuangwen.orgs.testing import Cast, sign_in


@pytest.mark.parametrize(
    ("who", "deputy_form", "deputy", "revoke", "reveal"),
    [
        ("urban_staff", 200, 422, 302, 200),
        ("housing_staff", 404, 404, 404, 404),
        ("leader", 404, 404, 404, 404),
        ("observer", 404, 404, 404, 404),
        ("stranger", 404, 404, 404, 404),
        ("seatless", 404, 404, 404, 404),
    ],
)
def test_a_seat_a_token_and_a_number_answer_to_their_person(
    cast: Cast, client: Client, who: str, deputy_form: int, deputy: int, revoke: int, reveal: int
) -> None:
    own = cast.urban_staff
    assert own.seat is not None
    now = datetime(2026, 3, 2, tzinfo=UTC)
    end = now + timedelta(days=30)
    token = make_token(actor=own, name="x", scopes=["orgs:read"], expires_at=end, now=now)[0]
    sign_in(client, cast.by_name()[who])
    seat = reverse("orgs:name_deputy", args=[own.seat.pk])
    assert client.get(seat).status_code == deputy_form
    assert client.post(seat).status_code == deputy
    assert client.post(reverse("orgs:revoke_token", args=[token.pk])).status_code == revoke
    assert client.post(reverse("orgs:reveal", args=[own.person_id])).status_code == reveal
