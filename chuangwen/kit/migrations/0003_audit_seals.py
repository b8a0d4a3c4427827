"""Rows get an ordinary id; names and values of persons in rows that exist are encrypted."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

import chuangwen.kit.clock
from chuangwen.kit import audit_keys

ABOUT_THEIR_SUBJECT = ("orgs.person_added", "orgs.profile_changed", "orgs.password_changed")


def encrypt(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Under the key of the person: the actor's name and address, and what a row says of an account."""
    Entry, PersonKey = (apps.get_model("kit", name) for name in ("AuditEntry", "PersonKey"))
    wrapped: dict[int, bytes] = {}

    def locked(person_id: int, values: dict[str, object]) -> bytes:
        if person_id not in wrapped:
            wrapped[person_id] = audit_keys.new_wrapped_key()
            PersonKey.objects.create(person_id=person_id, wrapped=wrapped[person_id])
        return audit_keys.locked_by(audit_keys.unwrapped(wrapped[person_id]), person_id, values)

    for entry in Entry.objects.iterator():
        if entry.person_id is None:
            entry.system = entry.person_name
        else:
            entry.who = locked(entry.person_id, {"name": entry.person_name, "address": entry.address})
        if entry.action in ABOUT_THEIR_SUBJECT:
            entry.about_id = entry.subject_id
            entry.personal = locked(entry.subject_id, {**entry.after, "before": entry.before})
            entry.before, entry.after = {}, {}
        entry.save()


class Migration(migrations.Migration):
    dependencies = [("kit", "0002_cache_table")]

    operations = [
        migrations.CreateModel(
            name="AuditSeal",
            fields=[
                ("number", models.BigIntegerField(primary_key=True, serialize=False)),
                ("entry_id", models.BigIntegerField(unique=True)),
                ("digest", models.CharField(max_length=64)),
                ("hash", models.CharField(max_length=64)),
            ],
            options={"ordering": ("number",)},
        ),
        migrations.CreateModel(
            name="AuditTombstone",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("first", models.BigIntegerField()),
                ("last", models.BigIntegerField(unique=True)),
                ("first_hash", models.CharField(max_length=64)),
                ("last_hash", models.CharField(max_length=64)),
                ("before_month", models.CharField(max_length=7)),
                ("at", models.DateTimeField()),
                ("proof", models.CharField(max_length=64)),
            ],
            options={"ordering": ("last",)},
        ),
        migrations.CreateModel(
            name="PersonKey",
            fields=[
                ("person_id", models.BigIntegerField(primary_key=True, serialize=False)),
                ("wrapped", models.BinaryField(null=True)),
            ],
        ),
        migrations.AlterModelOptions(name="auditentry", options={}),
        migrations.RemoveIndex(model_name="auditentry", name="audit_history"),
        migrations.RenameField("auditentry", "number", "id"),
        migrations.AlterModelOptions(name="auditentry", options={"ordering": ("-id",)}),
        migrations.AddIndex(
            model_name="auditentry",
            index=models.Index(fields=["subject_kind", "subject_id", "-id"], name="audit_history"),
        ),
        migrations.AlterField(
            model_name="auditentry",
            name="at",
            field=models.DateTimeField(db_index=True, default=chuangwen.kit.clock.now),
        ),
        migrations.AddField("auditentry", "who", models.BinaryField(null=True)),
        migrations.AddField(
            "auditentry",
            "system",
            models.CharField(blank=True, default="", max_length=64),
            preserve_default=False,
        ),
        migrations.AddField("auditentry", "about_id", models.BigIntegerField(null=True)),
        migrations.AddField("auditentry", "personal", models.BinaryField(null=True)),
        migrations.AddField(
            "auditentry",
            "header",
            models.ForeignKey(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="touches",
                to="kit.auditentry",
            ),
        ),
        migrations.RunPython(encrypt, migrations.RunPython.noop),
        migrations.RemoveField("auditentry", "person_name"),
        migrations.RemoveField("auditentry", "address"),
    ]
