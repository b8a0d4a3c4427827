import pytest
from django.db import connection
from django.test import Client
from django.utils import translation

from chuangwen.cores.errors import BadInput, Hidden
from chuangwen.kit import audit, clock, vault
from chuangwen.orgs.actions import change_personal, reveal_personal
from chuangwen.orgs.actors import Actor
from chuangwen.orgs.models import Person
from chuangwen.orgs.rules import Role
from chuangwen.orgs.testing import Cast, seat, sign_in

PHONE, ID_NUMBER = "13812345678", "11010519491231002X"


@pytest.fixture
def person(cast: Cast) -> Person:
    """程管 of 市城管局, with both numbers."""
    person = cast.urban_staff.person
    assert person is not None
    return changed(cast.office, person, phone="138 1234 5678", id_number=ID_NUMBER.lower())


def changed(actor: Actor, person: Person, **numbers: str) -> Person:
    return change_personal(actor=actor, person_id=person.pk, today=clock.today(), **numbers)


def done(person: Person) -> list[str]:
    return [entry.action for entry in audit.history(person)]


def test_both_numbers_are_encrypted_in_the_table_and_the_phone_is_found_whole(person: Person) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM orgs_person WHERE id = %s", [person.pk])
        row = str(cursor.fetchone())
    assert PHONE not in row and ID_NUMBER not in row
    again = Person.objects.get(phone_index__in=vault.blind_indexes(PHONE))
    assert (again.pk, again.phone, again.id_number) == (person.pk, PHONE, ID_NUMBER)


def test_the_audit_names_what_was_changed_but_no_number(person: Person) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM kit_auditentry")
        rows = str(cursor.fetchall())
    assert PHONE not in rows and ID_NUMBER not in rows
    assert done(person)[0] == "orgs.personal_changed"


def test_an_empty_number_removes_and_a_wrong_one_changes_nothing(cast: Cast, person: Person) -> None:
    for numbers in ({"phone": "12345"}, {"id_number": "110105194912310021"}):
        with pytest.raises(BadInput):
            changed(cast.office, person, **numbers)
    assert changed(cast.office, person, phone="").phone_index == ""
    assert Person.objects.get(pk=person.pk).id_number == ID_NUMBER


def test_a_manager_reaches_the_own_unit_alone_and_staff_nobody_but_themselves(
    cast: Cast, person: Person
) -> None:
    own = seat("manager", "管城", cast.urban, Role.MANAGER)
    other = seat("other", "管住", cast.housing, Role.MANAGER)
    today = clock.today()
    for actor in (own, cast.office, cast.urban_staff):
        assert reveal_personal(actor=actor, person_id=person.pk, today=today)[1].phone == PHONE
    for actor in (other, cast.housing_staff, cast.leader, cast.stranger):
        with pytest.raises(Hidden):
            reveal_personal(actor=actor, person_id=person.pk, today=today)


def test_the_profile_shows_masks_and_looking_is_recorded(cast: Cast, person: Person, client: Client) -> None:
    sign_in(client, cast.urban_staff)
    page = client.get("/profile/").content.decode()
    assert "138****5678" in page and "110***********002X" in page
    assert PHONE not in page and ID_NUMBER not in page
    shown = client.post(f"/people/{person.pk}/reveal")
    assert PHONE in shown.content.decode() and ID_NUMBER in shown.content.decode()
    assert shown.headers["Cache-Control"] == "no-store"
    assert done(person)[0] == "orgs.phone_shown"


def test_one_changes_the_own_phone_and_a_wrong_one_stays_in_the_form(
    cast: Cast, person: Person, client: Client
) -> None:
    sign_in(client, cast.urban_staff)
    with translation.override("en"):
        refused = client.post("/profile/phone", {"phone": "1381234"})
    assert refused.status_code == 422
    assert 'value="1381234"' in refused.content.decode()
    assert client.post("/profile/phone", {"phone": "0571-87654321"}).status_code == 302
    assert Person.objects.get(pk=person.pk).phone == "057187654321"


def test_people_are_found_by_the_whole_phone_and_shown_with_its_mask(
    cast: Cast, person: Person, client: Client
) -> None:
    sign_in(client, cast.office)
    for text in (PHONE, "138-1234-5678"):
        page = client.get("/people/", {"text": text}).content.decode()
        assert person.name in page and cast.housing_staff.name not in page
    assert person.name not in client.get("/people/", {"text": "13812345679"}).content.decode()
    page = client.get(f"/people/{person.pk}/").content.decode()
    assert "138****5678" in page and PHONE not in page
