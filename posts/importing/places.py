"""Where a file of a site stands in it, in which language, and how its site reads it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import Any

from posts import permalinks
from posts.importing.config_terms import LanguageConfig, SiteConfig
from posts.importing.files import named_language
from posts.importing.jekyll import STYLES
from posts.importing.site_config import without_config
from posts.importing.targets import is_meant, of_section
from posts.source import Source


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the person who imports says of all the files; a name by the command's option."""

    section: str = ""
    language: str = ""
    permalinks: tuple[tuple[str, str], ...] = ()  # sections and patterns; win over the site's own


NO_WISHES = Wishes()


def located(
    place: PurePosixPath, config: SiteConfig | None = None, wishes: Wishes = NO_WISHES, root: str = ""
) -> Source:
    """The source of the file at this place in a content folder; without a configuration, in one of our own site.

    A language that the site knows is read from a file's name (`x.vi.md`) or its folder (`vi/posts/x.md`), and taken out
    of the page's place.
    """
    config = config or without_config(Path())
    language, page = _language_and_page(place, config, wishes)
    page = _plain(page, config)
    is_post = not permalinks.OF_POSTS.isdisjoint(place.parts)
    is_anybodys = not (config.configured or config.hexo)
    if is_anybodys and place.parts[0] == permalinks.POSTS_FOLDER and not permalinks.dated_name(place):
        is_post, page = False, PurePosixPath("posts", *page.parts[1:])  # as Next.js has it
    is_jekyll = config.jekyll or (is_post and not config.configured and page.stem != "index")
    section = permalinks.section_of(page) or wishes.section
    in_section = PurePosixPath(section, page.name) if is_jekyll or len(page.parts) == 1 else page
    of_posts = config.posts_pattern if is_post else ""
    pattern = _pattern(in_section, of_posts, language, wishes, otherwise=STYLES["date"] if is_jekyll else "")
    if collection := _collection_of(page, config):
        pattern = config.collections[collection].pattern
    is_notes = not (is_jekyll or config.has_bundles)
    is_list = page.stem == "_index" and not is_jekyll
    return Source(
        file=str(place),
        page=str(page),
        root=root,
        section=wishes.section,
        jekyll=is_jekyll,
        of_others=config.of_others and not is_jekyll,
        notes=is_notes,
        pattern="" if is_list else pattern,
        list_pattern=pattern if is_list else "",
        collection=collection,
        ugly=config.ugly.get(section, config.ugly.get("", False)),
        **_of_site(config),
        **_of_language(language) | ({"extras": ["mark"]} if is_notes else {}),
    )


def _plain(page: PurePosixPath, config: SiteConfig) -> PurePosixPath:
    """The page's place without Jekyll's folder of collections, an index named as Hugo knows it in any case."""
    page = without_collections_dir(page, config.collections_dir)
    is_index = page.stem.lower() in {"index", "_index"} and not config.jekyll
    return page.with_stem(page.stem.lower()) if is_index else page


def _of_site(config: SiteConfig) -> dict[str, Any]:
    """What a source takes over from its site."""
    return {
        "prefixes": config.prefixes,
        "hugo": config.configured and not config.jekyll,
        "hexo": config.hexo,
        "base": config.base,
        "raw_html": config.raw_html,
        "excerpt_end": config.excerpt_end,
        "inline_shortcodes": config.inline_shortcodes,
    }


def _of_language(language: LanguageConfig) -> dict[str, Any]:
    """What a source takes over from its language."""
    return {
        "language": language.code,
        "prefix": language.prefix,
        "time_zone": language.time_zone,
        "keeps_case": language.keeps_case,
        "without_accents": language.without_accents,
        "build_future": language.build_future,
        "moment_keys": {field: list(keys) for field, keys in language.moment_keys.items()},
        "emoji": language.emoji,
        "straight_quotes": not language.typographer,
        "signs": dict(language.signs),
        "hard_wraps": language.hard_wraps,
        "plain_addresses": not language.linkify,
        "id_style": language.id_style,
        "extras": list(language.extras),
        "left_off": list(language.left_off),
        "block_attributes": language.block_attributes,
        "whole_titles": not language.title_attributes,
        "finds_scripts": language.finds_scripts,
        "tag_keys": list(language.tag_keys),
        "term_pattern": language.term_pattern,
    }


def _pattern(page: PurePosixPath, of_posts: str, language: LanguageConfig, wishes: Wishes, *, otherwise: str) -> str:
    """How the page's address is made: as it is wished, as Jekyll's configuration has it for all posts, or as the language
    has it for such a page."""
    wished = [({**of_section(name), "kind": "page"}, pattern) for name, pattern in wishes.permalinks]
    said: list[tuple[Mapping[str, Any], str]] = [({}, of_posts)] if of_posts else []
    targets = [*wished, *said, *language.permalinks]
    return next(
        (pattern for target, pattern in targets if is_meant(target, page, language.code, language.taxonomies)),
        otherwise,
    )


def without_collections_dir(page: PurePosixPath, folder: str) -> PurePosixPath:
    """The place of what stands in a collection's folder or that of posts without Jekyll's folder of collections."""
    is_there = folder and page.is_relative_to(folder)
    inside = page.relative_to(folder) if is_there else page
    return inside if inside.name and inside.parts[0].startswith("_") else page


def _collection_of(page: PurePosixPath, config: SiteConfig) -> str:
    """The folder of the Jekyll collection that the page is in; empty for none."""
    return next((folder for folder in config.collections if page.is_relative_to(folder)), "")


def _language_and_page(
    place: PurePosixPath, config: SiteConfig, wishes: Wishes
) -> tuple[LanguageConfig, PurePosixPath]:
    own = None
    if mounted := config.mount_of(place):
        folder, mount = mounted
        own, place = config.languages.get(mount.language), PurePosixPath(mount.place) / place.relative_to(folder)
    by_folder = {language.folder: language for language in config.languages.values() if language.folder}
    for folder, language in by_folder.items():
        if not own and place.is_relative_to(folder) and place != PurePosixPath(folder):
            own, place = language, place.relative_to(folder)
            break
    if not (own or config.configured) and len(place.parts) > 1 and place.parts[0] == config.default_language:
        # Without a configuration addresses follow the folders: the first language's folder stays in them.
        first = replace(config.languages[config.default_language], prefix=f"/{config.default_language}/")
        return first, place.relative_to(config.default_language)
    stem, code = ("", "") if config.jekyll else named_language(place.name, config.languages)
    if stem and code:
        return config.languages[code], place.with_name(stem + place.suffix)
    if own:
        return own, place
    code = wishes.language or config.default_language
    if known := config.languages.get(code):
        return known, place
    prefix = "/" if code == config.default_language or config.jekyll else f"/{code}/"
    like = config.languages.get(config.default_language, LanguageConfig(code, prefix))
    return replace(like, code=code, prefix=prefix, folder=""), place
