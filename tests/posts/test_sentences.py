"""What is found in a text, said in one line of a sensible length."""

import pickle

import pytest

from posts.sentences import LONGEST_QUOTED, gettext_noop, joined

pytestmark = pytest.mark.pure


def test_a_very_long_name_is_quoted_by_its_ends() -> None:
    said = gettext_noop("the file %(name)s is not there") % {"name": "a" * 5000 + ".png"}

    assert said == f"the file {'a' * 100}…{'a' * 96}.png is not there"
    assert pickle.loads(pickle.dumps(said)) == said
    assert len(str(said.values["name"])) == LONGEST_QUOTED + 1


def test_a_name_that_is_long_is_quoted_whole() -> None:
    name = "a" * LONGEST_QUOTED

    assert gettext_noop("%(name)s") % {"name": name} == name


def test_a_sentence_in_a_sentence_is_whole() -> None:
    reasons = " ".join(["Nobody has approved it."] * 20)

    assert gettext_noop("held: %(reasons)s") % {"reasons": joined(reasons)} == f"held: {reasons}"
