"""Rows of the audit: one for a step, a header and touches for many, values of persons under their keys."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from cryptography.exceptions import InvalidTag
from django.db import connection
from pytest_django import DjangoAssertNumQueries, Settings

from chuangwen.kit import audit, audit_keys
from chuangwen.kit.models import AuditEntry, PersonKey
from chuangwen.orgs import actions
from chuangwen.orgs.rules import ContactKind
from chuangwen.orgs.testing import Cast, make_cast


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


def stored() -> str:
    """All that the table of entries holds, as text; bytes as hexadecimal."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM kit_auditentry")
        cells = [cell for row in cursor.fetchall() for cell in row]
    binary = (bytes, memoryview)
    return " ".join(
        bytes(cell).decode("latin-1") if isinstance(cell, binary) else str(cell) for cell in cells
    )


def test_bulk_work_has_one_header_and_a_touch_on_each_object(
    cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    before = AuditEntry.objects.count()
    header = audit.record_bulk(
        cast.office, "orgs.name_added", cast.city, [cast.urban, cast.housing], name="专班"
    )
    assert AuditEntry.objects.count() == before + 3
    assert audit.sentence(audit.history(cast.city)[0]) == "添加名称“专班”"
    with django_assert_num_queries(2):
        touch = audit.history(cast.urban)[0]
    assert (touch.header, touch.after, audit.by(touch)) == (header, {}, "林办")
    assert audit.sentence(touch) == "添加名称“专班”"


def test_a_history_costs_two_queries_for_any_number_of_rows(
    cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(30):
        audit.record([cast.office, cast.leader][number % 2], "orgs.name_added", cast.urban, name=str(number))
    with django_assert_num_queries(2):
        assert {audit.by(entry) for entry in audit.history(cast.urban, 30)} == {"林办", "高市"}


def test_names_addresses_and_personal_values_are_not_stored_in_the_clear(cast: Cast) -> None:
    actor = replace(cast.office, address="192.0.2.77")
    person = cast.urban_staff.person_id
    audit.record(actor, "orgs.person_seated", cast.urban, about=person, personal={"person": "程管"}, role="x")
    text = stored()
    assert "192.0.2.77" not in text
    assert "林办" not in text
    assert "程管" not in text
    entry = audit.history(cast.urban)[0]
    assert (audit.by(entry), entry.address) == ("林办", "192.0.2.77")
    assert entry.values == {"person": "程管", "role": "x"}


def test_erasing_a_person_takes_the_name_and_the_values_and_leaves_the_rows(cast: Cast) -> None:
    person = cast.urban_staff.person_id
    assert person is not None
    audit.record(cast.urban_staff, "orgs.name_added", cast.urban, name="市容局")
    audit.record(cast.office, "orgs.person_seated", cast.housing, about=person, personal={"person": "程管"})
    audit.erase(cast.administrator, person)
    assert audit.by(audit.history(cast.urban)[0]) == str(audit.ERASED)
    assert audit.history(cast.housing)[0].values == {}
    assert audit.by(audit.history(cast.housing)[0]) == "林办"
    assert audit.by(audit.history(PersonKey.objects.get(pk=person))[0]) == "管理"
    later = audit.record(cast.urban_staff, "orgs.name_added", cast.urban, name="城管")
    assert (later.who, audit.by(later)) == (None, str(audit.ERASED))


def test_a_box_opens_only_for_the_person_it_was_made_for(cast: Cast) -> None:
    first, second = 1, 2
    box = audit_keys.locked(first, {"name": "林办"})
    audit_keys.locked(second, {"name": "高市"})
    keys = audit_keys.keys_of([first, second])
    assert audit_keys.unlocked(keys, first, box) == {"name": "林办"}
    with pytest.raises(InvalidTag):
        audit_keys.unlocked(keys, second, box)


def test_without_the_key_file_a_history_opens_and_names_nobody(
    cast: Cast, settings: Settings, tmp_path: Path
) -> None:
    audit.record(cast.office, "orgs.name_added", cast.urban, name="市容局")
    settings.DATA_DIR = tmp_path
    entry = audit.history(cast.urban)[0]
    assert (audit.by(entry), audit.sentence(entry)) == (str(audit.ERASED), "添加名称“市容局”")


def test_the_list_of_what_can_be_done_holds_no_values(cast: Cast) -> None:
    assert dict(audit.actions())["orgs.name_added"] == "添加名称“…”"


def test_no_step_leaves_a_persons_name_in_the_clear(cast: Cast) -> None:
    """Of people with an account it is under their key; of those without one it is not there at all."""
    assert cast.urban_staff.seat is not None and cast.housing_staff.person is not None
    day = date(2026, 3, 2)
    until = date(2026, 3, 9)
    actions.name_deputy(
        actor=cast.office,
        seat_id=cast.urban_staff.seat.pk,
        person=cast.housing_staff.person,
        starts_on=day,
        ends_on=until,
    )
    contact = actions.add_contact(
        actor=cast.office, unit_id=cast.urban.pk, kind=ContactKind.FOCAL_EXPERT, name="明小白"
    )
    actions.change_contact(
        actor=cast.office, contact_id=contact.pk, version=1, name="明大白", starts_on=day, ends_on=None
    )
    actions.add_post(actor=cast.office, unit_id=cast.urban.pk, title="分管副局长", holder_name="顾言")
    told = [audit.sentence(entry) for entry in audit.history(cast.urban)[:4]]
    assert told == [
        "录入职务“分管副局长”",
        "变更联系人：明白人",
        "添加联系人：明白人",
        "指定朱建代理“单位联络员”席位，至 2026-03-09",
    ]
    text = stored()
    assert not [name for name in ("朱建", "程管", "明小白", "明大白", "顾言") if name in text]


def test_rows_from_before_with_names_in_the_clear_stay_readable(cast: Cast) -> None:
    old: dict[str, Any] = {"role": "unit_staff", "on": "2026-03-02", "until": "2026-03-09"}
    audit.record(cast.office, "orgs.deputy_named", cast.urban, **old, person="朱建", holder="程管")
    audit.record(cast.office, "orgs.contact_added", cast.urban, kind="lead_office", name="某处")
    told = [audit.sentence(entry) for entry in audit.history(cast.urban)[:2]]
    assert told == ["添加联系人：牵头处室", "指定朱建代理“单位联络员”席位，至 2026-03-09"]
