"""What standards ask of units, as the desk shows it."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from chuangwen.desk.registry import Kind

from .queries.negative import titles_of_reports
from .rules.negative import REPORT, REPORT_DAYS, REPORT_MINUTES

KINDS = (
    Kind(
        code=REPORT,
        words=_("Monthly restricted report"),
        titles=titles_of_reports,
        url=lambda report_id: reverse("standards:negative_report", args=[report_id]),
        allowance=REPORT_DAYS,
        minutes=REPORT_MINUTES,
    ),
)
