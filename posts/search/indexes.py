"""The index of each database, behind one interface; a search engine of its own would be another."""

from typing import Protocol

from posts.models import PublishedQuerySet
from posts.search import postgresql, sqlite
from posts.search.query import Query

Hits = list[tuple[int, float]]
"""The keys of entries, the newest first, each with its rank: larger is better."""


class Index(Protocol):
    """Of `entries` at most `most` are asked for, the newest that match.

    `filed` is the word of a tag that they must have, or empty; `is_prefix` takes the last word as one's beginning.
    """

    def matches(
        self, entries: PublishedQuerySet, query: Query, filed: str, most: int, *, is_prefix: bool
    ) -> tuple[Hits, bool]:
        """Those that hold the query, and whether they are all."""

    def titles(self, entries: PublishedQuerySet, query: Query, filed: str, most: int, *, is_prefix: bool) -> Hits:
        """Those whose title holds the query."""

    def clear(self) -> None:
        """Empties what does not follow the entries' table."""


INDEXES: dict[str, Index] = {"sqlite": sqlite, "postgresql": postgresql}
