"""The Markdown files of a site, each with its place in it and how its site reads it."""

import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase
from pathlib import Path, PurePosixPath
from typing import Any

from posts import permalinks
from posts.document import Document, DocumentError
from posts.document.values import comparable
from posts.importing.site_config import JEKYLL_STYLES, LanguageConfig, SiteConfig, read_config, without_config
from posts.projection import Source

MARKDOWN_ENDINGS = frozenset({".md", ".markdown"})
DEFAULT_SECTION = "posts"  # of a single file that stands below no content folder
JEKYLL_OWN = frozenset({"_site", "_layouts", "_includes", "_sass", "_data", "_plugins", "vendor", "node_modules"})


class NothingThere(Exception):
    """A path to import that is neither a file nor a folder, or cannot be looked into."""


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the person who imports says of all the files; a name by the command's option."""

    section: str = ""
    language: str = ""
    permalinks: Mapping[str, str] | None = None  # by section; win over the site's own


@dataclass(frozen=True, slots=True)
class FoundFile:
    """A file to import: where it is, as a shell in the same folder would find it, and its place in the site."""

    path: Path
    source: Source
    static: Path | None = None  # the site's folder of files that it serves as they are


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
    jekyll = config.jekyll or permalinks.POSTS_FOLDER in place.parts
    section = permalinks.section_of(page) or wishes.section
    patterns = dict(language.permalinks) | dict(wishes.permalinks or {})
    return Source(
        file=str(place),
        page=str(page),
        root=root,
        language=language.code,
        section=wishes.section,
        prefix=language.prefix,
        time_zone=language.time_zone,
        jekyll=jekyll,
        pattern=patterns.get(section, patterns.get("", JEKYLL_STYLES["date"]) if jekyll else ""),
        ugly=config.ugly,
        date_from_name=config.date_from_name,
        emoji=config.emoji,
        inline_shortcodes=config.inline_shortcodes,
        tag_keys=list(language.tag_keys),
    )


def _language_and_page(
    place: PurePosixPath, config: SiteConfig, wishes: Wishes
) -> tuple[LanguageConfig, PurePosixPath]:
    by_folder = {language.folder: language for language in config.languages.values() if language.folder}
    for folder, language in by_folder.items():
        if place.is_relative_to(folder) and place != PurePosixPath(folder):
            return language, place.relative_to(folder)
    if not config.configured and len(place.parts) > 1 and place.parts[0] == config.default_language:
        # Without a configuration addresses follow the folders: the first language's folder stays in them.
        own = replace(config.languages[config.default_language], prefix=f"/{config.default_language}/")
        return own, place.relative_to(config.default_language)
    stem, dot, suffix = place.stem.rpartition(".")
    if dot and stem and suffix.lower() in config.languages:
        return config.languages[suffix.lower()], place.with_name(stem + place.suffix)
    code = wishes.language or config.default_language
    if known := config.languages.get(code):
        return known, place
    prefix = "/" if code == config.default_language else f"/{code}/"
    like = config.languages.get(config.default_language, LanguageConfig(code, prefix))
    return replace(like, code=code, prefix=prefix, folder=""), place


def _single(path: Path, wishes: Wishes) -> FoundFile:
    """A file by itself: placed below the nearest `content` folder, else in the section that is named."""
    parts = path.absolute().parts
    if "content" not in parts[:-1]:
        own = replace(wishes, section=wishes.section or DEFAULT_SECTION)
        return FoundFile(path, located(PurePosixPath(path.name), wishes=own))
    content = Path(*parts[: len(parts) - parts[::-1].index("content")])
    config = read_config(content.parent)
    if config.content != content:
        config = without_config(content)
    place = PurePosixPath(*parts[len(content.parts) :])
    source = _with_defaults(located(place, config, wishes, content.name), config, _Cascades(content))
    return FoundFile(path, source, content.parent / "static")


