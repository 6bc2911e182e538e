"""When a post is public."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from posts.dates import EARLIEST
from posts.document import Document, Value
from posts.frontmatter import Reading
from posts.publication import NEVER, Window, as_draft, as_expired, as_public, on_day, window

pytestmark = pytest.mark.pure

NOON = datetime(2024, 6, 13, 12, tzinfo=timezone(timedelta(hours=7)))
LATER = NOON + timedelta(days=1)
SECOND = timedelta(seconds=1)
BOUNDED, ENDLESS = Window(NOON, LATER), Window(NOON, None)


def document(**values: Value) -> Document:
    return Document.new({"title": "A", **values}, "Text.\n")


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
    assert window(draft=False, date=NOON, publish_date=None, expiry_date=NOON) == NEVER


def test_moments_are_kept_in_utc() -> None:
    public = window(draft=False, date=NOON, publish_date=None, expiry_date=LATER)

    ended = ENDLESS.ended_by([LATER])

    assert (public.public_from, public.public_until, ended.public_until) == (NOON, LATER, LATER)
    assert all(each and each.tzinfo is UTC for each in (public.public_from, public.public_until, ended.public_until))


@pytest.mark.parametrize(
    ("public", "ends", "left"),
    [
        (ENDLESS, [], ENDLESS),
        (ENDLESS, [LATER], BOUNDED),
        (BOUNDED, [LATER + SECOND], BOUNDED),
        (BOUNDED, [LATER, NOON + SECOND], Window(NOON, NOON + SECOND)),
        (BOUNDED, [NOON], NEVER),
        (NEVER, [LATER], NEVER),
    ],
)
def test_a_window_ends_by_the_first_of_its_ends(public: Window, ends: list[datetime], left: Window) -> None:
    assert public.ended_by(ends) == left


def test_a_window_is_open_until_its_end_which_is_no_part_of_it() -> None:
    assert BOUNDED.is_open_after(LATER - SECOND)
    assert not BOUNDED.is_open_after(LATER)
    assert ENDLESS.is_open_after(LATER)
    assert not NEVER.is_open_after(LATER)


def test_a_window_that_opens_now_does_not_open_later() -> None:
    assert ENDLESS.opens_after(NOON - SECOND)
    assert not ENDLESS.opens_after(NOON)
    assert not NEVER.opens_after(NOON)


def test_a_window_ends_before_one_that_outlasts_it() -> None:
    assert BOUNDED.ends_before(ENDLESS)
    assert BOUNDED.ends_before(Window(NOON, LATER + SECOND))
    assert not BOUNDED.ends_before(BOUNDED)
    assert not ENDLESS.ends_before(BOUNDED)


def test_a_document_is_made_a_draft_and_public_again_in_the_line_that_says_so() -> None:
    public = document(draft=False)
    draft = as_draft(public, Reading())

    assert draft.get("draft") is True
    assert as_draft(draft, Reading()) is draft
    assert as_public(draft, Reading()) == public
    assert as_public(public, Reading()) is public


@pytest.mark.parametrize("published", [False, "false"])
def test_what_was_kept_back_in_jekylls_word_is_public_without_it(published: bool | str) -> None:
    assert as_public(document(published=published), Reading()) == document()
    assert as_public(document(published=published, draft=True), Reading()) == document(draft=False)


def test_a_day_of_publication_stays_where_a_draft_is_made_public() -> None:
    draft = document(published="2024-06-13", draft=True)

    assert as_public(draft, Reading()) == document(published="2024-06-13", draft=False)


def test_an_expired_document_is_no_draft_and_ends_under_the_key_that_it_has() -> None:
    assert as_expired(document(draft=True), NOON, Reading()) == document(draft=False, expiryDate=NOON)
    assert as_expired(document(unpublishdate=LATER), NOON, Reading()) == document(unpublishdate=NOON)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ({"date": NOON}, {"date": LATER}),
        ({"date": NOON, "publishDate": NOON}, {"date": NOON, "publishDate": LATER}),
        ({"date": date(2024, 6, 13)}, {"date": date(2024, 6, 14)}),
        ({"date": "2024-06-13"}, {"date": date(2024, 6, 14)}),
        ({}, {"date": LATER}),
    ],
)
def test_a_document_moves_to_a_day_as_its_date_is_written(before: dict[str, Value], after: dict[str, Value]) -> None:
    moved = on_day(document(**before), LATER.date(), Reading(), otherwise=NOON)

    assert moved.values == document(**after).values


@pytest.mark.parametrize("written", ["2024-06-13T09:30:00+02:00", "2024-06-13"])
@pytest.mark.parametrize("text", ["---\ndate: {}\n---\n", "+++\ndate = {}\n+++\n"])
def test_the_time_of_day_and_its_offset_stay_where_a_document_moves(text: str, written: str) -> None:
    moved = on_day(Document.of(text.format(written)), LATER.date(), Reading(), otherwise=NOON)

    assert moved.text == text.format(written.replace("06-13", "06-14"))
