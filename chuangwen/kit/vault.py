"""Text that the database never sees plain: keys in a directory of their own, AES-GCM, an index for search.

Stored text reads `v2:…`: the number of its key, then nonce and ciphertext in base64. It is tied to its
column, so that it cannot be moved to another one. An empty text stays empty.
"""

import base64
import hmac
import os
from functools import cache
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.db import models

from .secret import secret_key

NONCE_BYTES = 12
RETIRED = "retired"


class KeyMissing(Exception):
    """The key that a text was encrypted with is not here, or another one stands under its number."""


def key_numbers() -> list[int]:
    """Numbers of the keys in use, the newest last: it encrypts. Made now if there is none."""
    if not (numbers := _numbers_in(_directory())):
        add_key(1)
        numbers = _numbers_in(_directory())
    return numbers


def retired_numbers() -> list[int]:
    """Keys that encrypt nothing any more; kept for what an older backup brings back."""
    return _numbers_in(_directory() / RETIRED)


def add_key(number: int) -> None:
    """Make the key `number` unless it is there."""
    _directory().mkdir(mode=0o700, parents=True, exist_ok=True)
    secret_key(_directory() / f"{number}.key")


def retire_key(number: int) -> None:
    (_directory() / RETIRED).mkdir(mode=0o700, exist_ok=True)
    os.replace(_directory() / f"{number}.key", _directory() / RETIRED / f"{number}.key")


def encrypt(text: str, context: str) -> str:
    """`text` under the newest key, readable only with the same `context` (such as "orgs.person.phone")."""
    if not text:
        return ""
    number = key_numbers()[-1]
    nonce = os.urandom(NONCE_BYTES)
    sealed = AESGCM(_derived(number, b"text")).encrypt(nonce, text.encode(), context.encode())
    return f"v{number}:{base64.urlsafe_b64encode(nonce + sealed).decode()}"


def decrypt(stored: str, context: str) -> str:
    """What `encrypt` was given. Raises KeyMissing; also for a text that was damaged or moved."""
    if not stored:
        return ""
    head, _colon, body = stored.partition(":")
    number, data = int(head.removeprefix("v")), base64.urlsafe_b64decode(body)
    try:
        plain = AESGCM(_derived(number, b"text")).decrypt(
            data[:NONCE_BYTES], data[NONCE_BYTES:], context.encode()
        )
    except InvalidTag as error:
        raise KeyMissing(f"The key {number} in {_directory()} does not open a text of {context}.") from error
    return plain.decode()


def blind_index(value: str, number: int | None = None) -> str:
    """A keyed hash for exact search, which tells nothing without the key; `number` None is the newest key."""
    if not value:
        return ""
    number = number or key_numbers()[-1]
    return f"v{number}:{hmac.digest(_derived(number, b'index'), value.encode(), 'sha256').hex()}"


def blind_indexes(value: str) -> list[str]:
    """Under each key in use, so that a search also finds what a rotation has not reached: `column__in=…`."""
    return [blind_index(value, number) for number in key_numbers()]


class EncryptedText(models.TextField[str, str]):
    """Plain in Python, encrypted in the database. Found by its BlindIndex alone: it takes no lookups."""

    def context(self) -> str:
        return f"{self.model._meta.label_lower}.{self.name}"

    def from_db_value(self, value: str | None, expression: object, connection: object) -> str | None:
        return None if value is None else decrypt(value, self.context())

    def get_db_prep_save(self, value: Any, connection: Any) -> Any:
        if value is None or hasattr(value, "as_sql"):
            return value
        return encrypt(value, self.context())

    def get_lookup(self, lookup_name: str) -> Any:
        if lookup_name != "isnull":
            raise TypeError(f"{self.name} is encrypted: search its BlindIndex.")
        return super().get_lookup(lookup_name)


class BlindIndex(models.CharField[str, str]):
    """The index of the encrypted field `of` in the same row, kept in step by each `save`."""

    def __init__(self, *args: Any, of: str, **options: Any) -> None:
        self.of = of
        options |= {"max_length": 80, "blank": True, "default": "", "editable": False, "db_index": True}
        super().__init__(*args, **options)

    def deconstruct(self) -> Any:
        name, path, args, options = super().deconstruct()
        for fixed in ("max_length", "blank", "default", "editable", "db_index"):
            options.pop(fixed, None)
        return name, path, args, options | {"of": self.of}

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        index = blind_index(getattr(model_instance, self.of))
        setattr(model_instance, self.attname, index)
        return index


def _directory() -> Path:
    return Path(settings.KEYS_DIR)


def _numbers_in(directory: Path) -> list[int]:
    return sorted(int(path.stem) for path in directory.glob("*.key"))


def _derived(number: int, purpose: bytes) -> bytes:
    for path in (_directory() / f"{number}.key", _directory() / RETIRED / f"{number}.key"):
        if path.exists():
            return _derive(path.read_text(), purpose)
    raise KeyMissing(f"The key {number} is not in {_directory()}.")


@cache
def _derive(key: str, purpose: bytes) -> bytes:
    return HKDF(hashes.SHA256(), 32, salt=None, info=purpose).derive(key.encode())
