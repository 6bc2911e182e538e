"""How a site reads its own files: Hugo's and Jekyll's configuration, as far as it decides what a page is."""

import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import yaml
from django.conf import settings

HUGO_NAMES = ("hugo", "config")
ENDINGS = (".toml", ".yaml", ".yml", ".json")
JEKYLL_NAMES = ("_config.yml", "_config.yaml", "_config.toml")
MAX_VALUES = 50_000
OTHER_TAXONOMIES = frozenset({"categories", "series", "authors", "author"})
JEKYLL_STYLES = {
    "date": "/:categories/:year/:month/:day/:title.html",
    "pretty": "/:categories/:year/:month/:day/:title/",
    "ordinal": "/:categories/:year/:y_day/:title.html",
    "weekdate": "/:categories/:year/W:week/:short_day/:title.html",
    "none": "/:categories/:title.html",
}


class ConfigError(Exception):
    """A configuration that cannot be read: `str()` names the file and says why."""


@dataclass(frozen=True, slots=True)
class LanguageConfig:
    """What the configuration says for one language."""

    code: str
    prefix: str  # of its paths: / or /vi/
    folder: str = ""  # of its own below the content folder, where it has one
    time_zone: str = "UTC"
    tag_keys: tuple[str, ...] = ("tags",)
    permalinks: Mapping[str, str] = field(default_factory=dict)  # by section


@dataclass(frozen=True, slots=True)
class SiteConfig:
    """A site's configuration; the defaults are those of a content folder without any."""

    jekyll: bool
    content: Path
    languages: Mapping[str, LanguageConfig]
    default_language: str
    configured: bool = True
    main_sections: tuple[str, ...] = ()
    ugly: bool = False  # Hugo's uglyURLs: /posts/a.html
    date_from_name: bool = False
    emoji: bool = False  # Hugo's enableEmoji, Jekyll's plugin jemoji
    inline_shortcodes: bool = False  # Hugo's enableInlineShortcodes, at the top or under security
    defaults: tuple[Mapping[str, Any], ...] = ()  # Jekyll's front matter defaults


def read_config(folder: Path) -> SiteConfig:
    """The configuration of the site or content folder. Raises `ConfigError`."""
    for name in JEKYLL_NAMES:
        if (folder / name).is_file():
            return _jekyll(folder, _parsed(folder / name))
    if (folder / "_posts").is_dir():
        return _jekyll(folder, {})
    config = _hugo_files(folder)
    if config is not None:
        return _hugo(folder, config)
    content = folder / "content"
    return without_config(content if content.is_dir() else folder)


def without_config(content: Path) -> SiteConfig:
    """Of a content folder: the languages of our settings, addresses by the folders."""
    default = settings.LANGUAGE_CODE
    languages = {
        code: LanguageConfig(code, "/" if code == default else f"/{code}/", "" if code == default else code)
        for code, _ in settings.LANGUAGES
    }
    return SiteConfig(False, content, languages, default, configured=False)


def _hugo_files(folder: Path) -> dict[str, Any] | None:
    """The configuration of all its files, keys in lower case at the top; None without any."""
    found: dict[str, Any] = {}
    files = [folder / f"{name}{ending}" for name in HUGO_NAMES for ending in ENDINGS]
    files += [folder / "config" / "_default" / f"{name}{ending}" for name in HUGO_NAMES for ending in ENDINGS]
    present = [file for file in files if file.is_file()]
    for file in present:
        found |= _lowered(_parsed(file))
    default = folder / "config" / "_default"
    parts = sorted(default.iterdir()) if default.is_dir() else []
    for file in parts:
        stem, dot, language = file.stem.partition(".")
        if file.suffix in ENDINGS and file.stem not in HUGO_NAMES:
            part = {stem.lower(): _parsed(file)}
            found |= {"languages": _with_language(found, language, part)} if dot else part
    return found if present or parts else None


def _with_language(config: Mapping[str, Any], language: str, part: Mapping[str, Any]) -> dict[str, Any]:
    """`menus.vi.toml` is a part of the language's own configuration."""
    languages = dict(_mapping(config.get("languages")))
    return languages | {language: dict(_mapping(languages.get(language))) | dict(part)}


