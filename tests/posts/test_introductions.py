"""The documents that introduce the pages which the site makes itself: sections, home, tags, authors, archives, search."""

import html5lib
import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from posts import look, writing
from posts.document import Document
from posts.models import Author, Post, Revision
from posts.site import project
from posts.source import Source
from tests.support.admin import change_url, member, save, signed_in
from tests.support.pages import Page
from tests.support.writing import rewrite_post, write_post, write_posts

pytestmark = pytest.mark.django_db

LONG = """Read [these](/posts/a/) first.

## Where to begin

![A plant](https://res.cloudinary.com/demo/image/upload/v1/plant.jpg)

| Country | Days |
| --- | --- |
| Germany | 180 |

```python
x = 1
```
"""
PAGES = {
    "posts/_index.md": "/posts/",
    "_index.md": "/",
    "tags/_index.md": "/tags/",
    "tags/ai/_index.md": "/tags/ai/",
    "authors/mai/_index.md": "/authors/mai/",
    "series/basics/_index.md": "/series/basics/",
    "archives.md": "/archives/",
    "search.md": "/search/",
    "contact.md": "/contact/",
}
LINE = "Notes from *our* teams, and [why](/posts/a/)."


def described(page: Page) -> str:
    """What the head says of the page."""
    return next(meta.get("content", "") for meta in page.elements("meta") if meta.get("name") == "description")


@pytest.mark.parametrize("file", PAGES)
def test_a_document_introduces_its_page_with_all_that_it_holds(client: Client, file: str) -> None:
    write_post(tags=["AI"], author="Mai", series="Basics")
    write_post(file, title="Its name", body=LONG)
    page = Page(client, PAGES[file])

    (prose,) = page.elements("div", "prose")
    assert [prose.find(f".//{name}") is not None for name in ("h2[@id]", "img", "table", "pre", "a")] == [True] * 5
    assert page.texts("h1") == ["Its name"]
    assert {"article.css", "code.css", "lists.css"} <= {
        link.get("href", "").rpartition("/")[2] for link in page.elements("link")
    }
    assert any(script.get("src", "").endswith("js/article.js") for script in page.elements("script"))
    assert described(page).startswith("Read these first. Where to begin")


@pytest.mark.parametrize("file", PAGES)
def test_one_short_paragraph_stands_as_a_line_below_the_heading(client: Client, file: str) -> None:
    write_post(tags=["AI"], author="Mai", series="Basics")
    write_post(file, title="Its name", body=f"{LINE}\n")
    page = Page(client, PAGES[file])

    (opening,) = page.elements("header", "opening")
    assert "Notes from our teams, and why." in [" ".join("".join(p.itertext()).split()) for p in opening.iter("p")]
    assert page.links()["why"] == "/posts/a/"
    assert not page.elements("div", "prose")
    assert "article.css" not in page.html
    assert described(page) == "Notes from our teams, and why."


@pytest.mark.parametrize("body", ["one two three\n\nfour", "word " * 51, "![A](/a.png)", "# Two", "- one"])
def test_what_is_more_than_a_line_is_set_as_an_articles_body(client: Client, body: str) -> None:
    write_post("posts/_index.md", title="Its name", body=body)

    assert len(Page(client, "/posts/").elements("div", "prose")) == 1


def test_what_a_document_says_of_itself_is_the_line_above_a_long_introduction(client: Client) -> None:
    index = write_post("posts/_index.md", body=LONG, description="All that we know.")
    page = Page(client, "/posts/")

    assert "All that we know." in page.texts("p")
    assert described(page) == "All that we know."
    rewrite_post(index, body="", description="All that we know.")
    assert "All that we know." in Page(client, "/posts/").texts("p")


@pytest.mark.parametrize("path", ["/page/2/", "/posts/page/2/", "/tags/ai/page/2/", "/authors/mai/page/2/"])
def test_later_pages_have_the_heading_alone(client: Client, path: str) -> None:
    write_posts(12, tags=["AI"], author="Mai")
    for file in ("_index.md", "posts/_index.md", "tags/ai/_index.md", "authors/mai/_index.md"):
        write_post(file, title="Its name", body=LONG)
    page = Page(client, path)

    assert page.texts("h1") == ["Its name"]
    assert not page.elements("div", "prose")
    assert "article.css" not in page.html


