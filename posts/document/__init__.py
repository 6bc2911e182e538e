"""Text ⇄ front matter and body, lossless: every byte that nobody changed comes out as it went in."""

import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from enum import StrEnum
from types import ModuleType
from typing import Self

from posts.document import json_text, toml_text, yaml_text
from posts.document.values import (
    MAX_DEPTH,
    Malformed,
    Path,
    Value,
    comparable,
    is_deep,
    matching_key,
    repeated,
    with_value,
    without,
    written_path,
)
from posts.sentences import Sentence, gettext_noop, joined

__all__ = ["Document", "DocumentError", "Format", "Value"]

_OPENING = re.compile(r"\ufeff?\s*(---|\+\+\+)[ \t]*(?:[ \t]#[^\r\n]*)?(?:\r?\n|\Z)")
_OPENING_BEFORE_CR = re.compile(r"\ufeff?\s*(?:---|\+\+\+)[ \t]*\r")
_CLOSING = {
    "---": re.compile(r"^(?:---|\.\.\.(?=[ \t]*\r?$))[ \t]*(?:\r?\n)?", re.MULTILINE),
    "+++": re.compile(r"^\+\+\+[ \t]*(?:\r?\n)?", re.MULTILINE),
}
_KEY = r"[A-Za-z][\w-]{0,40}+:(?:[ \t][^\r\n]*+)?\r?\n"
_UNOPENED = re.compile(
    rf"\ufeff?(?P<front>(?=(?:title|layout):[ \t]){_KEY}(?:{_KEY}|[ \t]*+-[ \t][^\r\n]*+\r?\n|[ \t]++\S[^\r\n]*+\r?\n)++)"
    r"(?:(?:[ \t]*+\r?\n)*+(?P<fence>---)[ \t]*+(?:\r?\n|\Z)|[ \t]*+\r?\n)",
    re.IGNORECASE,
)
"""Front matter that begins with its title, as Hexo writes it, down to a line of `---`, and Pelican, down to a blank line."""
_LONE_FEED = re.compile(r"(?<!\r)\n")
_JSON_OPENING = re.compile(r'\ufeff?\s*(?=\{\s*["}])')


class Format(StrEnum):
    """The syntax of a document's front matter."""

    YAML = "yaml"
    TOML = "toml"
    JSON = "json"
    NONE = "none"


_SYNTAX: dict[Format, ModuleType] = {Format.YAML: yaml_text, Format.TOML: toml_text, Format.JSON: json_text}


class DocumentError(ValueError):
    """A text that is no document. `line` and `column` count from 1, in characters, as editors do."""

    def __init__(self, line: int, column: int, problem: str, mend: str) -> None:
        super().__init__(line, column, problem, mend)
        self.line, self.column, self.problem, self.mend = line, column, problem, mend

    @property
    def sentence(self) -> Sentence:
        """The problem and the mend, to be translated where they are shown."""
        return joined("%(problem)s; %(mend)s", problem=self.problem, mend=self.mend)

    def __str__(self) -> str:
        return str(self.sentence)


