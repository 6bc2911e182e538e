"""How a site reads its own files: the configuration of Hugo, Jekyll, Hexo or Zola, as far as it decides what a page is."""

import re
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from django.conf import settings

from posts import permalinks
from posts.importing import goldmark, hexo, hugo, jekyll
from posts.importing.config_files import (
    ENDINGS,
    ConfigError,
    as_list,
    hugo_files,
    is_on,
    lowered,
    mapping,
    parsed,
    several,
    texts,
    within,
)
from posts.importing.config_terms import LanguageConfig, SiteConfig
from posts.importing.folders import own_files
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
from posts.importing.targets import of_section
from posts.rendering import IdStyle
from posts.sentences import gettext_noop, systems_reason

JEKYLL_NAMES = ("_config.yml", "_config.yaml", "_config.toml")
_OF_OTHERS = re.compile(
    r"(?:astro|docusaurus|eleventy|gatsby|next|nuxt|quartz|svelte)[.-]config\.[cm]?[jt]s|\.eleventy\.[cm]?js|gridsome\.config\.js"
    r"|pelicanconf\.py|(?:mkdocs|_quarto|myst)\.ya?ml|\.(?:obsidian|vitepress|vuepress)"
)
_OF_SOURCES = frozenset({"blog", "content", "data", "docs", "notes", "pages", "posts", "src"})
MOST_LANGUAGES = 200  # each holds the addresses and the params of all


@dataclass(frozen=True, slots=True)
class _Languages:
    """The codes of a Hugo site's languages, and what each says for itself."""

    default: str
    own: Mapping[str, Mapping[str, Any]]
    disabled: Mapping[str, Mapping[str, Any]]  # those that are turned off


@dataclass(frozen=True, slots=True)
class _Folders:
    """Where a Hugo site has its documents."""

    content: Path  # around all that are read
    given: Mapping[str, Path]  # by language; the default's is also that of none
    read: Sequence[Path]
    mounts: Mapping[Path, Mount]
    unread: Sequence[Path]  # of the languages that are turned off


def read_config(folder: Path) -> SiteConfig:
    """The configuration of the site or content folder. Raises `ConfigError`.

    What is left of Jekyll's beside a configuration of Hugo's and its content, or was put there by GitHub, is not looked at.
    """
    try:
        return _read(folder)
    except OSError as error:
        problem = gettext_noop("a folder named by the site cannot be read: %(reason)s")
        raise ConfigError(problem % {"reason": systems_reason(error)}) from None


def _read(folder: Path) -> SiteConfig:
    content = folder / "content"
    jekylls = next((file for name in JEKYLL_NAMES if (file := folder / name).is_file()), None)
    is_jekyll = jekylls is not None or _has_dated(folder / "_posts")
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
    content = content if _has_texts(content) or not _has_texts(folder) else folder
    is_known = _is_of_others(folder.absolute())
    mounts = _sources(content) if is_known else {}
    return replace(without_config(content), has_bundles=_is_hugos(content), of_others=is_known, mounts=mounts)


def _is_of_others(folder: Path) -> bool:
    """Whether another tool than Hugo, Jekyll, Hexo and Zola has its configuration here, or around a folder of its sources."""
    with suppress(OSError):
        if any(_OF_OTHERS.fullmatch(each.name) for each in folder.iterdir()):
            return True
    return folder.name in _OF_SOURCES and _is_of_others(folder.parent)


def _sources(folder: Path) -> dict[str, Mount]:
    """The folders of sources in which Astro, Eleventy, Gatsby and others have their texts, and which are in no address."""
    names = ("src/content", "src/data", "src/pages", "src")
    return {name: Mount("") for name in names if (folder / name).is_dir()}


def _has_dated(folder: Path) -> bool:
    """Whether a folder of posts has one of Jekyll's: Next.js has a folder of that name too, in which none is dated."""
    return any(permalinks.dated_name(PurePosixPath(file.name)) for file in own_files(folder))


def _has_texts(folder: Path) -> bool:
    """Whether there are texts: beside an export of Ghost's, `content` holds its pictures alone."""
    return any(file.suffix.lower() in {".md", ".markdown", ".mdown"} for file in own_files(folder))


def _is_zolas(folder: Path, config: Mapping[str, Any]) -> bool:
    """Whether what may be Hugo's configuration is Zola's, which has but one name."""
    is_hugos = "baseurl" in config or any((folder / f"hugo{ending}").is_file() for ending in ENDINGS)
    return "base_url" in config and not is_hugos and (folder / "config.toml").is_file()


def _is_hugos(content: Path) -> bool:
    """Whether a folder without a configuration has Hugo's name, or an `_index.md`, which only Hugo and Zola know."""
    if content.name == "content" and content.parent.name != "src":  # which is Astro's
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
    said = _languages(config)
    of_default = said.own.get(said.default, {})
    folders = _folders(folder, config, said)
    content = folders.content
    ugly = config.get("uglyurls")
    return SiteConfig(
        jekyll=False,
        content=content,
        languages=_hugos_languages(config, said, folders),
        default_language=said.default,
        folders=tuple(each.relative_to(content).as_posix() for each in outermost(folders.read)),
        mounts={each.relative_to(content).as_posix(): mount for each, mount in folders.mounts.items()},
        static=tuple(static_folders(folder, [config, *said.own.values()])),
        resources=tuple(mounted_folders(folder, config, "assets")),
        disabled=frozenset(said.disabled),
        unread=tuple(folders.unread),
        ignored=tuple(hugo.patterns(texts(config.get("ignorefiles")))),
        main_sections=_main_sections(config, of_default),
        ugly={str(section).lower(): is_on(value) for section, value in mapping(ugly).items()} or {"": is_on(ugly)},
        base=_base(str(config.get("baseurl") or of_default.get("baseurl") or "")),
        addresses=tuple(str(each["baseurl"]) for each in (config, *said.own.values()) if each.get("baseurl")),
        inline_shortcodes=is_on((lowered(config.get("security")) | dict(config)).get("enableinlineshortcodes")),
    )


