"""Authors: their pages, what an editor tells of them, and the posts that name them."""

from datetime import UTC, datetime
from importlib import import_module
from io import StringIO
from pathlib import Path

import pytest
from django.apps import apps
from django.contrib.auth.models import Group
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client
from pytest_django import Settings

from accounts.models import User
from audit.models import Entry
from posts import writing
from posts.models import Author, AuthoredPost, Post, SiteState
from posts.source import Source
from tests.posts.images.pictures import drawing, encoded
from tests.support.admin import member
from tests.support.pages import Page
from tests.support.writing import LONG_AGO, rewrite_post, write_post, write_posts

pytestmark = pytest.mark.django_db

ADD = "/admin/posts/author/add/"


def form(**changed: object) -> dict[str, object]:
    return {"name": "Mai Nguyen", "credentials": "", "biography": "", "photo": "", "links": ""} | changed


@pytest.fixture
def editor(client: Client) -> Client:
    """The client of somebody who is an editor."""
    client.force_login(member("editor", "Editors"))
    return client


def test_an_article_leads_to_each_of_its_authors(client: Client) -> None:
    write_post(author=["Mai Nguyen", "Tom O'Hara", "Dược Sĩ"])
    page = Page(client, "/posts/a/")

    for name in ("Mai Nguyen", "Tom O'Hara", "Dược Sĩ"):
        assert Page(client, page.links()[name]).texts("h1") == [name]
    assert page.texts("a", "p-author") == ["Mai Nguyen", "Tom O'Hara", "Dược Sĩ"]


def test_an_authors_page_tells_who_they_are_and_lists_what_they_wrote(client: Client) -> None:
    write_post("posts/old.md", title="Older", author="Mai Nguyen", date=datetime(2023, 1, 1, tzinfo=UTC))
    write_post("posts/new.md", title="Newer", author="mai nguyen")
    write_post("posts/other.md", title="Another's", author="Tom Baker")
    writing.save_author(
        Author(
            name="Mai Nguyen",
            credentials="PharmD",
            photo="https://res.cloudinary.com/demo/image/upload/v1/mai.jpg",
            biography="Writes about <evidence>.",
            links=["https://www.linkedin.com/in/mai"],
        )
    )
    page = Page(client, "/authors/mai-nguyen/")

    assert page.texts("h2", "p-name") == ["Newer", "Older"]
    assert "PharmD" in page.html
    assert "Writes about &lt;evidence&gt;." in page.html
    assert page.links()["linkedin.com"] == "https://www.linkedin.com/in/mai"
    photo = page.elements("img")[0]
    assert "c_limit" in photo.get("src", "")
    assert photo.get("sizes") == "8rem"


def test_an_author_with_many_posts_has_several_pages(client: Client) -> None:
    write_posts(12, author="Mai Nguyen")

    first, second = Page(client, "/authors/mai-nguyen/"), Page(client, "/authors/mai-nguyen/page/2/")
    assert (len(first.elements("article")), len(second.elements("article"))) == (10, 2)
    assert client.get("/authors/mai-nguyen/page/1/")["Location"] == "/authors/mai-nguyen/"
    assert client.get("/authors/mai-nguyen")["Location"] == "/authors/mai-nguyen/"


def test_only_what_is_live_makes_an_author_known(client: Client) -> None:
    post = write_post(author="Mai Nguyen", draft=True)
    assert client.get("/authors/mai-nguyen/").status_code == 404
    assert client.get("/authors/nobody/").status_code == 404

    rewrite_post(post, author="Mai Nguyen")
    assert client.get("/authors/mai-nguyen/").status_code == 200


def test_all_authors_are_on_a_page_with_their_counts(client: Client) -> None:
    assert client.get("/authors/").status_code == 404

    write_post("posts/one.md", author="Mai Nguyen")
    write_post("posts/two.md", author="Ana Sousa")
    write_post("posts/three.md", authors=["Ana Sousa", "Mai Nguyen"])
    write_post("posts/draft.md", author="Nobody Yet", draft=True)
    write_post("authors/_index.md", title="Who writes here", body="Physicians and *pharmacists*.\n")
    page = Page(client, "/authors/")

    assert page.texts("h1") == ["Who writes here"]
    assert page.texts("em") == ["pharmacists"]
    index = page.elements("ul", "tag-index")[0]
    assert [" ".join("".join(li.itertext()).split()) for li in index] == [
        "Ana Sousa 2 articles",
        "Mai Nguyen 2 articles",
    ]
    assert [a.get("href") for a in index.iter("a")] == ["/authors/ana-sousa/", "/authors/mai-nguyen/"]
    assert Page(client, "/sitemap.xml").html.count("/authors/</loc>") == 1


def test_an_article_of_that_address_comes_before_the_list(client: Client) -> None:
    write_post("authors.md", title="Our authors", author="Ana Sousa")

    assert Page(client, "/authors/").elements("article", "h-entry")
    assert Page(client, "/sitemap.xml").html.count("/authors/</loc>") == 1


def test_a_section_of_that_name_that_has_articles_comes_before_the_list(client: Client) -> None:
    write_post("authors/mai.md", title="Mai Le", url="/people/mai/", author="Ana Sousa")

    assert Page(client, "/authors/").texts("h2", "p-name") == ["Mai Le"]
    assert Page(client, "/sitemap.xml").html.count("/authors/</loc>") == 1


