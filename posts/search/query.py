"""What a reader typed, as words and phrases: any text is a query, and none is an error."""

import re
import unicodedata
from dataclasses import dataclass
from typing import Self

LONGEST, MOST_WORDS = 200, 12  # characters and words that are read of a query
_PART = re.compile(r'"([^"]*)"|([^"\s]+)')
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Query:
    """All of these are to be found: words, and phrases of words that stand side by side."""

    phrases: tuple[tuple[str, ...], ...]

    @classmethod
    def read(cls, text: str) -> Self:
        """`"side effects" type-2 dose` is the phrases (side, effects), (type, 2) and (dose). Without words: none."""
        phrases: list[tuple[str, ...]] = []
        left = MOST_WORDS
        for quoted, plain in _PART.findall(unicodedata.normalize("NFC", text[:LONGEST])):
            if words := tuple(words_of(quoted or plain)[:left]):
                phrases.append(words)
                left -= len(words)
        return cls(tuple(dict.fromkeys(phrases)))

    def __bool__(self) -> bool:
        return bool(self.phrases)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What an index is asked for: a query, of entries with the word of a tag (if any), between two keys.

    `is_prefix` takes the query's last word as the beginning of one.
    """

    query: Query
    filed: str
    keys: tuple[int, int]
    is_prefix: bool


def words_of(text: str) -> list[str]:
    """Runs of letters and digits, in lower case."""
    return _WORD.findall(text.lower())


class _Folds(dict[int, str]):
    """Each character without its accents and in lower case, always one character: places in a text stay as they are."""

    def __missing__(self, code: int) -> str:
        first = unicodedata.normalize("NFKD", chr(code))[0].lower()
        self[code] = first if len(first) == 1 else chr(code)
        return self[code]


# The letters that Unicode does not take apart.
_FOLDS = _Folds({ord("đ"): "d", ord("Đ"): "d", ord("ø"): "o", ord("Ø"): "o", ord("ł"): "l", ord("Ł"): "l"})


def folded(text: str) -> str:
    """The text without accents, in lower case and as long as it was: `Dược` gives `duoc`."""
    return text.lower() if text.isascii() else text.translate(_FOLDS)
