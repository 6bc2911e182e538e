"""What Liquid's expressions say, as Liquid 5.4 and Jekyll 4.3.1 have them."""

import pytest

from posts.rendering import RenderingError, liquid
from posts.rendering.liquid_values import LONGEST, said

pytestmark = pytest.mark.pure

VALUES = {
    "page.title": "a Title",
    "page.date": "2024-03-05 01:02:03 +0700",
    "page.day": "2024-3-5",
    "page.none": "",
    "page.no": "false",
    "page.big": "x" * LONGEST,
    **{"page.names.size": "2", "page.names.0": "Ann", "page.names.1": "Bob"},
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
        ("'<a> &lt; &#38; & &;' | escape_once", "&lt;a&gt; &lt; &#38; &amp; &amp;;"),
        ("page.date | date: '%-d %B %Y, %H:%M'", "5 March 2024, 01:02"),
        ("page.day | date: '%Y年%m月'", "2024年03月"),
        ("page.date | date_to_string", "05 Mar 2024"),
        ("page.day | date_to_xmlschema", "2024-03-05T00:00:00+00:00"),
        ("page.title | date: '%Y'", "a Title"),
        ("page.gone | default: page.title", "a Title"),
        ("page.none | default: 2.5", "2.5"),
        ("page.title | default: 'b'", "a Title"),
        ("page.no | default: 'b'", "b"),
        ("page.title | size | plus: 1", "8"),
        ("7 | divided_by: 2 | times: 3 | minus: 10 | modulo: 4", "3"),
        ("0.1 | plus: 0.2", "0.3"),
        ("page.names | size", "2"),
        ("page.names | join: ', ' | upcase", "ANN, BOB"),
    ],
)
def test_a_value_and_its_filters_are_known(expression: str, text: str) -> None:
    assert said(expression, VALUES.get) == text


@pytest.mark.parametrize(
    "expression",
    [
        *(
            "page.names | default: 'a'",
            "page.gone",
            "page.title | slugify",
            "page.title | append: page.gone",
            "'now' | date: '%Y'",
            "true",
            "",
        ),
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
        *("page.title | times: 2", "7 | divided_by: 0", "7 | modulo: 'a'", "page.names | join", "page.gone | size"),
        *("page.big | append: 'x'", "page.big | replace: 'x', 'xy'", "page.big | escape | append: page.title", "'a"),
    ],
)
def test_what_is_not_known_says_nothing(expression: str) -> None:
    assert said(expression, VALUES.get) is None


@pytest.mark.parametrize(
    ("written", "read", "lost"),
    [
        ("{% capture a %}-{{ page.title }}{% endcapture %}{{ a | upcase }}{{ a | size }}", "-A TITLE8", []),
        ("{% capture a %}-{{ page.title }}{% endcapture %}{% assign b = a | upcase %}{{ b }}", "-A TITLE", []),
        ("{% assign a = page.title | upcase %}{{ a | append: '!' }}", "A TITLE!", []),
        ("{% assign a = site.posts | first %}b {{ a }}", "b ", ["a"]),
        ("{% assign a = 'b' %}{{ a | slugify }}c", "c", ["a | slugify"]),
        ("[a]({{ site.baseurl | append: '/b' }}) {{ 'c' }}", "[a](/b) c", []),
        ("<!-- {{ a }}\n{{ b }} -->{{ c }}", "<!-- \n -->", ["c"]),
        ("{{ a\n  | b }} {{ c\n}}", " ", ["a | b", "c"]),
        ("```\n<!-- {{ a }} -->\n```\n<!-- {{ b }}", "```\n<!--  -->\n```\n<!-- ", ["a", "b"]),
    ],
)
def test_names_are_given_values_by_them(written: str, read: str, lost: list[str]) -> None:
    text, findings = liquid.in_markdown(
        written, lambda tag, reference: None, lambda owner, name: VALUES.get(f"{owner}.{name}")
    )

    assert (text, [each.name for each in findings]) == (read, lost)


