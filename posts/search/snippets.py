"""What of a text shows that it is a hit: a piece around the words that were looked for, those marked."""

import re
from itertools import chain

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from posts.search.query import Query, folded

LENGTH = 240  # characters of a snippet, about
READ = 20_000  # characters of a text among which the snippet is chosen
_LEAD = 60  # characters before the first marked word, at most
_SHORTEST_STEM, _LONGEST_ENDING = 3, 5
_ENDINGS = ("ations", "ation", "ments", "ment", "ings", "ing", "ies", "al", "ed", "es", "ly", "e", "y", "s")


def marked(text: str, query: Query) -> SafeString:
    """The whole text escaped, each word of the query in `<mark>`."""
    return _with_marks(text, _places(text, query))


def snippet(text: str, query: Query) -> SafeString:
    """The piece in which most different words of the query stand, escaped and marked; else the text's beginning."""
    text = text[:READ]
    places = _places(text, query)
    start = _best_start(text, places)
    end = min(len(text), start + LENGTH)
    if end < len(text):
        end = max(text.rfind(" ", start, end), start + LENGTH // 2)
    shown = [(first - start, last - start) for first, last in places if start <= first and last <= end]
    before, after = "… " if start else "", " …" if end < len(text) else ""
    return mark_safe(before + _with_marks(text[start:end], shown) + after)


def _places(text: str, query: Query) -> list[tuple[int, int]]:
    """Where words begin and end that share a stem with one of the query's, or begin as its last word does."""
    words = [folded(word) for word in chain.from_iterable(query.phrases)]
    if not words:
        return []
    stems = "|".join(sorted({re.escape(_stem(word)) for word in words}, key=len, reverse=True))
    wanted = rf"(?:{stems})[^\W_]{{0,{_LONGEST_ENDING}}}(?![^\W_])|{re.escape(words[-1])}[^\W_]*"
    return [found.span() for found in re.finditer(rf"(?<![^\W_])(?:{wanted})", folded(text))]


def _stem(word: str) -> str:
    """Near enough to what the databases' stemmers make of an English word; short ones stay whole."""
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_STEM:
            return word.removesuffix(ending)
    return word


def _best_start(text: str, places: list[tuple[int, int]]) -> int:
    """The beginning of a word from which a snippet's length holds most different marked words."""
    lower, best, most = folded(text), 0, 0
    for number, (first, _) in enumerate(places[:50]):
        near = places[number : number + 20]
        words = {lower[start:end] for start, end in near if end <= first + LENGTH - _LEAD}
        if len(words) > most:
            best, most = first, len(words)
    if best <= _LEAD:
        return 0
    return text.find(" ", best - _LEAD, best) + 1 or best


def _with_marks(text: str, places: list[tuple[int, int]]) -> SafeString:
    pieces, at = [], 0
    for start, end in places:
        pieces += [escape(text[at:start]), "<mark>", escape(text[start:end]), "</mark>"]
        at = end
    return mark_safe("".join([*pieces, escape(text[at:])]))
