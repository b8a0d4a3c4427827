"""Two people say something of one village at the same moment: one wins, the other is told, nothing is lost."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from django.test import Client

from chuangwen.kit import audit
from chuangwen.orgs.testing import make_cast, sign_in

from ..models import MemberMark
from .world import make_register

ROUNDS = 10


@pytest.mark.django_db(transaction=True)
def test_of_two_who_set_one_mark_at_once_one_wins_in_each_of_ten_rounds() -> None:
    cast = make_cast()
    register = make_register(cast, villages=1)
    village, column = register.members.get(), register.columns.get(name="红白理事会")
    clients = [Client(), Client()]
    sign_in(clients[0], cast.office)
    sign_in(clients[1], cast.east_staff)
    address = f"/registers/members/{village.pk}/marks/{column.pk}/"
    start = Barrier(2)

    def say(desk: int, version: int) -> tuple[int, str]:
        note = f"{version}号桌{desk}"
        start.wait()
        try:
            form = {"version": version, "state": ("yes", "no")[desk], "note": note}
            return clients[desk].post(address, form).status_code, note
        finally:
            connection.close()

    notes = []
    with ThreadPoolExecutor(2) as pool:
        for version in range(1, ROUNDS + 1):
            answers = dict(pool.map(say, (0, 1), (version, version)))
            assert sorted(answers) == [302, 409]
            latest = MemberMark.objects.filter(member=village, column=column).order_by("-as_of")[0]
            assert latest.note == answers[302]
            notes.append(latest.note)
    said = [entry for entry in audit.history(village)[::-1] if entry.action == "registers.mark_set"]
    assert [entry.after["note"] for entry in said] == notes
