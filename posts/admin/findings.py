"""What the lint finds in a post that is being written, placed where the form shows it."""

import re
from bisect import bisect_right
from collections.abc import Iterable
from pathlib import PurePosixPath
from typing import Any

from django.utils.translation import gettext_lazy as _

from posts import lint
from posts.document import Document
from posts.front_matter_keys import KEYS
from posts.importing.reading import LEADS_NOWHERE, misused
from posts.lint import Diagnostic, Severity
from posts.lint.inspected import Inspected
from posts.markup import Markup
from posts.rendering import ShortcodeFinding

SEVERITIES = {Severity.ERROR: _("Error"), Severity.WARNING: _("Warning"), Severity.HINT: _("Hint")}
# The fields whose keys the lint looks at; of those that share a key the one that a finding is about stands first.
FIELDS = (
    "tags",
    "date",
    "publish_date",
    "expiry_date",
    "cover_alt",
    "title",
    "slug",
    "description",
    "summary",
    "authors",
)
PATH = PurePosixPath("post.md")  # which nobody is shown
_LINE_END = re.compile(r"\r\n|\r|\n")


def findings(
    document: Document, typed: str, shortcodes: Iterable[ShortcodeFinding], markup: Markup
) -> list[dict[str, Any]]:
    """The findings as JSON, each with the name of its `field`, or with its place `from` and `to` in the body as typed.

    A place is a line and a character from 0, as CodeMirror counts them. `shortcodes` are what is wrong with some.
    """
    inspected = Inspected(document)
    body = _Body(document, typed)
    found = lint.inspect(document, path=PATH, hints=True, markup=markup)
    if LEADS_NOWHERE not in lint.ignored_by(document):
        found = lint.capped([*found, *(misused(PATH, document, each) for each in shortcodes)])
    return [_said(each) | _placed(each, inspected, body) for each in found]


def _said(finding: Diagnostic) -> dict[str, Any]:
    return {
        "code": finding.code,
        "severity": finding.severity,
        "label": str(SEVERITIES[finding.severity]),
        "message": finding.translated,
        "fix": finding.fix,
        "count": finding.count,
    }


def _placed(finding: Diagnostic, inspected: Inspected, body: "_Body") -> dict[str, Any]:
    start = inspected.offset(finding.line, finding.column)
    if start < inspected.document.body_start:
        return {"field": _field_at(start, inspected)}
    return {"from": body.place(start), "to": body.place(start + finding.length)}


def _field_at(offset: int, inspected: Inspected) -> str:
    """The field of the key that stands last before the offset; "" where it has none."""
    starts = {inspected.key_start(key): key for key in inspected.document.values}
    owner = starts.get(max((start for start in starts if start <= offset), default=-1))
    keys = ((name, key.partition(".")[0].casefold()) for name in FIELDS for key in KEYS[name])
    return next((name for name, key in keys if owner and key == owner.casefold()), "")


class _Body:
    """Where the document's characters stand in the body as it is typed: without some of the blank lines above it."""

    def __init__(self, document: Document, typed: str) -> None:
        self.text = document.text
        ends = _LINE_END.finditer(document.text, document.body_start)
        self.starts = [document.body_start, *(end.end() for end in ends)]
        self.left_out = _blank_lines(document.body) - _blank_lines(typed)

    def place(self, offset: int) -> dict[str, int]:
        """Line and character, in UTF-16 as scripts count."""
        line = bisect_right(self.starts, offset) - 1
        before = self.text[self.starts[line] : offset]
        return {"line": max(line - self.left_out, 0), "ch": len(before.encode("utf-16-le")) // 2}


def _blank_lines(text: str) -> int:
    """How many stand at its beginning."""
    return len(_LINE_END.findall(text[: len(text) - len(text.lstrip("\r\n"))]))
