"""The sitemap, as search engines read it."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone as clock
from lxml import etree
from pytest_django import DjangoAssertNumQueries, Settings

from posts import sitemaps
from posts.models import Post
from tests.support.schemas import valid
from tests.support.writing import write_post, write_posts

pytestmark = pytest.mark.django_db

COVER = "https://res.cloudinary.com/demo/image/upload/v1/cover.jpg"


def fetch(client: Client, path: str = "/sitemap.xml") -> etree._Element:
    response = client.get(path)
    assert response.status_code == 200
    return valid(response.content, "sitemap")


def urls(sitemap: etree._Element) -> dict[str, etree._Element]:
    """The entries by their paths."""
    entries = list(sitemap)
    found = {"/" + str(entry[0].text).split("/", 3)[3]: entry for entry in entries}
    assert len(found) == len(entries)
    return found


def languages(entry: etree._Element) -> dict[str, str]:
    return {str(link.get("hreflang")): str(link.get("href")) for link in entry.findall("{*}link")}


def test_it_names_every_page_that_readers_may_see(client: Client) -> None:
    write_post("posts/a.md", tags=["C#"], author="Mai Nguyen")
    write_post("about.md")
    write_post("contact.md")
    write_post("search.md")
    write_post("news/b.md")
    write_post("posts/draft.md", draft=True, tags=["Secret"])
    write_post("posts/later.md", date=clock.now() + timedelta(days=1))
    write_post("posts/kept-out.md", robotsNoIndex=True)

    assert sorted(urls(fetch(client))) == [
        "/",
        "/about/",
        "/archives/",
        "/authors/",
        "/authors/mai-nguyen/",
        "/contact/",
        "/news/",
        "/news/b/",
        "/posts/",
        "/posts/a/",
        "/tags/",
        "/tags/c%23/",
    ]


def test_an_entry_has_its_last_change_and_its_picture(client: Client) -> None:
    write_post("posts/a.md", lastmod=datetime(2024, 7, 1, 8, 30, tzinfo=UTC), cover={"image": COVER})
    write_post("posts/b.md", date=None)
    found = urls(fetch(client))

    assert found["/posts/a/"].findtext("{*}lastmod") == "2024-07-01T08:30:00Z"
    assert found["/posts/a/"].findtext("{*}image/{*}loc") == COVER
    assert found["/posts/b/"].findtext("{*}lastmod") is None
    assert found["/posts/"].findtext("{*}lastmod") == "2024-06-13T12:00:00Z"


def test_translations_name_one_another(client: Client, settings: Settings) -> None:
    write_post("posts/a.md")
    write_post("posts/a.vi.md")
    write_post("posts/b.md")
    write_post("posts/b.vi.md", draft=True)
    found = urls(fetch(client))

    both = {"en": f"{settings.SITE_URL}/posts/a/", "vi": f"{settings.SITE_URL}/vi/posts/a/"}
    assert languages(found["/posts/a/"]) == languages(found["/vi/posts/a/"]) == both
    assert languages(found["/posts/b/"]) == {}


def test_a_large_site_has_an_index_of_files_that_hold_each_page_once(
    client: Client, monkeypatch: pytest.MonkeyPatch, settings: Settings
) -> None:
    write_posts(13, tags=["AI", "Oncology"])
    write_post("posts/a.md")
    write_post("posts/a.vi.md")
    whole = urls(fetch(client))
    monkeypatch.setattr(sitemaps, "URLS_A_FILE", 3)

    addresses = [str(place.text) for place in fetch(client).findall("{*}sitemap/{*}loc")]
    assert addresses[0] == f"{settings.SITE_URL}/sitemap-1.xml"
    files = [urls(fetch(client, address.removeprefix(settings.SITE_URL))) for address in addresses]
    assert all(len(file) == 3 for file in files[:-1])
    assert [path for file in files for path in file] == list(whole)
    assert all(languages(file[path]) == languages(whole[path]) for file in files for path in file)
    for number in (0, len(files) + 1, 10**12):
        assert client.get(f"/sitemap-{number}.xml").status_code == 404


def test_it_is_sent_again_only_when_it_changed(client: Client) -> None:
    write_post("posts/a.md")
    tag = client.get("/sitemap.xml")["ETag"]

    assert client.get("/sitemap.xml", headers={"If-None-Match": tag}).status_code == 304
    write_post("posts/b.md")
    assert client.get("/sitemap.xml", headers={"If-None-Match": tag}).status_code == 200


def test_it_costs_the_same_few_queries_however_many_posts(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for posts in (5, 50):
        Post.objects.all().delete()
        write_posts(posts, tags=["AI"])
        client.get("/sitemap.xml")
        with django_assert_num_queries(7):
            client.get("/sitemap.xml")


def test_an_empty_site_has_a_valid_sitemap(client: Client) -> None:
    assert list(urls(fetch(client))) == ["/", "/tags/", "/archives/", "/contact/"]
