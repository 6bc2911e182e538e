"""Patterns of a site's configuration, whoever wrote it."""

import pytest

from posts.importing.targets import is_like, is_taken

pytestmark = pytest.mark.pure


@pytest.mark.parametrize(
    ("text", "glob", "is_so"),
    [
        ("a/b", "a/[a-c]", True),
        ("a/d", "a/[a-c]", False),
        ("[b", "[[]b", True),
        ("a]b[", "a]b[", True),
        ("a/[b", "**[b", True),
    ],
)
def test_one_of_several_letters_stands_in_brackets(text: str, glob: str, is_so: bool) -> None:
    assert is_like(text, glob) is is_so


def test_brackets_without_an_end_take_no_longer_than_their_length() -> None:
    assert not is_like("posts/a", "[" * 1_000_000)


@pytest.mark.parametrize(
    ("patterns", "taken"),
    [
        (["**.md"], ["a.md"]),
        (["a/**.md"], ["a/b.md"]),
        (["a/**"], ["a/b.md", "a/c/d.md", "a/c/e/f.md"]),
        (["a/**/*.md"], ["a/c/d.md", "a/c/e/f.md"]),
        (["a/c/d.md"], ["a/c/d.md"]),
        (["a/**", "**.md"], ["a.md", "a/b.md", "a/c/d.md", "a/c/e/f.md"]),
        (["! a/c/**", "**/*"], ["a/b.md", "g/h.md"]),
        (["! a/**"], ["a.md", "g/h.md"]),
    ],
)
def test_a_mount_takes_what_its_patterns_lead_to(patterns: list[str], taken: list[str]) -> None:
    files = ["a.md", "a/b.md", "a/c/d.md", "a/c/e/f.md", "g/h.md"]
    assert [file for file in files if is_taken(file, patterns)] == taken
