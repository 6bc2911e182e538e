"""What the tests of the lint share: documents that hold one thing, and what is found in them."""

from pathlib import PurePath
from typing import Any

from posts.document import Document
from posts.lint import Diagnostic, fixed, inspect

PATH = PurePath("posts/a.md")


def found(body: str, *, values: dict[str, Any] | None = None, **options: Any) -> list[Diagnostic]:
    """The findings in a document, hints among them; the language is English unless the options say otherwise."""
    document = Document.new(values, body) if values else Document.of(body)
    return inspect(document, path=PATH, **{"hints": True, "language": "en", **options})


def codes(body: str, **options: Any) -> list[str]:
    return [diagnostic.code for diagnostic in found(body, **options)]


def marked(body: str, code: str, **options: Any) -> list[str]:
    """The texts that findings of this code mark."""
    document = Document.of(body)
    lines = document.text.removeprefix("\ufeff").split("\n")
    return [
        "\n".join([lines[each.line - 1][each.column - 1 :], *lines[each.line :]])[: each.length]
        for each in found(body, **options)
        if each.code == code
    ]


def mended(body: str, code: str, *, values: dict[str, Any] | None = None) -> str:
    """The body after the clear mends of this code."""
    document = Document.new(values, body) if values else Document.of(body)
    findings = inspect(document, path=PATH, hints=True, language="en")
    return fixed(document, [each for each in findings if each.code == code]).body
