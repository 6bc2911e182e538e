"""Which key of a document fills a field, and with what: its own values, then those that its site has for it."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache, partial

from posts.document import Document, Value
from posts.document.values import as_text, as_texts, folded, within
from posts.front_matter_keys import ELSEWHERE, HUGOS_OWN, KEYS
from posts.picture_names import SHOWN

FALSE = frozenset({"false", "no", "off"})  # as Jekyll's YAML has it
# An empty `cover` means none; archetypes have the others empty in every page.
_SETTLED, _LEFT_OPEN = KEYS["cover"][:2], (*KEYS["cover"][2:], *ELSEWHERE["cover"])
_PARTS = frozenset(key for keys in ELSEWHERE.values() for key in keys if "." in key)
# Other tools' words may well be words: `banner: Big news`.
_ADDRESS = re.compile(rf"[^\s/.]*+[/.]\S*+|.*{SHOWN}", re.IGNORECASE)

_PATH = re.compile(r"/?[\w%~+@-][\w%~+@/-]*")  # of a page, and of no file


class Said:
    """A document's values, and behind them the defaults of its place in the site; keys in any case."""

    def __init__(self, document: Document, defaults: Mapping[str, Value]) -> None:
        self.document = document
        self.own, self.given = _with_params(folded(document.values)), _with_params(folded(defaults))
        behind = {key: value for key, value in self.given.items() if key not in self.own}
        self.layers = [layer for layer in (self.own, behind) if layer]

    def get(self, key: str) -> Value:
        """The value of `title` or `cover.image`; None for none."""
        return next((value for layer in self.layers if (value := within(layer, key)) is not None), None)

    def first(self, name: str, keys: Sequence[str] = ()) -> tuple[str, Value]:
        """The key that fills a field, and its value: any of the document's own comes before the defaults'."""
        for layer in self.layers:
            there = [key for key in keys or KEYS[name] if _first_part(key) in layer]
            key, value = filling(there, partial(within, layer))
            if key and not (key in _LEFT_OPEN and _is_empty(value)):
                return key, value
        return "", None


@cache
def _first_part(key: str) -> str:
    """`cover` of `cover.image`, as a layer has it."""
    return key.partition(".")[0].casefold()


def filling(keys: Iterable[str], value_of: Callable[[str], Value]) -> tuple[str, Value]:
    """The first key that fills a field, and its value: one that is not empty comes before one that is, but for `cover`."""
    filled = [(key, value) for key in keys if _fills(key, value := value_of(key))]
    telling = ((key, value) for key, value in filled if key in _SETTLED or not _is_empty(value))
    return next(telling, filled[0] if filled else ("", None))


def _is_empty(value: Value) -> bool:
    return value == "" or (isinstance(value, list) and not any(value))


def _fills(key: str, value: Value) -> bool:
    """`published: false`, a `cover` that is only said to be, and what is said in parts, are no date and no address."""
    if key == "published" and (isinstance(value, bool) or as_text(value).lower() in {"true", "yes", "on", *FALSE}):
        return False
    if key == "path":
        return _PATH.fullmatch(as_text(value)) is not None
    if isinstance(value, Mapping) and any(f"{key}.{part}" in _PARTS for part in value):
        return False
    if key in ELSEWHERE["cover"]:
        return isinstance(value, str | list) and _ADDRESS.fullmatch(pictured(value)[0]) is not None
    return value is not None and not (key in KEYS["cover"] and isinstance(value, Mapping | bool))


def pictured(value: Value) -> tuple[str, str]:
    """The first picture that a key names, and its credit, where each stands with one (Beautiful Jekyll): `[/a.png: By Mai]`."""
    first = value[0] if isinstance(value, list) and value else None
    if isinstance(first, Mapping) and len(first) == 1:
        return next((as_text(image), as_text(credit)) for image, credit in first.items())
    return next(iter(as_texts(value)), ""), ""


def _with_params(values: dict[str, Value]) -> dict[str, Value]:
    """With what `params` holds, which Hugo takes for the page's own, but for the keys that are Hugo's."""
    inner = values.get("params")
    if not isinstance(inner, Mapping):
        return values
    return folded({key: value for key, value in inner.items() if key not in HUGOS_OWN}) | values
