"""What search finds, and in what order; on SQLite and on PostgreSQL alike."""

from datetime import UTC, datetime, timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.utils import timezone as clock
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from pytest_django import DjangoAssertNumQueries

from posts import search, writing
from posts.models import Post, SearchEntry, Tag
from posts.search import Query, Scope
from posts.search.keys import key_of, keys_of, post_of, year_of
from tests.support.writing import rewrite_post, write_post, write_posts

pytestmark = pytest.mark.django_db

EVERYTHING = Scope()
HOSTILE = (
    '"',
    '""',
    '"unbalanced',
    "NEAR(a b)",
    "a NEAR b",
    "a AND",
    "OR",
    "NOT",
    "*",
    "a*",
    "-",
    "-a",
    "title:a",
    "{title} : a",
    "^a",
    "a + b",
    "'",
    "'a' & !'b' <-> ",
    ":*",
    "\\",
    "a\0b",
    "💊",
    "ﷺ",
    "ẞß",
    "٣",
    "²",
    "İ",
    "%s %(a)s",
    "a" * 10_000,
    "a " * 5_000,
)


def titles(text: str, scope: Scope = EVERYTHING, at: datetime | None = None) -> list[str]:
    return [entry.title for entry in search.shown(search.find(Query.read(text), scope, at).keys)]


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("Patients improved.", "patient"),
        ("A patient improves.", "patients improving"),
        ("Ngành dược phẩm điều trị bệnh.", "duoc"),
        ("Ngành dược phẩm điều trị bệnh.", "dược"),
        ("Ngành dược phẩm điều trị bệnh.", "dieu tri"),
        ("Ngành dược phẩm điều trị bệnh.", "ĐIỀU"),
        ("Une étude à Genève.", "etude geneve"),
        ("Personalized medicine.", "perso"),
        ("Personalized medicine.", "medicine pers"),
        ("Safety/efficacy in type-2 diabetes.", "efficacy"),
        ("Safety/efficacy in type-2 diabetes.", "type 2"),
        ("Safety/efficacy in type-2 diabetes.", "type-2"),
        ("What the WHO says.", "who"),
        ("The dose is 3.5 mg.", '"3.5 mg"'),
        ("The patient’s consent, don't ask twice.", "don’t patient's"),
        ("See [the label](https://example.org/).", "label"),
        ("## A heading\n\nText.", "heading"),
        ("One line\nand the next.", '"line and"'),
        ("e\u0301tude, decomposed", "étude"),
    ],
)
def test_a_post_is_found_by(body: str, text: str) -> None:
    write_post("posts/found.md", title="Found", body=body)
    write_post("posts/other.md", title="Other", body="Nothing of the kind.")

    assert titles(text) == ["Found"]


@pytest.mark.parametrize("text", ["", "unheard", '"improved patients"', "patients unheard", "example", "https"])
def test_a_post_is_not_found_by(text: str) -> None:
    write_post(body="Patients improved. See [the label](https://example.org/).")

    assert titles(text) == []


def test_tags_are_searched_and_follow_a_new_name() -> None:
    write_post(title="Tagged", tags=["Oncology"])
    assert titles("oncology") == ["Tagged"]

    writing.rename(Tag.objects.get(), "Cardiology")
    assert titles("oncology") == []
    assert titles("cardiology") == ["Tagged"]


def test_a_title_comes_before_a_heading_before_a_text() -> None:
    write_post("posts/text.md", title="In the text", body="Placebo, placebo and again placebo, as it was before.")
    write_post(
        "posts/heading.md", title="In a heading", body="## Placebo\n\nSomething else altogether, at some length."
    )
    write_post("posts/title.md", title="Placebo", body="No.", date=datetime(2001, 1, 1, tzinfo=UTC))

    assert titles("placebo")[0] == "Placebo"
    assert set(titles("placebo")) == {"Placebo", "In a heading", "In the text"}


def test_of_equals_the_newest_comes_first() -> None:
    write_posts(12, body="Equal.")

    assert titles("equal")[:3] == ["Post 11", "Post 10", "Post 9"]


