"""Method × URL × role for the addresses that belong to no room. What is expected stands here by hand."""

import pytest
from django.test import Client
from django.urls import reverse

from chuangwen.orgs.testing import make_cast, sign_in

TABLE = """
view     method office administrator leader urban_staff observer seatless anonymous
home     GET    302    302           302    302         302      302      302
home     POST   405    405           405    405         405      405      302
favicon  GET    302    302           302    302         302      302      302
favicon  POST   405    405           405    405         405      405      405
account_login                          GET    302    302           302    302         302      302      200
account_login                          POST   302    302           302    302         302      302      422
account_logout                         GET    405    405           405    405         405      405      302
account_logout                         POST   302    302           302    302         302      302      302
account_change_password                GET    200    200           200    200         200      200      302
account_change_password                POST   422    422           422    422         422      422      302
mfa_authenticate                       GET    302    302           302    302         302      302      302
mfa_authenticate                       POST   302    302           302    302         302      302      302
account_reauthenticate                 GET    403    403           403    403         403      403      302
account_reauthenticate                 POST   403    403           403    403         403      403      302
mfa_reauthenticate                     GET    403    403           403    403         403      403      302
mfa_reauthenticate                     POST   403    403           403    403         403      403      302
account_reset_password                 GET    302    302           302    302         302      302      200
account_reset_password                 POST   302    302           302    302         302      302      422
account_reset_password_done            GET    200    200           200    200         200      200      200
account_reset_password_done            POST   405    405           405    405         405      405      405
account_reset_password_from_key_done   GET    200    200           200    200         200      200      200
account_reset_password_from_key_done   POST   405    405           405    405         405      405      405
account_reset_password_from_key        GET    200    200           200    200         200      200      200
account_reset_password_from_key        POST   200    200           200    200         200      200      200
mfa_index                              GET    200    200           200    200         200      200      302
mfa_index                              POST   405    405           405    405         405      405      302
mfa_activate_totp                      GET    200    200           200    200         200      200      302
mfa_activate_totp                      POST   422    422           422    422         422      422      302
mfa_deactivate_totp                    GET    404    404           404    404         404      404      302
mfa_deactivate_totp                    POST   404    404           404    404         404      404      302
mfa_view_recovery_codes                GET    404    404           404    404         404      404      302
mfa_view_recovery_codes                POST   405    405           405    405         405      405      302
mfa_generate_recovery_codes            GET    200    200           200    200         200      200      302
mfa_generate_recovery_codes            POST   422    422           422    422         422      422      302
openid_connect_login                   GET    404    404           404    404         404      404      404
openid_connect_login                   POST   404    404           404    404         404      404      404
openid_connect_callback                GET    404    404           404    404         404      404      404
openid_connect_callback                POST   404    404           404    404         404      404      404
"""
HEAD, *ROWS = [line.split() for line in TABLE.strip().splitlines()]


IN_ADDRESS = {
    "account_reset_password_from_key": ["1", "set-password"],
    "openid_connect_login": ["unknown"],
    "openid_connect_callback": ["unknown"],
}


def address(view: str) -> str:
    return reverse(view, args=IN_ADDRESS.get(view, []))


@pytest.mark.parametrize("who", HEAD[2:])
def test_each_role_gets_what_the_table_says(client: Client, db: None, who: str) -> None:
    cast = make_cast().by_name()
    if who in cast:
        sign_in(client, cast[who])
    column = HEAD.index(who)
    found = {(row[0], row[1]): client.generic(row[1], address(row[0])).status_code for row in ROWS}
    assert found == {(row[0], row[1]): int(row[column]) for row in ROWS}


@pytest.mark.parametrize(
    ("who", "to"), [("office", "/desk/"), ("observer", "/desk/"), ("administrator", "/units/")]
)
def test_home_leads_each_to_their_work(client: Client, db: None, who: str, to: str) -> None:
    sign_in(client, make_cast().by_name()[who])
    assert client.get("/").headers["Location"] == to


def test_home_leads_a_person_without_a_seat_to_what_they_are_told(client: Client, db: None) -> None:
    sign_in(client, make_cast().seatless)
    assert "您今日没有席位" in client.get("/", follow=True).content.decode()
