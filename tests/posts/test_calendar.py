"""The publishing calendar: what stands on which day, and another day given to a post."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone as clock
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import User
from posts import dates
from posts.document import Document
from posts.models import Post
from tests.support.admin import change_url, save, signed_in
from tests.support.writing import rewrite_post, write_post, write_posts

CALENDAR = "/admin/posts/post/calendar/"


def shown(client: Client, month: str) -> dict[str, list[str]]:
    """The posts of each day, with what they are called there."""
    weeks = client.get(CALENDAR, {"month": month}).context["weeks"]
    return {
        f"{cell.day:%m-%d}": [
            f"{item.time} {item.title} {'expires' if item.expires else item.status}" for item in cell.items
        ]
        for week in weeks
        for cell in week
        if cell.items
    }


def move(client: Client, post: Post, day: str, **more: Any) -> Any:
    return client.post(f"/admin/posts/post/{post.pk}/move/", {"day": day, "step": "plan"} | more)


def document(post: Post) -> Document:
    revision = Post.objects.get(pk=post.pk).latest_revision
    assert revision
    return Document.of(revision.text)


@pytest.mark.django_db
def test_a_month_shows_what_goes_live_and_what_expires_by_each_posts_own_clock(editor: User) -> None:
    write_post("posts/a.md", title="A", date="2098-03-31T23:30:00-05:00")  # in UTC it is April
    write_post("posts/b.md", title="B", date="2024-03-02T10:00:00Z", expiryDate="2098-03-05T00:00:00Z")
    write_post("posts/c.md", title="C", date="2098-03-09", draft=True)
    write_post("posts/d.md", title="D", date="2024-01-01", publishDate="2098-03-10T08:00:00Z")

    assert "23:30" in signed_in(editor).get(CALENDAR, {"month": "2098-03"}).content.decode()
    assert shown(signed_in(editor), "2098-03") == {
        "03-31": ["23:30 A scheduled"],
        "03-05": ["00:00 B expires"],
        "03-09": ["00:00 C draft"],
        "03-10": ["08:00 D scheduled"],
    }


@pytest.mark.django_db
def test_authors_see_their_own(author: User) -> None:
    write_post("posts/a.md", title="A", date="2098-03-01")
    write_post("posts/b.md", title="B", date="2098-03-01", by=author)
    assert shown(signed_in(author), "2098-03") == {"03-01": ["00:00 B scheduled"]}


@pytest.mark.django_db
def test_a_day_with_many_posts_folds(editor: User) -> None:
    write_posts(9)
    week = signed_in(editor).get(CALENDAR, {"month": "2024-01"}).context["weeks"][0]
    assert (len(week[0].items), len(week[0].more)) == (5, 4)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("written", "moved"),
    [
        ({"date": "2098-06-13T09:30:00+07:00"}, {"date": "2098-07-01T09:30:00+07:00"}),
        ({"date": "2098-06-13"}, {"date": "2098-07-01"}),
        (
            {"date": "2024-01-01", "publishDate": "2098-06-13T09:30:00Z"},
            {"date": "2024-01-01", "publishDate": "2098-07-01T09:30:00Z"},
        ),
        (
            {"date": "2024-01-01", "pubdate": "2098-06-13T09:30:00Z"},
            {"date": "2024-01-01", "pubdate": "2098-07-01T09:30:00Z"},
        ),
    ],
)
def test_a_post_gets_another_day_and_keeps_its_time(
    editor: User, written: dict[str, Any], moved: dict[str, str]
) -> None:
    post = write_post(**written)
    response = move(signed_in(editor), post, "2098-07-01")

    assert response.status_code == 302
    assert response.url.startswith(f"{CALENDAR}?month=2098-07#post-")
    assert {key: document(post).get(key) for key in written} == moved
    assert Post.objects.get().status() == Post.Status.SCHEDULED


@pytest.mark.django_db
def test_a_draft_stays_one_and_a_waiting_one_goes_along_unpublished(editor: User) -> None:
    client, draft = signed_in(editor), write_post("posts/a.md", draft=True, date="2098-06-13")
    post = write_post("posts/b.md", title="B", date="2098-06-14", body="Old.\n")
    save(client, change_url(post), press="save", body="New.")

    move(client, draft, "2098-06-20")
    move(client, post, "2098-06-21")

    assert Post.objects.get(pk=draft.pk).status() == Post.Status.DRAFT
    post = Post.objects.get(pk=post.pk)
    assert post.has_waiting_changes
    assert "Old." in post.html
    assert f"{post.date:%m-%d}" == "06-21"
    assert document(post).get("date") == "2098-06-21"
    assert "New." in document(post).body


@pytest.mark.django_db
def test_what_readers_see_is_moved_only_after_asking_and_can_be_taken_back(editor: User) -> None:
    client, post = signed_in(editor), write_post(date="2024-06-13T09:00:00Z")

    page = move(client, post, "2098-01-01")
    assert "Readers see them, and will not any more" in page.content.decode()
    assert Post.objects.get().status() == Post.Status.LIVE

    move(client, post, "2098-01-01", step="confirm", seen=page.context["seen"])
    assert Post.objects.get().status() == Post.Status.SCHEDULED
    calendar = client.get(CALENDAR).content.decode()
    assert "Moved to 2098-01-01: 1 post" in calendar

    undo = client.get(CALENDAR).context["undo"]
    client.post(f"/admin/posts/post/undo/{undo.pk}/", {"next": CALENDAR})
    assert Post.objects.get().status() == Post.Status.LIVE


@pytest.mark.django_db
def test_a_scheduled_post_that_would_go_live_at_once_is_asked_about(editor: User) -> None:
    post = write_post(date="2098-06-13")
    page = move(signed_in(editor), post, "2024-01-01")
    assert "Readers will see them at once" in page.content.decode()
    assert Post.objects.get().status() == Post.Status.SCHEDULED


@pytest.mark.django_db
def test_a_post_that_was_saved_meanwhile_stays_where_it_is(editor: User) -> None:
    post = write_post(date="2098-06-13")
    seen = post.latest_revision_id
    rewrite_post(post, date="2098-06-14")
    client = signed_in(editor)
    move(client, post, "2098-07-01", revision=seen)

    assert document(post).get("date") == "2098-06-14"
    assert "was saved by someone else meanwhile" in client.get(CALENDAR).content.decode()


@pytest.mark.django_db
def test_authors_move_their_own_drafts_alone(author: User) -> None:
    client, soon = signed_in(author), clock.now() + timedelta(days=3)
    own = write_post("posts/own.md", draft=True, date=soon, by=author)
    live = write_post("posts/live.md", title="L", date=soon, by=author)
    other = write_post("posts/other.md", title="O", draft=True, date=soon)

    assert [move(client, post, "2098-07-01").status_code for post in (own, live, other)] == [302, 403, 404]


@pytest.mark.django_db
@pytest.mark.parametrize("day", ["", "2098-02-30", "0000-01-01", "x" * 5000])
def test_what_is_no_day_is_said_at_the_field(editor: User, day: str) -> None:
    page = move(signed_in(editor), write_post(date="2098-06-13"), day)
    assert page.context["form"].errors["day"]


@pytest.mark.django_db
def test_without_a_script_there_is_a_form(editor: User) -> None:
    post = write_post(date="2098-06-13T23:30:00-05:00")
    page = signed_in(editor).get(f"/admin/posts/post/{post.pk}/move/").content.decode()
    assert 'value="2098-06-13"' in page


@pytest.mark.django_db
def test_the_queries_do_not_grow_with_the_posts(editor: User) -> None:
    client = signed_in(editor)
    counted = []
    for count in (2, 30):
        write_posts(count, expiryDate=datetime(2024, 1, 20, tzinfo=UTC)) if count == 2 else write_posts_from(100, count)
        client.get(CALENDAR, {"month": "2024-01"})
        with CaptureQueriesContext(connection) as queries:
            client.get(CALENDAR, {"month": "2024-01"})
        counted.append(len(queries))
    assert counted[0] == counted[1]


def write_posts_from(first: int, count: int) -> None:
    for n in range(first, first + count):
        write_post(f"posts/more-{n}.md", title=f"More {n}", date=datetime(2024, 1, 2, tzinfo=UTC))


@pytest.mark.django_db
@pytest.mark.parametrize(
    "month", ["", "2026-13", "0000-01", "9999-12", "1899-12", "x" * 9000, "２０２６-1１", "2026-1\0"]
)
def test_what_is_no_month_shows_the_one_at_hand(editor: User, month: str) -> None:
    page = signed_in(editor).get(CALENDAR, {"month": month})
    assert page.context["first"] == clock.now().date().replace(day=1)


@given(st.text(max_size=9))
def test_any_text_is_a_month_or_none(text: str) -> None:
    first = dates.month(text)
    assert first is None or f"{first:%Y-%m-%d}" == f"{text}-01" or first.year < 1000
