"""Keeps chuangwen/locale/zh_Hans in step with the source: every message is there and translated, none idle.

python scripts/catalogue.py            say what is missing; exit code 1 if anything is
python scripts/catalogue.py --update   add new messages (untranslated), drop those that are gone
"""

import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import django
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation.template import templatize

ROOT = Path(__file__).parents[1]
CATALOGUE = ROOT / "chuangwen/locale/zh_Hans/LC_MESSAGES/django.po"
KEYWORDS = {
    **dict.fromkeys(["_", "gettext", "gettext_lazy", "gettext_noop"], None),
    **dict.fromkeys(["ngettext", "ngettext_lazy"], (1, 2)),
    **dict.fromkeys(["pgettext", "pgettext_lazy"], ((1, "c"), 2)),
    **dict.fromkeys(["npgettext", "npgettext_lazy"], ((1, "c"), 2, 3)),
}


def sources() -> Iterator[tuple[Path, bytes]]:
    """Each source file with the Python text to look for messages in."""
    for path in sorted((ROOT / "chuangwen").rglob("*.py")):
        if "tests" not in path.parts and "migrations" not in path.parts:
            yield path, path.read_bytes()
    for path in sorted((ROOT / "chuangwen").rglob("templates/**/*.*")):
        if path.suffix in (".html", ".txt"):
            lines = templatize(path.read_text()).splitlines()
            yield path, "\n".join(line.lstrip() for line in lines).encode()


def found() -> Catalog:
    catalogue = Catalog(locale="zh_Hans")
    for path, text in sources():
        name = path.relative_to(ROOT).as_posix()
        for _line, message, _comments, context in extract("python", BytesIO(text), KEYWORDS):
            catalogue.add(message, locations=[(name, 0)], context=context)
    return catalogue


def kept() -> Catalog:
    if not CATALOGUE.exists():
        return Catalog(locale="zh_Hans")
    with CATALOGUE.open("rb") as file:
        return read_po(file, locale="zh_Hans")


def key(message: Message) -> tuple[str | None, str]:
    return message.context, message.id if isinstance(message.id, str) else message.id[0]


def complaints(source: Catalog, catalogue: Catalog) -> list[str]:
    there = {key(message): message for message in catalogue if message.id}
    wanted = {key(message): message for message in source if message.id}
    lines = []
    for identity, message in wanted.items():
        place = message.locations[0][0]
        translated = there.get(identity)
        if translated is None:
            lines.append(f"{place}: not in the catalogue: {identity[1]!r}")
        elif translated.fuzzy or not all(strings(translated)):
            lines.append(f"{place}: not translated: {identity[1]!r}")
        else:
            lines += [f"{place}: {error}: {identity[1]!r}" for error in translated.check(catalogue)]
    lines += [f"no source uses {identity[1]!r}" for identity in there.keys() - wanted.keys()]
    return lines


def strings(message: Message) -> list[str]:
    """The translation, one for each plural form."""
    return [message.string] if isinstance(message.string, str) else list(message.string or [""])


def main() -> int:
    # Templates are parsed with no more of Django than its settings object.
    settings.configure(USE_I18N=True)
    django.setup()
    source, catalogue = found(), kept()
    if "--update" in sys.argv:
        catalogue.update(source, no_fuzzy_matching=True)
        catalogue.obsolete.clear()
        CATALOGUE.parent.mkdir(parents=True, exist_ok=True)
        with CATALOGUE.open("wb") as file:
            write_po(file, catalogue, width=100, sort_output=True, include_lineno=False)
    lines = complaints(source, catalogue)
    print("\n".join(lines), end="\n" if lines else "")
    return 1 if lines else 0


if __name__ == "__main__":
    sys.exit(main())
