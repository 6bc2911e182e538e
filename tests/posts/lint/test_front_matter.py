"""MG6: slips in front matter."""

import pytest

from posts.document import Document
from posts.lint import Diagnostic, inspect
from posts.lint.front_matter import distance
from tests.posts.lint.linted import PATH

pytestmark = pytest.mark.pure


def findings(*lines: str) -> list[Diagnostic]:
    return inspect(Document.of("\n".join(["---", *lines, "---", ""])), path=PATH)


@pytest.mark.parametrize(
    ("key", "meant"),
    [
        ("tag", "tags"),
        ("drafts", "draft"),
        ("titel", "title"),
        ("descripton", "description"),
        ("publish_date", "publishDate"),
        ("canonical-url", "canonicalURL"),
        ("showToc_", "ShowToc"),
        ("hidemetta", "hideMeta"),
        ("sulg", "slug"),
    ],
)
def test_a_misspelt_key_is_found_with_what_was_meant(key: str, meant: str) -> None:
    (finding,) = findings("date: 2024-01-02", f"{key}: x")

    assert (finding.code, finding.line, finding.column, finding.length) == ("MG6", 3, 1, len(key))
    assert finding.message.endswith(f"was {meant} meant?")


@pytest.mark.parametrize(
    "line",
    [
        "Title: x",
        "TAGS: [a]",
        "series: [a]",
        "myOwnKey: x",
        "tagline: x",
        "frcategories: [a]",
        "mate: x",
        "flug: x",
        "lint: {}",
        "tag:",
    ],
)
def test_a_key_that_is_known_or_far_from_known_ones_is_left_alone(line: str) -> None:
    assert findings(line) == []


def test_a_key_beside_the_one_it_resembles_is_the_sites_own() -> None:
    assert findings("tags: [a]", "tag: x") == []


def test_a_misspelt_key_of_the_cover_is_found() -> None:
    (finding,) = findings("cover:", "  image: a.png", "  alt: A", "  captoin: B")

    assert (finding.line, finding.column) == (5, 3)


@pytest.mark.parametrize("value", ["1970-01-01", "1024-06-13", "2924-06-13T12:00:00+07:00", "3 June 2924"])
def test_a_date_far_off_is_found(value: str) -> None:
    (finding,) = findings("title: x", f"date: {value}")

    assert (finding.code, finding.line) == ("MG6", 3)


def test_a_near_date_and_a_late_expiry_are_left_alone() -> None:
    assert findings("date: 1999-01-01", "lastmod: 2026-01-01", "expiryDate: 2999-01-01", "publishDate: soon") == []


@pytest.mark.parametrize("twins", [("AI", "ai"), ("Trial", "trials"), ("Therapies", "therapy")])
def test_two_tags_for_one_thing_are_found_at_the_second(twins: tuple[str, str]) -> None:
    (finding,) = findings(f"tags: [{twins[0]}, other, {twins[1]}]")

    assert (finding.code, finding.column) == ("MG6", len(f"tags: [{twins[0]}, other, ") + 1)


def test_tags_that_merely_look_alike_are_left_alone() -> None:
    assert findings("tags: [analysis, analyst, AI, AIDS, virus, C, C++, news, new]") == []


@pytest.mark.parametrize(("one", "other", "slips"), [("tags", "tags", 0), ("draft", "darft", 1), ("date", "dates", 1)])
def test_distance_counts_slips(one: str, other: str, slips: int) -> None:
    assert distance(one, other) == distance(other, one) == slips
