"""Document → Projection."""

import pickle
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import PurePosixPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from posts.document import Document
from posts.importing.places import Wishes, located
from posts.projection import Projection, ProjectionError
from posts.site import project
from posts.source import Source

pytestmark = pytest.mark.pure


def projected(text: str, file: str = "posts/my-post.md", section: str = "") -> Projection:
    return project(Document.of(text), located(PurePosixPath(file), wishes=Wishes(section=section)))


def test_a_title_that_is_missing_is_the_bodys_first_heading_and_that_is_not_shown_twice() -> None:
    projection = projected("Words.\n\n# From the body\n\nMore.\n")

    assert projection.title == "From the body"
    assert "From the body" not in projection.html


def test_without_any_heading_the_files_name_is_the_title() -> None:
    assert projected("Words.\n").title == "My post"
    assert projected("Words.\n", "posts/a-bundle/index.md").title == "A bundle"


def test_a_summary_before_more_wins_over_the_front_matters_which_wins_over_the_first_words() -> None:
    assert projected("---\nsummary: Written\n---\nFirst.\n\n<!--more-->\n\nRest.\n").summary == "First."
    assert projected("---\nsummary: Written\n---\nFirst.\n").summary == "Written"
    assert projected("First.\n").summary == "First."


@pytest.mark.parametrize(
    ("alias", "path"),
    [
        *(("/old", "/old/"), ("older", "/posts/older/"), ("/x.html", "/x.html"), ("/a/b/", "/a/b/")),
        *(("/a/index.html", "/a/"), ("old/index.html", "/posts/old/"), ("/my-index.html", "/my-index.html")),
    ],
)
def test_an_alias_is_a_site_path_or_relative_to_the_pages_folder(alias: str, path: str) -> None:
    assert projected(f"---\naliases: [{alias}]\n---\n").aliases == [path]


def test_the_section_is_the_folder_or_the_one_that_is_given() -> None:
    assert projected("x", "News and Views/deep/a.md").section == "news-and-views"
    assert projected("x", "a.md").section == ""
    assert projected("x", "a.md", section="posts").path == "/posts/a/"


def test_a_path_that_no_page_can_have_is_an_error_at_its_key() -> None:
    with pytest.raises(ProjectionError) as refused:
        projected("---\ntitle: A\nurl: /a/../b/\n---\n")

    assert (refused.value.line, refused.value.column) == (3, 6)


@pytest.mark.parametrize(
    ("front", "language", "words"),
    [
        ("isCJKLanguage: true", "en", 4),
        ("isCJKLanguage: false", "zh", 1),
        ("title: T", "zh", 4),
        ("title: T", "ZH-Hans", 4),
        ("title: T", "ja", 4),
        ("title: T", "en", 1),
    ],
)
def test_scripts_without_words_are_counted_by_character_where_the_document_or_its_language_says_so(
    front: str, language: str, words: int
) -> None:
    source = replace(located(PurePosixPath("posts/a.md")), language=language)

    assert project(Document.of(f"---\n{front}\n---\n今日天気\n"), source).words == words


def test_translations_are_known_by_the_key_that_they_say_else_by_their_file() -> None:
    assert projected("---\ntranslationKey: trial\n---\n").translation_key == "trial"
    assert projected("Words.\n").translation_key == "posts/my-post"


@pytest.mark.parametrize(
    ("front", "said", "line"),
    [
        (f"title: {'x' * 501}", "the title has 501 characters; 500 are the most", 2),
        (f"a: 1\ntags: [b, {'x' * 201}]", "the tag has 201 characters; 200 are the most", 3),
        (f"aliases: [/{'x' * 499}/]", "the alias has 501 characters; 500 are the most", 2),
    ],
)
def test_what_no_column_can_hold_is_an_error_at_its_key(front: str, said: str, line: int) -> None:
    with pytest.raises(ProjectionError, match=said) as refused:
        projected(f"---\n{front}\n---\n")

    assert refused.value.line == line
    assert projected(f"---\n{front.replace('xx', 'x', 1)}\n---\n").title


def test_a_projection_and_its_source_survive_the_way_between_processes_and_through_json() -> None:
    projection = projected("---\ntags: [AI]\n---\n## Why\n")

    assert pickle.loads(pickle.dumps(projection)) == projection
    assert Source.restored(projection.source).kept() == projection.source


@given(st.text(max_size=200), st.text(max_size=200))
def test_the_same_document_gives_the_same_projection_whatever_it_says(front: str, body: str) -> None:
    document = Document.new({"title": front.replace("\0", "")[:400]}, "\n" + body.replace("\0", ""))
    source = located(PurePosixPath("posts/a.md"))

    assert project(document, source) == project(document, source)
    assert project(document, source).text == document.text


def test_a_post_without_a_date_has_that_of_its_publication_else_of_its_last_change() -> None:
    assert projected("---\nlastmod: 2024-02-03\n---\n").date == datetime(2024, 2, 3, tzinfo=UTC)
    assert projected("---\nlastmod: 2024-02-03\npublishDate: 2024-01-02\n---\n").date == datetime(
        2024, 1, 2, tzinfo=UTC
    )
    assert projected("---\ntitle: A\n---\n").date is None
