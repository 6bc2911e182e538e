"""One thing done to several posts from the list: what it says first, what it does, and how it is taken back."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone as clock

from accounts.models import User
from audit.models import Entry
from posts.document import Document
from posts.models import Post, Revision, Tag, Undo
from posts.source import Source
from tests.support.admin import change_url, save, signed_in
from tests.support.writing import LONG_AGO, rewrite_post, write_post, write_posts

pytestmark = pytest.mark.django_db

LIST = "/admin/posts/post/"
NEXT_YEAR = clock.now().replace(microsecond=0) + timedelta(days=365)


def asked(client: Client, action: str, posts: list[Post], **answer: Any) -> Any:
    """The page that says what it would do."""
    data = {"action": action, "_selected_action": [post.pk for post in posts], "step": "plan"}
    return client.post(LIST, data | answer)


def done(client: Client, action: str, posts: list[Post], **answer: Any) -> str:
    """The list, with its messages, after the page that asks was answered."""
    page = asked(client, action, posts, **answer)
    data = {"action": action, "_selected_action": page.context["keys"], "step": "confirm", "seen": page.context["seen"]}
    return client.post(LIST, data | answer, follow=True).content.decode()


def undone(client: Client) -> str:
    """The list, after its Undo button was pressed."""
    return client.post(f"{LIST}undo/{Undo.objects.latest('pk').pk}/", follow=True).content.decode()


def fresh(post: Post) -> Post:
    return Post.objects.get(pk=post.pk)


def text(post: Post) -> str:
    revision = fresh(post).latest_revision
    assert revision
    return revision.text


def test_nothing_is_written_before_it_is_confirmed(editor: User) -> None:
    draft, later = write_post(draft=True), write_post("posts/b.md", title="B", draft=True, date=NEXT_YEAR)

    page = asked(signed_in(editor), "publish", [draft, later])

    assert [(str(effect.label), count) for effect, count, _ in page.context["groups"]] == [
        ("Readers will see them at once", 1),
        ("Readers will see them from their date on", 1),
    ]
    assert not Post.objects.live().exists()
    assert not Undo.objects.exists()


def test_the_page_says_what_becomes_of_what_is_scheduled(editor: User) -> None:
    post = write_post(date=NEXT_YEAR)
    page = asked(signed_in(editor), "unpublish", [post]).content.decode()
    assert "Readers would have seen them from their date on, and will not: 1" in page


def test_drafts_are_published_and_taken_back(editor: User) -> None:
    client, drafts = signed_in(editor), [write_post(f"posts/{n}.md", title=f"Post {n}", draft=True) for n in range(3)]
    before = {post.pk: text(post) for post in drafts}

    assert "Published: 3 posts" in done(client, "publish", drafts)
    assert Post.objects.live().count() == 3

    assert "Undone: 3 posts are as they were." in undone(client)
    assert not Post.objects.live().exists()
    assert {post.pk: text(post) for post in drafts} == before
    assert Entry.objects.filter(action="post.changed").count() == 6


def test_what_somebody_wrote_since_is_named_and_left(editor: User) -> None:
    client, posts = signed_in(editor), [write_post(f"posts/{n}.md", title=f"Post {n}") for n in range(2)]
    done(client, "unpublish", posts)
    rewrite_post(posts[0], title="Post 0", body="Another's.\n")

    page = undone(client)

    assert "Undone: 1 post is as it was." in page
    assert "changed since or cannot be published: “Post 0”" in page
    assert "Another's." in text(posts[0])
    assert fresh(posts[1]).status() == Post.Status.LIVE


def test_a_draft_that_waits_is_published_with_its_post_and_waits_again_after_undo(editor: User) -> None:
    client, post = signed_in(editor), write_post(body="Old.\n")
    save(client, change_url(post), press="save", body="New.")

    done(client, "publish", [post])
    assert "New." in fresh(post).html
    undone(client)

    assert "Old." in fresh(post).html
    assert fresh(post).has_waiting_changes
    assert "New." in text(post)


def test_a_tag_goes_to_what_readers_see_and_to_the_draft_that_waits_but_neither_becomes_the_other(editor: User) -> None:
    client, post = signed_in(editor), write_post(tags=["AI"], body="Old.\n")
    save(client, change_url(post), press="save", body="New.")

    assert "Tag “Type 2” added: 1 post" in done(client, "add_tag", [post], tag="Type 2")

    assert [tag.name for tag in fresh(post).tag_list] == ["AI", "Type 2"]
    assert "Old." in fresh(post).html
    assert Document.of(text(post)).get("tags") == ["AI", "Type 2"]
    assert "New." in text(post)

    done(client, "remove_tag", [post], tag="ai")
    assert [tag.name for tag in fresh(post).tag_list] == ["Type 2"]


def test_a_renamed_tag_is_removed_by_the_name_that_documents_still_say(editor: User) -> None:
    client, post = signed_in(editor), write_post(tags=["Old name", "B"])
    client.post(f"/admin/posts/tag/{Tag.objects.get(name='Old name').pk}/change/", {"name": "New name"})

    done(client, "remove_tag", [post], tag="New name")

    assert Document.of(text(post)).get("tags") == ["B"]


def test_scheduling_keeps_the_time_of_day_and_the_offset(editor: User) -> None:
    post = write_post(draft=True, date="2024-06-13T09:30:00+07:00")

    done(signed_in(editor), "schedule", [post], day="2099-01-02")

    assert Document.of(text(post)).get("date") == "2099-01-02T09:30:00+07:00"
    assert fresh(post).public_from == datetime(2099, 1, 2, 2, 30, tzinfo=UTC)


def test_of_two_posts_that_would_have_one_address_the_second_is_left(editor: User) -> None:
    posts = []
    for file in ("posts/2023/a.md", "posts/2024/a.md"):
        source = Source(file, file, pattern="/:year/:slug/")
        posts.append(write_post(file, title="A", slug="a", draft=True, date=f"{file[6:10]}-06-13", source=source))

    page = done(signed_in(editor), "schedule", posts, day="2099-01-02")

    assert "another of these would have the address /2099/a/" in page
    assert Post.objects.filter(path="/2099/a/").count() == 1


def test_expiring_unpublishing_and_signing(editor: User) -> None:
    client, posts = signed_in(editor), [write_post(f"posts/{name}.md", title=name) for name in "abc"]

    done(client, "expire", posts[:1])
    done(client, "unpublish", posts[1:2])
    done(client, "sign", posts[2:], author="Dr. Lan")

    assert [fresh(post).status() for post in posts] == [Post.Status.EXPIRED, Post.Status.DRAFT, Post.Status.LIVE]
    assert fresh(posts[2]).authors == ["Dr. Lan"]


def test_posts_that_nothing_can_be_done_to_are_left_with_the_reason(editor: User) -> None:
    live = write_post("posts/live.md", title="Live")
    gone = write_post("posts/gone.md", title="Gone", draft=True, expiryDate=LONG_AGO + timedelta(days=1))

    page = asked(signed_in(editor), "publish", [live, gone])

    assert {left.post: left.reason for left in page.context["left"]} == {
        live: "nothing would change",
        gone: "it expires before it would go live",
    }
    assert page.context["groups"] == []


def test_authors_tag_their_own_drafts_and_publish_nothing(author: User) -> None:
    client = signed_in(author)
    draft = write_post("posts/own.md", title="Own", by=author, draft=True)
    live = write_post("posts/live.md", title="Live", by=author)

    page = done(client, "add_tag", [draft, live], tag="AI")
    done_to = {post.title: [tag.name for tag in post.tag_list] for post in Post.objects.with_tags()}
    client.post(LIST, {"action": "publish", "_selected_action": [draft.pk], "step": "confirm"})

    assert done_to == {"Own": ["AI"], "Live": []}
    assert "“Live” (you may not change it)" in page
    assert fresh(draft).status() == Post.Status.DRAFT
    undone(client)
    assert not fresh(draft).tag_list


def test_nobody_takes_back_what_another_did(editor: User, author: User) -> None:
    post = write_post(draft=True)
    done(signed_in(editor), "publish", [post])

    assert signed_in(author).post(f"{LIST}undo/{Undo.objects.get().pk}/").status_code == 404
    assert signed_in(editor).get(f"{LIST}undo/{Undo.objects.get().pk}/").status_code == 405
    assert fresh(post).status() == Post.Status.LIVE


def test_it_can_be_taken_back_once_and_for_a_day(editor: User) -> None:
    client = signed_in(editor)
    done(client, "unpublish", [write_post()])
    assert ">Undo<" in client.get(LIST).content.decode()
    undone(client)
    assert client.post(f"{LIST}undo/{Undo.objects.get().pk}/").status_code == 404
    assert ">Undo<" not in client.get(LIST).content.decode()

    late = client.post(f"{LIST}undo/{Undo.objects.get().pk}/").content.decode()
    assert "<h1>This cannot be undone</h1>" in late
    assert f'href="{LIST}"' in late

    Undo.objects.update(undone_at=None, at=clock.now() - timedelta(days=2))
    assert client.post(f"{LIST}undo/{Undo.objects.get().pk}/").status_code == 404


def test_what_changed_since_the_page_was_made_is_asked_again(editor: User) -> None:
    client, post = signed_in(editor), write_post(draft=True)
    seen = asked(client, "publish", [post]).context["seen"]
    rewrite_post(post, draft=True, body="Another's.\n")

    data = {"action": "publish", "_selected_action": [post.pk], "step": "confirm", "seen": seen}
    assert client.post(LIST, data).status_code == 200
    assert fresh(post).status() == Post.Status.DRAFT


@pytest.mark.parametrize("tag", ["", "a, b", "no such tag"])
def test_what_is_no_tag_is_said_at_the_field(editor: User, tag: str) -> None:
    page = asked(signed_in(editor), "remove_tag", [write_post(tags=["AI"])], tag=tag)
    assert page.context["form"].errors["tag"]


def test_more_than_can_be_sent_at_once_are_refused(editor: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("posts.admin.bulk.MOST", 2)
    write_posts(3)
    response = signed_in(editor).post(
        LIST, {"action": "unpublish", "_selected_action": list(Post.objects.values_list("pk", flat=True))}, follow=True
    )
    assert "Choose no more than 2 posts at a time." in response.content.decode()


@pytest.mark.parametrize("action", ["unpublish", "add_tag"])
def test_the_queries_do_not_grow_with_the_posts(editor: User, django_assert_max_num_queries: Any, action: str) -> None:
    client = signed_in(editor)
    write_posts(40)
    answer = {"tag": "AI"} if action == "add_tag" else {}
    posts = list(Post.objects.order_by("pk"))
    done(client, action, posts[:1], **answer)
    for chosen in (posts[1:3], posts[3:]):
        page = asked(client, action, chosen, **answer)
        keys = {"_selected_action": page.context["keys"], "seen": page.context["seen"]}
        with django_assert_max_num_queries(51):
            client.post(LIST, {"action": action, "step": "confirm"} | keys | answer)
    assert Revision.objects.filter(origin=Revision.Origin.ADMIN).count() == 40


def test_the_pages_before_say_of_how_many_posts_they_are(editor: User) -> None:
    client, posts = signed_in(editor), [write_post(f"posts/{name}.md", title=name) for name in "abc"]
    asked = client.post(LIST, {"action": "schedule", "_selected_action": [post.pk for post in posts]})
    planned = client.post(LIST, {"action": "unpublish", "_selected_action": [posts[0].pk]})

    assert "<h1>Schedule to a day: 3 posts</h1>" in asked.content.decode()
    assert "<h1>Unpublish: 1 post</h1>" in planned.content.decode()
