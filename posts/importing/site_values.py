"""What a Jekyll site's configuration says, for the texts that show some of it: `{{ site.email }}`."""

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

from posts.importing.config_files import mapping
from posts.importing.site_config import read_config
from posts.importing.walk import FoundFile, Site


class SiteValues(Mapping[str, str]):
    """Texts and numbers by their names, as `author.name`, each found when it is first asked for."""

    def __init__(self, file: FoundFile) -> None:
        self.site = file.site
        self.shown: dict[str, str] = {}

    def __getitem__(self, name: str) -> str:
        if name not in self.shown and self.site:
            value: Any = _said_by(self.site)
            for part in name.split("."):
                value = mapping(value).get(part)
            if isinstance(value, str | int | float) and not isinstance(value, bool):
                self.shown[name] = str(value)
        return self.shown[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self.shown)

    def __len__(self) -> int:
        return len(self.shown)


def are_as_stored(file: FoundFile, kept: Mapping[str, Any]) -> bool:
    """Whether the configuration still says what a post's source kept of it."""
    values = SiteValues(file)
    return all(values.get(name) == value for name, value in kept.get("site_values", {}).items())


@lru_cache(maxsize=1)
def _said_by(site: Site) -> Mapping[str, Any]:
    return read_config(site.folder).said
