"""One site, imported and built, and the two compared."""

import tempfile
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.conf import settings

from parity import hugo
from parity.comparison import BODY_FIELDS, Comparison, compare
from parity.ours import Imported, imported
from posts.body_terms import in_markdown
from posts.document import Document
from posts.importing.config_terms import SiteConfig
from posts.importing.site_config import read_config
from posts.importing.walk import site_of
from posts.models import Post
from posts.source import Source

JEKYLL_NOTE = "A Jekyll site has no counterpart in Hugo: only the bodies are compared, with what Hugo makes of each."


def check(site: Path, permalinks: Mapping[str, str] | None = None, clock: datetime | None = None) -> Comparison:
    """Compares the site as it is at that moment (default: now). Raises `hugo.HugoError`, and what an import raises.

    It imports into the database that Django is set up for, which has to be empty.
    """
    site = site_of(site)
    config = read_config(site)
    ours = imported(site, permalinks or {}, clock or datetime.now(UTC))
    with tempfile.TemporaryDirectory() as scratch:
        if config.jekyll or any(page.jekyll for page in ours.pages.values()):
            return _jekyll(config, ours, Path(scratch))
        return _hugo(site, config, ours, permalinks or {}, clock, Path(scratch))


def _hugo(
    site: Path,
    config: SiteConfig,
    ours: Imported,
    permalinks: Mapping[str, str],
    clock: datetime | None,
    scratch: Path,
) -> Comparison:
    extra: dict[str, Any] = {} if config.configured else {"hugo": _unsaid()}
    if permalinks:
        extra["permalinks"] = {"page": dict(permalinks)}
    copy = hugo.copied(site, scratch, config, extra, clock=clock)
    tag_keys = sorted({key for language in config.languages.values() for key in language.tag_keys})
    pages = copy.pages(tag_keys)
    comparison = compare({place: page for place, page in ours.pages.items() if place not in copy.refused}, pages)
    comparison.left_out = _left_out(copy.refused, ours)
    return comparison


def _unsaid() -> dict[str, Any]:
    """What our own settings say of a content folder without a configuration."""
    languages = {code: {"label": str(name)} for code, name in settings.LANGUAGES}
    return {"defaultContentLanguage": settings.LANGUAGE_CODE, "languages": languages}


def _jekyll(config: SiteConfig, ours: Imported, scratch: Path) -> Comparison:
    places = list(ours.pages)
    posts = {post.source_path: post for post in Post.objects.only("source_path", "source", "path", "date")}
    bodies = [_body(config.content / place, posts[place]) for place in places]
    copy = hugo.of_bodies(bodies, scratch)
    pages = {places[int(file.removesuffix(".md"))]: page for file, page in copy.pages(()).items()}
    comparison = compare({place: ours.pages[place] for place in pages}, pages, BODY_FIELDS)
    refused = {places[int(file.removesuffix(".md"))]: why for file, why in copy.refused.items()}
    comparison.left_out = _left_out(refused, ours)
    comparison.note = JEKYLL_NOTE
    return comparison


def _body(file: Path, post: Post) -> str:
    """The Markdown of a post's file, without what only Jekyll knows."""
    return in_markdown(Document.parse(file.read_bytes()), Source.restored(post.source), post.path, post.date)[0]


def _left_out(refused: Mapping[str, str], ours: Imported) -> dict[str, tuple[str, str]]:
    return {place: (why, ours.said_of(place)) for place, why in refused.items()}
