"""The Markdown files of a site, each with its place in it and how its site reads it."""

import os
import time
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase
from itertools import compress
from pathlib import Path, PurePosixPath
from typing import Any

from posts import permalinks
from posts.document.values import comparable
from posts.importing.indexes import Indexes, Root, cascaded
from posts.importing.site_config import (
    JEKYLL_STYLES,
    LanguageConfig,
    SiteConfig,
    read_config,
    without_config,
)
from posts.importing.targets import is_among, is_meant, of_section
from posts.projection import Source
from posts.sentences import gettext_noop

HUGO_ENDINGS = frozenset({".md", ".mdown", ".markdown"})
JEKYLL_ENDINGS = frozenset({".md", ".mkd", ".mkdn", ".mkdown", ".markdown"})
DEFAULT_SECTION = "posts"  # of a single file that stands below no content folder
OTHER_ENDINGS = frozenset({".html", ".htm", ".org", ".adoc", ".asciidoc", ".ad", ".rst", ".pandoc", ".pdc", ".textile"})
"""Of files that Hugo and Jekyll make pages of too, and we do not."""
CONTENT_ADAPTER = "_content.gotmpl"
ADAPTED = gettext_noop(
    "left out, for it makes its pages while Hugo builds; write them as Markdown files to import them"
)
NO_MARKDOWN = gettext_noop("left out, for only Markdown is imported; save it as .md, which may hold HTML")
UNDATED = gettext_noop("left out, for its name does not begin with a date, as Jekyll's posts do; rename it")
JEKYLL_OWN = frozenset({"node_modules", "vendor/bundle", "vendor/cache", "vendor/gems", "vendor/ruby"})


class NothingThere(Exception):
    """A path to import that is neither a file nor a folder, or cannot be looked into."""


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the person who imports says of all the files; a name by the command's option."""

    section: str = ""
    language: str = ""
    permalinks: tuple[tuple[str, str], ...] = ()  # sections and patterns; win over the site's own


@dataclass(frozen=True, slots=True)
class Site:
    """A folder that is imported, as it is at one moment."""

    folder: Path
    wishes: Wishes
    walked_at: int  # of a clock that only goes forward


@dataclass(frozen=True, slots=True)
class FoundFile:
    """A file to import: where it is, as a shell in the same folder would find it, and its place in the site."""

    path: Path
    source: Source
    beside: tuple[Path, ...] = ()  # folders whose files stand where they are shown: languages' own, static ones
    left_out: str = ""  # why no post is made of it
    site: Site | None = None  # whose pages it may refer to; None for a file that was named alone
    is_mounted: bool = False  # by its own name, so that it is a page whatever it is named


def walk(paths: Iterable[Path], wishes: Wishes = Wishes()) -> Iterator[FoundFile]:
    """Every Markdown file of these sites, content folders and files, by name.

    Raises `NothingThere`, and `ConfigError` for a site whose configuration cannot be read.
    """
    seen: set[Path] = set()
    for path in paths:
        for found in _found_at(path, wishes):
            if (place := found.path.absolute()) not in seen:
                seen.add(place)
                yield found


def _found_at(path: Path, wishes: Wishes) -> Iterator[FoundFile]:
    try:
        is_folder, is_there = path.is_dir(), path.exists()
    except OSError as error:
        raise NothingThere(f"{path}: {error.strerror}") from None
    if is_folder:
        yield from _walk_site(path, wishes)
    elif is_there:
        yield _single(path, wishes)
    else:
        raise NothingThere(f"{path}: there is no such file or folder")


def located(
    place: PurePosixPath, config: SiteConfig | None = None, wishes: Wishes = Wishes(), root: str = ""
) -> Source:
    """The source of the file at this place in a content folder; without a configuration, in one of our own site.

    A language that the site knows is read from a file's name (`x.vi.md`) or its folder (`vi/posts/x.md`), and taken out
    of the page's place.
    """
    config = config or without_config(Path())
    language, page = _language_and_page(place, config, wishes)
    page = _below(page, config.collections_dir)
    if page.stem.lower() in {"index", "_index"}:  # in any case (Hugo)
        page = page.with_stem(page.stem.lower())
    is_post = not permalinks.OF_POSTS.isdisjoint(place.parts)
    jekyll = config.jekyll or (is_post and not config.configured)
    section = permalinks.section_of(page) or wishes.section
    wished = [(of_section(name), pattern) for name, pattern in wishes.permalinks]
    of_posts: list[tuple[dict[str, Any], str]] = (
        [({}, config.posts_pattern)] if is_post and config.posts_pattern else []
    )
    targets = [*wished, *of_posts, *language.permalinks]
    in_section = PurePosixPath(section, page.name) if jekyll or len(page.parts) == 1 else page
    patterns = (pattern for target, pattern in targets if is_meant(target, in_section, language.code))
    collection = _collection_of(page, config)
    pattern = next(patterns, JEKYLL_STYLES["date"] if jekyll else "")
    return Source(
        file=str(place),
        page=str(page),
        root=root,
        language=language.code,
        section=wishes.section,
        prefix=language.prefix,
        time_zone=language.time_zone,
        jekyll=jekyll,
        hugo=config.configured and not config.jekyll,
        pattern=config.collections[collection].pattern if collection else pattern,
        collection=collection,
        ugly=config.ugly.get(section, config.ugly.get("", False)),
        keeps_case=language.keeps_case,
        without_accents=language.without_accents,
        build_future=language.build_future,
        moment_keys={field: list(keys) for field, keys in language.moment_keys.items()},
        emoji=language.emoji,
        inline_shortcodes=config.inline_shortcodes,
        straight_quotes=not language.typographer,
        hard_wraps=language.hard_wraps,
        plain_addresses=not language.linkify,
        id_style=language.id_style,
        extras=list(language.extras),
        left_off=list(language.left_off),
        block_attributes=language.block_attributes,
        finds_scripts=language.finds_scripts,
        tag_keys=list(language.tag_keys),
    )


def _below(page: PurePosixPath, folder: str) -> PurePosixPath:
    """The place of what stands in a collection's folder or that of posts without Jekyll's folder of collections."""
    is_there = folder and page.is_relative_to(folder)
    inside = page.relative_to(folder) if is_there else page
    return inside if inside.name and inside.parts[0].startswith("_") else page


def _collection_of(page: PurePosixPath, config: SiteConfig) -> str:
    """The folder of the Jekyll collection that the page is in; empty for none."""
    return next((folder for folder in config.collections if page.is_relative_to(folder)), "")


def _language_and_page(
    place: PurePosixPath, config: SiteConfig, wishes: Wishes
) -> tuple[LanguageConfig, PurePosixPath]:
    own = None
    for folder, mount in config.mounts.items():
        if place.is_relative_to(folder):
            own, place = config.languages.get(mount.language), PurePosixPath(mount.place) / place.relative_to(folder)
            break
    by_folder = {language.folder: language for language in config.languages.values() if language.folder}
    for folder, language in by_folder.items():
        if not own and place.is_relative_to(folder) and place != PurePosixPath(folder):
            own, place = language, place.relative_to(folder)
            break
    if not (own or config.configured) and len(place.parts) > 1 and place.parts[0] == config.default_language:
        # Without a configuration addresses follow the folders: the first language's folder stays in them.
        first = replace(config.languages[config.default_language], prefix=f"/{config.default_language}/")
        return first, place.relative_to(config.default_language)
    stem, dot, suffix = place.stem.rpartition(".")
    if dot and stem and suffix.lower() in config.languages:
        return config.languages[suffix.lower()], place.with_name(stem + place.suffix)
    if own:
        return own, place
    code = wishes.language or config.default_language
    if known := config.languages.get(code):
        return known, place
    prefix = "/" if code == config.default_language else f"/{code}/"
    like = config.languages.get(config.default_language, LanguageConfig(code, prefix))
    return replace(like, code=code, prefix=prefix, folder=""), place


def _single(path: Path, wishes: Wishes) -> FoundFile:
    """A file by itself: placed below the nearest `content` folder, else in the section that is named."""
    if path.is_file() and not _is_markdown(path.name, HUGO_ENDINGS | JEKYLL_ENDINGS):
        raise NothingThere(f"{path}: this is no Markdown file, whose name ends in .md or .markdown")
    parts = path.absolute().parts
    if "content" not in parts[:-1]:
        own = replace(wishes, section=wishes.section or DEFAULT_SECTION)
        return FoundFile(path, located(PurePosixPath(path.name), wishes=own))
    content = Path(*parts[: len(parts) - parts[::-1].index("content")])
    config = read_config(content.parent)
    if config.content != content:
        config = without_config(content)
    place = PurePosixPath(*parts[len(content.parts) :])
    source = _with_defaults(
        located(place, config, wishes, content.name),
        config,
        _indexes(content, config, wishes),
    )
    return FoundFile(path, source, _beside(content.parent, config))


