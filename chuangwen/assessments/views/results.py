"""The board of a round, one result, why it is what it is, the lock."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from chuangwen.cores.errors import BadInput, Denied, Hidden, NotAllowedNow
from chuangwen.kit import clock, files
from chuangwen.kit.http import whole_number, words_for
from chuangwen.orgs.actors import Request

from .. import access, actions, result_access
from ..queries.board import Board, board, names_of, node_lines
from ..queries.explain import explained, what_if
from ..queries.locks import lock_of
from ..result_forms import StampForm
from ..rules.states import RoundState

LINES_ON_A_PAGE = 50
MOST_MILLI = 100_000
SCORED = (RoundState.MARKING, RoundState.REPLYING)


@require_GET
def show_board(request: Request, round_id: int) -> HttpResponse:
    return _board(request, round_id)


def _board(request: Request, round_id: int, refused: str = "", status: int = 200) -> HttpResponse:
    now = clock.now()
    found = access.one_round(request.actor, round_id, now)
    may = may_change(request, round_id)
    apart = may and "apart" in request.GET
    shown = board(request.actor, found, now, apart=apart)
    lock = lock_of(found)
    context = {
        "round": found,
        "board": shown,
        "judged": _judged(shown),
        "may": may,
        "may_score": may and found.state in SCORED,
        "may_lock": may and found.state == RoundState.REPLYING,
        "apart": apart,
        "lock": lock,
        "minors": found.system_version.system.purpose == "minors",
        "refused": refused,
    }
    return render(request, "assessments/board.html", context, status=status)


def may_change(request: Request, round_id: int) -> bool:
    """Whether the actor changes the round. Raises Hidden."""
    try:
        access.round_for_change(request.actor, round_id, clock.now())
    except Denied:
        return False
    return True


def _judged(shown: Board) -> dict[str, Any] | None:
    """The first peer group in one sentence: how many units, how many tiers; how many are withheld."""
    ranked = sum(1 for peers in shown.peers for line in peers.lines if line.score.rank is not None)
    return {"ranked": ranked, "groups": len(shown.peers), "withheld": shown.withheld} if shown.peers else None


@require_POST
def score_round(request: Request, round_id: int) -> HttpResponse:
    try:
        made = actions.score_round(actor=request.actor, round_id=round_id, now=clock.now())
    except (NotAllowedNow, BadInput) as error:
        return _board(request, round_id, str(words_for(error).happened), 409)
    messages.success(request, _("Scored: %(n)s results.") % {"n": len(made)})
    return redirect("assessments:board", round_id)


@require_POST
def lock_round(request: Request, round_id: int) -> HttpResponse:
    access.round_for_change(request.actor, round_id, clock.now())
    form = StampForm(request.POST)
    if not form.is_valid():
        raise BadInput
    try:
        locked = actions.lock_round(
            actor=request.actor, round_id=round_id, version=form.cleaned_data["version"], now=clock.now()
        )
    except NotAllowedNow as error:
        return _board(request, round_id, str(words_for(error).happened), 409)
    messages.success(request, _("Locked under %(sha256)s.") % {"sha256": locked.sha256})
    return redirect("assessments:board", round_id)


@require_GET
def lock_file(request: Request, round_id: int) -> HttpResponse:
    """What was locked, as compressed JSON: to who may change the round."""
    found = access.round_for_change(request.actor, round_id, clock.now())
    lock = lock_of(found)
    if lock is None:
        raise Hidden
    disposition = content_disposition_header(True, f"{found.name}.json.gz") or "attachment"
    headers = {"Content-Disposition": disposition}
    return HttpResponse(files.read(lock.file_sha256), content_type="application/gzip", headers=headers)


@require_GET
def result(request: Request, round_id: int, unit_id: int, role: str) -> HttpResponse:
    score = result_access.one_score(request.actor, round_id, unit_id, role, clock.now())
    nodes = list(score.nodes.all())
    context = {
        "score": score,
        "round": score.round,
        "lines": [line for line in node_lines(score) if line.nano is not None or line.mean is not None],
        "methods": [
            (name, weight, next((one.nano for one in nodes if one.method == name and not one.node), None))
            for name, weight in score.round.method_weights.items()
            if weight
        ],
        "explained": result_access.explained(request.actor, score),
    }
    return render(request, "assessments/result.html", context)


@require_GET
def explain(request: Request, round_id: int, unit_id: int, role: str) -> HttpResponse:
    """Every lost point; `?fix=` marks to mend; `?m_…=` and `?t_…=` other weights (per cent)."""
    score = result_access.one_score(request.actor, round_id, unit_id, role, clock.now())
    if not result_access.explained(request.actor, score):
        raise Denied
    pick = [number for text in request.GET.getlist("fix") if (number := whole_number(text))]
    told, made = explained(score, pick)
    system = made.inputs.system
    methods = {key: _weight(request, f"m_{key}", weight) for key, weight in system.method_weights.items()}
    types = {str(key): _weight(request, f"t_{key}", weight) for key, weight in system.type_weights.items()}
    other = methods != system.method_weights or types != system.type_weights
    if_ = what_if(made, score, methods, types) if other and any(methods.values()) else None
    names = names_of([row[0] for row in if_.rows]) if if_ else {}
    visited = {str(one.type) for one in made.inputs.points}
    type_names = {one.code: one.name for one in made.tree.types}
    context = {
        "score": score,
        "round": score.round,
        "told": told,
        "page": Paginator(told.lines, LINES_ON_A_PAGE).get_page(request.GET.get("page")),
        "fixed": [line for line in told.lines if line.fixed],
        "picked": bool(pick),
        "after": None if told.total_nano is None else told.total_nano + told.gain_nano,
        "methods": list(methods.items()),
        "types": [(key, type_names.get(key, key), weight) for key, weight in types.items() if key in visited],
        "what_if": if_,
        "rows": [(names.get(key, key), before, after) for key, before, after in if_.rows] if if_ else [],
    }
    return render(request, "assessments/explain.html", context)


def _weight(request: Request, name: str, known: int) -> int:
    """In thousandths; typed as per cents or numbers. What is no number changes nothing."""
    text = request.GET.get(name, "").strip()
    try:
        milli = int(float(text) * 10) if text else known
    except (ValueError, OverflowError):
        return known
    return milli if 0 <= milli <= MOST_MILLI else known


def at_board(round_id: int, name: str) -> list[tuple[str, str]]:
    return [
        (_("Assessments"), reverse("assessments:rounds")),
        (name, reverse("assessments:board", args=[round_id])),
    ]
