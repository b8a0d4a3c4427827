from django.urls import path

from .views import editing, negative, systems, tables, types

app_name = "standards"

_system = "<int:system_id>/"
_version = "versions/<int:version_id>/"
_node = "nodes/<int:node_id>/"
_item = "items/<int:item_id>/"
_type = "types/<int:type_id>/"
_negative = "negative/<int:item_id>/"
_report = "negative/reports/<int:report_id>/"

urlpatterns = [
    path("", systems.systems, name="systems"),
    path("add/", systems.add_system, name="add_system"),
    path("sample/", systems.take_over_sample, name="take_over_sample"),
    path("template/", tables.template, name="template"),
    path(_system, systems.system, name="system"),
    path(_system + "change/", systems.change_system, name="change_system"),
    path(_system + "begin-draft/", systems.begin_draft, name="begin_draft"),
    path(_version, systems.version, name="version"),
    path(_version + "head/", systems.change_head, name="change_head"),
    path(_version + "discard/", systems.discard_draft, name="discard_draft"),
    path(_version + "publish/", systems.publish, name="publish"),
    path(_version + "checklists/<int:type_id>/", systems.checklist, name="checklist"),
    path(_version + "differences/", systems.version_differences, name="differences"),
    path(_version + "table/", tables.table_out, name="table_out"),
    path(_version + "bring-in/", tables.bring_in, name="bring_in"),
    path(_version + "add-node/", editing.add_node, name="add_node"),
    path(_node + "add-node/", editing.add_node_under, name="add_node_under"),
    path(_node + "change/", editing.change_node, name="change_node"),
    path(_node + "move/", editing.move_node, name="move_node"),
    path(_node + "remove/", editing.remove_node, name="remove_node"),
    path(_node + "add-item/", editing.add_item, name="add_item"),
    path(_item + "change/", editing.change_item, name="change_item"),
    path(_item + "move/", editing.move_item, name="move_item"),
    path(_item + "remove/", editing.remove_item, name="remove_item"),
    path("types/", types.types, name="types"),
    path("types/add/", types.add_type, name="add_type"),
    path("types/take-over/", types.take_over_types, name="take_over_types"),
    path(_type + "change/", types.change_type, name="change_type"),
    path(_type + "remove/", types.remove_type, name="remove_type"),
    path("negative/", negative.negative_list, name="negative_list"),
    path("negative/add/", negative.add_negative, name="add_negative"),
    path(_negative, negative.negative_item, name="negative_item"),
    path(_negative + "change/", negative.change_negative, name="change_negative"),
    path(
        "negative/occurrences/<int:occurrence_id>/withdraw/",
        negative.withdraw_occurrence,
        name="withdraw_occurrence",
    ),
    path(_report, negative.negative_report, name="negative_report"),
    path(_report + "nothing/", negative.report_nothing, name="report_nothing"),
]
