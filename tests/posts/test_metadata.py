"""The heads of pages, as search engines and messengers read them."""

import json
from datetime import UTC, datetime
from typing import Any

import html5lib
import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from pytest_django import DjangoAssertNumQueries, Settings

from posts import look
from tests.support.writing import preview_url, rewrite_post, write_post, write_posts

COVER = "https://res.cloudinary.com/demo/image/upload/v1/cover.jpg"


class Head:
    """A page's head."""

    def __init__(self, client: Client, path: str) -> None:
        self.response = client.get(path)
        assert self.response.status_code == 200
        self.tree = html5lib.parse(self.response.content.decode(), namespaceHTMLElements=False).find("head")

    def meta(self, name: str) -> list[str]:
        return [e.get("content") for e in self.tree.iter("meta") if name in (e.get("property"), e.get("name"))]

    def links(self, rel: str, **attributes: str) -> list[str]:
        found = [e for e in self.tree.iter("link") if e.get("rel") == rel]
        return [e.get("href") for e in found if all(e.get(name) == value for name, value in attributes.items())]

    def languages(self) -> dict[str, str]:
        return {e.get("hreflang"): e.get("href") for e in self.tree.iter("link") if e.get("hreflang")}

    def data(self, kind: str) -> dict[str, Any]:
        """The one thing of this type in the JSON-LD."""
        (script,) = [e for e in self.tree.iter("script") if e.get("type") == "application/ld+json"]
        graph = json.loads(script.text)["@graph"]
        (found,) = [thing for thing in graph if thing["@type"] == kind]
        return dict(found)


@pytest.mark.django_db
def test_an_article_says_what_it_is_to_messengers(client: Client, settings: Settings) -> None:
    write_post(title="A & B", description="What it says", tags=["AI", "R&D"], cover={"image": COVER, "alt": "A graph"})
    head = Head(client, "/posts/a/")

    assert head.meta("og:type") == ["article"]
    assert head.meta("og:title") == ["A & B"]
    assert head.meta("og:description") == ["What it says"]
    assert head.meta("og:url") == head.links("canonical") == [f"{settings.SITE_URL}/posts/a/"]
    assert head.meta("og:image") == [
        "https://res.cloudinary.com/demo/image/upload/c_fill,g_auto,ar_16:9,f_auto,q_auto,w_1200/v1/cover.jpg"
    ]
    assert head.meta("og:image:alt") == ["A graph"]
    assert head.meta("twitter:card") == ["summary_large_image"]
    assert head.meta("article:published_time") == ["2024-06-13T12:00:00Z"]


@pytest.mark.django_db
def test_an_article_says_what_it_is_to_search_engines(client: Client, settings: Settings) -> None:
    lastmod = datetime(2024, 7, 1, tzinfo=UTC)
    write_post(title="A </script><!-- & B", authors=["Ana", "Bình"], tags=["AI"], lastmod=lastmod)
    head = Head(client, "/posts/a/")
    posting = head.data("BlogPosting")

    assert posting["headline"] == "A </script><!-- & B"
    assert posting["mainEntityOfPage"] == f"{settings.SITE_URL}/posts/a/"
    assert posting["datePublished"] == "2024-06-13T12:00:00Z"
    assert posting["dateModified"] == "2024-07-01T00:00:00Z"
    assert [(author["name"], author["url"]) for author in posting["author"]] == [
        ("Ana", f"{settings.SITE_URL}/authors/ana/"),
        ("Bình", f"{settings.SITE_URL}/authors/b%C3%ACnh/"),
    ]
    assert posting["keywords"] == ["AI"]
    assert posting["inLanguage"] == "en"
    crumbs = head.data("BreadcrumbList")["itemListElement"]
    assert [(crumb["position"], crumb["name"], crumb.get("item")) for crumb in crumbs] == [
        (1, "Home", f"{settings.SITE_URL}/"),
        (2, "Posts", f"{settings.SITE_URL}/posts/"),
        (3, "A </script><!-- & B", None),
    ]


@pytest.mark.django_db
def test_a_medical_page_says_who_reviewed_it_and_when(client: Client, settings: Settings) -> None:
    write_post(medical=True, reviewedBy="Dr Ana Sousa", lastReviewed="2024-08-01")
    head = Head(client, "/posts/a/")
    page = head.data("MedicalWebPage")

    assert page["reviewedBy"] == {"@type": "Person", "name": "Dr Ana Sousa"}
    assert page["lastReviewed"] == "2024-08-01"
    assert page["@id"] == head.data("BlogPosting")["mainEntityOfPage"] == f"{settings.SITE_URL}/posts/a/"


@pytest.mark.django_db
def test_a_review_alone_makes_no_medical_page(client: Client) -> None:
    write_post(reviewedBy=["Ana", "Bình"])

    assert Head(client, "/posts/a/").data("WebPage")["reviewedBy"]["name"] == "Ana, Bình"


