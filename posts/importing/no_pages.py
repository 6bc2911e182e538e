"""Which documents of a Jekyll site are no pages to readers: templates, what only leads elsewhere, what machines ask for."""

import re
from pathlib import PurePosixPath

from posts import permalinks
from posts.document import Document
from posts.document.values import as_text, as_texts
from posts.importing.walk import FoundFile
from posts.markup import Markup
from posts.projection import Projection
from posts.rendering import liquid
from posts.sentences import Sentence, gettext_noop

_OF_MACHINES = frozenset(
    {
        ".atom",
        ".css",
        ".csv",
        ".geojson",
        ".ics",
        ".js",
        ".json",
        ".map",
        ".rss",
        ".svg",
        ".txt",
        ".webmanifest",
        ".xml",
    }
)
"""Endings of addresses behind which no page for readers is."""
_NO_LAYOUT = frozenset({"", "false", "nil", "none", "null"})
_SCRIPT = re.compile(r"<(?:script|style|meta|link|base|noscript)\b", re.IGNORECASE)
_SEEN = re.compile(r"<(?:img|audio|video|iframe|table|hr)\b")
_SAID = re.compile(r"^ {0,3}#|<(?:h1|iframe|embed|object)\b", re.IGNORECASE | re.MULTILINE)
"""What a body may have that is a title's, or is told of when it is lost."""
MADE_FOR_MACHINES = gettext_noop("left out, for scripts and other machines ask for it; readers have no page there")
SHOWS_NOTHING = gettext_noop("left out, for it shows readers nothing: it holds scripts or a template alone")


def as_written(document: Document, file: FoundFile) -> tuple[int, int, Sentence] | None:
    """Where the document says that it is no page, and why; None for one that does not."""
    if not file.source.jekyll:
        return None
    if _is_page(file):
        is_read = document.get("render_with_liquid", file.source.defaults.get("render_with_liquid")) is not False
        is_html = Markup.of_file(file.source.page) is Markup.HTML
        if is_html and is_read and (loop := liquid.loop(document.body)):
            why = gettext_noop("left out, for it is a template, whose loop makes its page while Jekyll builds the site")
            return document.body_line + loop - 1, 1, why
        if _is_for_machines(document, file):
            return 1, 1, MADE_FOR_MACHINES
    if target := next(iter(as_texts(document.get("redirect_to"))), ""):
        why = gettext_noop("left out, for its page only leads to %(target)s; add that as a redirect")
        return *document.position("redirect_to"), why % {"target": target}
    return None


def as_shown(document: Document, file: FoundFile, shown: Projection) -> Sentence | None:
    """Why what the document shows is no page; None for one that shows anything, says nothing, or is a post."""
    if not (file.source.jekyll and _is_page(file) and document.body.strip()):
        return None
    is_seen = shown.search_text.strip() or _SEEN.search(shown.html) or _SAID.search(document.body)
    is_made_for_it = _has_no_layout(document) or _SCRIPT.search(document.body)
    return SHOWS_NOTHING if is_made_for_it and not is_seen else None


def _is_page(file: FoundFile) -> bool:
    """Whether it is neither a post nor in a collection."""
    return not file.source.collection and permalinks.OF_POSTS.isdisjoint(PurePosixPath(file.source.page).parts)


def _is_for_machines(document: Document, file: FoundFile) -> bool:
    """By its address, or, as `search.json.html`, by its name where no layout makes a page of it."""
    if PurePosixPath(as_text(document.get("permalink"))).suffix.lower() in _OF_MACHINES:
        return True
    inner = PurePosixPath(PurePosixPath(file.source.page).stem).suffix.lower()
    return inner in _OF_MACHINES and _has_no_layout(document)


def _has_no_layout(document: Document) -> bool:
    """Whether it says so itself, for a site's defaults may have one for it."""
    said = document.get("layout", default="?")
    return as_text(said).lower() in _NO_LAYOUT or said is False
