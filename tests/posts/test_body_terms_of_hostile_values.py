"""Front matter that no theme would have, asked for by Liquid."""

import pytest

from posts import body_terms
from posts.document import Document
from posts.source import Source

pytestmark = pytest.mark.pure

SOURCE = Source(file="_posts/2024-01-01-a.md", page="_posts/2024-01-01-a.md", jekyll=True)
DIGITS = "1" * 5000  # more than Python reads


def shown(front: str, body: str) -> str:
    return body_terms.in_markdown(Document.of(f"---\n{front}\n---\n{body}"), SOURCE, "/a/", None)[0]


@pytest.mark.parametrize(
    ("front", "body"),
    [
        ("list: [1]", f"{{{{ page.list.{DIGITS} }}}}words"),
        (f"list: {{size: '{DIGITS}'}}", "{% for x in page.list %}{% endfor %}words"),
        (f"gallery: {{size: '{DIGITS}'}}", "{% include gallery %}words"),
    ],
)
def test_very_long_numbers_are_no_places_in_a_list(front: str, body: str) -> None:
    assert shown(front, body).endswith("words")


@pytest.mark.parametrize(("before", "name"), [("", "page"), ("map:\n", "page.map")])
def test_many_keys_are_not_searched_for_each_of_many_names(before: str, name: str) -> None:
    front = before + "".join(f"{'  ' if before else ''}k{number}: 1\n" for number in range(30_000))
    document = Document.of(f"---\n{front}---\n" + "".join(f"{{{{{name}.K{number}}}}}" for number in range(30_000)))

    text, lost = body_terms.in_markdown(document, SOURCE, "/a/", None)

    assert (text, lost) == ("1" * 30_000, ())
