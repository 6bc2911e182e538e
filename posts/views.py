"""Readers' pages: find, ask, render."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core import signing
from django.core.paginator import EmptyPage, Page, Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import resolve
from django.utils.html import strip_tags
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from posts import counts
from posts.models import Post, PublishedQuerySet, Redirect, Tag, TaggedPost, quoted, tags_of

POSTS_A_PAGE = 10


@dataclass(frozen=True, slots=True)
class Listing:
    """What a page of posts is of: its path, its words, its posts, and how many there are."""

    path: str
    heading: str
    introduction: str
    posts: PublishedQuerySet
    count: int
    is_home: bool = False

    def path_of(self, number: int) -> str:
        return self.path if number == 1 else f"{self.path}page/{number}/"


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
    introduction = document_at("/")
    listing = Listing(
        path="/",
        heading=introduction.title if introduction else settings.SITE_NAME,
        introduction=plain_text(introduction),
        posts=_articles_of(*listed.sections),
        count=listed.count,
        is_home=True,
    )
    return list_page(request, listing, number)


def page(request: HttpRequest, path: str) -> HttpResponse:
    """Whatever stands at this path: a live post, a section, or a redirect that a move or an alias left."""
    path = f"/{path}"
    post = Post.objects.live().with_tags().filter(path=path).first()
    if post and post.kind == Post.Kind.ARTICLE:
        return render(request, "posts/post_detail.html", _article(post))
    if path.endswith("/") and (listing := _section(path.strip("/"), post)):
        return list_page(request, listing, 1)
    return _elsewhere(path)


def section(request: HttpRequest, path: str, number: int) -> HttpResponse:
    """A later page of a section."""
    listing = _section(path, document_at(f"/{path}/"))
    if not listing:
        raise Http404
    return list_page(request, listing, number)


def tag(request: HttpRequest, slug: str, number: int = 1) -> HttpResponse:
    """The posts of one tag."""
    found = Tag.objects.filter(slug=slug).first()
    if not found:
        return _elsewhere(f"/tags/{slug}/")
    tagged = TaggedPost.objects.filter(tag=found).live().newest_first().select_related("content_object")
    listing = Listing(
        path=found.get_absolute_url(),
        heading=found.name,
        introduction="",
        posts=tagged.defer("content_object__html").prefetch_related(tags_of("content_object__tagged")),
        count=counts.by_tag().get(found.pk, 0),
    )
    return list_page(request, listing, number)


def tags(request: HttpRequest) -> HttpResponse:
    """All tags that live posts have, with their counts."""
    document = document_at("/tags/")
    context = {
        "tags": counts.tags_in_use(),
        "heading": document.title if document else _("Tags"),
        "introduction": plain_text(document),
        "page_title": document.title if document else _("Tags"),
        "canonical_url": settings.SITE_URL + "/tags/",
    }
    return render(request, "posts/tag_list.html", context)


def contact(request: HttpRequest) -> HttpResponse:
    """The address to write to."""
    document = document_at("/contact/")
    context = {
        "heading": document.title if document else _("Contact us"),
        "introduction": plain_text(document),
        "contact_email": settings.CONTACT_EMAIL,
        "page_title": document.title if document else _("Contact us"),
        "canonical_url": settings.SITE_URL + "/contact/",
    }
    return render(request, "contact.html", context)


@never_cache
def preview(request: HttpRequest, token: str) -> HttpResponse:
    """A post as its page will look, live or not, for whoever holds its signed link."""
    try:
        post = get_object_or_404(Post.objects.with_tags(), pk=Post.pk_of_preview(token))
    except signing.BadSignature:
        raise Http404("The link is wrong or has expired") from None
    response = render(request, "posts/post_detail.html", _article(post) | {"preview": True, "noindex": True})
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response


def robots(request: HttpRequest) -> HttpResponse:
    """What crawlers may read, and where the sitemap is."""
    return render(request, "robots.txt", content_type="text/plain; charset=utf-8")


def _article(post: Post) -> dict[str, Any]:
    return {
        "post": post,
        "page_title": post.title,
        "page_description": post.description or post.summary,
        "canonical_url": post.canonical_url or settings.SITE_URL + post.get_absolute_url(),
        "noindex": bool(post.options.get("robotsNoIndex")),
        "feed_url": f"/{post.section}/index.xml" if post.section else "/index.xml",
    }


def _section(name: str, document: Post | None) -> Listing | None:
    """The section's list, if it has live posts or a document of its own."""
    count = counts.by_section().get(name, 0) if name else 0
    if not count and not document:
        return None
    heading = document.title if document else name.replace("-", " ").capitalize()
    return Listing(quoted(f"/{name}/"), heading, plain_text(document), _articles_of(name), count)


def _articles_of(*sections: str) -> PublishedQuerySet:
    return Post.objects.articles().filter(section__in=sections).live().newest_first().for_lists()


def document_at(path: str) -> Post | None:
    """The document that gives the site's own page at this path its title and introduction."""
    return Post.objects.live().filter(path=path).only("title", "html", "description", "summary").first()


def plain_text(document: Post | None) -> str:
    """The document's text without markup, "" for none."""
    return " ".join(strip_tags(document.html).split()) if document else ""


def list_page(request: HttpRequest, listing: Listing, number: int) -> HttpResponse:
    """That page of the list. Raises `Http404` beyond its end."""
    try:
        shown = CountedPaginator(listing).page(number)
    except EmptyPage:
        raise Http404(f"There is no page {number}") from None
    context = {
        "page": shown,
        "heading": listing.heading,
        "introduction": listing.introduction,
        "is_home": listing.is_home and number == 1,
        "previous_url": listing.path_of(number - 1) if shown.has_previous() else "",
        "next_url": listing.path_of(number + 1) if shown.has_next() else "",
        "list_url": listing.path,
        "page_title": listing.heading
        if number == 1
        else _("%(heading)s, page %(number)d") % {"heading": listing.heading, "number": number},
        "page_description": listing.introduction,
        "canonical_url": settings.SITE_URL + listing.path_of(number),
        "feed_url": f"{listing.path}index.xml",
        "feed_title": listing.heading,
    }
    return render(request, "posts/post_list.html", context)


def _elsewhere(path: str) -> HttpResponsePermanentRedirect:
    """Where a page that is not here has gone: one hop. Raises `Http404`."""
    whole = path if path.endswith("/") else f"{path}/"
    moved = Redirect.objects.filter(old_path__in={path, whole}).select_related("post", "tag").first()
    if moved and (moved.tag or (moved.post and moved.post.status() == Post.Status.LIVE)):
        return redirect(moved.target, permanent=True)
    if whole != path and _stands_at(whole):
        return redirect(quoted(whole), permanent=True)
    raise Http404


def _stands_at(path: str) -> bool:
    """Whether a page, a section or one of the site's own pages answers at this path."""
    own = resolve(path).view_name != "posts:page"
    return own or Post.objects.live().filter(path=path).exists() or path.strip("/") in counts.by_section()
