import random
from contextlib import suppress
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageSequence, PngImagePlugin

from posts.images import Facts, ImageError, verify, verifying
from tests.posts.images.pictures import animation, drawing, encoded, exif

FORMATS = ["JPEG", "PNG", "WEBP", "GIF", "AVIF"]
SAMPLES = [encoded(drawing(90, 60), picture_format).getvalue() for picture_format in FORMATS]


@pytest.mark.parametrize("picture_format", FORMATS)
def test_a_picture_tells_its_format_and_size(picture_format: str) -> None:
    assert verify(encoded(drawing(90, 60), picture_format)) == Facts(picture_format, 90, 60, animated=False)


@pytest.mark.parametrize("picture_format", ["GIF", "PNG", "WEBP", "AVIF"])
def test_an_animation_is_welcome(picture_format: str) -> None:
    assert verify(animation(picture_format)) == Facts(picture_format, 120, 80, animated=True)


def test_the_size_is_that_of_the_picture_turned_upright() -> None:
    facts = verify(encoded(drawing(90, 60), exif=exif(orientation=6)))
    assert (facts.width, facts.height) == (60, 90)


def test_a_photo_with_a_preview_behind_it_is_a_plain_jpeg() -> None:
    photo = encoded(drawing(90, 60), "MPO", save_all=True, append_images=[drawing(30, 20)], exif=exif())
    assert verify(photo) == Facts("JPEG", 60, 90, animated=False)


def test_the_file_can_be_read_again_afterwards() -> None:
    file = SimpleUploadedFile("map.jpg", SAMPLES[0])
    verify(file)
    assert file.read() == SAMPLES[0]


def test_a_file_read_before_is_read_from_its_beginning() -> None:
    file = BytesIO(SAMPLES[1])
    file.read()
    assert verify(file).format == "PNG"


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"", "The file is empty."),
        (b"%PDF-1.7 and more", "This is not a picture that every browser shows, or it is damaged."),
        (b"<html><body>no</body></html>", "This is not a picture that every browser shows, or it is damaged."),
        (
            encoded(drawing(9, 6), "TIFF").getvalue(),
            "This is not a picture that every browser shows, or it is damaged.",
        ),
        (
            b'\xef\xbb\xbf<?xml version="1.0"?>\n<!-- x -->\n<svg xmlns="x">',
            "This is an SVG drawing, which may hold scripts.",
        ),
        (b"<SVG onload=alert(1)>", "This is an SVG drawing, which may hold scripts."),
        (SAMPLES[0] + bytes(verifying.MAX_BYTES), "The file is larger than 10 MB."),
    ],
)
def test_what_is_no_picture_is_refused_with_the_reason(content: bytes, problem: str) -> None:
    with pytest.raises(ImageError) as refused:
        verify(BytesIO(content))
    assert refused.value.problem == problem


def test_a_refused_format_names_those_that_work() -> None:
    with pytest.raises(ImageError, match=r"scripts\. Use a JPEG, PNG, WebP, GIF or AVIF picture\.$"):
        verify(BytesIO(b"<svg/>" + b"<svg >"))


