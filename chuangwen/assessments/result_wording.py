"""Scores and what comes after in words: what was done, why something was refused, why a score is withheld."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from chuangwen.kit.http import Words

ACTIONS: dict[str, str | Promise] = {
    "assessments.round_scored": _("Scored the round: %(groups)s scores"),
    "assessments.part_set": _("Part score of %(unit)s: %(method)s, from %(source)s"),
    "assessments.part_removed": _("Removed the part score of %(unit)s: %(method)s"),
    "assessments.adjusted": _("Adjusted the score of %(unit)s: %(grounds)s"),
    "assessments.adjustment_removed": _("Took an adjustment of %(unit)s back"),
    "assessments.parts_brought_in": _(
        "Brought in the table “%(file)s”: %(parts)s part scores, %(adjustments)s adjustments"
    ),
    "assessments.replies_asked": _("Asked %(n)s owners for their reply"),
    "assessments.objected": _("%(unit)s objects"),
    "assessments.objection_withdrawn": _("%(unit)s withdrew its objection"),
    "assessments.objection_upheld": _("The objection of %(unit)s was upheld; the mark was changed"),
    "assessments.objection_rejected": _("The objection of %(unit)s was rejected; the mark stays"),
    "assessments.replied": _("%(unit)s went through its findings; it objected to %(objections)s of them"),
    "assessments.locked": _("Locked the round under %(sha256)s"),
    "assessments.cycle_added": _("Began the cycle “%(name)s”"),
    "assessments.cycle_changed": _("Changed the cycle “%(name)s”"),
    "assessments.official_recorded": _("Recorded the result of %(unit)s in %(year)s by %(issued_by)s"),
    "assessments.lost_added": _("Entered a lost point: %(item)s"),
    "assessments.lost_replied": _("The unit replied to a lost point"),
    "assessments.lost_decided": _("Decided on a lost point"),
    "assessments.filings_asked": _("Asked for material: %(n)s filings"),
    "assessments.filing_kept": _("%(unit)s kept a draft of its material"),
    "assessments.filed": _("%(unit)s filed its material"),
    "assessments.filing_file_added": _("Added the file %(name)s"),
    "assessments.filing_file_removed": _("Removed the file %(name)s"),
    "assessments.filing_accepted": _("Accepted the material of %(unit)s"),
    "assessments.filing_returned": _("Sent the material of %(unit)s back"),
}

KINDS: dict[str, str | Promise] = {
    "assessments.objection": _("Objection"),
    "assessments.cycle": _("Campaign cycle"),
    "assessments.officialresult": _("Official result"),
    "assessments.lostpoint": _("Lost point"),
    "assessments.filing": _("Filed material"),
}

_SAFE = _("Nothing was changed. What was saved before is safe.")
_AGAIN = _("Go back, correct the entry and send it again.")
_LOOK = _("Open the page again to see where it stands.")


def _refused(happened: Promise, after: Promise = _AGAIN) -> Words:
    return Words(happened, _SAFE, after)


REFUSED: dict[str, Words] = {
    "assessments.not_scored_now": _refused(
        _("A round is scored from its first marks until it is locked"), _LOOK
    ),
    "assessments.not_inputs": _refused(_("This is not the file of a round")),
    "assessments.not_a_lock": _refused(_("This is not the file of a lock, or it is damaged")),
    "assessments.not_locked": _refused(_("“%(name)s” is not locked")),
    "assessments.not_an_export": _refused(_("%(folder)s is no folder of an exported round")),
    "assessments.round_closed": _refused(_("“%(name)s” is closed and takes no more changes"), _LOOK),
    "assessments.unit_not_in_round": _refused(_("The unit is not appraised here")),
    "assessments.method_not_in_round": _refused(_("“%(method)s” is no method with a weight in this round")),
    "assessments.part_exists": _refused(_("%(unit)s has a part score of this method already"), _LOOK),
    "assessments.part_out_of_range": _refused(_("A part score is from 0 to 100 per cent")),
    "assessments.part_needs_n": _refused(_("Say of how many it is the result: a whole number above zero")),
    "assessments.part_needs_source": _refused(_("Say where it comes from, in up to 200 characters")),
    "assessments.part_standard": _refused(_("“%(node)s” is no standard of this method")),
    "assessments.adjustment_kind": _refused(_("Say whether it is a bonus or a penalty")),
    "assessments.adjustment_points": _refused(_("Points are from 0.001 to 100")),
    "assessments.adjustment_grounds": _refused(_("Say on what grounds")),
    "assessments.adjustment_no_cap": _refused(_("The round has no room for this: %(kind)s")),
    "assessments.cell_unit": _refused(_("“%(text)s” is no unit that the round appraises")),
    "assessments.cell_number": _refused(_("“%(text)s” is no number from 0 to 100")),
    "assessments.preview_old": _refused(_("The preview is too old"), _("Hand the file in again.")),
    "assessments.no_replies_yet": _refused(_("The round is not at the step where units reply"), _LOOK),
    "assessments.still_secret": _refused(
        _("The round is still secret; units must not hear of it yet"), _LOOK
    ),
    "assessments.replies_closed": _refused(_("The time for replies is over"), _LOOK),
    "assessments.replied_already": _refused(_("Your unit has replied already"), _LOOK),
    "assessments.objected_already": _refused(_("Your unit has objected to this mark already"), _LOOK),
    "assessments.objection_words": _refused(_("Say why, in up to %(most)s characters")),
    "assessments.objection_proof": _refused(_("An objection needs proof: from one file to %(most)s")),
    "assessments.file_too_big": _refused(_("%(name)s is empty or larger than %(most_mb)s MB")),
    "assessments.file_kind": _refused(_("%(name)s is no photo, PDF, Word or Excel file")),
    "assessments.grounds_missing": _refused(_("Say on what grounds, in up to 1000 characters")),
    "assessments.objections_open": _refused(
        _("%(n)s objections are open"), _("Have a second marker decide them first.")
    ),
    "assessments.filings_open": _refused(
        _("Filed material waits for its verdict"), _("Accept or return it first.")
    ),
    "assessments.replies_still_open": _refused(
        _("%(n)s owners may still reply"), _("Lock the round when the time for replies is over.")
    ),
    "assessments.cycle_years": _refused(_("The years of a cycle weigh 100 per cent in all")),
    "assessments.cycle_quarters": _refused(_("The four quarters weigh 100 per cent in all")),
    "assessments.cycle_exists": _refused(_("The city has a cycle of the name “%(name)s” already")),
    "assessments.official_year": _refused(_("The year lies outside the cycle “%(name)s”")),
    "assessments.official_score": _refused(_("A score is from 0 to 100, and no part has more than its full")),
    "assessments.official_issuer": _refused(_("Say who issued the result")),
    "assessments.official_exists": _refused(
        _("%(unit)s has a result of this issuer for %(year)s already; it is never written over")
    ),
    "assessments.lost_points": _refused(_("Say what was lost, and how many points")),
    "assessments.lost_more_than_lost": _refused(_("That is more than the test took in all")),
    "assessments.lost_cause": _refused(_("Say whether it was the unit's own fault")),
    "assessments.lost_decided": _refused(_("It was decided already"), _LOOK),
    "assessments.lost_not_heard": _refused(_("The unit has not replied yet"), _("Hear the unit first.")),
    "assessments.nothing_to_file": _refused(_("No standard of this round is reviewed by its material")),
    "assessments.filing_empty": _refused(_("Write a conclusion and a statement first")),
    "assessments.filing_marks": _refused(_("Each item of the standard needs a mark")),
    "assessments.too_many_files": _refused(_("There are %(most)s files already")),
    "assessments.no_such_file": _refused(_("There is no such file"), _LOOK),
}

WITHHELD: dict[str, str | Promise] = {
    "nothing": _("nothing was marked"),
    "missing_method": _("a method has no result yet"),
    "coverage": _("too little was covered"),
    "filings_open": _("filed material waits for its verdict"),
}

ROLES: dict[str, str | Promise] = {
    "unit": _("Areas and units"),
    "lead": _("Lead departments"),
    "venue": _("Venues"),
}

NEEDED: dict[str, str | Promise] = {
    "reachable": _("within reach"),
    "certain": _("certain already"),
    "out_of_reach": _("out of reach"),
    "years_missing": _("years are missing"),
}

APART: dict[str, str | Promise] = {
    "apart": _("told apart"),
    "tied": _("the same score"),
    "unknown": _("no interval, so not to be told apart"),
    "census": _("only all points would tell them apart"),
}

DOUBTS: dict[str, str | Promise] = {
    "no_conclusion": _("The conclusion does not say whether the standard is met"),
    "statement_short": _("The statement is very short"),
    "no_figures": _("The statement has no figures"),
    "summary_style": _("The statement reads like a summary of work (“%(about)s”); say what is there"),
    "no_files": _("There is no file to it"),
    "photo_small": _("%(about)s is a small picture; reviewers send such back"),
    "photo_squeezed": _("%(about)s is squeezed, or from a chat; take the original"),
    "caption": _("The caption of %(about)s lacks time, place or theme"),
    "period": _("The date in the caption of %(about)s lies outside the period that counts"),
}
