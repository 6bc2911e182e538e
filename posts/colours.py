"""Colours that can be read, as `#rrggbb`: contrast as WCAG 2.2 measures it, and the nearest colour that has enough."""

from colorsys import hls_to_rgb, rgb_to_hls
from functools import lru_cache

AA = 4.5  # times as bright: what WCAG's level AA asks for between text and its ground
WITH_EASE = 7.0

# The grounds in static/css/site.css (`--shade`) that are nearest to an accent: what passes on them passes on all.
LIGHT_GROUND = "#f1f3f1"
DARK_GROUND = "#1e2527"


def contrast(one: str, other: str) -> float:
    """How many times as bright the brighter of the two is, from 1 to 21."""
    darker, brighter = sorted((_luminance(one), _luminance(other)))
    return (brighter + 0.05) / (darker + 0.05)


def readable(colour: str, ground: str, least: float = AA) -> str:
    """The colour where it has that contrast to the ground, else the nearest lighter or darker one of its hue that has."""
    hue, lightness, saturation = rgb_to_hls(*_channels(colour))
    away = 1 if _luminance(ground) < 0.18 else -1  # where black and white have the same contrast
    shades = (
        _written(hls_to_rgb(hue, min(1, max(0, lightness + away * step / 255)), saturation)) for step in range(1, 256)
    )
    return next(shade for shade in (colour, *shades) if contrast(shade, ground) >= least)


@lru_cache(maxsize=16)  # pages ask for the same one again and again
def on_dark(colour: str) -> str:
    """What stands for a colour of the light pages on dark ones."""
    return readable(colour, DARK_GROUND, WITH_EASE)


def _channels(colour: str) -> tuple[float, float, float]:
    red, green, blue = bytes.fromhex(colour.removeprefix("#"))
    return red / 255, green / 255, blue / 255


def _written(channels: tuple[float, float, float]) -> str:
    return "#" + bytes(round(channel * 255) for channel in channels).hex()


def _luminance(colour: str) -> float:
    """From 0 to 1. Source: WCAG 2.2, relative luminance."""
    linear = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in _channels(colour))
    return sum(weight * channel for weight, channel in zip((0.2126, 0.7152, 0.0722), linear, strict=True))
