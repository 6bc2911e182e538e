"""Hugo's shortcodes: found in the body, their output put in before Markdown (`{{% %}}`) or after it (`{{< >}}`)."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from html import escape
from itertools import count
from operator import itemgetter

from posts.rendering.elements import MADE
from posts.rendering.errors import RenderingError
from posts.rendering.shortcode_tags import Tag, paired, tags
from posts.sentences import Number, Sentence, gettext_noop

DEEPEST = 32
"""Pairs inside one another; those further in are shown as they are written."""

DEEPEST_INDENTATION = 32
"""Characters before a call that the lines of its output get too; a bound, for the two multiply."""

LONGEST_REPEATED = 10_000_000
"""Characters that outputs may come to where a text repeats them."""

_MARK_IN_TEXT = re.compile(r"SHORTCODE(\d{1,9})X")
_BLOCK = re.compile(r"\s*<(?:aside|audio|blockquote|details|div|dl|figure|h[1-6r]|ol|p|pre|section|table|ul|video)\b")
_BLANK_LINES = re.compile(r"(?<=\n)(?:[ \t]*+\n)++")
_HEADING = re.compile("<(h[1-6])>")
_LINE_BREAK = re.compile(r"\n(?!\n)")
_DEFINED_LINK = re.compile(r"^[ \t]*+\[(?!\^)[^\]\n]++\]:[ \t]*+\S", re.MULTILINE)
_LINE_WITH_TEXT = re.compile(r"\n(?=[ \t]*+\S)")
_BEGINS_ADDRESS = re.compile(r"(?:\]\(<?|= ?[\"']?)$")
_ACTION = re.compile(r"\{\{[^{}]*+\}\}")  # of a Go template
_ONE_PARAGRAPH = re.compile(r"\s*+<p>((?:(?!</p>).)*+)</p>\s*", re.DOTALL)

Markdown = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Shortcode:
    """One call. Positional arguments have the keys "0", "1", …; `inner` is None for one that is not closed,
    "" for one that ends in `/>}}`.

    What stands inside has been expanded already. `markdown` makes HTML of a text in the body's own grammar.
    """

    name: str
    arguments: Mapping[str, str]
    inner: str | None
    markdown: Markdown
    indentation: str = ""  # before the call, where that begins its line

    @property
    def code(self) -> str:
        """What stands inside, its lines no further in than the call, without empty lines around it."""
        return re.sub(rf"^{self.indentation}", "", self.inner or "", flags=re.MULTILINE).strip("\r\n")

    def inline(self, text: str) -> str:
        """The text as HTML, without the paragraph around it where it is a single one."""
        html = self.markdown(text)
        single = _ONE_PARAGRAPH.fullmatch(html)
        return single[1] if single else html


class ShortcodeError(Exception):
    """A call that gives nothing to show, and the problem. The call is shown as it is written, or `instead` of it this HTML."""

    def __init__(self, problem: Sentence, *, instead: str | None = None) -> None:
        super().__init__(problem)
        self.problem, self.instead = problem, instead


Shortcodes = Callable[[Shortcode], str | None]
"""A call's HTML, None for a name that there is not. Raises ShortcodeError, and nothing else for what an author writes."""


@dataclass(frozen=True, slots=True)
class ShortcodeFinding:
    """What an author should know of one call. `line` and `column` count from 1, at the beginning of the body."""

    name: str  # "" where none can be read
    line: int
    column: int
    problem: Sentence

    @property
    def sentence(self) -> Sentence:
        """Which shortcode it is, and what is wrong with it."""
        if not self.name:
            return self.problem
        return gettext_noop("the shortcode %(name)s: %(problem)s") % {"name": self.name, "problem": self.problem}


@dataclass(frozen=True, slots=True)
class Expansion:
    """A body whose shortcodes are expanded: `body` is for the Markdown engine, `put_in` for what comes out of it."""

    body: str
    findings: tuple[ShortcodeFinding, ...]
    _mark: str
    _outputs: Sequence[str]

    def put_in(self, html: str) -> str:
        """The engine's HTML with the output of each `{{< >}}`; blocks that fill a paragraph take its place.

        Raises RenderingError where a text repeats outputs, by reference, until they are too long.
        """
        if not self._outputs:
            return html
        mark = rf"{self._mark}(\d{{1,9}})E"
        marks = re.compile(mark)
        length = sum(len(self._output(found)) for found in marks.finditer(html))
        if length > LONGEST_REPEATED and length > 2 * sum(map(len, self._outputs)):
            raise too_long(length)
        html = re.sub(rf"<p>((?:\s*+{mark})++)\s*+</p>", partial(self._unwrapped, marks), html)
        return marks.sub(self._output, html)

    def _unwrapped(self, marks: re.Pattern[str], paragraph: re.Match[str]) -> str:
        outputs = [self._output(found) for found in marks.finditer(paragraph[1])]
        return paragraph[1] if all(not output or _BLOCK.match(output) for output in outputs) else paragraph[0]

    def _output(self, mark: re.Match[str]) -> str:
        """That of the mark; the mark itself if it is one that a reference to a character has made."""
        number = int(mark[1])
        return self._outputs[number] if number < len(self._outputs) else mark[0]


