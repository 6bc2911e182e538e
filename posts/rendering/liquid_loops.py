"""Loops of Liquid's over a list that is known, written out: each item's text with the list's own values asked for."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from posts.rendering.liquid_lists import Items, Lists, Value
from posts.rendering.liquid_values import Count, step

_MOST_ASKED = 20
"""Items of a loop of which one has to have an answer to what its text asks for."""
_ROUND = 50
"""Characters that an item counts for besides its own, for it takes time."""
_DEEPEST = 8  # loops within each other
_MARK = re.compile(
    r"\{%-?\s*+(?:for\s++(?P<item>[\w-]++)\s++in\s++(?P<list>[^%{}]*+)"
    r"|assign\s++(?P<name>[\w-]++)\s*+=(?P<said>[^%{}]*+)"
    r"|(?:(?P<end>endfor)|(?P<stops>tablerow|cycle|break|continue)"
    r"|(?P<condition>(?P<begins>if|unless|case)|else|elsif|when|(?P<ends>end(?:if|unless|case))))\b[^%{}]*+)%\}"
)
_ASKED = re.compile(r"\{\{[^{}]*+\}\}|\{%[^%{}]*+%\}")
_NAME = re.compile(
    r"\"[^\"]*+\"|'[^']*+'|\bforloop\.(index0?|rindex0?|first|last|length)(?![\w-])"
    r"|(?<![\w.-])([\w-]++)(?:\[(\d{1,4})\])?+"
)
"""A text in quotes, what is asked of a loop's round, or a name with the number of a part of it."""
_OF_CONDITION = re.compile(r"\{%-?\s*+(?:(if|unless|case|for)|(end(?:if|unless|case|for))|else)\b[^%{}]*+%\}")
_CHOOSING = r"(?:for|endfor|if|elsif|else|endif|unless|endunless|case|when|endcase|assign)\b"
_SPACE_BEFORE = re.compile(rf"(?<!\s)\s++(?=\{{%-\s*+{_CHOOSING}|\{{\{{-)")
_SPACE_BEHIND = re.compile(rf"(\{{(?:%-?\s*+{_CHOOSING}[^%{{}}]*+(?<=-)%|\{{[^{{}}]*+(?<=-)\}})\}})\s++")
_PLAIN = re.compile(r"(?!.*[\w\]]\[[\"'])(?:\{\{[^|{}]*+\}\}|\{%-?\s*+(?:if|unless|case|when|els|end))", re.DOTALL)
"""What asks by names for no more than a value, which an item need not have, or is part of a condition."""


def trimmed(text: str) -> str:
    """The text without the space that an output, or a loop's or a condition's tag, with a dash takes away."""
    if not any(sign in text for sign in ("{%-", "-%}", "{{-", "-}}")):
        return text
    return _SPACE_BEHIND.sub(r"\1", _SPACE_BEFORE.sub("", text))


def written_out(text: str, value: Value, longest: int) -> str:
    """The text with each loop over a list that is known as often as that has items. Raises RenderingError where that
    makes it too long."""
    return _Written(Lists(value), Count(longest)).out(text) if "endfor" in text else text


def without(text: str, value: Value, longest: int, hidden: Callable[[str], str], is_told: Callable[[str], bool]) -> str:
    """The text with what such loops ask for hidden, where it is told for any of the first items. Raises RenderingError."""
    return _Without(Lists(value), Count(longest), hidden, is_told).of(text) if "endfor" in text else text


@dataclass(frozen=True, slots=True)
class _Block:
    """A loop that no other is around, or another tag that says something of lists."""

    begun: re.Match[str]
    ended: re.Match[str] | None = None
    is_stopped: bool = False  # by a tag of its own that ends it early or asks for its round, or by loops too deep in it

    @property
    def inner(self) -> str:
        return self.begun.string[self.begun.end() : self.ended.start()] if self.ended else ""


def _blocks(text: str) -> Iterator[_Block]:
    marks = list(_MARK.finditer(text))
    ends: dict[int, int] = {}
    is_open: list[tuple[int, int]] = []  # where each began, and how many loops within each other it holds
    stopped: set[int] = set()
    for at, mark in enumerate(marks):
        if mark["item"]:
            is_open.append((at, 0))
        elif mark["end"] and is_open:
            begun, height = is_open.pop()
            ends[begun] = at
            if height >= _DEEPEST:
                stopped.add(begun)
            if is_open:
                is_open[-1] = is_open[-1][0], max(is_open[-1][1], height + 1)
        elif mark["stops"] and is_open:
            stopped.add(is_open[-1][0])
    at = 0
    while at < len(marks):
        end = ends.get(at)
        yield _Block(marks[at], None if end is None else marks[end], at in stopped)
        at = (at if end is None else end) + 1


def _note(lists: Lists, mark: re.Match[str], said: Callable[[str], str] = lambda text: text) -> None:
    if mark["name"]:
        lists.assign(mark["name"], said(mark["said"]))
    elif mark["condition"]:
        lists.condition(begins=bool(mark["begins"]), ends=bool(mark["ends"]))


@dataclass(frozen=True, slots=True)
class _Loop:
    """Where a loop's item and its round are asked for; in quotes these are words like others."""

    name: str
    items: Items

    def asks(self, text: str) -> bool:
        """Whether the text asks for anything of an item."""
        return any(found[1] or found[2] == self.name for found in _NAME.finditer(text))

    def of_item(self, text: str, at: int, count: Count, *, is_own: bool = True) -> str:
        """What is asked for, of the item that stands there; the round of another loop is not its own."""

        def said(found: re.Match[str]) -> str:
            if found[2] == self.name:
                path = self.items.path(self.items.numbers[at])
                count(len(path))
                return f"{path}.{step(self.items.owner)}{found[3]}" if found[3] else path
            return self._round(found[1], at) if found[1] and is_own else found[0]

        return _NAME.sub(said, text)

    def _round(self, name: str, at: int) -> str:
        size = len(self.items.numbers)
        match name:
            case "first" | "last":
                return str(at == (0 if name == "first" else size - 1)).lower()
            case "length":
                return str(size)
        number = size - 1 - at if name.startswith("r") else at
        return str(number if name.endswith("0") else number + 1)


