"""Two texts compared: by lines first, and word by word within the lines that differ.

`difflib` is quadratic where much is alike, so stretches beyond the bounds are shown as taken out and put in whole.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

MOST_LINES = 4000  # of either text, after what both begin and end with
MOST_WORDS = 1200  # of either side of a stretch that differs, marks and blanks between words among them
CONTEXT_LINES = 2

# A number is one word, or 0.5 that became 0.75 would read as 0.575; so is a letter with the marks that stand by themselves.
_LETTER = r"[\w\u0300-\u036f]"
_WORDS = re.compile(rf"{_LETTER}+(?:(?<=\d)[.,](?=\d){_LETTER}+)*|\s+|[^\w\s]")


class Op(StrEnum):
    """What became of a piece of text."""

    KEPT = "kept"
    REMOVED = "removed"
    ADDED = "added"


@dataclass(frozen=True, slots=True)
class Piece:
    """Text of one fate."""

    op: Op
    text: str


@dataclass(frozen=True, slots=True)
class Stretch:
    """Whole lines that differ, or that are in both texts. `skipped` lines like these are left out here."""

    pieces: tuple[Piece, ...] = ()
    skipped: int = 0

    @property
    def is_changed(self) -> bool:
        return any(piece.op is not Op.KEPT for piece in self.pieces)

    @property
    def old(self) -> list[Piece]:
        """As the old text has it."""
        return [piece for piece in self.pieces if piece.op is not Op.ADDED]

    @property
    def new(self) -> list[Piece]:
        """As the new text has it."""
        return [piece for piece in self.pieces if piece.op is not Op.REMOVED]


def compare(old: str, new: str) -> list[Stretch]:
    """The stretches of both texts in order; nothing for two that are the same.

    Of lines in both only those near a change are told. Joined, `old` and `new` of unabridged stretches give the texts.
    """
    return [] if old == new else list(_abridged(list(stretches(old, new))))


def stretches(old: str, new: str) -> Iterator[Stretch]:
    """The same, unabridged."""
    old_lines, new_lines = _lines(old), _lines(new)
    for op, a, b, c, d in _opcodes(old_lines, new_lines, MOST_LINES):
        before, after = "".join(old_lines[a:b]), "".join(new_lines[c:d])
        yield Stretch((Piece(Op.KEPT, before),) if op == "equal" else tuple(_pieces(before, after)))


def _pieces(old: str, new: str) -> Iterator[Piece]:
    old_words, new_words = _WORDS.findall(old), _WORDS.findall(new)
    for op, a, b, c, d in _opcodes(old_words, new_words, MOST_WORDS):
        before, after = "".join(old_words[a:b]), "".join(new_words[c:d])
        if op == "equal":
            yield Piece(Op.KEPT, before)
            continue
        if before:
            yield Piece(Op.REMOVED, before)
        if after:
            yield Piece(Op.ADDED, after)


def _opcodes(old: Sequence[str], new: Sequence[str], most: int) -> Iterator[tuple[str, int, int, int, int]]:
    """As `SequenceMatcher.get_opcodes` gives them; beyond `most` items what differs is one replacement."""
    first = _common(old, new)
    last = _common(old[first:][::-1], new[first:][::-1])
    old_end, new_end = len(old) - last, len(new) - last
    if first:
        yield "equal", 0, first, 0, first
    if max(old_end, new_end) - first > most:
        yield "replace", first, old_end, first, new_end
    else:
        for op, a, b, c, d in SequenceMatcher(None, old[first:old_end], new[first:new_end]).get_opcodes():
            yield op, a + first, b + first, c + first, d + first
    if last:
        yield "equal", old_end, len(old), new_end, len(new)


def _common(old: Sequence[str], new: Sequence[str]) -> int:
    """How many items both begin with."""
    return next((n for n, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), min(len(old), len(new)))


def _abridged(told: Sequence[Stretch]) -> Iterator[Stretch]:
    for index, stretch in enumerate(told):
        lines = [] if stretch.is_changed else _lines("".join(piece.text for piece in stretch.pieces))
        head = CONTEXT_LINES if index else 0
        tail = CONTEXT_LINES if index < len(told) - 1 else 0
        skipped = len(lines) - head - tail
        if skipped < 2:
            yield stretch
            continue
        yield from _kept(lines[:head])
        yield Stretch(skipped=skipped)
        yield from _kept(lines[len(lines) - tail :])


def _kept(lines: Sequence[str]) -> Iterator[Stretch]:
    if lines:
        yield Stretch((Piece(Op.KEPT, "".join(lines)),))


def _lines(text: str) -> list[str]:
    """With their ends; only line feeds end one, so that joined they are the text."""
    return re.findall(r"[^\n]*\n|[^\n]+", text)
