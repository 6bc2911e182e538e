"""Searching with PostgreSQL's tsvectors, which the entries' table generates itself (migration 0007_search)."""

from django.db.models import F, Subquery

from posts.models import PublishedQuerySet, SearchEntry
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
    oldest = entries.order_by("-pk").values("pk")[NEWEST : NEWEST + 1]
    newest = matching.filter(pk__gt=Subquery(oldest)).order_by("-pk").values("pk")[:most]
    hits = _ranked(entries.filter(pk__in=newest), "vector", expression)
    if len(hits) >= ENOUGH:
        return hits, False
    indexed = matching.order_by((F("pk") + 0).desc()).values("pk")[:most]  # by a sum: not along the key's own index
    hits = _ranked(entries.filter(pk__in=indexed), "vector", expression)
    return hits, len(hits) < most


def titles(entries: PublishedQuerySet, wanted: Wanted, most: int) -> list[tuple[int, float]]:
    """The newest entries whose title matches, each with its rank."""
    expression, entries = _expression(wanted), entries.filter(pk__range=wanted.keys)
    matching = entries.extra(where=[_MATCH.format(vector="title_vector")], params=[expression])
    return _ranked(entries.filter(pk__in=matching.order_by("-pk").values("pk")[:most]), "title_vector", expression)


def keys(wanted: Wanted, most: int) -> list[int]:
    """The keys of the newest entries that match, whether public or not."""
    matching = SearchEntry.objects.extra(where=[_MATCH.format(vector="vector")], params=[_expression(wanted)])
    return list(matching.order_by("-pk").values_list("pk", flat=True)[:most])


def _ranked(entries: PublishedQuerySet, vector: str, expression: str) -> list[tuple[int, float]]:
    ranked = entries.extra(select={"rank": _RANK.format(vector=vector)}, select_params=[expression])
    return list(ranked.values_list("pk", "rank"))


def _expression(wanted: Wanted) -> str:
    """Words are letters and digits alone, so that none can end its quotes."""
    phrases = [" <-> ".join(f"'{word}'" for word in words) for words in wanted.query.phrases]
    if wanted.is_prefix:
        phrases[-1] += ":*"
    return " & ".join([*(f"({phrase})" for phrase in phrases), *([f"'{wanted.filed}'"] if wanted.filed else [])])


def clear() -> None:
    """Nothing to do: the vectors are columns of the entries' table."""
