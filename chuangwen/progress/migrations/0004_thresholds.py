from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("progress", "0003_milestone_indicator"),
    ]

    operations = [
        migrations.AddField(
            model_name="following",
            name="near_days",
            field=models.PositiveSmallIntegerField(
                default=31, verbose_name="yellow from, days before a deadline without a path"
            ),
        ),
        migrations.AddField(
            model_name="following",
            name="about_pct",
            field=models.PositiveSmallIntegerField(default=10, verbose_name="per cent that 左右 allows for"),
        ),
    ]
