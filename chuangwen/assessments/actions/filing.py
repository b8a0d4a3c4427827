"""Material review: asked once of its unit, filed, reviewed, sent back or accepted with marks."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from chuangwen.cores.errors import BadInput, NotAllowedNow
from chuangwen.cores.scoring.kinds import parse_mark
from chuangwen.desk import actions as desk
from chuangwen.kit import audit, files, papers
from chuangwen.kit.locking import check_current, save_if_current
from chuangwen.orgs.access import visible_units
from chuangwen.orgs.actors import Actor, system_actor
from chuangwen.standards.queries import tree
from chuangwen.standards.rules.tree import ItemRow, Tree

from .. import access, result_access
from ..models import Filing, FilingFile, Round
from ..rules.asked import FILING
from ..rules.proofs import MOST_FILES, checked
from ..rules.states import FILING as MOVES
from ..rules.states import FilingState, RoundState, next_state
from .told import tell

OPEN = (RoundState.PLANNED, RoundState.DRAWN, RoundState.MARKING, RoundState.REPLYING)
MOST_STATEMENT = 20_000


@transaction.atomic
def ask_for_filings(*, actor: Actor, round_id: int, now: datetime, due_at: datetime | None = None) -> int:
    """Ask for what is filed for each standard that is reviewed by its material; how many are new.

    Asked is a responsible unit of the standard that lies in the appraised unit, else the appraised unit
    itself. A filing begins with what the same unit filed last for the same standard. Safe to run twice.

    Raises Hidden, Denied; NotAllowedNow while the round is secret, or closed.
    """
    found = access.round_for_change(actor, round_id, now)
    _require_open(found)
    if found.covert_until is not None and found.covert_until > now:
        raise NotAllowedNow("assessments.still_secret")
    system = tree(found.system_version_id)
    standards = [one for one in system.standards if one.method == "material"]
    if not standards or not found.method_weights.get("material"):
        raise NotAllowedNow("assessments.nothing_to_file")
    paths = {
        unit.pk: unit.path
        for unit in visible_units(system_actor("assessments")).filter(
            pk__in={unit for one in standards for unit in one.unit_ids}
        )
    }
    there = set(Filing.objects.filter(round=found).values_list("node", "for_unit"))
    new = 0
    for unit in found.units.select_related("unit"):
        for one in standards:
            if (one.key, unit.pk) in there:
                continue
            inside = [key for key in one.unit_ids if paths.get(key, "").startswith(unit.unit.path)]
            filing = _begun(found, one.key, inside[0] if inside else unit.unit_id, unit.pk)
            new += 1
            _ask(actor, filing, now, due_at)
    tell(actor, "assessments.filings_asked", found, now, n=new)
    return new


def _begun(found: Round, node: str, unit_id: int, for_unit_id: int) -> Filing:
    last = (
        Filing.objects.filter(
            node=node,
            unit=unit_id,
            round__system_version__system=found.system_version.system_id,
            state=FilingState.ACCEPTED,
        )
        .exclude(round=found)
        .order_by("-reviewed_at", "-pk")
        .first()
    )
    filing = Filing.objects.create(
        round=found,
        node=node,
        unit_id=unit_id,
        for_unit_id=for_unit_id,
        conclusion=last.conclusion if last else "",
        statement=last.statement if last else "",
    )
    if last is not None:
        FilingFile.objects.bulk_create(
            FilingFile(filing=filing, name=one.name, sha256=one.sha256, caption=one.caption)
            for one in last.files.all()
        )
    return filing


def _ask(actor: Actor, filing: Filing, now: datetime, due_at: datetime | None = None) -> None:
    desk.ask(
        actor=actor,
        kind=FILING,
        subject_id=filing.pk,
        unit_id=filing.unit_id,
        key=f"{FILING}:{filing.pk}:{filing.times_returned}",
        due_at=due_at,
        now=now,
    )


def _require_open(found: Round) -> None:
    if found.state not in OPEN:
        raise NotAllowedNow("assessments.round_closed", name=found.name)


def _filling(actor: Actor, filing_id: int, version: int, now: datetime) -> Filing:
    filing = result_access.filing_to_fill(actor, filing_id, now)
    _require_open(filing.round)
    check_current(filing, version)
    next_state(MOVES, FilingState(filing.state), "file")
    return filing


@transaction.atomic
def file_material(
    *,
    actor: Actor,
    filing_id: int,
    version: int,
    conclusion: str,
    statement: str,
    now: datetime,
    send: bool = True,
) -> Filing:
    """Keep what was written, and with `send` hand it in. Raises Hidden, Denied, Stale, NotAllowedNow;
    BadInput for an empty filing that is handed in.
    """
    filing = _filling(actor, filing_id, version, now)
    filing.conclusion, filing.statement = conclusion.strip()[:500], statement.strip()[:MOST_STATEMENT]
    fields = ["conclusion", "statement"]
    if send:
        if not filing.conclusion or not filing.statement:
            raise BadInput("assessments.filing_empty")
        filing.state = next_state(MOVES, FilingState(filing.state), "file")
        filing.filed_at, filing.filed_by = now, actor.person
        fields += ["state", "filed_at", "filed_by"]
    save_if_current(filing, version, fields=fields)
    audit.record(
        actor, "assessments.filed" if send else "assessments.filing_kept", filing, unit=str(filing.unit)
    )
    if send:
        desk.finish(actor=actor, kind=FILING, subject_id=filing.pk, now=now)
    return filing


@transaction.atomic
def add_filing_file(
    *, actor: Actor, filing_id: int, version: int, name: str, data: bytes, caption: str, now: datetime
) -> FilingFile:
    """Raises Hidden, Denied, Stale, NotAllowedNow; BadInput for a file of another kind, or one too many."""
    filing = _filling(actor, filing_id, version, now)
    file = _attach(actor, filing, name, data, caption)
    save_if_current(filing, version, fields=[])
    return file


@transaction.atomic
def take_papers(
    *, actor: Actor, filing_id: int, version: int, keys: Collection[str], now: datetime
) -> list[FilingFile]:
    """Add files that the unit handed in elsewhere (`kit.papers`), with the words they were handed in with.

    Raises Hidden, Denied, Stale, NotAllowedNow; BadInput for none, one that is not there, of another kind, or
    too many.
    """
    filing = _filling(actor, filing_id, version, now)
    offered = {paper.key: paper for paper in papers.of_unit(filing.unit_id)}
    if not keys or not set(keys) <= offered.keys():
        raise BadInput("assessments.no_such_file")
    chosen = [offered[key] for key in keys]
    taken = [_attach(actor, filing, one.name, files.read(one.sha256), one.caption) for one in chosen]
    save_if_current(filing, version, fields=[])
    return taken


def _attach(actor: Actor, filing: Filing, name: str, data: bytes, caption: str) -> FilingFile:
    kept, _ = checked(name, data)
    if filing.files.count() >= MOST_FILES:
        raise BadInput("assessments.too_many_files", most=MOST_FILES)
    file = FilingFile.objects.create(
        filing=filing, name=kept, sha256=files.put(data), caption=caption.strip()[:300]
    )
    audit.record(actor, "assessments.filing_file_added", filing, name=kept)
    return file


@transaction.atomic
def remove_filing_file(*, actor: Actor, filing_id: int, version: int, file_id: int, now: datetime) -> Filing:
    """Raises Hidden, Denied, Stale, NotAllowedNow, BadInput."""
    filing = _filling(actor, filing_id, version, now)
    file = filing.files.filter(pk=file_id).first()
    if file is None:
        raise BadInput("assessments.no_such_file")
    save_if_current(filing, version, fields=[])
    audit.record(actor, "assessments.filing_file_removed", filing, name=file.name)
    file.delete()
    return filing


@transaction.atomic
def accept_filing(
    *,
    actor: Actor,
    filing_id: int,
    version: int,
    marks: Mapping[str, Mapping[str, Any]],
    verdict: str,
    now: datetime,
) -> Filing:
    """Accept what was filed with the reviewer's mark of each item of the standard.

    Raises Hidden, Denied (who filed, or is of the unit), Stale, NotAllowedNow; BadInput for an item without
    mark.
    """
    filing = _reviewed(actor, filing_id, version, now)
    items = items_of(tree(filing.round.system_version_id), filing.node)
    if set(marks) != {one.key for one in items}:
        raise BadInput("assessments.filing_marks")
    taken = {one.key: dict(parse_mark(one.marking, marks[one.key]).data) for one in items}
    filing.state = next_state(MOVES, FilingState(filing.state), "accept")
    filing.marks = taken
    return _decided(actor, filing, version, verdict, now, "assessments.filing_accepted")


@transaction.atomic
def return_filing(*, actor: Actor, filing_id: int, version: int, verdict: str, now: datetime) -> Filing:
    """Send it back with what is wrong; the unit is asked again. Raises Hidden, Denied, Stale, NotAllowedNow,
    BadInput.
    """
    filing = _reviewed(actor, filing_id, version, now)
    if not verdict.strip():
        raise BadInput("assessments.grounds_missing")
    filing.state = next_state(MOVES, FilingState(filing.state), "return")
    filing.times_returned += 1
    filing.marks = {}
    filing = _decided(actor, filing, version, verdict, now, "assessments.filing_returned")
    _ask(actor, filing, now)
    return filing


def _reviewed(actor: Actor, filing_id: int, version: int, now: datetime) -> Filing:
    filing = result_access.filing_to_review(actor, filing_id, now)
    _require_open(filing.round)
    check_current(filing, version)
    return filing


def _decided(actor: Actor, filing: Filing, version: int, verdict: str, now: datetime, code: str) -> Filing:
    filing.verdict, filing.reviewed_at, filing.reviewed_by = verdict.strip()[:1000], now, actor.person
    fields = ["state", "marks", "times_returned", "verdict", "reviewed_at", "reviewed_by"]
    save_if_current(filing, version, fields=fields)
    audit.record(actor, code, filing, unit=str(filing.unit))
    return filing


def items_of(system: Tree, node: str) -> list[ItemRow]:
    """Items of a standard, by its key."""
    standard = next((one.id for one in system.standards if one.key == node), None)
    return list(system.items_in.get(standard, [])) if standard is not None else []
