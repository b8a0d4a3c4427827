"""Visits of one's own teams as a table, out and filled in back."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from chuangwen.cores.errors import BadInput
from chuangwen.cores.sheets import MOST_BYTES
from chuangwen.kit import clock
from chuangwen.kit.http import posted, words_for
from chuangwen.orgs.actors import Request
from chuangwen.standards.queries import tree

from .. import access, actions, queries
from ..exchange import visits as table
from ..forms import TableForm

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ERRORS_SHOWN = 500


@require_GET
def visits_out(request: Request, round_id: int) -> HttpResponse:
    """Open visits of the actor's teams in the round, with their items."""
    now = clock.now()
    found = access.one_round(request.actor, round_id, now)
    rows = queries.with_marks(queries.my_visits(request.actor, now).filter(round=found))
    by_type = queries.items_by_type(tree(found.system_version_id))
    items = {one.pk: by_type.get(one.point.type_code, []) for one in rows}
    data = table.write(_("My visits"), rows, items)
    disposition = content_disposition_header(True, f"{_('My visits')}.xlsx") or "attachment"
    headers = {"Content-Disposition": disposition, "Cache-Control": "private, no-store"}
    return HttpResponse(data, content_type=XLSX, headers=headers)


@require_http_methods(["GET", "POST"])
def bring_in_visits(request: Request, round_id: int) -> HttpResponse:
    now = clock.now()
    found = access.one_round(request.actor, round_id, now)
    form = TableForm(posted(request), request.FILES or None)
    errors: object = ()
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            done = actions.bring_in_visits(
                actor=request.actor,
                round_id=round_id,
                name=file.name,
                data=file.read(MOST_BYTES + 1),
                now=now,
            )
        except BadInput as error:
            form.add_error(None, str(words_for(error).happened))
            listed = error.params.get("errors")
            if isinstance(listed, list):
                errors = [(one.place, words_for(one.error).happened) for one in listed[:ERRORS_SHOWN]]
        else:
            words = _(
                "%(handed_in)s visits were handed in, %(drafts)s kept as drafts: photos or answers lack."
            )
            messages.success(request, words % vars(done))
            return redirect("assessments:my_visits")
    context = {"form": form, "round": found, "errors": errors}
    return render(request, "assessments/bring_in.html", context, status=422 if form.errors else 200)
