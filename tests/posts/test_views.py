"""Readers' pages, as a reader's program sees them."""

import re
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone as clock
from pytest_django import DjangoAssertNumQueries, Settings

from posts import look, writing
from posts.models import Post, Tag
from tests.support.pages import Page
from tests.support.writing import preview_url, rewrite_post, write_post, write_posts

pytestmark = pytest.mark.django_db

FIXTURES = Path(__file__).resolve().parents[2] / "fixtures"
ARTICLE = "/posts/leveraging-ai-for-personalized-medicine-in-pharma/"


@pytest.fixture
def article(client: Client) -> Page:
    call_command("import_markdown", str(FIXTURES), verbosity=0)
    return Page(client, ARTICLE)


def test_the_article_has_the_marks_of_an_h_entry(article: Page) -> None:
    assert article.texts("h1") == ["Leveraging AI for Personalized Medicine in Pharma"]
    assert article.elements("h1", "p-name")
    (published,) = article.elements("time", "dt-published")
    assert published.get("datetime") == "2024-06-13T12:00:00+07:00"
    tags = article.elements("a", "p-category")
    assert [(a.get("href"), a.get("rel")) for a in tags] == [
        ("/tags/ai/", "tag"),
        ("/tags/pharmaceutical/", "tag"),
        ("/tags/personalized-medicine/", "tag"),
    ]
    (cover,) = article.elements("img", "u-photo")
    assert cover.get("alt") == "AI in Personalized Medicine in Pharma"
    assert "c_fill,g_auto,ar_16:9" in cover.get("src", "")
    assert len(article.elements("article", "h-entry")) == 1
    assert article.elements("a", "u-url") or article.elements("link", "u-url")


def test_the_articles_body_is_whole(article: Page) -> None:
    (body,) = [e for e in article.tree.iter() if "e-content" in e.get("class", "").split()]

    assert [" ".join("".join(h.itertext()).split()).rstrip(" #") for h in body.iter("h2")] == [
        "The Role of AI in Personalized Medicine",
        "Benefits of AI-driven Personalized Medicine",
        "Real-world Applications and Examples",
        "Challenges and Considerations",
        "Future Perspectives",
        "Conclusion",
    ]
    images = list(body.iter("img"))
    assert [image.get("alt") for image in images] == ["AI analyzing genetic data", "AI-powered personalized medicine"]
    assert all(image.get("loading") == "lazy" and image.get("srcset") for image in images)


def test_the_article_leads_to_the_contact_page(article: Page, client: Client) -> None:
    (body,) = article.elements("main")
    assert [a for a in body.iter("a") if a.get("href") == f"/contact/?from={ARTICLE}"]
    assert "mailto:" in Page(client, "/contact/").html


@pytest.mark.parametrize(
    "path", ["/", "/posts/", "/tags/ai/", "/tags/personalized-medicine/", "/index.xml", "/sitemap.xml"]
)
def test_the_article_is_found_from(article: Page, client: Client, path: str) -> None:
    assert ARTICLE in client.get(path).content.decode()


@pytest.mark.parametrize("path", ["/", "/posts/", "/tags/", "/tags/ai/", "/contact/", ARTICLE])
def test_every_page_has_one_h1_and_no_inline_script_or_style(article: Page, client: Client, path: str) -> None:
    page = Page(client, path)

    assert len(page.elements("h1")) == 1
    assert not page.elements("style")
    assert not [e for e in page.tree.iter() if any(name == "style" or name.startswith("on") for name in e.attrib)]
    assert all(script.get("src") or script.get("type") == "application/ld+json" for script in page.elements("script"))


def test_every_response_carries_the_strict_policy(article: Page) -> None:
    policy = article.response["Content-Security-Policy"]

    assert "default-src 'self'" in policy
    assert "img-src 'self' https://res.cloudinary.com" in policy
    assert "unsafe" not in policy


@pytest.mark.parametrize(
    "values",
    [{"draft": True}, {"date": clock.now() + timedelta(days=1)}, {"expiryDate": clock.now() - timedelta(days=1)}],
)
def test_what_is_not_live_is_not_there(client: Client, values: dict[str, Any]) -> None:
    write_post("posts/hidden.md", title="Hidden", tags=["Secret"], **values)
    write_post("posts/shown.md", title="Shown")

    assert client.get("/posts/hidden/").status_code == 404
    for path in ("/", "/posts/", "/index.xml", "/sitemap.xml", "/tags/"):
        page = client.get(path).content.decode()
        assert "Hidden" not in page
        assert "/posts/hidden/" not in page
        assert "Secret" not in page
    for path in (
        "/tags/secret/",
        "/tags/secret",
        "/tags/secret/page/1/",
        "/tags/secret/index.xml",
        "/tags/secret.html",
    ):
        assert client.get(path, follow=True).status_code == 404


