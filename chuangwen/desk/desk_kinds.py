"""What the desk itself asks, as desks show it."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from . import burden_queries
from .registry import Kind
from .rules.kinds import FREE_ASK

KINDS = (
    Kind(
        code=FREE_ASK,
        words=_("Request of a unit"),
        titles=burden_queries.titles_of_free_asks,
        url=lambda ask_id: reverse("desk:free_ask", args=[ask_id]),
        by_hand=True,
        allowance=3,
    ),
)
