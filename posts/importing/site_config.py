"""How a site reads its own files: Hugo's and Jekyll's configuration, as far as it decides what a page is."""

import os
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings

from posts.frontmatter import KEYS
from posts.importing.config_files import ConfigError, hugo_files, lowered, mapping, parsed
from posts.rendering import IdStyle
from posts.rendering.commonmark import EXTENSIONS
from posts.sentences import gettext_noop

JEKYLL_NAMES = ("_config.yml", "_config.yaml", "_config.toml")
MOUNTED = "mounted: "  # marks the place of a mounted folder, which is no language
LONGEST_PATTERN = 100
_ENDLESS = re.compile(r"\)[*+{]|(?:[*+].*){4}")  # a repeat of repeats, or many in a row
HUGO_MOMENTS = {
    "date": ("date", *KEYS["publish_date"], *KEYS["last_modified"]),
    "publish_date": (*KEYS["publish_date"], "date"),
    "last_modified": (*KEYS["last_modified"], "date", *KEYS["publish_date"]),
    "expiry_date": KEYS["expiry_date"],
}
OTHER_TAXONOMIES = frozenset({"categories", "series", "authors", "author"})
JEKYLL_STYLES = {
    "date": "/:categories/:year/:month/:day/:title:output_ext",
    "pretty": "/:categories/:year/:month/:day/:title/",
    "ordinal": "/:categories/:year/:y_day/:title:output_ext",
    "weekdate": "/:categories/:year/W:week/:short_day/:title.html",
    "none": "/:categories/:title:output_ext",
}


@dataclass(frozen=True, slots=True)
class LanguageConfig:
    """What the configuration says for one language."""

    code: str
    prefix: str  # of its paths: / or /vi/
    folder: str = ""  # of its own below the content folder, where it has one
    time_zone: str = "UTC"
    tag_keys: tuple[str, ...] = ("tags",)
    permalinks: Mapping[str, str] = field(default_factory=dict)  # by section
    keeps_case: bool = False  # Hugo's disablePathToLower
    without_accents: bool = False  # Hugo's removePathAccents
    build_future: bool = False  # what has a date to come is public
    moment_keys: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # Hugo's frontmatter, by our field
    emoji: bool = False  # Hugo's enableEmoji, Jekyll's plugin jemoji
    typographer: bool = True  # Hugo's markup.goldmark.extensions.typographer
    hard_wraps: bool = False  # Hugo's markup.goldmark.renderer.hardWraps
    linkify: bool = True  # Hugo's markup.goldmark.extensions.linkify
    id_style: IdStyle = IdStyle.GITHUB  # Hugo's markup.goldmark.parser.autoIDType
    extras: tuple[str, ...] = ()  # Hugo's markup.goldmark.extensions.extras, and .passthrough by its first sign
    left_off: tuple[str, ...] = ()  # of Hugo's markup.goldmark.extensions those that are turned off
    block_attributes: bool = False  # Hugo's markup.goldmark.parser.attribute.block
    finds_scripts: bool = False  # Hugo's hasCJKLanguage


@dataclass(frozen=True, slots=True)
class Collection:
    """A Jekyll collection: the files of a folder, and the addresses of their pages."""

    pattern: str
    is_shown: bool  # output: true


@dataclass(frozen=True, slots=True)
class SiteConfig:
    """A site's configuration; the defaults are those of a content folder without any."""

    jekyll: bool
    content: Path
    languages: Mapping[str, LanguageConfig]
    default_language: str
    configured: bool = True
    folders: tuple[str, ...] = ("",)  # that are read, below the content folder
    mounts: Mapping[str, str] = field(default_factory=dict)  # Hugo's, of such a folder: the place that its files have
    ignored: tuple[re.Pattern[str], ...] = ()  # Hugo's ignoreFiles
    main_sections: tuple[str, ...] = ()
    ugly: Mapping[str, bool] = field(default_factory=dict)  # Hugo's uglyURLs by section, "" for all: /posts/a.html
    inline_shortcodes: bool = False  # Hugo's enableInlineShortcodes, at the top or under security
    cascade: tuple[Mapping[str, Any], ...] = ()  # Hugo's, of the whole site
    defaults: tuple[Mapping[str, Any], ...] = ()  # Jekyll's front matter defaults
    collections: Mapping[str, Collection] = field(default_factory=dict)  # Jekyll's
    excluded: tuple[str, ...] = ()  # Jekyll's exclude
    included: tuple[str, ...] = ()  # Jekyll's include


