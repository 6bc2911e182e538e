"""MG2, MG5 and MG12: headings."""

import pytest

from tests.posts.lint.linted import codes, found, marked, mended

pytestmark = pytest.mark.pure


@pytest.mark.parametrize(
    "body", ["# One *size* fits\n\nText\n", "\nOne size  fits\n===\n\nText\n", "# one size fits #\n\nText\n"]
)
def test_a_first_heading_that_repeats_the_title_goes_with_the_blank_line_below(body: str) -> None:
    assert mended(body, "MG2", values={"title": "One size fits"}).lstrip("\n") == "Text\n"


def test_a_title_in_other_quotes_and_dashes_is_the_same() -> None:
    assert codes("# “One‑size” isn’t – all\n", values={"title": '"One-size" isn\'t - all'}) == ["MG2"]


def test_another_title_a_later_heading_or_one_in_a_quote_is_no_repetition() -> None:
    assert codes("# Another\n\n# Title\n", values={"title": "Title"}) == []
    assert codes("> # Title\n\n- # Title\n", values={"title": "Title"}) == []
    assert codes("## Title\n", values={"title": "Title"}) == []


def test_a_skipped_level_is_named() -> None:
    (finding,) = found("## A\n\n#### B\n")

    assert (finding.code, finding.line, finding.length) == ("MG5", 3, 6)
    assert finding.message == "heading of level 4 below one of level 2; make it level 3"


@pytest.mark.parametrize(
    "body",
    [
        "### A\n\n## B\n",  # how deep a post begins is its site's affair
        "## A\n\n### B\n\n## C\n",
        "## A\n\n> #### Quoted\n",
        "## A\n\n```\n#### code\n```\n",
        "## A\n\n<h3>B</h3>\n\n#### C\n",
        "## A\n\n- item\n\n      #### code\n",
    ],
)
def test_an_outline_without_a_gap_is_left_alone(body: str) -> None:
    assert codes(body) == []


def test_a_heading_without_text_is_found() -> None:
    assert marked("## A\n\n##\n\n### ###\n", "MG5") == ["##", "### ###"]


def test_two_headings_with_one_id_are_found() -> None:
    (finding,) = found("## A {#x}\n\n## B {#y}\n\n## C {.c #x}\n")

    assert (finding.code, finding.line, finding.column, finding.length) == ("MG5", 5, 11, 1)
    assert "line 1" in finding.message


def test_a_paragraph_that_is_bold_as_a_heading_is_found() -> None:
    assert marked("**Step By Step**\n\nText.\n", "MG12") == ["**Step By Step**"]
    assert marked("**What it costs**\n\nMuch.\n\n__1. Second__\n\nText.\n\n**2. What now?**\n\nText.\n", "MG12") == [
        "**What it costs**",
        "__1. Second__",
        "**2. What now?**",
    ]


@pytest.mark.parametrize(
    "body",
    [
        "**A sentence.**\n\nText.\n",
        "**Is it a question?**\n\nYes.\n",  # an interview's
        "**Ann Author – Director**\n\nText.\n",
        "**A label:**\n\n- x\n",
        "- **An item**\n\n  Text.\n",
        "> **A quote**\n\nText.\n",
        "**Bold** and more\n\nText.\n",
        "**One line**\n**and another**\n\nText.\n",
        "**The last words**\n",
        "**First of several**\n\n**Second of several**\n\nText.\n",
        "**When: in 2024**\n\nText.\n",
        f"**{'Long ' * 20}text**\n\nText.\n",
        "**lower case**\n\nText.\n",
        "| **A cell** |\n|---|\n| x |\n",
        "**Costs by year**\n\n| Year |\n|---|\n| 1 |\n",
        "**Costs by year**\n\n<table>\n<tr><td>1</td></tr>\n</table>\n",
        "**Table 2 Doses**\n\nText.\n",
        "**By Ann Author**\n\nText.\n",
        "**Written by Ann Author**\n\nText.\n",
        "**Monday, October 18 at 4 pm**\n\nText.\n",
    ],
)
def test_bold_text_that_is_no_heading_is_left_alone(body: str) -> None:
    assert "MG12" not in codes(body)
