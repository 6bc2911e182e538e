"""CommonMark as GitHub and Hugo extend it, through comrak."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, cached_property, partial
from html import escape, unescape
from urllib.parse import quote, unquote

import comrak

from posts.rendering import definitions
from posts.rendering.block_attributes import without_attributes
from posts.rendering.elements import BARE, RAW
from posts.rendering.errors import RenderingError
from posts.rendering.leniency import restored, understood
from posts.rendering.page import TYPOGRAPHY
from posts.sentences import gettext_noop

EXTENSIONS = {
    **{"definitionList": "description_lists", "footnote": "footnotes", "strikethrough": "strikethrough"},
    **{"table": "table", "taskList": "tasklist"},
}
"""comrak's words for what Hugo has turned on, as long as a site does not turn it off."""

EXTRAS = {
    **{"subscript": "subscript", "superscript": "superscript", "mark": "highlight", "insert": "insert"},
    **{"$": "math_dollars", "\\(": "math_latex", "$$": "math_dollars", "**": "cjk_friendly_emphasis"},
}
"""comrak's words for what a site may turn on besides: Hugo's `extras`, and mathematics, which is left as it is written.

`$$` is kramdown's, to which one dollar is no sign of it; so is `~~`, by which one tilde strikes nothing out,
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
_FURTHER = "\uf07c"  # of that area: stands before the text of a paragraph that may be a definition's second
_FURTHER_PARAGRAPH = re.compile(r"(?<=\n)([ \t>]*\n[ \t>]*[ \t])(?!https?:|www\.)(?=[^\W\d_])")
_LOST_PARAGRAPH = re.compile(
    rf"([^\s>]|</(?:a|b|code|del|em|i|ins|kbd|mark|small|span|strong|sub|sup|u)>|<(?:br|img)[^>]*>){_FURTHER}"
)
_RAW_HEADING = re.compile("<h[1-6][\\s>]", re.IGNORECASE)
_PLACELESS_HEADING = re.compile(r"<(h[1-6])(?=[\s>])(?! data-sourcepos=)", re.IGNORECASE)
_PLACELESS_IMAGE = re.compile(r"<img(?=[\s/>])(?! data-sourcepos=)", re.IGNORECASE)
_PLACE = re.compile(r' data-sourcepos="[0-9:-]*"')
_HEADING_LINE = re.compile(r"<h[1-6](?=[\s>])[^\n]*")
_TERMS = re.compile(r"<dt>(?!\n)[^<]*(?:<(?!/?dt>)[^<]*)*(?<!\n)</dt>")  # of one definition, each on a line
_LINE_BREAK = re.compile(r"(?:<br />)?\n")
_BRACKET = "\uf07d"  # of that area too: stands behind the bracket that begins mathematics
_BRACKETS = re.compile(r"(?<=\\[(\[])")
_LONE_DOLLAR = re.compile(r"(?<![$\\])\$(?!\$)")
_DOLLAR = "\uf077"  # of that area too: stands for one that begins no mathematics
MOST_IN_VAIN = 500
"""Signs in one piece of text, for each of which comrak goes through the rest of it."""
_CROWDED = {
    "@": (re.compile(rf"^[^\n@]*+(?:@[^\n@]*+){{{MOST_IN_VAIN},}}+", re.MULTILINE), "\uf075"),
    ")": (re.compile(rf"\){{{MOST_IN_VAIN},}}+"), "\uf074"),
}
"""Lines and runs of so many, and, of that area too, what stands for each in there, where none belongs to an address."""
_BLANK_LINE = re.compile(r"\n[ \t>]*+\r?\n")
_NOTE = re.compile('<li id="(fn-[^"]*)"')
_PLACED_NOTE = re.compile('<li data-sourcepos="([0-9]{1,9}):[^"]*" id="(fn-[^"]*)"')
_NOTE_NAME = re.compile(r"\[\^[^\]]*\]:")
_UNUSED = "\uf07b"  # of that area too: begins the name of a note that nothing names
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
_BARE_WWW = re.compile(r'<a href="http(?=://(www\.[^"]+)">\1</a>)')
_LINK = re.compile(r'<a href="((?:(?:https?|ftp)://|mailto:)[^"]*)">([^<]*)</a>')
_NAMED_BY_ITSELF = re.compile(r"\[([^\s\[\]]{1,2000})\]\(<?((?:https?://|mailto:)?\1)(?=[\s>)])")
_MATHEMATICS = re.compile(r'<span data-math-style="(inline|display)">([^<]*)</span>')
_DISPLAYED = re.compile(r'(?<=<p>)<span data-math-style="display">([^<]*)</span>(?=</p>)')
_BEFORE_ADDRESS = " \n\t(*_~>"  # or nothing
_PLAIN_ADDRESS = re.compile(r"(?:https?://|www\.)[\w-]+(?:\.[\w-]+)+(?::\d+)?(?:/[!-~]*)?(?<![?!.,:*_~])", re.ASCII)
_DASHES = re.compile("[–—]{2,}")
_BEHIND_SIGN = re.compile(
    rf"<a\b[^<]*+(?:<(?!/?a\b)[^<]*+)*+</a>|<[^<>]*+>|(?<=[{TYPOGRAPHY}])(?:https?://|www\.)[\w-]+(?:\.[\w-]+)+(?::\d+)?(?:/(?:[!#-%'-;=?-~]|&amp;)*)?(?<![?!.,:*_~])",
    re.ASCII,
)
_PAST_BACKSLASH = re.compile(r'<a href="(https?://(?:(?!%5C)[^"])*)%5C[^"]*">([^<\\]*)(\\[^<]*)</a>([^<]?)')
_ESCAPING = re.compile(r"\\(?=[!-/:-@\[-`{-~])")
_WRITTEN_OUT = re.compile(r"""<(?=([^\s<>]++)>)|"(?=([^\s"]++)")|\]\((?=([^\s()]*+(?:\([^\s()]*+\)[^\s()]*+)*+)\))""")
_LONGEST_BEHIND_SIGN = 300
_TYPED_SIGN = re.compile(rf"[{TYPOGRAPHY}](?=(\S{{1,{_LONGEST_BEHIND_SIGN}}}))")
_BARE_MAILTO = re.compile(r'<a href="(mailto:[^"]+)">\1</a>')


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
    if "\\(" in extras and _opens_too_much(body):
        extras = tuple(each for each in extras if each != "\\(")
    if "$$" in extras and ("$$" not in body or _DOLLAR in body):
        extras = tuple(each for each in extras if each != "$$")
    extensions = _extensions(emoji=emoji, plain_addresses=plain_addresses, extras=extras, left_off=left_off)
    parsing = _parsing(straight_quotes=straight_quotes)
    as_html = partial(_as_html, extensions=extensions, parsing=parsing, hard_wraps=hard_wraps)
    lenient = understood(body)
    hides_tildes = "~" in body and _TILDE not in body
    text = _TILDE_ITEM.sub(rf"\1{_TILDE}", lenient) if hides_tildes else lenient
    if hides_tildes and "~~" in extras:
        text = _LONE_TILDE.sub(_TILDE, text)
    defines = _DEFINITION.search(text) is not None and _FURTHER not in body
    if defines:
        text = _FURTHER_PARAGRAPH.sub(rf"\1{_FURTHER}", definitions.parted(text))
    if "$$" in extras:
        text = _LONE_DOLLAR.sub(_DOLLAR, text)
    crowding = [sign for sign, (_, mark) in _CROWDED.items() if body.count(sign) > MOST_IN_VAIN and mark not in body]
    for sign in crowding:
        text = _with_fewer(sign, text)
    has_brackets = "\\(" in extras and _BRACKET not in body
    if has_brackets:
        text = _BRACKETS.sub(_BRACKET, text)
    html = as_html(text)
    if _has_repeated_notes(html):
        text = _with_notes_once(text, as_html(text, places=True))
        html = as_html(text)
    if _RAW_HEADING.search(body) or any(_PLACELESS_IMAGE.search(line[0]) for line in _HEADING_LINE.finditer(html)):
        html = _with_raw_marked(as_html(text, places=True))
    if lenient != body:
        html = restored(html)
    for sign in crowding:
        html = _put_back(html, _CROWDED[sign][1], sign)
    if defines:  # comrak leaves out what parts the paragraphs of a definition that no blank line precedes
        html = definitions.joined(html)
        html = _LOST_PARAGRAPH.sub(r"\1\n<p>", html).replace(_FURTHER, "")
        html = _TERMS.sub(lambda terms: _LINE_BREAK.sub("</dt>\n<dt>", terms[0]), html)
    html = _bare_addresses(_put_back(html, _TILDE, "~") if hides_tildes else html, body, plain=plain_addresses)
    if "----" in body:
        typed = set(_DASHES.findall(body))
        html = _DASHES.sub(lambda dashes: dashes[0] if dashes[0] in typed else _dashes_of_hugo(dashes[0]), html)
    if "$$" in extras:
        html = _as_kramdown_writes(html)
    elif "$" in extras or "\\(" in extras:
        html = _MATHEMATICS.sub(_as_written, html)
    if has_brackets:
        html = _put_back(html, _BRACKET, "")
    return html


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


