"""CommonMark as GitHub and Hugo extend it."""

from urllib.parse import unquote

import pytest

from posts.rendering import RenderingError, Writing, typography
from posts.rendering import commonmark as engine
from tests.posts.rendering.rendered import commonmark, dangers, elements, tags, words


def test_github_and_hugo_extensions_are_on() -> None:
    html = commonmark("~~old~~ https://a.example me@a.example\n\nTerm\n: Meaning\n").html
    assert words(elements(html, "del")[0]) == "old"
    assert [a.get("href") for a in elements(html, "a")] == ["https://a.example", "mailto:me@a.example"]
    assert [tag for tag in tags(html) if tag.startswith("d") and tag != "del"] == ["dl", "dt", "dd"]


def test_quotes_dashes_and_dots_are_set_and_code_is_left_alone() -> None:
    assert commonmark('"It\'s" -- a --- b... `"x" --`').text == '“It’s” – a — b… "x" --'


@pytest.mark.parametrize("before", ["`code`", "*word*", "[link](/x)", "(join)"])
def test_an_apostrophe_after_markup_is_one(before: str) -> None:
    assert "’s" in commonmark(f"The {before}'s end, the users' choice").text


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ('他说"你好"。"开头"是，又 "空格"。', '他说"你好"。“开头"是，又 “空格”。'),
        ('ค่า"คำ"ต่อ 한국어"인용"은 a"b"c', 'ค่า"คำ"ต่อ 한국어"인용"은 a"b"c'),
        ('“写好”的"和"写的', '“写好”的"和"写的'),
        ('*"强"* [“名”](https://a.example/“b”) "x" `”"`', '“强” “名” “x” ”"'),
        ('"**a**" and (“b”) 5"', '“a” and (“b”) 5"'),
    ],
)
def test_a_quotation_mark_between_letters_or_with_none_before_it_stays_straight(body: str, text: str) -> None:
    assert commonmark(body).text == text


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("They say 'the people', 'a word' and 'list'.", "They say ’the people’, ‘a word’ and ’list’."),
        (
            "The users' choice, rock 'n' roll; it's the '90s\nnow",
            "The users’ choice, rock ’n’ roll; it’s the ’90s\nnow",
        ),
        ('He read "one thing\n\nand another" "as told".', "He read “one thing\nand another” “as told”."),
        ('f("a"), {"c": ""}, f("./x") and _f("")', 'f(“a”), {“c”: “”}, f("./x") and _f("")'),
        ('A 21" screen, "a 21"" and 5\'', 'A 21" screen, “a 21"” and 5\''),
        ("The dogs'", "The dogs'"),
        ("f('https://a.example', 'www.a.example')", "f(‘https://a.example’, ‘www.a.example’)"),
        ("*'em* **\"x\"** ['the' link](/u) `'t'`'s \"[q](/u)\"", "’em “x” ’the’ link 't'’s “q”"),
        ("'I've' 'll 've 're 'x 's", "‘I’ve’ ’ll ’ve ’re ‘x ’s"),
        ("a ' b and ''two'' \"\" c", 'a ’ b and ‘’two’’ "" c'),
    ],
)
def test_quotation_marks_lean_as_hugo_has_them(body: str, text: str) -> None:
    assert commonmark(body).text == text


def test_signs_that_are_written_as_references_stay_as_they_are() -> None:
    rendered = commonmark("It's &#8216;s &ldquo;now&rdquo; `&rsquo; &#x201D;`\n\n<p>It's &#8217;raw&#x2019;</p>\n")
    assert rendered.text == "It’s ‘s “now” &rsquo; &#x201D;\nIt's ’raw’"


@pytest.mark.parametrize("dash", ["⸺", "&#11834;", "&#x2e3a;"])
def test_a_rare_sign_is_no_other_whatever_stands_beside_it(dash: str) -> None:
    assert commonmark(f"It's {dash} &ldquo;a&rdquo; 'b'").text == "It’s ⸺ “a” ‘b’"


