"""Addresses that stand in a text by themselves, however many there are."""

from time import perf_counter

import pytest

from posts.rendering import commonmark

pytestmark = pytest.mark.pure


@pytest.mark.parametrize("text", ["http://a.b[^1] ", "# http://a.b\n"])
def test_many_addresses_take_no_longer_than_their_length(text: str) -> None:
    times = []
    for number in (8_000, 32_000):
        start = perf_counter()
        commonmark.to_html(text * number)
        times.append(perf_counter() - start)

    assert times[1] < 8 * times[0]
