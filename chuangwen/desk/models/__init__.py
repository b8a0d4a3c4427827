"""Facts about what is asked of whom."""

from .calendar import CityDay, CityHours
from .feeds import Feed
from .notices import Notice, NoticeWish
from .slips import Slip
from .todos import DelayRequest, Todo

__all__ = ["CityDay", "CityHours", "DelayRequest", "Feed", "Notice", "NoticeWish", "Slip", "Todo"]
