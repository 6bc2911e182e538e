"""Front matter in YAML: read with YAML 1.2's few scalar types, edited by splicing at the positions that libyaml gives."""

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime, time
from typing import Any, ClassVar

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from posts.dates import rfc3339
from posts.document.json_text import dumps as json_dumps
from posts.document.reasons import reason
from posts.document.values import MAX_DEPTH, Malformed, Path, Value
from posts.sentences import Number, Sentence, gettext_noop

MAX_NODES = 50_000  # after aliases are followed: an alias bomb is small until it is
_MAYBE_DEEP = re.compile(r"[\[{]|[-?] ")
_TEXT = "tag:yaml.org,2002:str"
_KEY_TAGS = {_TEXT, "tag:yaml.org,2002:merge"}
_UNPRINTABLE = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
# To libyaml, as in YAML 1.1, these end a line; in YAML 1.2, and so to Hugo, they are characters like others. libyaml is
# given noncharacters, which stand in no text, in their place.
_LINE_ENDS = re.compile("[\x85\u2028\u2029]")
_HIDDEN = {0x85: 0x1FFFE, 0x2028: 0x1FFFF, 0x2029: 0x2FFFE}
_SHOWN = {hidden: shown for shown, hidden in _HIDDEN.items()}
# An item of a list to YAML 1.2 and Hugo, an error to libyaml.
_ITEM_BEHIND_TAB = re.compile(r"^ *-[ \t]*\t", re.MULTILINE)


class _Loader(yaml.CSafeLoader):
    """YAML as Hugo reads it: no dates, no `yes`, no sexagesimal `12:30`; `010` is octal, `1_000` a number and `1e3` text."""

    yaml_implicit_resolvers: dict[str, Any] = {}  # the base class's is changed by add_implicit_resolver
    # No dates, sets or bytes: a tag that asks for one is an error at its place.
    yaml_constructors: ClassVar[dict[str | None, Any]] = {
        tag: construct
        for tag, construct in yaml.CSafeLoader.yaml_constructors.items()
        if tag is None or tag.rpartition(":")[2] in {"null", "str", "seq", "map"}
    }

    def __init__(self, text: str) -> None:
        if "\t" in text:
            text = _ITEM_BEHIND_TAB.sub(lambda found: found[0].replace("\t", " "), text)
        super().__init__(text.translate(_HIDDEN) if _LINE_ENDS.search(text) else text)


for tag, pattern, first in (
    ("bool", r"true|True|TRUE|false|False|FALSE", "tTfF"),
    ("int", r"[-+]?(?:0[0-7_]*|[1-9][0-9_]*|0o[0-7_]+|0b[01_]+|0x[0-9a-fA-F_]+)", "-+0123456789"),
    ("float", r"[-+]?(?:\.[0-9][0-9_]*|[0-9][0-9_]*\.[0-9_]*)(?:[eE][-+]?[0-9]+)?", "-+.0123456789"),
    ("float", r"[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)", "-+."),
    ("null", r"~|null|Null|NULL|", ["~", "n", "N", ""]),
    ("merge", "<<", "<"),
):
    _Loader.add_implicit_resolver(f"tag:yaml.org,2002:{tag}", re.compile(f"^(?:{pattern})$"), list(first))


def _scalar(refusal: Sentence, read: Callable[[str], Value]) -> Callable[[_Loader, ScalarNode], Value]:
    """A constructor whose error says where the text stands."""

    def construct(loader: _Loader, node: ScalarNode) -> Value:
        text = loader.construct_scalar(node)
        try:
            return read(text)
        except (ValueError, LookupError):
            raise yaml.constructor.ConstructorError(
                None, None, refusal % {"text": text[:40]}, node.start_mark
            ) from None

    return construct


def _integer(text: str) -> int:
    digits = text.replace("_", "")
    bare = digits.lstrip("-+")
    return int(digits, 0 if bare[:2] in {"0b", "0o", "0x"} else 8 if bare[0] == "0" else 10)


def _real(text: str) -> float:
    return float(text.lower().replace("_", "").replace(".inf", "inf").replace(".nan", "nan"))


