"""What is compared of a page, the same for both sides."""

from dataclasses import dataclass, fields
from datetime import datetime


@dataclass(frozen=True, slots=True)
class PageFacts:
    """One page. Paths are decoded; `tags` are the last parts of the tags' URLs; `minutes` is the reading time."""

    published: bool
    url: str
    title: str
    date: datetime | None
    publish_date: datetime | None
    expiry_date: datetime | None
    last_modified: datetime | None
    tags: frozenset[str]
    aliases: frozenset[str]
    minutes: int
    html: str
    jekyll: bool = False  # read by Jekyll's rules


PLAIN_FIELDS = tuple(field.name for field in fields(PageFacts) if field.name not in {"html", "jekyll"})
"""The fields whose values are simply equal or not."""

FIELDS = (*PLAIN_FIELDS, "headings", "body")
