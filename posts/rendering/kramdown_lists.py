"""Lists within lists of another kind, which to kramdown need not stand as far in as the text of the item around them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

_ITEM = re.compile(r"( {0,32})(?:([-*+])|\d{1,9}\.)( {1,4})(?=\S)")
NESTED = re.compile(r"^ {0,32}(?:[-*+]|\d{1,9}\.) [^\n]*+\n {1,32}(?:[-*+]|\d{1,9}\.) ", re.MULTILINE)
"""What a text has to have for any of this."""


@dataclass(frozen=True, slots=True)
class _Item:
    indent: int  # as written
    text: int  # the column at which its text begins, as shown
    shown: int  # the column of its mark, as shown
    is_bulleted: bool


def further_in(lines: Sequence[str]) -> list[str]:
    """The lines, those of such lists as far in as Markdown wants them."""
    shown: list[str] = []
    around: list[_Item] = []
    was_blank = False
    for line in lines:
        item, indent = _ITEM.match(line), len(line) - len(line.lstrip(" "))
        if not line.strip():
            was_blank = True
            shown.append(line)
            continue
        while around and (indent < around[-1].indent or (indent == around[-1].indent and (item or was_blank))):
            around.pop()
        further = around[-1].shown - around[-1].indent if around else 0
        if item and around:
            parent, is_bulleted = around[-1], item[2] is not None
            if is_bulleted == parent.is_bulleted and indent + further < parent.text:
                further = max(parent.shown - indent, 0)  # one more of the same list
                around.pop()
            elif not was_blank and indent + further < parent.text:
                further = parent.text - indent
        if item:
            at = indent + further
            around.append(_Item(indent, at + item.end() - indent, at, item[2] is not None))
        shown.append(" " * further + line if further > 0 else line)
        was_blank = False
    return shown
