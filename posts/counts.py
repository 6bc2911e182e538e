"""How many live posts there are, of each section, tag, author and month, in one edition: counted once a generation, not once a request."""

from collections import Counter
from collections.abc import Callable, Mapping
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date, datetime
from heapq import nsmallest
from itertools import chain
from typing import TypeVar, cast

from django.conf import settings
from django.core.cache import cache
from django.db.models import Count, Max
from django.http import HttpRequest, HttpResponse
from django.utils import timezone as clock

from posts import editions
from posts.models import (
    AuthoredPost,
    Post,
    PublishedQuerySet,
    SeriesPost,
    SiteState,
    Tag,
    TaggedPost,
    author_url,
    series_url,
)
from posts.search.query import folded, words_of

REMEMBERED_SECONDS = 24 * 60 * 60
TITLES_READ, TAGS_READ = 2000, 500  # for their words
Answer = TypeVar("Answer")
_states: ContextVar[list[SiteState] | None] = ContextVar("the site's state in this request", default=None)


@dataclass(frozen=True, slots=True)
class TermInUse:
    """A tag, an author or a series that live posts have, and how many."""

    name: str
    url: str
    post_count: int

    def get_absolute_url(self) -> str:
        return self.url


@dataclass(frozen=True, slots=True)
class NameInUse:
    """An author or a series of live posts, by a name that these write, and how many they are."""

    name: str
    post_count: int


@dataclass(frozen=True, slots=True)
class HomeList:
    """What the home page lists: the sections, and how many live articles they have."""

    sections: tuple[str, ...]
    count: int


def by_section() -> dict[str, int]:
    """Live articles by section; those that stand in none under the empty string."""
    return _sections().get(editions.current(), {})


def of_editions() -> dict[str, int]:
    """Live articles by the edition that lists them, the first edition before the others."""
    counted = _sections()
    return {code: sum(counted[code].values()) for code, _ in settings.LANGUAGES if code in counted}


def home_list() -> HomeList:
    """The site's main sections, else the one with the most posts."""
    counted = by_section()
    largest = max((name for name in counted if name), key=lambda name: (counted[name], name), default="")
    sections = tuple(_state().main_sections) or (largest,)
    return HomeList(sections, sum(counted.get(name, 0) for name in sections if name))


def by_month() -> dict[date, int]:
    """Live articles by the first day of their month, the latest first; those without a date under `date.min`."""

    def count(at: datetime) -> dict[date, int]:
        counted = (
            Post.objects.articles()
            .live(at)
            .in_edition()
            .with_month()
            .values_list("month")
            .annotate(Count("pk"))
            .order_by()
        )
        months = {date.fromisoformat(f"{month}-01"): number for month, number in counted}
        return dict(sorted(months.items(), reverse=True))

    return once_a_generation("months", count)


def words() -> dict[str, str]:
    """The words of tags' names and of the newest live articles' titles, by what they are without accents.

    Of several words that are one without accents, the commonest.
    """

    def read(at: datetime) -> dict[str, str]:
        titles = (
            Post.objects.articles().live(at).in_edition().newest_first().values_list("title", flat=True)[:TITLES_READ]
        )
        names = Tag.objects.filter(pk__in=_most_used(TAGS_READ)).values_list("name", flat=True)
        counted = Counter(word for text in chain(titles, names) for word in words_of(text))
        return {folded(word): word for word, _ in reversed(counted.most_common())}

    return once_a_generation("words", read)


def most_used_tags(most: int) -> list[Tag]:
    """The tags that most live posts have."""
    wanted = _most_used(most)
    tags = Tag.objects.in_bulk(wanted)
    return [tags[pk] for pk in wanted]


def by_tag() -> dict[int, int]:
    """Live posts by the key of their tag; tags without any are left out."""

    def count(at: datetime) -> dict[int, int]:
        return dict(TaggedPost.objects.live(at).in_edition().values_list("tag").annotate(Count("pk")).order_by())

    return once_a_generation("tags", count)


def by_author() -> dict[str, NameInUse]:
    """The authors that live posts name, by slug."""
    return once_a_generation("authors", lambda at: _names(AuthoredPost.objects.live(at)))


def by_series() -> dict[str, NameInUse]:
    """The series that live posts are parts of, by slug."""
    return once_a_generation("series", lambda at: _names(SeriesPost.objects.live(at)))


def _names(rows: PublishedQuerySet) -> dict[str, NameInUse]:
    counted = rows.in_edition().values_list("slug").annotate(Max("name"), Count("pk")).order_by()
    return {slug: NameInUse(name, posts) for slug, name, posts in counted}


def series_in_use() -> list[TermInUse]:
    """The series that live posts are parts of, by name."""
    return _by_name(by_series(), series_url)


def authors_in_use() -> list[TermInUse]:
    """The authors that live posts name, by name."""
    return _by_name(by_author(), author_url)


def _by_name(found: Mapping[str, NameInUse], url_of: Callable[[str], str]) -> list[TermInUse]:
    in_order = sorted(found.items(), key=lambda each: each[1].name.casefold())
    return [TermInUse(each.name, url_of(slug), each.post_count) for slug, each in in_order]


def tags_in_use() -> list[TermInUse]:
    """The tags that live posts have, by name."""
    counts = by_tag()
    tags = sorted((tag for tag in Tag.objects.all() if tag.pk in counts), key=lambda tag: tag.name.casefold())
    return [TermInUse(tag.name, tag.get_absolute_url(), counts[tag.pk]) for tag in tags]


def _most_used(most: int) -> list[int]:
    counted = by_tag()
    return nsmallest(most, counted, key=lambda pk: (-counted[pk], pk))


def _sections() -> dict[str, dict[str, int]]:
    """Live articles by section, of each edition."""

    def count(at: datetime) -> dict[str, dict[str, int]]:
        found: dict[str, dict[str, int]] = {}
        rows = Post.objects.articles().live(at).values_list("edition", "section").annotate(Count("pk")).order_by()
        for edition, section, posts in rows:
            found.setdefault(edition, {})[section] = posts
        return found

    return once_a_generation("sections", count, edition="")


def middleware(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """The site's state is asked for once in a request that only reads, however many counts its page shows."""

    def answered(request: HttpRequest) -> HttpResponse:
        token = _states.set([] if request.method in ("GET", "HEAD") else None)
        try:
            return get_response(request)
        finally:
            _states.reset(token)

    return answered


def know(state: SiteState) -> None:
    """The state that this request need not ask for any more."""
    if (states := _states.get()) is not None and not states:
        states.append(state)


def _state() -> SiteState:
    states = _states.get()
    if states is None:
        return SiteState.current()
    if not states:
        states.append(SiteState.current())
    return states[0]


def once_a_generation(
    name: str,
    count: Callable[[datetime], Answer],
    *,
    edition: str | None = None,  # None: the current one
) -> Answer:
    """What `count` answers of now, remembered under this name for as long as the site's version is the same."""
    at = clock.now()
    key = f"counts.{name}.{editions.current() if edition is None else edition}.{_state().version(at)}"
    return cast("Answer", cache.get_or_set(key, lambda: count(at), REMEMBERED_SECONDS))
