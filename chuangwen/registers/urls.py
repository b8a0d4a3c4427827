from django.urls import path

from .views import projects, registers, tables

app_name = "registers"

_register = "<int:register_id>/"
_member = "members/<int:member_id>/"
_list = "projects/<int:list_id>/"
_project = "project/<int:project_id>/"

urlpatterns = [
    path("", registers.lists, name="lists"),
    path("add/", registers.add_register, name="add_register"),
    path(_register, registers.register, name="register"),
    path(_register + "change/", registers.change_register, name="change_register"),
    path(_register + "remove/", registers.remove_register, name="remove_register"),
    path(_register + "add-column/", registers.add_column, name="add_column"),
    path(_register + "add-member/", registers.add_member, name="add_member"),
    path(_register + "table/", tables.members_out, name="members_out"),
    path(_register + "bring-in/", tables.bring_in_members, name="bring_in_members"),
    path("columns/<int:column_id>/change/", registers.change_column, name="change_column"),
    path(_member, registers.member, name="member"),
    path(_member + "change/", registers.change_member, name="change_member"),
    path(_member + "marks/<int:column_id>/", registers.set_mark, name="set_mark"),
    path("projects/add/", projects.add_project_list, name="add_project_list"),
    path(_list, projects.project_list, name="project_list"),
    path(_list + "change/", projects.change_project_list, name="change_project_list"),
    path(_list + "remove/", projects.remove_project_list, name="remove_project_list"),
    path(_list + "add-project/", projects.add_project, name="add_project"),
    path(_list + "table/", tables.projects_out, name="projects_out"),
    path(_list + "bring-in/", tables.bring_in_projects, name="bring_in_projects"),
    path(_project, projects.project, name="project"),
    path(_project + "change/", projects.change_project, name="change_project"),
    path(_project + "start/", projects.start, name="start_project"),
    path(_project + "finish/", projects.finish, name="finish_project"),
    path(_project + "reopen/", projects.reopen, name="reopen_project"),
    path(_project + "measure/", projects.measure, name="measure_project"),
    path(_project + "remove/", projects.remove, name="remove_project"),
]
