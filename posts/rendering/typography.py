"""Signs that typography sets, as Hugo sets them, apart from those that the author typed."""

import re
from collections.abc import Mapping
from html import escape, unescape
from string import punctuation, whitespace
from unicodedata import category
from urllib.parse import quote

from posts.rendering.page import TYPOGRAPHY

_STAND_INS = (
    "⸺⸻⸰⸌⸍⸠⸡"  # hardly anybody types these; of the same kinds, so that emphasis begins and ends beside them alike
)
_STANDING_IN = tuple(zip(TYPOGRAPHY, _STAND_INS, strict=True))
_SHOWN_IN_ADDRESSES = [(quote(stand_in), quote(sign)) for sign, stand_in in _STANDING_IN]
_REFERENCES = {
    f"&{written};": f"&#{'x' * (form == 'x')}{ord(stand_in):{form}};"
    for sign, stand_in, name in zip(
        TYPOGRAPHY, _STAND_INS, ("ndash", "mdash", "hellip", "lsquo", "rsquo", "ldquo", "rdquo"), strict=True
    )
    for form, written in (
        ("05d", name),
        ("06d", f"#{ord(sign)}"),
        ("07d", f"#x{ord(sign):x}"),
        ("x", f"#x{ord(sign):X}"),
    )
}
"""Each way to write a sign as a reference, with one for its stand-in: in code it is told by that from the others."""
_REFERENCE = re.compile("|".join(_REFERENCES))

_STRAIGHT = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"', "–": "--", "—": "---", "…": "..."})
_BLOCKS = r"p|li|ul|ol|dl|dd|dt|td|th|tr|table|thead|tbody|blockquote|pre|div|section|hr|h[1-6]"
_TAG_OR_MARK = re.compile(
    r"<pre\b[^<]*+(?:<(?!/pre>)[^<]*+)*+|\{[^{}<>\n]*+\}(?=\s*+</h[1-6]>)|<img src=\"[^\"<>]*+\" alt=\""
    r"|<[^<>]*+|[‘’“”]"
)
"""What braces at the end of a heading hold is read later; an image's alternative text is text."""
_TAG = re.compile(rf"</?(?:(?P<block>(?:{_BLOCKS})\b)|(?P<name>\w+))?[^<>]*+>")
_IN_ADDRESS = re.compile(r"[^\s<>()\[\]*_`\"']*+")
_CHARACTER = re.compile(r"&[#\w]{1,31};|.", re.DOTALL)
_LINK = re.compile(r'<a href="(?:mailto:|https?://(?=www\.))?([^"]+)">')
_REFERENCE_AT_END = re.compile(r"&[#\w]{1,31};\Z")
_WRITTEN = {"em": "*", "strong": "**", "a": "](", "img": "![", "sup": "[]", "code": "`", "del": "~~"}
"""By the names of elements what an author writes where they begin or end; of other ones the tag."""
_FAR = 2_000  # characters; a tag of more is not looked at
_ENDINGS = (b"s", b"m", b"t", b"d", b"ve", b"ll", b"re")  # Alice's, I'm, don't, you'd, I've, I'll, you're
_SHORTENED = (b"t", b"e", b"n", b"l")  # 'twas, 'em, 'net
_WORD_ENDS = punctuation.encode() + whitespace.encode()


def hidden(body: str) -> str:
    """The body with stand-ins for the signs that the author typed; one that holds any of these is left as it is."""
    has_references = "&" in body
    if body.isascii() and not has_references:
        return body
    said = unescape(body) if has_references else body
    if any(each in said for each in _STAND_INS):
        return body
    body = _REFERENCE.sub(_of_stand_in, body) if has_references else body
    for sign, stand_in in _STANDING_IN:  # many times as fast as `translate`
        body = body.replace(sign, stand_in)
    return body


def _of_stand_in(reference: re.Match[str]) -> str:
    """Of the stand-in, but not behind a bare address, where it would be taken for a part of that."""
    before = reference.string[max(reference.start() - _FAR, 0) : reference.start()]
    word = before[len(before) - _IN_ADDRESS.match(before[::-1]).end() :]  # type: ignore[union-attr]  # it may be empty
    return reference[0] if "://" in word or "www." in word else _REFERENCES[reference[0]]


def shown(html: str) -> str:
    """What an engine made of it, with the signs of the author's again."""
    for sign, stand_in in _STANDING_IN:
        html = html.replace(stand_in, sign)
    for stand_in, sign in _SHOWN_IN_ADDRESSES:
        html = html.replace(stand_in, sign)
    if "#" in html:  # in code and in HTML of the author's own they are still references
        for written, reference in _REFERENCES.items():
            html = html.replace(reference[1:], written[1:])
    return html


