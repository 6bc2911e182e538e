"""Footnotes are no links."""

from pathlib import PurePath

import pytest

from posts import lint
from posts.document import Document

pytestmark = pytest.mark.pure


def test_a_footnotes_text_is_no_address() -> None:
    document = Document.of(
        "---\ntitle: T\n---\n\nA claim.[^1] See [this][a].\n\n[^1]: A first note here.\n\n[a]: /posts/a/\n"
    )

    assert [link.target for link in lint.internal_links(document)] == ["/posts/a/"]
    assert lint.inspect(document, path=PurePath("a.md")) == []
