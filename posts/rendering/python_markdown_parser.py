"""Python-Markdown's parser, which ends what takes it longer than a text of that length may.

It looks through what follows, or what came before, at so many signs that no list of them is whole: a text of 100 KB can
keep it busy for an hour, and everybody who waits for it.
"""

from collections.abc import Callable
from math import inf
from time import thread_time
from typing import Any

from markdown import Markdown
from markdown.extensions.md_in_html import HTMLExtractorExtra
from markdown.preprocessors import Preprocessor

SECONDS, SECONDS_A_CHARACTER = 5.0, 20e-6
"""Of the processor's time, whatever else the machine does; some ten times what the densest text of an author needs."""


class TooLong(Exception):
    """The parser would take too long."""


class Parser:
    """One parser. It costs 5 ms to build, and is not safe to share between threads."""

    def __init__(self) -> None:
        self.until = inf  # of this thread's time
        # Alignment comes as an attribute: the default writes style=, which a strict content security policy forbids.
        self.markdown = Markdown(
            extensions=["extra", "admonition", "sane_lists"],
            extension_configs={"extra": {"tables": {"use_align_attribute": True}}},
            output_format="html",
        )
        self.markdown.preprocessors.register(_HtmlBlocks(self.markdown, self.look), "html_block", 20)
        first: Any = next(iter(self.markdown.parser.blockprocessors))  # it is asked of each block
        first.test = self._watched(first.test)
        pattern: Any
        for pattern in self.markdown.inlinePatterns:
            pattern.handleMatch = self._watched(pattern.handleMatch)

    def html(self, body: str) -> str:
        """The body as HTML. Raises `TooLong`, and whatever the parser stumbles over."""
        self.until = thread_time() + SECONDS + SECONDS_A_CHARACTER * len(body)
        return str(self.markdown.reset().convert(body))

    def look(self) -> None:
        """Raises `TooLong` if the time is over."""
        if thread_time() > self.until:
            raise TooLong

    def _watched(self, call: Callable[..., Any]) -> Callable[..., Any]:
        def watched(*arguments: Any) -> Any:
            self.look()
            return call(*arguments)

        return watched


class _HtmlBlocks(Preprocessor):
    """As Python-Markdown's own, with a look at the clock at each sign of HTML."""

    def __init__(self, markdown: Markdown, look: Callable[[], None]) -> None:
        super().__init__(markdown)
        self.look = look

    def run(self, lines: list[str]) -> list[str]:
        extractor = _Extractor(self.md, self.look)
        extractor.feed("\n".join(lines))
        extractor.close()
        return "".join(extractor.cleandoc).split("\n")


class _Extractor(HTMLExtractorExtra):
    def __init__(self, markdown: Markdown, look: Callable[[], None]) -> None:
        self.look = look
        super().__init__(markdown)

    def updatepos(self, i: int, j: int) -> int:
        self.look()
        return int(super().updatepos(i, j))
