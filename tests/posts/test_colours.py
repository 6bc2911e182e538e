"""Colours that can be read."""

from colorsys import rgb_to_hls

import pytest
from hypothesis import given
from hypothesis import strategies as st

from posts.colours import AA, DARK_GROUND, LIGHT_GROUND, contrast, on_dark, readable

pytestmark = pytest.mark.pure

COLOURS = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


@pytest.mark.parametrize(
    ("one", "other", "times"),
    [
        ("#000000", "#ffffff", 21.0),
        ("#777777", "#ffffff", 4.48),
        ("#0b5563", "#fdfdfb", 8.27),
        ("#abcdef", "#abcdef", 1.0),
    ],
)
def test_contrast_is_that_of_wcag(one: str, other: str, times: float) -> None:
    assert contrast(one, other) == pytest.approx(times, abs=0.06)
    assert contrast(other, one) == contrast(one, other)


@given(colour=COLOURS)
def test_every_colour_has_a_readable_one_on_light_and_on_dark(colour: str) -> None:
    light = readable(colour, LIGHT_GROUND)
    dark = on_dark(colour)

    assert min(contrast(light, ground) for ground in (LIGHT_GROUND, "#fdfdfb", "#ffffff")) >= AA
    assert min(contrast(dark, ground) for ground in (DARK_GROUND, "#14191b", "#0b2429")) >= AA
    assert readable(light, LIGHT_GROUND) == light


@given(colour=COLOURS)
def test_a_readable_colour_stays_and_another_keeps_its_hue(colour: str) -> None:
    light = readable(colour, LIGHT_GROUND)

    assert (light == colour) is (contrast(colour, LIGHT_GROUND) >= AA)
    hues = [rgb_to_hls(*(byte / 255 for byte in bytes.fromhex(each[1:]))) for each in (colour, light)]
    if min(hue[2] for hue in hues) > 0.3:
        apart = abs(hues[0][0] - hues[1][0])
        assert min(apart, 1 - apart) < 0.03


def test_the_nearest_is_no_darker_than_it_must_be() -> None:
    assert readable("#e8590c", LIGHT_GROUND) == "#be490a"
    assert AA <= contrast("#be490a", LIGHT_GROUND) < 4.6
