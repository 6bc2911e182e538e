"""Drafts of live posts, two people at one post, and what can be done with a post's revisions."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone as clock
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from audit.models import Entry
from posts import previewing, writing
from posts.document import Document
from posts.models import Post, PreviewLink, Redirect, Revision
from tests.support.admin import ADD, change_url, filled, member, save, signed_in
from tests.support.pages import Page
from tests.support.writing import LONG_AGO, preview_url, projected, rewrite_post, stored, write_post

pytestmark = pytest.mark.django_db

Status = Post.Status


# Drafts of what is live


def test_a_draft_of_a_live_post_changes_nothing_for_readers(editor: User, client: Client) -> None:
    post = write_post(tags=["AI"])
    before = [client.get(path).content for path in (post.path, "/posts/", "/tags/", "/index.xml")]
    save(signed_in(editor), change_url(post), press="save", title="Better", slug="better", tags="New", body="New.")

    assert [client.get(path).content for path in (post.path, "/posts/", "/tags/", "/index.xml")] == before
    assert client.get("/posts/better/").status_code == 404
    assert stored().has_waiting_changes
    assert stored().live_revision == post.live_revision


def test_the_form_holds_the_draft_that_waits_and_says_so(editor: User) -> None:
    post = write_post()
    client = signed_in(editor)
    save(client, change_url(post), press="save", title="Better", tags="New", date="2024-07-01T00:00:00", body="New.")
    page = client.get(change_url(post))
    form = page.context["adminform"].form

    shown = {name: form[name].value() for name in ("title", "tags", "date", "body")}
    assert shown == {"title": "Better", "tags": "New", "date": datetime(2024, 7, 1), "body": "New."}  # noqa: DTZ001
    assert "Draft waits" in page.content.decode()
    assert "Draft waits" in client.get("/admin/posts/post/").content.decode()


def test_publishing_brings_the_draft_to_readers(editor: User, client: Client) -> None:
    post = write_post()
    staff = signed_in(editor)
    save(staff, change_url(post), press="save", title="Better", slug="better")
    save(staff, change_url(post), press="publish")

    assert Page(client, "/posts/better/").texts("h1") == ["Better"]
    assert Redirect.objects.get().old_path == post.path
    assert not stored().has_waiting_changes


def test_a_draft_that_was_never_public_moves_both(editor: User) -> None:
    post = write_post(draft=True)
    save(signed_in(editor), change_url(post), press="save", title="Better")

    assert (stored().title, stored().has_waiting_changes) == ("Better", False)
    assert stored().status() == Status.DRAFT


def test_a_new_post_is_a_draft_unless_it_is_published(editor: User) -> None:
    client = signed_in(editor)
    save(client, ADD, press="save", title="One")
    save(client, ADD, press="nonsense", title="Two")
    save(client, ADD, press="publish", title="Three")
    save(client, ADD, press="publish", title="Four", date="2999-01-01T00:00:00")

    status = {post.title: post.status() for post in Post.objects.all()}
    assert status == {
        "One": Status.DRAFT,
        "Two": Status.DRAFT,
        "Three": Status.LIVE,
        "Four": Status.SCHEDULED,
    }


def test_unpublish_takes_a_post_back_and_keeps_what_was_typed(editor: User, client: Client) -> None:
    post = write_post()
    save(signed_in(editor), change_url(post), press="unpublish", body="Typed.")

    assert stored().status() == Status.DRAFT
    assert client.get(post.path).status_code == 404
    assert "Typed." in stored().latest_revision.text  # type: ignore[union-attr]


def test_expire_ends_it_now_in_the_offset_that_the_document_writes(editor: User, client: Client) -> None:
    post = write_post(date=datetime.fromisoformat("2024-06-13T12:00:00+07:00"))
    save(signed_in(editor), change_url(post), press="expire")

    assert stored().status() == Status.EXPIRED
    assert client.get(post.path).status_code == 404
    assert "+07:00" in str(Document.of(stored().latest_revision.text).get("expiryDate"))  # type: ignore[union-attr]


def test_what_has_expired_is_not_published_again_with_its_old_end(editor: User) -> None:
    post = write_post(expiryDate=LONG_AGO + timedelta(days=1))
    response = save(signed_in(editor), change_url(post))

    assert "It has passed" in str(response.context["adminform"].form.errors["expiry_date"])
    save(signed_in(editor), change_url(post), expiry_date="")
    assert stored().status() == Status.LIVE


@pytest.mark.parametrize(
    ("values", "labels"),
    [
        ({"draft": True}, ["Save draft", "Publish"]),
        ({"date": datetime(2999, 1, 1, tzinfo=UTC)}, ["Save draft", "Publish", "Unpublish"]),
        ({}, ["Save draft", "Publish changes", "Unpublish", "Expire now"]),
        ({"expiryDate": LONG_AGO + timedelta(days=1)}, ["Save draft", "Publish", "Unpublish"]),
    ],
)
def test_the_buttons_follow_the_state(editor: User, values: dict[str, Any], labels: list[str]) -> None:
    page = Page(signed_in(editor), change_url(write_post(**values)))

    sending = [button for button in page.elements("button", "button") if button.get("name") == "intent"]
    assert [(button.text or "").strip() for button in sending] == labels


def test_an_import_brings_its_file_to_readers_and_a_waiting_draft_is_an_edit(
    editor: User, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("site")
    file = folder / "content" / "posts" / "a.md"
    file.parent.mkdir(parents=True)
    file.write_text("---\ntitle: A\n---\n\nOne.\n")
    call_command("import_markdown", str(folder / "content"), verbosity=0)
    post = stored()
    save(signed_in(editor), change_url(post), press="save", body="Mine.")
    out = tmp_path_factory.mktemp("out")
    call_command("export_markdown", str(out), live_only=True, verbosity=0)
    assert "One." in next(out.rglob("a.md")).read_text()
    call_command("export_markdown", str(out), verbosity=0)
    assert "Mine." in next(out.rglob("a.md")).read_text()

    file.write_text("---\ntitle: A\n---\n\nTwo.\n")
    with pytest.raises(SystemExit):
        call_command("import_markdown", str(folder / "content"), verbosity=0)
    call_command("import_markdown", str(folder / "content"), on_conflict="replace", verbosity=0)
    assert "Two." in stored().latest_revision.text  # type: ignore[union-attr]
    assert not stored().has_waiting_changes


def test_a_draft_is_in_the_trail_and_in_the_history(editor: User) -> None:
    post = write_post()
    client = signed_in(editor)
    save(client, change_url(post), press="save", title="Better")
    entry = Entry.objects.get(action="post.drafted")

    assert entry.before == {"revision": post.latest_revision_id}
    assert entry.after["revision"] == stored().latest_revision_id
    history = client.get(f"/admin/posts/post/{post.pk}/history/").content.decode()
    assert "Draft saved; readers see no change" in history


# Two people


def test_saving_over_anothers_newer_revision_writes_nothing_and_shows_both(editor: User) -> None:
    post = write_post(body="Take one tablet.\n")
    client = signed_in(editor)
    mine = filled(client, change_url(post), title="Mine", body="Take two tablets.")
    other = member("tom", "Editors")
    save(signed_in(other), change_url(post), body="Take three tablets.")
    count = Revision.objects.count()
    response = client.post(change_url(post), mine | {"intent": "publish"})
    page = response.content.decode()

    assert response.status_code == 200
    assert Revision.objects.count() == count
    assert stored().title == "A title"
    assert "tom saved another version" in page
    assert "<del>three</del><ins>two</ins>" in page
    assert 'value="Mine"' in page
    assert "Take two tablets.</textarea>" in page
    assert "Save mine over theirs" in page
    assert "Discard mine, take theirs into the form" in page


def test_mine_is_saved_over_theirs_on_purpose_and_only_over_what_was_seen(editor: User) -> None:
    post = write_post()
    client = signed_in(editor)
    mine = filled(client, change_url(post), body="Mine.") | {"intent": "publish"}
    seen = rewrite_post(post, body="Theirs.\n").latest_revision_id
    rewrite_post(post, body="Theirs again.\n")
    stopped = client.post(f"{change_url(post)}?over={seen}", mine)
    assert "Theirs again" in stopped.content.decode()
    assert "Mine." not in stored().latest_revision.text  # type: ignore[union-attr]

    client.post(f"{change_url(post)}?over={stored().latest_revision_id}", mine)
    assert "Mine." in stored().live_revision.text  # type: ignore[union-attr]


def test_two_who_wrote_the_same_are_no_conflict(editor: User) -> None:
    post = write_post()
    client = signed_in(editor)
    mine = filled(client, change_url(post), body="Same.") | {"intent": "publish"}
    save(client, change_url(post), body="Same.")

    assert client.post(change_url(post), mine).status_code == 302


@pytest.mark.parametrize("base", ["", "0", "999999", "x", "9" * 40])
def test_a_form_that_does_not_say_what_it_was_opened_with_writes_nothing(editor: User, base: str) -> None:
    post = write_post()
    client = signed_in(editor)
    response = client.post(change_url(post), filled(client, change_url(post), body="New.") | {"base": base})

    assert response.status_code == 200
    assert response.context["adminform"].form.errors["base"]
    assert Revision.objects.count() == 1


@pytest.mark.parametrize("key", ["9" * 19, "9" * 5000, "٣", "-1", "x"])
def test_a_key_of_no_row_is_no_error(editor: User, key: str) -> None:
    post, client = write_post(), signed_in(editor)
    form = change_url(post)

    assert client.get(f"{form}?over={key}").status_code == 200
    assert client.post(form, {"title": "A", "base": key}).status_code == 200
    previews, compare = (form.replace("change", page) for page in ("previews", "revisions/compare"))
    assert client.get(f"{previews}?revision={key}").status_code == 200
    assert client.get(f"{compare}?new={key}").status_code == 404
    assert client.get(f"/admin/posts/image/choose/?below={key}").status_code == 200


def test_who_else_opened_the_post_is_told_without_writing(editor: User) -> None:
    post = write_post()
    other = signed_in(member("tom", "Editors"))
    assert "opened this post" not in other.get(change_url(post)).content.decode()

    page = signed_in(editor).get(change_url(post)).content.decode()
    assert "tom opened this post" in page
    assert "editor opened this post" not in page


# Revisions


def test_revisions_are_listed_with_what_they_are(editor: User) -> None:
    post = write_post()
    client = signed_in(editor)
    save(client, change_url(post), press="save", title="Better")
    page = Page(client, reverse("admin:posts_post_revisions", args=[post.pk]))
    _, newest, first = (row for row in page.texts("tr") if row.startswith("Old"))

    assert "Latest" in newest
    assert "editor" in newest
    assert "written in the admin" in newest
    assert "Live" in first
    assert "Latest" not in first


def test_the_list_of_revisions_costs_the_same_for_many(
    editor: User, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    post = write_post()
    for n in range(60):
        writing.save_draft(post, projected(body=f"{n}\n"), origin=Revision.Origin.ADMIN, by=editor)
    client = signed_in(editor)

    with django_assert_max_num_queries(14):
        page = client.get(reverse("admin:posts_post_revisions", args=[post.pk])).content.decode()
    assert "Older" in page


def test_any_two_are_compared_front_matter_and_text(editor: User) -> None:
    post = write_post(body="Take one tablet.\n")
    old = post.latest_revision_id
    new = rewrite_post(post, title="Another title", body="Take two <tablets>.\n").latest_revision_id
    url = reverse("admin:posts_post_compare", args=[post.pk])
    page = Page(signed_in(editor), f"{url}?old={old}&new={new}")

    assert {"A", "one", "tablet"} <= set(page.texts("del"))
    assert {"Another", "two"} <= set(page.texts("ins"))
    assert page.texts("h3") == ["Front matter", "Text"]
    assert "&lt;" in page.html
    first = Page(signed_in(editor), f"{url}?new={old}")
    assert not first.texts("td", "side")[0]


def test_a_restored_revision_is_a_new_one_with_the_old_document(editor: User, client: Client) -> None:
    post = write_post(body="Old.\n")
    old = post.latest_revision
    assert old is not None
    rewrite_post(post, body="New.\n")
    restore = reverse("admin:posts_post_restore", args=[post.pk, old.pk])
    staff = signed_in(editor)

    staff.post(restore, {"intent": "save"})
    latest = stored().latest_revision
    assert latest is not None
    assert (latest.text, latest.origin, latest.author) == (old.text, Revision.Origin.RESTORE, editor)
    assert "New." in client.get(post.path).content.decode()
    staff.post(restore, {"intent": "publish"})
    assert "Old." in client.get(post.path).content.decode()
    assert staff.get(restore).status_code == 405


def test_what_was_public_is_restored_to_a_draft_as_a_draft(author: User) -> None:
    post = write_post(by=author)
    was_public = post.latest_revision_id
    rewrite_post(post, draft=True)
    signed_in(author).post(reverse("admin:posts_post_restore", args=[post.pk, was_public]), {"intent": "save"})

    assert Revision.objects.count() == 3
    assert stored().status() == Status.DRAFT


def test_a_revision_whose_address_is_another_posts_now_is_not_restored(editor: User) -> None:
    post = write_post("posts/a.md")
    old = post.latest_revision_id
    rewrite_post(post, slug="moved")
    write_post("posts/b.md", slug="a", title="Newcomer")
    response = signed_in(editor).post(
        reverse("admin:posts_post_restore", args=[post.pk, old]), {"intent": "publish"}, follow=True
    )

    assert "is the address of “Newcomer” already" in response.content.decode()
    assert Post.objects.get(pk=post.pk).path == "/posts/moved/"


# Preview links


def test_a_link_is_made_listed_opened_and_revoked(editor: User, client: Client) -> None:
    post = write_post(title="Seen")
    staff = signed_in(editor)
    save(staff, change_url(post), press="save", title="Not yet", tags="Brand new")
    previews = reverse("admin:posts_post_previews", args=[post.pk])
    staff.post(previews, {"days": "7"})
    link = PreviewLink.objects.get()
    assert link.get_absolute_url() in staff.get(previews).content.decode()

    page = Page(client, link.get_absolute_url())
    assert page.texts("h1") == ["Not yet"]
    assert page.texts("strong")[0] == "Draft"
    assert "Brand new" in page.html
    assert "noindex" in page.response["X-Robots-Tag"]
    assert not page.response.cookies
    staff.post(reverse("admin:posts_post_revoke_preview", args=[post.pk, link.pk]))
    assert client.get(link.get_absolute_url()).status_code == 404
    assert [e.action for e in Entry.objects.filter(action__startswith="preview.").order_by("number")] == [
        "preview.shared",
        "preview.revoked",
    ]
    assert "Revoked" in staff.get(previews).content.decode()


def test_a_link_to_a_revision_stays_with_it_and_another_follows_the_latest(client: Client) -> None:
    post = write_post(title="First", draft=True)
    pinned, following = preview_url(post, revision=post.latest_revision), preview_url(post)
    rewrite_post(post, title="Second", draft=True)

    assert Page(client, pinned).texts("h1") == ["First"]
    assert Page(client, following).texts("h1") == ["Second"]


def test_a_link_expires(client: Client) -> None:
    assert client.get(preview_url(write_post(draft=True), days=-1)).status_code == 404


@pytest.mark.parametrize("token", ["1", "1:x", "x", ":", "1:" + "a" * 500])
def test_a_forged_link_shows_nothing(client: Client, token: str) -> None:
    write_post(draft=True)

    assert client.get(f"/preview/{token}/").status_code == 404


def test_a_link_of_another_posts_revision_is_not_made(editor: User) -> None:
    mine, other = write_post("posts/a.md", draft=True), write_post("posts/b.md", draft=True)
    url = reverse("admin:posts_post_previews", args=[mine.pk])
    signed_in(editor).post(url, {"days": "7", "revision": str(other.latest_revision_id)})

    assert not PreviewLink.objects.exists()


def test_a_second_revocation_leaves_the_first(editor: User) -> None:
    link = previewing.share(write_post(), expires_at=clock.now() + timedelta(days=1), by=editor)
    previewing.revoke(link, by=editor, at=LONG_AGO)
    previewing.revoke(link, by=editor)

    assert PreviewLink.objects.get().revoked_at == LONG_AGO
    assert Entry.objects.filter(action="preview.revoked").count() == 1


# Who may do what

OWN_DRAFT, OWN_LIVE, ANOTHERS = "own draft", "own live post", "another's draft"
ACTIONS = ("see", "save", "publish", "unpublish", "restore", "restore and publish", "compare", "preview", "share")
MAY = {
    ("author", OWN_DRAFT): {"see", "save", "restore", "compare", "preview", "share"},
    ("author", OWN_LIVE): {"see", "compare", "preview"},
    ("author", ANOTHERS): set(),
    ("sub-editor", OWN_DRAFT): set(ACTIONS) - {"publish", "unpublish", "restore and publish"},
    ("sub-editor", OWN_LIVE): set(ACTIONS) - {"publish", "unpublish", "restore and publish"},
    ("sub-editor", ANOTHERS): set(ACTIONS) - {"publish", "unpublish", "restore and publish"},
    ("editor", OWN_DRAFT): set(ACTIONS),
    ("editor", OWN_LIVE): set(ACTIONS),
    ("editor", ANOTHERS): set(ACTIONS),
    ("reader", OWN_LIVE): set(),
}


def person(role: str) -> User:
    """An author, an editor, an editor who may not publish, or someone who may sign in and no more."""
    if role == "reader":
        return User.objects.create_user(role, is_staff=True)
    user = member(role, "Authors" if role == "author" else "Editors")
    if role == "sub-editor":
        group = user.groups.get()
        group.permissions.remove(group.permissions.get(codename="publish_post"))
    return user


@pytest.mark.parametrize("action", ACTIONS)
@pytest.mark.parametrize(("role", "whose"), MAY)
def test_who_may_do_what(role: str, whose: str, action: str) -> None:
    user = person(role)
    owner = member("another", "Authors") if whose == ANOTHERS else user
    post = write_post(by=owner, draft=whose != OWN_LIVE)

    assert is_done(signed_in(user), post, action) == (action in MAY[role, whose])


def is_done(client: Client, post: Post, action: str) -> bool:
    """Whether the action has its effect for this person."""
    pages = {"see": "revisions", "compare": "compare", "preview": "preview"}
    if action in pages:
        url = reverse(f"admin:posts_post_{pages[action]}", args=[post.pk])
        return client.get(f"{url}?new={post.latest_revision_id}").status_code == 200
    if action == "share":
        client.post(reverse("admin:posts_post_previews", args=[post.pk]), {"days": "7"})
        return PreviewLink.objects.exists()
    if action.startswith("restore"):
        intent = "publish" if action.endswith("publish") else "save"
        url = reverse("admin:posts_post_restore", args=[post.pk, post.latest_revision_id])
        client.post(url, {"intent": intent})
    else:
        sent = {"title": "A title", "slug": post.slug, "markup": "commonmark", "base": post.latest_revision_id}
        client.post(change_url(post), sent | {"intent": action})
    return Revision.objects.count() == 2


def test_a_revision_that_is_the_only_one_is_compared_with_none(editor: User) -> None:
    post, client = write_post(title="Launch", draft=True), signed_in(editor)
    revisions = change_url(post).replace("change", "revisions")
    assert "Compare the two that are chosen" not in client.get(revisions).content.decode()

    save(client, change_url(post), press="save", body="More.")
    assert "Compare the two that are chosen" in client.get(revisions).content.decode()
