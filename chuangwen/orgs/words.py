"""Words of orgs for upper rooms, which do not reach its tables."""

from django.utils.functional import Promise

from .models import UNIT_KINDS


def unit_kind(kind: str) -> str | Promise:
    """What a kind of unit is called; the code itself for one that there no longer is."""
    return {str(code): word for code, word in UNIT_KINDS.items()}.get(kind, kind)
