"""The grammar of Pelican's and MkDocs' authors, through the `markdown` package."""

import re
from collections import Counter
from functools import cache
from threading import Lock

from posts.rendering.errors import RenderingError
from posts.rendering.python_markdown_parser import SECONDS, Parser, TooLong
from posts.sentences import gettext_noop

DEEPEST = 200
"""Brackets of one kind open at once in a block: for each the parser looks through the rest of the block."""
MOST_ABBREVIATIONS = 500
"""For each the parser looks through the whole text."""

MOST_REFERENCES = 500
"""To one footnote: for each the parser goes through all the ways back that the note has so far."""
MOST_LINES = 500
"""Lines in a block that part it, and code that is begun and not ended: for each the parser looks through what follows."""

_PARTING = re.compile(r"^ {0,3}(?:#|!!![ \t]|:[ \t]|(?:[-=*_][ \t]*+)++$)", re.MULTILINE)
_REFERENCE = re.compile(r"\[\^([^\[\]\n]{1,200})\]")
_BLANK_LINE = re.compile(r"\n[ \t]*+\n")
_FENCE = re.compile(r"^(`{3,}|~{3,})([^\n]*)", re.MULTILINE)
_CODE = re.compile(r"^(?P<fence>`{3,}|~{3,}).*?(?:^(?P=fence)|\Z)|^(?: {4}|\t)[^\n]*$", re.MULTILINE | re.DOTALL)
_BRACKET_OR_BLANK_LINE = re.compile(r"[\[\]()<>]|\n[ \t]*\n")
_CLOSED_BY = {"]": "[", ")": "(", ">": "<"}
_LOCK = Lock()


def to_html(body: str) -> str:
    """The body as HTML, not yet safe to show. Raises RenderingError for whatever the parser stumbles over."""
    body = body.replace("\r\n", "\n").replace("\r", "\n")  # as the parser does before all else
    if _nests_too_deeply(body):
        problem = gettext_noop("more than %(most)s brackets of one kind are open at once") % {"most": DEEPEST}
        raise RenderingError("python-markdown", problem)
    if body.count("\n*[") > MOST_ABBREVIATIONS:
        problem = gettext_noop("there are more than %(most)s abbreviations") % {"most": MOST_ABBREVIATIONS}
        raise RenderingError("python-markdown", problem)
    if max(Counter(_REFERENCE.findall(body)).values(), default=0) > MOST_REFERENCES:
        problem = gettext_noop("there are more than %(most)s references to one footnote")
        raise RenderingError("python-markdown", problem % {"most": MOST_REFERENCES})
    if _parts_too_often(body):
        problem = gettext_noop("more than %(most)s headings, rules, boxes, definitions or beginnings of code in a row")
        raise RenderingError("python-markdown", problem % {"most": MOST_LINES})
    with _LOCK:
        try:
            return _parser().html(body)
        except TooLong:
            _parser.cache_clear()
            problem = gettext_noop("it takes more than %(most)s seconds to read: part it into shorter blocks")
            raise RenderingError("python-markdown", problem % {"most": f"{SECONDS:.0f}"}) from None
        except Exception as error:
            _parser.cache_clear()  # reset() leaves the half-done state of a parser that failed, and the next text in it
            problem = (
                gettext_noop("the text is nested too deeply")
                if isinstance(error, RecursionError)
                else gettext_noop("it failed: %(problem)s") % {"problem": repr(error)}
            )
            raise RenderingError("python-markdown", problem) from error


def _nests_too_deeply(body: str) -> bool:
    """Whether somewhere outside of code more than `DEEPEST` brackets of one kind are open."""
    if max(map(body.count, "[(<")) <= DEEPEST:
        return False
    open_now: Counter[str] = Counter()
    for found in _BRACKET_OR_BLANK_LINE.findall(_CODE.sub("", body)):
        if found[0] == "\n":
            open_now.clear()
        elif opening := _CLOSED_BY.get(found):
            open_now[opening] -= open_now[opening] > 0
        else:
            open_now[found] += 1
            if open_now[found] > DEEPEST:
                return True
    return False


def _parts_too_often(body: str) -> bool:
    if _fences_in_vain(body) > MOST_LINES:
        return True
    if len(_PARTING.findall(body)) <= MOST_LINES:
        return False
    return any(len(_PARTING.findall(block)) > MOST_LINES for block in _BLANK_LINE.split(_CODE.sub("", body)))


def _fences_in_vain(body: str) -> int:
    """How many lines begin code that no line ends: for each the parser looks for one in a single step, to the end."""
    fences = [(found.start(), found[1], found[2]) for found in _FENCE.finditer(body)]
    last_ends = {fence: start for start, fence, rest in fences if not rest.strip()}
    return sum(last_ends.get(fence, -1) <= start for start, fence, _ in fences)


@cache
def _parser() -> Parser:
    return Parser()
