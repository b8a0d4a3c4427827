"""Filed material as pages show it, and as a package."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from chuangwen.cores import photos
from chuangwen.cores.errors import BadInput, Hidden
from chuangwen.kit import files
from chuangwen.orgs.actors import Actor
from chuangwen.standards.queries import tree
from chuangwen.standards.rules.tree import NodeRow

from .. import access
from ..models import Filing, FilingFile, Round
from ..rules.filings import Doubt, FileFacts, doubts
from ..rules.states import FilingState

ORDER = [FilingState.FILED, FilingState.RETURNED, FilingState.ASKED, FilingState.ACCEPTED]
_PLAIN = re.compile(r'[\\/:*?"<>|\s]+')


@dataclass(frozen=True)
class FilingLine:
    filing: Filing
    standard: NodeRow | None


def filing_lines(actor: Actor, found: Round, now: datetime) -> list[FilingLine]:
    """Those of the round that the actor may see: what somebody waits for first, then by standard."""
    system = tree(found.system_version_id)
    place = {one.key: at for at, one in enumerate(system.nodes)}
    nodes = {one.key: one for one in system.nodes}
    rows = access.visible_filings(actor, now).filter(round=found).select_related("unit", "for_unit__unit")
    ordered = sorted(
        rows,
        key=lambda one: (ORDER.index(FilingState(one.state)), place.get(one.node, 0), one.for_unit.unit.path),
    )
    return [FilingLine(one, nodes.get(one.node)) for one in ordered]


def standard_of(filing: Filing) -> NodeRow | None:
    nodes = tree(filing.round.system_version_id).nodes
    return next((one for one in nodes if one.key == filing.node), None)


def doubts_of(filing: Filing) -> list[Doubt]:
    """What would probably be sent back; the period that counts is that year, up to the round's last day."""
    facts = []
    for one in filing.files.all():
        try:
            data = files.read(one.sha256)
        except FileNotFoundError:
            facts.append(FileFacts(one.name, one.caption, 0))
            continue
        try:
            photo = photos.checked(data)
            pixels = photo.width * photo.height
        except BadInput:
            pixels = 0
        facts.append(FileFacts(one.name, one.caption, len(data), pixels))
    first = filing.round.first_day.replace(month=1, day=1)
    return doubts(filing.conclusion, filing.statement, facts, first, filing.round.last_day)


def package(actor: Actor, found: Round, now: datetime) -> bytes:
    """All material of the round that the actor may see, as a ZIP: a folder for each standard and unit, with
    the statement as a text and the files; the same bytes for the same filings.
    """
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for line in filing_lines(actor, found, now):
            filing = line.filing
            title = f"{line.standard.number} {line.standard.title}" if line.standard else filing.node
            folder = f"{_plain(title)}/{_plain(filing.for_unit.unit.name)}"
            if filing.unit_id != filing.for_unit.unit_id:
                folder += f" {_plain(filing.unit.name)}"
            words = [title, filing.unit.name, "", filing.conclusion, "", filing.statement, ""]
            rows = list(filing.files.order_by("pk"))
            words += [f"{at}. {one.name} {one.caption}" for at, one in enumerate(rows, 1)]
            _put(archive, f"{folder}/说明.txt", "\r\n".join(words).encode("utf-8-sig"))
            for at, one in enumerate(rows, 1):
                _put(archive, f"{folder}/{at:02} {_plain(one.name)}", files.read(one.sha256))
    return out.getvalue()


def _put(archive: zipfile.ZipFile, name: str, data: bytes) -> None:
    archive.writestr(zipfile.ZipInfo(name, (2020, 1, 1, 0, 0, 0)), data, zipfile.ZIP_DEFLATED)


def _plain(name: str) -> str:
    return _PLAIN.sub(" ", name).strip(" .")[:80] or "_"


def titles_of(actor: Actor, ids: Collection[int], now: datetime) -> dict[int, str]:
    """Names of standards, for the desk."""
    found = {}
    for one in access.visible_filings(actor, now).filter(pk__in=ids).select_related("round"):
        standard = standard_of(one)
        found[one.pk] = f"{one.round.name} · {standard.title if standard else one.node}"
    return found


def filing_file(filing: Filing, file_id: int) -> FilingFile:
    """Raises Hidden."""
    found = filing.files.filter(pk=file_id).first()
    if found is None:
        raise Hidden
    return found
