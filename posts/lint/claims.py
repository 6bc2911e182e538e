"""MG10: a statement of benefit or safety without a reference. For English texts on health."""

import re
from collections.abc import Iterator

from posts.lint.diagnostics import Finding
from posts.lint.english import listed
from posts.lint.inspected import Inspected
from posts.lint.markdown import Block, Kind
from posts.sentences import gettext_noop

_HEALTH = listed("health")
_HEALTH_WORD = re.compile("|".join(sorted(_HEALTH)), re.IGNORECASE)
_LEAST_HEALTH_WORDS = 3  # in a text on health


def _either_case(words: str) -> str:
    """Alternatives that begin with a plain letter each, which is what lets `re` skip fast."""
    return "|".join(case for word in words.split() for case in (word, word.capitalize()))


_UP_TO_FOUR_WORDS = r"(?:\s+[\w\-]+){0,4}?\s+"
_EFFECTS = (
    re.compile(
        rf"(?:{_either_case('improv enhanc increas extend prolong boost maximis maximiz accelerat')})\w{{1,30}}{_UP_TO_FOUR_WORDS}"
        r"(?:survival|outcomes?|efficacy|safety|effectiveness|quality\s+of\s+life|adherence|remission|recovery|benefits?)\b"
    ),
    re.compile(
        rf"(?:{_either_case('reduc lower decreas minimis minimiz prevent eliminat avoid')})\w{{0,30}}{_UP_TO_FOUR_WORDS}"
        r"(?:mortality|morbidity|adverse(?:\s+drug)?\s+(?:reaction|event|effect)s?|side\s+effects?|symptoms?|toxicity|"
        r"complications?|hospitali[sz]ations?(?:\s+rates?)?|relapses?|infections?|pain|deaths?|(?:the\s+)?risk\s+of\s+\w+)\b"
    ),
)
# Each holds one of the words below, near which alone it is looked for.
_QUALITY = re.compile(
    r"\b(?:(?:safer?|effective)\s+and\s+(?:more\s+)?(?:safer?|effective)\s+"
    r"(?:therap(?:y|ies)|treatments?|medicines?|medications?|drugs?|vaccines?|options?|alternatives?)"
    r"|well[\s\-]tolerated|clinically\s+proven|proven\s+(?:safe|effective)|no\s+(?:known\s+)?side\s+effects)\b",
    re.IGNORECASE,
)
_QUALITY_WORDS = ("effective", "tolerated", "proven", "side effects")
_NEAR = 40  # characters
# Before what is asked, wished or supposed, and not said: `if it is well tolerated`, `aims to improve outcomes`.
_NOT_SAID = re.compile(
    r"\b(?:if|whether|unless|provided|goals?|(?:aim|hop|seek|want|need|tr[yi])\w*\s+to)\b[^.;:!?\ufffc]*\Z",
    re.IGNORECASE,
)
_LONGEST_CLAUSE = 80  # characters
_REFERENCE = re.compile(
    r"\[\^|\]\(|\[\d|<sup|https?:|\bdoi\b|\bet\s+al\b|\baccording\s+to\b|\((?:[^()\n]*\D)?(?:19|20)\d\d[a-z]?\)|[⁰¹²³⁴-⁹†‡]",
    re.IGNORECASE,
)


def claim_without_reference(inspected: Inspected) -> Iterator[Finding]:
    """The first claim of each paragraph that holds no link, footnote, number in brackets or year in them."""
    counts, prose = inspected.word_counts, inspected.markdown.prose
    if sum(counts[word] for word in _HEALTH & counts.keys()) < _LEAST_HEALTH_WORDS:
        return
    for block in inspected.markdown.blocks:
        claims = _claims(prose, block.start, block.end) if block.kind is Kind.PARAGRAPH else []
        if claims and _speaks_of_health(prose, block) and not _REFERENCE.search(inspected.text, block.start, block.end):
            yield Finding(
                *min(claims), gettext_noop("a benefit or safety is claimed without a reference; name the source")
            )


def _claims(prose: str, start: int, end: int) -> list[tuple[int, int]]:
    """Where each kind of claim stands first in a part of the prose."""
    kinds = (*(_effects(pattern, prose, start, end) for pattern in _EFFECTS), _qualities(prose, start, end))
    said = (next((claim for claim in claims if _is_said(prose, start, claim)), None) for claims in kinds)
    return [claim for claim in said if claim]


def _is_said(prose: str, start: int, claim: tuple[int, int]) -> bool:
    return not _NOT_SAID.search(prose, max(start, claim[0] - _LONGEST_CLAUSE), claim[0])


def _effects(pattern: re.Pattern[str], prose: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    for claim in pattern.finditer(prose, start, end):
        if not prose[claim.start() - 1 : claim.start()].isalnum():
            yield claim.span()


def _qualities(prose: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    for word in _QUALITY_WORDS:
        at = prose.find(word, start, end)
        while at >= 0:
            if claim := _QUALITY.search(prose, max(start, at - _NEAR), min(end, at + _NEAR)):
                yield claim.span()
            at = prose.find(word, at + 1, end)


def _speaks_of_health(prose: str, block: Block) -> bool:
    return _HEALTH_WORD.search(prose, block.start, block.end) is not None
