"""An edit leaves every character outside its own entry, whatever the entry and its neighbours look like."""

from dataclasses import dataclass
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from posts.document import Document, DocumentError
from tests.laws.test_edit_laws import text, value

pytestmark = pytest.mark.pure

# An entry of the key K in every style that files bring.
YAML = (
    "K: plain\n", "K: plain # said\n", "K: 'it''s'\n", 'K: "q\\n" # c\n', "K:\n", "K: # c\n", "K: ~\n", "K : apart\n",
    '"K": a\n', "'K' : q # c\n", "K: a\tb\n", "K:\tx\n", "K: a\u2028b\n", "K: \x85b\n",
    "K: [a, b] # t\n", "K: [\n  a, # c\n  b\n]\n", "K: {x: 1, y: z} # f\n", "K: {\n  x: 1,\n}\n", "K: []\n", "K: {}\n",
    "K:\n  - a\n  - b # second\n", "K:\n- a\n-   b\n", "K:\n-\n- b\n", "K:\n  -\n", "K:\n    - a\n    # in\n    - b\n",
    "K:\n  - x: 1\n    y: 2\n  - x: 3\n", "K:\n- [a]\n- {b: c}\n", "K:\n- *base\n", "K:\n  x: 1\n  y: 2\n",
    "K:\n      x: 1 # c\n      y:\n", "K:\n  x:\n    z: deep\n", "K:\n  x: |\n    lit\n  y: 3\n", "K:\n\n  x: 1\n\n  y: *base\n",
    "K: >-\n  folded\n  text\n", "K: |\n  lit\n\n  more\n", "K: |2\n    two\n", "K: | # c\n  text\n", "K: >\n  a\n   b\n",
    "K: 'one\n  two'\n", 'K: "one\n\n  two"\n', "K: plain\n  goes\n\n  on\n", "K: a\n  b # c\n", "K:\n  below\n",
    "K:\n  # c\n  below\n", "K:\n  [a, b]\n", "K: &K x\n", "K: &K\n  x: 1\n", "K: !!str 5\n", "K: *base\n",
)  # fmt: skip
TOML = (
    "K = 'a'\n", 'K = "a" # c\n', 'K="a"\n', "K   =   1\n", 'K = """\na\nb"""\n', "K = '''\na'''\n", "  K = 1\n",
    'K = ["a", "b"] # t\n', 'K = [\n  "a", # one\n  # two\n  "b",\n]\n', 'K = {x = 1, y = "z"} # f\n', "K = []\n",
    "K = {}\n", '"K" = 1\n', "'K' = 1 # q\n", "K = 2024-01-01\n", "K = 2024-01-01 00:00:00+07:00 # d\n", "\tK = 1e3\n",
    "K = [{x = 1}, {x = 2}]\n", 'K = "\\u2028"\n',
)  # fmt: skip
TOML_TABLES = (
    '[K]\nx = 1\ny = "2" # c\n', "[K]\n", "[K] # c\n  x = 1\n", "[[K]]\nx = 1\n[[K]]\nx = 2\n", "[K.x]\nz = 1\n",
    "[K]\nx = 1\n[K.sub]\nz = 1\n", "[ K ]\nx=1\n", '["K"]\nx = 1\n', "[K]\n\nx = 1\n\n# in\ny = 2\n",
)  # fmt: skip
JSON = (
    '"K": "a"', '"K":1', '"K" : [1, 2]', '"K": {"x": 1, "y": "z"}', '"K": {}', '"K": []', '"K": null', '"K": "\\u2028"',
    '"K": {\n    "x": 1,\n    "y": {"z": 2}\n  }', '"K": [\n    "a",\n    "b"\n  ]', '"K":\n   "below"', '"K": 1e5',
)  # fmt: skip
NAMES = ("alpha", "Beta", "gamma")
BETWEEN = ("", "", "\n", "# c\n", "\n# c: d\n\n")


@dataclass(frozen=True)
class Edited:
    """A document, one of its keys, and the text before and behind that key's entry."""

    document: Document
    name: str
    head: str
    tail: str


def drawn(draw: st.DrawFn, opening: str, pieces: list[str], closing: str, separators: tuple[str, ...]) -> Edited:
    """The document of these entries, each under its name, with something between them."""
    newline = draw(st.sampled_from(["\n", "\r\n"]))
    named = [piece.replace("K", name) for piece, name in zip(pieces, NAMES, strict=False)]
    chosen = draw(st.integers(0, len(named) - 1))
    parts = [opening]
    for at, piece in enumerate(named):
        if at == chosen:
            head = "".join(parts).replace("\n", newline)
            parts = []
        else:
            parts.append(piece)
        parts.append(draw(st.sampled_from(separators)) if at < len(named) - 1 or separators is BETWEEN else "")
    tail = "".join([*parts, closing]).replace("\n", newline)
    return Edited(Document.of(head + named[chosen].replace("\n", newline) + tail), NAMES[chosen], head, tail)


