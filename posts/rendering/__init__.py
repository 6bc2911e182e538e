"""Markdown → safe, finished HTML, when a post is saved or imported; never while a reader waits."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from html import unescape
from math import ceil

from posts.markup import Markup
from posts.rendering import commonmark, east_asian, python_markdown, raw, references, typography
from posts.rendering.anchors import IdStyle, anchor
from posts.rendering.errors import RenderingError
from posts.rendering.leniency import refuse_many_definitions, refuse_sparse_tables
from posts.rendering.page import TYPOGRAPHY, Heading, Page, Picture
from posts.rendering.sanitising import sanitised
from posts.rendering.shortcodes import Shortcode, ShortcodeError, ShortcodeFinding, Shortcodes, expanded
from posts.rendering.tree import finish
from posts.sentences import gettext_noop

__all__ = [
    "VERSION",
    "Heading",
    "IdStyle",
    "Picture",
    "Rendering",
    "RenderingError",
    "Shortcode",
    "ShortcodeError",
    "ShortcodeFinding",
    "Shortcodes",
    "Writing",
    "anchor",
    "render",
]

VERSION = 18
"""Stored with each rendering; raise it when the output changes."""

WORDS_A_MINUTE = 213
CHARACTERS_A_MINUTE = 500
_CHINESE_JAPANESE_KOREAN = re.compile(f"[{east_asian.LETTERS}]")
_RAW_HTML = re.compile(r"<(?!https?:)[a-z/!?]", re.IGNORECASE)

Engine = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Writing:
    """How a site has its CommonMark read."""

    emoji: bool = False  # `:smile:` is one
    straight_quotes: bool = False  # quotes, dashes and dots stay as written
    hard_wraps: bool = False  # a line's end is one
    plain_addresses: bool = False  # a bare address is no link
    extras: tuple[str, ...] = ()  # of commonmark.EXTRAS, east_asian.LINE_ENDS, and `escapedSpace`
    left_off: tuple[str, ...] = ()  # of commonmark.EXTENSIONS
    block_attributes: bool = False  # `{.note}` below a block is none of its text
    whole_titles: bool = False  # `{#id}` behind a heading is its text
    signs: tuple[tuple[str, str], ...] = ()  # of typography, each with that of the site; an apostrophe's is that of `'`


ENGINES: dict[Markup, Engine] = {
    Markup.COMMONMARK: commonmark.to_html,
    Markup.PYTHON_MARKDOWN: python_markdown.to_html,
    Markup.HTML: raw.to_html,
}


@dataclass(frozen=True, slots=True)
class Rendering:
    """What a body becomes. `text` and `summary` are plain; `images` has alt texts by the addresses as the author wrote them."""

    html: str
    title: str  # the first h1, if it is not shown because it is the page's title
    contents: tuple[Heading, ...]
    summary: str
    words: int
    minutes: int
    text: str
    images: dict[str, str]
    shortcodes: tuple[ShortcodeFinding, ...] = ()  # what is wrong with some


def render(
    body: str,
    *,
    markup: Markup,
    title: str = "",
    by_character: bool | None = None,
    picture: Callable[[str], Picture],
    file: Callable[[str], str] = str,
    site_host: str = "",
    shortcodes: Shortcodes | None = None,
    writing: Writing = Writing(),
    id_style: str = IdStyle.GITHUB,
) -> Rendering:
    """The body as the page shows it. `picture` gives an image's address, srcset and size for what the author wrote,
    `file` the address of another file that the body leads to.

    Time to read goes `by_character` instead of by word, or, if None, where the text is Chinese, Japanese or Korean.
    `shortcodes` gives the HTML of a shortcode; without it `{{< x >}}` is text like any other.
    Raises RenderingError, and nothing else, for a body that cannot be rendered whole.
    """
    _refuse(body, markup)
    page = Page(title=title, picture=picture, file=file, site_host=site_host, id_style=id_style)
    page.set_signs, page.whole_titles = _set_signs(body), writing.whole_titles
    html, findings = _html(body, markup, writing, shortcodes)
    html = sanitised(finish(html, page))
    if "{{" in body or _RAW_HTML.search(body):
        html = sanitised(html)  # what a browser would still move about: from the second time on it stays as it is
    return _rendering(html, page, by_character, findings)


def _refuse(body: str, markup: Markup) -> None:
    """Raises RenderingError for what no engine can take, or not in any time."""
    try:
        body.encode()
    except UnicodeEncodeError as error:
        problem = gettext_noop("half of a surrogate pair at character %(place)s") % {"place": error.start + 1}
        raise RenderingError("text", problem) from error
    if markup is not Markup.HTML:
        refuse_sparse_tables(body)
        refuse_many_definitions(body)


def _set_signs(body: str) -> str:
    """The signs of typography that the author did not write, so that whatever has one was set by an engine."""
    typed = unescape(body) if "&" in body else body
    return "".join(sign for sign in TYPOGRAPHY if sign not in typed)


def _rendering(html: str, page: Page, by_character: bool | None, findings: tuple[ShortcodeFinding, ...]) -> Rendering:
    words, minutes = _length(page, by_character)
    return Rendering(
        html=html,
        title=page.hidden_title,
        contents=tuple(page.contents),
        summary=page.summary,
        words=words,
        minutes=minutes,
        text=page.text,
        images=page.images,
        shortcodes=findings,
    )


def _as_written(writing: Writing) -> Engine:
    said = {name: getattr(writing, name) for name in writing.__slots__ if name not in {"signs", "whole_titles"}}
    return partial(_as_hugo_sets_it, engine=partial(commonmark.to_html, **said), writing=writing)


def _as_hugo_sets_it(body: str, *, engine: Engine, writing: Writing) -> str:
    """The engine's HTML with the signs and the blanks that Hugo has in it."""
    spaced = east_asian.spaces_hidden(body) if "escapedSpace" in writing.extras else body
    text = references.noted(spaced, emoji=writing.emoji)
    sets_signs = not writing.straight_quotes and ('"' in text or "'" in text or writing.signs != ())
    kept = typography.hidden(text) if sets_signs else text
    html = engine(kept)
    if sets_signs:
        html = typography.set_anew(html, dict(writing.signs))
    if kept != text:
        html = typography.shown(html)
    if text != spaced:
        html = references.in_headings(html)
    if spaced != body:
        html = east_asian.spaces_gone(html)
    return east_asian.lines_joined(html, writing.extras)


