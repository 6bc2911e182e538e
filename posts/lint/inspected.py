"""A document with what the rules need to know of it, each worked out at most once."""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property, lru_cache
from string import ascii_letters

from posts.document import Document
from posts.lint import english
from posts.lint.markdown import Markdown
from posts.lint.scanning import scan
from posts.markup import Markup

# Each ASCII letter in lower case, each other byte of UTF-8 as a space.
_LETTERS_ONLY = bytes(code | 0x20 if chr(code) in ascii_letters else ord(" ") for code in range(256))

# The findings and the links of one document are asked for one after the other.
_scanned = lru_cache(maxsize=1)(scan)


@dataclass
class Inspected:
    """What a rule looks at. All offsets are those of `text`, which is the whole document."""

    document: Document
    language: str | None = None  # as in `lang=`; None: told from the text
    shortcodes: Collection[str] | None = None  # the names that the site knows; None: nobody asks
    markup: Markup = Markup.COMMONMARK
    keys: Collection[str] = ()  # of the front matter, that the site reads besides what every site does

    @property
    def text(self) -> str:
        return self.document.text

    @cached_property
    def markdown(self) -> Markdown:
        return _scanned(self.text, self.document.body_start, is_html=self.markup is Markup.HTML)

    @cached_property
    def words(self) -> frozenset[str]:
        """The words of the prose, each once."""
        return frozenset(self._words())

    @cached_property
    def word_counts(self) -> Counter[str]:
        """How often each word stands in the prose."""
        return Counter(self._words())

    def _words(self) -> list[str]:
        """In lower case; a word is a run of the letters a to z."""
        return self.markdown.prose.encode("utf-8", "replace").translate(_LETTERS_ONLY).decode("ascii").split()

    @cached_property
    def is_english(self) -> bool:
        if self.language is not None:
            return self.language.lower().split("-")[0] == "en"
        return english.is_english(self.markdown.prose, self.word_counts)

    @cached_property
    def apostrophe(self) -> str:
        """The apostrophe that the document writes: the straight one only where it has no other."""
        body = self.document.body
        return "'" if "'" in body and "’" not in body else "’"

    def key_start(self, key: str, *, within: str = "") -> int:
        """Where a front-matter key stands, below another if one is given; where the front matter begins if nowhere."""
        start = self.key_start(within) if within else self.document.front_start
        dotted = rf"|\b{re.escape(within)}\." if within else ""
        written = re.compile(rf"(?:^[ \t]*|[{{,][ \t]*{dotted})[\"']?({re.escape(key)})[\"']?[ \t]*[:=]", re.M | re.I)
        found = written.search(self.text, start, self.document.front_end)
        return found.start(1) if found else start

    def place(self, offset: int) -> tuple[int, int]:
        """Line and column of a character, from 1; a byte-order mark has no column."""
        line = bisect_right(self._line_starts, offset)
        return line, offset - self._line_starts[line - 1] + 1

    def offset(self, line: int, column: int) -> int:
        """The character at a line and a column, both from 1; `place` gives them back."""
        return self._line_starts[line - 1] + column - 1

    @cached_property
    def _line_starts(self) -> list[int]:
        starts = [1 if self.text.startswith("\ufeff") else 0]
        while end := self.text.find("\n", starts[-1]) + 1:
            starts.append(end)
        return starts
