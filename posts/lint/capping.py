"""A bound on what is said of one file, for a long one may have the same slip in every line."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from posts.lint.diagnostics import Diagnostic, Severity
from posts.sentences import Number, gettext_noop

MOST = 1000
"""Findings of one code that are told one by one; errors all are."""


def capped(findings: Iterable[Diagnostic]) -> list[Diagnostic]:
    """The first of each code, in the order given, and in the place of the next one that says how many more there are.

    Capped findings may be capped again with others.
    """
    findings = list(findings)
    if len(findings) <= MOST and all(finding.count == 1 for finding in findings):
        return findings
    shown: list[Diagnostic] = []
    seen: Counter[tuple[str, Severity]] = Counter()
    rest: dict[tuple[str, Severity], int] = {}  # where the one that stands for more is shown
    for finding in findings:
        kind = finding.code, finding.severity
        seen[kind] += finding.count
        if finding.severity is Severity.ERROR or seen[kind] <= MOST:
            shown.append(finding)
        elif kind not in rest:
            rest[kind] = len(shown)
            shown.append(finding)
    for kind, place in rest.items():
        count = seen[kind] - MOST
        message = gettext_noop("%(count)s more findings of this kind follow; fix those above first")
        shown[place] = replace(
            shown[place], message=message % {"count": Number(count)}, fix=None, length=0, count=count
        )
    return shown
