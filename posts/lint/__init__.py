"""What an editor would want to know of a document, each finding with a stable code and its exact place."""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import PurePath


class Severity(StrEnum):
    """How much a finding matters: an error keeps the document out."""

    ERROR = "error"
    WARNING = "warning"
    HINT = "hint"


class Code(StrEnum):
    """What keeps a file out, documented in docs/import.md."""

    UNREADABLE_FILE = "MG101"
    UNREADABLE_FRONT_MATTER = "MG102"
    UNUSABLE_VALUE = "MG103"
    UNUSABLE_PATH = "MG104"
    PATH_TAKEN = "MG105"
    UNRENDERABLE = "MG106"
    CONFLICT = "MG107"
    NOT_A_POST = "MG108"
    PICTURE_REFUSED = "MG109"
    DEAD_LINK = "MG4"


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

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}: {self.code} {self.message}"


@dataclass(frozen=True, slots=True)
class InternalLink:
    """A link to a path of the site itself."""

    target: str
    line: int
    column: int


def inspect(document, *, path, hints=False, ignore=()):  # replaced
    return []


def internal_links(document):  # replaced
    return []


def fixed(document, diagnostics):  # replaced
    return document
