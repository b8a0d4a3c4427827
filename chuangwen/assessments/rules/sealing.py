"""The seed of a draw under seal: who knows the passphrase opens it, and nobody else, not with the database.

Sealed text: `scrypt-aesgcm-1$N$salt$nonce$ciphertext`, the last three in base64 (URL alphabet). The key of 32
bytes is scrypt (RFC 7914; N = 2^15, r = 8, p = 1) of the passphrase in UTF-8, NFKC; AES-256-GCM binds the
public hash of the seed, so that a sealed seed cannot be put under another draw.
"""

from __future__ import annotations

import os
import unicodedata
from base64 import urlsafe_b64decode, urlsafe_b64encode

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from chuangwen.cores.errors import BadInput
from chuangwen.cores.scoring.draw import commitment

FORMAT = "scrypt-aesgcm-1"
COST = 2**15
LEAST = 12  # signs of a passphrase


def seal(seed: str, passphrase: str, *, cost: int = COST) -> str:
    """Raises BadInput for a passphrase that is too short."""
    if len(passphrase.strip()) < LEAST:
        raise BadInput("assessments.passphrase_short", least=LEAST)
    salt, nonce = os.urandom(16), os.urandom(12)
    key = _key(passphrase, salt, cost)
    closed = AESGCM(key).encrypt(nonce, seed.encode(), commitment(seed).encode())
    return "$".join(
        (FORMAT, str(cost), *(urlsafe_b64encode(part).decode() for part in (salt, nonce, closed)))
    )


def unseal(sealed: str, passphrase: str, seed_sha256: str) -> str:
    """The seed. Raises BadInput for another passphrase, or for a seal that was changed."""
    try:
        name, cost, *parts = sealed.split("$")
        salt, nonce, closed = map(urlsafe_b64decode, parts)
        if name != FORMAT:
            raise ValueError(name)
        key = _key(passphrase, salt, int(cost))
        return AESGCM(key).decrypt(nonce, closed, seed_sha256.encode()).decode()
    except (InvalidTag, ValueError):
        raise BadInput("assessments.passphrase_wrong") from None


def _key(passphrase: str, salt: bytes, cost: int) -> bytes:
    words = unicodedata.normalize("NFKC", passphrase.strip()).encode()
    return Scrypt(salt=salt, length=32, n=cost, r=8, p=1).derive(words)
