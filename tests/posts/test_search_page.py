"""The search page, its suggestions, and the archives, as a reader meets them."""

from datetime import UTC, datetime

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from posts.models import Post
from tests.posts.test_search import HOSTILE
from tests.support.pages import Page
from tests.support.writing import write_post, write_posts

pytestmark = pytest.mark.django_db


def test_a_search_shows_titles_that_lead_to_posts_with_what_was_found_marked(client: Client) -> None:
    write_post("posts/a.md", title="Dosage & more", body="Of the <em>doses</em>: a dosage is `<b>`.")
    page = Page(client, "/search/?q=dosage")

    assert page.links()["Dosage & more"] == "/posts/a/"
    assert "dosage" in page.texts("mark")
    assert "a <mark>dosage</mark> is &lt;b&gt;." in page.html
    assert page.texts("p", "byline")[0] == "1 article"
    assert [field.get("value") for field in page.elements("input")] == ["dosage"]


def test_results_are_for_readers_and_the_bare_page_is_for_search_engines_too(client: Client) -> None:
    write_post(title="Found")

    assert "noindex" in Page(client, "/search/?q=found").html
    assert "noindex" in Page(client, "/search/?q=nothing").html
    assert "noindex" not in Page(client, "/search/").html
    assert "noindex" in client.get("/search/suggestions/?q=fo")["X-Robots-Tag"]


def test_results_are_paged_and_a_page_that_is_none_is_the_nearest(client: Client) -> None:
    write_posts(25, body="Word.")
    second = Page(client, "/search/?q=word&page=2")

    assert {a.get("rel"): a.get("href") for a in second.elements("a") if a.get("rel")} == {
        "prev": "/search/?q=word",
        "next": "/search/?q=word&page=3",
    }
    assert len(Page(client, "/search/?q=word&page=99").texts("li")) > 4
    assert client.get("/search/?q=word&page=x").status_code == 200


def test_a_search_is_narrowed_and_widened_by_links_with_counts(client: Client) -> None:
    write_post("posts/a.md", title="A", body="Word.", tags=["C++"], date=datetime(2023, 5, 1, tzinfo=UTC))
    write_post("posts/b.md", title="B", body="Word.", tags=["AI", "C++"])

    narrower = Page(client, "/search/?q=word").links()
    assert narrower["C++ 2"] == "/search/?q=word&tag=c%2B%2B"
    assert narrower["2023 1"] == "/search/?q=word&year=2023"

    narrowed = Page(client, "/search/?q=word&tag=c%2B%2B&year=2023")
    assert narrowed.links()["A"] == "/posts/a/"
    assert "B" not in narrowed.links()
    assert narrowed.links()["C++ × (remove)"] == "/search/?q=word&year=2023"


@pytest.mark.parametrize("narrowing", ["tag=nothing", "year=x", "year=0000", "year=99999999", "tag=%00", "year=%D9%A3"])
def test_what_narrows_to_nothing_that_is_there_is_passed_over(client: Client, narrowing: str) -> None:
    write_post(title="Found")

    assert "Found" in Page(client, f"/search/?q=found&{narrowing}").links()


def test_a_search_without_hits_helps_on(client: Client) -> None:
    write_post(title="Genomics today", tags=["Oncology"])
    nothing = Page(client, "/search/?q=genmics")

    assert nothing.links()["genomics"] == "/search/?q=genomics"
    assert nothing.links()["Oncology"] == "/tags/oncology/"
    assert Page(client, "/search/?q=genomics&year=1999").links()["Search all articles"] == "/search/?q=genomics"
    assert "Oncology" in Page(client, "/search/").links()
    assert client.get("/search/?q=%20%20").status_code == 200
    assert client.get("/search/?q=💊").status_code == 200


def test_no_hint_is_taken_from_what_readers_may_not_see(client: Client) -> None:
    write_post(title="Secretase", tags=["Secretion"], draft=True)

    for path in ("/search/?q=secretas", "/search/suggestions/?q=secre", "/archives/"):
        assert "Secret" not in client.get(path).content.decode()


@pytest.mark.parametrize("text", HOSTILE)
def test_no_query_is_an_error(client: Client, text: str) -> None:
    write_post(body="Text a b.", tags=["a"])

    for path in ("/search/", "/search/suggestions/"):
        assert (
            client.get(path, {"q": text, "tag": text[:300], "year": text[:300], "page": text[:300]}).status_code == 200
        )


