"""A Markdown text's blocks and links with the offsets at which they stand, in one pass without rendering.

It follows CommonMark 0.31 and GitHub's tables where the rules of the lint depend on it, is linear in the text's length,
takes any text, and where a text is doubtful prefers to call it no prose. comrak renders, but tells no positions.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum, auto
from functools import cached_property

FILLING = "\ufffc"  # stands in `Markdown.prose` for each character that is no prose

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
_HTML_UNREAD = re.compile(r"<(?:script|pre|style|textarea|[!?])", re.IGNORECASE)
_HTML_BLOCK = re.compile(
    r"</?(?:address|article|aside|base|basefont|blockquote|body|caption|center|col|colgroup|dd|details|dialog|dir|div|"
    r"dl|dt|fieldset|figcaption|figure|footer|form|frame|frameset|h[1-6]|head|header|hr|html|iframe|legend|li|link|"
    r"main|menu|menuitem|nav|noframes|ol|optgroup|option|p|param|search|section|summary|table|tbody|td|tfoot|th|"
    r"thead|title|tr|track|ul)(?=[\s/>])",
    re.IGNORECASE,
)
_HTML_TAG_ALONE = re.compile(r"</?[A-Za-z][^<>\n]*>[ \t]*\r?$", re.MULTILINE)

_INLINE_MARK = re.compile(r"[\\`<\[\]{:]")
_BACKTICKS = re.compile(r"`+")
_AUTOLINK = re.compile(r"<((?:[A-Za-z][A-Za-z0-9+.-]{1,31}:|[\w.+-]+@)[^\s<>]*)>")
_TAG = re.compile(r"</?[A-Za-z][^<>]*>|<!--")
_OPAQUE_ELEMENT = re.compile(r"<(code|kbd|samp|pre|script|style|math|svg)\b", re.IGNORECASE)
_TEMPLATE_ENDS = {"{{": "}}", "{%": "%}"}
_BARE_ADDRESS = re.compile(r"https?://[^\s<>\[\]\"`]+", re.IGNORECASE)
_TAIL = re.compile(
    r"\(\s*+(?:<([^<>\n]*)>|((?:\{\{[^{}\n]*\}\}|\{%[^{}\n]*%\}|[^\s()\\]|\\.|\([^\s()]*\))*+))"
    r"(\s++(?:\"[^\"]*\"|'[^']*'|\([^()]*\)))?+\s*+\)"
)
_LABEL = re.compile(r"\[([^\[\]]{0,999})\]")


class Kind(Enum):
    """What a block is."""

    HEADING = auto()
    PARAGRAPH = auto()
    TABLE = auto()
    CODE = auto()
    HTML = auto()
    DEFINITION = auto()


@dataclass(slots=True)
class Block:
    """`text[start:end]` is the whole block without its last line end, `text[inner_start:inner_end]` what it says."""

    kind: Kind
    start: int
    end: int
    inner_start: int
    inner_end: int
    level: int = 0  # of a heading, 1 to 6
    in_list: bool = False
    in_quote: bool = False


class Form(Enum):
    """How a link is written."""

    INLINE = auto()  # [text](address)
    REFERENCE = auto()  # [text][label], the address in a definition
    AUTOLINK = auto()  # <https://…>
    BARE = auto()  # https://… in running text
    HTML = auto()  # <a href>, <img src>


@dataclass(frozen=True, slots=True)
class Link:
    """A link or an image: where all of it, its text and its address stand."""

    form: Form
    start: int
    end: int
    text_start: int
    text_end: int
    target: str  # the address as written
    target_start: int
    is_image: bool = False
    has_title: bool = False

    @property
    def target_end(self) -> int:
        return self.target_start + len(self.target)


@dataclass
class Markdown:
    """What a text holds. All offsets are the text's."""

    text: str
    blocks: list[Block]
    links: list[Link] = field(default_factory=list)
    opaque: list[tuple[int, int]] = field(default_factory=list)  # code, tags, addresses inside blocks, by their start
    tags: list[tuple[int, int]] = field(default_factory=list)  # HTML: tags in running text, whole blocks
    templates: list[tuple[int, int]] = field(default_factory=list)  # {{…}} and {%…%} in running text

    @property
    def headings(self) -> list[Block]:
        return [block for block in self.blocks if block.kind is Kind.HEADING]

    @cached_property
    def prose(self) -> str:
        """As long as the text, with what is no running English replaced by `FILLING`, line ends between blocks too."""
        parts: list[str] = []
        at = 0
        for start, end in self._prose_spans():
            parts += FILLING * (start - at), self.text[start:end]
            at = end
        parts.append(FILLING * (len(self.text) - at))
        return "".join(parts)

    def _prose_spans(self) -> Iterator[tuple[int, int]]:
        opaque = iter([*self.opaque, (len(self.text) + 1, len(self.text) + 1)])
        hidden_start, hidden_end = next(opaque)
        for block in self.blocks:
            at = block.inner_start
            if block.kind not in _WITH_INLINES:
                continue
            while hidden_start < block.inner_end:
                if at < hidden_start:
                    yield at, hidden_start
                at = max(at, hidden_end)
                hidden_start, hidden_end = next(opaque)
            if at < block.inner_end:
                yield at, block.inner_end


