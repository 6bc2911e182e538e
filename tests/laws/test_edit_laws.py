"""What holds for every document: it comes out as it went in, and an edit changes its own lines only."""

import json
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from posts.document import Document, DocumentError, Format
from posts.frontmatter import FrontMatterError, read

pytestmark = pytest.mark.pure

NASTY = (
    "yes", "null", "~", "12:30", "1e3", "0x1f", "010", "true", " # x", "a: b", "- x", "'", '"', "%", "@at", "`", "a\\b",
    "*star", "&and", "!bang", "{", "[x", "a, b", "😀", "אב", "\u2028", "\x85", "\x7f", "two\nlines", " led", "trailed ",
    "---", "+++", "...", "=", "<<", "?", "|", ">", "x" * 10_000, "", "Dược phẩm",
)  # fmt: skip
text = st.sampled_from(NASTY) | st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=30)
scalar = text | st.integers(-(10**9), 10**9) | st.booleans() | st.floats(allow_nan=False, allow_infinity=False)
value = (
    scalar | st.lists(text, max_size=4) | st.dictionaries(st.sampled_from(["image", "alt", "x y"]), scalar, max_size=3)
)
key = st.sampled_from(["title", "date", "tags", "cover", "draft", "Description", "my key"])


def assert_sound(data: bytes) -> None:
    """The bytes are a document that gives them back, or are refused in one line with a place."""
    refused = None
    try:
        document = Document.parse(data)
    except DocumentError as error:
        refused = error
    if refused is None:
        assert document.dump() == data
        with suppress(DocumentError):
            assert document.replace("title", "x").get("title") == "x"
        with suppress(FrontMatterError):
            read(document)
    else:
        assert min(refused.line, refused.column) >= 1
        assert "\n" not in str(refused)


@given(st.binary(max_size=300))
def test_any_bytes_are_a_document_or_a_document_error(data: bytes) -> None:
    assert_sound(data)


@given(
    st.sampled_from(["---\n", "+++\n", "{", "\ufeff---\r\n", " \n---\n"]),
    st.text(max_size=200),
    st.sampled_from(["\n---\n", "\n+++\n", "}", "\r\n---\r\nx", ""]),
)
def test_anything_between_fences_is_a_document_or_a_document_error(opening: str, front: str, closing: str) -> None:
    assert_sound((opening + front + closing).encode("utf-8", "surrogatepass"))


@pytest.mark.parametrize(
    "front",
    [
        "[" * 100_000, "a: " + "[" * 100_000 + "]" * 100_000, "- " * 100_000, "{a: " * 50_000, "? " * 50_000,
        "\n".join(" " * n + "a:" for n in range(1500)),
        "a: &a [x]\n" + "".join(f"b{n}: &b{n} [*a, *a, *a, *a]\n" for n in range(5)),
        "a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(f"{chr(98 + n)}: &{chr(98 + n)} [{','.join(['*' + chr(97 + n)] * 9)}]\n" for n in range(9)),
        "a: &a [*a]", "a: " + "x" * 5_000_000, "- a\n- b", "just text", "a: b\na: c", "A: b\na: c", "a: !!python/object:os.system x",
        "a: !!timestamp 2026-02-30", "a: !!binary x", "a: !!set {x, y}", "? [a]\n: b", "a: " + "9" * 5000, "a: \"\\ud800\"", "\ta: b",
        "a: \x07", "<<: [1]", "a: .inf\nb: .nan", "a: !!bool maybe", "a: !!timestamp soon", "a: !!float {b: c}",
        "\n".join(" " * n + "a:" for n in range(6000)), '"a\\nb": 1\n"a\\nb": 2',
    ],
)  # fmt: skip
def test_hostile_yaml_neither_crashes_nor_explodes(front: str) -> None:
    assert_sound(f"---\n{front}\n---\nbody\n".encode())


@pytest.mark.parametrize(
    "front",
    [
        ".".join("a" * 900) + " = 1",
        "a = " + "[" * 400 + "]" * 400,
        "a = " + "[" * 50_000,
        "a = 1\na = 2",
        "x = " + "9" * 5000,
        'a = "\\ud800"',
        "[a]\n[a]",
        "a",
        "d = 2026-02-30",
    ],
)
def test_hostile_toml_neither_crashes_nor_explodes(front: str) -> None:
    assert_sound(f"+++\n{front}\n+++\nbody\n".encode())


@pytest.mark.parametrize(
    "front",
    [
        '{"a": ' + "[" * 900 + "]" * 900 + "}",
        '{"a": ' + "[" * 100_000,
        '{"a": 1, "a": 2}',
        '{"a": ' + "9" * 5000 + "}",
        '{"a": "\\ud800"}',
        '{"a": 1',
        '{"a"',
    ],
)
def test_hostile_json_neither_crashes_nor_explodes(front: str) -> None:
    assert_sound(f"{front}\nbody\n".encode())


def yaml(values: dict[str, Any], body: str) -> Document:
    return Document.new(values, body)


def as_json(values: dict[str, Any], body: str) -> Document:
    return Document.of(json.dumps(values, ensure_ascii=False, indent=2) + "\n" + body)


