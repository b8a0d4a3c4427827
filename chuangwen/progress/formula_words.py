"""What a formula says in the words of the page, and why a computed value is missing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from chuangwen.cores.formulas import Reference, in_words, parse, references
from chuangwen.kit import sources

PARTS: dict[str, str | Promise] = {
    "open": "(",
    "close": ")",
    "negative": "−",
    "plus": " + ",
    "minus": " − ",
    "times": " × ",
    "divided": " ÷ ",
    "share.open": _("share of "),
    "share.and": _(" in "),
    "share.close": "",
    "change.open": _("change of "),
    "change.and": _(" against "),
    "change.close": "",
    "min.open": _("the least of "),
    "max.open": _("the greatest of "),
    "mean.open": _("the mean of "),
    "sum.open": _("the sum of "),
    "sum_known.open": _("the sum, of those reported, of "),
    "previous.open": _("the period before of "),
    "year_before.open": _("the year before of "),
}
MISSING = {
    "progress.no_such_indicator": _("the plan has no such indicator"),
    "progress.no_such_source": _("the source is not there any more"),
    "progress.not_reported": _("an input has not been reported"),
    "progress.too_large": _("the result is too large to be kept"),
    "formulas.input_missing": _("an input is missing"),
    "formulas.too_many_digits": _("the result has too many digits"),
    "formulas.divided_by_zero": _("what it is divided by is nothing"),
    "formulas.base_missing": _("the base is missing"),
    "formulas.base_zero": _("the base is nothing"),
    "formulas.none_known": _("none of the inputs is known"),
}
_LIST = {"min", "max", "mean", "sum", "sum_known"}


def formula_words(formula: str, names: Mapping[str, str]) -> str:
    """A stored formula with the names of its indicators (by key) and sources."""
    expression = parse(formula)
    named = {reference: name_of(reference.name, names) for reference in references(expression)}
    named |= {Reference(one.name, one.subject): name for one, name in named.items()}
    return "".join(_piece(code, text) for code, text in in_words(expression, named))


def name_of(code: str, names: Mapping[str, str]) -> str:
    """What an input is called: the name of an indicator, the title of a source."""
    known: Iterable[str] = (names.get(code, ""), *_titles(code))
    return next((name for name in known if name), code)


def why_missing(text: str) -> str:
    """Why there is no value: what a person wrote, or the code of a computation in words."""
    if text in MISSING:
        return str(MISSING[text])
    return str(_("its source has no number")) if "." in text and text.isascii() else text


def _titles(code: str) -> list[str]:
    return [str(one.title) for one in sources.sources() if one.code == code]


def _piece(code: str, text: str) -> str:
    if code in {"name", "number"}:
        return text
    function, _dot, place = code.partition(".")
    if function in _LIST and place == "and":
        return "、"
    return str(PARTS.get(code, ""))