def _html(
    body: str, markup: Markup, writing: Writing, shortcodes: Shortcodes | None
) -> tuple[str, tuple[ShortcodeFinding, ...]]:
    """The engine's HTML with the shortcodes in it, and what is wrong with those."""
    commonmark_engine = _as_written(writing)
    engine = commonmark_engine if markup is Markup.COMMONMARK else ENGINES[markup]
    if shortcodes is None or "{{" not in body:
        return engine(body), ()
    markdown = commonmark_engine if markup is Markup.HTML else engine  # what shortcodes are given to read (Hugo)
    expansion = expanded(body, shortcodes, markdown)
    return expansion.put_in(engine(expansion.body)), expansion.findings


def _length(page: Page, by_character: bool | None) -> tuple[int, int]:
    """The words of the page, those of its hidden title with them, and the minutes that they take to read."""
    if by_character is None:
        by_character = not page.text.isascii() and _CHINESE_JAPANESE_KOREAN.search(page.text) is not None
    words = _count(f"{page.hidden_title} {page.text}", by_character=by_character)
    return words, max(1, ceil(words / (CHARACTERS_A_MINUTE if by_character else WORDS_A_MINUTE)))


def _count(text: str, *, by_character: bool) -> int:
    """Words between white space; in Chinese, Japanese and Korean each character of a word that is not ASCII (Hugo)."""
    words = text.split()
    return sum(1 if word.isascii() else len(word) for word in words) if by_character else len(words)