@pytest.mark.parametrize("path", ["/authors/", "/series/"])
def test_a_redirect_from_that_address_comes_before_the_list(client: Client, path: str) -> None:
    team = write_post("team.md", aliases=[path], author="Ana Sousa", series=["Basics"])
    assert client.get(path)["Location"] == "/team/"

    write_post(f"{path[1:]}_index.md", title="Who and what")
    assert Page(client, path).texts("h1") == ["Who and what"]
    Post.objects.filter(source_path=f"{path[1:]}_index.md").delete()
    rewrite_post(team, draft=True)
    write_post("posts/a.md", author="Ana Sousa", series=["Basics"])
    assert Page(client, path).elements("ul", "tag-index")


def test_no_redirect_comes_before_the_list_of_tags(client: Client) -> None:
    write_post("team.md", aliases=["/tags/"], tags=["AI"])

    assert Page(client, "/tags/").elements("ul", "tag-index")


@pytest.mark.parametrize("path", ["/authors", "/series", "/series/basics"])
def test_an_article_whose_address_lacks_the_slash_takes_no_list_away(
    client: Client, settings: Settings, path: str
) -> None:
    source = Source(file="page.md", page="page.md", jekyll=True)
    write_post("page.md", url=path, source=source)
    write_post("posts/a.md", author="Ana Sousa", series=["Basics"])

    for each in (path, f"{path}/"):
        assert f'<link rel="canonical" href="{settings.SITE_URL}{each}">' in Page(client, each).html


def test_a_post_among_the_authors_tells_of_one(tmp_path: Path, client: Client) -> None:
    file = tmp_path / "content" / "authors" / "mai.md"
    file.parent.mkdir(parents=True)
    file.write_text("---\ntitle: Mai Le\ndate: 2024-01-01\n---\n\nText.\n")

    call_command("import_markdown", str(tmp_path / "content"), stdout=StringIO())
    assert not Post.objects.articles().exists()
    page = Page(client, "/authors/mai/")
    assert page.texts("h1") == ["Mai Le"]
    assert "Text." in page.texts("p")


def test_posts_that_were_there_before_are_on_their_authors_pages() -> None:
    post = write_post(author=["Mai Nguyen", "mai nguyen", "Tom Baker"])
    rows = AuthoredPost.objects.order_by("slug").values_list("slug", "name", "content_object", "listed_at")
    written = list(rows)
    AuthoredPost.objects.all().delete()
    import_module("posts.migrations.0005_authors_of_posts").make_rows(apps, None)

    assert list(rows) == written
    assert written == [("mai-nguyen", "Mai Nguyen", post.pk, LONG_AGO), ("tom-baker", "Tom Baker", post.pk, LONG_AGO)]


def test_an_editor_tells_of_an_author(editor: Client, settings: Settings) -> None:
    before = SiteState.current().generation
    photo = SimpleUploadedFile("mai.jpg", encoded(drawing(640, 640)).read(), "image/jpeg")
    links = "https://orcid.org/1\r\nhttps://example.org/"
    assert editor.post(ADD, form(credentials="PharmD", links=links, photo_upload=photo)).status_code == 302

    author = Author.objects.get()
    assert (author.slug, author.links) == ("mai-nguyen", ["https://orcid.org/1", "https://example.org/"])
    assert author.picture is not None
    assert author.picture.src.endswith("480w.webp")
    assert SiteState.current().generation > before
    entry = Entry.objects.get(action="author.created")
    assert (entry.actor_name, entry.after["credentials"]) == ("editor", "PharmD")
    assert Page(editor, "/authors/mai-nguyen/").elements("img")[0].get("src") == author.picture.src
    assert "orcid.org" in editor.get(f"/admin/posts/author/{author.pk}/change/").content.decode()


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"name": "mai  nguyen"}, "has the same page"),
        ({"name": "Tom", "links": "javascript:alert(1)"}, "Enter a valid URL"),
        ({"name": "Tom", "photo_upload": SimpleUploadedFile("a.png", b"no picture")}, "errorlist"),
    ],
)
def test_what_cannot_be_told_is_said_at_the_form(editor: Client, changed: dict[str, object], said: str) -> None:
    writing.save_author(Author(name="Mai Nguyen"))

    assert said in editor.post(ADD, form(**changed)).content.decode()
    assert Author.objects.count() == 1


def test_a_deleted_author_keeps_the_page_that_posts_give(editor: Client) -> None:
    write_post(author="Mai Nguyen")
    author = Author(name="Mai Nguyen", credentials="PharmD")
    writing.save_author(author)
    editor.post(f"/admin/posts/author/{author.pk}/delete/", {"post": "yes"})
    assert Entry.objects.values_list("actor_name", "action", "label").first() == (
        "editor",
        "author.deleted",
        "Mai Nguyen",
    )

    page = Page(editor, "/authors/mai-nguyen/")
    assert page.texts("h1") == ["Mai Nguyen"]
    assert "PharmD" not in page.html


def test_authors_of_posts_do_not_tell_of_themselves(client: Client) -> None:
    user = User.objects.create_user("author", is_staff=True)
    user.groups.add(Group.objects.get(name="Authors"))
    client.force_login(user)

    assert client.post(ADD, form()).status_code == 403


def test_a_text_too_long_for_a_name_is_shown_and_has_no_page(client: Client) -> None:
    crowd = ", ".join(f"Author number {number}" for number in range(30))
    write_post("posts/crowd.md", author=crowd)
    page = Page(client, "/posts/crowd/")

    assert crowd in page.texts("span", "p-author")
    assert not AuthoredPost.objects.filter(content_object__path="/posts/crowd/").exists()
