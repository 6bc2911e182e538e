"""Tags merged, counted and deleted, as an editor does it."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from audit.models import Entry
from posts import tagging, writing
from posts.models import Post, Redirect, Tag
from tests.support.admin import member, signed_in
from tests.support.writing import rewrite_post, write_post, write_posts

pytestmark = pytest.mark.django_db

TAGS = "/admin/posts/tag/"


def named(*names: str) -> list[Tag]:
    return list(Tag.objects.filter(name__in=names))


def merge(*going: str, into: str) -> None:
    tagging.merge(named(*going, into), Tag.objects.get(name=into))


def test_posts_of_the_merged_tags_get_the_one_that_stays_once() -> None:
    write_post("posts/a.md", tags=["AI", "Genomics"])
    write_post("posts/b.md", tags=["ML", "AI"])
    write_post("posts/c.md", tags=["Machine learning"])
    merge("ML", "Machine learning", into="AI")

    tags = {post.source_path: [tag.name for tag in post.tag_list] for post in Post.objects.all()}
    assert tags == {"posts/a.md": ["AI", "Genomics"], "posts/b.md": ["AI"], "posts/c.md": ["AI"]}
    assert set(Tag.objects.values_list("name", flat=True)) == {"AI", "Genomics"}


def test_old_addresses_lead_to_the_tag_in_one_hop_whatever_was_renamed_and_merged_before(client: Client) -> None:
    write_post("posts/a.md", tags=["A", "B", "C"])
    writing.rename(Tag.objects.get(name="A"), "A2")
    merge("A2", into="B")
    merge("B", into="C")

    for old in ("a", "a2", "b"):
        assert client.get(f"/tags/{old}/?x=1")["Location"] == "/tags/c/?x=1"


def test_documents_that_say_a_merged_name_mean_the_tag_that_stays() -> None:
    post = write_post("posts/a.md", tags=["AI", "ML"])
    merge("ML", into="AI")
    rewrite_post(post, title="Edited", tags=["ML", "AI"])
    write_post("posts/b.md", tags=["ML"])

    assert [tag.name for tag in Post.objects.get(pk=post.pk).tag_list] == ["AI"]
    assert Tag.objects.get().tagged.count() == 2


def test_search_follows(client: Client) -> None:
    write_post("posts/a.md", title="Dose", tags=["Oncology"])
    write_post("posts/b.md", title="Trial", tags=["Cancer"])
    assert "Trial" not in client.get("/search/?q=oncology").content.decode()
    merge("Cancer", into="Oncology")

    assert "Trial" in client.get("/search/?q=oncology").content.decode()


def test_the_trail_names_what_was_merged_into_what(editor: User) -> None:
    write_post(tags=["AI", "ML"])
    tagging.merge(named("AI", "ML"), Tag.objects.get(name="AI"), by=editor)

    entry = Entry.objects.get(action="tag.merged")
    assert (entry.label, entry.after["merged_into"], entry.actor_name) == ("ML", "AI", "editor")


def test_a_merge_costs_the_same_however_many_posts_it_changes(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    write_posts(90, tags=["ML"])
    write_post("posts/a.md", tags=["AI"])
    with django_assert_max_num_queries(30):
        merge("ML", into="AI")


def test_an_editor_chooses_sees_what_changes_and_merges(editor: User) -> None:
    write_post("posts/a.md", tags=["AI", "ML"])
    write_post("posts/b.md", tags=["ML"])
    client, ai = signed_in(editor), Tag.objects.get(name="AI")
    chosen = {"action": "merge", "_selected_action": [tag.pk for tag in named("AI", "ML")]}

    page = client.post(TAGS, chosen).content.decode()
    assert "Which of them stays?" in page
    page = client.post(TAGS, chosen | {"staying": ai.pk}).content.decode()
    assert "1 post gets “AI”." in page
    assert "1 post has it already, and keeps it once." in page
    assert Tag.objects.count() == 2
    client.post(TAGS, chosen | {"staying": ai.pk, "merge": "Merge"})
    assert Tag.objects.get() == ai


@pytest.mark.parametrize("names", [["AI"], []])
def test_one_tag_alone_is_not_merged(editor: User, names: list[str]) -> None:
    write_post(tags=["AI", "ML"])
    chosen = [tag.pk for tag in named(*names)]
    signed_in(editor).post(TAGS, {"action": "merge", "_selected_action": chosen})

    assert Tag.objects.count() == 2


def test_unused_tags_go_together_and_used_ones_stay(editor: User) -> None:
    post = write_post(tags=["Old", "Older", "Kept"])
    rewrite_post(post, tags=["Kept"])
    every = list(Tag.objects.values_list("pk", flat=True))
    client = signed_in(editor)
    assert "Kept" not in client.get(f"{TAGS}?use=none").content.decode().partition("result_list")[2]
    client.post(TAGS, {"action": "delete_unused", "_selected_action": every})

    assert Tag.objects.get().name == "Kept"
    assert Entry.objects.filter(action="tag.deleted").count() == 2


def test_the_list_counts_live_posts_and_all_of_them_in_a_constant_number_of_queries(
    editor: User, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    write_post("posts/a.md", tags=["AI"])
    write_post("posts/b.md", tags=["AI"], draft=True)
    client = signed_in(editor)
    tag = client.get(TAGS).context["cl"].result_list[0]
    assert (tag.live_count, tag.post_count) == (1, 2)
    for size in (10, 60):
        write_post(f"posts/many-{size}.md", tags=[f"Tag {n}" for n in range(size)])
        with django_assert_max_num_queries(12):
            client.get(f"{TAGS}?o=-4")


def test_authors_merge_nothing() -> None:
    write_post(tags=["AI", "ML"])
    chosen = [tag.pk for tag in Tag.objects.all()]
    data = {"action": "merge", "_selected_action": chosen, "staying": chosen[0], "merge": "Merge"}
    signed_in(member("an", "Authors")).post(TAGS, data)

    assert Tag.objects.count() == 2
    assert not Redirect.objects.exists()