def test_the_digits_of_a_reference_are_in_the_id_of_its_heading() -> None:
    headings = {
        "## White House&#8217;s posts": "white-house8217s-posts",
        "## *Let&#8217;s* &amp; a &#x201d; `&#039;`": "let8217s--a-x201d-039",
        "Underlined &#8211; x\n---": "underlined-8211-x",
        "- ## In a list &#38; x": "in-a-list-38-x",
        "## Let&#39;s <!-- not --> go&#39;": "let39s--go39",
        '## [a&#38;](/?b&#38;c "d&#39;") ![&#39;e](f.png)': "a38-39e",
        "## See https://a.example/?b&#38;c <b title='&#39;'>d</b>": "see--d",
    }
    for body, identity in headings.items():
        rendered = commonmark(body)
        assert [heading.id for heading in rendered.contents] == [identity]
        assert not any(ord(each) >= 0xF0000 for each in unquote(rendered.html))
    code = commonmark("```\n# x &#8217;\n```\n\n    ## y &#8217;\n").text
    assert code == "# x &#8217;\n## y &#8217;"


def test_an_address_keeps_the_signs_that_it_is_written_with() -> None:
    link = elements(commonmark('"x" [a](https://a.example/“b”—c)').html, "a")[0]
    assert unquote(link.get("href", "")) == "https://a.example/“b”—c"


FRENCH = (("“", "&laquo;&nbsp;"), ("”", "&nbsp;&raquo;"), ("‘", "<"), ("’", ">"), ("…", "..."))


def test_the_attributes_of_a_heading_are_read_whatever_signs_a_site_has() -> None:
    heading = commonmark('## Un "titre" {#un title="x"}', writing=Writing(signs=FRENCH)).contents[0]
    assert (heading.id, heading.text) == ("un", "Un « titre »")


def test_a_site_has_typography_set_its_own_signs_and_typed_ones_stay() -> None:
    writing = Writing(signs=FRENCH)
    body = "Il dit \"oui\" et 'l'art', l'un... “non” ‘t’ d’un… — `\"x\"`"
    expected = 'Il dit «\xa0oui\xa0» et ’l’art>, l’un... “non” ‘t’ d’un… — "x"'
    assert commonmark(body, writing=writing).text == expected
    assert (
        elements(
            commonmark('![a "b"](https://a.example/c.png)', writing=Writing(signs=(("“", '"'), ("”", '"')))).html, "img"
        )[0].get("alt")
        == 'a "b"'
    )
    assert dangers(commonmark('"x"', writing=Writing(signs=(("“", "<script>"), ("”", "</script>")))).html) == []


LINES = "中文\n第二行\nEnglish\nmore *b*\n中\n*文*\n\n한국\n말。\n文，\nx\n\n    代\n    码\n"


@pytest.mark.parametrize(
    ("setting", "lines"),
    [
        ("eastAsianLineBreaks", ["中文第二行", "English", "more b", "中文", "한국말。文，", "x", "代", "码"]),
        ("css3draft", ["中文第二行English", "more b", "中文", "한국", "말。文，x", "代", "码"]),
    ],
)
def test_lines_of_chinese_and_japanese_are_joined_where_a_site_says_so(setting: str, lines: list[str]) -> None:
    assert commonmark(LINES, writing=Writing(extras=(setting,))).text.split("\n") == lines


def test_a_blank_that_is_escaped_goes_where_a_site_says_so_but_not_from_code() -> None:
    rendering = commonmark(r"太郎は\ **「はい」**\ と `a\ b` \\ c", writing=Writing(extras=("escapedSpace",)))
    assert rendering.text == r"太郎は「はい」と a\ b \ c"
    assert words(elements(rendering.html, "strong")[0]) == "「はい」"


def test_a_decade_begins_with_an_apostrophe() -> None:
    assert commonmark("The '90s of '80s rock").text == "The ’90s of ’80s rock"


