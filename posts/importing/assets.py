"""The files that a document names and that lie beside it: a bundle's own, and the site's static ones."""

import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import lru_cache
from hashlib import sha256
from os.path import normpath
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from time import monotonic
from types import MappingProxyType
from typing import Any
from urllib.parse import SplitResult, unquote, urlsplit

from posts import attachments, images, picture_names
from posts.images.errors import ImageError, SilentStorageError, StorageError
from posts.importing.folders import own_files
from posts.importing.on_demand import OnDemand
from posts.importing.walk import FoundFile, Site
from posts.rendering import embedded
from posts.rendering.wiki_links import ANYWHERE
from posts.sentences import gettext_noop, systems_reason
from posts.source import asset_place

UNREADABLE = gettext_noop("the file cannot be read: %(reason)s; fix its permissions or its link")
TRY_AGAIN = "try again"
"""In place of a refused file's state: not the file, but its storage was to blame."""
RESOURCES = "assets"
"""Hugo's folder of what a site's pages have in common, where a picture is looked for last."""
_ENDINGS = picture_names.ENDINGS | attachments.SUFFIXES


class Assets(OnDemand[str]):
    """URLs here by the names that a document gives its pictures and other files, each stored when it is found.
    `embedded` are pictures that the document itself holds, by their names.

    `refused` says why one was not taken over, `refused_as` what its file was (`_state`, or `TRY_AGAIN`), `missing` names
    those of a page bundle, and by their path those of a site, that are not there, `resources` those that Hugo has in its
    folder `assets`, `places` where those are that stand elsewhere than `asset_place` thinks.
    """

    def __init__(
        self, file: FoundFile, store: Callable[[Path], str], embedded: Mapping[str, bytes] = MappingProxyType({})
    ) -> None:
        super().__init__()
        self.file, self.store, self.embedded = file, store, embedded
        self.refused: dict[str, str] = {}
        self.refused_as: dict[str, str] = {}
        self.missing: dict[str, None] = {}
        self.resources: dict[str, None] = {}
        self.places: dict[str, str] = {}

    def find(self, name: str) -> str:
        if name in self.refused or name in self.missing:
            raise KeyError(name)
        if name in self.embedded:
            with TemporaryDirectory() as folder:
                picture = Path(folder, PurePosixPath(name).name)
                picture.write_bytes(self.embedded[name])
                return self._stored(name, picture)
        place = named_place(self.file, name)
        if place and (path := asset_file(self.file, place)):
            url = self._stored(name, path)
            if _is_resource(self.file, place, path):
                self.resources[name] = None
            self._note_place(name, path)
            return url
        if place and _belongs_here(self.file, name, place):
            self.missing[name] = None
        raise KeyError(name)

    def _note_place(self, name: str, path: Path) -> None:
        source = self.file.source
        document = PurePosixPath(source.root, source.file)
        top = self.file.path.absolute().parents[len(document.parts) - 1]
        kept = {"root": source.root, "base": source.base, "resources": self.resources}
        usual = asset_place(document, kept, name)
        if path.is_relative_to(top) and (not usual or _composed(path) != _composed(top / usual)):
            self.places[name] = path.relative_to(top).as_posix()

    def _stored(self, name: str, path: Path) -> str:
        """Its URL here. Raises KeyError for one that was refused."""
        try:
            return self.store(path)
        except ImageError as error:
            self.refused[name] = error.sentence
            self.refused_as[name] = TRY_AGAIN if isinstance(error, StorageError) else _state(path)
        except OSError as error:
            self.refused[name] = UNREADABLE % {"reason": systems_reason(error)}
            self.refused_as[name] = _state(path)
        raise KeyError(name)


def _belongs_here(file: FoundFile, name: str, place: str) -> bool:
    """Whether the folder that is imported should have the file: the page's own, a whole site's that is named by path, or one
    that is named from the text's folder (`../a.png`), where no Hugo has a say."""
    if place.startswith("/"):
        return file.site is not None and file.site.is_whole and name.startswith("/") and name[1:2] != "/"
    is_beside = file.source.notes and place.startswith(("./", "../"))
    return is_beside or PurePosixPath(file.source.page).stem == "index"


