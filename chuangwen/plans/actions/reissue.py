"""A changed document for a plan in force."""

from __future__ import annotations

from typing import Any


def reissue(**k: Any) -> Any:
    raise NotImplementedError
