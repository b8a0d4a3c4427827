"""Two people at two desks change one thing at the same moment: one wins, the other is told, nothing is lost."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from django.test import Client

from chuangwen.kit import audit
from chuangwen.orgs.testing import make_cast, sign_in

ROUNDS = 50


@pytest.mark.django_db(transaction=True)
def test_of_two_who_rename_a_unit_at_once_one_wins_in_each_of_fifty_rounds() -> None:
    cast = make_cast()
    clients = [Client(), Client()]
    sign_in(clients[0], cast.office)
    sign_in(clients[1], cast.administrator)
    start = Barrier(2)

    def rename(desk: int, version: int) -> tuple[int, str]:
        name = f"城市管理局{version}号桌{desk}"
        form = {"version": version, "name": name, "short_name": "市城管局"}
        start.wait()
        try:
            response = clients[desk].post(f"/units/{cast.urban.pk}/rename", form)
            return response.status_code, name
        finally:
            connection.close()

    names = []
    with ThreadPoolExecutor(2) as pool:
        for version in range(1, ROUNDS + 1):
            answers = dict(pool.map(rename, (0, 1), (version, version)))
            assert sorted(answers) == [302, 409]
            cast.urban.refresh_from_db()
            assert (cast.urban.version, cast.urban.name) == (version + 1, answers[302])
            names.append(cast.urban.name)

    renamed = [entry for entry in audit.history(cast.urban)[::-1] if entry.action == "orgs.unit_renamed"]
    assert [entry.after["name"] for entry in renamed] == names
    assert [entry.before["name"] for entry in renamed] == ["云浦市城市管理局", *names[:-1]]
