"""The grammars in which a body may be written."""

from enum import StrEnum

HTML_ENDINGS = (".html", ".htm")


class Markup(StrEnum):
    """The grammar of a body."""

    COMMONMARK = "commonmark"
    PYTHON_MARKDOWN = "python-markdown"
    HTML = "html"

    @classmethod
    def named(cls, name: str, unsaid: "Markup | None" = None) -> "Markup":
        """The grammar of the name, in any case; for none `unsaid`, and CommonMark for names that are Hugo's."""
        known = {each.value: each for each in cls} | {"htm": cls.HTML}
        return (not name and unsaid) or known.get(name.lower(), cls.COMMONMARK)

    @classmethod
    def of_file(cls, name: str) -> "Markup":
        """The grammar that the file's ending says."""
        return cls.HTML if name.lower().endswith(HTML_ENDINGS) else cls.COMMONMARK

    @property
    def label(self) -> str:
        return {Markup.COMMONMARK: "CommonMark", Markup.PYTHON_MARKDOWN: "Python-Markdown", Markup.HTML: "HTML"}[self]
