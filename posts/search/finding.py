"""Asking the index: the best of the newest matches, those in a title first."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import connection
from django.db.models import Count

from posts.dates import EARLIEST
from posts.models import SearchEntry, Tag, TaggedPost
from posts.search.entries import filed_under
from posts.search.indexes import INDEXES
from posts.search.keys import EVERY_KEY, keys_of, post_of, year_of
from posts.search.query import Query, Wanted

CANDIDATES = 200  # matches that are ranked, the newest: bounded, since ranking is linear in them
MOST_FOR_EDITORS = 2000
FEW = 10  # with fewer matches, what the last word begins is looked for too
SHORTEST_PREFIX = 3  # letters: what a shorter one begins is half of the dictionary


@dataclass(frozen=True, slots=True)
class Scope:
    """What a search is narrowed to."""

    tag: Tag | None = None
    year: int | None = None
    edition: str = ""  # "": all of them

    def __bool__(self) -> bool:
        return bool(self.tag or self.year)

    def wanted(self, query: Query, *, is_prefix: bool) -> Wanted:
        """The query, of entries in the scope."""
        filed = filed_under(self.tag and self.tag.pk, self.edition)
        return Wanted(query, filed, keys_of(self.year) if self.year else EVERY_KEY, is_prefix)


@dataclass(frozen=True, slots=True)
class Found:
    """The keys of the entries that match, best first. Not `is_all`: there are more, older ones."""

    keys: Sequence[int]
    is_all: bool


def find(query: Query, scope: Scope = Scope(), at: datetime | None = None) -> Found:
    """What readers may see at that moment (default: now) and holds all of the query.

    Where little does, whatever holds words that begin with the last one comes after it.
    """
    if not query:
        return Found((), is_all=True)
    found = _find(query, scope, at, is_prefix=False)
    if len(found.keys) < FEW and len(query.phrases[-1][-1]) >= SHORTEST_PREFIX:
        more = _find(query, scope, at, is_prefix=True)
        return Found(tuple(dict.fromkeys([*found.keys, *more.keys])), more.is_all)
    return found


def titles_beginning(query: Query, most: int, scope: Scope = Scope()) -> list[SearchEntry]:
    """Entries with titles in which all words are, the last perhaps not typed to its end; best first."""
    if not query:
        return []
    wanted = scope.wanted(query, is_prefix=True)
    hits = INDEXES[connection.vendor].titles(SearchEntry.objects.live(), wanted, 10 * most)
    return shown(_best_first(hits)[:most])


def posts_matching(query: Query) -> list[int]:
    """For editors: the keys of the newest posts that hold all of the query, drafts too, no more than 2,000.

    The last word may be the beginning of one.
    """
    if not query:
        return []
    is_prefix = len(query.phrases[-1][-1]) >= SHORTEST_PREFIX
    wanted = Scope().wanted(query, is_prefix=is_prefix)
    return [post_of(key) for key in INDEXES[connection.vendor].keys(wanted, MOST_FOR_EDITORS)]


def titles_matching(query: Query, most: int) -> list[int]:
    """For editors: the keys of posts whose titles hold all of the query, drafts too; best first."""
    if not query:
        return []
    hits = INDEXES[connection.vendor].titles(SearchEntry.objects.all(), Scope().wanted(query, is_prefix=True), most)
    return [post_of(key) for key in _best_first(hits)]


def shown(keys: Sequence[int]) -> list[SearchEntry]:
    """The entries with these keys, in this order, each with what a result shows of its post; one query."""
    columns = ("title", "text", *(f"post__{name}" for name in ("path", "language", "date", "date_offset", "minutes")))
    entries = SearchEntry.objects.select_related("post").only(*columns).in_bulk(keys)
    return [entries[key] for key in keys if key in entries]


def tags_of(found: Found, most: int) -> list[tuple[Tag, int]]:
    """The commonest tags of what was found, each with how many have it; two queries."""
    posts = [post_of(key) for key in found.keys]
    counted = dict(TaggedPost.objects.filter(content_object__in=posts).values_list("tag").annotate(Count("pk")))
    commonest = sorted(counted, key=lambda tag: (-counted[tag], tag))[:most]
    tags = Tag.objects.in_bulk(commonest)
    return [(tags[pk], counted[pk]) for pk in commonest]


def years_of(found: Found) -> list[tuple[int, int]]:
    """The years of what was found, the latest first, each with how many there are."""
    years = Counter(year_of(key) for key in found.keys)
    return sorted(((year, count) for year, count in years.items() if year > EARLIEST.year), reverse=True)


def _find(query: Query, scope: Scope, at: datetime | None, *, is_prefix: bool) -> Found:
    index, entries = INDEXES[connection.vendor], SearchEntry.objects.live(at)
    wanted = scope.wanted(query, is_prefix=is_prefix)
    in_titles = index.titles(entries, wanted, CANDIDATES)
    anywhere, is_all = index.matches(entries, wanted, CANDIDATES)
    keys = dict.fromkeys([*_best_first(in_titles), *_best_first(anywhere)])
    return Found(tuple(keys), is_all)


def _best_first(hits: Iterable[tuple[int, float]]) -> list[int]:
    """The keys by rank; of one rank, the newest first."""
    return [key for key, _ in sorted(hits, key=lambda hit: (-hit[1], -hit[0]))]