@dataclass(frozen=True, slots=True)
class Document:
    """A post as one text: `text[front_start:front_end]` is its front matter, `text[body_start:]` its Markdown."""

    text: str  # all of it, byte-order mark and line ends included
    format: Format = field(compare=False)
    front_start: int = field(compare=False, repr=False)
    front_end: int = field(compare=False, repr=False)
    body_start: int = field(compare=False, repr=False)
    values: Mapping[str, Value] = field(compare=False, repr=False)  # the front matter, its keys as written

    @classmethod
    def parse(cls, data: bytes) -> Self:
        """The document in these bytes, which `dump` gives back. Raises `DocumentError`."""
        try:
            return cls.of(data.decode())
        except UnicodeDecodeError as error:
            before = data[: error.start].decode(errors="replace")
            problem = gettext_noop("the file is not UTF-8: byte %(offset)s is %(byte)s")
            problem %= {"offset": error.start, "byte": f"0x{data[error.start]:02x}"}
            raise DocumentError(*_place(before, len(before)), problem, gettext_noop("save it as UTF-8")) from None

    @classmethod
    def of(cls, text: str) -> Self:
        """The document in this text. Raises `DocumentError`."""
        if (nul := text.find("\0")) >= 0:
            problem = gettext_noop("the text holds a NUL character")
            raise DocumentError(*_place(text, nul), problem, gettext_noop("take it out"))
        try:
            text.encode()
        except UnicodeEncodeError as error:
            problem, mend = (
                gettext_noop("the text holds half of a surrogate pair"),
                gettext_noop("write the character itself"),
            )
            raise DocumentError(*_place(text, error.start), problem, mend) from None
        if opening := _OPENING.match(text):
            return cls._fenced(text, opening)
        if carriage := _OPENING_BEFORE_CR.match(text):
            problem = gettext_noop("the lines end in carriage returns alone")
            mend = gettext_noop("save it with LF or CRLF line ends")
            raise DocumentError(*_place(text, carriage.end() - 1), problem, mend)
        if opening := _JSON_OPENING.match(text):
            return cls._with_object(text, opening.end())
        if (unopened := _UNOPENED.match(text)) and (found := cls._unopened(text, unopened)):
            return found
        return cls(text, Format.NONE, 0, 0, 1 if text.startswith("\ufeff") else 0, {})

    @classmethod
    def new(cls, values: Mapping[str, Value], body: str) -> Self:
        """A document with YAML front matter."""
        return cls.of(f"---\n{yaml_text.dumped(values)}---\n{body}")

    def dump(self) -> bytes:
        return self.text.encode()

    @property
    def body(self) -> str:
        return self.text[self.body_start :]

    @property
    def body_line(self) -> int:
        """The line of the body's first character."""
        return self.place(self.body_start)[0]

    def get(self, key: str, default: Value = None) -> Value:
        """The value of a key such as `title` or `cover.image`, in whatever case it is written."""
        here: Value = self.values
        for name in key.split("."):
            found = matching_key(here, name) if isinstance(here, Mapping) else None
            if found is None:
                return default
            here = here[found]
        return here

    def position(self, key: str) -> tuple[int, int]:
        """Line and column of a key's value; of the text's beginning if it has none."""
        if self.format is Format.NONE:
            return 1, 1
        offset = _SYNTAX[self.format].value_offset(self._front, written_path(self.values, key.split(".")))
        return (1, 1) if offset is None else self.place(self.front_start + offset)

    def place(self, offset: int) -> tuple[int, int]:
        """Line and column of a character of the text, from 1; a byte-order mark has no column."""
        return _place(self.text, offset)

    def replace(self, key: str, value: Value) -> Self:
        """The document with this value at the key; every line that is not the key's stays."""
        path = written_path(self.values, key.split("."))
        if self.format is Format.NONE:
            return self._with_new_front(with_value({}, path, value))
        wanted = with_value(self.values, path, value)
        return self._edited(wanted, path, lambda syntax: syntax.replaced(self._front, path, value))

    def remove(self, key: str) -> Self:
        """The document without the key; the same document where it has none."""
        path = written_path(self.values, key.split("."))
        wanted = without(self.values, path)
        if comparable(wanted) == comparable(dict(self.values)):
            return self
        return self._edited(wanted, path, lambda syntax: syntax.removed(self._front, path))

    def with_body(self, body: str) -> Self:
        """The document with another body. Raises `DocumentError` where that would be read as front matter."""
        if body == self.body:
            return self
        head = self.text[: self.body_start]
        glued = self.format is not Format.NONE and not head.endswith("\n")
        changed = self.of(head + ("\r\n" if "\r\n" in head else "\n") * glued + body)
        if changed.body != body:
            problem, mend = (
                gettext_noop("the body begins like front matter"),
                gettext_noop("begin it with a blank line"),
            )
            raise DocumentError(self.body_line, 1, problem, mend)
        return changed

    @classmethod
    def _fenced(cls, text: str, opening: re.Match[str]) -> Self:
        fence = opening[1]
        closing = _CLOSING[fence].search(text, opening.end())
        if not closing:
            problem = gettext_noop("the front matter that begins with %(fence)s never ends") % {"fence": fence}
            mend = gettext_noop("close it with a line %(fence)s") % {"fence": fence}
            raise DocumentError(*_place(text, opening.start(1)), problem, mend)
        form = Format.YAML if fence == "---" else Format.TOML
        values = _loaded(form, text, opening.end(), closing.start())
        return cls(text, form, opening.end(), closing.start(), closing.end(), values)

    @classmethod
    def _unopened(cls, text: str, found: re.Match[str]) -> Self | None:
        """None for what is a body: it is no YAML, or ends at a blank line without having said a date."""
        start, end = found.span("front")
        with suppress(DocumentError):
            values = _loaded(Format.YAML, text, start, end)
            if found["fence"] or "date" in {str(key).casefold() for key in values}:
                return cls(text, Format.YAML, start, end, found.end(), values)
        return None

    @classmethod
    def _with_object(cls, text: str, start: int) -> Self:
        try:
            _, end = json_text.object_at(text, start)
        except Malformed as error:
            raise DocumentError(*_place(text, error.offset), error.problem, error.mend) from None
        values = _loaded(Format.JSON, text, start, end)
        behind = re.compile(r"[ \t]*\r?\n?").match(text, end)
        return cls(text, Format.JSON, start, end, behind.end() if behind else end, values)

    @property
    def _front(self) -> str:
        return self.text[self.front_start : self.front_end]

    def _edited(self, wanted: Mapping[str, Value], path: Path, edit: Callable[[ModuleType], str]) -> Self:
        """The document with its front matter spliced; where a rare construct defeats the splice, with the whole entry
        written anew, else with all of them."""
        syntax = _SYNTAX[self.format]
        sample = self._front if "\n" in self._front else self.text
        for make in (
            edit,
            lambda syntax: syntax.replaced(self._front, path[:1], wanted[path[0]]),
            lambda syntax: syntax.dumped(wanted),
        ):
            with suppress(DocumentError, *toml_text.EDIT_ERRORS):
                front = _with_line_ends_of(sample, make(syntax))
                changed = self.of(self.text[: self.front_start] + front + self.text[self.front_end :])
                if comparable(changed.values) == comparable(wanted) and changed.body == self.body:
                    return changed
        problem, mend = gettext_noop("the front matter cannot hold this value"), gettext_noop("change it in the file")
        raise DocumentError(1, 1, problem, mend)

    def _with_new_front(self, values: Mapping[str, Value]) -> Self:
        """YAML front matter before what was only a body."""
        mark = self.text[: self.body_start]
        front = f"---\n{yaml_text.dumped(values)}---\n"
        return self.of(mark + _with_line_ends_of(self.body, front) + self.body)


