"""What the lint holds for every text."""

from pathlib import PurePath

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from posts.document import Document, DocumentError
from posts.lint import Diagnostic, fixed, inspect, internal_links, links
from posts.lint.inspected import Inspected
from posts.lint.markdown import FILLING
from posts.lint.rules import RULES
from posts.lint.scanning import scan
from posts.lint.signs import of_internal_links

pytestmark = pytest.mark.pure

PATH = PurePath("a.md")
PIECES = (
    *(
        "# ",
        "## ",
        "#### ",
        "#",
        "\n",
        "\n\n",
        "\r\n",
        "    ",
        "\t",
        "> ",
        "- ",
        "1. ",
        "===\n",
        "---\n",
        "|",
        "|--|\n",
    ),
    *(
        "*",
        "**",
        "_",
        "`",
        "```\n",
        "~~~\n",
        "\\",
        "!",
        "[",
        "]",
        "(",
        ")",
        "[x]: ",
        "[x]",
        "<",
        ">",
        "<a href='",
        "'>",
    ),
    *(
        "<img src='/x.png'>",
        "<code>",
        "</code>",
        "<!--",
        "-->",
        "<pre>\n",
        "</pre>",
        "{{< figure >}}",
        "{{",
        "}}",
        "{%",
        "%}",
    ),
    *(
        "https://a.example/",
        "?utm_source=x",
        "&b=1",
        "/posts/x/",
        "a.png",
        "{#x}",
        '"',
        "’",
        "\ufeff",
        "é",
        "日本",
        "😀",
    ),
    *(
        "patients1 genetic ",
        "a patients evolving condition ",
        "dont ",
        "donthttps://a.example/ ",
        "don1t",
        "three years experience",
        "[https://a.example/](https://a.example/)",
        "![a picture](/a.png)",
        "its a ",
        "AI helps ",
        "AIs use ",
        "the ",
        "of ",
    ),
    *(
        "thatmany ",
        "data an area where ",
        "reduces the risk of stroke ",
        "patients ",
        "drug ",
        "dose ",
        "Title",
        " ",
        ".",
    ),
)
bodies = st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=3)), max_size=25).map("".join)
FRONT = "---\ntitle: Title\ntags: [a, A]\nlint: {ignore: [MG9]}\n---\n"


def documents_of(body: str) -> list[Document]:
    """The text with front matter and without, as far as it is a document."""
    documents = []
    for text in (body, FRONT + body):
        try:
            documents.append(Document.of(text))
        except DocumentError:
            continue
    return documents


def findings(document: Document) -> list[Diagnostic]:
    return inspect(document, path=PATH, hints=True, language="en", shortcodes={"x"})


@given(bodies)
def test_every_finding_stands_in_the_text_and_in_its_order(body: str) -> None:
    for document in documents_of(body):
        lines = document.text.removeprefix("\ufeff").split("\n")
        found = findings(document)

        assert [(each.line, each.column) for each in found] == sorted((each.line, each.column) for each in found)
        for each in found:
            rest = sum(len(line) + 1 for line in lines[each.line - 1 :]) - each.column
            assert 1 <= each.column <= len(lines[each.line - 1]) + 1
            assert 0 < each.length <= rest


@given(bodies)
def test_what_is_mended_needs_no_mending(body: str) -> None:
    for document in documents_of(body):
        mended = fixed(document, findings(document))

        assert fixed(mended, findings(mended)) == mended


@given(bodies)
def test_a_mend_changes_the_marked_text_only(body: str) -> None:
    for document in documents_of(body):
        for each in findings(document):
            mended = fixed(document, [each])
            if each.fix is None:
                assert mended == document
            else:
                start = len(document.text) - len(_after(document.text, each.line, each.column))
                assert mended.text == document.text[:start] + each.fix + document.text[start + each.length :]


@given(bodies)
def test_prose_is_the_text_with_parts_left_blank(body: str) -> None:
    prose = scan(body).prose

    assert len(prose) == len(body)
    assert all(kept in (FILLING, written) for kept, written in zip(prose, body, strict=True))


@given(bodies)
@example("1. \r\n    ---\n")
@example("\f\n---\n")
def test_a_rule_finds_nothing_where_its_sign_is_missing(body: str) -> None:
    for document in documents_of(body):
        for language in ("en", None):
            inspected = Inspected(document, language)
            for rule in RULES:
                if rule.sign and not rule.sign(inspected):
                    assert list(rule.find(inspected)) == []
            if not of_internal_links(inspected):
                assert links.internal_links(inspected) == []


@given(bodies)
def test_an_ignored_code_is_not_found_and_the_others_are(body: str) -> None:
    for document in documents_of(body):
        everything = findings(document)
        for code in {each.code for each in everything}:
            rest = inspect(document, path=PATH, hints=True, language="en", shortcodes={"x"}, ignore=[code])
            assert rest == [each for each in everything if each.code != code]


@given(bodies)
def test_an_internal_link_stands_where_it_says(body: str) -> None:
    for document in documents_of(body):
        for link in internal_links(document):
            assert _after(document.text, link.line, link.column).startswith(link.target)


def _after(text: str, line: int, column: int) -> str:
    lines = text.removeprefix("\ufeff").split("\n")
    return "\n".join([lines[line - 1][column - 1 :], *lines[line:]])
