"""robots.txt, llms.txt, articles as Markdown, pictures of titles."""

import re
from datetime import datetime, timedelta, timezone
from io import BytesIO
from pathlib import Path, PurePosixPath
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone as clock
from PIL import Image
from pytest_django import DjangoAssertNumQueries, Settings

from posts import look, machines, metadata
from posts.document import Document
from posts.importing.places import located
from posts.models import Post
from tests.support.writing import projected, rewrite_post, write_post, write_posts

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("media")]

NOT_LIVE = [{"draft": True}, {"publishDate": clock.now() + timedelta(days=1)}, {"expiryDate": clock.now()}]


def test_robots_txt_names_the_sitemap_and_keeps_crawlers_out_of_the_admin(client: Client, settings: Settings) -> None:
    lines = client.get("/robots.txt").content.decode().splitlines()

    assert f"Sitemap: {settings.SITE_URL}/sitemap.xml" in lines
    assert "Disallow: /admin/" in lines


def test_an_article_is_there_as_markdown(client: Client, settings: Settings) -> None:
    hanoi = timezone(timedelta(hours=7))
    body = "## One\n\n- *two*\n"
    write_post(title="Q: & A", date=datetime(2024, 6, 13, 12, tzinfo=hanoi), tags=["AI"], secret="no", body=body)
    response = client.get("/posts/a/index.md")

    assert response["Content-Type"] == "text/markdown; charset=utf-8"
    assert response["Link"] == f'<{settings.SITE_URL}/posts/a/>; rel="canonical"'
    document = Document.parse(response.content)
    assert document.body == f"\n{body}"
    assert document.get("title") == "Q: & A"
    assert document.get("date") == "2024-06-13T12:00:00+07:00"
    assert document.get("tags") == ["AI"]
    assert document.get("secret") is None
    assert b'href="/posts/a/index.md"' in client.get("/posts/a/").content


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("https://other.example/a/", "https://other.example/a/"),
        ("/b/", "http://127.0.0.1:8000/b/"),
        ("https://a.example/>\r\nSet-Cookie: a=b", "https://a.example/%3E%0D%0ASet-Cookie:%20a=b"),
        ("javascript:alert(1)", "http://127.0.0.1:8000/posts/a/"),
    ],
)
def test_a_canonical_address_is_one_on_the_web(client: Client, written: str, meant: str) -> None:
    write_post(canonicalURL=written)

    assert client.get("/posts/a/index.md")["Link"] == f'<{meant}>; rel="canonical"'
    assert f'<link rel="canonical" href="{meant}">' in client.get("/posts/a/").content.decode()


@pytest.mark.parametrize("values", NOT_LIVE)
def test_what_is_not_live_is_not_there_as_markdown(client: Client, values: dict[str, Any]) -> None:
    write_post(**values)

    assert client.get("/posts/a/index.md").status_code == 404
    assert client.get("/nothing/index.md").status_code == 404


def test_markdown_is_what_readers_see_and_not_what_waits(client: Client) -> None:
    post = write_post(body="Live.\n")
    waiting = write_post("posts/b.md", body="Waiting.\n", draft=True)
    Post.objects.filter(pk=post.pk).update(latest_revision=waiting.latest_revision)

    assert b"Live." in client.get("/posts/a/index.md").content
    assert b"Waiting." not in client.get("/posts/a/index.md").content


def test_a_page_whose_address_is_a_file_is_there_as_markdown_too(client: Client) -> None:
    write_post(url="/old/page.html", body="Text.\n")

    assert b'href="/old/page.html/index.md"' in client.get("/old/page.html").content
    assert b"Text." in client.get("/old/page.html/index.md").content


def test_pictures_beside_the_document_have_their_addresses() -> None:
    post = write_post(body='![x](graph.png) ![y](https://a.example/graph.png) ![z](<graph.png> "t")\n')
    post.source = post.source | {"assets": {"graph.png": "/media/images/graph.webp"}}

    assert Document.of(machines.as_markdown(post)).body == (
        '\n![x](/media/images/graph.webp) ![y](https://a.example/graph.png) ![z](</media/images/graph.webp> "t")\n'
    )


