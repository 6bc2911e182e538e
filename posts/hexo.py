"""What Hexo makes of a post's front matter where an address asks for it."""

import re
from collections.abc import Mapping
from datetime import datetime
from hashlib import sha1
from pathlib import PurePosixPath
from typing import Any

from posts.document import Document
from posts.document.values import as_text, as_texts
from posts.permalinks import OF_POSTS
from posts.slugs import without_accents

_TOKEN = re.compile(r":(\w+)")
_SIGNS = re.compile(r"[\s~`!@#$%^&*()\-_+=\[\]{}|\\;:\"'<>,.?/]+")


def tokens(
    document: Document, pattern: str, file: PurePosixPath, date: datetime | None, defaults: Mapping[str, Any]
) -> dict[str, str]:
    """What Hexo's permalink may hold beside Jekyll's tokens: the category, the title, a hash, and any key of the front
    matter. Source: Hexo's post_permalink."""
    category = _category(document) or slugized(as_text(defaults.get("default_category")) or "uncategorized")
    own = {"category": category, "post_title": slugized(as_text(document.get("title"))).lower()}
    if date:
        place = "/".join(part for part in file.with_suffix("").parts if part not in OF_POSTS)
        digest = sha1(f"{place}{int(date.timestamp())}".encode(), usedforsecurity=False)
        own["hash"] = digest.hexdigest()[:12]
    said = {name: as_text(document.get(name, defaults.get(name))) for name in _TOKEN.findall(pattern)}
    return {name: text for name, text in said.items() if text} | own


def _category(document: Document) -> str:
    """Where in its hierarchy the last category stands: a list is one, unless lists are in it."""
    said = document.get("categories") or document.get("category")
    if isinstance(said, list) and any(isinstance(each, list) for each in said):
        said = said[-1]
    return "/".join(filter(None, map(slugized, as_texts([said] if isinstance(said, str) else said))))


def slugized(text: str) -> str:
    """A name in an address of Hexo's: `Swift 进阶` gives `Swift-进阶`."""
    return _SIGNS.sub("-", without_accents(text)).strip("-")
