"""The pages that a document refers to: where they really stand, by their own files' front matter."""

import posixpath
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import PurePosixPath
from typing import Any

from posts import permalinks, site_page
from posts.document import Document, DocumentError
from posts.frontmatter import FrontMatterError
from posts.importing.on_demand import OnDemand
from posts.importing.walk import FoundFile, Site, walk
from posts.projection import ProjectionError

_ENDING = re.compile(r"\.(?:md|markdown|html?)$")
UNREADABLE = (OSError, DocumentError, FrontMatterError, ProjectionError)


class Pages(OnDemand[str]):
    """Paths by `source.page_key`."""

    def __init__(self, file: FoundFile) -> None:
        super().__init__()
        self.file = file

    def find(self, name: str) -> str:
        language, _, reference = name.partition(":")
        path = _all_of(self.file.site).path(reference, language, self.file) if self.file.site else None
        if not path:
            raise KeyError(name)
        return path


def lead_as_stored(file: FoundFile, kept: Mapping[str, Any]) -> bool:
    """Whether the references that a post's source kept still lead where they led."""
    pages = Pages(file)
    return all(pages.get(key) == path for key, path in kept.get("pages", {}).items())


@dataclass(frozen=True, slots=True)
class _SitePages:
    """A site's files by language and place without ending; those of one name together; its folders."""

    by_place: Mapping[tuple[str, str], FoundFile]
    by_name: Mapping[tuple[str, str], list[FoundFile]]
    folders: Mapping[tuple[str, str], str]  # to the prefix of their language

    def path(self, reference: str, language: str, file: FoundFile) -> str | None:
        """The path of the page that a reference in this file names; None for none, or for several. Source: Hugo."""
        written = _ENDING.sub("", reference).removesuffix(f".{language}")
        for place in _places(written, PurePosixPath(file.source.page)):
            if found := self.by_place.get((language, place)):
                return _path_of(found)
            if (prefix := self.folders.get((language, place))) is not None:
                return permalinks.checked(f"{prefix}{place}/")
        named = [] if "/" in written else self.by_name.get((language, written.lower()), [])
        return _path_of(named[0]) if len(named) == 1 else None


def _places(written: str, page: PurePosixPath) -> Iterator[str]:
    """Where the reference may mean: from the top, or beside the page, of a leaf bundle beside the bundle."""
    here = page.parent.parent if page.stem == "index" else page.parent
    if not written.startswith("/"):
        yield _place(posixpath.normpath(posixpath.join(here, written)))
    if not written.startswith("."):
        yield _place(posixpath.normpath(written.lstrip("/")))


def _place(page: str) -> str:
    return page.lower().removesuffix("/_index").removesuffix("/index").strip("/")


def _path_of(file: FoundFile) -> str | None:
    try:
        return site_page.path_of(Document.parse(file.path.read_bytes()), file.source)
    except UNREADABLE:
        return None


@lru_cache(maxsize=1)
def _all_of(site: Site) -> _SitePages:
    """Read once in each process that meets a reference."""
    by_place: dict[tuple[str, str], FoundFile] = {}
    by_name: dict[tuple[str, str], list[FoundFile]] = {}
    folders: dict[tuple[str, str], str] = {}
    for file in walk([site.folder], site.wishes):
        if not file.left_out:
            page, language = PurePosixPath(file.source.page), file.source.language
            place = _place(str(page.with_suffix("")))
            by_place[language, place] = file
            by_name.setdefault((language, place.rpartition("/")[2]), []).append(file)
            folders[language, _place(page.parts[0]) if len(page.parts) > 1 else ""] = file.source.prefix
    return _SitePages(by_place, by_name, {key: prefix for key, prefix in folders.items() if key[1]})
