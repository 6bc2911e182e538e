"""Series: articles that are read in an order, the box in each of them, and the pages and feeds of each series."""

import json
from datetime import timedelta
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.core.cache import cache
from django.core.management import call_command
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from posts.models import Post, SeriesPost
from posts.neighbours import MOST_PARTS
from tests.support.admin import change_url, member, save, signed_in
from tests.support.pages import Page
from tests.support.writing import LONG_AGO, preview_url, rewrite_post, write_post, write_posts

pytestmark = pytest.mark.django_db


def write_part(name: str, days: int, **values: Any) -> Post:
    return write_post(
        f"posts/{name.lower()}.md",
        title=name,
        date=LONG_AGO + timedelta(days=days),
        **{"series": ["Evidence Basics"], **values},
    )


@pytest.fixture
def three_parts() -> list[Post]:
    """Parts in the order of their dates, made in another."""
    return [write_part("Two", 2), write_part("Three", 3), write_part("One", 1)]


def box(page: Page) -> list[str]:
    """The titles of the parts as the article lists them."""
    nav = page.elements("nav", "series")[0]
    return [" ".join("".join(a.itertext()).split()) for a in nav.findall(".//li/a")]


@pytest.mark.usefixtures("three_parts")
def test_an_article_says_which_part_it_is_and_leads_to_the_others(client: Client) -> None:
    page = Page(client, "/posts/two/")

    assert page.texts("h2")[0] == "Part 2 of 3 in Evidence Basics"
    assert page.links()["Evidence Basics"] == "/series/evidence-basics/"
    assert box(page) == ["One", "Two", "Three"]
    nav = page.elements("nav", "series")[0]
    assert [p.find("a").get("href") for p in nav.findall("p")] == ["/posts/three/", "/posts/one/"]  # type: ignore[union-attr]
    assert [a.text for a in nav.findall(".//a[@aria-current]")] == ["Two"]


def test_numbered_parts_come_first_in_the_order_of_their_numbers(client: Client) -> None:
    write_part("Second", 1, series_weight=2)
    write_part("First", 9, series_order="1")
    write_part("Later", 5, series_weight="none")
    write_part("Zero", 4, series_weight=0)

    assert box(Page(client, "/posts/later/")) == ["First", "Second", "Zero", "Later"]
    assert Page(client, "/series/evidence-basics/").texts("h2", "p-name") == ["First", "Second", "Zero", "Later"]


def test_one_text_is_one_series_and_names_of_one_slug_are_the_same(client: Client) -> None:
    write_part("One", 1, series="Evidence Basics")
    write_part("Two", 2, series=["evidence basics", "Evidence Basics", "Another"])
    page = Page(client, "/posts/two/")

    assert box(page)[:2] == ["One", "Two"]
    assert len(page.elements("nav", "series")) == 2
    assert page.links()["Another"] == "/series/another/"


@pytest.mark.usefixtures("three_parts")
def test_what_readers_may_not_see_is_no_part(client: Client) -> None:
    draft = write_part("Draft", 4, draft=True)
    for name in ("Khác", "Nữa"):
        write_post(f"posts/{name.lower()}.vi.md", title=name, series=["Evidence Basics"])

    assert box(Page(client, "/posts/one/")) == ["One", "Two", "Three"]
    assert box(Page(client, "/vi/posts/khác/")) == ["Khác", "Nữa"]
    first = write_post("posts/nháp.vi.md", title="Nháp", series=["Evidence Basics"], draft=True)
    assert box(Page(client, preview_url(first))) == ["Khác", "Nữa"]
    preview = Page(client, preview_url(draft))
    assert "A part of Evidence Basics" in preview.texts("h2")
    assert box(preview) == ["One", "Two", "Three"]


def test_a_series_of_very_many_parts_is_named_and_lists_them_on_its_own_page(client: Client) -> None:
    write_posts(MOST_PARTS + 1, series="Everything")
    page = Page(client, "/posts/post-0001/")

    assert page.texts("h2")[0] == "A part of Everything"
    assert page.elements("nav", "series")[0].findall(".//li") == []
    assert Page(client, "/series/everything/page/6/").texts("h2", "p-name") == [f"Post {MOST_PARTS}"]
    assert client.get("/series/everything/page/1/")["Location"] == "/series/everything/"
    assert client.get("/series/everything/page/7/").status_code == 404


def test_the_first_part_alone_is_no_list_yet(client: Client) -> None:
    write_part("One", 1)
    page = Page(client, "/posts/one/")

    assert page.texts("h2")[0] == "A part of Evidence Basics"
    assert page.elements("nav", "series")[0].findall(".//li") == []


def test_parts_are_not_named_again_among_related_articles(client: Client) -> None:
    write_part("One", 1, tags=["AI"])
    write_part("Two", 2, tags=["AI"])
    write_post("posts/other.md", title="Another", tags=["AI"])

    related = Page(client, "/posts/one/").elements("aside", "related")[0]
    assert ["".join(a.itertext()) for a in related.iter("a")] == ["Another"]


