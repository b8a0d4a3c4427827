"""What systems say in words: what was done, why something was refused, what is wrong with a draft."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from chuangwen.cores.scoring.kinds import Kind
from chuangwen.kit.http import Words

ITEM_KINDS: dict[str, str | Promise] = {
    Kind.YES_NO: _("yes or no"),
    Kind.K_OF_N: _("so many of n"),
    Kind.DEDUCTIONS: _("deduction per fault"),
    Kind.GRADES: _("grades"),
    Kind.MEASURED: _("measured value"),
    Kind.OBSERVED: _("observed rate"),
    Kind.ALL_OR_NOTHING: _("all or nothing"),
    Kind.HOTLINE: _("hotline test"),
}

ACTIONS: dict[str, str | Promise] = {
    "standards.rules": _("Rules of the standards"),
    "standards.system_added": _("Began the assessment system “%(name)s”"),
    "standards.system_changed": _("Changed the head of the system to “%(name)s”"),
    "standards.draft_begun": _("Began a draft, based on version %(based_on)s"),
    "standards.draft_discarded": _("Discarded a draft with %(nodes)s rows of the tree"),
    "standards.head_changed": _("Said where weights must add up"),
    "standards.published": _(
        "Published version %(number)s of “%(system)s”: %(nodes)s rows of the tree, %(items)s items"
    ),
    "standards.node_added": _("Added “%(title)s”"),
    "standards.node_changed": _("Changed “%(title)s”"),
    "standards.node_moved": _("Moved “%(title)s”"),
    "standards.node_removed": _("Removed “%(title)s” with %(items)s items"),
    "standards.item_added": _("Added the item “%(title)s”"),
    "standards.item_changed": _("Changed the item “%(title)s”"),
    "standards.item_moved": _("Moved the item “%(title)s”"),
    "standards.item_removed": _("Removed the item “%(title)s”"),
    "standards.type_added": _("Added the point type %(code)s “%(name)s”"),
    "standards.type_changed": _("Changed the point type to %(code)s “%(name)s”"),
    "standards.type_removed": _("Removed the point type %(code)s “%(name)s”"),
    "standards.types_taken": _("Took over %(n)s point types from the list that comes with Chuangwen"),
    "standards.sample_taken": _("Took over the sample system: %(nodes)s rows, %(items)s items"),
    "standards.brought_in": _("Brought in “%(name)s”: %(nodes)s rows, %(items)s items"),
    # Said of everything on the negative list: who reads the audit learns nothing of it.
    "standards.restricted": _("Took a restricted step"),
}

KINDS: dict[str, str | Promise] = {
    "standards.system": _("Assessment system"),
    "standards.systemversion": _("Version of an assessment system"),
    "standards.pointtype": _("Point type"),
    "standards.negativeitem": _("Restricted matter"),
    "standards.negativereport": _("Restricted matter"),
    "standards.negativeoccurrence": _("Restricted matter"),
}

_SAFE = _("Nothing was changed. What was saved before is safe.")
_AGAIN = _("Go back, correct the entry and send it again.")
_LOOK = _("Open the page again to see where it stands.")


def _refused(happened: str | Promise, after: str | Promise = _AGAIN) -> Words:
    return Words(happened, _SAFE, after)


REFUSED: dict[str, Words] = {
    "standards.published": _refused(
        _("A published version never changes"), _("Begin a draft: it starts as a copy of what is published.")
    ),
    "standards.draft_there": _refused(
        _("There is a draft of this system already"), _("Go on with it, or discard it first.")
    ),
    "standards.not_ready": _refused(
        _("The draft has %(n)s faults and cannot be published"),
        _("They are listed on the page of the draft; correct them first."),
    ),
    "standards.purpose_stays": _refused(
        _("What a published system counts for stays"), _("Begin another system instead.")
    ),
    "standards.system_exists": _refused(_("The city has a system of the name “%(name)s” already")),
    "standards.type_exists": _refused(_("The city has a point type “%(name)s” already")),
    "standards.type_used": _refused(
        _("Items or points are of this type"), _("Change them first; or rename the type instead.")
    ),
    "standards.title_missing": _refused(_("The title is missing")),
    "standards.total_missing": _refused(_("The total must be above zero")),
    "standards.weight_too_big": _refused(_("A weight is between 0 and 1000")),
    "standards.level_order": _refused(
        _("This level may not stand there: categories stand at the top, then contents, then standards")
    ),
    "standards.cap_missing": _refused(_("A capping item needs its cap between 0 and 1, others have none")),
    "standards.photos": _refused(_("At most %(most)s photos can be asked for")),
    "standards.unit_elsewhere": _refused(_("A responsible unit belongs to another city")),
    "standards.type_elsewhere": _refused(_("A point type belongs to another city")),
    "standards.outside_standard": _refused(_("Items stand in a standard, or in a group of one")),
    "standards.under_itself": _refused(_("It cannot stand under itself")),
    "standards.table_errors": _refused(
        _("The file has %(n)s cells that must be corrected first"), _("Correct them and hand it in again.")
    ),
    "standards.preview_old": _refused(
        _("What was shown of the file is too old to be taken over"), _("Hand the file in again.")
    ),
    "standards.sample_types": _refused(
        _("The sample needs the point type “%(text)s”, and another one has its code"),
        _("Change the code of the other one first."),
    ),
    "standards.facts_missing": _refused(_("The facts are missing")),
    "standards.reason_missing": _refused(_("The reason is missing")),
    "standards.negative_day": _refused(_("The day lies in the future, or before the item held")),
    "standards.negative_exists": _refused(_("An item with this title stands in the list already")),
    "standards.window": _refused(_("The window is between 1 and %(most)s months")),
    "standards.deducts_nothing": _refused(_("Only an item that deducts has a deduction")),
    "standards.days_out_of_order": _refused(_("The last day lies before the first one")),
    "standards.withdrawn": _refused(_("It was withdrawn already"), _LOOK),
    "standards.report_given": _refused(_("The report of this month was given already"), _LOOK),
    "standards.something_told": _refused(
        _("Something was told for this month, so there is no zero report"),
        _("If it is wrong, the campaign office withdraws it first."),
    ),
    "standards.xlsform": _refused(_("The form cannot be read: %(text)s")),
    "standards.rule_text": _refused(_("“%(text)s” is no rule of this kind")),
    "standards.not_a_weight": _refused(
        _("“%(text)s” is no weight: write a number with three decimals at most")
    ),
    "standards.cell_empty": _refused(_("This must be filled in")),
    "standards.cell_title": _refused(_("It is empty or longer than %(most)s characters")),
    "standards.cell_choice": _refused(_("“%(text)s” is none of %(choices)s")),
    "standards.cell_critical": _refused(_("“%(text)s” says nothing here: write 否决, 封顶0.6 or nothing")),
    "standards.cell_whole": _refused(_("“%(text)s” is no whole number up to %(most)s")),
    "standards.cell_differs": _refused(_("Another row says “%(said)s” of the same, this one “%(text)s”")),
    "standards.cell_of_no_item": _refused(_("This belongs to an item, and the row has none")),
    "standards.cell_unit": _refused(_("No single unit is called “%(text)s”: write its full name")),
    "standards.cell_type": _refused(_("The city has no point type “%(text)s”")),
    "standards.at_the_end": _refused(_("It stands at the end already"), _LOOK),
}

RULES: dict[str, str | Promise] = {
    "scoring.kind_unknown": _("there is no such kind of item"),
    "scoring.rule_not_an_object": _("the rule cannot be read"),
    "scoring.rule_field_missing": _("the rule is not complete: %(field)s"),
    "scoring.rule_field_unknown": _("the rule has something that this kind does not know: %(field)s"),
    "scoring.rule_not_whole": _("a whole number from %(least)s to %(most)s is needed: %(field)s"),
    "scoring.rule_not_a_number": _("a number is needed: %(field)s"),
    "scoring.rule_not_a_text": _("words are needed, at most %(most)s characters: %(field)s"),
    "scoring.rule_not_a_key": _("a short name of letters and digits is needed: %(field)s"),
    "scoring.rule_not_one_of": _("it must be one of %(allowed)s: %(field)s"),
    "scoring.rule_not_a_list": _("between %(least)s and %(most)s lines are needed: %(field)s"),
    "scoring.rule_key_twice": _("“%(key)s” is there twice"),
    "scoring.rule_shares": _("the shares of the parts must add up to 1"),
    "scoring.rule_no_full_grade": _("the best grade must be worth 1"),
    "scoring.rule_steps_order": _(
        "steps must be written best first, each asking for less than the one before"
    ),
    "scoring.rule_value_or_steps": _("either one value or steps are needed"),
}
REFUSED |= {code: _refused(words) for code, words in RULES.items()}

FAULTS: dict[str, str | Promise] = {
    "standards.fault_empty": _("there is nothing in it yet"),
    "standards.fault_cycle": _("it stands under itself"),
    "standards.fault_sum": _("the weights below add up to %(total)s, not to %(wanted)s"),
    "standards.fault_no_weight": _("nothing below has a weight"),
    "standards.fault_number_twice": _("the number %(number)s is there twice"),
    "standards.fault_level": _("this level may not stand there"),
    "standards.fault_no_method": _("the standard has no method"),
    "standards.fault_no_items": _("the standard is assessed in the field and has no item"),
    "standards.fault_outside": _("the item stands in no standard"),
    "standards.fault_no_type": _("the item is looked at in the field and has no point type"),
    "standards.fault_no_rule": _("the item has no rule"),
    **RULES,
}
