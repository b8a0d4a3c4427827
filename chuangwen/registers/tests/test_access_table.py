"""Method × URL × role × relation. The URLconf gives the list; what is expected stands here by hand."""

import pytest
from django.db import transaction
from django.template import Template
from django.test import Client
from django.urls import reverse

from chuangwen.orgs.testing import Cast, sign_in

from ..urls import urlpatterns
from .world import make_lanes, make_register

pytestmark = pytest.mark.django_db

WHO = [
    "office",
    "urban_staff",
    "east_staff",
    "housing_staff",
    "leader",
    "observer",
    "administrator",
    "stranger",
    "seatless",
    "anonymous",
]

# urban_staff is of the unit that keeps the lists; what is in them lies in the district of east_staff;
# housing_staff is neither; the stranger is the office of another city. An empty form is 422 for who may send it.
TABLE = """
view                 method office urban east housing leader observer administrator stranger seatless anonymous
lists                GET    200    200   200  200     200    200      403           200      403      302
add_register         GET    200    403   403  403     403    403      403           200      403      302
add_register         POST   422    403   403  403     403    403      403           422      403      302
register             GET    200    200   200  200     200    200      404           404      404      302
change_register      GET    200    200   403  403     403    403      404           404      404      302
change_register      POST   422    422   403  403     403    403      404           404      404      302
add_column           GET    200    200   403  403     403    403      404           404      404      302
add_column           POST   422    422   403  403     403    403      404           404      404      302
change_column        GET    200    200   403  403     403    403      404           404      404      302
change_column        POST   422    422   403  403     403    403      404           404      404      302
add_member           GET    200    200   403  403     403    403      404           404      404      302
add_member           POST   422    422   403  403     403    403      404           404      404      302
member               GET    200    200   200  200     200    200      404           404      404      302
change_member        GET    200    200   403  403     403    403      404           404      404      302
change_member        POST   422    422   403  403     403    403      404           404      404      302
set_mark             GET    200    200   200  403     403    403      404           404      404      302
set_mark             POST   422    422   422  403     403    403      404           404      404      302
members_out          GET    200    200   200  200     200    200      404           404      404      302
bring_in_members     GET    200    200   403  403     403    403      404           404      404      302
bring_in_members     POST   422    422   403  403     403    403      404           404      404      302
add_project_list     GET    200    403   403  403     403    403      403           200      403      302
add_project_list     POST   422    403   403  403     403    403      403           422      403      302
project_list         GET    200    200   200  200     200    200      404           404      404      302
change_project_list  GET    200    200   403  403     403    403      404           404      404      302
change_project_list  POST   422    422   403  403     403    403      404           404      404      302
add_project          GET    200    200   403  403     403    403      404           404      404      302
add_project          POST   422    422   403  403     403    403      404           404      404      302
project              GET    200    200   200  200     200    200      404           404      404      302
change_project       GET    200    200   403  403     403    403      404           404      404      302
change_project       POST   422    422   403  403     403    403      404           404      404      302
start_project        POST   422    422   422  403     403    403      404           404      404      302
finish_project       POST   422    422   422  403     403    403      404           404      404      302
reopen_project       POST   422    422   422  403     403    403      404           404      404      302
measure_project      POST   422    422   422  403     403    403      404           404      404      302
remove_project       POST   422    422   403  403     403    403      404           404      404      302
remove_register      POST   422    422   403  403     403    403      404           404      404      302
remove_project_list  POST   422    422   403  403     403    403      404           404      404      302
projects_out         GET    200    200   200  200     200    200      404           404      404      302
bring_in_projects    GET    200    200   403  403     403    403      404           404      404      302
bring_in_projects    POST   422    422   403  403     403    403      404           404      404      302
"""
HEAD, *ROWS = [line.split() for line in TABLE.strip().splitlines()]


def test_the_table_holds_every_address_of_the_room() -> None:
    assert {row[0] for row in ROWS} == {pattern.name for pattern in urlpatterns}
    assert HEAD[2:] == [who.removesuffix("_staff") for who in WHO]


@pytest.mark.parametrize("who", WHO)
def test_each_role_gets_what_the_table_says(
    cast: Cast, client: Client, monkeypatch: pytest.MonkeyPatch, who: str
) -> None:
    monkeypatch.setattr(Template, "render", lambda self, context: "")  # what a page shows is tested elsewhere
    register, lanes = make_register(cast, villages=1), make_lanes(cast, lanes=1)
    things = {
        "register_id": register.pk,
        "column_id": register.columns.all()[0].pk,
        "member_id": register.members.get().pk,
        "list_id": lanes.pk,
        "project_id": lanes.projects.get().pk,
    }
    if who in cast.by_name():
        sign_in(client, cast.by_name()[who])
    params = {pattern.name: pattern.pattern.converters.keys() for pattern in urlpatterns}
    found = {}
    for view, method, *_ in ROWS:
        address = reverse(f"registers:{view}", kwargs={name: things[name] for name in params[view]})
        with transaction.atomic():
            found[view, method] = client.generic(method, address).status_code
    column = HEAD.index(who.removesuffix("_staff"))
    assert found == {(row[0], row[1]): int(row[column]) for row in ROWS}


def test_what_one_does_by_posting_is_not_done_by_looking(cast: Cast, client: Client) -> None:
    sign_in(client, cast.office)
    posts = {row[0] for row in ROWS if row[1] == "POST"} - {row[0] for row in ROWS if row[1] == "GET"}
    assert posts
    for view in posts:
        assert client.get(reverse(f"registers:{view}", args=[1])).status_code == 405