def _folders(folder: Path, config: Mapping[str, Any], said: _Languages) -> _Folders:
    mounted = [*content_mounts(folder, config)]
    # Of several mounts of one folder the first for the default language counts, else the first.
    on = [each for each in reversed(mounted) if each[1].language not in said.disabled]
    counting = dict(sorted(on, key=lambda each: each[1].language in {"", said.default}))
    mounts = {source: counting[source] for source, _ in on}
    given = content_folders(folder, config, said.own, is_mounted=bool(mounted))
    read = [*given.values(), *mounts]
    off = [source for source, mount in mounted if mount.language in said.disabled]
    unread = outermost([*folders_of(folder, said.disabled).values(), *off])
    return _Folders(
        content=around(given.get(""), read),
        given={said.default: given[""], **given} if "" in given else given,
        read=read,
        mounts={source: mounts[source] for source in reversed(mounts)},
        unread=[each for each in unread if folder in each.parents and not {each, *each.parents} & set(read)],
    )


def _hugos_languages(config: Mapping[str, Any], said: _Languages, folders: _Folders) -> dict[str, LanguageConfig]:
    in_subfolder = is_on(config.get("defaultcontentlanguageinsubdir"))
    languages = {}
    for code, overrides in said.own.items():
        prefix = "/" if code == said.default and not in_subfolder else f"/{code}/"
        folder = folders.given.get(code, folders.content).relative_to(folders.content).as_posix()
        of_it = hugo.of_language(config, overrides)
        languages[code] = _language(code, prefix, "" if folder == "." else folder, of_it)
    return languages


def _main_sections(*said: Mapping[str, Any]) -> tuple[str, ...]:
    """Those of the first that says some, itself or in its `params`."""
    told = (each for config in said for each in (config, lowered(config.get("params"))))
    return texts(next((each["mainsections"] for each in told if each.get("mainsections")), None))


def _languages(config: Mapping[str, Any]) -> _Languages:
    """Raises `ConfigError` for too many."""
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
        problem = gettext_noop("the configuration has %(languages)s languages; the limit is %(most)s")
        raise ConfigError(problem % {"languages": len(own), "most": MOST_LANGUAGES})
    return _Languages(default, own, turned_off)


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
        taxonomies=hugo.taxonomies(config),
        permalinks=tuple(hugo.permalinks(config)),
        term_pattern=hugo.term_pattern(config, code),
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
        title_attributes=within(markup, "parser", "attribute").get("title") is not False,
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
    style = str(config.get("permalink") or "date")
    pattern = jekyll.STYLES.get(style, style)
    languages = _jekylls_languages(config, source, pattern)
    return SiteConfig(
        jekyll=True,
        content=source.resolve() if config.get("source") else folder,
        languages=languages,
        default_language=next(iter(languages)),
        defaults=tuple(mapping(each) for each in as_list(config.get("defaults"))),
        collections=jekyll.collections(config, pattern),
        collections_dir=str(config.get("collections_dir") or "").strip("/"),
        posts_pattern=str(within(config, "collections", "posts").get("permalink") or ""),
        excluded=tuple(filter(None, (each.lstrip("/") for each in texts(config.get("exclude"))))),
        base=jekyll.base(config),
        raw_html=jekyll.raw_html(config) if _is_kramdown(config) else "",
        excerpt_end=str(config.get("excerpt_separator") or ""),
        said=config,
        addresses=(f"{config.get('url') or ''}{config.get('baseurl') or ''}",),
        included=tuple(filter(None, (each.strip("/") for each in texts(config.get("include"))))),
    )


def _jekylls_languages(config: Mapping[str, Any], source: Path, pattern: str) -> dict[str, LanguageConfig]:
    """The default first: those that a plugin has, else the one that the site says."""
    only = LanguageConfig(
        _code(str(config.get("lang") or config.get("locale") or "")),
        "/",
        time_zone=_zone({"timezone": config.get("timezone")}),
        permalinks=(({}, pattern),),
        build_future=is_on(config.get("future")),
        emoji="jemoji" in jekyll.plugins(config),
        signs=jekyll.signs(config),
        hard_wraps=is_on(within(config, "kramdown").get("hard_wrap")),
        extras=("$$", "~~", "**") if _is_kramdown(config) else (),
        id_style=IdStyle.KRAMDOWN if _is_kramdown(config) else IdStyle.GITHUB,
    )
    editions = jekyll.editions(config, source).items()
    languages = {code: replace(only, code=code, prefix=each.prefix, folder=each.folder) for code, each in editions}
    return languages or {only.code: only}


def _is_kramdown(config: Mapping[str, Any]) -> bool:
    """Whether the site has its Markdown read as Jekyll reads it by itself."""
    return str(config.get("markdown") or "kramdown").lower() == "kramdown"


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
        problem = gettext_noop("the configuration names an unknown time zone: %(name)s")
        raise ConfigError(problem % {"name": name[:40]}) from None
    return name