class Patience:
    """How long an import waits for a storage that does not answer: not for each of a thousand pictures.

    After `MOST` small files in a row without an answer those that follow are refused unasked, for `REST_SECONDS`. A large one
    may be slow for its size, and does not count.
    """

    MOST = 2
    SMALL_BYTES = 1024 * 1024
    REST_SECONDS = 60.0

    def __init__(self) -> None:
        self.renew()

    def renew(self) -> None:
        """Forgets what an earlier import met."""
        self.unanswered = 0
        self.asks_again_at = 0.0
        self.last: SilentStorageError | None = None

    def store(self, path: Path) -> str:
        """Keeps the picture or file for good; its URL here. Raises `ImageError`."""
        if self.last and monotonic() < self.asks_again_at:
            raise SilentStorageError(self.last.problem, self.last.mend)
        try:
            url = _store(path)
        except SilentStorageError as error:
            self.unanswered += path.stat().st_size <= self.SMALL_BYTES
            if self.unanswered >= self.MOST:
                self.last, self.asks_again_at = error, monotonic() + self.REST_SECONDS
                self.unanswered = 0
            raise
        self.unanswered = 0
        return url


patience = Patience()
store = patience.store


def _store(path: Path) -> str:
    if path.suffix.lower() not in picture_names.ENDINGS:
        return attachments.store(path)
    with path.open("rb") as picture:
        return images.store(picture, name=path.name)


def look_at(path: Path) -> str:
    """Keeps nothing, and says of the picture or file what `store` would. Raises `ImageError`."""
    if path.suffix.lower() not in picture_names.ENDINGS:
        attachments.checked(path)
        return str(path)
    with path.open("rb") as picture:
        images.verify(picture)
    return str(path)


def named_place(file: FoundFile, name: str) -> str:
    """The relative name or site path, decoded, of a file that can be taken over; empty for any other address.

    An address that begins with that of its site, of any scheme and with `www.` or without, is a path of it.
    """
    _, dot, ending = name.partition("?")[0].partition("#")[0].rpartition(".")
    if dot + ending.lower() not in _ENDINGS:
        return ""  # before all else, for most links lead to pages
    try:
        parts = urlsplit(name)
    except ValueError:
        return ""
    place = unquote(parts.path)
    is_web = parts.netloc and parts.scheme in {"", "http", "https"}
    is_here = not (parts.scheme or parts.netloc) or (is_web and _host(parts) in dict(_homes(file)))
    return place if is_here and "\0" not in place else ""


def _homes(file: FoundFile) -> tuple[tuple[str, str], ...]:
    """The hosts on the web at which its site says that it is, each with the path of the site's top there."""
    return _split(file.site.addresses) if file.site else ()


