"""What an article leads to: the ones before and after it in its section, and those that share its tags."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from operator import or_

from django.db.models import Case, IntegerField, Q, QuerySet, Subquery, Value, When
from django.utils import timezone as clock

from posts.models import Post, TaggedPost, quoted

RELATED = 3
WINDOW = 60  # newest posts of a tag that are looked at; tags with more are equally common
OLDER, NEWER = -1, -2  # in the place of a tag's key


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
class Neighbours:
    """The next older and the next newer article of the section, and the related ones, the nearest first."""

    older: Neighbour | None
    newer: Neighbour | None
    related: list[Neighbour]


def neighbours(post: Post, at: datetime | None = None) -> Neighbours:
    """The live articles to go on to. One query, whose cost does not grow with the site."""
    at = at or clock.now()
    rows = _beside(post, at).values_list("reason", "pk", "title", "path", "listed_at")
    if tagged := [_newest_of(tagged.tag_id, at) for tagged in post.tagged.all() if tagged.tag_id]:
        shared = TaggedPost.objects.filter(reduce(or_, tagged), content_object__language=post.language)
        shared = shared.filter(content_object__kind=Post.Kind.ARTICLE).exclude(content_object=post.pk)
        columns = ("tag", "content_object", "content_object__title", "content_object__path", "listed_at")
        rows = rows.union(shared.order_by().values_list(*columns), all=True)
    found = [(reason, Neighbour(*columns)) for reason, *columns in rows]
    beside = {reason: each for reason, each in found if reason < 0}
    shared_tags = [(reason, each) for reason, each in found if reason > 0]
    return Neighbours(beside.get(OLDER), beside.get(NEWER), _nearest(shared_tags))


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
