"""One's own reminders, and what of them reaches one."""

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from chuangwen.kit import clock
from chuangwen.kit.http import posted
from chuangwen.orgs.actors import Request

from .. import notice_queries
from ..actions import notices as actions
from ..notice_forms import NoticeWishForm

PAGE_ROWS = 50
FIELDS = ("in_app", "mail", "hook_kind", "hook_url")


@require_GET
def notices(request: Request) -> HttpResponse:
    now = clock.now()
    page = Paginator(notice_queries.in_app(request.actor), PAGE_ROWS).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "lines": notice_queries.notice_lines(request.actor, page.object_list, now),
        "sent_out": notice_queries.notice_lines(request.actor, notice_queries.sent_out(request.actor), now),
        "unread": notice_queries.count_unread(request.actor),
    }
    return render(request, "desk/notices.html", context)


@require_GET
def notice_count(request: Request) -> HttpResponse:
    """How many reminders are not read, for the rail."""
    return render(request, "desk/_count.html", {"number": notice_queries.count_unread(request.actor)})


@require_POST
def mark_read(request: Request) -> HttpResponse:
    actions.mark_read(actor=request.actor, now=clock.now())
    return redirect("desk:notices")


@require_http_methods(["GET", "POST"])
def notice_settings(request: Request) -> HttpResponse:
    wish = notice_queries.wish_of(request.actor)
    form = NoticeWishForm(posted(request), initial={name: getattr(wish, name) for name in FIELDS})
    if form.is_valid():
        actions.set_wish(actor=request.actor, **form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect("desk:notice_settings")
    context = {"form": form, "has_mail": bool(settings.EMAIL_HOST), "email": request.user.email}
    return render(request, "desk/notice_settings.html", context, status=422 if form.is_bound else 200)