_WITH_INLINES = frozenset({Kind.HEADING, Kind.PARAGRAPH, Kind.TABLE})


def scan(text: str, start: int = 0) -> Markdown:
    """The Markdown in `text[start:]`."""
    scanner = _BlockScanner(text)
    scanner.run(start)
    markdown = Markdown(text, scanner.blocks)
    for block in scanner.blocks:
        if block.kind in _WITH_INLINES:
            _InlineScanner(markdown, block, scanner.definitions).run()
        elif block.kind is Kind.HTML and not _HTML_UNREAD.match(text, block.start):
            markdown.tags.append((block.start, block.end))
    markdown.links += scanner.defined
    markdown.links += (link for start, end in markdown.tags for link in _html_links(text, start, end))
    markdown.links.sort(key=lambda link: link.start)
    return markdown


class _BlockScanner:
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
        at, is_code = self._inside_items(at, column, end)
        if is_code:
            self._add(Kind.CODE, at, end)
        return end if is_code or at >= end else self._leaf(at, end)

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
        spaces = _SPACES.match(self.text, at, end)
        for each in spaces[0] if spaces else "":
            column = column + 1 if each == " " else column + 4 - column % 4
            at += 1
        return at, column

    def _inside_items(self, at: int, column: int, end: int) -> tuple[int, bool]:
        """Where the text of the innermost list item that this line opens begins, and whether it is indented code."""
        while self.text[at] in "-*+0123456789" and (item := _ITEM.match(self.text, at, end)):
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
        first = self.text[at]
        if first == "#" and (mark := _ATX.match(self.text, at, end)):
            return self._heading(at, mark.end(), end, len(mark[1]))
        if first in "`~" and (fence := _FENCE.match(self.text, at, end)):
            return self._fenced(at, fence, end)
        if self.in_paragraph and first in "=-" and _SETEXT.match(self.text, at, end):
            return self._underlined(first, end)
        if self.in_paragraph and first in "|:-" and _TABLE_RULE.match(self.text, at, end):
            self.blocks[-1].kind = Kind.TABLE
        elif first in "-*_" and _THEMATIC_BREAK.match(self.text, at, end):
            self.in_paragraph = False
            return end
        elif first == "<" and (html_end := self._html_end(at, end)):
            return self._add(Kind.HTML, at, html_end)
        elif first == "[" and not self.in_paragraph and (definition := _DEFINITION.match(self.text, at, end)):
            return self._define(definition, end)
        return self._paragraph(at, end)

    def _add(self, kind: Kind, at: int, end: int) -> int:
        end = self._line_end(end)
        self.blocks.append(
            Block(kind, at, end, at, end, in_list=bool(self.contents), in_quote=self.quote_depth > 0),
        )
        self.in_paragraph = kind is Kind.PARAGRAPH
        return end

    def _line_end(self, end: int) -> int:
        return end - 1 if self.text[end - 1 : end] == "\r" else end

    def _paragraph(self, at: int, end: int) -> int:
        if not self.in_paragraph:
            self._add(Kind.PARAGRAPH, at, end)
        self.blocks[-1].end = self.blocks[-1].inner_end = self._line_end(end)
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
        alone = not self.in_paragraph and not _AUTOLINK.match(self.text, at, end)
        if _HTML_BLOCK.match(self.text, at, end) or alone and _HTML_TAG_ALONE.match(self.text, at, end):
            blank = _BLANK_LINE.search(self.text, at)
            return blank.start() if blank else len(self.text)
        return None

    def _define(self, definition: re.Match[str], end: int) -> int:
        label, target, target_start = definition[1], definition[2], definition.start(2)
        self._add(Kind.DEFINITION, definition.start(), end)
        self.definitions.setdefault(_label(label), (target, target_start))
        here = definition.start(), definition.end(), definition.start(1), definition.end(1)
        if not label.startswith("^"):
            self.defined.append(Link(Form.REFERENCE, *here, target, target_start))
        return end


