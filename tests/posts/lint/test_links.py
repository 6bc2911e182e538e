"""MG3, MG4 and MG11: images, shortcodes, addresses."""

from typing import Any

import pytest

from posts.document import Document
from posts.lint import inspect
from tests.posts.lint.linted import PATH, codes, found, marked, mended

pytestmark = pytest.mark.pure


@pytest.mark.parametrize(
    "body",
    [
        "![](a.png)",
        "![ ][a]\n\n[a]: a.png",
        "![a.png](a.png)",
        "![cell-count](cell-count.jpg)",
        "![IMG_2041](x.jpg)",
        "![Screenshot 2024-01-02](x.png)",
        '<img src="a.png">',
        "<p>\n<img src='a.png' alt='a.png'>\n</p>",
        '{{< figure src="a.png" >}}',
        '{{< Figure src="a.png" >}}',
        "![alt text](a.png)",
        "![Image description](a.png)",
        '<img alt="image" src="a.png">',
        "<div>\n<!-- no comment --> <img src=a.png>\n</div>",
    ],
)
def test_an_image_without_words_is_found(body: str) -> None:
    assert codes(body) == ["MG3"]


@pytest.mark.parametrize(
    "body",
    [
        "![Cells under a microscope](a.png)",
        "![Cells](cells.png)",
        '<img src="a.png" alt="">',  # a decision
        '<img src="a.png" alt="Cells">',
        '{{< figure src="a.png" alt="Cells" >}}',
        '{{< figure src="a.png" caption="Cells" >}}',
        "`![](a.png)`",
        "<!-- <img src=a.png> -->",
        "<div>\n<!-- <img src=a.png> -->\n<!-- <img src=b.png>\n</div>",
        '<img src="a.png" role="presentation"> <img src="b.png" aria-hidden="true">',
        '<noscript><img height="1" width="1" src="https://a.example/count"></noscript>',
        "![Image of a cell](a.png)",
        "\\![](a.png)",
        "[](a.png)",
    ],
)
def test_an_image_with_words_is_left_alone(body: str) -> None:
    assert codes(body) == []


def test_a_cover_without_words_is_found_at_its_key() -> None:
    text = "---\nimage: no cover\ncover:\n  image: a.png\n---\n"

    (finding,) = inspect(Document.of(text), path=PATH)

    assert (finding.code, finding.line, finding.column) == ("MG3", 4, 3)
    assert inspect(Document.of(text.replace("a.png", "a.png\n  alt: Cells")), path=PATH) == []


def test_an_unknown_shortcode_is_found_wherever_it_stands() -> None:
    body = "{{< figure alt=x >}} {{% odd %}}x{{% /odd %}}\n\n    {{< odder/one >}}\n\n{{</* shown */>}}\n"

    assert marked(body, "MG4", shortcodes={"figure"}) == ["odd", "odder/one"]
    assert marked("{{< Figure a >}} {{< intextimg >}}", "MG4", shortcodes={"figure", "inTextImg"}) == []
    assert codes(body) == []


CLEAN = {
    "https://a.example/?utm_source=a.example": "https://a.example/",
    "https://a.example/?id=1&utm_source=x&page=2": "https://a.example/?id=1&page=2",
    "https://a.example/?id=1&amp;fbclid=x#part": "https://a.example/?id=1#part",
    "https://a.example/?gclid=x&mc_cid=y#part": "https://a.example/#part",
    "/posts/x/?utm_campaign=y": "/posts/x/",
}


@pytest.mark.parametrize(("address", "clean"), CLEAN.items())
@pytest.mark.parametrize("link", ["[a]({})", "[a][b]\n\n[b]: {}", '<a href="{}">a</a>', "![a]({})"])
def test_parameters_that_follow_readers_are_taken_out(address: str, clean: str, link: str) -> None:
    assert mended(link.format(address), "MG11") == link.format(clean)


def test_an_address_that_several_links_share_is_found_once() -> None:
    assert codes("[a][x] [b][x]\n\n[x]: https://a.example/?utm_id=1\n") == ["MG11"]


@pytest.mark.parametrize("link", ["See {}.", "<{}>", "({})"])
def test_addresses_in_running_text_are_cleaned_too(link: str) -> None:
    address = "https://a.example/?utm_source=x"

    assert mended(link.format(address), "MG11") == link.format("https://a.example/")


@pytest.mark.parametrize("address", ["https://a.example/?source=x", "https://a.example/utm_source=x", "/x/?ref=utm_x"])
def test_an_address_with_other_parameters_is_left_alone(address: str) -> None:
    assert codes(f"[a]({address})\n\n`https://a.example/?utm_source=x`\n") == []


def test_a_link_whose_text_is_its_address_is_written_once() -> None:
    body = "See [https://a.example/](https://a.example) and [https://b.example/?utm_id=1](https://b.example/?utm_id=1)."

    assert mended(body, "MG11") == "See <https://a.example> and <https://b.example/>."


def test_an_address_that_is_written_as_a_link_is_taken_out_of_it() -> None:
    body = "[A study]([https://a.example/?utm_id=1](https://a.example/?utm_id=1)) says so."

    assert mended(body, "MG11") == "[A study](https://a.example/) says so."
    assert (
        mended("[A]([https://a.example](https://a.example) b", "MG11") == "[A]([https://a.example](https://a.example) b"
    )


@pytest.mark.parametrize(
    "body",
    [
        "https://a.example",
        "<https://a.example>",
        "[a.example](https://a.example)",
        "[a@a.example](mailto:a@a.example)",
        "[www.a](www.a)",
    ],
)
def test_a_short_or_bare_address_is_left_alone(body: str) -> None:
    assert codes(body) == []


def test_a_title_keeps_a_link_from_being_mended() -> None:
    (finding,) = found('[https://a.example](https://a.example "A")')

    assert (finding.code, finding.fix) == ("MG11", None)


@pytest.mark.parametrize("options", [{"hints": False}, {"language": "vi"}])
def test_rules_of_form_hold_in_every_language(options: dict[str, Any]) -> None:
    assert codes("![](a.png)", **options) == ["MG3"]