def test_all_series_are_on_a_page_with_their_counts(client: Client, three_parts: list[Post]) -> None:
    write_part("Other", 1, series="A second one")
    page = Page(client, "/series/")

    assert page.texts("h1") == ["Series"]
    index = page.elements("ul", "tag-index")[0]
    assert [" ".join("".join(li.itertext()).split()) for li in index] == [
        "A second one 1 article",
        "Evidence Basics 3 articles",
    ]
    rewrite_post(three_parts[0], series=None)
    assert "2 articles" in Page(client, "/series/").html


def test_a_document_gives_a_series_its_title_and_introduction(client: Client) -> None:
    write_part("One", 1)
    write_post("series/evidence-basics/_index.md", title="The basics", body="In three steps.\n")
    page = Page(client, "/series/evidence-basics/")

    assert page.texts("h1") == ["The basics"]
    assert "In three steps." in page.html
    assert page.texts("h2", "p-name") == ["One"]


def test_a_section_of_that_name_keeps_its_pages(client: Client) -> None:
    write_post("series/pilot.md", title="Pilot")

    assert Page(client, "/series/").texts("h2", "p-name") == ["Pilot"]
    assert Page(client, "/series/pilot/").texts("h1") == ["Pilot"]
    write_part("One", 1, series="Pilot")
    assert Page(client, "/series/pilot/").texts("h1") == ["Pilot"]
    assert client.get("/series/none/").status_code == 404
    assert client.get("/series/none/page/2/").status_code == 404


@pytest.mark.usefixtures("three_parts")
def test_machines_are_told_of_series(client: Client) -> None:
    data = json.loads(Page(client, "/posts/one/").elements("script")[-1].text or "")
    posting = next(each for each in data["@graph"] if each["@type"] == "BlogPosting")

    assert [(part["@type"], part["name"]) for part in posting["isPartOf"]] == [
        ("CreativeWorkSeries", "Evidence Basics")
    ]
    assert posting["isPartOf"][0]["url"].endswith("/series/evidence-basics/")
    sitemap = client.get("/sitemap.xml").content.decode()
    assert "/series/evidence-basics/</loc>" in sitemap
    assert "/series/</loc>" in sitemap
    assert 'series: ["Evidence Basics"]' in client.get("/posts/one/index.md").content.decode()


@pytest.mark.usefixtures("three_parts")
def test_a_series_can_be_subscribed_to(client: Client) -> None:
    feed = client.get("/series/evidence-basics/feed.json").json()

    assert [item["title"] for item in feed["items"]] == ["Three", "Two", "One"]
    assert feed["home_page_url"].endswith("/series/evidence-basics/")
    assert "/series/evidence-basics/index.xml" in Page(client, "/series/evidence-basics/").html
    assert client.get("/series/none/index.xml").status_code == 404


@pytest.mark.usefixtures("three_parts")
def test_an_article_in_series_still_costs_three_queries(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    write_part("Four", 4, series=["Evidence Basics", "Another"], tags=["AI", "Adherence"])
    for path, most in (("/posts/four/", 3), ("/series/evidence-basics/", 5), ("/series/", 5)):
        client.get(path)
        with django_assert_max_num_queries(most):
            assert client.get(path).status_code == 200


def test_an_editor_says_of_which_series_a_post_is_which_part() -> None:
    client, post = signed_in(member("editor", "Editors")), write_part("One", 1, series=None)
    save(client, change_url(post), series='Evidence Basics, "One, two"', series_weight="4")

    post.refresh_from_db()
    assert (post.series, post.series_weight) == (["Evidence Basics", "One, two"], 4)
    assert post.live_revision is not None
    assert "series_weight: 4\n" in post.live_revision.text
    save(client, change_url(post), series="", series_weight="")
    post.refresh_from_db()
    assert post.live_revision is not None
    assert "series" not in post.live_revision.text


def test_posts_that_were_there_before_become_parts(three_parts: list[Post]) -> None:
    write_part("Numbered", 5, series_weight=7)
    write_post("posts/plain.md", body="No series here.\n")
    rows = SeriesPost.objects.order_by("content_object").values_list("content_object", "name", "slug", "position")
    written = list(rows)
    SeriesPost.objects.all().delete()
    Post.objects.update(series=[], series_weight=None)
    import_module("posts.migrations.0014_parts_of_series").make_parts(apps, None)

    assert list(rows) == written
    assert Post.objects.get(path="/posts/numbered/").series_weight == 7
    assert Post.objects.get(pk=three_parts[0].pk).series == ["Evidence Basics"]


def test_an_import_and_an_export_keep_the_bytes(tmp_path: Path, client: Client) -> None:
    text = (
        '---\ntitle: "One"\ndate: 2024-01-01\nseries:   ["Evidence  Basics"]   # kept\nseries_order: 2\n---\n\nText.\n'
    )
    file = tmp_path / "content" / "posts" / "one.md"
    file.parent.mkdir(parents=True)
    file.write_text(text)
    call_command("import_markdown", str(tmp_path / "content"), verbosity=0)
    call_command("export_markdown", str(tmp_path / "out"), verbosity=0)

    assert (tmp_path / "out" / "posts" / "one.md").read_text() == text
    cache.clear()
    assert client.get("/series/evidence--basics/").status_code == 200
