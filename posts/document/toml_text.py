"""Front matter in TOML: read by the standard library, edited by tomlkit, which keeps the rest as it is."""

import re
import tomllib
from collections.abc import Mapping
from typing import Any

import tomlkit
from tomlkit.exceptions import TOMLKitError
from tomlkit.items import AoT, InlineTable, Table

from posts.document.reasons import reason
from posts.document.values import Malformed, Path, Value
from posts.sentences import gettext_noop

_HEADER = re.compile(r"""[ \t]*\[\[?[ \t]*(?:"([^"]+)"|'([^']+)'|([\w-]+))""")
_NO_ENTRY = re.compile(r"[ \t]*(?:#.*)?\r?\n?\Z")  # a comment or nothing
_PLACE = re.compile(r" \(at (?:line (\d+), column (\d+)|end of document)\)$")


def load(text: str) -> dict[str, Value]:
    """The values. Raises `Malformed`."""
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        place = _PLACE.search(str(error))
        offset = _offset(text, int(place[1]), int(place[2])) if place and place[1] else len(text)
        problem = reason(_PLACE.sub("", str(error)))
        said = gettext_noop("the TOML cannot be read: %(problem)s") % {"problem": problem}
        raise Malformed(offset, said, gettext_noop("fix it here")) from None
    except (RecursionError, ValueError):
        raise Malformed(
            0, gettext_noop("the TOML is nested too deeply or holds an impossible value"), gettext_noop("simplify it")
        ) from None


def value_offset(text: str, path: Path) -> int | None:
    """Where the value at this path begins: on the first line of its table that sets a key of that name, else where its
    own table does, else where the value that holds it does; None if there is none."""
    *tables, key = path
    header = re.search(rf"^[ \t]*\[[ \t]*{_written(tables)}[ \t]*\]", text, re.MULTILINE)
    line = re.compile(rf"^[ \t]*(?:[\w.-]+\.)?{_written([key])}[ \t]*=[ \t]*", re.MULTILINE)
    if found := line.search(text, header.end() if header else 0):
        return found.end()
    if table := re.search(rf"^[ \t]*(?:\[\[?[ \t]*)?{_written(path)}[ \t]*[\].]", text, re.MULTILINE):
        return table.start()
    return value_offset(text, tables) if tables else None


def _written(path: Path) -> str:
    """A pattern of the keys with dots between them, with or without quotes."""
    return r"[ \t]*\.[ \t]*".join(f"""["']?{re.escape(key)}["']?""" for key in path)


def replaced(text: str, path: Path, value: Value) -> str:
    """The text with another value at the path. Raises `TOMLKitError` where tomlkit cannot follow."""
    document = tomlkit.parse(text)
    table: Any = document
    for name in path[:-1]:
        if not isinstance(table.get(name), Mapping):
            in_line = name in table or isinstance(table, InlineTable)
            table[name] = tomlkit.inline_table() if in_line else tomlkit.table()
        table = table[name]
    old = table.get(path[-1])
    stays_in_line = old is not None and not isinstance(old, Table | AoT)  # tomlkit moves a table to the end
    table[path[-1]] = tomlkit.item(value, tomlkit.array()) if stays_in_line else value
    return tomlkit.dumps(document)


def removed(text: str, path: Path) -> str:
    """The text without the key at the path; a table that this empties goes too."""
    document = tomlkit.parse(text)
    tables: list[Any] = [document]
    for name in path[:-1]:
        tables.append(tables[-1][name])
    del tables[-1][path[-1]]
    for table, name in zip(reversed(tables[:-1]), reversed(path[:-1]), strict=True):
        if not table[name]:
            del table[name]
    without_tables = text if path[0] in document else _without_tables(text, path[0])
    return tomlkit.dumps(document) if without_tables == text else without_tables


def dumped(values: Mapping[str, Value]) -> str:
    """TOML of these values. Raises one of `EDIT_ERRORS` for null, which TOML has not."""
    return tomlkit.dumps(values)


def _without_tables(text: str, name: str) -> str:
    """The text without the tables of this name. Comments behind them, which tomlkit takes for theirs, stay."""
    kept: list[str] = []
    behind: list[str] = []  # comments and blank lines that may belong to what follows
    inside = False
    for line in text.splitlines(keepends=True):
        if header := _HEADER.match(line):
            inside = header[header.lastindex or 0] == name
        if not inside:
            kept += [*behind, line]
            behind = []
        else:
            behind = [*behind, line] if _NO_ENTRY.match(line) else []
    return "".join(kept + behind)


def _offset(text: str, line: int, column: int) -> int:
    # tomllib counts lines after it has made CRLF into LF, which changes no line's number.
    before = text.split("\n")[: line - 1]
    return sum(len(each) + 1 for each in before) + column - 1


EDIT_ERRORS = (TOMLKitError, ValueError, KeyError, TypeError, AttributeError)
"""What tomlkit raises for documents that it cannot edit though they are valid."""
