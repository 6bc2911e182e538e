"""What front matter says in Markdown: as words, or as the HTML of one line."""

import re
from collections.abc import Callable

from posts import rendering
from posts.markup import Markup
from posts.source import Source

_MARKS = re.compile(r"[*_`<&\[]")  # with which Markdown and HTML begin
_ONE_PARAGRAPH = re.compile(r"\s*+<p>((?:(?!</?p>).)*+)</p>\s*", re.DOTALL)


def plain(
    said: str, *, markup: Markup, source: Source, picture: Callable[[str], rendering.Picture], site_host: str
) -> str:
    """What a Jekyll document says in Markdown, as its themes read it."""
    if not source.jekyll or not _MARKS.search(said):
        return said
    return " ".join(rendering.render(said, markup=markup, picture=picture, site_host=site_host).text.split())


def line(said: str, *, source: Source, picture: Callable[[str], rendering.Picture], site_host: str) -> str:
    """The HTML of a text that is one line of Markdown, as Hugo's `markdownify` has it; "" for what has no marks or is more."""
    if not _MARKS.search(said):
        return ""
    html = rendering.render(
        said, markup=Markup.COMMONMARK, picture=picture, site_host=site_host, writing=source.writing
    ).html
    single = _ONE_PARAGRAPH.fullmatch(html)
    return single[1] if single else ""
