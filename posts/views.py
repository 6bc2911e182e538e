"""Readers' pages: find, ask, render."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.paginator import EmptyPage, Page, Paginator
from django.db.models import prefetch_related_objects
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import http_date
from django.utils.translation import activate
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from posts import counts, editions, introductions, look, metadata, moved_pages, previewing
from posts.models import (
    Author,
    AuthoredPost,
    Post,
    PreviewLink,
    PublishedQuerySet,
    Redirect,
    Revision,
    SeriesPost,
    Tag,
    TaggedPost,
    author_url,
    quoted,
    section_name,
    series_url,
    tags_of,
)
from posts.neighbours import neighbours
from posts.site import UNPROJECTABLE
from posts.site_paths import PAGES_WITH_INTRODUCTION

POSTS_A_PAGE = 10


@dataclass(frozen=True, slots=True)
class Listing:
    """What a page of posts is of: its path, its words, its posts, and how many there are."""

    path: str
    heading: str
    posts: PublishedQuerySet
    count: int
    introduction: Post | None = None
    is_home: bool = False
    author: Author | None = None
    in_order: bool = False  # a series: read from its first part, not from its newest
    template: str = "posts/post_list.html"

    def path_of(self, number: int) -> str:
        return self.path if number == 1 else f"{self.below}page/{number}/"

    @property
    def description(self) -> str:
        """What it is, in plain words; empty where nobody says it."""
        return (self.author.biography if self.author else "") or introductions.described(self.introduction)

    @property
    def below(self) -> str:
        """Where its later pages and its feeds stand."""
        return f"{self.path.rstrip('/')}/"

    @property
    def feeds(self) -> str:
        """Where feeds for it stand: a tag or an author without posts has none of its own."""
        return self.below if self.count or self.posts.model is Post else editions.prefix()


class CountedPaginator(Paginator):
    """A paginator that is told how many there are instead of counting. Makes posts of their tags' rows."""

    def __init__(self, listing: Listing) -> None:
        super().__init__(listing.posts, POSTS_A_PAGE)
        self.__dict__["count"] = listing.count

    def _get_page(self, rows: Any, number: int, paginator: Any) -> Page:
        return Page([getattr(row, "content_object", row) for row in rows], number, paginator)


def home(request: HttpRequest, number: int = 1) -> HttpResponse:
    """The newest posts of the main section."""
    listed = counts.home_list()
    introduction = Post.objects.introducing(editions.prefix())
    listing = Listing(
        path=editions.prefix(),
        heading=introduction.title if introduction else look.current().name,
        posts=_articles_of(*listed.sections),
        count=listed.count,
        introduction=introduction,
        is_home=True,
    )
    return list_page(request, listing, number)


def page(request: HttpRequest, path: str) -> HttpResponse:
    """Whatever stands at this path: a live post, a section, or a redirect that a move or an alias left."""
    name, path = path.strip("/"), editions.prefix() + path
    found = Post.objects.live().with_site_state().at(path)
    post = found[0] if found else None
    if post:
        counts.know(post.site_state)
    if post and post.kind == Post.Kind.ARTICLE:
        activate(post.edition)
        prefetch_related_objects([post], tags_of("tagged"))
        context = _article(post) | {
            "metadata": metadata.of_article(post, translations=found[1:]),
            "translations": found[1:],
        }
        response = render(request, "posts/post_detail.html", context)
        response["Last-Modified"] = http_date(post.changed_at.timestamp())
        return response
    if (post or path == f"{editions.prefix()}{name}/") and (listing := _section(name, post)):
        return list_page(request, listing, 1)
    return moved_pages.elsewhere(request, path)


def section(request: HttpRequest, path: str, number: int) -> HttpResponse:
    """A later page of a section."""
    listing = _section(path, Post.objects.introducing(f"{editions.prefix()}{path}/"))
    if not listing:
        raise Http404
    return list_page(request, listing, number)


def first_page(request: HttpRequest, **_: Any) -> HttpResponse:
    """A list's `page/1/` is the list itself."""
    return redirect(quoted(request.path.removesuffix("page/1/")), permanent=True)


