"""Where a Hugo site has its files: its folders of content and static ones, and what its `module` mounts."""

import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from posts.importing.config_files import ConfigError, as_list, lowered, texts, within
from posts.sentences import gettext_noop


@dataclass(frozen=True, slots=True)
class Mount:
    """What Hugo makes of a folder of content: the place and the language of its files, and which of them it takes."""

    place: str
    language: str = ""
    files: tuple[str, ...] = ()  # as `targets.is_taken` reads them


def content_folders(
    folder: Path, config: Mapping[str, Any], own: Mapping[str, Mapping[str, Any]], *, is_mounted: bool
) -> dict[str, Path]:
    """Every folder of content that is not mounted: of languages by their codes, and the site's as "".

    Where any is mounted, those that the site and its languages name are not read (Hugo). Raises `OSError` for one that cannot be looked for.
    """
    found = {} if is_mounted else folders_of(folder, own)
    if not (is_mounted or (found and len(found) == len(own))):
        found[""] = _at(folder, config.get("contentdir") or "content")
    for each in found.values():
        each.exists()  # raises OSError for a name that no folder can have
    return found


def folders_of(folder: Path, languages: Mapping[str, Mapping[str, Any]]) -> dict[str, Path]:
    """The folders of content that these languages have for themselves, by their codes."""
    return {code: _at(folder, said["contentdir"]) for code, said in languages.items() if said.get("contentdir")}


def _at(folder: Path, place: object) -> Path:
    """The folder at the place; without the `..` that would hide where it leads."""
    path = folder / re.sub("^//+", "/", str(place))
    return Path(os.path.normpath(path)) if ".." in Path(str(place)).parts else path


def content_mounts(folder: Path, config: Mapping[str, Any]) -> Iterator[tuple[Path, Mount]]:
    """The folders of content, and single files, that Hugo's `module` mounts."""
    for each in as_list(within(config, "module").get("mounts")):
        said = lowered(each)
        kind, _, place = str(said.get("target") or "").strip("/").partition("/")
        if kind == "content" and said.get("source"):
            languages = texts(said.get("lang")) or texts(within(said, "sites", "matrix").get("languages"))
            unwanted = (one.removeprefix("!").strip() for one in texts(said.get("excludefiles")))
            files = (*texts(said.get("files")), *texts(said.get("includefiles")), *(f"! {one}" for one in unwanted))
            language = languages[0].lower() if len(languages) == 1 else ""
            source = _at(folder, said["source"])
            is_there = os.path.exists(source)  # noqa: PTH110  # raises for no name, however long
            if is_there or not source.is_relative_to(folder):  # Hugo passes over what is not there
                yield source, Mount(place, language, tuple(_of_files(files)))


def static_folders(folder: Path, configs: Sequence[Mapping[str, Any]]) -> Iterator[tuple[Path, str]]:
    """Those inside the site that it, its languages or its mounts name, each with the place of its files."""
    for name in (one for each in configs for one in texts(each.get("staticdir"))):
        yield from _inside(folder, name)
    yield from mounted_folders(folder, configs[0], "static")
    yield folder / "static", ""


def mounted_folders(folder: Path, config: Mapping[str, Any], kind: str) -> Iterator[tuple[Path, str]]:
    """Those inside the site that are mounted as Hugo's folder of this name or below it, each with the place of its files."""
    for each in as_list(within(config, "module").get("mounts")):
        said = lowered(each)
        target, _, place = str(said.get("target")).strip("/").partition("/")
        if target == kind:
            yield from _inside(folder, said.get("source"), place)


def _inside(folder: Path, name: object, place: str = "") -> Iterator[tuple[Path, str]]:
    if (named := _at(folder, name)).is_relative_to(folder):
        yield named, place


def _of_files(patterns: Iterable[str]) -> Iterator[str]:
    """The patterns without a slash at their beginning; one that leaves out a folder leaves out what is in it."""
    for each in patterns:
        sign, pattern = ("! ", each[1:].strip()) if each.startswith("!") else ("", each)
        yield sign + pattern.lstrip("/")
        if sign:
            yield f"{sign}{pattern.lstrip('/')}/**"


def around(own: Path | None, folders: Iterable[Path]) -> Path:
    """The site's own folder of content if the others are in it, else the folder that all are in."""
    folders = list(folders)
    if own and all(each.is_relative_to(own) for each in folders):
        return own
    try:
        return Path(os.path.commonpath(folders))
    except ValueError:
        problem = gettext_noop(
            "the configuration has content both inside and outside of the site; put all of it inside"
        )
        raise ConfigError(problem) from None


def outermost(folders: Iterable[Path]) -> list[Path]:
    """Those that lie in none of the others, each once."""
    several = set(folders)
    return sorted(each for each in several if not several & set(each.parents))
