"""All articles by year and month; where they are many, a month is a list of its own."""

from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from posts import counts, editions, introductions, metadata
from posts.models import Post
from posts.views import Listing, list_page

MOST_LISTED = 500  # articles whose titles one page bears; with more it shows how many each month has


@dataclass(frozen=True, slots=True)
class Month:
    """A month by its first day (`date.min`: articles without a date), and its articles if they are listed."""

    first_day: date
    count: int
    posts: list[Post]

    @property
    def is_dated(self) -> bool:
        return self.first_day != date.min

    def get_absolute_url(self) -> str:
        return reverse("posts:month", args=[self.first_day])


@dataclass(frozen=True, slots=True)
class Year:
    """A year's months, the latest first."""

    number: int
    months: list[Month]

    @property
    def is_dated(self) -> bool:
        return self.months[0].is_dated

    @property
    def count(self) -> int:
        return sum(month.count for month in self.months)


def archives(request: HttpRequest) -> HttpResponse:
    """The years with their months."""
    document = Post.objects.introducing(f"{editions.prefix()}archives/")
    shown = introductions.shown(document, _("Archives"))
    months = _months()
    context: dict[str, Any] = shown | {
        "years": [Year(number, list(each)) for number, each in groupby(months, lambda month: month.first_day.year)],
        "count": sum(month.count for month in months),
        "page_title": shown["heading"],
        "canonical_url": settings.SITE_URL + reverse("posts:archives"),
        "metadata": metadata.of_list(reverse("posts:archives"), shown["heading"], feeds=editions.prefix()),
    }
    return render(request, "posts/archives.html", context)


def month(request: HttpRequest, month: date, number: int = 1) -> HttpResponse:
    """The articles of one month. Raises `Http404` for one without any."""
    count = counts.by_month().get(month, 0)
    if not count or month == date.min:
        raise Http404
    listing = Listing(
        path=reverse("posts:month", args=[month]),
        heading=date_format(month, "YEAR_MONTH_FORMAT"),
        posts=Post.objects.articles().dated_in(month).in_edition().live().newest_first().for_lists(),
        count=count,
    )
    return list_page(request, listing, number)


def _months() -> list[Month]:
    counted = counts.by_month()
    posts: dict[str, list[Post]] = {}
    if sum(counted.values()) <= MOST_LISTED:
        shown = Post.objects.articles().in_edition().live().newest_first().with_month()
        for post in shown.only("title", "path", "language", "date", "date_offset"):
            posts.setdefault(post.month, []).append(post)
    return [Month(day, count, posts.get(day.isoformat()[:7], [])) for day, count in counted.items()]
