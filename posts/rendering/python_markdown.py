"""The grammar of Pelican's and MkDocs' authors, through the `markdown` package."""

import re
from collections import Counter
from functools import cache
from threading import Lock

from markdown import Markdown

from posts.rendering.errors import RenderingError
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
_BEGINS_CODE, _ENDS_CODE = (
    re.compile(rf"^(?:`{{3,}}|~{{3,}})[ \t]*+{rest}", re.MULTILINE) for rest in (r"[^\s`~]", "$")
)
_CODE = re.compile(r"^(?P<fence>`{3,}|~{3,}).*?(?:^(?P=fence)|\Z)|^(?: {4}|\t)[^\n]*$", re.MULTILINE | re.DOTALL)
_BRACKET_OR_BLANK_LINE = re.compile(r"[\[\]()<>]|\n[ \t]*\n")
_CLOSED_BY = {"]": "[", ")": "(", ">": "<"}
_LOCK = Lock()  # one parser costs 5 ms to build and is not safe to share between threads


def to_html(body: str) -> str:
    """The body as HTML, not yet safe to show. Raises RenderingError for whatever the parser stumbles over."""
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
            return _parser().reset().convert(body)
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
    begun = len(_BEGINS_CODE.findall(body)) - len(_ENDS_CODE.findall(body))
    if begun > MOST_LINES or len(_PARTING.findall(body)) <= MOST_LINES:
        return begun > MOST_LINES
    return any(len(_PARTING.findall(block)) > MOST_LINES for block in _BLANK_LINE.split(_CODE.sub("", body)))


@cache
def _parser() -> Markdown:
    """Alignment comes as an attribute: the default writes style=, which a strict content security policy forbids."""
    return Markdown(
        extensions=["extra", "admonition", "sane_lists"],
        extension_configs={"extra": {"tables": {"use_align_attribute": True}}},
        output_format="html",
    )
