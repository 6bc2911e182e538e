"""Whole sites: their configuration, languages, bundles, moved and vanished files, and what is reported of them."""

import json
import os
import re
import signal
import subprocess
import sys
import time
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.test import Client
from PIL import Image
from pydantic_sarif.model import StaticAnalysisResultsFormatSarifVersion210JsonSchema

from posts import writing
from posts.importing import reading
from posts.models import Post, Redirect, SiteState, Tag
from tests.support.commands import import_markdown as run
from tests.support.sites import paths, post, write
from tests.support.writing import rewrite_post, write_post

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("name", "taxonomies"),
    [("hugo.toml", "taxonomies"), ("config.toml", "indexes"), ("config/_default/hugo.toml", "taxonomies")],
)
def test_hugos_permalinks_time_zone_and_taxonomies_are_followed(tmp_path: Path, name: str, taxonomies: str) -> None:
    config = f'timeZone = "Asia/Ho_Chi_Minh"\n[{taxonomies}]\ntopic = "topics"\n[permalinks]\nposts = "/:year/:month/:slug/"\n'
    text = "---\ntitle: A Title\ndate: 2024-03-05\ntopics: [AI]\ntags: [other]\n---\n"
    run(write(tmp_path, {name: config, "content/posts/a.md": text}))

    post = Post.objects.get()
    assert post.path == "/2024/03/a-title/"
    assert post.published_iso == "2024-03-05T00:00:00+07:00"
    assert [tag.name for tag in post.tag_list] == ["AI"]


@pytest.mark.parametrize(
    ("pattern", "path"),
    [
        ("/:year/:month/:day/:title/", "/2024/03/05/my-title/"),
        ("/:monthname/:weekdayname/:yearday/:filename/", "/march/tuesday/65/a-file/"),
        ("/x/:sections/:slugorfilename/", "/x/posts/deep/a-file/"),
        ("/:sections[1:]/:contentbasename", "/deep/a-file/"),
        ("/:section/:sections[last]/:slug", "/posts/deep/my-title/"),
    ],
)
def test_every_token_of_a_permalink(tmp_path: Path, pattern: str, path: str) -> None:
    files = {"content/posts/deep/_index.md": "", "content/posts/deep/a file.md": post("My Title")}
    run(write(tmp_path, files), permalink=[f"posts={pattern}"])

    assert Post.objects.articles().get().path == path


def test_only_folders_with_an_index_are_sections_to_a_permalink(tmp_path: Path) -> None:
    run(write(tmp_path, {"content/posts/deep/a.md": post("One")}), permalink=["posts=/:sections/:slug/"])

    assert Post.objects.get().path == "/posts/one/"


def test_what_lies_around_a_section_is_in_its_address_and_each_language_has_its_own_sections(tmp_path: Path) -> None:
    names = ["x/y/_index.md", "x/y/z/a.md", "x/y/a.fr.md", "w/b.md", "v/_index.fr.md", "v/c.fr.md", "v/d.md"]
    files = {"hugo.yaml": "languages: {en: {}, fr: {}}\n", **{f"content/docs/{name}": post() for name in names}}
    run(write(tmp_path, files), permalink=["docs=/:sections/:contentbasename/"])

    made = {file.rpartition("/")[2]: path for file, path in paths().items() if "_index" not in file}
    assert made == {
        "a.md": "/docs/x/y/a/",
        "a.fr.md": "/fr/docs/a/",
        "b.md": "/docs/b/",
        "c.fr.md": "/fr/docs/v/c/",
        "d.md": "/docs/d/",
    }


def test_a_token_that_there_is_not_is_an_error_that_names_it(tmp_path: Path) -> None:
    status, printed = run(write(tmp_path, {"content/posts/a.md": post()}), permalink=["posts=/:moon/"])

    assert status == 1
    assert "holds :moon, which is no token" in printed


@pytest.mark.parametrize(
    ("config", "said"),
    [
        ("timeZone = 'Mars/Base'\n", "an unknown time zone: Mars/Base"),
        ("title = \n", "hugo.toml: the configuration cannot be read"),
        (f"contentDir = '{'x' * 300}'\n", "a folder named by the site cannot be read: File name too long"),
        ('timeZone = "Mars\\nBase"\n', r"an unknown time zone: Mars\\nBase"),
        (
            f"cascade.a{'.b' * 5_000} = 1\n",
            "hugo.toml: the configuration cannot be read: it is nested more than 100 deep",
        ),
        ("".join(f"[languages.l{n}]\n" for n in range(300)), "the configuration has 300 languages; the limit is 200"),
    ],
)
def test_a_configuration_that_cannot_be_read_is_a_wrong_call(tmp_path: Path, config: str, said: str) -> None:
    site = write(tmp_path, {"hugo.toml": config, "content/a.md": post()})

    with pytest.raises(CommandError, match=said) as refused:
        call_command("import_markdown", str(site))
    assert refused.value.returncode == 2


@pytest.mark.parametrize(
    "wrong",
    [
        {"workers": -1},
        {"language": "not a code"},
        {"section": "../x"},
        {"permalink": ["=/x/"]},
        {"permalink": ["posts"]},
        {"ignore": ["MG4", "MG999"]},
    ],
)
def test_an_option_that_cannot_be_meant_is_a_wrong_call(tmp_path: Path, wrong: dict[str, Any]) -> None:
    with pytest.raises(CommandError) as refused:
        run(write(tmp_path, {"a.md": post()}), **wrong)
    assert refused.value.returncode == 2


def test_a_file_that_is_no_markdown_is_a_wrong_call(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="not a Markdown file") as refused:
        run(write(tmp_path, {"a.txt": post()}) / "a.txt")
    assert refused.value.returncode == 2


def test_a_finding_is_one_line_whatever_the_file_is_called(tmp_path: Path) -> None:
    status, printed = run(write(tmp_path, {"a\nb.md": "---\ndate: never\n---\n"}))

    assert status == 1
    assert "a\\nb.md:2:7: MG103" in printed


def test_languages_by_name_and_by_folder_are_translations_of_one_another(tmp_path: Path) -> None:
    config = "defaultContentLanguage: vi\nlanguages: {vi: {weight: 1}, fr: {weight: 2}, ja: {contentDir: content/japanese}}\n"
    files = {
        "content/posts/a.md": post("Việt"),
        "content/posts/a.fr.md": post("Fr"),
        "content/japanese/posts/a.md": post("日"),
    }
    run(write(tmp_path, {"hugo.yaml": config, **files}))

    assert {(p.path, p.language) for p in Post.objects.all()} == {
        ("/posts/a/", "vi"),
        ("/fr/posts/a/", "fr"),
        ("/ja/posts/a/", "ja"),
    }
    assert {p.title for p in Post.objects.at(Post.objects.get(language="vi").path)[1:]} == {"Fr", "日"}


