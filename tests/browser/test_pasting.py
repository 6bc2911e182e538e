"""What is pasted into the editor: from Word, Google Docs, chat assistants and pages of the web, in a real browser."""

import re
from html import escape
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from playwright.sync_api import BrowserContext, Locator, Page, expect

from tests.browser.conftest import body
from tests.posts.rendering.rendered import commonmark

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

CLIPBOARD = Path(__file__).parent / "clipboard"
SOURCES = sorted(path.stem for path in CLIPBOARD.glob("*.html"))
PASTE = """
([html, plain]) => {
  const data = new DataTransfer();
  if (html) data.setData("text/html", html);
  data.setData("text/plain", plain);
  const event = new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true });
  document.querySelector(".CodeMirror [contenteditable]").dispatchEvent(event);
}
"""
WRITE = """
([before, after]) => {
  const editor = document.querySelector(".CodeMirror").CodeMirror;
  editor.setValue(before + after);
  editor.setCursor(editor.posFromIndex(before.length));
  editor.focus();
}
"""
CONVERT = """
async (html) => (await import("/static/posts/editor/pasting/markdown.js")).markdownOf(html, "").markdown
"""


def section(page: Page) -> Locator:
    return page.get_by_role("region", name="Pasting and pictures")


def note(page: Page) -> Locator:
    return section(page).get_by_role("status")


def text(page: Page) -> str:
    return str(page.locator("#id_body").input_value())


def paste(page: Page, html: str, plain: str = "plain") -> str:
    """The text after a paste."""
    page.evaluate(PASTE, [html, plain])
    return text(page)


def write(page: Page, before: str, after: str = "") -> None:
    """Puts a text into the editor, the cursor between its two parts."""
    page.evaluate(WRITE, [before, after])


@pytest.mark.parametrize("source", SOURCES)
def test_what_each_program_puts_on_the_clipboard_is_clean_markdown(writing: Page, source: str) -> None:
    html = (CLIPBOARD / f"{source}.html").read_text()

    assert paste(writing, html) == (CLIPBOARD / f"{source}.md").read_text().rstrip("\n")
    expect(note(writing)).to_contain_text("Pasted as Markdown.")


def test_one_undo_gives_the_plain_text_back(writing: Page) -> None:
    paste(writing, "<p>A <b>bold</b> word</p>", "A bold word")
    writing.keyboard.press("Control+z")

    assert text(writing) == "A bold word"
    writing.keyboard.press("Control+z")
    assert text(writing) == ""


def test_the_note_says_what_was_taken_out_and_takes_it_back(writing: Page) -> None:
    html = "<p><a href='https://example.org/?utm_source=a&amp;utm_medium=b&amp;id=1'>A</a>\u200b\u202e B【1†x】</p>"
    assert paste(writing, html, "A B") == "[A](https://example.org/?id=1) B"
    expect(note(writing)).to_have_text(
        "Pasted as Markdown. Tracking parameters taken out: 2. Citation marks taken out: 1. "
        "Invisible characters taken out: 2."
    )

    section(writing).get_by_role("button", name="Undo").click()
    assert text(writing) == "A B"
    expect(body(writing)).to_be_focused()
    expect(note(writing)).to_be_empty()


def test_the_note_takes_nothing_back_that_came_later(writing: Page) -> None:
    paste(writing, "<p><b>x</b></p>", "x")
    writing.keyboard.type(" more")

    expect(section(writing).get_by_role("button", name="Undo")).to_be_hidden()
    section(writing).get_by_role("button", name="Close").click()
    assert text(writing) == "**x** more"


def test_plain_text_stays_as_it_is(writing: Page) -> None:
    plain = "  # not *mine*\t“x”\u00a0y\u200b\n\n\nline https://example.org/?utm_source=a\n"

    assert paste(writing, "", plain) == plain
    expect(note(writing)).to_be_empty()


@pytest.mark.parametrize(
    "html",
    [
        '<div style="color:#d4d4d4;font-family:Menlo, monospace;white-space:pre"><div><span>## A **b**</span></div></div>',
        "<pre style='word-wrap: break-word; white-space: pre-wrap;'>## A **b**</pre>",
        "<meta charset='utf-8'><p>## A **b**</p>",
    ],
)
def test_markdown_from_an_editor_of_code_stays_as_it_is(writing: Page, html: str) -> None:
    assert paste(writing, html, "## A **b**") == "## A **b**"


