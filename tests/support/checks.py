"""Checks for tests, and what the default ones say of a document."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from django.utils import timezone as clock

from posts import checks
from posts.checks import Answer, Candidate, Check, Finding, Severity, each
from posts.models import Post
from tests.support.writing import projected

ENDS = datetime(2999, 1, 1, 12, 30, 15, tzinfo=UTC)


def _unless_approved(candidate: Candidate) -> Iterator[Finding]:
    if "approved" not in candidate.projection.text:
        yield Finding(Severity.ERROR, "Nobody has approved it.", field="body")


approval = Check("approval", "It is approved", each(_unless_approved))
"""Stops whatever does not say that it is approved, whoever publishes it."""

until = Check("until", "Approved", lambda candidates: [Answer(until=ENDS) for _ in candidates])
"""Lets everything be public until a moment far ahead."""


def said(*names: str, post: Post | None = None, at: datetime | None = None, **values: Any) -> list[str]:
    """What these default checks say of a document with these values; all of them where none is named."""
    return [finding.message for finding in found(*names, post=post, at=at, **values)]


def found(*names: str, post: Post | None = None, at: datetime | None = None, **values: Any) -> list[Finding]:
    """The same as findings."""
    candidate = Candidate(projected(**values), post, at or clock.now())
    [verdict] = checks.verdicts([candidate], by_a_person=True)
    return [finding for finding in verdict.findings if not names or finding.check in names]
