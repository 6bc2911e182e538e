"""What a section's `_index` file says for all below it: Hugo's `cascade`, which the site's configuration has too, and slugs."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from posts.document import Document, DocumentError
from posts.importing.config_files import lowered
from posts.importing.files import OTHER_ENDINGS
from posts.importing.targets import is_meant, names_languages
from posts.source import Source

INDEX_FILES = "_[iI][nN][dD][eE][xX].*"  # in any case (Hugo)
_ENDINGS = (".md", ".markdown", ".mdown", *sorted(OTHER_ENDINGS))
_LANGUAGE = re.compile(r"\.([^.]+)\.[^.]+$")


@dataclass(frozen=True, slots=True)
class Index:
    """Of an `_index` file what is not for its own page alone."""

    cascade: tuple[Mapping[str, Any], ...] = ()
    slug: str = ""


@dataclass(frozen=True, slots=True)
class Root:
    """A folder of content: where its files' places begin, and the language of those whose name says none."""

    folder: str
    language: str
    place: str = ""


class Indexes:
    """The `_index` files of a site's folders of content, each read when it is first asked for."""

    def __init__(self, content: Path, roots: Sequence[Root], languages: Sequence[str] = ()) -> None:
        self.content = content
        self.roots = roots
        self.languages = languages  # of a Hugo site, the first first
        self.by_section: dict[tuple[PurePosixPath, str], Index] = {}
        self.indexed: dict[PurePosixPath, set[str]] = {}

    def cascaded(self, source: Source) -> dict[str, Any]:
        """What the sections around give to the page; the nearest wins."""
        values: dict[str, Any] = {}
        page = PurePosixPath(source.page)
        for section in reversed(page.parents):
            is_its_own = page.parent == section and page.stem == "_index"
            values |= cascaded(self._cascades(section, source.language, is_its_own=is_its_own), source)
        return values

    def _cascades(self, section: PurePosixPath, language: str, *, is_its_own: bool) -> Iterator[Mapping[str, Any]]:
        """What the section's index gives in this language, and behind it, but not to that index, what those in others give
        to languages that they name. Of several Hugo takes now the one, now the other."""
        yield from self._of(section, language).cascade
        there = self._indexed(section) if len(self.languages) > 1 and not is_its_own else set[str]()
        for other in self.languages:
            if other != language and other in there:
                yield from filter(names_languages, self._of(section, other).cascade)

    def slugs_around(self, source: Source) -> list[tuple[str, str]]:
        """The names of the folders around, each with the slug that its section has, if it has one."""
        return [(section.name, self._of(section, source.language).slug) for section in _around(source)]

    def sections_around(self, source: Source) -> list[bool]:
        """Which of these folders Hugo takes for sections: the first, and those with an `_index` of the page's language."""
        return [at == 0 or source.language in self._indexed(section) for at, section in enumerate(_around(source))]

    def _indexed(self, section: PurePosixPath) -> set[str]:
        """The languages in which it has an index."""
        if section not in self.indexed:
            self.indexed[section] = {
                said.group(1) if (said := _LANGUAGE.search(path.name.lower())) else root.language
                for root, folder in self._folders(section)
                for path in folder.glob(INDEX_FILES)
            }
        return self.indexed[section]

    def _of(self, section: PurePosixPath, language: str) -> Index:
        if (section, language) not in self.by_section:
            self.by_section[section, language] = self._read(section, language)
        return self.by_section[section, language]

    def _read(self, section: PurePosixPath, language: str) -> Index:
        """Of this language's `_index`, which may lie in the folder of another and say its own in its name."""
        for root, folder in self._folders(section):
            stems = [f"_index.{language}", *(["_index"] if root.language == language else [])]
            if (found := _index_in(folder, stems)) is not None:
                return found
        return Index()

    def _folders(self, section: PurePosixPath) -> Iterator[tuple[Root, Path]]:
        for root in self.roots:
            if section.is_relative_to(root.place):
                yield root, self.content / root.folder / section.relative_to(root.place)


def _index_in(folder: Path, stems: Sequence[str]) -> Index | None:
    """What the first of these files says; None where there is none. What is malformed is reported with its own file."""
    present = {path.name.lower(): path for path in folder.glob(INDEX_FILES)}
    for name in (f"{stem}{ending}" for stem in stems for ending in _ENDINGS):
        path = present.get(name)
        if path is None or path.is_symlink() or not path.is_file():
            continue
        try:
            document = Document.parse(path.read_bytes())
        except (OSError, DocumentError):
            continue
        said, slug = document.get("cascade"), document.get("slug")
        cascades = said if isinstance(said, list) else [said]
        return Index(
            tuple(each for each in cascades if isinstance(each, Mapping)), slug if isinstance(slug, str) else ""
        )
    return None


def _around(source: Source) -> list[PurePosixPath]:
    """The sections around a page, from the outermost on; a bundle's own folder is none."""
    page = PurePosixPath(source.page)
    inner = 1 if page.stem in {"index", "_index"} else 0
    return [section for section in reversed(page.parents[inner:]) if section.name]


def cascaded(cascades: Iterable[Mapping[str, Any]], source: Source) -> dict[str, Any]:
    """What those that are meant give; of several the first."""
    values: dict[str, Any] = {}
    for cascade in map(lowered, cascades):
        targets = [cascade.pop(key, None) for key in ("target", "_target")]
        if is_meant(targets[0] or targets[1], PurePosixPath(source.page), source.language):
            params = lowered(cascade.pop("params", None))  # to Hugo keys like the others
            values = params | cascade | values
    return values
