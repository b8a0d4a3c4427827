from django.urls import path

from .views import map as maps
from .views import points, tables

app_name = "points"

_point = "<int:point_id>/"

urlpatterns = [
    path("", points.points, name="points"),
    path("add/", points.add_point, name="add_point"),
    path("map/", maps.point_map, name="map"),
    path("map/points/", maps.map_points, name="map_points"),
    path("map/outlines/", maps.map_outlines, name="map_outlines"),
    path("duplicates/", maps.duplicates, name="duplicates"),
    path("merge/", maps.merge_points, name="merge_points"),
    path("keep-apart/", maps.keep_apart, name="keep_apart"),
    path("table/", tables.points_out, name="points_out"),
    path("template/", tables.template, name="template"),
    path("bring-in/", tables.bring_in_points, name="bring_in_points"),
    path("boundaries/", maps.boundaries, name="boundaries"),
    path("boundaries/<int:boundary_id>/remove/", maps.remove_boundary, name="remove_boundary"),
    path(_point, points.point, name="point"),
    path(_point + "change/", points.change_point, name="change_point"),
    path(_point + "suspend/", points.suspend_point, name="suspend_point"),
    path(_point + "resume/", points.resume_point, name="resume_point"),
    path(_point + "close/", points.close_point, name="close_point"),
    path(_point + "reopen/", points.reopen_point, name="reopen_point"),
    path(_point + "add-chief/", points.add_chief, name="add_chief"),
    path(_point + "add-photo/", points.add_photo, name="add_photo"),
    path("chiefs/<int:chief_id>/end/", points.end_chief, name="end_chief"),
    path("photos/<int:photo_id>/", points.photo, name="photo"),
    path("photos/<int:photo_id>/remove/", points.remove_photo, name="remove_photo"),
]
