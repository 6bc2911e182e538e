"""What machines read besides pages, feeds and sitemaps: robots.txt, llms.txt, articles as Markdown, pictures, the theme."""

import re
from collections.abc import Mapping
from itertools import groupby

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.cache import patch_cache_control
from django.utils.http import http_date
from django.utils.translation import gettext as _

from posts import counts, editions, look, metadata, title_pictures
from posts.document import Document, Value
from posts.models import Post, section_name

MOST_LINKS = 1000  # in llms.txt: about 200 KB
NOTE_LENGTH = 200  # characters
A_YEAR_SECONDS = 31_536_000
_LINK_TARGET = re.compile(r"(?<=\]\()<?([^()<>\s]+)")
_MARKDOWN_SIGNS = re.compile(r"([\\\[\]`*_<>])")


def robots(request: HttpRequest) -> HttpResponse:
    """What crawlers may read, and where the sitemap is."""
    return render(request, "robots.txt", content_type="text/plain; charset=utf-8")


def llms(request: HttpRequest) -> HttpResponse:
    """The site for language models: the newest articles of each section, as links to their Markdown.

    Source: llmstxt.org.
    """
    fields = ("path", "title", "section", "description", "summary", "options")
    newest = Post.objects.articles().in_edition().live().newest_first().only(*fields)[:MOST_LINKS]
    shown = sorted((post for post in newest if not metadata.is_kept_out(post)), key=lambda post: post.section)
    context = {
        "sections": [
            (section_name(name) or _("Pages"), [_link(post) for post in posts])
            for name, posts in groupby(shown, key=lambda post: post.section)
        ],
        "left_out": max(0, sum(counts.by_section().values()) - MOST_LINKS),
    }
    return render(request, "llms.txt", context, content_type="text/plain; charset=utf-8")


def markdown(request: HttpRequest, path: str) -> HttpResponse:
    """An article as Markdown, at its own address and `index.md`."""
    live = Post.objects.articles().live().select_related("live_revision").with_tags()
    post = live.filter(path__in=[f"{editions.prefix()}{path}{end}" for end in ("/", "")]).first()
    if not post:
        raise Http404
    response = HttpResponse(as_markdown(post), content_type="text/markdown; charset=utf-8")
    response["Link"] = f'<{metadata.canonical(post)}>; rel="canonical"'
    response["Last-Modified"] = http_date(post.changed_at.timestamp())
    if metadata.is_kept_out(post):
        response["X-Robots-Tag"] = "noindex"
    return response


def as_markdown(post: Post) -> str:
    """What readers see of the post as one document: the front matter that concerns them, and its Markdown.

    Pictures that lie beside the document have their addresses on the site.
    """
    said: dict[str, Value] = {
        "title": post.title,
        "date": post.published_at,
        "lastmod": post.last_modified_at,
        "description": post.description,
        "authors": list(post.authors),
        "tags": [tag.name for tag in post.tag_list],
        "series": list(post.series),
        "series_weight": post.series_weight,
        "language": post.language,
        "canonicalURL": metadata.canonical(post),
    }
    body = Document.of(post.live_revision.text).body if post.live_revision else ""
    front = {key: value for key, value in said.items() if value}
    return Document.new(front, _with_addresses(body, post.source.get("assets", {}))).text


def title_picture(request: HttpRequest, pk: int, digest: str) -> HttpResponseBase:
    """The picture of a live post's title; an older title's address leads to the new one."""
    post = get_object_or_404(Post.objects.articles().live().only("title"), pk=pk)
    subject = metadata.picture_subject(post)
    if digest != subject.digest:
        return redirect(metadata.title_picture(post))
    response = HttpResponse(title_pictures.picture(subject), content_type="image/png")
    return _never_changing(response)


def theme(request: HttpRequest, digest: str) -> HttpResponseBase:
    """The style sheet that sets the site's accent; an older accent's address leads to the new one."""
    shown = look.current()
    if not shown.accent:
        raise Http404
    if request.path != shown.theme_url:
        return redirect(shown.theme_url)
    return _never_changing(HttpResponse(shown.theme, content_type="text/css; charset=utf-8"))


def _never_changing(response: HttpResponse) -> HttpResponse:
    patch_cache_control(response, public=True, immutable=True, max_age=A_YEAR_SECONDS)
    return response


def _link(post: Post) -> Mapping[str, str]:
    note = " ".join((post.description or post.summary).split())
    return {
        "title": _MARKDOWN_SIGNS.sub(r"\\\1", post.title),
        "url": settings.SITE_URL + metadata.markdown_path(post),
        "note": note if len(note) <= NOTE_LENGTH else f"{note[:NOTE_LENGTH].rpartition(' ')[0]}…",
    }


def _with_addresses(body: str, assets: Mapping[str, str]) -> str:
    """The body with the addresses of these files where it links to them by name."""
    return _LINK_TARGET.sub(lambda found: found[0].replace(found[1], assets.get(found[1], found[1])), body)
