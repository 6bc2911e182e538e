"""The Markdown files of a site, each with its place in it and how its site reads it."""

import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from itertools import compress
from pathlib import Path, PurePosixPath
from typing import Any

from posts import permalinks
from posts.document.values import comparable
from posts.importing.config_files import mapping
from posts.importing.config_terms import SiteConfig
from posts.importing.files import ENDINGS, TURNED_OFF, NothingThere, files, is_index, is_markdown, is_page
from posts.importing.indexes import Indexes, Root, cascaded
from posts.importing.jekyll import language_in
from posts.importing.places import NO_WISHES, Wishes, located, without_collections_dir
from posts.importing.site_config import read_config, without_config
from posts.importing.targets import is_like
from posts.picture_names import is_featured, is_portrait
from posts.source import Source

_HEAD = 16 * 1024  # bytes of a document in which its address stands
DEFAULT_SECTION = "posts"  # of a single file that stands below no content folder


@dataclass(frozen=True, slots=True)
class Site:
    """A folder that is imported, as it is at one moment."""

    folder: Path
    wishes: Wishes
    walked_at: int  # of a clock that only goes forward
    addresses: tuple[str, ...] = ()  # at which its configuration says that it is
    is_whole: bool = False  # with its configuration, and so with the files that its texts name by their path
    resources: tuple[tuple[Path, str], ...] = ()  # what stands for Hugo's `assets`, and below what place


@dataclass(frozen=True, slots=True)
class FoundFile:
    """A file to import: where it is, as a shell in the same folder would find it, and its place in the site."""

    path: Path
    source: Source
    # Folders whose files stand below the place where they are shown: languages' own, static ones.
    beside: tuple[tuple[Path, str], ...] = ()
    left_out: str = ""  # why no post is made of it
    site: Site | None = None  # whose pages it may refer to; None for a file that was named alone
    is_mounted: bool = False  # by its own name, so that it is a page whatever it is named


def walk(paths: Iterable[Path], wishes: Wishes = NO_WISHES) -> Iterator[FoundFile]:
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
        raise NothingThere(f"{path}: no such file or folder")


def _single(path: Path, wishes: Wishes) -> FoundFile:
    """A file by itself: placed below the nearest `content` folder, else in the section that is named."""
    parts = path.absolute().parts
    is_below = "content" in parts[:-1]
    content = Path(*parts[: len(parts) - parts[::-1].index("content")]) if is_below else Path()
    config = read_config(content.parent) if is_below else without_config(content)
    if config.content != content:
        config = without_config(content)
    if path.is_file() and not (is_markdown(path.name, ENDINGS) or is_page(path.name, config)):
        raise NothingThere(f"{path}: not a Markdown file: the name must end in .md or .markdown")
    if not is_below:
        own = replace(wishes, section=wishes.section or DEFAULT_SECTION)
        return FoundFile(path, located(PurePosixPath(path.name), wishes=own))
    place = PurePosixPath(*parts[len(content.parts) :])
    source = _with_defaults(
        located(place, config, wishes, content.name),
        config,
        _indexes(content, config, wishes),
        path.parent,
    )
    site = Site(content.parent, wishes, time.monotonic_ns(), config.addresses) if config.configured else None
    return FoundFile(path, source, _beside(content.parent, config), site=site)


def site_of(folder: Path) -> Path:
    """The folder itself, or the Hugo site whose folder `content` it is. Raises `ConfigError`."""
    if folder.absolute().name != "content" or read_config(folder).configured:
        return folder
    above = folder.absolute().parent if folder == Path() else folder.parent
    config = read_config(above)
    is_of_it = config.configured and not config.jekyll and config.content.is_relative_to(above / "content")
    return above if is_of_it else folder


def _walk_site(folder: Path, wishes: Wishes) -> Iterator[FoundFile]:
    """Links that lead to folders are not followed, so that no walk leaves the folder or runs in a circle."""
    given, folder = folder, site_of(folder)
    config = read_config(folder)
    content = config.content
    root = content.relative_to(given).as_posix() if content.is_relative_to(given) else ""
    root = "" if root == "." else root
    indexes = _indexes(content, config, wishes)
    is_whole = config.configured and bool(config.said or not config.jekyll)
    site = Site(folder, wishes, time.monotonic_ns(), config.addresses, is_whole, config.resources)
    beside = _beside(folder, config)
    sections = frozenset() if config.has_bundles else _sections(config)
    for path, left_out in files(config):
        source = located(PurePosixPath(path.relative_to(content).as_posix()), config, wishes, root)
        if path.parent in sections and is_index(path.name, config):
            source = _of_section(source)
        is_mounted = source.file in config.mounts
        yield FoundFile(path, _with_defaults(source, config, indexes, path.parent), beside, left_out, site, is_mounted)
    for unread in filter(Path.is_dir, config.unread):
        yield FoundFile(unread, Source(file=unread.name, page=unread.name), left_out=TURNED_OFF, site=site)


def _beside(folder: Path, config: SiteConfig) -> tuple[tuple[Path, str], ...]:
    """The folders in which a page's pictures may lie besides its own, as they are searched."""
    languages = [(config.content / each.folder, "") for each in config.languages.values() if each.folder]
    # Where VitePress and Astro have them, and what Astro's texts may begin with `@/`.
    names = ["static"] if config.configured else ["static", "public", "src"]
    own = [(folder / name, "") for name in names if config.content != folder or not config.configured]
    return (*languages, *(config.static or own))


