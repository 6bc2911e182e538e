"""Two texts compared, word by word."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from posts.word_diff import MOST_LINES, MOST_WORDS, Op, Piece, Stretch, compare, stretches

pytestmark = pytest.mark.pure

TEXTS = st.text(st.sampled_from("ab1 \n\r.,ế\u0301"), max_size=200)


def joined(told: list[Stretch], side: str) -> str:
    return "".join(piece.text for stretch in told for piece in getattr(stretch, side))


def test_only_the_words_that_changed_are_marked() -> None:
    (stretch,) = compare("Take one tablet.\n", "Take two tablets.\n")

    assert [piece for piece in stretch.pieces if piece.op is not Op.KEPT] == [
        Piece(Op.REMOVED, "one"),
        Piece(Op.ADDED, "two"),
        Piece(Op.REMOVED, "tablet"),
        Piece(Op.ADDED, "tablets"),
    ]


@pytest.mark.parametrize(
    ("old", "new"),
    [("0.5", "0.75"), ("24,8", "24,9"), ("1,250.5", "1,250.75"), ("v1.2", "v1.3"), ("ti\u00ea\u0301n", "tie\u0302n")],
)
def test_a_number_and_a_letter_with_its_marks_are_never_cut(old: str, new: str) -> None:
    (stretch,) = compare(f"Give {old} mg.\n", f"Give {new} mg.\n")

    assert [piece for piece in stretch.pieces if piece.op is not Op.KEPT] == [
        Piece(Op.REMOVED, old),
        Piece(Op.ADDED, new),
    ]


def test_the_same_text_differs_in_nothing() -> None:
    assert compare("A\nB\n", "A\nB\n") == []


def test_lines_far_from_a_change_are_counted_and_left_out() -> None:
    lines = [f"line {n}\n" for n in range(40)]
    told = compare("".join(lines), "".join([*lines[:20], "new\n", *lines[20:]]))

    assert [stretch.skipped for stretch in told if stretch.skipped] == [18, 18]
    assert [stretch.new[0].text for stretch in told if stretch.is_changed] == ["new\n"]


@given(TEXTS, TEXTS)
def test_each_side_is_the_whole_of_its_text(old: str, new: str) -> None:
    told = list(stretches(old, new))

    assert joined(told, "old") == old
    assert joined(told, "new") == new


@given(TEXTS, TEXTS)
def test_lines_that_are_left_out_are_all_that_is_left_out(old: str, new: str) -> None:
    told = compare(old, new)
    shown = joined(told, "new").count("\n") + sum(stretch.skipped for stretch in told)

    if old != new:
        assert shown in {new.count("\n"), new.count("\n") + 1}  # the last line may have no end


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("a b " * MOST_WORDS, "b a " * MOST_WORDS),
        ("a\nb\n" * MOST_LINES, "b\na\n" * MOST_LINES),
    ],
)
def test_a_stretch_beyond_the_bounds_is_replaced_whole(old: str, new: str) -> None:
    told = list(stretches(old, new))

    assert (joined(told, "old"), joined(told, "new")) == (old, new)
    assert sum(stretch.is_changed for stretch in told) == 1
