"""Rules on apostrophes that a converter lost: MG1, MG7. For English."""

import re
from collections.abc import Iterator

from posts.lint.diagnostics import Finding
from posts.lint.english import can_be, listed, words
from posts.lint.inspected import Inspected
from posts.sentences import gettext_noop

GAP = r"(?:[ \t]+|[ \t]*\r?\n[ \t]*)"  # between two words of one paragraph
_INSIDE = r"\w'’.@/:\-"  # a character of these before it makes a word a part of something else

# `patients1 genetic`, `don1t`
_DIGIT = re.compile(r"[0-9](?<=[a-z][0-9])")
_WORD_END = re.compile(rf"(?<![{_INSIDE}])[A-Za-z]+\Z")
_AFTER_DIGIT = re.compile(rf"(s|t|re|ve|ll|d|m)?(?![\w'’\-])(?:{GAP}([a-z]{{3,}})(?![\w'’]))?")
_LONGEST_WORD = 30
_FOOTNOTE_NUMBER = re.compile(r"[0-9](?<=[a-z][a-z.,;:][0-9])(?![\w.%])")

# `a patients evolving condition`
_SINGULAR_BEFORE = re.compile(rf"[AaEe](?<![\w'’\-][AaEe])(?:n?|ach|very|nother){GAP}\Z")
_LONGEST_BEFORE = 20  # characters of `another` and the space behind it
_PERSONS = {f"{person}s" for person in listed("persons")}
_JOINED_BY_HYPHEN = listed("joined by a hyphen")

_CONTRACTIONS = {word: ending for ending in ("t", "re", "ve", "ll", "s") for word in listed(f"lost before {ending}")}
_ITS = re.compile(
    rf"[Ii]ts(?<![{_INSIDE}][Ii]ts)(?={GAP}(?:a|an|the|been|not{GAP}(?:a|an|the|just|only|about))(?![\w'’\-/&]))"
)
# `three years experience`
_SPAN = listed("what takes time")
_SPAN_OF_TIME = re.compile(
    r"\b(?:two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty|thirty|few|several|many|\d+)\+?"
    rf"{GAP}((?:day|week|month|year)s)(?={GAP}(?:{'|'.join(sorted(_SPAN))})\b)",
    re.IGNORECASE,
)


def lost_apostrophe(inspected: Inspected) -> Iterator[Finding]:
    """MG1: an apostrophe that became a digit, or is gone where only a possessive or a contraction can stand."""
    yield from _became_digit(inspected)
    yield from _possessive_after_singular(inspected)
    yield from _known_forms(inspected)


def _became_digit(inspected: Inspected) -> Iterator[Finding]:
    prose = inspected.markdown.prose
    has_footnotes = _has_footnotes(prose)
    for digit in _DIGIT.finditer(prose):
        at = digit.start()
        word = _WORD_END.search(prose, max(0, at - _LONGEST_WORD), at)
        rest = _AFTER_DIGIT.match(prose, at + 1)
        if not (word and rest and _may_be_apostrophe(word[0], rest[1] or "", rest[2] or "")):
            continue
        if rest[1] or not has_footnotes:
            end = rest.end(1) if rest[1] else at + 1
            yield _lost(word.start(), end, word[0] + inspected.apostrophe + (rest[1] or ""))


def _has_footnotes(prose: str) -> bool:
    """Whether several numbers stand behind words, as those of footnotes do when they lose their markup."""
    return len(set(_FOOTNOTE_NUMBER.findall(prose))) > 1


def _may_be_apostrophe(word: str, ending: str, following: str) -> bool:
    """Whether `word’ending` is a contraction, or a possessive before a word that a footnote's number would not precede."""
    if not ending:
        return len(word) > 3 and word.endswith("s") and can_be(word, "S") and _is_attribute(following)
    if ending == "t":
        return word.lower() in listed("negated")
    if word.lower() in listed("subjects"):
        return True
    return ending == "s" and len(word) > 3 and word in words() and can_be(word, "N") and _is_attribute(following)


def _lost(start: int, end: int, fix: str) -> Finding:
    return Finding(start, end, gettext_noop("an apostrophe was lost here; write “%(fix)s”") % {"fix": fix}, fix)


def _is_attribute(word: str) -> bool:
    """Whether the word can only stand before a noun or be one, and begins no other part of the sentence."""
    return can_be(word, "AN") and not can_be(word, "VZDR") and word in words()


def _possessive_after_singular(inspected: Inspected) -> Iterator[Finding]:
    prose = inspected.markdown.prose
    for plural in sorted(_PERSONS & inspected.word_counts.keys()):
        for found in re.finditer(rf"{plural}{GAP}([a-z]{{3,}}){GAP}([a-z]{{3,}})(?![\w'’])", prose):
            start, following, head = found.start(), found[1], found[2]
            if not _SINGULAR_BEFORE.search(prose, max(0, start - _LONGEST_BEFORE), start):
                continue
            if following in _JOINED_BY_HYPHEN or not can_be(head, "NSAG"):
                continue
            if can_be(following, "AG") and not can_be(following, "N"):
                yield _lost(start, start + len(plural), f"{plural[:-1]}{inspected.apostrophe}s")


def _known_forms(inspected: Inspected) -> Iterator[Finding]:
    mark, prose = inspected.apostrophe, inspected.markdown.prose
    for word in sorted(_CONTRACTIONS.keys() & inspected.word_counts.keys()):
        ending = len(_CONTRACTIONS[word])
        for found in re.finditer(rf"(?<![{_INSIDE}]){word}(?![\w'’\-(=]|\.\w)", prose, re.IGNORECASE):
            yield _lost(*found.span(), found[0][:-ending] + mark + found[0][-ending:])
    for found in _ITS.finditer(prose) if "its" in inspected.word_counts else ():
        yield _lost(*found.span(), found[0][:-1] + mark + found[0][-1])
    if _SPAN & inspected.word_counts.keys():
        for found in _SPAN_OF_TIME.finditer(prose):
            yield _lost(*found.span(1), found[1] + mark)


_ACRONYM = re.compile(rf"(?:[A-Z](?<![\w'’\-/][A-Z]))[A-Z]{{1,5}}s{GAP}([a-z]{{3,}})(?![\w'’])")
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
        if _is_possessive(before[1].lower() if before else "", following) and acronym in names:
            likely = f"{acronym}{inspected.apostrophe}s {following}"
            message = gettext_noop("does this say “%(likely)s”?") % {"likely": likely}
            yield Finding(start, start + len(acronym) + 1, message)


def _is_possessive(before: str, following: str) -> bool:
    """Whether a noun phrase follows; a word that could be the verb of a plural does only after another verb."""
    if before in listed("before a plural") or following in listed("behind a plural"):
        return False
    if can_be(following, "G") or not can_be(following, "NA"):
        return False
    return not can_be(following, "VD") or can_be(before, "VG") and before not in listed("before a verb")
