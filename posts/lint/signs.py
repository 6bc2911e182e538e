"""Whether a rule may find anything in a document: told from its text alone, so that most are never read as Markdown.

A yes may be in vain; a no stands only where the rule finds nothing, however the text is read (tests/laws). Each pattern
begins with the one character that it looks for, which is found many times faster than a line's beginning is.
"""

import re

from posts.lint import apostrophes, headings, links
from posts.lint.inspected import Inspected
from posts.lint.markdown import Markdown

_FIRST_LEVEL = re.compile(r"\n[ \t]*(?:#(?:\s|\Z)|=+[ \t]*\r?(?:\n|\Z))")
_HASHES = re.compile(r"#(?<=[\s>]#)#{0,5}(?=\s|\Z)")
_UNDERLINE = re.compile(r"\n[ \t>]*(?:(=)=*|-+)[ \t]*\r?(?=\n|\Z)")
_NOTHING_UNDERLINED = re.compile(
    r"\n(?=[ \t>\r]*+[^ \t>\r\n])(?:[ \t>]*+\d{1,9}[.)])?+[^\w\n]*+\n[ \t>]*+(?:=+|-+)[ \t]*+\r?(?=\n|\Z)"
)
_OWN_ID = re.compile(r"\{[^{}\n]*#")
_HASH_AT_END = re.compile(r"#\s*(?:\n|\Z)")
_BOLD_LINE = re.compile(r"\n[ \t]*(?:\*\*|__)(?=\S)[^\n]*(?:\*\*|__)[ \t]*\r?(?=\n|\Z)")
_IMAGE = re.compile(r"!\[(?:([^\[\]\\`<{]*)\]\()?")
_HTML_IMAGE = re.compile(r"<img\b", re.IGNORECASE)
_HTML_LINK = re.compile(r"<(?:a|img)\b", re.IGNORECASE)
_TARGET = re.compile(r"\]\(\s*<?(?=[^\s)>])")
_ADDRESS_AS_TEXT = re.compile(r"\[\s*https?://")
_FOLLOWS_READERS = re.compile(rf"(?:\?|&(?:amp;)?)(?:{links.TRACKING.pattern})", re.IGNORECASE)
_HTTP = "[Hh][Tt][Tt][Pp]"
_JOINED = re.compile(rf"://(?:(?<=\w{_HTTP}://)|(?<=\w{_HTTP}[Ss]://))|<!--\w(?!ore-->)")


def of_lost_apostrophe(inspected: Inspected) -> bool:
    """MG1: it would find one if all of the body were prose, or what is none is joined to a word."""
    body = _body(inspected)
    as_prose = Inspected(inspected.document)
    as_prose.markdown = Markdown(body, [])
    as_prose.markdown.prose = body
    found = apostrophes.lost_apostrophe(as_prose, has_footnotes=False)
    return next(found, None) is not None or _JOINED.search(body) is not None


def of_repeated_title(inspected: Inspected) -> bool:
    """MG2: a heading of the first level."""
    return _FIRST_LEVEL.search(_body(inspected)) is not None


def of_image_without_alt(inspected: Inspected) -> bool:
    """MG3: an image in HTML or in a shortcode, or an alternative text of Markdown or of the cover that may say nothing."""
    body = _body(inspected)
    if links.FIGURE.search(body) or _HTML_IMAGE.search(body) or any(links.cover_without_alt(inspected)):
        return True
    return any(map(links.may_say_nothing, _IMAGE.findall(body)))


def of_heading_outline(inspected: Inspected) -> bool:
    """MG5: headings of more than two neighbouring levels, one that may be without text, or an id of one's own."""
    body = _body(inspected)
    levels = {
        *map(len, _HASHES.findall(body)),
        *(1 if double else 2 for double in _UNDERLINE.findall(body)),
        *map(int, headings.HTML_HEADING.findall(body)),
    }
    if not levels:
        return False
    is_plain = max(levels) <= min(levels) + 1 and not _OWN_ID.search(body)
    return not is_plain or any(each.search(body) for each in (_HASH_AT_END, _NOTHING_UNDERLINED))


def of_tracked_or_bare_link(inspected: Inspected) -> bool:
    """MG11: an address in brackets, or a parameter that follows readers."""
    body = _body(inspected)
    if _ADDRESS_AS_TEXT.search(body):
        return True
    return "?" in body and _FOLLOWS_READERS.search(body) is not None


def of_bold_heading(inspected: Inspected) -> bool:
    """MG12: a line that begins and ends in bold."""
    return _BOLD_LINE.search(_body(inspected)) is not None


def of_internal_links(inspected: Inspected) -> bool:
    """Links to the site itself: one in HTML, one in a definition, or one whose address may be a path."""
    body = _body(inspected)
    if "]:" in body or _HTML_LINK.search(body):
        return True
    return any(not links.NO_PATH.match(body, found.end()) for found in _TARGET.finditer(body))


def _body(inspected: Inspected) -> str:
    """With a line's end before it, by which the first line is found too."""
    return "\n" + inspected.document.body