_Part = tuple[str, str]
"""A text, and what of it may ask for the item: `own`, its round too, `other`, a `list` or nothing."""


def _parts_of_item(text: str, name: str, kind: str = "own") -> Iterator[_Part]:
    """What each item shows: in a loop within it the round is that one's, and so may be the item's name."""
    at = 0
    for block in _blocks(text):
        if block.ended is None:
            continue
        yield text[at : block.begun.start("list")], kind
        yield text[block.begun.start("list") : block.begun.end()], "list"
        yield from [(block.inner, "")] if block.begun["item"] == name else _parts_of_item(block.inner, name, "other")
        at = block.ended.start()
    yield text[at:], kind


@dataclass(slots=True)
class _Written:
    lists: Lists
    count: Count

    def out(self, text: str, depth: int = 0) -> str:
        if depth > _DEEPEST or ("endfor" not in text and "assign" not in text):
            return text
        shown, at = [], 0
        for block in _blocks(text):
            if block.ended is None:
                _note(self.lists, block.begun)
                continue
            items = None if block.is_stopped else self.lists.of_loop(block.begun["list"])
            shown.append(text[at : block.begun.start()])
            if items is None:
                shown += [block.begun[0], self.out(block.inner, depth + 1), block.ended[0]]
            else:
                shown += self._items(_Loop(block.begun["item"], items), block.inner, depth + 1)
            at = block.ended.end()
        return "".join([*shown, text[at:]])

    def _items(self, loop: _Loop, inner: str, depth: int) -> Iterator[str]:
        each, otherwise = _parts(inner)
        if not loop.items.numbers:
            yield self.out(otherwise, depth)
            return
        parts = list(_parts_of_item(each, loop.name))
        for at in range(len(loop.items.numbers)):
            self.count(len(each) + _ROUND)
            self.lists.read(loop.items)
            yield self.out("".join(self._of_item(loop, part, at) for part in parts), depth)

    def _of_item(self, loop: _Loop, part: _Part, at: int) -> str:
        text, kind = part
        if kind == "list":
            return loop.of_item(text, at, self.count, is_own=False)
        if not kind:
            return text
        return _ASKED.sub(lambda asked: loop.of_item(asked[0], at, self.count, is_own=kind == "own"), text)


_View = Callable[[str], str]  # what is asked for, of one item of each loop around


@dataclass(slots=True)
class _Without:
    lists: Lists
    count: Count
    hidden: Callable[[str], str]
    is_told: Callable[[str], bool]

    def of(self, text: str, loops: Sequence[_Loop] = (), views: Sequence[_View] = (str,), depth: int = 0) -> str:
        if depth > _DEEPEST:
            return text
        shown, at = [], 0
        for block in _blocks(text):
            if block.ended is None:
                _note(self.lists, block.begun, views[0] if views else str)
                continue
            shown.append(self._asked(text[at : block.begun.start()], loops, views))
            known = (
                [] if block.is_stopped else [(view, self.lists.of_loop(view(block.begun["list"]))) for view in views]
            )
            own = [(view, _Loop(block.begun["item"], items)) for view, items in known if items is not None]
            if own or not (views or block.is_stopped):
                inner = self.of(
                    self._with_hidden_else(block.inner),
                    [*loops, *(loop for _, loop in own[:1])],
                    self._views(own),
                    depth + 1,
                )
                shown += [self.hidden(block.begun[0]), inner, self.hidden(block.ended[0])]
            else:
                shown += [block.begun[0], self.of(block.inner, loops, views, depth + 1), block.ended[0]]
            at = block.ended.end()
        return "".join([*shown, self._asked(text[at:], loops, views)])

    def _with_hidden_else(self, inner: str) -> str:
        """Without the loop's own, which a condition around it would take for its own else."""
        each, otherwise = _parts(inner)
        behind = len(inner) - len(otherwise)
        return f"{each}{self.hidden(inner[len(each) : behind])}{otherwise}"

    def _views(self, own: Sequence[tuple[_View, _Loop]]) -> list[_View]:
        """Of the first items."""
        each = ((view, loop, at) for view, loop in own for at in range(min(len(loop.items.numbers), _MOST_ASKED)))
        return [self._view(*one) for one, _ in zip(each, range(_MOST_ASKED), strict=False)]

    def _view(self, view: _View, loop: _Loop, at: int) -> _View:
        return lambda text: view(loop.of_item(text, at, self.count))

    def _asked(self, text: str, loops: Sequence[_Loop], views: Sequence[_View]) -> str:
        if not loops:
            return text

        def shown(part: re.Match[str]) -> str:
            is_known = any(loop.asks(part[0]) for loop in loops) and (
                not views or _PLAIN.match(part[0]) or any(self.is_told(view(part[0])) for view in views)
            )
            return self.hidden(part[0]) if is_known else part[0]

        return _ASKED.sub(shown, text)


def _parts(inner: str) -> tuple[str, str]:
    """What a loop shows for each item, and what for none, behind an `else` that is no condition's."""
    depth = 0
    for found in _OF_CONDITION.finditer(inner):
        if found[1] or found[2]:
            depth += 1 if found[1] else -1
        elif not depth:
            return inner[: found.start()], inner[found.end() :]
    return inner, ""
