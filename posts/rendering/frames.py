"""Frames, which no page shows, such as films from elsewhere: what a text loses with them."""

import re
from collections.abc import Iterator

from posts.rendering import code_lines
from posts.rendering.shortcodes import ShortcodeFinding, located
from posts.sentences import gettext_noop

_OPENS = re.compile("<iframe", re.IGNORECASE)
_FRAME = re.compile(
    code_lines.INLINE
    + r"|<!--(?s:.{0,2000}?)-->|<iframe\b[^<>]{0,1000}?\ssrc[ \t]*=[ \t]*[\"']?(?P<address>[^\s\"'<>]{1,500})",
    re.IGNORECASE,
)
"""Code or a comment, in which none is one; or one that says what it shows."""


def lost(body: str, shown: str) -> tuple[ShortcodeFinding, ...]:
    """The frames of the body that are left in what is shown of it, each address once."""
    if not _OPENS.search(shown):
        return ()
    gone = dict.fromkeys(_addresses(shown))
    places = {each["address"]: each.start() for each in reversed([*_FRAME.finditer(body)]) if each["address"] in gone}
    problem = gettext_noop("no page shows a frame; write a link to %(address)s in its place")
    return tuple(located(body, ((at, "", problem % {"address": each}) for each, at in sorted(places.items()))))


def _addresses(text: str) -> Iterator[str]:
    for is_code, part in code_lines.parts(text):
        if not is_code:
            yield from (found["address"] for found in _FRAME.finditer(part) if found["address"])
