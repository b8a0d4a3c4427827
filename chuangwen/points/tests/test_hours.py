"""Opening hours: as they are written, as they are kept, and whether it is open."""

import pytest

from chuangwen.cores.errors import BadInput

from ..rules import hours


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("", ""),
        ("每天8:00-22:00", "每天 08:00-22:00"),
        ("08:00—22:00", "每天 08:00-22:00"),
        ("全天", "每天 全天"),
        ("24小时营业", "每天 全天"),
        ("8:30-11:30、14:00-17:30", "每天 08:30-11:30、14:00-17:30"),
        ("周一至周五 08:00-17:30；周六、周日 09:00-16:00", "周一至周五 08:00-17:30；周六、周日 09:00-16:00"),
        ("周一至周五9:00-17:00，周六9:00-12:00", "周一至周五 09:00-17:00；周六 09:00-12:00"),
        ("星期一至星期五：9:00－17:00", "周一至周五 09:00-17:00"),
        ("周一、三、五 9点-12点", "周一、周三、周五 09:00-12:00"),
        ("工作日9点到17点30分", "周一至周五 09:00-17:30"),
        ("周末 10:00-20:00", "周六、周日 10:00-20:00"),
        ("周五至周一 18:00-次日02:00", "周一、周五至周日 18:00-次日02:00"),
    ],
)
def test_hours_are_read_and_written_in_one_way(text: str, written: str) -> None:
    found = hours.read(text)
    assert hours.written(found) == written
    assert hours.read(written) == found == hours.loaded(hours.stored(found))


@pytest.mark.parametrize(
    "text", ["营业中", "周一", "25:00-26:00", "8:00-8:00", "8:75-9:00", "8:00-9:00-10:00"]
)
def test_what_says_no_hours_is_refused(text: str) -> None:
    with pytest.raises(BadInput, match=r"points\.hours"):
        hours.read(text)


@pytest.mark.parametrize(
    ("weekday", "clock", "is_open"),
    [
        (5, "18:00", True),
        (5, "17:59", False),
        (6, "01:59", True),
        (6, "02:00", False),
        (1, "01:00", True),
        (2, "01:00", True),
    ],
)
def test_a_bar_is_open_past_midnight(weekday: int, clock: str, is_open: bool) -> None:
    bar = hours.read("周五至周一18:00-次日02:00")
    hour, minute = map(int, clock.split(":"))
    assert hours.is_open(bar, weekday, hour * 60 + minute) is is_open


def test_unknown_hours_are_neither_open_nor_shut() -> None:
    assert hours.is_open((), 1, 600) is None
