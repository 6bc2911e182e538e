"""What a Hexo site's configuration says of its posts' addresses, in Jekyll's terms."""

import re
from collections.abc import Mapping
from typing import Any

from posts.importing.config_files import mapping

_OF_NAMES = re.compile(r":(title|name)\b")


def pattern(config: Mapping[str, Any]) -> str:
    """Its `permalink`. To Hexo a title is the file's place among the posts, letter for letter, without the day with which
    names begin where `new_post_name` says so."""
    is_dated = ":year" in str(config.get("new_post_name") or "")
    tokens = {"title": ":title" if is_dated else ":path", "name": ":title" if is_dated else ":basename"}
    written = str(config.get("permalink") or ":year/:month/:day/:title/")
    return _OF_NAMES.sub(lambda found: tokens[found[1]], written)


def defaults(config: Mapping[str, Any]) -> dict[str, Any]:
    """What an address has where the front matter does not say it."""
    named = config.get("default_category")
    return {**mapping(config.get("permalink_defaults")), **({"default_category": named} if named else {})}


def base(config: Mapping[str, Any]) -> str:
    """Where on its host the site stands, such as `/blog`; empty for its top."""
    place = str(config.get("root") or "").strip("/")
    return f"/{place}" if place else ""
