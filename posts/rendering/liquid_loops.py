"""Loops of Liquid's over a list in the front matter, written out: each item's text with the list's own values asked for."""

import re
from collections.abc import Callable
from functools import partial

from posts.rendering.shortcodes import too_long

MOST_ITEMS = 10_000
"""Of one list; a mapping may say any size."""
_LOOP = re.compile(
    r"\{%-?\s*+for\s++([\w-]++)\s++in\s++page\.([\w-]++(?:\.[\w-]++)*+)\s*+-?%\}"
    r"((?:(?!\{%-?\s*+(?:for|endfor|tablerow|cycle|break|continue)\b).)*+)\{%-?\s*+endfor\s*+-?%\}",
    re.DOTALL,
)
"""One in which no other stands, nor what ends it early."""
_ASKED = re.compile(r"\{\{[^{}]*+\}\}|\{%[^%{}]*+%\}")


def written_out(text: str, value: Callable[[str, str], str | None], longest: int) -> str:
    """The text with each loop over a list that the page has as often as that has items. Raises RenderingError where that
    makes it too long."""
    if "endfor" not in text:
        return text
    left = longest

    def repeated(found: re.Match[str]) -> str:
        nonlocal left
        size = _size(value, found[2])
        if size is None:
            return found[0]
        left -= size * (len(found[3]) + 1)
        if left < 0:
            raise too_long(longest - left)
        return _repeated(found, size)

    return _LOOP.sub(repeated, text)


def without(text: str, value: Callable[[str, str], str | None], hidden: Callable[[str], str]) -> str:
    """The text with what such loops ask for hidden, for that is known."""
    return _LOOP.sub(partial(_hidden, value=value, hidden=hidden), text) if "endfor" in text else text


def _repeated(found: re.Match[str], size: int) -> str:
    name, path, inner = found.groups()
    item = re.compile(rf"(?<![\w.\"'-]){re.escape(name)}(?![\w-])")
    written = []
    for number in range(size):
        own = {
            "forloop.index0": str(number),
            "forloop.index": str(number + 1),
            "forloop.first": str(number == 0).lower(),
            "forloop.last": str(number == size - 1).lower(),
        }
        written.append(_ASKED.sub(partial(_of_item, item=item, place=f"page.{path}.{number}", own=own), inner))
    return "".join(written)


def _of_item(asked: re.Match[str], item: re.Pattern[str], place: str, own: dict[str, str]) -> str:
    text = item.sub(place, asked[0])
    for name, said in own.items():
        text = text.replace(name, said)
    return text


def _hidden(found: re.Match[str], value: Callable[[str, str], str | None], hidden: Callable[[str], str]) -> str:
    name, path, inner = found.groups()
    if _size(value, path) is None:
        return found[0]
    whole, start = found[0], found.start(3) - found.start()
    item = re.compile(rf"(?<![\w.\"'-])(?:{re.escape(name)}|forloop)(?![\w-])")
    shown = _ASKED.sub(lambda asked: hidden(asked[0]) if item.search(asked[0]) else asked[0], inner)
    return hidden(whole[:start]) + shown + hidden(whole[start + len(inner) :])


def _size(value: Callable[[str, str], str | None], path: str) -> int | None:
    """How many items the page's list has; none for one that it says nothing of, and None for what is no list."""
    size = value("page", f"{path}.size")
    if size is not None and size.isdecimal() and int(size) <= MOST_ITEMS:
        return int(size)
    return 0 if value("page?", path) == "" else None
