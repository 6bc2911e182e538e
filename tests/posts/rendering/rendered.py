"""What the tests of rendering share: both grammars in one word, and the finished page as a browser reads it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from xml.etree.ElementTree import Element

import html5lib

from posts.markup import Markup
from posts.rendering import Rendering, render

Grammar = Callable[..., Rendering]

FORBIDDEN_ELEMENTS = {
    *("script", "style", "noscript", "template", "link", "meta", "base", "head", "title"),
    *("form", "button", "select", "textarea", "isindex", "dialog"),
    *("iframe", "frame", "frameset", "object", "embed", "applet", "param", "portal"),
    *("svg", "math", "plaintext", "xmp", "marquee"),
}
ADDRESSES = ("href", "src", "srcset", "cite", "action", "formaction", "poster", "data", "background", "ping")
OUR_SCHEMES = ("http", "https", "mailto", "tel")


@dataclass(frozen=True)
class Photograph:
    """A picture that says what it was asked for."""

    src: str
    srcset: str = ""
    size: tuple[int, int] | None = None


def commonmark(body: str, **options: Any) -> Rendering:
    return render(body, markup=Markup.COMMONMARK, **{"picture": Photograph, **options})


def python_markdown(body: str, **options: Any) -> Rendering:
    return render(body, markup=Markup.PYTHON_MARKDOWN, **{"picture": Photograph, **options})


def page(html: str) -> Element:
    """The HTML as a browser reads it."""
    fragment: Element = html5lib.parseFragment(html, namespaceHTMLElements=False)
    return fragment


def elements(html: str, path: str) -> list[Element]:
    return page(html).findall(f".//{path}")


def tags(html: str) -> list[str]:
    return [element.tag for element in page(html).iter() if isinstance(element.tag, str)][1:]


def words(element: Element) -> str:
    return " ".join("".join(element.itertext()).split())


def dangers(html: str) -> list[str]:
    """What a browser would act upon in the HTML and must not; empty for a safe one."""
    found = []
    for element in page(html).iter():
        if not isinstance(element.tag, str):
            found.append("a comment")
            continue
        if element.tag in FORBIDDEN_ELEMENTS or element.tag.startswith("{"):
            found.append(f"<{element.tag}>")
        if element.tag == "input" and (element.get("type") != "checkbox" or element.get("disabled") is None):
            found.append("a live field")
        for name, value in element.attrib.items():
            if name == "style" or name.startswith("on") or name in ("srcdoc", "target", "name", "xmlns", "is", "slot"):
                found.append(f"{name}=")
            if name in ADDRESSES and _scheme(value) not in ("", *OUR_SCHEMES):
                found.append(f"{name}={value}")
    return found


def _scheme(address: str) -> str:
    """The scheme as a browser reads it: control characters and white space do not count."""
    bare = "".join(c for c in address if c > " " and c.isprintable()).lower()
    before, colon, _ = bare.partition(":")
    return before if colon and not set(before) & set("/?#") else ""