_TRUTH = {"true": True, "false": False}
_Loader.add_constructor(
    _TEXT, _scalar(gettext_noop("%(text)s is no text that can be read"), lambda text: text.translate(_SHOWN))
)
_Loader.add_constructor(
    "tag:yaml.org,2002:bool",
    _scalar(gettext_noop("%(text)s is no boolean that can be read"), lambda text: _TRUTH[text.lower()]),
)
_Loader.add_constructor(
    "tag:yaml.org,2002:int", _scalar(gettext_noop("%(text)s is no integer that can be read"), _integer)
)
_Loader.add_constructor(
    "tag:yaml.org,2002:float", _scalar(gettext_noop("%(text)s is no number that can be read"), _real)
)


def load(text: str) -> dict[str, Value]:
    """The mapping. Raises `Malformed`."""
    try:
        loader = _Loader(text)
        root = _root(text, loader)
        return dict(loader.construct_document(root) or {}) if root else {}
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        problem = error.problem or error.context
        problem = problem if isinstance(problem, Sentence) else reason(" ".join(str(problem).split()))
        offset = min(mark.index, len(text)) if mark else 0
        said = gettext_noop("the YAML cannot be read: %(problem)s") % {"problem": problem}
        raise Malformed(offset, said, gettext_noop("fix it here")) from None
    except yaml.reader.ReaderError as error:
        said = gettext_noop("the YAML cannot be read: %(problem)s") % {"problem": reason(error.reason)}
        raise Malformed(_reader_offset(text, error), said, gettext_noop("take it out")) from None
    except Malformed:
        raise
    except (yaml.YAMLError, ValueError, TypeError, RecursionError, OverflowError) as error:
        said = gettext_noop("the YAML holds a value that cannot be read: %(problem)s") % {"problem": str(error)}
        raise Malformed(0, said, gettext_noop("write it as a string")) from None


def value_offset(text: str, path: Path) -> int | None:
    """Where the value at this path begins; None if there is none."""
    entry = _entry(_placed(text), path)
    return entry[1].start_mark.index if entry else None


def replaced(text: str, path: Path, value: Value) -> str:
    """The text, of whole lines, with another value at the path, in the style of the one before; the caller checks what it says."""
    root = _placed(text)
    if entry := _entry(root, path):
        return _with_value(text, *entry, value)
    for depth in range(len(path) - 1, 0, -1):
        parent = _entry(root, path[:depth])
        if parent and isinstance(parent[1], MappingNode) and parent[1].value:
            return _with_entry(text, parent[1], path[depth:], value)
    if root and root.flow_style and root.value:
        return _with_entry(text, root, path, value)
    indent = " " * root.value[0][0].start_mark.column if root and root.value else ""
    return text + _entry_text(path, value, indent, text)


def removed(text: str, path: Path) -> str:
    """The text without the lines of the entry at the path; a mapping that this empties goes too."""
    root = _placed(text)
    entry = _entry(root, path)
    if not entry:
        return text
    if len(path) > 1:
        parent = _entry(root, path[:-1])
        if parent and len(parent[1].value) == 1:
            return removed(text, path[:-1])
    start = text.rfind("\n", 0, entry[0].start_mark.index) + 1
    return text[:start] + text[_line_end(text, _content_end(text, entry[1], entry[0])) :]


def dumped(values: Mapping[str, Value]) -> str:
    """YAML of these values, an entry a line."""
    return "".join(_entry_text([key], value, "", "") for key, value in values.items())


# Reading


def _root(text: str, loader: _Loader | None = None) -> MappingNode | None:
    """The composed mapping; None for an empty one. Raises `Malformed` for what is no mapping or would explode."""
    if " " * MAX_DEPTH in text or len(_MAYBE_DEEP.findall(text)) > MAX_DEPTH:
        _refuse_depth(text)
    root = (loader or _Loader(text)).get_single_node()
    if root is None or (isinstance(root, ScalarNode) and root.tag.endswith(":null")):
        return None
    if not isinstance(root, MappingNode):
        said = (
            gettext_noop("the front matter is a list")
            if isinstance(root, SequenceNode)
            else gettext_noop("the front matter is a single value")
        )
        raise Malformed(root.start_mark.index, said, gettext_noop("write `key: value` lines"))
    _refuse_bombs_and_twins(root)
    return root


