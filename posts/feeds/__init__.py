"""Feeds of the main section, a section, a tag, an author and a series, each as RSS, Atom and JSON Feed (`formats`)."""

import mimetypes
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from unicodedata import normalize
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.feedgenerator import Enclosure

from posts import counts, editions, links, look
from posts.feeds.formats import FORMATS, FullTextFeed
from posts.models import (
    AuthoredPost,
    Link,
    Post,
    PostQuerySet,
    PublishedQuerySet,
    SeriesPost,
    Tag,
    TaggedPost,
    author_url,
    quoted,
    section_name,
    series_url,
    tags_of,
)
from posts.site_paths import PAGES_WITH_INTRODUCTION

__all__ = ["FORMATS", "AuthorFeed", "MainFeed", "SectionFeed", "SeriesFeed", "TagFeed"]

POSTS_A_FEED = 20


class PostFeed(Feed):
    """What all feeds say of a post. A subclass says what `obj` is, and gives its posts, title and path."""

    description = ""

    feed_type: type[FullTextFeed]

    def __init__(self, feed_type: type[FullTextFeed]) -> None:
        self.feed_type = feed_type

    def __call__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The feed. Its address has each letter with its marks in one character: from another spelling one is sent there."""
        if (composed := normalize("NFC", request.path)) != request.path:
            return redirect(quoted(composed), permanent=True)
        return super().__call__(request, *args, **kwargs)

    def path(self, obj: Any) -> str:
        """The path of the page whose feed this is."""
        raise NotImplementedError

    def author_name(self, obj: Any) -> str:
        return look.current().name

    def link(self, obj: Any) -> str:
        return settings.SITE_URL + self.path(obj)

    def feed_url(self, obj: Any) -> str:
        return f"{self.link(obj)}{self.feed_type.file_name}"

    def item_title(self, item: Post) -> str:
        return item.title

    def item_description(self, item: Post) -> str:
        return item.description or item.summary

    def item_link(self, item: Post) -> str:
        return settings.SITE_URL + item.get_absolute_url()

    def item_pubdate(self, item: Post) -> datetime | None:
        return item.published_at

    def item_updateddate(self, item: Post) -> datetime:
        """When its author changed it last, else published it, else when it came into the site."""
        return item.last_modified_at or item.published_at or item.updated_at

    def item_categories(self, item: Post) -> list[str]:
        return [tag.name for tag in item.tag_list]

    def item_enclosures(self, item: Post) -> list[Enclosure]:
        """The cover. Its length is not known without asking for it, which the formats write as 0."""
        address = _cover(item)
        kind = mimetypes.guess_type(urlsplit(address).path)[0] or "image/jpeg"
        return [Enclosure(address, "0", kind)] if address else []

    def item_extra_kwargs(self, item: Post) -> dict[str, Any]:
        return {
            "content": links.with_absolute_links(item.html, item.get_absolute_url()),
            "authors": item.authors,
            "language": item.language,
            "image": _cover(item),
            "changed": item.changed_at,
        }


class MainFeed(PostFeed):
    """The home page's newest posts."""

    def title(self, obj: None) -> str:
        return look.current().name

    def path(self, obj: None) -> str:
        return editions.prefix()

    def items(self, obj: None) -> PublishedQuerySet:
        return _newest(Post.objects.articles().filter(section__in=counts.home_list().sections))


@dataclass(frozen=True, slots=True)
class Section:
    """A section by its name, or one inside another by its path: `posts/guides`."""

    name: str
    introduction: Post | None


class SectionFeed(PostFeed):
    """One section's newest posts."""

    def get_object(self, request: HttpRequest, path: str) -> Section:
        introduction = Post.objects.introducing(f"{editions.prefix()}{path}/")
        if path not in counts.by_section() and not (introduction and _is_of_a_section(introduction)):
            raise Http404
        return Section(path, introduction)

    def title(self, obj: Section) -> str:
        name = obj.introduction.title if obj.introduction else section_name(obj.name.rpartition("/")[2])
        return f"{name} — {look.current().name}"

    def path(self, obj: Section) -> str:
        return quoted(f"{editions.prefix()}{obj.name}/")

    def items(self, obj: Section) -> PublishedQuerySet:
        return _newest(Post.objects.articles().of_section(obj.name, obj.introduction))


def _is_of_a_section(introduction: Post) -> bool:
    """Whether what it introduces is a list of articles, and not search, say."""
    return introduction.kind == Post.Kind.SECTION and introduction.path not in PAGES_WITH_INTRODUCTION


class TagFeed(PostFeed):
    """One tag's newest posts."""

    def get_object(self, request: HttpRequest, slug: str) -> Tag:
        tag = get_object_or_404(Tag, slug=slug)
        if tag.pk not in counts.by_tag():
            raise Http404
        return tag

    def title(self, obj: Tag) -> str:
        return f"{obj.name} — {look.current().name}"

    def path(self, obj: Tag) -> str:
        return obj.get_absolute_url()

    def items(self, obj: Tag) -> Iterable[Post]:
        return _newest_listed(TaggedPost.objects.filter(tag=obj))


@dataclass(frozen=True, slots=True)
class Named:
    """An author or a series: its slug, and its name with its page."""

    slug: str
    link: Link


class AuthorFeed(PostFeed):
    """One author's newest posts."""

    def get_object(self, request: HttpRequest, slug: str) -> Named:
        return _named(slug, counts.by_author(), author_url(slug))

    def title(self, obj: Named) -> str:
        return f"{obj.link.name} — {look.current().name}"

    def path(self, obj: Named) -> str:
        return obj.link.url

    def items(self, obj: Named) -> Iterable[Post]:
        return _newest_listed(AuthoredPost.objects.filter(slug=obj.slug))


class SeriesFeed(AuthorFeed):
    """The last parts of one series; where there is none of the name, a section's inside `series`."""

    def __call__(self, request: HttpRequest, slug: str) -> HttpResponse:
        if slug in counts.by_series():
            return super().__call__(request, slug=slug)
        return SectionFeed(self.feed_type)(request, path=f"series/{slug}")

    def get_object(self, request: HttpRequest, slug: str) -> Named:
        return _named(slug, counts.by_series(), series_url(slug))

    def items(self, obj: Named) -> Iterable[Post]:
        return _newest_listed(SeriesPost.objects.filter(slug=obj.slug))


def _named(slug: str, in_use: Mapping[str, counts.NameInUse], url: str) -> Named:
    if slug not in in_use:
        raise Http404
    return Named(slug, Link(in_use[slug].name, url))


def _newest_listed(rows: PublishedQuerySet) -> list[Post]:
    listed = rows.in_edition().live().newest_first().select_related("content_object")
    return [row.content_object for row in listed.prefetch_related(tags_of("content_object__tagged"))[:POSTS_A_FEED]]


def _newest(posts: PostQuerySet) -> PostQuerySet:
    return posts.in_edition().live().newest_first().with_tags()[:POSTS_A_FEED]


def _cover(post: Post) -> str:
    cover = post.cover_picture
    return links.web_address(cover.src, post.get_absolute_url()) if cover else ""
