"""What is handed on as it is written, however the HTML around it looks."""

import pytest

from posts.rendering.passthrough import Passthrough

pytestmark = pytest.mark.pure


def test_a_tag_without_an_end_takes_no_longer_than_its_length() -> None:
    handed_on = Passthrough.of("$x$", ["inline $ $"])

    html = handed_on.put_back(f"<p>{handed_on.text}<{'a' * 1_000_000}</p>")

    assert html == f"<p>$x$<{'a' * 1_000_000}</p>"
