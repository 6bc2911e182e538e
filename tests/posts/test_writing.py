"""The one way into the tables."""

from typing import Any

import pytest
from django.db import IntegrityError, connection
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from audit.models import Entry
from posts import writing
from posts.models import Post, Redirect, Revision, SiteState, Tag
from tests.support.admin import member, signed_in
from tests.support.writing import projected, rewrite_post, write_post, write_posts

pytestmark = pytest.mark.django_db


def test_a_write_makes_a_post_a_revision_and_its_tags() -> None:
    author = User.objects.create(username="an")
    post = write_post(tags=["AI", "Type 2 diabetes"], by=author)

    revision = post.revisions.get()
    assert post.live_revision == post.latest_revision == revision
    assert revision.author == post.owner == author
    assert revision.created_at == post.updated_at == Entry.objects.get(action="post.created").at
    assert revision.text.startswith("---\ntitle: A title\n")
    assert [tag.slug for tag in post.tag_list] == ["ai", "type-2-diabetes"]


def test_each_write_adds_a_revision_and_moves_both_pointers() -> None:
    post = write_post()
    post = rewrite_post(post, title="Another title")

    assert post.title == "Another title"
    assert post.revisions.count() == 2
    assert post.live_revision == post.latest_revision == post.revisions.latest("pk")


def test_posts_written_together_have_a_revision_each_and_others_keep_theirs() -> None:
    write_post("posts/there.md", title="there")
    changes = [writing.Change(projected(f"posts/{name}.md", title=name)) for name in ("a", "b")]
    writing.write(changes, origin=Revision.Origin.IMPORT)

    said = {post.slug: f"title: {post.slug}\n" in post.live_revision.text for post in Post.objects.all()}
    assert said == {"there": True, "a": True, "b": True}


def test_a_draft_waits_beside_what_readers_see(author: User) -> None:
    post, other = write_post("posts/a.md"), write_post("posts/b.md")
    projection = projected("posts/a.md", title="Next", body="![New](new.png)\n")
    revision = writing.save_draft(post, projection, origin=Revision.Origin.ADMIN, by=author)

    assert (revision.author, revision.sha256) == (author, projection.sha256)
    assert post.latest_revision == revision
    kept = Post.objects.get(pk=post.pk)
    assert (kept.latest_revision, kept.live_revision, kept.title) == (revision, post.live_revision, "A title")
    assert Post.objects.get(pk=other.pk).latest_revision == other.latest_revision
    rewrite_post(other, title="Another")
    kept.refresh_from_db()
    assert (kept.latest_revision, kept.live_revision) == (revision, post.live_revision)
    entry = Entry.objects.get(action="post.drafted")
    assert (entry.actor_name, entry.at) == ("author", revision.created_at)


def test_the_same_tag_in_another_case_is_the_same_tag() -> None:
    write_post("posts/a.md", tags=["Oncology"])
    write_post("posts/b.md", tags=["oncology", "ONCOLOGY"])

    assert Tag.objects.get().name == "Oncology"
    assert Tag.objects.get().tagged.count() == 2


def test_a_moved_post_leaves_a_redirect_that_follows_it() -> None:
    post = write_post(slug="first")
    post = rewrite_post(post, slug="second")
    post = rewrite_post(post, slug="third")

    redirects = {redirect.old_path: redirect.target for redirect in Redirect.objects.all()}
    assert redirects == {"/posts/first/": "/posts/third/", "/posts/second/": "/posts/third/"}


def test_two_posts_may_trade_paths_in_one_write() -> None:
    a, b = write_post("posts/a.md"), write_post("posts/b.md")
    changes = [
        writing.Change(projected("posts/a.md", slug="b"), Post.objects.get(pk=a.pk)),
        writing.Change(projected("posts/b.md", slug="a"), Post.objects.get(pk=b.pk)),
    ]
    writing.write(changes, origin=Revision.Origin.IMPORT)

    assert Post.objects.get(path="/posts/b/").pk == a.pk
    assert Post.objects.get(path="/posts/a/").pk == b.pk


def test_aliases_are_redirects_that_go_with_their_document() -> None:
    post = write_post(aliases=["/old/", "older"])
    assert {r.old_path for r in Redirect.objects.all()} == {"/old/", "/posts/older/"}

    rewrite_post(post)
    assert not Redirect.objects.exists()


def test_of_two_posts_with_one_alias_the_first_has_what_led_there_too() -> None:
    Redirect.objects.create(old_path="/older/", target_path="/old/")
    changes = [writing.Change(projected(f"posts/{name}.md", aliases=["/old/"])) for name in ("a", "b")]
    writing.write(changes, origin=Revision.Origin.IMPORT)

    leads = {redirect.old_path: redirect.target for redirect in Redirect.objects.all()}
    assert leads == {"/old/": "/posts/a/", "/older/": "/posts/a/"}