def toml(values: dict[str, Any], body: str) -> Document:
    return Document.of("+++\n+++\n" + body) if not values else _toml(values, body)


def _toml(values: dict[str, Any], body: str) -> Document:
    import tomlkit

    return Document.of(f"+++\n{tomlkit.dumps(values)}+++\n{body}")


@pytest.mark.parametrize("make", [yaml, as_json, toml])
@settings(deadline=None)
@given(values=st.dictionaries(key, value, max_size=5), name=key, new=value)
def test_what_is_set_is_what_is_got_and_the_rest_stays(
    make: Callable[[dict[str, Any], str], Document], values: dict[str, Any], name: str, new: Any
) -> None:
    before = make(values, "\nBody.\n")
    after = before.replace(name, new)

    assert after.get(name) == new
    assert after.body == before.body
    assert {k: v for k, v in after.values.items() if k.casefold() != name.casefold()} == {
        k: v for k, v in before.values.items() if k.casefold() != name.casefold()
    }
    gone = after.remove(name)
    assert gone.get(name) is None
    assert gone.body == before.body


FRONTS = (
    'title: "Old"  # said\ndate: 2024-01-01\ntags: ["a", "b"] # t\n',
    "# first\ntitle: Old\n\n# about tags\ntags:\n  - a\n  - b # second\n\ncover:\n  image: x.png\n  # alt\n  alt: 'It''s'\n",
    "title: >-\n  Old\n  title\n\ntags:\n- a\n-   b\ndraft: no\n",
    "title:\ncover: {image: x.png, alt: \"A\"}\nlast: |+\n  text\n\n\n",
    "title: 'Old\n  title'\nbase: &b {x: 1}\nuse: *b\n",
)  # fmt: skip


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("front", FRONTS)
@settings(deadline=None)
@given(
    name=st.sampled_from(["title", "tags", "cover.alt", "cover.caption", "draft", "new"]),
    new=text.filter(lambda t: t.strip() == t and t),
)
@example(name="cover.alt", new="It's")
def test_an_edit_changes_only_its_own_lines(front: str, newline: str, name: str, new: str) -> None:
    before = Document.of(f"\ufeff---\n{front}---\n\nBody.\n".replace("\n", newline))
    after = before.replace(name, new)
    old_lines, new_lines = before.text.split(newline), after.text.split(newline)
    start = next(
        (n for n, (old, new_line) in enumerate(zip(old_lines, new_lines, strict=False)) if old != new_line),
        len(old_lines),
    )
    pairs = zip(reversed(old_lines[start:]), reversed(new_lines[start:]), strict=False)
    end = next(
        (n for n, (old, new_line) in enumerate(pairs) if old != new_line), min(len(old_lines), len(new_lines)) - start
    )

    assert after.get(name) == new
    replaced = old_lines[start : len(old_lines) - end]
    assert len(replaced) <= 4  # the lines of the one key
    assert not [line for line in replaced if line.strip().startswith("#")]


def test_a_date_is_written_in_its_formats_own_way() -> None:
    moment = datetime(2024, 6, 13, 12, tzinfo=UTC)

    assert "date: 2024-06-13T12:00:00Z\n" in Document.of("---\ntitle: a\n---\n").replace("date", moment).text
    assert "date = 2024-06-13T12:00:00Z\n" in Document.of('+++\ntitle = "a"\n+++\n').replace("date", moment).text
    assert '"date": "2024-06-13T12:00:00Z"' in Document.of('{"title": "a"}\n').replace("date", moment).text


def test_a_document_without_front_matter_gets_one_when_a_key_is_set() -> None:
    document = Document.of("\ufeffBody.\r\n").replace("title", "T")

    assert document.text == "\ufeff---\r\ntitle: T\r\n---\r\nBody.\r\n"


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=100))
def test_a_body_is_put_in_whole_or_refused(body: str) -> None:
    document = Document.new({"title": "T"}, "")
    assume(not body.startswith("\0"))

    assert document.with_body(body).body == body
    assert document.with_body(body).values == document.values


def documents(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.suffix in {".md", ".markdown", ".html"} and path.is_file())


def test_real_documents_come_out_as_they_went_in_and_a_new_title_changes_the_titles_lines_alone(corpora: Path) -> None:
    refused = []
    for path in [*documents(corpora), *documents(corpora.parent / "oracle" / "cases")]:
        data = path.read_bytes()
        try:
            document = Document.parse(data)
        except DocumentError as error:
            refused.append(f"{path.name}: {error.problem}")
            continue
        assert document.dump() == data
        if document.format is Format.NONE:
            continue
        edited = document.replace("title", 'A "new": title')
        before, after = document.text.splitlines(keepends=True), edited.text.splitlines(keepends=True)
        shared = [line for line in after if line in set(before)]
        assert len(after) - len(shared) <= 1 + (document.get("title") is None), path
        assert edited.get("title") == 'A "new": title'
        assert edited.body == document.body

    assert len(refused) == 7, refused  # a key twice (4), broken YAML, UTF-16, a fence that never closes
