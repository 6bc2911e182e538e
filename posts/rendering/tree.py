"""One pass over the HTML that an engine made: headings, footnotes, links, images, code, tables, the plain text."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Protocol
from unicodedata import normalize

from lxml import etree
from lxml.etree import _Element as Element

from posts.rendering.errors import RenderingError
from posts.rendering.highlighting import coloured
from posts.rendering.sanitising import PAGE_IDS, TAGS

SIZES = "(min-width: 48rem) 44rem, 100vw"
"""How wide an image of the body is shown: the column on a wide screen, all of a narrow one."""

SUMMARY_WORDS = 70

_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_LISTED_LEVELS = (2, 3, 4)
_BLOCKS = {
    *_HEADINGS,
    *(
        "blockquote",
        "br",
        "dd",
        "div",
        "dt",
        "figcaption",
        "figure",
        "hr",
        "li",
        "p",
        "pre",
        "summary",
        "td",
        "th",
        "tr",
    ),
}
_WITHOUT_TEXT = ("iframe", "noembed", "noframes", "noscript", "object", "script", "style", "svg", "template")
_MORE = "more"  # <!--more-->

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_CONTROL_REFERENCE = re.compile(
    r"&#(?:x0*(?:1?[0-9a-f]|fff[ef])|0*(?:[12]?[0-9]|3[01]|6553[45]))(?![0-9a-f]);?", re.IGNORECASE
)
_UNSET = str.maketrans({"–": "--", "—": "---", "…": "...", "‘": "'", "’": "'"})
"""What an engine's typography made of an id in braces, back to what was written."""
_TYPOGRAPHIC_MARK = re.compile("[–—…‘’“”]")
_WRITTEN_ATTRIBUTE = re.compile(r"[#.][^\s{}]+|[\w-]+=[^\s{}]+")
_HOST = re.compile(r"\s*(?:https?:)?//(?:[^/?#@]*@)?([^/?#]*)", re.IGNORECASE)
_INFO_WORD = re.compile(r"[^\s,{]+")


class Picture(Protocol):
    """An image as the page shows it: its address, its srcset ("" for none), its size in pixels where known."""

    @property
    def src(self) -> str: ...
    @property
    def srcset(self) -> str: ...
    @property
    def size(self) -> tuple[int, int] | None: ...


@dataclass(frozen=True, slots=True)
class Heading:
    """One line of the contents list. `level` is that of the finished page, where only the title is 1."""

    level: int
    id: str
    text: str


@dataclass(slots=True)
class Page:
    """What the pass is given, and what it finds on its way."""

    title: str
    picture: Callable[[str], Picture]
    site_host: str
    taken: set[str] = field(default_factory=lambda: set(PAGE_IDS))
    contents: list[Heading] = field(default_factory=list)
    images: dict[str, None] = field(default_factory=dict)
    hidden_title: str = ""
    text: str = ""
    summary: str = ""


def finish(html: str, page: Page) -> str:
    """The engine's HTML as the page shows it, not yet sanitised; what it holds is noted on `page`.

    Raises RenderingError where elements are nested deeper than the parser goes, for it would drop their text.
    """
    body = _parsed(html)
    etree.strip_elements(body, *_WITHOUT_TEXT, with_tail=False)
    if unknown := {element.tag for element in body.iterdescendants(etree.Element)} - TAGS:
        # The sanitiser takes names of MathML and SVG out with all that is in them: here their text stays.
        etree.strip_tags(body, *unknown)
    marks = _number_footnotes(body)
    elements = list(body.iterdescendants(etree.Element))
    _separate_blocks(elements)
    _settle_ids(elements, page)
    headings = _settle_headings(body, page)
    page.text = "\n".join(filter(None, map(str.strip, _text(body).split("\n"))))
    page.summary = _summary(body)
    for mark, shown in marks:
        mark.text = shown
    for heading, text in headings:
        _add_anchor(heading, text)
    for element in elements:
        if decorate := _DECORATIONS.get(element.tag):
            decorate(element, page)
    return etree.tostring(body, method="html", encoding="unicode")


