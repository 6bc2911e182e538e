"""The links inside one block of a Markdown text, and what in it is no prose."""

import re
from bisect import bisect_left
from dataclasses import dataclass, field

from posts.lint.markdown import Block, Form, Link, Markdown

_MARK = re.compile(r"[\\`<\[\]{:]")
_BACKTICKS = re.compile(r"`+")
AUTOLINK = re.compile(r"<((?:[A-Za-z][A-Za-z0-9+.-]{1,31}:|[\w.+-]+@)[^\s<>]*)>")
_TAG = re.compile(r"</?[A-Za-z][^<>]*>|<!--")
_OPAQUE_ELEMENT = re.compile(r"<(code|kbd|samp|pre|script|style|math|svg)\b", re.IGNORECASE)
_TEMPLATE_ENDS = {"{{": "}}", "{%": "%}"}
_BARE_ADDRESS = re.compile(r"https?://[^\s<>\[\]\"`]+", re.IGNORECASE)
_MARKS_BEHIND = "?!.,:;*_~'"
_TAIL = re.compile(
    r"\(\s*+(?:<([^<>\n]*)>|((?:\{\{[^{}\n]*\}\}|\{%[^{}\n]*%\}|[^\s()\\]|\\.|\([^\s()]*\))*+))"
    r"(\s++(?:\"[^\"]*\"|'[^']*'|\([^()]*\)))?+\s*+\)"
)
_LABEL = re.compile(r"\[([^\[\]]{0,999})\]")


def normalized(text: str) -> str:
    """A reference's label as definitions are looked up by it."""
    return " ".join(text.casefold().split())


@dataclass(slots=True)
class InlineScanner:
    """Adds to `markdown` the links of one block and what in it is no prose."""

    markdown: Markdown
    block: Block
    definitions: dict[str, tuple[str, int]]
    openings: list[tuple[int, int]] = field(default_factory=list)  # start and end of each open `[` or `![`
    images: int = 0  # of those, how many from the first on are known to be `![`
    ticks: dict[int, list[int]] = field(default_factory=dict)  # where the runs of so many backticks begin
    unclosed: set[str] = field(default_factory=set)  # what was looked for in vain up to the block's end
    hidden: list[tuple[int, int]] = field(default_factory=list)  # what of the block is no prose
    escaped: int = -1  # the last character behind a backslash

    def run(self) -> None:
        text, end = self.markdown.text, self.block.inner_end
        at = self.block.inner_start
        while mark := _MARK.search(text, at, end):
            at = self._marked(mark, end)
        if self.hidden:
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
        if not self.ticks:
            for run in _BACKTICKS.finditer(text, self.block.inner_start, end):
                self.ticks.setdefault(len(run[0]), []).append(run.start())
        here = _BACKTICKS.match(text, at, end)
        length = len(here[0]) if here else 1
        closings = self.ticks.get(length, [])
        closing = bisect_left(closings, at + length)
        return self._hide(at, closings[closing] + length) if closing < len(closings) else at + length

    def _template(self, at: int, end: int) -> int:
        closing = _TEMPLATE_ENDS.get(self.markdown.text[at : at + 2])
        found = self._find(closing, at + 2, end) if closing else -1
        if found < 0:
            return at + 1
        self.markdown.templates.append((at, found))
        return self._hide(at, found)

    def _angle(self, at: int, end: int) -> int:
        text = self.markdown.text
        if autolink := AUTOLINK.match(text, at, end):
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
        target = _without_tail(address[0])
        self.markdown.links.append(Link(Form.BARE, at, at + len(target), at, at + len(target), target, at))
        return self._hide(at, max(at + len(target), colon + 3))

    def _closed(self, at: int, end: int) -> int:
        """What a `]` ends: a link, an image, or nothing."""
        if not self.openings:
            return at + 1
        start, text_start = self.openings.pop()
        self.images = min(self.images, len(self.openings))
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
            if not self.definitions or not (known := self.definitions.get(normalized(written))):
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
            further = self.openings[self.images :]
            self.openings[self.images :] = [opening for opening in further if opening[1] - opening[0] == 2]
            self.images = len(self.openings)
            self._hide(link.text_end, link.end)


def _without_tail(address: str) -> str:
    """The address without the marks behind it, and without a closing bracket that none in it opens."""
    end, unopened = len(address.rstrip(_MARKS_BEHIND)), address.count(")") - address.count("(")
    while unopened > 0 and address[end - 1] == ")":
        unopened -= 1
        end -= 1
        while address[end - 1] in _MARKS_BEHIND:
            end -= 1
    return address[:end]
