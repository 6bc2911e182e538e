"""Where the blocks of a Markdown text begin and end, told line by line."""

import re

from posts.lint.inlines import AUTOLINK, normalized
from posts.lint.markdown import Block, Form, Kind, Link

_BEGINS_AN_ITEM = "-*+0123456789"
_BEGINS_A_LEAF = "#`~=-|:*_<["  # any but a paragraph
_SPACES = re.compile(r"[ \t]*")
_ITEM = re.compile(r"([-*+]|\d{1,9}[.)])(?:([ \t]+)|(?=\r?$))", re.MULTILINE)
_THEMATIC_BREAK = re.compile(r"([-*_])[ \t]*+(?:\1[ \t]*+){2,}+\r?$", re.MULTILINE)
_ATX = re.compile(r"(#{1,6})(?:[ \t]++|(?=\r?$))", re.MULTILINE)
_SETEXT = re.compile(r"(?:=+|-+)[ \t]*\r?$", re.MULTILINE)
_TABLE_RULE = re.compile(r"(?=[^\n]*\|)\|?(?:[ \t]*+:?-++:?[ \t]*+(?:\||(?=\r?$)))++[ \t]*+\r?$", re.MULTILINE)
_FENCE = re.compile(r"(`{3,})[^`\n]*$|(~{3,})[^\n]*$", re.MULTILINE)
_DEFINITION = re.compile(r"\[(?!\^)([^\[\]\n]{1,999})\]:[ \t]*+<?([^\s<>]++)>?[^\n]*")
_BLANK_LINE = re.compile(r"\n[ \t>]*\r?(?=\n|\Z)")
# HTML blocks of kinds 1 to 5 and the ends that close them; kinds 6 and 7 end at a blank line.
_HTML_UNTIL = (
    (re.compile(r"<(script|pre|style|textarea)(?=[\s>])", re.IGNORECASE), r"</(?:script|pre|style|textarea)>"),
    (re.compile(r"<!--"), r"-->"),
    (re.compile(r"<\?"), r"\?>"),
    (re.compile(r"<!\[CDATA\["), r"\]\]>"),
    (re.compile(r"<![A-Za-z]"), r">"),
)
HTML_UNREAD = re.compile(r"<(?:script|pre|style|textarea|[!?])", re.IGNORECASE)
_HTML_BLOCK = re.compile(
    r"</?(?:address|article|aside|base|basefont|blockquote|body|caption|center|col|colgroup|dd|details|dialog|dir|div|"
    r"dl|dt|fieldset|figcaption|figure|footer|form|frame|frameset|h[1-6]|head|header|hr|html|iframe|legend|li|link|"
    r"main|menu|menuitem|nav|noframes|ol|optgroup|option|p|param|search|section|summary|table|tbody|td|tfoot|th|"
    r"thead|title|tr|track|ul)(?=[\s/>])",
    re.IGNORECASE,
)
_HTML_TAG_ALONE = re.compile(r"</?[A-Za-z][^<>\n]*>[ \t]*\r?$", re.MULTILINE)


