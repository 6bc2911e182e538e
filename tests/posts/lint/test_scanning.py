"""What the scanner takes a text for: as comrak does, with places."""

import re
from pathlib import Path

import comrak
import pytest

from posts.document import Document
from posts.lint.markdown import FILLING, Form, Kind
from posts.lint.scanning import scan

pytestmark = pytest.mark.pure


def kinds(text: str) -> list[Kind]:
    return [block.kind for block in scan(text).blocks]


def prose(text: str) -> str:
    """What is left for the rules on language, gaps as one blank."""
    return re.sub(f"{FILLING}+", " ", scan(text).prose).strip()


def rendered(text: str) -> str:
    """comrak's HTML, raw HTML left out."""
    extensions = comrak.ExtensionOptions()
    extensions.table = extensions.autolink = extensions.footnotes = True
    return comrak.render_markdown(text, extension_options=extensions)


def test_headings_of_real_sites_are_those_that_comrak_sees(corpora: Path) -> None:
    for file in sorted(corpora.rglob("*.md"))[::5]:
        try:
            document = Document.parse(file.read_bytes())
        except ValueError:
            continue
        html, markdown = rendered(document.body), scan(document.text, document.body_start)

        assert [str(each.level) for each in markdown.headings] == re.findall("<h([1-6])>", html), file


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("# A\n\nB\n===\n\nc\nd", [Kind.HEADING, Kind.HEADING, Kind.PARAGRAPH]),
        ("#no heading\n#\ta", [Kind.PARAGRAPH, Kind.HEADING]),
        ("a\n    still a", [Kind.PARAGRAPH]),
        ("a\n\n    code", [Kind.PARAGRAPH, Kind.CODE]),
        ("1. a\n\n\ttext of the item", [Kind.PARAGRAPH, Kind.PARAGRAPH]),
        ("- a\n  - b\n\n    text of b", [Kind.PARAGRAPH] * 3),
        ("```\n# a\n``\n~~~\n```\n# b", [Kind.CODE, Kind.HEADING]),
        ("````\n```\n````\na", [Kind.CODE, Kind.PARAGRAPH]),
        ("```\nnever closed\n# a", [Kind.CODE]),
        ("> a\n> # b\n\nc", [Kind.PARAGRAPH, Kind.HEADING, Kind.PARAGRAPH]),
        ("a | b\n--|--\n1 | 2\n\nc", [Kind.TABLE, Kind.PARAGRAPH]),
        ("<div>\n# a\n\n# b", [Kind.HTML, Kind.HEADING]),
        ("<!-- a\n\n# b\n-->\nc", [Kind.HTML, Kind.PARAGRAPH]),
        ("<https://a.example>\n", [Kind.PARAGRAPH]),
        ("[a]: /b\n[c]: <d> 'e'\nf", [Kind.DEFINITION, Kind.DEFINITION, Kind.PARAGRAPH]),
        ("a\n***\nb\n- - -\n", [Kind.PARAGRAPH, Kind.PARAGRAPH]),
        ("2024. A year\n", [Kind.PARAGRAPH]),
        ("a\n2. b\n", [Kind.PARAGRAPH]),
        ("", []),
    ],
)
def test_a_text_is_parted_into_blocks(text: str, expected: list[Kind]) -> None:
    assert kinds(text) == expected
    assert kinds(text.replace("\n", "\r\n")) == expected


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("a `b` ``c ` d`` e", "a e"),
        ("a `b", "a `b"),
        ("a [b](/c 'd') e", "a [b e"),
        ("a ![b](c) d", "a d"),
        ("a ![b `c` d](e) f", "a f"),
        ("a <b>c</b> <code>d</code> e", "a c e"),
        ("a https://b.example/c. d", "a . d"),
        ("a {{< b >}} {% c %} d", "a d"),
        ("a \\`b\\` c", "a \\`b\\` c"),
        ("# a #\n\nb\nc", "a b\nc"),
    ],
)
def test_prose_is_what_is_read_as_running_text(text: str, left: str) -> None:
    assert re.sub(" +", " ", prose(text)) == left


@pytest.mark.parametrize(
    ("text", "form", "target"),
    [
        ("[a](b)", Form.INLINE, "b"),
        ("[a](<b c> (d))", Form.INLINE, "b c"),
        ("[a](b(c)d)", Form.INLINE, "b(c)d"),
        ('[a]({{< ref "b" >}})', Form.INLINE, '{{< ref "b" >}}'),
        ("<https://a.example/>", Form.AUTOLINK, "https://a.example/"),
        ("(https://a.example/(b)).", Form.BARE, "https://a.example/(b)"),
        ("<p><a class='x' href='/b'>a</a></p>", Form.HTML, "/b"),
    ],
)
def test_a_link_is_found_with_its_address(text: str, form: Form, target: str) -> None:
    (link,) = scan(text).links

    assert (link.form, link.target) == (form, target)
    assert text[link.target_start : link.target_end] == target


def test_a_reference_leads_to_its_definition() -> None:
    text = "[a][B  c] [b c][] [b C] [d]\n\n[b c]: /x\n"

    links = scan(text).links

    assert [(link.start, link.target) for link in links] == [(0, "/x"), (10, "/x"), (18, "/x"), (29, "/x")]


def test_an_image_inside_a_link_is_both() -> None:
    assert [(link.target, link.is_image) for link in scan("[![a](b)](c)").links] == [("c", False), ("b", True)]
