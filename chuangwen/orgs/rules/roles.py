"""Roles and how far they reach.

The three administrators are split as the level-3 rules of GB/T 22239-2019 want: one sets the system up, one
gives rights, one reads the audit. None of them sees the campaign's business.
"""

from enum import StrEnum


class Role(StrEnum):
    SYSTEM_ADMINISTRATOR = "system_administrator"  # 系统管理员: units, accounts, jobs
    SECURITY_ADMINISTRATOR = "security_administrator"  # 安全管理员: seats, locks, tokens
    AUDIT_ADMINISTRATOR = "audit_administrator"  # 审计管理员: what was done, without the values
    CAMPAIGN_OFFICE = "campaign_office"  # 创建办
    LEADER = "leader"  # 领导: reads, decides on proposals
    SECRETARY = "secretary"  # 书记
    WORK_GROUP = "work_group"  # 工作专班
    MANAGER = "manager"  # 板块、部门管理员: the accounts of the own unit and what is below
    UNIT_STAFF = "unit_staff"
    COMMUNITY = "community"
    INSPECTOR = "inspector"
    REVIEWER = "reviewer"
    EXTERNAL_SUPERVISOR = "external_supervisor"  # 两代表一委员, media, volunteers
    OBSERVER = "observer"
    FIRM = "firm"  # by a link, without an account
    CITIZEN = "citizen"  # without an account


ADMINISTRATORS = frozenset({Role.SYSTEM_ADMINISTRATOR, Role.SECURITY_ADMINISTRATOR, Role.AUDIT_ADMINISTRATOR})
WITHOUT_ACCOUNT = frozenset({Role.FIRM, Role.CITIZEN})
SEATED = tuple(role for role in Role if role not in WITHOUT_ACCOUNT)


# What a unit's manager gives in the own unit and below; MANAGER only below it.
GIVEN_BY_MANAGERS = frozenset({Role.UNIT_STAFF, Role.COMMUNITY, Role.MANAGER})


def go_together(one: Role, other: Role) -> bool:
    """Whether one person may hold both at a time: an administrator's seat stands alone."""
    return one == other or not {one, other} & ADMINISTRATORS


class ContactKind(StrEnum):
    DEPUTY_IN_CHARGE = "deputy_in_charge"  # 分管领导
    LEAD_OFFICE = "lead_office"  # 牵头处室
    FOCAL_EXPERT = "focal_expert"  # 明白人


class Scope(StrEnum):
    """How far a role sees in a room."""

    NONE = "none"
    UNIT = "unit"  # the own unit
    SUBTREE = "subtree"  # and all below it
    PEERS = "peers"  # the own unit and the units of its peer group
    CITY = "city"
