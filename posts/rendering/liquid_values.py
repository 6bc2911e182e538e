"""What an expression of Liquid's says, `"/a" | relative_url` or `page.date | date: "%Y"`, where its values are known."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from functools import partial
from html import escape
from operator import add, floordiv, mod, mul, sub

from posts import dates
from posts.rendering.shortcodes import too_long

OUTPUT = re.compile(r"\{\{-?([^{}]*+)\}\}")
Lookup = Callable[[str], str | None]
"""What a name such as `page.title` says; None for nothing, and for what cannot be known."""
LONGEST = 1_000_000  # characters: filters may repeat what they are given

MOST_FILTERS = 100
"""Of one expression; one with more is not known."""

_PART = re.compile(r"\s*+(?:\"([^\"]*+)\"|'([^']*+)'|([\w-]++(?:\.[\w-]++|\[\d{1,4}\])*+)|([|:,]))")
_INDEX = re.compile(r"\[(\d++)\]")
_NUMBER = re.compile(r"\d++(?:\.\d++)?")
_SIGNED = re.compile(r"-?\d{1,15}(?:\.\d{1,9})?")
_WORDS = frozenset({"true", "false", "nil", "null", "empty", "blank"})
_OF_JEKYLL = re.compile(
    r"site\.(?:categories|collections|docs|documents|github|html_pages|pages|posts|static_files|tags|time)\b.*+"
    r"|page\.(?:categories|content|excerpt|next|previous|tags)\b.*+|(?:layout|paginator|post|theme)\..*+|content"
)
"""Names that have a value in Jekyll though nothing here says it: no default stands for one."""
_ABSOLUTE = re.compile(r"/|[a-z][a-z0-9+.-]*+:", re.IGNORECASE)
_LAYOUT = re.compile(r"(?:[^%]|%[-_0^]?[A-DF-IMSTVXYZa-jlmprsuwxyz%])*+", re.DOTALL)
"""A layout of dates in which nothing asks for a width."""
_LINE_END = re.compile(r"\r?\n")
_UNESCAPED = re.compile(r"[\"<>']|&(?!(?:[A-Za-z]++|#\d++);)")
"""What Liquid's `escape_once` escapes: a sign that stands for another already stays."""

OF_DATA = "--"
"""Before the number of an item, in names of the site's data, and before `size`, of a list's or a mapping's: no key of a
site's own begins so."""

OWNERS = frozenset({"page", "site"})
"""Whose values a text may name."""

Part = tuple[str, str]  # what it is, `text`, `name` or `sign`, and what it says


@dataclass(slots=True)
class Count:
    """How long all is that is read or written out, and how long it may be. Raises RenderingError for more."""

    longest: int
    length: int = 0

    def __call__(self, more: int) -> None:
        self.length += more
        if self.length > self.longest:
            raise too_long(self.length)


def of_owner(value: Callable[[str, str], str | None], name: str, owners: frozenset[str] = OWNERS) -> str | None:
    """What `page.title` says; None for a name that is none of an owner's."""
    owner, _, rest = name.partition(".")
    return value(owner, rest) if rest and owner in owners else None


def step(name: str) -> str:
    """What stands before an item's number, and before `size`, below a name or an owner."""
    return OF_DATA if name.partition(".")[0] == "site" else ""


def said(expression: str, lookup: Lookup) -> str | None:
    """The expression's text; None where a value or a filter of it is not known. Source: Liquid's and Jekyll's filters."""
    first, *rest = parts(expression) or [("sign", "")]
    if first[0] == "sign" or rest.count(("sign", "|")) > MOST_FILTERS:
        return None
    value = part_said(first, lookup)
    for number, (name, arguments) in enumerate(filters(rest)):
        given = [part_said(each, lookup) for each in arguments]
        known = [each for each in given if each is not None]
        if len(known) < len(given):
            return None
        if name == "default" and len(known) == 1 and not _OF_JEKYLL.fullmatch(first[1]):
            is_list = value is None and _size(first, lookup) not in {None, "0"}
            value = known[0] if value in {None, "", "false"} and not is_list else value
        elif value is None:
            value = _of_list(first, name, known, lookup) if not number else None
        else:
            value = _filtered(value, name, known)
        if value is None or len(value) > LONGEST:
            return None
    return value


def shown(expression: str, lookup: Lookup) -> str | None:
    """What an output of the expression shows: its text, or a list's, one behind the other (Liquid)."""
    text = said(expression, lookup)
    if text is None and len(read := parts(expression)) == 1:
        return _of_list(read[0], "join", [""], lookup)
    return text


def _of_list(part: Part, name: str, given: Sequence[str], lookup: Lookup) -> str | None:
    """What a list's first filter makes a text of: how many items it has, or all of them, where they are texts."""
    size = _size(part, lookup) if name in {"size", "join"} else None
    if size is None or not size.isdecimal() or len(size) > 4 or (name == "size") != (not given) or len(given) > 1:
        return None
    if name == "size":
        return size
    items = [lookup(f"{part[1]}.{step(part[1])}{number}") for number in range(int(size))]
    texts = [each for each in items if each is not None]
    return given[0].join(texts) if len(texts) == len(items) else None