def _opens_too_much(body: str) -> bool:
    """Whether a part of the text opens mathematics very often and does not end it."""
    if body.count("\\(") + body.count("\\[") <= MOST_IN_VAIN:
        return False
    return any(
        part.count(opening, part.rfind(closing) + 1) > MOST_IN_VAIN
        for part in _BLANK_LINE.split(body)
        for opening, closing in (("\\(", "\\)"), ("\\[", "\\]"))
    )


def _with_notes_once(text: str, placed: str) -> str:
    """The text where of several notes with one name only the first has it (Hugo); comrak shows among the notes what parts them."""
    lines, seen = _LINE.findall(text), set()
    for number, name in _PLACED_NOTE.findall(placed):
        if name in seen and int(number) <= len(lines):
            lines[int(number) - 1] = _NOTE_NAME.sub(f"[^{_UNUSED}{number}]:", lines[int(number) - 1], count=1)
        seen.add(name)
    return "".join(lines)


def _as_written(mathematics: re.Match[str]) -> str:
    """Between the signs that the author wrote: a script, if the page has one, finds it by them."""
    kind, text = mathematics.groups()
    if text.startswith(_BRACKET):
        return f"\\({text}\\)" if kind == "inline" else f"\\[{text}\\]"
    return f"${text}$" if kind == "inline" else f"$${text}$$"


