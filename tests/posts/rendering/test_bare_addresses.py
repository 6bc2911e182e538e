"""Addresses that stand in a text by themselves, however many there are."""

import pytest

from posts.rendering import commonmark

pytestmark = pytest.mark.pure


@pytest.mark.parametrize("text", ["http://a.b[^1] ", "# http://a.b\n"])
def test_many_addresses_take_no_longer_than_their_length(text: str) -> None:
    assert commonmark.to_html(text * 100_000).count(">http://a.b<") == 100_000
