"""Feeds, as feed readers see them."""

import json
from datetime import UTC, datetime, timedelta, timezone
from unicodedata import normalize
from urllib.parse import unquote

import feedparser
import pytest
from django.test import Client
from django.utils import timezone as clock
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from pytest_django import DjangoAssertNumQueries, Settings

from posts.links import with_absolute_links
from posts.models import Post
from tests.support.schemas import valid, valid_json_feed
from tests.support.writing import rewrite_post, write_post, write_posts

FORMATS = ("index.xml", "atom.xml", "feed.json")
PLACES = ("/", "/posts/", "/tags/ai/")
HANOI = timezone(timedelta(hours=7))
COVER = "https://res.cloudinary.com/demo/image/upload/v1/cover.jpg"


def get(client: Client, path: str) -> bytes:
    response = client.get(path)
    assert response.status_code == 200, path
    return bytes(response.content)


def write_full_post() -> Post:
    """A post that says everything a feed can pass on."""
    return write_post(
        title="Fish & chips <b>",
        date=datetime(2024, 6, 13, 12, 0, tzinfo=HANOI),
        lastmod=datetime(2024, 7, 1, 8, 30, tzinfo=HANOI),
        tags=["AI", "R&D"],
        authors=["Ana", "Bình"],
        description="Less < more & so on",
        cover={"image": COVER},
        body='See [this](/about/).\n\n`<a href="/left">`\n',
    )


@pytest.mark.django_db
@pytest.mark.parametrize("place", PLACES)
def test_every_list_has_a_valid_feed_in_each_format(client: Client, place: str, settings: Settings) -> None:
    write_full_post()
    write_post("posts/undated.md", title="Undated", date=None, tags=["AI"])

    rss = valid(get(client, f"{place}index.xml"), "rss")
    atom = valid(get(client, f"{place}atom.xml"), "atom")
    assert len(rss.findall("channel/item")) == len(atom.findall("{*}entry")) == 2
    feed = valid_json_feed(get(client, f"{place}feed.json"))
    assert len(feed.items) == 2
    assert str(feed.feed_url) == f"{settings.SITE_URL}{place}feed.json"


@pytest.mark.django_db
def test_an_empty_site_has_valid_feeds(client: Client) -> None:
    valid(get(client, "/index.xml"), "rss")
    valid(get(client, "/atom.xml"), "atom")
    assert valid_json_feed(get(client, "/feed.json")).items == []


@pytest.mark.django_db
@pytest.mark.parametrize("file", FORMATS[:2])
def test_a_feed_reader_finds_everything(client: Client, file: str, settings: Settings) -> None:
    write_full_post()
    feed = feedparser.parse(get(client, f"/posts/{file}"))

    assert not feed.bozo
    (entry,) = feed.entries
    assert entry.title == "Fish & chips <b>"
    assert entry.link == entry.id == f"{settings.SITE_URL}/posts/a/"
    assert entry.summary == "Less &lt; more &amp; so on"
    assert f'<a href="{settings.SITE_URL}/about/">this</a>' in entry.content[0].value
    assert '&lt;a href="/left"&gt;' in entry.content[0].value
    assert [tag.term for tag in entry.tags] == ["AI", "R&D"]
    assert [author.name for author in entry.authors][:1] == ["Ana"]
    assert entry.published_parsed[:5] == (2024, 6, 13, 5, 0)
    assert "+07" in entry.published
    assert entry.enclosures[0].href.startswith("https://res.cloudinary.com/demo/image/upload/")
    assert entry.enclosures[0].type == "image/jpeg"


@pytest.mark.django_db
def test_json_feed_has_everything(client: Client, settings: Settings) -> None:
    write_full_post()
    response = client.get("/feed.json")
    (item,) = json.loads(response.content)["items"]

    assert response["Content-Type"] == "application/feed+json"
    assert item["content_html"].startswith(f'<p>See <a href="{settings.SITE_URL}/about/">this</a>')
    assert item["date_published"] == "2024-06-13T12:00:00+07:00"
    assert item["date_modified"] == "2024-07-01T08:30:00+07:00"
    assert item["authors"] == [{"name": "Ana"}, {"name": "Bình"}]
    assert item["tags"] == ["AI", "R&D"]
    assert item["summary"] == "Less < more & so on"
    assert item["image"].startswith("https://res.cloudinary.com/demo/")


@pytest.mark.django_db
def test_an_atom_entry_is_updated_when_its_author_says_so(client: Client) -> None:
    write_full_post()
    (updated,) = valid(get(client, "/atom.xml"), "atom").findall("{*}entry/{*}updated")

    assert updated.text == "2024-07-01T08:30:00+07:00"


@pytest.mark.django_db
@pytest.mark.parametrize("file", FORMATS)
def test_a_feed_that_did_not_change_is_not_sent_again(client: Client, file: str) -> None:
    post = write_full_post()
    first = client.get(f"/{file}")

    assert client.get(f"/{file}", headers={"If-None-Match": first["ETag"]}).status_code == 304
    assert client.get(f"/{file}", headers={"If-Modified-Since": first["Last-Modified"]}).status_code == 304
    rewrite_post(post, title="Another")
    assert client.get(f"/{file}", headers={"If-None-Match": first["ETag"]}).status_code == 200


