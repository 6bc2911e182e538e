"""Liquid's tags in a Jekyll site's body, put in Markdown's terms before it is rendered."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from html import escape
from textwrap import dedent

from posts.rendering import (
    code_lines,
    hexo_tags,
    kramdown,
    liquid_conditions,
    liquid_embeds,
    liquid_loops,
    liquid_values,
    octopress,
)
from posts.rendering.liquid_names import TAGS, Names, with_dots, with_paths
from posts.rendering.liquid_values import OUTPUT, Count
from posts.rendering.shortcodes import DEEPEST_INDENTATION, LONGEST_REPEATED, ShortcodeFinding, located
from posts.sentences import Sentence, gettext_noop

_SAID = r"((?:[^%{]|%(?!\})|\{(?!%))*+)"


def _pair(name: str, said: str = r"\s*+") -> tuple[str, re.Pattern[str], re.Pattern[str]]:
    """The name, the whole of one, and what ends it."""
    end = rf"\{{%-?\s*+end{name}\s*+-?%\}}"
    return name, re.compile(rf"\{{%-?\s*+{name}\b{said}%\}}(.*?){end}", re.DOTALL), re.compile(end)


_RAW, _COMMENT = _pair("raw", r"\s*+-?"), _pair("comment", r"\s*+-?")
_CODE, _CODEBLOCK = _pair("highlight", r"\s++([\w+#.-]++)([^%]*+)"), _pair("codeblock", _SAID)
_QUOTATION, _PULLED = _pair("blockquote", _SAID), _pair("pullquote", _SAID)
_DETAILS = _pair("details", _SAID)
_HOLDING = frozenset({"blockquote", "pullquote", "details"})
"""Pairs whose inner text is shown, and may be lost."""
_LITERAL = r"\{\{-?\s*+(?:\"([^\"\n]*+)\"|'([^'\n]*+)')\s*+-?\}\}"
_TEXT = re.compile(_LITERAL)
_RAW_OR_TEXT = re.compile(f"{_RAW[1].pattern}|{_LITERAL}", re.DOTALL)
"""What is shown as it is written; within a text in quotes no tag begins, nor one in what is raw."""
_TAG = re.compile(r"\{%-?\s*+(\w++)((?:[^%{]|%(?!\})|\{(?!%))*+)%\}")
_LOOP = re.compile(
    r"\{%-?\s*+(?:tablerow\b|for\s++([\w-]++)\s++in\s++((?:page|site\.data)\.)?+([\w-]*+)"
    r"|assign\s++([\w-]++)\s*+=\s*+((?:page|site\.data)\.)?+([\w-]*+))"
)
"""One, with whether its list is of the page's own or of the site's data, or what gives a name to such."""
_BEGINS_A_NAME = re.compile(r"\w")  # what is written right behind the site's address, which then ends in a slash
_OF_SITE = frozenset({"site.url", "site.baseurl", "base_path"})
"""Of these the last is what minimal-mistakes calls the two before it."""
_KEPT, _KEPT_END, _LOST = "\U000f0000", "\U000f0001", "\U000f0002"
"""Of a private use plane: around the number of a text that is kept aside, and where a tag shows nothing."""
_HTML_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_MARK_OF_NOTHING = re.compile(r"[ \t>]*+(?:[-*+]|\d++[.)])[ \t]*+\s?")
_MARKS = re.compile(f"[{_KEPT}{_KEPT_END}{_LOST}]")
_ASIDE = re.compile(f"{_KEPT}(\\d{{1,9}}){_KEPT_END}")

_READ = 20
"""Characters that each reading counts for besides its own, for it takes time."""

Address = Callable[[str, str], str | None]
"""The path of the document that `post_url` or `link` names; None where there is none."""
Shown = Callable[[str, str], str | None]
"""What `page` or `site` says of itself under a name; None for nothing that can be shown."""


def in_markdown(
    body: str,
    address: Address,
    value: Shown = lambda owner, name: None,
    has_file: Callable[[str], bool] = lambda address: True,
    *,
    markdown: Callable[[str], str] = kramdown.in_markdown,
    is_html: bool = False,
    is_hexo: bool = False,
) -> tuple[str, tuple[ShortcodeFinding, ...]]:
    """The body without Liquid and what only kramdown reads, in time that grows with its length, and what of it is lost:
    a tag that only the site's theme can answer gives nothing. To Hexo code holds no tags. Raises RenderingError where
    values make it too long."""
    if ("{%" not in body and "{{" not in body) or any(sign in body for sign in (_KEPT, _KEPT_END, _LOST)):
        return markdown(body), ()
    longest = LONGEST_REPEATED + 2 * len(body)
    value = _Read(value, Count(longest))
    page = partial(_of_page, value)
    body = body if is_hexo else with_paths(with_dots(body), page, longest)
    answer = partial(_tag, address=address, has_file=has_file, value=value, is_hexo=is_hexo)
    kept: list[str] = []
    text = _without_code(body, partial(_aside, kept)) if is_hexo else body
    text = _without_pairs(text, partial(_shown_pair, kept, is_html=is_html))
    text = liquid_loops.written_out(liquid_loops.trimmed(text), page, longest)
    names = Names.of(text, partial(_value, value), longest)
    findings = tuple(
        located(body, _unanswered(_without_code(body, _blank) if is_hexo else body, answer, value, names, longest))
    )
    text = liquid_conditions.decided(text, page)
    text = _TAG.sub(_Filled(answer, Count(longest)), text)
    text = names.filled_in(text) if names.given else text
    text = OUTPUT.sub(_Filled(partial(_output, value=value), Count(longest)), text)
    text = "".join(_without_lost(text)) if _LOST in text else text
    text = markdown(text)
    _refuse_long(text, kept, longest)
    return _with_kept(text, kept, len(kept)), findings


def loop(body: str) -> int:
    """The line, from 1, of the first loop that is none of a text's own code; 0 for none."""
    if not _LOOP.search(body):
        return 0
    known: set[str] = set()  # names of such lists and of their items
    text = _without_pairs(with_dots(body), _without_its_own)
    for found in _LOOP.finditer(text):
        item, of_loop, in_loop, name, of_name, in_name = found.groups()
        is_known = (of_loop or of_name or (in_loop or in_name) in known) is not False
        if not (is_known or name):
            return text.count("\n", 0, found.start()) + 1
        (known.add if is_known else known.discard)(item or name)
    return 0


