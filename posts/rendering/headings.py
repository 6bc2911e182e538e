"""Headings: their ids as Hugo makes them, their levels below the page's title, their place in the contents list."""

import re
from typing import cast
from unicodedata import normalize

from lxml import etree
from lxml.etree import _Element as Element

from posts.rendering import references
from posts.rendering.anchors import IdStyle, anchor
from posts.rendering.elements import BARE, FROM_THEME, MADE, RAW, line_of, pop, remove, set_attribute, text_of
from posts.rendering.page import Heading, Page
from posts.rendering.sanitising import PAGE_IDS

_TAGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_LISTED_LEVELS = (2, 3, 4)
_OTHERS_WITH_ID = etree.XPath(f"descendant::*[@id][not({' or '.join(f'self::{tag}' for tag in _TAGS)})]")
_UNSET = str.maketrans({"–": "--", "—": "---", "…": "..."})
"""What an engine's typography made of an id in braces, back to what was written."""
_IMAGE_KEYS = (["src", "alt"], ["src", "alt", "title"])  # as engines write them
_QUOTES = '“”"'
_ATTRIBUTE = rf"(?:[#.][^\s!\"#$%&'()*+,/;<=>?@\[\\\]^`{{|}}~“”]+|[\w-]+\s*=\s*(?:[{_QUOTES}][^{_QUOTES}]*[{_QUOTES}]|[\w:.–—…-]+))"
_ATTRIBUTES = re.compile(rf"{{\s*({_ATTRIBUTE}(?:[\s,]+{_ATTRIBUTE})*)\s*}}\s*$")
_FIRST_PIECE = re.compile(
    rf"(?:[^_*~\[]|[_*~\[]{references.ESCAPED})*+(?:[_*~](?!{references.ESCAPED}))*"  # goldmark's first text of several
)
_LONGEST_ATTRIBUTES = 1_000  # characters; what is longer takes long to tell from others


def settle_headings(body: Element, page: Page) -> list[tuple[Element, str]]:
    """Headings with an id and a level that leaves the only h1 to the title; returns those that can be linked to.

    The first h1 goes when it repeats the title, or is all the title there is. Headings from another h1 on are one level deeper than written.
    """
    linkable, lowered, title_seen = [], 0, False
    headings = list(body.iter(*_TAGS))
    others = (
        {each.get("id"): each for each in cast("list[Element]", _OTHERS_WITH_ID(body))} if page.taken > PAGE_IDS else {}
    )
    page.taken -= others.keys()  # a heading has the id that it has in Hugo, where another element may have it too
    for heading in headings:
        identity = _identity(heading, page)
        references.forget(heading)
        text = line_of(heading)
        if identity in others:
            del others.pop(identity).attrib["id"]
        level = int(str(heading.tag)[1])
        if level == 1 and not title_seen:
            title_seen = True
            if not page.title or _folded(text) == _folded(page.title):
                page.hidden_title = text
                remove(heading)
                continue
        lowered = lowered or int(level == 1)
        level = min(level + lowered, 6)
        heading.tag = f"h{level}"
        if identity:
            set_attribute(heading, "id", identity)
        if identity and text:
            linkable.append((heading, text))
            if level in _LISTED_LEVELS:
                page.contents.append(Heading(level, heading.get("id", ""), text))
    return linkable


def _identity(heading: Element, page: Page) -> str:
    """The heading's id: its own, the `{#id}` at its end (taken out), or Hugo's automatic one.

    "" for a heading without text, and for one of raw HTML that has no id of its own.
    """
    pop(heading, MADE)
    if pop(heading, RAW):
        return heading.get("id", "")
    written = "" if page.whole_titles else _pop_written_id(heading)
    if own := heading.get("id"):
        return own
    if written and written not in page.taken:
        page.taken.add(written)
        return written
    if page.id_style == IdStyle.KRAMDOWN:
        text = written or text_of(heading).replace("\n", " ")
        text = text if heading.find(".//img") is not None else text.rstrip()  # a link's text may end with a blank
        return anchor(text, page.taken, page.id_style) if text.strip() else ""
    # goldmark reads the last line of an underlined heading
    text = written or _read_by_goldmark(heading, page.set_signs).strip("\n").rpartition("\n")[2]
    return anchor(references.by_number(text), page.taken, page.id_style) if text or text_of(heading).strip() else ""


def _read_by_goldmark(heading: Element, signs: str) -> str:
    """The text from which goldmark makes a heading's id: of each element inside no more than its first run of text."""
    return (heading.text or "") + "".join(_first_run(child, signs) + (child.tail or "") for child in heading)


def _first_run(element: Element, signs: str) -> str:
    """An element's text up to the next element, one of the signs, or behind one that might begin emphasis; of an image its
    alt text, of a bare address and what is handed on none.

    An element that no engine makes, so of raw HTML, is not there: the text in it is the heading's own.
    """
    match element.tag:
        case "img":
            run = element.get("alt", "") if element.keys() in _IMAGE_KEYS else ""
        case "a" | "span" if pop(element, BARE):
            run = ""
        case "a" | "del" | "em" | "strong":
            run = element.text or (_first_run(element[0], signs) if len(element) else "")
        case "code":
            return text_of(element)
        case "figure" if element.get("class") == FROM_THEME:
            return ""
        case str():
            return _read_by_goldmark(element, signs)
        case _:
            return ""  # a comment
    if begun := _FIRST_PIECE.match(run):
        run = begun[0]
    return re.split(f"[{signs}]", run, maxsplit=1)[0] if signs else run


def _pop_written_id(heading: Element) -> str:
    """Take `{#id .class}`, or `{id="id"}`, off the heading's end and give the id; of several the last."""
    last = heading[-1] if len(heading) else None
    text = (heading.text if last is None else last.tail) or ""
    attributes = _ATTRIBUTES.search(text, max(len(text) - _LONGEST_ATTRIBUTES, 0))
    if not attributes:
        return ""
    before = _without_closing(text[: attributes.start()].rstrip())
    if last is None:
        heading.text = before
    else:
        last.tail = before
    pairs = (each.partition("=") for each in re.findall(_ATTRIBUTE, attributes[1]))
    written = [
        value.strip(f"{_QUOTES} ") or name[1:] for name, _, value in pairs if name[0] == "#" or name.strip() == "id"
    ]
    return written[-1].translate(_UNSET) if written else ""


def _without_closing(text: str) -> str:
    """The text without the `##` that may close a heading."""
    open_text = text.rstrip("#")
    return open_text.rstrip() if open_text == "" or open_text[-1].isspace() else text


def _folded(text: str) -> str:
    """The text without what typography, case and white space add."""
    text = re.sub("[\"'«»‘’‚“”„‹›]", "", normalize("NFKC", text).casefold())
    return " ".join(re.sub("[-‐-―−]+", "-", text).split())


def add_anchor(heading: Element, text: str) -> None:
    link = etree.SubElement(heading, "a", {"class": "anchor", "href": "#" + heading.get("id", "")})
    set_attribute(link, "aria-label", f"Permalink: {text}")
    link.text = "#"