@pytest.mark.parametrize(
    ("body", "addresses"),
    [
        ("www.a.example/b?c&d and mailto:a@a.example", ["https://www.a.example/b?c&d"]),
        ("www.a.example/^b and www.a.example/{c}", ["https://www.a.example/%5Eb", "https://www.a.example/%7Bc%7D"]),
        ("[www.a.example/^b](http://www.a.example/^b)", ["http://www.a.example/%5Eb"]),
        ("[www.a.example](http://www.a.example)", ["http://www.a.example"]),
        ("<mailto:a@a.example>", ["mailto:a@a.example"]),
        ("[mailto:a@a.example](mailto:a@a.example)", ["mailto:a@a.example"]),
        ("链接：https://a.example/x。 （https://a.example/x） x:https://a.example 邮箱a@b.example", []),
        (
            "看 https://a.example/中文/x, https://a.example/x… *https://a.example/y?b=1&c=2*",
            [
                "https://a.example/",
                "https://a.example/x",
                "https://a.example/y?b=1&c=2",
            ],
        ),
        (
            "https://münchen.example (https://a.example/é) 写给 a@b.example 吧",
            ["https://a.example/", "mailto:a@b.example"],
        ),
        (
            "it—[https://a.example](https://a.example/) 看[a@a.example](mailto:b@a.example)",
            [
                "https://a.example/",
                "mailto:b@a.example",
            ],
        ),
        (
            "https://a.example/x\\\nhttps://a.example/\\_y\nhttps://... http://",
            ["https://a.example/x", "https://a.example/"],
        ),
        ("<https://a.example/x\\y>", ["https://a.example/x%5Cy"]),
        ("[https://a.example/é](https://a.example/é) <https://a.example/é>", ["https://a.example/%C3%A9"] * 2),
    ],
)
def test_a_bare_address_is_completed_as_hugo_does_it_and_a_written_one_stays(body: str, addresses: list[str]) -> None:
    assert [a.get("href") for a in elements(commonmark(body).html, "a")] == addresses


@pytest.mark.parametrize(
    ("body", "addresses"),
    [
        ("<strong>Site: </strong>www.a.example/b_c?d&e, x", ["https://www.a.example/b_c?d&e"]),
        ("x<br>www.a.example<br/>www.b.example.", ["https://www.a.example", "https://www.b.example"]),
        ("| a |\n| - |\n| x<br /><br />www.a.example/y |", ["https://www.a.example/y"]),
        ("- `x`www.a.example\n- ![](/p.png)www.b.example:80", ["https://www.a.example", "https://www.b.example"]),
        (
            "(<i>x</i>www.a.example/b) (<i>x</i>www.a.example/b(c))",
            ["https://www.a.example/b", "https://www.a.example/b(c)"],
        ),
        ("[x](/y)www.a.example", ["/y", "https://www.a.example"]),
        ("<b>x</b>www.a <b>x</b>www. <b>x</b>xwww.a.example", []),
        ('<a href="/x">www.a.example</a>', ["/x"]),
        ("<p>x<br>www.a.example</p>\n\n<pre>\n<br>www.b.example\n</pre>", []),
        ("`<br>www.a.example`\n\n    <br>www.b.example\n\n```\n<br>www.c.example\n```\n", []),
    ],
)
def test_an_address_without_a_scheme_behind_an_element_is_a_link_in_a_text(body: str, addresses: list[str]) -> None:
    """comrak asks for a blank or a sign before it; to Hugo a text begins anew behind each element."""
    assert [a.get("href") for a in elements(commonmark(body).html, "a")] == addresses


@pytest.mark.parametrize("address", ["www.a.example", "https://a.example", "http://a.example:8080"])
@pytest.mark.parametrize("between", ["", ".", ","])
def test_a_note_right_behind_a_bare_address_is_a_note(address: str, between: str) -> None:
    """comrak reads on to the next blank; Hugo's address without a path ends with its name."""
    html = commonmark(f"See {address}{between}[^1] or ({address}[^1]).\n\n    {address}[^1]\n\n[^1]: Note.").html

    links = [a.get("href") for a in elements(html, "a")][:4:2]
    assert links == [f"https://{address}" if address.startswith("www") else address] * 2
    assert f"</a>{between}<sup" in html
    assert f"<code>{address}[^1]" in html
    assert "Note." in html


def test_a_backslash_in_a_heading_may_be_all_that_is_emphasised() -> None:
    assert "<em>\\</em> and <strong>a\\</strong>" in commonmark("## *\\\\* and **a\\\\**\n").html


def test_a_backslash_behind_a_bare_address_breaks_the_line_or_escapes() -> None:
    html = commonmark("https://a.example/x\\\nhttps://a.example/\\*y").html

    assert "/x</a><br>\n<a" in html
    assert html.endswith("/</a>*y</p>\n")


