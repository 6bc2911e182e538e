"""When a post is public: two moments, worked out whenever something changes, so that nothing has to run when one comes.

And what a document has to say for its post to be a draft, public, or gone.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime

from posts import frontmatter
from posts.dates import EARLIEST
from posts.document import Document, Value
from posts.frontmatter import Reading


@dataclass(frozen=True, slots=True)
class Window:
    """`public_from` (None: never) to `public_until` (None: no end), the latter not included."""

    public_from: datetime | None
    public_until: datetime | None

    def ended_by(self, moments: Iterable[datetime]) -> "Window":
        """The window that ends no later than any of these moments; `NEVER` where nothing is left of it."""
        start, ends = self.public_from, [*moments, *([self.public_until] if self.public_until else [])]
        if start is None or not ends:
            return self
        end = min(ends).astimezone(UTC)
        return Window(start, end) if start < end else NEVER

    def is_open_after(self, at: datetime) -> bool:
        """Whether it is open at that moment or later."""
        start, end = self.public_from, self.public_until
        return start is not None and (end is None or end > at)

    def opens_after(self, at: datetime) -> bool:
        """Whether it is still shut at that moment, and opens later."""
        start = self.public_from
        return start is not None and start > at

    def ends_before(self, other: "Window") -> bool:
        """Whether it has an end that the other outlasts."""
        end, others = self.public_until, other.public_until
        return end is not None and (others is None or end < others)


NEVER = Window(None, None)


def window(
    *, draft: bool, date: datetime | None, publish_date: datetime | None, expiry_date: datetime | None
) -> Window:
    """Hugo's rule: a draft never; else from the publish date, or the date, or always, until the expiry date."""
    start = (publish_date or date or EARLIEST).astimezone(UTC)
    if draft or (expiry_date and expiry_date <= start):
        return NEVER
    return Window(start, expiry_date and expiry_date.astimezone(UTC))


def as_draft(document: Document, reading: Reading) -> Document:
    """The document of a post that readers never see; the same where it is one."""
    return document if frontmatter.read(document, reading).draft else document.replace("draft", value=True)


def as_public(document: Document, reading: Reading) -> Document:
    """The document of a post that readers see from its date on; the same where it is one."""
    if not frontmatter.read(document, reading).draft:
        return document
    if document.get("published") in (False, "false"):  # Jekyll's word for a draft
        document = document.remove("published")
    return document.replace("draft", value=False) if frontmatter.read(document, reading).draft else document


def as_expired(document: Document, at: datetime, reading: Reading) -> Document:
    """The document of a post that readers saw until this moment."""
    return as_public(document, reading).replace(
        frontmatter.key_of(document, "expiry_date", reading) or "expiryDate", at
    )


def on_day(document: Document, day: date, reading: Reading, *, otherwise: datetime) -> Document:
    """The document of a post that goes public on this day, at the time of day and in the offset that it says.

    What has a publish date gets another one, else it is the date. `otherwise` is the moment where it says none.
    """
    name = "publish_date" if frontmatter.key_of(document, "publish_date", reading) else "date"
    key = frontmatter.key_of(document, name, reading) or "date"
    moment = getattr(frontmatter.read(document, reading), name) or otherwise
    return document.replace(key, day if _is_day(document.get(key)) else datetime.combine(day, moment.timetz()))


def _is_day(value: Value) -> bool:
    """Whether a date is written without a time of day."""
    if isinstance(value, str):
        return re.fullmatch(r"\d{4}-\d{2}-\d{2}", value) is not None
    return isinstance(value, date) and not isinstance(value, datetime)
