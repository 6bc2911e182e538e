"""What keeps a hostile text of Liquid's from taking minutes or gigabytes, and the words of another from getting lost."""

import pytest

from posts.rendering import RenderingError, liquid

pytestmark = pytest.mark.pure


def nowhere(tag: str, reference: str) -> str | None:
    return None


@pytest.mark.parametrize(
    "text",
    [
        "{% capture a %}{% raw %}RAW{% endraw %}{% endcapture %}" + "{{ a }}" * 2000,
        "{% for x in page.list %}{% raw %}RAW{% endraw %}{% endfor %}",
    ],
)
def test_a_text_that_is_kept_aside_is_not_repeated_without_end(text: str) -> None:
    values = {"list.size": "2000"}

    with pytest.raises(RenderingError):
        liquid.in_markdown(text.replace("RAW", "x" * 20_000), nowhere, lambda owner, name: values.get(name))


def test_no_value_stands_for_a_text_that_is_kept_aside() -> None:
    values = {"gallery.size": "1", "gallery.0.url": "/a.png", "gallery.0.title": "\U000f00000\U000f0001"}

    text, _ = liquid.in_markdown(
        "{% raw %}kept{% endraw %}\n{% include gallery %}\n", nowhere, lambda owner, name: values.get(name)
    )

    assert text.count("kept") == 1


@pytest.mark.parametrize(
    "text",
    [
        "{% for x in page.list %}{% endfor %}" * 400,
        "{% for x in page." + "k" * 2000 + " %}{{" + "x," * 2000 + "}}{% endfor %}",
        "{% for x in page.list %}" * 7 + "{% endfor %}" * 7,
        "{% assign a = page.list | sort: 'x' %}{% for x in a %}{% endfor %}" * 400,
        "{% include loop.html %}" * 2000,
    ],
)
def test_loops_do_not_make_a_text_long_or_take_long(text: str) -> None:
    values = {"list.size": "10000", "k" * 2000 + ".size": "10000", "loop.html": "{% for x in page.list %}{% endfor %}"}

    with pytest.raises(RenderingError):
        liquid.in_markdown(
            text, nowhere, lambda owner, name: values.get(name, "10000" if name.endswith("size") else None)
        )


@pytest.mark.parametrize(
    "text",
    [
        "".join(f"{{% if x %}}{{% assign a{number} = page.l %}}" for number in range(20_000)) + "{% endif %}" * 20_000,
        "".join(f"{{% if x %}}{{% assign a{number} = page.l %}}{{% else %}}" for number in range(20_000)),
        "{% for x in site.posts %}" * 20_000 + "{% endfor %}" * 20_000,
        "{%- for x in site.posts -%}   \n" * 20_000 + "{%- endfor -%}\n" * 20_000,
        ("{%- x %}" + " " * 50) * 20_000,
        "{% if x %}{% assign a1 = 'x' %}" * 20_000 + "{% endif %}" * 20_000,
        "{% if page.a %}" + "{% elsif page.b == 2 %}" * 20_000 + "{% endif %}",
        "{% if x %}" + "{% else %}" * 20_000 + "{% endif %}",
        "{% case page.a %}" + "{% when 'x', 'y' %}" * 20_000 + "{% endcase %}",
        "{% for x in page.l " + "limit:1 " * 20_000 + "%}a",
        "".join(f"{{% assign a{number} = page.parts %}}" for number in range(20_000)) + "{{ " + "a1.b," * 20_000 + "}}",
        "{% for x in page.list %}" * 20_000 + "{% endfor %}" * 20_000,
        "".join(f"{{% for x{number} in page.list %}}" for number in range(5000)) + "{% endfor %}" * 5000,
    ],
)
def test_lists_cost_no_more_than_the_texts_length(text: str) -> None:
    """It ends at all."""
    values = LIST | {"parts.b": "x"}

    def value(owner: str, name: str) -> str | None:
        return "yes" if (owner, name) == ("page?", "parts") else values.get(name)

    liquid.in_markdown(text + "{% for x in a1 %}{% endfor %}", nowhere, value)


