"""What a file of Jekyll's `_includes` shows, where it takes no more than what the tag gives to it."""

import re
from collections.abc import Callable, Mapping
from functools import partial

from posts.rendering import liquid_conditions, liquid_loops, liquid_values
from posts.rendering.liquid_values import OUTPUT, Count
from posts.rendering.shortcodes import LONGEST_REPEATED

_COMMENT = re.compile(r"\{%-?\s*+comment\s*+-?%\}(?:(?!\{%).)*+\{%-?\s*+endcomment\s*+-?%\}\s*+", re.DOTALL)
_KNOWN = re.compile(r"\s*+(?:page|site)\.[\w.-]++\s*+")
_LOOP = re.compile(
    r"\{%-?\s*+(?:for\s++[\w-]++\s++in\s++(?:page|site\.data|include\.[\w-]++)\.[^%{}]*+|endfor\s*+-?)%\}"
)
"""One over a list of the page's or of the site's data, which the tag may name."""
_OF_NAMED = re.compile(r"\{[{%][^{}]*+\}")
_NAMED = re.compile(r"(?<![\w.-])include\.([\w-]++)(?=\.[\w-])")
_BRACED = re.compile(r"(\{%-?\s*+(?:if|unless|elsif)\s[^%{}]*+)\{\{\s*+([\w.-]++)\s*+\}\}")
"""A condition on a value in braces, which Liquid reads as one without."""


def may_show(text: str) -> bool:
    """Whether there is anything with which `shown` takes the file: what stands outside of conditions is always there."""
    text = _LOOP.sub("", _BRACED.sub(r"\1\2", _COMMENT.sub("", text)))
    return not _has_more_than_outputs(liquid_conditions.always_there(text))


def shown(
    text: str, parameters: Mapping[str, str], value: Callable[[str, str], str | None], named: Mapping[str, str] = {}
) -> str | None:
    """The file's text with the tag's parameters and what the page and the site say in it, also of what it names of theirs;
    None for one that asks for more than these. Raises RenderingError for one that is too long."""
    text = _BRACED.sub(r"\1\2", _COMMENT.sub("", text).strip("\r\n"))
    if named:
        text = _of_what_it_names(text, named)
    own = partial(_of_include, parameters, value)
    text = liquid_loops.written_out(liquid_loops.trimmed(text), own, LONGEST_REPEATED)
    text = liquid_conditions.decided(text, own)

    def lookup(name: str) -> str | None:
        if name in {"site.url", "site.baseurl"}:
            return ""
        if name.partition(".")[0] == "include":
            return parameters.get(name.partition(".")[2], "")
        return liquid_values.of_owner(value, name)

    outputs = {said: _output(said, lookup, value) for said in set(OUTPUT.findall(text))}
    if _has_more_than_outputs(text) or None in outputs.values():
        return None
    Count(LONGEST_REPEATED)(len(text) + sum(len(outputs[each] or "") for each in OUTPUT.findall(text)))
    return OUTPUT.sub(lambda found: outputs[found[1]] or "", text)


def _of_what_it_names(text: str, named: Mapping[str, str]) -> str:
    """With `include.item.name` as the page or the site has it. Raises RenderingError for one that is too long."""
    Count(LONGEST_REPEATED)(len(text) + max(map(len, named.values())) * text.count("include."))

    def tag(found: re.Match[str]) -> str:
        return _NAMED.sub(lambda each: named.get(each[1], each[0]), found[0])

    return _OF_NAMED.sub(tag, text)


def _has_more_than_outputs(text: str) -> bool:
    rest = OUTPUT.sub("", text)
    return "{%" in rest or "{{" in rest


def _output(said: str, lookup: Callable[[str], str | None], value: Callable[[str, str], str | None]) -> str | None:
    """What it shows; what the page or the site does not say is left as it is written, to be told of, but for a key that its
    data do not have."""
    text = liquid_values.shown(said, lookup)
    if text is not None or not _KNOWN.fullmatch(said):
        return text
    owner, _, name = said.strip().partition(".")
    return "" if name.startswith("data.") and value(f"{owner}?", name) == "" else f"{{{{{said}}}}}"


def _of_include(
    parameters: Mapping[str, str], value: Callable[[str, str], str | None], owner: str, name: str
) -> str | None:
    if owner == "include?":
        return "yes" if name in parameters else ""
    return parameters.get(name) if owner == "include" else value(owner, name)
