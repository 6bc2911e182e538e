"""What the pass over a body is given, and what it finds."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol

from lxml.etree import _Element as Element

from posts.rendering.anchors import IdStyle
from posts.rendering.sanitising import PAGE_IDS


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


TYPOGRAPHY = "–—…‘’“”"
"""What an engine makes of hyphens, dots and straight quotation marks."""


@dataclass(slots=True)
class Page:
    """What the pass is given, and what it finds on its way."""

    title: str
    picture: Callable[[str], Picture]
    site_host: str
    file: Callable[[str], str] = str  # the address here of a file that a link names, else what it names
    id_style: str = IdStyle.GITHUB
    set_signs: str = TYPOGRAPHY  # of typography, those that the engine alone can have set
    whole_titles: bool = False  # what stands in braces behind a heading is its text
    taken: set[str] = field(default_factory=lambda: set(PAGE_IDS))
    contents: list[Heading] = field(default_factory=list)
    images: dict[str, str] = field(default_factory=dict)
    tasks: set[Element] = field(default_factory=set)  # the items that have their checkbox
    hidden_title: str = ""
    text: str = ""
    summary: str = ""
