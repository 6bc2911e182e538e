"""What is handed on as it is written, however the HTML around it looks."""

import pytest

from posts.rendering import Writing
from posts.rendering.passthrough import Passthrough
from tests.posts.rendering.rendered import commonmark

pytestmark = pytest.mark.pure


def test_a_tag_without_an_end_takes_no_longer_than_its_length() -> None:
    handed_on = Passthrough.of("$x$", ["inline $ $"])

    html = handed_on.put_back(f"<p>{handed_on.text}<{'a' * 1_000_000}</p>")

    assert html == f"<p>$x$<{'a' * 1_000_000}</p>"


def test_raw_html_hands_nothing_on_until_it_ends() -> None:
    handed_on = Passthrough.of("<pre>\n\n$$a$$\n</pre>\n\n$$b$$\n", ["block $$ $$"])

    assert handed_on.text.startswith("<pre>\n\n$$a$$\n</pre>\n\n")
    assert "$$b$$" not in handed_on.text
    assert handed_on.put_back(handed_on.text) == "<pre>\n\n$$a$$\n</pre>\n\n$$b$$\n"


def test_a_headings_id_has_nothing_of_what_is_handed_on_in_it() -> None:
    shown = commonmark("## Of $x_1$ *and*\n", title="A", writing=Writing(extras=("inline $ $",)))

    (heading,) = shown.contents
    assert (heading.id, heading.text) == ("of--and", "Of $x_1$ and")
