"""Small steps on lxml's elements, for HTML that may hold any character."""

import re

from lxml import etree
from lxml.etree import _Element as Element

from posts.rendering.errors import RenderingError
from posts.sentences import gettext_noop

RAW = "data-raw"
"""Attribute of a heading, or a picture in one, that the author wrote as HTML: no engine made it."""
MADE = "data-made"
"""Attribute of a heading that an engine made inside a shortcode, whose output is HTML to the text around."""
BARE = "data-bare"
"""Attribute of a link in a heading that is an address which stands for itself, and of what is handed on as it is written."""
FROM_THEME = "from-theme"
"""Class of a figure in the place of a shortcode that the site does not know."""
REMOVED = "removed"
"""Tag of an element that sanitising takes out: moving the text behind each of very many takes ever longer."""

HEADING_LINE = re.compile(r"<h[1-6](?=[\s>])[^\n]*")
"""A heading that an engine made, or where one begins that goes on below."""

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_CONTROL_BYTES = bytes([*range(9), 0x0B, 0x0C, *range(0x0E, 0x20)])
_CONTROL_REFERENCE = re.compile(
    r"&#(?:x0*(?:1?[0-9a-f]|fff[ef])|0*(?:[12]?[0-9]|3[01]|6553[45]))(?![0-9a-f]);?", re.IGNORECASE
)


def parsed(html: str) -> Element:
    """The body element. Control characters go: neither XML feeds nor PostgreSQL take them.

    Raises RenderingError where the parser would drop what is nested too deep or too long.
    """
    parser = etree.HTMLParser(remove_pis=True, encoding="utf-8")
    html = _CONTROL_REFERENCE.sub(" ", html).replace("\ufffe", "").replace("\uffff", "")
    data = f"<html><body>{html}</body></html>".encode().translate(None, _CONTROL_BYTES)
    body = etree.fromstring(data, parser).find("body")
    last = parser.error_log.last_error
    if last is not None and last.type == etree.ErrorTypes.ERR_RESOURCE_LIMIT:
        raise RenderingError(
            "tree", gettext_noop("elements are nested more than 250 deep, or one text is longer than 10 MB")
        )
    if body is None:
        raise RenderingError("tree", gettext_noop("the HTML has no body"))
    return body


def set_attribute(element: Element, name: str, value: str) -> None:
    """An attribute from words that may hold characters which XML, and so lxml, refuses."""
    element.set(name, value if value.isprintable() else _CONTROL.sub("", value))


def pop(element: Element, name: str) -> str:
    """Take the attribute off and give its value, "" where there is none."""
    value = element.get(name, "")
    element.attrib.pop(name, "")
    return value


def remove(element: Element) -> None:
    """Take the element out and leave the text after it."""
    parent, before = element.getparent(), element.getprevious()
    if parent is None:
        return
    if element.tail and before is not None:
        before.tail = (before.tail or "") + element.tail
    elif element.tail:
        parent.text = (parent.text or "") + element.tail
    parent.remove(element)


def line_of(element: Element) -> str:
    """The element's text with single spaces."""
    return " ".join(text_of(element).split())


def text_of(element: Element) -> str:
    """The element's text, of those inside too."""
    if not len(element):
        return element.text or ""
    return etree.tostring(element, method="text", encoding="unicode", with_tail=False)


def set_all(element: Element, attributes: dict[str, str]) -> None:
    for name, value in attributes.items():
        element.set(name, value)
