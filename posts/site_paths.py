"""Which paths are the site's own, so that no post can take one. A test holds this against the URL patterns."""

import re

from posts import editions, permalinks

# Pages that the site makes, to which a document at the same path gives its title and introduction.
PAGES_WITH_INTRODUCTION = frozenset(
    f"{editions.prefix(code)}{page}"
    for code in (editions.first(), *editions.others())
    for page in ("", *(f"{page}/" for page in permalinks.PAGES_OF_THE_SITE))
)

_EDITION = f"(?:/(?:{'|'.join(map(re.escape, editions.others()))}))?" if editions.others() else ""
_RESERVED = re.compile(
    rf"{_EDITION}/tags/?"
    rf"|{_EDITION}/(?:admin|preview|static|media/(?:images|files)|\.well-known)(?:/.*)?"
    rf"|{_EDITION}/(?:archives(?:/[0-9]{{4}}/[0-9]{{2}})?|search(?:/suggestions)?|contact(?:/thanks)?)/?"
    rf"|{_EDITION}/(?:healthz|sitemap(?:-[0-9]+)?\.xml|robots\.txt|llms\.txt|favicon\.ico)/?"
    rf"|{_EDITION}/og/[^/]+\.png/?"  # pictures of titles
    rf"|{_EDITION}/theme-[^/]+\.css/?"
    r"|.*/(?:index\.xml|atom\.xml|feed\.json|index\.md)/?"  # feeds, and articles as Markdown
    r"|(?:.*/)?page/[0-9]+/?",  # later pages of lists
    re.DOTALL,
)
_OF_A_TERM = re.compile(rf"{_EDITION}/(?:authors|tags)/.+", re.DOTALL)


def is_of_a_term(path: str) -> bool:
    """Whether the site makes a page at this path of a tag or an author: a document may introduce it."""
    return _OF_A_TERM.fullmatch(path) is not None and not _RESERVED.fullmatch(path)


def is_reserved(path: str, *, for_introduction: bool = False) -> bool:
    """True for a decoded path that no post can have, or not even one that gives a page of the site its introduction."""
    if path in PAGES_WITH_INTRODUCTION:
        return False
    return _RESERVED.fullmatch(path) is not None or (not for_introduction and is_of_a_term(path))
