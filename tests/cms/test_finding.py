"""Search over everything in the admin (Ctrl-K): what is found, for whom."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from accounts.models import User
from posts.models import Image
from tests.support.admin import change_url, member, signed_in
from tests.support.people import person
from tests.support.writing import write_post, write_posts


def found(client: Client, text: str) -> dict[str, list[str]]:
    """The titles of what is found, by group."""
    groups = client.get("/admin/find/", {"q": text, "format": "json"}).json()["groups"]
    return {group["name"]: [hit["title"] for hit in group["hits"]] for group in groups}


@pytest.mark.django_db
def test_posts_are_found_by_title_first_then_by_text_and_drafts_too(editor: User) -> None:
    write_post("posts/a.md", title="Consent", body="Dosage in the text.\n")
    write_post("posts/b.md", title="Dosage", draft=True)
    write_post("posts/c.md", title="Hidden dosage", searchHidden=True)
    client = signed_in(editor)

    assert set(found(client, "dosage")["Posts"][:2]) == {"Dosage", "Hidden dosage"}
    assert found(client, "dosage")["Posts"][2:] == ["Consent"]
    assert "Dosage" in found(client, "dos")["Posts"]
    assert found(client, "/posts/a")["Posts"] == ["Consent"]


@pytest.mark.django_db
def test_each_person_finds_what_they_may_see(editor: User) -> None:
    author = member("dosage-writer", "Authors")
    write_post("posts/a.md", title="Dosage", by=author, draft=True)
    write_post("posts/b.md", title="Dosage of others", tags=["Dosages"])

    assert found(signed_in(author), "dosage") == {"Posts": ["Dosage"], "Tags": ["Dosages"]}
    assert found(signed_in(editor), "dosage") == {"Posts": ["Dosage", "Dosage of others"], "Tags": ["Dosages"]}
    administrator = signed_in(person("root", "Administrators"))
    assert found(administrator, "dosage") == {"People": ["dosage-writer"]}
    assert Client().get("/admin/find/").status_code == 302


@pytest.mark.django_db
def test_pages_of_the_admin_are_offered_before_anything_is_typed(editor: User) -> None:
    pages = found(signed_in(editor), "")["Pages of the admin"]
    assert pages[:3] == ["Add post", "Calendar", "Import Markdown"]
    assert found(signed_in(editor), "site sett")["Pages of the admin"] == ["Site settings"]
    assert found(signed_in(editor), "users") == {}


@pytest.mark.django_db
def test_without_a_script_it_is_a_page(editor: User) -> None:
    post = write_post(title="<b>Dosage</b>")
    page = signed_in(editor).get("/admin/find/", {"q": "dosage"}).content.decode()
    assert change_url(post) in page
    assert "&lt;b&gt;Dosage" in page


@pytest.mark.django_db
def test_the_queries_do_not_grow_with_the_posts(editor: User) -> None:
    client = signed_in(editor)
    counted = []
    for count in (10, 60):
        write_posts(count, tags=["Post"]) if count == 10 else [
            write_post(f"posts/more-{n}.md", title=f"Post {n}") for n in range(count)
        ]
        client.get("/admin/find/", {"q": "post"})
        with CaptureQueriesContext(connection) as queries:
            client.get("/admin/find/", {"q": "post", "format": "json"})
        counted.append(len(queries))
    assert counted[0] == counted[1]


class HostileText(TestCase):
    """Whatever is typed, the answer is a list."""

    @settings(max_examples=25)
    @given(st.text(max_size=300))
    def test_any_text_is_answered(self, text: Any) -> None:
        client = signed_in(User.objects.create_superuser("root"))
        assert client.get("/admin/find/", {"q": text.encode("utf-8", "replace").decode()}).status_code == 200
        assert client.get("/admin/posts/post/", {"q": text.encode("utf-8", "replace").decode()}).status_code in (
            200,
            302,
        )


@pytest.mark.django_db
def test_images_are_found_by_name_and_alternative_text(editor: User) -> None:
    Image.objects.create(address="/media/images/ward.png", alt="A nurse", storage="local")
    Image.objects.create(address="/media/images/lab.png", alt="A lab at the ward", storage="local")

    assert found(signed_in(editor), "ward")["Images"] == ["lab", "ward"]
    assert "Images" not in found(signed_in(member("someone", "Administrators")), "ward")
