"""What a site's configuration says, for the texts that show some of it: `{{ site.email }}`, `{{< param version >}}`."""

import re
from collections.abc import Iterable, Mapping
from contextlib import suppress
from datetime import date, datetime
from functools import lru_cache
from hashlib import sha256
from pathlib import Path, PurePosixPath
from typing import Any

from posts.body_terms import AUTHOR, INCLUDES, OF_FILE, WHETHER
from posts.importing.config_files import ConfigError, lowered, mapping, values_of
from posts.importing.config_terms import SiteConfig
from posts.importing.on_demand import OnDemand
from posts.importing.site_config import read_config
from posts.importing.walk import FoundFile, Site
from posts.rendering import liquid_includes
from posts.rendering.liquid_values import OF_DATA

_PLAIN_PATH = re.compile(r"[\w-]+(?:\.[\w-]+)*+")
_LARGEST_DATA = 256 * 1024  # bytes
_MOST_DATA = 32
"""Files of data that one text may ask for, and that a process keeps as they were read, which takes many times their size."""
_LARGEST_INCLUDE = 32 * 1024
_DATA = "data."
_DATA_ENDINGS = (".yml", ".yaml", ".json", ".csv", ".tsv")
_DEEPEST_DATA = 8  # folders
_OF_AUTHORS = ("authors.yml", "authors.yaml", ".authors.yml", ".authors.yaml")
_ENDS = {"first": 0, "last": -1}  # of a list
_UNKNOWN = object()  # for data of which there is no file


class SiteValues(OnDemand[str | None]):
    """Texts and numbers by their names, as `author.name`; None for what is not said.

    Of Hugo's configuration those below `params`, in any case. A post keeps what it asked for; of a file that no include can
    show its hash is enough, to tell whether it has changed.
    """

    def __init__(self, file: FoundFile) -> None:
        super().__init__()
        self.file, self.site = file, file.site
        self.language = file.source.language
        self.asked_for: set[Path] = set()  # of the files of data

    def find(self, name: str) -> str | None:
        if name.startswith(AUTHOR):
            return _author(self.file, name.removeprefix(AUTHOR))
        if name.startswith(OF_FILE):
            return _included(self.site, name.removeprefix(OF_FILE)) if self.site else None
        value = self._value(self.site, name.removeprefix(WHETHER)) if self.site else None
        if name.startswith(WHETHER):
            return None if value is _UNKNOWN else "" if value is None else "yes"
        if isinstance(value, bool) and name.startswith(_DATA):
            return str(value).lower()
        is_shown = isinstance(value, str | int | float | date) and not isinstance(value, bool | datetime)
        return str(value) if is_shown else None

    def _value(self, site: Site, name: str) -> Any:
        config = _config(site)
        value: Any = config.said
        if config.jekyll and name.startswith(_DATA):
            return self._of_data(site, name.split(".")[1:]) if _PLAIN_PATH.fullmatch(name) else _UNKNOWN
        if not config.jekyll:
            known = self.language in config.languages
            value, name = config.languages[self.language].params if known else {}, name.lower()
        for part in name.split("."):
            value = (mapping if config.jekyll else lowered)(value).get(part)
        return value

    def _of_data(self, site: Site, parts: list[str]) -> Any:
        """What a file of Jekyll's data, in a folder or not, says under the rest of the name; nobody knows for one too many."""
        for at in range(min(len(parts), _DEEPEST_DATA)):
            if file := _data_file(site, "/".join(parts[: at + 1])):
                self.asked_for.add(file)
                is_too_much = len(self.asked_for) > _MOST_DATA
                return _UNKNOWN if is_too_much else _below(_data(site, file), parts[at + 1 :])
        return _UNKNOWN


def are_as_stored(file: FoundFile, kept: Mapping[str, Any]) -> bool:
    """Whether the configuration still says what a post's source kept of it."""
    values = SiteValues(file)
    return all(values.get(name) == value for name, value in kept.get("site_values", {}).items())