def test_loops_that_are_too_deep_within_each_other_are_told_of() -> None:
    written = "".join(f"{{% for x{number} in page.list %}}" for number in range(9)) + "{{ x8 }}" + "{% endfor %}" * 9

    text, findings = liquid.in_markdown(written, nowhere, lambda owner, name: LIST.get(name))

    assert text == "AnnBob" * 2**7
    assert findings[0].name == "for"


LIST = {"list.size": "2", "list.0": "Ann", "list.1": "Bob"}


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("{% for x in page.list %}{{ x }}{% if page.a %}a{% else %}b{% endif %}{% else %}none{% endfor %}", "AnnbBobb"),
        ("{% for x in page.gone %}{{ x }}{% else %}none{% endfor %}", "none"),
        ("{% for x in page.list %}{{ 'an x of ' | append: x }} {% endfor %}", "an x of Ann an x of Bob "),
        ("{% for x in page['list'] %}{{ x | append: \"x['a']\" }}{% endfor %}", "Annx['a']Bobx['a']"),
        ("{% for x in page.list %}{{- x -}} \n{% endfor %}", "AnnBob"),
        ("{% for x in page.list %}{{ forloop.index }}{{ forloop.index0 }}{{ x }}{% endfor %}", "10Ann21Bob"),
    ],
)
def test_a_loop_shows_its_own_words(text: str, shown: str) -> None:
    def value(owner: str, name: str) -> str | None:
        return "yes" if owner == "page?" and name in LIST else "" if owner == "page?" else LIST.get(name)

    assert liquid.in_markdown(text, nowhere, value) == (shown, ())


@pytest.mark.parametrize(
    "lost",
    [
        "{{ x | shuffled }}",
        "{{ x['a b'] }}",
        "{% if x['a b'] %}a{% endif %}",
        "{% include card.html of=x %}",
        "{% theme x %}",
    ],
)
def test_what_no_item_of_a_loop_answers_is_told_of(lost: str) -> None:
    _, findings = liquid.in_markdown(
        f"{{% for x in page.list %}}{lost}{{{{ x }}}}{{% endfor %}}", nowhere, lambda owner, name: LIST.get(name)
    )

    assert len(findings) == 1


@pytest.mark.parametrize(
    "text",
    [
        "{{ page.long | remove: 'a' }}" * 2000,
        "{% assign x = page.long %}" + "{{ x | remove: 'a' }}" * 2000,
        "{% assign x = page.long %}" + "{% assign y = x | upcase %}" * 2000 + "{% if y %}{% endif %}",
        "{% if page.long contains 'b' %}{% endif %}" * 2000,
        "{% include gallery %}\n" * 2000,
        "{% include many.html %}",
        "{% include one.html a='" + "a" * 20_000 + "' %}",
        "{% include named.html a=page." + "k" * 20_000 + " %}",
    ],
)
def test_long_values_are_not_read_or_repeated_without_end(text: str) -> None:
    files = {"many.html": "{{ page.long }}" * 2000, "one.html": "{{ include.a }}" * 2000}
    files["named.html"] = "{{ include.a.b }}" * 2000
    values = {"long": "a" * 20_000, "gallery.size": "500"}

    def value(owner: str, name: str) -> str | None:
        if owner == "page?":
            return "yes" if name in values else ""
        return files.get(name) if owner == "include" else values.get(name)

    with pytest.raises(RenderingError):
        liquid.in_markdown(text, nowhere, value)


def test_an_expression_of_very_many_filters_is_not_known() -> None:
    few, many = (f"{{{{ page.list.0 {'| upcase' * number} }}}}" for number in (100, 101))

    assert liquid.in_markdown(few, nowhere, lambda owner, name: LIST.get(name)) == ("ANN", ())
    assert liquid.in_markdown(many, nowhere, lambda owner, name: LIST.get(name))[1]