def test_in_a_block_of_code_the_plain_text_is_pasted(writing: Page) -> None:
    write(writing, "```html\n")

    assert paste(writing, "<p><b>x</b></p>", "<b>x</b>") == "```html\n<b>x</b>"


@pytest.mark.parametrize(
    ("selected", "pasted", "result", "said"),
    [
        ("the trial", "https://example.org/a", "[the trial](https://example.org/a)", "Pasted as a link."),
        ("", "https://example.org/?fbclid=1&b=2#c", "https://example.org/?b=2#c", "Tracking parameters taken out: 1."),
        (
            "x",
            "https://l.facebook.com/l.php?u=https%3A%2F%2Fa.example%2F(b)&h=1",
            "[x](https://a.example/\\(b\\))",
            "link",
        ),
        ("https://old.example", "https://new.example", "https://new.example", ""),
        ("", "https://example.org/a", "https://example.org/a", ""),
        ("x", "see https://example.org/a", "see https://example.org/a", ""),
        ("x", "javascript:alert(1)", "javascript:alert(1)", ""),
    ],
)
def test_an_address_over_a_selection_makes_a_link(
    writing: Page, selected: str, pasted: str, result: str, said: str
) -> None:
    write(writing, selected)
    writing.evaluate("document.querySelector('.CodeMirror').CodeMirror.execCommand('selectAll')")

    assert paste(writing, "", pasted) == result
    expect(note(writing)).to_contain_text(said)


def test_control_shift_v_pastes_as_it_is(writing: Page, context: BrowserContext) -> None:
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    copy = """() => navigator.clipboard.write([new ClipboardItem({
        "text/html": new Blob(["<h1>A <i>b</i></h1>"], { type: "text/html" }),
        "text/plain": new Blob(["A b"], { type: "text/plain" }),
    })])"""
    writing.evaluate(copy)
    writing.keyboard.press("Control+Shift+v")
    expect(writing.locator("#id_body")).to_have_value("A b")
    writing.keyboard.press("Control+a")
    writing.keyboard.press("Control+v")

    expect(writing.locator("#id_body")).to_have_value("## A *b*")


def test_what_is_pasted_joins_the_text_around_it(writing: Page) -> None:
    write(writing, "## One\n\n### Two\n\nText[^1].\n\n[^1]: First.\n\nbefore ", "after")
    html = (
        "<h3>Three</h3><h5>Four</h5><p>See<a href='#n1' id='r1'>1</a></p>"
        "<ol><li id='n1'>A note. <a href='#r1'>↩</a></li></ol>"
    )

    assert paste(writing, html).partition("before")[2] == (
        " \n\n### Three\n\n#### Four\n\nSee[^2]\n\n[^2]: A note.\n\nafter"
    )


def test_a_word_in_a_line_stays_in_it(writing: Page) -> None:
    write(writing, "A ", " word")

    assert paste(writing, "<meta charset='utf-8'><b>bold</b>", "bold") == "A **bold** word"


