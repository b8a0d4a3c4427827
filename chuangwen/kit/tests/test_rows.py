"""Rows out of the database and in again."""

from io import BytesIO

import pytest

from chuangwen.kit import rows
from chuangwen.kit.models import PersonKey


def test_more_rows_than_are_written_at_once_all_come_back(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rows, "BATCH", 3)
    PersonKey.objects.bulk_create(PersonKey(person_id=number) for number in range(10))
    file = BytesIO()
    assert rows.write_rows(PersonKey, file) == 10
    rows.remove_rows([PersonKey])
    rows.read_rows(PersonKey, file.getvalue().splitlines())
    assert sorted(PersonKey.objects.values_list("person_id", flat=True)) == list(range(10))
