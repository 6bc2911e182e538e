import errno
import os
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from pytest_django import Settings

from posts.images import ImageError, Ratio, find, store
from posts.images.verifying import EXTENSIONS
from tests.posts.images.pictures import animation, drawing, encoded, exif

pytestmark = pytest.mark.usefixtures("media")


def stored(media: Path, url: str) -> Image.Image:
    return Image.open(BytesIO((media / url.removeprefix("/media/")).read_bytes()))


def test_a_stored_picture_has_a_readable_url_that_tells_its_size(media: Path) -> None:
    url = store(encoded(drawing(640, 360)), name="Market Map.JPG")
    assert url.startswith("/media/images/market-map-")
    assert url.endswith("-640x360.jpg")
    assert find(url).size == stored(media, url).size == (640, 360)


@pytest.mark.parametrize("picture_format", EXTENSIONS)
def test_every_format_is_kept_as_it_is(picture_format: str, media: Path) -> None:
    url = store(encoded(drawing(), picture_format), name="x")
    assert stored(media, url).format == picture_format


@pytest.mark.parametrize("ratio", [None, Ratio.WIDE])
@pytest.mark.parametrize("size", [(1700, 900), (900, 1700), (1000, 300), (30, 20), (2000, 1), (1, 2000)])
def test_every_url_of_a_srcset_is_a_picture_of_that_width(
    size: tuple[int, int], ratio: Ratio | None, media: Path
) -> None:
    url = store(encoded(drawing(*size), "PNG"), name="x.png")
    for candidate in find(url).srcset(ratio).split(", "):
        address, width = candidate.split()
        rendition = stored(media, address)
        assert rendition.format == "WEBP"
        assert f"{rendition.width}w" == width
        assert rendition.width <= size[0]


@pytest.mark.parametrize(
    ("size", "middle"), [((480, 810), (0, 270, 480, 540)), ((1440, 270), (480, 0, 960, 270))], ids=["tall", "long"]
)
def test_a_wide_rendition_is_the_middle_of_the_picture(
    size: tuple[int, int], middle: tuple[int, int, int, int], media: Path
) -> None:
    flag = Image.new("RGB", size, "red")
    flag.paste("blue", middle)
    image = find(store(encoded(flag, "PNG"), name="x.png"))
    wide = stored(media, image.url(480, Ratio.WIDE)).convert("RGB")
    assert wide.size == (480, 270)
    for corner in ((5, 5), (470, 5), (5, 264), (470, 264)):
        red, _, blue = _pixel(wide, corner)
        assert blue > 200 > 50 > red


def _pixel(image: Image.Image, place: tuple[int, int]) -> tuple[int, int, int]:
    pixel = image.getpixel(place)
    assert isinstance(pixel, tuple)
    return pixel[0], pixel[1], pixel[2]


def test_see_through_parts_stay_see_through(media: Path) -> None:
    glass = Image.new("RGBA", (60, 40), (255, 0, 0, 0))
    url = store(encoded(glass, "PNG"), name="x.png")
    assert stored(media, find(url).url(480)).getchannel("A").getextrema() == (0, 0)


def test_greys_of_sixteen_bits_are_not_washed_out(media: Path) -> None:
    scan = Image.new("I;16", (60, 40), 0x8000)
    rendition = stored(media, find(store(encoded(scan, "PNG"), name="scan.png")).url(480))
    assert abs(_pixel(rendition.convert("RGB"), (30, 20))[0] - 0x80) < 4


def test_inks_become_screen_colours(media: Path) -> None:
    print_ready = encoded(Image.new("CMYK", (60, 40), (0, 255, 255, 0)), icc_profile=b"inks")
    rendition = stored(media, find(store(print_ready, name="x.jpg")).url(480))
    assert "icc_profile" not in rendition.info
    red, green, _ = _pixel(rendition.convert("RGB"), (30, 20))
    assert red > 200 > 50 > green


def test_nothing_that_is_stored_tells_place_or_maker(media: Path) -> None:
    store(encoded(drawing(), exif=exif()), name="x.jpg")
    files = list(media.glob("images/*"))
    assert len(files) == 1 + 1 + 1  # 360 pixels wide once upright: the picture, one rendition of each shape
    assert not any(b"TELLTALE" in file.read_bytes() for file in files)


def test_an_animation_is_stored_with_all_its_frames_and_no_renditions(media: Path) -> None:
    url = store(animation("GIF"), name="loop.gif")
    assert getattr(stored(media, url), "n_frames", 1) == 3
    assert find(url).srcset() == ""
    assert find(url).url(800) == url
    assert len(list(media.glob("images/*"))) == 1


def test_the_same_picture_stored_twice_is_one_picture(media: Path) -> None:
    first = store(encoded(drawing()), name="x.jpg")
    files = {file.name: file.read_bytes() for file in media.glob("images/*")}
    assert store(encoded(drawing()), name="x.jpg") == first
    assert {file.name: file.read_bytes() for file in media.glob("images/*")} == files


def test_two_pictures_of_one_name_are_two_pictures() -> None:
    assert store(encoded(drawing()), name="x.jpg") != store(encoded(drawing().rotate(90)), name="x.jpg")


def test_a_refused_file_leaves_nothing_behind(media: Path) -> None:
    with pytest.raises(ImageError):
        store(BytesIO(b"<svg >"), name="x.svg")
    assert not media.exists()


def test_stored_files_can_be_read_by_the_proxy_that_serves_them(media: Path, settings: Settings) -> None:
    settings.FILE_UPLOAD_PERMISSIONS = 0o604
    store(encoded(drawing()), name="x.jpg")
    assert {file.stat().st_mode & 0o777 for file in media.glob("images/*")} == {0o604}


def full_disk(*args: Any, **options: Any) -> None:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


@pytest.mark.parametrize("operation", ["write_bytes", "replace", "mkdir"])
def test_a_disk_that_fails_leaves_no_picture_behind(
    operation: str, media: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Path, operation, full_disk)
    with pytest.raises(ImageError, match="could not be saved: No space left on device"):
        store(encoded(drawing()), name="x.jpg")
    assert not list(media.glob("images/*"))


def test_a_picture_is_there_only_once_its_renditions_are(media: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    placed: list[str] = []
    replace = Path.replace

    def noted(source: Path, to: Path) -> Path:
        placed.append(to.name)
        return replace(source, to)

    monkeypatch.setattr(Path, "replace", noted)
    url = store(encoded(drawing(1000, 500)), name="x.jpg")
    assert placed[-1] == url.rpartition("/")[2]
    assert len(placed) == 1 + 3 + 3