def tag(request: HttpRequest, slug: str, number: int = 1) -> HttpResponse:
    """The posts of one tag, and what a document says of it. Of one that only drafts have nobody is told, not even that
    there is such a word."""
    found = Tag.objects.filter(slug=slug).first() or Tag(name=slug, slug=slug)
    path = f"{editions.prefix()[:-1]}{found.path}"
    document = introductions.of_page(path, tag=found)
    count = counts.by_tag().get(found.pk, 0)
    if not count and (not document or Redirect.objects.filter(old_path=found.path, tag__isnull=False).exists()):
        return moved_pages.elsewhere(request, path, found.path)
    tagged = TaggedPost.objects.filter(tag=found.pk).in_edition().live().newest_first()
    listing = Listing(
        path=found.get_absolute_url(),
        heading=_named(document, slug) or found.name,
        posts=_with_posts(tagged),
        count=count,
        introduction=document,
    )
    return list_page(request, listing, number)


def author(request: HttpRequest, slug: str, number: int = 1) -> HttpResponse:
    """What the site and a document tell of an author, and their posts. Without either an author is the name that posts
    write."""
    path = f"{editions.prefix()[:-1]}{Author.FOLDER}{slug}/"
    document = introductions.of_page(path)
    in_use = counts.by_author().get(slug)
    name = _named(document, slug) or (in_use.name if in_use else document and document.title)
    known = Author.objects.filter(slug=slug).first() or (name and Author(name=name))
    if not known:
        return moved_pages.elsewhere(request, path)
    authored = AuthoredPost.objects.filter(slug=slug).in_edition().live().newest_first()
    listing = Listing(
        path=author_url(slug),
        heading=known.name,
        posts=_with_posts(authored),
        count=in_use.post_count if in_use else 0,
        introduction=document,
        author=known,
        template="posts/author.html",
    )
    return list_page(request, listing, number)


def series(request: HttpRequest, slug: str, number: int = 1) -> HttpResponse:
    """The parts of a series in their order. An article at this path comes before it; a document gives it its words."""
    in_use, path = counts.by_series().get(slug), f"series/{slug}/"
    document = Post.objects.introducing(editions.prefix() + path)
    if number == 1 and (not in_use or _is_article_at(document, editions.prefix() + path)):
        return page(request, path)
    if not in_use:
        return section(request, path.rstrip("/"), number)
    parts = SeriesPost.objects.filter(slug=slug).in_edition().live().newest_first().reverse()
    listing = Listing(
        path=series_url(slug),
        heading=document.title if document else in_use.name,
        posts=_with_posts(parts),
        count=in_use.post_count,
        introduction=document,
        in_order=True,
    )
    return list_page(request, listing, number)


def all_authors(request: HttpRequest) -> HttpResponse:
    """All authors that live posts name; without any, or where a section of that name has articles, whatever else stands
    there."""
    found = [] if "authors" in counts.by_section() else counts.authors_in_use()
    return _terms(request, "authors/", _("Authors"), found) if found else page(request, "authors/")


def all_series(request: HttpRequest) -> HttpResponse:
    """All series that live posts are parts of; without any, whatever else stands there."""
    found = counts.series_in_use()
    return _terms(request, "series/", _("Series"), found) if found else page(request, "series/")


def tags(request: HttpRequest) -> HttpResponse:
    """All tags that live posts have, with their counts."""
    return _terms(request, "tags/", _("Tags"), counts.tags_in_use())


@never_cache
def preview(request: HttpRequest, token: str) -> HttpResponse:
    """A revision as its page will look, for whoever holds an open link to it."""
    link = PreviewLink.signed_by(token)
    if not link:
        raise Http404("The link is wrong, has expired or was revoked")
    return preview_of(request, link.shown, is_shared=True)


def preview_of(request: HttpRequest, revision: Revision, *, is_shared: bool = False) -> HttpResponse:
    """The revision as its page will look, kept from search engines and from whoever is not meant to see it."""
    try:
        post = previewing.post_as_of(revision)
    except UNPROJECTABLE as error:
        raise Http404(f"No page can be made of this revision: {error}") from error
    is_live = revision.pk == revision.post.live_revision_id
    status = revision.post.status_label if is_live else _("Draft")
    return preview_page(request, post, status=status, revision=revision, is_shared=is_shared)


