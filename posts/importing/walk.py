"""The Markdown files of a site, each with its place in it."""

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from django.conf import settings

from posts.projection import Source

MARKDOWN_ENDINGS = frozenset({".md", ".markdown"})
SITE_FILES = ("content", "_posts", "hugo.toml", "hugo.yaml", "hugo.json", "config.toml", "config.yaml", "_config.yml")
DEFAULT_SECTION = "posts"  # of a single file that stands below no content folder


class NothingThere(Exception):
    """A path to import that is neither a file nor a folder, or cannot be looked into."""


@dataclass(frozen=True, slots=True)
class FoundFile:
    """A file to import: where it is, as a shell in the same folder would find it, and its place in the site."""

    path: Path
    source: Source


def walk(paths: Iterable[Path], *, section: str = "", language: str = "") -> Iterator[FoundFile]:
    """Every Markdown file of these sites, content folders and files, by name. Raises `NothingThere`."""
    for path in paths:
        if path.is_dir():
            yield from _walk_folder(_content_folder(path), section=section, language=language)
        elif path.exists():
            place, below_content = _place_of_file(path)
            own_section = section or ("" if below_content else DEFAULT_SECTION)
            yield FoundFile(path, located(place, section=own_section, language=language))
        else:
            raise NothingThere(f"{path}: there is no such file or folder")


def located(place: PurePosixPath, *, section: str = "", language: str = "") -> Source:
    """The source of the file at this place in a content folder.

    A language of our settings is read from a file's name (`x.vi.md`) or its topmost folder (`vi/posts/x.md`), and taken
    out of the page's place.
    """
    languages = dict(settings.LANGUAGES)
    stem, dot, suffix = place.stem.rpartition(".")
    page = place
    if dot and stem and suffix in languages:
        language, page = suffix, place.with_name(stem + place.suffix)
    elif len(place.parts) > 1 and place.parts[0] in languages:
        language, page = place.parts[0], PurePosixPath(*place.parts[1:])
    language = language or settings.LANGUAGE_CODE
    prefix = "/" if language == settings.LANGUAGE_CODE else f"/{language}/"
    return Source(file=str(place), page=str(page), language=language, section=section, prefix=prefix)


def _content_folder(folder: Path) -> Path:
    is_site = any((folder / name).exists() for name in SITE_FILES)
    return folder / "content" if is_site and (folder / "content").is_dir() else folder


def _place_of_file(path: Path) -> tuple[PurePosixPath, bool]:
    """Its place below the nearest `content` folder, and whether there is one."""
    parts = path.absolute().parts
    if "content" in parts[:-1]:
        return PurePosixPath(*parts[len(parts) - parts[::-1].index("content") :]), True
    return PurePosixPath(path.name), False


def _walk_folder(folder: Path, *, section: str, language: str) -> Iterator[FoundFile]:
    """Links that lead to folders are not followed, so that no walk leaves the folder or runs in a circle."""

    def fail(error: OSError) -> None:
        raise NothingThere(f"{error.filename}: the folder cannot be read: {error.strerror}") from error

    for here, folders, names in os.walk(folder, onerror=fail):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            path = Path(here, name)
            if path.suffix.lower() in MARKDOWN_ENDINGS and not name.startswith("."):
                place = PurePosixPath(path.relative_to(folder).as_posix())
                yield FoundFile(path, located(place, section=section, language=language))
