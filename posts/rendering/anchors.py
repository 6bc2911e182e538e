"""The ids that headings get of themselves, as Hugo makes them."""

import re
import unicodedata
from enum import StrEnum

from posts.slugs import without_accents

_NOT_IN_ASCII_IDS = re.compile("[^a-z0-9 _-]")


class IdStyle(StrEnum):
    """Whose ids a site's headings have: Hugo's `autoIDType`, or Jekyll's."""

    GITHUB = ""
    GITHUB_ASCII = "github-ascii"
    BLACKFRIDAY = "blackfriday"
    KRAMDOWN = "kramdown"


def anchor(text: str, taken: set[str], style: str = IdStyle.GITHUB) -> str:
    """The heading's id as Hugo makes it: "A B & C" gives "a-b--c", a second one "a-b--c-1".

    Adds the id to `taken`. Source: goldmark's automatic heading ids, with Hugo's styles.
    """
    base = _styled(text, style) or "heading"
    free = base if base not in taken else f"{base}-{_first_free(base, taken)}"
    taken.add(free)
    return free


def _styled(text: str, style: str) -> str:
    if style == IdStyle.BLACKFRIDAY:
        runs = (c.lower() if c.isalpha() or unicodedata.category(c)[0] == "N" else " " for c in text)
        return "-".join("".join(runs).split())
    if style == IdStyle.KRAMDOWN:
        kept = "".join(c for c in map(str.lower, text) if c in " \t-" or _is_of_word(c))
        return re.sub(r"[ \t]", "-", kept)
    plain = without_accents(text) if style == IdStyle.GITHUB_ASCII else text
    letters = "".join(map(str.lower, plain.strip()))  # one by one, as Go does: the end of a word has no say in Σ
    if style == IdStyle.GITHUB_ASCII or letters.isascii():
        kept = _NOT_IN_ASCII_IDS.sub("", letters)
    else:
        kept = "".join(c for c in letters if c.isalpha() or c.isdecimal() or c in " -_")
    return kept.replace(" ", "-")


def _is_of_word(letters: str) -> bool:
    """Whether Ruby takes it for part of a word: letters, marks on them, digits and what joins words."""
    return all(unicodedata.category(c) in {"Nd", "Pc"} or unicodedata.category(c)[0] in "LM" for c in letters)


def _first_free(base: str, taken: set[str]) -> int:
    """The number of a repeat, found by doubling and halving: ten thousand equal headings stay cheap."""
    above = 1
    while f"{base}-{above}" in taken:
        above *= 2
    below = above // 2
    while above - below > 1:
        middle = (below + above) // 2
        below, above = (middle, above) if f"{base}-{middle}" in taken else (below, middle)
    return above
