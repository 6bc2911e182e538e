"""What only kramdown reads, in CommonMark's terms."""

import pytest

from posts.rendering import RenderingError, liquid
from posts.rendering.kramdown import in_markdown
from tests.posts.rendering.rendered import commonmark

pytestmark = pytest.mark.pure


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("Put it into `a/b`{: .path} now", "Put it into `a/b` now"),
        ("``a ` b``{: .path} and `c`{:.d}", "``a ` b`` and `c`"),
        ("a `![x](y){: .left }` b", "a `![x](y){: .left }` b"),
        ("```\n![x](y){: .left }\n{: .x}\n```\n{: file='a'}\n", "```\n![x](y){: .left }\n{: .x}\n```\n\n"),
        ("<b>x</b>{: .y} {::nomarkdown}<i></i>{:/nomarkdown} z", "<b>x</b> <i></i> z"),
        ("a\n{::comment}\nhidden\n{:/comment}\nb {::comment}c{:/}", "a\n\nb "),
        ("HTML is\n\n*[HTML]: Hypertext\n*[XML]: X\n", "HTML is\n\n\n\n"),
        ("a {:b} c", "a {:b} c"),
        ("<i>Mail: <a@b.example></i>", '<i>Mail: <a href="mailto:a@b.example">a@b.example</a></i>'),
        (
            "`<a@b.example>` <a @b> <@b.c>\n\n    <a@b.example>\n",
            "`<a@b.example>` <a @b> <@b.c>\n\n    <a@b.example>\n",
        ),
        ("a\n\n    b {: .x}\n    {: .x}\n\tc\n\nd\n{: .x}\n", "a\n\n    b {: .x}\n    {: .x}\n\tc\n\nd\n\n"),
        ("1. a\n\n    b\n    {: .x}\n", "1. a\n\n    b\n\n"),
        ("{::comment}without an end", "without an end"),
    ],
)
def test_marks_of_its_own_go_and_code_stays(written: str, read: str) -> None:
    assert in_markdown(written) == read


@pytest.mark.parametrize(
    ("rows", "read"),
    [
        ("| a | b |\n|---|---|\n| c | d |\n", "| a | b |\n|---|---|\n| c | d |\n"),
        (
            "| a | b |\n|:--|--:|\n| c | d |\n|----\n| e | f |\n|=====|\n| g | h |",
            "| a | b |\n|:--|--:|\n| c | d |\n| e | f |\n| g | h |",
        ),
        ("| a | b |\n| c | d |\n", "|  |  |\n|---|---|\n| a | b |\n| c | d |\n"),
        ("|---|---|\n| a | b |\n|:-:+---|\n| c | d |\n", "| a | b |\n|:---:|---|\n| c | d |\n"),
        ("| a | b |\n|-------|\n| c | d |\n", "| a | b |\n|---|---|\n| c | d |\n"),
        ("| a | b |\n|===|\n| c | d |\n", "|  |  |\n|---|---|\n| a | b |\n| c | d |\n"),
        ("text\n| a | b |\n| c | d |\n", "text\n| a | b |\n| c | d |\n"),
        ("|---|\n\n|x| is\n", "|---|\n\n|  |  |\n|---|---|\n|x| is\n"),
        ("```\n| a | b |\n```\n", "```\n| a | b |\n```\n"),
        ("| a |\n|---|\n| b | c |\n", "| a | |\n|---|---|\n| b | c |\n"),
        ("| a\\|b\n|---|\n| b | c\n", "| a\\|b| |\n|---|---|\n| b | c\n"),
        ("|| a |\n|-|-|\n| b | c |\n", "|| a |\n|-|-|\n| b | c |\n"),
        ("| a |\n| b | c |\n", "|  |  |\n|---|---|\n| a |\n| b | c |\n"),
    ],
)
def test_a_table_has_one_line_between_head_and_body(rows: str, read: str) -> None:
    assert in_markdown(rows) == read


@pytest.mark.parametrize(
    ("rows", "read"),
    [
        ("a | b\n--|--\n | d\n", "| a | b\n| --|--\n| | d\n"),
        ("a | b\nc | d\n", "|  |  |\n|---|---|\n| a | b\n| c | d\n"),
        ("[a](/x) | <b>b</b>\n", "|  |  |\n|---|---|\n| [a](/x) | <b>b</b>\n"),
        ("`a|b` | c\n-|-\nd | e\n{: .x}\n", "| `a\\|b` | c\n| -|-\n| d | e\n\n"),
    ],
)
def test_a_table_needs_no_bars_around_its_rows(rows: str, read: str) -> None:
    """As kramdown 2.4 has it."""
    assert in_markdown(rows) == read


