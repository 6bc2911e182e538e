"""Two documents compared, as the admin shows it: their front matter, and their text."""

from dataclasses import dataclass
from typing import Self

from posts.document import Document
from posts.word_diff import Stretch, compare


@dataclass(frozen=True, slots=True)
class Comparison:
    """How the new document differs from the old; both lists empty where it does not."""

    front_matter: list[Stretch]
    body: list[Stretch]

    @classmethod
    def of(cls, old: str, new: str) -> Self:
        """Of two documents' texts."""
        before, after = Document.of(old), Document.of(new)
        fronts = (document.text[: document.body_start] for document in (before, after))
        return cls(compare(*fronts), compare(before.body, after.body))
