import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Any, ClassVar

import pytest
from django.db import connection, models
from pytest_django import Settings

from chuangwen.kit import rotation, vault
from chuangwen.kit.vault import BlindIndex, EncryptedText

PHONE, OTHER = "13812345678", "13987654321"
WHERE = "kit.note.phone"


class Note(models.Model):
    phone = EncryptedText(blank=True, default="")
    phone_index = BlindIndex(of="phone")
    objects: ClassVar[models.Manager["Note"]] = models.Manager()

    class Meta:
        app_label = "vault_test"  # installed nowhere: only this module knows the table
        db_table = "kit_note"

    def __str__(self) -> str:
        return "note"


@pytest.fixture(autouse=True)
def keys(settings: Settings, tmp_path: Path) -> Path:
    settings.KEYS_DIR = tmp_path / "keys"
    return tmp_path / "keys"


@pytest.fixture
def notes(db: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A table of its own for the model of this test, and no other tables to rotate."""
    columns = [rotation.Column(Note, Note._meta.get_field("phone"), "phone_index")]
    monkeypatch.setattr(rotation, "columns", lambda: iter(columns))
    with connection.cursor() as cursor:
        kind = "integer PRIMARY KEY" if connection.vendor == "sqlite" else "bigserial PRIMARY KEY"
        cursor.execute(f"CREATE TABLE kit_note (id {kind}, phone text, phone_index varchar(80))")
    yield
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE kit_note")


def stored() -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT phone, phone_index FROM kit_note ORDER BY id")
        return list(cursor.fetchall())


def found(phone: str) -> int:
    return Note.objects.filter(phone_index__in=vault.blind_indexes(phone)).count()


def test_a_text_comes_back_and_is_never_the_same_twice() -> None:
    one, other = vault.encrypt(PHONE, WHERE), vault.encrypt(PHONE, WHERE)
    assert one != other
    assert one.startswith("v1:") and PHONE not in one
    assert vault.decrypt(one, WHERE) == vault.decrypt(other, WHERE) == PHONE
    assert vault.encrypt("", WHERE) == vault.decrypt("", WHERE) == vault.blind_index("") == ""


def test_the_key_is_made_once_and_read_by_nobody_else(keys: Path) -> None:
    assert vault.key_numbers() == vault.key_numbers() == [1]
    assert stat.S_IMODE((keys / "1.key").stat().st_mode) == 0o600
    assert stat.S_IMODE(keys.stat().st_mode) == 0o700


def test_a_text_moved_to_another_column_or_under_another_key_does_not_open(keys: Path) -> None:
    sealed = vault.encrypt(PHONE, WHERE)
    with pytest.raises(vault.KeyMissing):
        vault.decrypt(sealed, "kit.note.id_number")
    (keys / "1.key").unlink()
    with pytest.raises(vault.KeyMissing, match="is not in"):
        vault.decrypt(sealed, WHERE)
    vault.add_key(1)
    with pytest.raises(vault.KeyMissing, match="does not open"):
        vault.decrypt(sealed, WHERE)


def test_the_database_holds_no_plain_text_and_finds_by_the_index(notes: None) -> None:
    Note(phone=PHONE).save()
    Note(phone="").save()
    (text, index), empty = stored()
    assert PHONE not in text and PHONE not in index
    assert empty == ("", "")
    assert Note.objects.get(pk=1).phone == PHONE
    assert (found(PHONE), found(OTHER)) == (1, 0)
    Note.objects.filter(pk=1).update(phone=OTHER)
    assert OTHER not in stored()[0][0]
    with pytest.raises(TypeError, match="BlindIndex"):
        Note.objects.filter(phone=PHONE).exists()


def test_rotation_renews_every_text_and_index_and_retires_the_key(notes: None) -> None:
    for number in range(450):
        Note(phone=f"138{number:08}").save()
    assert rotation.rotate() == 450
    assert all(text.startswith("v2:") and index.startswith("v2:") for text, index in stored())
    assert (vault.key_numbers(), vault.retired_numbers()) == ([2], [1])
    assert found("13800000449") == 1
    assert Note.objects.get(pk=450).phone == "13800000449"


def test_an_interrupted_rotation_finds_everything_and_is_taken_up_again(
    notes: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(5):
        Note(phone=f"138{number:08}").save()
    monkeypatch.setattr(rotation, "BATCH", 2)
    decrypt, left = vault.decrypt, iter(range(3))

    def cut(stored: str, context: str) -> str:
        if next(left, None) is None:
            raise KeyboardInterrupt
        return decrypt(stored, context)

    monkeypatch.setattr(vault, "decrypt", cut)
    with pytest.raises(KeyboardInterrupt):
        rotation.rotate()
    monkeypatch.setattr(vault, "decrypt", decrypt)
    assert vault.key_numbers() == [1, 2]
    assert [found(f"138{number:08}") for number in range(5)] == [1] * 5
    assert rotation.rotate() == 3
    assert vault.key_numbers() == [2]
    assert [note.phone for note in Note.objects.order_by("pk")] == [f"138{n:08}" for n in range(5)]
