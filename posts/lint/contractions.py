"""Contractions and possessives whose form, or what stands around them, says that an apostrophe was lost. For English."""

import re
from collections.abc import Iterator

from posts.lint.diagnostics import Finding
from posts.lint.english import band, can_be, listed, words
from posts.lint.inspected import Inspected
from posts.sentences import gettext_noop

GAP = r"(?:[ \t]+|[ \t]*\r?\n[ \t]*)"  # between two words of one paragraph
INSIDE = r"\w'’.@/:\-"  # a character of these before it makes a word a part of something else

_CONTRACTIONS = {
    word: ending for ending in ("t", "re", "ve", "ll", "d", "s") for word in listed(f"lost before {ending}")
}


def _any_of(name: str) -> str:
    return f"(?:{'|'.join(sorted(listed(name)))})"


_SUBJECT = rf"(?<![{INSIDE}])(?:I|[Yy]ou|[Ww]e|[Tt]hey|[Ii]t|[Hh]e|[Ss]he|[Tt]hat|[Tt]his|[Tt]here|who|which)"
_A_THING = rf"(?:a|an|the|been|{_any_of('whose')})"
_ADVERBS = _any_of("adverbs before what something is")
_SEEMS = rf"{_any_of('what something is for someone to do')}{GAP}(?:to|that|if|whether)"
_CLAUSE = (
    "[Bb]ecause",
    "[Bb]ut",
    "[Ss]o",
    "[Ii]f",
    "[Ss]ince",
    "[Aa]lthough",
    "though",
    "think",
    "mean",
    "means",
    "whether",
)
_BEHIND_CLAUSE = "|".join(rf"(?<=\b{word}\sits)" for word in _CLAUSE)
# A word that is one without its apostrophe too → the letters behind it, and where it can be no other. Common words stand
# first in their patterns, which are found several times faster so.
_IN_PLACE = tuple(
    (word, ending, re.compile(pattern))
    for word, ending, pattern in (
        ("cant", 1, rf"{_SUBJECT}{GAP}(?P<lost>cant)(?![\w'’\-])"),
        ("wont", 1, rf"{_SUBJECT}{GAP}(?P<lost>wont)(?![\w'’\-])(?!{GAP}to\b)"),
        ("cant", 1, rf"(?<![{INSIDE}])(?P<lost>[Cc]ant)(?={GAP}{_any_of('what we can not')}\b)"),
        ("wont", 1, rf"(?<![{INSIDE}])(?P<lost>[Ww]ont)(?={GAP}{_any_of('what we can not')}\b)"),
        ("im", 1, rf"(?<![{INSIDE}])(?P<lost>Im)(?={GAP}(?:{_any_of('behind I am')}|[a-z]{{2,}}ing)(?![\w'’\-]))"),
        ("ive", 2, rf"(?<![{INSIDE}])(?P<lost>Ive)(?={GAP}(?:{_any_of('between')}{GAP})?{_any_of('done')}\b)"),
        ("lets", 1, rf"(?<![{INSIDE}])(?P<lost>Lets)(?={GAP}{_any_of('what we let us do')}\b)"),
        ("lets", 1, rf"(?<![{INSIDE}])(?P<lost>lets)(?={GAP}(?:take{GAP}a{GAP}look|look{GAP}at|talk{GAP}about)\b)"),
        (
            "whos",
            1,
            rf"(?<![{INSIDE}])(?P<lost>[Ww]hos)(?={GAP}(?:{_A_THING}|{_any_of('who is')}|[a-z]{{2,}}ing)(?![\w'’\-]))",
        ),
        ("were", 2, rf"(?P<lost>Were)(?<![{INSIDE}]Were)(?={GAP}{_any_of('what we are')}{GAP}(?:to|about|that|by)\b)"),
        ("well", 2, rf"(?P<lost>Well)(?<![{INSIDE}]Well)(?={GAP}be{GAP}[a-z]{{2,}}ing(?![\w'’\-]))"),
        (
            "its",
            1,
            rf"(?P<lost>[Ii]ts)(?<![{INSIDE}][Ii]ts)(?={GAP}(?:{_A_THING}|not{GAP}(?:just|only|about)|{_ADVERBS}{GAP}{_A_THING}"
            rf"|(?:{_ADVERBS}{GAP})?(?:{_SEEMS}|something|nothing)|{_ADVERBS}{GAP}too|going{GAP}to|because"
            rf"|no{GAP}(?:longer|surprise|secret|wonder|coincidence))(?![\w'’\-/&]))",
        ),
        (
            "its",
            1,
            rf"(?P<lost>its)(?:{_BEHIND_CLAUSE})"
            rf"(?={GAP}(?:(?:{_ADVERBS}|so|too|very){GAP})?{_any_of('what something is to do')}{GAP}to\b)",
        ),
        ("worlds", 1, rf"\b[Tt]he{GAP}(?P<lost>worlds)(?={GAP}(?:most|first|only|leading|top|population|[a-z]+est)\b)"),
    )
)
_PLURALS_WITH_AN_S = listed("plurals with an s")
# `three years experience`, `last years report`
_TIMES = frozenset({"days", "weeks", "months", "years"})
_TIME = re.compile(
    r"[DdWwMmYy](?:(?<=[Dd])ays|(?<=[Ww])eeks|(?<=[Mm])onths|(?<=[Yy])ears)"
    rf"(?={GAP}([A-Za-z][a-z]{{2,}})(?![\w'’]))"
)
_SEVERAL = re.compile(
    r"\b(?:two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty|thirty|few|several|many|\d+)\+?"
    rf"{GAP}\Z",
    re.IGNORECASE,
)
_LAST = re.compile(
    rf"(\b(?:the|these|those|my|your|his|her|its|our|their|past){GAP})?\b(?:(this)|last|next){GAP}\Z", re.IGNORECASE
)
_LONGEST_BEFORE = 20  # characters of `those last` and the spaces around


