"""Codes of what a system is made of. Words for them stand in `models`."""

from enum import StrEnum


class Purpose(StrEnum):
    TOTAL = "total"  # counts in the city's result
    MINORS = "minors"  # 未成年人思想道德建设: a result of its own
    OTHER = "other"


class Level(StrEnum):
    """What a node is. A group stands anywhere between: under a content, or inside a standard."""

    CATEGORY = "category"  # 测评项目
    CONTENT = "content"  # 测评内容
    STANDARD = "standard"  # 测评标准: has a method; items stand in it
    GROUP = "group"


class Method(StrEnum):
    FIELD = "field"  # 实地考察
    MATERIAL = "material"  # 材料审核
    SURVEY = "survey"  # 问卷调查
    ONLINE = "online"  # 网络测评


class Sums(StrEnum):
    """Where weights must add up."""

    NOWHERE = ""
    TOP = "top"  # those of the first level to the total of the system
    EACH = "each"  # and those under each node to the weight of that node


class Critical(StrEnum):
    """What a critical item does to its point where it is not met."""

    NO = ""
    CAP = "cap"
    FAIL = "fail"


class Severity(StrEnum):
    LIGHT = "light"
    SERIOUS = "serious"
    GRAVE = "grave"


class DeadlineClass(StrEnum):
    """How fast a fault is to be put right."""

    AT_ONCE = "at_once"
    DAY = "day"
    THREE_DAYS = "three_days"
    WEEK = "week"
    LONG = "long"  # needs works or money


class NegativeLevel(StrEnum):
    VETO = "veto"  # 一票否决
    SUSPEND = "suspend"  # 停止资格
    DEDUCT = "deduct"  # 扣分


NANO = 10**9
MILLI = 1000
