"""Scores and what comes after in words: what was done, why something was refused, why a score is withheld."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from chuangwen.kit.http import Words

ACTIONS: dict[str, str | Promise] = {
    "assessments.round_scored": _("Scored “%(name)s”: %(groups)s scores"),
}

KINDS: dict[str, str | Promise] = {
    "assessments.round": _("Assessment round"),
}

_SAFE = _("Nothing was changed. What was saved before is safe.")
_AGAIN = _("Go back, correct the entry and send it again.")


def _refused(happened: Promise, after: Promise = _AGAIN) -> Words:
    return Words(happened, _SAFE, after)


REFUSED: dict[str, Words] = {
    "assessments.not_scored_now": _refused(
        _("A round is scored from its first marks until it is locked"),
        _("Open the page of the round to see where it stands."),
    ),
    "assessments.not_inputs": _refused(_("This is not the file of a round")),
}

WITHHELD: dict[str, str | Promise] = {
    "nothing": _("nothing was marked"),
    "missing_method": _("a method has no result yet"),
    "coverage": _("too little was covered"),
    "filings_open": _("filed material waits for its verdict"),
}