def _with_kept(text: str, kept: list[str], until: int) -> str:
    """A text that is kept holds others only from before it."""
    return _ASIDE.sub(
        lambda mark: _with_kept(kept[int(mark[1])], kept, int(mark[1])) if int(mark[1]) < until else "", text
    )


def _refuse_long(text: str, kept: list[str], longest: int) -> None:
    """Raises RenderingError for a text that is too long with what is kept, which loops and names may repeat."""
    lengths: list[int] = []
    for at, each in enumerate([*kept, text]):
        inner = (int(mark[1]) for mark in _ASIDE.finditer(each))
        lengths.append(len(each) + sum(lengths[number] for number in inner if number < at))
    Count(longest)(lengths[-1])


def _without_lost(text: str) -> Iterator[str]:
    """The lines; one of nothing but lost tags, behind an item's mark too, is blank, but within HTML, which a blank line would end, a comment."""
    above = ""
    for line in text.splitlines(keepends=True):
        shown = line.replace(_LOST, "")
        if _LOST in line and _MARK_OF_NOTHING.fullmatch(shown):
            shown = "\n" if shown.endswith("\n") else ""
        if _LOST in line and not shown.strip() and re.match(r"\s*<(?!/)", above):
            shown = line.replace(_LOST, "", line.count(_LOST) - 1).replace(_LOST, "<!-- -->")
        yield shown
        above = shown


