import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("orgs", "0006_personal"),
    ]

    operations = [
        migrations.AddField(
            model_name="unit",
            name="division_code_from",
            field=models.DateField(blank=True, null=True, verbose_name="division code from"),
        ),
        migrations.AddField(
            model_name="unit",
            name="division_code_until",
            field=models.DateField(blank=True, null=True, verbose_name="division code until"),
        ),
        migrations.AddField(
            model_name="unit",
            name="initials",
            field=models.CharField(blank=True, editable=False, max_length=160),
        ),
        migrations.AddField(
            model_name="unit",
            name="merged_into",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="merged",
                to="orgs.unit",
            ),
        ),
        migrations.AddField(
            model_name="unitname",
            name="initials",
            field=models.CharField(blank=True, editable=False, max_length=100),
        ),
        migrations.AlterField(
            model_name="unitname",
            name="kind",
            field=models.CharField(
                choices=[
                    ("alias", "Alias"),
                    ("short", "Short name"),
                    ("old", "Old name"),
                    ("code", "Earlier division code"),
                ],
                max_length=8,
                verbose_name="kind",
            ),
        ),
        migrations.CreateModel(
            name="PeerGroup",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=100, verbose_name="name")),
                (
                    "jurisdiction",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="orgs.unit"
                    ),
                ),
            ],
            options={
                "ordering": ("pk",),
            },
        ),
        migrations.AddField(
            model_name="unit",
            name="peer_group",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="units",
                to="orgs.peergroup",
                verbose_name="peer group",
            ),
        ),
        migrations.CreateModel(
            name="UnitMove",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("on", models.DateField(verbose_name="on")),
                (
                    "from_parent",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="orgs.unit"
                    ),
                ),
                (
                    "to_parent",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="orgs.unit"
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="moves", to="orgs.unit"
                    ),
                ),
            ],
            options={
                "ordering": ("on", "pk"),
            },
        ),
        migrations.AddConstraint(
            model_name="peergroup",
            constraint=models.UniqueConstraint(fields=("jurisdiction", "name"), name="peer_group_once"),
        ),
    ]
