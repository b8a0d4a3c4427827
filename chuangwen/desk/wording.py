"""What the audit says of actions, and what pages say of refusals."""

from django.utils.translation import gettext_lazy as _

from chuangwen.kit.http import Words

ACTIONS = {
    "desk.asked": _("Asked it of %(unit)s"),
    "desk.notices_set": _("Set what reaches them"),
    "desk.finished": _("Done"),
    "desk.returned": _("Returned as not theirs: %(reason)s"),
    "desk.withdrawn": _("Withdrew the request"),
    "desk.handed_on": _("Gave it to %(person)s"),
    "desk.delay_asked": _("Asked for more time: %(reason)s"),
    "desk.delay_granted": _("Granted more time"),
    "desk.delay_refused": _("Granted no more time"),
    "desk.resumed": _("Ended the pause"),
    "desk.due_settled": _("Settled the due time: every day until then is known now"),
    "desk.escalated": _("Passed up as overdue, step %(step)s"),
    "desk.day_set": _("Set the day %(day)s: %(words)s"),
    "desk.day_removed": _("Removed the day %(day)s"),
    "desk.hours_set": _("Set the working hours from %(opens_at)s to %(closes_at)s"),
    "desk.feed_made": _("Made an address for the calendar"),
    "desk.slip_drafted": _("Drafted the slip by rule"),
    "desk.slip_issued": _("Issued the slip %(number)s"),
    "desk.slip_discarded": _("Did not issue the slip"),
    "desk.rules": _("Rules of the desk"),
}

KINDS = {
    "desk.todo": _("To-do"),
    "desk.slip": _("Supervision slip"),
    "desk.feed": _("Address for my calendar"),
    "desk.noticewish": _("Reminders"),
}

_AS_IT_WAS = _("Nothing was changed.")
_LOOK_AGAIN = _("Open the page again to see where it stands.")

REFUSALS = {
    "desk.todo_state": Words(_("This to-do was closed already"), _AS_IT_WAS, _LOOK_AGAIN),
    "desk.done_by_doing": Words(
        _("This is done on its own page"),
        _AS_IT_WAS,
        _("Open it there: when the step is taken, the to-do closes."),
    ),
    "desk.reason_missing": Words(
        _("A reason is needed"), _AS_IT_WAS, _("Say why in a sentence, and send it again.")
    ),
    "desk.until_missing": Words(
        _("An extension needs a later time"), _AS_IT_WAS, _("Give a time after the one it is due at.")
    ),
    "desk.seat_elsewhere": Words(
        _("This seat is not one of the unit"), _AS_IT_WAS, _("Choose a colleague from the list.")
    ),
    "desk.delay_asked_already": Words(
        _("More time was asked for already"), _AS_IT_WAS, _("Wait until it is decided.")
    ),
    "desk.delay_decided_already": Words(_("This was decided already"), _AS_IT_WAS, _LOOK_AGAIN),
    "desk.nothing_chosen": Words(
        _("Nothing was chosen"), _AS_IT_WAS, _("Tick the to-dos, then choose the step.")
    ),
    "desk.not_paused": Words(_("It is not paused"), _AS_IT_WAS, _LOOK_AGAIN),
    "desk.slip_decided_already": Words(_("This slip was decided already"), _AS_IT_WAS, _LOOK_AGAIN),
    "desk.hours_out_of_order": Words(
        _("The hours are not in order"), _AS_IT_WAS, _("Opening, lunch and closing follow each other.")
    ),
}
