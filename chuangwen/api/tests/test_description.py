"""The description of the interface, as committed, and that the interface keeps to it whatever is sent."""

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from hypothesis import HealthCheck, given, settings
from hypothesis.strategies import booleans
from schemathesis import Case, GenerationMode
from schemathesis.core.result import Ok
from schemathesis.specs.openapi.checks import positive_data_acceptance

from chuangwen.api.urls import api
from chuangwen.assessments import actions
from chuangwen.assessments.testing import NOT_MET, NOW, make_round, make_visits
from chuangwen.kit.throttle import Throttle
from chuangwen.orgs.testing import Cast
from chuangwen.plans.models import PlanVersion
from chuangwen.registers.tests.world import make_register
from chuangwen.standards.testing import make_system

from .conftest import token_of

COMMITTED = Path(__file__).parents[3] / "docs" / "reference" / "openapi.json"


def description() -> str:
    return json.dumps(api.get_openapi_schema(), ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def test_the_description_is_the_committed_one() -> None:
    """WRITE_OPENAPI=1 writes it anew: look at the difference before you commit it."""
    if os.environ.get("WRITE_OPENAPI") == "1":
        COMMITTED.write_text(description(), encoding="utf-8")
    assert COMMITTED.read_text(encoding="utf-8") == description()


def test_every_operation_needs_a_token_and_names_its_refusals() -> None:
    refusals = {400, 401, 403, 404, 405, 422, 429}
    for path, methods in api.get_openapi_schema()["paths"].items():
        (method,) = methods
        assert (method, path) in {("get", path), *WRITES}
        assert methods[method]["security"] == [{"Token": []}]
        may_clash = {409} if (method, path) in WRITES else set()
        assert set(methods[method]["responses"]) == {200} | refusals | may_clash


WRITES = {
    ("post", "/api/v1/items/{item_id}"),
    ("post", "/api/v1/items/{item_id}/evidence"),
    ("post", "/api/v1/reports/{report_id}/hand-in"),
    ("post", "/api/v1/visits/{visit_id}/marks"),
}
SCHEMA = schemathesis.openapi.from_dict(dict(api.get_openapi_schema()))
SCHEMA.app = get_wsgi_application()
OPERATIONS = {found.ok().label: found.ok() for found in SCHEMA.get_all_operations() if isinstance(found, Ok)}


@pytest.fixture
def one_connection() -> Iterator[None]:
    """As Django's own test client does: a request neither begins nor ends the connection of the test."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.mark.usefixtures("one_connection")
@pytest.mark.parametrize("mode", list(GenerationMode))
@pytest.mark.parametrize("label", OPERATIONS)
def test_whatever_is_sent_the_answer_is_as_described(
    cast: Cast, plan: PlanVersion, monkeypatch: pytest.MonkeyPatch, label: str, mode: GenerationMode
) -> None:
    """With a token; numbers of rows that are there, and any others."""
    monkeypatch.setattr(Throttle, "take", lambda self, key: "slot")
    headers = {"Authorization": f"Bearer {token_of(cast.office)}"}
    there = {"unit_id": cast.city.pk, "group_id": cast.districts.pk, "plan_id": plan.plan_id}
    there["register_id"] = make_register(cast, villages=2).pk
    there["version_id"] = make_system(cast).version.pk
    if "rounds" in label:
        small = make_round(cast)
        make_visits(small, lambda point, item: NOT_MET)
        actions.score_round(actor=small.lead, round_id=small.round.pk, now=NOW)
        there["round_id"] = small.round.pk
    operation = OPERATIONS[label]
    # A file is sent without its name, which makes it none.
    not_asked: list[Any] = [positive_data_acceptance] if "evidence" in label else []

    @settings(
        max_examples=25,
        deadline=None,
        derandomize=True,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(operation.as_strategy(mode), booleans())
    def send(case: Case[Any], known: bool) -> None:
        if known and mode is GenerationMode.POSITIVE:
            case.path_parameters.update({k: v for k, v in there.items() if k in case.path_parameters})
        case.call_and_validate(headers=headers, excluded_checks=not_asked)

    send()
