"""`manage.py import_markdown`, as a person runs it."""

import json
import os
import shutil
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from posts.importing.reading import FILES_A_TASK
from posts.models import Post, Redirect, Revision
from tests.support.commands import import_markdown as run
from tests.support.writing import rewrite_post

pytestmark = pytest.mark.django_db

FIXTURES = Path(__file__).resolve().parents[2] / "fixtures"
SEED = "leveraging-ai-for-personalized-medicine-in-pharma"


def summary(printed: str) -> str:
    """The last line without its time."""
    return printed.strip().splitlines()[-1].rsplit(" (", 1)[0]


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A site with two posts and a page."""
    posts = tmp_path / "site" / "content" / "posts"
    posts.mkdir(parents=True)
    (posts / "one.md").write_text("---\ntitle: One\ndate: 2024-01-01\n---\n\nFirst.\n")
    (posts / "two.md").write_text("---\ntitle: Two\ndate: 2024-01-02\ntags: [AI]\n---\n\nSecond.\n")
    (posts.parent / "about.md").write_text("---\ntitle: About us\n---\n\nWe.\n")
    return tmp_path / "site"


def test_the_article_arrives_whole() -> None:
    status, printed = run(FIXTURES)
    post = Post.objects.get()

    assert (status, summary(printed)) == (0, "1 files: 1 created, 0 updated, 0 unchanged, 0 skipped, 0 errors")
    assert post.path == f"/posts/{SEED}/"
    assert post.title == "Leveraging AI for Personalized Medicine in Pharma"
    assert post.published_iso == "2024-06-13T12:00:00+07:00"
    assert [tag.name for tag in post.tag_list] == ["AI", "Pharmaceutical", "Personalized Medicine"]
    assert post.cover_alt == "AI in Personalized Medicine in Pharma"
    assert [h["text"] for h in post.contents if h["level"] == 2][0] == "The Role of AI in Personalized Medicine"
    assert post.live_revision is not None
    assert post.live_revision.text.encode() == (FIXTURES / "content" / "posts" / f"{SEED}.md").read_bytes()


def test_a_second_import_changes_nothing() -> None:
    run(FIXTURES)
    status, printed = run(FIXTURES)

    assert (status, summary(printed)) == (0, "1 files: 0 created, 0 updated, 1 unchanged, 0 skipped, 0 errors")
    assert Revision.objects.count() == 1


def test_a_changed_file_updates_its_post(site: Path) -> None:
    run(site)
    (site / "content" / "posts" / "one.md").write_text("---\ntitle: One, again\n---\n\nFirst.\n")
    _, printed = run(site)

    assert summary(printed) == "3 files: 0 created, 1 updated, 2 unchanged, 0 skipped, 0 errors"
    assert Post.objects.get(path="/posts/one/").title == "One, again"


def test_a_dry_run_says_what_a_real_run_would_and_writes_nothing(site: Path) -> None:
    _, dry = run(site, dry_run=True)
    assert not Post.objects.exists()

    _, real = run(site)
    assert summary(dry) == summary(real)


def test_a_file_with_a_slip_in_every_line_has_the_first_told_and_the_others_counted(site: Path) -> None:
    many = "[x](/gone/) {{< gone >}}\n" * 600
    (site / "content" / "posts" / "two.md").write_text(f"---\ntitle: Two\n---\n{many}")

    status, printed = run(site, check=True, fail_on="warning", format="json")

    report = json.loads(printed)
    found = next(each["diagnostics"] for each in report["files"] if each["path"].endswith("two.md"))
    assert (status, report["summary"]["warnings"], len(found)) == (1, 1200, 1001)
    assert found[-1]["message"] == "200 more findings of this kind follow; fix those above first"
    assert set(found[-1]) == {"line", "column", "code", "severity", "message", "fix"}


def test_a_slip_in_every_line_is_mended_in_every_line(site: Path) -> None:
    file = site / "content" / "posts" / "two.md"
    file.write_text("---\ntitle: Two\n---\n" + "[https://a.example/](https://a.example/) and\n" * 1100)

    run(site, fix=True)

    assert file.read_text().count("<https://a.example/> and\n") == 1100


def test_an_error_names_file_line_and_column_and_nothing_is_written(site: Path) -> None:
    bad = site / "content" / "posts" / "two.md"
    bad.write_text("---\ntitle: Two\ndate: the day after\n---\n")
    status, printed = run(site)

    assert status == 1
    assert printed.startswith(f"{bad}:3:7: MG103 ")
    assert summary(printed) == "3 files: 0 created, 0 updated, 0 unchanged, 2 skipped, 1 errors"
    assert not Post.objects.exists()


def test_keep_going_imports_what_is_sound(site: Path) -> None:
    (site / "content" / "posts" / "two.md").write_text("---\ntitle: [\n---\n")
    status, printed = run(site, keep_going=True)

    assert (status, Post.objects.count()) == (1, 2)
    assert summary(printed) == "3 files: 2 created, 0 updated, 0 unchanged, 0 skipped, 1 errors"


def test_two_files_for_one_path_are_an_error_that_names_both(site: Path) -> None:
    (site / "content" / "posts" / "three.md").write_text("---\ntitle: Three\nslug: one\n---\n")
    status, printed = run(site)

    assert status == 1
    assert "/posts/one/ is the path of posts/one.md too" in printed
    assert "three.md:" in printed


@pytest.mark.parametrize(
    "url", ["/admin/posts/", "/healthz", "/sitemap.xml", "/tags/ai/", "/posts/page/2/", "/static/x/"]
)
def test_a_path_of_the_sites_own_is_an_error(site: Path, url: str) -> None:
    (site / "content" / "about.md").write_text(f"---\ntitle: Mine\nurl: {url}\n---\n")
    status, printed = run(site)

    assert status == 1
    assert f"{url} is a page that the site itself uses" in printed.replace(f"{url}/", url)


def test_a_file_at_a_page_that_the_site_makes_gives_it_its_words(site: Path) -> None:
    (site / "content" / "contact.md").write_text("---\ntitle: Write to us\n---\n\nWe answer.\n")

    assert run(site)[0] == 0


def test_a_post_changed_in_the_admin_is_a_conflict_when_its_file_changes_too(site: Path) -> None:
    run(site)
    rewrite_post(Post.objects.get(path="/posts/one/"), title="Edited")
    file = site / "content" / "posts" / "one.md"
    file.write_text("---\ntitle: From the file\n---\n")

    status, printed = run(site)
    assert status == 1
    assert f"{file}:1:1: MG107 " in printed
    assert run(site, on_conflict="keep")[0] == 0
    assert Post.objects.get(path="/posts/one/").title == "Edited"
    assert run(site, on_conflict="replace")[0] == 0
    assert Post.objects.get(path="/posts/one/").title == "From the file"


def test_a_post_changed_in_the_admin_stays_when_its_file_did_not_change(site: Path) -> None:
    run(site)
    rewrite_post(Post.objects.get(path="/posts/one/"), title="Edited")
    _, printed = run(site)

    assert "3 unchanged" in printed
    assert Post.objects.get(path="/posts/one/").title == "Edited"


def test_a_file_stands_below_the_nearest_content_folder(site: Path, tmp_path: Path) -> None:
    run(site / "content" / "posts" / "one.md")
    alone = tmp_path / "alone.md"
    alone.write_text("---\ntitle: Alone\n---\n")
    run(alone)
    run(alone.rename(tmp_path / "named.md"), section="news")

    assert {post.path for post in Post.objects.all()} == {"/posts/one/", "/posts/alone/", "/news/named/"}


def test_top_level_files_are_pages_or_belong_to_the_section_that_is_given(site: Path) -> None:
    run(site)
    assert Post.objects.get(title="About us").path == "/about/"

    run(site / "content", section="posts")
    assert Post.objects.get(title="About us").path == "/posts/about/"
    assert Redirect.objects.get().old_path == "/about/"


@pytest.mark.parametrize("code", ["vi", "VI"])
def test_what_is_imported_has_the_language_that_is_given(site: Path, code: str) -> None:
    run(site / "content" / "about.md", language=code)

    post = Post.objects.get()
    assert (post.path, post.language, post.edition) == ("/vi/about/", "vi", "vi")


def test_a_language_in_a_files_name_makes_it_a_translation(site: Path) -> None:
    (site / "content" / "posts" / "one.vi.md").write_text("---\ntitle: Một\n---\n")
    (site / "content" / "posts" / "v1.2.md").write_text("---\ntitle: Version\n---\n")
    run(site)

    assert Post.objects.get(title="Một").path == "/vi/posts/one/"
    assert Post.objects.get(title="Một").language == "vi"
    assert Post.objects.get(title="Version").path == "/posts/v1.2/"


def test_the_json_report_is_the_contracts(site: Path) -> None:
    (site / "content" / "posts" / "two.md").write_text("---\ndate: never\n---\n")
    status, printed = run(site, format="json", keep_going=True)
    report = json.loads(printed)

    assert status == 1
    assert set(report["summary"]) == {
        "files",
        "created",
        "updated",
        "unchanged",
        "skipped",
        "errors",
        "warnings",
        "seconds",
    }
    by_path = {Path(file["path"]).name: file for file in report["files"]}
    assert by_path["one.md"] == {
        "path": str(site / "content" / "posts" / "one.md"),
        "status": "created",
        "url": "/posts/one/",
        "diagnostics": [],
    }
    (finding,) = by_path["two.md"]["diagnostics"]
    assert (finding["line"], finding["column"], finding["code"], finding["severity"]) == (2, 7, "MG103", "error")


def test_a_path_that_is_not_there_is_a_wrong_call(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="no such file or folder") as refused:
        call_command("import_markdown", str(tmp_path / "nowhere"))
    assert refused.value.returncode == 2


def test_notes_on_a_folder_are_left_out_and_said_so(site: Path) -> None:
    (site / "content" / "README.md").write_text("# How to write here\n")
    status, printed = run(site)

    assert status == 0
    assert "README.md:1:1: MG108" in printed
    assert "1 skipped" in printed


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("latin.md", b"---\ntitle: caf\xe9\n---\n", "MG102"),
        ("nul.md", b"---\ntitle: a\x00b\n---\n", "MG102"),
        ("list.md", b"---\n- a\n---\n", "MG102"),
        ("open.md", b"---\ntitle: a\n", "MG102"),
        ("twice.md", b"---\ntitle: a\ntitle: b\n---\n", "MG102"),
        ("object.md", b"---\ntitle: !!python/object:os.system x\n---\n", "MG102"),
        ("day.md", b"---\ndate: 2026-02-30\n---\n", "MG103"),
        ("long.md", b"---\ntitle: " + b"x" * 501 + b"\n---\n", "MG104"),
        ("climbs.md", b"---\nurl: /../../etc/\n---\n", "MG104"),
        ("large.md", b"x" * (20 * 1024 * 1024 + 1), "MG101"),
    ],
)
def test_bad_input_is_one_clear_line_and_nothing_is_written(tmp_path: Path, name: str, data: bytes, said: str) -> None:
    (tmp_path / name).write_bytes(data)
    status, printed = run(tmp_path)
    finding, last = printed.strip().splitlines()

    assert status == 1
    assert finding.startswith(f"{tmp_path / name}:")
    assert said in finding
    assert last.startswith("1 files: 0 created")
    assert not Post.objects.exists()


def test_links_and_pipes_do_no_harm(tmp_path: Path) -> None:
    (tmp_path / "loop").symlink_to(tmp_path)
    (tmp_path / "gone.md").symlink_to(tmp_path / "nowhere")
    os.mkfifo(tmp_path / "pipe.md")
    status, printed = run(tmp_path)

    assert status == 1
    assert summary(printed) == "2 files: 0 created, 0 updated, 0 unchanged, 0 skipped, 2 errors"


def test_many_files_are_read_in_several_processes_with_the_same_result(tmp_path: Path) -> None:
    for number in range(count := FILES_A_TASK * 10):  # more than are handed to two processes at first
        (tmp_path / f"p{number:03}.md").write_text(f"---\ntitle: P{number}\ntags: [t{number % 7}]\n---\n\n*x*\n")
    run(tmp_path, workers=2)
    first = list(Post.objects.order_by("path").values_list("path", "title", "html"))
    Post.objects.all().delete()
    shutil.copytree(tmp_path, tmp_path / "copy")
    run(tmp_path / "copy", workers=1)

    assert list(Post.objects.order_by("path").values_list("path", "title", "html")) == first
    assert len(first) == count


def test_several_processes_see_what_changed_and_what_cannot_be_read(tmp_path: Path) -> None:
    for number in range(FILES_A_TASK):
        (tmp_path / f"p{number:03}.md").write_text(f"---\ntitle: P{number}\n---\n")
    run(tmp_path, workers=2)
    assert f"{FILES_A_TASK} unchanged" in run(tmp_path, workers=2)[1]
    (tmp_path / "p001.md").write_text("---\ntitle: Changed\n---\n")
    (tmp_path / "q.md").symlink_to(tmp_path / "p001.md")  # in a task of its own
    status, printed = run(tmp_path, workers=2, keep_going=True)

    assert status == 1
    assert f"1 updated, {FILES_A_TASK - 1} unchanged, 0 skipped, 1 errors" in printed
    assert Post.objects.filter(title="Changed").exists()
