"""What the head of a page tells machines: Open Graph, X cards, schema.org's JSON-LD, feeds, translations, Markdown."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from posts import editions, links, look, title_pictures
from posts.models import Link, Post

HEADLINE_LENGTH = 110  # characters; search engines cut longer ones
# So that no text ends the element that holds the data, nor begins a comment in it.
_IN_HTML = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}


@dataclass(frozen=True, slots=True)
class Picture:
    """What is shown beside a link to the page: its full address, its size in pixels where that is known, its text."""

    address: str
    width: int | None
    height: int | None
    alt: str


@dataclass(frozen=True, slots=True)
class Metadata:
    """What `_metadata.html` writes into the head. Addresses are full, but for `feeds` and `markdown`."""

    kind: str  # Open Graph's: article or website
    feeds: str  # the path below which the page's feeds are
    json_ld: SafeString
    picture: Picture | None = None
    published: str = ""  # RFC 3339
    modified: str = ""
    markdown: str = ""
    languages: tuple[tuple[str, str], ...] = ()  # each with its address, the page's own first; empty without others


def of_article(post: Post, translations: Sequence[Post] = ()) -> Metadata:
    """An article's, with what it is in other languages. Asks the database nothing but the tags."""
    picture = _picture(post)
    graph = [_posting(post, picture), *_review(post), _breadcrumbs(_above_article(post), post.title)]
    return Metadata(
        kind="article",
        feeds=post.section_url if post.section else editions.prefix(),
        json_ld=_json_ld(graph),
        picture=picture,
        published=post.published_iso,
        modified=post.last_modified_iso,
        markdown="" if is_kept_out(post) else markdown_path(post),
        languages=_languages([post, *translations]) if translations else (),
    )


def of_list(path: str, heading: str, *, feeds: str) -> Metadata:
    """That of the home page, a section, the tags, one of them or an author; `feeds` is the path that has feeds for it."""
    graph = [_website()] if path == editions.prefix() else [_breadcrumbs(_above_list(path), heading)]
    return Metadata(kind="website", feeds=feeds, json_ld=_json_ld(graph))


def canonical(post: Post) -> str:
    """The full address that search engines should know the post by."""
    own = settings.SITE_URL + post.get_absolute_url()
    return (post.canonical_url and links.web_address(post.canonical_url)) or own


def is_kept_out(post: Post) -> bool:
    """Whether search engines are asked not to list the post."""
    return bool(post.options.get("robotsNoIndex"))


def markdown_path(post: Post) -> str:
    """Where the post is as Markdown: `/posts/a/index.md`."""
    return f"{post.get_absolute_url().rstrip('/')}/index.md"


def title_picture(post: Post) -> str:
    """The path of the picture of the post's title."""
    return reverse("posts:title_picture", args=[post.pk, picture_subject(post).digest])


def picture_subject(post: Post) -> title_pictures.Subject:
    """What that picture shows."""
    site = look.current()
    return title_pictures.Subject(post.title, site.name, site.accent or title_pictures.ACCENT)


def _picture(post: Post) -> Picture:
    """The cover, else the picture of the title."""
    cover = post.cover_picture
    if cover and (address := links.web_address(cover.src, post.get_absolute_url())):
        return Picture(address, cover.width, cover.height, cover.alt)
    return Picture(settings.SITE_URL + title_picture(post), *title_pictures.SIZE, post.title)


def _posting(post: Post, picture: Picture) -> dict[str, Any]:
    """What the head does not say already: each byte counts in an article's first view."""
    organisation = {"@type": "Organization", "name": look.current().name}
    return _said(
        {
            "@type": "BlogPosting",
            "mainEntityOfPage": canonical(post),
            "headline": post.title[:HEADLINE_LENGTH],
            "datePublished": post.published_iso,
            "dateModified": post.last_modified_iso or post.published_iso,
            "author": [_person(author) for author in post.bylines] or organisation,
            "publisher": organisation,
            "image": picture.address,
            "inLanguage": post.language,
            "keywords": [tag.name for tag in post.tag_list],
            "isPartOf": [_series(series) for series in post.series_links],
        }
    )


def _website() -> dict[str, Any]:
    """The site and who publishes it."""
    site = look.current()
    publisher = {
        "@type": "Organization",
        "name": site.name,
        "logo": site.logo and links.web_address(site.logo.src),
        "sameAs": [link.url for link in site.social],
    }
    home = {"@type": "WebSite", "name": site.name, "url": f"{settings.SITE_URL}/"}
    return home | ({"publisher": _said(publisher)} if site.logo or site.social else {})


def _person(author: Link) -> dict[str, Any]:
    return _said({"@type": "Person", "name": author.name, "url": author.url and settings.SITE_URL + author.url})


def _series(series: Link) -> dict[str, Any]:
    return {"@type": "CreativeWorkSeries", "name": series.name, "url": settings.SITE_URL + series.url}


def _review(post: Post) -> list[dict[str, Any]]:
    """The page itself, where its author says that it is a medical one, or that somebody has reviewed it."""
    said = post.options
    if not any(said.get(name) for name in ("medical", "reviewedBy", "lastReviewed")):
        return []
    reviewer = said.get("reviewedBy")
    page = {
        "@type": "MedicalWebPage" if said.get("medical") else "WebPage",
        "@id": canonical(post),
        "name": post.title,
        "reviewedBy": reviewer and {"@type": "Person", "name": reviewer},
        "lastReviewed": said.get("lastReviewed"),
    }
    return [_said(page)]


def _above_article(post: Post) -> list[tuple[str, str]]:
    section = [(post.section_title, post.section_url)] if post.section else []
    return [(_("Home"), editions.prefix()), *section]


def _above_list(path: str) -> list[tuple[str, str]]:
    indexes = (
        (_("Tags"), reverse("posts:tags")),
        (_("Authors"), reverse("posts:all_authors")),
        (_("Series"), reverse("posts:all_series")),
    )
    above = [(name, index) for name, index in indexes if path.startswith(index) and path != index]
    return [(_("Home"), editions.prefix()), *above]


def _breadcrumbs(above: Sequence[tuple[str, str]], here: str) -> dict[str, Any]:
    """The way to the page: names and paths of what stands above it, and its own name."""
    steps: list[dict[str, Any]] = [
        {"@type": "ListItem", "position": position, "name": name, "item": settings.SITE_URL + path}
        for position, (name, path) in enumerate(above, 1)
    ]
    steps.append({"@type": "ListItem", "position": len(steps) + 1, "name": here})
    return {"@type": "BreadcrumbList", "itemListElement": steps}


def _languages(posts: Sequence[Post]) -> tuple[tuple[str, str], ...]:
    """Each language with its address, and the site's first language again for readers of any other."""
    found = {post.language: settings.SITE_URL + post.get_absolute_url() for post in posts}
    default = found.get(settings.LANGUAGE_CODE)
    return (*found.items(), *([("x-default", default)] if default else []))


def _json_ld(graph: Sequence[Mapping[str, Any]]) -> SafeString:
    text = json.dumps({"@context": "https://schema.org", "@graph": graph}, ensure_ascii=False, separators=(",", ":"))
    return mark_safe(text.translate(_IN_HTML))


def _said(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value}
