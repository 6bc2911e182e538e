"""CommonMark as GitHub and Hugo extend it, through comrak."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, partial
from html import escape
from typing import Self
from urllib.parse import quote

import comrak

from posts.rendering import bare_addresses, definitions
from posts.rendering.block_attributes import without_attributes
from posts.rendering.elements import HEADING_LINE, MADE, RAW
from posts.rendering.errors import RenderingError
from posts.rendering.leniency import restored, understood
from posts.rendering.passthrough import Passthrough
from posts.sentences import gettext_noop

EXTENSIONS = {
    **{"definitionList": "description_lists", "footnote": "footnotes", "strikethrough": "strikethrough"},
    **{"table": "table", "taskList": "tasklist"},
}
"""comrak's words for what Hugo has turned on, as long as a site does not turn it off."""

EXTRAS = {
    **{"subscript": "subscript", "superscript": "superscript", "mark": "highlight", "insert": "insert"},
    **{"$$": "math_dollars", "**": "cjk_friendly_emphasis"},
}
"""comrak's words for what a site may turn on besides: Hugo's `extras`, and what is kramdown's.

`$$` is its mathematics, to which one dollar is no sign of it; so is `~~`, by which one tilde strikes nothing out,
and `**`, by which emphasis may end between a sign and a letter of Chinese, Japanese or Korean.
"""


@cache
def _extensions(
    *,
    emoji: bool,
    plain_addresses: bool,
    extras: tuple[str, ...],
    left_off: tuple[str, ...],
) -> comrak.ExtensionOptions:
    options = comrak.ExtensionOptions()
    turned_on = [name for extension, name in EXTENSIONS.items() if extension not in left_off]
    for name in (*turned_on, *(EXTRAS[extra] for extra in extras if extra in EXTRAS)):
        setattr(options, name, True)
    options.shortcodes = emoji  # comrak's word for `:smile:`
    options.autolink = not plain_addresses
    return options


@cache
def _parsing(*, straight_quotes: bool) -> comrak.ParseOptions:
    """Smart punctuation, as Hugo's typographer sets it, unless the site has turned that off."""
    options = comrak.ParseOptions()
    options.smart = not straight_quotes
    return options


@cache
def _output(*, hard_wraps: bool, places: bool = False) -> comrak.RenderOptions:
    """Raw HTML passes here: sanitising comes last and sees everything."""
    options = comrak.RenderOptions()
    options.unsafe_ = True
    options.tasklist_classes = True
    options.hardbreaks = hard_wraps
    options.sourcepos = places
    return options


_TILDE_ITEM = re.compile(r"^([ \t>]*)~(?=[ \t])", re.MULTILINE)
_TILDE = "\uf07e"  # of the private use area: stands for a tilde that comrak would take for a definition's, as `:` is
_LONE_TILDE = re.compile(r"(?<![~\\])~(?!~)")
_DEFINITION = re.compile(r"\n[ \t>]*+:[ \t]")
_FURTHER = "\u1680"  # a blank of Ogham, after which emphasis and addresses begin: before what may be a definition's second paragraph
_BEGINS_BLOCK = r"[#<>|~]|[-+*:]\s|\d{1,9}[.)]\s|```|\[[^\]\n]*+\]:|([-*_])[ \t]*+(?:\2[ \t]*+){2,}\n"
_FURTHER_PARAGRAPH = re.compile(rf"(?<=\n)([ \t>]*\n[ \t>]*[ \t])(?!www\.|{definitions.TERM}|{_BEGINS_BLOCK})(?=\S)")
_LOST_PARAGRAPH = re.compile(
    rf"([^\s>]|</(?:a|b|code|del|em|i|ins|kbd|mark|small|span|strong|sub|sup|u)>|<(?:br|img)[^>]*>){_FURTHER}"
)
_RAW_HEADING = re.compile("<h[1-6][\\s>]", re.IGNORECASE)
_PLACELESS_HEADING = re.compile(rf"<(h[1-6])(?=[\s>])(?! (?:data-sourcepos|{MADE})=)", re.IGNORECASE)
_PLACELESS_IMAGE = re.compile(r"<img(?=[\s/>])(?! data-sourcepos=)", re.IGNORECASE)
_PLACE = re.compile(r' data-sourcepos="[0-9:-]*"')
_TERMS = re.compile(r"<dt>(?!\n)[^<]*(?:<(?!/?dt>)[^<]*)*(?<!\n)</dt>")  # of one definition, each on a line
_LINE_BREAK = re.compile(r"(?:<br />)?\n")
_LONE_DOLLAR = re.compile(r"(?<![$\\])\$(?!\$)")
_DOLLAR = "\uf077"  # of that area too: stands for one that begins no mathematics
MOST_IN_VAIN = 500
"""Signs in one piece of text, for each of which comrak goes through the rest of it."""
_CROWDED = {
    "@": (re.compile(rf"^[^\n@]*+(?:@[^\n@]*+){{{MOST_IN_VAIN},}}+", re.MULTILINE), "\uf075"),
    ")": (re.compile(rf"\){{{MOST_IN_VAIN},}}+"), "\uf074"),
}
"""Lines and runs of so many, and, of that area too, what stands for each in there, where none belongs to an address."""
_NOTE = re.compile('<li id="(fn-[^"]*)"')
_PLACED_NOTE = re.compile('<li data-sourcepos="([0-9]{1,9}):[^"]*" id="(fn-[^"]*)"')
_NOTE_NAME = re.compile(r"\[\^[^\]]*\]:")
_UNUSED = "\uf07b"  # of that area too: begins the name of a note that nothing names
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
_MATHEMATICS = re.compile(r'<span data-math-style="(inline|display)">([^<]*)</span>')
_DISPLAYED = re.compile(r'(?<=<p>)<span data-math-style="display">([^<]*)</span>(?=</p>)')
_NOTED_HOST = re.compile(
    r"(?<![^\s(*_~>])(?<!\]\()((?:https?://|www\.)[\w-]+(?:\.[\w-]+)+(?::\d+)?)(?=[?!.,:]*\[\^)", re.ASCII
)
_STARRED = re.compile(
    r"(?<![^\s(*_~>])(?<!\]\()((?:https?|ftp)://[-\w@:%.+~#=]*\.[a-z]+(?::\d+)?(?:[/#?][^\s<>*|\\()\[\]\"]*+)?)(?=\*+[^\s*<])",
    re.ASCII,
)
_ADDRESS = re.compile(r"://\S*+")  # found much faster than what may stand before it
_BEFORE_DEFINED = re.compile(r"\]:\s*\Z")
_ENDED = "<!---->"  # stands behind such an address, in which comrak would read on to the end of the note's sign, or of what follows a star
_FAR = 100  # characters; blanks before an address that are looked at
_DASHES = re.compile("[–—]{2,}")


