"""Searching with PostgreSQL's tsvectors, which the entries' table generates itself (migration 0003_search)."""

from django.db.models import F, QuerySet, Subquery

from posts.models import PublishedQuerySet
from posts.search.query import Wanted

# An index of words knows no dates: of a common word's matches PostgreSQL would have to sort all. So the newest posts
# are read first, and the index is asked only where those hold few matches, that is, where the words are rare.
NEWEST, ENOUGH = 1000, 100
_RANK = "ts_rank({vector}, to_tsquery('posts_search', %s), 1)"
_MATCH = "{vector} @@ to_tsquery('posts_search', %s)"


def matches(entries: PublishedQuerySet, wanted: Wanted, most: int) -> tuple[list[tuple[int, float]], bool]:
    """The newest entries that match, each with its rank, and whether they are all."""
    expression, entries = _expression(wanted), entries.filter(pk__range=wanted.keys)
    matching = entries.extra(where=[_MATCH.format(vector="vector")], params=[expression])
    newest = _among_the_newest(entries, matching, most)
    keys = newest or _keys(matching.order_by((F("pk") + 0).desc()), most)  # by a sum: not along the key's own index
    return _ranked(entries.filter(pk__in=keys), "vector", expression, most), not newest and len(keys) < most


def titles(entries: PublishedQuerySet, wanted: Wanted, most: int) -> list[tuple[int, float]]:
    """The newest entries whose title matches, each with its rank."""
    expression, entries = _expression(wanted), entries.filter(pk__range=wanted.keys)
    matching = entries.extra(where=[_MATCH.format(vector="title_vector")], params=[expression])
    return _ranked(matching.order_by("-pk"), "title_vector", expression, most)


def _among_the_newest(entries: PublishedQuerySet, matching: QuerySet, most: int) -> list[int]:
    """The keys of the matches among the newest entries, or none if those do not hold enough."""
    oldest = entries.order_by("-pk").values("pk")[NEWEST : NEWEST + 1]
    keys = _keys(matching.filter(pk__gt=Subquery(oldest)).order_by("-pk"), most)
    return keys if len(keys) >= ENOUGH else []


def _keys(entries: QuerySet, most: int) -> list[int]:
    return list(entries.values_list("pk", flat=True)[:most])


def _ranked(entries: QuerySet, vector: str, expression: str, most: int) -> list[tuple[int, float]]:
    ranked = entries.extra(select={"rank": _RANK.format(vector=vector)}, select_params=[expression])
    return list(ranked.values_list("pk", "rank")[:most])


def _expression(wanted: Wanted) -> str:
    """Words are letters and digits alone, so that none can end its quotes."""
    phrases = [" <-> ".join(f"'{word}'" for word in words) for words in wanted.query.phrases]
    if wanted.is_prefix:
        phrases[-1] += ":*"
    return " & ".join([*(f"({phrase})" for phrase in phrases), *([f"'{wanted.filed}'"] if wanted.filed else [])])


def clear() -> None:
    """Nothing to do: the vectors are columns of the entries' table."""
