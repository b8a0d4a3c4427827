"""A program of a survey team reads its visits and hands in marks."""

from base64 import b64encode
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from chuangwen.assessments.models import Round, Visit
from chuangwen.assessments.rules.states import VisitState
from chuangwen.assessments.testing import SmallRound, make_round, make_visits
from chuangwen.orgs.testing import Cast
from chuangwen.points.tests.world import jpeg

from .conftest import Program, token_of


@pytest.fixture
def small(cast: Cast) -> SmallRound:
    made = make_round(cast)
    make_visits(made, state=VisitState.ASSIGNED)
    today = timezone.localdate()
    Round.objects.update(first_day=today - timedelta(days=1), last_day=today + timedelta(days=1))
    return made


def said(visit: dict[str, Any], **more: Any) -> dict[str, Any]:
    photo = {"name": "a.jpg", "data": b64encode(jpeg()).decode()}
    marks = [
        {"item": one["item"], "data": {"met": True}, "photos": [photo] if one["photos_least"] else []}
        for one in visit["items"]
    ]
    known = {"version": visit["version"], "visited_at": timezone.now().isoformat(), "marks": marks}
    return known | more


def test_a_team_reads_its_visits_and_hands_in(small: SmallRound) -> None:
    program = Program(token_of(small.marker, "assessments:read", "assessments:write"))
    lines = program.read("/visits")["items"]
    assert len(lines) == 8 and "second" not in lines[0]
    visit = program.read(f"/visits/{lines[0]['id']}")
    assert [one["item"] for one in visit["items"]] == ["i1", "i2", "i4"]
    address = f"/visits/{visit['id']}/marks"
    short = said(visit)
    short["marks"].pop()
    refused = program.post(address, short).json()
    assert (refused["code"], refused["fields"][0]["name"]) == ("assessments.marks_wrong", "i4")
    twice = said(visit)
    twice["marks"].append(twice["marks"][0])
    assert program.post(address, twice).json()["code"] == "assessments.item_twice"
    done = program.post(address, said(visit))
    assert (done.status_code, done.json()["state"], done.json()["items"][0]["photos"]) == (200, "marked", 1)
    assert program.post(address, said(visit)).status_code == 409


def test_nobody_else_reads_a_visit(cast: Cast, small: SmallRound) -> None:
    visit = Visit.objects.all()[0]
    for actor in (cast.office, cast.urban_staff, cast.east_staff, small.second_marker, cast.stranger):
        other = Program(token_of(actor, "assessments:read", "assessments:write"))
        assert other.read("/visits")["items"] == []
        assert other.get(f"/visits/{visit.pk}").status_code == 404
        body = {"version": 1, "visited_at": timezone.now().isoformat(), "marks": []}
        assert other.post(f"/visits/{visit.pk}/marks", body).status_code == 404
    lead = Program(token_of(small.lead, "assessments:read"))
    assert lead.get(f"/visits/{visit.pk}").status_code == 403
    reader = Program(token_of(small.marker, "assessments:read"))
    assert reader.post(f"/visits/{visit.pk}/marks", body).json()["code"] == "api.scope_missing"
