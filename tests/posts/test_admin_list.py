"""The list of posts: what it is filtered by, what its search finds, and that it stays as it was left."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone as clock

from accounts.models import User
from posts.models import Post
from tests.support.admin import change_url, member, save, signed_in
from tests.support.writing import write_post, write_posts

pytestmark = pytest.mark.django_db

LIST = "/admin/posts/post/"


def listed(client: Client, **query: str) -> list[str]:
    response = client.get(LIST, query)
    assert response.status_code == 200
    return sorted(post.title for post in response.context["cl"].result_list)


def test_each_filter_finds_its_posts(editor: User) -> None:
    client, ahead = signed_in(editor), clock.now() + timedelta(days=9)
    write_post("posts/live.md", title="Live", tags=["Type 2", "AI"], author="Dr. Lan", date="2024-03-31T23:00:00Z")
    write_post("news/soon.md", title="Soon", date=ahead, tags=["AI"])
    write_post("posts/draft.md", title="Draft", draft=True, by=editor, date="2024-04-01")
    gone = datetime(2024, 12, 1, tzinfo=UTC)
    write_post("posts/gone.vi.md", title="Gone", expiryDate=gone, language="vi", date="2023-12-31")
    waiting = write_post("posts/waiting.md", title="Waiting", date="2022-01-01")
    save(client, change_url(waiting), press="save", body="New.")

    assert listed(client, status="live") == ["Live", "Waiting"]
    assert listed(client, status="scheduled") == ["Soon"]
    assert listed(client, status="draft") == ["Draft"]
    assert listed(client, status="expired") == ["Gone"]
    assert listed(client, status="waiting") == ["Waiting"]
    assert listed(client, section="news") == ["Soon"]
    assert listed(client, language="vi") == ["Gone"]
    assert listed(client, tag="ai") == ["Live", "Soon"]
    assert listed(client, tag="AI", status="live") == ["Live"]
    assert listed(client, tag="type") == []
    assert listed(client, author="dr. lan") == ["Live"]
    assert listed(client, owner="me") == listed(client, owner="editor") == ["Draft"]
    assert listed(client, date="2024") == ["Draft", "Live"]
    assert listed(client, date="2024-03") == ["Live"]
    assert listed(client, date="2023-12") == ["Gone"]


def test_many_posts_of_a_tag_are_found_as_few_are(editor: User, monkeypatch: pytest.MonkeyPatch) -> None:
    write_posts(3, tags=["AI"], author="Lan")
    client = signed_in(editor)
    few = listed(client, tag="AI"), listed(client, author="Lan")
    monkeypatch.setattr("posts.admin.filters.FEW", 1)
    assert (listed(client, tag="AI"), listed(client, author="Lan")) == few == (few[0], few[0])


@pytest.mark.parametrize("date", ["9999", "2024-13", "0000", "x", "2024-1", "٢٠٢٤"])
def test_what_is_no_date_filters_nothing(editor: User, date: str) -> None:
    write_post()
    assert listed(signed_in(editor), date=date) == ["A title"]


@pytest.mark.parametrize("name", ["tag", "author", "owner", "section", "language", "status", "date"])
def test_any_text_is_a_filter(editor: User, name: str) -> None:
    write_post()
    for text in ("\0", "a\0b", "%", "' OR 1=1 --", "x" * 3000):
        assert signed_in(editor).get(LIST, {name: text}).status_code == 200
    assert signed_in(editor).get(f"{LIST}names/tag/", {"q": "\0"}).json() == {"names": []}


def test_search_finds_words_of_title_text_and_tags_drafts_and_addresses(editor: User) -> None:
    write_post("posts/a.md", title="Dược phẩm", body="About dosage.\n", tags=["Oncology"])
    write_post("posts/b.md", title="Draft", body="Dosages.\n", draft=True)
    client = signed_in(editor)

    assert listed(client, q="duoc") == listed(client, q="oncolog") == ["Dược phẩm"]
    assert listed(client, q="dosage") == ["Draft", "Dược phẩm"]
    assert listed(client, q="/posts/b") == ["Draft"]
    assert listed(client, q="dosage", status="draft") == ["Draft"]
    assert listed(client, q="...") == []


def test_a_count_is_right_after_a_change(editor: User) -> None:
    client = signed_in(editor)
    write_posts(60)
    assert client.get(LIST).context["cl"].result_count == 60
    write_post()
    assert client.get(LIST).context["cl"].result_count == 61
    assert client.get(LIST, {"status": "waiting"}).context["cl"].result_count == 0
    save(client, change_url(Post.objects.get(title="A title")), press="save", body="New.")
    assert client.get(LIST, {"status": "waiting"}).context["cl"].result_count == 1


def test_one_comes_back_from_a_form_to_the_list_as_it_was(editor: User) -> None:
    client, post = signed_in(editor), write_post(tags=["AI"])
    page = client.get(LIST, {"tag": "AI", "p": "1"}).content.decode()
    kept = "_changelist_filters=tag%3DAI"
    assert f"{change_url(post)}?{kept}" in page

    response = save(client, f"{change_url(post)}?{kept}", press="save", body="New.")
    assert kept in response.url
    assert f'href="{LIST}?tag=AI"' in client.get(response.url).content.decode()


def test_authors_see_their_own_alone() -> None:
    author = member("author", "Authors")
    write_post("posts/a.md", title="Own", by=author, tags=["AI"])
    write_post("posts/b.md", title="Another's", tags=["AI"])
    client = signed_in(author)
    assert listed(client) == listed(client, tag="AI") == listed(client, q="AI") == ["Own"]


def test_names_are_offered_to_who_sees_posts(editor: User) -> None:
    write_post(tags=["Oncology", "AI"], author="Lan")
    client = signed_in(editor)

    def names(kind: str, typed: str) -> Any:
        return client.get(f"{LIST}names/{kind}/", {"q": typed}).json()["names"]

    assert (names("tag", "on"), names("author", "l"), names("owner", "ed")) == (["Oncology"], ["Lan"], ["editor"])
    assert names("tag", "") == []
    assert client.get(f"{LIST}names/password/", {"q": "a"}).status_code == 404
    assert signed_in(member("root", "Administrators")).get(f"{LIST}names/owner/").status_code == 403


@pytest.mark.parametrize(
    "query",
    ["", "status=live", "status=draft", "status=waiting", "section=posts", "language=en", "tag=AI", "author=Lan"]
    + ["owner=me", "date=2024", "q=post", "q=post&status=live"],
)
def test_the_queries_do_not_grow_with_the_posts(editor: User, query: str) -> None:
    client = signed_in(editor)
    counted = []
    for start, count in ((0, 3), (100, 30)):
        for n in range(start, start + count):
            write_post(f"posts/{n}.md", title="Post", draft=n % 3 == 0, tags=["AI"], author="Lan", by=editor)
        save(client, change_url(Post.objects.filter(draft=False).latest("pk")), press="save", body="New.")
        client.get(f"{LIST}?{query}")
        with CaptureQueriesContext(connection) as queries:
            assert client.get(f"{LIST}?{query}").status_code == 200
        counted.append(len(queries))
    assert counted[0] == counted[1]


def test_many_tags_do_not_fill_the_screen(editor: User) -> None:
    write_post("posts/few.md", tags=list("abc"))
    write_post("posts/many.md", tags=list("abcdefg"))
    page = signed_in(editor).get("/admin/posts/post/").content.decode()

    assert "a, b, c</td>" in page
    assert "a, b, c and 4 more</td>" in page


def test_how_many_were_found_is_said_where_not_all_are_shown(editor: User) -> None:
    """Django would say it of any list that is not counted whole, with a way to all of what is there."""
    write_post(title="Launch")
    client = signed_in(editor)
    told = [client.get(f"{LIST}{query}").content.decode() for query in ("", "?q=launch", "?status=live", "?q=nothing")]

    assert [text.count(">Show all<") for text in told] == [0, 1, 1, 1]
    assert "1 result\n" in told[1]
    assert "0 results\n" in told[3]


def test_only_years_with_posts_are_offered(editor: User) -> None:
    for year in (1996, 2019, 2024):
        write_post(f"posts/{year}.md", date=f"{year}-06-01", title="Old")
    write_post("posts/also.md", date="2024-01-01T00:00:00Z", title="Also")
    page = signed_in(editor).get(LIST).content.decode()

    assert [year for year in range(1990, 2030) if f"?date={year}" in page] == [1996, 2019, 2024]
