"""What is said of a document: a finding's place, its code, how much it matters, and the mend where one is clear."""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import PurePath
from typing import NamedTuple

from posts.sentences import in_one_line
from posts.translating import translated


class Severity(StrEnum):
    """How much a finding matters: an error keeps the document out."""

    ERROR = "error"
    WARNING = "warning"
    HINT = "hint"


class Code(StrEnum):
    """What keeps a file out, or something of it, documented in docs/import.md."""

    UNREADABLE_FILE = "MG101"
    UNREADABLE_FRONT_MATTER = "MG102"
    UNUSABLE_VALUE = "MG103"
    UNUSABLE_PATH = "MG104"
    PATH_TAKEN = "MG105"
    UNRENDERABLE = "MG106"
    CONFLICT = "MG107"
    NOT_A_POST = "MG108"
    PICTURE_REFUSED = "MG109"
    ALIAS_TAKEN = "MG110"
    HELD_BACK = "MG111"


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One finding in one file. `line` and `column` count from 1, as editors do."""

    path: PurePath
    line: int
    column: int
    code: str
    severity: Severity
    message: str  # what is wrong and the mend, in one sentence
    fix: str | None = None  # replaces the marked text
    length: int = 0  # of the marked text, in characters from `column` on, line ends included
    count: int = 1  # of the findings that it stands for

    @property
    def translated(self) -> str:
        """The message in the language of this request."""
        return translated(self.message)

    def __str__(self) -> str:
        """One line, whatever the file is called."""
        return f"{in_one_line(str(self.path))}:{self.line}:{self.column}: {self.code} {self.message}"


@dataclass(frozen=True, slots=True)
class InternalLink:
    """A link or an image whose address is a path of the site; `line` and `column` are the address's, from 1."""

    target: str  # as written
    line: int
    column: int


class Finding(NamedTuple):
    """What a rule says: the marked text as offsets in the document, what is wrong, and the clear mend if there is one."""

    start: int
    end: int
    message: str
    fix: str | None = None
