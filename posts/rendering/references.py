"""Character references by number (`&#8217;`) in headings, whose digits Hugo takes into the heading's id."""

import re
from typing import TypeGuard

from lxml.etree import _Element as Element

_DIGITS = "0123456789abcdefABCDEFxX"
_NOTED = {ord(digit): chr(0x10FF00 + ord(digit)) for digit in _DIGITS}
_READ = {ord(noted): chr(digit) for digit, noted in _NOTED.items()}
"""Each digit by a character of a private use area, in which they stand behind their reference until its heading is read."""

_REFERENCE = re.compile(
    r"\]\([^()\n]*+(?:\([^()\n]*+\)[^()\n]*+)*+\)|<[^<>\n]*+>|(?:https?://|www\.)\S++"
    r"|&#([xX]?[0-9a-fA-F]{1,7});"
)
"""Addresses and tags are left as they are."""
_HEADING = re.compile(
    r"^[ \t>]*+(?:(?:[-*+]|[0-9]{1,9}[.)])[ \t]++)*#{1,6}[ \t][^\n]*+"
    r"|^[^\n]++(?=\n[ \t>]*+(?:-++|=++)[ \t\r]*+$)",
    re.MULTILINE,
)
_NOTE = f"[{''.join(_NOTED.values())}]"
_NOTES = re.compile(f"{_NOTE}+")
_READ_BY_NUMBER = re.compile(rf"(?!{_NOTE}).(?={_NOTE})", re.DOTALL)
_OF_HEADING = re.compile(r"<h[1-6]\b[^<]*+(?:<(?!/?h[1-6]\b)[^<]*+)*+")
_IN_CODE = re.compile(rf"(?<=&amp;)(#[xX]?[0-9a-fA-F]{{1,7}};){_NOTE}+")


def noted(body: str) -> str:
    """The body with the digits of each reference in what may be a heading noted behind it."""
    if "&#" not in body or _NOTES.search(body):
        return body
    return _HEADING.sub(lambda line: _REFERENCE.sub(_with_digits, line[0]), body)


def _with_digits(found: re.Match[str]) -> str:
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
    """The text with the digits in place of the characters that they stand for."""
    if text.isascii():
        return text
    return _NOTES.sub(lambda notes: notes[0].translate(_READ), _READ_BY_NUMBER.sub("", text))


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
