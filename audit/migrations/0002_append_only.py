"""Entries can be added, never changed or taken out: the database itself refuses it."""

from django.db import migrations

from audit.guard import lift_guard, raise_guard


class Migration(migrations.Migration):
    dependencies = [
        ("audit", "0001_entries"),
    ]

    operations = [
        migrations.RunPython(
            lambda apps, schema_editor: raise_guard(schema_editor.connection),
            lambda apps, schema_editor: lift_guard(schema_editor.connection),
        ),
    ]
