"""Links as they are here: those to Markdown files lead to those files' pages, as where GitHub shows or builds a site, and
any that begin with where the site stood on its host begin at its top."""

import posixpath
import re
from collections.abc import Callable
from functools import lru_cache
from urllib.parse import unquote

from posts.rendering import code_lines, kramdown

_CODE = f"({code_lines.INLINE})"
_LINK = re.compile(
    _CODE
    + r"|(\]\(<?|^ {0,3}\[[^\]\n]++\]:[ \t]++<?)(?!\w++:|//)"
    + r"((?:[^\s()<>#?]|(?<!\() (?=[^()<>\n]*>)){1,300}?\.(?:md|markdown))(?=[\s)>#?]|$)"
)
"""Code, in which nothing is one; or where an address begins, inside a link or behind a name, and the address."""


def in_markdown(text: str, folder: str, address: Callable[[str], str | None]) -> str:
    """The text of a file in this folder; `address` has the path of a place in the site's source, None for none."""

    def shown(found: re.Match[str]) -> str:
        if found[1]:
            return found[1]
        place = posixpath.normpath(posixpath.join("/", folder, unquote(found[4])))
        return found[3] + (address(place) or found[4])

    if ".md" not in text and ".markdown" not in text:
        return text
    return "".join(
        line if is_code or ".m" not in line else _LINK.sub(shown, line)
        for is_code, lines in kramdown.by_code(text.splitlines(keepends=True))
        for line in lines
    )


def without_base(text: str, base: str) -> str:
    """The text with the addresses, in links, definitions and HTML, that begin with `/blog` beginning behind it."""
    if not base or base not in text:
        return text
    address = _address_below(base)
    parts = ((is_code, "".join(lines)) for is_code, lines in kramdown.by_code(text.splitlines(keepends=True)))
    return "".join(
        part if is_code else address.sub(lambda found: found[1] or f"{found[3]}/", part) for is_code, part in parts
    )


@lru_cache(maxsize=8)
def _address_below(base: str) -> re.Pattern[str]:
    begin = r"\]\(\s*+<?|\]:[ \t]++<?|\b(?:href|src)[ \t]*+=[ \t]*+[\"']?"
    return re.compile(rf"{_CODE}|({begin}){re.escape(base)}(?:/++|(?=[#?\"'\s)>]|$))", re.MULTILINE)