def _without_code(body: str, shown: Callable[[str], str]) -> str:
    """With something else for what fences hold that has the signs of tags."""
    parts = ((is_code, "".join(lines)) for is_code, lines in kramdown.by_code(body.splitlines(keepends=True)))
    return "".join(shown(part) if is_code and ("{%" in part or "{{" in part) else part for is_code, part in parts)


def _without_pairs(body: str, shown: Callable[[str, re.Match[str]], str]) -> str:
    """Each pair, and text in quotes, replaced; what begins one and is never ended is left, and not looked for again."""
    if "{{" in body or "endraw" in body:
        last = max((found.end() for found in _RAW[2].finditer(body)), default=0)
        whole = next((found.end() for found in _TEXT.finditer(body) if found.start() < last < found.end()), last)
        raw = partial(shown, "raw")
        body = _RAW_OR_TEXT.sub(raw, body[:whole]) + _TEXT.sub(raw, body[whole:])
    for name, pattern, end in (_CODE, _CODEBLOCK, _COMMENT, _QUOTATION, _PULLED, _DETAILS):
        if f"end{name}" in body and (ends := [found.end() for found in end.finditer(body)]):
            body = pattern.sub(partial(shown, name), body[: ends[-1]]) + body[ends[-1] :]
    return body


def _unanswered(
    body: str, answer: Callable[[re.Match[str]], str | None], value: Shown, names: Names, longest: int
) -> Iterator[tuple[int, str, Sentence]]:
    """Where each tag or output stands that shows nothing, its name, and why."""
    page = partial(_of_page, value)

    def is_shown(asked: str) -> bool:
        tag, output = _TAG.fullmatch(asked), OUTPUT.fullmatch(asked)
        if output:
            return _output(output, value) is not None or names.shows(output)
        return tag is None or answer(tag) is not None

    body = _without_comments(body)
    text = liquid_loops.without(_without_pairs(body, _without_its_own), page, longest, _blank, is_shown)
    text = liquid_conditions.decided(text, page, _blank)
    filled = _Filled(answer, Count(longest))
    lost = [(tag, _name(tag)) for tag in _TAG.finditer(text) if filled(tag) == _LOST and not names.decides(tag)]
    outputs = (found for found in OUTPUT.finditer(text) if _output(found, value) is None and not names.shows(found))
    lost += [(found, " ".join(found[1].strip("-").split())) for found in outputs]
    for found, name in lost:
        problem = (
            gettext_noop("the site has no document of the name that this gives; fix the name")
            if name in {"post_url", "link", "post_link", "post_path"}
            else gettext_noop("its site's theme or configuration says what this shows; nothing does here")
        )
        yield found.start(), name[:40], problem


def _without_comments(body: str) -> str:
    """With blanks in the place of HTML's comments, of which nothing is lost for readers; code holds none."""
    end = body.rfind("-->") + 3
    if "<!--" not in body[:end]:
        return body
    prose = "".join(_blank(part) if is_code else part for is_code, part in code_lines.parts(body))
    parts, at = [], 0
    for found in _HTML_COMMENT.finditer(prose, 0, end):
        parts += [body[at : found.start()], _blank(found[0])]
        at = found.end()
    return "".join([*parts, body[at:]])


def _name(tag: re.Match[str]) -> str:
    """The tag's, of an include with what it includes."""
    included = tag[2].split()[:1] if tag[1].startswith("include") and not tag[2].lstrip().startswith("{") else []
    return " ".join([tag[1], *included])


def _without_its_own(name: str, found: re.Match[str]) -> str:
    """Blanks in a pair's places, but for those of an inner text that is shown."""
    start, end = found.span(found.re.groups) if name in _HOLDING else (found.end(), found.end())
    return (
        _blank(found.string[found.start() : start]) + found.string[start:end] + _blank(found.string[end : found.end()])
    )


def _blank(text: str) -> str:
    return re.sub(r"[^\n]", " ", text)