def _walk_site(folder: Path, wishes: Wishes) -> Iterator[FoundFile]:
    """Links that lead to folders are not followed, so that no walk leaves the folder or runs in a circle."""
    config = read_config(folder)
    content = config.content
    root = content.relative_to(folder).as_posix() if content.is_relative_to(folder) else ""
    root = "" if root == "." else root
    indexes = _indexes(content, config, wishes)
    site, beside = Site(folder, wishes, time.monotonic_ns()), _beside(folder, config)
    for path, left_out in _files(config):
        source = located(PurePosixPath(path.relative_to(content).as_posix()), config, wishes, root)
        is_mounted = source.file in config.mounts
        yield FoundFile(path, _with_defaults(source, config, indexes), beside, left_out, site, is_mounted)


def _beside(folder: Path, config: SiteConfig) -> tuple[Path, ...]:
    """The folders in which a page's pictures may lie besides its own, as they are searched."""
    languages = [config.content / each.folder for each in config.languages.values() if each.folder]
    return (*languages, *(config.static or ([] if config.content == folder else [folder / "static"])))


def _indexes(content: Path, config: SiteConfig, wishes: Wishes) -> Indexes:
    first = wishes.language or config.default_language
    own = [Root(language.folder, code) for code, language in config.languages.items() if language.folder]
    if not config.configured:
        own.append(Root(config.default_language, config.default_language))
    mounted = [Root(folder, mount.language or first, mount.place) for folder, mount in config.mounts.items()]
    return Indexes(content, [*mounted, *own, Root("", first)])


def _files(config: SiteConfig) -> Iterator[tuple[Path, str]]:
    """The files of all folders of content, each with why no post is made of it, if none is."""
    for folder in config.folders:
        top = config.content / folder
        if top.is_dir():
            yield from _jekyll_files(top, config) if config.jekyll else _hugo_files(top, config)
        elif top.is_file() and _is_markdown(top.name) and not _is_ignored(top, config):
            yield top, ""  # a mount of its own


def _hugo_files(top: Path, config: SiteConfig) -> Iterator[tuple[Path, str]]:
    def is_skipped(place: str, name: str) -> bool:
        return name.startswith(".") or _is_unread(top / place, config)

    bundle: Path | None = None
    for here, _, names in _folders(top, is_skipped):
        if bundle not in {here, *here.parents}:
            has_index = any(_is_index(name) and _is_markdown(name) for name in names)
            bundle = here if has_index and here != top else None
        for name in names:
            if name[0] not in ".#" and not _is_ignored(here / name, config):
                is_inside = bundle is not None and not (here == bundle and _is_index(name))
                if left_out := _left_out(name, config, is_inside=is_inside):
                    yield here / name, left_out
                elif _is_markdown(name):
                    yield here / name, ""


def _is_index(name: str) -> bool:
    return name.lower().startswith("index.")


def _left_out(name: str, config: SiteConfig, *, is_inside: bool) -> str:
    """Why Hugo makes no page of a Markdown file, or we make no post of another; empty for neither."""
    if _is_markdown(name):
        if PurePosixPath(PurePosixPath(name).stem).suffix.lower().lstrip(".") in config.disabled:
            return gettext_noop("left out, for the site has turned its language off")
        return (
            gettext_noop("left out, for it lies in a page bundle: there only index.md is a page") if is_inside else ""
        )
    if name == CONTENT_ADAPTER:
        return ADAPTED
    is_page = _suffix(name) in OTHER_ENDINGS and not is_inside
    return NO_MARKDOWN if is_page else ""


def _jekyll_files(top: Path, config: SiteConfig) -> Iterator[tuple[Path, str]]:
    def is_skipped(place: str, name: str) -> bool:
        if any(fnmatchcase(name, each) or name.startswith(each) for each in config.included):
            return False
        is_known = name in permalinks.OF_POSTS or _leads_to_collection(place, config)
        is_special = name[0] in "._#~" or place in JEKYLL_OWN
        return (is_special and not is_known) or _is_excluded(place, config.excluded)

    for here, place, names in _folders(top, is_skipped):
        folders = place.split("/")
        for name in names:
            if is_skipped(f"{place}/{name}".lstrip("/"), name):
                continue
            is_dated = permalinks.dated_name(PurePosixPath(name)) is not None
            if _is_markdown(name, JEKYLL_ENDINGS):
                yield here / name, UNDATED if permalinks.POSTS_FOLDER in folders and not is_dated else ""
            elif is_dated and not permalinks.OF_POSTS.isdisjoint(folders) and _suffix(name) in OTHER_ENDINGS:
                yield here / name, NO_MARKDOWN


