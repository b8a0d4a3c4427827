"""Keys of the audit: one file outside the database, and under it a key for each person.

To destroy a person's key makes what the audit says of that person unreadable for ever; the chain, which is
over the encrypted bytes, stays whole.
"""

import hmac
import json
import os
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder

from .models import PersonKey
from .secret import secret_key

NONCE_BYTES = 12


def derived(purpose: str) -> bytes:
    """32 bytes for one purpose, from `audit.key` in the data directory, which is made on first need."""
    master = secret_key(Path(settings.DATA_DIR) / "audit.key")
    return hmac.digest(master.encode(), purpose.encode(), "sha256")


def new_wrapped_key() -> bytes:
    return _encrypt(derived("persons"), AESGCM.generate_key(256), b"")


def key_of(person_id: int) -> bytes | None:
    """The person's key, made on first need; None once it was destroyed."""
    row, _made = PersonKey.objects.get_or_create(person_id=person_id, defaults={"wrapped": new_wrapped_key})
    return unwrapped(row.wrapped) if row.wrapped else None


def keys_of(person_ids: Iterable[int]) -> dict[int, bytes]:
    """Keys by person, without those that were destroyed, or wrapped by another `audit.key`. One query."""
    rows = PersonKey.objects.filter(person_id__in=set(person_ids), wrapped__isnull=False)
    keys = {}
    for row in rows:
        with suppress(InvalidTag):
            keys[row.person_id] = unwrapped(row.wrapped or b"")
    return keys


def locked(person_id: int | None, values: Mapping[str, Any]) -> bytes | None:
    """`values` encrypted for the person; None without a person or after its key was destroyed."""
    key = key_of(person_id) if person_id is not None else None
    return locked_by(key, person_id, values) if key else None


def locked_by(key: bytes, person_id: int | None, values: Mapping[str, Any]) -> bytes:
    return _encrypt(key, json.dumps(values, cls=DjangoJSONEncoder).encode(), str(person_id).encode())


def unlocked(
    keys: Mapping[int, bytes], person_id: int | None, box: bytes | memoryview | None
) -> dict[str, Any]:
    """What is in `box`; empty where there is none, or no key any more."""
    key = keys.get(person_id) if person_id is not None else None
    if key is None or box is None:
        return {}
    values: dict[str, Any] = json.loads(_decrypt(key, bytes(box), str(person_id).encode()))
    return values


def unwrapped(wrapped: bytes | memoryview) -> bytes:
    return _decrypt(derived("persons"), bytes(wrapped), b"")


def _encrypt(key: bytes, text: bytes, bound_to: bytes) -> bytes:
    nonce = os.urandom(NONCE_BYTES)
    return nonce + AESGCM(key).encrypt(nonce, text, bound_to)


def _decrypt(key: bytes, box: bytes, bound_to: bytes) -> bytes:
    return AESGCM(key).decrypt(box[:NONCE_BYTES], box[NONCE_BYTES:], bound_to)
