"""Which differences are told, and which of them count."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest

from parity.comparison import Comparison, Kind, compare
from parity.facts import FIELDS, PageFacts

pytestmark = pytest.mark.pure

PAGE = PageFacts(
    published=True,
    url="/posts/a/",
    title="A",
    date=datetime(2024, 3, 5, tzinfo=UTC),
    publish_date=None,
    expiry_date=None,
    last_modified=None,
    tags=frozenset({"one", "two"}),
    aliases=frozenset(),
    minutes=1,
    html='<h2 id="x">X</h2><p>Text.</p>',
)


def beside(ours: PageFacts, hugo: PageFacts) -> Comparison:
    return compare({"a.md": ours}, {"a.md": hugo})


def test_equal_pages_have_no_difference_and_every_field_is_counted() -> None:
    comparison = beside(PAGE, PAGE)

    assert comparison.equal
    assert comparison.differences == []
    assert dict(comparison.compared) == dict.fromkeys(FIELDS, 1)


@pytest.mark.parametrize(
    ("field", "changes"),
    [
        ("published", {"published": False}),
        ("url", {"url": "/posts/b/"}),
        ("title", {"title": "B"}),
        ("date", {"date": None}),
        ("date", {"date": datetime(2024, 3, 5, 7, tzinfo=timezone(timedelta(hours=7)))}),
        ("publish_date", {"publish_date": datetime(2024, 3, 6, tzinfo=UTC)}),
        ("expiry_date", {"expiry_date": datetime(2024, 3, 6, tzinfo=UTC)}),
        ("last_modified", {"last_modified": datetime(2024, 3, 6, tzinfo=UTC)}),
        ("tags", {"tags": frozenset({"one"})}),
        ("aliases", {"aliases": frozenset({"/old/"})}),
        ("minutes", {"minutes": 2}),
        ("headings", {"html": '<h2 id="y">X</h2><p>Text.</p>'}),
        ("body", {"html": '<h2 id="x">X</h2><p>Other text.</p>'}),
    ],
)
def test_each_field_is_told_by_itself(field: str, changes: dict[str, Any]) -> None:
    comparison = beside(replace(PAGE, **changes), PAGE)

    assert [(each.path, each.field, each.kind) for each in comparison.differences] == [("a.md", field, Kind.DIFFERENT)]
    assert not comparison.equal
    assert comparison.share(field) == 0


def test_a_page_that_only_one_side_has_is_a_difference() -> None:
    comparison = compare({"a.md": PAGE}, {"b.md": PAGE})

    assert [(each.path, each.field) for each in comparison.differences] == [("a.md", "page"), ("b.md", "page")]
    assert not comparison.equal


def test_what_the_sanitiser_took_is_told_apart_and_does_not_count() -> None:
    hugo = replace(PAGE, html=PAGE.html + '<p><a href="javascript:alert(1)">Click</a></p>')
    comparison = beside(replace(PAGE, html=PAGE.html + '<p><a rel="noopener">Click</a></p>'), hugo)

    assert [each.kind for each in comparison.differences] == [Kind.SANITISED]
    assert comparison.equal


def test_quotation_marks_that_lean_another_way_are_told_apart() -> None:
    comparison = beside(replace(PAGE, html="<p>‘80s</p>"), replace(PAGE, html="<p>’80s</p>"))

    assert [each.kind for each in comparison.differences] == [Kind.QUOTES]


def test_a_title_of_ours_in_place_of_none_is_no_difference() -> None:
    assert beside(PAGE, replace(PAGE, title="")).equal


def test_only_headings_written_as_html_may_have_an_id_with_us_alone() -> None:
    assert beside(PAGE, replace(PAGE, html="<h2>X</h2><p>Text.</p>")).equal
    assert not beside(replace(PAGE, html="<h2>X</h2><p>Text.</p>"), PAGE).equal


def test_the_lines_are_a_table_and_the_first_differences_of_each_field() -> None:
    ours = {f"{number}.md": replace(PAGE, url=f"/{number}/") for number in range(3)}
    comparison = compare(ours, dict.fromkeys(ours, PAGE))
    comparison.left_out = {"bad.md": ("Hugo's word", "our word")}

    lines = "\n".join(comparison.lines(limit=1))

    assert "url                 3    0.00%          3          0       0" in lines
    assert "bad.md: left out, for Hugo refuses it\n    ours  our word\n    Hugo  Hugo's word" in lines
    assert "0.md: url\n    ours  /0/\n    Hugo  /posts/a/\n… and 2 more in url" in lines
    assert "1.md" not in lines
    assert "2.md" in "\n".join(comparison.lines(limit=-1))
