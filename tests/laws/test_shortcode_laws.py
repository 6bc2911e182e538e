"""What holds for every text with shortcodes in it."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from posts.document import Document
from posts.rendering import Rendering, RenderingError, Shortcode
from posts.rendering.sanitising import sanitised
from posts.shortcode_templates import shortcode_names, shortcodes
from posts.source import Source
from tests.posts.rendering.rendered import Grammar, commonmark, dangers, page, python_markdown, words

NAMES = st.sampled_from([*sorted(shortcode_names()), "unknown", "math.inline", "../base"])
PIECES = st.sampled_from(
    [
        *("{{<", "{{%", ">}}", "%}}", "/>}}", "{{</*", "*/>}}", "{{%/*", "*/%}}", "{{< /", "{{% /", "{{"),
        *(
            " ",
            "\n",
            "\n\n",
            "    ",
            '"',
            "`",
            "\\",
            "=",
            "/",
            "x=",
            'src="',
            "```\n",
            "`",
            "- ",
            "> ",
            "*",
            "[a](",
            ")",
        ),
        *(
            "a",
            "<b>",
            "</p>",
            "<p>",
            "<table>",
            "<!--",
            "javascript:x",
            "SHORTCODE0X0E",
            "&#83;HORTCODE0X0E",
            "é",
            "\x00",
        ),
    ]
)
CALLS = st.builds(
    "{{{{{0} {1} {2} {3}{4}}}}}".format,
    st.sampled_from(["<", "%"]),
    NAMES,
    st.sampled_from(["", "a", '"a b"', 'src="a.jpg"', "summary=`*a*`", 'id="<b>"', "javascript:x", "#a"]),
    st.sampled_from(["", "/"]),
    st.sampled_from([">", "%"]),
)
TEXTS = st.lists(PIECES | CALLS | NAMES.map("{{{{< /{0} >}}}}".format), max_size=25).map("".join)
ENGINES = st.sampled_from([commonmark, python_markdown])
SITE = shortcodes(Document.of("---\ntitle: A\n---\n"), Source(file="posts/a.md", page="posts/a.md"))

lawful = settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def attempt(shown: Grammar, body: str) -> Rendering | None:
    """The rendering, or None for the one error that rendering may raise."""
    try:
        return shown(body, title="a", shortcodes=SITE)
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
def test_findings_stand_where_a_shortcode_begins_in_the_order_of_the_text(shown: Grammar, body: str) -> None:
    if rendering := attempt(shown, body):
        places = [(finding.line, finding.column) for finding in rendering.shortcodes]
        assert places == sorted(set(places))
        lines = body.split("\n")
        assert all(lines[line - 1].startswith(("{{<", "{{%"), column - 1) for line, column in places)


@lawful
@given(ENGINES, TEXTS)
def test_a_text_without_braces_is_what_it_is_without_a_site(shown: Grammar, body: str) -> None:
    body = body.replace("{{", "")
    if rendering := attempt(shown, body):
        assert rendering == shown(body, title="a")


@lawful
@given(st.recursive(st.just(""), lambda inside: st.tuples(NAMES, st.lists(inside, max_size=3)), max_leaves=20))
def test_every_call_is_made_once_whatever_stands_in_it(tree: object) -> None:
    calls: list[str] = []

    def noted(shortcode: Shortcode) -> str:
        calls.append(shortcode.name)
        return shortcode.inner or "x"

    written, names = _written(tree)
    commonmark(written, shortcodes=noted)
    assert calls == names


def _written(tree: object) -> tuple[str, list[str]]:
    """A tree of names as shortcodes, and the names in the order of the calls: what is inside comes first."""
    if not isinstance(tree, tuple):
        return "", []
    name, inside = tree
    inner = [_written(each) for each in inside]
    text = "".join(text for text, _ in inner)
    return f"{{{{< {name} >}}}}{text}{{{{< /{name} >}}}}", [*(n for _, names in inner for n in names), name]


@lawful
@given(st.text(), st.text(alphabet=st.characters(exclude_characters="`")))
def test_an_argument_arrives_as_it_was_written(body: str, value: str) -> None:
    arrived: list[str] = []

    def noted(shortcode: Shortcode) -> str:
        arrived.extend(shortcode.arguments.values())
        return "x"

    value = value.encode(errors="replace").decode()
    commonmark(f"{{{{< a x=`{value}` >}}}}", shortcodes=noted)
    assert arrived == [value]


@lawful
@given(TEXTS)
def test_with_nothing_known_the_words_between_the_tags_stay(body: str) -> None:
    rendering = commonmark(f"before {{{{< a >}}}}kept{{{{< /a >}}}}\n\n{body}", shortcodes=lambda _: None)
    assert words(page(rendering.html)).startswith("before kept")
