"""Front matter in JSON: a leading object."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from posts.dates import rfc3339
from posts.document.reasons import reason
from posts.document.values import Malformed, Path, Value, repeated
from posts.sentences import gettext_noop

_SPACE = re.compile(r"\s*")
_DECODER = json.JSONDecoder()


@dataclass(frozen=True, slots=True)
class Member:
    """A member of an object: offsets of its key, of its value, and behind its value."""

    key: str
    start: int
    value: int
    end: int


def load(text: str) -> dict[str, Value]:
    """The object. Raises `Malformed`."""
    return object_at(text, 0)[0]


def object_at(text: str, offset: int) -> tuple[dict[str, Value], int]:
    """The object that begins there, and the offset behind it. Raises `Malformed`."""
    try:
        values, end = json.JSONDecoder(object_pairs_hook=_distinct).raw_decode(text, offset)
        json.dumps(values, ensure_ascii=False).encode()
    except json.JSONDecodeError as error:
        said = gettext_noop("the JSON cannot be read: %(problem)s") % {"problem": reason(error.msg)}
        raise Malformed(error.pos, said, gettext_noop("fix it here")) from None
    except UnicodeEncodeError:
        raise Malformed(
            offset, gettext_noop("the JSON holds half of a surrogate pair"), gettext_noop("write the character itself")
        ) from None
    except _Twice as error:
        said = gettext_noop("the key %(key)s stands twice") % {"key": " ".join(str(error).split())}
        raise Malformed(_second(text, str(error)), said, gettext_noop("take one out")) from None
    except (RecursionError, ValueError):
        raise Malformed(
            offset,
            gettext_noop("the JSON is nested too deeply or holds too long a number"),
            gettext_noop("simplify it"),
        ) from None
    return values, end


def value_offset(text: str, path: Path) -> int | None:
    """Where the value at this path begins; None if there is none."""
    member = _member(text, path)
    return member.value if member else None


def replaced(text: str, path: Path, value: Value) -> str:
    """The text with another value at the path."""
    if member := _member(text, path):
        return text[: member.value] + dumps(value) + text[member.end :]
    for depth in range(len(path) - 1, -1, -1):
        parent = _member(text, path[:depth]) if depth else None
        if depth == 0 or (parent and text[parent.value] == "{"):
            return _with_member(text, parent.value if parent else text.index("{"), path[depth:], value)
    return text


def removed(text: str, path: Path) -> str:
    """The text without the member at the path, and the comma that parted it from its neighbour."""
    member = _member(text, path)
    if not member:
        return text
    parent = _member(text, path[:-1]) if len(path) > 1 else None
    siblings = list(_members(text, parent.value if parent else text.index("{")))
    at = siblings.index(member)
    if len(siblings) == 1:
        return removed(text, path[:-1]) if parent else text[: member.start] + text[member.end :]
    if at == 0:
        return text[: member.start] + text[siblings[1].start :]
    return text[: siblings[at - 1].end] + text[member.end :]


def dumped(values: Mapping[str, Value]) -> str:
    """JSON of these values, an entry a line."""
    return dumps(values, indent=2)


def dumps(value: Value, indent: int | None = None) -> str:
    """JSON of one value; moments as RFC 3339."""
    return json.dumps(value, ensure_ascii=False, indent=indent, default=_moment)


def _moment(value: Any) -> str:
    if isinstance(value, datetime) and value.tzinfo:
        return rfc3339(value)
    if isinstance(value, date | time):
        return value.isoformat()
    raise TypeError(type(value).__name__)


def _with_member(text: str, brace: int, path: Path, value: Value) -> str:
    for name in reversed(path[1:]):
        value = {name: value}
    siblings = list(_members(text, brace))
    entry = f"{json.dumps(path[0], ensure_ascii=False)}: {dumps(value)}"
    if not siblings:
        return text[: brace + 1] + entry + text[brace + 1 :]
    before = (text[brace + 1 : siblings[0].start] or " ") if len(siblings) == 1 else _between(text, siblings)
    return f"{text[: siblings[-1].end]},{before}{entry}{text[siblings[-1].end :]}"


def _between(text: str, siblings: list[Member]) -> str:
    """The white space that stands before the last member."""
    return text[siblings[-2].end : siblings[-1].start].partition(",")[2]


def _members(text: str, brace: int) -> Iterator[Member]:
    at = _after_space(text, brace + 1)
    while text[at] != "}":
        key, after_key = _DECODER.raw_decode(text, at)
        value = _after_space(text, _after_space(text, after_key) + 1)
        _, end = _DECODER.raw_decode(text, value)
        yield Member(key, at, value, end)
        at = _after_space(text, end)
        at = _after_space(text, at + 1) if text[at] == "," else at


def _member(text: str, path: Path) -> Member | None:
    here, found = text.index("{"), None
    for name in path:
        if text[here] != "{":
            return None
        found = next((member for member in _members(text, here) if member.key == name), None)
        if not found:
            return None
        here = found.value
    return found


def _after_space(text: str, at: int) -> int:
    found = _SPACE.match(text, at)
    return found.end() if found else at


class _Twice(Exception):
    """A key that an object has two times."""


def _distinct(pairs: list[tuple[str, Value]]) -> dict[str, Value]:
    if (key := repeated(key for key, _ in pairs)) is not None:
        raise _Twice(key)
    return dict(pairs)


def _second(text: str, key: str) -> int:
    quoted = json.dumps(key, ensure_ascii=False)
    return max(text.find(quoted, text.find(quoted) + 1), 0)
