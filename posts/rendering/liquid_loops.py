"""Loops of Liquid's over a list in the front matter, written out: each item's text with the list's own values asked for."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from posts.rendering.shortcodes import too_long

MOST_ITEMS = 10_000
"""Of one list; a mapping may say any size."""
_MOST_ASKED = 20
"""Items of a loop of which one has to have an answer to what its text asks for."""
_ROUND = 50
"""Characters that an item counts for besides its own, for it takes time."""
_LOOP = re.compile(
    r"\{%-?\s*+for\s++([\w-]++)\s++in\s++page\.([\w-]++(?:\.[\w-]++)*+)\s*+-?%\}"
    r"((?:(?!\{%-?\s*+(?:for|endfor|tablerow|cycle|break|continue)\b).)*+)\{%-?\s*+endfor\s*+-?%\}",
    re.DOTALL,
)
"""One in which no other stands, nor what ends it early."""
_ASKED = re.compile(r"\{\{[^{}]*+\}\}|\{%[^%{}]*+%\}")
_OF_CONDITION = re.compile(r"\{%-?\s*+(?:(if|unless|case)|(end(?:if|unless|case))|else)\b[^%{}]*+%\}")
_PLAIN = re.compile(r"\{\{[^|]*+\}\}|\{%-?\s*+(?:if|unless|case|when|els|end)")
"""What asks for no more than a value, which an item need not have, or is part of a condition."""

Value = Callable[[str, str], str | None]


def written_out(text: str, value: Value, longest: int) -> str:
    """The text with each loop over a list that the page has as often as that has items. Raises RenderingError where that
    makes it too long."""
    if "endfor" not in text:
        return text
    count = _Count(longest)

    def repeated(found: re.Match[str]) -> str:
        size = _size(value, found[2])
        if size is None:
            return found[0]
        each, otherwise = _parts(found[3])
        return "".join(_items(_Loop.of(found), size, each, count)) if size else otherwise

    return _LOOP.sub(repeated, text)


def without(text: str, value: Value, longest: int, hidden: Callable[[str], str], is_told: Callable[[str], bool]) -> str:
    """The text with what such loops ask for hidden, where it is told for any of the first items. Raises RenderingError."""
    if "endfor" not in text:
        return text
    count = _Count(longest)

    def shown(found: re.Match[str]) -> str:
        size = _size(value, found[2])
        if size is None:
            return found[0]
        whole, inner, start = found[0], found[3], found.start(3) - found.start()
        loop = _Loop.of(found)

        def asked(part: re.Match[str]) -> str:
            return hidden(part[0]) if _is_known(loop, part[0], size, count, is_told) else part[0]

        return hidden(whole[:start]) + _ASKED.sub(asked, inner) + hidden(whole[start + len(inner) :])

    return _LOOP.sub(shown, text)


@dataclass(slots=True)
class _Count:
    """How long all is that is written out, and how long it may be."""

    longest: int
    length: int = 0

    def __call__(self, more: int) -> None:
        self.length += more
        if self.length > self.longest:
            raise too_long(self.length)


@dataclass(frozen=True, slots=True)
class _Loop:
    """The list's name, and where its item is asked for; in quotes the name is a word like others."""

    path: str
    item: re.Pattern[str]

    @classmethod
    def of(cls, found: re.Match[str]) -> "_Loop":
        name = re.escape(found[1])
        own = r"\bforloop\.(index0?|first|last)(?![\w-])"
        return cls(found[2], re.compile(rf"\"[^\"]*+\"|'[^']*+'|{own}|(?<![\w.-])({name})(?![\w-])"))

    def asks(self, text: str) -> bool:
        """Whether the text asks for anything of an item."""
        return any(found[1] or found[2] for found in self.item.finditer(text))

    def of_item(self, asked: str, number: int, size: int, count: _Count) -> str:
        """What is asked for, of this item."""

        def said(found: re.Match[str]) -> str:
            if found[2]:
                count(len(self.path))
                return f"page.{self.path}.{number}"
            match found[1]:
                case "index0":
                    return str(number)
                case "index":
                    return str(number + 1)
                case "first":
                    return str(number == 0).lower()
                case "last":
                    return str(number == size - 1).lower()
            return found[0]

        return self.item.sub(said, asked)


def _items(loop: _Loop, size: int, each: str, count: _Count) -> Iterator[str]:
    def of_item(asked: re.Match[str], number: int) -> str:
        return loop.of_item(asked[0], number, size, count)

    for number in range(size):
        count(len(each) + _ROUND)
        yield _ASKED.sub(partial(of_item, number=number), each)


def _parts(inner: str) -> tuple[str, str]:
    """What a loop shows for each item, and what for none, behind an `else` that is no condition's."""
    depth = 0
    for found in _OF_CONDITION.finditer(inner):
        if found[1] or found[2]:
            depth += 1 if found[1] else -1
        elif not depth:
            return inner[: found.start()], inner[found.end() :]
    return inner, ""


def _is_known(loop: _Loop, asked: str, size: int, count: _Count, is_told: Callable[[str], bool]) -> bool:
    """Whether it asks for something of the item that is told for any."""
    if not loop.asks(asked):
        return False
    if not size or _PLAIN.match(asked):
        return True
    return any(is_told(loop.of_item(asked, number, size, count)) for number in range(min(size, _MOST_ASKED)))


def _size(value: Value, path: str) -> int | None:
    """How many items the page's list has; none for one that it says nothing of, and None for what is no list."""
    size = value("page", f"{path}.size")
    if size is not None and size.isdecimal() and len(size) < 6 and int(size) <= MOST_ITEMS:
        return int(size)
    return 0 if value("page?", path) == "" else None
