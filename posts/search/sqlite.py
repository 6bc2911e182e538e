"""Searching with FTS5. Its tables are filled by triggers on the entries' table (migration 0007_search)."""

from django.db import connection
from django.db.models import QuerySet

from posts.models import PublishedQuerySet
from posts.search.query import Wanted

TEXTS, TITLES = "posts_search", "posts_search_title"
# Of the title, tags, headings and text; bm25 gives the best match the least number.
_RANKS = {TEXTS: f"-bm25({TEXTS}, 10.0, 5.0, 3.0, 1.0, 0.0)", TITLES: f"-bm25({TITLES}, 1.0, 0.0)"}


def matches(entries: PublishedQuerySet, wanted: Wanted, most: int) -> tuple[list[tuple[int, float]], bool]:
    """The newest entries that match, each with its rank, and whether they are all.

    bm25 counts all posts that hold a word, 4 ms for one that 100,000 hold. So it is asked only where few match; of many,
    those come first whose tags and headings hold the words.
    """
    newest = list(_newest(TEXTS, entries, wanted).values_list("pk", flat=True)[:most])
    if len(newest) < most:
        return _ranked(TEXTS, entries, wanted, most), True
    weighty = _in_tags_and_headings(wanted, newest[-1], newest[0])
    return [(key, float(key in weighty)) for key in newest], False


def titles(entries: PublishedQuerySet, wanted: Wanted, most: int) -> list[tuple[int, float]]:
    """The newest entries whose title matches, each with its rank."""
    return _ranked(TITLES, entries, wanted, most)


def keys(wanted: Wanted, most: int) -> list[int]:
    """The keys of the newest entries that match, whether public or not."""
    newest = f"SELECT rowid FROM {TEXTS} WHERE {TEXTS} MATCH %s ORDER BY rowid DESC LIMIT %s"
    with connection.cursor() as cursor:
        cursor.execute(newest, [_expression(wanted), most])
        return [key for (key,) in cursor.fetchall()]


def _ranked(table: str, entries: PublishedQuerySet, wanted: Wanted, most: int) -> list[tuple[int, float]]:
    found = _newest(table, entries, wanted).extra(select={"rank": _RANKS[table]})
    return list(found.values_list("pk", "rank")[:most])


def _newest(table: str, entries: PublishedQuerySet, wanted: Wanted) -> QuerySet:
    """The plus keeps SQLite from asking the index about one entry after the other: FTS5 goes first, from the end."""
    return entries.extra(
        tables=[table],
        where=[f"{table} MATCH %s", f"{table}.rowid BETWEEN %s AND %s", f"posts_searchentry.id = +{table}.rowid"],
        params=[_expression(wanted), *wanted.keys],
        order_by=[f"-{table}.rowid"],
    )


def _in_tags_and_headings(wanted: Wanted, first: int, last: int) -> set[int]:
    """Which entries from one key to another hold all words there."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT rowid FROM {TEXTS} WHERE {TEXTS} MATCH %s AND rowid BETWEEN %s AND %s",
            [_expression(wanted, "{tags headings} : "), first, last],
        )
        return {key for (key,) in cursor.fetchall()}


def _expression(wanted: Wanted, columns: str = "") -> str:
    """All that is in quotes is text to FTS5; it takes the letter `đ`, which it does not know to be a `d`, as one."""
    phrases = ['"{}"'.format(" ".join(words).replace("đ", "d")) for words in wanted.query.phrases]
    if wanted.is_prefix:
        phrases[-1] += "*"
    texts = f"{columns}({' '.join(phrases)})"
    return f'{texts} AND "{wanted.filed}"' if wanted.filed else texts


def clear() -> None:
    """Empties both tables."""
    with connection.cursor() as cursor:
        for table in (TEXTS, TITLES):
            cursor.execute(f"INSERT INTO {table} ({table}) VALUES ('delete-all')")
