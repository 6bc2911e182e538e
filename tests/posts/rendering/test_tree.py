"""What the pass over the tree makes of headings, links, images, footnotes, code, tables and tasks."""

from pathlib import Path

import pytest

from posts.rendering import Heading, IdStyle, RenderingError, anchor
from tests.posts.rendering.rendered import Grammar, Photograph, commonmark, elements, page, python_markdown, tags, words

HUGO_IDS = {
    "A B & C": "a-b--c",
    "main.go": "maingo",
    "Café Ünï": "café-ünï",
    "日本語 見出し": "日本語-見出し",
    "emoji 😀 x": "emoji--x",
    "under_score": "under_score",
    "a\u00a0b": "ab",
    "tab\there": "tabhere",
    "½ cup": "-cup",
    "Ⅷ": "heading",
    "İstanbul": "istanbul",
    "ΑΣ": "ασ",
    "हिन्दी है": "हनद-ह",
    "٣ arab": "٣-arab",
    "  spaced  ": "spaced",
}


@pytest.mark.parametrize(("text", "expected"), HUGO_IDS.items())
def test_a_heading_gets_the_id_that_hugo_gives_it(text: str, expected: str) -> None:
    assert anchor(text, set()) == expected


@pytest.mark.parametrize(
    ("text", "ascii_only", "blackfriday"),
    [
        ("Été à la “plage”", "ete-a-la-plage", "été-à-la-plage"),
        ("main.go & C++", "maingo--c", "main-go-c"),
        ("日本語 見出し", "-", "日本語-見出し"),
        ("Łódź ß", "odz-", "łódź-ß"),
        ("-a_b- x²", "-a_b--x", "a-b-x²"),
        ("Σίσυφος", "heading", "σίσυφος"),
        ("!!!", "heading", "heading"),
    ],
)
def test_a_site_may_choose_another_style_of_ids(text: str, ascii_only: str, blackfriday: str) -> None:
    assert anchor(text, set(), IdStyle.GITHUB_ASCII) == ascii_only
    assert anchor(text, set(), IdStyle.BLACKFRIDAY) == blackfriday


def test_a_repeated_heading_is_numbered() -> None:
    taken: set[str] = set()
    assert [anchor("Dose", taken) for _ in range(4)] == ["dose", "dose-1", "dose-2", "dose-3"]
    assert anchor("Dose 1", taken) == "dose-1-1"


def test_a_written_id_wins_and_is_not_shown() -> None:
    rendering = commonmark("## Side effects {#safety .wide}\n\n## `code` {#c}\n\n## Set {a, b}")
    assert rendering.contents == (
        Heading(2, "safety", "Side effects"),
        Heading(2, "c", "code"),
        Heading(2, "set-a-b", "Set {a, b}"),
    )
    assert "{#" not in rendering.html


def test_an_id_may_be_written_as_an_attribute() -> None:
    written = ["One {id=a--b .wide}", "Two {.wide id=c}", 'Six {title="a {#b}", id = "d" #f--g }', 'Ten {id="d--e"}']
    html = commonmark("\n\n".join(f"## {each}" for each in written)).html
    assert [(words(each)[:3], each.get("id")) for each in elements(html, "h2")] == [
        ("One", "a--b"),
        ("Two", "c"),
        ("Six", "f--g"),
        ("Ten", "d--e"),
    ]


def test_a_written_id_may_hold_a_typographic_apostrophe() -> None:
    (heading,) = commonmark("## Going {#let’s-go}").contents
    assert (heading.id, heading.text) == ("let’s-go", "Going")


@pytest.mark.parametrize("ending", ["{id='q'}", "{disabled}", "{# a}", "{#a/b}", "{.c=1}", "{#x}y", '{#"q"}'])
def test_what_goldmark_reads_as_no_attributes_is_text(ending: str) -> None:
    assert "{" in words(elements(commonmark(f"## One {ending}").html, "h2")[0])


def test_braces_without_end_are_read_in_no_time() -> None:
    opened = '{a="' * 20_000
    assert commonmark(f"## {opened}").contents[0].text.startswith('{a="{a=')


def test_no_two_elements_have_one_id() -> None:
    html = commonmark('<p id="dose">x</p>\n\n## Dose\n\n## Other {#dose}\n\n<b id="dose">y</b>').html
    ids = [(element.tag, element.get("id")) for element in page(html).iter() if element.get("id")]
    assert ids == [("h2", "dose"), ("h2", "dose-1")]


