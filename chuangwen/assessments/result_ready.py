"""What apps.py says for scores and what comes after them."""

from __future__ import annotations


def result_ready() -> None:
    from chuangwen.desk import registry
    from chuangwen.kit import audit, http

    from . import desk_kinds, result_wording, wording
    from . import jobs as jobs

    audit.words(result_wording.ACTIONS)
    audit.kinds(result_wording.KINDS)
    audit.terms("method", wording.METHODS)
    http.word_codes(result_wording.REFUSED)
    for kind in desk_kinds.KINDS:
        registry.register(kind)
