"""What the rules know of English words: 75,000 of them, what each can be, and how common it is."""

import gzip
import re
from collections.abc import Mapping
from functools import cache
from importlib import resources

from posts.lint.markdown import FILLING

UNCOMMON = 9
_ADJECTIVE_ENDING = re.compile(r"[a-z]{3,}(?:[aiou]cal|[tnrsb]ial|[ntrb]al|[a-z]ic|ous|ive|able|ible|less|ful)")


def is_english(prose: str, counts: Mapping[str, int]) -> bool:
    """Whether function words that only English has are as frequent as in English, and few characters lie outside ASCII.

    `counts` says how often each run of the letters a to z stands in the prose.
    """
    function_words = sum(counts.get(word, 0) for word in listed("function words"))
    if function_words <= max(1, 0.08 * sum(counts.values())):
        return False
    letters = sum(len(word) * count for word, count in counts.items())
    others = len(prose) - len(prose.encode("ascii", "ignore")) - prose.count(FILLING)
    return others <= 0.1 * letters


@cache
def listed(name: str) -> frozenset[str]:
    """The words of a list in `lists.txt`."""
    text = resources.files(__package__).joinpath("lists.txt").read_text("utf-8")
    found = re.search(rf"^{re.escape(name)}:((?:.*\n)(?: .*\n)*)", text, re.MULTILINE)
    if not found:
        raise KeyError(name)
    return frozenset(found[1].split())


@cache
def words() -> dict[str, str]:
    """Word → what it can be (N, S noun and its plural; V, Z, D, G a verb's base, -s, past, -ing; A, R) and a digit.

    The digit is 0 for the 3,000 commonest words, 1 for those to 10,000, 2 for those to 50,000, 3 for all others.
    """
    data = resources.files(__package__).joinpath("words.txt.gz").read_bytes()
    known: dict[str, str] = {}
    for line in gzip.decompress(data).decode().splitlines():
        name, *members = line.split(" ")
        known.update(dict.fromkeys(members, name))
    return known


def can_be(word: str, letters: str) -> bool:
    """Whether the word can be one of these; one whose entry says nothing goes by its ending."""
    if word in listed("closed"):
        return False
    tags = words().get(word)
    if tags is None or len(tags) == 1:
        tags = _guessed(word)
    return any(letter in tags for letter in letters)


def band(word: str) -> int:
    """How common the word is, 0 for the commonest; `UNCOMMON` for one that is not listed."""
    tags = words().get(word)
    return int(tags[-1]) if tags else UNCOMMON


def _guessed(word: str) -> str:
    """What a word without an entry can be: an adjective by its ending, a plural by its -s, else a noun."""
    if _ADJECTIVE_ENDING.fullmatch(word):
        return "A"
    if word.endswith("s") and not word.endswith(("ss", "us", "is", "ics", "ous")):
        return "S"
    return {"ly": "R", "ed": "D"}.get(word[-2:], "G" if word.endswith("ing") else "N")