@pytest.mark.django_db
def test_a_post_with_an_old_date_that_is_new_here_is_a_change(client: Client) -> None:
    write_full_post()
    seen = clock.now() - timedelta(minutes=1)
    Post.objects.update(updated_at=seen - timedelta(days=1))
    since = {"If-Modified-Since": f"{seen:%a, %d %b %Y %H:%M:%S} GMT"}
    assert client.get("/index.xml", headers=since).status_code == 304

    write_post("posts/old.md", title="Old", date=datetime(2001, 1, 1, tzinfo=UTC))
    assert client.get("/index.xml", headers=since).status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize("file", FORMATS)
def test_what_is_not_live_is_in_no_feed(client: Client, file: str) -> None:
    write_post("posts/shown.md", title="Shown", tags=["AI"])
    write_post("posts/draft.md", title="Hidden", draft=True, tags=["AI"])
    write_post("posts/later.md", title="Hidden", date=clock.now() + timedelta(days=1), tags=["AI"])

    for place in PLACES:
        assert b"Hidden" not in get(client, f"{place}{file}")
    assert client.get(f"/nothing/{file}").status_code == 404
    assert client.get(f"/tags/nothing/{file}").status_code == 404


@pytest.mark.django_db
def test_a_sections_feed_has_its_pages_name(client: Client) -> None:
    write_post("market-access/_index.md", title="Access & pricing")
    write_post("market-access/a.md")
    write_post("other-news/a.md")

    assert client.get("/market-access/feed.json").json()["title"] == "Access & pricing — Monograph"
    assert client.get("/other-news/feed.json").json()["title"] == "Other news — Monograph"


@pytest.mark.django_db
def test_a_page_that_lists_no_articles_has_no_feed(client: Client) -> None:
    write_post("contact.md")
    write_post("tags/_index.md")

    assert client.get("/contact/index.xml").status_code == client.get("/tags/index.xml").status_code == 404


@pytest.mark.django_db
def test_a_section_without_articles_has_the_feeds_that_its_page_links_to(client: Client) -> None:
    write_post("news/_index.md", title="News")

    assert b'href="/news/atom.xml"' in get(client, "/news/")
    valid(get(client, "/news/atom.xml"), "atom")


@pytest.mark.django_db
def test_feeds_cost_the_same_few_queries_however_many_posts(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    write_posts(30, tags=["AI", "Oncology"])

    for place in PLACES:
        for file in FORMATS:
            with django_assert_max_num_queries(5):
                assert client.get(f"{place}{file}").status_code == 200


class HostileText(TestCase):
    @given(text=st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1, max_size=60))
    def test_any_text_makes_valid_feeds(self, text: str) -> None:
        write_post(title=text, body=text, description=text, authors=[text], tags=[text])
        client = Client()

        valid(get(client, "/index.xml"), "rss")
        valid(get(client, "/atom.xml"), "atom")
        valid_json_feed(get(client, "/feed.json"))


@pytest.mark.pure
@pytest.mark.parametrize(
    ("html", "elsewhere"),
    [
        ('<a href="/b/">', '<a href="{site}/b/">'),
        ('<a href="../b/">', '<a href="{site}/posts/b/">'),
        ('<a href="#fn:1" class="x">', '<a href="{site}/posts/a/#fn:1" class="x">'),
        ('<a href="mailto:a@b.example">', '<a href="mailto:a@b.example">'),
        ('<a href="//cdn.example/x">', '<a href="http://cdn.example/x">'),
        ('<a href="http://[x">', '<a href="http://[x">'),
        ('<img alt="a > b" src="/x.png">', '<img alt="a > b" src="{site}/x.png">'),
        ('<img srcset="/x,1.png 1w, /y.png 2w">', '<img srcset="{site}/x,1.png 1w, {site}/y.png 2w">'),
        ('&lt;a href="/b/"&gt;', '&lt;a href="/b/"&gt;'),
        ('<a title="say href=&quot;/x&quot;" href="/b/">', '<a title="say href=&quot;/x&quot;" href="{site}/b/">'),
    ],
)
def test_links_are_made_absolute(html: str, elsewhere: str, settings: Settings) -> None:
    assert with_absolute_links(html, "/posts/a/") == elsewhere.format(site=settings.SITE_URL)


@pytest.mark.django_db
@pytest.mark.parametrize("place", ["/tags/ngày/", "/authors/bình/", "/series/mùa-hè/", "/bài/"])
@pytest.mark.parametrize("name", FORMATS)
def test_a_feeds_address_with_loose_marks_leads_to_it(client: Client, place: str, name: str) -> None:
    write_post("bài/a.md", tags=["Ngày"], authors=["Bình"], series=["Mùa hè"])
    loose = client.get(normalize("NFD", f"{place}{name}"))

    assert (loose.status_code, unquote(loose["Location"])) == (301, f"{place}{name}")
    assert client.get(loose["Location"]).status_code == 200