def anchor(text: str, taken: set[str]) -> str:
    """The heading's id as Hugo makes it: "A B & C" gives "a-b--c", a second one "a-b--c-1".

    Adds the id to `taken`. Source: goldmark's automatic heading ids, with Hugo's `github` style.
    """
    letters = "".join(map(str.lower, text.strip()))  # one by one, as Go does: the end of a word has no say in Σ
    base = "".join(c for c in letters if c.isalpha() or c.isdecimal() or c in " -_").replace(" ", "-") or "heading"
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


def _parsed(html: str) -> Element:
    """The body element. Control characters go: neither XML feeds nor PostgreSQL take them."""
    parser = etree.HTMLParser(remove_pis=True)
    html = _CONTROL_REFERENCE.sub(" ", _CONTROL.sub("", html))
    body = etree.fromstring(f"<html><body>{html}</body></html>", parser).find("body")
    last = parser.error_log.last_error
    if last is not None and last.type == etree.ErrorTypes.ERR_RESOURCE_LIMIT:
        raise RenderingError("tree", "elements are nested more than 250 deep, or one text is longer than 10 MB")
    if body is None:
        raise RenderingError("tree", "the HTML has no body")
    return body


def _separate_blocks(elements: Iterable[Element]) -> None:
    """White space after every block, so that the words of two cells or items do not run together."""
    for element in elements:
        if element.tag in _BLOCKS and not element.tail:
            element.tail = "\n"


def _set(element: Element, name: str, value: str) -> None:
    """An attribute from words that may hold characters which XML, and so lxml, refuses."""
    element.set(name, value if value.isprintable() else _CONTROL.sub("", value))


def _pop(element: Element, name: str) -> str:
    """Take the attribute off and give its value, "" where there is none."""
    value = element.get(name, "")
    element.attrib.pop(name, "")
    return value


def _remove(element: Element) -> None:
    """Take the element out and leave the text after it."""
    parent, before = element.getparent(), element.getprevious()
    if parent is None:
        return
    if element.tail and before is not None:
        before.tail = (before.tail or "") + element.tail
    elif element.tail:
        parent.text = (parent.text or "") + element.tail
    parent.remove(element)


def _line(element: Element) -> str:
    """The element's text with single spaces."""
    return " ".join(_text(element).split())


def _text(element: Element) -> str:
    return etree.tostring(element, method="text", encoding="unicode", with_tail=False)


# Footnotes


def _number_footnotes(body: Element) -> list[tuple[Element, str]]:
    """Footnotes with Hugo's ids, `fn:1` and `fnref:1`, whichever engine made them.

    Returns each mark and each arrow back, emptied, with the text to show: "medicine1" is no word to search for.
    """
    notes = next((e for e in body.iter("section", "div") if e.get("class") in ("footnotes", "footnote")), None)
    ordered = notes.find("ol") if notes is not None else None
    if notes is None or ordered is None:
        return []
    notes.tag = "div"
    _set_all(notes, {"class": "footnotes", "role": "doc-endnotes"})
    if notes.find("hr") is None:
        notes.insert(0, etree.Element("hr"))
    numbers: dict[str, int] = {}
    for number, note in enumerate(ordered.iterchildren("li"), start=1):
        numbers["#" + note.get("id", "")] = number
        note.set("id", f"fn:{number}")
    places = _number_references(body, numbers)
    shown = [(mark, str(number)) for number, marks in places.items() for mark in marks]
    for number, note in enumerate(ordered.iterchildren("li"), start=1):
        shown.extend((arrow, "↩\ufe0e") for arrow in _point_back(note, number, places.get(number, [])))
    return shown


def _number_references(body: Element, numbers: dict[str, int]) -> dict[int, list[Element]]:
    """The marks of each note, in order: the first has the id `fnref:1`, the next `fnref1:1`."""
    places: dict[int, list[Element]] = {}
    for mark in body.iter("a"):
        holder, number = mark.getparent(), numbers.get(mark.get("href", ""))
        if number is None or holder is None or holder.tag != "sup":
            continue
        marks = places.setdefault(number, [])
        holder.attrib.clear()
        holder.set("id", f"fnref{len(marks) or ''}:{number}")
        _set_all(mark, {"href": f"#fn:{number}", "class": "footnote-ref", "role": "doc-noteref"})
        _pop(mark, "id")
        mark.text = None
        marks.append(mark)
    return places


