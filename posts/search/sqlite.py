"""Searching with FTS5. Its tables are filled by triggers on the entries' table (migration 0003_search)."""

from django.db import connection

from posts.models import PublishedQuerySet
from posts.search.query import Query

TEXTS, TITLES = "posts_search", "posts_search_title"
# Of the title, tags, headings and text; bm25 gives the best match the least number.
_RANKS = {TEXTS: f"-bm25({TEXTS}, 10.0, 5.0, 3.0, 1.0, 0.0)", TITLES: f"-bm25({TITLES}, 1.0, 0.0)"}


def matches(
    entries: PublishedQuerySet, query: Query, filed: str, most: int, *, is_prefix: bool
) -> tuple[list[tuple[int, float]], bool]:
    """The newest entries that match, each with its rank, and whether they are all."""
    hits = _newest(TEXTS, entries, _expression(query, filed, is_prefix=is_prefix), most)
    return hits, len(hits) < most


def titles(
    entries: PublishedQuerySet, query: Query, filed: str, most: int, *, is_prefix: bool
) -> list[tuple[int, float]]:
    """The newest entries whose title matches, each with its rank."""
    return _newest(TITLES, entries, _expression(query, filed, is_prefix=is_prefix), most)


def _newest(table: str, entries: PublishedQuerySet, expression: str, most: int) -> list[tuple[int, float]]:
    """The plus keeps SQLite from asking the index about one entry after the other: FTS5 goes first, from the end."""
    found = entries.extra(
        select={"rank": _RANKS[table]},
        tables=[table],
        where=[f"{table} MATCH %s", f"posts_searchentry.id = +{table}.rowid"],
        params=[expression],
        order_by=[f"-{table}.rowid"],
    )
    return list(found.values_list("pk", "rank")[:most])


def _expression(query: Query, filed: str, *, is_prefix: bool) -> str:
    """All that is in quotes is text to FTS5; it takes the letter `đ`, which it does not know to be a `d`, as one."""
    phrases = ['"{}"'.format(" ".join(words).replace("đ", "d")) for words in query.phrases]
    if is_prefix:
        phrases[-1] += "*"
    return " ".join([*phrases, f'"{filed}"'] if filed else phrases)


def clear() -> None:
    """Empties both tables."""
    with connection.cursor() as cursor:
        for table in (TEXTS, TITLES):
            cursor.execute(f"INSERT INTO {table} ({table}) VALUES ('delete-all')")