@pytest.mark.django_db
def test_a_post_without_a_cover_has_a_picture_of_its_title(client: Client, settings: Settings) -> None:
    write_post(title="Of a title")
    head = Head(client, "/posts/a/")
    (address,) = head.meta("og:image")

    assert (head.meta("og:image:width"), head.meta("og:image:height")) == (["1200"], ["630"])
    assert head.data("BlogPosting")["image"] == address
    assert client.get(address.removeprefix(settings.SITE_URL))["Content-Type"] == "image/png"


@pytest.mark.django_db
def test_translations_link_to_one_another(client: Client, settings: Settings) -> None:
    write_post("posts/a.md")
    write_post("posts/a.vi.md")
    site = settings.SITE_URL
    links = {"en": f"{site}/posts/a/", "vi": f"{site}/vi/posts/a/", "x-default": f"{site}/posts/a/"}

    assert Head(client, "/posts/a/").languages() == Head(client, "/vi/posts/a/").languages() == links


@pytest.mark.django_db
def test_a_translation_that_is_not_live_is_not_named(client: Client) -> None:
    write_post("posts/a.md")
    write_post("posts/a.vi.md", draft=True)

    assert Head(client, "/posts/a/").languages() == {}
    assert client.get("/vi/posts/a/").status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("path", "feeds"),
    [
        *(("/", "/"), ("/posts/", "/posts/"), ("/tags/ai/", "/tags/ai/"), ("/tags/", "/")),
        *(("/authors/ana/", "/authors/ana/"), ("/series/basics/", "/series/basics/"), ("/series/", "/")),
        ("/series/nested/", "/series/nested/"),
    ],
)
def test_every_list_names_feeds_that_are_there(client: Client, path: str, feeds: str) -> None:
    write_post(tags=["AI"], authors=["Ana"], series="Basics")
    write_post("series/nested/_index.md")
    head = Head(client, path)

    for kind, file in (("rss+xml", "index.xml"), ("atom+xml", "atom.xml"), ("feed+json", "feed.json")):
        assert head.links("alternate", type=f"application/{kind}") == [f"{feeds}{file}"]
        assert client.get(f"{feeds}{file}").status_code == 200
    assert head.meta("og:type") == ["website"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("path", "above"),
    [("/tags/ai/", ["Tags", "AI"]), ("/authors/ana/", ["Authors", "Ana"]), ("/series/basics/", ["Series", "Basics"])],
)
def test_the_page_of_a_tag_an_author_or_a_series_says_where_it_stands(
    client: Client, path: str, above: list[str]
) -> None:
    write_post(tags=["AI"], author="Ana", series="Basics")
    crumbs = Head(client, path).data("BreadcrumbList")["itemListElement"]

    assert [crumb["name"] for crumb in crumbs] == ["Home", *above]
    assert Head(client, "/").data("WebSite")["name"]


@pytest.mark.django_db
def test_a_private_preview_tells_machines_nothing(client: Client) -> None:
    post = write_post(draft=True)
    html = client.get(preview_url(post)).content.decode()

    assert "ld+json" not in html
    assert "og:image" not in html


@pytest.mark.django_db
def test_an_article_that_did_not_change_is_not_sent_again(client: Client) -> None:
    post = write_post()
    first = client.get("/posts/a/")

    assert client.get("/posts/a/", headers={"If-None-Match": first["ETag"]}).status_code == 304
    assert client.get("/posts/a/", headers={"If-Modified-Since": first["Last-Modified"]}).status_code == 304
    rewrite_post(post, title="Another")
    assert client.get("/posts/a/", headers={"If-None-Match": first["ETag"]}).status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/", "/posts/", "/tags/", "/tags/ai/", "/robots.txt", "/llms.txt"])
def test_other_pages_are_not_sent_again_either(client: Client, path: str) -> None:
    write_post(tags=["AI"])
    tag = client.get(path)["ETag"]

    assert client.get(path, headers={"If-None-Match": tag}).status_code == 304


@pytest.mark.django_db
def test_an_article_in_two_languages_costs_no_more_queries(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    write_posts(2, tags=["AI"])
    write_post("posts/a.md", tags=["AI"])
    write_post("posts/a.vi.md", tags=["AI"])

    look.menu()
    for path in ("/posts/post-0001/", "/posts/a/"):
        with django_assert_num_queries(3):
            client.get(path)


class HostileText(TestCase):
    @given(text=st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1, max_size=60))
    def test_any_text_stays_inside_its_element(self, text: str) -> None:
        write_post(title=f"T{text}</script>", authors=[text], tags=[text], reviewedBy=text, description=text)
        head = Head(Client(), "/posts/a/")

        assert head.data("BlogPosting")["headline"].startswith("T")
        assert [script.get("src") for script in head.tree.iter("script")].count(None) == 1