def test_a_sections_index_gives_its_title_and_cascades_to_what_is_below(tmp_path: Path, client: Client) -> None:
    index = "---\ntitle: All the news\ncascade:\n  author: The team\n  draft: false\n---\n\nFresh.\n"
    run(
        write(
            tmp_path,
            {
                "content/news/_index.md": index,
                "content/news/deep/a.md": post(),
                "content/news/b.md": post(author="Mai"),
            },
        )
    )

    by_path = {p.path: p.authors for p in Post.objects.all()}
    assert by_path["/news/deep/a/"] == ["The team"]
    assert by_path["/news/b/"] == ["Mai"]
    page = client.get("/news/").content.decode()
    assert "All the news" in page
    assert "Fresh." in page


def test_a_cascade_may_aim_at_some_pages_only(tmp_path: Path) -> None:
    index = "---\ncascade:\n  - author: Deep\n    target: {path: '/news/deep/**'}\n  - author: Others\n    target: {path: '/news/b'}\n---\n"
    run(
        write(
            tmp_path, {"content/news/_index.md": index, "content/news/deep/a.md": post(), "content/news/b.md": post()}
        )
    )

    assert {p.path: p.authors for p in Post.objects.articles()} == {"/news/deep/a/": ["Deep"], "/news/b/": ["Others"]}


@pytest.mark.parametrize("place", ["languages.vi", "languages.vi.params"])
def test_main_sections_may_be_those_of_the_first_language(tmp_path: Path, place: str) -> None:
    config = f'defaultContentLanguage = "vi"\n[{place}]\nmainSections = ["blog"]\n[languages.en.params]\nmainSections = ["x"]\n'
    run(write(tmp_path, {"hugo.toml": config, "content/blog/a.md": post()}))

    assert SiteState.objects.get().main_sections == ["blog"]


def test_main_sections_are_the_home_pages(tmp_path: Path, client: Client) -> None:
    config = "[params]\nmainSections = ['blog', 'news']\n"
    files = {f"content/{name}/a.md": post(f"In {name}") for name in ("blog", "news", "other")}
    run(write(tmp_path, {"hugo.toml": config, **files}))

    assert SiteState.objects.get().main_sections == ["blog", "news"]
    page = client.get("/").content.decode()
    assert "In blog" in page
    assert "In news" in page
    assert "In other" not in page


def test_a_jekyll_site_has_dates_slugs_and_addresses_from_its_names(tmp_path: Path) -> None:
    files = {
        "_config.yml": "timezone: Asia/Ho_Chi_Minh\ndefaults:\n  - scope: {path: '', type: posts}\n    values: {author: Team}\n",
        "_posts/2024-03-05-first-post.md": "---\ntags: one two\ncategories: notes\n---\nText.\n",
        "_posts/2024-03-06-second.md": "---\npermalink: /:year/:title/\npublished: false\n---\nText.\n",
        "about.md": "---\ntitle: About\n---\n",
        "_site/old.md": "---\ntitle: Built\n---\n",
    }
    run(write(tmp_path, files))

    assert paths() == {
        "_posts/2024-03-05-first-post.md": "/notes/2024/03/05/first-post.html",
        "_posts/2024-03-06-second.md": "/2024/second/",
        "about.md": "/about.html",
    }
    first = Post.objects.get(source_path="_posts/2024-03-05-first-post.md")
    assert (first.title, first.published_iso, first.authors) == ("First Post", "2024-03-05T00:00:00+07:00", ["Team"])
    assert [tag.name for tag in first.tag_list] == ["one", "two"]
    assert Post.objects.get(path="/2024/second/").draft


def test_a_bundles_pictures_are_taken_over_and_noticed_when_they_change(tmp_path: Path) -> None:
    site = write(tmp_path, {"content/posts/trial/index.md": post(body="![Results](chart.png) ![Logo](/img/logo.png)")})
    Image.new("RGB", (320, 180), "teal").save(site / "content/posts/trial/chart.png")
    (site / "static/img").mkdir(parents=True)
    Image.new("RGB", (64, 64), "navy").save(site / "static/img/logo.png")
    run(site)

    html = Post.objects.get().html
    assert html.count('src="/media/images/') == 2
    assert 'width="320"' in html
    assert "1 unchanged" in run(site)[1]
    Image.new("RGB", (640, 360), "teal").save(site / "content/posts/trial/chart.png")
    assert "1 updated" in run(site)[1]
    assert 'width="640"' in Post.objects.get().html


def test_an_edit_in_the_admin_keeps_what_the_site_said(tmp_path: Path) -> None:
    config = 'timeZone = "Asia/Ho_Chi_Minh"\n[permalinks]\nposts = "/:year/:slug/"\n'
    site = write(tmp_path, {"hugo.toml": config, "content/posts/a/index.md": post(body="![x](x.png)")})
    Image.new("RGB", (64, 64), "navy").save(site / "content/posts/a/x.png")
    run(site)
    edited = rewrite_post(Post.objects.get(), title="Edited", body="![x](x.png)\n", date="2024-03-05")

    assert edited.path == "/2024/edited/"
    assert edited.published_iso == "2024-03-05T00:00:00+07:00"
    assert "/media/images/x-" in edited.html


def test_a_picture_that_cannot_be_taken_over_is_a_warning(tmp_path: Path) -> None:
    site = write(
        tmp_path, {"content/posts/a/index.md": post(body="![x](x.png)"), "content/posts/a/x.png": "no picture"}
    )
    status, printed = run(site)

    assert status == 0
    assert "index.md:6:6: MG109 the picture x.png was not taken over" in printed


def test_a_picture_outside_of_the_site_is_not_read(tmp_path: Path) -> None:
    Image.new("RGB", (64, 64), "navy").save(tmp_path / "secret.png")
    site = write(tmp_path / "site", {"content/posts/a/index.md": post(body="![x](../../../../secret.png)")})
    run(site)

    assert "/media/" not in Post.objects.get().html


def test_a_renamed_file_moves_its_post_and_its_old_address_redirects(tmp_path: Path) -> None:
    site = write(tmp_path, {"content/posts/old.md": post("One"), "content/posts/b.md": post("Two")})
    run(site)
    before = Post.objects.get(path="/posts/old/").pk
    (site / "content/posts/old.md").rename(site / "content/posts/new.md")
    _, printed = run(site)

    assert "0 created, 1 updated, 1 unchanged" in printed
    assert Post.objects.get(path="/posts/new/").pk == before
    assert Redirect.objects.get().target == "/posts/new/"


def test_prune_makes_drafts_of_posts_whose_file_is_gone(tmp_path: Path) -> None:
    site = write(tmp_path, {"content/posts/a.md": post("One"), "content/posts/b.md": post("Two")})
    run(site)
    (site / "content/posts/a.md").unlink()

    run(site)
    assert Post.objects.live().count() == 2
    assert "1 updated, 1 unchanged" in run(site, prune=True)[1]
    assert "0 updated, 1 unchanged" in run(site, prune=True)[1]
    assert Post.objects.get(title="One").status() == Post.Status.DRAFT
    assert Post.objects.count() == 2
    write(site, {"content/posts/a.md": post("One")})
    assert "1 updated, 1 unchanged" in run(site)[1]
    assert Post.objects.live().count() == 2


