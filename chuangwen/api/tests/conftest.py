from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from chuangwen.kit.clock import now
from chuangwen.orgs.actions import make_token
from chuangwen.orgs.actors import Actor
from chuangwen.orgs.testing import SYSTEM, Cast
from chuangwen.plans.models import PlanVersion
from chuangwen.progress import actions
from chuangwen.progress.tests.world import MAY, NOW


def token_of(actor: Actor, *scopes: str) -> str:
    end = now() + timedelta(days=30)
    wanted = scopes or ("orgs:read", "plans:read", "registers:read", "standards:read")
    return make_token(actor=actor, name="t", scopes=wanted, expires_at=end, now=now())[1]


def report_of(cast: Cast, plan: PlanVersion) -> dict[str, int]:
    """The plan is followed, May is open: numbers of the report of 市城管局 and of its one task."""
    following = actions.follow(actor=SYSTEM, version_id=plan.pk, now=NOW)
    beat = following.beats.get(asks="all")
    period = actions.open_period(actor=cast.office, beat_id=beat.pk, day=MAY, now=now())
    report = period.reports.get(unit=cast.urban)
    return {"report_id": report.pk, "item_id": report.items.get().pk}


@dataclass
class Program:
    """Reads and writes with a token, below /api/v1."""

    token: str

    def get(self, path: str, **asked: Any) -> Any:
        headers = {"Authorization": f"Bearer {self.token}"}
        return Client(headers=headers).get(f"/api/v1{path}", asked)

    def post(self, path: str, body: object) -> Any:
        headers = {"Authorization": f"Bearer {self.token}"}
        client = Client(headers=headers, enforce_csrf_checks=True)
        return client.post(f"/api/v1{path}", body, content_type="application/json")

    def read(self, path: str, **asked: Any) -> Any:
        answer = self.get(path, **asked)
        assert answer.status_code == 200, answer.content
        return answer.json()


@pytest.fixture
def program(cast: Cast) -> Program:
    """As 市城管局."""
    return Program(token_of(cast.urban_staff))