def _without_closing(heading: str) -> str:
    """The heading's text without the `##` that may close it."""
    text = heading.rstrip("#")
    return text.rstrip() if text == "" or text[-1] in " \t" else heading


def _label(text: str) -> str:
    return " ".join(text.casefold().split())


@dataclass(slots=True)
class _InlineScanner:
    """Adds to `markdown` the links of one block and what in it is no prose."""

    markdown: Markdown
    block: Block
    definitions: dict[str, tuple[str, int]]
    openings: list[tuple[int, int]] = field(default_factory=list)  # start and end of each open `[` or `![`
    unclosed: set[str] = field(default_factory=set)  # what was looked for in vain up to the block's end
    hidden: list[tuple[int, int]] = field(default_factory=list)  # what of the block is no prose
    escaped: int = -1  # the last character behind a backslash

    def run(self) -> None:
        text, end = self.markdown.text, self.block.inner_end
        at = self.block.inner_start
        while mark := _INLINE_MARK.search(text, at, end):
            at = self._marked(mark, end)
        self.markdown.opaque += sorted(self.hidden)

    def _marked(self, mark: re.Match[str], end: int) -> int:
        """Reads what begins at a mark; returns where to read on."""
        at = mark.start()
        match mark[0]:
            case "\\":
                self.escaped = at + 1
                return at + 2
            case "`":
                return self._code(at, end)
            case "<":
                return self._angle(at, end)
            case "{":
                return self._template(at, end)
            case "]":
                return self._closed(at, end)
            case "[":
                is_image = at > self.block.inner_start and self.markdown.text[at - 1] == "!" and self.escaped != at - 1
                self.openings.append((at - is_image, at + 1))
                return at + 1
        return self._bare(at, end)

    def _hide(self, start: int, end: int) -> int:
        self.hidden.append((start, end))
        return end

    def _find(self, wanted: str, start: int, end: int) -> int:
        """Where the text ends that is wanted; -1 if the block has none. Looks in vain but once, to stay linear."""
        if wanted in self.unclosed:
            return -1
        found = self.markdown.text.find(wanted, start, end)
        if found < 0:
            self.unclosed.add(wanted)
            return -1
        return found + len(wanted)

    def _code(self, at: int, end: int) -> int:
        text = self.markdown.text
        run = _BACKTICKS.match(text, at, end)
        ticks = run[0] if run else "`"
        if ticks not in self.unclosed:
            if closing := re.compile(rf"(?<!`){ticks}(?!`)").search(text, at + len(ticks), end):
                return self._hide(at, closing.end())
            self.unclosed.add(ticks)
        return at + len(ticks)

    def _template(self, at: int, end: int) -> int:
        closing = _TEMPLATE_ENDS.get(self.markdown.text[at : at + 2])
        found = self._find(closing, at + 2, end) if closing else -1
        if found < 0:
            return at + 1
        self.markdown.templates.append((at, found))
        return self._hide(at, found)

    def _angle(self, at: int, end: int) -> int:
        text = self.markdown.text
        if autolink := _AUTOLINK.match(text, at, end):
            target, start = autolink[1], autolink.start(1)
            self.markdown.links.append(Link(Form.AUTOLINK, at, autolink.end(), start, autolink.end(1), target, start))
            return self._hide(at, autolink.end())
        tag = _TAG.match(text, at, end)
        if not tag:
            return at + 1
        closing = "-->" if tag[0] == "<!--" else ""
        if element := _OPAQUE_ELEMENT.match(tag[0]):
            closing = f"</{element[1]}>"
        found = self._find(closing, tag.end(), end) if closing else -1
        self.markdown.tags.append((at, tag.end()))
        return self._hide(at, max(found, tag.end()))

    def _bare(self, colon: int, end: int) -> int:
        """Reads an address whose `://` begins here."""
        text = self.markdown.text
        at = colon - (5 if text.startswith("s", colon - 1) else 4)
        if not (text.startswith("://", colon) and at >= 0 and (address := _BARE_ADDRESS.match(text, at, end))):
            return colon + 1
        target = address[0].rstrip("?!.,:;*_~'")
        while target.endswith(")") and target.count(")") > target.count("("):
            target = target[:-1].rstrip("?!.,:;*_~'")
        self.markdown.links.append(Link(Form.BARE, at, at + len(target), at, at + len(target), target, at))
        return self._hide(at, max(at + len(target), colon + 3))

    def _closed(self, at: int, end: int) -> int:
        """What a `]` ends: a link, an image, or nothing."""
        if not self.openings:
            return at + 1
        start, text_start = self.openings.pop()
        text = self.markdown.text
        form, has_title = Form.INLINE, False
        if tail := _TAIL.match(text, at + 1, end):
            group = 1 if tail[1] is not None else 2
            target, target_start, has_title = tail[group], tail.start(group), tail[3] is not None
            link_end = tail.end()
        else:
            label = _LABEL.match(text, at + 1, end)
            written = label[1] if label and label[1] else text[text_start : min(at, text_start + 1000)]
            form, link_end = Form.REFERENCE, label.end() if label else at + 1
            if not self.definitions or not (known := self.definitions.get(_label(written))):
                return at + 1
            target, target_start = known
        is_image = text[start] == "!"
        link = Link(form, start, link_end, text_start, at, target, target_start, is_image, has_title)
        self._keep(link)
        return link_end

    def _keep(self, link: Link) -> None:
        links = self.markdown.links
        while links and links[-1].form is Form.BARE and links[-1].start >= link.start:
            links.pop()  # an address in a link's text is no link of its own
        links.append(link)
        if link.is_image:
            self._hide(link.start, link.end)
        else:
            self.openings = [opening for opening in self.openings if opening[1] - opening[0] == 2]
            self._hide(link.text_end, link.end)


_ADDRESS_ATTRIBUTE = re.compile(r"<(img|a)\b[^<>]{0,2000}?\s(?:href|src)\s*=\s*([\"'])([^\"'<>]*)\2", re.IGNORECASE)


def _html_links(text: str, start: int, end: int) -> list[Link]:
    return [
        Link(Form.HTML, *tag.span(), *tag.span(), tag[3], tag.start(3), is_image=tag[1].lower() == "img")
        for tag in _ADDRESS_ATTRIBUTE.finditer(text, start, end)
    ]
