"""Conditions of Liquid's on what a page, its site and its own names say: of what they choose between, what Jekyll shows."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from operator import attrgetter, eq, ge, gt, le, lt, ne

from posts.rendering import liquid_values
from posts.rendering.liquid_values import Count
from posts.rendering.shortcodes import LONGEST_REPEATED

_MARK = re.compile(
    r"\{%-?\s*+(?:(?P<begins>if|unless|case)\s++(?P<asked>[^%{}]*+)|(?P<branch>elsif|when)\s++(?P<said>[^%{}]*+)"
    r"|(?P<otherwise>else)\s*+-?|end(?P<ends>if|unless|case|for|tablerow)\s*+-?|(?P<loops>for|tablerow)\b[^%{}]*+"
    r"|assign\s++(?P<name>[\w-]++)\s*+=(?P<value>[^%{}]*+)|capture\s++[\"']?(?P<captured>[\w-]++)[^%{}]*+)%\}"
)
_ATOM = re.compile(
    r"([\w-]++(?:\.[\w-]++)*+)(?:\s*+(==|!=|<=|>=|<|>|\bcontains\b)\s*+(?:\"([^\"]*+)\"|'([^']*+)'|([\w.-]++)))?"
)
_JOINED = re.compile(r"\s++(and|or)\s++")
_CHOICE = re.compile(r"\s*+(?:\"([^\"]*+)\"|'([^']*+)'|(\d++))\s*+(?:,|\bor\b|\Z)")
_NUMBER = re.compile(r"-?\d{1,15}(?:\.\d{1,9})?")
_COMPARING: dict[str, Callable[[float, float], bool]] = {"<": lt, ">": gt, "<=": le, ">=": ge, "==": eq, "!=": ne}
_NOTHING = frozenset({"nil", "null"})
_OWNERS = liquid_values.OWNERS | {"include"}

Value = Callable[[str, str], str | None]
"""What `page`, `site` or `include` says under a name, and with the owner `page?` or `include?` whether it says anything:
empty for nothing, None where that is not known."""


def decided(text: str, value: Value, hidden: Callable[[str], str] = lambda text: "") -> str:
    """The text with what its conditions choose, and something else in the place of what they do not."""
    if "{%" not in text or not any(sign in text for sign in ("endif", "endunless", "endcase")):
        return text
    count = Count(LONGEST_REPEATED + 2 * len(text))
    return "".join(_Deciding(text, value, hidden, count).parts())


def always_there(text: str) -> str:
    """The text with nothing that its conditions choose."""
    marks = list(_MARK.finditer(text))
    shown, at = [], 0
    for block in sorted(_blocks(marks), key=attrgetter("at")):
        if marks[block.at].start() >= at:  # within no other
            shown.append(text[at : marks[block.at].start()])
            at = marks[block.end].end()
    return "".join([*shown, text[at:]])


@dataclass(frozen=True, slots=True)
class _Block:
    """A condition, by the numbers of its marks: where it begins, each further branch, where it ends."""

    at: int
    branches: Sequence[int]
    end: int


def _blocks(marks: Sequence[re.Match[str]]) -> Iterator[_Block]:
    """All that have an end. What is `else` belongs to the last that is open, which may be a loop."""
    is_open: list[tuple[int, str, list[int]]] = []
    for at, mark in enumerate(marks):
        if kind := mark["begins"] or mark["loops"]:
            is_open.append((at, kind, []))
        elif (mark["branch"] or mark["otherwise"]) and is_open:
            is_open[-1][2].append(at)
        elif mark["ends"] and is_open and is_open[-1][1] == mark["ends"]:
            begun, kind, branches = is_open.pop()
            if kind not in {"for", "tablerow"}:
                yield _Block(begun, branches, at)


@dataclass(slots=True)
class _Deciding:
    """One text, and what its names say where it is read."""

    text: str
    value: Value
    hidden: Callable[[str], str]
    count: Count  # of what its names said, as often as they were asked
    names: dict[str, str | None] = field(default_factory=dict)  # None for what is not known
    undecided: list[set[str]] = field(default_factory=list)  # the names given in each such condition around
    loops: int = 0

    def parts(self) -> Iterator[str]:
        marks = list(_MARK.finditer(self.text))
        blocks = {block.at: block for block in _blocks(marks)}
        skips: dict[int, int] = {}  # where a chosen branch ends, and the condition
        bounds: dict[int, bool] = {}  # the marks of those that are undecided, and whether they end there
        at = mark = 0
        while mark < len(marks):
            here = marks[mark]
            if (end := skips.get(mark)) is not None:
                yield self.text[at : here.start()]
                yield self.hidden(self.text[here.start() : marks[end].end()])
                at, mark = marks[end].end(), end
            elif mark in bounds:
                self._bound(is_end=bounds[mark])
            elif block := blocks.get(mark):
                chosen = self._chosen(block, marks)
                if chosen is None:
                    self.undecided.append(set())
                    bounds |= {each: each == block.end for each in (*block.branches, block.end)}
                else:
                    begins, ends = chosen
                    yield self.text[at : here.start()]
                    yield self.hidden(self.text[here.start() : marks[begins].end()])
                    at, mark = marks[begins].end(), begins
                    skips[ends] = block.end
                    if begins == block.end:
                        skips.pop(ends)
            else:
                self._note(here)
            mark += 1
        yield self.text[at:]

    def _bound(self, *, is_end: bool) -> None:
        """Behind a branch nobody knows what was given in it."""
        self.names.update(dict.fromkeys(self.undecided.pop()))
        if not is_end:
            self.undecided.append(set())

    def _note(self, mark: re.Match[str]) -> None:
        if mark["loops"]:
            self.loops += 1
        elif mark["ends"] in {"for", "tablerow"}:
            self.loops = max(self.loops - 1, 0)
        elif name := mark["name"] or mark["captured"]:
            said = (mark["value"] or "").strip("- \t\r\n")
            known = said if said in {"true", "false"} else liquid_values.said(said, self._lookup) if said else None
            self.names[name] = None if self.loops else known
            if self.undecided:
                self.undecided[-1].add(name)

    def _lookup(self, name: str) -> str | None:
        if name in self.names:
            return self._of_name(name)
        return liquid_values.of_owner(self.value, name, _OWNERS)

    def _of_name(self, name: str) -> str | None:
        text = self.names[name]
        self.count(len(text or ""))
        return text

    def _chosen(self, block: _Block, marks: Sequence[re.Match[str]]) -> tuple[int, int] | None:
        """The marks between which the branch stands that is shown; both the end for none, None where that is not known."""
        begun = marks[block.at]
        if begun["begins"] == "case":
            return self._case(begun, block, marks)
        bounds = [block.at, *block.branches, block.end]
        for at, end in zip(bounds, bounds[1:], strict=False):
            condition = marks[at]["asked"] if at == block.at else marks[at]["said"]
            is_so = True if condition is None else self._is_so(condition.strip("- \t\r\n"))
            if is_so is None:
                return None
            if is_so != (at == block.at and begun["begins"] == "unless"):
                return at, end
        return block.end, block.end

    def _case(self, begun: re.Match[str], block: _Block, marks: Sequence[re.Match[str]]) -> tuple[int, int] | None:
        asked = begun["asked"].strip("- \t\r\n")
        text = liquid_values.said(asked, self._lookup)
        if text is None and self._said(asked)[1] != "":
            return None
        for at, end in zip(block.branches, [*block.branches, block.end][1:], strict=True):
            said = (marks[at]["said"] or "").strip("- \t\r\n")
            choices = list(_CHOICE.finditer(said))
            if sum(len(each[0]) for each in choices) != len(said):
                return None
            choices_said = (part for each in choices for part in each.groups() if part is not None)
            if marks[at]["otherwise"] or text in choices_said:
                return at, end
        return block.end, block.end

    def _is_so(self, condition: str) -> bool | None:
        """Whether it holds; None where that is not known. Source: Liquid, which joins from the right."""
        *before, last = _JOINED.split(condition)
        result = self._holds(last)
        while before:
            sign, left = before.pop(), self._holds(before.pop())
            if result is None or left is None:
                return None
            result = left and result if sign == "and" else left or result
        return result

    def _holds(self, atom: str) -> bool | None:
        if atom in {"true", "false"}:
            return atom == "true"
        found = _ATOM.fullmatch(atom)
        if not found:
            return None
        name, sign, double, single, word = found.groups()
        text, is_said = self._said(name)
        if is_said is None:
            return None
        if not sign:
            return is_said != "" and text != "false"
        if word in _NOTHING or (word and self._said(word) == (None, "")):
            return (not is_said) == (sign == "==") if sign in {"==", "!="} else None
        if word == "empty" and text is None and is_said:
            text = self._if_empty(name)
            if text is None:
                return None
        wanted = next((each for each in (double, single) if each is not None), None)
        wanted = self._word(word) if wanted is None else wanted
        if wanted is None:
            return None
        if sign == "contains":
            return None if text is None and is_said else wanted in (text or "")
        if sign in {"==", "!="}:
            return (text == wanted) == (sign == "==")
        if text is None and not is_said:
            return False  # nothing is neither less nor more than a number (Liquid)
        are_numbers = text is not None and _NUMBER.fullmatch(text) and _NUMBER.fullmatch(wanted)
        return _COMPARING[sign](float(text or 0), float(wanted)) if are_numbers else None

    def _said(self, name: str) -> tuple[str | None, str | None]:
        """What it says, and whether it says anything: empty for nothing, None where that is not known."""
        if _NUMBER.fullmatch(name):
            return name, "yes"
        if name in self.names:
            return self._of_name(name), None if self.names[name] is None else "yes"
        owner, _, rest = name.partition(".")
        if not rest or owner not in _OWNERS:
            return None, None
        text = self.value(owner, rest)
        is_configuration = owner == "site" and not rest.startswith("data.")
        return text, text or None if is_configuration else self.value(f"{owner}?", rest)

    def _if_empty(self, name: str) -> str | None:
        """Nothing for a list that holds nothing, its size for another; None where that is not known."""
        size = self._lookup(f"{name}.{liquid_values.step(name)}size")
        return "" if size == "0" else size

    def _word(self, word: str) -> str | None:
        """What a word says with which something is compared; None for a name of which that is not known."""
        if word in {"true", "false"} or _NUMBER.fullmatch(word):
            return word
        return "" if word in {"empty", "blank"} else self._lookup(word)
