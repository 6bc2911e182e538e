"""Raw HTML as kramdown reads it: an element lasts until its end, blank lines and all, and Markdown begins right behind it."""

import re
from collections.abc import Sequence

_SPAN = re.compile(
    "a|abbr|acronym|b|bdo|big|br|button|cite|del|dfn|em|i|img|input|ins|label|q|rb|rbc|rp|rt|rtc|ruby|select|small|span|"
    "strong|sub|sup|tt"
)
_VOID = re.compile("area|base|col|command|embed|hr|keygen|link|meta|param|source|track|wbr")
_AS_IN_COMMONMARK = re.compile("code|kbd|mark|option|pre|samp|script|style|textarea|u|var")
_BEGIN = re.compile(r"( {0,3})<(/?)([A-Za-z][\w:-]*+)")
_COMMENT = re.compile(r"( {0,3}<!--.*?-->)[ \t]*+(?=\S)")
_ALONE = re.compile(r" {0,3}</?[A-Za-z][^<>]*+>\s*+")
_BLOCK = re.compile(r" {0,3}(?:#{1,6}\s|[*+-]\s|\d+\.\s|>|`{3}|~{3}|\||:\s|\[\^)")
_TAG = re.compile(r"<(/?)([A-Za-z][\w:-]*+)([^<>]*+)>?")
_MOST_READ = 8  # times that a text may be looked through for ends: a stranger's may have none


def in_paragraphs(lines: Sequence[str]) -> list[str]:
    """The lines with no blank one inside of an element, one behind it, and Markdown beside an element of text alone on its line."""
    shown: list[str] = []
    at, left, endless = 0, _MOST_READ * sum(map(len, lines)), set[str]()
    while at < len(lines):
        line = lines[at]
        begin = _BEGIN.match(line) if "<" in line else None
        name = begin[3].lower() if begin else ""
        following = lines[at + 1] if at + 1 < len(lines) else ""
        if not begin and (comment := _COMMENT.match(line) if "<!--" in line else None):
            shown += [f"{comment[1]}\n", "\n", line[comment.end() :]]
        elif not begin or _AS_IN_COMMONMARK.fullmatch(name) or "markdown=" in line:
            shown.append(line)
        elif _SPAN.fullmatch(name):
            begins = not shown or not shown[-1].strip() or "markdown=" in shown[-1]
            shown.append(_of_text(line, following) if begins else line)
        elif begin[2] or _VOID.fullmatch(name):
            shown += [line, "\n"] if following.strip() and _ALONE.fullmatch(line) else [line]
        elif name not in endless and left > 0:
            end, is_last = _end(lines, at, name)
            left -= sum(map(len, lines[at : None if end is None else end + 1]))
            if end is None:
                endless.add(name)
                shown.append(line)
            else:
                shown += [each if each.strip() else f"{begin[1]}<!-- -->\n" for each in lines[at : end + 1]]
                if is_last and end + 1 < len(lines) and lines[end + 1].strip():
                    shown.append("\n")
                at = end
        else:
            shown.append(line)
        at += 1
    return shown


def _of_text(line: str, following: str) -> str:
    """A tag alone, which would begin raw HTML in CommonMark, in one line with what it stands before; a blank line before a block."""
    if not following.strip() or not _ALONE.fullmatch(line):
        return line
    begin = _BEGIN.match(following)
    is_block = _BLOCK.match(following) or (begin and not _SPAN.fullmatch(begin[3].lower()))
    return f"{line.rstrip()}\n\n" if is_block else f"{line.rstrip()} "


def _end(lines: Sequence[str], start: int, name: str) -> tuple[int | None, bool]:
    """The line in which the element of this name that begins there ends, and whether nothing stands behind it; None for none,
    and for one in which Markdown is asked for."""
    depth = 0
    for number in range(start, len(lines)):
        line = lines[number]
        if "markdown=" in line:
            return None, False
        if "<" not in line:
            continue
        for tag in _TAG.finditer(line):
            if tag[2].lower() != name:
                continue
            depth += -1 if tag[1] else not tag[3].endswith("/")
            if depth <= 0:
                return number, not line[tag.end() :].strip()
    return None, False
