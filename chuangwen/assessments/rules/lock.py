"""What a lock holds, as bytes that are the same for the same round; and what differs between two of them."""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Iterator, Mapping
from typing import Any

from chuangwen.cores.errors import BadInput

from .inputs import Inputs, canonical
from .scores import results

FORMAT = "chuangwen-round-lock-1"
MOST_SHOWN = 20


def document(about: Mapping[str, Any], inputs: Inputs, code: str) -> dict[str, Any]:
    """`about`: round, rules, draw, units, marks and objections, as plain JSON."""
    return {
        "format": FORMAT,
        "code": code,
        **about,
        "inputs": inputs.data(),
        "result": [one.data() for one in results(inputs, threads=1)],
    }


def sha256(found: Mapping[str, Any]) -> str:
    return hashlib.sha256(canonical(found).encode()).hexdigest()


def packed(found: Mapping[str, Any]) -> bytes:
    """As it is kept: canonical JSON, compressed; the same bytes for the same document."""
    return gzip.compress(canonical(found).encode(), mtime=0)


def unpacked(data: bytes) -> dict[str, Any]:
    """Raises BadInput `assessments.not_a_lock`."""
    try:
        found = json.loads(gzip.decompress(data))
    except (OSError, ValueError, EOFError):
        raise BadInput("assessments.not_a_lock") from None
    if not isinstance(found, dict) or found.get("format") != FORMAT:
        raise BadInput("assessments.not_a_lock")
    return found


def differences(kept: Any, found: Any, place: str = "") -> Iterator[tuple[str, Any, Any]]:
    """Places that differ, with what was kept and what is there now."""
    if isinstance(kept, dict) and isinstance(found, dict):
        for key in sorted({*kept, *found}):
            yield from differences(kept.get(key), found.get(key), f"{place}/{key}")
    elif isinstance(kept, list) and isinstance(found, list):
        for at in range(max(len(kept), len(found))):
            one = kept[at] if at < len(kept) else None
            other = found[at] if at < len(found) else None
            yield from differences(one, other, f"{place}/{_name(one, other, at)}")
    elif kept != found:
        yield place, kept, found


def _name(one: Any, other: Any, at: int) -> str:
    for row in (one, other):
        if isinstance(row, dict):
            for key in ("key", "group", "unit"):
                if key in row:
                    return str(row[key])
    return str(at + 1)
