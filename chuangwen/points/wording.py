"""What points say in words: what was done, why something was refused."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from chuangwen.kit.http import Words

ACTIONS: dict[str, str | Promise] = {
    "points.reading": _("Reading of points"),
    "points.point_added": _("Entered the point %(number)s “%(name)s” (%(type)s) in %(unit)s"),
    "points.point_changed": _("Changed the point %(number)s “%(name)s”"),
    "points.point_suspended": _("Suspended the point %(number)s on %(on)s: %(why)s"),
    "points.point_resumed": _("The point %(number)s is open again from %(on)s: %(why)s"),
    "points.point_closed": _("Closed the point %(number)s on %(on)s: %(why)s"),
    "points.point_reopened": _("Opened the point %(number)s anew on %(on)s: %(why)s"),
    "points.points_merged": _(
        "The point %(other)s “%(other_name)s” is the same place as %(number)s and goes into it"
    ),
    "points.points_told_apart": _("%(number)s and %(other)s are two places"),
    "points.points_brought_in": _("Brought in the table “%(name)s”: %(added)s new, %(changed)s changed"),
    "points.chief_added": _("Point %(number)s: named a chief (%(chief_kind)s, %(chief_level)s) %(post)s"),
    "points.chief_ended": _("Point %(number)s: a chief (%(chief_kind)s, %(chief_level)s) until %(ends_on)s"),
    "points.photo_added": _("Point %(number)s: added a photo"),
    "points.photo_removed": _("Point %(number)s: took a photo off"),
    "points.boundaries_brought_in": _("Brought in %(count)s boundaries from “%(name)s”"),
    "points.boundary_removed": _("Removed the boundary of %(unit)s"),
}

KINDS: dict[str, str | Promise] = {
    "points.point": _("Point"),
    "points.boundary": _("Boundary"),
}

_SAFE = _("Nothing was changed. What was saved before is safe.")
_AGAIN = _("Go back, correct the entry and send it again.")


def _refused(happened: Promise, after: Promise = _AGAIN) -> Words:
    return Words(happened, _SAFE, after)


REFUSED: dict[str, Words] = {
    "points.coordinates": _refused(
        _("“%(text)s” is no place: write 120.123456 and 31.123456, or 120°7′24.4″ and 31°7′24.4″")
    ),
    "points.coordinates_half": _refused(_("A place needs its longitude and its latitude")),
    "points.coordinates_range": _refused(_("There is no such place on the earth")),
    "points.hours": _refused(_("“%(text)s” says no opening hours: write them like 周一至周五 08:00-17:30")),
    "points.status": _refused(
        _("The point stands where this step is not possible"),
        _("Open the page again to see where it stands."),
    ),
    "points.merged_already": _refused(
        _("The point became part of another one"), _("Open the one that was kept, and change that.")
    ),
    "points.day_to_come": _refused(_("The day lies in the future; only what is known by today is entered")),
    "points.days_out_of_order": _refused(_("The last day lies before the first one")),
    "points.name_missing": _refused(_("A name is missing")),
    "points.unit_missing": _refused(
        _("The territorial unit is missing, and no boundary holds the place: name the unit")
    ),
    "points.lead_missing": _refused(_("The lead department is missing: a point needs its owners")),
    "points.unit_elsewhere": _refused(_("%(unit)s lies outside the city whose point this is")),
    "points.two_venues": _refused(_("The venue is either a unit or a name, not both")),
    "points.number_taken": _refused(_("Another point has the number %(number)s")),
    "points.not_two": _refused(_("These are not two points of one city")),
    "points.too_many_photos": _refused(_("A point has %(most)s photos at most")),
    "points.geojson": _refused(_("This is no GeoJSON file with areas")),
    "points.geojson_too_big": _refused(_("The file is too large, or its lines have too many corners")),
    "points.geojson_shape": _refused(_("Area %(number)s of the file is no area that can be drawn")),
    "points.geojson_range": _refused(_("Area %(number)s of the file lies nowhere on the earth")),
    "points.geojson_units": _refused(
        _("For these areas of the file there is no single unit of the city: %(names)s"),
        _("Enter the units first, or correct the names in the file."),
    ),
    "points.table_foreign": _refused(
        _("The table was taken from another city"), _("Hand it in where it was taken from.")
    ),
    "points.table_errors": _refused(_("The table has cells that must be corrected first")),
    "points.preview_old": _refused(
        _("What was shown of the table is too old to be taken over"), _("Hand the table in again.")
    ),
    "points.cell_status": _refused(_("“%(text)s” is no status: write 正常, 暂停 or 撤销")),
    "points.cell_chief": _refused(
        _("“%(text)s” names no chief: write for example 街道级点位长 张三（街道副主任） 2026-01-01")
    ),
    "points.cell_crs": _refused(
        _("“%(text)s” is no system of coordinates: write WGS84, CGCS2000, GCJ02 or BD09")
    ),
    "points.cell_type": _refused(_("There is no point type “%(text)s”")),
    "points.cell_unit": _refused(_("No single unit is called “%(text)s”: write its full name")),
    "points.cell_empty": _refused(_("This must be filled in")),
    "points.cell_long": _refused(_("This is longer than %(most)s characters")),
    "points.cell_taken": _refused(_("“%(text)s” would be there twice")),
    "points.cell_changed_meanwhile": _refused(
        _("Somebody changed this from %(was)s to %(now)s after the table was taken: look, then correct it")
    ),
    "points.row_gone": _refused(_("This row is in the list no more; a new one needs this cell empty")),
    "points.row_twice": _refused(_("Row %(other)s means the same one")),
    "points.row_not_yours": _refused(_("This point is another unit's: only its keepers change it")),
    "points.row_status": _refused(_("From the status that it has this one cannot be reached")),
    "photos.too_big": _refused(_("A photo has %(limit_mb)s MB at most")),
    "photos.kind": _refused(_("This is no photo: take a JPEG, PNG or WebP file")),
    "photos.damaged": _refused(_("The photo is damaged or incomplete")),
    "photos.too_large": _refused(_("A photo has %(megapixels)s megapixels at most")),
}
