"""RSS 2.0 with the whole text, for the main section, a section and a tag."""

import re
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.feedgenerator import Rss201rev2Feed
from django.utils.xmlutils import SimplerXMLGenerator

from posts import counts
from posts.models import Post, PublishedQuerySet, Tag, TaggedPost, tags_of

POSTS_A_FEED = 20
SITE_LINK = re.compile(r'(?<=\s)(href|src)="/(?!/)')


class FullTextFeed(Rss201rev2Feed):
    """RSS with each post's whole text, as `content:encoded`."""

    def rss_attributes(self) -> dict[str, str]:
        return super().rss_attributes() | {"xmlns:content": "http://purl.org/rss/1.0/modules/content/"}

    def add_item_elements(self, handler: SimplerXMLGenerator, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, item)
        handler.addQuickElement("content:encoded", item["content"])


class PostFeed(Feed):
    """What all feeds say of a post. A subclass says what `obj` is, and gives its posts, title and path."""

    feed_type = FullTextFeed
    description = ""

    def path(self, obj: Any) -> str:
        """The path of the page whose feed this is."""
        raise NotImplementedError

    def link(self, obj: Any) -> str:
        return settings.SITE_URL + self.path(obj)

    def feed_url(self, obj: Any) -> str:
        return f"{self.link(obj)}index.xml"

    def item_title(self, item: Post) -> str:
        return item.title

    def item_description(self, item: Post) -> str:
        return item.description or item.summary

    def item_link(self, item: Post) -> str:
        return settings.SITE_URL + item.get_absolute_url()

    def item_pubdate(self, item: Post) -> datetime | None:
        return item.published_at

    def item_updateddate(self, item: Post) -> datetime | None:
        return item.last_modified_at

    def item_author_name(self, item: Post) -> str:
        return ", ".join(item.authors)

    def item_categories(self, item: Post) -> list[str]:
        return [tag.name for tag in item.tag_list]

    def item_extra_kwargs(self, item: Post) -> dict[str, str]:
        return {"content": SITE_LINK.sub(rf'\1="{settings.SITE_URL}/', item.html)}


class MainFeed(PostFeed):
    """The home page's newest posts."""

    title = settings.SITE_NAME

    def path(self, obj: None) -> str:
        return "/"

    def items(self, obj: None) -> PublishedQuerySet:
        return _newest_of(*counts.home_list().sections)


class SectionFeed(PostFeed):
    """One section's newest posts."""

    def get_object(self, request: HttpRequest, path: str) -> str:
        if path not in counts.by_section():
            raise Http404
        return path

    def title(self, obj: str) -> str:
        return f"{obj.replace('-', ' ').capitalize()} — {settings.SITE_NAME}"

    def path(self, obj: str) -> str:
        return f"/{obj}/"

    def items(self, obj: str) -> PublishedQuerySet:
        return _newest_of(obj)


class TagFeed(PostFeed):
    """One tag's newest posts."""

    def get_object(self, request: HttpRequest, slug: str) -> Tag:
        return get_object_or_404(Tag, slug=slug)

    def title(self, obj: Tag) -> str:
        return f"{obj.name} — {settings.SITE_NAME}"

    def path(self, obj: Tag) -> str:
        return obj.get_absolute_url()

    def items(self, obj: Tag) -> Iterable[Post]:
        tagged = TaggedPost.objects.filter(tag=obj).live().newest_first().select_related("content_object")
        return [row.content_object for row in tagged.prefetch_related(tags_of("content_object__tagged"))[:POSTS_A_FEED]]


def _newest_of(*sections: str) -> PublishedQuerySet:
    return Post.objects.articles().filter(section__in=sections).live().newest_first().with_tags()[:POSTS_A_FEED]
