"""Document → Projection: everything that the site shows and asks of a document, worked out once, when it changes.

`project` is pure and its result pickles, so the admin's save, the importer's worker processes and a preview share it.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache, partial
from hashlib import sha256
from pathlib import PurePosixPath
from typing import Any

from posts import (
    body_terms,
    editions,
    frontmatter,
    marked_up,
    permalinks,
    picture_urls,
    polyglot,
    publication,
    rendering,
    slugs,
)
from posts.dates import EARLIEST
from posts.document import Document
from posts.front_matter_keys import KEYS
from posts.frontmatter import FrontMatter
from posts.sentences import Number, gettext_noop
from posts.site_page import Page, ProjectionError
from posts.source import Source

__all__ = ["Projection", "ProjectionError", "UsedPicture", "project"]

# Characters at the most: what the columns hold, and PostgreSQL refuses more.
LIMITS = {"title": 500, "path": 500, "section": 200, "cover": 1000, "canonical_url": 1000, "source_path": 500}
LIMITS |= {"language": 35, "translation_key": 500}
TAG_LENGTH, ALIAS_LENGTH = 200, 500
ONE_OF = {"tags": "tag", "aliases": "alias"}
SCRIPTS_WITHOUT_WORDS = {"zh", "ja", "ko"}
_KEY = re.compile(r"[\w.-]{1,100}")  # of an author, in a file that names them
NOT_COLUMNS = frozenset({"tags", "text", "sha256", "search_text", "shortcodes", "pictures"})


@dataclass(frozen=True, slots=True)
class UsedPicture:
    """A picture that a document shows: its address on the page, what the document says for it, and where it stands."""

    address: str
    alt: str
    place: str  # cover or body


@dataclass(frozen=True, slots=True)
class Projection:
    """A post's columns by their names, and its tags in the order written."""

    kind: str
    title: str
    slug: str
    path: str
    section: str
    language: str
    date: datetime | None
    date_offset: int  # minutes east of UTC
    listed_at: datetime
    publish_date: datetime | None
    expiry_date: datetime | None
    last_modified: datetime | None
    draft: bool
    public_from: datetime | None
    public_until: datetime | None
    description: str
    summary: str
    markup: str
    cover: str
    cover_alt: str
    cover_caption: str
    authors: list[str]
    series: list[str]
    series_weight: int | None
    aliases: list[str]
    canonical_url: str
    options: dict[str, Any]
    html: str
    contents: list[dict[str, Any]]
    words: int
    minutes: int
    renderer_version: int
    source_path: str
    translation_key: str
    source: dict[str, Any]
    tags: tuple[str, ...]
    text: str
    sha256: str
    search_text: str  # what the page shows, without markup
    shortcodes: tuple[rendering.ShortcodeFinding, ...]  # what is wrong with some, placed in the body
    pictures: tuple[UsedPicture, ...]

    @property
    def window(self) -> publication.Window:
        """When the document itself would be public."""
        return publication.Window(self.public_from, self.public_until)

    def columns(self) -> dict[str, Any]:
        """What a `Post` is made with."""
        return {name: getattr(self, name) for name in self.__slots__ if name not in NOT_COLUMNS}


def project(
    document: Document,
    source: Source,
    *,
    picture: Callable[[str], rendering.Picture],
    site_host: str,
    shortcodes: rendering.Shortcodes | None,
) -> Projection:
    """The post that this document makes. Raises `ProjectionError`, `frontmatter.FrontMatterError` or `RenderingError`."""
    page = Page.of(document, source)
    front = page.front
    body, lost = body_terms.in_markdown(document, source, page.path, front.date)
    media = picture_urls.media_folders(document, source)
    address = cache(partial(picture_urls.picture, source=source, folders=media))
    cover = picture_urls.cover(front.cover.image, source, media)
    rendered = _rendered(page, body, lambda src: picture(address(src)), site_host, shortcodes)
    line = partial(marked_up.line, source=page.source, picture=picture, site_host=site_host)
    plain = partial(marked_up.plain, markup=front.markup, source=page.source, picture=picture, site_host=site_host)
    projection = Projection(
        **_place_columns(page),
        **_moment_columns(page),
        **_front_matter_columns(page, caption=line(front.cover.caption)),
        **_rendered_columns(rendered),
        title=_title(page, rendered),
        description=plain(front.description),
        summary=_summary(body, plain(front.summary), rendered, is_jekyll=source.jekyll),
        cover=cover,
        source=source.kept(),
        text=document.text,
        sha256=sha256(document.dump()).hexdigest(),
        shortcodes=(*lost, *rendered.shortcodes),
        pictures=_used_pictures(cover, front, rendered, address),
    )
    _check_lengths(projection, page)
    return projection


