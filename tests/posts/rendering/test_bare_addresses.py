"""Addresses that stand in a text by themselves, however many there are."""

import pytest

from posts.rendering import commonmark

pytestmark = pytest.mark.pure


@pytest.mark.parametrize("text", ["http://a.b[^1] ", "# http://a.b\n"])
def test_many_addresses_take_no_longer_than_their_length(text: str) -> None:
    assert commonmark.to_html(text * 100_000).count(">http://a.b<") == 100_000


@pytest.mark.parametrize("text", ["<br>www.a.b ", "<a><br>www.a.b </a>", "x<br>www.a.b\n\n", "<br>www.a.b/...... "])
def test_many_addresses_behind_elements_take_no_longer_than_their_length(text: str) -> None:
    links = commonmark.to_html(text * 50_000).count('<a href="https://www.a.b')
    assert links == (0 if text.startswith("<a>") else 50_000)