def _walk_site(folder: Path, wishes: Wishes) -> Iterator[FoundFile]:
    """Links that lead to folders are not followed, so that no walk leaves the folder or runs in a circle."""
    config = read_config(folder)
    content = config.content
    root = content.relative_to(folder).as_posix() if content.is_relative_to(folder) else ""
    root = "" if root == "." else root
    cascades = _Cascades(content)
    for path in _markdown_files(content, jekyll=config.jekyll):
        source = located(PurePosixPath(path.relative_to(content).as_posix()), config, wishes, root)
        yield FoundFile(path, _with_defaults(source, config, cascades), folder / "static" if root else None)


def _markdown_files(folder: Path, *, jekyll: bool) -> Iterator[Path]:
    def fail(error: OSError) -> None:
        raise NothingThere(f"{error.filename}: the folder cannot be read: {error.strerror}") from error

    for here, folders, names in os.walk(folder, onerror=fail):
        folders[:] = sorted(
            name for name in folders if not name.startswith(".") and not (jekyll and name in JEKYLL_OWN)
        )
        for name in sorted(names):
            path = Path(here, name)
            if path.suffix.lower() in MARKDOWN_ENDINGS and not name.startswith("."):
                yield path


def _with_defaults(source: Source, config: SiteConfig, cascades: "_Cascades") -> Source:
    """The source with what its folders' `_index` files and its site's configuration say for it."""
    defaults: dict[str, Any] = {}
    for each in config.defaults:
        scope = _mapping(each.get("scope"))
        below = str(scope.get("path") or "")
        kind = str(scope.get("type") or "")
        is_post = permalinks.POSTS_FOLDER in PurePosixPath(source.file).parts
        if source.file.startswith(below) and kind in {"", "posts" if is_post else "pages"}:
            defaults |= _mapping(each.get("values"))
    defaults |= cascades.of(PurePosixPath(source.file), source)
    return replace(source, defaults=comparable(defaults)) if defaults else source


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


class _Cascades:
    """Hugo's `cascade`: values that a section's `_index` file gives to all below it; the nearest wins."""

    def __init__(self, content: Path) -> None:
        self.content = content
        self.by_folder: dict[PurePosixPath, list[Mapping[str, Any]]] = {}

    def of(self, place: PurePosixPath, source: Source) -> dict[str, Any]:
        values: dict[str, Any] = {}
        for folder in reversed(place.parents):
            for cascade in self._in(folder):
                if _is_meant(cascade, place, source):
                    values |= {k: v for k, v in cascade.items() if k not in {"target", "_target"}}
        return values

    def _in(self, folder: PurePosixPath) -> list[Mapping[str, Any]]:
        if folder not in self.by_folder:
            self.by_folder[folder] = self._read(folder)
        return self.by_folder[folder]

    def _read(self, folder: PurePosixPath) -> list[Mapping[str, Any]]:
        """What is malformed is reported when its own file is read."""
        for name in ("_index.md", "_index.markdown"):
            path = self.content / folder / name
            if path.is_symlink() or not path.is_file():
                continue
            try:
                said = Document.parse(path.read_bytes()).get("cascade")
            except (OSError, DocumentError):
                continue
            return [each for each in (said if isinstance(said, list) else [said]) if isinstance(each, Mapping)]
        return []


def _is_meant(cascade: Mapping[str, Any], place: PurePosixPath, source: Source) -> bool:
    """Whether a cascade's target, if it names one, is this page."""
    target = cascade.get("target") or cascade.get("_target")
    if not isinstance(target, Mapping):
        return True
    kind = "section" if place.stem == "_index" else "page"
    page = "/" + str(PurePosixPath(source.page).with_suffix("")).removesuffix("/index")
    pattern = str(target.get("path") or "**").replace("{", "").replace("}", "").replace("**", "*")
    return (
        str(target.get("kind") or kind) == kind
        and str(target.get("lang") or source.language) == source.language
        and fnmatchcase(page.lower(), pattern.lower())
    )
