"""What stands around an article's text."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from pytest_django import Settings

from tests.support.pages import Page
from tests.support.writing import LONG_AGO, preview_url, write_post

pytestmark = pytest.mark.django_db

COVER = {"image": "https://res.cloudinary.com/demo/image/upload/v1/cover.jpg", "alt": "Cells"}


def article(client: Client, **values: Any) -> Page:
    return Page(client, write_post(**values).get_absolute_url())


def test_breadcrumbs_lead_back_to_the_section_and_home(client: Client) -> None:
    write_post("case-studies/b.md")
    page = Page(client, "/case-studies/b/")
    (crumbs,) = page.elements("nav", "crumbs")

    assert [(a.text, a.get("href")) for a in crumbs.iter("a")] == [("Home", "/"), ("Case studies", "/case-studies/")]
    assert not article(client, file="about.md").elements("nav", "crumbs")


def test_the_review_is_told_with_its_day(client: Client) -> None:
    page = article(client, reviewedBy="Lan Pham, MD", lastReviewed=datetime(2024, 7, 1, tzinfo=UTC))

    assert "Medically reviewed by Lan Pham, MD on July 1, 2024" in " ".join(page.texts("p", "byline"))
    assert "reviewed" not in article(client, file="posts/b.md").html


def test_an_update_is_told_when_it_was_on_another_day(client: Client) -> None:
    same = article(client, lastmod=LONG_AGO + timedelta(hours=1))
    later = article(client, file="posts/b.md", lastmod=LONG_AGO + timedelta(days=1))

    assert not same.elements("time", "dt-updated")
    assert later.texts("time", "dt-updated") == ["June 14, 2024"]


def test_share_links_are_plain_links_with_the_pages_address(client: Client, settings: Settings) -> None:
    links = article(client, title="Dose & effect").links()
    address = f"{settings.SITE_URL}/posts/a/"
    encoded = "http%3A%2F%2F127.0.0.1%3A8000%2Fposts%2Fa%2F"

    assert links["E-mail"] == f"mailto:?subject=Dose%20%26%20effect&body={encoded}"
    assert links["LinkedIn"] == f"https://www.linkedin.com/sharing/share-offsite/?url={encoded}"
    assert links["X"] == f"https://x.com/intent/post?url={encoded}&text=Dose%20%26%20effect"
    assert links["Copy the link"] == address


def test_display_options_are_obeyed(client: Client) -> None:
    shown = article(client)
    hidden = article(client, file="posts/b.md", hideMeta=True, disableShare=True)
    unmeasured = article(client, file="posts/c.md", ShowReadingTime=False)

    assert [p.get("hidden") for p in shown.elements("p", "byline")] == [None]
    assert [p.get("hidden") for p in hidden.elements("p", "byline")] == [""]
    assert shown.elements("div", "share")
    assert not hidden.elements("div", "share")
    assert "min read" in shown.html
    assert "min read" not in unmeasured.html


def test_a_private_link_to_a_draft_is_not_to_be_shared(client: Client) -> None:
    page = Page(client, preview_url(write_post(draft=True)))

    assert page.texts("strong")[0] == "Draft"
    assert not page.elements("div", "share")


def test_an_article_leads_on(client: Client) -> None:
    for n in range(3):
        write_post(f"posts/{n}.md", title=f"Post {n}", tags=["AI"], date=LONG_AGO + timedelta(days=n))
    page = Page(client, "/posts/1/")

    rels = {a.get("rel"): a.get("href") for a in page.elements("a") if a.get("rel") in {"prev", "next"}}
    assert rels == {"prev": "/posts/0/", "next": "/posts/2/"}
    (related,) = page.elements("aside", "related")
    assert [a.text for a in related.iter("a")] == ["Post 2", "Post 0"]
    assert not article(client, file="about.md").elements("nav", "onward")


def test_headings_share_no_id_with_what_stands_around_the_text(client: Client) -> None:
    body = '## Query\n\n## Related\n\n## Series 1\n\n<p id="Query">a</p>\n'
    for n, series in enumerate([["One"], ["One"], []]):
        write_post(f"posts/{n}.md", title=f"Post {n}", tags=["AI"], series=series, body=body)
    ids = [element.get("id") for element in Page(client, "/posts/1/").tree.iter() if element.get("id")]

    assert {"query", "Query", "related", "Related", "series-1", "Series-1"} <= set(ids)
    assert len(ids) == len(set(ids))


def test_the_cover_is_fetched_first_in_the_size_that_is_shown(client: Client) -> None:
    page = article(client, cover=COVER)
    (preload,) = [link for link in page.elements("link") if link.get("rel") == "preload"]
    (image,) = page.elements("img", "cover")

    assert preload.get("imagesrcset") == image.get("srcset")
    assert preload.get("imagesizes") == image.get("sizes")
    assert preload.get("fetchpriority") == image.get("fetchpriority") == "high"
    assert (image.get("width"), image.get("height")) == ("1200", "675")


@pytest.mark.parametrize(
    ("caption", "shown"),
    [
        ("*Cells* & <b onclick=x>dyes</b>", "<em>Cells</em> &amp; <b>dyes</b>"),
        ("Photo by [Lan](javascript:x)", "Photo by <a>Lan</a>"),
        ("Cells < 5 µm", "Cells &lt; 5 µm"),
        ("1. a *list*", "1. a *list*"),
        ("one *line*\n\nand another", "one *line*\n\nand another"),
        ("<script>x</script>", "&lt;script&gt;x&lt;/script&gt;"),
    ],
)
def test_the_covers_caption_is_one_line_of_markdown(client: Client, caption: str, shown: str) -> None:
    page = article(client, cover=COVER | {"caption": caption})

    assert f"<figcaption>{shown}</figcaption>" in page.html


@pytest.mark.parametrize("cover", [None, COVER | {"hiddenInSingle": True}, {"image": "/media/plain.jpg"}])
def test_nothing_is_fetched_first_that_is_not_shown_in_sizes(client: Client, cover: dict[str, Any] | None) -> None:
    assert "preload" not in article(client, cover=cover).html


def test_colours_of_code_are_fetched_where_there_is_code(client: Client) -> None:
    assert "highlight.css" in article(client, body="```python\nx = 1\n```\n").html
    assert "highlight.css" not in article(client, file="posts/b.md").html


@pytest.mark.parametrize("path", ["/", "/posts/", "/tags/", "/contact/", "/authors/mai-nguyen/"])
def test_pages_that_are_no_article_have_the_styles_of_lists(client: Client, path: str) -> None:
    write_post(author="Mai Nguyen")

    assert "css/lists.css" in Page(client, path).html