@pytest.mark.parametrize(
    ("html", "markdown"),
    [
        # Words that only look alike: a micro in Word's Symbol font, and letters put together of two characters.
        ("<p>10 <span style='font-family:Symbol'>m</span>g <b>x</b></p>", "10 μg **x**"),
        ("<p><span style='font-family:Wingdings'>\u00e0</span> <b>x</b></p>", "→ **x**"),
        ("<p>Du\u031bo\u031b\u0323c <b>pha\u0302\u0309m</b></p>", "Dược **phẩm**"),
        ("<p>don’t – “so” — ‘1’ <b>x</b></p>", "don’t – “so” — ‘1’ **x**"),
        ("<p>👩\u200d⚕️ <b>می\u200cخواهم</b></p>", "👩\u200d⚕️ **می\u200cخواهم**"),
        ("<p><i>10</i>&nbsp;mg&nbsp; &nbsp;daily&nbsp;</p><p>&nbsp;</p>", "*10*\u00a0mg daily"),
        # Emphasis of all kinds.
        ("<p><b> bold </b>next</p>", "**bold** next"),
        ("<p><b>a</b><b>b</b> <b></b><i> </i>c</p>", "**ab** c"),
        ("<p>x<b>(y)</b>z</p>", "x(**y**)z"),
        ("<b><p>a</p><p>b</p></b><hr>", "a\n\nb\n\n---"),
        ("<h2><b>All bold</b><a href='https://a.example/#x'>#</a></h2>", "## All bold"),
        ("<h2>A</h2><h4>B</h4><h4>C</h4><h6>D</h6><h3>E</h3>", "## A\n\n### B\n\n### C\n\n#### D\n\n### E"),
        ("<h1>A</h1><h2>B</h2><h1></h1>", "## A\n\n### B"),
        ("<h2>1. A</h2><h3>2) B</h3><h3>- C</h3>", "## 1. A\n\n### 2) B\n\n### - C"),
        ("<h2>A #</h2><h2>C#</h2>", "## A \\#\n\n## C#"),
        # Lists.
        ("<ul><li>a<ol><li>b</li></ol></li></ul><ol start='9'><li>c<li>d</ol>", "- a\n    1. b\n\n9. c\n10. d"),
        ("<ul><li><p>a</p><p>b</p></li><li>c</li></ul>", "- a\n\n    b\n\n- c"),
        ("<ul><li><input type=checkbox checked> a</li><li><input type=checkbox> b</li></ul>", "- [x] a\n- [ ] b"),
        ("<ul><li><b>a</b><div>b</div></li><li><p>c</p>d</li></ul>", "- **a**\n\n    b\n\n- c\n\n    d"),
        ("<ul><li role=checkbox aria-checked=true><img src='data:image/png;base64,iVBORw0KGgo=' alt=checked "
         "aria-roledescription=checkbox><p>a</p></li><li role=checkbox aria-checked=false><p>b</p></li></ul>",
         "- [x] a\n- [ ] b"),
        ("<!-- notionvc: 1 --><ul><li>[x]  a</li><li>[ ]  b</li></ul>", "- [x] a\n- [ ] b"),
        # Tables.
        ("<table><tr><td>a<td>b<tr><td>c</table>", "| a | b |\n| --- | --- |\n| c |  |"),
        ("<table><tr><td><p>One</p><ul><li>cell</li></ul></td></tr></table>", "One\n\n- cell"),
        ("<table><tr><th>a<tr><td><ul><li>b<li>c</ul><code>x|y</code></table>", "| a |\n| --- |\n| • b<br>• c<br>`x\\|y` |"),
        ("<table><tr><th>a<tr><td><code>x\\|y_</code></table>", "| a |\n| --- |\n| <code>x&#92;&#124;y&#95;</code> |"),
        # What must not be taken for Markdown.
        ("<p>*a* _b_ `c` [d](e) [^f] &lt;i&gt; &amp;amp; ~~g~~ {{&lt; x &gt;}}</p><hr>",
         "\\*a\\* \\_b\\_ \\`c\\` [d\\](e) \\[^f] \\<i> \\&amp; \\~\\~g\\~\\~ {\\{< x >}}\n\n---"),
        # Blocks of code.
        ("<pre>a\n  b</pre><p>c</p>", "```\na\n  b\n```\n\nc"),
        ("<pre><code class='hljs language-c++'>a<br>```</code></pre><p>c</p>", "````c++\na\n```\n````\n\nc"),
    ],
)  # fmt: skip
def test_what_is_pasted_is_written_as_markdown_has_it(writing: Page, html: str, markdown: str) -> None:
    assert paste(writing, html) == markdown


def test_hostile_html_does_no_harm(writing: Page) -> None:
    asked: list[str] = []
    writing.on("request", lambda request: asked.append(request.url))
    html = """<base href="https://evil.example/"><script>document.title = "owned"</script>
    <p style="background:url(https://evil.example/a)" onclick="document.title = 'owned'">Text
    <a href="java\nscript:alert(1)">a</a> <a href=" JavaScript:alert(1)">b</a> <a href="data:text/html,x">c</a>
    <a href="vbscript:x">d</a> <a href="//ok.example/">e</a> <a href="/f/">f</a> <a href="mailto:g@ok.example">g</a>
    <img src="https://evil.example/b.png" onerror="document.title = 'owned'"><img src="javascript:alert(1)" alt="h">
    <svg onload="document.title = 'owned'"></svg><iframe src="https://evil.example/c"></iframe>
    <img src="https://evil.example/open.gif" width="1" height="1"></p><style>@import "https://evil.example/d";</style>"""
    pasted = paste(writing, html)

    assert pasted == (
        "Text a b c d [e](https://ok.example/) [f](/f/) [g](mailto:g@ok.example) ![](https://evil.example/b.png)"
    )
    assert writing.title() != "owned"
    assert [url for url in asked if "evil" in url] == []
    expect(note(writing)).to_contain_text("Pictures that stay on other sites, where they may vanish: 1.")
    expect(note(writing)).to_contain_text("Pictures that did not come along, to be uploaded: h.")