SAID = {
    "page.n": "3",
    "page?.n": "yes",
    "page.c": "x",
    "page.a": "x",
    "site.b": "y",
    "page?.a": "yes",
    "page?.list": "yes",
    "page?.gone": "",
    "page.same": "x",
    "page?.same": "yes",
    **{"page.l.size": "2", "page.l.0": "C", "page.l.1": "D"},
}


@pytest.mark.parametrize(
    ("written", "read", "lost"),
    [
        ("{% if page.a %}A {% y %}{% else %}B{% endif %}", "A ", [("y", 18)]),
        ("{% if page.gone %}A {% y %}{% else %}B{% endif %}", "B", []),
        ("{%- unless page.gone -%}A{%- endunless -%}", "A", []),
        ("{% if page.a == 'x' %}A{% endif %}{% if page.a != \"x\" %}B{% endif %}", "A", []),
        ("{% if page.gone == nil %}A{% endif %}{% if page.list %}B{% endif %}", "AB", []),
        ("{% if page.a %}{% if page.gone %}A{% else %}B{% endif %}{% endif %}C", "BC", []),
        ("{% if page.other %}A{% else %}B{% endif %}", "AB", [("if", 1)]),
        ("{% if page.a and page.gone %}A{% endif %}{% if page.gone or page.a %}B{% endif %}", "B", []),
        ("{% if page.gone %}A{% elsif page.a %}B{% else %}C{% endif %}", "B", []),
        ("{% unless page.a %}A{% elsif page.gone %}B{% else %}C{% endunless %}", "C", []),
        ("{% if page.a contains 'x' %}A{% endif %}{% if page.gone contains 'x' %}B{% endif %}", "A", []),
        ("{% if page.list contains 'x' %}A{% endif %}", "A", [("if", 1)]),
        ("{% if site.b == 'y' %}A{% else %}B{% endif %}{% if site.b %}C{% endif %}", "AC", []),
        ("{% if page.a == page.same %}A{% endif %}{% if page.a != site.b %}B{% endif %}", "AB", []),
        ("{% if page.a contains page.same %}A{% endif %}{% if page.a == page.gone %}B{% endif %}", "A", []),
        ("{% if page.gone == page.gone %}A{% endif %}{% if page.a != empty %}B{% endif %}", "AB", []),
        ("{% if page.a == x %}A{% else %}B{% endif %}", "AB", [("if", 1)]),
        ("{% if page.a == page.other %}A{% else %}B{% endif %}", "AB", [("if", 1)]),
        ("{% if page.a == page.list %}A{% else %}B{% endif %}", "AB", [("if", 1)]),
        ("{% if site.posts %}A{% else %}B{% endif %}", "AB", [("if", 1)]),
        ("{% if page.a or page.other %}A{% endif %}", "A", [("if", 1)]),
        ("{% if page.a %}A{% elsif x > 1 %}B{% endif %}", "A", []),
        ("{% if page.gone %}A{% if x %}B{% endif %}{% endif %}C", "C", []),
        ("{% if page.a %}{% for x in site.posts %}A{% else %}B{% endfor %}{% else %}C{% endif %}", "AB", [("for", 16)]),
        ("{% if page.gone %}A{% elsif page.other %}B{% else %}C{% endif %}", "ABC", [("if", 1)]),
        (
            "{% if page.n > 2 %}A{% endif %}{% if page.n <= 2 %}B{% endif %}{% if page.a > 2 %}C{% endif %}",
            "AC",
            [("if", 64)],
        ),
        ("{% if page.a == page.c %}A{% endif %}{% if page.a == other %}B{% endif %}", "AB", [("if", 38)]),
        ("{% case page.a %}{% when 'y', 'z' %}A{% when 'w' or 'x' %}B{% else %}C{% endcase %}", "B", []),
        ("{% case page.a %}-{% when 'y' %}A{% else %}C{% endcase %}", "C", []),
        (
            "{% case page.a %}{% when 'y' %}A{% endcase %}{% case page.other %}{% when 'y' %}B{% endcase %}",
            "B",
            [("case", 46), ("when", 67)],
        ),
        ("{% assign n = 3 | modulo: 2 %}{% if n == 1 %}A{% else %}B{% endif %}", "A", []),
        ("{% assign n = false %}{% if page.a %}{% assign n = true %}{% endif %}{% if n %}A{% endif %}", "A", []),
        (
            "{% assign n = 'a' %}{% if x %}{% assign n = 'b' %}{% endif %}{% if n == 'a' %}A{% endif %}",
            "A",
            [("if", 21)],
        ),
        (
            "{% assign n = 1 %}{% for x in site.posts %}{% assign n = 2 %}{% endfor %}{% if n == 1 %}A{% endif %}",
            "A",
            [("for", 19)],
        ),
        ("{% if page.a %}A{% endunless %}{% endif %}{% endif %}B", "AB", []),
        ("{{ page.l }}", "CD", []),
        ("{% case page.a %}A{% endcase %}B", "B", []),
        ("{% case page.gone %}{% when '', 'y' %}A{% else %}C{% endcase %}", "C", []),
        ("{% if page.gone > 1 or page.gone <= 1 %}A{% endif %}B", "B", []),
        (
            "{% if page.a %}{% for x in page.l %}{{ x }}{% else %}A{% endfor %}{{ page.m | sum }}{% endif %}",
            "CD",
            [("page.m | sum", 67)],
        ),
    ],
)
def test_a_condition_on_the_page_shows_what_it_chooses(written: str, read: str, lost: list[tuple[str, int]]) -> None:
    text, findings = liquid.in_markdown(
        written, lambda tag, reference: None, lambda owner, name: SAID.get(f"{owner}.{name}")
    )

    assert (text, [(each.name, each.column) for each in findings]) == (read, lost)


