"""What search knows of each post, and the index that the database keeps of it: FTS5 tables, or generated tsvectors."""

import django.db.models.deletion
from django.db import migrations, models

SQLITE_TABLES = {"posts_search": "title, tags, headings, text, filed", "posts_search_title": "title, filed"}
# Contentless: the entries' table holds the texts. The tokenizer does not know the letter đ to be a d.
SQLITE_OPTIONS = "content='', tokenize='porter unicode61 remove_diacritics 2'"
SQLITE_PREFIXES = {"posts_search": "", "posts_search_title": ", prefix='1 2 3 4'"}

# PostgreSQL's parser takes `safety/efficacy` as a file and `type-2` as a number below zero: signs become spaces first.
# Without stop words: WHO is no pronoun here, and a phrase is found with all its words.
POSTGRESQL = r"""
CREATE EXTENSION IF NOT EXISTS unaccent;
CREATE TEXT SEARCH DICTIONARY posts_search (TEMPLATE = snowball, LANGUAGE = english);
CREATE TEXT SEARCH CONFIGURATION posts_search (COPY = english);
ALTER TEXT SEARCH CONFIGURATION posts_search
  ALTER MAPPING FOR asciiword, word, numword, asciihword, hword, numhword, hword_asciipart, hword_part, hword_numpart
  WITH unaccent, posts_search;
CREATE FUNCTION posts_search_words(words text) RETURNS tsvector LANGUAGE sql IMMUTABLE PARALLEL SAFE AS
  $$ SELECT to_tsvector('posts_search', translate(words, '-/_.:@<>&=+#%~*''’"', '                  ')) $$;
ALTER TABLE posts_searchentry
  ADD COLUMN title_vector tsvector GENERATED ALWAYS AS (posts_search_words(title) || posts_search_words(filed)) STORED,
  ADD COLUMN vector tsvector GENERATED ALWAYS AS (
    setweight(posts_search_words(title), 'A') || setweight(posts_search_words(tags), 'B')
    || setweight(posts_search_words(headings), 'C') || setweight(posts_search_words(text), 'D')
    || posts_search_words(filed)
  ) STORED;
-- Read for each of the newest posts: not to be unpacked each time.
ALTER TABLE posts_searchentry ALTER COLUMN vector SET STORAGE EXTERNAL;
CREATE INDEX posts_search ON posts_searchentry USING gin (vector);
CREATE INDEX posts_search_title ON posts_searchentry USING gin (title_vector);
"""
POSTGRESQL_REVERSE = """
ALTER TABLE posts_searchentry DROP COLUMN vector, DROP COLUMN title_vector;
DROP FUNCTION posts_search_words(text);
DROP TEXT SEARCH CONFIGURATION posts_search;
DROP TEXT SEARCH DICTIONARY posts_search;
"""


def make_index(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(POSTGRESQL, params=None)
        return
    for table, columns in SQLITE_TABLES.items():
        schema_editor.execute(
            f"CREATE VIRTUAL TABLE {table} USING fts5({columns}, {SQLITE_OPTIONS}{SQLITE_PREFIXES[table]})"
        )
    schema_editor.execute(trigger("INSERT", "new", "{table} (rowid, {columns}) VALUES ({values})"))
    schema_editor.execute(trigger("DELETE", "old", "{table} ({table}, rowid, {columns}) VALUES ('delete', {values})"))


def trigger(event, row, insertion):
    """Keeps the FTS5 tables as the entries are: a contentless one has to be told again what it forgets."""
    insertions = ""
    for table, columns in SQLITE_TABLES.items():
        values = ", ".join(
            [f"{row}.id", *(f"replace(replace({row}.{name}, 'đ', 'd'), 'Đ', 'd')" for name in columns.split(", "))]
        )
        insertions += f"INSERT INTO {insertion.format(table=table, columns=columns, values=values)};\n"
    return f"CREATE TRIGGER posts_search_{event.lower()} AFTER {event} ON posts_searchentry BEGIN\n{insertions}END"


def drop_index(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(POSTGRESQL_REVERSE, params=None)
        return
    for event in ("insert", "delete"):
        schema_editor.execute(f"DROP TRIGGER posts_search_{event}")
    for table in SQLITE_TABLES:
        schema_editor.execute(f"DROP TABLE {table}")


class Migration(migrations.Migration):
    dependencies = [("posts", "0006_editors_of_authors")]

    operations = [
        migrations.CreateModel(
            name="SearchEntry",
            fields=[
                ("id", models.BigIntegerField(primary_key=True, serialize=False)),
                ("public_from", models.DateTimeField(null=True)),
                ("public_until", models.DateTimeField(null=True)),
                ("title", models.TextField()),
                ("tags", models.TextField(blank=True)),
                ("headings", models.TextField(blank=True)),
                ("text", models.TextField(blank=True)),
                (
                    "filed",
                    models.TextField(blank=True, verbose_name="a word for each tag, to search in one tag alone"),
                ),
                (
                    "post",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="search_entry", to="posts.post"
                    ),
                ),
            ],
        ),
        migrations.RunPython(make_index, drop_index),
    ]
