"""How a site reads its own files: the configuration of Hugo, Jekyll, Hexo or Zola, as far as it decides what a page is."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from django.conf import settings

from posts.importing import goldmark, hexo, hugo, jekyll
from posts.importing.config_files import (
    ENDINGS,
    ConfigError,
    as_list,
    hugo_files,
    is_on,
    lowered,
    mapping,
    merged,
    parsed,
    several,
    texts,
    within,
)
from posts.importing.folders import own_files
from posts.importing.jekyll import Collection
from posts.importing.mounts import (
    Mount,
    around,
    content_folders,
    content_mounts,
    folders_of,
    mounted_folders,
    outermost,
    static_folders,
)
from posts.importing.targets import is_among, of_section
from posts.rendering import IdStyle
from posts.sentences import gettext_noop

JEKYLL_NAMES = ("_config.yml", "_config.yaml", "_config.toml")
MOST_LANGUAGES = 200  # each holds the addresses and the params of all


@dataclass(frozen=True, slots=True)
class LanguageConfig:
    """What the configuration says for one language."""

    code: str
    prefix: str  # of its paths: / or /vi/
    folder: str = ""  # of its own below the content folder, where it has one
    time_zone: str = "UTC"
    tag_keys: tuple[str, ...] = ("tags",)
    permalinks: Sequence[
        tuple[Mapping[str, Any], str]
    ] = ()  # targets and patterns, of which the first that fits counts
    keeps_case: bool = False  # Hugo's disablePathToLower
    without_accents: bool = False  # Hugo's removePathAccents
    build_future: bool = False  # what has a date to come is public
    moment_keys: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # Hugo's frontmatter, by our field
    emoji: bool = False  # Hugo's enableEmoji, Jekyll's plugin jemoji
    typographer: bool = True  # Hugo's markup.goldmark.extensions.typographer
    signs: Mapping[str, str] = field(
        default_factory=dict
    )  # Hugo's own of the typographer, as `goldmark.signs` has them
    hard_wraps: bool = False  # Hugo's markup.goldmark.renderer.hardWraps
    linkify: bool = True  # Hugo's markup.goldmark.extensions.linkify
    id_style: IdStyle = IdStyle.GITHUB  # Hugo's markup.goldmark.parser.autoIDType
    extras: tuple[str, ...] = ()  # Hugo's markup.goldmark.extensions.extras, and .passthrough by its first sign
    left_off: tuple[str, ...] = ()  # of Hugo's markup.goldmark.extensions those that are turned off
    block_attributes: bool = False  # Hugo's markup.goldmark.parser.attribute.block
    finds_scripts: bool = False  # Hugo's hasCJKLanguage
    cascade: tuple[Mapping[str, Any], ...] = ()  # Hugo's, of all its pages
    params: Mapping[str, Any] = field(default_factory=dict)  # Hugo's, for texts to show


@dataclass(frozen=True, slots=True)
class SiteConfig:
    """A site's configuration; the defaults are those of a content folder without any."""

    jekyll: bool
    content: Path
    languages: Mapping[str, LanguageConfig]
    default_language: str
    configured: bool = True
    has_bundles: bool = True  # a folder with an `index.md` is one page (Hugo)
    folders: tuple[str, ...] = ("",)  # that are read, below the content folder
    mounts: Mapping[str, Mount] = field(default_factory=dict)  # Hugo's, by such a folder
    static: tuple[
        tuple[Path, str], ...
    ] = ()  # Hugo's folders of files that it serves as they are, and below what place
    resources: tuple[tuple[Path, str], ...] = ()  # and those of `assets`, but for the site's own of that name
    disabled: frozenset[str] = frozenset()  # Hugo's languages that are turned off
    unread: tuple[Path, ...] = ()  # the folders that these have for themselves
    ignored: tuple[re.Pattern[str], ...] = ()  # Hugo's ignoreFiles
    main_sections: tuple[str, ...] = ()
    ugly: Mapping[str, bool] = field(default_factory=dict)  # Hugo's uglyURLs by section, "" for all: /posts/a.html
    inline_shortcodes: bool = False  # Hugo's enableInlineShortcodes, at the top or under security
    defaults: tuple[Mapping[str, Any], ...] = ()  # Jekyll's front matter defaults
    collections: Mapping[str, Collection] = field(default_factory=dict)  # Jekyll's, by their folders
    collections_dir: str = ""  # Jekyll's, in which those folders are, and that of posts
    posts_pattern: str = ""  # Jekyll's collections.posts.permalink
    excluded: tuple[str, ...] = ()  # Jekyll's exclude
    included: tuple[str, ...] = ()  # Jekyll's include
    base: str = ""  # where on its host the site stands: /blog
    raw_html: str = ""  # kramdown's way with it
    excerpt_end: str = ""  # Jekyll's excerpt_separator
    said: Mapping[str, Any] = field(default_factory=dict)  # all of Jekyll's, for texts to show
    hexo: bool = False
    addresses: tuple[str, ...] = ()  # of the site and of languages that have their own

    def mounts_around(self, place: PurePosixPath) -> list[str]:
        """The mounted folders that hold the file at this place in the content folder: its own first, then in their order."""
        own, *folders = map(str, (place, *place.parents)) if self.mounts else ("",)
        held = {folder for folder in folders if folder in self.mounts}
        in_order = [folder for folder in self.mounts if folder in held] if len(held) > 1 else [*held]
        return [own, *in_order] if own in self.mounts else in_order

    def mount_of(self, place: PurePosixPath) -> tuple[str, Mount] | None:
        """The first of them that takes the file, and what it makes of it; one for the first language at the same place wins."""
        below = {each: place.relative_to(each).as_posix() for each in self.mounts_around(place)}
        takes = [each for each, file in below.items() if is_among(file, self.mounts[each].files)]
        pages = {each: PurePosixPath(self.mounts[each].place, below[each]) for each in takes}
        of_first = (each for each in takes if self.mounts[each].language in {"", self.default_language})
        folder = next((each for each in of_first if pages[each] == pages[takes[0]]), takes[0] if takes else None)
        return None if folder is None else (folder, self.mounts[folder])

    @property
    def prefixes(self) -> dict[str, str]:
        """Of Jekyll's languages, where documents say theirs themselves; empty where they do not."""
        languages = self.languages.values() if self.jekyll and len(self.languages) > 1 else []
        return {each.code: each.prefix for each in languages if not each.folder}


