"""The last step: only what this list names is left in the HTML."""

import re
import threading
from collections.abc import Callable

import nh3
from pygments.token import STANDARD_TYPES

from posts.rendering.elements import FROM_THEME

PAGE_IDS = frozenset({"main", "invitation", "Query", "Related", "Popular", "Problems", "Homepage"})
"""Ids that the page around the body uses; no text may take them. No heading makes one with a capital letter."""

_DROPPED_WITH_CONTENT = {"script", "style", "template", "iframe", "noscript", "noembed", "noframes", "object", "svg"}

TAGS = {
    *("aside", "blockquote", "br", "details", "div", "hr", "p", "pre", "section", "summary"),
    *("h1", "h2", "h3", "h4", "h5", "h6"),
    *("dd", "dl", "dt", "input", "li", "ol", "ul"),
    *("caption", "col", "colgroup", "table", "tbody", "td", "tfoot", "th", "thead", "tr"),
    *("a", "abbr", "b", "cite", "code", "del", "dfn", "em", "i", "ins", "kbd", "mark", "q", "s", "samp", "small"),
    *("span", "strong", "sub", "sup", "time", "u", "var", "wbr"),
    *("bdi", "bdo", "rp", "rt", "ruby"),
    *("audio", "figcaption", "figure", "img", "source", "video"),
}

_ATTRIBUTES = {
    "*": {"class", "dir", "id", "lang", "title"},
    "a": {"aria-label", "href"},
    "audio": {"src"},
    "blockquote": {"cite"},
    "code": {"data-lang"},
    "col": {"span"},
    "del": {"cite", "datetime"},
    "div": {"aria-label"},
    "img": {"alt", "height", "sizes", "src", "srcset", "width"},
    "input": {"aria-label", "checked", "disabled", "type"},
    "ins": {"cite", "datetime"},
    "li": {"value"},
    "ol": {"reversed", "start", "type"},
    "q": {"cite"},
    "source": {"src", "type"},
    "td": {"colspan", "headers", "rowspan"},
    "th": {"abbr", "colspan", "headers", "rowspan", "scope"},
    "time": {"datetime"},
    "video": {"height", "src", "width"},
}

_ALIGNMENTS = {"center", "left", "right"}

_VALUES = {
    "a": {"rel": {"noopener external"}, "role": {"doc-backlink", "doc-noteref"}},
    "audio": {"controls": {"", "controls"}},
    "details": {"open": {"", "open"}},
    "div": {"role": {"doc-endnotes", "region"}, "tabindex": {"0"}},
    "img": {"decoding": {"async"}, "loading": {"lazy"}},
    "pre": {"tabindex": {"0"}},
    "td": {"align": _ALIGNMENTS},
    "th": {"align": _ALIGNMENTS},
    "video": {"controls": {"", "controls"}},
}

_ADMONITIONS = {"admonition", "attention", "caution", "danger", "error", "hint", "important", "note", "tip", "warning"}

_CLASSES = {
    "a": {"anchor", "footnote-backref", "footnote-ref"},
    "div": {"footnotes", "highlight", "table-scroll"} | _ADMONITIONS,
    "figure": {FROM_THEME},
    "input": {"task-list-item-checkbox"},
    "li": {"task-list-item"},
    "ol": {"contains-task-list"},
    "p": {"admonition-title", "embed"},
    "span": set(STANDARD_TYPES.values()) - {""},
    "ul": {"contains-task-list"},
}

_SCHEMES = {"http", "https", "mailto", "tel"}

_ADDRESS = re.compile(rf"\s*(?:(?:{'|'.join(sorted(_SCHEMES))}):|[^:/?#]*(?:[/?#]|$))", re.IGNORECASE)
"""An allowed scheme, or none: a slash, a question mark or a hash, or nothing at all, comes before any colon."""


_BLANK_LINE = re.compile(r"(<pre\b[^<>]*>)\n")
"""With which preformatted text begins: browsers pass over one line end behind the tag, and the cleaner writes none for it."""


class _Document(threading.local):
    """The ids seen so far in what this thread sanitises: mending markup can repeat an element."""

    def __init__(self) -> None:
        self.ids: set[str] = set()


_document = _Document()


def _class(tag: str, value: str) -> str | None:
    return " ".join(word for word in value.split() if word in _CLASSES.get(tag, ())) or None


def _id(tag: str, value: str) -> str | None:
    if value in PAGE_IDS or value in _document.ids:
        return None
    _document.ids.add(value)
    return value


def _address(tag: str, value: str) -> str | None:
    return value if _ADDRESS.match(value) else None


def _addresses(tag: str, value: str) -> str | None:
    return value if all(map(_ADDRESS.match, value.split(","))) else None


_FILTERS: dict[str, Callable[[str, str], str | None]] = {
    "cite": _address,
    "class": _class,
    "href": _address,
    "id": _id,
    "src": _address,
    "srcset": _addresses,
}


def _attribute(tag: str, name: str, value: str) -> str | None:
    """What stays of the value, None for nothing."""
    chosen = _FILTERS.get(name)
    return chosen(tag, value) if chosen else value


_CLEANER = nh3.Cleaner(
    tags=TAGS,
    clean_content_tags=_DROPPED_WITH_CONTENT,
    attributes=_ATTRIBUTES,
    attribute_filter=_attribute,
    tag_attribute_values=_VALUES,
    set_tag_attribute_values={"input": {"type": "checkbox", "disabled": ""}},
    url_schemes=_SCHEMES,
    link_rel=None,
    strip_comments=True,
)


def sanitised(html: str) -> str:
    """Well-formed HTML5 without script, style, form, frame, handler or any class, id or address that is not allowed."""
    _document.ids = set()
    return _BLANK_LINE.sub(r"\1\n\n", _CLEANER.clean(html))