@pytest.mark.parametrize(
    "text",
    [
        *("a | b\nno bar\n", "`a | b`\n", "a \\| b\n", "- a | b\n", "> a | b\n", "# a | b\n", "    a | b\n"),
        *("$$|x|$$ and y | z\n", "<pre>\n\na | b\n\nc | d\n\n</pre>\n", "<!--\n\na | b\n\n-->\n", ": a | b\n"),
        *("[a | b](/x) c\n", "![a | b](/x)\n", "```\n\na | b\n\n```\n", "[a]: /b 'c | d'\n", "1. a\n\n   b | c\n"),
    ],
)
def test_a_bar_alone_makes_no_table(text: str) -> None:
    assert in_markdown(text) == text


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("para\n^\n    code\n", "para\n\n<!-- -->\n\n    code\n"),
        ("x^\n^2\n", "x^\n^2\n"),
        ("one\\\\\ntwo\n", "one\\\ntwo\n"),
        ("one, \\\\\r\ntwo\r\n", "one, \\\r\ntwo\r\n"),
        ("<pre>\na\\\\\n**b:**c\n</pre>\n", "<pre>\na\\\\\n**b:**c\n</pre>\n"),
        ("one\\\\\\\ntwo\n", "one\\\\\\\ntwo\n"),
        ("$$\na \\\\\nb\\\\\n$$\n", "$$\na \\\\\nb\\\\\n$$\n"),
        ("<pre>\n\na\\\\\nb\n</pre>\n", "<pre>\n\na\\\\\nb\n</pre>\n"),
        ("Costs $5\\\\\na day\n", "Costs $5\\\na day\n"),
        ("$x$\\\\\na\n\nb\\\\\nc\n", "$x$\\\\\na\n\nb\\\nc\n"),
        ("$$\na\n\nb\\\\\nc\n$$\n\nd\\\\\ne\n", "$$\na\n\nb\\\\\nc\n$$\n\nd\\\ne\n"),
        (
            "\\begin{a}\n\nb\\\\\nc\n\n\\end{a}\n\nd\\\\\ne\n",
            "\\begin{a}\n\nb\\\\\nc\n\n\\end{a}\n\nd\\\ne\n",
        ),
        ("**Note:**text and **“b”**s\n", "<strong>Note:</strong>text and <strong>“b”</strong>s\n"),
        ("**a:** b **c:** d\n", "**a:** b **c:** d\n"),
        ("`**a:**b` 2**(3)**x\n", "`**a:**b` 2**(3)**x\n"),
        ("    **a:**b\n", "    **a:**b\n"),
        ("* {: .c} a\n* {:.d} b\n", "* a\n* b\n"),
        ("* a\n{: .c}\n* b\n{: .d}\n\nc\n", "* a\n* b\n\n\nc\n"),
    ],
)
def test_what_ends_a_block_a_line_emphasis_and_what_is_said_of_an_item(written: str, read: str) -> None:
    assert in_markdown(written) == read


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("[^1]: a\nb\n", "[^1]: a\n\nb\n"),
        ("[^1]: a\n   b\n", "[^1]: a\n\n   b\n"),
        ("[^1]: a\n    b\nc\n", "[^1]: a\n    b\nc\n"),
        ("[^1]: a\n\tb\n[^2]: c\n[^3]: d\n\ne\n", "[^1]: a\n\tb\n[^2]: c\n[^3]: d\n\ne\n"),
        ("`[^1]:` a\nb [^2]: c\n", "`[^1]:` a\nb [^2]: c\n"),
    ],
)
def test_the_line_below_a_note_is_none_of_it_unless_it_stands_further_in(written: str, read: str) -> None:
    """As kramdown 2.4 has it. So it is there too where nothing refers to the note."""
    assert in_markdown(written) == read


@pytest.mark.parametrize(
    ("heading", "identity"),
    [
        ("A ![x y](/p.png) B", "a--b"),
        ("[![x](/p.png)](/q) B", "-b"),
        ("Note[^1] here", "note-here"),
        ("`a <b>` and **b “c” d** & é", "a-b-and-b-c-d--é"),
        ("हिन्दी  a\tb", "हिन्दी--a-b"),
        ("x<sup>2</sup> {#own}", "own"),
    ],
)
def test_a_headings_id_is_made_of_its_words_alone(heading: str, identity: str) -> None:
    """As kramdown's parser for GitHub's Markdown makes them."""
    made = commonmark(f"## {heading}\n\n[^1]: n\n", title="T", id_style="kramdown").html

    assert f'<h2 id="{identity}">' in made