def test_a_huge_table_is_cut_and_does_not_hang(writing: Page) -> None:
    html = "<table><tr><td colspan=99999999 rowspan=99999999>a</td></tr><tr><td>b</td></tr></table>"

    assert len(paste(writing, html)) < 2000


SIGNS = (
    *(
        "*",
        "**",
        "_",
        "__",
        "`",
        "~",
        "~~",
        "[",
        "]",
        "](x)",
        "![",
        "[^1]",
        "[x]",
        "<b>",
        "</p>",
        "<!--",
        "&amp;",
        "&#1;",
    ),
    *(
        "|",
        "#",
        "##",
        "1.",
        "1)",
        "-",
        "+",
        ">",
        ":",
        "=",
        "\\",
        "!",
        "(",
        ")",
        "{{< x >}}",
        " http://a.example/b_c_d ",
    ),
    *("a", "mg", "Dược", "phẩm", "5", " ", " ", "\u00a0"),
)
TEXTS = st.lists(st.sampled_from(SIGNS), min_size=1, max_size=8).map("".join)


def inline(children: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    tags = st.sampled_from(["b", "i", "code", "s", "span", "sup"])
    return st.one_of(
        st.lists(children, min_size=1, max_size=3).map("".join),
        st.builds("<{0}>{1}</{0}>".format, tags, children),
        children.map("<a href='https://example.org/'>{}</a>".format),
    )


def block(children: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.one_of(
        st.lists(children, min_size=1, max_size=3).map("".join),
        children.map("<ul><li>{}</li><li>x</li></ul>".format),
        children.map("<ol start=7><li>{}</li></ol>".format),
        children.map("<blockquote>{}</blockquote>".format),
        st.builds("<table><tr><td>{}</td><td>h</td></tr><tr><td>{}</td></tr></table>".format, children, children),
    )


INLINE = st.recursive(TEXTS.map(escape), inline, max_leaves=5)
BLOCKS = st.recursive(
    st.one_of(
        st.builds("<{0}>{1}</{0}>".format, st.sampled_from(["p", "h2", "h3", "div", "li"]), INLINE),
        st.builds("<p>{}<br>{}</p>".format, INLINE, INLINE),
        TEXTS.map(lambda code: f"<pre><code>{escape(code)}</code></pre>"),
    ),
    block,
    max_leaves=5,
)


class Shown(HTMLParser):
    """The text that HTML shows, without spaces, and without dashes, which the site sets by rules of its own, as it does `>>`."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.text = ""
        self.is_ours = False
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.is_ours = ("class", "anchor") in attrs

    def handle_endtag(self, tag: str) -> None:
        self.is_ours = False

    def handle_data(self, data: str) -> None:
        self.text += (
            "" if self.is_ours else re.sub(r"[\s\u2013\u2014•-]", "", data).replace("«", "<<").replace("»", ">>")
        )


def test_whatever_is_pasted_shows_the_same_text(writing: Page) -> None:
    @settings(max_examples=300, suppress_health_check=list(HealthCheck))
    @given(BLOCKS)
    @example("<table><tr><td><code>\\|</code></td><td><pre><code>a\\|b&amp;`</code></pre></td></tr></table>")
    @example("<p><b>http://a.example/b_c_d ~</b></p>")
    @example("<p><s>* ~1.</s></p>")
    @example("<p>*</p><h2><i>\\\\</i></h2>")
    @example("<ul><li><p>*</p><ol start=7><li><p>*</p></li></ol></li><li>x</li></ul>")
    @example("<p>!<a href='https://example.org/'>*</a></p>")
    @example("<p>*<br>-:</p><p>a|b<br>:-|-:</p>")
    @example("<h2> http://a.example/b_c_d #</h2><h2>#</h2><h3>a ##<br></h3>")
    def law(html: str) -> None:
        markdown = writing.evaluate(CONVERT, html)
        assert Shown(commonmark(markdown).html).text == Shown(html).text, markdown

    law()
