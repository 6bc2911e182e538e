"""What the head of a page tells machines: Open Graph, X cards, schema.org's JSON-LD, feeds, translations, Markdown."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from posts import links, title_pictures
from posts.models import Post, Tag, quoted, section_name

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
    section: str = ""
    tags: tuple[str, ...] = ()
    markdown: str = ""
    languages: tuple[tuple[str, str], ...] = ()  # each with its address, the page's own first; empty without others


def of_article(post: Post, translations: Sequence[Post] = ()) -> Metadata:
    """An article's, with what it is in other languages. Asks the database nothing but the tags."""
    picture = _picture(post)
    graph = [_posting(post, picture), *_review(post), _breadcrumbs(_trail(post))]
    return Metadata(
        kind="article",
        feeds=quoted(f"/{post.section}/") if post.section else "/",
        json_ld=_json_ld(graph),
        picture=picture,
        published=post.published_iso,
        modified=post.last_modified_iso,
        section=section_name(post.section),
        tags=tuple(tag.name for tag in post.tag_list),
        markdown="" if is_kept_out(post) else markdown_path(post),
        languages=_languages([post, *translations]) if translations else (),
    )


def of_list(path: str, heading: str) -> Metadata:
    """That of the home page, a section, the tags or one of them."""
    home = {"@type": "WebSite", "name": settings.SITE_NAME, "url": f"{settings.SITE_URL}/"}
    graph = [home] if path == "/" else [_breadcrumbs([*_above(path), (heading, path)])]
    return Metadata(kind="website", feeds="/" if path == Tag.FOLDER else path, json_ld=_json_ld(graph))


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
    return reverse("posts:title_picture", args=[post.pk, title_pictures.digest(post.title)])


def _picture(post: Post) -> Picture:
    """The cover, else the picture of the title."""
    cover = post.cover_picture
    if cover and (address := links.web_address(cover.src, post.get_absolute_url())):
        return Picture(address, cover.width, cover.height, cover.alt)
    return Picture(settings.SITE_URL + title_picture(post), *title_pictures.SIZE, post.title)


def _posting(post: Post, picture: Picture) -> dict[str, Any]:
    organisation = {"@type": "Organization", "name": settings.SITE_NAME, "url": f"{settings.SITE_URL}/"}
    return _said(
        {
            "@type": "BlogPosting",
            "@id": f"{canonical(post)}#article",
            "mainEntityOfPage": canonical(post),
            "headline": post.title[:HEADLINE_LENGTH],
            "description": post.description or post.summary,
            "datePublished": post.published_iso,
            "dateModified": post.last_modified_iso or post.published_iso,
            "author": [{"@type": "Person", "name": name} for name in post.authors] or organisation,
            "publisher": organisation,
            "image": picture.address,
            "inLanguage": post.language,
            "keywords": [tag.name for tag in post.tag_list],
            "wordCount": post.words,
        }
    )


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
        "mainEntity": {"@id": f"{canonical(post)}#article"},
        "reviewedBy": reviewer and {"@type": "Person", "name": reviewer},
        "lastReviewed": said.get("lastReviewed"),
    }
    return [_said(page)]


def _trail(post: Post) -> list[tuple[str, str]]:
    section = [(section_name(post.section), quoted(f"/{post.section}/"))] if post.section else []
    return [(_("Home"), "/"), *section, (post.title, post.get_absolute_url())]


def _above(path: str) -> list[tuple[str, str]]:
    tags = [(_("Tags"), "/tags/")] if path.startswith(Tag.FOLDER) and path != Tag.FOLDER else []
    return [(_("Home"), "/"), *tags]


def _breadcrumbs(trail: Sequence[tuple[str, str]]) -> dict[str, Any]:
    """The way to the page, from names and paths."""
    steps = [
        {"@type": "ListItem", "position": position, "name": name, "item": settings.SITE_URL + path}
        for position, (name, path) in enumerate(trail, 1)
    ]
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