def test_a_private_link_shows_a_draft_and_keeps_search_engines_out(client: Client) -> None:
    post = write_post(title="Not yet", draft=True)
    response = client.get(preview_url(post))

    assert "Not yet" in response.content.decode()
    assert "noindex" in response["X-Robots-Tag"]
    assert "no-store" in response["Cache-Control"]
    assert client.get(preview_url(post).rstrip("/") + "x/").status_code == 404


def test_lists_are_paged(client: Client) -> None:
    write_posts(25)

    first, second = Page(client, "/"), Page(client, "/page/2/")
    assert len(first.elements("article", "h-entry")) == 10
    assert [a.get("href") for a in first.elements("a") if a.get("rel") == "next"] == ["/page/2/"]
    assert [a.get("href") for a in second.elements("a") if a.get("rel") == "prev"] == ["/"]
    assert len(Page(client, "/posts/page/3/").elements("article", "h-entry")) == 5
    assert client.get("/page/4/").status_code == 404
    assert client.get("/page/1/")["Location"] == "/"
    assert client.get("/posts/page/1/")["Location"] == "/posts/"


def test_an_empty_site_says_so(client: Client) -> None:
    assert Page(client, "/").texts("h1")
    assert Page(client, "/tags/").texts("h1")
    assert client.get("/posts/").status_code == 404


@pytest.mark.parametrize("name", ["C++", "C#", ".NET", "AI/ML", "Médecine", "Dược phẩm", "50 % off?"])
def test_a_tags_page_has_hugos_url_whatever_the_name(client: Client, name: str) -> None:
    post = write_post(tags=[name])
    link = Page(client, post.get_absolute_url()).elements("a", "p-category")[0].get("href")

    assert Page(client, str(link)).texts("h1") == [name]
    assert client.get(f"{link}index.xml").status_code == 200
    assert str(link) in client.get("/tags/").content.decode()


def test_a_path_without_its_slash_redirects_to_the_one_with_it(client: Client) -> None:
    write_post("posts/a.md", tags=["AI"])

    for path in ("/posts/a", "/posts", "/tags", "/tags/ai", "/contact"):
        response = client.get(path)
        assert (response.status_code, response["Location"]) == (301, f"{path}/")


def test_a_file_of_a_static_host_redirects_to_its_page(client: Client) -> None:
    """Sites move in whose readers kept `/posts/a/index.html` or `/tags/ai.html`."""
    write_post("posts/a.md", tags=["AI"], aliases=["/old/index.html"])

    for path, target in (
        ("/posts/a/index.html", "/posts/a/"),
        ("/old/index.html", "/posts/a/"),
        ("/old/", "/posts/a/"),
        ("/old", "/posts/a/"),
        ("/posts/a.html", "/posts/a/"),
        ("/tags/ai.html?x=1", "/tags/ai/?x=1"),
        ("/tags/index.html", "/tags/"),
        ("/index.html", "/"),
    ):
        assert client.get(path).headers["Location"] == target, path
    assert client.get("/posts/nothing.html").status_code == 404
    assert client.get("/nothing/index.html").status_code == 404


def test_an_address_with_loose_marks_redirects_to_the_one_without(client: Client) -> None:
    """Some browsers and chat programs of macOS send `é` as two characters."""
    write_post("posts/e\u0301tude.md", tags=["Me\u0301decine", "Médecine"], aliases=["/vie\u0301/"])

    for path, target in (
        ("/posts/e\u0301tude/", "/posts/%C3%A9tude/"),
        ("/posts/e\u0301tude", "/posts/%C3%A9tude/"),
        ("/posts/e\u0301tude.html?x=1", "/posts/%C3%A9tude/?x=1"),
        ("/tags/me\u0301decine/", "/tags/m%C3%A9decine/"),
        ("/vie\u0301/", "/posts/%C3%A9tude/"),
        ("/vi\xe9/", "/posts/%C3%A9tude/"),
    ):
        assert client.get(path).headers["Location"] == target, path
    assert client.get("/posts/%C3%A9tude/").status_code == 200
    assert Tag.objects.count() == 1