@pytest.mark.parametrize("content", SAMPLES, ids=FORMATS)
def test_a_picture_cut_short_is_refused(content: bytes) -> None:
    with pytest.raises(ImageError, match="damaged"):
        verify(BytesIO(content[: len(content) * 2 // 3]))


def test_an_animation_cut_short_in_a_later_frame_is_refused() -> None:
    content = animation("PNG").getvalue()
    with pytest.raises(ImageError, match="damaged or cut short"):
        verify(BytesIO(content[: len(content) * 2 // 3]))


@pytest.mark.parametrize("side", [8_000, 12_000, 40_000])
def test_a_picture_of_too_many_pixels_is_refused_before_it_is_decoded(
    side: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    small = bytearray(encoded(drawing(8, 8), "GIF").getvalue())
    small[6:10] = side.to_bytes(2, "little") * 2
    monkeypatch.setattr(Image.Image, "load", lambda self: pytest.fail("decoded"))
    with pytest.raises(ImageError, match="more pixels than can be handled"):
        verify(BytesIO(small))


def test_an_animation_counts_the_pixels_of_all_its_frames(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(verifying, "MAX_ANIMATION_PIXELS", 120 * 80 * 3 - 1)
    with pytest.raises(ImageError, match="more pixels than can be handled"):
        verify(animation("GIF"))


def test_an_animation_of_very_many_frames_is_refused_however_small_they_are(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(verifying, "MAX_FRAMES", 2)
    with pytest.raises(ImageError, match="more than 2 frames"):
        verify(animation("GIF"))


@given(st.sampled_from(SAMPLES), st.randoms(use_true_random=False))
@pytest.mark.filterwarnings("ignore")  # what Pillow thinks of damaged EXIF
def test_damage_is_either_refused_in_our_words_or_harmless(content: bytes, chance: random.Random) -> None:
    damaged = bytearray(content)
    for _ in range(chance.randint(1, 8)):
        damaged[chance.randrange(len(damaged))] = chance.randrange(256)
    with suppress(ImageError):
        assert verify(BytesIO(damaged)).format in FORMATS


def clean(file: BytesIO) -> bytes:
    return verifying.opened(file).clean_bytes()


@pytest.mark.parametrize("picture_format", ["JPEG", "PNG", "WEBP", "AVIF"])
def test_a_clean_picture_says_nothing_of_place_and_maker(picture_format: str) -> None:
    told = encoded(drawing(90, 60), picture_format, exif=exif(), xmp=b"<x>TELLTALE</x>")
    assert b"TELLTALE" in told.getvalue()
    cleaned = clean(told)
    assert b"TELLTALE" not in cleaned
    assert not Image.open(BytesIO(cleaned)).getexif()


@pytest.mark.parametrize("picture_format", ["PNG", "WEBP"])
def test_a_clean_animation_says_nothing_of_place_and_maker(picture_format: str) -> None:
    told = animation(picture_format, exif=exif())
    assert b"TELLTALE" in told.getvalue()
    assert b"TELLTALE" not in clean(told)


@pytest.mark.parametrize(
    "told",
    [
        encoded(drawing(90, 60), "JPEG", comment=b"TELLTALE"),
        encoded(drawing(90, 60), "GIF", comment=b"TELLTALE"),
        animation("GIF", comment=b"TELLTALE"),
    ],
    ids=["JPEG", "GIF", "animation"],
)
def test_a_clean_picture_has_no_comment(told: BytesIO) -> None:
    assert b"TELLTALE" in told.getvalue()
    assert b"TELLTALE" not in clean(told)


def test_a_clean_png_has_no_text_in_it() -> None:
    text = PngImagePlugin.PngInfo()
    text.add_text("Author", "TELLTALE")
    assert b"TELLTALE" not in clean(encoded(drawing(90, 60), "PNG", pnginfo=text))


def test_a_clean_picture_keeps_its_colours() -> None:
    profile = b"a colour profile, for all we know"
    cleaned = Image.open(BytesIO(clean(encoded(drawing(90, 60), "JPEG", icc_profile=profile))))
    assert cleaned.info["icc_profile"] == profile


@pytest.mark.parametrize("picture_format", ["PNG", "GIF"])
def test_cleaning_changes_no_pixel_of_a_lossless_picture(picture_format: str) -> None:
    file = encoded(drawing(90, 60, "P"), picture_format)
    before = Image.open(BytesIO(file.getvalue())).convert("RGB").tobytes()
    assert Image.open(BytesIO(clean(file))).convert("RGB").tobytes() == before


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_clean_picture_is_upright_without_being_told(orientation: int) -> None:
    lying = Image.new("L", (40, 20))
    lying.paste(255, (0, 0, 20, 10))
    upright = Image.open(BytesIO(clean(encoded(lying, "PNG", exif=exif(orientation)))))
    bright = {
        corner
        for corner, place in {"NW": (0.2, 0.2), "NE": (0.8, 0.2), "SW": (0.2, 0.8), "SE": (0.8, 0.8)}.items()
        if upright.getpixel((int(upright.width * place[0]), int(upright.height * place[1]))) == 255
    }
    # Source: EXIF 2.32, tag 0x0112: where the first row and the first column are.
    assert bright == {[None, "NW", "NE", "SE", "SW", "NW", "NE", "SE", "SW"][orientation]}


@pytest.mark.parametrize("picture_format", ["GIF", "PNG", "WEBP", "AVIF"])
def test_a_clean_animation_runs_as_before(picture_format: str) -> None:
    cleaned = Image.open(BytesIO(clean(animation(picture_format))))
    durations = []
    for frame in ImageSequence.Iterator(cleaned):
        frame.load()
        durations.append(round(frame.info["duration"]))
    assert durations == [100, 200, 300]
    assert cleaned.info.get("loop", 2) == 2
