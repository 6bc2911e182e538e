"""What the names of files say: that they are pictures, and that one is its bundle's cover, as Hugo's own templates and
many themes find it."""

import re
from collections.abc import Mapping
from pathlib import PurePath

from posts.document import Value
from posts.document.values import as_text

ENDINGS = frozenset({".avif", ".gif", ".jpeg", ".jpg", ".png", ".webp"})
SHOWN = rf"\.(?:{'|'.join(sorted(ending[1:] for ending in {*ENDINGS, '.svg'}))})"
"""A pattern of the endings that a page shows in place: those of pictures, and of drawings."""
_NAMED = re.compile(r"(?:^|[-_. ])featured?(?![a-z])", re.IGNORECASE)
_PATTERN = re.compile(r"[*?\[{]")


def is_featured(file_name: str) -> bool:
    """Whether a file's name says so: `featured.jpg`, `2024-feature-wide.png`."""
    return PurePath(file_name).suffix.lower() in ENDINGS and _NAMED.search(file_name) is not None


def is_portrait(file_name: str) -> bool:
    """Whether a file beside what tells of an author is their picture, as themes from Wowchemy on have it: `avatar.jpg`."""
    path = PurePath(file_name.lower())
    return path.stem == "avatar" and path.suffix in ENDINGS


def featured_resource(resources: Value) -> str:
    """The file to which front matter's `resources` give such a name, as LoveIt, FixIt and DoIt have it; "" for none."""
    for each in resources if isinstance(resources, list) else []:
        if isinstance(each, Mapping) and _NAMED.search(as_text(each.get("name"))):
            file = as_text(each.get("src"))
            if file and not _PATTERN.search(file):
                return file
    return ""
