"""A document's body in Markdown's own terms, whatever tool its site was written for."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from pathlib import PurePosixPath
from urllib.parse import quote

from posts import dates, rendering
from posts.document import Document
from posts.document.values import Value, as_text
from posts.link_targets import OF_GHOST
from posts.markup import Markup
from posts.rendering import embedded, frames, kramdown, liquid, notes, other_tools, relative_links, wiki_links
from posts.source import Source, page_key

MORE = "<!--more-->"
OF_FILE = "file:"
"""Before the place of a file among the values of a Jekyll site."""
AUTHOR = "author:"
"""Before the key of an author whom a file beside the posts names."""
WHETHER = "?"
"""Before a name of its data: whether they say anything under it."""
_NO_NAME = re.compile(r"[./]{2}")  # in what Jekyll includes, which so stays in its folder
_OF_JEKYLL = frozenset(
    {"categories", "collection", "content", "excerpt", "id", "next", "previous", "slug", "tags", "title"}
)
"""What pages may say of themselves without their front matter."""
_LONGEST_NUMBER = 9  # digits of an item's in a list
INCLUDES = "_includes"
"""The folder of files that texts include, unless the site's configuration has another."""


def in_markdown(
    document: Document, source: Source, path: str, date: datetime | None
) -> tuple[str, tuple[rendering.ShortcodeFinding, ...]]:
    """The body of the page at this path in Markdown's own terms and with addresses of this site, and what of it is lost."""
    body, lost = _in_markdown(document, source, _of_itself(source, path, date))
    return body, (*lost, *frames.lost(document.body, body))


def _in_markdown(
    document: Document, source: Source, own: Mapping[str, str]
) -> tuple[str, tuple[rendering.ShortcodeFinding, ...]]:
    body = embedded.named(document.body, source.assets.__contains__)
    body = relative_links.without_base(body.replace(f"{OF_GHOST}/", "/"), source.base)
    place, folder = partial(_address, source, "link"), str(PurePosixPath(source.page).parent)
    if source.hugo:
        is_html = Markup.of_file(source.page) is Markup.HTML
        return body if is_html else relative_links.in_markdown(body, folder, place), ()

    has_tags = source.jekyll or source.hexo
    body = notes.in_markdown(body) if source.notes else body
    body = other_tools.parted(body) if source.of_others or source.hexo else body
    body, lost = (body, ()) if has_tags else wiki_links.in_markdown(body, place, partial(_has_file, source))
    body = body.replace("](@/", "](/")  # as Zola writes where a link begins at the top
    body = relative_links.in_markdown(body, folder, place)
    if has_tags:
        return _without_tags(body, document, source, own)
    body, theirs = other_tools.in_markdown(body, of_others=source.of_others)
    return body, (*lost, *theirs)


def _without_tags(
    body: str, document: Document, source: Source, own: Mapping[str, str]
) -> tuple[str, tuple[rendering.ShortcodeFinding, ...]]:
    """The body of a Jekyll or a Hexo document, with its excerpt marked as we do, without what Liquid puts in its text."""
    value = partial(_value, _Front(document, source), source, own)
    end = document.get("excerpt_separator", source.defaults.get("excerpt_separator", source.excerpt_end))
    if isinstance(end, str) and end.startswith("<!--") and end in body:
        body = body.replace(end, MORE, 1)
    is_html = Markup.of_file(source.page) is Markup.HTML
    markdown = str if is_html else partial(kramdown.in_markdown, raw_html=source.raw_html)
    if document.get("render_with_liquid", source.defaults.get("render_with_liquid")) is False:
        return markdown(body), ()

    lost = other_tools.lost(body) if source.hexo else ()
    body, theirs = liquid.in_markdown(
        body,
        partial(_address, source),
        value,
        partial(_has_file, source),
        markdown=markdown,
        is_html=is_html,
        is_hexo=source.hexo,
    )
    return body, (*lost, *theirs)


def _has_file(source: Source, address: str) -> bool:
    return address.lower().startswith(("https:", "http:")) or address in source.assets


def _of_itself(source: Source, path: str, date: datetime | None) -> dict[str, str]:
    """What Jekyll's `page` says besides its front matter: where it stands, and its moment by the site's clock."""
    if not (source.jekyll or source.hexo):
        return {}
    own = {"url": quote(path), "path": source.file}
    if source.collection:
        own["collection"] = source.collection.removeprefix("_")
    if date is None:
        return own
    moment = dates.in_zone(date, source.reading.time_zone)
    return own | {"date": f"{moment.isoformat(sep=' ')[:19]} {moment:%z}"}


def _address(source: Source, tag: str, reference: str) -> str | None:
    """The path of the page that a link or one of Liquid's tags names; None for none."""
    name = reference.rpartition("/")[2] if tag == "post_url" else reference
    path = source.pages.get(page_key(name, source.language))
    return quote(path) if path else None


@dataclass(frozen=True, slots=True)
class _Front:
    """What the document or its site's defaults say under a name; its keys are gathered once, for texts may ask very often."""

    document: Document
    source: Source
    keys: dict[int, dict[str, str]] = field(default_factory=dict)  # by the mapping, and as they are looked for

    def said(self, name: str) -> Value:
        """Such as `gallery.0.url`, and `gallery.size`, `gallery.first` or `gallery.last` of a list."""
        first, *rest = name.split(".")
        value = self._below(self.document.values, first, self.source.defaults.get(first))
        for part in rest:
            if isinstance(value, list):
                size = len(value)
                number = int(part) if part.isdecimal() and len(part) <= _LONGEST_NUMBER else size
                number = {"first": 0, "last": max(size - 1, 0)}.get(part, number)
                value = value[number] if number < size else size if part == "size" else None
            else:
                value = self._below(value, part) if isinstance(value, Mapping) else None
        return value

    def _below(self, values: Mapping[str, Value], key: str, otherwise: Value = None) -> Value:
        if (keys := self.keys.get(id(values))) is None:
            keys = self.keys[id(values)] = {str(each).casefold(): each for each in reversed([*values])}
        found = keys.get(key.casefold())
        return otherwise if found is None else values[found]


def _value(front: _Front, source: Source, own: Mapping[str, str], owner: str, name: str) -> str | None:
    """What Liquid shows for `site.name`, `page.name` or a file that it includes; None for what is no text and no number."""
    if owner == "site":
        return source.site_values.get(name)
    if owner == "site?":
        return source.site_values.get(f"{WHETHER}{name}")
    if owner in {"include", "include_relative"}:
        if _NO_NAME.search(name):
            return None
        folder = PurePosixPath(source.file).parent if owner == "include_relative" else INCLUDES
        return source.site_values.get(f"{OF_FILE}{folder}/{name}")
    said = own.get(name) if name in own or name == "date" else front.said(name)
    if owner == "page?":
        return None if name in _OF_JEKYLL and said is None else "" if said is None else "yes"
    return as_text(said) if isinstance(said, str | int | float) else None
