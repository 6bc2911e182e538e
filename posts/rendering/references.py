"""Character references by number (`&#8217;`) and emoji by name (`:tada:`) in headings, of which Hugo takes the digits and the
name into the heading's id, and signs behind a backslash, which to it are text like other."""

import re
from string import ascii_letters, digits
from typing import TypeGuard

from lxml.etree import _Element as Element

_NOTED = {ord(sign): chr(0x10FF00 + ord(sign)) for sign in f"{digits}{ascii_letters}_+-"}
_NAMED = chr(0x10FF00)  # begins an emoji's name
ESCAPED = chr(0x10FF01)
"""Stands behind a sign that a backslash makes text."""
_READ: dict[int, str | None] = {ord(noted): chr(sign) for sign, noted in _NOTED.items()}
_READ |= {ord(_NAMED): None, ord(ESCAPED): None}
"""Each sign by a character of a private use area, in which they stand behind their reference until its heading is read."""

_REFERENCE = re.compile(
    r"\]\([^()\n]*+(?:\([^()\n]*+\)[^()\n]*+)*+\)|<[^<>\n]*+>|(?:https?://|www\.)\S++"
    r"|&#([xX]?[0-9a-fA-F]{1,7});|:([\w+-]++):|\\[_*~\[\\]"
)
"""Addresses and tags are left as they are."""
_HEADING = re.compile(
    r"^[ \t>]*+(?:(?:[-*+]|[0-9]{1,9}[.)])[ \t]++)*#{1,6}[ \t][^\n]*+"
    r"|^[^\n]++(?=\n[ \t>]*+(?:-++|=++)[ \t\r]*+$)",
    re.MULTILINE,
)
_SIGNS_OF_ESCAPES = ("\\_", "\\*", "\\~", "\\[")
_NOTE = f"[{_NAMED}{''.join(_NOTED.values())}]"
_NOTES = re.compile(f"[{_NAMED}{''.join(_NOTED.values())}{ESCAPED}]+")
_READ_BY_NUMBER = re.compile(rf"(?!{_NOTE}).(?={_NOTE})", re.DOTALL)
_OF_NO_EMOJI = re.compile(rf"(?<=:){_NAMED}{_NOTE}+")
_OF_HEADING = re.compile(r"<h[1-6]\b[^<]*+(?:<(?!/?h[1-6]\b)[^<]*+)*+")
_IN_CODE = re.compile(rf"(?<=&amp;)(#[xX]?[0-9a-fA-F]{{1,7}};){_NOTE}+")


def noted(body: str, *, emoji: bool = False) -> str:
    """The body with the digits of each reference in what may be a heading noted behind it, and the name of each emoji if
    they are read."""
    is_noted = "&#" in body or (emoji and ":" in body) or any(each in body for each in _SIGNS_OF_ESCAPES)
    if not is_noted or _NOTES.search(body):
        return body
    return _HEADING.sub(lambda line: _REFERENCE.sub(_with_digits, line[0]), body)


def _with_digits(found: re.Match[str]) -> str:
    if found[0][0] == "\\":
        return found[0] if found[0] == "\\\\" else found[0] + ESCAPED
    if name := found[2]:
        return f"{found[0]}{_NAMED}{name.translate(_NOTED)}" if name.isascii() else found[0]
    return found[0] + (found[1] or "").translate(_NOTED)


def in_headings(html: str) -> str:
    """The HTML with the notes in headings alone."""
    pieces: list[str] = []
    at = 0
    for heading in _OF_HEADING.finditer(html):
        pieces += _NOTES.sub("", html[at : heading.start()]), _IN_CODE.sub(r"\1", heading[0])
        at = heading.end()
    return "".join([*pieces, _NOTES.sub("", html[at:])])


def by_number(text: str) -> str:
    """The text with the digits and names in place of the characters that they stand for, between signs that are none of an id."""
    if text.isascii():
        return text
    text = _OF_NO_EMOJI.sub("", text)
    return _NOTES.sub(lambda notes: f"&{notes[0].translate(_READ)};", _READ_BY_NUMBER.sub("", text))


def forget(heading: Element) -> None:
    """Takes the notes out of a heading."""
    for element in heading.iter():
        for name in ("alt", "title"):
            if _has_notes(value := element.get(name)):  # a comment has none
                element.set(name, _NOTES.sub("", value))
        if _has_notes(text := element.text):
            element.text = _NOTES.sub("", text)
        if element is not heading and _has_notes(tail := element.tail):
            element.tail = _NOTES.sub("", tail)


def _has_notes(text: str | None) -> TypeGuard[str]:
    return text is not None and not text.isascii() and _NOTES.search(text) is not None
