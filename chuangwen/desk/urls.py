from django.urls import path

from .views import burden, calendar, firms, hand_over, notices, pages, slips

app_name = "desk"

_hand_over = "hand-overs/<int:hand_over_id>/"
_todo = "todos/<int:todo_id>/"

urlpatterns = [
    path("", pages.desk, name="desk"),
    path("count/", pages.count, name="count"),
    path("batch/", pages.batch, name="batch"),
    path("ask/", burden.ask, name="ask"),
    path("asks/<int:ask_id>/", burden.free_ask, name="free_ask"),
    path("burden/", burden.burden, name="burden"),
    path("burden/held/count/", burden.held_count, name="held_count"),
    path("burden/caps/", burden.caps, name="caps"),
    path("burden/duties/", burden.duties, name="duties"),
    path("feed/", calendar.make_feed, name="make_feed"),
    path("feed/<str:token>.ics", calendar.feed, name="feed"),
    path("calendar/", calendar.calendar, name="calendar"),
    path("calendar/hours/", calendar.set_hours, name="set_hours"),
    path("calendar/<int:day_id>/remove/", calendar.remove_day, name="remove_day"),
    path("hand-overs/", hand_over.hand_overs, name="hand_overs"),
    path(_hand_over, hand_over.hand_over, name="hand_over"),
    path(_hand_over + "change/", hand_over.change_hand_over, name="change_hand_over"),
    path(_hand_over + "offer/", hand_over.offer_hand_over, name="offer_hand_over"),
    path(_hand_over + "withdraw/", hand_over.withdraw_hand_over, name="withdraw_hand_over"),
    path(_hand_over + "accept/", hand_over.accept_hand_over, name="accept_hand_over"),
    path("seats/<int:seat_id>/hand-over/", hand_over.hand_over_seat, name="hand_over_seat"),
    path("notices/", notices.notices, name="notices"),
    path("notices/count/", notices.notice_count, name="notice_count"),
    path("notices/read/", notices.mark_read, name="mark_read"),
    path("notices/settings/", notices.notice_settings, name="notice_settings"),
    path("slips/", slips.slips, name="slips"),
    path("slips/<int:slip_id>/", slips.slip, name="slip"),
    path("slips/<int:slip_id>/issue/", slips.issue, name="issue_slip"),
    path("slips/<int:slip_id>/discard/", slips.discard, name="discard_slip"),
    path("delays/<int:delay_id>/decide/", pages.decide_delay, name="decide_delay"),
    path("firm/<int:todo_id>/done/", firms.firm_done, name="firm_done"),
    path("firm/<int:todo_id>/return/", firms.firm_return, name="firm_return"),
    path(_todo, pages.todo, name="todo"),
    path(_todo + "approve/", burden.approve, name="approve"),
    path(_todo + "refuse/", burden.refuse, name="refuse"),
    path(_todo + "done/", pages.done, name="done"),
    path(_todo + "return/", pages.return_to_asker, name="return"),
    path(_todo + "withdraw/", pages.withdraw, name="withdraw"),
    path(_todo + "delay/", pages.delay, name="delay"),
    path(_todo + "resume/", pages.resume, name="resume"),
    path(_todo + "hand-on/", pages.hand_on, name="hand_on"),
]