class BlockScanner:
    """Goes from line to line; an open paragraph is the last block while `in_paragraph`."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.blocks: list[Block] = []
        self.definitions: dict[str, tuple[str, int]] = {}  # label → the address as written and where
        self.defined: list[Link] = []
        self.in_paragraph = False
        self.contents: list[int] = []  # columns at which the contents of the open list items begin
        self.quote_depth = 0

    def run(self, start: int) -> None:
        at = start
        while at < len(self.text):
            end = self.text.find("\n", at)
            end = len(self.text) if end < 0 else end
            at = max(end, self._line(at, end)) + 1

    def _line(self, at: int, end: int) -> int:
        """Reads one line; returns where what it began ends, which may be lines below."""
        column, depth = 0, 0
        if self.text[at] in " \t>":
            at, column, depth = self._inside_quotes(at, end)
        if at >= end or self.text[at] == "\r":
            self.in_paragraph = False
            return end
        if depth != self.quote_depth and not (self.in_paragraph and depth == 0):
            self.in_paragraph, self.contents, self.quote_depth = False, [], depth
        while self.contents and column < self.contents[-1]:
            self.contents.pop()
        indentation = self.contents[-1] if self.contents else 0
        if column - indentation >= 4:
            if self.in_paragraph:
                self.blocks[-1].end = self.blocks[-1].inner_end = self._line_end(end)
            else:
                self._add(Kind.CODE, at, end)
            return end
        if self.text[at] in _BEGINS_AN_ITEM:
            at, is_code = self._inside_items(at, column, end)
            if is_code:
                self._add(Kind.CODE, at, end)
            if is_code or at >= end:
                return end
        return self._leaf(at, end) if self.text[at] in _BEGINS_A_LEAF else self._paragraph(at, end)

    def _inside_quotes(self, at: int, end: int) -> tuple[int, int, int]:
        """Where the line's own text begins, its column (counted from the last quote mark on), and the quote's depth."""
        depth, column = 0, 0
        while True:
            at, column = self._indented(at, column, end)
            if column > 3 or not self.text.startswith(">", at):
                return at, column, depth
            at, column, depth = at + 1, 0, depth + 1
            if self.text.startswith(" ", at):
                at += 1

    def _indented(self, at: int, column: int, end: int) -> tuple[int, int]:
        """Where the text behind white space begins, and in which column."""
        spaces = _SPACES.match(self.text, at, end)
        for each in spaces[0] if spaces else "":
            column = column + 1 if each == " " else column + 4 - column % 4
            at += 1
        return at, column

    def _inside_items(self, at: int, column: int, end: int) -> tuple[int, bool]:
        """Where the text of the innermost list item that this line opens begins, and whether it is indented code."""
        while self.text[at] in _BEGINS_AN_ITEM and (item := _ITEM.match(self.text, at, end)):
            if _THEMATIC_BREAK.match(self.text, at, end) or not self._may_begin(item):
                break
            self.in_paragraph = False
            text_at, text_column = self._indented(item.end(1), column + len(item[1]), end)
            gap = text_column - column - len(item[1])
            is_code = gap > 4
            if is_code or text_at >= end:
                text_column = column + len(item[1]) + 1
            self.contents.append(text_column)
            at, column = text_at, text_column
            if is_code or at >= end:
                return at, is_code
        return at, False

    def _may_begin(self, item: re.Match[str]) -> bool:
        """Whether a list may begin here: inside a paragraph an empty item may not, nor one that counts from another number."""
        if not self.in_paragraph or self.contents:
            return True
        return item[2] is not None and (item[1] in "-*+" or item[1][:-1] == "1")

    def _leaf(self, at: int, end: int) -> int:
        """Reads a line's text that begins with one of `_BEGINS_A_LEAF`; returns where what it began ends."""
        first = self.text[at]
        if first == "#" and (mark := _ATX.match(self.text, at, end)):
            return self._heading(at, mark.end(), end, len(mark[1]))
        if first in "`~" and (fence := _FENCE.match(self.text, at, end)):
            return self._fenced(at, fence, end)
        if self.in_paragraph and first in "=-" and _SETEXT.match(self.text, at, end):
            return self._underlined(first, end)
        if first in "|:-" and self._is_open(Kind.PARAGRAPH) and _TABLE_RULE.match(self.text, at, end):
            self.blocks[-1].kind = Kind.TABLE
        elif first in "-*_" and _THEMATIC_BREAK.match(self.text, at, end):
            self.in_paragraph = False
            return end
        elif first == "<" and (html_end := self._html_end(at, end)):
            return self._add(Kind.HTML, at, html_end)
        elif first == "[" and not self.in_paragraph and (definition := _DEFINITION.match(self.text, at, end)):
            return self._define(definition, end)
        return self._paragraph(at, end)

    def _is_open(self, kind: Kind) -> bool:
        return self.in_paragraph and self.blocks[-1].kind is kind

    def _add(self, kind: Kind, at: int, end: int) -> int:
        end = self._line_end(end)
        self.blocks.append(Block(kind, at, end, at, end, 0, bool(self.contents), self.quote_depth > 0))
        self.in_paragraph = kind is Kind.PARAGRAPH
        return end

    def _line_end(self, end: int) -> int:
        return end - 1 if self.text.endswith("\r", 0, end) else end

    def _paragraph(self, at: int, end: int) -> int:
        if not self.in_paragraph:
            return self._add(Kind.PARAGRAPH, at, end)
        block = self.blocks[-1]
        block.end = block.inner_end = self._line_end(end)
        return end

    def _heading(self, at: int, inner_start: int, end: int, level: int) -> int:
        self._add(Kind.HEADING, at, end)
        heading = self.blocks[-1]
        inner = _without_closing(self.text[inner_start : heading.end].rstrip())
        heading.level, heading.inner_start, heading.inner_end = level, inner_start, inner_start + len(inner)
        return end

    def _underlined(self, mark: str, end: int) -> int:
        heading = self.blocks[-1]
        heading.kind, heading.level, heading.end = Kind.HEADING, 1 if mark == "=" else 2, self._line_end(end)
        self.in_paragraph = False
        return end

    def _fenced(self, at: int, fence: re.Match[str], end: int) -> int:
        mark = fence[1] or fence[2]
        closing = re.compile(rf"^[ \t>]*{mark[0]}{{{len(mark)},}}[ \t]*\r?$", re.MULTILINE).search(self.text, end)
        return self._add(Kind.CODE, at, closing.end() if closing else len(self.text))

    def _html_end(self, at: int, end: int) -> int | None:
        """Where the HTML block that begins here ends; None if none does."""
        for opening, ending in _HTML_UNTIL:
            if opening.match(self.text, at, end):
                closing = re.compile(rf"(?:{ending})[^\n]*", re.IGNORECASE).search(self.text, at)
                return closing.end() if closing else len(self.text)
        alone = not self.in_paragraph and not AUTOLINK.match(self.text, at, end)
        if _HTML_BLOCK.match(self.text, at, end) or alone and _HTML_TAG_ALONE.match(self.text, at, end):
            blank = _BLANK_LINE.search(self.text, at)
            return blank.start() if blank else len(self.text)
        return None

    def _define(self, definition: re.Match[str], end: int) -> int:
        label, target, target_start = definition[1], definition[2], definition.start(2)
        self._add(Kind.DEFINITION, definition.start(), end)
        self.definitions.setdefault(normalized(label), (target, target_start))
        here = definition.start(), definition.end(), definition.start(1), definition.end(1)
        self.defined.append(Link(Form.REFERENCE, *here, target, target_start))
        return end


def _without_closing(heading: str) -> str:
    """The heading's text without the `##` that may close it."""
    text = heading.rstrip("#")
    return text.rstrip() if text == "" or text[-1] in " \t" else heading