def _loaded(form: Format, text: str, start: int, end: int) -> Mapping[str, Value]:
    """The values between two offsets. Raises `DocumentError`."""
    try:
        values: dict[str, Value] = _SYNTAX[form].load(text[start:end])
    except Malformed as error:
        raise DocumentError(*_place(text, start + error.offset), error.problem, error.mend) from None
    if is_deep(values, MAX_DEPTH):
        problem = gettext_noop("the front matter is nested more than %(most)s deep") % {"most": MAX_DEPTH}
        raise DocumentError(*_place(text, start), problem, gettext_noop("simplify it"))
    if (twice := repeated(values, str.casefold)) is not None:
        offset = _SYNTAX[form].value_offset(text[start:end], [twice]) or 0
        problem = gettext_noop("the key %(key)s stands twice, in different case") % {"key": " ".join(twice.split())}
        raise DocumentError(*_place(text, start + offset), problem, gettext_noop("take one out"))
    return values


def _place(text: str, offset: int) -> tuple[int, int]:
    """Line and column of a character, from 1; a byte-order mark has no column."""
    before = text[:offset].removeprefix("\ufeff")
    return before.count("\n") + 1, len(before) - before.rfind("\n")


def _with_line_ends_of(old: str, new: str) -> str:
    """The new text with CRLF where the old one has nothing else."""
    return _LONE_FEED.sub("\r\n", new) if "\r\n" in old and not _LONE_FEED.search(old) else new