def test_search_md_and_archives_md_give_their_pages_a_title_and_an_introduction(client: Client) -> None:
    write_post("search.md", title="Look it up", body="In all articles.", layout="search")
    write_post("archives.md", title="Everything", body="Since 2001.", layout="archives")

    for path, heading, introduction in (
        ("/search/", "Look it up", "In all articles."),
        ("/archives/", "Everything", "Since 2001."),
    ):
        page = Page(client, path)
        assert page.texts("h1") == [heading]
        assert introduction in page.texts("p")
        assert "Look it up" not in page.texts("a")  # nor are they articles among others


def test_every_page_has_a_search_field_that_needs_no_script(client: Client) -> None:
    write_post()

    for path in ("/", "/posts/a/", "/search/", "/tags/", "/contact/"):
        page = Page(client, path)
        (form,) = page.elements("form", "search-field")
        assert form.get("action") == "/search/"
        assert [field.get("name") for field in form.iter("input")] == ["q"]


def test_tags_and_titles_are_suggested(client: Client) -> None:
    write_post(title="Genomics today", tags=["Genetics", "AI"])

    assert client.get("/search/suggestions/?q=gen").json() == {
        "suggestions": [
            {"text": "Genetics", "url": "/tags/genetics/"},
            {"text": "Genomics today", "url": "/posts/a/"},
        ]
    }
    assert client.get("/search/suggestions/?q=g").json() == {"suggestions": []}
    assert client.get("/search/suggestions/").json() == {"suggestions": []}


def test_the_archives_list_all_articles_by_year_and_month_with_counts(client: Client) -> None:
    write_post("posts/a.md", title="First", date="2024-01-01T00:30:00+07:00")
    write_post("posts/b.md", title="Second", date=datetime(2024, 6, 1, tzinfo=UTC))
    write_post("posts/c.md", title="Older", date=datetime(2020, 6, 1, tzinfo=UTC))
    write_post("posts/d.md", title="Undated", date=None)
    page = Page(client, "/archives/")

    assert page.texts("h2") == ["2024 2", "2020 1", "Without a date 1"]
    assert page.texts("h3") == ["June 1", "January 1", "June 1"]
    assert [heading.get("id") for heading in page.elements("h2")] == ["2024", "2020", "undated"]
    assert [heading.get("id") for heading in page.elements("h3")] == ["2024-06", "2024-01", "2020-06"]
    shown = page.links()
    assert {shown[title] for title in ("First", "Second", "Older", "Undated")} == {f"/posts/{n}/" for n in "abcd"}
    assert shown["January"] == "/archives/2024/01/"


def test_a_month_is_a_list_of_its_own_in_pages(client: Client) -> None:
    write_posts(12)
    write_post("posts/other.md", title="Other", date=datetime(2024, 2, 1, tzinfo=UTC))
    page = Page(client, "/archives/2024/01/")

    assert page.texts("h1") == ["January 2024"]
    assert len(page.elements("article", "h-entry")) == 10
    assert len(Page(client, "/archives/2024/01/page/2/").elements("article", "h-entry")) == 2
    for path in ("/archives/2024/03/", "/archives/2024/13/", "/archives/0001/01/", "/archives/0000/01/"):
        assert client.get(path).status_code == 404
    assert client.get("/archives/2024/01/page/1/")["Location"] == "/archives/2024/01/"


def test_the_archives_of_a_large_site_show_counts_alone(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("posts.archives.MOST_LISTED", 10)
    write_posts(12)
    page = Page(client, "/archives/")

    assert page.texts("h3") == ["January 12"]
    assert "Post 1" not in page.links()


def test_finding_costs_the_same_few_queries_however_many_posts(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    costs = []
    for posts in (15, 150):
        Post.objects.all().delete()
        write_posts(posts, body="Word.", tags=["AI", "Oncology"])
        counted = []
        for path, most in (("/search/?q=word", 10), ("/search/suggestions/?q=post", 5), ("/archives/", 4)):
            with django_assert_max_num_queries(most) as queries:
                assert client.get(path).status_code == 200
            counted.append(len(queries))
        costs.append(counted)
    assert costs[0] == costs[1]
