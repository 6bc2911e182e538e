"""What is published, and in which order."""

from datetime import datetime
from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone as clock

from posts import editions
from posts.dates import EARLIEST


class PublishedQuerySet(models.QuerySet):
    """Rows with `public_from` and `public_until`: a post, a tag on a post, or an author of one."""

    def live(self, at: datetime | None = None) -> Self:
        """What readers may see at that moment (default: now). The one definition of published."""
        at = at or clock.now()
        return self.filter(Q(public_until=None) | Q(public_until__gt=at), public_from__lte=at)

    def live_by_date(self, at: datetime | None = None) -> Self:
        """The same rows, for a list of nearly all of them in the order of their dates.

        A negation is nothing that SQLite looks up in an index: else it fetches all that are public and sorts them.
        """
        at = at or clock.now()
        return self.exclude(Q(public_from=None) | Q(public_from__gt=at) | Q(public_until__lte=at))

    def in_edition(self, edition: str | None = None) -> Self:
        """Those that the edition's lists hold (default: the edition of the request at hand)."""
        return self.filter(edition=edition or editions.current())

    def newest_first(self) -> Self:
        """By date, the latest first and the undated last; of one date, the latest made first."""
        return self.order_by(*self.model.NEWEST_FIRST)


class Listed(models.Model):
    """A row that belongs to a post and repeats what decides the post's place in lists: one index read lists many."""

    NEWEST_FIRST: ClassVar[tuple[str, ...]] = ("-listed_at", "-content_object_id")

    edition = models.CharField(max_length=10, default=editions.first)
    listed_at = models.DateTimeField(default=EARLIEST)
    public_from = models.DateTimeField(null=True)
    public_until = models.DateTimeField(null=True)

    objects = PublishedQuerySet.as_manager()

    class Meta:
        abstract = True
