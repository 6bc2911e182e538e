"""PostgreSQL brings a backup back without a search path: the function names its configuration for good, and depends on it."""

from django.db import migrations

WORDS = "translate(words, '-/_.:@<>&=+#%~*''’\"', '                  ')"
HEAD = "CREATE OR REPLACE FUNCTION posts_search_words(words text) RETURNS tsvector LANGUAGE sql IMMUTABLE PARALLEL SAFE"
BY_OBJECT = f"{HEAD} RETURN to_tsvector('posts_search'::regconfig, {WORDS})"
BY_NAME = f"{HEAD} AS $$ SELECT to_tsvector('posts_search', {WORDS}) $$"


def run(statement):
    def on_postgresql(apps, schema_editor):
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(statement, params=None)

    return on_postgresql


class Migration(migrations.Migration):
    dependencies = [
        ("posts", "0019_html_bodies"),
    ]

    operations = [
        migrations.RunPython(run(BY_OBJECT), run(BY_NAME)),
    ]