def test_a_heading_of_a_picture_alone_has_no_id() -> None:
    assert "<h2><img" in commonmark("## ![x](/p.png)", title="T", id_style="kramdown").html


@pytest.mark.parametrize(
    ("written", "html"),
    [
        ("* a\n^\n* b\n", "<ul>\n<li>a</li>\n</ul>\n<ul>\n<li>b</li>\n</ul>\n"),
        ("1. a\r\n^\r\n1. b\r\n", "<ol>\n<li>a</li>\n</ol>\n<ol>\n<li>b</li>\n</ol>\n"),
        ("* a\n\n^\n    b\n", '<ul>\n<li>a</li>\n</ul>\n<pre tabindex="0"><code>b\n</code></pre>\n'),
    ],
)
def test_a_list_ends_where_its_block_does(written: str, html: str) -> None:
    assert commonmark(in_markdown(written)).html.split() == html.split()


def test_a_cells_backslash_is_no_end_of_it() -> None:
    assert in_markdown("| a \\| b | c |\n| d | e |\n").startswith("|  |  |\n|---|---|\n")


@pytest.mark.parametrize(
    ("written", "html"),
    [
        (
            '<div class="a" markdown="1">\n#### B\n*c*\n</div>\n*d*',
            '<div>\n<h4 id="b">B</h4>\n<p><em>c</em></p>\n</div>\n<p><em>d</em></p>',
        ),
        ("<div markdown=1>a *b*</div>", "<div>\n<p>a <em>b</em></p>\n</div>"),
        (
            "<div markdown='block'>\n<div>\n<b>x</b>\n</div>\n\n*y*\n</div>",
            "<div>\n<div>\n<b>x</b>\n</div>\n<p><em>y</em></p>\n</div>",
        ),
        (
            '<details markdown="1">\n<summary>S</summary>\n*y*\n</details>',
            "<details>\n<summary>S</summary>\n<p><em>y</em></p>\n</details>",
        ),
        (
            '<div markdown="1">\n```\n</div>\n```\n*y*\n</div>',
            "<div>\n<pre><code>&lt;/div&gt;\n</code></pre>\n<p><em>y</em></p>\n</div>",
        ),
        (
            '<div><div markdown="1">*a*</div> <div markdown="block">b</div></div>',
            "<div>\n<div>\n<p><em>a</em></p>\n</div>\n<div>\n<p>b</p>\n</div>\n</div>",
        ),
        ('<div markdown="0">\n*y*\n</div>', "<div>\n*y*\n</div>"),
    ],
)
def test_an_element_may_hold_markdown(written: str, html: str) -> None:
    made = commonmark(in_markdown(written)).html
    for taken in (' tabindex="0"', ' class="a"', '<a class="anchor" href="#b" aria-label="Permalink: B">#</a>'):
        made = made.replace(taken, "")

    assert made.split() == html.split()


@pytest.mark.parametrize(
    "part", ["{::comment}", "`{: ", "`` ` ", "|", "| a |\n", "*[", '<div markdown="1">', "</div>\n", "{:"]
)
def test_it_takes_time_as_the_text_is_long(part: str) -> None:
    """It ends at all: time that grew with the square of the length would not. Nor does the text grow."""
    for text in ("{: .x}\n" + part * 100_000, '<div markdown="1">\n' + part * 100_000 + "\n{:/}"):
        assert len(in_markdown(text)) <= 2 * len(text)


def test_values_that_make_a_text_too_long_are_refused_and_marks_in_them_are_none(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert liquid.in_markdown("{{ page.x }}", nowhere, lambda owner, name: "a\U000f00000\U000f0001b")[0] == "a0b"

    monkeypatch.setattr("posts.rendering.liquid.LONGEST_REPEATED", 1000)
    with pytest.raises(RenderingError, match="repeated to"):
        liquid.in_markdown("{{ page.x }}" * 50, nowhere, lambda owner, name: "y" * 100)


def test_what_is_lost_in_a_quotation_is_found() -> None:
    _, found = liquid.in_markdown("a\n{% blockquote B %}\n{% include x %}\n{% endblockquote %}", nowhere)

    assert [(each.name, each.line, each.column) for each in found] == [("include x", 3, 1)]


def nowhere(tag: str, reference: str) -> str | None:
    return None
