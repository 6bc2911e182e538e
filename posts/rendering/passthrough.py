"""What a site hands on as it is written, such as mathematics between `$$`: Hugo's passthrough."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape

from posts.rendering.block_attributes import fence_behind
from posts.rendering.elements import BARE, HEADING_LINE
from posts.rendering.leniency import has_table

_BEGINS, _ENDS = "\uf06e", "\uf06f"  # of the private use area: around the number of what is handed on
_ALONE = "\uf06d"  # of that area too: before one that stands outside of a paragraph
_MARK = re.compile(rf"\${_BEGINS}(\d{{1,9}}){_ENDS}\$")
"""Between signs beside which emphasis begins and ends as it would."""
_TAG_OR_MARK = re.compile(rf"<(/?)(\w++)[^<>]*+>|{_MARK.pattern}")
_PARAGRAPH = re.compile(r"<p>((?:(?!</?p>).)*+)</p>\n?", re.DOTALL)
_ITEM_TEXT = re.compile(r"(?<=<li>)(?:(?!</?(?:li|p|[duo]l|pre|blockquote|table|div|h[1-6])\b).)++", re.DOTALL)
_OUTSIDE = re.compile(
    rf"<(/?)(?:aside|blockquote|d[dt]|details|div|li|section|t[dh])\b[^<>]*+>|((?:{_ALONE}{_MARK.pattern})+)"
)
_EMPTY = frozenset({"br", "img", "input"})
_OLDER_NAMES = {"$": ("inline $ $", "block $$ $$"), "\\(": ("inline \\( \\)", "block \\[ \\]")}
_REFERENCE = re.compile(r"&amp;(?=#?\w{1,31};)")

_PLACE = re.compile(r"[ \t]*(?:>[ \t]*)*")
_ITEM = r"(?:[-+*]|[0-9]{1,9}[.)])(?=[ \t]|$)"
_OTHER_BLOCK = re.compile(
    rf"{_ITEM}|#{{1,6}}(?=[ \t]|$)|(?:[-_*][ \t]*){{3,}}$|</?(?:address|article|aside|blockquote|caption|center|d[dlt]"
    r"|details|dialog|div|fieldset|figcaption|figure|footer|form|h[1-6r]|header|iframe|li|link|main|nav|ol|p|section"
    r"|summary|table|tbody|td|tfoot|th|thead|tr|ul)\b|<!--"
)
"""What begins a block of its own below a line of text."""
_ONE_LINE = re.compile(r"#{1,6}(?=[ \t]|$)|\[(?!\^)[^\[\]\n]*\]:|(?:=+|-+)[ \t]*$")
"""A heading, the address of a link by name, and what makes a heading of the text before."""
_RAW = re.compile(r"<(script|style|pre|textarea)\b", re.IGNORECASE)
_CELL = re.compile(r"(?:\\.|[^\\|\n])+")
_PASSED_OVER = re.compile(
    r"\\.|<[A-Za-z/!?][^<>\n]*+>|\]\([^()\n]*+(?:\([^()\n]*+\)[^()\n]*+)*+\)|(?:https?://|www\.)[^\s<]++|(?P<ticks>`++)",
    re.DOTALL,
)
"""What is no place to begin in: what a backslash stands before, tags, addresses, code."""


@dataclass(frozen=True, slots=True)
class _Pair:
    """What something begins and ends with, and whether it is a paragraph of its own."""

    opening: str
    closing: str
    is_block: bool


@dataclass(frozen=True, slots=True)
class Passthrough:
    """A text with marks in place of what is handed on, and this."""

    text: str
    _kept: Sequence[tuple[str, _Pair]] = ()

    @classmethod
    def of(cls, body: str, extras: Sequence[str]) -> "Passthrough":
        """For this body, by those of `Writing.extras` that are a kind and two signs, such as `block $$ $$`."""
        pairs = [*_pairs(extras)]
        if not any(pair.opening in body for pair in pairs) or _BEGINS in body or _ALONE in body:
            return cls(body)
        signs = "|".join(re.escape(pair.opening) for pair in sorted(pairs, key=lambda pair: -len(pair.opening)))
        place = re.compile(rf"(?P<sign>{signs})|{_PASSED_OVER.pattern}", re.DOTALL)
        pieces: list[str] = []
        kept: list[tuple[str, _Pair]] = []
        at = 0
        for start, end in texts_of(body):
            for begin, behind, pair in _found(place, body, start, end, pairs):
                pieces += body[at:begin], f"${_BEGINS}{len(kept)}{_ENDS}$"
                kept.append((body[begin:behind], pair))
                at = behind
        return cls("".join([*pieces, body[at:]]), kept)

    def put_back(self, html: str) -> str:
        """The HTML with what was handed on, marked in headings, whose ids have none of it."""
        if not self._kept:
            return html
        html = _whole_runs(_PARAGRAPH.sub(self._parted, html))
        html = _ITEM_TEXT.sub(self._set_off, html)
        html = HEADING_LINE.sub(lambda line: _TAG_OR_MARK.sub(self._in_heading, line[0]), html)
        return _MARK.sub(self._shown, html)

    def _shown(self, mark: re.Match[str]) -> str:
        number = int(mark[1])
        return _REFERENCE.sub("&", escape(self._kept[number][0])) if number < len(self._kept) else mark[0]

    def _in_heading(self, found: re.Match[str]) -> str:
        return found[0] if found[2] else f'<span {BARE}="true">{found[0]}</span>'

    def _parted(self, paragraph: re.Match[str]) -> str:
        """The paragraph without what is none of its text, which stands behind or between, as Hugo has it."""
        *parts, rest = self._parts(paragraph[1])
        paragraphs = (f"{_ALONE}{each}" if at % 2 else _as_paragraph(each) for at, each in enumerate(parts))
        return "".join([*paragraphs, _as_paragraph(rest)]) if parts else paragraph[0]

    def _set_off(self, item: re.Match[str]) -> str:
        """An item's text with the same on lines of its own (Hugo)."""
        *parts, rest = self._parts(item[0])
        lines = (f"\n{each}" if at % 2 else each.strip() for at, each in enumerate(parts))
        return "".join([*lines, rest.lstrip(" ")]) if parts else item[0]

    def _parts(self, html: str) -> list[str]:
        """The marks of what is a paragraph of its own, unless it stands inside an element, and what is around them."""
        if _BEGINS not in html:
            return [html]
        parts: list[str] = []
        at = depth = 0
        for found in _TAG_OR_MARK.finditer(html):
            if found[2]:
                depth += 0 if found[2] in _EMPTY else -1 if found[1] else 1
            elif not depth and int(found[3]) < len(self._kept) and self._kept[int(found[3])][1].is_block:
                parts += html[at : found.start()], found[0]
                at = found.end()
        return [*parts, html[at:]]


