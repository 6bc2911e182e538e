"""What holds for every text, in either grammar."""

import html5lib
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from posts.rendering import Rendering, RenderingError, anchor
from posts.rendering.sanitising import PAGE_IDS, sanitised
from tests.posts.rendering.rendered import Grammar, commonmark, dangers, page, python_markdown

FRAGMENTS = (
    *(
        "# ",
        "## ",
        "> ",
        "- ",
        "1. ",
        "- [ ] ",
        "    ",
        "\t",
        "\n",
        "\n\n",
        " ",
        "  \n",
        "---\n",
        "===\n",
        "|",
        "|--|\n",
        ": ",
    ),
    *(
        "*",
        "**",
        "_",
        "~~",
        "`",
        "```",
        "```python\n",
        "~~~\n",
        "[",
        "]",
        "(",
        ")",
        "![",
        "](",
        "](javascript:",
        "<",
        ">",
        "\\",
    ),
    *(
        "[^1]",
        "[^1]: ",
        "[a]: ",
        "{#a}",
        "{#main}",
        "{: onclick=x }",
        "{",
        "}",
        "!!! note\n",
        "*[a]: ",
        "<!--more-->",
        "<!--",
        "-->",
    ),
    *(
        "<div>",
        "</div>",
        "<p>",
        "</p>",
        "<table>",
        "<tr>",
        "<td>",
        "</table>",
        "<svg>",
        "<math>",
        "<mtext>",
        "<style>",
        "</style>",
    ),
    *(
        "<script>",
        "</script>",
        "<img src=x onerror=y>",
        "<a href='java\tscript:x'>",
        "<a name=main>",
        "</a>",
        "<h1>",
        "</h1>",
        "<li>",
    ),
    *(
        "<pre>",
        "</pre>",
        "<b id=a>",
        "<input>",
        "<noscript>",
        "<template>",
        "<textarea>",
        "<title>",
        "<select>",
        "<plaintext>",
        "<![CDATA[",
        "<?",
        "]]>",
    ),
    *(
        "&lt;",
        "&#1;",
        "&#106;",
        "&colon;",
        "&amp",
        "www.a.example",
        "https://a.example",
        "a@b.example",
        "a",
        "b",
        "é",
        "日本",
        "😀",
    ),
    *(
        "\x00",
        "\x02",
        "\x03",
        "\x0b",
        "\u200b",
        "\u2028",
        "\ufffe",
        "\ufdd0",
        "‘",
        "’",
        '"',
        "'",
        "--",
        "...",
        "\r\n",
        "\r",
    ),
)
TEXTS = st.lists(st.sampled_from(FRAGMENTS) | st.text(max_size=3), max_size=40).map("".join)
ENGINES = st.sampled_from([commonmark, python_markdown])

lawful = settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def attempt(shown: Grammar, body: str) -> Rendering | None:
    """The rendering, or None for the one error that rendering may raise."""
    try:
        return shown(body, title="a", site_host="our.example")
    except RenderingError:
        return None


@lawful
@given(ENGINES, TEXTS)
def test_nothing_dangerous_is_left_and_sanitising_again_changes_nothing(shown: Grammar, body: str) -> None:
    if rendering := attempt(shown, body):
        assert dangers(rendering.html) == []
        assert sanitised(rendering.html) == rendering.html


@lawful
@given(ENGINES, TEXTS)
def test_the_html_is_read_back_as_it_was_written(shown: Grammar, body: str) -> None:
    if rendering := attempt(shown, body):
        once = html5lib.serialize(page(rendering.html), tree="etree")
        assert html5lib.serialize(page(once), tree="etree") == once


@lawful
@given(ENGINES, TEXTS)
def test_ids_are_unique_and_every_line_of_the_contents_leads_somewhere(shown: Grammar, body: str) -> None:
    if rendering := attempt(shown, body):
        ids = [element.get("id") for element in page(rendering.html).iter() if element.get("id")]
        assert len(ids) == len(set(ids))
        assert not PAGE_IDS & set(ids)
        assert {heading.id for heading in rendering.contents} <= set(ids)


@lawful
@given(ENGINES, TEXTS)
def test_a_body_has_no_h1_and_the_same_text_gives_the_same_rendering(shown: Grammar, body: str) -> None:
    if rendering := attempt(shown, body):
        assert page(rendering.html).find(".//h1") is None
        assert attempt(shown, body) == rendering
        assert rendering.minutes >= 1


@lawful
@given(TEXTS)
def test_the_summary_is_a_beginning_of_the_text_and_never_half_a_word(body: str) -> None:
    if rendering := attempt(commonmark, body.replace("<!--more-->", "")):
        words, opening = rendering.text.split(), rendering.summary.split()
        assert words[: len(opening)] == opening


@given(st.lists(st.text(alphabet="aA -1é", max_size=4), max_size=40))
def test_anchors_are_never_given_twice(texts: list[str]) -> None:
    taken: set[str] = set()
    given_ids = [anchor(text, taken) for text in texts]
    assert len(set(given_ids)) == len(texts)
    assert all(given_ids)
