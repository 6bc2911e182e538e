"""Headings: their ids as Hugo makes them, their levels below the page's title, their place in the contents list."""

import re
from unicodedata import normalize

from lxml import etree
from lxml.etree import _Element as Element

from posts.rendering.elements import line_of, remove, set_attribute, text_of
from posts.rendering.page import Heading, Page

_TAGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_LISTED_LEVELS = (2, 3, 4)
_UNSET = str.maketrans({"–": "--", "—": "---", "…": "...", "‘": "'", "’": "'"})
"""What an engine's typography made of an id in braces, back to what was written."""
_TYPOGRAPHIC_MARK = re.compile("[–—…‘’“”]")
_WRITTEN_ATTRIBUTE = re.compile(r"[#.][^\s!\"#$%&'()*+,/;<=>?@\[\\\]^`{|}~]+|[\w-]+=[^\s{}]+")
_NOT_IN_ASCII_IDS = re.compile("[^a-z0-9 _-]")


def settle_headings(body: Element, page: Page) -> list[tuple[Element, str]]:
    """Headings with an id and a level that leaves the only h1 to the title; returns those that can be linked to.

    The first h1 goes when it repeats the title, or is all the title there is. Headings from another h1 on are one level deeper than written.
    """
    linkable, lowered, title_seen = [], 0, False
    for heading in list(body.iter(*_TAGS)):
        identity, text = _identity(heading, page.taken), line_of(heading)
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


def _identity(heading: Element, taken: set[str]) -> str:
    """The heading's id, "" for an empty one: its own, the `{#id}` at its end (taken out), or Hugo's automatic one."""
    written = _pop_written_id(heading)
    if own := heading.get("id"):
        return own
    if written and written not in taken:
        taken.add(written)
        return written
    # goldmark reads the last line of an underlined heading
    text = written or _read_by_goldmark(heading).strip("\n").rpartition("\n")[2]
    return anchor(text, taken) if text or len(heading) else ""


def _read_by_goldmark(heading: Element) -> str:
    """The text from which goldmark makes a heading's id: of each element inside no more than its first run of text."""
    return (heading.text or "") + "".join(_first_run(child) + (child.tail or "") for child in heading)


def _first_run(element: Element) -> str:
    """An element's text up to the next element or typographic mark; of an image its alt text, of a bare address none."""
    match element.tag:
        case "img":
            run = element.get("alt", "")
        case "a" if element.text and element.get("href") == element.text:
            run = ""
        case "a" | "del" | "em" | "strong":
            run = element.text or (_first_run(element[0]) if len(element) else "")
        case _:
            return text_of(element)
    return _TYPOGRAPHIC_MARK.split(run, maxsplit=1)[0]


def _pop_written_id(heading: Element) -> str:
    """Take `{#id .class}`, or `{id=id}`, off the heading's end and give the id."""
    last = heading[-1] if len(heading) else None
    ending = ((heading.text if last is None else last.tail) or "").rstrip()
    before, brace, inside = ending.removesuffix("}").rpartition("{")
    attributes = inside.split()
    if (
        not brace
        or not ending.endswith("}")
        or not attributes
        or not all(map(_WRITTEN_ATTRIBUTE.fullmatch, attributes))
    ):
        return ""
    if last is None:
        heading.text = before.rstrip()
    else:
        last.tail = before.rstrip()
    written = (word.removeprefix("#").removeprefix("id=") for word in attributes if word.startswith(("#", "id=")))
    return next(written, "").translate(_UNSET)


def _folded(text: str) -> str:
    """The text without what typography, case and white space add."""
    text = re.sub("[\"'«»‘’‚“”„‹›]", "", normalize("NFKC", text).casefold())
    return " ".join(re.sub("[-‐-―−]+", "-", text).split())


def add_anchor(heading: Element, text: str) -> None:
    link = etree.SubElement(heading, "a", {"class": "anchor", "href": "#" + heading.get("id", "")})
    set_attribute(link, "aria-label", f"Permalink: {text}")
    link.text = "#"


def anchor(text: str, taken: set[str]) -> str:
    """The heading's id as Hugo makes it: "A B & C" gives "a-b--c", a second one "a-b--c-1".

    Adds the id to `taken`. Source: goldmark's automatic heading ids, with Hugo's `github` style.
    """
    letters = "".join(map(str.lower, text.strip()))  # one by one, as Go does: the end of a word has no say in Σ
    if letters.isascii():
        kept = _NOT_IN_ASCII_IDS.sub("", letters)
    else:
        kept = "".join(c for c in letters if c.isalpha() or c.isdecimal() or c in " -_")
    base = kept.replace(" ", "-") or "heading"
    free = base if base not in taken else f"{base}-{_first_free(base, taken)}"
    taken.add(free)
    return free


def _first_free(base: str, taken: set[str]) -> int:
    """The number of a repeat, found by doubling and halving: ten thousand equal headings stay cheap."""
    above = 1
    while f"{base}-{above}" in taken:
        above *= 2
    below = above // 2
    while above - below > 1:
        middle = (below + above) // 2
        below, above = (middle, above) if f"{base}-{middle}" in taken else (below, middle)
    return above
