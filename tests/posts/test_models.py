"""What is published, when that changes, and where a post stands in lists."""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone as clock
from pytest_django import DjangoAssertNumQueries

from posts.models import Post, SiteState, TaggedPost
from tests.support.writing import LONG_AGO, write_post

pytestmark = pytest.mark.django_db

SOON = timedelta(hours=1)
ROOT = Path(__file__).resolve().parents[2]


def test_live_is_what_has_appeared_and_not_expired() -> None:
    now = clock.now()
    live = write_post("posts/live.md")
    write_post("posts/draft.md", draft=True)
    write_post("posts/scheduled.md", date=now + SOON)
    write_post("posts/expired.md", expiryDate=now - SOON)

    assert list(Post.objects.live()) == [live]


@pytest.mark.parametrize(
    ("values", "status"),
    [
        ({}, Post.Status.LIVE),
        ({"date": None}, Post.Status.LIVE),
        ({"draft": True}, Post.Status.DRAFT),
        ({"publishDate": datetime(2999, 1, 1, tzinfo=UTC)}, Post.Status.SCHEDULED),
        ({"expiryDate": datetime(2024, 7, 1, tzinfo=UTC)}, Post.Status.EXPIRED),
        ({"expiryDate": datetime(2020, 7, 1, tzinfo=UTC)}, Post.Status.EXPIRED),
    ],
)
def test_a_post_and_the_query_for_its_status_agree(values: dict[str, Any], status: Post.Status) -> None:
    post = write_post(**values)

    assert post.status() == status
    assert [s for s in Post.Status if post in Post.objects.in_status(s)] == [status]


def test_a_post_appears_and_goes_at_its_moments_without_anything_running() -> None:
    appears, goes = LONG_AGO + SOON, LONG_AGO + 2 * SOON
    write_post(publishDate=appears, expiryDate=goes)

    def seen(at: datetime) -> bool:
        return Post.objects.live(at).exists()

    assert [seen(appears - timedelta(seconds=1)), seen(appears), seen(goes)] == [False, True, False]


def test_a_post_without_a_date_is_listed_last() -> None:
    undated = write_post("posts/undated.md", date=None)
    old = write_post("posts/old.md", date=datetime(1969, 1, 1, tzinfo=UTC))

    assert list(Post.objects.live().newest_first()) == [old, undated]


def test_the_offset_that_was_written_is_kept() -> None:
    post = write_post(date=datetime.fromisoformat("2024-06-13T12:00:00+07:00"))

    assert post.published_iso == "2024-06-13T12:00:00+07:00"
    assert write_post("posts/utc.md", date=datetime(2024, 6, 13, tzinfo=UTC)).published_iso == "2024-06-13T00:00:00Z"


def test_each_appearance_and_expiry_is_another_version() -> None:
    now = clock.now().replace(microsecond=0)
    write_post("posts/a.md", publishDate=now + 3 * SOON)
    write_post("posts/b.md", expiryDate=now + 2 * SOON)
    state = SiteState.current()

    versions = [state.version(now + times * SOON) for times in range(5)]
    assert [versions.index(version) for version in versions] == [0, 0, 2, 3, 3]


def test_a_change_of_content_is_another_version() -> None:
    now = clock.now()
    before = SiteState.current().version(now)
    write_post()

    assert SiteState.current().version(now) != before


def test_a_scheduled_change_is_another_version_when_it_is_due(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    now = clock.now().replace(microsecond=0)
    write_post(publishDate=now + SOON)

    with django_assert_num_queries(1):
        state = SiteState.current()
        versions = [state.version(now + moment) for moment in (0 * SOON, SOON, 2 * SOON)]
    assert versions[0] != versions[1] == versions[2]


def test_more_scheduled_changes_than_are_kept_are_still_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(SiteState, "MOST_CHANGES", 1)
    now = clock.now().replace(microsecond=0)
    write_post("posts/a.md", publishDate=now + SOON)
    write_post("posts/b.md", publishDate=now + 2 * SOON)
    state = SiteState.current()

    assert len({state.version(now + times * SOON) for times in (0, 1, 2)}) == 3


def test_nothing_else_defines_published() -> None:
    """Only the models compare `public_from` and `public_until` with a moment; others merely carry them."""
    compared = re.compile(r"public_(from|until)(__|\s*[<>])")
    modules = [path for app in ("posts", "cms", "accounts") for path in (ROOT / app).rglob("*.py")]
    offenders = {p.parent.name for p in modules if "migrations" not in p.parts and compared.search(p.read_text())}

    assert offenders == {"models"}


def test_a_tag_on_a_post_repeats_what_decides_its_place() -> None:
    post = write_post(tags=["AI", "Oncology"], expiryDate=datetime(2999, 1, 1, tzinfo=UTC))

    for tagged in TaggedPost.objects.filter(content_object=post):
        assert (tagged.listed_at, tagged.public_from, tagged.public_until) == (
            post.listed_at,
            post.public_from,
            post.public_until,
        )


def test_no_content_of_another_time_has_the_number_of_this() -> None:
    SiteState.raise_generation([])
    first = SiteState.current().generation
    SiteState.objects.update(generation=2)  # as a backup that is brought back may have it
    SiteState.raise_generation([])
    assert SiteState.current().generation >= first

    ahead = first + 10**9
    SiteState.objects.update(generation=ahead)  # by a clock that was wrong
    SiteState.raise_generation([])
    assert SiteState.current().generation == ahead + 1
