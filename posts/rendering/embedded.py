"""Pictures that are written into a text as `data:image/png;base64,…`, as Google Docs exports them: each by a name for its bytes."""

import re
from base64 import b64decode
from collections.abc import Callable
from contextlib import suppress
from hashlib import sha256

from posts.rendering import code_lines

FOLDER = "~embedded/"
"""Begins the names, and those of no files."""
_PICTURE = re.compile(
    r"(?<!`)(?P<ticks>`++)[^`\n]*+(?P=ticks)(?!`)"
    r"|(?P<before>\]\(<?|^ {0,3}\[[^\[\]\n]{1,300}+\]:[ \t]*+<?|\ssrc=[\"'])data:image/(?P<kind>png|jpe?g|gif|webp|avif);base64,(?P<data>[A-Za-z0-9+/]++=*+)",
    re.MULTILINE,
)
"""Code, in which nothing is one; or a picture."""


def pictures(body: str) -> dict[str, bytes]:
    """The pictures in the text by their names."""
    found: dict[str, bytes] = {}

    def keep(name: str, data: bytes) -> bool:
        found[name] = data
        return False

    _each(body, keep)
    return found


def named(body: str, has: Callable[[str], bool]) -> str:
    """The text with the names of those pictures that there are."""
    return _each(body, lambda name, data: has(name))


def _each(body: str, is_named: Callable[[str, bytes], bool]) -> str:
    def name_of(found: re.Match[str]) -> str:
        if found["ticks"]:
            return found[0]
        with suppress(ValueError):
            data = b64decode(found["data"], validate=True)
            name = f"{FOLDER}{sha256(data).hexdigest()[:16]}.{found['kind']}"
            return found["before"] + name if is_named(name, data) else found[0]
        return found[0]  # no base64

    if ";base64," not in body:
        return body
    return "".join(text if is_code else _PICTURE.sub(name_of, text) for is_code, text in code_lines.parts(body))