def to_html(
    body: str,
    *,
    emoji: bool = False,
    straight_quotes: bool = False,
    hard_wraps: bool = False,
    plain_addresses: bool = False,
    extras: tuple[str, ...] = (),
    left_off: tuple[str, ...] = (),
    block_attributes: bool = False,
) -> str:
    """The body as HTML, not yet safe to show, `:smile:` as a picture if asked. Raises RenderingError where comrak panics."""
    if block_attributes:
        body = without_attributes(body)
    handed_on = Passthrough.of(body, extras)
    body = handed_on.text
    extras = _needed(extras, body)
    extensions = _extensions(emoji=emoji, plain_addresses=plain_addresses, extras=extras, left_off=left_off)
    parsing = _parsing(straight_quotes=straight_quotes)
    as_html = partial(_as_html, extensions=extensions, parsing=parsing, hard_wraps=hard_wraps)
    lenient = understood(body)
    stand_ins = _StandIns.for_(lenient, body, extras)
    html = _read(stand_ins.text, body, as_html)
    html = stand_ins.taken_out(restored(html) if lenient != body else html)
    html = bare_addresses.as_hugo_reads_them(html, body, plain=plain_addresses, straight_quotes=straight_quotes)
    if "----" in body:
        typed = set(_DASHES.findall(body))
        html = _DASHES.sub(lambda dashes: dashes[0] if dashes[0] in typed else _dashes_of_hugo(dashes[0]), html)
    if "$$" in extras:
        html = _as_kramdown_writes(html)
    return handed_on.put_back(html)


def _needed(extras: tuple[str, ...], body: str) -> tuple[str, ...]:
    """The extras without mathematics that comrak would look for in vain."""
    is_there = "$$" in body and _DOLLAR not in body
    return tuple(each for each in extras if each != "$$" or is_there)


def _read(text: str, body: str, as_html: Callable[..., str]) -> str:
    """What comrak makes of the text, each footnote once, headings that are raw HTML marked."""
    html = as_html(text)
    if _has_repeated_notes(html):
        text = _with_notes_once(text, as_html(text, places=True))
        html = as_html(text)
    if _RAW_HEADING.search(body) or any(_PLACELESS_IMAGE.search(line[0]) for line in HEADING_LINE.finditer(html)):
        html = _with_raw_marked(as_html(text, places=True))
    return html