def preview_page(
    request: HttpRequest, post: Post, *, status: str, revision: Revision | None = None, is_shared: bool = False
) -> HttpResponse:
    """The post's page for those who work at it, or for whoever has a link; without a revision it has not been saved."""
    private = {"preview": True, "noindex": True, "revision": revision, "is_shared": is_shared, "preview_status": status}
    response = render(request, "posts/post_detail.html", _article(post) | private)
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response


def _article(post: Post) -> dict[str, Any]:
    return {
        "post": post,
        "neighbours": neighbours(post),
        "page_title": post.title,
        "page_description": post.description or post.summary,
        "canonical_url": metadata.canonical(post),
        "noindex": metadata.is_kept_out(post),
        "feed_url": f"{post.section_url if post.section else editions.prefix()}index.xml",
    }


def _terms(request: HttpRequest, folder: str, name: str, found: list[counts.TermInUse]) -> HttpResponse:
    """The list of all tags, authors or series; a document at its path gives it its title and introduction, but an article
    there comes before it, and where there is none a redirect, but for tags, whose page is the site's own."""
    path = editions.prefix() + folder
    document = Post.objects.introducing(path)
    if _is_article_at(document, path):
        return page(request, folder)
    if not document and path not in PAGES_WITH_INTRODUCTION and (moved := moved_pages.moved(request, path)):
        return moved
    shown = introductions.shown(document, name)
    context = shown | {
        "tags": found,
        "page_title": shown["heading"],
        "canonical_url": settings.SITE_URL + path,
        "metadata": metadata.of_list(path, name, feeds=editions.prefix()),
    }
    return render(request, "posts/tag_list.html", context)


def _is_article_at(document: Post | None, path: str) -> bool:
    """Whether it is an article at this very path: one whose address lacks the final slash stands beside the list."""
    return document is not None and document.kind == Post.Kind.ARTICLE and document.path == path


def _section(name: str, document: Post | None) -> Listing | None:
    """The section's list, if it has live posts or a document of its own."""
    count = counts.by_section().get(name, 0) if name else 0
    if not count and not document:
        return None
    heading = document.title if document else section_name(name)
    posts = Post.objects.articles().of_section(name, document).in_edition().live()
    return Listing(
        path=quoted(document.path if document else f"{editions.prefix()}{name}/"),
        heading=heading,
        posts=posts.newest_first().for_lists(),
        count=posts.count() if document and document.section != name else count,
        introduction=document,
    )


def _named(document: Post | None, slug: str) -> str:
    """What a document calls its tag or author; empty where it has but the name of its file."""
    return document.title if document and document.title != slug else ""


def _articles_of(*sections: str) -> PublishedQuerySet:
    return Post.objects.articles().filter(section__in=sections).in_edition().live().newest_first().for_lists()


def _with_posts(rows: PublishedQuerySet) -> PublishedQuerySet:
    """A tag's, an author's or a series' rows with their posts; these posts' tags come along in one more query."""
    posts = rows.select_related("content_object").defer("content_object__html")
    return posts.prefetch_related(tags_of("content_object__tagged"))


def list_page(request: HttpRequest, listing: Listing, number: int) -> HttpResponse:
    """That page of the list. Raises `Http404` beyond its end."""
    try:
        shown = CountedPaginator(listing).page(number)
    except EmptyPage:
        raise Http404(f"There is no page {number}") from None
    context = introductions.shown(listing.introduction if number == 1 else None, listing.heading) | {
        "page": shown,
        "heading": listing.heading,
        "author": listing.author,
        "in_order": listing.in_order,
        "is_home": listing.is_home and number == 1,
        "previous_url": listing.path_of(number - 1) if shown.has_previous() else "",
        "next_url": listing.path_of(number + 1) if shown.has_next() else "",
        "list_url": listing.path,
        "page_title": listing.heading
        if number == 1
        else _("%(heading)s, page %(number)d") % {"heading": listing.heading, "number": number},
        "page_description": listing.description,
        "canonical_url": settings.SITE_URL + listing.path_of(number),
        "feed_url": f"{listing.feeds}index.xml",
        "metadata": metadata.of_list(listing.path, listing.heading, feeds=listing.feeds),
    }
    return render(request, listing.template, context)