def _refuse_depth(text: str) -> None:
    """libyaml composes by recursion, and a text nested deeply enough would end the process: its events do not."""
    depth = 0
    loader = _Loader(text)
    while event := loader.get_event():
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > MAX_DEPTH:
            said = gettext_noop("the YAML is nested more than %(most)s deep") % {"most": MAX_DEPTH}
            raise Malformed(_index(event.start_mark), said, gettext_noop("simplify it"))


def _index(mark: Any) -> int:
    return int(mark.index) if mark else 0


def _refuse_bombs_and_twins(root: MappingNode) -> None:
    """Also makes every key text."""
    waiting: list[Node] = [root]
    seen = 0
    while waiting:
        node = waiting.pop()
        seen += 1
        if seen > MAX_NODES:
            said = gettext_noop("the YAML holds more than %(most)s values") % {"most": Number(MAX_NODES)}
            raise Malformed(root.start_mark.index, said, gettext_noop("write fewer"))
        if isinstance(node, MappingNode):
            _with_text_keys(node)
            waiting.extend(value for _, value in node.value)
        elif isinstance(node, SequenceNode):
            waiting.extend(node.value)


def _with_text_keys(mapping: MappingNode) -> None:
    """Makes keys the text that is written, `1` and `true` too; refuses one that stands twice."""
    seen = set()
    for at, (key, value) in enumerate(mapping.value):
        if not isinstance(key, ScalarNode):
            raise Malformed(
                key.start_mark.index, gettext_noop("a key is a list or a mapping"), gettext_noop("write it as text")
            )
        if key.value in seen:
            said = gettext_noop("the key %(key)s stands twice") % {"key": " ".join(str(key.value).split())}
            raise Malformed(key.start_mark.index, said, gettext_noop("take one out"))
        seen.add(key.value)
        if key.tag not in _KEY_TAGS:  # a node of its own: an alias may stand for the same one as a value
            text_key = ScalarNode(_TEXT, key.value, key.start_mark, key.end_mark, key.style)
            mapping.value[at] = (text_key, value)


def _placed(text: str) -> MappingNode | None:
    """The mapping to edit by. Each alias is a node of its own at its own place: libyaml gives the one it stands for."""
    root = _root(text)
    if not root or "*" not in text:
        return root
    aliases: Iterator[Any] = iter([event for event in yaml.parse(text, _Loader) if isinstance(event, yaml.AliasEvent)])
    seen: set[int] = set()

    def own(node: Node) -> Node:
        if id(node) in seen:
            alias = next(aliases)
            name = node.value if isinstance(node, ScalarNode) else ""
            return ScalarNode(_TEXT, name, alias.start_mark, alias.end_mark)
        seen.add(id(node))
        if isinstance(node, MappingNode):
            node.value = [(own(key), own(value)) for key, value in node.value]
        elif isinstance(node, SequenceNode):
            node.value = [own(item) for item in node.value]
        return node

    own(root)
    return root


def _entry(root: MappingNode | None, path: Path) -> tuple[ScalarNode, Node] | None:
    here: Node | None = root
    found = None
    for name in path:
        pairs = here.value if isinstance(here, MappingNode) else []
        found = next(((key, value) for key, value in pairs if key.value == name), None)
        if not found:
            return None
        here = found[1]
    return found


def _reader_offset(text: str, error: yaml.reader.ReaderError) -> int:
    return max(text.find(chr(error.character)), 0) if isinstance(error.character, int) else 0


# Editing


def _with_value(text: str, key: ScalarNode, old: Node, value: Value) -> str:
    start, end = old.start_mark.index, _content_end(text, old, key)
    indent = " " * key.start_mark.column
    in_line = isinstance(old, ScalarNode) and old.style not in {"|", ">"} or getattr(old, "flow_style", False)
    if not (isinstance(value, dict) and value) and in_line and start < end:
        return text[:start] + _inline(value, _style(old)) + text[end:]
    colon = text.index(":", key.end_mark.index)
    new = _value_text(value, indent, _newline(text), old)
    return text[: colon + 1] + new + text[max(end, colon + 1) :]


def _with_entry(text: str, mapping: MappingNode, path: Path, value: Value) -> str:
    last_key, last_value = mapping.value[-1]
    end = _content_end(text, last_value, last_key)
    if mapping.flow_style:
        for name in reversed(path[1:]):
            value = {name: value}
        return f"{text[:end]}, {_inline(path[0], None)}: {_inline(value, None)}{text[end:]}"
    at = _line_end(text, end)
    return text[:at] + _entry_text(path, value, " " * last_key.start_mark.column, text) + text[at:]


