"""What a site's configuration says, for the texts that show some of it: `{{ site.email }}`, `{{< param version >}}`."""

import re
from collections.abc import Mapping
from contextlib import suppress
from datetime import date, datetime
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from posts.body_terms import INCLUDES, OF_FILE
from posts.importing.config_files import ConfigError, lowered, mapping, parsed
from posts.importing.config_terms import SiteConfig
from posts.importing.on_demand import OnDemand
from posts.importing.site_config import read_config
from posts.importing.walk import FoundFile, Site
from posts.rendering import liquid_includes

_PLAIN_PATH = re.compile(r"[\w-]+(?:\.[\w-]+)*+")
_LARGEST_DATA = 256 * 1024  # bytes
_LARGEST_INCLUDE = 32 * 1024


class SiteValues(OnDemand[str | None]):
    """Texts and numbers by their names, as `author.name`; None for what is not said.

    Of Hugo's configuration those below `params`, in any case. A post keeps what it asked for; of a file that no include can
    show its hash is enough, to tell whether it has changed.
    """

    def __init__(self, file: FoundFile) -> None:
        super().__init__()
        self.site = file.site
        self.language = file.source.language

    def find(self, name: str) -> str | None:
        if name.startswith(OF_FILE):
            return _included(self.site, name.removeprefix(OF_FILE)) if self.site else None
        value = _value(_config(self.site), self.language, name) if self.site else None
        is_shown = isinstance(value, str | int | float | date) and not isinstance(value, bool | datetime)
        return str(value) if is_shown else None


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


def _value(config: SiteConfig, language: str, name: str) -> Any:
    value: Any = config.said
    if config.jekyll and name.startswith("data."):
        folder = config.content / str(value.get("data_dir") or "_data")
        with suppress(OSError):  # for a name that no file can have
            return _of_data(folder, name.split(".")[1:], config.content) if _PLAIN_PATH.fullmatch(name) else None
        return None
    if not config.jekyll:
        value, name = config.languages[language].params if language in config.languages else {}, name.lower()
    for part in name.split("."):
        value = (mapping if config.jekyll else lowered)(value).get(part)
    return value


def _of_data(folder: Path, parts: list[str], site: Path) -> Any:
    """What a file of Jekyll's data, in a folder or not, says under the rest of the name; None for none."""
    for at, part in enumerate(parts):
        for file in (folder / (part + ending) for ending in (".yml", ".yaml", ".json")):
            if file.is_file() and file.resolve().is_relative_to(site.resolve()):
                value: Any = _data(file, file.stat().st_mtime_ns)
                for key in parts[at + 1 :]:
                    value = mapping(value).get(key)
                return value
        folder /= part
    return None


@lru_cache(maxsize=64)
def _data(file: Path, changed_at: int) -> Mapping[str, Any]:
    """What the file says; nothing where it cannot be read, as the site's lists of things may be anything."""
    try:
        return parsed(file) if file.stat().st_size <= _LARGEST_DATA else {}
    except (ConfigError, OSError):
        return {}


@lru_cache(maxsize=1)
def _config(site: Site) -> SiteConfig:
    return read_config(site.folder)