@lru_cache(maxsize=8)
def _split(addresses: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    homes = []
    for address in addresses:
        with suppress(ValueError):
            parts = urlsplit(address)
            homes += [(_host(parts), f"{parts.path.rstrip('/')}/")] if parts.netloc else []
    return tuple(homes)


def _host(parts: SplitResult) -> str:
    return parts.netloc.lower().removeprefix("www.")


def asset_file(file: FoundFile, place: str) -> Path | None:
    """The file at that place, if it is inside the site: beside the document, or where the page's address leads to.

    A letter and its mark may be one character in the text and two in the file's name, or the other way round.
    """
    spellings = dict.fromkeys([place, *(unicodedata.normalize(form, place) for form in ("NFC", "NFD"))])
    return next((path for each in spellings if (path := _asset_file(file, each))), None)


def _asset_file(file: FoundFile, place: str) -> Path | None:
    page, depth = PurePosixPath(file.source.page), len(PurePosixPath(file.source.file).parts)
    around = file.path.absolute().parents
    content, own = around[depth - 1], around[min(depth, len(page.parts)) - 1]
    shown_in = page.parent if page.stem in {"index", "_index"} else page.with_suffix("")
    if place.startswith("/"):
        above = [file.source.prefix, *(top for _, top in _homes(file))]
        names = dict.fromkeys([place.lstrip("/"), *(place.removeprefix(each).lstrip("/") for each in above)])
        found = []
    else:
        names = {(shown_in / place).as_posix(): None}
        found = [(file.path.parent / place, content)]
    for folder in [(own, ""), (content, ""), *file.beside]:
        found += _mounted(folder, names)
    if file.site and not (file.source.hugo or file.source.jekyll):
        name = place.removeprefix(ANYWHERE)
        if place.startswith(ANYWHERE) or "/" not in name and (content / ".obsidian").is_dir():
            found += [(path, content) for path in _by_name(file.site, content).get(_composed(name).lower(), ())]
    if file.site and file.source.hugo:
        for folder in [*file.site.resources, (file.site.folder / RESOURCES, "")]:
            found += _mounted(folder, [place.lstrip("/")])
    for path, root in ((Path(normpath(path)), root) for path, root in found):
        is_here = _is_file(path) and path.resolve().is_relative_to(root.resolve())
        if is_here and any(path.resolve().is_relative_to(each) for each in _inside_of(file, content)):
            return path
    return None


def _mounted(folder: tuple[Path, str], names: Iterable[str]) -> list[tuple[Path, Path]]:
    """Where files of these names would be in a folder whose files stand below a place, each with the folder."""
    root, mounted_at = folder
    below = f"{mounted_at}/" if mounted_at else ""
    return [(root / name[len(below) :], root) for name in names if f"{name}/".startswith(below)]


@lru_cache(maxsize=2)
def _by_name(site: Site, content: Path) -> Mapping[str, Sequence[Path]]:
    """The pictures and files of a folder that is no site by their names in lower case, as Obsidian finds them; none of
    which the folder has several."""
    named: dict[str, list[Path]] = {}
    for file in own_files(content):
        if file.suffix.lower() in _ENDINGS:
            named.setdefault(_composed(file.name).lower(), []).append(file)
    return {name: paths for name, paths in named.items() if len(paths) == 1}


def _is_resource(file: FoundFile, place: str, path: Path) -> bool:
    """Whether the file that was found at that place stands in the folder of what a Hugo site's pages have in common."""
    folder = file.site.folder / RESOURCES if file.site and file.source.hugo else None
    return folder is not None and _composed(path) == _composed(normpath(folder / place.lstrip("/")))


def _composed(path: Path | str) -> str:
    return unicodedata.normalize("NFC", str(path))


def _is_file(path: Path) -> bool:
    """Whether a file is there; no name that is longer than the file system's is."""
    with suppress(OSError):
        return path.is_file()
    return False


def _inside_of(file: FoundFile, content: Path) -> Iterator[Path]:
    """The folders out of which no configuration and no link may lead: the site's, that of its content, the document's.

    Content that is mounted from beside a site has a folder around both; nothing else in that is the site's.
    """
    site = (file.site.folder if file.site else content.parent).resolve()
    yield site
    yield file.path.parent.resolve()
    if not site.is_relative_to(content.resolve()):
        yield content.resolve()


def are_as_stored(file: FoundFile, kept: Mapping[str, Any]) -> bool:
    """Whether the files that a post's source kept still are those behind their URLs, whose names hold their hashes, and
    those that were missing still are, and those that were refused would be again."""
    names = ((name, url) for name, url in kept.get("assets", {}).items() if not name.startswith(embedded.FOLDER))
    stored = ((asset_file(file, named_place(file, name)), url) for name, url in names)
    missing = (asset_file(file, named_place(file, name)) for name in kept.get("missing", ()))
    refused = kept.get("refused", {}).items()
    try:
        unchanged = all(path and sha256(path.read_bytes()).hexdigest()[:16] in url for path, url in stored)
    except OSError:
        return False
    return unchanged and not any(missing) and not any(_may_be_taken(file, *each) for each in refused)


def _may_be_taken(file: FoundFile, name: str, was: str) -> bool:
    """Whether a file that was not taken over may be now: its storage failed, or it is another file by now."""
    if was == TRY_AGAIN or name.startswith(embedded.FOLDER):
        return was == TRY_AGAIN
    return _state(asset_file(file, named_place(file, name))) != was


def _state(path: Path | None) -> str:
    """What tells whether a file is another by now: its hash; of one that is too large to be read its size."""
    try:
        if path is None:
            return "gone"
        size = path.stat().st_size
        return str(size) if size > attachments.MAX_BYTES else sha256(path.read_bytes()).hexdigest()[:16]
    except OSError:
        return "unreadable"
