"""Doubts are answered by a person; an answer that says what to do is carried out."""

from __future__ import annotations

from datetime import datetime
from typing import cast

from django.db import transaction
from django.db.models import F

from chuangwen.cores.errors import BadInput
from chuangwen.kit import audit
from chuangwen.kit.locking import check_current, save_if_current
from chuangwen.orgs.actors import Actor

from .. import access
from ..models import Citation, Doubt, IndicatorVersion, PlanVersion, Result, Subject, Target
from ..rules.doubts import meant_deadline, reaches, replaceable
from ..rules.from_reading import SAME_TARGET
from ..rules.states import RowState
from .asks import settle_doubts
from .reshape import merge_indicator_rows
from .rows import save_corrected


@transaction.atomic
def answer_doubt(*, actor: Actor, doubt_id: int, version: int, answer: str, now: datetime) -> Doubt:
    """Answer a doubt, with one of its options or in one's own words.

    A deadline among the options is set on the indicators cited at the place of the doubt; "merge" makes one
    indicator of those that state the same target. Raises Hidden, Denied, NotAllowedNow, Stale, BadInput.
    """
    doubt = access.doubt_for_change(actor, doubt_id)
    check_current(doubt, version)
    answer = answer.strip()
    if not answer or len(answer) > 200:
        raise BadInput("plans.required", field="answer")
    doubt.answer = answer
    save_if_current(doubt, version, fields=["answer"])
    if doubt.code == SAME_TARGET and answer == "merge":
        _merge(actor, doubt)
    elif (deadline := meant_deadline(answer, doubt.options)) is not None:
        _set_deadline(doubt.plan_version, doubt, deadline)
    settle_doubts(actor, doubt.plan_version, now)
    audit.record(actor, "plans.doubt_answered", doubt.plan_version, code=doubt.code, answer=answer)
    return doubt


@transaction.atomic
def attach_result_as_baseline(
    *, actor: Actor, result_id: int, version: int, indicator_id: int
) -> IndicatorVersion:
    """Take a reported figure as what the indicator starts from. `version` is the result's.

    Raises Hidden, Denied, NotAllowedNow, Stale, BadInput (another draft's indicator).
    """
    result = cast(Result, access.row_for_change(actor, Subject.RESULT, result_id))
    check_current(result, version)
    row = cast(IndicatorVersion, access.row_for_change(actor, Subject.INDICATOR, indicator_id))
    if row.plan_version_id != result.plan_version_id:
        raise BadInput("plans.bad_choice", field="indicator", value=indicator_id)
    result.indicator_version = row
    save_corrected(actor, result, version, {}, ["indicator_version"])
    before = {"baseline_value": row.baseline_value, "baseline_year": row.baseline_year}
    row.baseline_value = result.value
    row.baseline_year = int(result.period[:4]) if result.period else None
    row.baseline_words = result.name[:100]
    save_if_current(row, row.version, fields=["baseline_value", "baseline_year", "baseline_words"])
    audit.record(
        actor, "plans.baseline_set", row.plan_version, before=before, what=row.name, value=result.value
    )
    return row


def _merge(actor: Actor, doubt: Doubt) -> None:
    keys = doubt.params["keys"].split(",")
    kept = doubt.plan_version.indicatorversion_rows.exclude(state=RowState.DROPPED)
    rows = list(kept.filter(indicator__key__in=keys))
    if len(rows) > 1:
        merge_indicator_rows(actor, rows)


def _set_deadline(draft: PlanVersion, doubt: Doubt, deadline: str) -> None:
    """Set the deadline on the targets that the doubtful words govern and that name no other of their own."""
    text = draft.document.text if draft.document else ""
    stretches = reaches(text, doubt.params.get("words", ""), doubt.start, doubt.end)
    cited = Citation.objects.filter(plan_version=draft, document=draft.document_id, subject=Subject.INDICATOR)
    rows = {
        row_id
        for row_id, start, end in cited.values_list("row_id", "start", "end")
        if any(start < stop and first < end for first, stop in stretches)
    }
    targets = Target.objects.filter(indicator_version__in=rows).exclude(indicator_version__frequency="yearly")
    changed = [target for target in targets if replaceable(target.deadline, doubt.options)]
    Target.objects.filter(pk__in=[target.pk for target in changed]).update(deadline=deadline)
    IndicatorVersion.objects.filter(targets__in=changed).update(version=F("version") + 1)