def set_anew(html: str, own: Mapping[str, str]) -> str:
    """The quotation marks that the engine set, each as Hugo sets it, and in place of all signs those of a site's own.

    `own` has them by the engine's, and that of an apostrophe as `'`; one that is empty is not set.
    Source: goldmark's typographer.
    """
    signs = {sign: escape(unescape(said)) for sign, said in own.items()}
    pieces: list[str] = []
    at, unclosed = 0, {"'": 0, '"': 0}
    for found in _TAG_OR_MARK.finditer(html):
        if found[0] not in "‘’“”":
            continue
        mark = found[0].translate(_STRAIGHT)
        sign = _sign(mark, _before(html, found.start()), _behind(html, found.end()), unclosed, signs)
        pieces += html[at : found.start()], sign or escape(mark, quote=mark == '"')
        at = found.end()
    html = "".join([*pieces, html[at:]])
    others = {sign: said for sign, said in signs.items() if sign in "–—…" and said}
    return re.sub(f"[{''.join(others)}]", lambda found: others[found[0]], html) if others else html


def _sign(mark: str, before: str, behind: str, unclosed: dict[str, int], own: Mapping[str, str]) -> str:
    """The sign for a straight mark between these two, empty for the mark itself; `unclosed` counts quotations, of the whole text."""
    after, line = behind[:1] or " ", behind.encode()
    behind_run = behind.lstrip(mark)[:1] or " "
    opens = _is_flank(before, behind_run)
    closes = _is_flank(behind_run, before)
    opening, closing = (own.get(sign, sign) for sign in ("‘’" if mark == "'" else "“”"))
    only_opens = opens and not closes
    if mark == "'":
        apostrophe = own.get("'", "’")
        if apostrophe and _is_apostrophe(before, after, line, only_opens=only_opens):
            return apostrophe
        if opening and only_opens and _begins_with_ending(line):
            return closing
    if opening and only_opens:
        unclosed[mark] += 1
        return opening
    if mark == "'" and closing and len(line) > 1 and not after.isdecimal():
        return closing
    if closing and unclosed[mark] and closes and (not opens or _ends_word(after, line)):
        if mark == '"' and after == '"' and before.isdecimal():  # of inches, before that of a quotation
            return ""
        unclosed[mark] -= 1
        return closing
    return ""


def _is_flank(outside: str, inside: str) -> bool:
    """Whether a mark between the two stands at the outside of something (CommonMark)."""
    return not inside.isspace() and (not _is_punctuation(inside) or outside.isspace() or _is_punctuation(outside))


def _is_apostrophe(before: str, after: str, line: bytes, *, only_opens: bool) -> bool:
    """The '90s, 'twas, can't."""
    is_decade = line[:2].isdigit() and line[2:3] == b"s" and _is_end(line[3:].decode(errors="ignore")[:1])
    is_shortened = (before.isspace() or category(before)[0] == "P") and line.startswith(_SHORTENED)
    return (only_opens and is_decade) or is_shortened or ((before.isalpha() or before.isdecimal()) and after.isalpha())


def _is_end(character: str) -> bool:
    return not character or character.isspace() or _is_punctuation(character)


def _begins_with_ending(line: bytes) -> bool:
    ends = (line[len(ending) :] for ending in _ENDINGS if line.startswith(ending))
    return any(not end or end[0] in _WORD_ENDS for end in ends)


def _ends_word(after: str, line: bytes) -> bool:
    return category(after)[0] == "P" and (len(line) == 1 or line[1] in _WORD_ENDS)


def _is_punctuation(character: str) -> bool:
    return category(character)[0] in "PS"


def _before(html: str, at: int) -> str:
    """The character before this place as the author wrote it, a line end where a block begins."""
    if at == 0:
        return "\n"
    if html[at - 1] == ">":
        start = html.rfind("<", max(at - _FAR, 0), at)
        tag = _TAG.fullmatch(html, start, at) if start >= 0 else None
        return ">" if not tag else "\n" if tag["block"] else _WRITTEN.get(tag["name"], ">")[-1]
    reference = _REFERENCE_AT_END.search(html, max(at - 33, 0), at)
    return unescape(reference[0] if reference else html[at - 1]).translate(_STRAIGHT)[-1]


def _is_bare(tag: re.Match[str]) -> bool:
    """Whether a link begins whose text is its address, which an author writes once."""
    address = _LINK.fullmatch(tag[0])
    return address is not None and tag.string.startswith(address[1], tag.end())


def _behind(html: str, at: int) -> str:
    """Up to five characters and a few behind this place as the author wrote them, of the same line of the same block."""
    said = ""
    while len(said) < 5 and at < len(html):
        if html[at] == "\n":
            tag = _TAG.match(html, at + 1)
            return said if at + 1 == len(html) or (tag and tag["block"]) else said + "\n"
        if tag := _TAG.match(html, at):
            if tag["block"]:
                return said
            said += "" if _is_bare(tag) else _WRITTEN.get(tag["name"], "<")
            at = tag.end()
        elif character := _CHARACTER.match(html, at):
            said += unescape(character[0]).translate(_STRAIGHT)
            at = character.end()
    return said
