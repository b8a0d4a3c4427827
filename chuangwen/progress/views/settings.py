"""The office sets the rhythm of a plan, how its indicators get their values, and what tasks weigh."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from chuangwen.cores.errors import BadInput, Hidden
from chuangwen.kit import clock, sources
from chuangwen.kit.http import posted, whole_number, words_for
from chuangwen.orgs.actors import Request

from .. import access, actions
from ..forms.settings import BeatForm, CourseForm, SettleForm, WeightsForm
from ..queries import settings as queries
from ..rules.rhythm import Every
from .pages import plan_page

if TYPE_CHECKING:
    from ..models import Following


@require_http_methods(["GET", "POST"])
def rhythm(request: Request, plan_id: int) -> HttpResponse:
    """The beats of the plan, for all who see it; the office settles them."""
    following = access.following_of(request.actor, plan_id)
    kept = {name: getattr(following, name) for name in ("version", "near_pct", "lag_days")}
    form = SettleForm(posted(request), initial=kept)
    if request.method == "POST":
        access.require_keeper(request.actor)
        if form.is_valid():
            actions.settle_rhythm(actor=request.actor, plan_id=plan_id, now=clock.now(), **form.cleaned_data)
            messages.success(request, _("The rhythm is settled."))
            return redirect("progress:rhythm", plan_id)
    beats = list(queries.beats_of(following))
    free = [every for every in Every if every not in {beat.every for beat in beats}]
    return plan_page(
        request,
        "progress/rhythm.html",
        following,
        "rhythm",
        status=422 if form.errors else 200,
        beats=beats,
        free=[(every.value, queries.every_words(every)) for every in free],
        form=form,
    )


@require_http_methods(["GET", "POST"])
def beat(request: Request, plan_id: int, every: str) -> HttpResponse:
    """Change the beat of that length, or add it."""
    following = access.following_for_change(request.actor, plan_id)
    if every not in {one.value for one in Every}:
        raise Hidden
    known = queries.beat_known(following, Every(every))
    tasks = queries.task_choices(queries.promises_of(following))
    form = BeatForm(posted(request), initial=known, tasks=tasks)

    def keep(values: dict[str, Any]) -> HttpResponse:
        actions.set_beat(actor=request.actor, plan_id=plan_id, every=Every(every), **values)
        return redirect("progress:rhythm", plan_id)

    heading = queries.every_words(Every(every))
    return _form_page(request, following, form, keep, "rhythm", heading, "progress:rhythm")


@require_POST
def remove_beat(request: Request, beat_id: int) -> HttpResponse:
    found = access.beat_for_change(request.actor, beat_id)
    version = whole_number(request.POST.get("version", "")) or 0
    actions.remove_beat(actor=request.actor, beat_id=beat_id, version=version)
    return redirect("progress:rhythm", found.following.plan_id)


@require_GET
def courses(request: Request, plan_id: int) -> HttpResponse:
    """Where the values of each indicator come from."""
    following = access.following_of(request.actor, plan_id)
    lines = queries.course_lines(following, queries.promises_of(following))
    return plan_page(request, "progress/courses.html", following, "courses", lines=lines)


@require_http_methods(["GET", "POST"])
def course(request: Request, course_id: int) -> HttpResponse:
    found = access.course_for_change(request.actor, course_id)
    following = access.following_of(request.actor, found.following.plan_id)
    form = CourseForm(
        posted(request),
        initial=queries.course_known(found),
        actor=request.actor,
        city=following.plan.jurisdiction,
        today=clock.today(),
        parents=queries.parents_of(request.actor, following),
    )

    def keep(values: dict[str, Any]) -> HttpResponse:
        actions.set_course(actor=request.actor, course_id=course_id, now=clock.now(), **values)
        return redirect("progress:courses", following.plan_id)

    line = queries.course_line(following, found)
    keys = [
        (one.row.key, one.row.name, one.row.unit_of_measure)
        for one in queries.promises_of(following).indicators
    ]
    offered = [
        (source.code, source.title, list(source.subjects(request.actor))) for source in sources.sources()
    ]
    return _form_page(
        request,
        following,
        form,
        keep,
        "courses",
        line.promise.row.name,
        "progress:courses",
        template="progress/course.html",
        line=line,
        keys=keys,
        offered=offered,
    )


@require_http_methods(["GET", "POST"])
def weights(request: Request, plan_id: int) -> HttpResponse:
    following = access.following_for_change(request.actor, plan_id)
    tasks = queries.task_choices(queries.promises_of(following))
    known = queries.weights_of(following)
    initial = {f"task-{id_}": known.get(id_, 1) for id_, _title in tasks}
    form = WeightsForm(posted(request), initial=initial, tasks=tasks)

    def keep(_values: dict[str, Any]) -> HttpResponse:
        actions.set_weights(actor=request.actor, plan_id=plan_id, weights=form.weights)
        messages.success(request, _("Saved."))
        return redirect("progress:overview", plan_id)

    return _form_page(
        request, following, form, keep, "courses", _("Weights of the tasks"), "progress:courses"
    )


def _form_page(
    request: Request,
    following: Following,
    form: Form,
    keep: Callable[[dict[str, Any]], HttpResponse],
    tab: str,
    heading: object,
    back: str,
    *,
    template: str = "progress/settings_form.html",
    **found: Any,
) -> HttpResponse:
    """Ask for what `keep` needs; what it cannot take is said above what was typed."""
    if request.method == "POST" and form.is_valid():
        try:
            return keep(dict(form.cleaned_data))
        except BadInput as error:
            words = words_for(error)
            form.add_error(None, f"{words.happened} {words.next}")
    return plan_page(
        request,
        template,
        following,
        tab,
        status=422 if form.errors else 200,
        form=form,
        heading=heading,
        back=back,
        **found,
    )
