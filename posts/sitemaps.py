"""The sitemap: the home page, sections, tags and posts that readers may see."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.db.models import Q

from posts import counts
from posts.models import Post, PublishedQuerySet, quoted


class SiteSitemap(Sitemap):
    """URLs under the address in `SITE_URL`, whatever host was asked."""

    protocol = urlsplit(settings.SITE_URL).scheme

    def get_domain(self, site: Any = None) -> str:
        return urlsplit(settings.SITE_URL).netloc


class PostSitemap(SiteSitemap):
    """Live articles that do not ask search engines to keep away."""

    def items(self) -> PublishedQuerySet:
        shown = Post.objects.articles().live().newest_first().only("path", "last_modified", "date", "date_offset")
        return shown.filter(Q(options__robotsNoIndex__isnull=True) | Q(options__robotsNoIndex=False))

    def lastmod(self, item: Post) -> datetime | None:
        return item.last_modified or item.date


class ListSitemap(SiteSitemap):
    """The home page, the sections and the tags."""

    def items(self) -> Sequence[str]:
        sections = [quoted(f"/{name}/") for name in sorted(counts.by_section()) if name]
        return ["/", *sections, *(tag.url for tag in counts.tags_in_use())]

    def location(self, item: str) -> str:
        return item


SITEMAPS = {"lists": ListSitemap, "posts": PostSitemap}