@st.composite
def in_yaml(draw: st.DrawFn) -> Edited:
    pieces = draw(st.lists(st.sampled_from(YAML), min_size=1, max_size=3))
    mark = draw(st.sampled_from(["", "\ufeff"]))
    return drawn(draw, f"{mark}---\nbase: &base x\n", pieces, "---\nBody\n", BETWEEN)


@st.composite
def in_toml(draw: st.DrawFn) -> Edited:
    pieces = draw(st.lists(st.sampled_from(TOML), min_size=1, max_size=3))
    tables = "[last] # c\nx = 1\n" * draw(st.booleans())
    return drawn(draw, "+++\n", pieces, f"{tables}+++\nBody\n", BETWEEN)


@st.composite
def in_toml_tables(draw: st.DrawFn) -> Edited:
    pieces = draw(st.lists(st.sampled_from(TOML_TABLES), min_size=1, max_size=3))
    return drawn(draw, "+++\ntitle = 'T'\n\n", pieces, "+++\nBody\n", BETWEEN)


@st.composite
def in_json(draw: st.DrawFn) -> Edited:
    pieces = draw(st.lists(st.sampled_from(JSON), min_size=1, max_size=3))
    between, opening, closing = draw(st.sampled_from([(",", "{", "}"), (",\n  ", "{\n  ", "\n}"), ("\n, ", "{", " }")]))
    return drawn(draw, opening, pieces, f"{closing}\nBody\n", (between,))


laws = settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.too_slow])


@pytest.mark.parametrize("edited", [in_yaml(), in_toml(), in_json()])
@laws
@given(data=st.data(), new=value)
def test_a_replaced_value_is_got_and_nothing_outside_its_entry_changes(
    edited: st.SearchStrategy[Edited], data: st.DataObject, new: Any
) -> None:
    case = data.draw(edited)
    after = case.document.replace(case.name, new)

    assert after.get(case.name) == new
    assert after.text.startswith(case.head)
    assert after.text.endswith(case.tail)
    assert dict(after.replace(case.name, case.document.get(case.name)).values) == case.document.values


@pytest.mark.parametrize("edited", [in_yaml(), in_toml(), in_json()])
@laws
@given(data=st.data(), name=st.sampled_from(["x", "new", "x.y"]), new=text)
def test_a_value_inside_an_entry_is_replaced_inside_it(
    edited: st.SearchStrategy[Edited], data: st.DataObject, name: str, new: str
) -> None:
    case = data.draw(edited)
    after = case.document.replace(f"{case.name}.{name}", new)

    assert after.get(f"{case.name}.{name}") == new
    assert after.text.startswith(case.head)
    assert after.text.endswith(case.tail)


@pytest.mark.parametrize("edited", [in_yaml(), in_toml(), in_toml_tables()])
@laws
@given(data=st.data())
def test_a_removed_entry_takes_its_own_lines_and_no_other(
    edited: st.SearchStrategy[Edited], data: st.DataObject
) -> None:
    case = data.draw(edited)

    assert case.document.remove(case.name).text == case.head + case.tail


@laws
@given(case=in_json())
def test_a_removed_member_leaves_the_others(case: Edited) -> None:
    after = case.document.remove(case.name)

    assert dict(after.values) == {key: each for key, each in case.document.values.items() if key != case.name}
    assert after.body == case.document.body


@pytest.mark.parametrize("edited", [in_yaml(), in_toml(), in_toml_tables(), in_json()])
@laws
@given(data=st.data(), name=st.sampled_from(["nowhere", "none.x"]))
def test_what_is_not_there_is_removed_by_changing_nothing(
    edited: st.SearchStrategy[Edited], data: st.DataObject, name: str
) -> None:
    case = data.draw(edited)
    inside = f"{case.name}.none"

    assert case.document.remove(name).text == case.document.text
    assert case.document.remove(inside).text == case.document.text


@pytest.mark.parametrize("edited", [in_yaml(), in_toml(), in_toml_tables(), in_json()])
@laws
@given(data=st.data())
def test_the_place_of_a_value_is_inside_its_entry(edited: st.SearchStrategy[Edited], data: st.DataObject) -> None:
    case = data.draw(edited)
    line, _ = case.document.position(case.name)

    assert case.head.count("\n") + 1 <= line <= case.document.text.count("\n") + 1 - case.tail.count("\n")


@pytest.mark.parametrize("last", ["k39999", "K39999"])
@pytest.mark.parametrize(
    ("opening", "entry", "closing"),
    [("---\n", "{}: 1\n", "---\n"), ("+++\n", "{} = 1\n", "+++\n"), ("{", '"{}": 1,\n', '"z": 1}\n')],
)
def test_a_key_that_stands_twice_among_very_many_is_refused_at_once(
    opening: str, entry: str, closing: str, last: str
) -> None:
    keys = [*(f"k{at}" for at in range(40_000)), last]
    with pytest.raises(DocumentError):
        Document.of(opening + "".join(entry.replace("{}", key) for key in keys) + closing)
