from django.urls import path

from .views import pages, reports, review

app_name = "progress"

urlpatterns = [
    path("", pages.followings, name="list"),
    path("reports/", reports.my_reports, name="my_reports"),
    path("reports/<int:report_id>/", reports.report, name="report"),
    path("reports/<int:report_id>/hand-in/", reports.hand_in, name="hand_in"),
    path("reports/<int:report_id>/sheet.xlsx", reports.report_sheet_out, name="report_sheet_out"),
    path("reports/<int:report_id>/sheet/", reports.report_sheet, name="report_sheet"),
    path("items/<int:item_id>/", reports.item, name="item"),
    path("items/<int:item_id>/check/", reports.check, name="check"),
    path("items/<int:item_id>/unchanged/", reports.unchanged, name="unchanged"),
    path("items/<int:item_id>/not-due/", reports.not_due, name="not_due"),
    path("items/<int:item_id>/take-over/", reports.take_over, name="take_over"),
    path("items/<int:item_id>/return/", review.return_item, name="return_item"),
    path("evidence/<int:evidence_id>/", reports.evidence, name="evidence"),
    path("evidence/<int:evidence_id>/remove/", reports.remove_evidence, name="remove_evidence"),
    path("values/<int:value_id>/", review.value, name="value"),
    path("review/", review.reviews, name="reviews"),
    path("review/count/", review.review_count, name="review_count"),
    path("<int:plan_id>/review/", review.review, name="review"),
]
