import pytest
from django.test import Client

from chuangwen.orgs.testing import Cast, sign_in


@pytest.mark.parametrize(
    ("who", "to"), [("office", "/desk/"), ("observer", "/desk/"), ("administrator", "/units/")]
)
def test_home_leads_each_to_their_work(client: Client, cast: Cast, who: str, to: str) -> None:
    sign_in(client, cast.by_name()[who])
    assert client.get("/").headers["Location"] == to


def test_home_leads_a_person_without_a_seat_to_what_they_are_told(client: Client, cast: Cast) -> None:
    sign_in(client, cast.seatless)
    assert "您今日没有席位" in client.get("/", follow=True).content.decode()
