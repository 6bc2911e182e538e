"""What front matter holds, and how its keys are found and compared, whichever its syntax."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime, time
from math import isfinite
from typing import Any

from posts.dates import rfc3339

Value = Any  # str | int | float | bool | None | datetime | date | time | list[Value] | dict[str, Value]
Path = Sequence[str]  # ("cover", "image")
MAX_DEPTH = 100  # of lists and mappings in one another
_LONGEST_DECIMAL = 10_000  # bits; Python refuses to write integers of many more as decimals
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")  # neither PostgreSQL nor XML takes them all


class Malformed(ValueError):
    """Front matter that cannot be read: where (a character's offset in it), what is wrong, and the mend."""

    def __init__(self, offset: int, problem: str, mend: str) -> None:
        super().__init__(offset, problem, mend)
        self.offset, self.problem, self.mend = offset, problem, mend


def matching_key(keys: Iterable[str], wanted: str) -> str | None:
    """The key as it is written: front matter is read without regard to case."""
    folded = wanted.casefold()
    return next((key for key in keys if str(key).casefold() == folded), None)


def repeated(keys: Iterable[str], read_as: Callable[[str], str] = str) -> str | None:
    """The first key that one before it equals when both are read so; None if there is none."""
    seen: set[str] = set()
    for key in keys:
        if (name := read_as(key)) in seen:
            return key
        seen.add(name)
    return None


def written_path(values: Mapping[str, Value], path: Path) -> list[str]:
    """The path with each key as it is written, as far as it is there."""
    written: list[str] = []
    here: Value = values
    for name in path:
        key = matching_key(here, name) if isinstance(here, Mapping) else None
        written.append(name if key is None else key)
        here = here[key] if key is not None else None
    return written


def with_value(values: Mapping[str, Value], path: Path, value: Value) -> dict[str, Value]:
    """A copy with this value at the path, mappings made where the path needs them."""
    first, *rest = path
    if rest:
        inner = values.get(first)
        value = with_value(inner if isinstance(inner, Mapping) else {}, rest, value)
    return {**values, first: value}


def without(values: Mapping[str, Value], path: Path) -> dict[str, Value]:
    """A copy without what stands at the path; a mapping that this empties goes too."""
    first, *rest = path
    if not rest:
        return {key: value for key, value in values.items() if key != first}
    old = values.get(first)
    inner = without(old, rest) if isinstance(old, Mapping) else old
    if inner == old:
        return dict(values)
    return {**values, first: inner} if inner else without(values, [first])


def is_deep(values: Mapping[str, Value], most: int) -> bool:
    """Whether lists and mappings stand in one another more than `most` deep: past some depth Python cannot walk them."""
    level: list[Value] = [values]
    for _ in range(most):
        level = [inner for each in level for inner in _inside(each) if isinstance(inner, dict | list)]
        if not level:
            return False
    return True


def _inside(value: Value) -> Iterable[Value]:
    return value.values() if isinstance(value, dict) else value


def comparable(value: Value) -> Value:
    """The value with moments as the text that syntaxes without moments write for them."""
    match value:
        case datetime() if value.tzinfo:
            return rfc3339(value)
        case datetime() | date() | time():
            return value.isoformat()
        case dict():
            return {str(key): comparable(inner) for key, inner in value.items()}
        case list() | tuple():
            return [comparable(inner) for inner in value]
        case float() if not isfinite(value):  # JSON has none, and what is no number is not equal to itself
            return str(value)
        case int() if value.bit_length() > _LONGEST_DECIMAL:
            return hex(value)
    return value


def as_text(value: Value) -> str:
    """A scalar as Hugo writes it; nothing for null, lists and mappings."""
    match value:
        case bool():
            return "true" if value else "false"
        case float():
            return f"{value:.15g}"
        case str():
            return _CONTROLS.sub("", value).strip()
        case int() if value.bit_length() > _LONGEST_DECIMAL:
            return hex(value)
        case int() | date() | time():
            return str(value)
    return ""


def as_texts(value: Value) -> tuple[str, ...]:
    """A list's texts, null dropped; one text is a list of one."""
    values = value if isinstance(value, list) else [value]
    return tuple(text for text in map(as_text, values) if text)


def folded(values: Mapping[str, Value]) -> dict[str, Value]:
    """The values by their keys in one case, and those inside mappings too, as deep as keys such as `cover.image` go;
    of two that differ by case in there the first counts, as for `Document.get`."""
    return {
        str(key).casefold(): {str(inner).casefold(): each for inner, each in reversed(list(value.items()))}
        if isinstance(value, Mapping)
        else value
        for key, value in values.items()
    }


def within(values: Mapping[str, Value], key: str) -> Value:
    name, _, inner = key.casefold().partition(".")
    value = values.get(name)
    if not inner:
        return value
    return value.get(inner) if isinstance(value, Mapping) else None