def test_prune_knows_a_site_by_a_file_that_was_renamed(tmp_path: Path) -> None:
    site = write(tmp_path, {"content/posts/a.md": post("One"), "content/posts/b.md": post("Two")})
    run(site)
    (site / "content/posts/a.md").rename(site / "content/posts/c.md")
    (site / "content/posts/b.md").unlink()
    run(site, prune=True)

    assert dict(Post.objects.values_list("path", "draft")) == {"/posts/c/": False, "/posts/b/": True}


def test_an_introduction_of_what_has_none_is_left_out_with_the_reason(tmp_path: Path) -> None:
    status, printed = run(write(tmp_path, {"content/archives/2024/05/_index.md": post("May"), "content/a.md": post()}))

    assert status == 0
    assert "MG108 left out, for the site makes /archives/2024/05/ itself and has no introduction there" in printed
    assert "1 created, 0 updated, 0 unchanged, 1 skipped" in printed


@pytest.mark.parametrize("front", ["type: editor\nprivate: true\noutputs: [editor_config, HTML]\n", "title: Admin\n"])
def test_a_page_without_words_where_the_site_has_its_own_is_left_out(tmp_path: Path, front: str) -> None:
    files = {"hugo.yaml": "title: T\n", "content/a.md": post(), "content/admin/index.md": f"---\n{front}---\n\n"}
    status, printed = run(write(tmp_path, files))

    assert status == 0
    assert "MG108 left out, for the site makes /admin/ itself and has no introduction there" in printed
    assert paths() == {"a.md": "/a/"}


@pytest.mark.parametrize("text", ["---\ntitle: A\n---\nWords.\n", "---\ntitle: A\nurl: /admin/\n---\n", "Words.\n"])
def test_words_and_a_chosen_address_are_not_left_out_in_silence(tmp_path: Path, text: str) -> None:
    status, printed = run(write(tmp_path, {"hugo.yaml": "title: T\n", "content/admin/index.md": text}))

    assert status == 1
    assert "index.md:1:1: MG104 /admin/ is a page that the site itself uses" in printed


def test_prune_leaves_alone_what_was_written_here(tmp_path: Path) -> None:
    site = write(tmp_path, {"a.md": post("One"), "b.md": post("Two")})
    run(site)
    write_post("posts/mine.md", title="Mine")
    (site / "a.md").unlink()
    run(site, prune=True)

    assert set(Post.objects.live().values_list("title", flat=True)) == {"Two", "Mine"}


@pytest.mark.parametrize(
    ("target", "leads"),
    [
        *((f"/posts/b{ending}", True) for ending in ("", "/", ".md", ".html", "/index.html", "/?x=1#y")),
        *((f"/posts/gone{ending}", False) for ending in ("", ".md", ".html", "/index.html")),
        *(
            ("/posts/", True),
            ("/tags/ai/", True),
            ("/feed.xml", True),
            ("/old/", True),
            ("b.md", True),
            ("c.md", False),
        ),
    ],
)
def test_a_link_leads_to_what_stands_in_the_site(tmp_path: Path, target: str, leads: bool) -> None:
    texts = {
        "content/posts/a.md": post(body=f"[x]({target})"),
        "content/posts/b.md": post("B", aliases="[/old/]", tags="[AI]"),
    }
    _, printed = run(write(tmp_path, texts))

    assert ("MG4" not in printed) == leads, printed


def test_a_link_to_nothing_is_a_warning_with_its_place(tmp_path: Path) -> None:
    body = "[good](/posts/b/) [also](b.md) [tag](/tags/ai/) [out](https://example.org/x/) [dead](/posts/gone/)"
    site = write(tmp_path, {"content/posts/a.md": post(body=body), "content/posts/b.md": post("B", aliases="[/old/]")})
    status, printed = run(site)

    findings = [line for line in printed.splitlines() if "MG4" in line]
    assert status == 0
    assert len(findings) == 1
    assert "a.md:6:" in findings[0]
    assert "/posts/gone/" in findings[0]


def test_a_link_to_a_bundles_file_that_is_not_there_is_a_warning(tmp_path: Path) -> None:
    body = "[good](b/index.md) [dead](gone/index.md)"
    site = write(tmp_path, {"content/posts/a.md": post(body=body), "content/posts/b/index.md": post("B")})
    (finding,) = [line for line in run(site)[1].splitlines() if "MG4" in line]

    assert "gone" in finding


def test_a_link_with_loose_marks_leads_to_the_page_that_has_none(tmp_path: Path) -> None:
    texts = {"content/posts/étude.md": post(), "content/b.md": post(body="[A](/posts/e\u0301tude/) [B](/e\u0301/)")}
    findings = [line for line in run(write(tmp_path, texts))[1].splitlines() if "MG4" in line]

    assert len(findings) == 1
    assert "leads to /\xe9/," in findings[0]


@pytest.mark.parametrize(("own", "ignore"), [({"lint": "{ignore: [mg4]}"}, []), ({}, ["MG4"]), ({}, ["mg4"])])
def test_links_to_nothing_are_left_out_by_their_code(tmp_path: Path, own: dict[str, str], ignore: list[str]) -> None:
    body = "[dead](/posts/gone/) {{< unheard-of >}} ![A](gone.png)"
    site = write(tmp_path, {"content/posts/a/index.md": post(body=body, **own)})

    assert run(site)[1].count("MG4") == (0 if own else 3)
    assert "MG4" not in run(site, check=True, ignore=ignore)[1]


def test_every_warning_is_left_out_by_its_code_and_no_error_is(tmp_path: Path) -> None:
    files = {
        "content/posts/a.md": post(aliases="[/posts/b/]"),
        "content/posts/b.md": post(body="B", lint="{ignore: [MG105]}"),
        "content/posts/c.md": post(url="/posts/b/", lint="{ignore: [MG105]}"),
        "content/posts/page.html": "<p>",
        "content/posts/d/index.md": post(body="![A](broken.png)"),
        "content/posts/d/broken.png": "no picture",
    }
    site = write(tmp_path, files)
    said = run(site, keep_going=True)[1]
    assert all(code in said for code in ("MG105", "MG108", "MG109", "MG110"))

    said = run(site, check=True, ignore=["MG105", "mg108", "MG109", "MG110"])[1]
    assert [code for code in ("MG105", "MG108", "MG109", "MG110") if code in said] == ["MG105"]


def test_check_needs_no_database_and_fails_on_what_it_is_told_to(tmp_path: Path) -> None:
    site = write(tmp_path, {"content/posts/a.md": post(body="[dead](/posts/gone/)")})

    assert run(site, check=True)[0] == 0
    assert run(site, check=True, fail_on="warning")[0] == 1
    assert run(write(tmp_path, {"content/posts/b.md": "---\ndate: never\n---\n"}), check=True)[0] == 1
    assert not Post.objects.exists()


