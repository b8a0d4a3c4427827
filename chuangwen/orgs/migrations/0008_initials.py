from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

from chuangwen.orgs.rules.initials import initials


def fill_initials(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    for unit in apps.get_model("orgs", "Unit").objects.iterator():
        unit.initials = initials(unit.name, unit.short_name)
        unit.save(update_fields=["initials"])
    for other in apps.get_model("orgs", "UnitName").objects.iterator():
        other.initials = initials(other.name)
        other.save(update_fields=["initials"])


class Migration(migrations.Migration):
    dependencies = [("orgs", "0007_unit_tree")]
    operations = [migrations.RunPython(fill_initials, migrations.RunPython.noop)]
