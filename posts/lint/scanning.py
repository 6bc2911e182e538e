"""A Markdown text's blocks and links with the offsets at which they stand, in one pass without rendering.

It follows CommonMark 0.31 and GitHub's tables where the rules of the lint depend on it, is linear in the text's length,
takes any text, and where a text is doubtful prefers to call it no prose. comrak renders, but tells no positions.
"""

import re
from collections.abc import Iterator

from posts.lint.blocks import HTML_UNREAD, BlockScanner
from posts.lint.inlines import InlineScanner
from posts.lint.markdown import WITH_INLINES, Block, Form, Kind, Link, Markdown


def scan(text: str, start: int = 0, *, is_html: bool = False) -> Markdown:
    """The Markdown in `text[start:]`, or all of it as one block of HTML."""
    scanner = BlockScanner(text)
    if is_html:
        scanner.blocks.append(Block(Kind.HTML, start, len(text), start, len(text)))
    else:
        scanner.run(start)
    markdown = Markdown(text, scanner.blocks)
    for block in scanner.blocks:
        if block.kind in WITH_INLINES:
            InlineScanner(markdown, block, scanner.definitions).run()
        elif block.kind is Kind.HTML and (is_html or not HTML_UNREAD.match(text, block.start)):
            markdown.tags += _outside_comments(text, block.start, block.end)
    markdown.links += scanner.defined
    markdown.links += (link for start, end in markdown.tags for link in _html_links(text, start, end))
    markdown.links.sort(key=lambda link: link.start)
    return markdown


_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)


def _outside_comments(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    at = start
    for comment in _COMMENT.finditer(text, start, end):
        yield at, comment.start()
        at = comment.end()
    yield at, end


_ADDRESS_ATTRIBUTE = re.compile(r"<(img|a)\b[^<>]{0,2000}?\s(?:href|src)\s*=\s*([\"'])([^\"'<>]*)\2", re.IGNORECASE)


def _html_links(text: str, start: int, end: int) -> list[Link]:
    return [
        Link(Form.HTML, *tag.span(), *tag.span(), tag[3], tag.start(3), is_image=tag[1].lower() == "img")
        for tag in _ADDRESS_ATTRIBUTE.finditer(text, start, end)
    ]
