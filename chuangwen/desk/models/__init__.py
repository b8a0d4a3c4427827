"""Facts about what is asked of whom."""

from .burden import Cap, DutyList, FreeAsk
from .calendar import CityDay, CityHours
from .feeds import Feed
from .hand_over import HandedTodo, HandOver
from .notices import Notice, NoticeWish
from .slips import Slip
from .todos import DelayRequest, Todo

__all__ = [
    "Cap",
    "CityDay",
    "CityHours",
    "DelayRequest",
    "DutyList",
    "Feed",
    "FreeAsk",
    "HandOver",
    "HandedTodo",
    "Notice",
    "NoticeWish",
    "Slip",
    "Todo",
]
