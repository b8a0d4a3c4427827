"""What the desk itself asks, as desks show it."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from chuangwen.cores.worktime import TimeUnit

from . import burden_queries, hand_over_queries
from .registry import Kind
from .rules.kinds import FREE_ASK, TAKE_OVER

KINDS = (
    Kind(
        code=FREE_ASK,
        words=_("Request of a unit"),
        titles=burden_queries.titles_of_free_asks,
        url=lambda ask_id: reverse("desk:free_ask", args=[ask_id]),
        by_hand=True,
        allowance=3,
    ),
    Kind(
        code=TAKE_OVER,
        words=_("Take over a seat"),
        titles=hand_over_queries.titles_of_hand_overs,
        url=lambda hand_over_id: reverse("desk:hand_over", args=[hand_over_id]),
        time_unit=TimeUnit.NATURAL_DAYS,
        minutes=15,
    ),
)
