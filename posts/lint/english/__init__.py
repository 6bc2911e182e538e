"""What the rules know of English words: 93,000 of them, what each can be, and how common it is."""

import gzip
import re
from functools import cache
from importlib import resources

UNCOMMON = 9
_FUNCTION_WORDS = re.compile(r"\b(?:the|of|and|is|are|that|for|with|from|you|this|be|have|by)\b", re.IGNORECASE)
_ANY_WORDS = re.compile(r"\w+")
_SAMPLE = 8_000  # characters that are enough to tell the language
_ADJECTIVE_ENDING = re.compile(r"[a-z]{3,}(?:[aiou]cal|[tnrsb]ial|[ntrb]al|[a-z]ic|ous|ive|able|ible|less|ful)")


def is_english(prose: str) -> bool:
    """Whether function words of English make up the share of the text that they make up of English alone."""
    sample = prose[:_SAMPLE]
    words = sum(1 for _ in _ANY_WORDS.finditer(sample))
    return sum(1 for _ in _FUNCTION_WORDS.finditer(sample)) > max(1, 0.08 * words)


@cache
def words() -> dict[str, str]:
    """Word → what it can be (N, S noun and its plural; V, Z, D, G a verb's base, -s, past, -ing; A, R) and a digit.

    The digit is 0 for the thousand commonest words, then 1 to 3,000, 2 to 10,000, 3 to 30,000, 4 to 50,000, 5, 6.
    """
    data = resources.files(__package__).joinpath("words.txt.gz").read_bytes()
    known: dict[str, str] = {}
    for line in gzip.decompress(data).decode().splitlines():
        name, *members = line.split(" ")
        known.update(dict.fromkeys(members, name))
    return known


def can_be(word: str, letters: str) -> bool:
    """Whether the word can be one of these; a word that is not listed goes by its ending."""
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