def _folders(top: Path, is_skipped: Callable[[str, str], bool]) -> Iterator[tuple[Path, str, list[str]]]:
    """Each folder with its place below the top and the names of its files, in order. Raises `NothingThere`.

    `is_skipped` is asked with the place and the name of every folder.
    """

    def fail(error: OSError) -> None:
        raise NothingThere(f"{error.filename}: the folder cannot be read: {error.strerror}") from error

    for here, folders, names in os.walk(top, onerror=fail):
        place = os.path.relpath(here, top).replace(os.sep, "/")
        place = "" if place == "." else place
        folders[:] = sorted(name for name in folders if not is_skipped(f"{place}/{name}".lstrip("/"), name))
        yield Path(here), place, sorted(names)


def _is_markdown(name: str, endings: Collection[str] = HUGO_ENDINGS) -> bool:
    return _suffix(name) in endings


def _suffix(name: str) -> str:
    return PurePosixPath(name).suffix.lower()


def _is_ignored(path: Path, config: SiteConfig) -> bool:
    """By the site's patterns, or those of the mount that it is in."""
    place = path.relative_to(config.content)
    is_unwanted = any(
        place.is_relative_to(folder) and not is_among(place.relative_to(folder).as_posix(), mount.files)
        for folder, mount in config.mounts.items()
    )
    return is_unwanted or _is_unread(path, config)


def _is_unread(path: Path, config: SiteConfig) -> bool:
    """Whether a pattern of the site's is found in the path of a file or a folder."""
    return any(pattern.search(path.as_posix()) for pattern in config.ignored)


def _is_listed(place: str, patterns: Iterable[str]) -> bool:
    return any(fnmatchcase(place, each) or place.startswith(f"{each}/") for each in patterns)


def _is_excluded(place: str, patterns: Iterable[str]) -> bool:
    """To Jekyll `test` leaves out `test/` and `testimonials.md`, `test/` only the folder."""
    return any(fnmatchcase(place, each) or f"{place}/".startswith(each) for each in patterns)


def _leads_to_collection(place: str, config: SiteConfig) -> bool:
    folders = (PurePosixPath(config.collections_dir, each) for each in (*config.collections, *permalinks.OF_POSTS))
    return any(f"{each}/".startswith(f"{place}/") for each in folders)


def _with_defaults(source: Source, config: SiteConfig, indexes: Indexes) -> Source:
    """The source with what its folders' `_index` files and its site's configuration say for it."""
    place = PurePosixPath(source.file)
    is_draft = source.jekyll and permalinks.DRAFTS_FOLDER in place.parts
    is_kept_back = is_draft or (source.collection and not config.collections[source.collection].is_shown)
    defaults: dict[str, Any] = {"published": False} if is_kept_back else {}
    for each in sorted(config.defaults, key=lambda each: len(str(_mapping(each.get("scope")).get("path") or ""))):
        if _is_in_scope(_mapping(each.get("scope")), source, config.collections_dir):
            defaults |= _mapping(each.get("values"))
    if language := config.languages.get(source.language):
        defaults |= cascaded(language.cascade, source)
    defaults |= indexes.cascaded(source)
    source = source if source.jekyll else _in_sections(source, indexes)
    return replace(source, defaults=comparable(defaults)) if defaults else source


def _in_sections(source: Source, indexes: Indexes) -> Source:
    """With what the folders around are in its address."""
    around = indexes.slugs_around(source)
    folders = [source.rules.folder(name, slug) for name, slug in around]
    if any(slug for _, slug in around):
        source = replace(source, folders=folders)
    if ":section" in source.pattern:
        are_sections = indexes.sections_around(source)
        names = [name for name, _ in around]
        source = replace(
            source, sections=[*compress(names, are_sections)], section_slugs=[*compress(folders, are_sections)]
        )
    return source


def _is_in_scope(scope: Mapping[str, Any], source: Source, collections_dir: str) -> bool:
    """Whether Jekyll's scope, a path or a pattern of one and a kind, holds the document."""
    below = _below(PurePosixPath(str(scope.get("path") or "").strip("/")), collections_dir).as_posix()
    is_post = not permalinks.OF_POSTS.isdisjoint(PurePosixPath(source.file).parts)
    kind = "posts" if is_post else source.collection.removeprefix("_") or "pages"
    is_below = below == "." or source.page == below or _is_listed(source.page, [below])
    return is_below and str(scope.get("type") or kind) == kind


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}
