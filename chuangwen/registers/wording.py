"""What lists say in words: the judgement on top of a page, what was done, why something was refused."""

from __future__ import annotations

from functools import reduce

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from chuangwen.kit import formats
from chuangwen.kit.http import Words

from .rules.coverage import Coverage, share_pct
from .rules.projects import Tally, effect, lamp

LACKS_NAMED = 5  # columns that the judgement names

ACTIONS: dict[str, str | Promise] = {
    "registers.figures": _("Counting of lists"),
    "registers.register_added": _("Began the register “%(name)s”, kept by %(keeper)s"),
    "registers.register_removed": _("Removed the register “%(name)s”, which held nothing"),
    "registers.project_list_removed": _("Removed the project list “%(name)s”, which held nothing"),
    "registers.register_changed": _("Changed the head of the register “%(name)s”"),
    "registers.column_added": _("Asks for “%(name)s” from now on"),
    "registers.column_changed": _("Changed what is asked: “%(name)s”"),
    "registers.member_added": _("Added “%(name)s” in %(unit)s"),
    "registers.member_changed": _("Changed “%(name)s” in %(unit)s"),
    "registers.member_closed": _("Closed “%(name)s” on %(closed_on)s"),
    "registers.mark_set": _("%(column)s: %(said)s, as of %(as_of)s"),
    "registers.members_brought_in": _(
        "Brought in the table “%(name)s”: %(added)s new, %(changed)s changed, %(marks)s marks as of %(as_of)s"
    ),
    "registers.project_list_added": _("Began the project list “%(name)s”, kept by %(keeper)s"),
    "registers.project_list_changed": _("Changed the head of the project list “%(name)s”"),
    "registers.project_added": _("Added the project “%(name)s” in %(unit)s"),
    "registers.project_changed": _("Changed the project “%(name)s”"),
    "registers.project_started": _("“%(name)s” was started on %(started_on)s"),
    "registers.project_finished": _("“%(name)s” was done on %(done_on)s"),
    "registers.project_reopened": _("Took the last step of “%(name)s” back"),
    "registers.project_measured": _(
        "Measured “%(name)s”: %(measure)s, before %(measured_before)s, after %(measured_after)s"
    ),
    "registers.project_removed": _("Removed the project “%(name)s”"),
    "registers.projects_brought_in": _("Brought in the table “%(name)s”: %(added)s new, %(changed)s changed"),
}

KINDS: dict[str, str | Promise] = {
    "registers.register": _("Register"),
    "registers.registermember": _("Member of a register"),
    "registers.projectlist": _("Project list"),
    "registers.project": _("Project"),
}

_SAFE = _("Nothing was changed. What was saved before is safe.")
_AGAIN = _("Go back, correct the entry and send it again.")


def _refused(happened: Promise, after: Promise = _AGAIN) -> Words:
    return Words(happened, _SAFE, after)


REFUSED: dict[str, Words] = {
    "registers.list_exists": _refused(_("The city has a list of the name “%(name)s” already")),
    "registers.list_not_empty": _refused(
        _("“%(name)s” holds %(held)s entries by now"),
        _("Only an empty list can be removed. Close or remove its entries one by one."),
    ),
    "registers.column_exists": _refused(_("“%(name)s” is asked for in this register already")),
    "registers.member_exists": _refused(_("“%(name)s” in %(unit)s is in this register already")),
    "registers.project_exists": _refused(_("“%(name)s” in %(unit)s is in this list already")),
    "registers.code_taken": _refused(_("Another member of this register has the code %(code)s")),
    "registers.unit_elsewhere": _refused(_("%(unit)s lies outside the city whose list this is")),
    "registers.days_out_of_order": _refused(_("The last day lies before the first one")),
    "registers.day_to_come": _refused(
        _("The day lies in the future; only what is known by today is entered")
    ),
    "registers.since_after_as_of": _refused(
        _("The day since when it is there lies after the day for which that is said")
    ),
    "registers.done_before_started": _refused(
        _("The day on which it was done lies before the one it was started")
    ),
    "registers.measure_missing": _refused(_("A value needs the name of what was measured")),
    "registers.project_state": _refused(
        _("The project stands where this step is not possible"),
        _("Open the page again to see where it stands."),
    ),
    "registers.table_foreign": _refused(
        _("The table was taken from another list"),
        _("Hand it in on the page of the list from which it was taken."),
    ),
    "registers.table_errors": _refused(_("The table has cells that must be corrected first")),
    "registers.preview_old": _refused(
        _("What was shown of the table is too old to be taken over"), _("Hand the table in again.")
    ),
    "registers.cell_state": _refused(_("“%(text)s” says neither yes nor no: write 有, 无 or nothing")),
    "registers.cell_project_state": _refused(_("“%(text)s” is no state: write 未开工, 在建 or 完成")),
    "registers.cell_day": _refused(_("“%(text)s” is no day: write it like 2021-05-01")),
    "registers.cell_unit": _refused(_("No single unit is called “%(text)s”: write its full name")),
    "registers.cell_empty": _refused(_("This must be filled in")),
    "registers.cell_taken": _refused(_("“%(text)s” would be there twice")),
    "registers.cell_since_of_nothing": _refused(_("A day since when stands beside what is not there")),
    "registers.cell_state_and_days": _refused(
        _("The state says something else than the days: fill in the day on which it was started or done")
    ),
    "registers.cell_changed_meanwhile": _refused(
        _("Somebody changed this from %(was)s to %(now)s after the table was taken: look, then correct it")
    ),
    "registers.row_gone": _refused(_("This row is in the list no more; a new one needs this cell empty")),
    "registers.row_twice": _refused(_("Row %(other)s means the same one")),
}

