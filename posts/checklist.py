"""What is to be mended, or looked at, before a document is published."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Self

from django.utils import timezone as clock

from posts import checks
from posts.checks import Candidate, Finding, Severity, Verdict
from posts.document import Document
from posts.models import Post
from posts.projection import Projection
from posts.site import UNPROJECTABLE, project
from posts.source import Source


@dataclass(frozen=True, slots=True)
class Checklist:
    """What the checks say of a document, and which of it readers' version has too: about that nobody is asked again."""

    verdict: Verdict
    known: frozenset[str] = frozenset()  # keys of findings

    @classmethod
    def of(cls, projection: Projection, post: Post | None) -> Self:
        """Of a document that a person is about to publish as this post's, or as a new one's."""
        return cls.of_all([(projection, post)])[0]

    @classmethod
    def of_all(cls, documents: Sequence[tuple[Projection, Post | None]]) -> list[Self]:
        """The same of many, in as many queries as of one where the posts came with their live revisions."""
        now = clock.now()
        asked = [Candidate(projection, post, now) for projection, post in documents]
        live = {n: seen for n, (_, post) in enumerate(documents) if (seen := _live(post, now))}
        said = checks.verdicts([*asked, *live.values()], by_a_person=True)
        known = dict(zip(live, said[len(asked) :], strict=True))
        return [
            cls(verdict, frozenset(finding.key for finding in known[n].findings) if n in known else frozenset())
            for n, verdict in enumerate(said[: len(asked)])
        ]

    @property
    def errors(self) -> list[Finding]:
        """What must be mended."""
        return self.verdict.of(Severity.ERROR)

    @property
    def warnings(self) -> list[Finding]:
        """What is worth a look."""
        return self.verdict.of(Severity.WARNING)

    @property
    def hints(self) -> list[Finding]:
        """What could be better, about which nobody is asked."""
        return self.verdict.of(Severity.HINT)

    @property
    def asking(self) -> list[Finding]:
        """The warnings that whoever publishes has to accept."""
        return [finding for finding in self.warnings if finding.key not in self.known]

    @property
    def accepting(self) -> str:
        """What the form sends back to accept them."""
        return " ".join(finding.key for finding in self.asking)

    def stops(self, accepted: Collection[str]) -> bool:
        """Whether it is not to be published, or not before more is accepted than this."""
        return bool(self.errors) or any(finding.key not in accepted for finding in self.asking)


def _live(post: Post | None, at: datetime) -> Candidate | None:
    """What readers see of the post."""
    if not post or not post.live_revision or post.status(at) != Post.Status.LIVE:
        return None
    try:
        document, source = Document.of(post.live_revision.text), Source.restored(post.source)
        return Candidate(project(document, source), post, at)
    except UNPROJECTABLE:
        return None  # what was fine when it was published; then all is new
