"""Tags alone on their lines, which comrak takes for the end of the paragraph, item or table that they stand in."""

import re

_TAG = re.compile(
    r"""^ {0,3}<(?:/[a-z][a-z0-9-]*+[ \t]*+|[a-z][a-z0-9-]*+(?:[ \t]++[a-z_:][\w.:-]*+"""
    r"""(?:[ \t]*+=[ \t]*+(?:[^\s"'=<>`]++|'[^'\n]*+'|"[^"\n]*+"))?+)*+[ \t]*+/?)>[ \t\r]*$""",
    re.MULTILINE | re.IGNORECASE | re.ASCII,
)
_MAY_BE_ONE = re.compile("\n {0,3}<")
_BLOCK = re.compile(
    r"</?(?:address|article|aside|base|basefont|blockquote|body|caption|center|col|colgroup|dd|details|dialog|dir|div|dl|dt|"
    r"fieldset|figcaption|figure|footer|form|frame|frameset|h[1-6]|head|header|hr|html|iframe|legend|li|link|main|menu|"
    r"menuitem|nav|noframes|ol|optgroup|option|p|param|search|section|summary|table|tbody|td|tfoot|th|thead|title|tr|track|"
    r"ul)(?:[\s/>]|$)|<[!?]",
    re.IGNORECASE,
)
_UNREAD = re.compile(r"<(?:(pre|script|style|textarea)(?:[\s>]|$)|!--)", re.IGNORECASE)
_CONTAINERS = re.compile(r"[ \t>]*(?:(?:[-+*]|[0-9]{1,9}[.)])[ \t]+[ \t>]*)*")
_FENCE = re.compile("`{3,}+(?!.*`)|~{3,}")
_LEAF = re.compile(r"#{1,6}(?:\s|$)|\[(?!\^)[^\]]*\]:|[-=*_\s]*$")
_DELIMITER_ROW = re.compile(r"\|?(?:[ \t]*:?-+:?[ \t]*\|)+(?:[ \t]*:?-+:?)?[ \t\r]*$")
_FAR_IN = " " * 40
"""What stands so far in is more of the paragraph above, whatever it is in."""


def with_tags_in_text(text: str) -> str:
    """The text in which such a tag, right below an item's or a quotation's text or a table's row, is more of it."""
    if not _MAY_BE_ONE.search(text) or not _TAG.search(text):
        return text
    lines = text.split("\n")
    above, end = "", ""  # of what a line before was, and of what is not read
    for number, line in enumerate(lines):
        bare = _CONTAINERS.sub("", line, count=1).strip()
        if end:
            end = "" if _ends(line, end) else end
        elif above in {"text", "table"} and _TAG.match(line) and not (_BLOCK.match(bare) or _UNREAD.match(bare)):
            lines[number] = f"| {line}" if above == "table" else _FAR_IN + line
        else:
            end = _unread_until(bare)
            above = _what(line, bare, above)
    return "\n".join(lines)


def _unread_until(bare: str) -> str:
    """What ends the code or the raw HTML that begins here and goes on, "" for none."""
    if fence := _FENCE.match(bare):
        return fence[0]
    unread = _UNREAD.match(bare)
    closing = unread and (f"</{unread[1].lower()}>" if unread[1] else "-->")
    return closing if closing and closing not in bare.lower() else ""


def _ends(line: str, end: str) -> bool:
    if end[0] in "`~":
        bare = line.strip(" \t\r>")
        return bare.startswith(end) and not bare.strip(end[0])
    return end in line.lower()


def _what(line: str, bare: str, above: str) -> str:
    """What the line is: text, table, what lasts until a blank line as HTML does, or, "", nothing of which a tag could be
    more."""
    if not bare or _FENCE.match(bare):
        return ""
    if above == "html" or _BLOCK.match(bare) or _UNREAD.match(bare) or (above != "text" and _TAG.match(bare)):
        return "html"
    if above == "text" and _DELIMITER_ROW.match(bare):
        return "table" if line.startswith(bare) else "html"  # a row of one further in would be a text of its own
    is_code = above == "" and line.startswith(("    ", "\t")) and bare == line.strip()
    return "" if is_code or _LEAF.match(bare) else above or "text"
