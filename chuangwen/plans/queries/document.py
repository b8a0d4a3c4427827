"""The document's text cut into segments by what was read from it, for marking on the page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from chuangwen.cores.errors import Hidden
from chuangwen.orgs.actors import Actor

from .. import access
from ..models import Document, PlanVersion, Subject

KINDS = {
    Subject.PROGRAM: "title",
    Subject.TASK: "row",
    Subject.INDICATOR: "target",
    Subject.TARGET: "target",
}


@dataclass(frozen=True)
class Segment:
    """A stretch of the text in which the same marks hold.

    `kind` is that of the innermost, "" where nothing was read; `refs` name all marks, the innermost first.
    """

    start: int
    text: str
    kind: str
    refs: tuple[str, ...]


@dataclass(frozen=True)
class Mark:
    start: int
    end: int
    kind: str
    ref: str


@dataclass(frozen=True)
class DocumentPage:
    """`keys` holds the stable key of each program, task and indicator by its ref ("task-12" → "T3")."""

    version: PlanVersion
    document: Document
    segments: list[Segment]
    keys: dict[str, str]


def document_page(actor: Actor, version_id: int, document_id: int | None = None) -> DocumentPage:
    """A document that a version cites, with its marks; without `document_id` the version's own.

    After a re-issue, what was not taken over still cites the document before. Raises Hidden.
    """
    version = access.one_version(actor, version_id)
    document = access.one_document(actor, document_id or version.document_id or 0)
    if document.pk != version.document_id and not version.citations.filter(document=document).exists():
        raise Hidden
    return DocumentPage(version, document, segments(document.text, marks(version, document)), _keys(version))


def document(actor: Actor, document_id: int) -> Document:
    """Raises Hidden."""
    return access.one_document(actor, document_id)


def _keys(version: PlanVersion) -> dict[str, str]:
    rows = {
        Subject.PROGRAM: version.program_rows.values_list("pk", "key"),
        Subject.TASK: version.taskversion_rows.values_list("pk", "task__key"),
        Subject.INDICATOR: version.indicatorversion_rows.values_list("pk", "indicator__key"),
    }
    return {f"{subject}-{number}": key for subject, found in rows.items() for number, key in found}


def marks(version: PlanVersion, document: Document | None) -> list[Mark]:
    """What was read from a document; of the version's own also what is doubted and was left out.

    Two queries.
    """
    cited = version.citations.filter(document=document)
    found = [
        Mark(c.start, c.end, KINDS.get(Subject(c.subject), c.subject), f"{c.subject}-{c.row_id}")
        for c in cited
    ]
    if document is None or document.pk != version.document_id:
        return found
    found += [
        Mark(doubt.start, doubt.end, "doubt", f"doubt-{doubt.pk}")
        for doubt in version.doubts.all()
        if not doubt.answer
    ]
    found += [Mark(int(piece["start"]), int(piece["end"]), "left_out", "") for piece in version.left_out]
    return found


def segments(text: str, found: Iterable[Mark]) -> list[Segment]:
    """Cut `text` at every edge of a mark: consecutive, not overlapping, covering the whole text."""
    inside = [mark for mark in found if 0 <= mark.start < mark.end <= len(text)]
    begins = sorted(inside, key=lambda mark: mark.start)
    edges = sorted({0, len(text), *(mark.start for mark in inside), *(mark.end for mark in inside)})
    active: list[Mark] = []
    cut: list[Segment] = []
    at = 0
    for start, end in pairwise(edges):
        active = [mark for mark in active if mark.end > start]
        while at < len(begins) and begins[at].start <= start:
            active.append(begins[at])
            at += 1
        here = sorted(active, key=_inner)
        kind = here[0].kind if here else ""
        refs = tuple(dict.fromkeys(mark.ref for mark in here if mark.ref))
        cut.append(Segment(start, text[start:end], kind, refs))
    return cut


def _inner(mark: Mark) -> tuple[int, bool, str]:
    """The shortest mark is the innermost; of two alike a doubt is."""
    return (mark.end - mark.start, mark.kind != "doubt", mark.ref)
