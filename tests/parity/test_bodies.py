"""What of a body's HTML counts, and what does not."""

import pytest

from parity.bodies import Block, Body

pytestmark = pytest.mark.pure


def blocks(html: str) -> list[tuple[str, str, tuple[str, ...]]]:
    return [(block.kind, block.text, block.links) for block in Body.read(html).blocks]


def test_a_block_has_its_own_words_and_links_and_not_those_of_blocks_inside() -> None:
    html = '<ul><li>one <a href="/x%20y">link</a><ul><li>two</li></ul>three</li></ul>'

    assert blocks(html) == [
        ("ul", "", ()),
        ("li", "one link", ("/x y",)),
        ("ul", "", ()),
        ("li", "two", ()),
        ("li", "three", ()),
    ]


@pytest.mark.parametrize(
    ("ours", "hugo"),
    [
        ("<p>a  b\n c</p>", "<p>a b c</p>\n"),
        ('<div class="table-scroll"><table><tr><td>x</td></tr></table></div>', "<table><tbody><tr><td>x</table>"),
        ('<h2 id="x">X<a class="anchor" href="#x">#</a></h2>', '<h2 id="x">X</h2>'),
        (
            '<figure><img src="a.png" alt="A"><figcaption>T</figcaption></figure>',
            '<p><img src="a.png" alt="A" title="T">',
        ),
        ("<figcaption>A <b>b</b></figcaption>", "<figcaption><p>A <b>b</b></p></figcaption>"),
        ('<audio src="a.ogg"><a href="a.ogg">a</a></audio>', '<audio><source src="a.ogg"></audio>'),
        ('one<p class="embed"><a href="/film">Watch</a></p>two', "one<div><iframe></iframe></div>two"),
        ('<img alt="A" src="/media/a-0123456789abcdef-20x10-800w.webp">', '<img alt="A" src="../A.webp">'),
        ('<img alt="A" src="/media/shot-1030-0123456789abcdef-20x10.png">', '<img alt="A" src="Shot 10.30.png">'),
        ('<pre><code><span class="k">if</span> x</code></pre>', '<pre tabindex="0"><code>if x\n</code></pre>'),
        ('<a href="https://example.org" rel="noopener">x</a>', '<a href="https://example.org">x</a>'),
        ("<figcaption>T A</figcaption>", "<figcaption><h4>T</h4><p>A</p></figcaption>"),
        ("<p></p>text", "<p>text</p>"),
        (
            "<pre><code>a = 1</code></pre>",
            '<pre><code><span class="ln">1</span><span class="cl">a = 1</span></code></pre>',
        ),
        ("<p>Name</p>", "<p>Name <input name=who></p>"),
    ],
)
def test_what_our_pages_add_by_design_does_not_count(ours: str, hugo: str) -> None:
    assert blocks(ours) == blocks(hugo)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("<p>a</p><p>b</p>", "<p>a b</p>"),
        ("<ul><li>a</li></ul>", "<ol><li>a</li></ol>"),
        ("<ul><li>a</li></ul>", "<ul><li><p>a</p></li></ul>"),
        ("<h2>a</h2>", "<h3>a</h3>"),
        ('<p><span class="ln">a</span> b</p>', "<p>b</p>"),
        ('<a href="/a">x</a>', '<a href="/b">x</a>'),
        ('<img src="a.png" alt="a">', '<img src="a.png" alt="b">'),
        ('<img src="a.png" alt="">', '<img src="b.png" alt="">'),
        ("<pre>a\n  b</pre>", "<pre>a\n b</pre>"),
        ("<p>a b</p>", "<p>a&nbsp;b</p>"),
        ("<li><input type=checkbox checked> a</li>", "<li><input type=checkbox> a</li>"),
        ("<p>a</p><hr>", "<p>a</p>"),
    ],
)
def test_what_a_reader_would_notice_counts(one: str, other: str) -> None:
    assert blocks(one) != blocks(other)


def test_under_a_title_the_first_h1_goes_if_it_repeats_it_and_later_headings_are_lower() -> None:
    body = Body.read("<h2>Before</h2><h1>The “title”</h1><h1>Another</h1><h2>Below</h2><h6>Lowest</h6>")

    assert [(block.kind, block.text) for block in body.under_title('the "Title"').blocks] == [
        ("h2", "Before"),
        ("h2", "Another"),
        ("h3", "Below"),
        ("h6", "Lowest"),
    ]


def test_ids_are_those_of_headings_in_order() -> None:
    assert Body.read('<h2 id="b">B</h2><p id="c">C</p><h3>A</h3>').heading_ids == ("b", "")


def test_a_block_says_what_it_is_with_its_links() -> None:
    assert str(Block("p", "words", ("/a",))) == "<p> words [/a]"
