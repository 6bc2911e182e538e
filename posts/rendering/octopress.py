"""The tags that Octopress adds to Jekyll's, put in Markdown's terms."""

import re

_IMAGE = re.compile(r"(?:^|\s)((?:https?://|/|\S+/)\S+)(?:\s+\d+){0,2}(.*)", re.DOTALL)
_QUOTED = re.compile(r"\"([^\"]*)\"|'([^']*)'")
_LANGUAGE = re.compile(r"\blang:(\S+)")
_SETTING = re.compile(r"\b(?:lang|start|mark|linenos|title|range):\S+|\bhttps?://\S+")


def image(said: str) -> str:
    """`{% img [class] address [width] [height] [title] %}`, of which the title may be two texts in quotes: title and alt."""
    found = _IMAGE.search(said)
    if not found:
        return ""
    texts = [double or single for double, single in _QUOTED.findall(found[2])] or [found[2].strip()]
    return f"![{texts[-1]}]({found[1]})"


def language(said: str) -> str:
    """That of a `codeblock`."""
    found = _LANGUAGE.search(said)
    return found[1] if found else ""


def caption(said: str) -> str:
    """What a `codeblock` is named, a blank line behind it; empty for no name."""
    words = " ".join(_SETTING.sub(" ", said).split())
    return f"*{words}*\n\n" if words else ""


def quotation(said: str, text: str) -> str:
    """A `blockquote`, with who said it and where."""
    source = re.sub(r"(https?://\S+)(?:\s+(.+))?", lambda found: f"[{found[2] or found[1]}]({found[1]})", said.strip())
    lines = [*text.strip().splitlines(), *(["", f"— {source}"] if source else [])]
    return "".join(f"> {line}\n" for line in lines)
