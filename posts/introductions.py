"""What a page that the site makes itself takes from the document that introduces it."""

import re
from typing import Any

from django.db.models import Subquery
from django.db.models.functions import JSONObject

from posts import counts
from posts.models import Post, SiteState, Tag

WORDS_OF_A_LINE = 50
_LINE = re.compile(r"<p>(?:[^<]|</?(?:a|abbr|b|br|em|i|q|s|strong|sub|sup)\b[^>]*>)+</p>\s*")


def of_page(path: str, *, tag: Tag | None = None) -> Post | None:
    """The live document that introduces the site's page at this path, with which the site's state comes along: one query
    for what every list asks for."""
    columns = JSONObject(**{name: name for name in Post.OF_INTRODUCTIONS})
    found = Subquery(Post.objects.introductions(path, tag).values_list(columns)[:1])
    state = SiteState.objects.annotate(introduction=found).first()
    if not state:
        return None
    counts.know(state)
    said = vars(state)["introduction"]
    return Post(**said) if said else None


def shown(document: Post | None, name: str) -> dict[str, Any]:
    """The page's heading, without a document this name, its description, and the document with whether its body is such a
    line as stands large below a heading: one short paragraph of words and links."""
    is_line = document is not None and document.words <= WORDS_OF_A_LINE and _LINE.fullmatch(document.html) is not None
    return {
        "heading": document.title if document else name,
        "introduction": document,
        "is_line": is_line,
        "page_description": described(document),
    }


def described(document: Post | None) -> str:
    """What the page is, in a sentence or a few; empty where no document says it."""
    return (document.description or document.summary) if document else ""