def test_of_two_footnotes_with_one_name_the_first_counts_and_the_text_between_stays_in_its_place() -> None:
    body = "A[^1].\n\n[^1]: One.\n\n```\n[^1]: code\n```\n\n> [^1]: Two.\n\nB[^1].\n\n[^1]: Three.\n\nEnd."

    html = commonmark(body).html

    assert html.index("[^1]: code") < html.index("B<sup") < html.index("<p>End.") < html.index("<ol>")
    assert [li.get("id") for li in elements(html, "li")] == ["fn:1"]
    assert "Two." not in html
    assert "Three." not in html


def test_an_opening_quote_stays_one() -> None:
    assert commonmark("*a* 'b' *'c'*").text == "a ‘b’ ‘c’"


class PanicException(BaseException):
    """As comrak's Rust side would raise it."""


def test_a_panic_of_the_parser_is_a_rendering_error(monkeypatch: pytest.MonkeyPatch) -> None:
    def panics(*_: object) -> str:
        raise PanicException("index out of bounds")

    monkeypatch.setattr("comrak.render_markdown", panics)
    with pytest.raises(RenderingError, match="index out of bounds"):
        engine.to_html("x")


def test_an_interruption_passes_through(monkeypatch: pytest.MonkeyPatch) -> None:
    def is_interrupted(*_: object) -> str:
        raise KeyboardInterrupt

    monkeypatch.setattr("comrak.render_markdown", is_interrupted)
    with pytest.raises(KeyboardInterrupt):
        engine.to_html("x")


@pytest.mark.parametrize("end", ["", "\n\n```\ncode", "\n\n- a", "\n\n[^1]: Note", "\n\nTerm\n: Meaning", "\n\n<!-- a"])
def test_a_link_by_name_is_one_however_often_a_short_text_uses_it(end: str) -> None:
    uses, definition = "[study][a-trial] " * 50, f"\n\n[a-trial]: https://a.example/{'x' * 80} 'Study'"
    rendered = commonmark(uses + definition + end)
    assert [link.get("title") for link in elements(rendered.html, "a")[:50]] == ["Study"] * 50
    assert "xx" not in rendered.text
    assert "\uf076" not in rendered.html


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("1. One\n<br>\n![x](/x.png)\n2. Two\n", ["ol", "li", "br", "img", "li"]),
        ("> Said\n<br/>\n*more*\n", ["blockquote", "p", "br", "em"]),
        ("- a\n  - b\n</span>\n*c*\n", ["ul", "li", "ul", "li", "em"]),
        ("- a\n<div>\n*b*\n</div>\n", ["ul", "li", "div"]),
        ("- ***\n<br>\n*b*\n", ["ul", "li", "hr", "br"]),
        ("- <br>\n<br>\n*b*\n", ["ul", "li", "br", "br"]),
    ],
)
def test_a_tag_alone_on_its_line_is_more_of_the_text_above(body: str, expected: list[str]) -> None:
    assert tags(commonmark(body).html) == expected


def test_a_tag_alone_on_its_line_below_a_table_is_a_row_as_in_hugo() -> None:
    rows = elements(commonmark("| a | b |\n|---|---|\n| 1 | 2 |\n<br>\n\nText\n").html, "tr")
    assert [each.tag for each in rows[2].iter()] == ["tr", "td", "br", "td"]


@pytest.mark.parametrize("above", ["Text:", "- a", "> a", "| a |\n|---|\n| b |"])
def test_preformatted_text_below_a_text_or_table_is_none_of_it(above: str) -> None:
    html = commonmark(f"{above}\n<pre>\ncode\n\n*x*\n</pre>\n").html
    assert html.endswith('<pre tabindex="0">code\n\n*x*\n</pre>\n')


@pytest.mark.parametrize("table", ["- | a |\n  |---|\n  | b |", "> | a |\n> |---|\n> | b |", "- a\n\n  | a |\n  |---|"])
def test_a_tag_alone_below_a_table_further_in_is_no_code(table: str) -> None:
    assert "<pre" not in commonmark(f"{table}\n<br>\n").html