def test_a_moved_post_an_alias_and_a_renamed_tag_redirect_in_one_hop(client: Client) -> None:
    post = write_post("posts/a.md", aliases=["/old/"], tags=["AI"])
    rewrite_post(post, slug="b", aliases=["/old/"], tags=["AI"])
    writing.rename(Tag.objects.get(), "Artificial Intelligence")

    assert client.get("/posts/a/")["Location"] == "/posts/b/"
    assert client.get("/old/")["Location"] == client.get("/old")["Location"] == "/posts/b/"
    assert client.get("/tags/ai/")["Location"] == "/tags/artificial-intelligence/"


def test_a_redirect_to_what_is_not_live_tells_nothing(client: Client) -> None:
    write_post("posts/secret-plan.md", draft=True, aliases=["/old/"])

    assert client.get("/old/").status_code == 404


def test_a_page_that_is_not_there_is_a_helpful_404(client: Client) -> None:
    response = client.get("/no/such/page/")

    assert response.status_code == 404
    assert "<h1" in response.content.decode()


def test_a_failure_is_a_page_that_needs_nothing(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*args: object) -> None:
        raise RuntimeError("broken")

    monkeypatch.setattr(Post.objects.__class__, "live", fail)
    client.raise_request_exception = False
    response = client.get("/posts/a/")

    assert response.status_code == 500
    assert "<h1" in response.content.decode()


def test_pages_cost_the_same_few_queries_however_many_posts(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    costs = []
    for posts in (11, 211):
        Post.objects.all().delete()
        write_posts(posts, tags=["AI", "Oncology", "Genomics"], author="Mai Nguyen")
        counted = []
        look.menu()  # is remembered, as it is for every page but the first after a change
        for path, most in (
            ("/posts/post-0001/", 3),
            ("/", 5),
            ("/posts/", 5),
            ("/tags/ai/", 5),
            ("/posts/page/2/", 5),
            ("/tags/", 5),
            ("/authors/mai-nguyen/", 5),
        ):
            with django_assert_max_num_queries(most) as queries:
                assert client.get(path).status_code == 200
            counted.append(len(queries))
        costs.append(counted)
    assert costs[0] == costs[1]


def test_feeds_hold_the_whole_text_with_links_that_work_elsewhere(client: Client, settings: Settings) -> None:
    write_post(title="Fish & chips", body="See [this](/about/).\n", tags=["AI"])

    for path in ("/index.xml", "/posts/index.xml", "/tags/ai/index.xml"):
        response = client.get(path)
        assert response["Content-Type"].startswith("application/rss+xml")
        feed = response.content.decode()
        assert "Fish &amp; chips" in feed
        assert re.search(rf'href="{settings.SITE_URL}/about/"', feed.replace("&lt;", "<").replace("&quot;", '"'))
        assert f"<link>{settings.SITE_URL}/posts/a/</link>" in feed
    assert client.get("/nothing/index.xml").status_code == 404


def test_robots_and_health(client: Client, settings: Settings) -> None:
    assert f"Sitemap: {settings.SITE_URL}/sitemap.xml" in client.get("/robots.txt").content.decode()
    assert client.get("/healthz").json()["status"] == "ok"


@pytest.mark.parametrize(
    "path",
    [
        "//evil.example/page/1/",
        "//evil.example/page/2",
        "/%2Fevil.example/page/1/",
        "//posts",
        "/a%00b/",
        "//posts.html",
        "//posts/index.html",
    ],
)
def test_no_path_redirects_to_another_site(client: Client, path: str) -> None:
    write_posts(12)
    response = client.generic("GET", "/", PATH_INFO=unquote(path))

    assert response.status_code == 404


@pytest.mark.parametrize("path", ["/posts//", "/posts///", "/posts//page/2/", "/posts/post-0001//"])
def test_a_slash_too_many_is_no_second_address(client: Client, path: str) -> None:
    write_posts(12)

    assert client.get(path).status_code == 404


def test_a_section_inside_another_lists_its_own_posts(client: Client, django_assert_max_num_queries: Any) -> None:
    write_post("posts/guides/_index.md", title="Guides")
    write_post("posts/guides/first.md", title="First steps")
    write_post("posts/guides/deep/second.md", title="Second steps")
    write_post("posts/guides-2024.md", title="No guide")

    client.get("/")  # what the site remembers of this version
    with django_assert_max_num_queries(5):
        page = Page(client, "/posts/guides/")
    assert page.texts("h1") == ["Guides"]
    assert page.texts("h2") == ["Second steps", "First steps"]
    feed = client.get("/posts/guides/index.xml").content.decode()
    assert "First steps" in feed
    assert "No guide" not in feed
    assert len(Page(client, "/posts/").texts("h2")) == 3
