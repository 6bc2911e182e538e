"""`manage.py export_markdown`: the folder comes back."""

import filecmp
import os
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from PIL import Image

from audit.models import Entry
from posts import writing
from posts.models import Post, Revision
from tests.support.commands import import_markdown
from tests.support.writing import projected, rewrite_post, write_post

pytestmark = pytest.mark.django_db

FIXTURES = Path(__file__).resolve().parents[2] / "fixtures"
SITES = (
    "18f", "digitalgov", "grpc_blog", "otel_blog", "papermod", "papermod_json", "papermod_toml", "prometheus_blog",
    "rust_blog", "vim_jp", "jekyll_project",
)  # fmt: skip


def export(folder: Path, *options: str) -> tuple[int, str]:
    out = StringIO()
    try:
        call_command("export_markdown", str(folder), *options, stdout=out)
    except SystemExit as end:
        return int(end.code or 0), out.getvalue()
    return 0, out.getvalue()


def run_import(folder: Path, **options: object) -> None:
    try:
        call_command("import_markdown", str(folder), verbosity=0, stdout=StringIO(), **options)
    except SystemExit:
        assert options.get("keep_going")


def test_a_site_comes_back_where_it_was_byte_for_byte(tmp_path: Path) -> None:
    run_import(FIXTURES)
    export(tmp_path)

    (file,) = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert filecmp.cmp(file, FIXTURES / file.relative_to(tmp_path), shallow=False)


@pytest.mark.parametrize("site", SITES)
def test_every_file_of_the_corpora_that_imports_comes_back_byte_for_byte(
    corpora: Path, tmp_path: Path, site: str
) -> None:
    content = corpora / site / "content"
    run_import(content, keep_going=True, workers=1)
    export(tmp_path)
    written = [Path(each.relative_to(tmp_path)) for each in tmp_path.rglob("*.m*") if each.is_file()]

    assert len(written) == Post.objects.count() > 20
    assert [name for name in written if not filecmp.cmp(tmp_path / name, content / name, shallow=False)] == []


def test_an_edit_is_the_only_difference(tmp_path: Path) -> None:
    run_import(FIXTURES)
    export(tmp_path)
    post = Post.objects.get()
    assert post.latest_revision
    before = post.latest_revision.text
    rewrite_post(post, title="Edited")

    assert export(tmp_path, "--check") == (1, f"content/{post.source_path}\n1 files: 1 to be written, 0 unchanged\n")
    assert (tmp_path / "content" / post.source_path).read_text() == before


def test_what_was_edited_and_exported_comes_back_without_a_conflict(tmp_path: Path) -> None:
    run_import(FIXTURES)
    rewrite_post(Post.objects.get(), title="Edited")
    export(tmp_path)
    status, printed = import_markdown(tmp_path)

    assert status == 0, printed
    post = Post.objects.select_related("latest_revision").get()
    assert post.latest_revision
    assert (post.title, post.file_hash) == ("Edited", post.latest_revision.sha256)


def test_a_second_export_writes_what_changed_alone(tmp_path: Path) -> None:
    for name in ("c", "a", "b"):
        write_post(f"posts/{name}.md")
    export(tmp_path)
    assert export(tmp_path, "--check") == (0, "3 files: 0 to be written, 3 unchanged\n")
    for post in Post.objects.exclude(source_path="posts/b.md"):
        rewrite_post(post, title="Edited")

    assert export(tmp_path) == (0, "posts/a.md\nposts/c.md\n3 files: 2 written, 1 unchanged\n")
    assert "title: Edited" in (tmp_path / "posts/c.md").read_text()


def test_live_only_leaves_drafts_out(tmp_path: Path) -> None:
    live = write_post("posts/live.md")
    write_post("posts/draft.md", draft=True)
    writing.save_draft(live, projected("posts/live.md", title="Next"), origin=Revision.Origin.ADMIN)
    export(tmp_path / "readers", "--live-only")
    export(tmp_path / "editors")

    assert [path.name for path in (tmp_path / "readers").rglob("*.md")] == ["live.md"]
    assert "title: A title" in (tmp_path / "readers/posts/live.md").read_text()
    assert "title: Next" in (tmp_path / "editors/posts/live.md").read_text()


def test_what_is_written_is_in_the_trail_and_a_check_is_not(tmp_path: Path) -> None:
    write_post()
    export(tmp_path, "--check")
    export(tmp_path)

    (entry,) = Entry.objects.filter(action="posts.exported")
    assert entry.label == f"1 files written to {tmp_path}"


