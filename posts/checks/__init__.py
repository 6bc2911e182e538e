"""Whether a document may be public: the checks that `PUBLICATION_CHECKS` names are asked, many documents at a time.

An error stops, a warning asks whoever publishes, a hint is only told. Two kinds of checks ask on two occasions: those
`for_people` when a person publishes, the others whenever anything makes a post public, so that nothing goes round them.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cached_property
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils.functional import Promise
from django.utils.module_loading import import_string
from django.utils.translation import gettext

from posts.document import Document
from posts.lint import Severity
from posts.lint.inspected import Inspected
from posts.markup import Markup
from posts.models import Post
from posts.projection import Projection
from posts.publication import NEVER, Window
from posts.shortcode_templates import shortcode_names

__all__ = ["Answer", "Candidate", "Check", "Finding", "Severity", "Verdict", "each", "verdicts"]


@dataclass(frozen=True)
class Candidate:
    """A document that is about to be public at some time, and its post, which is None or not stored for a new one."""

    projection: Projection
    post: Post | None
    at: datetime

    @cached_property
    def document(self) -> Document:
        return Document.of(self.projection.text)

    @cached_property
    def inspected(self) -> Inspected:
        """The document as the lint sees it: blocks, links and prose with their places."""
        markup = Markup(self.projection.markup)
        return Inspected(self.document, self.projection.language, shortcode_names(), markup)

    @property
    def key(self) -> int | None:
        """The post's own, by which it is told from others."""
        return self.post.pk if self.post else None

    @property
    def is_introduction(self) -> bool:
        """Whether the document is no article: it gives a list its title and introduction."""
        return self.projection.kind != Post.Kind.ARTICLE

    @property
    def was_public(self) -> bool:
        """Whether readers have seen the post, in whatever version."""
        seen = {Post.Status.LIVE, Post.Status.EXPIRED}
        return self.post is not None and self.post.pk is not None and self.post.status(self.at) in seen


@dataclass(frozen=True, slots=True)
class Finding:
    """What is wrong, the mend, and where: the form's field, in the document's text from `span[0]` to `span[1]`."""

    severity: Severity
    message: str
    mend: str = ""
    field: str = ""
    span: tuple[int, int] | None = None
    check: str = ""  # the check's name, which nobody has to give

    def __str__(self) -> str:
        return f"{self.message} {self.mend}".strip()

    @property
    def key(self) -> str:
        """What stays the same while the finding does, wherever in the text it stands."""
        return sha256(f"{self.check}|{self.field}|{self.message}".encode()).hexdigest()[:12]


@dataclass(frozen=True, slots=True)
class Answer:
    """What a check says of one document; `until` is when its permission ends, None where that is never."""

    findings: tuple[Finding, ...] = ()
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Check:
    """`ask` answers for each candidate in its place; `label` says in a few words what is well where it finds nothing."""

    name: str  # stable: the audit trail and the docs go by it
    label: str | Promise
    ask: Callable[[Sequence[Candidate]], Iterable[Answer]]
    for_people: bool = False  # asked when a person publishes; what an import or a command writes is not held by it


@dataclass(frozen=True, slots=True)
class Verdict:
    """What all checks say of one document, the worst first."""

    findings: tuple[Finding, ...] = ()
    limits: tuple[tuple[str, datetime], ...] = ()  # labels of checks whose permission ends, and when
    well: tuple[str, ...] = ()  # labels of checks that found nothing

    def of(self, *severities: Severity) -> list[Finding]:
        """The findings that are as severe as that."""
        return [finding for finding in self.findings if finding.severity in severities]

    def narrowed(self, window: Window) -> Window:
        """What is left of the window in which the document itself would be public."""
        if self.of(Severity.ERROR):
            return NEVER
        return window.ended_by([end for _, end in self.limits])

    @property
    def reasons(self) -> list[str]:
        """Why readers do not see the document, or not for as long as it says."""
        ends = [
            gettext("%(check)s: only until %(moment)s.")
            % {"check": label, "moment": f"{end.astimezone(UTC):%Y-%m-%d %H:%M:%S} UTC"}
            for label, end in self.limits
        ]
        return [str(finding) for finding in self.of(Severity.ERROR)] + ends


def each(find: Callable[[Candidate], Iterator[Finding]]) -> Callable[[Sequence[Candidate]], Iterable[Answer]]:
    """What `Check.ask` wants, of a function that looks at one document and needs no database."""
    return lambda candidates: (Answer(tuple(find(candidate))) for candidate in candidates)


def verdicts(candidates: Sequence[Candidate], *, by_a_person: bool) -> list[Verdict]:
    """What the checks say of each; those for people only where a person publishes."""
    asked = [check for check in installed() if by_a_person or not check.for_people]
    if not candidates or not asked:
        return [Verdict()] * len(candidates)
    answers = [_answers(check, candidates) for check in asked]
    return [_verdict(asked, said) for said in zip(*answers, strict=True)]


def installed() -> tuple[Check, ...]:
    """The checks of the setting, in its order. Raises `ImproperlyConfigured` for a name that leads to none."""
    return tuple(check for name in settings.PUBLICATION_CHECKS for check in _named(name))


def _named(name: str) -> Collection[Check]:
    try:
        found: Any = import_string(name)
    except ImportError as error:
        raise ImproperlyConfigured(f"PUBLICATION_CHECKS: {name} cannot be imported: {error}") from error
    checks = found if isinstance(found, tuple | list) else [found]
    if not all(isinstance(check, Check) for check in checks):
        raise ImproperlyConfigured(f"PUBLICATION_CHECKS: {name} is neither a Check nor a list of them")
    return checks


def _answers(check: Check, candidates: Sequence[Candidate]) -> list[Answer]:
    answers = list(check.ask(candidates))
    if len(answers) != len(candidates):
        raise ValueError(f"the check {check.name} gave {len(answers)} answers for {len(candidates)} documents")
    return answers


_ORDER = tuple(Severity)


def _verdict(checks: Sequence[Check], answers: Sequence[Answer]) -> Verdict:
    said = list(zip(checks, answers, strict=True))
    found = [replace(finding, check=check.name) for check, answer in said for finding in answer.findings]
    return Verdict(
        tuple(sorted(found, key=lambda finding: _ORDER.index(finding.severity))),
        tuple((str(check.label), answer.until) for check, answer in said if answer.until),
        tuple(str(check.label) for check, answer in said if not answer.findings),
    )
