"""The picture that stands for a post without a cover where its link is shared: its title, 1200 by 630 pixels.

It is drawn once, when somebody first asks for it, and kept in local storage under the hash of what it shows.
"""

import unicodedata
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from io import BytesIO
from pathlib import Path

from django.conf import settings
from PIL import Image, ImageDraw, ImageFont, features
from PIL.ImageFont import FreeTypeFont

from posts import whole_files

SIZE = (1200, 630)  # pixels
DESIGN = 1  # raise it when the drawing changes: every picture then has a new address
PAPER, INK, ACCENT = "#fdfdfb", "#1a2023", "#0b5563"  # as in static/css/site.css; a site may have its own accent
MARGIN = 80
BAND = 118  # height of the coloured band at the foot, which holds the site's name
WIDTH = SIZE[0] - 2 * MARGIN
TITLE_HEIGHT = SIZE[1] - BAND - MARGIN
LARGEST, SMALLEST, STEP = 96, 44, 4  # pixels of the title's letters
LINE_HEIGHT = 1.28  # two marks above a capital, as Vietnamese has them, need no less
COLOURS = 32  # enough for letters with smooth edges, in a fifth of the bytes

_FONTS = Path(__file__).parent / "fonts"
_FACES = (_FONTS / "NotoSerif-Bold.ttf", _FONTS / "DejaVuSans-Bold.ttf")  # the second for Hebrew and Arabic
_NO_CHARACTER = "\U0010ffff"


@dataclass(frozen=True, slots=True)
class _Text:
    """A line as it can be set: in a font that has all of its letters, from the side where its script begins."""

    letters: str
    face: Path
    is_right_to_left: bool


@dataclass(frozen=True, slots=True)
class Subject:
    """What a picture shows."""

    title: str
    site_name: str
    accent: str = ACCENT  # of the band at its foot

    @property
    def digest(self) -> str:
        """What names the picture: 16 hexadecimal digits."""
        return sha256("\n".join([str(DESIGN), self.accent, self.site_name, self.title]).encode()).hexdigest()[:16]


def picture(subject: Subject) -> bytes:
    """The picture as PNG: the one in local storage, else a new one, which is put there."""
    file = Path(settings.MEDIA_ROOT, "og", f"{subject.digest}.png")
    try:
        return file.read_bytes()
    except FileNotFoundError:
        data = drawn(subject)
    whole_files.put(file, data, settings.FILE_UPLOAD_PERMISSIONS)
    return data


def drawn(subject: Subject) -> bytes:
    """A new picture as PNG. Letters that no font here has are left out; the site's name stands for a title of such alone."""
    image = Image.new("RGB", SIZE, PAPER)
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, SIZE[1] - BAND, *SIZE), fill=subject.accent)
    site_name = _settable(subject.site_name)
    text = _settable(subject.title)
    _draw_title(draw, text if text.letters.strip() else site_name)
    _draw_site_name(draw, site_name)
    out = BytesIO()
    image.quantize(COLOURS, dither=Image.Dither.NONE).save(out, "PNG", optimize=True)
    return out.getvalue()


def _draw_title(draw: ImageDraw.ImageDraw, text: _Text) -> None:
    """In the middle of the ground's height."""
    font, lines = _fitted(text)
    line_height = font.size * LINE_HEIGHT
    top = (SIZE[1] - BAND - len(lines) * line_height) / 2
    for number, line in enumerate(lines, 1):
        _draw_line(draw, round(top + number * line_height - font.size * 0.3), line, text, font, INK)


def _draw_site_name(draw: ImageDraw.ImageDraw, text: _Text) -> None:
    font = ImageFont.truetype(text.face, 40)
    _draw_line(draw, SIZE[1] - BAND // 2 + 14, text.letters, text, font, PAPER)


def _draw_line(
    draw: ImageDraw.ImageDraw, baseline: int, line: str, text: _Text, font: FreeTypeFont, colour: str
) -> None:
    if text.is_right_to_left:
        draw.text((SIZE[0] - MARGIN, baseline), line, colour, font, anchor="rs", direction="rtl")
    else:
        draw.text((MARGIN, baseline), line, colour, font, anchor="ls")


def _fitted(text: _Text) -> tuple[FreeTypeFont, list[str]]:
    """The largest letters at which the text fits, and its lines; at the smallest it is cut short."""
    for size in range(LARGEST, SMALLEST - 1, -STEP):
        font = ImageFont.truetype(text.face, size)
        lines = _lines(text.letters, font)
        most = int(TITLE_HEIGHT / (size * LINE_HEIGHT))
        if len(lines) <= most:
            return font, _balanced(lines, text.letters, font)
    return font, [*lines[: most - 1], f"{lines[most - 1]}…"]


def _balanced(lines: list[str], letters: str, font: FreeTypeFont) -> list[str]:
    """As many lines, of much the same width: no word is left alone at the end."""
    for width in range(WIDTH, WIDTH // 2, -20):
        narrower = _lines(letters, font, width)
        if len(narrower) > len(lines):
            break
        lines = narrower
    return lines


def _lines(letters: str, font: FreeTypeFont, width: int = WIDTH) -> list[str]:
    """The text in lines of at most this width, broken between words, or inside one that is wider than a line."""
    lines = []
    line = ""
    for word in letters.split():
        joined = f"{line} {word}".strip()
        if font.getlength(joined) <= width:
            line = joined
            continue
        if line:
            lines.append(line)
        line = word
        while font.getlength(line) > width:
            fits = max(1, int(len(line) * width / font.getlength(line)) - 1)
            lines.append(line[:fits])
            line = line[fits:]
    return [*lines, line] if line else lines


def _settable(text: str) -> _Text:
    """The text in the font that has most of its letters. Right-to-left scripts need a shaping library to be legible."""
    text = unicodedata.normalize("NFC", text)
    right_to_left = _is_right_to_left(text)
    if right_to_left and not features.check("raqm"):
        return _Text("", _FACES[0], is_right_to_left=False)
    face = max(_FACES, key=lambda face: sum(_has(face, letter) for letter in text))
    return _Text("".join(letter for letter in text if _has(face, letter)), face, right_to_left)


def _is_right_to_left(text: str) -> bool:
    """By the first letter that has a direction, as browsers decide for `dir="auto"`."""
    strong = (kind for letter in text if (kind := unicodedata.bidirectional(letter)) in {"L", "R", "AL"})
    return next(strong, "L") != "L"


@cache
def _has(face: Path, letter: str) -> bool:
    """Whether the font draws this letter, and not the box that stands for one that it lacks."""
    font = ImageFont.truetype(face, 24, layout_engine=ImageFont.Layout.BASIC)
    return letter.isspace() or bytes(font.getmask(letter)) != bytes(font.getmask(_NO_CHARACTER))