def test_an_old_title_is_found_among_more_matches_than_are_ranked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("posts.search.finding.CANDIDATES", 20)
    write_post("posts/old.md", title="Dosage", date=datetime(2001, 1, 1, tzinfo=UTC))
    write_posts(50, body="The dosage.")
    found = search.find(Query.read("dosage"))

    assert len(found.keys) == 21
    assert not found.is_all
    assert titles("dosage")[0] == "Dosage"
    assert titles("dosage", Scope(year=2001)) == ["Dosage"]


def test_of_more_matches_than_are_ranked_those_come_first_whose_headings_or_tags_hold_the_words(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("posts.search.finding.CANDIDATES", 20)
    write_posts(50, body="The dosage for children.")
    now = clock.now()
    write_post("posts/h.md", title="Heading", body="## Dosage for children\n\nText.", date=now - timedelta(minutes=2))
    write_post("posts/t.md", title="Tag", body="The dosage for children.", tags=["Children"], date=now)
    write_post("posts/n.md", title="Newest", body="The dosage for children.", date=now)

    assert set(titles("children")[:2]) == {"Heading", "Tag"}
    assert titles("dosage children")[0] == "Heading"
    assert titles("children", Scope(tag=Tag.objects.get())) == ["Tag"]


def test_common_words_are_asked_of_the_newest_posts_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("posts.search.postgresql.NEWEST", 20)
    monkeypatch.setattr("posts.search.postgresql.ENOUGH", 10)
    write_post("posts/old.md", title="Old", body="A rare word.", date=datetime(2001, 1, 1, tzinfo=UTC))
    write_posts(50, body="A common word.")

    assert titles("rare") == ["Old"]
    assert len(titles("common")) >= 20
    assert titles("common")[0] == "Post 49"


@pytest.mark.parametrize(
    "values",
    [
        {"draft": True},
        {"date": clock.now() + timedelta(days=1)},
        {"expiryDate": clock.now() - timedelta(days=1)},
        {"searchHidden": True},
    ],
)
def test_what_readers_may_not_see_is_not_found(values: dict[str, Any]) -> None:
    write_post(title="Hidden", tags=["Secret"], **values)

    assert titles("hidden") == titles("secret") == []
    assert search.titles_beginning(Query.read("hid"), 5) == []


def test_a_post_appears_and_goes_at_its_second_without_a_job() -> None:
    begins = clock.now() + timedelta(days=1)
    write_post(title="Timely", date=begins, expiryDate=begins + timedelta(days=1))
    second = timedelta(seconds=1)

    assert titles("timely", at=begins - second) == []
    assert titles("timely", at=begins + second) == ["Timely"]
    assert titles("timely", at=begins + timedelta(days=1)) == []


def test_a_sections_introduction_and_the_documents_of_the_sites_own_pages_are_not_found() -> None:
    write_post("posts/_index.md", title="Introduction")
    write_post("search.md", title="Introduction")

    assert titles("introduction") == []


def test_a_changed_post_is_found_by_what_it_says_now() -> None:
    post = write_post(title="Before", body="Earlier.")
    rewrite_post(post, title="After", body="Later.", date=datetime(2020, 1, 1, tzinfo=UTC))

    assert titles("earlier") == titles("before") == []
    assert titles("later") == titles("after") == ["After"]
    assert titles("later", Scope(year=2024)) == []


def test_a_deleted_post_and_one_that_becomes_a_draft_are_forgotten() -> None:
    writing.delete([write_post("posts/a.md", title="Gone")])
    rewrite_post(write_post("posts/b.md", title="Withdrawn"), title="Withdrawn", draft=True)

    assert titles("gone") == titles("withdrawn") == []
    assert [entry.title for entry in SearchEntry.objects.all()] == ["Withdrawn"]  # editors find it


def test_a_search_is_narrowed_to_a_tag_and_a_year() -> None:
    write_post("posts/a.md", title="A", body="Word.", tags=["AI"], date=datetime(2023, 12, 31, 23, tzinfo=UTC))
    write_post("posts/b.md", title="B", body="Word.", tags=["AI ethics"], date="2024-01-01T00:30:00+07:00")
    found = search.find(Query.read("word"))
    tag = Tag.objects.get(name="AI")

    assert titles("word", Scope(tag=tag)) == ["A"]
    assert titles("word", Scope(year=2024)) == ["B"]  # as its author's clock had it
    assert titles("word", Scope(tag=tag, year=2024)) == []
    assert [(each.name, count) for each, count in search.tags_of(found, 1)] == [("AI", 1)]
    assert search.years_of(found) == [(2024, 1), (2023, 1)]


def test_titles_are_suggested_by_their_beginnings() -> None:
    write_post("posts/a.md", title="Leveraging AI for Pharma", body="Levers.")
    write_post("posts/b.md", title="Something else", body="Leveraging.")

    assert [entry.title for entry in search.titles_beginning(Query.read("ai lever"), 5)] == ["Leveraging AI for Pharma"]
    assert search.titles_beginning(Query.read(""), 5) == []


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_is_an_error(text: str) -> None:
    write_post(body="Text a b.")

    titles(text)
    search.titles_beginning(Query.read(text), 5)


class AnyText(TestCase):
    """Hypothesis with a transaction for each example."""

    @given(st.text(st.characters(exclude_categories=["Cs"]), max_size=60))
    def test_no_text_is_an_error(self, text: str) -> None:
        query = Query.read(text)
        search.find(query)
        search.titles_beginning(query, 5)

    @given(st.text(st.characters(exclude_categories=["Cs"]), max_size=60), st.text(max_size=200))
    def test_a_snippet_is_the_texts_own_words_escaped(self, typed: str, text: str) -> None:
        shown = str(search.snippet(text, Query.read(typed)))
        assert set(shown.replace("<mark>", "").replace("</mark>", "")).isdisjoint("<>")


def test_what_holds_a_word_that_was_typed_as_markup_shows_it_escaped() -> None:
    assert search.marked("a <b> & c", Query.read("b")) == "a &lt;<mark>b</mark>&gt; &amp; c"


def test_a_snippet_is_the_piece_with_most_of_the_words() -> None:
    text = "Dose. " + "Filling words. " * 100 + "Điều trị: the doses for patients. " + "More. " * 100
    shown = search.snippet(text, Query.read("dose dieu patient"))

    assert "<mark>Điều</mark> trị: the <mark>doses</mark> for <mark>patients</mark>." in shown
    assert shown.startswith("… ")
    assert shown.endswith(" …")
    assert len(shown) < 400


def test_a_misspelt_query_is_respelled_from_known_words() -> None:
    known = {"genomics": "genomics", "oncology": "oncology", "duoc": "dược"}

    assert search.respelled(Query.read("genmics oncolgy"), known) == "genomics oncology"
    assert search.respelled(Query.read("genmics duocc"), known) == "genomics dược"
    assert search.respelled(Query.read("genomics duoc"), known) == ""
    assert search.respelled(Query.read("zzzz"), known) == ""


@pytest.mark.parametrize("year", [1, 1999, 2024, 9999])
def test_a_key_holds_the_year_and_the_post(year: int) -> None:
    first, last = keys_of(year)
    for moment in (datetime(year, 1, 1), datetime(year, 12, 31, 23, 59)):  # noqa: DTZ001
        key = key_of(moment, 0, 123)
        assert first <= key <= last < 2**63
        assert (year_of(key), post_of(key)) == (year, 123)


def test_the_index_is_made_anew() -> None:
    write_post(title="Lost", body="Text.")
    SearchEntry.objects.all().delete()
    out = StringIO()
    call_command("index_search", stdout=out)

    assert out.getvalue() == "1 posts indexed\n"
    assert titles("lost") == ["Lost"]


def test_what_is_rendered_again_is_found_by_what_it_shows_now() -> None:
    write_post(title="Rendered", body="Text.")
    SearchEntry.objects.all().delete()
    call_command("rerender", all=True, stdout=StringIO())

    assert titles("text") == ["Rendered"]


def test_a_huge_post_is_written_and_found_by_its_beginning() -> None:
    write_post(title="Huge", body="beginning " + " ".join(f"w{n}" for n in range(60_000)))

    assert titles("beginning") == ["Huge"]


def test_a_search_costs_the_same_few_queries_however_many_posts(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for posts in (15, 120):
        Post.objects.all().delete()
        write_posts(posts, body="Common words.")
        with django_assert_num_queries(3):
            search.find(Query.read("common"))


def test_a_backup_is_brought_back_without_a_search_path() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite's backups are copies")
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL search_path = ''")
        cursor.execute("SELECT public.posts_search_words('safety/efficacy') @@ 'efficaci'")
        assert cursor.fetchone() == (True,)
