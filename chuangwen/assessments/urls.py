from django.urls import path

from . import result_urls
from .views import drawing, rounds, tables, visits

app_name = "assessments"

_round = "<int:round_id>/"
_visit = "visits/<int:visit_id>/"

urlpatterns = [
    path("", rounds.rounds, name="rounds"),
    path("plan/", rounds.plan_round, name="plan_round"),
    path(_round, rounds.one_round, name="round"),
    path(_round + "change/", rounds.change_round, name="change_round"),
    path(_round + "units/", rounds.set_units, name="set_units"),
    path(_round + "add-team/", rounds.add_team, name="add_team"),
    path("teams/<int:team_id>/change/", rounds.change_team, name="change_team"),
    path("teams/<int:team_id>/remove/", rounds.remove_team, name="remove_team"),
    path(_round + "begin/", rounds.begin_round, name="begin_round"),
    path(_round + "complete/", rounds.complete_round, name="complete_round"),
    path(_round + "cancel/", rounds.cancel_round, name="cancel_round"),
    path(_round + "planner/", drawing.planner, name="planner"),
    path(_round + "draw/", drawing.draw, name="draw"),
    path(_round + "frame.csv", drawing.frame_file, name="frame_file"),
    path(_round + "draw.json", drawing.draw_file, name="draw_file"),
    path(_round + "reveal/", drawing.reveal_seed, name="reveal_seed"),
    path(_round + "open/", drawing.open_points, name="open_points"),
    path(_round + "visits/", visits.visits, name="visits"),
    path(_round + "accept-visits/", visits.accept_visits, name="accept_visits"),
    path(_round + "agreement/", visits.agreement, name="agreement"),
    path(_round + "my-table/", tables.visits_out, name="visits_out"),
    path(_round + "bring-in-visits/", tables.bring_in_visits, name="bring_in_visits"),
    path("visits/", visits.my_visits, name="my_visits"),
    path(_visit, visits.visit, name="visit"),
    path(_visit + "mark/", visits.mark_visit, name="mark_visit"),
    path(_visit + "accept/", visits.accept_visit, name="accept_visit"),
    path(_visit + "return/", visits.return_visit, name="return_visit"),
    path(_visit + "cancel/", visits.cancel_visit, name="cancel_visit"),
    path("photos/<int:photo_id>/", visits.photo, name="photo"),
    *result_urls.patterns,
]