def _rendered(
    page: Page,
    body: str,
    picture: Callable[[str], rendering.Picture],
    site_host: str,
    shortcodes: rendering.Shortcodes | None,
) -> rendering.Rendering:
    return rendering.render(
        body,
        markup=page.front.markup,
        title=page.front.title,
        by_character=_by_character(page.front, page.source),
        picture=picture,
        file=lambda name: page.source.assets.get(name, name),
        site_host=site_host,
        shortcodes=shortcodes,
        id_style=page.source.id_style,
        writing=page.source.writing,
    )


def _used_pictures(
    cover: str, front: FrontMatter, rendered: rendering.Rendering, address: Callable[[str], str]
) -> tuple[UsedPicture, ...]:
    """The cover, then those of the body."""
    covers = [UsedPicture(cover, front.cover.alt, "cover")] if cover else []
    return (*covers, *(UsedPicture(address(name), alt, "body") for name, alt in rendered.images.items()))


def _place_columns(page: Page) -> dict[str, Any]:
    """Where the page stands, and what leads to it."""
    is_introduction = page.term is not None or _is_introduction(page.file, page.path)
    return {
        "kind": "section" if is_introduction else "article",
        "slug": page.path.rstrip("/").rpartition("/")[2][:300],
        "path": page.path,
        "section": permalinks.section_of(page.file) or slugs.path_segment(page.source.section),
        "language": page.source.language,
        "aliases": _aliases(page),
        "canonical_url": page.front.canonical_url,
        "source_path": page.source.file,
        "translation_key": _translation_key(page),
    }


def _moment_columns(page: Page) -> dict[str, Any]:
    front, public = page.front, _window(page.front, page.source)
    return {
        "date": _utc(front.date),
        "date_offset": _offset_minutes(front.date),
        "listed_at": _utc(front.date) or EARLIEST,
        "publish_date": _utc(front.publish_date),
        "expiry_date": _utc(front.expiry_date),
        "last_modified": _utc(front.last_modified),
        "draft": front.draft,
        "public_from": public.public_from,
        "public_until": public.public_until,
    }


def _front_matter_columns(page: Page, *, caption: str) -> dict[str, Any]:
    """What is taken over as it is said, and the HTML of the cover's caption where that is more than its words."""
    front = page.front
    return {
        "markup": front.markup.value,
        "cover_alt": front.cover.alt,
        "cover_caption": front.cover.caption,
        "authors": [_named(author, page.source) for author in front.authors],
        "series": list(front.series),
        "series_weight": front.series_weight,
        "options": {**front.options, **({"coverCaptionHtml": caption} if caption else {})},
        "tags": front.tags,
    }


def _rendered_columns(rendered: rendering.Rendering) -> dict[str, Any]:
    return {
        "html": rendered.html,
        "contents": [{"level": each.level, "id": each.id, "text": each.text} for each in rendered.contents],
        "words": rendered.words,
        "minutes": rendered.minutes,
        "renderer_version": rendering.VERSION,
        "search_text": rendered.text,
    }


def _translation_key(page: Page) -> str:
    """What the document has in common with its translations."""
    by_plugin = polyglot.translation_key(page.document, page.path, page.source.prefix, page.source.prefixes)
    return page.front.translation_key or by_plugin or str(page.file.with_suffix(""))


