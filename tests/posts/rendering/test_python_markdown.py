"""The grammar of Pelican's and MkDocs' authors."""

import sys
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from itertools import count

import pytest

from posts.rendering import RenderingError, python_markdown_parser
from posts.rendering import python_markdown as engine
from tests.posts.rendering.rendered import elements, python_markdown, tags, words


def test_an_admonition_keeps_its_classes() -> None:
    html = python_markdown('!!! warning "Take care"\n    Not with alcohol.\n').html
    (box,) = elements(html, "div")
    assert box.get("class") == "admonition warning"
    assert [child.get("class") for child in box] == ["admonition-title", None]


def test_an_abbreviation_explains_itself() -> None:
    (abbreviation,) = elements(python_markdown("An AE.\n\n*[AE]: adverse event\n").html, "abbr")
    assert abbreviation.get("title") == "adverse event"


def test_an_attribute_list_gives_an_id_but_no_class_of_its_own() -> None:
    rendering = python_markdown("## Dose {: #how-much .hero }\n\ntext\n{: onclick='x()' title='t' }\n")
    assert [heading.id for heading in rendering.contents] == ["how-much"]
    assert "hero" not in rendering.html
    assert elements(rendering.html, "p")[0].attrib == {"title": "t"}


def test_another_marker_begins_another_list() -> None:
    assert [tag for tag in tags(python_markdown("1. a\n\n* b\n").html) if tag != "li"] == ["ol", "ul"]


def test_a_fenced_block_is_coloured() -> None:
    (box,) = elements(python_markdown("```python\nx = 1\n```").html, "div")
    assert box.get("class") == "highlight"


def test_a_table_aligns_without_a_style() -> None:
    html = python_markdown("| a |\n|--:|\n| 1 |\n").html
    assert elements(html, "td")[0].attrib == {"align": "right"}


def test_one_text_leaves_nothing_for_the_next() -> None:
    python_markdown("x[^1]\n\n[^1]: note\n\n*[AE]: adverse event\n\n[a]: /x\n")
    assert tags(python_markdown("AE [a][a]").html) == ["p"]


def test_threads_do_not_mix_their_texts() -> None:
    bodies = [f"AE{n}[^1]\n\n[^1]: note {n}\n\n*[AE{n}]: event {n}\n" for n in range(40)]
    alone = [python_markdown(body).html for body in bodies]
    usual = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        with ThreadPoolExecutor(8) as pool:
            together = list(pool.map(lambda body: python_markdown(body).html, bodies))
    finally:
        sys.setswitchinterval(usual)
    assert together == alone
    assert words(elements(alone[7], "abbr")[0]) == "AE7"


def test_nesting_beyond_the_parser_is_a_rendering_error() -> None:
    with pytest.raises(RenderingError, match="nested too deeply"):
        engine.to_html("- " * 10_000 + "x")


def test_a_text_that_fails_does_no_harm_to_the_next() -> None:
    sound = "x[^1]\n\n[^1]: note\n"
    before = engine.to_html(sound)
    with pytest.raises(RenderingError):
        engine.to_html("- " * 10_000 + "x")
    assert engine.to_html(sound) == before


def test_whatever_the_parser_stumbles_over_is_a_rendering_error(monkeypatch: pytest.MonkeyPatch) -> None:
    def stumbles(*_: object) -> str:
        raise IndexError("pop from an empty list")

    monkeypatch.setattr("markdown.Markdown.convert", stumbles)
    with pytest.raises(RenderingError, match="empty list"):
        engine.to_html("x")


@pytest.mark.parametrize(
    "text",
    [
        *("[" * 5000, "![" * 5000, "[a](" * 5000, "<a " * 5000, "*[A]: a\n" * 5000),
        *("# a\n" * 5000, "* * *\n" * 5000, "-\n" * 5000, "Term\n: it\n" * 5000, "```python\n" * 5000),
        *("!!! note\n" * 5000, "[^a] " * 5000 + "\n\n[^a]: it\n", "# a\r" * 5000, "```python\r" * 5000),
        "~~~a\n" * 5000 + "```\n" * 5000,  # no end of code ends another kind
    ],
)
def test_what_would_take_the_parser_long_is_refused(text: str) -> None:
    with pytest.raises(RenderingError, match="more than"):
        engine.to_html("text\n" + text)


@pytest.mark.parametrize("text", ["a\n\n" * 30, "*a* " * 30, "![a][ " * 30, "<b " * 30, "- a\n\n    b\n\n" * 30])
def test_what_takes_the_parser_long_for_its_length_is_ended(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setattr(python_markdown_parser, "thread_time", partial(next, count()))  # a second at each look
    with pytest.raises(RenderingError, match="more than 5 seconds to read: part it into shorter blocks"):
        engine.to_html(text)
    monkeypatch.undo()

    assert engine.to_html("*a*") == "<p><em>a</em></p>"


def test_many_brackets_are_well_where_they_are_closed_or_in_code() -> None:
    links = " ".join(f"[a](/{number}/)" for number in range(1000))
    code = "    if a < b:\n" * 500

    assert engine.to_html(f"{links}\n\n{code}\n```\n{'[' * 500}\n```\n").count("<a ") == 1000


def test_many_headings_and_rules_are_well_where_blank_lines_part_them_or_in_code() -> None:
    assert engine.to_html("# a\n\n---\n\n" * 600 + "```\n" + "# b\n" * 600 + "```\n").count("<h1>") == 600