def _as_kramdown_writes(html: str) -> str:
    """Mathematics between the brackets that scripts know: those of a line of its own where it is a paragraph."""
    html = _DISPLAYED.sub(lambda found: f"\\[{found[1].strip()}\\]", html)
    html = _MATHEMATICS.sub(lambda found: f"\\({found[2].strip()}\\)", html)
    return _put_back(html, _DOLLAR, "$")


@dataclass(frozen=True)
class _Written:
    """What the author wrote of addresses and signs, gathered once: a text may hold a hundred thousand of them."""

    body: str

    @cached_property
    def addresses(self) -> frozenset[str]:
        """Those in `<…>`, in quotation marks, or in a link's brackets."""
        return frozenset(found[1] or found[2] or found[3] for found in _WRITTEN_OUT.finditer(self.body))

    @cached_property
    def named_by_themselves(self) -> frozenset[str]:
        """Those that stand twice in a link, as its text too."""
        return frozenset(found[2] for found in _NAMED_BY_ITSELF.finditer(self.body))

    @cached_property
    def behind_signs(self) -> Sequence[str]:
        """Each sign of typography with what stands behind it, sorted."""
        return sorted(found[0] + found[1] for found in _TYPED_SIGN.finditer(self.body))

    def out(self, escaped_address: str) -> bool:
        """Whether the author wrote the address out, as more than a bare one."""
        return unescape(escaped_address) in self.addresses

    def sets(self, sign: str, following: str) -> bool:
        """Whether typography set this sign, where the author wrote one of ASCII: what stands behind it begins anew (Hugo)."""
        if sign not in TYPOGRAPHY:
            return False
        wanted = (sign + following)[:_LONGEST_BEHIND_SIGN]
        place = bisect_left(self.behind_signs, wanted)
        return place == len(self.behind_signs) or not self.behind_signs[place].startswith(wanted)


