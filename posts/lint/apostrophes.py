"""Rules on apostrophes that a converter lost: MG1, MG7. For English."""

import re
from collections.abc import Iterator

from posts.lint.contractions import GAP, INSIDE, contractions, lost, possessives
from posts.lint.diagnostics import Finding
from posts.lint.english import can_be, listed, words
from posts.lint.inspected import Inspected
from posts.sentences import gettext_noop

# `patients1 genetic`, `don1t`
_DIGIT = re.compile(r"[0-9](?<=[a-zI][0-9])")
_WORD_END = re.compile(rf"(?<![{INSIDE}])[A-Za-z]+\Z")
_AFTER_DIGIT = re.compile(rf"(s|t|re|ve|ll|d|m)?(?![\w'’\-])(?:{GAP}([A-Za-z][a-z]{{2,}})(?![\w'’]))?")
_LONGEST_WORD = 30
_FOOTNOTE_NUMBER = re.compile(r"[0-9](?<=[a-z][a-z.,;:][0-9])(?![\w.%])")

# `a patients evolving condition`
_SINGULAR_BEFORE = re.compile(rf"[AaEe](?<![\w'’\-][AaEe])(?:n?|very|(ach|nother)){GAP}\Z")
_TO = re.compile(rf"{GAP}to\b")  # behind a verb: `each patients need to`
_LONGEST_BEFORE = 20  # characters of `another` and the space behind it
_PERSONS = {f"{person}s" for person in listed("persons")}
_JOINED_BY_HYPHEN, _GROUPS, _OWNED = listed("joined by a hyphen"), listed("groups"), listed("what a person has")


def lost_apostrophe(inspected: Inspected, *, has_footnotes: bool | None = None) -> Iterator[Finding]:
    """MG1: an apostrophe that became a digit, or is gone where only a possessive or a contraction can stand.

    Whether numbers behind words may be those of footnotes the text tells, if None.
    """
    yield from _became_digit(inspected, has_footnotes)
    yield from _possessive_after_singular(inspected)
    yield from contractions(inspected)
    yield from possessives(inspected)


def _became_digit(inspected: Inspected, has_footnotes: bool | None) -> Iterator[Finding]:
    prose = inspected.markdown.prose
    has_footnotes = _has_footnotes(prose) if has_footnotes is None else has_footnotes
    for digit in _DIGIT.finditer(prose):
        at = digit.start()
        word = _WORD_END.search(prose, max(0, at - _LONGEST_WORD), at)
        rest = _AFTER_DIGIT.match(prose, at + 1)
        if not (word and rest and _may_be_apostrophe(word[0], digit[0], rest[1] or "", rest[2] or "")):
            continue
        if rest[1] or not has_footnotes:
            end = rest.end(1) if rest[1] else at + 1
            yield lost(word.start(), end, word[0] + inspected.apostrophe + (rest[1] or ""))


def _has_footnotes(prose: str) -> bool:
    """Whether several numbers stand behind words, as those of footnotes do when they lose their markup."""
    return len(set(_FOOTNOTE_NUMBER.findall(prose))) > 1


def _may_be_apostrophe(word: str, digit: str, ending: str, following: str) -> bool:
    """Whether `word’ending` is a contraction, or a possessive before a word that a footnote's number would not precede."""
    if not ending:
        return len(word) > 3 and word.endswith("s") and can_be(word, "S") and _is_attribute(following)  # in lower case
    if ending == "t":
        return word.lower() in listed("negated")
    if word.lower() in listed("subjects"):
        return word != "i"  # i5s are many
    is_name = word.istitle() or word in words() and can_be(word, "N")
    return ending == "s" and len(word) > 3 and is_name and _is_attribute(following.lower(), may_be_verb=digit == "1")


def _is_attribute(word: str, *, may_be_verb: bool = False) -> bool:
    """Whether the word can only stand before a noun or be one, and begins no other part of the sentence."""
    return word in words() and can_be(word, "ANS") and not can_be(word, "DR" if may_be_verb else "VZDR")


def _possessive_after_singular(inspected: Inspected) -> Iterator[Finding]:
    prose = inspected.markdown.prose
    for plural in sorted(_PERSONS & inspected.words):
        for found in re.finditer(rf"{plural}{GAP}([a-z]{{3,}})(?![\w'’])(?:{GAP}([a-z]{{3,}})(?![\w'’]))?", prose):
            start, following, head = found.start(), found[1], found[2]
            singular = _SINGULAR_BEFORE.search(prose, max(0, start - _LONGEST_BEFORE), start)
            if not singular:
                continue
            is_attribute = can_be(following, "AG") and not can_be(following, "N") and following not in _JOINED_BY_HYPHEN
            is_owned = is_attribute and head and can_be(head, "NSAG") and head not in _GROUPS
            is_thing = can_be(following, "NS") and not can_be(following, "DRG") and not _TO.match(prose, found.end(1))
            if is_owned or is_thing and singular[1] or following in _OWNED and head not in _GROUPS:
                yield lost(start, start + len(plural), f"{plural[:-1]}{inspected.apostrophe}s")


_ACRONYM = re.compile(
    rf"(?:[A-Z](?<![\w'’\-/][A-Z]))[A-Z]{{1,5}}s{GAP}([a-z]{{3,}})(?![\w'’])"
    rf"({GAP}(?:a|an|the|this|that|these|those|my|your|his|her|its|our|their|it|them)\b)?"
)
_WORD_BEFORE = re.compile(rf"([A-Za-z]+){GAP}\Z")
# What the text treats as one thing without an article: `AI helps`, `of AI supports`
_NAME = re.compile(r"(?:^|[.!?:;*,\n\ufffc] *|\b(?:how|that|of|in|by|and|with) )([A-Z]{2,6})(?= [a-z]+s\b)")


def acronym_without_apostrophe(inspected: Inspected) -> Iterator[Finding]:
    """MG7: `AIs potential`: an acronym that the text uses as a name, with a plain s before a noun."""
    prose = inspected.markdown.prose
    names = set(_NAME.findall(prose))
    for found in _ACRONYM.finditer(prose):
        following, start = found[1], found.start()
        acronym = found[0][: found[0].index("s")]
        before = _WORD_BEFORE.search(prose, max(0, start - 30), start)
        if _is_possessive(before[1].lower() if before else "", following, takes=found[2]) and acronym in names:
            likely = f"{acronym}{inspected.apostrophe}s {following}"
            message = gettext_noop("does this say “%(likely)s”?") % {"likely": likely}
            yield Finding(start, start + len(acronym) + 1, message)


def _is_possessive(before: str, following: str, *, takes: str | None) -> bool:
    """Whether a noun phrase follows; a word that could be the verb of a plural does only after another verb.

    `takes` is the article, or its like, behind the word that follows, which is a verb then.
    """
    if before in listed("before a plural") or following in listed("behind a plural"):
        return False
    if can_be(following, "G") or not can_be(following, "NA"):
        return False
    if not can_be(following, "VD"):
        return True
    return not takes and can_be(before, "VG") and before not in listed("before a verb")
