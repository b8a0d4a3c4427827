"""Total coverage said without a number: 全覆盖, 全部达到, 全收集, 全部实现 …化. It counts as 100 %."""

from __future__ import annotations

import re
from decimal import Decimal

from chuangwen.cores.reading.quantities import Quantity

COVERAGE = "coverage"

_ENDS = r"(?=$|[,;。、:!?)和及并与且]|以上|的?目标|的?要求)"
_COVERAGE = re.compile(
    rf"(?:实现|达到|基本)?全部?(?:覆盖|收集|收运|处理|达标){_ENDS}"
    r"|全部(?:达到|达标)(?=.)|全部达标"
    r"|全部实现(?=[^,;。、]{1,20}化)"
)


def coverages(text: str) -> list[Quantity]:
    """The words of total coverage in a view's text, each as 100 %."""
    return [
        Quantity(match.start(), match.end(), match.start(), match.end(), Decimal(100), "%", COVERAGE, "=")
        for match in _COVERAGE.finditer(text)
    ]
