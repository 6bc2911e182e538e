"""The index of each database, behind one interface; a search engine of its own would be another."""

from typing import Protocol

from posts.models import PublishedQuerySet
from posts.search import postgresql, sqlite
from posts.search.query import Wanted

Hits = list[tuple[int, float]]
"""The keys of entries, the newest first, each with its rank: larger is better."""


class Index(Protocol):
    """Of `entries`, at most `most` that match: the newest."""

    def matches(self, entries: PublishedQuerySet, wanted: Wanted, most: int) -> tuple[Hits, bool]:
        """Those that hold what is wanted, and whether they are all."""

    def titles(self, entries: PublishedQuerySet, wanted: Wanted, most: int) -> Hits:
        """Those whose title holds it."""

    def keys(self, wanted: Wanted, most: int) -> list[int]:
        """The keys of the newest entries that match, whether public or not."""

    def clear(self) -> None:
        """Empties what does not follow the entries' table."""


INDEXES: dict[str, Index] = {"sqlite": sqlite, "postgresql": postgresql}
