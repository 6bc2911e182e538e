"""What a site's configuration says, for the texts that show some of it: `{{ site.email }}`, `{{< param version >}}`."""

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

from posts.importing.config_files import lowered, mapping
from posts.importing.site_config import SiteConfig, read_config
from posts.importing.walk import FoundFile, Site


class SiteValues(Mapping[str, str | None]):
    """Texts and numbers by their names, as `author.name`, each found when it is first asked for; None for what is not said.

    Of Hugo's configuration those below `params`, in any case.
    """

    def __init__(self, file: FoundFile) -> None:
        self.site = file.site
        self.language = file.source.language
        self.shown: dict[str, str | None] = {}

    def __getitem__(self, name: str) -> str | None:
        if name not in self.shown:
            value = _value(_config(self.site), self.language, name) if self.site else None
            is_shown = isinstance(value, str | int | float) and not isinstance(value, bool)
            self.shown[name] = str(value) if is_shown else None
        return self.shown[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self.shown)

    def __len__(self) -> int:
        return len(self.shown)


def are_as_stored(file: FoundFile, kept: Mapping[str, Any]) -> bool:
    """Whether the configuration still says what a post's source kept of it."""
    values = SiteValues(file)
    return all(values.get(name) == value for name, value in kept.get("site_values", {}).items())


def _value(config: SiteConfig, language: str, name: str) -> Any:
    value: Any = config.said
    if not config.jekyll:
        value, name = config.languages[language].params if language in config.languages else {}, name.lower()
    for part in name.split("."):
        value = (mapping if config.jekyll else lowered)(value).get(part)
    return value


@lru_cache(maxsize=1)
def _config(site: Site) -> SiteConfig:
    return read_config(site.folder)