def _point_back(note: Element, number: int, marks: list[Element]) -> list[Element]:
    """Lead the arrows at the end of a note, one for each mark in the text, to their marks; returns them, emptied."""
    arrows = [a for a in note.iter("a") if a.get("class") == "footnote-backref"]
    for place, arrow in enumerate(arrows[: len(marks)]):
        arrow[:], arrow.text = [], None
        _keep_on_the_line(arrow)
        nth = f"-{place + 1}" if place else ""
        _set_all(arrow, {"href": f"#fnref{place or ''}:{number}", "role": "doc-backlink"})
        arrow.set("aria-label", f"Back to reference {number}{nth}")
        _pop(arrow, "title")
    return arrows[: len(marks)]


def _keep_on_the_line(arrow: Element) -> None:
    """No line begins with an arrow: the space before it does not break."""
    before, holder = arrow.getprevious(), arrow.getparent()
    if before is not None:
        before.tail = (before.tail or "").rstrip() + "\N{NO-BREAK SPACE}"
    elif holder is not None and holder.tag == "p":
        holder.text = (holder.text or "").rstrip() + "\N{NO-BREAK SPACE}"


def _set_all(element: Element, attributes: dict[str, str]) -> None:
    for name, value in attributes.items():
        element.set(name, value)


# Ids and headings


def _settle_ids(elements: Iterable[Element], page: Page) -> None:
    """Each id once: the first in the text keeps it. `<a name>`, of older sites, becomes an id."""
    for element in elements:
        if element.tag == "a" and (name := _pop(element, "name")) and "id" not in element.attrib:
            _set(element, "id", name)
        identity = element.get("id")
        if identity is None:
            continue
        if identity in page.taken or not identity or any(c.isspace() for c in identity):
            del element.attrib["id"]
        page.taken.add(identity)


def _settle_headings(body: Element, page: Page) -> list[tuple[Element, str]]:
    """Headings with an id and a level that leaves the only h1 to the title; returns those that can be linked to.

    The first h1 goes when it repeats the title, or is all the title there is. Headings from another h1 on are one level deeper than written.
    """
    linkable, lowered, title_seen = [], 0, False
    for heading in list(body.iter(*_HEADINGS)):
        identity, text = _identity(heading, page.taken), _line(heading)
        level = int(str(heading.tag)[1])
        if level == 1 and not title_seen:
            title_seen = True
            if not page.title or _folded(text) == _folded(page.title):
                page.hidden_title = text
                _remove(heading)
                continue
        lowered = lowered or int(level == 1)
        level = min(level + lowered, 6)
        heading.tag = f"h{level}"
        if identity:
            _set(heading, "id", identity)
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
            return _text(element)
    return _TYPOGRAPHIC_MARK.split(run, maxsplit=1)[0]


def _pop_written_id(heading: Element) -> str:
    """Take `{#id .class}` off the heading's end and give the id."""
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
    return next((word[1:].translate(_UNSET) for word in attributes if word.startswith("#")), "")


def _folded(text: str) -> str:
    """The text without what typography, case and white space add."""
    text = re.sub("[\"'«»‘’‚“”„‹›]", "", normalize("NFKC", text).casefold())
    return " ".join(re.sub("[-‐-―−]+", "-", text).split())


def _add_anchor(heading: Element, text: str) -> None:
    link = etree.SubElement(heading, "a", {"class": "anchor", "href": "#" + heading.get("id", "")})
    _set(link, "aria-label", f"Permalink: {text}")
    link.text = "#"


# Text


def _summary(body: Element) -> str:
    """The text before `<!--more-->`, else up to the end of the paragraph in which the seventieth word falls (Hugo)."""
    marked = any((comment.text or "") == _MORE for comment in body.iter(etree.Comment))
    return " ".join("".join(_opening(body, None if marked else SUMMARY_WORDS)).split())


def _opening(body: Element, limit: int | None) -> Iterator[str]:
    """The pieces of text before the end of the paragraph that reaches `limit` words, or, without one, before the mark."""
    words, since = 0, [""]
    walk = etree.iterwalk(body, events=("start", "end", "comment"))
    for event, element in walk:
        if event == "comment" and limit is None and element.text == _MORE:
            return
        if event == "start" and element.get("class") == "footnotes":
            walk.skip_subtree()
        piece = element.text if event == "start" and element.get("class") != "footnotes" else None
        if event != "start":
            if limit is not None and element.tag == "p":
                words, since = words + len("".join(since).split()), []
                if words >= limit:
                    return
            piece = element.tail
        if piece:
            since.append(piece)
            yield piece