def test_a_write_that_fails_leaves_nothing_behind() -> None:
    write_post("posts/a.md")
    changes = [writing.Change(projected("posts/new.md")), writing.Change(projected("posts/b.md", url="/posts/a/"))]

    with pytest.raises(IntegrityError):
        writing.write(changes, origin=Revision.Origin.IMPORT)
    assert [post.path for post in Post.objects.all()] == ["/posts/a/"]


def test_many_posts_are_written_in_batches(django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_max_num_queries(27):
        write_posts(3, tags=["AI", "Oncology"])
    Post.objects.all().delete()
    with django_assert_max_num_queries(70):  # SQLite takes some thirty rows of this width in one statement
        write_posts(300, tags=["Genomics", "Regulation"])


def test_a_renamed_tag_redirects_and_its_old_name_in_documents_means_it() -> None:
    write_post("posts/a.md", tags=["AI"])
    writing.rename(Tag.objects.get(), "Artificial Intelligence")
    write_post("posts/b.md", tags=["AI"])

    tag = Tag.objects.get()
    assert (tag.name, tag.tagged.count()) == ("Artificial Intelligence", 2)
    assert Redirect.objects.get().old_path == "/tags/ai/"


def test_what_led_to_a_tags_old_path_follows_its_name_and_nothing_else_does() -> None:
    write_post(tags=["AI"])
    for old_path, target_path in {"/robots/": "/tags/ai/", "/shop/": "https://shop.example/"}.items():
        Redirect.objects.create(old_path=old_path, target_path=target_path)
    writing.rename(Tag.objects.get(), "Artificial Intelligence")

    leads = {redirect.old_path: redirect.target for redirect in Redirect.objects.all()}
    new = "/tags/artificial-intelligence/"
    assert leads == {"/tags/ai/": new, "/robots/": new, "/shop/": "https://shop.example/"}


def test_a_deleted_post_goes_with_its_revisions_and_no_other_does() -> None:
    post, other = write_post("posts/a.md"), write_post("posts/b.md")
    writing.delete(each for each in [post])

    assert Post.objects.get() == other
    assert Revision.objects.get().post == other


def test_a_tag_that_is_renamed_back_is_where_it_was() -> None:
    write_post(tags=["AI"])
    writing.rename(Tag.objects.get(), "Artificial Intelligence")
    writing.rename(Tag.objects.get(), "AI")

    assert {r.old_path for r in Redirect.objects.all()} == {"/tags/artificial-intelligence/"}


def test_what_is_written_renamed_and_deleted_is_in_the_trail() -> None:
    post = write_post(tags=["AI"])
    writing.rename(Tag.objects.get(name="AI"), "Artificial intelligence")
    writing.delete([post])

    assert list(Entry.objects.order_by("number").values_list("action", flat=True)) == [
        "post.created",
        "tag.renamed",
        "post.deleted",
    ]
    assert Entry.objects.get(action="tag.renamed").before == {"name": "AI"}


def test_an_import_is_recorded_a_batch_at_a_time_and_at_its_end_so_that_nobody_waits_to_sign_in() -> None:
    with CaptureQueriesContext(connection) as asked:
        write_posts(writing.BATCH + 1)

    written = [each["sql"].split('"')[1] for each in asked if each["sql"].startswith("INSERT")]
    assert written.count("audit_entry") == 1
    assert "audit_entry" not in written[: max(n for n, table in enumerate(written) if table == "posts_revision")]
    said = [entry.after["posts"] for entry in Entry.objects.order_by("number")]
    assert [len(posts) for posts in said] == [writing.BATCH, 1]
    assert said[1] == [[post.path, post.latest_revision.sha256] for post in Post.objects.filter(path=said[1][0][0])]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("is_first", [False, True])
def test_a_save_waits_for_an_import_only_so_long_that_readers_are_still_answered(
    monkeypatch: pytest.MonkeyPatch, *, is_first: bool
) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has its own, in the settings")
    monkeypatch.setattr(SiteState, "PATIENCE", "50ms")
    post = write_post()
    client = signed_in(member("editor", "Editors"))
    client.raise_request_exception = False
    address = f"/admin/posts/post/{post.pk}/change/"
    form = client.get(address).context["adminform"].form
    typed = {name: form.get_initial_for_field(field, name) or "" for name, field in form.fields.items()}
    importing: Any = connection.copy()
    if is_first:
        SiteState.objects.all().delete()
    try:
        with importing.cursor() as cursor:
            cursor.execute("SET idle_in_transaction_session_timeout = '5s'; BEGIN")
            cursor.execute(
                "INSERT INTO posts_sitestate VALUES (1, 1, '[]', '[]') ON CONFLICT (id) DO UPDATE SET id = 1"
            )
        refused = client.post(address, typed | {"title": "Anew", "intent": "publish"})
    finally:
        importing.close()

    assert refused.status_code == 503
    assert "save it again" in refused.content.decode()
    assert Post.objects.get().title == post.title
    assert rewrite_post(post, title="Anew").title == "Anew"
