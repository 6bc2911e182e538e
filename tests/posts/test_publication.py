"""When a post is public."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from posts.dates import EARLIEST
from posts.publication import NEVER, window

pytestmark = pytest.mark.pure

NOON = datetime(2024, 6, 13, 12, tzinfo=timezone(timedelta(hours=7)))
LATER = NOON + timedelta(days=1)


def test_a_draft_is_never_public() -> None:
    assert window(draft=True, date=NOON, publish_date=None, expiry_date=None) == NEVER


def test_the_date_decides_when_there_is_no_publish_date() -> None:
    assert window(draft=False, date=NOON, publish_date=None, expiry_date=None).public_from == NOON


def test_the_publish_date_decides_before_the_date() -> None:
    assert window(draft=False, date=NOON, publish_date=LATER, expiry_date=None).public_from == LATER


def test_a_post_without_dates_is_public() -> None:
    assert window(draft=False, date=None, publish_date=None, expiry_date=None).public_from == EARLIEST


def test_a_post_that_expires_before_it_appears_is_never_public() -> None:
    assert window(draft=False, date=LATER, publish_date=None, expiry_date=NOON) == NEVER


def test_moments_are_kept_in_utc() -> None:
    public = window(draft=False, date=NOON, publish_date=None, expiry_date=LATER)

    assert public.public_from is not None
    assert public.public_from.tzinfo is UTC
    assert public.public_until == LATER