@pytest.mark.parametrize(
    ("heading", "expected"),
    [
        ("![Logo](a.png) Title", "logo-title"),
        ('<img src="a.png" alt="Logo"> Title ![B](b.png)', "title-b"),
        ('**<IMG src="a.png" alt="Logo"/>** Title', "title"),
        ("Mail me@site.example", "mail"),
        ("<me@site.example> now", "now"),
        ("[me@site.example](mailto:me@site.example) now", "mesiteexample-now"),
        ("See www.site.example now", "see--now"),
        ("https://a.example/b now", "now"),
        ("https://a.example/b now\n\n[Text](https://a.example/b)", "now"),
        ("<https://a.example/b> now", "now"),
        ("[https://a.example/b](https://a.example/b) now", "httpsaexampleb-now"),
        ("www.site.example", "heading"),
    ],
)
def test_a_headings_id_has_nothing_of_pictures_in_html_and_of_addresses_that_stand_for_themselves(
    heading: str, expected: str
) -> None:
    html = commonmark(f"## {heading}").html

    assert elements(html, "h2")[0].get("id") == expected
    assert "data-raw" not in html
    assert "data-bare" not in html


def test_a_headings_id_is_its_own_where_a_mark_before_it_has_the_same_as_in_hugo() -> None:
    html = commonmark('<a name="side-effects"></a>\n\n## Side effects\n\n<a id="x"></a>\n\n## More').html
    ids = [(element.tag, element.get("id")) for element in page(html).iter() if element.get("id")]
    assert ids == [("h2", "side-effects"), ("a", "x"), ("h2", "more")]


def test_an_id_of_the_page_itself_cannot_be_taken() -> None:
    html = commonmark('## Main\n\n## Invitation {#invitation}\n\n<b id="main">x</b> <a name="main">y</a>').html
    assert 'id="main"' not in html
    assert 'id="invitation"' not in html
    assert 'id="main-1"' in html


def test_an_old_named_anchor_becomes_an_id() -> None:
    (link,) = elements(commonmark('<a name="old"></a>text').html, "a")
    assert link.attrib == {"id": "old"}


def test_a_heading_links_to_itself_under_a_name_of_its_own() -> None:
    rendering = commonmark("## Side *effects*")
    (link,) = elements(rendering.html, "h2/a")
    assert link.attrib == {"class": "anchor", "href": "#side-effects", "aria-label": "Permalink: Side effects"}
    assert rendering.contents == (Heading(2, "side-effects", "Side effects"),)
    assert "#" not in rendering.text


def test_the_contents_list_levels_two_to_four() -> None:
    contents = commonmark("## a\n### b\n#### c\n##### d\n##\n").contents
    assert [(heading.level, heading.text) for heading in contents] == [(2, "a"), (3, "b"), (4, "c")]


@pytest.mark.parametrize(
    ("heading", "title"),
    [("The dose", "The dose"), ("THE  dose", "The dose"), ("It's *new* -- now", "It’s new – now"), ('"A"...', "“A”…")],
)
def test_a_first_h1_that_repeats_the_title_is_not_shown(heading: str, title: str) -> None:
    rendering = commonmark(f"# {heading}\n\ntext\n\n## b", title=title)
    assert tags(rendering.html) == ["p", "h2", "a"]
    assert rendering.summary == "text b"


def test_another_h1_becomes_h2_and_what_is_below_it_moves_with_it() -> None:
    html = commonmark("# T\n\n## a\n\n# Part\n\n## b\n\n###### c", title="T").html
    assert [tag for tag in tags(html) if tag != "a"] == ["h2", "h2", "h3", "h6"]
    assert [element.get("id") for element in elements(html, "h2")] == ["a", "part"]


def test_only_the_first_h1_can_repeat_the_title() -> None:
    assert [h.text for h in commonmark("# Other\n\n# T", title="T").contents] == ["Other", "T"]


def test_a_link_to_another_host_says_so_and_opens_no_window() -> None:
    body = "[a](https://other.example/x) [b](https://our.example/y) [c](/z) <a href='//o.example' target=_blank>d</a>"
    rels = [link.get("rel") for link in elements(commonmark(body, site_host="our.example").html, "a")]
    assert rels == ["noopener external", None, None, "noopener external"]
    assert "target" not in commonmark(body).html


