"""What a Hugo site's configuration says of files that it leaves out, dates, taxonomies and addresses."""

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import PurePosixPath
from typing import Any
from warnings import catch_warnings

from posts.front_matter_keys import KEYS
from posts.importing.config_files import lowered, mapping, merged, several, texts
from posts.importing.targets import is_meant, of_section

LONGEST_PATTERN = 100
_ENDLESS = re.compile(r"\)[*+{]|(?:[*+?{].*){3}")  # a repeat of repeats, or many in a row
MOMENTS = {
    "date": ("date", *KEYS["publish_date"], *KEYS["last_modified"]),
    "publish_date": (*KEYS["publish_date"], "date"),
    "last_modified": (*KEYS["last_modified"], "date", *KEYS["publish_date"]),
    "expiry_date": KEYS["expiry_date"],
}
OTHER_NAMES = {KEYS[field][0].lower(): KEYS[field] for field in ("publish_date", "last_modified", "expiry_date")}
"""Of dates, by Hugo's own, with that one first."""
OTHER_TAXONOMIES = frozenset({"categories", "series", "authors", "author"})


def of_language(config: Mapping[str, Any], own: Mapping[str, Any]) -> dict[str, Any]:
    """The site's configuration with what a language says for itself in its place.

    Its `params` are laid over the site's, and its cascade comes behind the site's, which so wins.
    """
    params = merged(mapping(config.get("params")), mapping(own.get("params")))
    return {
        **config,
        **own,
        "params": params,
        "cascade": [each for said in (config, own) for each in several(said.get("cascade"))],
    }


def patterns(written: Iterable[str]) -> Iterator[re.Pattern[str]]:
    """Those that can be tried on a path in no time: a stranger's configuration may hold one that never ends."""
    for each in written:
        if len(each) <= LONGEST_PATTERN and not _ENDLESS.search(each):
            with suppress(re.error, OverflowError), catch_warnings(action="ignore"):
                yield re.compile(each)


def moment_keys(said: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    """The front-matter keys of dates, in their order, if the site chooses any; `:filename` is the file's name."""
    names = {"date": "date", "publishdate": "publish_date", "lastmod": "last_modified", "expirydate": "expiry_date"}
    chosen = {field: tuple(_with_defaults(field, texts(said[key]))) for key, field in names.items() if said.get(key)}
    return MOMENTS | chosen if chosen else {}


def _with_defaults(field: str, keys: Iterable[str]) -> Iterator[str]:
    """What Git and the file system say of a file is no part of it; a key of Hugo's own stands for its other names too."""
    for written in keys:
        key = written.lower() if written.startswith(":") else written
        if key == ":default":
            yield from MOMENTS[field]
        elif key == ":filename" or not key.startswith(":"):
            yield from OTHER_NAMES.get(key.lower(), (key,))


def tag_keys(config: Mapping[str, Any]) -> tuple[str, ...]:
    """The front-matter keys of the taxonomy that tags are: `tags`, else what the site has in its place.

    Sites of 2013 call their taxonomies indexes.
    """
    taxonomies = {**mapping(config.get("taxonomies")), **mapping(config.get("indexes"))}
    if not taxonomies:
        return ("tags",)
    by_singular = {str(one).lower(): str(many) for one, many in taxonomies.items()}
    if "tag" in by_singular:
        return (by_singular["tag"],)
    return tuple(many for many in by_singular.values() if many.lower() not in OTHER_TAXONOMIES) or ("tags",)


def taxonomies(config: Mapping[str, Any]) -> frozenset[str]:
    """The folders of the site's taxonomies."""
    said = {**mapping(config.get("taxonomies")), **mapping(config.get("indexes"))}
    return frozenset(str(many).lower() for many in said.values()) or frozenset({"tags", "categories"})


def permalinks(config: Mapping[str, Any]) -> Iterator[tuple[Mapping[str, Any], str]]:
    """Targets and patterns, in the order in which they are tried.

    Hugo has them as a list, or by section: for pages and for the terms of the taxonomy of that name at the top, else under
    `page` and `term`, for the lists of sections under `section`, and those of all terms under `taxonomy`.
    """
    said = config.get("permalinks")
    if isinstance(said, list):
        given = [(_without_language(lowered(each).get("target")), lowered(each).get("pattern")) for each in said]
    else:
        for_any = {"page": mapping(said), "term": mapping(said)}
        kinds = {
            kind: {**for_any.get(kind, {}), **_of_kind(kind, said)} for kind in ("page", "section", "term", "taxonomy")
        }
        given = [
            ({**_target(str(section), kind, pattern), "kind": kind}, pattern)
            for kind, by_section in kinds.items()
            for section, pattern in _inmost_first(by_section)
        ]
    return ((mapping(target), pattern) for target, pattern in given if isinstance(pattern, str))


def _without_language(target: object) -> dict[str, Any]:
    """The target of a pattern, of which Hugo reads the languages in `sites` alone, and not `lang` as in that of a cascade."""
    return {key: value for key, value in lowered(target).items() if key != "lang"}


def term_pattern(config: Mapping[str, Any], language: str) -> str:
    """How the site makes the addresses of its tags' pages; empty where it is as it makes those of other pages."""
    term, folders = PurePosixPath(tag_keys(config)[0], "term", "_index.md"), taxonomies(config)
    patterns = ((target, pattern) for target, pattern in permalinks(config) if "kind" in target)
    return next((pattern for target, pattern in patterns if is_meant(target, term, language, folders)), "")


def _of_kind(kind: str, said: object) -> Mapping[str, Any]:
    """The patterns of that kind of page by section; none where it is the name of a section that has a pattern itself."""
    return mapping(lowered(said).get(kind))


def _target(section: str, kind: str, pattern: object) -> dict[str, list[str]]:
    """The section and those in it; of lists, whose address then can be but one, where the pattern is always the same."""
    is_of_one = kind == "section" and ":" not in str(pattern)
    return {"path": ["/" + section.strip("/")]} if is_of_one else of_section(section)


def _inmost_first(by_section: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """Of two sections, one in the other, that which is further in comes first."""
    depths = {section: len(str(section).strip("/").split("/")) for section in by_section if section != "/"}
    yield from sorted(by_section.items(), key=lambda each: -depths.get(each[0], 0))
