"""Addresses that stand in a text by themselves, which comrak and Hugo take for links by rules that differ."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from html import escape, unescape
from urllib.parse import unquote

from posts.rendering.elements import BARE, HEADING_LINE
from posts.rendering.page import TYPOGRAPHY
from posts.rendering.passthrough import texts_of

_BARE_WWW = re.compile(r'<a href="http(?=://(www\.[^"]+)">(www\.[^<]+)</a>)')
_LINK = re.compile(r'<a href="((?:(?:https?|ftp)://|mailto:)[^"]*)">([^<]*)</a>')
_NAMED_BY_ITSELF = re.compile(r"\[([^\s\[\]]{1,2000})\]\(<?((?:https?://|mailto:)?\1)(?=[\s>)])")
_BEFORE_ADDRESS = " \n\t(*_~>"  # or nothing
_PLAIN_ADDRESS = re.compile(r"(?:https?://|www\.)[\w-]+(?:\.[\w-]+)+(?::\d+)?(?:/[!-~]*)?(?<![?!.,:*_~])", re.ASCII)
_OF_GOLDMARK = re.compile(
    r"(?:(?:https?|ftp)://|www\.)[-a-zA-Z0-9@:%._+~#=]{1,256}\.[a-z]+(?::\d+)?(?:[/#?][^\s<*|\\]*)?", re.ASCII
)
"""What Hugo takes for one: no number of a host, such as 127.0.0.1, and none with a bar or a star in it."""
_BEGINNING = re.compile(r"(?:https?|ftp)://|www\.")
_BEHIND_SIGN = re.compile(
    rf"<a\b[^<]*+(?:<(?!/?a\b)[^<]*+)*+</a>|<[^<>]*+>|(?<=[{TYPOGRAPHY}])(?:https?://|www\.)[\w-]+(?:\.[\w-]+)+(?::\d+)?(?:/(?:[!#-%'-;=?-~]|&amp;)*)?(?<![?!.,:*_~])",
    re.ASCII,
)
_BEHIND_ELEMENT = re.compile(
    r"<a\b[^<]*+(?:<(?!/?a\b)[^<]*+)*+</a>|<code\b[^<]*+|(?<=>)(www\.[\w-]+(?:\.[\w-]+)+)(?:[/?#](?:[!#-%'-;=?-~]|&amp;)*)?(?<![?!.,:*_~])",
    re.ASCII,
)
_TYPED_BEHIND_ELEMENT = re.compile(r"(?<=[>`)\]])www\.[\w.-]+", re.ASCII)
_PAST_BACKSLASH = re.compile(r'<a href="(https?://(?:(?!%5C)[^"])*)%5C[^"]*">([^<\\]*)(\\[^<]*)</a>([^<]?)')
_ESCAPING = re.compile(r"\\(?=[!-/:-@\[-`{-~])")
_WRITTEN_OUT = re.compile(r"""<(?=([^\s<>]++)>)|"(?=([^\s"]++)")|\]\((?=([^\s()]*+(?:\([^\s()]*+\)[^\s()]*+)*+)\))""")
_IN_BRACKETS = re.compile(r"\[(?=([^\s\[\]]++(?:\[[^\s\[\]]*+\][^\s\[\]]*+)*+)\])")
_QUOTED = re.compile(r"""(?<!=)(?<!= )"[^\s"<>]++\"""")  # in a text, not an attribute
_LONGEST_BEHIND_SIGN = 300
_TYPED_SIGN = re.compile(rf"[{TYPOGRAPHY}](?=(\S{{1,{_LONGEST_BEHIND_SIGN}}}))")
_BARE_MAILTO = re.compile(r'<a href="(mailto:[^"]+)">\1</a>')


@dataclass(frozen=True)
class _Written:
    """What the author wrote of addresses and signs, gathered once: a text may hold a hundred thousand of them."""

    body: str
    straight_quotes: bool  # a quotation mark is none before which an address begins

    @cached_property
    def addresses(self) -> frozenset[str]:
        """Those in `<…>`, in quotation marks, or in a link's brackets."""
        text = _QUOTED.sub("", self.body) if self.straight_quotes else self.body
        return frozenset(found[1] or found[2] or found[3] for found in _WRITTEN_OUT.finditer(text))

    @cached_property
    def _links(self) -> frozenset[str]:
        text = _QUOTED.sub("", self.body)
        return frozenset(found[1] or found[2] or found[3] for found in _WRITTEN_OUT.finditer(text))

    def links_to(self, address: str) -> bool:
        """Whether the address is that, or the name, of a link by the signs around it."""
        return address in self._links or address in self._in_brackets

    @cached_property
    def _in_brackets(self) -> frozenset[str]:
        return frozenset(_IN_BRACKETS.findall(self.body))

    @cached_property
    def named_by_themselves(self) -> frozenset[str]:
        """Those that stand twice in a link, as its text too."""
        return frozenset(found[2] for found in _NAMED_BY_ITSELF.finditer(self.body))

    @cached_property
    def behind_signs(self) -> Sequence[str]:
        """Each sign of typography with what stands behind it, sorted."""
        return sorted(found[0] + found[1] for found in _TYPED_SIGN.finditer(self.body))

    @cached_property
    def behind_elements(self) -> frozenset[str]:
        """The hosts that stand behind a tag, code, a link or a picture in a text, and not in raw HTML."""
        parts = (self.body[start:end] for start, end in texts_of(self.body))
        return frozenset(found.rstrip(".") for part in parts for found in _TYPED_BEHIND_ELEMENT.findall(part))

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


