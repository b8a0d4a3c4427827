"""A round under secret is known to nobody but its office, lead and teams; a drawn point to nobody at all
until it is opened, in pages, tables, the interface for programs, the audit, logs, jobs and backups.
"""

import json
import logging
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client

from chuangwen.cores.scoring.draw import redraw
from chuangwen.kit import audit
from chuangwen.kit.clock import now
from chuangwen.kit.models import AuditEntry, OutboxRow
from chuangwen.orgs.actions import make_token
from chuangwen.orgs.rules import ADMINISTRATORS, Role
from chuangwen.orgs.testing import Cast, seat, sign_in
from chuangwen.points.models import Point

from .. import access, actions, queries
from ..models import Draw, FramePoint, Round, Visit
from ..rules.states import VisitState
from ..testing import CHEAP, DESIGN, MET, PASSPHRASE, SEED, SmallRound, make_round, make_visits

pytestmark = pytest.mark.django_db
SECRET = "暗访三号"
OTHER_SEED = "ab" * 32


@pytest.fixture
def covert(cast: Cast) -> SmallRound:
    return covert_round(cast)


def covert_round(cast: Cast) -> SmallRound:
    """Under secret for a day, its points with numbers that stand nowhere by chance."""
    small = make_round(cast, name=SECRET, covert_until=now() + timedelta(days=1))
    today = now().date()
    Round.objects.update(first_day=today - timedelta(days=1), last_day=today + timedelta(days=2))
    for point in Point.objects.all():
        Point.objects.filter(pk=point.pk).update(number=f"QX-{point.number}-Z")
    small.points[:] = list(Point.objects.order_by("pk"))
    return small


def outsiders(cast: Cast) -> list[Any]:
    """Everybody who must not know, administrators with them."""
    more = [
        seat(f"covert-{role}", "某人", cast.urban, role) for role in (*sorted(ADMINISTRATORS), Role.MANAGER)
    ]
    return [cast.leader, cast.urban_staff, cast.east_staff, cast.housing_staff, cast.observer, *more]


def opened_client(actor: Any) -> Client:
    client = Client()
    sign_in(client, actor)
    return client


def drawn(small: SmallRound, seed: str = SEED) -> Draw:
    return actions.draw_points(
        actor=small.lead,
        round_id=small.round.pk,
        version=1,
        design=DESIGN,
        passphrase=PASSPHRASE,
        seed=seed,
        cost=CHEAP,
        now=now(),
    )


def opened(small: SmallRound, most: int) -> None:
    actions.open_points(
        actor=small.lead, round_id=small.round.pk, version=2, passphrase=PASSPHRASE, most=most, now=now()
    )


def listed(draw: Draw, seed: str = SEED) -> set[str]:
    return {one.number for one in queries.drawn(draw, seed).points}


def test_a_covert_round_is_on_no_page_of_who_must_not_know(cast: Cast, covert: SmallRound) -> None:
    visits = make_visits(covert, lambda point, item: MET)
    here = f"/assessments/{covert.round.pk}/"
    paths = ["", "change/", "units/", "add-team/", "planner/", "draw/", "frame.csv", "draw.json", "open/"]
    paths += ["visits/", "agreement/", "my-table/", "bring-in-visits/"]
    for actor in outsiders(cast):
        client = opened_client(actor)
        for path in ("/assessments/", "/assessments/visits/", "/", "/desk/", "/points/"):
            assert SECRET not in client.get(path, follow=True).content.decode()
        for path in paths:
            assert client.get(here + path).status_code == 404, (actor.name, path)
        assert client.get(f"/assessments/visits/{visits[0].pk}/").status_code == 404
        assert client.get(f"/assessments/teams/{covert.team.pk}/change/").status_code == 404
        for path in ("begin/", "complete/", "cancel/", "reveal/", "accept-visits/"):
            assert client.post(here + path, {"version": 1}).status_code == 404
    for actor in (cast.office, covert.lead, covert.marker):
        assert SECRET in opened_client(actor).get("/assessments/").content.decode()


def test_a_covert_round_is_in_no_answer_of_the_interface(cast: Cast, covert: SmallRound) -> None:
    make_visits(covert)
    visit = Visit.objects.all()[0]
    Round.objects.update(state="replying")
    actions.score_round(actor=covert.lead, round_id=covert.round.pk, now=now())
    for actor in (cast.leader, cast.urban_staff, cast.east_staff, cast.observer, cast.stranger):
        scopes, end = ["assessments:read", "points:read", "orgs:read"], now() + timedelta(days=1)
        _token, secret = make_token(actor=actor, name="t", scopes=scopes, expires_at=end, now=now())
        program = Client(headers={"Authorization": f"Bearer {secret}"})
        assert program.get("/api/v1/visits").json()["items"] == []
        assert program.get(f"/api/v1/visits/{visit.pk}").status_code == 404
        assert program.get("/api/v1/rounds").json()["items"] == []
        here = f"/api/v1/rounds/{covert.round.pk}/scores"
        for path in (here, f"{here}/{cast.east.pk}/unit/lost-points"):
            assert program.get(path).status_code == 404
        for path in ("points", "units"):
            assert SECRET not in program.get(f"/api/v1/{path}").content.decode()


