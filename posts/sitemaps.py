"""`/sitemap.xml`: every page that readers may see, with its last change, its picture and its translations.

A site of more than `URLS_A_FILE` pages has an index there, whose files are `/sitemap-1.xml` and so on. No file comes
near the 50,000 addresses and 50 MB that are allowed. Source: sitemaps.org/protocol.html.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from math import ceil
from typing import Any, NamedTuple

from django.conf import settings
from django.db.models import Max
from django.http import Http404, HttpRequest, HttpResponse
from lxml import etree

from posts import counts, editions, links
from posts.dates import EARLIEST, rfc3339
from posts.models import Author, AuthoredPost, Post, PublishedQuerySet, SeriesPost, Tag, TaggedPost, quoted

URLS_A_FILE = 10_000

SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
IMAGE = "http://www.google.com/schemas/sitemap-image/1.1"
XHTML = "http://www.w3.org/1999/xhtml"
_NAMES: Any = {None: SITEMAP, "image": IMAGE, "xhtml": XHTML}


@dataclass(frozen=True, slots=True)
class Entry:
    """A page: its full address, its last change, its picture, and its addresses by language, its own included."""

    address: str
    changed: datetime | None = None
    picture: str = ""
    languages: Mapping[str, str] | None = None


class _Row(NamedTuple):
    """What an article's entry is made of. Columns of `Post` by their names."""

    pk: int
    path: str
    language: str
    translation_key: str
    date: datetime | None
    last_modified: datetime | None
    cover: str
    options: Mapping[str, object]


def sitemap(request: HttpRequest) -> HttpResponse:
    """All pages, or the index of the files that hold them."""
    lists = _lists()
    files = ceil((len(lists) + _count()) / URLS_A_FILE)
    if files <= 1:
        return _response(_urlset([*lists, *_articles(0, URLS_A_FILE)]))
    index = etree.Element(f"{{{SITEMAP}}}sitemapindex", nsmap=_NAMES)
    for number in range(1, files + 1):
        _add(_add(index, SITEMAP, "sitemap"), SITEMAP, "loc", f"{settings.SITE_URL}/sitemap-{number}.xml")
    return _response(index)


def part(request: HttpRequest, number: int) -> HttpResponse:
    """One file of several: lists come first, then the articles."""
    lists = _lists()
    start, stop = (number - 1) * URLS_A_FILE, number * URLS_A_FILE
    before = len(lists)
    if number < 1 or start >= before + _count():
        raise Http404
    articles = _articles(max(0, start - before), max(0, stop - before))
    return _response(_urlset([*lists[start:stop], *articles]))


def _count() -> int:
    return sum(counts.of_editions().values())


def _lists() -> Sequence[Entry]:
    """The lists of each edition that has posts, and the contact page; those of the first edition always."""
    return [entry for edition in {editions.first(): 0, **counts.of_editions()} for entry in _lists_of(edition)]


def _lists_of(edition: str) -> Iterator[Entry]:
    """The home page, the sections, tags, authors, series and archives, each as new as its newest article, and the
    contact page."""

    def newest_by(column: str, rows: PublishedQuerySet) -> list[tuple[str, datetime]]:
        counted = rows.in_edition(edition).live().order_by().values_list(column).annotate(Max("listed_at"))
        return sorted(counted)

    sections = newest_by("section", Post.objects.articles())
    tags = newest_by("tag__slug", TaggedPost.objects.all())
    authors = newest_by("slug", AuthoredPost.objects.all())
    series = newest_by("slug", SeriesPost.objects.all())
    found = [("", max((newest for _, newest in sections), default=None))]
    found += [(f"{name}/", newest) for name, newest in sections if name]
    found += [("tags/", max((newest for _, newest in tags), default=None))]
    found += [(f"{Tag.FOLDER[1:]}{slug}/", newest) for slug, newest in tags]
    found += [(Author.FOLDER[1:], max(newest for _, newest in authors))] if authors else []
    found += [(f"{Author.FOLDER[1:]}{slug}/", newest) for slug, newest in authors]
    found += [("series/", max(newest for _, newest in series))] if series else []
    found += [(f"series/{slug}/", newest) for slug, newest in series]
    found += [("archives/", found[0][1]), ("contact/", None)]
    for path, newest in found:
        yield Entry(settings.SITE_URL + quoted(editions.prefix(edition) + path), newest)


def _articles(start: int, stop: int) -> Iterator[Entry]:
    """The live articles of this slice, translations beside one another. Those that search engines shall not list are
    left out of it."""
    live = Post.objects.articles().live().order_by("translation_key", "pk")
    rows = [_Row(*row) for row in live.values_list(*_Row._fields)[start:stop]]
    if not rows:
        return
    # Of the first and the last group some may stand in the files before and behind.
    edges = live.filter(translation_key__in={rows[0].translation_key, rows[-1].translation_key})
    around = {row.pk: row for row in (_Row(*row) for row in edges.values_list(*_Row._fields)[: 2 * URLS_A_FILE])}
    own = {row.pk for row in rows}
    together = sorted({**around, **{row.pk: row for row in rows}}.values(), key=lambda row: row.translation_key)
    for _, group in groupby(together, key=lambda row: row.translation_key):
        yield from (entry for pk, entry in _entries(list(group)) if pk in own)


def _entries(translations: Sequence[_Row]) -> Iterator[tuple[int, Entry]]:
    shown = [row for row in translations if not row.options.get("robotsNoIndex")]
    languages = {row.language: _address(row) for row in shown}
    for row in shown:
        picture = links.web_address(row.cover, quoted(row.path)) if row.cover else ""
        changed = row.last_modified or row.date
        yield row.pk, Entry(_address(row), changed, picture, languages if len(languages) > 1 else None)


def _address(row: _Row) -> str:
    return settings.SITE_URL + quoted(row.path)


def _urlset(entries: Iterable[Entry]) -> etree._Element:
    """Each page once: of a list and an article at one address the article, which is what stands there."""
    urlset = etree.Element(f"{{{SITEMAP}}}urlset", nsmap=_NAMES)
    for entry in {entry.address: entry for entry in entries}.values():
        url = _add(urlset, SITEMAP, "url")
        _add(url, SITEMAP, "loc", entry.address)
        if entry.changed and entry.changed > EARLIEST:
            _add(url, SITEMAP, "lastmod", rfc3339(entry.changed))
        for language, address in (entry.languages or {}).items():
            _add(url, XHTML, "link").attrib.update({"rel": "alternate", "hreflang": language, "href": address})
        if entry.picture:
            _add(_add(url, IMAGE, "image"), IMAGE, "loc", entry.picture)
    return urlset


def _add(parent: etree._Element, space: str, name: str, text: str | None = None) -> etree._Element:
    element = etree.SubElement(parent, f"{{{space}}}{name}")
    element.text = text
    return element


def _response(root: etree._Element) -> HttpResponse:
    data = etree.tostring(root, xml_declaration=True, encoding="UTF-8")
    return HttpResponse(data, content_type="application/xml")
