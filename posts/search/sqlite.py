"""Searching with FTS5. Its tables are filled by triggers on the entries' table (migration 0007_search)."""

from django.db import connection

from posts.models import PublishedQuerySet
from posts.search.query import Wanted

TEXTS, TITLES = "posts_search", "posts_search_title"
# Of the title, tags, headings and text; bm25 gives the best match the least number.
_RANKS = {TEXTS: f"-bm25({TEXTS}, 10.0, 5.0, 3.0, 1.0, 0.0)", TITLES: f"-bm25({TITLES}, 1.0, 0.0)"}


def matches(entries: PublishedQuerySet, wanted: Wanted, most: int) -> tuple[list[tuple[int, float]], bool]:
    """The newest entries that match, each with its rank, and whether they are all."""
    hits = _newest(TEXTS, entries, wanted, most)
    return hits, len(hits) < most


def titles(entries: PublishedQuerySet, wanted: Wanted, most: int) -> list[tuple[int, float]]:
    """The newest entries whose title matches, each with its rank."""
    return _newest(TITLES, entries, wanted, most)


def keys(wanted: Wanted, most: int) -> list[int]:
    """The keys of the newest entries that match, whether public or not."""
    newest = f"SELECT rowid FROM {TEXTS} WHERE {TEXTS} MATCH %s ORDER BY rowid DESC LIMIT %s"
    with connection.cursor() as cursor:
        cursor.execute(newest, [_expression(wanted), most])
        return [key for (key,) in cursor.fetchall()]


def _newest(table: str, entries: PublishedQuerySet, wanted: Wanted, most: int) -> list[tuple[int, float]]:
    """The plus keeps SQLite from asking the index about one entry after the other: FTS5 goes first, from the end."""
    found = entries.extra(
        select={"rank": _RANKS[table]},
        tables=[table],
        where=[f"{table} MATCH %s", f"{table}.rowid BETWEEN %s AND %s", f"posts_searchentry.id = +{table}.rowid"],
        params=[_expression(wanted), *wanted.keys],
        order_by=[f"-{table}.rowid"],
    )
    return list(found.values_list("pk", "rank")[:most])


def _expression(wanted: Wanted) -> str:
    """All that is in quotes is text to FTS5; it takes the letter `đ`, which it does not know to be a `d`, as one."""
    phrases = ['"{}"'.format(" ".join(words).replace("đ", "d")) for words in wanted.query.phrases]
    if wanted.is_prefix:
        phrases[-1] += "*"
    return " ".join([*phrases, f'"{wanted.filed}"'] if wanted.filed else phrases)


def clear() -> None:
    """Empties both tables."""
    with connection.cursor() as cursor:
        for table in (TEXTS, TITLES):
            cursor.execute(f"INSERT INTO {table} ({table}) VALUES ('delete-all')")