def test_a_www_address_means_https_as_in_hugo() -> None:
    (link,) = elements(commonmark("See www.example.org.").html, "a")
    assert link.get("href") == "https://www.example.org"


def test_an_image_loads_late_at_the_width_it_is_shown_at() -> None:
    rendering = commonmark("![Lab](a.jpg)", picture=lambda src: Photograph(f"/m/{src}", f"/m/{src}?w=400 400w", (8, 6)))
    (image,) = elements(rendering.html, "img")
    assert image.attrib == {
        "src": "/m/a.jpg",
        "alt": "Lab",
        "loading": "lazy",
        "decoding": "async",
        "srcset": "/m/a.jpg?w=400 400w",
        "sizes": "(min-width: 48rem) 44rem, 100vw",
        "width": "8",
        "height": "6",
    }
    assert tuple(rendering.images) == ("a.jpg",)


def test_an_image_without_renditions_or_size_claims_neither() -> None:
    (image,) = elements(commonmark("![](a.jpg)").html, "img")
    assert image.attrib == {"src": "a.jpg", "alt": "", "loading": "lazy", "decoding": "async"}


def test_a_size_that_the_author_wrote_stays() -> None:
    (image,) = elements(
        commonmark("<img src=a.jpg width=30>", picture=lambda src: Photograph(src, "", (8, 6))).html, "img"
    )
    assert (image.get("width"), image.get("height")) == ("30", None)


def test_each_image_is_listed_once_in_the_order_of_the_text() -> None:
    rendering = commonmark("![](b.jpg) ![A](a.jpg) ![B](b.jpg) ![](data:image/png;base64,AA)")
    assert rendering.images == {"b.jpg": "B", "a.jpg": "A"}


def test_an_image_alone_with_a_title_is_a_figure() -> None:
    (figure,) = elements(commonmark('![Lab](a.jpg "Our *lab*")').html, "figure")
    assert [child.tag for child in figure] == ["img", "figcaption"]
    assert words(figure) == "Our *lab*"
    assert figure[0].get("title") is None


def test_an_image_beside_words_or_without_a_title_is_none() -> None:
    assert "<figure" not in commonmark('text ![a](a.jpg "T")\n\n![a](a.jpg)').html


@pytest.mark.parametrize("shown", [commonmark, python_markdown])
def test_footnotes_have_hugos_ids_and_a_way_back(shown: Grammar) -> None:
    rendering = shown("One[^a] two[^b] again[^a].\n\n[^a]: First.\n\n[^b]: Second.\n")
    marks = [(sup.get("id"), sup[0].get("href"), words(sup)) for sup in elements(rendering.html, "sup")]
    assert marks == [("fnref:1", "#fn:1", "1"), ("fnref:2", "#fn:2", "2"), ("fnref1:1", "#fn:1", "1")]
    notes = elements(rendering.html, "li")
    assert [note.get("id") for note in notes] == ["fn:1", "fn:2"]
    assert [a.get("href") for a in notes[0].iter("a")] == ["#fnref:1", "#fnref1:1"]
    assert [a.get("aria-label") for a in notes[0].iter("a")] == ["Back to reference 1", "Back to reference 1-2"]
    assert len(elements(rendering.html, "hr")) == 1
    assert rendering.text.split() == ["One", "two", "again.", "First.", "Second."]


def test_code_in_a_known_language_is_coloured_by_classes() -> None:
    (box,) = elements(commonmark("```python {hl_lines=[1]}\nx = 1 < 2\n```").html, "div")
    assert box.attrib == {"class": "highlight", "tabindex": "0"}
    assert [child.tag for child in box] == ["pre"]
    assert box[0][0].get("data-lang") == "python"
    assert words(box) == "x = 1 < 2"
    assert {"n", "o", "mi"} <= {span.get("class") for span in box.iter("span")}


def test_code_in_an_unknown_language_stays_plain() -> None:
    html = commonmark("```nonesuch\n<b> & 'x'\n```\n\n    indented\n").html
    assert [pre.attrib for pre in elements(html, "pre")] == [{"tabindex": "0"}] * 2
    assert words(elements(html, "pre")[0]) == "<b> & 'x'"


