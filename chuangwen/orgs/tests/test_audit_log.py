from datetime import UTC, datetime

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from chuangwen.kit import audit, audit_chain
from chuangwen.orgs.actors import Actor
from chuangwen.orgs.rules import Role
from chuangwen.orgs.testing import Cast, seat, sign_in

pytestmark = pytest.mark.usefixtures("own_data")


@pytest.fixture
def auditor(cast: Cast) -> Actor:
    return seat("auditor", "申计", cast.city, Role.AUDIT_ADMINISTRATOR)


def shown(client: Client, query: str = "") -> str:
    answer = client.get(reverse("orgs:audit_log") + query)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_auditor_reads_who_did_what_but_no_values(cast: Cast, auditor: Actor, client: Client) -> None:
    audit.record(cast.office, "orgs.name_added", cast.urban, name="秘密别名")
    sign_in(client, auditor)
    page = shown(client)
    assert "林办" in page
    assert "添加名称“…”" in page
    assert "秘密别名" not in page
    assert "创建办人员" in page


def test_the_auditor_reads_nothing_of_another_city(cast: Cast, auditor: Actor, client: Client) -> None:
    audit.record(cast.stranger, "orgs.name_added", cast.other_city, name="x")
    sign_in(client, auditor)
    assert "岚同" not in shown(client)


def test_others_are_denied(cast: Cast, client: Client) -> None:
    for actor in (cast.office, cast.administrator, cast.leader, cast.seatless):
        sign_in(client, actor)
        assert client.get(reverse("orgs:audit_log")).status_code == 403


def test_days_and_steps_narrow_the_list(cast: Cast, auditor: Actor, client: Client) -> None:
    audit.record(cast.office, "orgs.name_added", cast.urban, name="x")
    sign_in(client, auditor)
    assert "林办" in shown(client, "?action=orgs.name_added")
    assert "林办" not in shown(client, "?action=orgs.name_removed")
    assert "林办" not in shown(client, "?until=2020-01-01")
    assert "林办" not in shown(client, "?since=2199-01-01")
    refused = client.get(reverse("orgs:audit_log") + "?since=yesterday")
    assert refused.status_code == 422
    assert "yesterday" in refused.content.decode()


def test_the_page_says_how_the_chain_stands(auditor: Actor, client: Client) -> None:
    count = audit_chain.seal_all(datetime(2026, 3, 2, tzinfo=UTC))
    audit_chain.verify(datetime(2026, 3, 2, 4, tzinfo=UTC))
    sign_in(client, auditor)
    page = shown(client)
    assert str(count) in page
    assert "2026 年 3 月 2 日 12:00" in page


@pytest.mark.parametrize("rows", [1, 30])
def test_the_list_costs_the_same_for_any_number_of_rows(
    cast: Cast,
    auditor: Actor,
    client: Client,
    rows: int,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    for number in range(rows):
        audit.record([cast.office, cast.leader][number % 2], "orgs.name_added", cast.urban, name="x")
    sign_in(client, auditor)
    client.get(reverse("orgs:audit_log"))
    with django_assert_max_num_queries(11):
        assert shown(client, "?action=orgs.name_added").count("<tr><th") == rows + 1  # and the head
