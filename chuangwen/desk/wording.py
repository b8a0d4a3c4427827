"""What the audit says of actions, and what pages say of refusals."""

from django.utils.translation import gettext_lazy as _

from chuangwen.kit.http import Words

ACTIONS = {
    "desk.asked": _("Asked it of %(unit)s"),
    "desk.held": _("Held the request to %(unit)s: it would pass the cap"),
    "desk.let_through": _("Let the request to %(unit)s through"),
    "desk.not_let_through": _("Did not let the request through: %(reason)s"),
    "desk.asked_freely": _("Asked units: %(text)s"),
    "desk.cap_set": _("Set the cap for %(kind)s: %(asks)s asks, %(minutes)s minutes a week"),
    "desk.duties_set": _("Wrote the duty list for %(kind)s"),
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
    "desk.hand_over_drafted": _("Drafted the hand-over to %(person)s"),
    "desk.hand_over_changed": _("Changed the draft: to %(person)s from %(on)s"),
    "desk.hand_over_offered": _("Offered the seat to %(person)s"),
    "desk.hand_over_withdrawn": _("Withdrew the hand-over to %(person)s"),
    "desk.hand_over_accepted": _("%(person)s accepted the seat with %(todos)s open to-dos"),
    "desk.hand_over": _("Hand-over"),
    "desk.rules": _("Rules of the desk"),
}

KINDS = {
    "desk.todo": _("To-do"),
    "desk.slip": _("Supervision slip"),
    "desk.feed": _("Calendar address"),
    "desk.noticewish": _("Reminders of a person"),
    "desk.handover": _("Hand-over"),
    "desk.freeask": _("Request"),
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
    "desk.no_cap": Words(
        _("There is no such cap"), _AS_IT_WAS, _("Give whole numbers from one on, or leave the field empty.")
    ),
    "desk.no_duties": Words(
        _("These units have no duty list"), _AS_IT_WAS, _("Communities and villages have one.")
    ),
    "desk.ask_incomplete": Words(
        _("What is asked, or of whom, is missing"),
        _("Nobody was asked."),
        _("Say it in a sentence, and name at least one unit."),
    ),
    "desk.photos_why_missing": Words(
        _("Photos need a reason"), _("Nobody was asked."), _("Say what they are for, or ask for none.")
    ),
    "desk.outside_duties": Words(
        _("This is outside the duty list"),
        _("Nobody was asked."),
        _("Confirm that you ask despite the list, or ask somebody else."),
    ),
    "desk.hand_over_state": Words(_("This hand-over was decided already"), _AS_IT_WAS, _LOOK_AGAIN),
    "desk.hand_over_open": Words(
        _("This seat is being handed over already"),
        _AS_IT_WAS,
        _("Open that hand-over under “Hand-overs”; withdraw it first to begin another."),
    ),
    "desk.hand_over_early": Words(
        _("The day of this hand-over has not come"), _AS_IT_WAS, _("Accept it on %(on)s or later.")
    ),
    "desk.hand_over_seat_over": Words(
        _("This seat has ended already"),
        _AS_IT_WAS,
        _("Ask who gives seats for one; colleagues of the unit take over its to-dos."),
    ),
    "desk.hand_over_day": Words(
        _("The seat cannot pass on that day: it is past, or outside the time of the seat"),
        _AS_IT_WAS,
        _("Choose today or a later day on which the holder has the seat."),
    ),
    "desk.own_successor": Words(
        _("%(name)s holds this seat already"), _AS_IT_WAS, _("Name somebody else as the successor.")
    ),
    "desk.hours_out_of_order": Words(
        _("The hours are not in order"), _AS_IT_WAS, _("Opening, lunch and closing follow each other.")
    ),
}
