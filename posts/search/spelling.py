"""What a reader who found nothing may have meant."""

from collections.abc import Mapping
from difflib import get_close_matches

from posts.search.query import Query, folded

_CLOSE = 0.75  # of difflib's ratio, from 0 to 1


def respelled(query: Query, known: Mapping[str, str]) -> str:
    """The query with each word that is not known as the nearest known one, or "" where nothing is near.

    `known` is words by what they are without accents.
    """
    phrases = [[_nearest(word, known) for word in words] for words in query.phrases]
    if all(map(all, phrases)) and phrases != [list(words) for words in query.phrases]:
        return " ".join(" ".join(words) for words in phrases)
    return ""


def _nearest(word: str, known: Mapping[str, str]) -> str:
    """The word itself if it is known. Two words are only compared that begin alike and are of about one length."""
    wanted = folded(word)
    if wanted in known:
        return word
    alike = [each for each in known if each[0] == wanted[0] and abs(len(each) - len(wanted)) <= 2]
    found = get_close_matches(wanted, alike, n=1, cutoff=_CLOSE)
    return known[found[0]] if found else ""
