"""What waits to be put into PostgreSQL's search indexes is read by every search: kilobytes of it, not 4 MB."""

from django.db import migrations

LIMITS = {"posts_search": 256, "posts_search_title": 64}  # in KB


def limit_pending(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        for index, kilobytes in LIMITS.items():
            schema_editor.execute(f"ALTER INDEX {index} SET (gin_pending_list_limit = {kilobytes})")
            schema_editor.execute(f"SELECT gin_clean_pending_list('{index}')")


def unlimit_pending(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        for index in LIMITS:
            schema_editor.execute(f"ALTER INDEX {index} RESET (gin_pending_list_limit)")


class Migration(migrations.Migration):
    dependencies = [("posts", "0008_editions")]

    operations = [migrations.RunPython(limit_pending, unlimit_pending)]
