"""Writes: each is one transaction with one audit row, and tells what changed to the rooms above."""

from .lists import (
    add_column,
    add_project_list,
    add_register,
    change_column,
    change_project_list,
    change_register,
    remove_project_list,
    remove_register,
)
from .members import add_member, change_member, set_mark
from .projects import (
    add_project,
    change_project,
    finish_project,
    measure_project,
    remove_project,
    reopen_project,
    start_project,
)
from .tables import bring_in_members, bring_in_projects

__all__ = [
    "add_column",
    "add_member",
    "add_project",
    "add_project_list",
    "add_register",
    "bring_in_members",
    "bring_in_projects",
    "change_column",
    "change_member",
    "change_project",
    "change_project_list",
    "change_register",
    "finish_project",
    "measure_project",
    "remove_project",
    "remove_project_list",
    "remove_register",
    "reopen_project",
    "set_mark",
    "start_project",
]