def test_files_have_the_permissions_of_whoever_exports(tmp_path: Path) -> None:
    write_post()
    before = os.umask(0o027)
    try:
        export(tmp_path)
        assert os.umask(0o027) == 0o027
    finally:
        os.umask(before)

    assert (tmp_path / "posts/a.md").stat().st_mode & 0o777 == 0o640


@pytest.mark.parametrize("place", ["../a.md", "/a.md", "posts/../../a.md"])
def test_nothing_is_written_outside_of_the_folder(tmp_path: Path, place: str) -> None:
    write_post()
    Post.objects.update(source_path=place)

    with pytest.raises(CommandError, match="outside of the exported folder"):
        export(tmp_path / "out", "--check")


def test_of_pictures_only_those_of_the_site_are_taken(tmp_path: Path) -> None:
    write_post()
    (tmp_path / "secret.png").write_bytes(b"secret")
    Post.objects.update(source={"assets": {"x.png": str(tmp_path / "secret.png"), "y.png": "https://a.example/y.png"}})

    assert export(tmp_path / "out") == (0, "posts/a.md\n1 files: 1 written, 0 unchanged\n")


def test_a_bundles_pictures_come_along(tmp_path: Path) -> None:
    bundle = tmp_path / "site" / "content" / "posts" / "trial"
    bundle.mkdir(parents=True)
    Image.new("RGB", (320, 180), "teal").save(bundle / "chart.png")
    (bundle / "index.md").write_text("---\ntitle: Trial\ncover:\n  image: chart.png\n---\n\n![Results](chart.png)\n")
    run_import(tmp_path / "site")
    out = tmp_path / "out"
    export(out)

    post = Post.objects.get()
    assert post.cover.startswith("/media/images/chart-")
    assert 'src="/media/images/chart-' in post.html
    with Image.open(out / "content" / "posts" / "trial" / "chart.png") as picture:
        assert picture.size == (320, 180)


def test_a_picture_that_several_posts_show_comes_once(tmp_path: Path) -> None:
    site = tmp_path / "site"
    for name in ("a", "b"):
        (post := site / f"content/{name}.md").parent.mkdir(parents=True, exist_ok=True)
        post.write_text("---\ntitle: A\n---\n\n![Its map](/map.png) ![Its map](/./map.png)\n")
    (site / "static").mkdir()
    Image.new("RGB", (40, 30), "navy").save(site / "static/map.png")
    run_import(site)

    assert export(tmp_path / "out")[1].splitlines() == [
        *("content/a.md", "static/map.png", "content/b.md"),
        "3 files: 3 written, 0 unchanged",
    ]


def test_a_picture_that_is_named_from_where_the_page_is_shown_comes_along(tmp_path: Path) -> None:
    site = tmp_path / "site"
    (site / "img").mkdir(parents=True)
    Image.new("RGB", (64, 48), "teal").save(site / "img/x.png")
    (site / "a.md").write_text("---\ntitle: A\n---\n![X](../img/x.png)\n")  # of /a/
    run_import(site)

    assert export(tmp_path / "out")[0] == 0
    assert (tmp_path / "out/img/x.png").is_file()


def test_a_picture_that_is_named_by_its_sites_own_address_comes_back_where_it_was(tmp_path: Path) -> None:
    site, out = tmp_path / "site", tmp_path / "out"
    site.mkdir()
    (site / "_config.yml").write_text("url: https://a.example\nbaseurl: /blog\n")
    (site / "a.md").write_text("---\ntitle: A\n---\n![x](https://a.example/blog/x.png)\n")
    Image.new("RGB", (40, 30)).save(site / "x.png")
    run_import(site)
    export(out)

    assert sorted(file.name for file in out.iterdir()) == ["a.md", "x.png"]


def test_a_post_that_was_written_here_goes_where_an_import_would_look_for_it(tmp_path: Path) -> None:
    write_post("posts/first.md")
    run_import(FIXTURES)
    write_post("posts/mine.md")
    export(tmp_path)

    assert {path.name for path in (tmp_path / "content" / "posts").iterdir()} > {"first.md", "mine.md"}


def test_a_file_in_place_of_the_folder_is_one_clear_line(tmp_path: Path) -> None:
    write_post()
    (tmp_path / "taken").write_text("")

    with pytest.raises(CommandError, match="cannot be written"):
        export(tmp_path / "taken")
