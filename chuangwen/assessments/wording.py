"""What assessments say in words: what was done, why something was refused."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from chuangwen.kit.http import Words

ACTIONS: dict[str, str | Promise] = {
    "assessments.reading": _("Reading of assessments"),
    # Said of everything in a round under secret: who reads the audit learns nothing of it.
    "assessments.restricted": _("Took a restricted step"),
    "assessments.round_planned": _("Planned the round “%(name)s”"),
    "assessments.round_changed": _("Changed the plan of the round “%(name)s”"),
    "assessments.units_set": _("Round “%(name)s”: set %(count)s appraised units"),
    "assessments.team_added": _("Round “%(name)s”: added the team “%(team)s”"),
    "assessments.team_changed": _("Round “%(name)s”: changed the team “%(team)s”"),
    "assessments.team_removed": _("Round “%(name)s”: removed the team “%(team)s”"),
    "assessments.points_drawn": _(
        "Round “%(name)s”: froze a frame of %(population)s points (%(frame)s…) and committed to a seed"
        " (%(seed)s…)"
    ),
    "assessments.points_opened": _("Round “%(name)s”: opened %(count)s points to the teams"),
    "assessments.seed_revealed": _("Round “%(name)s”: revealed the seed of the draw"),
    "assessments.round_begun": _("Began the round “%(name)s”"),
    "assessments.round_cancelled": _("Cancelled the round “%(name)s”: %(why)s"),
    "assessments.round_completed": _("Completed the marking of the round “%(name)s”; units may reply"),
    "assessments.visit_marked": _("Round “%(name)s”: handed in a visit"),
    "assessments.visit_drafted": _("Round “%(name)s”: kept a draft of a visit"),
    "assessments.visit_accepted": _("Round “%(name)s”: accepted a visit"),
    "assessments.visit_returned": _("Round “%(name)s”: returned a visit: %(why)s"),
    "assessments.visits_accepted": _("Round “%(name)s”: accepted %(count)s visits"),
    "assessments.visit_cancelled": _("Round “%(name)s”: cancelled a visit: %(why)s"),
    "assessments.visits_brought_in": _("Round “%(name)s”: brought in %(count)s visits from a table"),
}

KINDS: dict[str, str | Promise] = {
    "assessments.round": _("Restricted matter"),
    "assessments.visit": _("Restricted matter"),
}

METHODS: dict[str, str | Promise] = {
    "field": _("field assessment"),
    "material": _("material review"),
    "survey": _("questionnaire"),
    "online": _("online assessment"),
}

_SAFE = _("Nothing was changed. What was saved before is safe.")
_AGAIN = _("Go back, correct the entry and send it again.")
_LOOK = _("Open the page again to see where things stand.")


def _refused(happened: Promise, after: Promise = _AGAIN) -> Words:
    return Words(happened, _SAFE, after)


REFUSED: dict[str, Words] = {
    "assessments.not_this_step": _refused(_("The round stands where this step is not possible"), _LOOK),
    "assessments.weights": _refused(_("The weights of the methods make %(total)s %%, and must make 100 %%")),
    "assessments.type_unknown": _refused(_("The system has no point type %(codes)s")),
    "assessments.name_missing": _refused(_("A name is missing")),
    "assessments.name_taken": _refused(_("There is a round called “%(name)s” already")),
    "assessments.days": _refused(_("The last day lies before the first one")),
    "assessments.covert_past": _refused(_("The end of the secret lies in the past")),
    "assessments.numbers": _refused(_("A number is out of its range")),
    "assessments.version_draft": _refused(
        _("This version of the system is still a draft"), _("Publish it first, or choose another one.")
    ),
    "assessments.no_such_seat": _refused(_("There is no such seat in the city today")),
    "assessments.no_such_unit": _refused(_("One of the units is not there, or is the city itself")),
    "assessments.drawn_already": _refused(
        _("Points were drawn: the plan cannot be changed any more"),
        _("Cancel the round and plan another one, if it must be."),
    ),
    "assessments.team_has_visits": _refused(
        _("The team has visits and stays"), _("Cancel its visits first, or change its members.")
    ),
    "assessments.team_name": _refused(_("The team needs a name that no other team of the round has")),
    "assessments.why_missing": _refused(_("Say why")),
    "assessments.draw_first": _refused(
        _("Field visits need a draw first"), _("Draw the points, then open them to the teams.")
    ),
    "assessments.no_field": _refused(
        _("The round has no field visits, and so nothing to draw"), _("Begin the round without a draw.")
    ),
    "assessments.visits_open": _refused(
        _("%(count)s visits are not accepted yet"), _("Have them marked and accepted, or cancel them.")
    ),
    "assessments.units_short": _refused(
        _("These units do not have their least number of points yet: %(units)s"),
        _("Open and mark more of their points, then complete the round."),
    ),
    "assessments.units_missing": _refused(_("Nobody is appraised yet"), _("Choose the units first.")),
    "assessments.frame_empty": _refused(
        _("There is no open point of these types in the units"),
        _("Enter points, or choose other types or units."),
    ),
    "assessments.certain_absent": _refused(_("These points are not in the frame: %(numbers)s")),
    "assessments.nothing_drawn": _refused(_("By this design nothing would be drawn")),
    "assessments.passphrase_short": _refused(_("The passphrase needs at least %(least)s characters")),
    "assessments.passphrase_wrong": _refused(
        _("This is not the passphrase under which the seed was sealed"),
        _("Nobody can open the seed without it. If it is lost, cancel the round and draw anew."),
    ),
    "assessments.slot_order": _refused(_("A time slot ends before it begins")),
    "assessments.all_open": _refused(_("All drawn points of this choice are open already"), _LOOK),
    "assessments.no_free_team": _refused(
        _("%(count)s points have no team without an interest in them (in %(units)s)"),
        _("Add a team from elsewhere; for second marks two teams are needed."),
    ),
    "assessments.reveal_later": _refused(
        _("The seed is revealed when marking is over: it says which points are visited"), _LOOK
    ),
    "assessments.revealed_already": _refused(_("The seed was revealed already"), _LOOK),
    "assessments.not_marking": _refused(_("The round is not being marked"), _LOOK),
    "assessments.marked_already": _refused(
        _("The visit was handed in: what it says now cannot be taken"), _("Correct it and hand it in again.")
    ),
    "assessments.marks_wrong": _refused(
        _("%(count)s items cannot be taken yet: %(items)s"), _("Correct what is said beside each of them.")
    ),
    "assessments.mark_missing": _refused(_("This item is not answered yet")),
    "assessments.item_twice": _refused(_("An item is answered twice")),
    "assessments.no_such_item": _refused(_("The point has no such item")),
    "assessments.answer": _refused(_("The answer should look like: %(like)s")),
    "assessments.row_visit": _refused(_("There is no open visit “%(text)s” of your teams in this round")),
    "assessments.row_item": _refused(_("The point has no item “%(text)s”")),
    "assessments.row_twice": _refused(_("The item “%(text)s” stands twice for this visit")),
    "assessments.row_moment": _refused(_("“%(text)s” is no time: write 2022-04-11 09:30")),
    "assessments.table_errors": _refused(_("%(count)s cells must be corrected first; nothing was stored")),
    "assessments.table_empty": _refused(_("The table answers nothing")),
    "scoring.mark_not_an_object": _refused(_("This item is not answered yet")),
    "scoring.mark_field_missing": _refused(_("A part of the answer is missing")),
    "scoring.mark_field_unknown": _refused(_("The answer says something that the item does not ask")),
    "scoring.mark_not_whole": _refused(_("A whole number from %(least)s to %(most)s is needed")),
    "scoring.mark_not_a_number": _refused(_("A number is needed, such as 12.5")),
    "scoring.mark_not_a_text": _refused(_("Say in a few words why it does not apply")),
    "scoring.mark_not_one_of": _refused(_("Choose one of the grades")),
    "scoring.mark_not_yes_or_no": _refused(_("Choose yes or no")),
    "scoring.mark_na_and_more": _refused(
        _("An item that does not apply has no other answer: take one of them away")
    ),
    "scoring.frame_tampered": _refused(
        _("The frame is not the one that was published"), _("Stop, and find out who changed it.")
    ),
    "scoring.seed_not_committed": _refused(_("The seed is not the one to which the draw committed")),
    "scoring.design_field": _refused(_("The design cannot be: %(field)s")),
    "assessments.photos_missing": _refused(_("At least %(least)s photos are needed; there are %(has)s")),
    "assessments.photos_many": _refused(_("There are too many photos; %(most)s are allowed")),
    "assessments.visited_when": _refused(_("The visit lies in the future, or outside the days of the round")),
    "assessments.outside_slot": _refused(_("The visit lies outside its time slot: say why in the remark")),
}
