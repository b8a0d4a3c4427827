"""What the audit says of actions, and what pages say of refusals and doubts."""

from django.utils.translation import gettext_lazy as _

from chuangwen.kit.http import Text, Words

ACTIONS = {
    "progress.followed": _("Follows the plan, version %(number)s"),
    "progress.beat_set": _("Set the rhythm %(name)s"),
    "progress.beat_removed": _("Removed the rhythm %(name)s"),
    "progress.rhythm_settled": _("Settled the rhythm; yellow from %(near_pct)s%% of what is due"),
    "progress.course_set": _("Set how the indicator gets its values"),
    "progress.weights_set": _("Set the weights of %(count)s tasks"),
    "progress.period_opened": _("Opened the period from %(first)s to %(last)s with %(reports)s reports"),
    "progress.item_filled": _("Filled in the task"),
    "progress.item_unchanged": _("Said that nothing has changed"),
    "progress.item_not_due": _("Said that it is not due yet"),
    "progress.handed_in": _("Handed in %(count)s tasks"),
    "progress.words_taken_over": _("Took over what %(count)s members said"),
    "progress.reviewed": _("Reviewed %(count)s tasks as lead unit"),
    "progress.evidence_added": _("Added the file %(name)s"),
    "progress.evidence_removed": _("Removed the file %(name)s"),
    "progress.confirmed": _("Confirmed %(count)s tasks"),
    "progress.sheet_read": _("Brought back the table %(name)s with %(count)s tasks"),
    "progress.item_returned": _("Returned with %(count)s remarks"),
    "progress.value_corrected": _("Corrected the value of %(unit)s for %(last_day)s: %(reason)s"),
    "progress.late_granted": _("Opened the report again until %(until)s: %(why)s"),
    "progress.milestone_added": _("Entered the document to be issued %(title)s"),
    "progress.milestone_entered": _(
        "Entered of the document: number %(document_number)s, issued %(issued_on)s"
    ),
    "progress.milestone_removed": _("Removed the document to be issued %(title)s"),
    "progress.budget_set": _("Set the money of task %(task)s for %(year)s"),
    "progress.stage_reached": _("Found the stage %(title)s reached: %(words)s"),
    "progress.stage_not_reached": _("Found the stage %(title)s not reached: %(words)s"),
    "progress": _("Computation of progress"),
    "progress.rules": _("Rules of progress"),
}

KINDS = {
    "plans.indicator": _("Indicator"),
    "progress.course": _("How an indicator gets its values"),
    "progress.following": _("Plan that is followed"),
    "progress.period": _("Period"),
    "progress.milestone": _("Document to be issued"),
    "progress.stagegate": _("Stage of a plan"),
    "progress.unitreport": _("Report of a unit"),
    "progress.reportitem": _("Task in a report"),
}

_AS_IT_WAS = _("Nothing was changed.")
_KEPT = _("What you typed is kept as a draft.")
_FORMULA = _("Below the form stands what a formula may read and how it is written.")
_LOOK_AGAIN = _("Open the page again to see where it stands.")


def _of_cell(what: Text) -> Words:
    """What is wrong in a cell of a table, which is told in a list of all of them."""
    return Words(what, _("Nothing was stored."), _("Correct the table, and bring it back."))


