"""What an import did or would do, file by file: printed by the command, shown in the admin, asserted in tests."""

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any

from posts.lint import Diagnostic, Severity, capped
from posts.sentences import gettext_noop
from posts.translating import translated


class Status(StrEnum):
    """What became of one file."""

    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    SKIPPED = "skipped"
    CONFLICT = "conflict"
    ERROR = "error"

    @property
    def translated(self) -> str:
        """The word in the language of this request."""
        return translated(_WORDS[self])


_WORDS = {
    Status.CREATED: gettext_noop("created"),
    Status.UPDATED: gettext_noop("updated"),
    Status.UNCHANGED: gettext_noop("unchanged"),
    Status.SKIPPED: gettext_noop("skipped"),
    Status.CONFLICT: gettext_noop("conflict"),
    Status.ERROR: gettext_noop("error"),
}

FAILURES = frozenset({Status.CONFLICT, Status.ERROR})


@dataclass(slots=True)
class FileReport:
    """One file's line of the report."""

    path: Path
    status: Status
    url: str | None = None  # its post's path
    diagnostics: Sequence[Diagnostic] = ()
    ignored: Collection[str] = frozenset()  # codes that nobody wants to hear of

    def add(self, *found: Diagnostic) -> None:
        """Reports these, capped with those before; of what is ignored only errors, without which nobody would know why a
        file is not there."""
        heard = (each for each in found if each.severity is Severity.ERROR or each.code not in self.ignored)
        self.diagnostics = capped([*self.diagnostics, *heard])

    def as_json(self) -> dict[str, Any]:
        shown = ("line", "column", "code", "severity", "message", "fix")
        findings = [{name: getattr(finding, name) for name in shown} for finding in self.diagnostics]
        return {"path": str(self.path), "status": self.status, "url": self.url, "diagnostics": findings}


@dataclass(slots=True)
class Report:
    """All files' lines, in the order of the walk."""

    files: list[FileReport] = field(default_factory=list)
    seconds: float = 0.0

    @property
    def failed(self) -> bool:
        return any(file.status in FAILURES for file in self.files)

    @property
    def diagnostics(self) -> Iterator[Diagnostic]:
        """All that was found."""
        return (finding for file in self.files for finding in file.diagnostics)

    @property
    def severities(self) -> set[Severity]:
        """How severe what was found is."""
        return {finding.severity for finding in self.diagnostics}

    def paths_below(self, folder: Path) -> None:
        """Shows paths as they are below this folder, which only the import knew."""
        for file in self.files:
            if file.path.is_relative_to(folder):
                file.path = file.path.relative_to(folder)

    def nothing_written(self) -> None:
        """What would have been written was not, because of the errors."""
        for file in self.files:
            if file.status in {Status.CREATED, Status.UPDATED}:
                file.status = Status.SKIPPED

    def as_json(self) -> dict[str, Any]:
        """The contract's JSON report."""
        return {
            "summary": {
                "files": len(self.files),
                **self._counts(),
                "warnings": self._warnings(),
                "seconds": round(self.seconds, 3),
            },
            "files": [file.as_json() for file in self.files],
        }

    def lines(self) -> list[str]:
        """The findings, and last the summary."""
        findings = map(str, self.diagnostics)
        counts = ", ".join(f"{count} {name}" for name, count in self._counts().items())
        return [*findings, f"{len(self.files)} files: {counts} ({self.seconds:.1f} s)"]

    def error_lines(self) -> list[str]:
        """Only what went wrong."""
        return [str(finding) for finding in self.diagnostics if finding.severity is Severity.ERROR]

    def _counts(self) -> dict[str, int]:
        counts = Counter(file.status for file in self.files)
        names = (Status.CREATED, Status.UPDATED, Status.UNCHANGED, Status.SKIPPED)
        return {name.value: counts[name] for name in names} | {"errors": sum(counts[name] for name in FAILURES)}

    def _warnings(self) -> int:
        return sum(finding.count for finding in self.diagnostics if finding.severity is Severity.WARNING)
