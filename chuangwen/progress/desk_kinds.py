"""What progress asks of units, as the desk shows it."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from chuangwen.desk.registry import Kind

from .queries.reports import titles_of_reports, titles_of_stuck
from .rules.asks import HELP, REPORT, RETURN_DAYS, RETURNED


def _url(report_id: int) -> str:
    return reverse("progress:report", args=[report_id])


def _item_url(item_id: int) -> str:
    return reverse("progress:item", args=[item_id])


KINDS = (
    Kind(code=REPORT, words=_("Report on the tasks of the period"), titles=titles_of_reports, url=_url),
    Kind(
        code=RETURNED,
        words=_("Correct what was returned of a report"),
        titles=titles_of_reports,
        url=_url,
        allowance=RETURN_DAYS,
        minutes=5,
    ),
    Kind(
        code=HELP,
        words=_("Help another unit whose task is stuck"),
        titles=titles_of_stuck,
        url=_item_url,
        minutes=15,
    ),
)
