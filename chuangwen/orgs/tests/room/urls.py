from django.http import HttpResponse
from django.urls import include, path

from chuangwen.orgs.actors import Request

from . import access


def note(request: Request, note_id: int) -> HttpResponse:
    return HttpResponse(access.one_note(request.actor, note_id).pk)


urlpatterns = [
    path("room/<int:note_id>/", note, name="room_note"),
    path("", include("chuangwen.site.urls")),
]