def test_old_html_keeps_its_blocks_and_what_is_struck() -> None:
    body = "<center>A</center><form><legend>B</legend>c</form>\n\n<strike>d</strike> <tt>e</tt>"

    assert commonmark(body).text == "A\nB\nc\nd e"
    assert commonmark("a<br>b\n\n<aside>c</aside>d").words == 4
    assert '<pre tabindex="0">a<br><br>b</pre>' in commonmark("<pre>a<br><br>b</pre>").html
    assert [struck.text for struck in elements(commonmark(body).html, "s")] == ["d"]
    assert elements(commonmark(body).html, "code")[0].text == "e"


def test_a_comment_alone_in_a_block_of_code_is_no_code() -> None:
    assert words(page(commonmark("<pre><!-- x --></pre>\n\n<pre><?php x ?></pre>\n\nText.").html)) == "Text."


def test_a_table_scrolls_in_a_named_region() -> None:
    (box,) = elements(commonmark("| Dose | Effect |\n|:--|--:|\n| 1 | 2 |").html, "div")
    assert box.attrib == {"class": "table-scroll", "tabindex": "0", "role": "region", "aria-label": "Dose, Effect"}
    assert [child.tag for child in box] == ["table"]


def test_a_task_has_a_disabled_checkbox_with_its_own_name() -> None:
    first, second = elements(commonmark("- [ ] Ask *legal*\n- [x] Write\n  - more\n").html, "input")
    assert first.attrib["aria-label"] == "Ask"
    assert "disabled" in first.attrib
    assert "checked" not in first.attrib
    assert second.attrib["aria-label"] == "Write"
    assert "checked" in second.attrib


def test_a_field_that_is_no_task_goes() -> None:
    assert elements(commonmark("<input name=q> <input type=checkbox> text").html, "input") == []


def test_words_of_two_cells_or_items_do_not_run_together() -> None:
    assert commonmark("<ul><li>a</li><li>b</li></ul>").text == "a\nb"


def test_text_without_markup_is_what_search_reads() -> None:
    rendering = commonmark("## Dose\n\nTake *two*, `x < y`[^1].\n\n<script>no()</script>\n\n[^1]: Note.")
    assert rendering.text == "Dose\nTake two, x < y.\nNote."


@pytest.mark.parametrize(
    "deep", ["> " * 10_000 + "x", "<div>" * 10_000 + "x", "\n".join("  " * i + "- x" for i in range(500))]
)
@pytest.mark.parametrize("shown", [commonmark, python_markdown])
def test_nesting_too_deep_to_keep_is_an_error_and_never_lost_text(shown: Grammar, deep: str) -> None:
    try:
        text = shown(deep).text
    except RenderingError as error:
        text = error.problem + "x"
    assert "x" in text


@pytest.mark.parametrize(
    "body",
    ["[" * 20_000, "word " * 1_000_000, "# a\n\n" * 10_000, "a" + " " * 200_000 + "b", "## a" + " " * 200_000 + "}"],
    ids=["brackets", "a line of five megabytes", "equal headings", "spaces", "spaces in a heading"],
)
def test_a_huge_text_is_kept_whole(body: str) -> None:
    assert "".join(commonmark(body, title="Another").text.split()) == "".join(body.replace("#", "").split())


def test_the_seeds_article_gives_its_six_sections_and_two_images() -> None:
    source = next((Path(__file__).resolve().parents[3] / "fixtures/content/posts").glob("leveraging-*.md"))
    _, front_matter, body = source.read_text("utf-8").split("---\n", 2)
    title = front_matter.partition('title: "')[2].partition('"')[0]
    rendering = commonmark(body, title=title)
    assert [(heading.level, heading.text.split()[0]) for heading in rendering.contents if heading.level == 2] == [
        (2, first) for first in ("The", "Benefits", "Real-world", "Challenges", "Future", "Conclusion")
    ]
    assert "<h1" not in rendering.html
    assert len(rendering.images) == 2
    assert rendering.summary.startswith("The paradigm of “one-size-fits-all” medicine")


def test_the_words_of_two_lines_and_of_what_follows_a_block_stay_apart() -> None:
    rendering = commonmark("<b>one</b><br>two\n\n<div><p>three</p>four <hr>five</div>\n\n<pre>a<br>b</pre>")

    assert rendering.text.split() == ["one", "two", "three", "four", "five", "ab"]
    assert rendering.words == 6
    assert "a<br>b" in rendering.html
