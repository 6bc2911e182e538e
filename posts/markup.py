"""The grammars in which a body may be written."""

from enum import StrEnum


class Markup(StrEnum):
    """The grammar of a body."""

    COMMONMARK = "commonmark"
    PYTHON_MARKDOWN = "python-markdown"

    @classmethod
    def named(cls, name: str) -> "Markup":
        """The grammar of the name, in any case; CommonMark for none, and for names that are Hugo's."""
        return {each.value: each for each in cls}.get(name.lower(), cls.COMMONMARK)

    @property
    def label(self) -> str:
        return {Markup.COMMONMARK: "CommonMark", Markup.PYTHON_MARKDOWN: "Python-Markdown"}[self]
