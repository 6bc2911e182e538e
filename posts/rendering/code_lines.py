"""Which lines of a text are code, and so left as they are: in a fence, set in, or in HTML that holds no Markdown."""

import re
from collections.abc import Iterable, Iterator
from itertools import groupby

from posts.rendering.block_attributes import fence_behind

_QUOTED = re.compile(r"(?: {0,3}> ?)++")
_HOLDS = re.compile(r"\s*+(?:[*+:-]|\d{1,9}[.)])[ \t]|\[\^[^\]\n]{1,200}\]: ?")
"""The mark of an item, a definition or a note: code in it stands further in than its text."""
INLINE = r"(?<!`)(?P<ticks>`++).{0,2000}?(?<!`)(?P=ticks)(?!`)"
"""A pattern of code within a line, with one group."""
CODE = re.compile(INLINE)
VERBATIM = re.compile(r"<(/?)(?:pre|script|style|textarea)\b", re.IGNORECASE)
"""A tag with which HTML begins or ends that holds no Markdown."""


def are_code(lines: Iterable[str]) -> Iterator[bool]:
    """Of each line whether it is, those that begin and end a fence too; in time that grows with their length."""
    fence, room, is_verbatim = "", 0, False
    for line in lines:
        before, fence = fence, fence_behind(line, fence)
        if before or fence:
            yield True
            continue
        bare = (_QUOTED.sub("", line, count=1) if ">" in line else line).expandtabs(4)
        text = bare.lstrip()
        tags = VERBATIM.findall(text) if "<" in text and (is_verbatim or text[0] == "<") else []
        width = len(bare) - len(text)
        is_set_in = text != "" and width >= room + 4
        yield is_set_in or is_verbatim or bool(tags)
        is_verbatim = not tags[-1] if tags else is_verbatim
        if text and not is_set_in:
            mark = _HOLDS.match(bare)
            room = mark.end() if mark else min(room, width)


def parts(text: str) -> Iterator[tuple[bool, str]]:
    """The text in parts that are code and parts that are not."""
    lines = text.splitlines(keepends=True)
    for is_code, both in groupby(zip(are_code(lines), lines, strict=True), key=lambda each: each[0]):
        yield is_code, "".join(line for _, line in both)