def _shown_pair(kept: list[str], name: str, found: re.Match[str], *, is_html: bool) -> str:
    match name:
        case "raw":
            return _aside(kept, next(each for each in found.groups() if each is not None))
        case "highlight":
            return _aside(kept, _code(found, found[1], _with_kept(found[3], kept, len(kept)), is_html=is_html))
        case "codeblock":
            code = _with_kept(found[2], kept, len(kept))
            written = _code(found, octopress.language(found[1]), code, is_html=is_html)
            return _aside(kept, octopress.caption(found[1]) + written)
        case "blockquote":
            return octopress.quotation(found[1], found[2])
        case "details":
            summary = found[1].strip("- \t\n").strip("\"'")
            return f'\n\n<details markdown="1">\n<summary>{summary}</summary>\n{found[2]}\n</details>\n\n'
        case "pullquote":
            return found[2].replace('{"', "").replace('"}', "")
    return ""


def _aside(kept: list[str], text: str) -> str:
    kept.append(text)
    return f"{_KEPT}{len(kept) - 1}{_KEPT_END}"


def _code(found: re.Match[str], language: str, code: str, *, is_html: bool) -> str:
    """The code between two fences, as far in as its tag; beside other text or in HTML as such, in which no line is blank."""
    around, margin = found.string, liquid_embeds.margin(found)
    lines = dedent(code.strip("\r\n")).rstrip().splitlines()
    if (
        not (is_html or margin.strip())
        and len(margin) <= DEEPEST_INDENTATION
        and around[found.end() : found.end() + 1] in {"", "\n", "\r"}
    ):
        fence = "~~~~~~~~" if "```" in code else "```"
        return f"\n{margin}".join([fence + language, *lines, fence])
    written = "\n".join(escape(line, quote=False) if line.strip() else "<!-- -->" for line in lines)
    return f'<pre><code class="language-{language}">{written}</code></pre>'


def _tag(
    tag: re.Match[str], address: Address, has_file: Callable[[str], bool], value: Shown, *, is_hexo: bool
) -> str | None:
    """What a tag becomes; None for one that is lost. The ends and branches of conditions and loops lose nothing more."""
    name, said = tag[1], tag[2].rstrip("-").strip()
    if name in TAGS:
        return tag[0]
    if is_hexo and (own := hexo_tags.shown(tag, name, said, address, has_file)) is not None:
        return own
    if name in {"post_url", "link"}:
        return address(name, said) or (
            f"/{said}" if name == "link" and not said.endswith((".md", ".markdown")) else None
        )
    if name == "img":
        return octopress.image(said)
    if name.startswith("end") or name in {"else", "elsif"}:
        return ""
    return liquid_embeds.shown(tag, name, said, has_file, value)


@dataclass(slots=True)
class _Read:
    """What `value` says, without what would stand for a text that is kept aside, as long as all that is read, each as often
    as it is, is no longer than it may be."""

    value: Shown
    count: Count

    def __call__(self, owner: str, name: str) -> str | None:
        text = self.value(owner, name)
        self.count(len(text or "") + _READ)
        return None if text is None else _MARKS.sub("", text)


@dataclass(slots=True)
class _Filled:
    """What stands in the place of each tag or output, as long as all of them are no longer than they may be."""

    answer: Callable[[re.Match[str]], str | None]
    count: Count

    def __call__(self, found: re.Match[str]) -> str:
        text = self.answer(found)
        if text is None:
            return _LOST
        self.count(len(text))
        return text


def _output(found: re.Match[str], value: Shown) -> str | None:
    """An address without the site's own, or what the page or the site says, filtered; None for anything else."""
    said = found[1].strip("- \t\n")
    text = liquid_values.shown(said, partial(_value, value))
    is_begin = text == "" and said.startswith(tuple(_OF_SITE))
    return "/" if is_begin and _BEGINS_A_NAME.match(found.string, found.end()) else text


def _of_page(value: Shown, owner: str, name: str) -> str | None:
    """What a text of a page's own may ask for: no parameter of an include, for it is none."""
    return None if owner.startswith("include") else value(owner, name)


def _value(value: Shown, name: str) -> str | None:
    """What a page or site says of itself."""
    return "" if name in _OF_SITE else liquid_values.of_owner(value, name)
