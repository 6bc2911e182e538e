"""Hugo's targets: the pages that a cascade's values, or a pattern of addresses, are meant for."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from fnmatch import fnmatchcase
from itertools import islice
from pathlib import PurePosixPath
from typing import Any

from posts.importing.config_files import ENVIRONMENT, lowered, texts, within

MOST_ALTERNATIVES = 100  # of a pattern: those of its braces multiply
LONGEST_PATTERN = 500


def of_section(name: str) -> dict[str, list[str]]:
    """The target that a section's name stands for: the folder, in it or below it; `/` is the content folder's own pages."""
    path = "/" + name.strip("/")
    return {"path": ["/*"] if path == "/" else [path, f"{path}/**"]}


def is_meant(target: object, page: PurePosixPath, language: str, taxonomies: Collection[str] = ()) -> bool:
    """Whether the target is this page; what is no target is every page. Of languages alone some may be left out.

    `taxonomies` are their folders.
    """
    said = lowered(target)
    said |= within(said, "sites", "matrix")
    name = str(page.with_suffix("")).replace(" ", "-")
    facts = {
        "kind": _kind(page, taxonomies),
        "path": "/" + re.sub(r"(?:^|/)_?index$", "", name),
        "lang": language,
        "languages": language,
        "environment": ENVIRONMENT,
    }
    return all(
        is_among(fact, wanted) if key == "languages" else any(_matches(fact, each) for each in wanted)
        for key, fact in facts.items()
        if said.get(key) and (wanted := texts(said[key]))
    )


def _kind(page: PurePosixPath, taxonomies: Collection[str]) -> str:
    if page.stem != "_index":
        return "page"
    if len(page.parts) == 1:
        return "home"
    if page.parts[0].lower() in taxonomies:
        return "taxonomy" if len(page.parts) == 2 else "term"
    return "section"


def names_languages(cascade: Mapping[str, Any]) -> bool:
    """Whether the cascade's target says for which languages it is."""
    said = lowered(cascade)
    return bool(within(lowered(said.get("target") or said.get("_target")), "sites", "matrix").get("languages"))


def is_taken(file: str, patterns: Iterable[str]) -> bool:
    """Whether a mount takes the file: the first pattern that it is like decides, and `! x` leaves out. Like none of them it
    is taken if all leave something out; if not, Hugo must get to it by folders that are like what a pattern begins with."""
    patterns = list(patterns)
    wanted = [each for each in patterns if not each.startswith("!")]
    if wanted and not all(_is_on_the_way(str(each), wanted) for each in PurePosixPath(file).parents if each.name):
        return False
    for each in patterns:
        if _matches(file, each.removeprefix("!").strip()):
            return not each.startswith("!")
    return not wanted


def _is_on_the_way(folder: str, wanted: Iterable[str]) -> bool:
    paths = map(PurePosixPath, wanted)
    return any(_matches(folder, str(beginning)) for path in paths for beginning in (path, *path.parents))


def is_among(fact: str, patterns: Iterable[str]) -> bool:
    """Whether it is like one of them, or there are none; `! x` leaves out what is like x."""
    patterns = list(patterns)
    wanted = [each for each in patterns if not each.startswith("!")]
    unwanted = [each[1:].strip() for each in patterns if each.startswith("!")]
    is_wanted = not wanted or any(_matches(fact, each) for each in wanted)
    return is_wanted and not any(_matches(fact, each) for each in unwanted)


def _matches(fact: str, pattern: str) -> bool:
    """Hugo's globs: `*` stops at a slash, `**` does not. Of a pattern's alternatives only the first many are tried."""
    options = _alternatives(pattern.lower()) if len(pattern) <= LONGEST_PATTERN else []
    return any(is_like(fact.lower(), each) for each in islice(options, MOST_ALTERNATIVES))


def is_like(text: str, glob: str) -> bool:
    """Whether the text is like the glob, in time that grows with the two lengths alone, whatever the glob repeats."""
    reached = {0}  # where in the text the part of the glob so far may end
    whole = glob.rfind("]") + 1  # behind it none of several letters ends
    for sign in [
        *re.findall(r"\*\*|\[[^\]]+\]|.", glob[:whole], re.DOTALL),
        *re.findall(r"\*\*|.", glob[whole:], re.DOTALL),
    ]:
        if sign in {"*", "**"}:
            stop = "/" if sign == "*" else ""
            for at, each in enumerate(text):
                if at in reached and each != stop:
                    reached.add(at + 1)
        else:
            reached = {at + 1 for at in reached if at < len(text) and _is_one(text[at], sign)}
    return len(text) in reached


def _is_one(letter: str, sign: str) -> bool:
    """Whether the letter is what the sign stands for, which may be one of several: `[a-z]`."""
    return letter == sign or (sign == "?" and letter != "/") or (sign[0] == "[" and fnmatchcase(letter, sign))


def _alternatives(pattern: str) -> Iterator[str]:
    """`/{a,b}/*` is `/a/*` or `/b/*`; of braces within braces only the first are read."""
    before, brace, rest = pattern.partition("{")
    inside, closed, after = rest.partition("}")
    if not (brace and closed):
        yield pattern
        return
    for each in inside.split(","):
        yield from _alternatives(before + each + after)
