"""Names as they stand in addresses: Hugo's, Jekyll's, and ours in ASCII."""

import pytest

from posts.slugs import ascii_slug, path_segment, slugified, term_slug, urlized

pytestmark = pytest.mark.pure


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("C++", "c++"),
        ("C#", "c#"),
        (".NET", ".net"),
        ("R&D", "rd"),
        ("AI/ML", "ai/ml"),
        ("Médecine", "médecine"),
        ("It's", "its"),
        ("a  b", "a--b"),
        ("CO₂", "co"),
        ("m²", "m"),
        ("5½", "5"),
        ("ΟΔΟΣ", "οδοσ"),
        ("İstanbul", "istanbul"),
        ("trail/", "trail"),
        ("&", "&"),
        ("हिन्दी", "हिन्दी"),
    ],
)
def test_a_tags_slug_is_hugos(name: str, slug: str) -> None:
    assert term_slug(name) == slug


def test_a_tag_keeps_its_case_and_loses_its_accents_where_its_site_says_so() -> None:
    assert term_slug("Médecine A", keeps_case=True) == "Médecine-A"
    assert term_slug("Médecine", keeps_accents=False) == "medecine"


def test_a_letter_and_its_mark_are_one_character_of_an_address() -> None:
    assert term_slug("Se\u0301curite\u0301") == term_slug("Sécurité") == "s\xe9curit\xe9"
    assert path_segment("Thuo\u0302\u0301c") == "thu\u1ed1c"


def test_names_and_slugs_become_addresses_by_hugos_two_rules() -> None:
    assert path_segment("My  Post_1") == "my--post_1"
    assert urlized("My  Post - 1 & more") == "my-post-1-more"
    assert urlized("a%e2%80%8a-b") == "a\u200a-b"
    assert urlized("\u00a0A\tb ", keeps_case=True) == "A-b"


def test_very_many_blanks_become_one_hyphen_in_no_time() -> None:
    assert urlized(f"a{' ' * 500_000}b{'- ' * 500_000}c").startswith("a-b-")


def test_an_address_of_jekylls_has_letters_and_digits_with_hyphens_between_them() -> None:
    assert slugified("-Hello_World  c#1-") == "Hello-World-c-1"
    assert slugified("Hello_World!", kept="_!") == "Hello_World!"


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Dược phẩm đang", "duoc-pham-dang"),
        ("Straße & Œuvre", "strasse-oeuvre"),
        ("It's AI’s day!", "its-ais-day"),
        ("日本", ""),
        ("  --  ", ""),
    ],
)
def test_a_title_suggests_a_slug_in_ascii(title: str, slug: str) -> None:
    assert ascii_slug(title) == slug