def _whole_runs(html: str) -> str:
    """What stands outside of paragraphs without anything between as one of its own, unless it is inside another block."""
    depth = 0

    def whole(found: re.Match[str]) -> str:
        nonlocal depth
        if not found[2]:
            depth += -1 if found[1] else 1
            return found[0]
        run = found[2].replace(_ALONE, "")
        return run if depth else f"<p>{run}</p>\n"

    return _OUTSIDE.sub(whole, html) if _ALONE in html else html


def _as_paragraph(text: str) -> str:
    """That of the text, be it but a blank between two."""
    return f"<p>{text.strip()}</p>\n" if text else ""


def _pairs(extras: Sequence[str]) -> Iterator[_Pair]:
    for extra in (each for name in extras for each in _OLDER_NAMES.get(name, (name,))):
        kind, _, signs = extra.partition(" ")
        opening, _, closing = signs.partition(" ")
        if kind in {"block", "inline"} and opening and closing:
            yield _Pair(opening, closing, is_block=kind == "block")


def texts_of(body: str) -> Iterator[tuple[int, int]]:
    """Where each paragraph, heading or cell of a table begins and ends, each item of a list by itself; not code and raw HTML."""
    fence, raw, start, end = "", "", -1, 0
    is_item, is_html = False, False
    for line in body.splitlines(keepends=True):
        begin, end = end, end + len(line)
        place = _PLACE.match(line)
        bare = line[place.end() :].rstrip() if place else ""
        was, fence = fence, fence_behind(line, fence)
        is_html = is_html and bool(bare)
        if (
            raw
            or was
            or fence
            or not bare
            or is_html
            or (start < 0 and not is_item and line.startswith(("    ", "\t")))
        ):
            raw = "" if f"</{raw}" in line.lower() else raw
            yield from _whole(body, start, begin)
            start = -1
            continue
        is_item = re.match(_ITEM, bare) is not None or (is_item and line[:1] in " \t>")
        if found := _RAW.match(bare):
            raw = "" if f"</{found[1].lower()}" in line.lower() else found[1].lower()
        is_html = bare[0] == "<" and _OTHER_BLOCK.match(bare) is not None
        if start >= 0 and (_OTHER_BLOCK.match(bare) or _ONE_LINE.match(bare) or found):
            yield from _whole(body, start, begin)
            start = -1
        if _ONE_LINE.match(bare):
            yield from () if bare[0] == "[" else [(begin, end)]
        elif not (is_html or found) and start < 0:
            start = begin
    yield from _whole(body, start, end)


def _whole(body: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The text between the two, or, of a table, its cells."""
    if start < 0:
        return
    text = body[start:end]
    if "|" in text and has_table(text):
        yield from ((start + cell.start(), start + cell.end()) for cell in _CELL.finditer(text))
    else:
        yield start, end


def _found(
    place: re.Pattern[str], body: str, start: int, end: int, pairs: Sequence[_Pair]
) -> Iterator[tuple[int, int, _Pair]]:
    """Where what is handed on begins and ends in this part of the body; `place` is where it may, or what is passed over."""
    by_sign = {pair.opening: pair for pair in reversed(pairs)}
    in_vain: set[str] = set()
    at = start
    while found := place.search(body, at, end):
        at = found.end()
        sign = found["sign"] or found["ticks"]
        if not sign or sign in in_vain:
            continue
        pair = by_sign.get(sign) if found["sign"] else None
        behind = _behind(body, at, end, pair.closing) if pair else _behind_code(body, at, end, sign)
        if behind < 0:
            in_vain.add(sign)
        elif pair and behind == at + len(pair.closing):
            at = found.start() + 1  # nothing is between them
        else:
            if pair:
                yield found.start(), behind, pair
            at = behind


def _behind(body: str, at: int, end: int, closing: str) -> int:
    place = body.find(closing, at, end)
    return place + len(closing) if place >= 0 else -1


def _behind_code(body: str, at: int, end: int, ticks: str) -> int:
    closing = re.compile(rf"(?<!`){ticks}(?!`)").search(body, at, end)
    return closing.end() if closing else -1
