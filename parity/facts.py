"""What is compared of a page, the same for both sides."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import datetime


@dataclass(frozen=True, slots=True)
class PageFacts:
    """One page. Paths are decoded; `tags` are the last parts of the tags' URLs, `led_from` those of the addresses that
    redirect to each; `minutes` is the reading time."""

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
    led_from: Mapping[str, frozenset[str]] = field(default_factory=dict)


PLAIN_FIELDS = tuple(each.name for each in fields(PageFacts) if each.name not in {"html", "jekyll", "led_from"})
"""The fields whose values are simply equal or not."""

FIELDS = (*PLAIN_FIELDS, "headings", "body")


def term_slug_of(path: str, folder: str) -> str:
    """What tells a tag in the decoded path of its page: `/fr/frtags/médecine/` gives `médecine`, as do `/tags/médecine.html`
    and, of a site with such permalinks, `/tag/médecine/`."""
    path = path.rstrip("/").removesuffix(".html")
    return path.partition(folder)[2] or path.rpartition("/")[2]
