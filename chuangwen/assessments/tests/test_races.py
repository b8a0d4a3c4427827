"""Two people do one step of a round at the same moment: one wins, the other is told, nothing is doubled."""

import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from functools import partial
from threading import Barrier
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.utils import timezone

from chuangwen.kit.models import AuditEntry
from chuangwen.orgs.actors import Actor
from chuangwen.orgs.testing import make_cast, sign_in
from chuangwen.points.tests.world import jpeg

from .. import actions
from ..models import Draw, Mark, Round, TeamMember, UnitScore, Visit
from ..rules.states import VisitState
from ..testing import MET, NOT_MET, PASSPHRASE, SmallRound, make_draw, make_round, make_visits

pytestmark = pytest.mark.django_db(transaction=True)
TIMES = 5


def a_round(name: str, cast: Any) -> SmallRound:
    """That lasts today."""
    today = timezone.localdate()
    return make_round(
        cast,
        name=name,
        method_weights={"field": 1000},
        first_day=today - timedelta(days=1),
        last_day=today + timedelta(days=1),
    )


def both(actors: tuple[Actor, Actor], do: Callable[[Client, int], Any]) -> list[Any]:
    """What the two are answered, the one who won first."""
    start = Barrier(2)

    def at(desk: int) -> Any:
        client = Client()
        try:
            sign_in(client, actors[desk])
            start.wait()
            return do(client, desk)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(at, (0, 1)))
    return sorted(answers, key=lambda answer: int(answer.status_code))


def post(address: str, form: dict[str, Any], client: Client, desk: int) -> Any:
    return client.post(address, form)


def test_points_are_opened_once_where_two_open_them_at_once() -> None:
    cast = make_cast()
    for number in range(TIMES):
        small = a_round(f"{number}月测评", cast)
        make_draw(small)
        address = f"/assessments/{small.round.pk}/open/"
        form = {"version": 1, "passphrase": PASSPHRASE}
        won, told = both((small.lead, small.lead), partial(post, address, form))
        assert (won.status_code, told.status_code) == (302, 409)
        assert re.search("刚刚被他人改过|抽中的点位已全部开启", told.content.decode())
        visits = Visit.objects.filter(round=small.round).values_list("point", flat=True)
        assert len(visits) == len(set(visits)) == 8
        done = AuditEntry.objects.filter(action="assessments.points_opened")
        assert done.count() == number + 1


def test_a_frame_is_frozen_once_where_two_draw_at_once() -> None:
    cast = make_cast()
    for number in range(TIMES):
        small = a_round(f"{number}月测评", cast)
        design = {"version": 1, "allocation": "proportional", "size": 4, "least": 2}
        form = {**design, "passphrase": PASSPHRASE, "again": PASSPHRASE}
        address = f"/assessments/{small.round.pk}/draw/"
        won, told = both((small.lead, small.lead), partial(post, address, form))
        assert (won.status_code, told.status_code) == (302, 409)
        assert Draw.objects.filter(round=small.round).count() == 1
        assert small.round.frame.count() == 12 * (number + 1)


def test_a_visit_is_marked_once_where_two_of_a_team_hand_it_in_at_once() -> None:
    cast = make_cast()
    small = a_round("4月测评", cast)
    visits = make_visits(small, state=VisitState.ASSIGNED)[:TIMES]
    assert small.second_marker.seat
    TeamMember.objects.create(team=small.team, seat=small.second_marker.seat)
    when = timezone.localtime().strftime("%Y-%m-%dT%H:%M")
    for number, visit in enumerate(visits, 1):

        def hand_in(client: Client, desk: int, to: int = visit.pk) -> Any:
            met = {f"m{at}-met": ("yes", "no")[desk] for at in range(3)}
            photo = SimpleUploadedFile(f"{desk}.jpg", jpeg(), "image/jpeg")
            form = {"version": 1, "visited_at": when, "do": "finish", "m0-photos": photo, **met}
            return client.post(f"/assessments/visits/{to}/mark/", form)

        won, told = both((small.marker, small.second_marker), hand_in)
        assert (won.status_code, told.status_code) == (302, 409)
        assert "刚刚被他人改过" in told.content.decode()
        visit.refresh_from_db()
        assert (visit.state, visit.version) == ("marked", 2)
        desk = [small.marker.person, small.second_marker.person].index(visit.marked_by)
        assert [one.data for one in visit.marks.all()] == [{"met": desk == 0}] * 3
        assert [one.name for one in visit.marks.get(item="i1").photos.all()] == [f"{desk}.jpg"]
        assert Mark.objects.count() == 3 * number


def test_two_objections_that_are_upheld_at_once_are_both_in_the_score() -> None:
    cast = make_cast()
    small = a_round("4月测评", cast)
    visits = make_visits(small, lambda point, item: NOT_MET if item == "i1" else MET)
    marks = [visit.marks.get(item="i1") for visit in visits[: 2 * TIMES]]
    Round.objects.update(state="replying", replies_until=timezone.now() + timedelta(days=3))
    actions.score_round(actor=small.lead, round_id=small.round.pk, now=timezone.now())
    rows = UnitScore.objects.filter(round=small.round).count()
    owner = {cast.east.pk: cast.east_staff}
    numbers = [
        actions.object_to(
            actor=owner.get(mark.visit.point.unit_id, cast.urban_staff),
            mark_id=mark.pk,
            words="已改",
            proofs=[("a.jpg", jpeg())],
            now=timezone.now(),
        ).pk
        for mark in marks
    ]
    for pair in zip(numbers[::2], numbers[1::2], strict=True):

        def uphold(client: Client, desk: int, pair: tuple[int, int] = pair) -> Any:
            form = {"grounds": "属实", "decision": "uphold", "m0-met": "yes"}
            return client.post(f"/assessments/objections/{pair[desk]}/decide/", form)

        answers = both((small.lead, small.lead), uphold)
        assert [answer.status_code for answer in answers] == [302, 302]
        assert UnitScore.objects.filter(round=small.round).count() == rows
    stored = {one.unit_id: one.total_nano for one in UnitScore.objects.filter(round=small.round, role="unit")}
    actions.score_round(actor=small.lead, round_id=small.round.pk, now=timezone.now())
    again = {one.unit_id: one.total_nano for one in UnitScore.objects.filter(round=small.round, role="unit")}
    assert stored == again
