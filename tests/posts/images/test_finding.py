import pytest
from hypothesis import given
from hypothesis import strategies as st

from posts.images import BodyPicture, Ratio, body_picture, find
from posts.images.cloudinary import CloudinaryImage
from posts.images.local import LocalImage
from posts.images.remote import RemoteImage

SHARED = "https://res.cloudinary.com/dxyptrt7m/image/upload"
LOCAL = "/media/images/market-map-0123456789abcdef-1000x800"


@given(st.text() | st.from_regex(r"(https?:)?//res\.cloudinary\.com/\w+/image/(upload|fetch)/.*"))
def test_any_text_at_all_is_some_image(text: str) -> None:
    image = find(text)
    assert isinstance(image.url(800, Ratio.WIDE), str)
    assert isinstance(image.srcset(), str)
    assert body_picture(text).size == image.size


@given(st.from_regex(r"https://res\.cloudinary\.com/demo/image/upload/[^\n]+", fullmatch=True))
def test_what_cloudinary_delivers_is_safe_in_a_srcset(source: str) -> None:
    image = find(source)
    if isinstance(image, CloudinaryImage):
        candidates = [candidate.split() for candidate in image.srcset().split(", ")]
        assert [len(candidate) for candidate in candidates] == [2, 2, 2, 2]
        assert not set('"<> \\`{}') & set(image.url(800))
        assert image.url(800).isascii()


@given(st.from_regex(r"https://res\.cloudinary\.com/demo/image/upload/[^\n]+", fullmatch=True))
def test_an_image_found_again_by_its_own_url_is_the_same(source: str) -> None:
    image = find(source)
    assert find(image.src) == image


def test_a_delivery_url_of_any_account_gets_our_transformation() -> None:
    image = find(f"{SHARED}/v1752579071/wiciwlirxmrbrap8jtqy.jpg")
    assert image.src == f"{SHARED}/v1752579071/wiciwlirxmrbrap8jtqy.jpg"
    assert image.url(800) == f"{SHARED}/c_limit,f_auto,q_auto,w_800/v1752579071/wiciwlirxmrbrap8jtqy.jpg"
    assert image.url(800, Ratio.WIDE) == (
        f"{SHARED}/c_fill,g_auto,ar_16:9,f_auto,q_auto,w_800/v1752579071/wiciwlirxmrbrap8jtqy.jpg"
    )
    assert image.srcset().startswith(
        f"{SHARED}/c_limit,f_auto,q_auto,w_480/v1752579071/wiciwlirxmrbrap8jtqy.jpg 480w, "
    )
    assert image.size is None


@pytest.mark.parametrize(
    ("given", "asked"),
    [
        ("//res.cloudinary.com/demo/image/upload/a.jpg", "https://res.cloudinary.com/demo/image/upload/T/a.jpg"),
        ("http://res.cloudinary.com/demo/image/upload/a", "https://res.cloudinary.com/demo/image/upload/T/a"),
        ("https://res-3.cloudinary.com/demo/image/upload/a", "https://res-3.cloudinary.com/demo/image/upload/T/a"),
        ("https://acme-res.cloudinary.com/image/upload/a", "https://acme-res.cloudinary.com/image/upload/T/a"),
        (f"{SHARED}/v1/blog/2025/a.jpg", f"{SHARED}/T/v1/blog/2025/a.jpg"),
        (f"{SHARED}/c_crop,w_300,h_200/v1/a.jpg", f"{SHARED}/c_crop,w_300,h_200/T/v1/a.jpg"),
        (f"{SHARED}/f_auto/q_auto/blog/a.jpg", f"{SHARED}/f_auto/q_auto/T/blog/a.jpg"),
        (f"{SHARED}/$size_300/w_$size/t_cover/a", f"{SHARED}/$size_300/w_$size/t_cover/T/a"),
        (f"{SHARED}/l_text:Arial_40:Hi%20there,g_south/a", f"{SHARED}/l_text:Arial_40:Hi%20there,g_south/T/a"),
        (f"{SHARED}/my_folder/a.jpg", f"{SHARED}/T/my_folder/a.jpg"),
        (f"{SHARED}/w_300", f"{SHARED}/T/w_300"),
        (f"{SHARED}/a.jpg?_a=AB", f"{SHARED}/T/a.jpg?_a=AB"),
        (f'{SHARED}/a b"<é>100%.jpg', f"{SHARED}/T/a%20b%22%3C%C3%A9%3E100%25.jpg"),
        (f"{SHARED}/a%20b.jpg", f"{SHARED}/T/a%20b.jpg"),
        (f"{SHARED}/a,b,", f"{SHARED}/T/a,b%2C"),
        (f"{SHARED}/\ud800", f"{SHARED}/T/%5Cud800"),
        (
            "https://res.cloudinary.com/demo/image/fetch/w_300/https://example.org/a.jpg?b=c",
            "https://res.cloudinary.com/demo/image/fetch/w_300/T/https://example.org/a.jpg?b=c",
        ),
    ],
)
def test_our_transformation_comes_after_the_authors_and_before_the_picture(given: str, asked: str) -> None:
    assert find(given).url(800) == asked.replace("/T/", "/c_limit,f_auto,q_auto,w_800/")


