from hypothesis import given
from hypothesis import strategies as st

from posts.images.sizes import WIDTHS, Ratio, cut, widths

PIXELS = st.integers(1, 50_000)


@given(PIXELS, PIXELS, st.sampled_from(Ratio))
def test_what_is_cut_lies_within_the_picture_and_touches_two_of_its_sides(
    width: int, height: int, ratio: Ratio
) -> None:
    across, down = cut((width, height), ratio)
    assert 1 <= across <= width
    assert 1 <= down <= height
    assert across == width or down == height


@given(st.integers(100, 50_000), st.integers(100, 50_000))
def test_what_is_cut_has_the_shape_asked_for(width: int, height: int) -> None:
    across, down = cut((width, height), Ratio.WIDE)
    assert abs(across * 9 - down * 16) < 16


def test_nothing_is_cut_without_a_shape() -> None:
    assert cut((300, 400), None) == (300, 400)


@given(PIXELS)
def test_widths_grow_and_never_beyond_the_picture(natural: int) -> None:
    offered = widths(natural)
    assert offered == sorted(set(offered))
    assert offered[-1] == min(natural, WIDTHS[-1])


def test_every_width_is_offered_of_a_picture_of_unknown_size() -> None:
    assert widths(None) == list(WIDTHS)
