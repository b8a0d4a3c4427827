"""Who comes in: a token and nothing else."""

from datetime import timedelta

import pytest
from django.test import Client

from chuangwen.api import frame
from chuangwen.kit.clock import now
from chuangwen.kit.throttle import Throttle
from chuangwen.orgs.actions import revoke_token
from chuangwen.orgs.models import ApiToken, Person, Seat
from chuangwen.orgs.testing import Cast, sign_in

from .conftest import Program, token_of


@pytest.mark.parametrize(
    "header", ["", "Bearer", "Bearer ", "Bearer cw_wrong", "Basic eDp5", "Bearer \u00e9"]
)
def test_without_a_token_nobody_comes_in(cast: Cast, header: str) -> None:
    answer = Client(headers={"Authorization": header} if header else {}).get("/api/v1/units")
    assert (answer.status_code, answer.json()["code"]) == (401, "no_token")
    assert answer.headers["WWW-Authenticate"] == "Bearer"


def test_a_session_does_not_open_the_interface(cast: Cast, client: Client) -> None:
    sign_in(client, cast.office)
    assert client.get("/api/v1/units").status_code == 401


def test_a_token_opens_no_page(cast: Cast, program: Program) -> None:
    answer = Client(headers={"Authorization": f"Bearer {program.token}"}).get("/units/")
    assert answer.status_code == 302


def test_a_token_dies_by_revocation_time_seat_and_account(cast: Cast) -> None:
    def opened(program: Program) -> int:
        return int(program.get("/units").status_code)

    programs = [Program(token_of(cast.urban_staff)) for _ in range(2)]
    revoked, ended = ApiToken.objects.order_by("pk")
    assert [opened(one) for one in programs] == [200, 200]
    revoke_token(actor=cast.urban_staff, token_id=revoked.pk, now=now())
    assert [opened(one) for one in programs] == [401, 200]
    ApiToken.objects.filter(pk=ended.pk).update(expires_at=now() - timedelta(seconds=1))
    assert opened(programs[1]) == 401
    by_seat, by_account = Program(token_of(cast.housing_staff)), Program(token_of(cast.east_staff))
    Seat.objects.filter(person=cast.housing_staff.person).update(ends_on=now().date() - timedelta(days=1))
    Person.objects.filter(username="east").update(is_active=False)
    assert [opened(by_seat), opened(by_account)] == [401, 401]


def test_a_token_does_what_its_scopes_say(cast: Cast) -> None:
    program = Program(token_of(cast.urban_staff, "orgs:read"))
    assert program.get("/units").status_code == 200
    answer = program.get("/plans")
    assert (answer.status_code, answer.json()["code"]) == (403, "api.scope_missing")
    assert "plans:read" in answer.json()["next"]


def test_requests_are_counted_for_each_token(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(frame, "REQUESTS", Throttle("api-test", tries=2, seconds=60))
    one, other = Program(token_of(cast.urban_staff)), Program(token_of(cast.housing_staff))
    assert [one.get("/units").status_code for _ in range(3)] == [200, 200, 429]
    assert one.get("/units").headers["Retry-After"] == "60"
    assert other.get("/units").status_code == 200
    assert [Program("cw_wrong").get("/units").status_code for _ in range(3)] == [401, 401, 429]


def test_refusals_speak_the_language_of_the_person(cast: Cast, program: Program) -> None:
    Person.objects.filter(username="urban").update(language="en")
    assert program.get("/units/9").json()["happened"] == "There is no such page here"
    Person.objects.filter(username="urban").update(language="zh-hans")
    assert program.get("/units/9").json()["happened"] != "There is no such page here"
