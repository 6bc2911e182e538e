"""Where a document's text has the names of its files."""

import pytest

from posts.document import Document
from posts.importing.names_in_text import NamesInText


class CountedText(str):
    """A text that counts the characters that are looked at."""

    looked_at = 0

    def find(self, part: str, start: int = 0) -> int:  # type: ignore[override]
        found = super().find(part, start)
        self.looked_at += (found if found >= 0 else len(self)) - start
        return found

    def count(self, part: str, start: int, end: int) -> int:  # type: ignore[override]
        self.looked_at += end - start
        return super().count(part, start, end)

    def rfind(self, part: str, start: int, end: int) -> int:  # type: ignore[override]
        self.looked_at += end - start
        return super().rfind(part, start, end)


@pytest.mark.parametrize("between", [" ", "\n"])
def test_names_in_their_order_are_placed_in_one_pass(between: str) -> None:
    names = [f"/img/{number:04}.png" for number in range(2000)]
    document = Document.of("\ufeffText.\n" + between.join(names))
    text = CountedText(document.text)
    places = NamesInText(text)

    assert [places.place(name) for name in names] == [
        (name, *document.place(document.text.index(name))) for name in names
    ]
    assert text.looked_at < 4 * len(text)


def test_a_name_is_found_before_the_last_one_too_and_as_it_is_written() -> None:
    places = NamesInText("a.png\n\nx tôi.png b%20c.pdf d&amp;e.png")

    assert places.place("t%C3%B4i.png") == ("tôi.png", 3, 3)
    assert places.place("b%20c.pdf") == ("b%20c.pdf", 3, 11)
    assert places.place("d&e.png") == ("d&amp;e.png", 3, 21)
    assert places.place("a.png") == ("a.png", 1, 1)
    assert places.place("gone.png") is None