def test_the_sarif_report_names_files_places_and_codes(tmp_path: Path) -> None:
    _, printed = run(write(tmp_path, {"content/posts/a.md": "---\ndate: never\n---\n"}), format="sarif")
    (result,) = json.loads(printed)["runs"][0]["results"]

    assert (result["ruleId"], result["level"]) == ("MG103", "error")
    place = result["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == (tmp_path / "content/posts/a.md").as_uri()
    assert place["region"] == {"startLine": 2, "startColumn": 7}


def test_in_the_sarif_report_a_relative_path_stays_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, {"content/a b.md": "---\ndate: never\n---\n"})
    monkeypatch.chdir(tmp_path)

    assert '"uri": "content/a%20b.md"' in run("content", format="sarif")[1]


def test_the_sarif_report_is_as_its_published_schema_wants_it(tmp_path: Path) -> None:
    """The model is generated from the schema and takes nothing that it does not name."""
    texts = {
        "content/posts/ca phê.md": post(
            body="This is what the patients1 genetic data say of it, and of all that we have to do with them. ![](x.png) [dead](/gone/)\n\n**Bold**\n\nText."
        ),
        "content/posts/b.md": "---\ndate: never\n---\n",
        "content/posts/c.md": post(aliases="[/posts/d/]"),
        "content/posts/d.md": post(),
    }
    _, printed = run(write(tmp_path, texts), format="sarif", hints=True, keep_going=True)
    log = StaticAnalysisResultsFormatSarifVersion210JsonSchema.model_validate_json(printed)
    (results,) = [run.results or [] for run in log.runs]

    assert {result.ruleId for result in results} >= {"MG1", "MG3", "MG4", "MG103", "MG110"}
    assert "/content/posts/ca%20ph%C3%AA.md" in printed


def test_verbosity_0_says_nothing_but_errors(tmp_path: Path) -> None:
    site = write(tmp_path, {"content/posts/a.md": post()})

    assert run(site, verbosity=0) == (0, "")
    status, printed = run(write(tmp_path, {"content/posts/b.md": "---\ndate: never\n---\n"}), verbosity=0)
    assert status == 1
    assert len(printed.strip().splitlines()) == 1


def test_of_two_imports_at_once_the_second_finds_what_the_first_has_written(tmp_path: Path) -> None:
    site = write(tmp_path / "site", {f"content/posts/p{n}.md": post(f"P{n}", "Words. " * 100) for n in range(400)})
    environment = {k: v for k, v in os.environ.items() if k not in {"DATABASE_URL", "TEST_DATABASE"}}
    environment |= {"VAR_DIR": str(tmp_path / "var"), "DJANGO_SETTINGS_MODULE": "cms.settings"}
    manage = [sys.executable, str(settings.BASE_DIR / "manage.py")]
    subprocess.run([*manage, "migrate", "--verbosity", "0"], env=environment, check=True)
    command = [*manage, "import_markdown", str(site)]
    running = [subprocess.Popen(command, env=environment, text=True, stdout=subprocess.PIPE) for _ in range(2)]
    printed = sorted(each.communicate()[0].rsplit(" (", 1)[0] for each in running)

    assert printed == [
        "400 files: 0 created, 0 updated, 400 unchanged, 0 skipped, 0 errors",
        "400 files: 400 created, 0 updated, 0 unchanged, 0 skipped, 0 errors",
    ]


def manage(folder: Path, *arguments: str) -> subprocess.Popen[str]:
    """The command in a process of its own, with a database below the folder, and a session that holds all it starts."""
    environment = {k: v for k, v in os.environ.items() if k not in {"DATABASE_URL", "TEST_DATABASE"}}
    environment |= {"VAR_DIR": str(folder / "var"), "DJANGO_SETTINGS_MODULE": "cms.settings"}
    command = [sys.executable, str(settings.BASE_DIR / "manage.py"), *arguments]

    def hear() -> None:
        """A shell lets what it runs in the background ignore Ctrl-C."""
        signal.signal(signal.SIGINT, signal.default_int_handler)

    return subprocess.Popen(
        command,
        env=environment,
        text=True,
        stderr=subprocess.PIPE,
        stdout=subprocess.PIPE,
        preexec_fn=hear,
        start_new_session=True,
    )


def importing(folder: Path, pages: int) -> subprocess.Popen[str]:
    """An import of so many pages in `folder / "site"` that has begun to write."""
    write(folder / "site", {f"content/posts/p{n}.md": post(f"P{n}", "Words. " * 400) for n in range(pages)})
    manage(folder, "migrate", "--verbosity", "0").communicate()
    running = manage(folder, "import_markdown", str(folder / "site"))
    wal = folder / "var" / "db.sqlite3-wal"
    while running.poll() is None and (not wal.exists() or wal.stat().st_size < 200_000):
        time.sleep(0.005)  # until it writes
    return running


@pytest.mark.parametrize("end", [signal.SIGINT, signal.SIGTERM])
def test_an_import_that_is_interrupted_leaves_the_database_as_it_was(tmp_path: Path, end: signal.Signals) -> None:
    running = importing(tmp_path, pages=3000)
    running.send_signal(end)
    _, said = running.communicate()

    assert running.returncode == 130
    assert said.strip().splitlines()[-1].endswith("interrupted; nothing was written")
    again, _ = manage(tmp_path, "import_markdown", str(tmp_path / "site"), "--dry-run").communicate()
    assert again.startswith("3000 files: 3000 created")


def test_an_import_of_which_a_process_is_killed_ends_in_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = write(tmp_path, {f"content/posts/p{n}.md": post(f"P{n}") for n in range(40)})
    here, read = os.getpid(), reading.read

    def killed(file: Any, *more: Any) -> Any:
        if file.path.stem == "p0" and os.getpid() != here:
            os.kill(os.getpid(), signal.SIGKILL)
        return read(file, *more)

    monkeypatch.setattr(reading, "read", killed)
    with pytest.raises(CommandError, match="was killed, perhaps for lack of memory; nothing was written"):
        call_command("import_markdown", site, workers=2, stdout=StringIO())
    assert not Post.objects.exists()


def test_an_import_that_is_killed_leaves_no_process_that_holds_its_connection(tmp_path: Path) -> None:
    running = importing(tmp_path, pages=600)
    running.kill()
    try:
        running.communicate(timeout=60)  # until nobody holds its output any more either
    except subprocess.TimeoutExpired:
        os.killpg(running.pid, signal.SIGKILL)
        raise


