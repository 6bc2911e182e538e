"""The lists that Liquid's loops run over: the page's own and those of the site's data, sorted and chosen from as a text says."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from operator import itemgetter

from posts.rendering import liquid_values
from posts.rendering.liquid_values import step

MOST_ITEMS = 10_000
"""Of one list; a mapping may say any size."""
_LOOPED = re.compile(
    r"([\w-]++(?:\.[\w-]++)*+)(?:\s++(reversed)\b)?+((?:[\s,]++(?:limit|offset)\s*+:\s*+[\w.-]++)*+)\s*+"
)
_CUT = re.compile(r"(limit|offset)\s*+:\s*+([\w.-]++)")
_KEY = re.compile(r"[\w-]++(?:\.[\w-]++)*+")
_NUMBER = re.compile(r"\s*+-?(?:\d{1,15}+(?:\.\d{0,15}+)?|\.\d{1,15}+)\s*+")

Value = Callable[[str, str], str | None]


@dataclass(frozen=True, slots=True)
class Items:
    """A list of the page's or of the site's data, and the numbers of its items in the order in which they are shown."""

    owner: str
    name: str
    numbers: Sequence[int]

    def path(self, number: int) -> str:
        return f"{self.owner}.{self.name}.{step(self.owner)}{number}"


@dataclass(slots=True)
class Lists:
    """Those that a text names: what `assign` gave a name last counts, where no condition says whether it did."""

    value: Value
    names: dict[str, Items | None] = field(default_factory=dict)
    _branches: list[set[str]] = field(default_factory=list)  # the names given in each condition around

    def assign(self, name: str, said: str) -> None:
        self.names[name] = self._filtered(said)
        if self._branches:
            self._branches[-1].add(name)

    def condition(self, *, begins: bool = False, ends: bool = False) -> None:
        """At a condition's tag: behind its branch nobody knows what was given in that."""
        if begins:
            self._branches.append(set())
        elif self._branches:
            self.names.update(dict.fromkeys(self._branches.pop()))
            if not ends:
                self._branches.append(set())

    def of_loop(self, said: str) -> Items | None:
        """What `for x in` is followed by: a list, the other way round and cut; None for what is no list that is known."""
        found = _LOOPED.fullmatch(said.strip("- \t\r\n"))
        if not found or (items := self._named(found[1])) is None:
            return None
        cut = {name: self._number(number) for name, number in _CUT.findall(found[3])}
        if None in cut.values():
            return None
        first = cut.get("offset") or 0
        numbers = items.numbers[first:] if "limit" not in cut else items.numbers[first : first + (cut["limit"] or 0)]
        return Items(items.owner, items.name, numbers[::-1] if found[2] else numbers)

    def read(self, items: Items) -> None:
        """Each round of a loop counts as a reading, however little its item is asked for."""
        self.value(items.owner, f"{items.name}.{step(items.owner)}size")

    def _number(self, said: str) -> int | None:
        text = said if said.isdecimal() else self._lookup(said)
        return int(text) if text and text.isdecimal() and len(text) < 9 else None

    def _lookup(self, name: str) -> str | None:
        return liquid_values.of_owner(self.value, name)

    def _named(self, name: str) -> Items | None:
        if name in self.names:
            return self.names[name]
        owner, _, rest = name.partition(".")
        if not rest or owner not in liquid_values.OWNERS or (owner == "site" and not rest.startswith("data.")):
            return None
        size = self.value(owner, f"{rest}.{step(owner)}size")
        if size is not None and size.isdecimal() and len(size) < 6 and int(size) <= MOST_ITEMS:
            return Items(owner, rest, range(int(size)))
        return Items(owner, rest, ()) if self.value(f"{owner}?", rest) == "" else None

    def _filtered(self, said: str) -> Items | None:
        parts = liquid_values.parts(said)
        if not parts or parts[0][0] != "name" or parts.count(("sign", "|")) > liquid_values.MOST_FILTERS:
            return None
        items = self._named(parts[0][1])
        for name, arguments in liquid_values.filters(parts[1:]):
            given = [liquid_values.part_said(each, self._lookup) for each in arguments]
            known = [each for each in given if each is not None]
            items = None if items is None or len(known) < len(given) else self._changed(items, name, known)
        return items

    def _changed(self, items: Items, name: str, given: Sequence[str]) -> Items | None:
        """The list behind one filter; None behind one that is not known, or of which the items do not say enough."""
        match name, *given:
            case ["reverse"]:
                numbers: Sequence[int] | None = items.numbers[::-1]
            case ["sort" | "sort_natural", *keys] if len(keys) < 2:
                numbers = self._sorted(items, *keys, is_natural=name == "sort_natural")
            case ["where", key, wanted]:
                numbers = self._chosen(items, key, wanted)
            case _:
                numbers = None
        return None if numbers is None else Items(items.owner, items.name, numbers)

    def _said(self, items: Items, number: int, key: str, *, asked: str = "") -> str | None:
        name = f"{items.path(number)}.{key}" if key else items.path(number)
        owner, _, rest = name.partition(".")
        return self.value(f"{owner}{asked}", rest)

    def _texts(self, items: Items, key: str = "") -> list[str | None] | None:
        """What each says under the key, None for nothing; None for all where one says what is no text."""
        if key and not _KEY.fullmatch(key):
            return None
        texts = [self._said(items, number, key) for number in items.numbers]
        missing = (number for number, text in zip(items.numbers, texts, strict=True) if text is None)
        return None if any(self._said(items, number, key, asked="?") != "" for number in missing) else texts

    def _chosen(self, items: Items, key: str, wanted: str) -> list[int] | None:
        """Those of which the key says just this."""
        texts = self._texts(items, key)
        if texts is None:
            return None
        return [number for number, text in zip(items.numbers, texts, strict=True) if text == wanted]

    def _sorted(self, items: Items, key: str = "", *, is_natural: bool) -> list[int] | None:
        """By numbers or by texts, of which all have to be. Source: Jekyll's `sort`, to which a text of digits is a number and
        nothing comes first, and Liquid's `sort_natural`, to which it comes last."""
        texts = self._texts(items, key)
        if texts is None:
            return None
        are_numbers = [bool(_NUMBER.fullmatch(text)) and not is_natural for text in texts if text is not None]
        if any(are_numbers) and not all(are_numbers):
            return None
        order = partial(_order, are_numbers=any(are_numbers), is_natural=is_natural)
        both = sorted(zip(items.numbers, map(order, texts), strict=True), key=itemgetter(1))
        return [number for number, _ in both]


def _order(text: str | None, *, are_numbers: bool, is_natural: bool) -> tuple[bool, float, str]:
    if text is None:
        return is_natural, 0, ""
    behind = not is_natural
    return (behind, float(text), "") if are_numbers else (behind, 0, text.casefold() if is_natural else text)
