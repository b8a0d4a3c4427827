from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps


def split_administrator(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Who was the one administrator keeps units and accounts; the two other seats are given by command."""
    apps.get_model("orgs", "Seat").objects.filter(role="administrator").update(role="system_administrator")


class Migration(migrations.Migration):
    dependencies = [("orgs", "0001_initial")]
    operations = [
        migrations.AlterField(
            "seat",
            "role",
            models.CharField(
                choices=[
                    ("system_administrator", "System administrator"),
                    ("security_administrator", "Security administrator"),
                    ("audit_administrator", "Audit administrator"),
                    ("campaign_office", "Campaign office"),
                    ("leader", "Leader"),
                    ("secretary", "Party secretary"),
                    ("work_group", "Work group"),
                    ("manager", "Unit manager"),
                    ("unit_staff", "Unit staff"),
                    ("community", "Community staff"),
                    ("inspector", "Inspector"),
                    ("reviewer", "Reviewer"),
                    ("external_supervisor", "External supervisor"),
                    ("observer", "Observer"),
                    ("firm", "Firm or shop"),
                    ("citizen", "Citizen"),
                ],
                max_length=24,
                verbose_name="role",
            ),
        ),
        migrations.AlterField(
            "unit",
            "kind",
            models.CharField(
                choices=[
                    ("province", "Province"),
                    ("city", "City"),
                    ("block", "Area block"),
                    ("district", "District"),
                    ("county", "County"),
                    ("county_city", "County-level city"),
                    ("zone", "Development zone"),
                    ("subdistrict", "Subdistrict"),
                    ("town", "Town"),
                    ("community", "Community"),
                    ("village", "Village"),
                    ("grid", "Grid"),
                    ("government", "Government"),
                    ("department", "Department"),
                    ("enterprise", "Enterprise"),
                    ("work_group", "Work group"),
                    ("agency", "Survey agency"),
                    ("other", "Other"),
                ],
                max_length=16,
                verbose_name="kind",
            ),
        ),
        migrations.RunPython(split_administrator, migrations.RunPython.noop),
    ]