@pytest.mark.parametrize("code", ["```\n- a\n<br>\n```", "<pre>\n- a\n\nb\n<br>\n</pre>", "> ~~~\n> - a\n> ~~~\n<br>"])
def test_beside_a_tag_alone_on_its_line_code_is_as_it_is_written(code: str) -> None:
    assert "   " not in commonmark(f"- x\n<br>\n\n{code}\n").html


def test_a_line_that_begins_with_a_tilde_is_no_definition() -> None:
    assert commonmark("All the best,\n\n~ The team").html == "<p>All the best,</p>\n<p>~ The team</p>\n"
    assert commonmark("Term\n\n: A definition").html.startswith("<dl>")
    assert "<pre" in commonmark("~~~\n~ code\n~~~").html
    assert "~ code" in commonmark("~~~\n~ code\n~~~").text


@pytest.mark.parametrize(
    "text",
    ["$x_1 + *y*_2$", "$$x*y*z$$", r"\(a_b_c\)", r"\[x*y*\]", r"$a$ and \(a\)", "$a < b & c$", "$$\na_b * c\n$$"],
)
def test_mathematics_are_left_as_they_are_written(text: str) -> None:
    rendering = commonmark(text, writing=Writing(extras=("$", r"\(")))
    assert rendering.text == text
    assert tags(rendering.html) == ["p"]


def test_mathematics_hide_nothing_from_the_sanitiser() -> None:
    text = '$<script>run()</script>$ <span data-math-style="inline"><img src=x onerror=run()></span>'
    assert dangers(commonmark(text, writing=Writing(extras=("$",))).html) == []


@pytest.mark.parametrize("first", ["One", "*One*", "`One`", "One<br>", "[One](/x)"])
def test_the_paragraphs_of_a_definition_stay_apart(first: str) -> None:
    rendering = commonmark(f"Term\n: {first}\n\n  two\n\n  three\n: four\n")
    assert rendering.text.split() == ["Term", "One", "two", "three", "four"]
    assert tags(rendering.html).count("p") == 2


@pytest.mark.parametrize(
    "second",
    [
        *("**Dose** once a day", "_Dose_ once", "`dose` once", "[Dose](/dose/) once", "[dose] once", "(once) a day"),
        *("“Once” a day", '"Once" a day', "3 doses", "![Dose](/a.png)", "https://a.example/dose once", "-- once"),
    ],
)
def test_any_text_may_begin_a_further_paragraph_of_a_definition(second: str) -> None:
    html = commonmark(f"Dose\n: How much:\n\n  {second}\n\nEnd").html
    alone = commonmark(f"{second}\n\nEnd").html.partition("\n<p>End")[0]
    assert html == f"<dl>\n<dt>Dose</dt>\n<dd>How much:\n{alone}\n</dd>\n</dl>\n<p>End</p>\n"


def test_beside_a_definition_code_and_lists_are_as_they_are_written() -> None:
    body = "T\n: x\n\n```\na\n\n  b\n```\n\n- c\n\n  d\n\n    e\n"
    with_definition, without = commonmark(body), commonmark(body.partition("\n\n")[2])
    assert with_definition.html.endswith(without.html)


def test_beside_mathematics_brackets_and_private_characters_are_as_they_are_written() -> None:
    mathematics = Writing(extras=("$", r"\("))
    assert elements(commonmark(r"[a](/b_\(c\))", writing=mathematics).html, "a")[0].get("href") == "/b_(c)"
    assert commonmark("a \uf07d b", writing=mathematics).text == "a \uf07d b"


def test_what_begins_mathematics_in_html_and_never_ends_takes_no_time() -> None:
    opening = '<span data-math-style="inline">x '
    html = engine.to_html(opening * 20_000, extras=("$",))
    assert html.count(opening.strip()) == 20_000


