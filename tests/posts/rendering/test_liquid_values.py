"""What Liquid's expressions say, as Liquid 5.4 and Jekyll 4.3.1 have them."""

import pytest

from posts.rendering import liquid
from posts.rendering.liquid_values import LONGEST, said

pytestmark = pytest.mark.pure

VALUES = {
    "page.title": "a Title",
    "page.date": "2024-03-05 01:02:03 +0700",
    "page.day": "2024-3-5",
    "page.none": "",
    "page.big": "x" * LONGEST,
}


@pytest.mark.parametrize(
    ("expression", "text"),
    [
        ("page.title", "a Title"),
        ("'a' | append: \"b\" | prepend: page.title", "a Titleab"),
        ("'img/a.png' | relative_url", "/img/a.png"),
        ("'https://a.example' | absolute_url", "https://a.example"),
        ("'' | relative_url", ""),
        ("page.title | upcase | downcase|capitalize", "A title"),
        ("page.title | replace: 'a ', 'the | ' | remove: 'T'", "the | itle"),
        ("' <a> ' | strip | escape", "&lt;a&gt;"),
        ("page.date | date: '%-d %B %Y, %H:%M'", "5 March 2024, 01:02"),
        ("page.day | date: '%Y年%m月'", "2024年03月"),
        ("page.date | date_to_string", "05 Mar 2024"),
        ("page.day | date_to_xmlschema", "2024-03-05T00:00:00+00:00"),
        ("page.title | date: '%Y'", "a Title"),
        ("page.gone | default: page.title", "a Title"),
        ("page.none | default: 2.5", "2.5"),
        ("page.title | default: 'b'", "a Title"),
    ],
)
def test_a_value_and_its_filters_are_known(expression: str, text: str) -> None:
    assert said(expression, VALUES.get) == text


@pytest.mark.parametrize(
    "expression",
    [
        *("page.gone", "page.title | slugify", "page.title | append: page.gone", "'now' | date: '%Y'", "true", ""),
        *(
            "site.posts | default: 'a'",
            "page.tags | default: 'a'",
            "page.title |",
            "page.title | append 'a'",
            "| upcase",
        ),
        *(
            "page.title | append: 'a' 'b'",
            "page['title']",
            "page.date | date: '%99999999Y'",
            "page.title | upcase: 'a'",
        ),
        *("page.big | append: 'x'", "page.big | replace: 'x', 'xy'", "page.big | escape | append: page.title", "'a"),
    ],
)
def test_what_is_not_known_says_nothing(expression: str) -> None:
    assert said(expression, VALUES.get) is None


@pytest.mark.parametrize(
    ("written", "read", "lost"),
    [
        ("{% assign a = page.title | upcase %}{{ a | append: '!' }}", "A TITLE!", []),
        ("{% assign a = site.posts | first %}b {{ a }}", "b ", ["a"]),
        ("{% assign a = 'b' %}{{ a | slugify }}c", "c", ["a | slugify"]),
        ("[a]({{ site.baseurl | append: '/b' }}) {{ 'c' }}", "[a](/b) c", []),
    ],
)
def test_names_are_given_values_by_them(written: str, read: str, lost: list[str]) -> None:
    text, findings = liquid.in_markdown(
        written, lambda tag, reference: None, lambda owner, name: VALUES.get(f"{owner}.{name}")
    )

    assert (text, [each.name for each in findings]) == (read, lost)


def test_a_name_that_doubles_says_nothing_in_the_end() -> None:
    text = "{% assign a = 'abcdefgh' %}" + "{% assign a = a | append: a %}" * 40 + "{{ a }}."

    assert liquid.in_markdown(text, lambda tag, reference: None)[0] == "."


@pytest.mark.parametrize("part", ["| ", "'", "a.", "a: ", ", ", "a | b: c, "])
def test_an_expression_takes_time_as_it_is_long(part: str) -> None:
    """It ends at all."""
    said("a " + part * 100_000, lambda name: "b")
