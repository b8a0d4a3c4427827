"""What plans say in words: what was done, why something was refused, what is wrong in a table."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from chuangwen.cores.reading.model import Trait
from chuangwen.cores.series.kinds import Accrual, RollUp
from chuangwen.kit.http import Words

from .models import ACCRUALS, ROLL_UPS, Strength, Subject

SUBJECTS: dict[str, str | Promise] = {
    "plans.planversion": _("Version of a plan"),
    "plans.intake": _("File handed in"),
    "plans.indicator": _("Indicator"),
}

DONE: dict[str, str | Promise] = {
    "reading": _("The reader"),
    "import": _("The import command"),
    "plans.received": _("Took in the document “%(name)s”"),
    "plans.drafted": _("Read “%(document)s”: %(tasks)s tasks, %(indicators)s indicators"),
    "plans.row_accepted": _("Checked “%(what)s”"),
    "plans.row_dropped": _("Left out “%(what)s”"),
    "plans.row_restored": _("Took “%(what)s” back in"),
    "plans.rest_accepted": _("Checked the remaining %(count)s items at once"),
    "plans.row_corrected": _("Corrected “%(what)s”"),
    "plans.row_added": _("Added “%(what)s” from the text"),
    "plans.name_matched": _("Matched “%(printed)s” in %(count)s places"),
    "plans.task_split": _("Split the task “%(what)s”"),
    "plans.indicator_split": _("Split the indicator “%(what)s”"),
    "plans.tasks_merged": _("Merged tasks into “%(what)s”"),
    "plans.indicators_merged": _("Merged indicators into “%(what)s”"),
    "plans.baseline_set": _("Set %(value)s as the baseline of “%(what)s”"),
    "plans.doubt_answered": _("Answered a doubt: %(answer)s"),
    "plans.confirmed": _("Confirmed as version %(number)s"),
    "plans.submitted": _("Asked the leaders to confirm"),
    "plans.sent_back": _("Sent back: %(reason)s"),
    "plans.letter_acknowledged": _("%(unit)s acknowledged its task letter"),
    "plans.discarded": _("Discarded the draft"),
    "plans.amended": _("Began to amend version %(number)s: %(reason)s"),
    "plans.reissued": _("Compared with “%(document)s”: %(count)s differences"),
    "plans.table_read": _("Compared with the table “%(name)s”: %(count)s differences"),
    "plans.change_accepted": _("Took over the change of “%(what)s”"),
    "plans.change_rejected": _("Did not take over the change of “%(what)s”"),
    "plans.brought_in": _("Brought in the plan with %(versions)s versions"),
}

_SAFE = _("Nothing was changed. What was saved before is safe.")
_AGAIN = _("Go back, correct the entry and send it again.")


def _refused(happened: Promise, after: Promise = _AGAIN) -> Words:
    return Words(happened, _SAFE, after)


REFUSED: dict[str, Words] = {
    "plans.version_state": _refused(
        _("This version is no draft, and only drafts are edited"),
        _("To change a plan in force, begin an amendment."),
    ),
    "plans.row_state": _refused(
        _("This item stands where the step is not possible"), _("Open the page again to see where it stands.")
    ),
    "plans.change_state": _refused(
        _("This difference was decided already"), _("Open the page again to see the decision.")
    ),
    "plans.draft_open": _refused(
        _("“%(plan)s” has an open draft already"), _("Confirm or discard that draft first.")
    ),
    "plans.nothing_in_force": _refused(
        _("“%(plan)s” has no version in force"), _("Confirm its draft first.")
    ),
    "plans.same_document": _refused(
        _("“%(name)s” is word for word the document of the version in force"),
        _("Hand in the changed document."),
    ),
    "plans.no_document": _refused(
        _("The version in force was not read from a document, so there is nothing to compare with"),
        _("Begin an amendment instead."),
    ),
    "plans.table_unreadable": _refused(
        _("“%(name)s” is not a workbook that can be read"), _("Save it as XLSX and hand it in again.")
    ),
    "plans.table_too_big": _refused(_("“%(name)s” is larger than %(limit_mb)s MB")),
    "plans.table_foreign": _refused(
        _("“%(name)s” is not a table that this plan gave out"),
        _("Take the task breakdown table of this plan out, make the changes in that file and hand it in."),
    ),
    "plans.table_columns": _refused(
        _("“%(name)s” lacks the columns %(missing)s"), _("Take the table out anew and keep its header.")
    ),
    "plans.table_same": _refused(_("“%(name)s” says nothing else than the plan already does")),
    "plans.table_errors": _refused(_("Some rows of the table cannot be taken as they are")),
    "plans.json_bad": _refused(
        _("This is not the JSON of a plan: %(why)s"), _("Use a file that a plan was taken out to.")
    ),
    "plans.json_unknown": _refused(
        _("The register has no %(names)s"), _("Enter these units, groups and posts, then bring the plan in.")
    ),
    "plans.rows_left": _refused(
        _("%(left)s items are not checked yet"), _("Check or leave out each of them, then confirm.")
    ),
    "plans.doubts_left": _refused(
        _("%(left)s places with damaged text are not answered yet"), _("Answer these doubts, then confirm.")
    ),
    "plans.changes_left": _refused(
        _("%(left)s differences are not decided yet"), _("Take over or refuse each of them, then confirm.")
    ),
    "plans.reason_missing": _refused(_("An amendment needs a reason"), _("Say why the plan is changed.")),
    "plans.empty_plan": _refused(
        _("There is neither a task nor an indicator in this draft"), _("Add what the reader missed.")
    ),
    "plans.bad_deadline": _refused(
        _("“%(deadline)s” is no deadline"), _("Write a year (2023) or a year and a month (2023-06).")
    ),
    "plans.too_many_digits": _refused(
        _("%(value)s has more digits than can be kept exactly"),
        _("Use at most %(digits)s digits, six of them after the point; a larger unit may help."),
    ),
    "plans.not_a_number": _refused(
        _("“%(value)s” is no number"), _("Write digits, with a point if need be.")
    ),
    "plans.required": _refused(_("A field that is needed was left empty")),
    "plans.too_long": _refused(_("A text is longer than %(most)s characters"), _("Shorten it.")),
    "plans.bad_choice": _refused(_("“%(value)s” is not one of the choices")),
    "plans.no_target": _refused(
        _("The indicator “%(name)s” has neither a value nor words"), _("Enter what is to be reached.")
    ),
    "plans.match_one": _refused(_("Choose one unit, group or post for “%(printed)s”")),
    "plans.merge_two": _refused(_("Choose two or more items to merge")),
    "plans.merge_one_draft": _refused(_("Items of different drafts cannot be merged")),
    "plans.split_two": _refused(_("Splitting needs at least two parts")),
    "plans.bad_selection": _refused(
        _("The selection does not lie in the document"), _("Select the words in the text again.")
    ),
    "plans.merge_unlike": _refused(_("Tick two or more tasks, or two or more indicators, to merge them")),
    "plans.merge_units": _refused(
        _("Indicators measured in different units cannot be merged: %(units)s"),
        _("Leave one of them out, or correct its unit first."),
    ),
    "plans.split_unlike": _refused(_("Only tasks and indicators can be split")),
    "plans.answer_missing": _refused(_("Choose an answer first")),
    "plans.unit_missing": _refused(_("Name the unit that is meant")),
    "plans.unit_unknown": _refused(
        _("No single unit is called “%(name)s”"), _("Write its full name, or enter it as a new unit.")
    ),
    "plans.indicator_missing": _refused(_("Choose the indicator that this figure belongs to")),
    "plans.version_missing": _refused(
        _("The page did not say which state it showed"), _("Load the page anew and try again.")
    ),
    "plans.original_missing": _refused(
        _("The original file is not kept here, only its text"), _("Ask where the plan was first handed in.")
    ),
    "plans.file_missing": _refused(_("Choose a file first")),
    "plans.stale_change": _refused(
        _("What the difference speaks of is no longer in the draft"), _("Refuse this difference.")
    ),
}


TABLE_FAULTS: dict[str, str | Promise] = {
    "key_edited": _(
        "The hidden key was edited; clear both hidden cells of the row, or take the table out anew"
    ),
    "row_copied": _(
        "The same item as row %(other)s, copied whole; insert an empty row and fill it in instead"
    ),
    "written_differently": _("Rows %(rows)s say different things of the same item; make them agree"),
    "task_gone": _("The plan has this task no more; clear the hidden keys of the row to bring it back"),
    "task_empty": _("A task needs a name; to remove it, delete the row"),
    "program_unknown": _("The plan has no “%(title)s”; use the name of one of its programs"),
    "indicator_gone": _(
        "The plan has this indicator no more; clear the hidden keys of the row to bring it back"
    ),
    "new_row_without_task": _("A new row must say which task it belongs to"),
    "name_empty": _("An indicator needs a name; to remove it, delete the row"),
    "value_empty": _("There is no target value; enter a number, or what is required in words"),
    "deadlines_missing": _("%(count)s target values need %(count)s deadlines, with commas between"),
    "deadlines_too_many": _("There are more deadlines than target values; make them correspond"),
    "signs_do_not_match": _("Give one comparison, or one for each target value"),
    "not_a_choice": _("“%(text)s” is not one of the choices: %(choices)s"),
    "deadline_unclear": _(
        "“%(text)s” is not understood; write a year (2023) or a year and a month (2023-06)"
    ),
    "too_many_digits": _("“%(text)s” has too many digits; fifteen are kept at most"),
    "not_a_number": _("“%(text)s” is no number; write digits alone"),
}

TRAITS: dict[str, str | Promise] = {
    Trait.PER_YEAR: _("a value for each year"),
    Trait.YEARLY_ANEW: _("owed anew every year"),
    Trait.CUMULATIVE: _("cumulative"),
    Trait.HELD_FLOOR: _("a level to hold"),
    Trait.EACH: _("for each one"),
    Trait.MEAN: _("on average"),
    Trait.PER_HEAD: _("per head or density"),
    Trait.AGAINST_BASE: _("against a base"),
    Trait.FROM_ABOVE: _("number issued from above"),
    Trait.ORDERED_CLASS: _("ordered class"),
    Trait.RANGE: _("range"),
}

KINDS: dict[str, str | Promise] = {
    Subject.PROGRAM: _("Program"),
    Subject.TASK: _("Task"),
    Subject.INDICATOR: _("Indicator"),
    Subject.RESULT: _("Reported result"),
    Subject.GOAL: _("Goal"),
    Subject.STAGE: _("Stage"),
    Subject.RHYTHM: _("Rhythm of supervision"),
    Subject.MECHANISM: _("Mechanism"),
}

ANNOUNCED: dict[str, str | Promise] = {
    "programs": _("announced %(count)s programs, found %(found)s"),
    "tasks": _("announced %(count)s tasks, found %(found)s"),
    "measures": _("announced %(count)s measures, found %(found)s"),
    "indicators": _("announced %(count)s indicators, found %(found)s"),
}

FIELDS: dict[str, str | Promise] = {
    "title": _("Title"),
    "text": _("Text"),
    "number": _("Number"),
    "program": _("Program"),
    "deadline": _("Deadline"),
    "measures": _("Measures"),
    "leader": _("Lead leader"),
    "lead": _("Lead unit"),
    "member": _("Member unit"),
    "responsible": _("Responsible unit"),
    "name": _("Name"),
    "value": _("Value"),
    "comparator": _("Comparator"),
    "targets": _("Targets"),
    "unit_of_measure": _("Unit of measure"),
    "frequency": _("Frequency"),
    "strength": _("Strength"),
    "scope": _("Scope"),
    "words": _("In words"),
    "baseline": _("Baseline"),
    "tasks": _("Tasks"),
    "goals": _("Goals"),
    "period": _("Period"),
    "duty": _("What is done"),
}


def trait_words(trait: str) -> str:
    """What kind of number an indicator is."""
    return str(TRAITS.get(trait, trait))


def strength_words(strength: str) -> str:
    """确保 or 力争; "" for neither."""
    return str(Strength(strength).label) if strength else ""


def accrual_words(accrual: str) -> str:
    """How values add up in time."""
    return str(ACCRUALS[Accrual(accrual)])


def roll_up_words(roll_up: str) -> str:
    """How values of districts become the city's."""
    return str(ROLL_UPS[RollUp(roll_up)])
