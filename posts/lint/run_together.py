"""MG8: two words that stand as one because what stood between them was lost. For English."""

import re
from collections.abc import Iterator

from posts.lint.diagnostics import Finding
from posts.lint.english import band, listed, words
from posts.lint.inspected import Inspected
from posts.sentences import gettext_noop

COMMON, KNOWN = 1, 2  # the bands of the 10,000 and of the 50,000 commonest words
_SHORTEST = 10  # letters
_SHORTEST_WITH_FUNCTION_WORD = 5
_LONGEST = 60

_WORD = re.compile(r"(?<![A-Za-z])[a-z]+(?![A-Za-z])")
_BEFORE = re.compile(r"[\w,;:)’'”\"][ \n]\Z")
_AFTER = re.compile(r"[ \n]+[\w(“\"]|[.,;:!?)”\"]+(?:\s|\Z|\ufffc)")
# Endings that a compound's first word seldom has: `costs|ushering`, `community|making`, `reduced|outcomes`.
_ENDED = re.compile(r".{3,}(?:[^su]s|ed|ly|ity|ties|[ts]ion|ment|ness|[ae]nce|ism|ogy|ing)")


def run_together(inspected: Inspected) -> Iterator[Finding]:
    """Words that stand once, are in no list, and part in one way into two words that no compound joins."""
    known, counts, prose = words(), inspected.word_counts, inspected.markdown.prose
    for found in _WORD.finditer(prose):
        word, start = found[0], found.start()
        if word in known or counts[word] > 1 or not _SHORTEST_WITH_FUNCTION_WORD <= len(word) <= _LONGEST:
            continue
        if start > 0 and _is_running_text(prose, start, found.end()) and (parts := parted(word)):
            message = gettext_noop("“%(first)s” and “%(second)s” have run together; part them")
            yield Finding(start, start + len(word), message % {"first": parts[0], "second": parts[1]})


def _is_running_text(prose: str, start: int, end: int) -> bool:
    """Whether other words stand around: then it is no name, and no part of an address, a path or a compound."""
    return bool(_BEFORE.search(prose, start - 2, start) and _AFTER.match(prose, end))


def parted(word: str) -> tuple[str, str] | None:
    """The two words that this one is made of, if it is no compound of them."""
    known = words()
    pairs = [(word[:i], word[i:]) for i in range(2, len(word) - 1) if word[:i] in known and word[i:] in known]
    if with_function_word := next((pair for pair in pairs if _joins_function_word(*pair)), None):
        return with_function_word
    long = [pair for pair in pairs if len(pair[0]) > 3 and len(pair[1]) > 3]
    return long[0] if len(long) == 1 and len(word) >= _SHORTEST and _is_unlikely(*long[0]) else None


def _joins_function_word(first: str, second: str) -> bool:
    if first in listed("closed") and second in listed("articles"):
        return True
    if first in listed("never first"):
        return len(second) > 3 and band(second) <= COMMON
    return second in listed("never last") and len(first) >= (5 if len(second) < 4 else 3) and band(first) <= COMMON


def _is_unlikely(first: str, second: str) -> bool:
    has_entry = len(words()[first]) > 1
    return (
        has_entry
        and bool(_ENDED.fullmatch(first))
        and band(first) <= COMMON
        and band(second) <= KNOWN
        and second not in listed("compounding")
    )