def read_config(folder: Path) -> SiteConfig:
    """The configuration of the site or content folder. Raises `ConfigError`.

    What is left of Jekyll's beside a configuration of Hugo's and its content, or was put there by GitHub, is not looked at.
    """
    try:
        return _read(folder)
    except OSError as error:
        problem = gettext_noop("a folder that the site names cannot be looked into: %(reason)s")
        raise ConfigError(problem % {"reason": error.strerror}) from None


def _read(folder: Path) -> SiteConfig:
    content = folder / "content"
    jekylls = next((file for name in JEKYLL_NAMES if (file := folder / name).is_file()), None)
    is_jekyll = jekylls is not None or (folder / "_posts").is_dir()
    if content.is_dir() or not is_jekyll:
        config = hugo_files(folder)
        if config is not None and content.is_dir() and _is_zolas(folder, config):
            return _zola(content, config)
        if config is not None:
            return _hugo(folder, config)
    if jekylls and not (folder / "_posts").is_dir() and (folder / "source/_posts").is_dir():
        config = parsed(jekylls)
        if not (config.get("source") or config.get("collections_dir")):  # which are Jekyll's
            return _hexo(folder / "source", config)
    if is_jekyll:
        return _jekyll(folder, parsed(jekylls) if jekylls else {})
    content = content if content.is_dir() else folder
    return replace(without_config(content), has_bundles=_is_hugos(content))


def _is_zolas(folder: Path, config: Mapping[str, Any]) -> bool:
    """Whether what may be Hugo's configuration is Zola's, which has but one name."""
    is_hugos = "baseurl" in config or any((folder / f"hugo{ending}").is_file() for ending in ENDINGS)
    return "base_url" in config and not is_hugos and (folder / "config.toml").is_file()


def _is_hugos(content: Path) -> bool:
    """Whether a folder without a configuration has Hugo's name, or an `_index.md`, which only Hugo and Zola know."""
    if content.name == "content":
        return True
    return any(re.fullmatch(r"_index(?:\.[\w-]+)?\.md", file.name) for file in own_files(content))


def without_config(content: Path) -> SiteConfig:
    """Of a content folder: the languages of our settings, addresses by the folders."""
    default = settings.LANGUAGE_CODE
    languages = {
        code: LanguageConfig(code, "/" if code == default else f"/{code}/", "" if code == default else code)
        for code, _ in settings.LANGUAGES
    }
    return SiteConfig(jekyll=False, content=content, languages=languages, default_language=default, configured=False)