NO_NUMBER: dict[str, str | Promise] = {
    "registers.no_members": _("There is nothing in it to be counted."),
    "registers.no_columns": _("Nothing is required of its members yet, so there is no coverage to count."),
    "registers.nothing_said": _("Nobody has said anything yet, so there is no coverage to count."),
    "registers.no_projects": _("There is no project in it yet."),
    "registers.nothing_measured": _("No project that is done was measured before and after."),
    "registers.measures_differ": _("What was measured differs between the projects and is not added up."),
    "registers.nothing_before": _("What was measured before adds up to nothing, so there is no share of it."),
    "registers.gone": _("The list is not there."),
}


def judgement(found: Coverage, noun: str) -> str:
    """How the members stand: how many have everything, who lacks what, what is not known."""
    if not found.members:
        return _text(str(NO_NUMBER[found.no_number]), *_announced(found.announced, 0, found.unnamed))
    parts = [gettext("%(n)s %(noun)s") % {"n": formats.number(found.members), "noun": noun}]
    if found.no_number:
        return _text(_sentence(parts), str(NO_NUMBER[found.no_number]))
    share = formats.quantity(found.share_pct, "%")
    parts.append(
        gettext("%(n)s with all that is required (%(share)s)") % {"n": found.covered, "share": share}
    )
    lacks = found.lacks
    if found.lacking and len(lacks) == 1:
        parts.append(gettext("%(n)s without %(what)s") % {"n": found.lacking, "what": lacks[0][0]})
    elif found.lacking:
        named = [gettext("%(what)s %(n)s") % {"what": what, "n": n} for what, n in lacks[:LACKS_NAMED]]
        more = "…" if len(lacks) > LACKS_NAMED else ""
        parts.append(
            gettext("%(n)s lack something (%(what)s)") % {"n": found.lacking, "what": "、".join(named) + more}
        )
    if found.unknown:
        parts.append(gettext("of %(n)s not everything is known") % {"n": found.unknown})
    return _text(_sentence(parts), *_announced(found.announced, found.members, found.unnamed))


def tally_judgement(found: Tally) -> str:
    """How the projects stand: what was announced, how far they are, what was changed."""
    said = _announced(found.announced, found.named, found.unnamed)
    if not found.named:
        return _text(*said, str(NO_NUMBER["registers.no_projects"]))
    share = formats.quantity(found.share_pct, "%")
    parts = [gettext("%(n)s done (%(share)s)") % {"n": found.done, "share": share}]
    parts.append(gettext("%(n)s under way") % {"n": found.under_way})
    parts.append(gettext("%(n)s planned") % {"n": found.planned})
    late = sum(lamp(work.state_on(found.day), work.planned_on, found.day) == "late" for work in found.works)
    if late:
        parts.append(gettext("%(n)s past the planned day") % {"n": late})
    if not said:
        parts.insert(0, gettext("%(n)s named") % {"n": found.named})
    return _text(*said, _sentence(parts), *_effect(found))


def _effect(found: Tally) -> list[str]:
    change = effect(found.measured)
    if isinstance(change, str):
        return [str(NO_NUMBER[change])] if found.measured else []
    by, before = change
    told = {
        "n": len(found.measured),
        "name": found.measured[0].measure[0],
        "share": formats.quantity(share_pct(abs(by), before), "%"),
    }
    if by < 0:
        return [gettext("Measured before and after at %(n)s of them: %(name)s fell by %(share)s.") % told]
    return [gettext("Measured before and after at %(n)s of them: %(name)s rose by %(share)s.") % told]


def _announced(announced: int | None, named: int, unnamed: int) -> list[str]:
    """Announced 14, named 12, 2 without a name; nothing where nobody announced a number."""
    if announced is None:
        return []
    parts = [gettext("announced %(n)s") % {"n": announced}, gettext("%(n)s named") % {"n": named}]
    if unnamed:
        parts.append(gettext("%(n)s without a name") % {"n": unnamed})
    return [_sentence(parts)]


def _text(*sentences: str) -> str:
    """Sentences one after the other, with a space between them where the language has one."""
    return reduce(lambda one, other: gettext("%(one)s %(other)s") % {"one": one, "other": other}, sentences)


def _sentence(parts: list[str]) -> str:
    def joined(one: str, other: str) -> str:
        return gettext("%(one)s, %(other)s") % {"one": one, "other": other}

    return gettext("%(parts)s.") % {"parts": reduce(joined, parts)}
