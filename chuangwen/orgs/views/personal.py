"""Phone and identity numbers of a person: masked until somebody asks, and then recorded."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from chuangwen.kit import clock
from chuangwen.kit.http import answer

from .. import actions
from ..actors import Request
from ..forms import PhoneForm


@require_POST
def reveal(request: Request, person_id: int) -> HttpResponse:
    person, personal = actions.reveal_personal(actor=request.actor, person_id=person_id, today=clock.today())
    context = {"person": person, "personal": personal}
    response = answer(request, "orgs/reveal.html", "orgs/_revealed.html", context)
    response.headers["Cache-Control"] = "no-store"
    return response


@require_POST
def change_phone(request: Request) -> HttpResponse:
    """One's own."""
    form = PhoneForm(request.POST)
    if not form.is_valid():
        return answer(
            request, "orgs/change_phone.html", "orgs/_change_phone.html", {"phone_form": form}, status=422
        )
    actions.change_personal(
        actor=request.actor,
        person_id=request.user.pk,
        phone=form.cleaned_data["phone"],
        today=clock.today(),
    )
    messages.success(request, _("Saved."))
    return redirect("orgs:profile")
