from django.db import migrations

import chuangwen.kit.vault


class Migration(migrations.Migration):
    dependencies = [
        ("orgs", "0005_deputies_and_contacts"),
    ]

    operations = [
        migrations.AddField(
            model_name="person",
            name="id_number",
            field=chuangwen.kit.vault.EncryptedText(blank=True, default="", verbose_name="identity number"),
        ),
        migrations.AddField(
            model_name="person",
            name="id_number_index",
            field=chuangwen.kit.vault.BlindIndex(of="id_number"),
        ),
        migrations.AddField(
            model_name="person",
            name="phone",
            field=chuangwen.kit.vault.EncryptedText(blank=True, default="", verbose_name="phone"),
        ),
        migrations.AddField(
            model_name="person",
            name="phone_index",
            field=chuangwen.kit.vault.BlindIndex(of="phone"),
        ),
    ]
