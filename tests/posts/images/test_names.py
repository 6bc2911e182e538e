import pytest
from hypothesis import given
from hypothesis import strategies as st

from posts.images.names import StoredName, readable_stem

HEX = st.text("0123456789abcdef", min_size=16, max_size=16)
PIXELS = st.integers(1, 999_999)


@given(st.text(), HEX, PIXELS, PIXELS, st.booleans())
def test_a_name_reads_back_as_it_was(file_name: str, digest: str, width: int, height: int, animated: bool) -> None:
    name = StoredName(readable_stem(file_name), digest, width, height, animated)
    assert StoredName.parse(str(name)) == name


@pytest.mark.parametrize(
    ("file_name", "stem"),
    [
        ("Market Map.PNG", "market-map"),
        (r"C:\Scans\Médecine (1).JPG", "medecine-1"),
        ("../../etc/passwd", "passwd"),
        ("日本.png", "image"),
        (".png", "png"),
        ("", "image"),
        ("a" * 300 + ".png", "a" * 60),
        ("x-0123456789abcdef-10x10.png", "x-0123456789abcdef-10x10"),
    ],
)
def test_a_stem_is_what_people_can_read_of_a_file_name(file_name: str, stem: str) -> None:
    assert readable_stem(file_name) == stem
