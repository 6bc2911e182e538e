"""What each of the checks that are asked by default finds, and what it leaves alone."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries, Settings

from posts import checks, writing
from posts.checks import Candidate, Severity, search_result
from posts.checks.defaults import CHECKS
from posts.models import Author, Redirect
from posts.source import Source
from tests.support.checks import found, said
from tests.support.writing import LONG_AGO, projected, write_post

pytestmark = pytest.mark.django_db

DOCS = Path(__file__).resolve().parents[3] / "docs" / "editing.md"
LARGE = "/media/images/a-0123456789abcdef-1600x900.png"


@pytest.mark.pure
def test_every_default_check_is_for_people_and_stands_in_the_docs() -> None:
    assert all(check.for_people for check in CHECKS)
    assert [check.name for check in CHECKS if f"| `{check.name}` |" not in DOCS.read_text()] == []


@pytest.mark.parametrize(
    ("check", "values", "message"),
    [
        ("text", {"body": ""}, "There is no text."),
        ("placeholder", {"body": "Prices: TBD.\n"}, "“TBD” is left to be filled in."),
        ("placeholder", {"body": "It works [citation needed].\n"}, "“[citation needed]” is left to be filled in."),
        ("placeholder", {"body": "Lorem ipsum dolor.\n"}, "“Lorem ipsum” is left to be filled in."),
        ("placeholder", {"title": "TODO: a title"}, "“TODO” is left to be filled in."),
        ("placeholder", {"description": "XX % of patients"}, "“XX %” is left to be filled in."),
        ("lint", {"body": "## A\n\n#### B\n"}, "Heading of level 4 below one of level 2; make it level 3."),
        ("lint", {"body": "AIs potential is what AI helps with; AI helps.\n"}, "Does this say “AI’s potential”?"),
        ("alt", {"body": "![](a.png)\n"}, "This image has no alternative text; say what it shows."),
        ("alt", {"cover": "/a.png"}, "The cover has no alternative text."),
        ("cover", {}, "There is no cover."),
        ("picture-host", {"body": "![A](https://x.example/a.png)\n"}, "Readers do not see pictures from x.example: "),
        ("picture-host", {"cover": "https://x.example/a.png"}, "Readers do not see pictures from x.example: "),
        ("links", {"body": "[A](/nowhere/)\n"}, "A link leads to /nowhere/, where nothing stands."),
        ("links", {"body": "[A](../nowhere)\n"}, "A link leads to /posts/nowhere/, where nothing stands."),
        ("links", {"body": "[A](nowhere.md)\n"}, "A link leads to /posts/nowhere.md, where nothing stands."),
        ("links", {"body": "[A](http://127.0.0.1:8000/no/)\n"}, "A link leads to /no/, where nothing stands."),
        ("links", {"body": "[A](/tags/none/)\n"}, "A link leads to /tags/none/, where nothing stands."),
        ("links", {"body": "[A](/authors/none/)\n"}, "A link leads to /authors/none/, where nothing stands."),
        ("links", {"body": "## One\n\n[A](#two)\n"}, "A link leads to #two, which is no heading here."),
        ("http", {"body": "[A](http://example.org/a)\n"}, "http://example.org/a is not encrypted."),
        ("sources", {"body": "Relapses fell by 40 %.\n"}, "“40 %” stands without a source."),
        ("sources", {"body": "Clinical trials show it.\n"}, "“Clinical trials show” stands without a source."),
        ("sources", {"body": "Nghiên cứu cho thấy vậy.\n"}, "“Nghiên cứu cho thấy” stands without a source."),
        ("source-marks", {"body": "It works [1].\n"}, "[1] refers to a list of sources that is not there."),
        ("review", {"medical": True}, "Medical content without a review."),
        ("review", {"medical": True, "reviewedBy": "Lan"}, "The medical review has no date."),
        (
            "title",
            {"title": "How adherence programmes change what payers can expect of medicines"},
            "Search results cut",
        ),
        ("description", {}, "There is no description."),
        ("description", {"description": "Short."}, "The description is very short."),
        ("description", {"description": "A long description. " * 20}, "Search results cut this description."),
        ("tags", {}, "There are no tags."),
        ("authors", {}, "It names no author."),
        ("date", {}, "It is dated 2024-06-13: "),
    ],
)
def test_what_a_check_finds(check: str, values: dict[str, Any], message: str) -> None:
    [finding] = said(check, **values)

    assert finding.startswith(message)


@pytest.mark.parametrize(
    ("check", "values"),
    [
        ("text", {"file": "posts/_index.md", "body": ""}),
        ("text", {"file": "search.md", "body": ""}),
        ("text", {"body": "", "layout": "gallery"}),
        ("text", {"body": "![A](a.png)\n"}),
        ("placeholder", {"body": "`TODO` and [source](https://example.org/) and a todo list.\n"}),
        ("alt", {"body": '<img src="a.png" alt="">\n'}),
        ("cover", {"cover": LARGE}),
        ("cover", {"cover": "https://example.org/of-a-size-that-nobody-knows.png"}),
        ("picture-host", {"body": "![A](https://res.cloudinary.com/demo/image/upload/a.png) ![B](/b.png)\n"}),
        (
            "links",
            {"body": "[A](/) [B](/tags/) [C](/search/?q=x) [D](/media/files/a.pdf) [E](b.pdf) [F](mailto:a@b.c)\n"},
        ),
        ("links", {"body": "## One two\n\n[A](#one-two) [B](#top) [C](#) [D](/posts/a/#one-two)\n"}),
        ("links", {"body": "[A](http://127.0.0.1:8000)\n"}),
        ("links", {"body": "[A](http://127.0.0.1:80001/x/)\n"}),
        ("http", {"body": "[A](https://example.org/) [B](http://localhost:8000/)\n"}),
        ("sources", {"body": "It fell by 40 %[^1].\n\n[^1]: Lancet 2024.\n"}),
        ("sources", {"body": "It fell by 40 % ([Lancet](https://example.org/)).\n"}),
        ("sources", {"body": "It fell by 40 %.\n\n## **References**\n\n1. Lancet\n"}),
        ("sources", {"body": "Giảm 40 %.\n\n## Tài liệu tham khảo\n\n1. Lancet\n"}),
        ("source-marks", {"body": "It works [1].\n\n[1] Lancet 2024\n"}),
        ("source-marks", {"body": "It works [1].\n\n[1]: https://example.org/\n"}),
        ("source-marks", {"body": "It works [1, 2].\n\n## Sources\n\n1. Lancet\n"}),
        ("review", {"medical": True, "reviewedBy": "Lan", "lastReviewed": LONG_AGO}),
        ("description", {"description": "What two years of adherence programmes taught us about patients. " * 2}),
        ("tags", {"tags": ["AI"]}),
        ("tags", {"file": "about.md"}),
        ("authors", {"author": "Mai"}),
    ],
)
def test_what_a_check_leaves_alone(check: str, values: dict[str, Any]) -> None:
    assert said(check, **values) == []


def test_a_small_cover_is_told_with_its_size() -> None:
    cover = "/media/images/a-0123456789abcdef-800x450.png"

    assert said("cover", cover=cover) == ["The cover has 800 × 450 pixels."]


def test_links_of_a_page_that_ends_in_no_slash_lead_from_its_folder() -> None:
    source = Source(file="about.md", page="about.md", jekyll=True)
    write_post("posts/b.md", url="/docs/b.html")
    write_post("about.md", body="## A heading\n", source=source)
    body = "[A](b.html) [A](../about) [A](/about/#a-heading) [A](c.html)"

    assert said("links", file="posts/c.md", url="/docs/a.html", body=body) == [
        "A link leads to /docs/c.html, where nothing stands."
    ]


@pytest.mark.parametrize(
    ("moments", "problem"),
    [
        ({"draft": True}, "which readers do not see."),
        ({"date": datetime(2999, 1, 1, tzinfo=UTC)}, "which readers see only from 2999-01-01 00:00 UTC."),
        ({"expiryDate": datetime(2999, 1, 1, tzinfo=UTC)}, "which is gone from 2999-01-01 00:00 UTC."),
        ({"expiryDate": datetime(2025, 1, 1, tzinfo=UTC)}, "which readers do not see."),
    ],
)
def test_a_link_to_a_list_asks_not_for_the_document_that_would_introduce_it(moments: Any, problem: str) -> None:
    write_post("posts/there.md", tags=["AI"], author="Mai")
    for file in ("tags/ai/_index.md", "tags/none/_index.md", "authors/mai/_index.md", "posts/_index.md", "contact.md"):
        write_post(file, **moments)
    write_post("tags/gene-therapy/_index.md")
    places = ("/tags/ai/", "/authors/mai/", "/posts/", "/contact/", "/tags/gene-therapy/", "../tags/ai/_index.md")
    body = " ".join(f"[A]({place})" for place in (*places, "/tags/none/"))

    assert said("links", body=body) == [f"A link leads to /tags/none/, {problem}"]


def test_links_to_what_the_site_has_are_well() -> None:
    write_post("posts/there.md", title="There", tags=["Drug safety"], author="Mai Nguyen", body="## A heading\n")
    writing.save_author(Author(name="Mai Nguyen"))
    Redirect.objects.create(old_path="/old/", post=write_post("posts/b.md"))
    links = (
        "/posts/there/",
        "/posts/there",
        "there.md",
        "../there/#a-heading",
        "/posts/",
        "/old/",
        "/tags/drug-safety/",
    )
    body = " ".join(f"[A]({link})" for link in (*links, "/authors/mai-nguyen/"))

    assert said("links", file="posts/c.md", body=body) == []


def test_links_to_what_readers_do_not_see_are_told() -> None:
    now = datetime(2030, 1, 1, tzinfo=UTC)
    write_post("posts/draft.md", draft=True)
    write_post("posts/later.md", date=now + timedelta(days=2))
    write_post("posts/ending.md", expiryDate=now + timedelta(days=2))
    write_post("posts/gone.md", expiryDate=now - timedelta(days=2))
    names = ("draft", "later", "ending", "gone")
    body = " ".join(f"[A](/posts/{name}/)" for name in names)

    assert said("links", file="posts/c.md", body=body, at=now, date=now) == [
        "A link leads to /posts/draft/, which readers do not see.",
        "A link leads to /posts/later/, which readers see only from 2030-01-03 00:00 UTC.",
        "A link leads to /posts/ending/, which is gone from 2030-01-03 00:00 UTC.",
        "A link leads to /posts/gone/, which readers do not see.",
    ]
    after = {"date": now + timedelta(days=2), "expiryDate": now + timedelta(days=2)}
    assert said("links", file="posts/c.md", body="[A](/posts/later/)", at=now, date=after["date"]) == []


def test_a_heading_of_another_page_that_is_not_there_is_told() -> None:
    write_post("posts/there.md", body="## A heading\n")

    assert said("links", file="posts/c.md", body="[A](/posts/there/#b)") == [
        "A link leads to #b on /posts/there/, which is no heading there."
    ]


def test_a_title_and_a_slug_that_another_post_has_are_told() -> None:
    write_post("posts/there.md", title="One title")
    write_post("news/b.md", title="Another")
    write_post("posts/x.vi.md", title="One title")

    assert said("same-title", file="posts/b.md", title="One title") == [
        "/posts/there/ has the same title.",
        "/news/b/ has the same slug.",
    ]
    own = write_post("posts/own.md", title="Own")
    assert said("same-title", file="posts/own.md", title="Own", post=own) == []


def test_a_date_long_ago_is_no_matter_once_readers_have_seen_the_post() -> None:
    assert said("date", post=write_post()) == []


def test_a_finding_in_the_body_knows_its_place() -> None:
    [finding] = found("placeholder", body="One.\n\nTwo TODO.\n")
    text = projected(body="One.\n\nTwo TODO.\n").text

    assert finding.span is not None
    assert text[slice(*finding.span)] == "TODO"
    assert (finding.field, finding.severity) == ("body", Severity.WARNING)


def test_a_picture_from_an_allowed_host_is_seen(settings: Settings) -> None:
    policy = {"DIRECTIVES": {"img-src": ["'self'", "*.example.net", "https://images.example.org"]}}
    settings.CONTENT_SECURITY_POLICY = policy
    body = "![A](https://a.example.net/a.png) ![B](https://images.example.org/b.png) ![C](https://example.net/c.png)\n"

    assert [message[:51] for message in said("picture-host", body=body)] == [
        "Readers do not see pictures from example.net: the s"
    ]


def test_many_documents_cost_no_more_queries_than_one(django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    body = "[A](/posts/x{0}/#y) [B](/tags/{0}/) [C](/authors/{0}/) [D](/s{0}/) [E](x{0}.md)\n"
    for n in range(5):
        write_post(f"posts/x{n}.md", title=f"X {n}")
    for count in (1, 30):
        made = [projected(f"posts/n{n}.md", title=f"N {n}", body=body.format(n)) for n in range(count)]
        candidates = [Candidate(each, None, LONG_AGO) for each in made]
        with django_assert_max_num_queries(7):
            checks.verdicts(candidates, by_a_person=True)


@pytest.mark.pure
@given(st.text(max_size=300), st.integers(min_value=10, max_value=1000))
def test_what_is_cut_fits_and_is_how_the_text_begins(text: str, width: int) -> None:
    shown = search_result.cut(text, 20, width)

    assert search_result.pixels(shown, 20) <= max(width, search_result.pixels(" …", 20))
    assert text.startswith(shown.removesuffix("…").rstrip()) or shown == text


@pytest.mark.pure
def test_a_text_that_fits_is_whole_and_a_longer_one_ends_between_words() -> None:
    assert search_result.cut("A title", 20, 580) == "A title"
    assert search_result.cut("One two three", 20, 105) == "One two …"
    assert search_result.pixels("Wide", 20) > search_result.pixels("ilil", 20)


@given(st.text(max_size=400))
def test_no_text_makes_a_check_fail(body: str) -> None:
    candidate = Candidate(projected(body=body.replace("\0", "")), None, LONG_AGO)
    [verdict] = checks.verdicts([candidate], by_a_person=True)

    assert all(finding.span is None or finding.span[0] <= finding.span[1] for finding in verdict.findings)
