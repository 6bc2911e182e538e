"""Who else has opened a post lately. It is told through the cache: nothing is written to the database to read a page."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.cache import cache
from django.utils import timezone as clock

from accounts.models import User
from posts.models import Post, Revision

LATELY = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Opened:
    """Someone who opened the post, and when last."""

    name: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Company:
    """Who else is at a post, and the revision that was saved since its form was filled from `base`."""

    others: list[Opened]
    base: str
    newer: Revision | None

    @classmethod
    def of(cls, post: Post, user: User, *, base: str) -> "Company":
        """As it is now. `base` is the revision's key as the form says it, whatever was made of that."""
        latest = post.latest_revision
        newer = latest if latest and base.isdecimal() and base != str(latest.pk) else None
        return cls(others(post, user), base, newer)


def others(post: Post, user: User) -> list[Opened]:
    """The others who opened the post in the last ten minutes, the latest first. Remembers that this person does now."""
    key, now = f"posts.opened.{post.pk}", clock.now()
    opened: dict[int, Opened] = cache.get(key, {})
    recent = {pk: each for pk, each in opened.items() if each.at > now - LATELY}
    name = user.get_full_name() or user.get_username()
    cache.set(key, recent | {user.pk: Opened(name, now)}, LATELY.total_seconds())
    return sorted((each for pk, each in recent.items() if pk != user.pk), key=lambda each: each.at, reverse=True)