@lru_cache(maxsize=256)
def _included(site: Site, place: str) -> str | None:
    """The file's text, or what stands for one that cannot be shown; read once, for very many documents may include it."""
    text = _text(_config(site), place)
    return text if text is None or liquid_includes.may_show(text) else _hashed(text)


def _text(config: SiteConfig, place: str) -> str | None:
    """What the file at this place in the site holds; None for one that is not there, leads out of it, is too large or no
    text."""
    folder, _, name = place.partition("/")
    own = config.said.get("includes_dir") if folder == INCLUDES else None
    site, file = config.content, config.content / (f"{own}/{name}" if own else place)
    with suppress(OSError, ValueError):  # for a name that no file can have, and what is no text
        is_of_site = file.is_file() and file.resolve().is_relative_to(site.resolve())
        text = file.read_text("utf-8") if is_of_site and file.stat().st_size <= _LARGEST_INCLUDE else "\0"
        return None if "\0" in text else text  # which PostgreSQL takes nowhere
    return None


def _hashed(text: str) -> str:
    """What stands for a file that cannot be shown: no more can this."""
    return f"{{% {sha256(text.encode()).hexdigest()} %}}"


@lru_cache(maxsize=512)
def _data_file(site: Site, name: str) -> Path | None:
    """The file of that name among the site's data."""
    config = _config(site)
    folder, top = config.content / str(config.said.get("data_dir") or "_data"), config.content.resolve()
    return _there((folder / f"{name}{ending}" for ending in _DATA_ENDINGS), top)


def _there(files: Iterable[Path], top: Path) -> Path | None:
    """The first that is a file and does not lead out of the folder."""
    with suppress(OSError):  # for a name that no file can have
        return next((file for file in files if file.is_file() and file.resolve().is_relative_to(top)), None)
    return None


@lru_cache(maxsize=_MOST_DATA)
def _data(site: Site, file: Path) -> Any:
    """What the file says, read once for very many texts; where it cannot be read nobody knows, as the site's lists of things
    may be anything."""
    with suppress(ConfigError, OSError):
        if file.stat().st_size <= _LARGEST_DATA:
            value = values_of(file, is_jekylls=True)
            return {} if value is None else value
    return _UNKNOWN


def _below(value: Any, parts: list[str]) -> Any:
    """Such as `--3.name` of a list's fourth item; of a mapping an item is its key and what stands under it."""
    for part in parts if value is not _UNKNOWN else ():
        own = part.removeprefix(OF_DATA)
        if own == "size" and (isinstance(value, list) or own != part or "size" not in mapping(value)):
            value = len(value) if isinstance(value, list | Mapping) else None
        elif part in _ENDS and isinstance(value, list):
            value = value[_ENDS[part]] if value else None
        elif own != part and own.isdecimal() and len(own) < 6:
            items = value if isinstance(value, list) else [[key, each] for key, each in mapping(value).items()]
            value = items[int(own)] if int(own) < len(items) else None
        else:
            value = mapping(value).get(part)
    return value


def _author(file: FoundFile, key: str) -> str | None:
    """Whom the nearest file of authors has under the key, in the document's folder or one around it."""
    depth = len(PurePosixPath(file.source.file).parts)
    folders = file.path.absolute().parents[:depth]
    found = (_authors(file.site, folder, folders[-1]).get(key) for folder in folders) if file.site else ()
    said = next((mapping(each).get("name") for each in found if each is not None), None)
    return said if isinstance(said, str) else None


def _authors(site: Site, folder: Path, top: Path) -> Mapping[str, Any]:
    """Whom the folder's file has under their keys, which MkDocs has below `authors`."""
    file = _authors_file(site, folder, top)
    said = mapping(_data(site, file)) if file else {}
    return mapping(said["authors"]) if [*said] == ["authors"] else said


@lru_cache(maxsize=512)
def _authors_file(site: Site, folder: Path, top: Path) -> Path | None:
    return _there((folder / name for name in _OF_AUTHORS), top.resolve())


@lru_cache(maxsize=1)
def _config(site: Site) -> SiteConfig:
    return read_config(site.folder)