def _aliases(page: Page) -> list[str]:
    """What the document says, and of that of a tag or an author where its site has the page, if that is not where we do."""
    own = page.own_path
    aliases = [permalinks.alias_path(alias, own, page.source.rules) for alias in page.front.aliases]
    return aliases + ([own] if page.term and own not in {page.path, *aliases} else [])


def _is_introduction(file: PurePosixPath, path: str) -> bool:
    """Whether the document gives a section, or a page that the site makes itself, its title and introduction."""
    own = path.removeprefix(editions.prefix(editions.of(path)))
    return file.stem == "_index" or own.rstrip("/") in {"", *permalinks.PAGES_OF_THE_SITE}


def _window(front: FrontMatter, source: Source) -> publication.Window:
    """When the document would be public; in a site that builds the future no date to come keeps it back, and in one
    whose `frontmatter` has the date of publication without it not that of the document."""
    date, publish_date = (None, None) if source.build_future else (front.date, front.publish_date)
    if "date" not in source.moment_keys.get("publish_date", ("date",)):
        date = None
    return publication.window(draft=front.draft, date=date, publish_date=publish_date, expiry_date=front.expiry_date)


def _by_character(front: FrontMatter, source: Source) -> bool | None:
    """How time to read is told; None has the text say."""
    if front.by_character is not None:
        return front.by_character
    is_sought = source.finds_scripts or source.language.lower().partition("-")[0] in SCRIPTS_WITHOUT_WORDS
    return None if is_sought else False


def _named(author: str, source: Source) -> str:
    """The person's name, for whom a document may say the key under which a Jekyll site's data have it, or a file of authors
    beside the posts, as Docusaurus and MkDocs have it."""
    if source.hugo or not (source.jekyll or _KEY.fullmatch(author)):
        return author
    key = f"data.authors.{author}.name" if source.jekyll else f"{body_terms.AUTHOR}{author}"
    return source.site_values.get(key) or author


def _check_lengths(projection: Projection, page: Page) -> None:
    """Raises `ProjectionError` for what a column cannot hold."""
    said = [(name, getattr(projection, name), most) for name, most in LIMITS.items()]
    said += [("tags", tag, TAG_LENGTH) for tag in projection.tags]
    said += [("aliases", alias, ALIAS_LENGTH) for alias in projection.aliases]
    for name, value, most in said:
        if len(value) > most:
            key = frontmatter.key_of(page.document, name, page.source.reading) if name in KEYS else None
            problem = gettext_noop("the %(key)s has %(length)s characters; %(most)s are the most")
            problem %= {
                "key": ONE_OF.get(name, name).replace("_", " "),
                "length": Number(len(value)),
                "most": Number(most),
            }
            raise ProjectionError(problem, *(page.document.position(key) if key else (1, 1)), key=name)


def _title(page: Page, rendered: rendering.Rendering) -> str:
    """The title, else the body's first H1, else the file's name in words, as Jekyll has them or of our own; that of a tag
    or an author as it is."""
    file, term = page.file, page.term
    dated = permalinks.dated_name(file)
    name = file.parent.name if file.stem in {"index", "_index"} else dated[1] if dated else file.stem
    words = name.split("-") if page.source.jekyll else [name.replace("-", " ").replace("_", " ")]
    by_name = (term and term.name) or " ".join(map(str.capitalize, words))
    return " ".join((page.front.title or rendered.title or by_name).split())


def _summary(body: str, said: str, rendered: rendering.Rendering, *, is_jekyll: bool) -> str:
    """What stands before `<!--more-->`, else what the front matter says, which comes first to Jekyll, else the first 70
    words."""
    is_parted = body_terms.MORE in body and not (is_jekyll and said)
    return rendered.summary if is_parted else said or rendered.summary


def _utc(moment: datetime | None) -> datetime | None:
    return moment and moment.astimezone(UTC)


def _offset_minutes(moment: datetime | None) -> int:
    offset = moment and moment.utcoffset()
    return round(offset.total_seconds() / 60) if offset else 0
