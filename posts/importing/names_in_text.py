"""Where a document's text has the names of its files."""

import re
from urllib.parse import unquote


class NamesInText:
    """Places of names that are asked for in the text's order: what was searched for one is not searched again."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._begin()

    def place(self, name: str) -> tuple[str, int, int] | None:
        """The name as it is written, for a page has it encoded and HTML its signs, its line and its column; None where it is not there."""
        if not (written := self._next(name)):
            self._begin()
            if not (written := self._next(name)):
                return None
        return written, self.line, self.offset - self.start_of_line + 1

    def _begin(self) -> None:
        """To the text's beginning; a byte-order mark has no column."""
        self.offset, self.line = 0, 1
        self.start_of_line = 1 if self.text.startswith("\ufeff") else 0

    def _next(self, name: str) -> str:
        """How the name is written where it stands next, to which this goes; empty where it does not."""
        written, at = self._found(name)
        if at < 0:
            return ""
        self.line += self.text.count("\n", self.offset, at)
        self.start_of_line = self.text.rfind("\n", self.offset, at) + 1 or self.start_of_line
        self.offset = at
        return written

    def _found(self, name: str) -> tuple[str, int]:
        spellings = {name, unquote(name), name.replace("&", "&amp;")}
        if len(spellings) == 1:
            return name, self.text.find(name, self.offset)
        any_of_them = re.compile("|".join(map(re.escape, spellings))).search(self.text, self.offset)
        return (any_of_them[0], any_of_them.start()) if any_of_them else (name, -1)