def test_results_of_a_search_come_without_the_introduction(client: Client) -> None:
    write_post(body="A rare word.")
    write_post("search.md", title="Look it up", body=LONG)

    page = Page(client, "/search/?q=rare")
    assert page.texts("h1") == ["Look it up"]
    assert not page.elements("div", "prose")


def test_a_page_without_a_document_says_what_it_said(client: Client) -> None:
    write_post()

    assert look.current().tagline in Page(client, "/").texts("p")
    assert any(text.startswith("Write to us about") for text in Page(client, "/contact/").texts("p"))
    write_post("contact.md", title="Write", body="")
    assert any(text.startswith("Write to us about") for text in Page(client, "/contact/").texts("p"))


def test_introductions_cost_few_queries(client: Client, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    write_posts(12, tags=["AI"], author="Mai")
    writing.save_author(Author(name="Mai", biography="Writes."))
    for file in ("_index.md", "posts/_index.md", "tags/ai/_index.md", "authors/mai/_index.md"):
        write_post(file, body=LONG)
    look.menu()
    for path in ("/", "/posts/", "/tags/ai/", "/authors/mai/"):
        with django_assert_max_num_queries(5):
            client.get(path)


# Of one tag or author


def test_a_tags_document_calls_it_by_its_title(client: Client) -> None:
    write_post(tags=["AI"])
    document = write_post("tags/ai/_index.md", title="Artificial intelligence", body=f"{LINE}\n")
    page = Page(client, "/tags/ai/")

    assert document.kind == Post.Kind.SECTION
    assert page.texts("h1") == ["Artificial intelligence"]
    assert page.texts("h2", "p-name") == ["A title"]
    rewrite_post(document, title=None, body=f"{LINE}\n")
    assert Page(client, "/tags/ai/").texts("h1") == ["AI"]


def test_a_tag_is_shown_without_articles_where_a_document_tells_of_it(client: Client) -> None:
    document = write_post("tags/gene-therapy/_index.md", title=None, body=LONG)

    page = Page(client, "/tags/gene-therapy/")
    assert page.texts("h1") == ["gene-therapy"]
    assert "No articles have been published here yet." in page.texts("p")
    feeds = [link.get("href", "") for link in page.elements("link") if link.get("rel") == "alternate"]
    assert [client.get(feed).status_code for feed in feeds] == [200] * 3
    rewrite_post(document, draft=True)
    assert client.get("/tags/gene-therapy/").status_code == 404


def test_a_draft_takes_no_page_away(client: Client) -> None:
    write_post(tags=["AI"], author="Mai")
    write_post("tags/ai/_index.md", title="Secret", body=LONG, draft=True)
    write_post("authors/mai/_index.md", title="Secret", body=LONG, draft=True)

    for path, name in (("/tags/ai/", "AI"), ("/authors/mai/", "Mai")):
        assert Page(client, path).texts("h1") == [name]
        assert "Secret" not in Page(client, path).html


def test_a_document_goes_with_its_tag(client: Client) -> None:
    post = write_post(tags=["AI"])
    write_post("tags/ai/_index.md", title="All of AI", body=LONG)
    writing.rename(post.tag_list[0], "Machine learning")

    assert client.get("/tags/ai/")["Location"] == "/tags/machine-learning/"
    page = Page(client, "/tags/machine-learning/")
    assert page.texts("h1") == ["All of AI"]
    assert page.elements("div", "prose")
    write_post("tags/machine-learning/_index.md", title="Its own")
    assert Page(client, "/tags/machine-learning/").texts("h1") == ["Its own"]


def test_what_an_editor_tells_of_an_author_stands_above_their_document(client: Client) -> None:
    write_post("authors/mai/_index.md", title="Dr Mai", body=LONG)
    page = Page(client, "/authors/mai/")
    assert page.texts("h1") == ["Dr Mai"]
    assert page.elements("div", "prose")

    writing.save_author(Author(name="Mai", biography="Writes.", credentials="PharmD"))
    page = Page(client, "/authors/mai/")
    assert page.texts("h1") == ["Mai"]
    assert {"Writes.", "PharmD"} <= set(page.texts("p"))
    assert page.elements("div", "prose")
    assert described(page) == "Writes."


def test_a_line_of_a_document_is_shown_beside_what_an_editor_tells(client: Client) -> None:
    write_post("authors/mai/_index.md", title="Dr Mai", body=f"{LINE}\n")
    writing.save_author(Author(name="Mai", biography="Writes."))

    assert {"Writes.", "Notes from our teams, and why."} <= set(Page(client, "/authors/mai/").texts("p"))


def test_the_picture_of_an_authors_document_is_their_photo(client: Client) -> None:
    photo = "https://res.cloudinary.com/demo/image/upload/v1/{}.jpg"
    write_post("authors/mai/_index.md", title="Dr Mai", image=photo.format("document"))
    assert "document.jpg" in Page(client, "/authors/mai/").elements("img")[0].get("src", "")

    writing.save_author(Author(name="Mai", photo=photo.format("record")))
    assert "record.jpg" in Page(client, "/authors/mai/").elements("img")[0].get("src", "")


def test_each_edition_has_its_own_documents(client: Client) -> None:
    for file in ("posts/a.md", "posts/a.vi.md"):
        write_post(file, tags=["AI"], author="Mai")
    write_post("tags/ai/_index.vi.md", title="Trí tuệ nhân tạo")
    write_post("authors/mai/_index.vi.md", title="Dược sĩ Mai")

    for path, heading in (("tags/ai/", "Trí tuệ nhân tạo"), ("authors/mai/", "Dược sĩ Mai")):
        assert Page(client, f"/vi/{path}").texts("h1") == [heading]
        assert heading not in Page(client, f"/{path}").html


def test_a_document_that_introduces_a_list_stands_in_none(client: Client) -> None:
    write_post(tags=["AI"], author="Mai")
    write_post("authors/mai/_index.md", title="Dr Mai", authors=["mai"], tags=["AI"], body=LONG)
    write_post("authors/tom.md", title="Tom", tags=["AI"], body="A rare word.")

    assert Page(client, "/authors/mai/").texts("h2", "p-name") == ["A title"]
    assert Page(client, "/tags/ai/").texts("h2", "p-name") == ["A title"]
    for path in ("/", "/archives/", "/search/?q=rare", "/llms.txt", "/index.xml", "/tags/ai/index.xml"):
        assert "Tom" not in client.get(path).content.decode(), path
    sitemap = client.get("/sitemap.xml").content.decode()
    assert (sitemap.count("/authors/mai/<"), sitemap.count("/tags/ai/<"), "tom" in sitemap) == (1, 1, False)
    assert "1 article" in Page(client, "/tags/").texts("span")


@pytest.mark.parametrize("folder", ["tags", "authors"])
def test_old_addresses_below_an_editions_tags_and_authors_redirect(client: Client, folder: str) -> None:
    write_post(f"{folder}/a/_index.vi.md", title="A", aliases=[f"/{folder}/old/"])

    assert client.get(f"/vi/{folder}/old/")["Location"] == f"/vi/{folder}/a/"
    assert client.get(f"/{folder}/old/").status_code == 404


@pytest.mark.parametrize(("file", "path"), [("search.md", "/search/"), ("contact.md", "/contact/")])
def test_an_introduction_shares_no_id_with_the_page_around_it(client: Client, file: str, path: str) -> None:
    write_post(tags=["AI"])
    write_post(file, body="## Popular\n\n## Problems\n\n## Homepage\n\n## Query\n")

    for response in (client.get(path), client.post(path)):
        ids = [e.get("id") for e in html5lib.parse(response.content.decode()).iter() if e.get("id")]
        assert len(ids) == len(set(ids))


# In the admin


def test_a_tags_document_is_edited_like_any_other(client: Client) -> None:
    source = Source(file="topics/AI/_index.md", page="topics/AI/_index.md", hugo=True, tag_keys=["topics"])
    text = "---\ntitle: AI\nslug: artificial\n---\n\nWords.\n"
    writing.write([writing.Change(project(Document.of(text), source))], origin=Revision.Origin.IMPORT)
    document = Post.objects.get()
    assert (document.path, document.aliases) == ("/tags/ai/", ["/topics/artificial/"])

    editor = signed_in(member("editor", "Editors"))
    save(editor, change_url(document))
    assert document.revisions.latest("pk").text == text
    save(editor, change_url(document), title="All of AI")
    assert document.revisions.latest("pk").text == text.replace("title: AI", "title: All of AI")
    assert 'href="/tags/ai/"' in editor.get(change_url(document)).content.decode()
    assert Page(client, "/tags/ai/").texts("h1") == ["All of AI"]
