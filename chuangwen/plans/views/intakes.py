"""The list of plans, and handing in a document."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_GET, require_POST

from chuangwen.cores.errors import BadInput
from chuangwen.cores.reading.files.words import WORDS as FILE_WORDS
from chuangwen.cores.reading.files.words import sentence
from chuangwen.kit import clock, http
from chuangwen.orgs.actors import Request

from .. import access, actions, queries
from ..forms import ReceiveForm


@require_GET
def plan_list(request: Request) -> HttpResponse:
    return render(request, "plans/list.html", _list_page(request, ReceiveForm()))


@require_POST
def receive(request: Request) -> HttpResponse:
    """Take one document, for a new plan or (`plan`) the re-issue of one."""
    access.require_keeper(request.actor)
    form = ReceiveForm(request.POST, request.FILES)
    if not form.is_valid():
        return render(request, "plans/list.html", _list_page(request, form), status=422)
    file = form.cleaned_data["file"]
    try:
        intake = actions.receive(
            actor=request.actor,
            name=file.name,
            data=file.read(),
            now=clock.now(),
            plan_id=form.cleaned_data["plan"],
        )
    except BadInput as error:
        form.add_error("file", _said(error))
        return render(request, "plans/list.html", _list_page(request, form), status=422)
    return redirect("plans:intake", intake.pk)


def _said(error: BadInput) -> str:
    """One sentence on why a file was not taken and what to do."""
    if error.code in FILE_WORDS:
        return sentence(error, "zh" if get_language().startswith("zh") else "en")
    return str(http.words_for(error).happened)


@require_GET
def intake(request: Request, intake_id: int) -> HttpResponse:
    """How far the reading of a file is; goes on to the review by itself when the draft stands."""
    found = queries.one_intake(request.actor, intake_id)
    if found.plan_version_id:
        return _go_on(request, found.plan_version_id)
    return http.answer(request, "plans/intake.html", "plans/_intake.html", {"intake": found})


def _go_on(request: Request, version_id: int) -> HttpResponse:
    if request.htmx:
        return HttpResponse(headers={"HX-Redirect": reverse("plans:review", args=[version_id])})
    return redirect("plans:review", version_id)


def _list_page(request: Request, form: ReceiveForm) -> dict[str, object]:
    return {
        "plans": queries.plan_list(request.actor),
        "intakes": queries.intakes(request.actor),
        "may_receive": access.keeps_plans(request.actor),
        "form": form,
    }