@pytest.mark.parametrize(
    "source",
    [
        f"{SHARED}/s--6mUOGYDJ--/w_300/v1/a.jpg",
        f"{SHARED}/v1/logo.svg",
        f"{SHARED}/",
        "https://res.cloudinary.com/demo/video/upload/a.mp4",
        "https://res.cloudinary.com/demo/image/private/a.jpg",
        "https://res.cloudinary.com.evil.example/demo/image/upload/a.jpg",
        "https://evil.example/?https://res.cloudinary.com/demo/image/upload/a.jpg",
        "https://example.org/a.jpg",
        "diagram.png",
        "/media/images/a.jpg",
        "/media/images/../../etc-0123456789abcdef-10x10.jpg",
        "/media/../market-map-0123456789abcdef-1000x800.jpg",
        f"{LOCAL}.svg",
        f"{LOCAL}.jpg\n",
        f"/static{LOCAL}.jpg",
        "/media/images/market-map-0123456789abcdef-0x800.jpg",
        "",
    ],
)
def test_what_cannot_be_scaled_is_shown_as_it_stands(source: str) -> None:
    assert find(source) == RemoteImage(source)
    assert body_picture(source) == BodyPicture(source, "", None)


def test_our_own_names_tell_the_size_at_cloudinary_too() -> None:
    image = find(f"{SHARED}/v1/market-map-0123456789abcdef-1000x800.png")
    assert image.size == (1000, 800)
    assert [each.split()[1] for each in image.srcset().split(", ")] == ["480w", "800w", "1000w"]
    assert "w_1000/" in image.url(1600, Ratio.WIDE)


def test_a_picture_that_the_author_transformed_has_no_known_size() -> None:
    assert find(f"{SHARED}/c_crop,w_300,h_200/v1/market-map-0123456789abcdef-1000x800.png").size is None


def test_a_local_picture_is_found_in_the_smallest_rendition_that_does() -> None:
    image = find(f"{LOCAL}.jpg")
    assert isinstance(image, LocalImage)
    assert image.size == (1000, 800)
    assert image.url(300) == f"{LOCAL}-480w.webp"
    assert image.url(800) == f"{LOCAL}-800w.webp"
    assert image.url(5000) == f"{LOCAL}-1000w.webp"
    assert image.url(481, Ratio.WIDE) == f"{LOCAL}-wide-800w.webp"
    assert image.srcset() == f"{LOCAL}-480w.webp 480w, {LOCAL}-800w.webp 800w, {LOCAL}-1000w.webp 1000w"


def test_a_local_animation_is_shown_as_it_stands() -> None:
    source = f"{LOCAL}-animated.gif"
    assert body_picture(source) == BodyPicture(source, "", (1000, 800))
