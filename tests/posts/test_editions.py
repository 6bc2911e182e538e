"""The site in two languages: each has lists, feeds, search and an interface of its own."""

import pytest
from django.test import Client

from posts import editions
from posts.site_paths import is_reserved
from tests.support.pages import Page
from tests.support.writing import write_post

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _two_editions() -> None:
    write_post("posts/medicine.md", title="Medicine", tags=["AI"], author="Mai", body="Words of dosage.")
    write_post("posts/medicine.vi.md", title="Thuốc", tags=["AI"], author="Mai", body="Dược phẩm và dosage.")


def titles(client: Client, path: str) -> list[str]:
    page = Page(client, path)
    return [text for name in ("h2", "h3") for text in page.texts(name)]


def test_lists_hold_the_posts_of_their_language_alone(client: Client) -> None:
    for path in ("/", "/posts/", "/tags/ai/", "/authors/mai/"):
        assert "Medicine" in titles(client, path)
        assert "Thuốc" not in titles(client, path)
    for path in ("/vi/", "/vi/posts/", "/vi/tags/ai/", "/vi/authors/mai/"):
        assert "Thuốc" in titles(client, path)
        assert "Medicine" not in titles(client, path)


def test_links_stay_in_the_edition(client: Client) -> None:
    for path in ("/vi/", "/vi/posts/medicine/", "/vi/tags/", "/vi/search/", "/vi/archives/", "/vi/contact/"):
        page = Page(client, path)
        inside = [link for link in page.links().values() if link.startswith("/") and not link.startswith("//")]
        others = {link for link in inside if not link.startswith(("/vi/", "/static/"))}
        assert others <= {"/", "/posts/medicine/"}, (path, others)
        assert page.tree.get("lang") == "vi"
        assert page.response["Content-Language"] == "vi"


def test_a_post_and_its_translation_lead_to_one_another(client: Client) -> None:
    assert Page(client, "/posts/medicine/").links()["Tiếng Việt"] == "/vi/posts/medicine/"
    assert Page(client, "/vi/posts/medicine/").links()["English"] == "/posts/medicine/"
    assert Page(client, "/").links()["Tiếng Việt"] == "/vi/"


def test_feeds_hold_the_posts_of_their_language(client: Client) -> None:
    for path in ("/vi/index.xml", "/vi/atom.xml", "/vi/feed.json", "/vi/posts/index.xml", "/vi/tags/ai/index.xml"):
        text = client.get(path).content.decode()
        assert "Thuốc" in text or "Thu\\u1ed1c" in text, path
        assert "Medicine" not in text, path
    assert "Thuốc" not in client.get("/index.xml").content.decode()


def test_search_finds_in_its_language_and_without_accents(client: Client) -> None:
    assert titles(client, "/vi/search/?q=dosage") == ["Thuốc"]
    assert titles(client, "/search/?q=dosage") == ["Medicine"]
    assert titles(client, "/vi/search/?q=duoc") == ["Thuốc"]
    assert titles(client, "/vi/search/?q=dosage&tag=ai") == ["Thuốc"]
    assert client.get("/vi/search/suggestions/?q=thuo").json()["suggestions"][0]["url"] == "/vi/posts/medicine/"


def test_the_sitemap_names_the_lists_of_both(client: Client) -> None:
    text = client.get("/sitemap.xml").content.decode()

    for path in ("/vi/", "/vi/posts/", "/vi/tags/ai/", "/vi/authors/mai/", "/vi/posts/medicine/", "/tags/ai/"):
        assert f"{path}</loc>" in text


def test_a_post_is_listed_where_its_address_stands(client: Client) -> None:
    """As those of a Vietnamese site without prefixes are."""
    write_post("posts/gioi-thieu.vi.md", title="Giới thiệu", url="/posts/gioi-thieu/")
    page = Page(client, "/posts/gioi-thieu/")

    assert page.elements("article", "h-entry")[0].get("lang") == "vi"
    assert page.links()["Tags"] == "/tags/"
    assert "Giới thiệu" in titles(client, "/posts/")
    assert "Giới thiệu" not in titles(client, "/vi/posts/")


def test_first_pages_and_moved_addresses_redirect_inside_the_edition(client: Client) -> None:
    assert client.get("/vi/page/1/")["Location"] == "/vi/"
    assert client.get("/vi/posts/page/1/")["Location"] == "/vi/posts/"
    assert client.get("/vi/posts/medicine")["Location"] == "/vi/posts/medicine/"
    assert client.get("/vi/nothing/").status_code == 404


def test_the_pages_of_every_edition_are_reserved() -> None:
    for path in ("tags/x/", "authors/x/", "archives/2024/06/", "contact/thanks/", "search/suggestions/"):
        assert is_reserved(f"/vi/{path}")
    for path in ("search/", "contact/offices/", "archives/4326/"):
        assert not is_reserved(f"/vi/{path}")
    assert not is_reserved("/vi/posts/tags/")


@pytest.mark.parametrize(
    ("language", "spoken"), [("vi", "vi"), ("vi-VN", "vi"), ("VI", "vi"), ("en-GB", "en"), ("fr", "en"), ("", "en")]
)
def test_a_post_is_spoken_of_in_its_language_where_the_interface_knows_it(language: str, spoken: str) -> None:
    assert editions.language_of(language) == spoken


@pytest.mark.parametrize(
    ("path", "edition"), [("/vi/a/", "vi"), ("/en/a/", "en"), ("/a/", "en"), ("/vie/", "en"), ("/", "en")]
)
def test_a_path_says_which_edition_lists_it(path: str, edition: str) -> None:
    assert editions.of(path) == edition
    assert "en" not in editions.others()