@pytest.mark.parametrize(
    "part", ["{% if page.a %}", "{% if page.a == ", "{% else %}", "{% endif %}", "{% if page.a %}{% endif %}"]
)
def test_conditions_take_time_as_the_text_is_long(part: str) -> None:
    """It ends at all."""
    liquid.in_markdown("{% if page.a %}" + part * 20_000, lambda tag, reference: None, lambda owner, name: "b")


LISTS = {"page.l.size": "2", "page.l.0.n": "A", "page.l.1.n": "B", "page?.l": "yes", "page?.l.0.n": "yes"}
LISTS |= {"page.g.size": "2", "page.g.0.l.size": "2", "page.g.0.l.0": "C", "page.g.0.l.1": "D", "page?.g.1.l": ""}
LISTS |= {"page?.gone": "", "page.t.size": "1", "page.t.0": "T", "page?.t": "yes", "page?.l.1.n": "yes"}


@pytest.mark.parametrize(
    ("written", "read", "lost"),
    [
        ("{% for x in page.l %}<b>{{ x.n | downcase }}</b>{% endfor %}", "<b>a</b><b>b</b>", []),
        ("{% for x in page.l %}{{ x.n }}{% unless forloop.last %}, {% endunless %}{% endfor %}", "A, B", []),
        ("{%- for x in page.t -%}{{ forloop.index }} {{ x }}{%- endfor -%}", "1 T", []),
        ("{% for x in page.l %}{% if x.n == 'B' %}{{ x.n }} {{ 'x' }}{% endif %}{% endfor %}", "B x", []),
        ("{% for x in page.gone %}{{ x }}{% endfor %}A", "A", []),
        ("{% for x in page.l %}{{ y }}{% endfor %}A", "A", [("y", 22)]),
        ("{% for x in page.l reversed %}{{ x.n }}{% endfor %}", "BA", []),
        ("{% for x in page.l limit:1 %}{{ x.n }}{% endfor %}", "A", []),
        ("{% for x in page.l offset: 1, limit: 5 %}{{ x.n }}{% endfor %}", "B", []),
        ("{% for x in page.l limit:page.gone %}{{ x.n }}{% endfor %}", "", [("for", 1), ("x.n", 38)]),
        (
            "{% assign o = page.l | sort: 'n' | reverse %}{% for x in o %}{{ forloop.index }}{{ x.n }}{% endfor %}",
            "1B2A",
            [],
        ),
        (
            "{% assign o = page.l | where: 'n', 'B' %}{% for x in o %}{{ x.n }}{{ forloop.length }}{% endfor %}",
            "B1",
            [],
        ),
        ("{% if y %}{% assign o = page.l %}{% endif %}{% for x in o %}A{% endfor %}", "A", [("if", 1), ("for", 45)]),
        ("{% for x in page.l %}{% if forloop.index > 1 %}{{ x.n }}{% endif %}{% endfor %}", "B", []),
        ("A\n{%- for x in page.l %}\n{{ x.n }}\n{%- endfor %}\nB", "A\nA\nB\nB", []),
        ("{% for x in page.l %}{% assign n = x.n %}{% if n == 'B' %}{{ n }}{% endif %}{% endfor %}", "B", []),
        ("{% for x in page.l %}{{ x.gone }}{% endfor %}{{ page.l[1].n }}", "B", []),
        ("{% for x in page.l %}{% if x.n == 'A' %}A{% if y %}B{% endif %}{% endif %}{% endfor %}", "AB", [("if", 42)]),
        ("{% for x in page.l %}{% break %}{% endfor %}", "", [("for", 1), ("break", 22)]),
        ("{% for x in site.posts %}A{% endfor %}", "A", [("for", 1)]),
        ("{% for x in page.l %}{% for y in x.m %}A{% endfor %}{% endfor %}", "AA", [("for", 22)]),
        (
            "{% for x in page.g %}{% for y in x.l %}{{ forloop.index }}{{ y }}{% else %}none{% endfor %}.{% endfor %}",
            "1C2D.none.",
            [],
        ),
        ("{% for x in page.g %}{% for x in x.l %}{{ x }}{% endfor %}.{% endfor %}", "CD..", []),
    ],
)
def test_a_loop_over_a_list_of_the_page_is_written_out(written: str, read: str, lost: list[tuple[str, int]]) -> None:
    text, findings = liquid.in_markdown(
        written, lambda tag, reference: None, lambda owner, name: LISTS.get(f"{owner}.{name}")
    )

    assert (text, [(each.name, each.column) for each in findings]) == (read, lost)


