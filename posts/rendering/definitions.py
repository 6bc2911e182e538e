"""A term's definitions: to Hugo each is loose or tight for itself, to comrak all are what the first is."""

import re

from posts.rendering.code_lines import are_code

TERM = "\uf073"  # of a private use area: the term of definitions that have none of their own
_DEFINITION = re.compile(r"([ \t>]*+):[ \t]")
_BLANK = re.compile(r"[ \t>\r]*+$")
_OWN_TERM = re.compile(rf"<dt>{TERM}</dt>\n")


def parted(text: str) -> str:
    """The text with a term before each further definition that is loose where the one before is tight, or the other way
    round; outside of code."""
    if TERM in text:
        return text
    lines: list[str] = []
    is_loose, before = False, ""
    written = text.split("\n")
    for is_code, line in zip(are_code(written), written, strict=True):
        if not is_code and (found := _DEFINITION.match(line)):
            follows_blank = bool(lines) and _BLANK.match(lines[-1]) is not None
            if follows_blank != is_loose and _continues(before, found[1]):
                lines += [found[1].rstrip(), found[1] + TERM, *([found[1].rstrip()] if follows_blank else [])]
            is_loose = follows_blank
        if not _BLANK.match(line):
            before = line
        lines.append(line)
    return "\n".join(lines)


def _continues(before: str, prefix: str) -> bool:
    """Whether the line is of a definition that stands as far in, not a term."""
    return before.startswith(prefix) and before[len(prefix) :].startswith((":", " ", "\t"))


def joined(html: str) -> str:
    """The HTML without these terms."""
    return _OWN_TERM.sub("", html) if TERM in html else html
