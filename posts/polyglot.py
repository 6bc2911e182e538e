"""A site whose documents say their language themselves: Jekyll's, with its plugin polyglot.

Its languages are given by their codes in lower case, with what the paths of each begin with.
"""

import re
from collections.abc import Mapping

from posts.document import Document, Value
from posts.document.values import as_text


def language(document: Document, defaults: Mapping[str, Value], prefixes: Mapping[str, str]) -> str:
    """The one that the document says; empty for none of the site's."""
    said = as_text(document.get("lang") or defaults.get("lang")).lower()
    return said if said in prefixes else ""


def translation_key(document: Document, path: str, prefix: str, prefixes: Mapping[str, str]) -> str:
    """What translations share: the key that they say, else their path without any language in it; empty without any.

    `/de/de/about/` and `/about.en/` are one page.
    """
    if not prefixes:
        return ""
    if page_id := as_text(document.get("page_id")):
        return page_id
    plain = path.removeprefix(prefix.rstrip("/"))
    return re.sub(rf"[/.](?:{'|'.join(map(re.escape, prefixes))})[/.]", "/", plain, flags=re.IGNORECASE)