def _indexes(content: Path, config: SiteConfig, wishes: Wishes) -> Indexes:
    first = wishes.language or config.default_language
    own = [Root(language.folder, code) for code, language in config.languages.items() if language.folder]
    if not config.configured:
        own.append(Root(config.default_language, config.default_language))
    mounted = [Root(folder, mount.language or first, mount.place) for folder, mount in config.mounts.items()]
    whole = [] if {"", "."}.isdisjoint(config.folders) else [Root("", first)]
    is_hugos = config.configured and not config.jekyll
    in_order = sorted(config.languages, key=lambda code: code != config.default_language) if is_hugos else ()
    return Indexes(content, [*mounted, *own, *whole], in_order)


def _sections(config: SiteConfig) -> frozenset[Path]:
    """The folders that hold more pages than an index of their own: to tools but Hugo it introduces the others."""
    pages = (path for path, left_out in files(config) if not left_out and path.stem.lower() != "readme")
    own = ((path.parent if path.name.lower().startswith("index.") else path) for path in pages)
    return frozenset(folder for place in own for folder in place.parents)


def _of_section(source: Source) -> Source:
    page = PurePosixPath(source.page)
    return replace(source, page=str(page.with_stem("_index"))) if len(page.parts) > 1 else source


def _with_defaults(source: Source, config: SiteConfig, indexes: Indexes, folder: Path) -> Source:
    """The source with what its folders' `_index` files, its site's configuration and a picture's name say for it."""
    place = PurePosixPath(source.file)
    is_draft = not source.hugo and permalinks.DRAFTS_FOLDER in place.parts
    is_kept_back = is_draft or (source.collection and not config.collections[source.collection].is_shown)
    defaults: dict[str, Any] = {"published": False} if is_kept_back else {}
    if code := language_in(source.file, config.said, config.prefixes):
        defaults["lang"] = code
    for each in sorted(config.defaults, key=lambda each: len(str(mapping(each.get("scope")).get("path") or ""))):
        if _is_in_scope(mapping(each.get("scope")), source, config.collections_dir):
            defaults |= mapping(each.get("values"))
    if language := config.languages.get(source.language):
        defaults |= cascaded(language.cascade, source)
    defaults |= indexes.cascaded(source)
    if picture := _featured(folder, source):
        defaults["featured_image"] = picture
    if not source.jekyll:
        patterns = f"{source.pattern}{source.list_pattern}{defaults.get('url')}"
        source = _in_sections(source, indexes, patterns, folder / place.name)
    return replace(source, defaults=comparable(defaults)) if defaults else source


def _featured(folder: Path, source: Source) -> str:
    """The picture in a bundle whose name says that it is the cover."""
    if source.jekyll or PurePosixPath(source.page).stem not in {"index", "_index"}:
        return ""
    is_author = permalinks.section_of(PurePosixPath(source.page)) == permalinks.AUTHORS
    with suppress(OSError):
        names = (each.name for each in folder.iterdir())
        return min((name for name in names if is_featured(name) or (is_author and is_portrait(name))), default="")
    return ""


def _in_sections(source: Source, indexes: Indexes, patterns: str, path: Path) -> Source:
    """With what the folders around are in its address, by the patterns that it may have, or its own that it is read for where
    that matters."""
    around = indexes.slugs_around(source)
    folders = [source.rules.folder(name, slug) for name, slug in around]
    have_slugs = any(slug for _, slug in around)
    if have_slugs:
        source = replace(source, folders=folders)
    is_asked = ":section" in patterns
    if is_asked or (source.hugo and (have_slugs or len(around) > 1)):
        are_sections = indexes.sections_around(source)
        if not is_asked and ((all(are_sections) and not have_slugs) or not _asks_for_sections(path)):
            return source
        up_to_inmost = max(compress(range(1, len(around) + 1), are_sections), default=0)
        source = replace(
            source,
            sections=[name for name, _ in around[:up_to_inmost]],
            section_slugs=[*compress(folders, are_sections)],
        )
    return source


def _asks_for_sections(path: Path) -> bool:
    """Whether a document's front matter may say an address with its sections in it."""
    with suppress(OSError):
        if path.is_file() and not path.is_symlink():
            with path.open("rb") as file:
                return b":section" in file.read(_HEAD)
    return False


def _is_in_scope(scope: Mapping[str, Any], source: Source, collections_dir: str) -> bool:
    """Whether Jekyll's scope, how a path begins or a pattern of that, and a kind, holds the document."""
    path = str(scope.get("path") or "").lstrip("/")
    folder = without_collections_dir(PurePosixPath(path), collections_dir).as_posix()
    start = f"{folder}/" if path.endswith("/") else folder
    is_post = not permalinks.OF_POSTS.isdisjoint(PurePosixPath(source.file).parts)
    kind = "posts" if is_post else source.collection.removeprefix("_") or "pages"
    is_below = start == "." or source.page.startswith(start) or _is_in_folder_like(start, PurePosixPath(source.page))
    return is_below and str(scope.get("type") or kind) == kind


def _is_in_folder_like(pattern: str, page: PurePosixPath) -> bool:
    """Whether the page or a folder around it is like the pattern, in which `**/` is any number of folders, none too."""
    glob = pattern.removesuffix("/").replace("**/", "**")
    return "*" in pattern and any(is_like(str(each), glob) for each in (page, *page.parents))
