"""The report as SARIF 2.1.0, which code hosts and editors show beside the files."""

from typing import Any
from urllib.parse import quote

from posts.importing.report import FileReport, Report
from posts.lint import Diagnostic, Severity

LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.HINT: "note"}
SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


def log(report: Report) -> dict[str, Any]:
    """The SARIF log: one run, one result a finding."""
    codes = sorted({finding.code for file in report.files for finding in file.diagnostics})
    return {
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {"driver": {"name": "Monograph", "rules": [{"id": str(code)} for code in codes]}},
                "columnKind": "unicodeCodePoints",
                "results": [_result(file, finding) for file in report.files for finding in file.diagnostics],
            }
        ],
    }


def _result(file: FileReport, finding: Diagnostic) -> dict[str, Any]:
    uri = file.path.as_uri() if file.path.is_absolute() else quote(file.path.as_posix())
    place = {"artifactLocation": {"uri": uri}}
    region = {"startLine": finding.line, "startColumn": finding.column}
    return {
        "ruleId": str(finding.code),
        "level": LEVELS[finding.severity],
        "message": {"text": finding.message},
        "locations": [{"physicalLocation": place | {"region": region}}],
    }