@pytest.mark.parametrize(
    "body",
    [
        "word " * 1_000_000,
        "- " * 10_000 + "x",
        "[" * 10_000,
        "".join(f"{'  ' * n}- x\n" for n in range(200)),
        "> " * 200 + "x",
        "<div>" * 200 + "x",
        "*a " * 50_000,
    ],
    ids=["a line of 5 MB", "nested lists", "brackets", "deep lists", "quotes", "elements", "stars"],
)
def test_hostile_bodies_are_imported_or_refused_in_one_line(tmp_path: Path, body: str) -> None:
    site = write(tmp_path, {"content/posts/a.md": post(body=body)})
    status, printed = run(site)

    assert status in {0, 1}
    assert printed.strip().splitlines()[-1].startswith("1 files: ")
    assert Post.objects.count() == 1 - status


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("مقال.md", "/posts/مقال/"),
        ("🧬 genes.md", "/posts/-genes/"),
        ("x" * 200 + ".md", "/posts/" + "x" * 200 + "/"),
        ("Médecine été.md", "/posts/médecine-été/"),
    ],
)
def test_names_in_every_script_become_addresses_that_answer(
    tmp_path: Path, client: Client, name: str, path: str
) -> None:
    run(write(tmp_path, {f"content/posts/{name}": post()}))

    stored = Post.objects.get()
    assert stored.path == path
    assert client.get(stored.get_absolute_url()).status_code == 200


def test_two_files_whose_names_differ_in_case_only_are_told_apart_or_refused(tmp_path: Path) -> None:
    site = write(tmp_path, {"content/posts/Trial.md": post("One"), "content/posts/trial.md": post("Two")})
    status, printed = run(site)

    assert status == 1
    assert "/posts/trial/ is the path of posts/Trial.md too" in printed


def test_an_empty_folder_and_an_empty_file_are_no_errors(tmp_path: Path) -> None:
    assert run(tmp_path)[1].startswith("0 files")
    assert run(write(tmp_path, {"content/posts/a.md": ""}))[0] == 0
    assert Post.objects.get().title == "A"


def test_fix_writes_the_clear_mends_back_and_nothing_else(tmp_path: Path) -> None:
    text = post("Trials", body="# Trials\n\nSee [this](https://example.org/?utm_source=chatgpt.com&id=1).\n\nThe end.")
    site = write(tmp_path, {"content/posts/a.md": text})
    run(site, fix=True)

    mended = (site / "content/posts/a.md").read_text()
    assert "utm_source" not in mended
    assert "(https://example.org/?id=1)" in mended
    assert mended.startswith("---\ntitle: Trials\n")
    assert mended.endswith("The end.\n")
    assert Post.objects.get().latest_revision.text == mended  # type: ignore[union-attr]
    assert "1 unchanged" in run(site)[1]


@pytest.mark.parametrize("workers", [1, 2])
def test_fix_mends_files_that_were_imported_before(tmp_path: Path, workers: int) -> None:
    tracked = post(body="See [this](https://example.org/?utm_source=chatgpt.com).")
    site = write(tmp_path, {"content/a.md": tracked, "content/b.md": post()})
    run(site)

    assert "0 created, 1 updated, 1 unchanged" in run(site, fix=True, workers=workers)[1]
    assert "utm_source" not in (site / "content/a.md").read_text()
    assert "utm_source" not in Post.objects.get(path="/a/").html
    assert "0 updated, 2 unchanged" in run(site, fix=True)[1]


def test_fix_leaves_a_file_whose_post_was_changed_in_the_admin_for_it_would_be_in_conflict(tmp_path: Path) -> None:
    text = post(body="See [this](https://example.org/?utm_source=chatgpt.com).")
    site = write(tmp_path, {"content/a.md": text})
    run(site)
    rewrite_post(Post.objects.get(), title="Edited")

    status, printed = run(site, fix=True)
    assert (status, "1 unchanged" in printed) == (0, True)
    assert (site / "content/a.md").read_text() == text


@pytest.mark.parametrize("check", [False, True])
def test_a_dry_run_mends_no_file(tmp_path: Path, *, check: bool) -> None:
    site = write(tmp_path, {"content/a.md": (text := post(body="See [this](https://example.org/?utm_source=x)."))})
    _, printed = run(site, fix=True, dry_run=True, check=check)

    assert "MG11" in printed
    assert (site / "content/a.md").read_text() == text


def test_a_path_that_is_given_twice_is_imported_once_and_two_files_for_one_place_are_an_error(tmp_path: Path) -> None:
    one, two = write(tmp_path / "one", {"x.md": post("One")}), write(tmp_path / "two", {"x.md": post("Two")})

    assert run(one, one)[1].startswith("1 files: 1 created")
    status, printed = run(one, two)
    assert status == 1
    assert "has the place x.md too" in printed


def test_control_characters_do_not_reach_the_pages_and_feeds(tmp_path: Path, client: Client) -> None:
    run(write(tmp_path, {"content/posts/a.md": '---\ntitle: "a\\bb\\0c"\ndate: 2024-01-01\ntags: ["x\\0y"]\n---\n'}))

    assert Post.objects.get().title == "abc"
    assert client.get("/index.xml").status_code == 200


def test_a_file_beside_its_picture_is_imported_from_its_own_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = write(tmp_path, {"content/posts/a/index.md": post(body="![x](x.png) ![y](http://[bad.png)")})
    Image.new("RGB", (64, 64), "navy").save(site / "content/posts/a/x.png")
    monkeypatch.chdir(site / "content/posts/a")

    assert run("index.md")[0] == 0
    assert "/media/images/x-" in Post.objects.get().html


def test_what_is_odd_in_a_configuration_does_no_harm(tmp_path: Path) -> None:
    config = "mainSections = 5\n[frontmatter]\ndate = 5\n"
    assert run(write(tmp_path / "hugo", {"hugo.toml": config, "content/posts/a.md": post()}))[0] == 0
    config = "defaults:\n  - scope: posts\n    values: 5\n  - 7\n"
    assert run(write(tmp_path / "jekyll", {"_config.yml": config, "_posts/2024-01-01-a.md": post()}))[0] == 0


def test_a_pipe_in_place_of_a_sections_index_is_an_error_and_no_wait(tmp_path: Path) -> None:
    site = write(tmp_path, {"content/posts/a.md": post()})
    os.mkfifo(site / "content/posts/_index.md")
    status, printed = run(site)

    assert status == 1
    assert "_index.md:1:1: MG101" in printed


def test_a_file_that_moved_and_changed_keeps_its_post_by_the_address_that_stays(tmp_path: Path) -> None:
    site = write(tmp_path, {"content/posts/a.md": post("One"), "content/posts/b.md": post("Two")})
    run(site)
    before = Post.objects.get(path="/posts/a/").pk
    (site / "content/posts/a.md").unlink()
    write(site, {"content/posts/a/index.md": post("One, revised")})

    assert "0 created, 1 updated, 1 unchanged" in run(site)[1]
    assert Post.objects.get(path="/posts/a/").pk == before
    assert Post.objects.get(path="/posts/a/").title == "One, revised"