def test_once_its_time_has_come_the_round_is_known(cast: Cast, covert: SmallRound) -> None:
    later = now() + timedelta(days=2)
    for actor in (cast.leader, cast.urban_staff, cast.observer):
        assert not access.visible_rounds(actor, now()).exists()
        assert access.visible_rounds(actor, later).get() == covert.round
    assert not access.visible_rounds(cast.administrator, later).exists()


def test_owners_see_their_own_findings_only_when_they_may_reply(cast: Cast, covert: SmallRound) -> None:
    make_visits(covert)
    later = now() + timedelta(days=2)
    assert not access.visible_visits(cast.east_staff, later).exists()  # still being marked
    Round.objects.update(state="replying")
    assert not access.visible_visits(cast.east_staff, now()).exists()  # still under secret
    seen = access.visible_visits(cast.east_staff, later)
    assert seen.count() == 4 and {one.point.unit_id for one in seen} == {cast.east.pk}
    assert not access.visible_visits(cast.administrator, later).exists()


def test_an_opened_point_is_known_to_its_team_and_the_lead_alone(cast: Cast, small: SmallRound) -> None:
    make_visits(small, state=VisitState.ASSIGNED)
    at = now()
    assert (
        access.visible_visits(small.marker, at).count() == access.visible_visits(small.lead, at).count() == 8
    )
    for actor in (cast.office, small.second_marker, cast.leader, cast.urban_staff, cast.administrator):
        assert not access.visible_visits(actor, at).exists()
    Visit.objects.update(state="marked")
    assert access.visible_visits(cast.office, at).count() == 8
    assert not access.visible_visits(small.second_marker, at).exists()  # blind


def test_the_audit_says_nothing_of_a_covert_round(cast: Cast, covert: SmallRound) -> None:
    drawn(covert)
    opened(covert, 3)
    visit = Visit.objects.filter(team=covert.team)[0]
    with pytest.raises(Exception, match="marks_wrong"):
        actions.mark_visit(
            actor=covert.marker, visit_id=visit.pk, version=1, visited_at=now(), marks={}, now=now()
        )
    entries = AuditEntry.objects.filter(subject_kind__startswith="assessments.")
    assert entries.count() == 2
    assert {audit.sentence(one) for one in audit.opened(entries)} == {"进行了一项受限操作"}
    everything = " ".join(f"{vars(one)}" for one in AuditEntry.objects.all())
    assert SECRET not in everything and "QX-" not in everything.replace("points.", "")
    page = opened_client(seat("reader", "审计", cast.urban, Role.AUDIT_ADMINISTRATOR)).get(
        "/audit/", follow=True
    )
    assert "进行了一项受限操作" in page.content.decode() and SECRET not in page.content.decode()


def test_logs_and_what_is_asked_of_others_name_no_point(
    cast: Cast, covert: SmallRound, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    client = opened_client(covert.lead)
    here = f"/assessments/{covert.round.pk}/"
    design = {"version": 1, "allocation": "proportional", "size": 4, "least": 2}
    client.post(here + "draw/", {**design, "passphrase": PASSPHRASE, "again": PASSPHRASE})
    client.post(here + "open/", {"version": 2, "passphrase": "错误的口令错误的口令"})
    client.post(here + "open/", {"version": 2, "passphrase": PASSPHRASE, "most": 3})
    assert Visit.objects.count() == 3
    said = caplog.text + " ".join(str(row.values) for row in OutboxRow.objects.all())
    assert "QX-" not in said and PASSPHRASE not in said and SECRET not in said
    out = StringIO()
    call_command("dumpdata", "desk", stdout=out)
    assert "QX-" not in out.getvalue() and SECRET not in out.getvalue()


def test_two_seeds_leave_the_same_tables_but_for_commitment_and_seal(covert: SmallRound) -> None:
    """So that nothing of a draw that is not opened stands in the database, in whatever form."""
    tables = []
    for seed in (SEED, OTHER_SEED):
        made = drawn(covert, seed)
        assert len(listed(made, seed)) == 8
        out = StringIO()
        call_command("dumpdata", "assessments", "desk", "points", "kit.outboxrow", stdout=out)
        rows = json.loads(out.getvalue())
        first = min(row["pk"] for row in rows if row["model"] == "assessments.framepoint")
        for row in rows:
            if row["model"] == "assessments.framepoint":
                row["pk"] -= first
            if row["model"] == "assessments.draw":
                row |= {"pk": 0}
                row["fields"] |= {"sealed": "", "seed_sha256": "", "drawn_at": ""}
        tables.append(rows)
        Draw.objects.all().delete()
        FramePoint.objects.all().delete()
        Round.objects.update(state="planned", version=1)
    assert tables[0] == tables[1]


def test_the_lists_of_two_seeds_differ(covert: SmallRound) -> None:
    made = drawn(covert)
    frame = queries.frames.frame_rows(made.round)
    assert redraw(frame, DESIGN, OTHER_SEED).points != redraw(frame, DESIGN, SEED).points


def test_where_no_team_may_go_the_units_are_named_and_not_the_points(cast: Cast, covert: SmallRound) -> None:
    covert.second_team.members.all().delete()
    covert.team.members.update(seat=cast.urban_staff.seat)
    drawn(covert)
    client = opened_client(covert.lead)
    answer = client.post(f"/assessments/{covert.round.pk}/open/", {"version": 2, "passphrase": PASSPHRASE})
    text = answer.content.decode()
    assert answer.status_code == 422 and "东浦区" in text and "QX-" not in text