def read_config(folder: Path) -> SiteConfig:
    """The configuration of the site or content folder. Raises `ConfigError`."""
    for name in JEKYLL_NAMES:
        if (folder / name).is_file():
            return _jekyll(folder, parsed(folder / name))
    if (folder / "_posts").is_dir():
        return _jekyll(folder, {})
    config = hugo_files(folder)
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


def _hugo(folder: Path, config: Mapping[str, Any]) -> SiteConfig:
    default = str(config.get("defaultcontentlanguage") or "en").lower()
    in_subfolder = bool(config.get("defaultcontentlanguageinsubdir"))
    own: dict[str, dict[str, Any]] = {
        str(code).lower(): lowered(value) for code, value in mapping(config.get("languages")).items()
    }
    own = {code: said for code, said in own.items() if not said.get("disabled")}
    if not own:
        own = {code: {} for code in (default, *dict(settings.LANGUAGES))}
    given = _content_folders(folder, config, own)
    content = _around(given)
    languages = {}
    for code, overrides in own.items():
        prefix = "/" if code == default and not in_subfolder else f"/{code}/"
        has_own = code in given and given[code] != content
        folder_of_it = given[code].relative_to(content).as_posix() if has_own else ""
        languages[code] = _language(code, prefix, folder_of_it, dict(config) | overrides)
    sections = config.get("mainsections") or lowered(config.get("params")).get("mainsections")
    ugly = config.get("uglyurls")
    return SiteConfig(
        False,
        content,
        languages,
        default,
        folders=tuple(each.relative_to(content).as_posix() for each in _outermost(given.values())),
        mounts={
            each.relative_to(content).as_posix(): place
            for name, each in given.items()
            if (place := name.removeprefix(MOUNTED)) != name
        },
        ignored=tuple(_patterns(_texts(config.get("ignorefiles")))),
        main_sections=_texts(sections),
        ugly={str(section).lower(): bool(value) for section, value in mapping(ugly).items()} or {"": ugly is True},
        inline_shortcodes=bool((lowered(config.get("security")) | dict(config)).get("enableinlineshortcodes")),
        cascade=tuple(map(mapping, _several(config.get("cascade")))),
    )


def _language(code: str, prefix: str, folder: str, config: Mapping[str, Any]) -> LanguageConfig:
    """The language by the site's configuration, in which what the language says for itself has replaced what all say."""
    goldmark = _within(config, "markup", "goldmark")
    return LanguageConfig(
        code,
        prefix,
        folder,
        time_zone=_zone(config),
        tag_keys=_tag_keys(config),
        permalinks=_permalinks(config),
        keeps_case=bool(config.get("disablepathtolower")),
        without_accents=bool(config.get("removepathaccents")),
        build_future=bool(config.get("buildfuture")),
        moment_keys=_moment_keys(lowered(config.get("frontmatter"))),
        emoji=bool(config.get("enableemoji")),
        typographer=_has_typographer(goldmark),
        hard_wraps=bool(_within(goldmark, "renderer").get("hardwraps")),
        linkify=_within(goldmark, "extensions").get("linkify") is not False,
        id_style=_id_style(_within(goldmark, "parser")),
        extras=_extras(_within(goldmark, "extensions")),
        left_off=_left_off(_within(goldmark, "extensions")),
        block_attributes=_within(goldmark, "parser", "attribute").get("block") is True,
        finds_scripts=bool(config.get("hascjklanguage")),
    )


