"""What is handed on as it is written, however the HTML around it looks."""

from time import perf_counter

import pytest

from posts.rendering.passthrough import Passthrough

pytestmark = pytest.mark.pure


def test_a_tag_without_an_end_takes_no_longer_than_its_length() -> None:
    handed_on = Passthrough.of("$x$", ["inline $ $"])

    start = perf_counter()
    html = handed_on.put_back(f"<p>{handed_on.text}<{'a' * 40_000}</p>")

    assert html == f"<p>$x$<{'a' * 40_000}</p>"
    assert perf_counter() - start < 2
