"""A body's HTML as what a reader gets of it: blocks in order, each with its text, its links and its images."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

from lxml import etree
from lxml.etree import _Element as Element

from posts.images.names import StoredName, readable_stem
from posts.rendering.elements import FROM_THEME

_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_BLOCKS = {
    *_HEADINGS,
    *("p", "blockquote", "pre", "hr", "ul", "ol", "li", "dl", "dt", "dd", "details", "summary"),
    *("table", "caption", "tr", "td", "th", "figcaption"),
}
_BREAKS = {
    *("address", "article", "aside", "center", "colgroup", "div", "figure", "footer", "header", "main", "nav"),
    *("section", "tbody", "tfoot", "thead"),
}
"""They part blocks and are none themselves: our table wrapper is one of them."""
_PLAYERS = {"audio", "video"}
"""What is inside shows only where they cannot."""
_IN_PLACE_OF_MORE = "embed"
"""What stands where Hugo has what another site shows."""
_OURS_ALONE = {"anchor", FROM_THEME}
"""Links of headings, and what shows where Hugo without the theme has nothing."""
_NUMBER = "ln"
"""Of a line of code; ours have none."""
_NUMBERED_LINES = "lntable"
"""A table of them and, behind them, the code."""
_ONLY_WITH_WORDS = {"p", *_HEADINGS}
_WIDTH = re.compile(r"-\d+w$")  # of a picture stored in several
_HASH = re.compile(r"-[0-9a-f]{16}$")  # of a drawing, which is stored as other files are
_ASCII_WHITE_SPACE = re.compile("[ \t\n\r\f]+")


@dataclass(frozen=True, slots=True)
class Block:
    """One block. `kind` is its element's name, of a heading with its level; `links` are addresses and pictures."""

    kind: str
    text: str
    links: tuple[str, ...] = ()
    id: str = field(default="", compare=False)

    def __str__(self) -> str:
        return " ".join(filter(None, [f"<{self.kind}>", self.text, *(f"[{link}]" for link in self.links)]))


@dataclass(frozen=True, slots=True)
class Body:
    """What a body's HTML holds."""

    blocks: tuple[Block, ...]

    @classmethod
    def read(cls, html: str) -> "Body":
        """The blocks of any HTML, however it is nested."""
        parser = etree.HTMLParser(remove_comments=True, remove_pis=True, huge_tree=True)
        root = etree.fromstring(f"<html><body>{html}</body></html>", parser)
        return cls(tuple(_Reader().blocks_of(root)))

    @property
    def heading_ids(self) -> tuple[str, ...]:
        return tuple(block.id for block in self.blocks if block.kind in _HEADINGS)

    def under_title(self, title: str) -> "Body":
        """As it stands on a page whose only h1 is this title.

        The first h1 goes if it repeats the title; headings from another h1 on are one level lower.
        """
        return Body(tuple(_under_title(self.blocks, title)))


def _under_title(blocks: tuple[Block, ...], title: str) -> Iterator[Block]:
    lowered = 0
    first = next((block for block in blocks if block.kind == "h1"), None)
    for block in blocks:
        if block is first and _letters(block.text) == _letters(title):
            continue
        if block.kind in _HEADINGS:
            level = int(block.kind[1])
            lowered = lowered or int(level == 1)
            block = replace(block, kind=f"h{min(level + lowered, 6)}")
        yield block


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text)).casefold()


class _Reader:
    """Collects the words of one block until the next begins."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.words: list[str] = []
        self.links: list[str] = []
        self.opened: list[Element] = []  # the blocks around; the last one's own words are being read
        self.started = False  # whether the last one has been noted already

    def blocks_of(self, root: Element) -> list[Block]:
        self._read(root)
        self._note()
        return self.blocks

    def _read(self, element: Element) -> None:
        match element.tag:
            case "script" | "style" | "template" | "title":
                return
            case "a":
                self.links.append(unquote(element.get("href", "")))
            case "img":
                self.links.append(_picture(element))
            case "br":
                self.words.append(" ")
            case "input" if element.get("type") == "checkbox":
                self.words.append("[x] " if "checked" in element.attrib else "[ ] ")
        self.words.append(element.text or "")
        for child in element:
            self._read_child(child)

    def _read_child(self, child: Element) -> None:
        if child.get("class") == _IN_PLACE_OF_MORE:
            self._note()
        elif child.get("class") in _OURS_ALONE or (child.get("class") == _NUMBER and self._is_in_code()):
            pass
        elif child.get("class") == _NUMBERED_LINES and (code := [*child.iter("pre")]):
            self._read_block(code[-1])
        elif _is_caption(child):
            self._read(child)
            self.words.append(" ")
        elif child.tag in _BLOCKS or child.tag in _BREAKS:
            self._read_block(child)
        elif child.tag in _PLAYERS:
            sources = [child.get("src"), *(each.get("src") for each in child.iterchildren("source"))]
            self.links += [source for source in sources if source][:1]
        else:
            self._read(child)
        self.words.append(child.tail or "")

    def _is_in_code(self) -> bool:
        return any(each.tag == "pre" for each in self.opened)

    def _read_block(self, element: Element) -> None:
        self._note()
        if element.tag in _BREAKS:
            self._read(element)
            self._note()
            return
        outer_started = self.started
        self.opened.append(element)
        self.started = False
        self._read(element)
        self._note(at_end=True)
        self.opened.pop()
        self.started = outer_started

    def _note(self, *, at_end: bool = False) -> None:
        """Turns the words read so far into a block: of the innermost element, else a paragraph."""
        element = self.opened[-1] if self.opened else None
        kind = str(element.tag) if element is not None else "p"
        written = "".join(self.words)
        text = written.strip("\n") if kind == "pre" else _ASCII_WHITE_SPACE.sub(" ", written).strip(" ")
        if text or self.links or not (self.started or kind in _ONLY_WITH_WORDS):
            identity = element.get("id", "") if element is not None else ""
            self.blocks.append(Block(kind, text, tuple(self.links), identity))
            self.started = True
        if at_end and element is not None and (caption := _caption(element)):
            self.blocks.append(Block("figcaption", caption))
        self.words, self.links = [], []


def _is_caption(element: Element) -> bool:
    """Whether it is the paragraph or the heading that Hugo's `figure` has in its caption, and ours has not."""
    outer = element.getparent()
    return element.tag in ("p", "h4") and outer is not None and outer.tag == "figcaption"


def _caption(paragraph: Element) -> str:
    """The title of an image that stands alone in a paragraph: on our pages its caption."""
    image = paragraph[0] if paragraph.tag == "p" and len(paragraph) == 1 else None
    alone = image is not None and image.tag == "img" and not "".join(map(str, paragraph.itertext())).strip()
    return " ".join(image.get("title", "").split()) if alone and image is not None else ""


def _picture(image: Element) -> str:
    """The alternative text and the file's name in its readable form, which is the same before and after storing it."""
    file = PurePosixPath(unquote(urlsplit(image.get("src", "")).path))
    stem = _HASH.sub("", file.stem) if file.suffix == ".svg" else file.stem
    stored = StoredName.parse(_WIDTH.sub("", stem))
    return f"{' '.join(image.get('alt', '').split())} ({stored.stem if stored else readable_stem(stem + file.suffix)})"
