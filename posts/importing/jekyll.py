"""What a Jekyll site's configuration says of addresses: its styles by name, its collections, its plugins' languages."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from typing import Any

from posts.importing.config_files import is_on, mapping, several, texts, within

STYLES = {
    "date": "/:categories/:year/:month/:day/:title:output_ext",
    "pretty": "/:categories/:year/:month/:day/:title/",
    "ordinal": "/:categories/:year/:y_day/:title:output_ext",
    "weekdate": "/:categories/:year/W:week/:short_day/:title.html",
    "none": "/:categories/:title:output_ext",
}
_CODE = re.compile(r"(?!.{36})[A-Za-z0-9]+(?:[-_][A-Za-z0-9]+)*+")  # of a language, and no path
TRANSLATIONS = "_i18n"  # the folder of jekyll-multiple-languages, in which each language's posts have their own
QUOTES = "‘’“”"
POLYGLOT = "jekyll-polyglot"


@dataclass(frozen=True, slots=True)
class Collection:
    """A Jekyll collection: the files of a folder, and the addresses of their pages."""

    pattern: str
    is_shown: bool  # output, of which all but false is true to Ruby


@dataclass(frozen=True, slots=True)
class Edition:
    """Where a language of a site has its pages, and, where they lie in a folder of their own, its posts."""

    prefix: str
    folder: str = ""


def collections(config: Mapping[str, Any], pattern: str) -> dict[str, Collection]:
    """The collections by their folders; without a pattern of its own one follows the posts' ending."""
    given = config.get("collections")
    named = given if isinstance(given, Mapping) else dict.fromkeys(texts(given))
    ending = next((each for each in ("/", ":output_ext") if pattern.endswith(each)), "")
    return {
        f"_{name}": Collection(
            str(mapping(said).get("permalink") or f"/{name}/:path{ending}"),
            is_shown=mapping(said).get("output") not in (None, False),
        )
        for name, said in named.items()
        if name != "posts"
    }


def base(config: Mapping[str, Any]) -> str:
    """Where on its host the site stands, such as `/blog`; empty for its top."""
    place = str(config.get("baseurl") or "").strip("/")
    return f"/{place}" if place and ":" not in place else ""


def signs(config: Mapping[str, Any]) -> dict[str, str]:
    """The site's own quotation marks, by kramdown's in whose place they stand; the second is an apostrophe too."""
    said = within(config, "kramdown").get("smart_quotes") or ""
    names = said.split(",") if isinstance(said, str) else texts(said)
    own = [unescape(f"&{name.strip()};") for name in names]
    if own == [*QUOTES] or [len(sign) for sign in own] != [1] * len(QUOTES):
        return {}
    return {**dict(zip(QUOTES, own, strict=True)), "'": own[1]}


def raw_html(config: Mapping[str, Any]) -> str:
    """What kramdown makes of HTML in a text, by `Source.raw_html`."""
    return "parsed" if is_on(within(config, "kramdown").get("parse_block_html")) else "whole"


def plugins(config: Mapping[str, Any]) -> tuple[str, ...]:
    return texts(config.get("plugins")) + texts(config.get("gems"))


def editions(config: Mapping[str, Any], source: Path) -> dict[str, Edition]:
    """The site's languages by their codes in lower case, the first first; none without one of the plugins for them."""
    languages = [each for each in several(config.get("languages")) if _CODE.fullmatch(str(each))]
    if (source / TRANSLATIONS).is_dir() and languages:
        in_subfolder = is_on(config.get("default_locale_in_subfolder"))
        firsts, folders = [] if in_subfolder else languages[:1], f"{TRANSLATIONS}/"
    elif POLYGLOT in plugins(config) or config.get("default_lang"):
        firsts, folders = [each for each in [str(config.get("default_lang") or "en")] if _CODE.fullmatch(each)], ""
        languages = [*firsts, *languages] if languages else []
    else:
        return {}
    return {
        each.lower(): Edition("/" if each in firsts else f"/{each}/", folders and folders + each) for each in languages
    }


def language_in(place: str, config: Mapping[str, Any], codes: Iterable[str]) -> str:
    """The first of the languages that is a part of the file's path, where the site looks there for it; empty for none."""
    parts = re.split(r"[./]", place.lower()) if is_on(config.get("lang_from_path")) else []
    return next((part for part in parts if part in set(codes)), "")