def _entry_text(path: Path, value: Value, indent: str, text: str) -> str:
    """A new entry's lines."""
    for name in reversed(path[1:]):
        value = {name: value}
    newline = _newline(text)
    return f"{indent}{_inline(path[0], None)}:{_value_text(value, indent, newline, None)}{newline}"


def _value_text(value: Value, indent: str, newline: str, old: Node | None) -> str:
    """What stands behind the colon: on its line, or on lines of its own below, as the old value did."""
    if isinstance(value, dict) and value:
        entries = (
            f"{newline}{indent}  {_inline(key, None)}:{_value_text(inner, indent + '  ', newline, None)}"
            for key, inner in value.items()
        )
        return "".join(entries)
    if isinstance(value, list) and value and isinstance(old, SequenceNode):  # in lines: brackets stay in theirs
        dash = " " * old.start_mark.column
        style = _style(old.value[0]) if old.value else None
        return "".join(f"{newline}{dash}- {_inline(item, style)}" for item in value)
    return " " + _inline(value, _style(old))


def _inline(value: Value, style: str | None) -> str:
    """The value on one line, quoted as `style` says (`'`, `"`, or None for no more than needed)."""
    match value:
        case None:
            return "null"
        case bool():
            return "true" if value else "false"
        case datetime() if value.tzinfo:
            return rfc3339(value)
        case date() | time():
            return value.isoformat()
        case float():
            return {"inf": ".inf", "-inf": "-.inf", "nan": ".nan"}.get(str(value), _with_point(repr(value)))
        case int():
            return str(value)
        case str():
            return _text(value, style)
        case list() | tuple():
            item_style = '"' if style is None else style
            return "[" + ", ".join(_inline(item, item_style) for item in value) + "]"
    return "{" + ", ".join(f"{_inline(key, None)}: {_inline(inner, None)}" for key, inner in value.items()) + "}"


def _with_point(number: str) -> str:
    """`1e+21` as `1.0e+21`: without a point it is text."""
    digits, mark, exponent = number.partition("e")
    return number if "." in digits or not mark else f"{digits}.0e{exponent}"


def _text(value: str, style: str | None) -> str:
    if style == "'" and value.isprintable():
        return "'" + value.replace("'", "''") + "'"
    if style != '"' and _is_plain(value):
        return value
    return _UNPRINTABLE.sub(lambda found: f"\\u{ord(found[0]):04x}", json_dumps(value))


def _is_plain(value: str) -> bool:
    """Whether the text without quotes says itself, in a block and inside brackets, to readers of YAML 1.1 too."""
    older = yaml.CSafeLoader.yaml_implicit_resolvers.get(value[:1], [])
    if not value.isprintable() or any(pattern.match(value) for _, pattern in older):
        return False
    try:
        return bool(load(f"key: {value}\nlist: [{value}]\n") == {"key": value, "list": [value]})
    except Malformed:
        return False


def _style(node: Node | None) -> str | None:
    if isinstance(node, SequenceNode):
        return _style(node.value[0]) if node.value else '"'
    return node.style if isinstance(node, ScalarNode) and node.style in {"'", '"', ""} else None


def _last_leaf(node: Node) -> Node:
    """The node itself, or of what stands on lines of its own the last value in it."""
    while isinstance(node, MappingNode | SequenceNode) and not node.flow_style:  # an empty one has brackets
        last = node.value[-1]
        node = last[1] if isinstance(last, tuple) else last
    return node


def _content_end(text: str, node: Node, key: ScalarNode) -> int:
    """Behind the last character that belongs to the value: blank lines and comments after it do not."""
    leaf = _last_leaf(node)
    start, end = leaf.start_mark.index, leaf.end_mark.index
    if isinstance(leaf, ScalarNode) and leaf.style in {"|", ">"}:
        return start + len(text[start:end].rstrip())
    return max(end, key.end_mark.index + 1) if start == end else end


def _line_end(text: str, at: int) -> int:
    """Behind the line end of the line that holds this offset."""
    found = text.find("\n", at)
    return len(text) if found < 0 else found + 1


def _newline(text: str) -> str:
    return "\r\n" if "\r\n" in text else "\n"