def _with_raw_marked(html: str) -> str:
    """Headings, and pictures in headings, that are raw HTML have a mark; the places, which comrak gives its own, are gone."""
    html = _PLACELESS_HEADING.sub(rf'<\1 {RAW}="true"', html)
    html = _HEADING_LINE.sub(lambda line: _PLACELESS_IMAGE.sub(rf'<img {RAW}="true"', line[0]), html)
    return _PLACE.sub("", html)


def _bare_addresses(html: str, body: str, *, plain: bool) -> str:
    """A bare `www.` address means https, one after a bare `mailto:` is text (Hugo); what the author wrote out stays."""
    if '<a href="' not in html and not any(sign in html for sign in TYPOGRAPHY):
        return html
    written = _Written(body)
    html = _PAST_BACKSLASH.sub(lambda link: _up_to_backslash(link, written), html)
    html = _LINK.sub(lambda link: _as_hugo_reads_it(link, written), html)
    if not plain and any(f"{sign}{begins}" in html for sign in TYPOGRAPHY for begins in ("http", "www.")):
        html = _BEHIND_SIGN.sub(lambda found: _linked(found, written), html)
    html = _BARE_WWW.sub(lambda link: link[0] + "s" * (not written.out(f"http://{link[1]}")), html)
    html = _BARE_MAILTO.sub(lambda link: link[0] if written.out(link[1]) else link[1], html)
    return _HEADING_LINE.sub(lambda line: _LINK.sub(lambda link: _marked_if_bare(link, written), line[0]), html)


def _marked_if_bare(link: re.Match[str], written: _Written) -> str:
    """The link, marked for a heading's id to leave it out where it is an address that stands for itself."""
    target, text = unquote(unescape(link[1])), unquote(unescape(link[2]))
    is_bare = (
        target in {text, f"mailto:{text}", f"https://{text}"} and unescape(link[1]) not in written.named_by_themselves
    )
    return link[0].replace("<a ", f'<a {BARE}="true" ', 1) if is_bare else link[0]


def _as_hugo_reads_it(link: re.Match[str], written: _Written) -> str:
    """A bare address begins after a blank, a bracket or a mark, and ends where other than ASCII's signs begin."""
    address, shown = link[1], link[2]
    text, before = unescape(shown), link.string[max(link.start() - 1, 0) : link.start()]
    target = unescape(address)
    is_bare = target == f"mailto:{text}" or unquote(target) in {unquote(text), f"http://{unquote(text)}"}
    if not is_bare or written.out(text):
        return link[0]
    begins = before in _BEFORE_ADDRESS or written.sets(before, text)
    if not begins or text in ("http://", "https://"):
        return shown
    if text.isascii() or address.startswith("mailto:"):
        return link[0]
    found = _PLAIN_ADDRESS.match(text)
    if not found:
        return shown
    kept = escape(("" if found[0].startswith("http") else "http://") + found[0])
    return f'<a href="{kept}">{escape(found[0])}</a>{escape(text[found.end() :])}'


def _linked(found: re.Match[str], written: _Written) -> str:
    """An address behind a sign as a link; what is a link, or a tag, as it is."""
    address, before = found[0], found.string[found.start() - 1 : found.start()]
    if address.startswith("<") or not written.sets(before, unescape(address)):
        return address
    return f'<a href="{"https://" if address.startswith("www.") else ""}{address}">{address}</a>'


def _up_to_backslash(link: re.Match[str], written: _Written) -> str:
    """A bare address without the escape or the hard break behind it, which comrak takes into it."""
    address, shown, rest, following = link.groups()
    if written.out(unescape(shown + rest)):
        return link[0]
    after = "<br />\n" if rest + following == "\\\n" else _ESCAPING.sub("", rest + following)
    return f'<a href="{address}">{shown}</a>{after}'