def _hugo(folder: Path, config: Mapping[str, Any]) -> SiteConfig:
    default = str(config.get("defaultcontentlanguage") or "en").lower()
    in_subfolder = bool(config.get("defaultcontentlanguageinsubdir"))
    content = folder / str(config.get("contentdir") or "content")
    own: dict[str, dict[str, Any]] = {
        str(code).lower(): _lowered(value) for code, value in _mapping(config.get("languages")).items()
    }
    if not own:
        own = {code: {} for code in (default, *dict(settings.LANGUAGES))}
    languages = {}
    for code, overrides in own.items():
        if overrides.get("disabled"):
            continue
        merged = dict(config) | overrides
        prefix = "/" if code == default and not in_subfolder else f"/{code}/"
        languages[code] = LanguageConfig(
            code,
            prefix,
            _language_folder(folder, content, overrides),
            _zone(merged),
            _tag_keys(merged),
            _permalinks(merged),
        )
    sections = config.get("mainsections") or _lowered(config.get("params")).get("mainsections") or ()
    date = _mapping(config.get("frontmatter")).get("date")
    return SiteConfig(
        False,
        content,
        languages,
        default,
        main_sections=tuple(map(str, sections if isinstance(sections, list) else [sections] if sections else [])),
        ugly=bool(config.get("uglyurls")),
        date_from_name=isinstance(date, list) and ":filename" in date,
        emoji=bool(config.get("enableemoji")),
        inline_shortcodes=bool((_lowered(config.get("security")) | dict(config)).get("enableinlineshortcodes")),
    )


def _language_folder(folder: Path, content: Path, overrides: Mapping[str, Any]) -> str:
    """Its `contentDir` below the content folder; empty where files name their language."""
    if not overrides.get("contentdir"):
        return ""
    own = folder / str(overrides["contentdir"])
    return own.relative_to(content).as_posix() if own.is_relative_to(content) and own != content else ""


def _tag_keys(config: Mapping[str, Any]) -> tuple[str, ...]:
    """The front-matter keys of the taxonomy that tags are: `tags`, else what the site has in its place."""
    taxonomies = _mapping(config.get("taxonomies"))
    if not taxonomies:
        return ("tags",)
    by_singular = {str(one).lower(): str(many) for one, many in taxonomies.items()}
    if "tag" in by_singular:
        return (by_singular["tag"],)
    return tuple(many for many in by_singular.values() if many.lower() not in OTHER_TAXONOMIES) or ("tags",)


def _permalinks(config: Mapping[str, Any]) -> dict[str, str]:
    """Patterns by section, of pages: Hugo has them at the top or, beside those of sections and terms, under `page`."""
    patterns = _mapping(config.get("permalinks"))
    pages = _mapping(patterns.get("page")) or patterns
    return {str(section): pattern for section, pattern in pages.items() if isinstance(pattern, str)}


def _jekyll(folder: Path, config: Mapping[str, Any]) -> SiteConfig:
    source = folder / str(config.get("source") or ".")
    code = str(config.get("lang") or settings.LANGUAGE_CODE).lower().partition("-")[0]
    style = str(config.get("permalink") or "date")
    zone = _zone({"timezone": config.get("timezone")})
    language = LanguageConfig(code, "/", "", zone, ("tags",), {"": JEKYLL_STYLES.get(style, style)})
    defaults = tuple(_mapping(each) for each in _list(config.get("defaults")))
    return SiteConfig(
        True,
        source.resolve() if config.get("source") else folder,
        {code: language},
        code,
        defaults=defaults,
        emoji="jemoji" in _list(config.get("plugins")),
    )


def _zone(config: Mapping[str, Any]) -> str:
    """Raises `ConfigError` for a time zone that there is not."""
    name = str(config.get("timezone") or "UTC")
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        raise ConfigError(f"the configuration names the time zone {name}, which there is not") from None
    return name


def _parsed(file: Path) -> dict[str, Any]:
    try:
        text = file.read_text("utf-8-sig")
        match file.suffix:
            case ".toml":
                values: Any = tomllib.loads(text)
            case ".json":
                values = json.loads(text)
            case _:
                values = yaml.safe_load(text)
        _refuse_bomb(values)
    except (OSError, ValueError, yaml.YAMLError, RecursionError) as error:
        raise ConfigError(f"{file}: the configuration cannot be read: {' '.join(str(error).split())}") from None
    return dict(_mapping(values))


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


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _lowered(value: Any) -> dict[str, Any]:
    """Hugo reads its keys without regard to case."""
    return {str(key).lower(): inner for key, inner in _mapping(value).items()}