def _content_folders(folder: Path, config: Mapping[str, Any], own: Mapping[str, Mapping[str, Any]]) -> dict[str, Path]:
    """Every folder of content: of languages by their codes, those that are mounted by their place, and the site's as ""."""
    found = {code: folder / str(said["contentdir"]) for code, said in own.items() if said.get("contentdir")}
    mounts = [lowered(each) for each in _list(_within(config, "module").get("mounts"))]
    for mount in mounts:
        kind, _, place = str(mount.get("target") or "").strip("/").partition("/")
        if kind == "content" and mount.get("source"):
            found[MOUNTED + place] = folder / str(mount["source"])
    is_replaced = any(str(mount.get("target")).startswith("content") for mount in mounts)
    if not found or not (is_replaced or all(said.get("contentdir") for said in own.values())):
        found[""] = folder / str(config.get("contentdir") or "content")
    return found


def _around(folders: Mapping[str, Path]) -> Path:
    """The site's own folder of content if the others are in it, else the folder that all are in."""
    if "" in folders and all(each.is_relative_to(folders[""]) for each in folders.values()):
        return folders[""]
    try:
        return Path(os.path.commonpath(folders.values()))
    except ValueError:
        problem = gettext_noop(
            "the configuration has content both inside and outside of the site; put all of it inside"
        )
        raise ConfigError(problem) from None


def _outermost(folders: Iterable[Path]) -> list[Path]:
    """Those that lie in none of the others, each once."""
    several = set(folders)
    return sorted(each for each in several if not several & set(each.parents))


def _patterns(written: Iterable[str]) -> Iterator[re.Pattern[str]]:
    """Those that can be tried on a path in no time: a stranger's configuration may hold one that never ends."""
    for each in written:
        if len(each) <= LONGEST_PATTERN and not _ENDLESS.search(each):
            with suppress(re.error):
                yield re.compile(each)


