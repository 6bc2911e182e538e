"""MG9: a dash that vanished, so that a noun phrase stands straight after another. For English."""

import re
from collections.abc import Iterator

from posts.lint.contractions import GAP
from posts.lint.diagnostics import Finding
from posts.lint.english import can_be, listed, words
from posts.lint.inspected import Inspected
from posts.sentences import gettext_noop

_LETTERS = r"[a-z]{3,}"
# `complex data an area where`: an article, one to three words, the relative clause that says more of them
_ARTICLE = re.compile(
    rf"[ \n]an?{GAP}((?:[a-z\-]+{GAP}){{0,2}}{_LETTERS}){GAP}(?:where|that|which|who|whose|in which|of which)\b"
)
_NOUN_BEFORE = re.compile(rf"(?<![\w'’\-/])({_LETTERS})[ \t\r]*\Z")
# `biomarkers biological indicators associated with`: a plural, an adjective, a plural, what is said of them
_PARTICIPLE = re.compile(rf"ed{GAP}(?:with|by|in|for|from|to|as)\b")
_TWO_PLURALS = re.compile(rf"(?<![\w'’\-/])({_LETTERS}){GAP}({_LETTERS}){GAP}({_LETTERS}s){GAP}[a-z]+\Z")
# `generated today from genomics, proteomics, imaging, to patient lifestyle`
_TO_AFTER_LIST = re.compile(rf",{GAP}to{GAP}")
_FROM_LIST = re.compile(rf"(?<![\w'’\-/])({_LETTERS}){GAP}(from){GAP}[^,.;:!?—–\ufffc]+,(?:[^.;:!?—–\ufffc])+\Z")
_LONGEST_PHRASE = 80
_LONGEST_LIST = 300
_SPANNING = re.compile(
    r"\b(?:rang|span|var[iy]|extend|stretch|run|go|reach|mov|com|tak|cover|everyth|anyth|all\b|topic|stage)\w*",
    re.IGNORECASE,
)

# Verbs after which two noun phrases may stand in a row: `give patients a choice that …`, `make data an asset that …`.
_DOUBLE_OBJECT = re.compile(
    r"\b(?:g[ai]v\w+|mak\w+|made|call\w*|consider\w*|offer\w*|show\w*|teach\w*|taught|tell\w*|told|send\w*|sent|cost\w*|nam\w+|"
    r"find\w*|found|deem\w*|get\w*|got|buy\w*|bought|sav\w+|grant\w*|allow\w*|assign\w*|br[io]\w+|earn\w*|keep\w*|kept|"
    r"leav\w+|left|ask\w*|pa[yi]\w*|promis\w+|lend\w*|lent|hand\w*|appoint\w*|elect\w*|declar\w+|label\w*|think|thought|"
    r"win\w*|won|render\w*|with|without|such|not|half|quite|many|what|how|like|as|than|is|are|was|were|be|been|am|"
    r"becom\w+|became|remain\w*|do|does|did|can|could|will|would|should|per|once|twice|lik\w+|when|if|there|"
    r"provid\w+|includ\w+|creat\w+|writ\w+|wrote|built|build\w*|us\w+|ha[sdv]\w*|want\w*|need\w*)\b",
    re.IGNORECASE,
)
_CLAUSE = re.compile(r"[.;:!?,()—–\ufffc“”\"*]")
_CLAUSE_LENGTH = 90  # characters before a noun in which its clause's verb is looked for


def vanished_dash(inspected: Inspected) -> Iterator[Finding]:
    """A noun phrase set after another where neither a verb takes both nor anything parts them."""
    prose = inspected.markdown.prose
    yield from _after_noun(prose)
    yield from _after_plural(prose)
    yield from _before_list(prose)


def _after_noun(prose: str) -> Iterator[Finding]:
    for phrase in _ARTICLE.finditer(prose):
        noun = _NOUN_BEFORE.search(prose, max(0, phrase.start() - _LONGEST_PHRASE), phrase.start())
        if (
            noun
            and _is_noun_only(noun[1])
            and can_be(phrase[1].split()[-1], "NS")
            and not _takes_two(prose, noun.start(1))
        ):
            yield _finding(prose, noun.span(1), (phrase.start() + 1, phrase.end(1)))


def _after_plural(prose: str) -> Iterator[Finding]:
    for participle in _PARTICIPLE.finditer(prose):
        found = _TWO_PLURALS.search(prose, max(0, participle.start() - _LONGEST_PHRASE), participle.start())
        if found and _are_two_plurals(*found.groups()) and not _takes_two(prose, found.start(1)):
            yield _finding(prose, found.span(1), (found.start(2), found.end(3)))


def _before_list(prose: str) -> Iterator[Finding]:
    for last in _TO_AFTER_LIST.finditer(prose):
        found = _FROM_LIST.search(prose, max(0, last.start() - _LONGEST_LIST), last.start())
        clause_start = _clause_start(prose, found.start(1)) if found else 0
        if found and can_be(found[1], "R") and not _SPANNING.search(prose, clause_start, found.end(1)):
            yield _finding(prose, found.span(1), found.span(2))


def _finding(prose: str, first: tuple[int, int], second: tuple[int, int]) -> Finding:
    before, after = prose[slice(*first)], " ".join(prose[slice(*second)].split())
    message = gettext_noop("a dash or a comma seems to be missing between “%(before)s” and “%(after)s”")
    return Finding(first[0], second[1], message % {"before": before, "after": after})


def _is_noun_only(word: str) -> bool:
    return word not in listed("measures") and word in words() and can_be(word, "NS") and not can_be(word, "VZDGR")


def _are_two_plurals(first: str, adjective: str, second: str) -> bool:
    is_first = can_be(first, "S") and not can_be(first, "NVZDGAR")
    return is_first and can_be(adjective, "A") and not can_be(adjective, "NSVRDG") and can_be(second, "S")


def _takes_two(prose: str, noun_start: int) -> bool:
    """Whether a verb or another word before the noun, in its clause, may have two noun phrases after it."""
    return bool(_DOUBLE_OBJECT.search(prose, _clause_start(prose, noun_start), noun_start))


def _clause_start(prose: str, end: int) -> int:
    start = max(0, end - _CLAUSE_LENGTH)
    marks = list(_CLAUSE.finditer(prose, start, end))
    return marks[-1].end() if marks else start
