"""When a post is public: two moments, worked out whenever something changes, so that nothing has to run when one comes."""

from dataclasses import dataclass
from datetime import UTC, datetime

from posts.dates import EARLIEST


@dataclass(frozen=True, slots=True)
class Window:
    """`public_from` (None: never) to `public_until` (None: no end), the latter not included."""

    public_from: datetime | None
    public_until: datetime | None


NEVER = Window(None, None)


def window(
    *, draft: bool, date: datetime | None, publish_date: datetime | None, expiry_date: datetime | None
) -> Window:
    """Hugo's rule: a draft never; else from the publish date, or the date, or always, until the expiry date."""
    start = (publish_date or date or EARLIEST).astimezone(UTC)
    if draft or (expiry_date and expiry_date <= start):
        return NEVER
    return Window(start, expiry_date and expiry_date.astimezone(UTC))
