"""What is filled into sentences: of a sensible length, in one line, in the language of whoever reads them."""

import pickle

import pytest
from django.utils import translation

from posts.document import Document, DocumentError
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
