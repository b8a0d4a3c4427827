from django.http import HttpResponse
from django.shortcuts import redirect

from chuangwen.orgs import access
from chuangwen.orgs.actors import Request


def home(request: Request) -> HttpResponse:
    """Each to the page where their work is."""
    return redirect("plans:list" if access.sees_plans(request.actor) else "orgs:units")