def _size(part: Part, lookup: Lookup) -> str | None:
    """How many items the list of that name has."""
    return lookup(f"{part[1]}.{step(part[1])}size") if part[0] == "name" else None


def as_markdown(text: str) -> str:
    """The text as an element of its own that is read as Markdown."""
    return f'\n<div markdown="1">\n{text.strip()}\n</div>\n' if text.strip() else ""


def parts(expression: str) -> list[Part]:
    """The texts, names and signs in it, without its tag's dashes; none where anything else stands there."""
    expression = expression.strip("- \t\r\n")
    read: list[Part] = []
    at = 0
    while found := _PART.match(expression, at):
        double, single, name, sign = found.groups()
        name = _INDEX.sub(rf".{step(name)}\1", name) if name and "[" in name else name
        text = single if double is None else double
        read.append(("sign", sign) if sign else ("name", name) if name else ("text", text))
        at = found.end()
    return [] if expression[at:].strip() else read


def filters(read: Sequence[Part]) -> Iterator[tuple[str, list[Part]]]:
    """Each filter and what stands behind it; one without a name for what is none."""
    at = 0
    while at < len(read):
        is_filter = read[at] == ("sign", "|") and at + 1 < len(read) and read[at + 1][0] == "name"
        end = next((n for n in range(at + 1, len(read)) if read[n] == ("sign", "|")), len(read))
        behind, at = read[at + 2 : end], end if is_filter else len(read)
        marks, arguments = behind[::2], list(behind[1::2])
        is_read = len(marks) == len(arguments) and all(
            mark == ("sign", "," if number else ":") for number, mark in enumerate(marks)
        )
        yield (read[end - len(behind) - 1][1], arguments) if is_filter and is_read else ("", [])


def part_said(part: Part, lookup: Lookup) -> str | None:
    """What a text, a number or a name among an expression's parts says; None for what is not known."""
    kind, text = part
    if kind == "text" or (kind == "name" and _NUMBER.fullmatch(text)):
        return text
    return lookup(text) if kind == "name" and text not in _WORDS else None


def _filtered(value: str, name: str, given: Sequence[str]) -> str | None:
    """What the filter makes of the value; None for one that is not known, or is given more or less than it takes."""
    known = _FILTERS.get((name, len(given)))
    return known(value, *given) if known else None


def _replaced(value: str, old: str, new: str) -> str | None:
    is_short = len(value) + (value.count(old) + 1) * len(new) <= LONGEST
    return value.replace(old, new) if is_short else None


def _calculated(calculate: Callable[..., int | Decimal], value: str, number: str) -> str | None:
    """What two numbers make; None for what is none, is divided by nothing or with a rest, and for very long ones."""
    is_whole = "." not in value + number
    is_division = calculate in {floordiv, mod}
    if not (_SIGNED.fullmatch(value) and _SIGNED.fullmatch(number)) or (is_division and not (is_whole and int(number))):
        return None
    return str(calculate(*((int(value), int(number)) if is_whole else (Decimal(value), Decimal(number)))))


def _address(value: str) -> str:
    """The path from the site's top, which stands at its host's here."""
    return value if not value or _ABSOLUTE.match(value) else f"/{value}"


def _date(value: str, layout: str) -> str | None:
    """The moment in this layout of C's; what is no moment stays as it is, and today is not known."""
    if value in {"now", "today"} or not _LAYOUT.fullmatch(layout):
        return None
    try:
        return dates.parse(value, UTC).strftime(layout)
    except ValueError:
        return value


def _rfc3339(value: str) -> str | None:
    try:
        return datetime.isoformat(dates.parse(value, UTC), timespec="seconds")
    except ValueError:
        return value


_CALCULATING = {"plus": add, "minus": sub, "times": mul, "divided_by": floordiv, "modulo": mod}
_PLAIN: dict[str, Callable[[str], str | None]] = {
    **dict.fromkeys(("relative_url", "absolute_url"), _address),
    **dict.fromkeys(("escape", "xml_escape"), escape),
    "escape_once": lambda value: _UNESCAPED.sub(lambda found: escape(found[0]), value),
    "size": lambda value: str(len(value)),
    "upcase": str.upper,
    "downcase": str.lower,
    "capitalize": str.capitalize,
    "strip": str.strip,
    "lstrip": str.lstrip,
    "rstrip": str.rstrip,
    "strip_newlines": lambda value: _LINE_END.sub("", value),
    "markdownify": as_markdown,
    "date_to_string": lambda value: _date(value, "%d %b %Y"),
    "date_to_long_string": lambda value: _date(value, "%d %B %Y"),
    "date_to_xmlschema": _rfc3339,
}
_FILTERS: dict[tuple[str, int], Callable[..., str | None]] = {
    **{(name, 0): function for name, function in _PLAIN.items()},
    **{(name, 1): partial(_calculated, function) for name, function in _CALCULATING.items()},
    ("append", 1): add,
    ("prepend", 1): lambda value, begin: begin + value,
    ("remove", 1): lambda value, part: value.replace(part, ""),
    ("replace", 2): _replaced,
    ("date", 1): _date,
}
"""By name and by how much each is given."""