def test_files_may_trade_their_addresses(tmp_path: Path) -> None:
    site = write(tmp_path, {f"content/posts/{name}.md": post(name, slug=name) for name in "abc"})
    run(site)
    before = dict(Post.objects.values_list("title", "pk"))
    write(site, {f"content/posts/{name}.md": post(name, slug=slug) for name, slug in zip("abc", "bca", strict=True)})
    status, printed = run(site)

    assert status == 0, printed
    paths = {"a": "/posts/b/", "b": "/posts/c/", "c": "/posts/a/"}
    assert dict(Post.objects.values_list("title", "path")) == paths
    assert dict(Post.objects.values_list("title", "pk")) == before
    assert not Redirect.objects.exists()


def test_more_files_than_are_written_at_once_may_trade_their_addresses(tmp_path: Path) -> None:
    count = writing.BATCH + 2
    for shift in (0, 1):
        texts = {f"posts/{n:03}.md": post(str(n), slug=f"s{(n + shift) % count}") for n in range(count)}
        status, printed = run(write(tmp_path, texts))
        assert status == 0, printed

    assert all(made.path == f"/posts/s{(int(made.title) + 1) % count}/" for made in Post.objects.all())


def test_who_wants_an_address_that_stays_is_refused_and_so_is_who_wants_theirs(tmp_path: Path) -> None:
    site = write(tmp_path, {f"content/posts/{name}.md": post(name, slug=name) for name in "abc"})
    run(site)
    write(site, {"content/posts/a.md": post("a", slug="b"), "content/posts/b.md": post("b", slug="c")})
    status, printed = run(site)

    assert status == 1
    assert "b.md:1:1: MG105 /posts/c/ is the path of posts/c.md too" in printed
    assert "a.md:1:1: MG105 /posts/b/ is the path of posts/b.md too" in printed


def test_a_new_file_may_take_the_address_that_another_leaves(tmp_path: Path) -> None:
    site = write(tmp_path, {"content/posts/z.md": post("Old", slug="news"), "content/posts/y.md": post("Y")})
    run(site)
    write(site, {"content/posts/a.md": post("New", slug="news"), "content/posts/z.md": post("Old", slug="old-news")})

    assert run(site)[0] == 0
    assert dict(Post.objects.values_list("path", "title")) == {
        "/posts/news/": "New",
        "/posts/old-news/": "Old",
        "/posts/y/": "Y",
    }


def test_prune_leaves_a_site_alone_of_which_no_file_is_here(tmp_path: Path) -> None:
    run(write(tmp_path / "one", {"content/posts/a.md": post("One")}))
    run(write(tmp_path / "two", {"content/posts/b.md": post("Two")}), prune=True)

    assert Post.objects.live().count() == 2


def test_a_file_with_the_text_of_another_sites_is_no_other_name_of_it(tmp_path: Path) -> None:
    run(write(tmp_path / "one", {"content/posts/a.md": post("One")}))
    run(write(tmp_path / "two", {"b.md": post("One")}))

    assert paths() == {"posts/a.md": "/posts/a/", "b.md": "/b/"}


def test_an_alias_that_is_taken_is_a_warning_where_it_stands(tmp_path: Path) -> None:
    texts = {
        "content/posts/a.md": post("A", aliases="[/posts/b/, /old/]"),
        "content/posts/b.md": post("B", aliases="[/old/]"),
    }
    status, printed = run(write(tmp_path, texts))

    assert status == 0
    assert "a.md:4:10: MG110 the alias /posts/b/ is the path of posts/b.md, which stays" in printed
    assert "b.md:4:10: MG110 the alias /old/ leads to posts/a.md already" in printed


def test_an_alias_that_leads_elsewhere_since_before_is_a_warning_and_one_that_moves_is_none(tmp_path: Path) -> None:
    site = write(tmp_path, {"content/posts/a.md": post("A", aliases="[/old/]", tags="[AI]")})
    run(site)
    writing.rename(Tag.objects.get(), "Artificial intelligence")
    file = write(site, {"content/posts/b.md": post("B", aliases="[/old/, /tags/ai/]")}) / "content/posts/b.md"
    printed = run(file)[1]
    assert "b.md:4:10: MG110 the alias /old/ leads to posts/a.md already" in printed
    assert "b.md:4:10: MG110 the alias /tags/ai/ leads to a tag already" in printed

    write(site, {"content/posts/a.md": post("A"), "content/posts/b.md": post("B", aliases="[/old/]")})
    assert "MG110" not in run(site)[1]
    assert Redirect.objects.get(old_path="/old/").target == "/posts/b/"


def test_an_alias_of_a_file_that_was_renamed_is_its_own(tmp_path: Path) -> None:
    site = write(tmp_path, {"content/posts/a.md": post("A", aliases="[/old/]")})
    run(site)
    (site / "content/posts/a.md").rename(site / "content/posts/b.md")

    assert "MG110" not in run(site)[1]
    assert Redirect.objects.get(old_path="/old/").target == "/posts/b/"


def test_an_address_that_a_page_has_left_is_no_alias_of_another(tmp_path: Path) -> None:
    site = write(tmp_path, {"content/posts/a.md": post("A", slug="old"), "content/posts/b.md": post("B")})
    run(site)
    write(site, {"content/posts/a.md": post("A", slug="new")})
    run(site)
    write(
        site,
        {
            "content/posts/a.md": post("A, again", slug="new", aliases="[/x/]"),
            "content/posts/b.md": post("B", aliases="[/posts/old/]"),
        },
    )

    assert "b.md:4:10: MG110 the alias /posts/old/ leads to posts/a.md already" in run(site)[1]
    assert Redirect.objects.get(old_path="/posts/old/").target == "/posts/new/"


def test_the_source_of_a_jekyll_site_may_be_no_name_of_a_folder(tmp_path: Path) -> None:
    site = write(tmp_path, {"_config.yml": f"source: {'x' * 300}\n", "_posts/2024-01-02-a.md": post()})

    with pytest.raises(CommandError, match="a folder named by the site cannot be read"):
        run(site)


def test_a_file_by_a_name_longer_than_any_is_missing(tmp_path: Path) -> None:
    names = [f"{'x' * 300}.png", f"{'x/' * 3000}y.pdf"]
    body = "".join(f"![a]({name}) " for name in names)
    status, printed = run(write(tmp_path, {"content/posts/a/index.md": post(body=body)}))

    assert status == 0
    quoted = [f"{name[:100]}…{name[-100:]}" for name in names]
    assert all(f"MG4 the file {name} is not in the page's folder" in printed for name in quoted)