def too_long(length: int) -> RenderingError:
    """What is raised for outputs that make a page of this many characters."""
    problem = gettext_noop("they are repeated to %(length)s characters") % {"length": Number(length)}
    return RenderingError("shortcodes", problem)


def expanded(body: str, shortcodes: Shortcodes, markdown: Markdown) -> Expansion:
    """The body with its shortcodes expanded, in time that grows with its length only. Raises what `shortcodes` raises."""
    taken = {int(number) for number in _MARK_IN_TEXT.findall(body)}
    mark = f"SHORTCODE{next(number for number in count() if number not in taken)}X"
    work = _Work(body, shortcodes, markdown, mark)
    text = work.text(paired(list(tags(body))))
    found = [(tag.start, tag.name, problem) for tag, problem in work.problems]
    return Expansion(text, tuple(located(body, found)), mark, work.outputs)


@dataclass(slots=True)
class _Frame:
    """A pair that is open: where its text begins among the parts, and what ends it."""

    opening: Tag
    closing: Tag
    parts: list[str] = field(default_factory=list)


@dataclass(slots=True)
class _Work:
    """The walk through the tags, with what it has put aside for later."""

    body: str
    shortcodes: Shortcodes
    markdown: Markdown
    mark: str
    outputs: list[str] = field(default_factory=list)
    problems: list[tuple[Tag, Sentence]] = field(default_factory=list)
    frames: list[_Frame] = field(default_factory=list)
    parts: list[str] = field(default_factory=list)
    put_in: int = 0  # characters of outputs that hold others

    def text(self, pairs: Iterator[tuple[Tag, Tag | None]]) -> str:
        """The body for the Markdown engine."""
        at = 0
        for tag, closing in pairs:
            self._current().append(self.body[at : tag.start])
            at = tag.end
            self._take(tag, closing)
        return "".join([*self.parts, self.body[at:]])

    def _current(self) -> list[str]:
        return self.frames[-1].parts if self.frames else self.parts

    def _take(self, tag: Tag, closing: Tag | None) -> None:
        if tag.text:
            self._show_as_written(tag, tag.text, tag.problem)
        elif self.frames and self.frames[-1].closing is tag:
            frame = self.frames.pop()
            self._call(frame.opening, "".join(frame.parts), tag)
        elif tag.closes:
            self._show_as_written(tag, self._written(tag), gettext_noop("it is closed here and was not opened"))
        elif closing is None:
            self._call(tag, "" if tag.alone else None, tag)
        elif len(self.frames) == DEEPEST:
            problem = gettext_noop("it stands inside more than %(most)s others") % {"most": DEEPEST}
            self._show_as_written(tag, self._written(tag), problem)
        else:
            self.frames.append(_Frame(tag, closing))

    def _call(self, tag: Tag, inner: str | None, closing: Tag) -> None:
        try:
            output = self.shortcodes(self._called(tag, inner and self._whole(inner)))
        except ShortcodeError as error:
            if error.instead is not None:
                self.problems.append((tag, error.problem))
                self._show(tag, (inner or "") if self._is_in_address() else error.instead, inner)
                return
            self._show_as_written(tag, self._written(tag), error.problem)
            if inner is not None:
                self._current().append(inner)
                self._show_as_written(closing, self._written(closing))
            return
        if output is None:
            with_content = gettext_noop("the site does not know it; its content shows without it")
            alone = gettext_noop("the site does not know it, and nothing shows in its place")
            self.problems.append((tag, with_content if inner else alone))
            self._show_inside(tag, _ACTION.sub("", inner or "") if tag.name.endswith(".inline") else inner or "")
        else:
            self._show(tag, output, inner)

    def _show(self, tag: Tag, output: str, inner: str | None) -> None:
        """Puts the output in. Behind a block of `{{% %}}` Markdown goes on, for Hugo's templates end their line."""
        if self.frames:
            self._current().append(output if inner else self._indented(output))
        elif tag.kind == "%":
            end = "\n" if _BLOCK.match(output) else ""
            self._current().append((output if inner else self._indented(output)) + end)
        else:
            self._put_aside(output)

    def _is_in_address(self) -> bool:
        """Whether the call stands where an address begins, of a link or in HTML: no block has room there."""
        return _BEGINS_ADDRESS.search(self._current()[-1][-3:]) is not None

    def _called(self, tag: Tag, inner: str | None) -> Shortcode:
        """Inside another, `{{% %}}` has its text as Markdown before it is called, one line without a paragraph (Hugo)."""
        markdown = self._unbroken if tag.kind == "%" and not self.frames else self.markdown
        shortcode = Shortcode(tag.name, tag.arguments, inner, markdown, self._indentation(tag))
        if not inner or tag.kind == "<" or not self.frames:
            return shortcode
        return replace(shortcode, inner=self.markdown(inner) if "\n" in inner else shortcode.inline(inner))

    def _unbroken(self, text: str) -> str:
        """The text as HTML whose blank lines are put aside: Markdown reads it once more, and would begin anew there. Its
        headings have their ids, which those of HTML have not."""
        html = _HEADING.sub(rf'<\1 {MADE}="true">', self.markdown(text))
        return _BLANK_LINES.sub(lambda found: self._aside(found[0]), html)

    def _indented(self, output: str) -> str:
        """Each line as far in as the call, where that begins its line (Hugo)."""
        before = self._current()[-1].rpartition("\n")[2]
        are_set_in = before.isspace() and len(before) <= DEEPEST_INDENTATION
        return _LINE_BREAK.sub("\n" + before, output) if are_set_in else output

    def _indentation(self, tag: Tag) -> str:
        begin = max(tag.start - DEEPEST_INDENTATION - 1, 0)
        line_end = self.body.rfind("\n", begin, tag.start)
        before = self.body[line_end + 1 : tag.start] if line_end >= 0 or not begin else ""
        return before if before.isspace() else ""

    def _show_inside(self, tag: Tag, inner: str) -> None:
        """The text of one that the site does not know. A mark for nothing keeps what stands before it and after it
        apart, and links that are defined in the text are its own, as in Hugo."""
        is_of_body = tag.kind == "%" and not self.frames
        if _DEFINED_LINK.search(inner) and not is_of_body:
            code = Shortcode(tag.name, tag.arguments, inner, self.markdown, self._indentation(tag)).code
            self._put_aside(self._whole(self.markdown(code)))
        elif inner or self.frames or is_of_body:
            self._current().append(self._set_in(tag, inner))
        else:
            self._put_aside("")

    def _whole(self, text: str) -> str:
        """The text with what was put aside in it, so that no output waits for another.

        Raises RenderingError where outputs in outputs repeat one another until they are too long.
        """
        if self.mark not in text:
            return text
        whole = Expansion("", (), self.mark, self.outputs).put_in(text)
        self.put_in += len(whole)
        if self.put_in > LONGEST_REPEATED + 2 * len(self.body):
            raise too_long(self.put_in)
        return whole

    def _set_in(self, tag: Tag, inner: str) -> str:
        """The text as far in as its call, for in a list one that stands further out would end the item."""
        before = self._indentation(tag)
        lines = inner.split("\n")[1:]
        are_outside = any(line.strip() and not line.startswith(before) for line in lines)
        return _LINE_WITH_TEXT.sub(rf"\n{before}", inner) if are_outside else inner

    def _written(self, tag: Tag) -> str:
        return self.body[tag.start : tag.end]

    def _show_as_written(self, tag: Tag, text: str, problem: Sentence | None = None) -> None:
        """At the top Markdown does not see the text; inside a pair it belongs to that."""
        if problem:
            self.problems.append((tag, problem))
        if self.frames:
            self._current().append(text)
        else:
            self._put_aside(escape(text, quote=False))

    def _put_aside(self, output: str) -> None:
        self._current().append(self._aside(output))

    def _aside(self, output: str) -> str:
        """The mark in whose place `put_in` puts the output."""
        self.outputs.append(output)
        return f"{self.mark}{len(self.outputs) - 1}E"


def located(body: str, found: Iterable[tuple[int, str, Sentence]]) -> Iterator[ShortcodeFinding]:
    """The findings in the order of the text, of offsets, names and problems. Lines are counted on from one to the next."""
    line, begins, at = 1, 0, 0
    for start, name, problem in sorted(found, key=itemgetter(0)):
        line += body.count("\n", at, start)
        begins = max(begins, body.rfind("\n", at, start) + 1)
        at = start
        yield ShortcodeFinding(name, line, at - begins + 1, problem)
