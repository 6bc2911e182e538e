"""A site's configuration files, read and laid over one another as Hugo does; what they mean is for site_config."""

import csv
import json
import os
import re
import tomllib
from collections.abc import Mapping
from io import StringIO
from itertools import islice
from math import isfinite
from pathlib import Path
from typing import Any

import yaml

from posts.document.reasons import reason
from posts.document.values import MAX_DEPTH, is_deep
from posts.sentences import Sentence, SentenceError, gettext_noop, systems_reason

HUGO_NAMES = ("hugo", "config")
OF_A_LANGUAGE = ("menu", "menus", "params")
ENDINGS = (".toml", ".yaml", ".yml", ".json")
ENVIRONMENT = "production"  # what Hugo builds for unless told otherwise
MAX_VALUES = 50_000
MAX_BYTES = 2 * 1024**2  # of all its files
TOO_LARGE = gettext_noop("it is larger than %(number)s MB") % {"number": MAX_BYTES // 1024**2}
_PLACE = re.compile(r"(.+) \(at line (\d+), column (\d+)\)")


class ConfigError(SentenceError):
    """A configuration that cannot be used: the sentence names the file, if it is one file's fault, and says why."""

    def below(self, folder: Path) -> Sentence:
        """The sentence with the file's place below this folder."""
        template, values = self.sentence.template, self.sentence.values
        inside = {name: each.relative_to(folder) for name, each in values.items() if isinstance(each, Path)}
        return Sentence(template, {**values, **inside})


def hugo_files(folder: Path) -> dict[str, Any] | None:
    """The configuration of all its files, keys in lower case at the top; None without any. Raises `ConfigError`."""
    own = (file for name in HUGO_NAMES for ending in ENDINGS if (file := folder / f"{name}{ending}").is_file())
    parts = (file for name in ("_default", ENVIRONMENT) for file in _files_in(folder / "config" / name))
    files = [*islice(own, 1), *parts]  # of the site's own Hugo takes the first alone
    if sum(file.stat().st_size for file in files) > MAX_BYTES:
        raise _unreadable(folder / "config", TOO_LARGE)
    return merged(*map(_placed, files)) if files else None


def _placed(file: Path) -> dict[str, Any]:
    """What the file says, below the key that it is named by: `params.toml`, `params.vi.toml` of a language.

    A file of nothing but that key says the same. Of a language only those of `OF_A_LANGUAGE` are below a key.
    """
    stem, dot, language = file.stem.lower().partition(".")
    said = lowered(parsed(file))
    part = said[stem] if list(said) == [stem] else said
    if stem in OF_A_LANGUAGE if dot else stem not in HUGO_NAMES:
        part = {stem: part}
    return {"languages": {language: mapping(part)}} if dot else lowered(part)


def _files_in(folder: Path) -> list[Path]:
    """Those of the folder and of the folders in it, whose names say nothing, as Hugo lays them over one another."""
    files = (Path(here, name) for here, _, names in os.walk(folder) for name in names)
    return sorted((file for file in files if file.suffix in ENDINGS and file.is_file()), key=lambda file: file.parts)


def merged(*configs: Mapping[str, Any]) -> dict[str, Any]:
    """All of them, keys in lower case; of values that are no mappings the last counts."""
    values: dict[str, list[Any]] = {}
    for config in configs:
        for key, value in lowered(config).items():
            before = values.setdefault(key, [])
            if not (before and isinstance(before[0], Mapping) and isinstance(value, Mapping)):
                before.clear()
            before.append(value)
    return {key: merged(*each) if len(each) > 1 else each[0] for key, each in values.items()}


class _JekyllYaml(yaml.SafeLoader):
    """YAML in which merged mappings cannot grow without end."""

    def flatten_mapping(self, node: yaml.MappingNode) -> None:
        super().flatten_mapping(node)
        if len(node.value) > MAX_VALUES:
            raise ValueError(gettext_noop("it holds more than %(number)s values") % {"number": MAX_VALUES})

    def construct_object(self, node: yaml.Node, deep: bool = False) -> Any:
        """What PyYAML lets out of itself of `!!bool x` or `1:1:1…` becomes an error of its own."""
        try:
            return super().construct_object(node, deep)
        except (LookupError, AttributeError, OverflowError):
            problem = gettext_noop("a value is not of the kind that it says, or too large")
            raise yaml.constructor.ConstructorError(None, None, problem, node.start_mark) from None


class _HugoYaml(_JekyllYaml):
    """YAML 1.2, in which `no` is a language."""


_HugoYaml.yaml_implicit_resolvers = {
    first: [each for each in resolvers if each[0] != "tag:yaml.org,2002:bool"]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
_HugoYaml.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("(?i:true|false)$"), list("tTfF"))


def parsed(file: Path) -> dict[str, Any]:
    """What one file of settings says, of YAML its first document. Raises `ConfigError`."""
    return dict(mapping(values_of(file)))


def values_of(file: Path, *, is_jekylls: bool = False) -> Any:
    """What one file holds: a mapping, a list, or anything else. Raises `ConfigError`."""
    try:
        if file.stat().st_size > MAX_BYTES:
            raise ValueError(TOO_LARGE)
        text = file.read_text("utf-8-sig")
        match file.suffix:
            case ".toml":
                values: Any = tomllib.loads(text)
            case ".json":
                values = json.loads(text)
            case ".csv" | ".tsv":
                # An empty cell says nothing (Jekyll).
                rows = csv.DictReader(StringIO(text), delimiter="\t" if file.suffix == ".tsv" else ",")
                values = [{key: said or None for key, said in row.items()} for row in rows]
            case _:
                loader = _JekyllYaml if is_jekylls or file.stem == "_config" else _HugoYaml
                values = next(yaml.load_all(text, loader), None)
        _refuse_unusable(values)
    except (OSError, ValueError, csv.Error, yaml.YAMLError, RecursionError) as error:
        raise _unreadable(file, _why(error)) from None
    return values


def _why(error: OSError | ValueError | csv.Error | yaml.YAMLError | RecursionError) -> str:
    """What is wrong with a file, and where in it."""
    match error:
        case OSError():
            return systems_reason(error)
        case json.JSONDecodeError():
            return _at(error.msg, error.lineno, error.colno)
        case yaml.MarkedYAMLError(problem=str(problem), problem_mark=yaml.Mark() as mark):
            return _at(problem, mark.line + 1, mark.column + 1)
        case ValueError(args=[Sentence() as said]):
            return said
    in_full = " ".join(str(error).split())
    found = _PLACE.fullmatch(in_full)
    return _at(found[1], int(found[2]), int(found[3])) if found else in_full


def _at(problem: str, line: int, column: int) -> Sentence:
    said = gettext_noop("%(problem)s (at line %(line)s, column %(column)s)")
    return said % {"problem": reason(problem), "line": line, "column": column}


def _unreadable(file: Path, reason: str | None) -> ConfigError:
    problem = gettext_noop("%(file)s: the configuration cannot be read: %(reason)s")
    return ConfigError(problem % {"file": file, "reason": reason})


def _refuse_unusable(values: Any) -> None:
    """Raises `ValueError` for values that are few only as long as YAML's aliases are not followed, and for what no text
    and no database can hold."""
    waiting, seen = [values], 0
    while waiting:
        value = waiting.pop()
        seen += 1
        if seen > MAX_VALUES:
            raise ValueError(gettext_noop("it holds more than %(number)s values") % {"number": MAX_VALUES})
        match value:
            case Mapping():
                waiting.extend([*value.keys(), *value.values()])
            case list():
                waiting.extend(value)
            case str():
                value.encode()  # raises for a half of a character
                if "\0" in value:
                    raise ValueError(gettext_noop("it holds a character that no text has"))
            case bytes() | set() | tuple():
                raise ValueError(gettext_noop("it holds a value that is neither text nor number"))
            case int() if value.bit_length() > 64:
                raise ValueError(gettext_noop("it holds a number of more than 64 bits"))
            case float() if not isfinite(value):
                raise ValueError(gettext_noop("it holds a number that is infinite, or none"))
    if is_deep({"": values}, MAX_DEPTH):
        raise ValueError(gettext_noop("it is nested more than %(number)s deep") % {"number": MAX_DEPTH})


def mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def within(config: Mapping[str, Any], *names: str) -> dict[str, Any]:
    """The mapping at the path; empty for none."""
    for name in names:
        config = lowered(config.get(name))
    return dict(config)


def is_on(value: Any) -> bool:
    """Whether a setting says so, in text or as a number too (Hugo)."""
    return value in (True, "1", "t", "T", "true", "TRUE", "True")


def several(value: Any) -> list[Any]:
    """One thing is a list of one."""
    return value if isinstance(value, list) else [value] if value else []


def texts(value: Any) -> tuple[str, ...]:
    return tuple(map(str, several(value)))


def lowered(value: Any) -> dict[str, Any]:
    """Hugo reads its keys without regard to case."""
    return {str(key).lower(): inner for key, inner in mapping(value).items()}


def as_list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []
