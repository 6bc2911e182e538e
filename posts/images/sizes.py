"""The sizes at which pictures are shown: one list of widths and shapes, whoever makes them."""

from enum import Enum

WIDTHS = (480, 800, 1200, 1600)
"""Pixels. Pictures in local storage have exactly these renditions, so a change here means making them anew."""


class Ratio(Enum):
    """A shape that pictures are cut to, as width and height. As with `WIDTHS`, local renditions follow this list."""

    WIDE = (16, 9)


def cut(size: tuple[int, int], ratio: Ratio | None) -> tuple[int, int]:
    """Width and height in pixels of the largest part of a picture with that shape; the whole picture without one."""
    width, height = size
    if ratio is None:
        return size
    across, down = ratio.value
    if width * down > height * across:
        return height * across // down, height
    return width, max(1, width * down // across)


def widths(natural: int | None) -> list[int]:
    """The widths worth having of a picture that is `natural` pixels wide, smallest first and never enlarged.

    A picture narrower than the largest width comes in its own width too. All widths where `natural` is not known.
    """
    largest = min(natural or WIDTHS[-1], WIDTHS[-1])
    return [width for width in WIDTHS if width < largest] + [largest]
