from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from chuangwen.cores.errors import BadInput, Denied, Hidden, NotAllowedNow
from chuangwen.kit import audit
from chuangwen.kit.clock import now
from chuangwen.orgs import actions, queries
from chuangwen.orgs.actions import TokenUse
from chuangwen.orgs.actors import Actor
from chuangwen.orgs.models import ApiToken, Person, Seat
from chuangwen.orgs.rules import Role
from chuangwen.orgs.testing import Cast, seat, sign_in

NOW = datetime(2026, 3, 2, 2, tzinfo=UTC)
TODAY = date(2026, 3, 2)


def make(actor: Actor, days: int = 30, scopes: tuple[str, ...] = ("orgs:read",)) -> tuple[ApiToken, str]:
    ends = NOW + timedelta(days=days)
    return actions.make_token(actor=actor, name="数据交换", scopes=scopes, expires_at=ends, now=NOW)


def use(secret: str, at: datetime = NOW) -> TokenUse | None:
    return actions.use_token(secret=secret, now=at, today=at.date(), address="192.0.2.1")


def test_a_token_acts_as_its_seat_and_only_its_digest_is_kept(cast: Cast) -> None:
    token, secret = make(cast.urban_staff)
    used = use(secret)
    assert used is not None
    assert (used.actor.seat, used.actor.via, used.scopes) == (
        cast.urban_staff.seat,
        "token",
        frozenset({"orgs:read"}),
    )
    assert secret not in str(ApiToken.objects.values_list().get())
    assert secret.startswith(token.shown)
    assert use(secret + "x") is None


def test_a_token_ends_at_its_time_with_its_seat_and_with_the_account(cast: Cast) -> None:
    token, secret = make(cast.urban_staff)
    assert use(secret, NOW + timedelta(days=29)) is not None
    assert use(secret, NOW + timedelta(days=30)) is None
    Seat.objects.filter(pk=token.seat_id).update(ends_on=TODAY)
    assert use(secret) is None
    Seat.objects.filter(pk=token.seat_id).update(ends_on=None)
    Person.objects.filter(pk=token.person_id).update(is_active=False)
    assert use(secret) is None


def test_a_seat_that_another_person_took_over_does_not_answer_to_the_old_token(cast: Cast) -> None:
    token, secret = make(cast.urban_staff)
    Seat.objects.filter(pk=token.seat_id).update(person=cast.housing_staff.person)
    assert use(secret) is None


@pytest.mark.parametrize(
    ("days", "scopes"), [(0, ("orgs:read",)), (367, ("orgs:read",)), (1, ()), (1, ("x",))]
)
def test_what_a_token_cannot_be(cast: Cast, days: int, scopes: tuple[str, ...]) -> None:
    with pytest.raises(BadInput):
        make(cast.urban_staff, days, scopes)


def test_without_a_seat_there_is_no_token(cast: Cast) -> None:
    with pytest.raises(Denied):
        make(cast.seatless)


def test_the_last_use_is_written_once_a_minute(cast: Cast) -> None:
    token, secret = make(cast.urban_staff)
    written = []
    for seconds in [0, 30, 59, 60, 61]:
        use(secret, NOW + timedelta(seconds=seconds))
        token.refresh_from_db()
        assert token.last_used_at is not None
        written.append((token.last_used_at - NOW).seconds)
    assert written == [0, 0, 0, 60, 60]


def test_revoking_is_for_the_owner_and_the_security_administrator_of_the_city(cast: Cast) -> None:
    token, secret = make(cast.urban_staff)
    security = seat("security", "安全", cast.city, Role.SECURITY_ADMINISTRATOR)
    abroad = seat("abroad", "他安", cast.other_city, Role.SECURITY_ADMINISTRATOR)
    for actor in (cast.housing_staff, cast.administrator, cast.office, abroad, cast.seatless):
        assert not queries.tokens_for(actor).exists()
        with pytest.raises(Hidden):
            actions.revoke_token(actor=actor, token_id=token.pk, now=NOW)
    actions.revoke_token(actor=security, token_id=token.pk, now=NOW)
    assert use(secret) is None
    with pytest.raises(NotAllowedNow):
        actions.revoke_token(actor=cast.urban_staff, token_id=token.pk, now=NOW)
    done = [entry.action for entry in audit.history(token)]
    assert done == ["orgs.token_revoked", "orgs.token_made"]


def test_the_page_shows_the_secret_once(cast: Cast, client: Client) -> None:
    sign_in(client, cast.urban_staff)
    until = (now() + timedelta(days=10)).date().isoformat()
    given = {"name": "数据交换", "scopes": ["orgs:read", "plans:read"], "until": until}
    made = client.post(reverse("orgs:make_token"), given)
    secret = made.context["secret"]
    assert made.status_code == 200
    assert made.headers["Cache-Control"] == "no-store"
    assert secret in made.content.decode()
    assert actions.use_token(secret=secret, now=now(), today=now().date(), address="") is not None
    listed = client.get(reverse("orgs:tokens")).content.decode()
    assert secret not in listed
    assert secret[:8] in listed


def test_the_page_keeps_what_was_typed_where_the_end_is_too_far(cast: Cast, client: Client) -> None:
    sign_in(client, cast.urban_staff)
    given = {"name": "数据交换", "scopes": ["orgs:read"], "until": "2099-01-01"}
    answer = client.post(reverse("orgs:make_token"), given)
    assert answer.status_code == 422
    assert "数据交换" in answer.content.decode()


@pytest.mark.parametrize("rows", [1, 30])
def test_the_list_costs_the_same_for_any_number_of_tokens(
    cast: Cast, client: Client, rows: int, django_assert_max_num_queries: object
) -> None:
    security = seat("security", "安全", cast.city, Role.SECURITY_ADMINISTRATOR)
    for _ in range(rows):
        make(cast.urban_staff)
    sign_in(client, security)
    with django_assert_max_num_queries(5):  # type: ignore[operator]
        assert client.get(reverse("orgs:tokens")).content.decode().count("cw_") == rows