def _hugo(folder: Path, config: Mapping[str, Any]) -> SiteConfig:
    in_subfolder = is_on(config.get("defaultcontentlanguageinsubdir"))
    default, own, disabled = _languages(config)
    mounted = [*content_mounts(folder, config)]
    # Of several mounts of one folder the first for the default language counts, else the first.
    read = [each for each in reversed(mounted) if each[1].language not in disabled]
    counting = dict(sorted(read, key=lambda each: each[1].language in {"", default}))
    mounts = {source: counting[source] for source, _ in read}
    given = content_folders(folder, config, own, is_mounted=bool(mounted))
    folders = [*given.values(), *mounts]
    content = around(given.get(""), folders)
    off = [source for source, mount in mounted if mount.language in disabled]
    unread = outermost([*folders_of(folder, disabled).values(), *off])
    if "" in given:
        given.setdefault(default, given[""])
    languages = {}
    for code, overrides in own.items():
        prefix = "/" if code == default and not in_subfolder else f"/{code}/"
        has_own = code in given and given[code] != content
        folder_of_it = given[code].relative_to(content).as_posix() if has_own else ""
        params = merged(mapping(config.get("params")), mapping(overrides.get("params")))
        languages[code] = _language(code, prefix, folder_of_it, {**config, **overrides, "params": params})
    of_home = [config, lowered(config.get("params"))]
    of_home += [own[default], lowered(own[default].get("params"))] if default in own else []
    sections = next((each["mainsections"] for each in of_home if each.get("mainsections")), None)
    ugly = config.get("uglyurls")
    addresses = tuple(str(said["baseurl"]) for said in (config, *own.values()) if said.get("baseurl"))
    return SiteConfig(
        jekyll=False,
        content=content,
        languages=languages,
        default_language=default,
        folders=tuple(each.relative_to(content).as_posix() for each in outermost(folders)),
        mounts={each.relative_to(content).as_posix(): mounts[each] for each in reversed(mounts)},
        static=tuple(static_folders(folder, [config, *own.values()])),
        resources=tuple(mounted_folders(folder, config, "assets")),
        disabled=frozenset(disabled),
        unread=tuple(each for each in unread if folder in each.parents and not {each, *each.parents} & set(folders)),
        ignored=tuple(hugo.patterns(texts(config.get("ignorefiles")))),
        main_sections=texts(sections),
        ugly={str(section).lower(): is_on(value) for section, value in mapping(ugly).items()} or {"": is_on(ugly)},
        base=_base(str(config.get("baseurl") or own.get(default, {}).get("baseurl") or "")),
        addresses=addresses,
        inline_shortcodes=is_on((lowered(config.get("security")) | dict(config)).get("enableinlineshortcodes")),
    )


def _languages(config: Mapping[str, Any]) -> tuple[str, dict[str, dict[str, Any]], dict[str, dict[str, Any]]]:
    """The default language, what each says for itself, and what each of those that are turned off says.

    Raises `ConfigError` for too many.
    """
    own: dict[str, dict[str, Any]] = {
        str(code).lower(): lowered(value) for code, value in mapping(config.get("languages")).items()
    }
    disabled = {code for code, said in own.items() if is_on(said.get("disabled"))}
    disabled |= {code.lower() for code in texts(config.get("disablelanguages"))}
    turned_off = {code: own.pop(code, {}) for code in disabled}
    default = str(config.get("defaultcontentlanguage") or _first_of(own)).lower()
    if not own:
        own = {code: {} for code in (default, *dict(settings.LANGUAGES))}
    if len(own) > MOST_LANGUAGES:
        problem = gettext_noop("the configuration has %(languages)s languages, %(most)s are the most")
        raise ConfigError(problem % {"languages": len(own), "most": MOST_LANGUAGES})
    return default, own, turned_off


def _base(address: str) -> str:
    """Where on its host a site with this baseURL stands, such as `/blog`; empty for its top."""
    try:
        place = urlsplit(address).path.strip("/")
    except ValueError:
        return ""
    return f"/{place}" if place else ""


def _first_of(languages: Mapping[str, Mapping[str, Any]]) -> str:
    """What Hugo takes for the default where the site names none: English, else by weight, those without one last."""
    weights = {code: said.get("weight") for code, said in languages.items()}
    in_order = sorted((not weight, weight if isinstance(weight, int) else 0, code) for code, weight in weights.items())
    return "en" if "en" in languages or not languages else in_order[0][2]


def _language(code: str, prefix: str, folder: str, config: Mapping[str, Any]) -> LanguageConfig:
    """The language by the site's configuration, in which what the language says for itself has replaced what all say."""
    markup = within(config, "markup", "goldmark")
    extensions = within(markup, "extensions")
    return LanguageConfig(
        code,
        prefix,
        folder,
        time_zone=_zone(config),
        tag_keys=hugo.tag_keys(config),
        permalinks=tuple(hugo.permalinks(config)),
        keeps_case=is_on(config.get("disablepathtolower")),
        without_accents=is_on(config.get("removepathaccents")),
        build_future=is_on(config.get("buildfuture")),
        moment_keys=hugo.moment_keys(lowered(config.get("frontmatter"))),
        emoji=is_on(config.get("enableemoji")),
        typographer=goldmark.has_typographer(extensions),
        signs=goldmark.signs(extensions),
        hard_wraps=is_on(within(markup, "renderer").get("hardwraps")),
        linkify=extensions.get("linkify") is not False,
        id_style=goldmark.id_style(within(markup, "parser")),
        extras=goldmark.extras(extensions),
        left_off=goldmark.left_off(extensions),
        block_attributes=is_on(within(markup, "parser", "attribute").get("block")),
        finds_scripts=is_on(config.get("hascjklanguage")),
        cascade=tuple(map(mapping, several(config.get("cascade")))),
        params=config["params"],
    )


