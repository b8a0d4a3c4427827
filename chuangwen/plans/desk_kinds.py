"""What plans ask of people: the kinds of to-dos, as the desk shows them."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from chuangwen.desk.registry import Kind

from .queries import titles_of_versions
from .rules.asks import ANSWER_DOUBTS, CONFIRM, READ_LETTER

KINDS = (
    Kind(
        code=ANSWER_DOUBTS,
        words=_("Answer the doubts of a draft plan"),
        titles=titles_of_versions,
        url=lambda version_id: reverse("plans:review", args=[version_id]) + "#doubts",
        allowance=5,
        minutes=30,
    ),
    Kind(
        code=CONFIRM,
        words=_("Decide on the confirmation of a plan"),
        titles=titles_of_versions,
        url=lambda version_id: reverse("plans:confirm", args=[version_id]),
        allowance=3,
        minutes=30,
    ),
    Kind(
        code=READ_LETTER,
        words=_("Acknowledge the task letter"),
        titles=titles_of_versions,
        url=lambda version_id: reverse("plans:my_letter"),
        allowance=3,
        minutes=10,
    ),
)
