"""Who visits."""

from enum import StrEnum


class TeamKind(StrEnum):
    SURVEY = "survey"  # 国家统计局调查队
    AGENCY = "agency"  # 第三方机构
    OWN = "own"  # own inspectors