# Elements


def _decorate_link(link: Element, page: Page) -> None:
    """A link to another host says so."""
    _pop(link, "rel")
    host = _HOST.match(link.get("href", ""))
    if host and host[1].lower() != page.site_host.lower():
        link.set("rel", "noopener external")


def _decorate_image(image: Element, page: Page) -> None:
    """An image that loads late and in the width it is shown at; with a title and alone, a figure."""
    _pop(image, "srcset")
    _pop(image, "sizes")
    _set_all(image, {"loading": "lazy", "decoding": "async", "alt": image.get("alt", "")})
    source = image.get("src", "")
    scheme, colon, _ = source.partition("/")[0].partition(":")
    if source and (not colon or scheme.lower() in ("http", "https")):
        page.images[source] = None
        _show(image, page.picture(source))
    _caption(image)


def _show(image: Element, picture: Picture) -> None:
    _set(image, "src", picture.src)
    if picture.srcset:
        _set(image, "srcset", picture.srcset)
        image.set("sizes", SIZES)
    if picture.size and "width" not in image.attrib and "height" not in image.attrib:
        width, height = picture.size
        _set_all(image, {"width": str(width), "height": str(height)})


def _caption(image: Element) -> None:
    """A paragraph that holds this image only becomes a figure, the image's title its caption."""
    paragraph, title = image.getparent(), image.get("title", "")
    if paragraph is None or paragraph.tag != "p" or not title.strip() or len(paragraph) > 1:
        return
    if (paragraph.text or "").strip() or (image.tail or "").strip():
        return
    paragraph.tag = "figure"
    del image.attrib["title"]
    etree.SubElement(paragraph, "figcaption").text = title


def _decorate_code(block: Element, page: Page) -> None:
    """A code block that the keyboard can scroll, in colour where its language is known."""
    code = block[0] if len(block) == 1 else None
    language = _INFO_WORD.match(code.get("class", "").partition("language-")[2]) if code is not None else None
    if code is None or code.tag != "code" or not language or len(code):
        block.set("tabindex", "0")
        return
    spans = coloured(code.text or "", language[0])
    if spans is None:
        block.set("tabindex", "0")
        return
    code.attrib.clear()
    _set(code, "data-lang", language[0])
    inside = _parsed(f"<code>{spans}</code>")[0]
    code.text = inside.text
    code.extend(list(inside))
    _set_all(_wrapped(block), {"class": "highlight", "tabindex": "0"})


def _decorate_table(table: Element, page: Page) -> None:
    """A table that scrolls sideways by itself; its name is its caption, else its first row."""
    named = table.find("caption")
    if named is None:
        named = table.find(".//tr")
    cells = [_line(cell) for cell in named] or [_line(named)] if named is not None else []
    box = _wrapped(table)
    _set_all(box, {"class": "table-scroll", "tabindex": "0", "role": "region"})
    _set(box, "aria-label", ", ".join(filter(None, cells)) or "Table")


def _wrapped(element: Element) -> Element:
    """A new div in the element's place, with the element inside."""
    box = etree.Element("div")
    parent = element.getparent()
    if parent is not None:
        parent.replace(element, box)
    box.tail, element.tail = element.tail, None
    box.append(element)
    return box


def _decorate_input(box: Element, page: Page) -> None:
    """A task's checkbox, named by the first line of the task; any other field goes."""
    item = box.getparent()
    if item is None or item.tag != "li" or box.get("type") != "checkbox":
        _remove(box)
        return
    pieces = (" ".join(line.split()) for piece in item.itertext(etree.Element) for line in str(piece).split("\n"))
    _set(box, "aria-label", next(filter(None, pieces), "Task"))
    following = box.getnext()
    if following is not None and following.tag == "p" and not (box.tail or "").strip():
        following.insert(0, box)
        box.tail, following.text = " " + (following.text or ""), None


_DECORATIONS: dict[str, Callable[[Element, Page], None]] = {
    "a": _decorate_link,
    "img": _decorate_image,
    "input": _decorate_input,
    "pre": _decorate_code,
    "table": _decorate_table,
}
