"""One pass over the HTML that an engine made: footnotes, ids, headings, the plain text, decorations."""

from collections.abc import Iterator
from typing import cast

from lxml import etree
from lxml.etree import _Element as Element

from posts.rendering.decorations import DECORATIONS
from posts.rendering.elements import parsed, pop, set_attribute, text_of
from posts.rendering.footnotes import number_footnotes
from posts.rendering.headings import add_anchor, settle_headings
from posts.rendering.page import Page
from posts.rendering.sanitising import TAGS

SUMMARY_WORDS = 70

_BLOCKS = (
    *("aside", "blockquote", "br", "dd", "div", "dt", "figcaption", "figure", "hr", "li", "p", "pre", "section"),
    *("h1", "h2", "h3", "h4", "h5", "h6", "summary", "td", "th", "tr"),
)
_WITHOUT_TEXT = ("iframe", "noembed", "noframes", "noscript", "object", "script", "style", "svg", "template")
_SUCCESSORS = {
    **{"acronym": "abbr", "dir": "ul", "menu": "ul", "strike": "s", "tt": "code"},
    **dict.fromkeys(("address", "article", "center", "fieldset", "footer", "form", "header", "hgroup"), "div"),
    **dict.fromkeys(("legend", "main", "nav", "search"), "div"),
}
"""What stands in place of elements that the sanitiser does not know, so that no word joins another's and none is unstruck."""
_MORE = "more"  # <!--more-->
_WITH_ID = etree.XPath("descendant::*[@id or (self::a and @name)]")


def finish(html: str, page: Page) -> str:
    """The engine's HTML as the page shows it, not yet sanitised; what it holds is noted on `page`.

    Raises RenderingError where elements are nested deeper than the parser goes, for it would drop their text.
    """
    body = parsed(html)
    etree.strip_elements(body, *_WITHOUT_TEXT, with_tail=False)
    if unknown := {element.tag for element in body.iterdescendants(etree.Element)} - TAGS:
        for element in body.iterdescendants(*_SUCCESSORS):
            element.tag = _SUCCESSORS[str(element.tag)]
        # The sanitiser takes names of MathML and SVG out with all that is in them: here their text stays.
        etree.strip_tags(body, *unknown - _SUCCESSORS.keys())
    marks = number_footnotes(body)
    mark = _mark(body) if "<!" in html else None
    if mark is not None:
        _end_paragraph_at(mark)
    _settle_ids(body, page)
    decorated = list(body.iterdescendants(*DECORATIONS))
    headings = settle_headings(body, page)
    _separate_blocks(body)
    page.text = "\n".join(filter(None, map(str.strip, text_of(body).split("\n"))))
    page.summary = " ".join("".join(_opening(body, None if mark is not None else SUMMARY_WORDS)).split())
    for mark, shown in marks:
        mark.text = shown
    for heading, text in headings:
        add_anchor(heading, text)
    for element in decorated:
        DECORATIONS[str(element.tag)](element, page)
    return etree.tostring(body, method="html", encoding="unicode")


def _mark(body: Element) -> Element | None:
    """The first `<!--more-->`."""
    return next((comment for comment in body.iter(etree.Comment) if comment.text == _MORE), None)


def _end_paragraph_at(mark: Element) -> None:
    """What follows the mark in its paragraph is one of its own (Hugo)."""
    paragraph = mark.getparent()
    if paragraph is None or paragraph.tag != "p":
        return
    rest = etree.Element("p")
    rest.text, mark.tail = (mark.tail or "").lstrip(), None
    rest.extend(list(mark.itersiblings()))
    if rest.text or len(rest):
        rest.tail, paragraph.tail = paragraph.tail, "\n"
        paragraph.addnext(rest)


def _separate_blocks(body: Element) -> None:
    """White space after every block, so that the words of two cells, items or lines do not run together; inside `pre` it would show."""
    for element in body.iterdescendants(*_BLOCKS):
        tail = element.tail or ""
        if not tail[:1].isspace() and next(element.iterancestors("pre"), None) is None:
            element.tail = "\n" + tail


def _settle_ids(body: Element, page: Page) -> None:
    """Each id once: the first in the text keeps it. `<a name>`, of older sites, becomes an id."""
    for element in cast("list[Element]", _WITH_ID(body)):
        if element.tag == "a" and (name := pop(element, "name")) and "id" not in element.attrib:
            set_attribute(element, "id", name)
        identity = element.get("id")
        if identity is None:
            continue
        if identity in page.taken or not identity or any(c.isspace() for c in identity):
            del element.attrib["id"]
        page.taken.add(identity)


def _opening(body: Element, limit: int | None) -> Iterator[str]:
    """The pieces of the summary's text: before the end of the paragraph that reaches `limit` words, or, without one, before
    the mark (Hugo)."""
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
