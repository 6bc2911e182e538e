"""A site's configuration files, read and laid over one another as Hugo does; what they mean is for site_config."""

import json
import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from posts.sentences import Sentence, gettext_noop

HUGO_NAMES = ("hugo", "config")
ENDINGS = (".toml", ".yaml", ".yml", ".json")
ENVIRONMENT = "production"  # what Hugo builds for unless told otherwise
MAX_VALUES = 50_000


class ConfigError(Exception):
    """A configuration that cannot be used: the sentence names the file, if it is one file's fault, and says why."""

    def __init__(self, sentence: Sentence) -> None:
        super().__init__(sentence)
        self.sentence = sentence

    def below(self, folder: Path) -> Sentence:
        """The sentence with the file's place below this folder."""
        template, values = self.sentence.template, self.sentence.values
        inside = {name: each.relative_to(folder) for name, each in values.items() if isinstance(each, Path)}
        return Sentence(template, {**values, **inside})


def hugo_files(folder: Path) -> dict[str, Any] | None:
    """The configuration of all its files, keys in lower case at the top; None without any. Raises `ConfigError`."""
    found: dict[str, Any] = {}
    files = [folder / f"{name}{ending}" for name in HUGO_NAMES for ending in ENDINGS]
    files += [folder / "config" / "_default" / f"{name}{ending}" for name in HUGO_NAMES for ending in ENDINGS]
    present = [file for file in files if file.is_file()]
    for file in present:
        found = _merged(found, parsed(file))
    parts = [file for name in ("_default", ENVIRONMENT) for file in _files_in(folder / "config" / name)]
    for file in parts:
        stem, dot, language = file.stem.lower().partition(".")
        if file not in present:
            part = parsed(file) if stem in HUGO_NAMES else {stem: parsed(file)}
            found = _merged(found, {"languages": {language: part}} if dot else part)
    return found if present or parts else None


def _files_in(folder: Path) -> list[Path]:
    files = sorted(folder.iterdir()) if folder.is_dir() else []
    return [file for file in files if file.suffix in ENDINGS and file.is_file()]


def _merged(config: Mapping[str, Any], more: Mapping[str, Any]) -> dict[str, Any]:
    """Both, keys in lower case; of two that are no mappings the later counts."""
    both = dict(config)
    for key, value in lowered(more).items():
        old = both.get(key)
        both[key] = _merged(old, value) if isinstance(value, Mapping) and isinstance(old, Mapping) else value
    return both


class _HugoYaml(yaml.SafeLoader):
    """YAML 1.2, in which `no` is a language."""


_HugoYaml.yaml_implicit_resolvers = {
    first: [each for each in resolvers if each[0] != "tag:yaml.org,2002:bool"]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
_HugoYaml.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("(?i:true|false)$"), list("tTfF"))


def parsed(file: Path) -> dict[str, Any]:
    """What one file says. Raises `ConfigError`."""
    try:
        text = file.read_text("utf-8-sig")
        match file.suffix:
            case ".toml":
                values: Any = tomllib.loads(text)
            case ".json":
                values = json.loads(text)
            case _:
                values = yaml.load(text, yaml.SafeLoader if file.stem == "_config" else _HugoYaml)
        _refuse_bomb(values)
    except (OSError, ValueError, yaml.YAMLError, RecursionError) as error:
        reason = error.strerror if isinstance(error, OSError) else " ".join(str(error).split())
        problem = gettext_noop("%(file)s: the configuration cannot be read: %(reason)s")
        raise ConfigError(problem % {"file": file, "reason": reason}) from None
    return dict(mapping(values))


def _refuse_bomb(values: Any) -> None:
    """Raises `ValueError` for values that are few only as long as YAML's aliases are not followed."""
    waiting, seen = [values], 0
    while waiting:
        value = waiting.pop()
        seen += 1
        if seen > MAX_VALUES:
            raise ValueError(f"it holds more than {MAX_VALUES} values")
        if isinstance(value, Mapping):
            waiting.extend(value.values())
        elif isinstance(value, list):
            waiting.extend(value)


def mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def lowered(value: Any) -> dict[str, Any]:
    """Hugo reads its keys without regard to case."""
    return {str(key).lower(): inner for key, inner in mapping(value).items()}
