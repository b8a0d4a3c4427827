from django.urls import path

from .views import exports, indicator, overview, periods, reports, review, settings, turns, unit

app_name = "progress"

_plan = "<int:plan_id>/"
_unit = _plan + "units/<int:unit_id>/"

urlpatterns = [
    path("", overview.followings, name="list"),
    # how a plan stands
    path(_plan, overview.overview, name="overview"),
    path(_plan + "judgement/", overview.judgement, name="judgement"),
    path(_plan + "leader/", overview.leader, name="leader"),
    path(_plan + "indicators/", overview.indicators, name="indicators"),
    path(_plan + "indicators/<str:key>/", indicator.indicator, name="indicator"),
    path(_unit, unit.unit, name="unit"),
    path(_unit + "monthly.xlsx", exports.monthly, name="monthly"),
    path(_plan + "ledger.xlsx", exports.ledger, name="ledger"),
    path(_plan + "values.csv", exports.values, name="values"),
    # what units report
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
    path(_plan + "review/", review.review, name="review"),
    # how it is followed
    path(_plan + "rhythm/", settings.rhythm, name="rhythm"),
    path(_plan + "rhythm/<str:every>/", settings.beat, name="beat"),
    path("beats/<int:beat_id>/remove/", settings.remove_beat, name="remove_beat"),
    path(_plan + "courses/", settings.courses, name="courses"),
    path("courses/<int:course_id>/", settings.course, name="course"),
    path(_plan + "weights/", settings.weights, name="weights"),
    path(_plan + "turns/<str:every>/", turns.turn, name="turn"),
    path(_plan + "periods/", periods.periods, name="periods"),
    path("periods/<int:period_id>/", periods.period, name="period"),
    path("reports/<int:report_id>/grant/", periods.grant, name="grant"),
    path(_plan + "milestones/", periods.milestones, name="milestones"),
    path("milestones/<int:milestone_id>/", periods.milestone, name="milestone"),
    path("milestones/<int:milestone_id>/file/", periods.milestone_file, name="milestone_file"),
    path("milestones/<int:milestone_id>/remove/", periods.remove_milestone, name="remove_milestone"),
    path(_plan + "budgets/", periods.budgets, name="budgets"),
    path(_plan + "budgets/<str:key>/<int:year>/", periods.budget, name="budget"),
    path(_plan + "stages/", periods.stages, name="stages"),
    path("gates/<int:gate_id>/", periods.gate, name="gate"),
]
