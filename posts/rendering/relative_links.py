"""Links of a Jekyll text to Markdown files, which lead to those files' pages, as where GitHub builds a site."""

import posixpath
import re
from collections.abc import Callable
from urllib.parse import unquote

from posts.rendering import kramdown

_LINK = re.compile(
    r"((?<!`)(`++).{0,2000}?(?<!`)\2(?!`))"
    r"|(\]\(<?|^ {0,3}\[[^\]\n]++\]:[ \t]++<?)(?!\w++:|//)([^\s()<>#?]{1,300}?\.(?:md|markdown))(?=[\s)>#]|$)"
)
"""Code, in which nothing is one; or where an address begins, inside a link or behind a name, and the address."""


def in_markdown(text: str, folder: str, address: Callable[[str], str | None]) -> str:
    """The text of a file in this folder; `address` has the path of a place in the site's source, None for none."""

    def shown(found: re.Match[str]) -> str:
        if found[1]:
            return found[1]
        place = posixpath.normpath(posixpath.join("/", folder, unquote(found[4])))
        return found[3] + (address(place) or found[4])

    if ".m" not in text:
        return text
    return "".join(
        line if is_code or ".m" not in line else _LINK.sub(shown, line)
        for is_code, lines in kramdown.by_code(text.splitlines(keepends=True))
        for line in lines
    )
