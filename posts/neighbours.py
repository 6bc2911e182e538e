"""What an article leads to: the ones before and after it in its section, those that share its tags, and its series."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from operator import or_

from django.db.models import Case, F, IntegerField, Q, QuerySet, Subquery, Value, When
from django.utils import timezone as clock

from posts.models import Link, Post, SeriesPost, TaggedPost, quoted
from posts.slugs import term_slug

RELATED = 3
WINDOW = 60  # newest posts of a tag that are looked at; tags with more are equally common
MOST_SERIES = 3  # of one article that are shown
FEW_PARTS = 10  # are listed unfolded
MOST_PARTS = 50  # a series of more is a heap, which its own page lists
OLDER, NEWER, SERIES = -1, -2, -3  # in the place of a tag's key; from SERIES downwards each of the article's series


@dataclass(frozen=True, slots=True)
class Neighbour:
    """Another article, as a link to it."""

    pk: int
    title: str
    path: str
    listed_at: datetime

    @property
    def url(self) -> str:
        return quoted(self.path)


@dataclass(frozen=True, slots=True)
class Series:
    """A series that an article is in: all its live parts in order, or none where that is one alone or too many to show."""

    link: Link
    parts: list[Neighbour]
    pk: int  # the article's

    @property
    def number(self) -> int:
        """Which part the article is, from 1; 0 where it is not among them, as in a preview of a draft."""
        return next((number for number, part in enumerate(self.parts, 1) if part.pk == self.pk), 0)

    @property
    def is_short(self) -> bool:
        return len(self.parts) <= FEW_PARTS

    @property
    def previous(self) -> Neighbour | None:
        return self.parts[self.number - 2] if self.number > 1 else None

    @property
    def next(self) -> Neighbour | None:
        return self.parts[self.number] if 0 < self.number < len(self.parts) else None


@dataclass(frozen=True, slots=True)
class Neighbours:
    """The next older and the next newer article of the section, the related ones, the nearest first, and the series."""

    older: Neighbour | None
    newer: Neighbour | None
    related: list[Neighbour]
    series: list[Series]


_NO_PLACE = Value(0, IntegerField())
_OF_ROW = ("content_object", "content_object__title", "content_object__path", "listed_at")


def neighbours(post: Post) -> Neighbours:
    """The live articles to go on to. One query, whose cost does not grow with the site."""
    at = clock.now()
    beside = _beside(post, at).annotate(place=_NO_PLACE)
    rows = beside.values_list("reason", "place", "pk", "title", "path", "listed_at")
    parts = [_parts(post, reason, link, at) for reason, link in _series(post)]
    if tagged := [_newest_of(tagged.tag_id, at) for tagged in post.tagged.all() if tagged.tag_id]:
        shared = TaggedPost.objects.filter(reduce(or_, tagged), content_object__language=post.language)
        shared = shared.filter(content_object__kind=Post.Kind.ARTICLE).exclude(content_object=post.pk)
        parts.append(shared.order_by().annotate(place=_NO_PLACE).values_list("tag", "place", *_OF_ROW))
    if parts:
        rows = rows.union(*parts, all=True)
    found = [(reason, place, Neighbour(*columns)) for reason, place, *columns in rows]
    near = {reason: each for reason, _, each in found if reason in (OLDER, NEWER)}
    series = _in_order(post, found)
    named = {part for each in series for part in each.parts}  # there already
    related = _nearest((reason, each) for reason, _, each in found if reason > 0 and each not in named)
    return Neighbours(near.get(OLDER), near.get(NEWER), related, series)


def _beside(post: Post, at: datetime) -> QuerySet:
    """The next older and newer article in its section and language, each with its `reason`; none for a page in no section."""
    mates = Post.objects.articles().filter(section=post.section, language=post.language).live(at)
    # The first condition is what an index can seek; the second orders those of one moment.
    older = mates.filter(Q(listed_at__lt=post.listed_at) | Q(pk__lt=post.pk), listed_at__lte=post.listed_at)
    newer = mates.filter(Q(listed_at__gt=post.listed_at) | Q(pk__gt=post.pk), listed_at__gte=post.listed_at)
    older_pk = Subquery(older.newest_first().values("pk")[:1])
    newer_pk = Subquery(newer.order_by("listed_at", "pk").values("pk")[:1])
    reason = Case(When(pk=older_pk, then=Value(OLDER)), default=Value(NEWER), output_field=IntegerField())
    beside = Post.objects.filter(Q(pk=older_pk) | Q(pk=newer_pk)) if post.section else Post.objects.none()
    reasoned: QuerySet = beside.annotate(reason=reason)
    return reasoned


def _series(post: Post) -> list[tuple[int, Link]]:
    """Those of the article's series that are shown, each with its reason."""
    return [(SERIES - number, link) for number, link in enumerate(post.series_links[:MOST_SERIES])]


def _parts(post: Post, reason: int, series: Link, at: datetime) -> QuerySet:
    """The first live parts of the series, one more than are shown."""
    every = SeriesPost.objects.filter(slug=term_slug(series.name)).in_edition(post.edition).live(at)
    first = SeriesPost.objects.filter(pk__in=every.newest_first().reverse().values("pk")[: MOST_PARTS + 1])
    reasoned = first.order_by().annotate(reason=Value(reason, IntegerField()), place=F("position"))
    parts: QuerySet = reasoned.values_list("reason", "place", *_OF_ROW)
    return parts


def _in_order(post: Post, found: Iterable[tuple[int, int, Neighbour]]) -> list[Series]:
    parts: dict[int, list[tuple[int, datetime, int, Neighbour]]] = defaultdict(list)
    for reason, place, each in found:
        parts[reason].append((place, each.listed_at, each.pk, each))
    in_order = {reason: [each for *_, each in sorted(rows)] for reason, rows in parts.items() if reason <= SERIES}
    shown = {reason: each for reason, each in in_order.items() if 1 < len(each) <= MOST_PARTS}
    return [Series(link, shown.get(reason, []), post.pk) for reason, link in _series(post)]


def _newest_of(tag: int, at: datetime) -> Q:
    newest = TaggedPost.objects.filter(tag=tag).live(at).newest_first()
    return Q(pk__in=newest.values("pk")[:WINDOW])


def _nearest(shared: Iterable[tuple[int, Neighbour]]) -> list[Neighbour]:
    """By the rarity of the tags that they share, then the newest: a tag that few have says more."""
    shared = list(shared)
    commonness = Counter(tag for tag, _ in shared)
    scores: dict[Neighbour, float] = defaultdict(float)
    for tag, neighbour in shared:
        scores[neighbour] += 1 / commonness[tag]
    # Rounded, so that the order in which a sum was made tells nothing.
    return sorted(scores, key=lambda each: (round(scores[each], 9), each.listed_at, each.pk), reverse=True)[:RELATED]