def test_loops_that_make_a_text_too_long_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("posts.rendering.liquid.LONGEST_REPEATED", 1000)
    loop = "{% for x in page.l %}" + "a" * 100 + "{% endfor %}"

    with pytest.raises(RenderingError, match="repeated to"):
        liquid.in_markdown(loop * 3, lambda tag, reference: None, lambda owner, name: "20")


@pytest.mark.parametrize("part", ["{% for x in page.l %}", "{% endfor %}", "{% for x in ", "{{ x"])
def test_loops_take_time_as_the_text_is_long(part: str) -> None:
    """They end at all."""
    liquid.in_markdown("{% for x in page.l %}" + part * 20_000, lambda tag, reference: None, lambda owner, name: "1")


def test_a_name_that_doubles_says_nothing_in_the_end() -> None:
    text = "{% assign a = 'abcdefgh' %}" + "{% assign a = a | append: a %}" * 40 + "{{ a }}."

    assert liquid.in_markdown(text, lambda tag, reference: None)[0] == "."


@pytest.mark.parametrize("part", ["| ", "'", "a.", "a: ", ", ", "a | b: c, "])
def test_an_expression_takes_time_as_it_is_long(part: str) -> None:
    """It ends at all."""
    said("a " + part * 100_000, lambda name: "b")
