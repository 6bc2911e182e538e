"""Parts of series: articles that are read in an order."""

from typing import ClassVar

from django.db import models
from django.db.models import F

from posts import editions
from posts.models.links import quoted
from posts.models.published import Listed

FOLDER = "/series/"
UNNUMBERED = 2**31 - 1  # behind every part that has a number


def series_url(slug: str) -> str:
    """The series' page in the current edition."""
    return quoted(f"{editions.prefix()[:-1]}{FOLDER}{slug}/")


class SeriesPost(Listed):
    """A post as a part of a series, by the name that the post writes. Parts without a number follow by date."""

    NEWEST_FIRST: ClassVar = ("-position", "-listed_at", "-content_object_id")  # the last part first

    content_object = models.ForeignKey("Post", models.CASCADE, related_name="parts")
    name = models.CharField(max_length=200)
    slug = models.CharField(max_length=200)
    position = models.PositiveIntegerField(default=UNNUMBERED)

    class Meta:
        indexes: ClassVar = [
            models.Index(
                "slug",
                "edition",
                F("position").desc(),
                F("listed_at").desc(),
                F("content_object").desc(),
                "public_from",
                "public_until",
                name="series_in_order",
            ),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["content_object", "slug"], name="post_in_series_once"),
        ]

    def __str__(self) -> str:
        return self.name
