"""What is filled into sentences: of a sensible length, in one line, in the language of whoever reads them."""

import pickle
from typing import Any

import pytest
from django.utils import translation

from posts.document import Document, DocumentError, json_text, toml_text, yaml_text
from posts.document.values import Malformed
from posts.sentences import LONGEST_QUOTED, Number, Sentence, gettext_noop, joined
from posts.translating import translated

MOST = gettext_noop("there are more than %(most)s definitions")


@pytest.mark.pure
def test_large_numbers_are_written_as_the_language_writes_them() -> None:
    said = pickle.loads(pickle.dumps(MOST % {"most": Number(1234567)}))

    assert said == "there are more than 1,234,567 definitions"
    with translation.override("vi"):
        assert "1.234.567" in translated(said)


@pytest.mark.pure
def test_a_finding_of_many_values_is_told_in_vietnamese() -> None:
    with pytest.raises(DocumentError) as found:
        _ = Document.parse(b"---\na: [" + b"1, " * 50_001 + b"1]\n---\n").values

    assert "50,000" in str(found.value)
    with translation.override("vi"):
        assert "50.000" in translated(found.value.sentence)


@pytest.mark.pure
def test_a_very_long_name_is_quoted_by_its_ends() -> None:
    said = Sentence("the file %(name)s is not there", {"name": "a" * 5000 + ".png"})

    assert said == f"the file {'a' * 100}…{'a' * 96}.png is not there"
    assert pickle.loads(pickle.dumps(said)) == said
    assert len(str(said.values["name"])) == LONGEST_QUOTED + 1


@pytest.mark.pure
def test_a_name_that_is_long_is_quoted_whole() -> None:
    name = "a" * LONGEST_QUOTED

    assert Sentence("%(name)s", {"name": name}) == name


@pytest.mark.pure
def test_a_sentence_in_a_sentence_is_whole() -> None:
    reasons = " ".join(["Nobody has approved it."] * 20)

    assert Sentence("held: %(reasons)s", {"reasons": joined(reasons)}) == f"held: {reasons}"


BROKEN_TOML = (
    "a = ",
    "a = 'x",
    "a = 1 b",
    "a",
    "[a",
    "a = [1",
    "a = 1\na = 2",
    "[a]\n[a]",
    "a = {b = 1, b = 2}",
    'a = "\n"',
)
BROKEN_JSON = ('{"a": }', "{a}", '{"a" 1}', '{"a": 1 "b": 2}', '{"a": "x', '{"a": "\t"}', '{"a": 1,}')
BROKEN_YAML = (
    *("a: b: c", "a: [b", "a: {b", "a: 'b", "a: *b", "a: %b", "- a\nb: c", "a:\n\t- b", "a: &b 1\nc: &b 2"),
    *(
        "a: [b c: d",
        "a: !!bool x",
        "a: !!int x",
        "a: !!set x",
        'a: "\\q"',
        "a\nb: c",
        "a: @b",
        "a: b\n c: d",
        "a: \x07",
    ),
)


@pytest.mark.pure
@pytest.mark.parametrize(
    ("load", "text"),
    [
        *((toml_text.load, text) for text in BROKEN_TOML),
        *((json_text.load, text) for text in BROKEN_JSON),
        *((yaml_text.load, text) for text in BROKEN_YAML),
    ],
)
def test_why_a_parser_refuses_is_said_in_the_language_of_whoever_reads_it(load: Any, text: str) -> None:
    with pytest.raises(Malformed) as refused:
        load(text)
    said = refused.value.problem
    assert isinstance(said, Sentence)
    reason = said.values["problem"]
    with translation.override("vi"):
        in_vietnamese = translated(said)

    assert str(reason) in said
    assert str(reason) not in in_vietnamese