def as_hugo_reads_them(html: str, body: str, *, plain: bool, straight_quotes: bool) -> str:
    """A bare `www.` address means https, one after a bare `mailto:` is text (Hugo); what the author wrote out stays."""
    if '<a href="' not in html and ">www." not in html and not any(sign in html for sign in TYPOGRAPHY):
        return html
    written = _Written(body, straight_quotes)
    html = _PAST_BACKSLASH.sub(lambda link: _up_to_backslash(link, written), html)
    html = _LINK.sub(lambda link: _as_hugo_reads_it(link, written), html)
    if not plain and any(f"{sign}{begins}" in html for sign in TYPOGRAPHY for begins in ("http", "www.")):
        html = _BEHIND_SIGN.sub(lambda found: _linked(found, written), html)
    if not plain and ">www." in html:
        html = _BEHIND_ELEMENT.sub(lambda found: _linked_behind_element(found, written), html)
    html = _BARE_WWW.sub(lambda link: link[0] + "s" * _is_bare_www(link, written), html)
    html = _BARE_MAILTO.sub(lambda link: link[0] if written.out(link[1]) else link[1], html)
    return HEADING_LINE.sub(lambda line: _LINK.sub(lambda link: _marked_if_bare(link, written), line[0]), html)


def _is_bare_www(link: re.Match[str], written: _Written) -> bool:
    address, shown = map(unescape, link.groups())
    is_bare = unquote(address) == unquote(shown)
    return is_bare and not any(written.out(f"http://{each}") for each in (address, shown))


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
    if is_bare and _BEGINNING.match(text) and not _OF_GOLDMARK.match(text) and not written.links_to(text):
        return shown
    if not is_bare or written.out(text):
        return link[0]
    begins = before in _BEFORE_ADDRESS or written.sets(before, text)
    if not begins or text in ("http://", "https://"):
        return shown
    if address.startswith("mailto:") or (text.isascii() and (not _BEGINNING.match(text) or written.links_to(text))):
        return link[0]
    found = (_OF_GOLDMARK if text.isascii() else _PLAIN_ADDRESS).match(text)
    if found and found.end() == len(text):
        return link[0]
    if not found:
        return shown
    kept = escape(("" if found[0].startswith("http") else "http://") + found[0])
    return f'<a href="{kept}">{escape(found[0])}</a>{escape(text[found.end() :])}'


def _linked(found: re.Match[str], written: _Written) -> str:
    """An address behind a sign as a link; what is a link, or a tag, as it is."""
    address, before = found[0], found.string[found.start() - 1 : found.start()]
    is_one = _OF_GOLDMARK.match(unescape(address)) is not None
    if address.startswith("<") or not (is_one and written.sets(before, unescape(address))):
        return address
    return f'<a href="{"https://" if address.startswith("www.") else ""}{address}">{address}</a>'


def _linked_behind_element(found: re.Match[str], written: _Written) -> str:
    """An address behind an element in a text as a link, for a text begins anew there (Hugo); what is none as it is."""
    address = found[0]
    if not found[1] or found[1] not in written.behind_elements or not _OF_GOLDMARK.match(unescape(address)):
        return address
    unopened = address.count(")") - address.count("(")
    kept = address[: max(len(address.rstrip(")")), len(address) - max(unopened, 0))]
    return f'<a href="https://{kept}">{kept}</a>{address[len(kept) :]}'


def _up_to_backslash(link: re.Match[str], written: _Written) -> str:
    """A bare address without the escape or the hard break behind it, which comrak takes into it."""
    address, shown, rest, following = link.groups()
    if written.out(unescape(shown + rest)):
        return link[0]
    after = "<br />\n" if rest + following == "\\\n" else _ESCAPING.sub("", rest + following)
    return f'<a href="{address}">{shown}</a>{after}'
