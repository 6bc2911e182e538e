"""The editor's desk: what stands on it, for whom."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone as clock

from accounts.models import User
from posts.models import Autosave, Image, Post
from tests.support.admin import change_url, member, save, signed_in
from tests.support.enquiries import store
from tests.support.people import person
from tests.support.writing import rewrite_post, write_post

pytestmark = pytest.mark.django_db

NOW = clock.now().replace(microsecond=0)


def desk(client: Client) -> dict[str, list[str]]:
    """The titles in each section."""
    sections = client.get("/admin/").context["sections"]
    return {section.name: [row.title for row in section.rows] for section in sections}


def test_an_empty_desk_teaches(editor: User) -> None:
    page = signed_in(editor).get("/admin/").content.decode()
    assert "Nothing scheduled. Give a post a date that lies ahead, and it goes live by itself." in page


def test_each_post_stands_where_it_belongs(editor: User, author: User) -> None:
    write_post("posts/mine.md", title="Mine", draft=True, by=editor, description="D")
    write_post("posts/theirs.md", title="Theirs", draft=True, by=author, description="D")
    write_post("posts/next.md", title="Next", date=NOW + timedelta(days=1), description="D")
    write_post("posts/later.md", title="Later", date=NOW + timedelta(days=9), description="D")
    write_post("posts/going.md", title="Going", expiryDate=NOW + timedelta(days=3), description="D")
    write_post("posts/staying.md", title="Staying", expiryDate=NOW + timedelta(days=300), description="D")
    write_post("posts/never.md", title="Never", date=NOW, expiryDate=NOW - timedelta(days=1))
    write_post("posts/bare.md", title="Bare", date=NOW - timedelta(days=1))

    assert desk(signed_in(editor)) == {
        "My drafts": ["Mine"],
        "Waiting for me": ["Theirs"],
        "Scheduled": ["Next", "Later"],
        "Expiring soon": ["Going"],
        "Recently published": ["Bare", "Staying", "Going"],
        "Worth a look": ["Never", "Bare"],
    }


def test_a_draft_that_waits_is_mine_to_write_at_and_the_others_to_publish(editor: User) -> None:
    post = write_post(title="Live", description="D")
    save(signed_in(editor), change_url(post), press="save", body="New.")

    mine, theirs = desk(signed_in(editor)), desk(signed_in(member("other", "Editors")))
    assert (mine["My drafts"], mine["Waiting for me"]) == (["Live"], [])
    assert (theirs["My drafts"], theirs["Waiting for me"]) == ([], ["Live"])


def test_an_author_sees_their_own_and_what_others_did_to_it(author: User, editor: User) -> None:
    own = write_post("posts/own.md", title="Own", draft=True, by=author)
    write_post("posts/live.md", title="Own, live", by=author, description="D")
    write_post("posts/b.md", title="Another's", date=NOW + timedelta(days=1))
    assert desk(signed_in(author)) == {
        "My drafts": ["Own"],
        "Waiting for me": [],
        "Scheduled": [],
        "Expiring soon": [],
        "Recently published": ["Own, live"],
        "Worth a look": [],
    }

    save(signed_in(editor), change_url(own), press="save", body="Edited.")
    assert desk(signed_in(author))["Waiting for me"] == ["Own"]


def test_who_sees_no_posts_has_no_section_of_them() -> None:
    assert desk(signed_in(person("root", "Administrators"))) == {}


def test_enquiries_that_did_not_arrive_are_told_to_who_may_read_them() -> None:
    late, soon, waiting, arrived = (store() for _ in range(4))
    now = clock.now()
    for enquiry, minutes in ((late, 5), (soon, 0), (arrived, 0)):
        enquiry.deliveries.get().failed("The mail server hangs.", now + timedelta(minutes=minutes))
    arrived.deliveries.get().succeeded(now)

    shown = desk(signed_in(person("root", is_superuser=True)))
    assert shown["Enquiries that did not arrive"] == [f"Enquiry {soon.pk}", f"Enquiry {late.pk}"]
    assert waiting.deliveries.get().sent_at is None


@pytest.mark.parametrize("group", ["Editors", "Authors"])
def test_the_queries_do_not_grow_with_the_posts(group: str) -> None:
    user = member("mai", group)
    client = signed_in(user)
    counted = []
    for count in (1, 12):
        make_some_of_each(user, count)
        client.get("/admin/")
        with CaptureQueriesContext(connection) as queries:
            client.get("/admin/")
        counted.append(len(queries))
    assert counted[0] == counted[1]


def make_some_of_each(user: User, count: int) -> None:
    kinds: list[dict[str, Any]] = [{"draft": True}, {"date": NOW + timedelta(days=1)}, {}]
    for number in range(count):
        for kind, values in enumerate(kinds):
            write_post(f"posts/{count}-{number}-{kind}.md", title="T", by=user, **values)
    Post.objects.filter(owner=None).update(owner=user)
    rewrite_post(Post.objects.latest("pk"), title="Rewritten")


def test_what_was_typed_and_not_saved_is_offered_to_who_typed_it(editor: User, author: User) -> None:
    post = write_post("posts/a.md", title="A")
    Autosave.objects.create(form=uuid4(), user=editor, post=post, fields={"title": "A, longer"}, typed_at=NOW)
    Autosave.objects.create(form=uuid4(), user=editor, fields={"title": " ", "body": "Only a body"}, typed_at=NOW)

    assert sorted(desk(signed_in(editor))["Typed and not saved"]) == ["A, longer", "Without a title"]
    assert "Typed and not saved" not in desk(signed_in(author))


def test_licences_that_end_are_told(editor: User) -> None:
    days = {"ended.png": -1, "ending.png": 9, "far.png": 90}
    for name, left in days.items():
        expires = clock.now().date() + timedelta(days=left)
        Image.objects.create(address=f"/media/images/{name}", storage="local", licence_expires=expires)

    assert desk(signed_in(editor))["Licences of images"] == ["ended", "ending"]


def test_many_words_are_counted_in_thousands_apart(editor: User) -> None:
    write_post(title="Long", draft=True, by=editor, body="word " * 1234)
    page = signed_in(editor).get("/admin/").content.decode()

    assert "<span>1,234 words</span>" in page
    assert "1.234 từ" in signed_in(editor).get("/admin/", headers={"Accept-Language": "vi"}).content.decode()


def test_who_writes_nothing_has_no_row_of_buttons() -> None:
    """The list of what there is stands there alone, as it does on the page of one app."""
    assert "desk-links" not in signed_in(person("lan", "Administrators")).get("/admin/").content.decode()
