"""The documents that introduce the pages which the site makes itself: sections, home, tags, authors, archives, search."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from posts import look, writing
from posts.models import Author
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
