from django.urls import path

from .views import exchange, intakes, pages, review

app_name = "plans"

_draft = "drafts/<int:version_id>/"
_row = _draft + "<str:subject>/<int:row_id>/"
_plan = "<int:plan_id>/"

urlpatterns = [
    path("", intakes.plan_list, name="list"),
    path("my-letter/", pages.my_letter, name="my_letter"),
    path("receive/", intakes.receive, name="receive"),
    path("json/", exchange.bring_in_json, name="bring_in_json"),
    path("intakes/<int:intake_id>/", intakes.intake, name="intake"),
    # the review of a draft
    path(_draft, review.review, name="review"),
    path(_draft + "accept-rest/", review.accept_rest, name="accept_rest"),
    path(_draft + "merge/", review.merge, name="merge"),
    path(_draft + "add/", review.add, name="add"),
    path(_draft + "confirm/", review.confirm, name="confirm"),
    path(_draft + "submit/", review.submit, name="submit"),
    path(_draft + "send-back/", review.send_back, name="send_back"),
    path(_draft + "discard/", review.discard, name="discard"),
    path(_draft + "doubts/<int:doubt_id>/answer/", review.answer_doubt, name="answer_doubt"),
    path(_draft + "changes/<int:change_id>/decide/", review.decide_change, name="decide_change"),
    path(_draft + "assignments/<int:assignment_id>/match/", review.match_assignment, name="match_assignment"),
    path(_draft + "assignments/<int:assignment_id>/unit/", review.create_unit, name="create_unit"),
    path(_row, review.row, name="row"),
    path(_row + "accept/", review.accept_row, name="accept_row"),
    path(_row + "drop/", review.drop_row, name="drop_row"),
    path(_row + "restore/", review.restore_row, name="restore_row"),
    path(_row + "correct/", review.correct, name="correct"),
    path(_row + "split/", review.split, name="split"),
    path(_row + "baseline/", review.attach_baseline, name="attach_baseline"),
    # a plan and what is in it
    path(_plan, pages.overview, name="overview"),
    path(_plan + "programs/<str:key>/", pages.program, name="program"),
    path(_plan + "tasks/<str:key>/", pages.task, name="task"),
    path(_plan + "indicators/<str:key>/", pages.indicator, name="indicator"),
    path(_plan + "units/<int:unit_id>/", pages.unit_letter, name="unit_letter"),
    path(_plan + "acknowledge/", pages.acknowledge, name="acknowledge"),
    path(_plan + "leader/", pages.leader, name="leader"),
    path(_plan + "calendar/", pages.calendar, name="calendar"),
    path(_plan + "timeline/", pages.timeline, name="timeline"),
    path(_plan + "goals/", pages.goals, name="goals"),
    path(_plan + "find/", pages.find, name="find"),
    path(_plan + "document/", pages.document, name="document"),
    path(_plan + "original/", pages.original, name="original"),
    path(_plan + "versions/", pages.versions, name="versions"),
    path(_plan + "amend/", pages.amend, name="amend"),
    path(_plan + "table.xlsx", exchange.table_out, name="table_out"),
    path(_plan + "table/", exchange.bring_in_table, name="bring_in_table"),
    path(_plan + "plan.json", exchange.json_out, name="json_out"),
]
