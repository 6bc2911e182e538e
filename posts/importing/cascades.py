"""Hugo's `cascade`: values that a section's `_index` file, or the site's configuration, gives to all below it."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from posts.document import Document, DocumentError
from posts.importing.config_files import ENVIRONMENT
from posts.projection import Source

INDEX_FILES = "_[iI][nN][dD][eE][xX].*"  # in any case (Hugo)
MOST_BRACES = 4  # in a cascade's pattern: their alternatives multiply


@dataclass(frozen=True, slots=True)
class Root:
    """A folder of content: where its files' places begin, and the language of those whose name says none."""

    folder: str
    language: str
    place: str = ""


class Cascades:
    """Hugo's `cascade`: values that a section's `_index` file gives to all below it; the nearest wins."""

    def __init__(self, content: Path, roots: Sequence[Root]) -> None:
        self.content = content
        self.roots = roots
        self.by_section: dict[tuple[PurePosixPath, str], list[Mapping[str, Any]]] = {}
        self.indexed: dict[PurePosixPath, bool] = {}

    def of(self, source: Source) -> dict[str, Any]:
        values: dict[str, Any] = {}
        for section in reversed(PurePosixPath(source.page).parents):
            values |= cascaded(self._in(section, source.language), source)
        return values

    def sections_around(self, place: PurePosixPath, page: PurePosixPath) -> list[str]:
        """The names of the folders that Hugo takes for sections: the first, and those with an `_index` of any language."""
        folders = [*zip(place.parents, page.parents, strict=False)][::-1]
        inner = {place.parent} if place.stem.lower().partition(".")[0] in {"index", "_index"} else set()
        around = [(folder, shown.name) for folder, shown in folders if shown.name and folder not in inner]
        return [name for at, (folder, name) in enumerate(around) if at == 0 or self._has_index(folder)]

    def _has_index(self, folder: PurePosixPath) -> bool:
        if folder not in self.indexed:
            self.indexed[folder] = any((self.content / folder).glob(INDEX_FILES))
        return self.indexed[folder]

    def _in(self, section: PurePosixPath, language: str) -> list[Mapping[str, Any]]:
        if (section, language) not in self.by_section:
            self.by_section[section, language] = self._read(section, language)
        return self.by_section[section, language]

    def _read(self, section: PurePosixPath, language: str) -> list[Mapping[str, Any]]:
        """Of this language's `_index`, which may lie in the folder of another and say its own in its name."""
        for root in self.roots:
            if section.is_relative_to(root.place):
                folder = self.content / root.folder / section.relative_to(root.place)
                stems = [f"_index.{language}", *(["_index"] if root.language == language else [])]
                if (found := _cascade_in(folder, stems)) is not None:
                    return found
        return []


def _cascade_in(folder: Path, stems: Sequence[str]) -> list[Mapping[str, Any]] | None:
    """What the first of these index files says; None where there is none. What is malformed is reported with its own file."""
    present = {path.name.lower(): path for path in folder.glob(INDEX_FILES)}
    for name in (f"{stem}{ending}" for stem in stems for ending in (".md", ".markdown")):
        path = present.get(name)
        if path is None or path.is_symlink() or not path.is_file():
            continue
        try:
            said = Document.parse(path.read_bytes()).get("cascade")
        except (OSError, DocumentError):
            continue
        return [each for each in (said if isinstance(said, list) else [said]) if isinstance(each, Mapping)]
    return None


def cascaded(cascades: Iterable[Mapping[str, Any]], source: Source) -> dict[str, Any]:
    """What those that are meant give; of several the first."""
    values: dict[str, Any] = {}
    for cascade in cascades:
        if _is_meant(cascade, source):
            values = _given(cascade) | values
    return values


def _given(cascade: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in cascade.items() if key not in {"target", "_target"}}


def _is_meant(cascade: Mapping[str, Any], source: Source) -> bool:
    """Whether a cascade's target, if it names one, is this page."""
    target = cascade.get("target") or cascade.get("_target")
    if not isinstance(target, Mapping):
        return True
    written = PurePosixPath(source.page)
    kind = "section" if written.stem == "_index" else "page"
    name = str(written.with_suffix("")).replace(" ", "-")
    page = "/" + re.sub(r"(?:^|/)_?index$", "", name)
    facts = {"kind": kind, "lang": source.language, "path": page, "environment": ENVIRONMENT}
    return all(_matches(fact, str(target[name])) for name, fact in facts.items() if target.get(name))


def _matches(fact: str, pattern: str) -> bool:
    """Hugo's globs: `*` stops at a slash, `**` does not."""
    signs = {"**": ".*", "*": "[^/]*", "?": "[^/]"}
    for each in _alternatives(pattern.lower()):
        expression = re.sub(r"\*\*|.", lambda sign: signs.get(sign[0], re.escape(sign[0])), each, flags=re.DOTALL)
        if re.fullmatch(expression, fact.lower()):
            return True
    return False


def _alternatives(pattern: str) -> list[str]:
    """`/{a,b}/*` is `/a/*` or `/b/*`; of braces within braces, or many of them, only the first are read."""
    before, brace, rest = pattern.partition("{")
    inside, closed, after = rest.partition("}")
    if not (brace and closed) or pattern.count("{") > MOST_BRACES:
        return [pattern]
    return [option for each in inside.split(",") for option in _alternatives(before + each + after)]
