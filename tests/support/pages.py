"""A page as a reader's program sees it."""

from xml.etree.ElementTree import Element

import html5lib
from django.test import Client


class Page:
    """A fetched page, asked by element."""

    def __init__(self, client: Client, path: str) -> None:
        self.response = client.get(path)
        assert self.response.status_code == 200, (path, self.response.status_code)
        self.html = self.response.content.decode()
        self.tree = html5lib.parse(self.html, namespaceHTMLElements=False)

    def texts(self, name: str, css_class: str = "") -> list[str]:
        return [" ".join("".join(e.itertext()).split()) for e in self.elements(name, css_class)]

    def elements(self, name: str, css_class: str = "") -> list[Element]:
        return [e for e in self.tree.iter(name) if not css_class or css_class in e.get("class", "").split()]

    def links(self) -> dict[str, str]:
        """Where links lead, by their text."""
        return {" ".join("".join(a.itertext()).split()): a.get("href", "") for a in self.elements("a")}
