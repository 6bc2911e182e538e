"""Conditions of Liquid's on what a page and its site say: of what they choose between, what Jekyll shows."""

import re
from collections.abc import Callable, Iterator
from functools import partial
from operator import eq, ge, gt, le, lt, ne

_BETWEEN = r"((?:(?!\{%-?\s*+(?:if|unless|endif|endunless|case|when|endcase|for|endfor)\b).)*+)"
_CONDITION = re.compile(
    rf"\{{%-?\s*+(if|unless)\s++([^%{{}}]*+)%\}}{_BETWEEN}\{{%-?\s*+end\1\s*+-?%\}}",
    re.DOTALL,
)
"""One in which no other stands."""
_BRANCH = re.compile(r"\{%-?\s*+(?:elsif\s++([^%{}]*+)|else\s*+-?)%\}")
_ATOM = re.compile(
    r"(page|site|include)\.([\w-]++(?:\.[\w-]++)*+)(?:\s*+(==|!=|<=|>=|<|>|\bcontains\b)\s*+(?:\"([^\"]*+)\"|'([^']*+)'|([\w.]++)))?"
)
_NUMBERS = re.compile(r"(\d{1,15})\s*+(==|!=|<=|>=|<|>)\s*+(\d{1,15})")  # of a loop's round
_NUMBER = re.compile(r"-?\d{1,15}(?:\.\d{1,9})?")
_COMPARING: dict[str, Callable[[float, float], bool]] = {"<": lt, ">": gt, "<=": le, ">=": ge, "==": eq, "!=": ne}
_JOINED = re.compile(r"\s++(and|or)\s++")
_DEEPEST = 8  # conditions within each other
_NOTHING = frozenset({"nil", "null"})

Value = Callable[[str, str], str | None]
"""What `page`, `site` or `include` says under a name, and with the owner `page?` or `include?` whether it says anything:
empty for nothing, None where that is not known."""


def decided(text: str, value: Value, hidden: Callable[[str], str] = lambda text: "") -> str:
    """The text with what its conditions choose, and something else in the place of what they do not."""
    return _replaced(text, partial(_chosen, value=value, hidden=hidden))


def always_there(text: str) -> str:
    """The text with nothing that its conditions choose."""
    return _replaced(text, lambda found: "")


def _replaced(text: str, chosen: Callable[[re.Match[str]], str]) -> str:
    if "{%" not in text or ("endif" not in text and "endunless" not in text):
        return text
    for _ in range(_DEEPEST):
        shown = _CONDITION.sub(chosen, text)
        if shown == text:
            break
        text = shown
    return text


def _chosen(found: re.Match[str], value: Value, hidden: Callable[[str], str]) -> str:
    whole, begin = found[0], found.start()
    for condition, start, end in _branches(found):
        is_so = True if condition is None else _is_so(condition.strip("- \t\n"), value)
        if is_so is None:
            return whole
        is_first = start == found.start(3)
        if is_so != (is_first and found[1] == "unless"):
            return hidden(whole[: start - begin]) + whole[start - begin : end - begin] + hidden(whole[end - begin :])
    return hidden(whole)


def _branches(found: re.Match[str]) -> Iterator[tuple[str | None, int, int]]:
    """Each branch's condition, None for `else`, and where what it shows begins and ends."""
    condition: str | None = found[2]
    start, end = found.span(3)
    for branch in _BRANCH.finditer(found.string, start, end):
        yield condition, start, branch.start()
        condition, start = branch[1], branch.end()
    yield condition, start, end


def _is_so(condition: str, value: Value) -> bool | None:
    """Whether it holds; None where that is not known. Source: Liquid, which joins from the right."""
    *before, last = _JOINED.split(condition)
    result = _holds(last, value)
    while before:
        sign, left = before.pop(), _holds(before.pop(), value)
        if result is None or left is None:
            return None
        result = left and result if sign == "and" else left or result
    return result


def _holds(atom: str, value: Value) -> bool | None:
    if atom in {"true", "false"}:
        return atom == "true"
    if numbers := _NUMBERS.fullmatch(atom):
        return _COMPARING[numbers[2]](int(numbers[1]), int(numbers[3]))
    found = _ATOM.fullmatch(atom)
    if not found:
        return None
    owner, name, sign, double, single, word = found.groups()
    text = value(owner, name)
    is_configuration = owner == "site" and not name.startswith("data.")
    is_said = text or None if is_configuration else value(f"{owner}?", name)
    if is_said is None:
        return None
    if sign in {"<", ">", "<=", ">="}:
        are_numbers = text is not None and _NUMBER.fullmatch(text) and word is not None and _NUMBER.fullmatch(word)
        return _COMPARING[sign](float(text or 0), float(word)) if are_numbers else None
    if not sign:
        return is_said != "" and text != "false"
    wanted = next((each for each in (double, single, word) if each is not None), "")
    if sign == "contains":
        return None if text is None and is_said else wanted in (text or "")
    return (not is_said if word in _NOTHING else text == wanted) == (sign == "==")