@dataclass(frozen=True, slots=True)
class _StandIns:
    """The text with characters of the private use area for signs that comrak would read otherwise, and which there are."""

    text: str
    tildes: bool
    definitions: bool
    hosts: bool
    crowding: tuple[str, ...]

    @classmethod
    def for_(cls, text: str, body: str, extras: tuple[str, ...]) -> Self:
        """For this text, which says what the body does."""
        tildes = "~" in body and _TILDE not in body
        if tildes:
            text = _TILDE_ITEM.sub(rf"\1{_TILDE}", text)
        if tildes and "~~" in extras:
            text = _LONE_TILDE.sub(_TILDE, text)
        defines = _DEFINITION.search(text) is not None and _FURTHER not in body
        if defines:
            text = _FURTHER_PARAGRAPH.sub(rf"\1{_FURTHER}", definitions.parted(text))
        is_noted, is_starred = "[^" in body, any("*" in address for address in _ADDRESS.findall(body))
        hosts = (is_noted or is_starred) and _ENDED not in body
        if hosts and is_noted:
            text = _NOTED_HOST.sub(rf"\1{_ENDED}", text)
        if hosts and is_starred:
            text = _STARRED.sub(_ended, text)
        if "$$" in extras:
            text = _LONE_DOLLAR.sub(_DOLLAR, text)
        crowding = [
            sign for sign, (_, mark) in _CROWDED.items() if body.count(sign) > MOST_IN_VAIN and mark not in body
        ]
        for sign in crowding:
            text = _with_fewer(sign, text)
        return cls(text, tildes, defines, hosts, tuple(crowding))

    def taken_out(self, html: str) -> str:
        """The HTML with the signs themselves, but for what stands in mathematics."""
        if self.hosts:
            html = html.replace(_ENDED, "").replace(escape(_ENDED), "").replace(quote(_ENDED, safe="!"), "")
        for sign in self.crowding:
            html = _put_back(html, _CROWDED[sign][1], sign)
        if self.definitions:  # comrak leaves out what parts the paragraphs of a definition that no blank line precedes
            html = definitions.joined(html)
            html = _LOST_PARAGRAPH.sub(r"\1\n<p>", html).replace(_FURTHER, "")
            html = _TERMS.sub(lambda terms: _LINE_BREAK.sub("</dt>\n<dt>", terms[0]), html)
        return _put_back(html, _TILDE, "~") if self.tildes else html


def _ended(address: re.Match[str]) -> str:
    """The address with its end marked, unless it is that of a link by name."""
    before = address.string[max(address.start() - _FAR, 0) : address.start()]
    return address[0] if _BEFORE_DEFINED.search(before) else address[0] + _ENDED


def _put_back(html: str, mark: str, sign: str) -> str:
    """The HTML with the sign for which the mark stands, in addresses too, where it is escaped."""
    return html.replace(mark, sign).replace(quote(mark), sign)


def _dashes_of_hugo(dashes: str) -> str:
    """Four hyphens and more: as many long dashes as there are threes, and then what is left."""
    threes, left = divmod(2 * len(dashes) + dashes.count("—"), 3)
    return "—" * threes + ("", "-", "–")[left]


def _as_html(
    text: str,
    *,
    extensions: comrak.ExtensionOptions,
    parsing: comrak.ParseOptions,
    hard_wraps: bool,
    places: bool = False,
) -> str:
    """What comrak makes of the text, if asked with the line of each element in it."""
    try:
        return comrak.render_markdown(text, extensions, parsing, _output(hard_wraps=hard_wraps, places=places))
    except BaseException as error:
        # A Rust panic derives from BaseException, in a module that cannot be imported.
        if type(error).__name__ != "PanicException":
            raise
        problem = gettext_noop("it failed: %(problem)s") % {"problem": str(error)}
        raise RenderingError("commonmark", problem) from error


def _has_repeated_notes(html: str) -> bool:
    notes = _NOTE.findall(html)
    return len(set(notes)) < len(notes)


def _with_fewer(sign: str, text: str) -> str:
    """The text with marks in place of the signs where there are very many."""
    crowded, mark = _CROWDED[sign]
    return crowded.sub(lambda found: found[0].replace(sign, mark), text)


def _with_notes_once(text: str, placed: str) -> str:
    """The text where of several notes with one name only the first has it (Hugo); comrak shows among the notes what parts them."""
    lines, seen = _LINE.findall(text), set()
    for number, name in _PLACED_NOTE.findall(placed):
        if name in seen and int(number) <= len(lines):
            lines[int(number) - 1] = _NOTE_NAME.sub(f"[^{_UNUSED}{number}]:", lines[int(number) - 1], count=1)
        seen.add(name)
    return "".join(lines)


def _as_kramdown_writes(html: str) -> str:
    """Mathematics between the brackets that scripts know: those of a line of its own where it is a paragraph."""
    html = _DISPLAYED.sub(lambda found: f"\\[{found[1].strip()}\\]", html)
    html = _MATHEMATICS.sub(lambda found: f"\\({found[2].strip()}\\)", html)
    return _put_back(html, _DOLLAR, "$")


def _with_raw_marked(html: str) -> str:
    """Headings, and pictures in headings, that are raw HTML have a mark; the places, which comrak gives its own, are gone."""
    html = _PLACELESS_HEADING.sub(rf'<\1 {RAW}="true"', html)
    html = HEADING_LINE.sub(lambda line: _PLACELESS_IMAGE.sub(rf'<img {RAW}="true"', line[0]), html)
    return _PLACE.sub("", html)