def _moment_keys(said: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    """The front-matter keys of dates, in their order, if the site chooses any; `:filename` is the file's name."""
    names = {"date": "date", "publishdate": "publish_date", "lastmod": "last_modified", "expirydate": "expiry_date"}
    chosen = {field: tuple(_with_defaults(field, _texts(said[key]))) for key, field in names.items() if said.get(key)}
    return HUGO_MOMENTS | chosen if chosen else {}


def _with_defaults(field: str, keys: Iterable[str]) -> Iterator[str]:
    """What Git and the file system say of a file is no part of it."""
    for key in keys:
        if key == ":default":
            yield from HUGO_MOMENTS[field]
        elif key == ":filename" or not key.startswith(":"):
            yield key


def _has_typographer(goldmark: Mapping[str, Any]) -> bool:
    """It is on or off, or, in later versions, a mapping that may say `disable`."""
    said = _within(goldmark, "extensions").get("typographer")
    return said is not False and not lowered(said).get("disable")


def _id_style(parser: Mapping[str, Any]) -> IdStyle:
    """By its name of today, or that which it had before; what is none is that of GitHub."""
    said = parser.get("autoidtype") or parser.get("autoheadingidtype")
    return IdStyle(said) if said in list(IdStyle) else IdStyle.GITHUB


def _extras(extensions: Mapping[str, Any]) -> tuple[str, ...]:
    """Of Markdown beyond what is on by itself: each by its name, mathematics by the sign that begins it."""
    named = ("subscript", "superscript", "mark", "insert")
    extras = [name for name in named if _within(extensions, "extras", name).get("enable") is True]
    passthrough = _within(extensions, "passthrough")
    if passthrough.get("enable") is True:
        pairs = _within(passthrough, "delimiters")
        begins = {str(pair[0]) for kind in ("block", "inline") for pair in _list(pairs.get(kind)) if _list(pair)}
        extras += [sign for sign, ways in (("$", {"$", "$$"}), ("\\(", {"\\(", "\\["})) if begins & ways]
    return tuple(extras)


def _left_off(extensions: Mapping[str, Any]) -> tuple[str, ...]:
    """By Hugo's names. What `extras` has for deleted text takes the place of `strikethrough`."""
    said = {name: extensions.get(name.lower()) for name in EXTENSIONS}
    off = [name for name, value in said.items() if value is False or lowered(value).get("enable") is False]
    deletes = _within(extensions, "extras", "delete").get("enable") is True
    return tuple(name for name in off if not (deletes and name == "strikethrough"))


def _within(config: Mapping[str, Any], *names: str) -> dict[str, Any]:
    """The mapping at the path; empty for none."""
    for name in names:
        config = lowered(config.get(name))
    return dict(config)


def _tag_keys(config: Mapping[str, Any]) -> tuple[str, ...]:
    """The front-matter keys of the taxonomy that tags are: `tags`, else what the site has in its place."""
    taxonomies = mapping(config.get("taxonomies"))
    if not taxonomies:
        return ("tags",)
    by_singular = {str(one).lower(): str(many) for one, many in taxonomies.items()}
    if "tag" in by_singular:
        return (by_singular["tag"],)
    return tuple(many for many in by_singular.values() if many.lower() not in OTHER_TAXONOMIES) or ("tags",)


def _permalinks(config: Mapping[str, Any]) -> dict[str, str]:
    """Patterns by section, of pages: Hugo has them at the top or, beside those of sections and terms, under `page`."""
    patterns = mapping(config.get("permalinks"))
    pages = mapping(patterns.get("page")) or patterns
    return {str(section): pattern for section, pattern in pages.items() if isinstance(pattern, str)}


def _jekyll(folder: Path, config: Mapping[str, Any]) -> SiteConfig:
    source = folder / str(config.get("source") or ".")
    code = str(config.get("lang") or settings.LANGUAGE_CODE).lower().partition("-")[0]
    style = str(config.get("permalink") or "date")
    pattern = JEKYLL_STYLES.get(style, style)
    zone = _zone({"timezone": config.get("timezone")})
    language = LanguageConfig(
        code,
        "/",
        time_zone=zone,
        tag_keys=("tags", "tag"),
        permalinks={"": pattern},
        build_future=bool(config.get("future")),
        emoji="jemoji" in _list(config.get("plugins")),
    )
    return SiteConfig(
        True,
        source.resolve() if config.get("source") else folder,
        {code: language},
        code,
        defaults=tuple(mapping(each) for each in _list(config.get("defaults"))),
        collections=_collections(config, pattern),
        excluded=tuple(each.strip("/") for each in _texts(config.get("exclude"))),
        included=tuple(each.strip("/") for each in _texts(config.get("include"))),
    )


def _collections(config: Mapping[str, Any], pattern: str) -> dict[str, Collection]:
    """The collections by the place of their folder; without a pattern of its own one follows the posts' ending."""
    given = config.get("collections")
    named = given if isinstance(given, Mapping) else dict.fromkeys(_texts(given))
    parent = str(config.get("collections_dir") or "").strip("/")
    ending = next((each for each in ("/", ":output_ext") if pattern.endswith(each)), "")
    return {
        f"{parent}/_{name}".lstrip("/"): Collection(
            str(mapping(said).get("permalink") or f"/{name}/:path{ending}"), mapping(said).get("output") is True
        )
        for name, said in named.items()
        if name != "posts"
    }


def _zone(config: Mapping[str, Any]) -> str:
    """Raises `ConfigError` for a time zone that there is not."""
    name = str(config.get("timezone") or "UTC")
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        problem = gettext_noop("the configuration names the time zone %(name)s, which there is not")
        raise ConfigError(problem % {"name": name}) from None
    return name


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _several(value: Any) -> list[Any]:
    """One thing is a list of one."""
    return value if isinstance(value, list) else [value] if value else []


def _texts(value: Any) -> tuple[str, ...]:
    return tuple(map(str, _several(value)))