def lost(start: int, end: int, fix: str) -> Finding:
    return Finding(start, end, gettext_noop("an apostrophe was lost here; write “%(fix)s”") % {"fix": fix}, fix)


def contractions(inspected: Inspected) -> Iterator[Finding]:
    """Forms that are no word without their apostrophe, and words that are none where they stand."""
    mark, prose = inspected.apostrophe, inspected.markdown.prose
    for word in sorted(_CONTRACTIONS.keys() & inspected.words):
        ending = len(_CONTRACTIONS[word])
        for found in re.finditer(rf"(?<![{INSIDE}]){word}(?![\w'’\-(=]|\.\w)", prose, re.IGNORECASE):
            if word.endswith("t") or found[0][1:].islower():  # HES is a name
                yield lost(*found.span(), found[0][:-ending] + mark + found[0][-ending:])
    places = {
        found.span("lost"): found["lost"][:-ending] + mark + found["lost"][-ending:]
        for word, ending, pattern in _IN_PLACE
        if word in inspected.words
        for found in pattern.finditer(prose)
    }
    for (start, end), mend in places.items():
        yield lost(start, end, mend)


def possessives(inspected: Inspected) -> Iterator[Finding]:
    """`three years experience`, `last years report`, `the agencys report`."""
    mark, prose = inspected.apostrophe, inspected.markdown.prose
    for found in _TIME.finditer(prose) if _TIMES & inspected.words else ():
        before = prose, max(0, found.start() - _LONGEST_BEFORE), found.start()
        if found[1].lower() in listed("what takes time") and _SEVERAL.search(*before):
            yield lost(*found.span(), found[0] + mark)
        elif found[0] in _TIMES - {"days"} and _is_one(_LAST.search(*before)) and _is_of_then(found[1]):
            yield lost(*found.span(), f"{found[0][:-1]}{mark}s")
    if owners := sorted(filter(_is_no_plural, inspected.words)):
        owner = rf"(?<![{INSIDE}])({'|'.join(owners)})(?![\w'’\-])(?={GAP}([a-z]{{3,}})(?![\w'’]))"
        for found in re.finditer(owner, prose):
            if can_be(found[2], "NSA"):
                yield lost(*found.span(1), f"{found[1][:-1]}{mark}s")


def _is_one(last: re.Match[str] | None) -> bool:
    """Whether `last years` is one year: not behind an article, as in `the last years`."""
    return last is not None and (last[1] is None or last[2] is not None)


def _is_of_then(word: str) -> bool:
    return word.islower() and can_be(word, "NSA") and word not in listed("from then")


def _is_no_plural(word: str) -> bool:
    """Whether it is a common noun with a plain s where its plural has -ies, or one of its own."""
    if word[-2:] != "ys":  # all but a few
        return word in _PLURALS_WITH_AN_S
    return len(word) > 4 and word[-3] not in "aeiou" and word not in words() and band(word[:-1]) <= 1