def test_signs_of_mathematics_that_never_end_or_stand_for_others_are_text() -> None:
    extras = ("block $$ $$", r"block \[ \]", "inline @ @")
    opened = "$$a$$\n\nx" + "<p>" * 50_000
    for text in (
        "$$ a " * 50_000,
        r"\[ a " * 50_000,
        "`" * 50_000 + "$$",
        "a$$$$b\n" * 50_000,
        "\\" * 99_999 + "[x",
        opened,
    ):
        engine.to_html(text, extras=extras)
    assert engine.to_html("a $\uf06e0\uf06f$ $$b*c*d$$", extras=extras) == "<p>a $\uf06e0\uf06f$ $$b<em>c</em>d$$</p>\n"
    assert engine.to_html("a @b*c*@ d\\@e", extras=extras) == "<p>a @b*c*@ d@e</p>\n"


def test_a_table_whose_rows_lack_very_many_cells_is_refused() -> None:
    with pytest.raises(RenderingError, match="its tables have 1,002,000 cells, most of them empty"):
        commonmark("|a" * 1_000 + "|\n" + "|-" * 1_000 + "|\n" + "|b|\n" * 1_000)


def test_more_definitions_than_the_engine_can_bear_are_refused() -> None:
    assert commonmark("a\n: b\n\n" * 500).html.count("<dt>") == 500
    with pytest.raises(RenderingError, match="there are more than 5,000 definitions"):
        commonmark("a\n: b\n\n" * 5_001)


@pytest.mark.parametrize("columns", [2_000, 2_001])
def test_a_table_of_more_columns_than_the_engine_can_bear_is_refused(columns: int) -> None:
    table = f"|{'a|' * columns}\n|{'-|' * columns}\n"

    if columns == 2_000:
        assert len(elements(commonmark(table).html, "th")) == columns
    else:
        with pytest.raises(RenderingError, match="a table has 2,001 columns, 2,000 are the most"):
            commonmark(table)


@pytest.mark.parametrize(
    ("before", "part"),
    [
        ('"http://example.org" ', "<a>"),
        ('"http://example.org"\n\n<div ', "<"),
        ("a\n", " "),
        ("— ", "a---- "),
        ("“ ", '"http://a{n}.example" '),
        ("", "http://a{n}.example/x\\_y "),
        ("<h2>x</h2>\n\n", "# a\n\n"),
        ("", "a@b.example "),
        ("https://a.example/", "))))"),
        ("", "\\[a "),
        ("<li>", "<input type=checkbox>"),
        ("", "a <input>"),
        ("", '![a](b.png "t") '),
    ],
)
def test_what_repeats_without_end_costs_no_more_than_its_length(before: str, part: str) -> None:
    """It ends at all: time that grew with the square of the length would not."""
    body = before + "".join(part.replace("{n}", str(n)) for n in range(50_000))
    commonmark(body, writing=Writing(extras=("\\(",)))


def test_references_behind_very_many_addresses_take_no_time() -> None:
    body = ("://" * 300 + " " + "&mdash; " * 100) * 1_000
    assert "&mdash;" not in typography.hidden(body)
    assert typography.hidden("https://a.example/&mdash;b &mdash;").count("&mdash;") == 1


LOOSE = {
    "T\n: a\n\n: b\n\n    c": [[], ["b", "c"]],
    "T\n\n: a\n: b\n  c": [["a"], []],
    "T\n: a\n\n: b\n: c": [[], ["b"], []],
    "> T\n> : a\n>\n> : b\n>\n> U\n> : c\n>\n>     d": [[], ["b"], ["d"]],
    "- T\n  : a\n    b\n\n  : c": [[], ["c"]],
    "T\n: a\n\n    ```\n    : b\n\n    : c\n    ```\n\n: d": [[], ["d"]],
}


@pytest.mark.parametrize("body", LOOSE)
def test_a_definition_has_paragraphs_where_a_blank_line_precedes_it(body: str) -> None:
    html = commonmark(body).html
    assert [[words(each) for each in definition.findall("p")] for definition in elements(html, "dd")] == LOOSE[body]
    assert {words(term) for term in elements(html, "dt")} <= {"T", "U"}
    assert "\uf073" not in html


@pytest.mark.parametrize(
    "body", ["A\n\n    a\n    : b\n\n    : c\n", "<pre>\nT\n: a\n\n: b\n</pre>\n", "T\n: a\n\n      : b\n\n      : c"]
)
def test_code_that_looks_like_definitions_is_code(body: str) -> None:
    html = commonmark(body).html
    assert "\uf073" not in html
    assert html.count("\n\n") == 1