def test_a_file_beside_a_text_that_cannot_be_read_is_a_warning(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    site = write(tmp_path, {"content/posts/a/index.md": post(body="[b](b.pdf)"), "content/posts/a/b.pdf": "%PDF"})

    def fails(path: Path) -> bytes:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr("posts.attachments.checked", fails)
    status, printed = run(site)

    assert status == 0
    assert "MG109 the file b.pdf was not taken over: the file cannot be read: Permission denied" in printed


def test_patterns_of_files_to_ignore_neither_fail_nor_run_on(tmp_path: Path) -> None:
    patterns = ["a{99999999999}", "[[x]", "a{0,9}" * 12 + "b", "a*a*a*b"]
    name = f"content/{'a' * 120}/{'a' * 120}/c.md"
    site = write(tmp_path, {"hugo.json": json.dumps({"ignoreFiles": patterns}), name: post()})

    assert "1 files: 1 created" in run(site)[1]


def test_a_bomb_in_a_configuration_is_one_line(tmp_path: Path) -> None:
    levels = "\n".join(f"l{n}: &l{n} [{', '.join([f'*l{n - 1}'] * 9)}]" for n in range(1, 12))
    site = write(
        tmp_path, {"_config.yml": f"l0: &l0 [x]\n{levels}\ndefaults: *l11\n", "_posts/2024-01-02-a.md": post()}
    )

    with pytest.raises(CommandError, match="_config.yml: the configuration cannot be read: it holds more than 50000"):
        run(site)


def test_a_configuration_of_very_many_or_very_large_files_takes_no_time(tmp_path: Path) -> None:
    files = {f"config/_default/{n}/params.toml": "".join(f"a{n}_{m}=1\n" for m in range(5)) for n in range(8_000)}
    site = write(tmp_path, {**files, "content/a.md": post(body="{{< param a7999_4 >}}")})
    assert run(site)[0] == 0
    assert "<p>1</p>" in Post.objects.get().html

    write(site, {"config/_default/params.toml": "# \n" * 600_000})
    with pytest.raises(CommandError, match="config: the configuration cannot be read: it is larger than 2 MB"):
        run(site)


@pytest.mark.parametrize("value", ["!!bool x", "!!int ''", "!!timestamp x", f"1{':1' * 200}.5"])
def test_a_value_that_is_not_of_its_kind_is_one_line(tmp_path: Path, value: str) -> None:
    site = write(tmp_path, {"_config.yml": f"a: {value}\n", "_posts/2024-01-02-a.md": post()})

    with pytest.raises(CommandError, match="_config.yml: the configuration cannot be read: a value is not of the kind"):
        run(site)


def test_a_file_whose_name_is_not_utf8_is_named_and_the_rest_goes_in(tmp_path: Path) -> None:
    site = write(tmp_path, {"content/posts/a.md": post()})
    Path(os.fsdecode(os.fsencode(site) + b"/content/posts/caf\xe9.md")).write_text(post())
    status, printed = run(site, keep_going=True)

    assert status == 1
    assert "caf�.md:1:1: MG101 the file's path is not UTF-8" in printed
    assert paths() == {"posts/a.md": "/posts/a/"}


def test_a_language_that_the_site_does_not_name_is_read_as_its_first(tmp_path: Path) -> None:
    config = 'timeZone = "Asia/Ho_Chi_Minh"\n[permalinks]\nposts = "/:year/:slug/"\n'
    site = write(tmp_path, {"hugo.toml": config, "content/posts/a.md": "---\ntitle: A\ndate: 2024-03-05\n---\n"})
    run(site, language="fr")

    written = Post.objects.get()
    assert (written.path, written.language, written.date_offset) == ("/fr/2024/a/", "fr", 420)


def test_files_that_a_text_leads_to_come_along(tmp_path: Path, client: Client) -> None:
    body = "[Label](label.pdf#page=3) [Table](/files/t.csv) ![Curve](curve.svg)\n\n<video src='film.mp4'></video>\n"
    site = write(
        tmp_path,
        {
            "content/posts/trial/index.md": post(body=body),
            "content/posts/trial/label.pdf": "%PDF-1.7",
            "content/posts/trial/film.mp4": "film",
            "content/posts/trial/curve.svg": '<svg xmlns="http://www.w3.org/2000/svg"><path d="M0 0h9"/></svg>',
            "static/files/t.csv": "a,b",
        },
    )
    run(site)

    html = Post.objects.get().html
    assert re.search(r'href="/media/files/label-[0-9a-f]{16}\.pdf#page=3"', html)
    assert re.search(r'href="/media/files/t-[0-9a-f]{16}\.csv"', html)
    assert re.search(r'<video src="/media/files/film-[0-9a-f]{16}\.mp4"', html)
    drawing = re.search(r'src="(/media/files/curve-[0-9a-f]{16}\.svg)"', html)
    assert drawing
    shown = client.get(drawing[1])
    assert b"".join(shown).startswith(b"<svg")
    assert "sandbox" in shown["Content-Security-Policy"]
    assert "1 unchanged" in run(site)[1]
    (site / "content/posts/trial/label.pdf").write_text("%PDF-1.8")
    assert "1 updated" in run(site)[1]


def test_files_go_back_to_where_they_came_from(tmp_path: Path) -> None:
    site = write(
        tmp_path / "site",
        {"hugo.toml": "", "content/posts/a/index.md": post(body="[x](x.pdf)"), "content/posts/a/x.pdf": "%PDF"},
    )
    run(site)
    call_command("export_markdown", tmp_path / "out", stdout=StringIO())

    assert (tmp_path / "out/content/posts/a/x.pdf").read_text() == "%PDF"


def test_a_file_that_is_missing_in_a_bundle_is_a_warning_until_it_is_there(tmp_path: Path) -> None:
    site = write(tmp_path, {"content/posts/a/index.md": post(body="[x](gone.pdf) ![y](y.png) [z](/else/where.pdf)")})
    status, printed = run(site)

    assert status == 0
    assert "index.md:6:5: MG4 the file gone.pdf is not in the page's folder" in printed
    assert "MG4 the file y.png" in printed
    assert "where.pdf" not in printed
    (site / "content/posts/a/gone.pdf").write_text("%PDF")
    assert "1 updated" in run(site)[1]
    assert "/media/files/gone-" in Post.objects.get().html


@pytest.mark.parametrize("config", ["hugo.toml", "_config.yml"])
def test_a_file_that_a_whole_site_names_by_its_path_is_told_of_where_it_is_nowhere(tmp_path: Path, config: str) -> None:
    body = "![Alt](/img/gone.png) ![Alt](/img/here.svg) ![Alt](https://cdn.example/x.png) ![Alt](//cdn.example/y.png)"
    drawing = "<svg xmlns='http://www.w3.org/2000/svg'/>"
    page = "_posts/2024-01-02-a.md" if config.startswith("_") else "content/posts/a.md"
    files = {page: post(body=body), "static/img/here.svg": drawing, "img/here.svg": drawing}
    site = write(tmp_path, {config: "title: x" if config.startswith("_") else "title = 'x'", **files})
    told = [line.partition(" MG4 ") for line in run(site)[1].splitlines() if " MG4 " in line]

    assert [each[2] for each in told] == [
        "the file /img/gone.png is nowhere in the site; put it where the name says, or fix the name"
    ]
    assert told[0][0].endswith("a.md:6:8:")
    write(site, {"static/img/gone.png": "no picture", "img/gone.png": "no picture"})
    assert "MG109 the picture /img/gone.png was not taken over" in run(site)[1]


def test_a_folder_of_texts_alone_is_not_asked_for_the_files_of_its_site(tmp_path: Path) -> None:
    site = write(tmp_path, {"content/posts/a.md": post(body="![Alt](/img/gone.png)")})

    assert "MG4" not in run(site)[1]
    assert "MG4" not in run(write(tmp_path / "x", {"_posts/2024-01-02-a.md": post(body="![Alt](/img/gone.png)")}))[1]


@pytest.mark.parametrize("written", ["ngày/tôi.png", "ng%C3%A0y/t%C3%B4i.png"])
def test_a_missing_files_name_is_told_as_it_is_written(tmp_path: Path, written: str) -> None:
    _, printed = run(write(tmp_path, {"content/posts/a/index.md": post(body=f"![y]({written})")}))

    assert f"index.md:6:6: MG4 the file {written} is not in the page's folder" in printed


@pytest.mark.parametrize(
    "drawing",
    [
        "<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
        "<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
        "<svg xmlns='http://www.w3.org/2000/svg'><a href='javascript:alert(1)'><path/></a></svg>",
        "<svg xmlns='http://www.w3.org/2000/svg'><style>@import 'https://evil.example/x.css'</style></svg>",
        "<svg xmlns='http://www.w3.org/2000/svg'><path style='fill:url(https://evil.example/)'/></svg>",
        "<svg xmlns='http://www.w3.org/2000/svg'><foreignObject/></svg>",
        "<svg xmlns='http://www.w3.org/2000/svg'><b xmlns='http://www.w3.org/1999/xhtml'/></svg>",
        "<!DOCTYPE svg [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><svg xmlns='http://www.w3.org/2000/svg'>&x;</svg>",
        "<?xml-stylesheet href='https://evil.example/x.xsl'?><svg xmlns='http://www.w3.org/2000/svg'/>",
        "<!DOCTYPE svg [<!ATTLIST svg onload CDATA 'alert(1)'>]><svg xmlns='http://www.w3.org/2000/svg'/>",
        "<svg xmlns='http://www.w3.org/2000/svg'><style><!-- a -->@import 'https://evil.example/x.css'</style></svg>",
        r"<svg xmlns='http://www.w3.org/2000/svg'><style>@\69mport 'https://evil.example/x.css'</style></svg>",
        r"<svg xmlns='http://www.w3.org/2000/svg'><path fill='u\r\l(https://evil.example/)'/></svg>",
        "<svg xmlns='http://www.w3.org/2000/svg'><path style='cursor: image-set(\"//evil.example/x\" 1x)'/></svg>",
        "<svg xmlns='http://www.w3.org/2000/svg'><image href='https://evil.example/x.png'/></svg>",
        "<svg xmlns='http://www.w3.org/2000/svg' xml:base='https://evil.example/'/>",
        "<html/>",
        "no drawing",
    ],
)
def test_a_drawing_that_could_act_is_not_taken_over(tmp_path: Path, drawing: str) -> None:
    site = write(tmp_path, {"content/posts/a/index.md": post(body="![x](x.svg)"), "content/posts/a/x.svg": drawing})

    assert "MG109 the file x.svg was not taken over" in run(site)[1]
    assert "/media/" not in Post.objects.get().html


@pytest.mark.parametrize(
    "drawing",
    [
        "<svg xmlns='http://www.w3.org/2000/svg'><a href='https://example.org/'><path/></a></svg>",
        "<svg xmlns='http://www.w3.org/2000/svg'><path id='a' style='fill: url( #b )'/><use href='#a'/></svg>",
        "<svg xmlns='http://www.w3.org/2000/svg'><image href='data:image/png;base64,AA'/></svg>",
        r"<svg xmlns='http://www.w3.org/2000/svg'><style>.a\+b, .\110000 { fill: red }</style></svg>",
        "<!DOCTYPE svg PUBLIC '-//W3C//DTD SVG 1.1//EN' 'x.dtd' [<!ENTITY ns 'http://www.w3.org/2000/svg'>]>"
        "<svg xmlns='http://www.w3.org/2000/svg'/>",
    ],
)
def test_a_drawing_that_does_nothing_is_taken_over(tmp_path: Path, drawing: str) -> None:
    run(write(tmp_path, {"content/posts/a/index.md": post(body="![x](x.svg)"), "content/posts/a/x.svg": drawing}))

    assert "/media/files/x-" in Post.objects.get().html


def test_a_page_without_a_title_is_told_of(tmp_path: Path) -> None:
    texts = {
        "content/posts/a.md": "---\ndate: 2024-01-01\n---\n\n# On trials\n\nText.\n",
        "content/posts/b.md": "Text.\n",
        "content/posts/c.md": "---\nlint: {ignore: [MG6]}\n---\nText.\n",
        "content/posts/_index.md": "Text.\n",
        "content/posts/d.md": post(),
    }
    _, printed = run(write(tmp_path, texts))

    assert printed.count("there is no title") == 2
    assert "posts/a.md:1:1: MG6 there is no title, and “On trials” stands for it; write one in the front" in printed
    assert "posts/b.md:1:1: MG6 there is no title, and “B” stands for it" in printed


@pytest.mark.django_db
def test_a_site_of_hexos_has_its_posts_in_a_folder_of_sources_and_their_addresses_by_its_permalink(
    tmp_path: Path,
) -> None:
    posts = {
        "source/_posts/a.md": "---\ndate: 2024-01-02 23:00:00\nupdated: 2024-02-03\n---\n{% codeblock %}\nx\n{% endcodeblock %}\n",
        "source/_posts/more/b.md": "---\npermalink: own/b/\n---\nText\n",
        "source/_drafts/c.md": "---\ntitle: C\n---\nText\n",
        "source/about/index.md": "---\ndate: 2024-01-02\n---\nText\n",
    }
    others = {"_config.yml": "permalink: ':year/:title.html'\n", "scaffolds/post.md": "---\ntitle: {{ title }}\n---\n"}
    run(write(tmp_path, posts | others))

    assert {*paths().values()} == {"/2024/a.html", "/own/b/", "/1/c.html", "/about/"}
    assert [each.path for each in Post.objects.live().order_by("path")] == ["/2024/a.html", "/about/", "/own/b/"]


@pytest.mark.django_db
def test_what_another_tool_makes_pages_of_is_told_of_and_its_packages_are_not_read(tmp_path: Path) -> None:
    files = {"a.md": "Text\n", "b.mdx": "Text\n", "node_modules/x/c.md": "Text\n"}
    _, printed = run(write(tmp_path, files))

    assert paths() == {"a.md": "/a/"}
    assert "b.mdx:1:1: MG108 left out, for only Markdown is imported" in printed


@pytest.mark.django_db
def test_a_template_in_an_address_is_an_error_at_its_place(tmp_path: Path) -> None:
    text = "---\ntitle: A\npermalink: '/{{ title | slugify }}/'\n---\nText\n"
    _, printed = run(write(tmp_path, {"a.md": text}))

    assert "a.md:3:12: MG104 the path /{{ title | slugify }}/ holds a template's tag" in printed