REFUSALS = {
    "progress.item_state": Words(
        _("This task of the report is with somebody else now"), _AS_IT_WAS, _LOOK_AGAIN
    ),
    "progress.locked": Words(
        _("The report was locked on %(at)s"),
        _("What was handed in by then is safe."),
        _("Ask the campaign office to open it again, and say why it is late."),
    ),
    "progress.grant_over": Words(
        _("The report was locked on %(at)s; it was open again until %(until)s"),
        _("What was handed in by then is safe."),
        _("Ask the campaign office once more, and say why it is late."),
    ),
    "progress.nothing_before": Words(
        _("There is no earlier report that could stay as it was"),
        _AS_IT_WAS,
        _("Fill in the task this once."),
    ),
    "progress.nothing_to_hand_in": Words(_("Everything is handed in already"), _AS_IT_WAS, _LOOK_AGAIN),
    "progress.say_how_it_stands": Words(
        _("%(count)s places still want an answer"), _KEPT, _("Say of every task how it stands.")
    ),
    "progress.say_what_is_stuck": Words(
        _("%(count)s places still want an answer"), _KEPT, _("Say in a sentence what is stuck.")
    ),
    "progress.say_value_or_why": Words(
        _("A value is missing"), _KEPT, _("Give the number, or say in a few words why there is none.")
    ),
    "progress.say_why_it_is_so": Words(
        _("A number looks unlikely"), _KEPT, _("Correct it, or say in a few words why it is so.")
    ),
    "progress.nothing_chosen": Words(
        _("Nothing was chosen"), _AS_IT_WAS, _("Tick the tasks, then confirm them.")
    ),
    "progress.remark_missing": Words(
        _("A return needs a remark"), _AS_IT_WAS, _("Say beside the field what is wrong with it.")
    ),
    "progress.reason_missing": Words(
        _("A correction needs a reason"), _AS_IT_WAS, _("Say in a sentence why the number changes.")
    ),
    "progress.grant_needs_why_and_until": Words(
        _("A late report needs a reason and a time to come"), _AS_IT_WAS, _("Give both, and send it again.")
    ),
    "progress.no_period": Words(
        _("No period can be opened for that day"),
        _AS_IT_WAS,
        _("A period opens from a week before its last day, within the years of the plan."),
    ),
    "progress.short_beat_asks": Words(
        _("What comes oftener than monthly asks units for nothing"),
        _AS_IT_WAS,
        _("Let it be computed, or ask for named key projects only."),
    ),
    "progress.two_beats_ask": Words(
        _("Another rhythm asks every unit already"),
        _AS_IT_WAS,
        _("Let one of them ask, so that nobody reports twice."),
    ),
    "progress.no_key_tasks": Words(
        _("No key project is named"), _AS_IT_WAS, _("Choose the tasks whose units are asked.")
    ),
    "progress.beat_has_periods": Words(
        _("The rhythm %(name)s has periods already"), _AS_IT_WAS, _("Let it ask nobody instead.")
    ),
    "progress.drawn_outside": Words(
        _("%(day)s is not in the years of the plan, %(first)s to %(last)s"),
        _AS_IT_WAS,
        _("Draw the path with days of the plan."),
    ),
    "progress.no_areas": Words(
        _("No area is named"), _AS_IT_WAS, _("Choose the areas that give their own values.")
    ),
    "progress.no_such_parent": Words(
        _("The plan above has no such indicator"), _AS_IT_WAS, _("Choose one of its indicators.")
    ),
    "progress.milestone_needs_task_and_title": Words(
        _("A document to be issued needs a task and a title"), _AS_IT_WAS, _("Give both, and send it again.")
    ),
    "progress.milestone_begun": Words(
        _("Something was entered of %(title)s already"), _AS_IT_WAS, _("Correct what was entered instead.")
    ),
    "progress.budget_needs_task_and_year": Words(
        _("Money needs a task and a year of the plan"), _AS_IT_WAS, _("Choose both from the list.")
    ),
    "progress.no_money": Words(
        _("This is no sum of money"),
        _AS_IT_WAS,
        _("Give yuan with two decimals at most, and not below zero."),
    ),
    "progress.grounds_missing": Words(
        _("A decision needs its grounds"), _AS_IT_WAS, _("Say in a sentence what it rests on.")
    ),
    "progress.stage_runs": Words(
        _("The stage %(title)s has not ended yet"), _AS_IT_WAS, _("Decide after its last day.")
    ),
    "progress.other_unit": Words(
        _("The formula gives “%(gives)s”, the indicator is in “%(wants)s”"),
        _AS_IT_WAS,
        _("Choose inputs that are counted as the indicator is."),
    ),
    "formulas.empty": Words(_("Nothing is written"), _AS_IT_WAS, _("Write the formula.")),
    "formulas.unexpected": Words(
        _("“%(found)s” cannot stand at character %(position)s"), _AS_IT_WAS, _FORMULA
    ),
    "formulas.unexpected_end": Words(_("The formula stops too early"), _AS_IT_WAS, _FORMULA),
    "formulas.unknown_name": Words(
        _("“%(name)s” is neither an indicator nor a function"), _AS_IT_WAS, _FORMULA
    ),
    "formulas.period_of": Words(_("“%(function)s” takes one indicator or source"), _AS_IT_WAS, _FORMULA),
    "formulas.needs_two": Words(_("“%(function)s” takes two members"), _AS_IT_WAS, _FORMULA),
    "formulas.needs_several": Words(_("“%(function)s” takes two members or more"), _AS_IT_WAS, _FORMULA),
    "formulas.ambiguous_comma": Words(
        _("“%(found)s” may be one number or several"),
        _AS_IT_WAS,
        _("Write %(number)s, or %(several)s."),
    ),
    "formulas.number_too_long": Words(_("“%(found)s” has more than %(most)s digits"), _AS_IT_WAS, _FORMULA),
    "formulas.too_long": Words(
        _("The formula has more than %(most)s characters"), _AS_IT_WAS, _("Split it over two indicators.")
    ),
    "formulas.too_deep": Words(
        _("Brackets stand in one another more than %(most)s deep"),
        _AS_IT_WAS,
        _("Split it over two indicators."),
    ),
    "formulas.too_many_parts": Words(
        _("The formula has more than %(most)s parts"), _AS_IT_WAS, _("Split it over two indicators.")
    ),
    "formulas.unknown_reference": Words(_("There is no “%(reference)s” to read from"), _AS_IT_WAS, _FORMULA),
    "formulas.units_differ": Words(
        _("In “%(part)s” the units “%(left)s” and “%(right)s” do not go together"), _AS_IT_WAS, _FORMULA
    ),
    "formulas.units_not_multiplied": Words(
        _("In “%(part)s” the units “%(left)s” and “%(right)s” do not go together"), _AS_IT_WAS, _FORMULA
    ),
    "formulas.units_not_divided": Words(
        _("In “%(part)s” the units “%(left)s” and “%(right)s” do not go together"), _AS_IT_WAS, _FORMULA
    ),
    "formulas.cycle": Words(
        _("The formulas go in a circle: %(path)s"), _AS_IT_WAS, _("Let one of them read something else.")
    ),
    "progress.not_a_number": Words(
        _("%(value)s is no number"), _KEPT, _("Write digits, such as 1200 or 36.5.")
    ),
    "progress.too_many_decimals": Words(
        _("%(value)s has more than six decimals"), _KEPT, _("Round it to six decimals.")
    ),
    "progress.too_large": Words(
        _("%(value)s is too large to be kept"), _KEPT, _("Check the unit: 万 and 亿 are multiplied out.")
    ),
    "progress.is_submitted": Words(
        _("It is handed in and waits to be looked at"),
        _AS_IT_WAS,
        _("To change it, ask whoever looks at it to return it."),
    ),
    "progress.is_reviewed": Words(
        _("The lead unit has looked at it; the campaign office confirms it"),
        _AS_IT_WAS,
        _("To change it, ask the campaign office to return it."),
    ),
    "progress.is_confirmed": Words(
        _("The campaign office has confirmed it"),
        _AS_IT_WAS,
        _("To change it, ask the campaign office to return it."),
    ),
    "progress.nothing_from_members": Words(
        _("No member unit has handed in any words"), _AS_IT_WAS, _("Write what was done yourself.")
    ),
    "progress.words_too_long": Words(
        _("%(length)s characters are more than the %(most)s that are kept"), _KEPT, _("Say it more shortly.")
    ),
    "progress.half_a_share": Words(
        _("A share needs both numbers: how many, and of how many"),
        _KEPT,
        _("Give both; the city's share is made from them."),
    ),
    "progress.share_of_nothing": Words(
        _("A share of nothing is no number"), _KEPT, _("Leave it empty and say in a few words why.")
    ),
    "progress.day_to_come": Words(_("%(day)s is still to come"), _KEPT, _("Give a day up to today.")),
    "progress.computed_value": Words(
        _("The number is computed"), _AS_IT_WAS, _("Correct the list that it is made from.")
    ),
    "progress.file_empty": Words(_("The file %(name)s is empty"), _KEPT, _("Choose it once more.")),
    "progress.file_too_big": Words(
        _("The file %(name)s is larger than %(limit_mb)s MB"),
        _KEPT,
        _("Make the picture smaller, or split it."),
    ),
    "progress.file_kind": Words(
        _("%(name)s is no picture, PDF or Office file"), _KEPT, _("Save it as a picture or as PDF.")
    ),
    "progress.too_many_files": Words(
        _("A task has %(most)s files at most"), _KEPT, _("Put several pictures into one PDF.")
    ),
    "progress.no_such_confidentiality": Words(
        _("Say who may read the file"), _KEPT, _("Choose one of both.")
    ),
    "progress.no_such_entry": Words(
        _("This task has no such indicator to be given"), _("Nothing was stored."), _("Leave it out.")
    ),
    "progress.no_such_helper": Words(
        _("There is no such unit here"), _("Nothing was stored."), _("Give the number of a unit of the city.")
    ),
    "progress.share_twice": Words(
        _("The share is given twice"), _KEPT, _("Give both numbers, or the share alone.")
    ),
    "progress.sheet_foreign": Words(
        _("“%(name)s” was not taken from this report"),
        _("Nothing was stored."),
        _("Take the table out of this report, fill it in and bring it back."),
    ),
    "progress.sheet_same": Words(
        _("“%(name)s” changes nothing"),
        _("Nothing was stored."),
        _("Fill in the table, save it, bring it back."),
    ),
    "progress.sheet_errors": Words(
        _("The table has cells that must be corrected first"),
        _("Nothing was stored."),
        _("Correct the rows that are named, and bring it back."),
    ),
    "progress.row_gone": _of_cell(_("This row is not in the report: leave the hidden cell as it was")),
    "progress.row_twice": _of_cell(_("The same as row %(other)s: leave one of both")),
    "progress.cell_changed_meanwhile": _of_cell(
        _("Somebody changed this from %(was)s to %(now)s after the table was taken: look, then correct it")
    ),
    "progress.cell_elsewhere": _of_cell(_("This belongs into another row of the same task")),
    "progress.cell_unchanged_and_more": _of_cell(_("“No change” stands alone; say how it stands instead")),
    "progress.cell_not_a_choice": _of_cell(_("“%(text)s” is not one of the choices: %(choices)s")),
    "progress.cell_unit": _of_cell(_("No single unit is called “%(text)s”: write its full name")),
}