def test_markdown_that_is_imported_again_makes_the_same_article(client: Client) -> None:
    post = write_post(title="A & B", tags=["AI", "R&D"], description="What: it says", body="## Text\n")
    again = Document.parse(client.get("/posts/a/index.md").content)
    copy = projected(source=located(PurePosixPath("posts/a.md")), body=again.body.removeprefix("\n"), **again.values)

    assert (copy.title, copy.tags, copy.html, copy.date) == ("A & B", ("AI", "R&D"), post.html, post.date)


def test_llms_txt_links_to_the_markdown_of_every_section(client: Client, settings: Settings) -> None:
    write_post("posts/a.md", title="A [draft]", description="What\nit says")
    write_post("about.md", title="About")
    write_post("news/b.md", title="News of b", body="word " * 100)
    write_post("posts/kept-out.md", robotsNoIndex=True)
    write_post("posts/draft.md", title="Hidden", draft=True)
    text = client.get("/llms.txt").content.decode()

    assert text.startswith(f"# {settings.SITE_NAME}\n\n> ")
    assert [line for line in text.splitlines() if line.startswith("## ")] == [
        "## Pages",
        "## News",
        "## Posts",
        "## Optional",
    ]
    assert rf"- [A \[draft\]]({settings.SITE_URL}/posts/a/index.md): What it says" in text
    assert "Hidden" not in text
    assert "kept-out" not in text
    for address in re.findall(r"\((\S+index\.md)\)", text):
        assert client.get(address.removeprefix(settings.SITE_URL)).status_code == 200
    assert max(map(len, text.splitlines())) < 300


def test_llms_txt_of_a_large_site_is_bounded_and_says_so(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(machines, "MOST_LINKS", 3)
    write_posts(5)
    text = client.get("/llms.txt").content.decode()

    assert text.count("index.md") == 3
    assert "Post 4" in text
    assert "Post 1]" not in text
    assert "2 more" in text


def test_machines_cost_few_queries(client: Client, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    write_posts(20, tags=["AI", "Oncology"])

    look.menu()
    for path, most in (("/llms.txt", 3), ("/posts/post-0001/index.md", 2)):
        with django_assert_max_num_queries(most):
            client.get(path)


@pytest.mark.parametrize(
    "title",
    [
        "Leveraging AI",
        "Ứng dụng trí tuệ nhân tạo trong y học",
        "الذكاء الاصطناعي AI في الطب",
        "个性化医疗",
        "🚀",
        "word " * 90,
        "x" * 400,
        "a\u202eb\ufeff",
    ],
)
def test_any_title_makes_a_picture(client: Client, title: str) -> None:
    post = write_post(title=title)
    response = client.get(metadata.title_picture(post))

    picture = Image.open(BytesIO(response.content))
    assert (picture.format, picture.size) == ("PNG", (1200, 630))
    assert len(response.content) < 60_000
    assert "immutable" in response["Cache-Control"]


def test_a_picture_is_drawn_once(client: Client, media: Path) -> None:
    path = metadata.title_picture(write_post())
    first = client.get(path).content
    (file,) = (media / "og").iterdir()

    assert file.read_bytes() == first
    file.write_bytes(b"the one that was kept")
    assert client.get(path).content == b"the one that was kept"


@pytest.mark.parametrize("values", NOT_LIVE)
def test_only_live_posts_have_pictures(client: Client, media: Path, values: dict[str, Any]) -> None:
    post = write_post(**values)

    assert client.get(metadata.title_picture(post)).status_code == 404
    assert client.get("/og/12345678-abc.png").status_code == 404
    assert not (media / "og").exists()


def test_an_old_titles_picture_leads_to_the_new_one(client: Client, media: Path) -> None:
    post = write_post(title="Old")
    old = metadata.title_picture(post)
    new = metadata.title_picture(rewrite_post(post, title="New"))

    assert client.get(old)["Location"] == new != old
    assert client.get(f"/og/{post.pk}-..%2f..%2fx.png").status_code in {302, 404}
    assert not (media / "og").exists()
