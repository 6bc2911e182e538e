"""What the page adds to links, images, sound and film, code, tables and task lists."""

import re
from collections.abc import Callable

from lxml import etree
from lxml.etree import _Element as Element

from posts.rendering.elements import REMOVED, line_of, parsed, pop, set_all, set_attribute
from posts.rendering.highlighting import coloured
from posts.rendering.page import Page, Picture

SIZES = "(min-width: 48rem) 44rem, 100vw"
"""How wide an image of the body is shown: the column on a wide screen, all of a narrow one."""

_HOST = re.compile(r"\s*(?:https?:)?//(?:[^/?#@]*@)?([^/?#]*)", re.IGNORECASE)
_FILE = re.compile(r"\.[A-Za-z0-9]{2,5}$")
_INFO_WORD = re.compile(r"[^\s,{]+")


def _decorate_link(link: Element, page: Page) -> None:
    """A link to another host says so; one to a file that was taken over leads to it."""
    pop(link, "rel")
    _lead_to_file(link, "href", page)
    host = _HOST.match(link.get("href", ""))
    if host and host[1].lower() != page.site_host.lower():
        link.set("rel", "noopener external")


def _decorate_media(element: Element, page: Page) -> None:
    """Sound and film that lie beside the text play from where they are kept."""
    _lead_to_file(element, "src", page)


def _lead_to_file(element: Element, attribute: str, page: Page) -> None:
    name, mark, part = element.get(attribute, "").partition("#")
    if _FILE.search(name) and (address := page.file(name)) != name:
        set_attribute(element, attribute, address + mark + part)


def _decorate_image(image: Element, page: Page) -> None:
    """An image that loads late and in the width it is shown at; with a title and alone, a figure."""
    pop(image, "srcset")
    pop(image, "sizes")
    set_all(image, {"loading": "lazy", "decoding": "async", "alt": image.get("alt", "")})
    source = image.get("src", "")
    scheme, colon, _ = source.partition("/")[0].partition(":")
    if source and (not colon or scheme.lower() in ("http", "https")):
        page.images[source] = page.images.get(source) or str(image.get("alt"))
        _show(image, page.picture(source))
    _caption(image)


def _show(image: Element, picture: Picture) -> None:
    set_attribute(image, "src", picture.src)
    if picture.srcset:
        set_attribute(image, "srcset", picture.srcset)
        image.set("sizes", SIZES)
    if picture.size and "width" not in image.attrib and "height" not in image.attrib:
        width, height = picture.size
        set_all(image, {"width": str(width), "height": str(height)})


def _caption(image: Element) -> None:
    """A paragraph that holds this image only becomes a figure, the image's title its caption."""
    paragraph, title = image.getparent(), image.get("title", "")
    if paragraph is None or paragraph.tag != "p" or not title.strip():
        return
    if image.getprevious() is not None or image.getnext() is not None:
        return
    if (paragraph.text or "").strip() or (image.tail or "").strip():
        return
    paragraph.tag = "figure"
    del image.attrib["title"]
    etree.SubElement(paragraph, "figcaption").text = title


def _decorate_code(block: Element, page: Page) -> None:
    """A code block that the keyboard can scroll, in colour where its language is known."""
    code = block[0] if len(block) == 1 and block[0].tag == "code" else None
    language = _INFO_WORD.match(code.get("class", "").partition("language-")[2]) if code is not None else None
    if code is None or not language or len(code):
        block.set("tabindex", "0")
        return
    spans = coloured(code.text or "", language[0])
    if spans is None:
        block.set("tabindex", "0")
        return
    code.attrib.clear()
    set_attribute(code, "data-lang", language[0])
    inside = parsed(f"<code>{spans}</code>")[0]
    code.text = inside.text
    code.extend(list(inside))
    set_all(_wrapped(block), {"class": "highlight", "tabindex": "0"})


def _decorate_table(table: Element, page: Page) -> None:
    """A table that scrolls sideways by itself; its name is its caption, else its first row."""
    named = table.find("caption")
    if named is None:
        named = next(table.iter("tr"), None)
    cells = [line_of(cell) for cell in named] or [line_of(named)] if named is not None else []
    box = _wrapped(table)
    set_all(box, {"class": "table-scroll", "tabindex": "0", "role": "region"})
    set_attribute(box, "aria-label", ", ".join(filter(None, cells)) or "Table")


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
    """A task's checkbox, named by the first line of the task; any other field goes, with a task's further ones."""
    item = box.getparent()
    if item is None or item.tag != "li" or box.get("type") != "checkbox" or item in page.tasks:
        box.tag = REMOVED
        return
    page.tasks.add(item)
    pieces = (" ".join(line.split()) for piece in item.itertext(etree.Element) for line in str(piece).split("\n"))
    set_attribute(box, "aria-label", next(filter(None, pieces), "Task"))
    following = box.getnext()
    if following is not None and following.tag == "p" and not (box.tail or "").strip():
        following.insert(0, box)
        box.tail, following.text = " " + (following.text or ""), None


DECORATIONS: dict[str, Callable[[Element, Page], None]] = {
    "a": _decorate_link,
    "audio": _decorate_media,
    "img": _decorate_image,
    "input": _decorate_input,
    "pre": _decorate_code,
    "source": _decorate_media,
    "table": _decorate_table,
    "video": _decorate_media,
}