def _hexo(content: Path, config: Mapping[str, Any]) -> SiteConfig:
    """A content folder in which posts have the addresses that Hexo gives them, by its clock."""
    site = without_config(content)
    code = _code(next(iter(texts(config.get("language"))), ""))
    first = LanguageConfig(
        code, "/", time_zone=_zone(config), permalinks=((of_section("posts"), hexo.pattern(config)),)
    )
    return replace(
        site,
        languages=_with_others_like(first, site),
        default_language=code,
        defaults=({"values": hexo.defaults(config)},),
        base=hexo.base(config),
        addresses=(str(config.get("url") or ""),),
        hexo=True,
        has_bundles=False,
    )


def _zola(content: Path, config: Mapping[str, Any]) -> SiteConfig:
    """A content folder in which documents have tags and dates where Zola's have them."""
    site = without_config(content)
    code = _code(str(config.get("default_language") or "en"))
    moments = hugo.MOMENTS | {"date": ("date", ":filename"), "last_modified": ("updated",)}
    languages = _with_others_like(LanguageConfig(code, "/", tag_keys=("taxonomies.tags",), moment_keys=moments), site)
    addresses = (str(config["base_url"]),)
    return replace(site, languages=languages, default_language=code, base=_base(*addresses), addresses=addresses)


def _with_others_like(first: LanguageConfig, site: SiteConfig) -> dict[str, LanguageConfig]:
    """The site's first language, and the others, below their codes, as that is read."""
    others = {
        each.code: replace(first, code=each.code, prefix=f"/{each.code}/", folder=each.folder)
        for each in site.languages.values()
    }
    return others | {first.code: first}


def _jekyll(folder: Path, config: Mapping[str, Any]) -> SiteConfig:
    source = folder / str(config.get("source") or ".")
    code = _code(str(config.get("lang") or config.get("locale") or ""))
    style = str(config.get("permalink") or "date")
    pattern = jekyll.STYLES.get(style, style)
    zone = _zone({"timezone": config.get("timezone")})
    is_kramdown = str(config.get("markdown") or "kramdown").lower() == "kramdown"
    own = LanguageConfig(
        code,
        "/",
        time_zone=zone,
        permalinks=(({}, pattern),),
        build_future=is_on(config.get("future")),
        emoji="jemoji" in jekyll.plugins(config),
        signs=jekyll.signs(config),
        hard_wraps=is_on(within(config, "kramdown").get("hard_wrap")),
        extras=("$$", "~~", "**") if is_kramdown else (),
    )
    editions = jekyll.editions(config, source)
    languages = {
        code: replace(own, code=code, prefix=edition.prefix, folder=edition.folder)
        for code, edition in editions.items()
    }
    return SiteConfig(
        jekyll=True,
        content=source.resolve() if config.get("source") else folder,
        languages=languages or {code: own},
        default_language=next(iter(languages), code),
        defaults=tuple(mapping(each) for each in as_list(config.get("defaults"))),
        collections=jekyll.collections(config, pattern),
        collections_dir=str(config.get("collections_dir") or "").strip("/"),
        posts_pattern=str(within(config, "collections", "posts").get("permalink") or ""),
        excluded=tuple(filter(None, (each.lstrip("/") for each in texts(config.get("exclude"))))),
        base=jekyll.base(config),
        raw_html=jekyll.raw_html(config) if is_kramdown else "",
        excerpt_end=str(config.get("excerpt_separator") or ""),
        said=config,
        addresses=(f"{config.get('url') or ''}{config.get('baseurl') or ''}",),
        included=tuple(filter(None, (each.strip("/") for each in texts(config.get("include"))))),
    )


def _code(language: str) -> str:
    """Of the language that a site says alone: `zh` for `zh-CN`; ours for what is no code, such as `default`."""
    code = re.split("[-_]", language.lower())[0]
    return code if re.fullmatch("[a-z]{2,3}", code) else settings.LANGUAGE_CODE


def _zone(config: Mapping[str, Any]) -> str:
    """Raises `ConfigError` for a time zone that there is not."""
    name = str(config.get("timezone") or "UTC")
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        problem = gettext_noop("the configuration names the time zone %(name)s, which there is not")
        raise ConfigError(problem % {"name": name[:40]}) from None
    return name
