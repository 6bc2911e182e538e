"""Hugo's own ways with a site: its configuration, what it makes no page of, and where references lead. Asked of Hugo 0.168."""

import json
import re
from io import StringIO
from pathlib import Path, PurePath
from urllib.parse import unquote

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils.html import strip_tags
from PIL import Image

from posts.importing.site_config import read_config
from posts.models import Post, Redirect
from tests.support.commands import import_markdown as run
from tests.support.sites import paths, post, write

pytestmark = pytest.mark.django_db
MADE_MOUNT = "module: {mounts: [{source: content, target: content}, {source: made, target: static}]}"


def test_each_language_may_have_its_content_anywhere_in_the_site(tmp_path: Path) -> None:
    config = (
        "contentDir: content/en\nlanguages:\n  en: {contentDir: content/en}\n  no: {contentDir: innhold}\n"
        "  fr: {contentDir: content/fr, disabled: true}\n"
    )
    files = {"content/en/docs/a.md": post("A"), "innhold/docs/a.md": post("Å"), "content/fr/docs/a.md": post("À")}
    run(write(tmp_path, {"hugo.yaml": config, "README.md": "Notes", **files}))

    assert paths() == {"content/en/docs/a.md": "/docs/a/", "innhold/docs/a.md": "/no/docs/a/"}
    assert [each.title for each in Post.objects.at("/docs/a/")] == ["A", "Å"]


@pytest.mark.parametrize("content", ["content", "content/en"])
def test_the_content_folder_of_a_site_is_read_as_the_site_reads_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: str
) -> None:
    config = f"contentDir: {content}\npermalinks: {{posts: '/:year/:slug/'}}\nlanguages: {{en: {{}}}}\n"
    write(tmp_path, {"hugo.yaml": config, f"{content}/posts/a.md": post("A")})
    assert run(tmp_path / "content")[0] == 0
    assert paths() == {"posts/a.md": "/2024/a/"}
    assert Post.objects.get().source.get("root", "") == content.removeprefix("content").lstrip("/")

    assert "1 unchanged" in run(tmp_path)[1]
    monkeypatch.chdir(tmp_path / "content")
    assert "1 unchanged" in run(Path())[1]


def test_a_folder_named_content_without_a_site_around_it_is_read_by_its_folders(tmp_path: Path) -> None:
    write(tmp_path, {"content/posts/a.md": post(), "hugo.yaml": "contentDir: pages", "pages/b.md": post()})
    run(tmp_path / "content")

    assert paths() == {"posts/a.md": "/posts/a/"}


@pytest.mark.parametrize("file", ["hugo.toml", "config.yaml", "config/_default/hugo.toml", "_config.yml"])
def test_the_configuration_of_a_site_further_in_is_told_of(tmp_path: Path, file: str) -> None:
    notes = {"notes/config.toml": "", "notes/hugo.md": post()}
    _, printed = run(write(tmp_path, {f"website/{file}": "", "website/content/a.md": post(), **notes}))

    assert f"website/{file}:1:1: MG108 left out, for it is the configuration of a site of its own" in printed
    assert printed.count("MG108") == 1
    assert len(paths()) == 2


@pytest.mark.parametrize(
    "config",
    [
        "languages: {en: {contentDir: content/en}, fr: {contentDir: content/fr}}",
        "languages: {en: {}, fr: {contentDir: content/fr}}\ncontentDir: content/en",
        "languages: {en: {}, fr: {}}\nmodule: {mounts: [{source: content/en, target: content, lang: en},"
        " {source: content/fr, target: content, lang: fr}]}",
        "languages: {en: {}, fr: {}}\nmodule: {mounts: [{source: content/fr, target: content, lang: fr},"
        " {source: content/en, target: content}, {source: content/en, target: content, lang: fr}]}",
    ],
)
def test_the_folder_of_a_language_that_is_turned_off_is_left_out_and_told_of(tmp_path: Path, config: str) -> None:
    files = {"content/en/a.md": post("A"), "content/fr/a.md": post("À"), "content/fr/b.md": post("B")}
    status, printed = run(write(tmp_path, {"hugo.yaml": f"{config}\ndisableLanguages: [fr]\n", **files}))

    assert (status, list(paths().values())) == (0, ["/a/"])
    assert re.findall(r"\S*: MG\d+ .*", printed) == [
        f"{tmp_path}/content/fr:1:1: MG108 left out, for the site has turned its language off"
    ]


@pytest.mark.parametrize(
    ("mounts", "path"),
    [
        ([("content/en/docs", "content/docs", "de"), ("content/en", "content", "")], "/docs/a/"),
        ([("content/en", "content", "de"), ("content/en", "content", "en")], "/docs/a/"),
        ([("content/en", "content", "de"), ("content/en", "content/more", "de")], "/de/docs/a/"),
        ([("content/en", "content", "de"), ("content", "content", "")], "/de/docs/a/"),
    ],
)
def test_what_is_mounted_for_several_languages_is_the_first_languages(
    tmp_path: Path, mounts: list[tuple[str, str, str]], path: str
) -> None:
    keys = ("source", "target", "lang")
    said = [{key: said for key, said in zip(keys, mount, strict=True) if said} for mount in mounts]
    config = {"languages": {"en": {}, "de": {}}, "module": {"mounts": said}}
    run(write(tmp_path, {"hugo.json": json.dumps(config), "content/en/docs/a.md": post()}))

    assert list(paths().values()) == [path]


def test_a_language_that_is_turned_off_and_has_no_folder_of_its_own_is_read_as_its_folder(tmp_path: Path) -> None:
    config = "languages: {en: {}, fr: {}}\ndisableLanguages: [fr]\n"
    _, printed = run(write(tmp_path, {"hugo.yaml": config, "content/fr/a.md": post()}))

    assert (list(paths().values()), "MG108" in printed) == (["/fr/a/"], False)


@pytest.mark.parametrize("folder", ["../elsewhere", "/usr"])
def test_of_a_folder_outside_of_the_site_that_a_language_which_is_turned_off_names_nothing_is_told(
    tmp_path: Path, folder: str
) -> None:
    config = f"languages: {{en: {{contentDir: content}}, fr: {{contentDir: {folder}, disabled: true}}}}\n"
    files = {"site/hugo.yaml": config, "site/content/a.md": post(), "elsewhere/b.md": post()}
    _, printed = run(write(tmp_path, files) / "site")

    assert (list(paths().values()), "MG108" in printed) == (["/a/"], False)


def test_a_language_that_is_turned_off_is_left_out(tmp_path: Path) -> None:
    config = "disableLanguages: [de]\nlanguages: {en: {}, de: {}, fr: {disabled: true}}\n"
    names = ["posts/a.md", "posts/a.de.md", "posts/a.fr.md", "posts/_index.fr.md", "posts/b/index.DE.md", "posts/de.md"]
    status, printed = run(write(tmp_path, {"hugo.yaml": config, **{f"content/{name}": post() for name in names}}))

    assert (status, sorted(paths().values())) == (0, ["/posts/a/", "/posts/de/"])
    assert printed.count("MG108 left out, for the site has turned its language off") == 4


def test_a_mounted_folder_stands_where_it_is_mounted(tmp_path: Path) -> None:
    config = "module: {mounts: [{source: content, target: content}, {source: manual, target: content/help}]}\n"
    run(write(tmp_path, {"hugo.yaml": config, "content/a.md": post(), "manual/b.md": post(), "other/c.md": post()}))

    assert paths() == {"content/a.md": "/a/", "manual/b.md": "/help/b/"}


@pytest.mark.parametrize("key", ["lang", "sites: {matrix: {languages", "sites: {matrix: {languages: ["])
def test_a_mount_says_the_language_of_its_files_and_which_it_takes(tmp_path: Path, key: str) -> None:
    value = "fr" + "]" * key.count("[") + "}" * key.count("{")
    separator = "" if key.endswith("[") else ": "
    config = (
        "languages: {en: {}, fr: {}}\nmodule: {mounts: [\n"
        '  {source: content/en, target: content, files: ["! /private", "! **/x.md"]},\n'
        f"  {{source: content/fr, target: content, includeFiles: [a/*, b.md], excludeFiles: a/x.md, {key}{separator}{value}}},\n"
        "]}\n"
    )
    names = ["en/a/b.md", "en/a/x.md", "en/private/deep/c.md", "fr/a/b.md", "fr/a/x.md", "fr/a/b/c.md", "fr/b.md"]
    run(write(tmp_path, {"hugo.yaml": config, **{f"content/{name}": post() for name in names}}))

    wanted = {"en/a/b.md": "/a/b/", "fr/a/b.md": "/fr/a/b/", "fr/a/x.md": "/fr/a/x/", "fr/b.md": "/fr/b/"}
    assert paths() == wanted


@pytest.mark.parametrize(
    ("files", "taken"),
    [
        ('["*.md", "! no.md"]', ["a/no.md", "a/yes.md"]),
        ('["! no.md", "*.md"]', ["a/yes.md"]),
        ('["! no.md"]', ["a/d/no.md", "a/yes.md"]),
    ],
)
def test_of_a_mounts_patterns_the_first_that_a_file_is_like_decides(
    tmp_path: Path, files: str, taken: list[str]
) -> None:
    config = f"module: {{mounts: [{{source: a, target: content, files: {files}}}]}}\n"
    run(write(tmp_path, {"hugo.yaml": config, **{f"a/{name}": post() for name in ("no.md", "yes.md", "d/no.md")}}))

    assert sorted(Post.objects.values_list("source__file", flat=True)) == [each.removeprefix("a/") for each in taken]


def test_to_a_mounted_file_the_sections_around_are_those_of_its_place(tmp_path: Path) -> None:
    config = (
        "module: {mounts: [{source: content, target: content}, {source: a.md, target: content/docs/x/y/a.md},"
        " {source: deep/in/b, target: content/docs/x}]}\npermalinks: {docs: '/:sections[1:]/:contentbasename/'}\n"
    )
    files = {f"content/docs/{name}_index.md": post() for name in ("", "x/", "x/y/")}
    run(write(tmp_path, {"hugo.yaml": config, **files, "a.md": post(), "deep/in/b/z/c.md": post()}))

    assert {path for path in paths().values() if path[-3:] in ("/a/", "/c/")} == {"/x/y/a/", "/x/c/"}


def test_a_single_file_may_be_mounted_too(tmp_path: Path) -> None:
    config = (
        "module: {mounts: [{source: content, target: content}, {source: README.md, target: content/_index.md},"
        " {source: CHANGELOG.md, target: content/docs/changelog.md}, {source: LICENSE, target: content/x.md}]}\n"
    )
    files = {
        "README.md": "# Home\n",
        "CHANGELOG.md": "# 1.0\n",
        "LICENSE": "x",
        "OTHER.md": post(),
        "content/a.md": post(),
    }
    status, _ = run(write(tmp_path, {"hugo.yaml": config, **files}))

    assert status == 0
    assert paths() == {"content/a.md": "/a/", "README.md": "/", "CHANGELOG.md": "/docs/changelog/"}


def test_a_file_that_one_mount_leaves_out_another_may_take(tmp_path: Path) -> None:
    config = (
        "module: {mounts: [{source: content, target: content},"
        " {source: specs, target: content/specs, files: ['! **/README.md']},"
        " {source: specs/README.md, target: content/specs/_index.md},"
        " {source: specs/a/README.md, target: content/specs/a/_index.md}]}\n"
    )
    files = {f"specs/{name}.md": post() for name in ("README", "x", "a/README", "a/b/README")}
    run(write(tmp_path, {"hugo.yaml": config, "content/p.md": post(), **files}))

    assert paths() == {
        "content/p.md": "/p/",
        "specs/README.md": "/specs/",
        "specs/x.md": "/specs/x/",
        "specs/a/README.md": "/specs/a/",
    }


def test_of_mounts_of_one_folder_the_first_counts(tmp_path: Path) -> None:
    config = (
        "languages: {en: {}, fr: {}}\nmodule: {mounts: [{source: content, target: content, lang: en},"
        " {source: content, target: content, lang: fr}]}\n"
    )
    run(write(tmp_path, {"hugo.yaml": config, "content/a.md": post()}))

    assert paths() == {"a.md": "/a/"}


def test_static_files_of_a_site_with_mounts_in_several_folders_come_along(tmp_path: Path) -> None:
    config = "module: {mounts: [{source: content, target: content}, {source: manual, target: content/help}]}\n"
    text = post(body="[data](/files/t.csv)")
    run(
        write(tmp_path, {"hugo.yaml": config, "static/files/t.csv": "a,b", "content/a.md": post(), "manual/b.md": text})
    )

    assert list(Post.objects.get(path="/help/b/").source["assets"]) == ["/files/t.csv"]


@pytest.mark.parametrize("config", ["staticDir: [static, made]", "languages: {en: {staticDir: made}}", MADE_MOUNT])
def test_a_site_names_its_folders_of_static_files(tmp_path: Path, config: str) -> None:
    text = post(body="[data](/files/t.csv) [more](/files/u.csv)")
    files = {"content/a.md": text, "static/files/t.csv": "a,b", "made/files/u.csv": "c,d"}
    run(write(tmp_path, {"hugo.yaml": f"{config}\n", **files}))

    assert sorted(Post.objects.get().source["assets"]) == ["/files/t.csv", "/files/u.csv"]


def test_a_static_folder_or_file_may_be_mounted_further_in(tmp_path: Path) -> None:
    config = (
        "module: {mounts: [{source: content, target: content}, {source: made/files, target: static/files/x},"
        " {source: made/t.csv, target: static/t.csv}]}\n"
    )
    text = post(body="[data](/files/x/a/u.csv) [more](/t.csv) [none](/files/xa/u.csv) [gone](/u.csv)")
    run(write(tmp_path, {"hugo.yaml": config, "content/a.md": text, "made/files/a/u.csv": "a", "made/t.csv": "c,d"}))

    assert sorted(Post.objects.get().source["assets"]) == ["/files/x/a/u.csv", "/t.csv"]


def test_a_static_folder_outside_of_the_site_is_not_read(tmp_path: Path) -> None:
    site = write(tmp_path / "site", {"hugo.yaml": "staticDir: ../\n", "content/a.md": post(body="[x](/t.csv)")})
    write(tmp_path, {"t.csv": "secret"})
    run(site)

    assert "assets" not in Post.objects.get().source


def test_translations_share_the_files_of_their_folders(tmp_path: Path) -> None:
    config = "languages: {en: {contentDir: content/en}, fr: {contentDir: content/fr}}\n"
    bundle, page = post(body="[x](x.csv) [y](y.csv)"), post(body="[z](../z.csv) [own](/fr/p/own.csv)")
    texts = {"content/en/p/b/index.md": bundle, "content/fr/p/b/index.md": bundle, "content/fr/p/page.md": page}
    data = {"en/p/b/x.csv": "1", "en/p/b/y.csv": "2", "fr/p/b/y.csv": "3", "en/p/z.csv": "4", "fr/p/own.csv": "5"}
    _, printed = run(write(tmp_path, {"hugo.yaml": config, **texts, **{f"content/{k}": v for k, v in data.items()}}))

    found = {post.path: post.source["assets"] for post in Post.objects.all()}
    assert "MG4" not in printed
    assert sorted(found["/fr/p/page/"]) == ["../z.csv", "/fr/p/own.csv"]
    assert found["/fr/p/b/"]["x.csv"] == found["/p/b/"]["x.csv"]
    assert found["/fr/p/b/"]["y.csv"] != found["/p/b/"]["y.csv"]


def test_to_hugo_jekylls_folders_are_like_any_other(tmp_path: Path) -> None:
    files = {
        "hugo.yaml": "permalinks: {blog: '/:section/:year/:month/:slug/'}\n",
        "content/blog/_posts/2024-01-02-a.md": "---\ntitle: The A\ndate: 2024-01-03\ntags: a b\n---\n",
        "content/docs/_drafts/b.md": post(),
    }
    run(write(tmp_path, files))

    assert sorted(paths().values()) == ["/blog/2024/01/the-a/", "/docs/_drafts/b/"]
    assert Post.objects.live().count() == 2
    assert [tag.name for tag in Post.objects.get(title="The A").tag_list] == ["a b"]


def test_the_sites_own_content_folder_is_that_of_its_first_language(tmp_path: Path) -> None:
    config = "contentDir: content/english\nlanguages: {en: {}, fr: {contentDir: content/french}}\n"
    names = ["english/p/a.md", "english/p/b.fr.md", "french/p/a.md"]
    run(write(tmp_path, {"hugo.yaml": config, **{f"content/{name}": post() for name in names}}))

    assert list(paths().values()) == ["/p/a/", "/fr/p/b/", "/fr/p/a/"]


def test_a_files_name_says_its_language_before_the_folder_of_another(tmp_path: Path) -> None:
    config = "languages: {en: {contentDir: content/en}, fr: {contentDir: content/fr}}\n"
    names = ["en/posts/a.fr.md", "en/posts/b/index.fr.md", "fr/posts/c.fr.md", "fr/posts/d.en.md", "fr/posts/e.de.md"]
    run(write(tmp_path, {"hugo.yaml": config, **{f"content/{name}": post() for name in names}}))

    assert sorted(paths().values()) == [
        *("/fr/posts/a/", "/fr/posts/b/", "/fr/posts/c/"),
        *("/fr/posts/e.de/", "/posts/d/"),
    ]


def test_an_index_is_one_in_any_case(tmp_path: Path) -> None:
    files = {
        "content/docs/_Index.md": "---\ntitle: Docs\ncascade: {description: All}\n---\n",
        "content/docs/a/Index.md": post(),
        "content/docs/a/notes.md": post(),
        "content/docs/b/INDEX.fr.md": post(),
    }
    run(write(tmp_path, {"hugo.yaml": "languages: {en: {}, fr: {}}\n", **files}))

    assert paths() == {
        "docs/_Index.md": "/docs/",
        "docs/a/Index.md": "/docs/a/",
        "docs/b/INDEX.fr.md": "/fr/docs/b/",
    }
    assert Post.objects.get(source_path="docs/a/Index.md").description == "All"


def test_the_configuration_for_production_is_laid_over_the_default(tmp_path: Path) -> None:
    files = {
        "config/_default/hugo.toml": 'timeZone = "UTC"\n[permalinks.page]\nposts = "/p/:slug/"\n',
        "config/production/permalinks.toml": '[page]\nnews = "/n/:slug/"\n',
        "config/staging/hugo.toml": 'timeZone = "Mars/Base"\n',
        "content/posts/a.md": post("One"),
        "content/news/b.md": post("Two"),
    }
    run(write(tmp_path, files))

    assert paths() == {"posts/a.md": "/p/one/", "news/b.md": "/n/two/"}


def test_the_configuration_may_lie_in_folders_further_in(tmp_path: Path) -> None:
    files = {
        "config/_default/frontmatter.yaml": "date: [born]\n",
        "config/_default/hugo.yaml": "frontmatter: {date: [made]}\npermalinks: {posts: /hugo/:slug/}\n",
        "config/_default/languages/languages.yaml": "en: {}\nfr: {contentDir: content/none}\n",
        "config/_default/module/deep/module.yaml": "mounts:\n- {source: content/en, target: content}\n"
        "- {source: content/fr, target: content, lang: fr}\n",
        "config/_default/permalinks/permalinks.yaml": "posts: /part/:slug/\n",
        "config/_default/permalinks.yaml": "posts: /:year/:slug/\n",
        "content/en/posts/a.md": post("One", born="2020-01-01", made="2021-01-01"),
        "content/fr/b.md": post("Deux"),
    }
    run(write(tmp_path, files))

    assert paths() == {"en/posts/a.md": "/2021/one/", "fr/b.md": "/fr/b/"}


def test_of_configurations_beside_one_another_the_first_counts(tmp_path: Path) -> None:
    files = {
        "hugo.yaml": "permalinks: {a: /hugo/:slug/}\n",
        "hugo.json": '{"uglyURLs": true}',
        "config.toml": "permalinks = {a = '/config/', b = '/config/:slug/'}\n",
    }
    run(write(tmp_path, {**files, "content/a/x.md": post("T"), "content/b/x.md": post()}))

    assert paths() == {"a/x.md": "/hugo/t/", "b/x.md": "/b/x/"}


def test_files_that_the_site_ignores_are_not_read(tmp_path: Path) -> None:
    names = ["a.md", "a.tmp.md", "private/b.md", "a_files/c.md", "a_files/deep/d.md"]
    files = {f"content/{name}": post() for name in names}
    run(write(tmp_path, {"hugo.yaml": "ignoreFiles: ['\\.tmp\\.md$', '/private/', _files$]\n", **files}))

    assert paths() == {"a.md": "/a/"}


def test_a_pattern_of_files_to_ignore_that_would_take_years_is_not_tried(tmp_path: Path) -> None:
    site = write(tmp_path, {"hugo.yaml": "ignoreFiles: ['(a+)+$', 'a*a*a*a*b', '[', '\\.tmp$']\n"})

    assert [pattern.pattern for pattern in read_config(site).ignored] == ["\\.tmp$"]


def test_what_lies_in_a_page_bundle_is_no_page(tmp_path: Path) -> None:
    files = {
        "content/posts/a/index.md": post("A"),
        "content/posts/a/index.vi.md": post("A"),
        "content/posts/a/notes.md": post("Notes"),
        "content/posts/a/more/index.md": post("More"),
        "content/posts/b/_index.md": post("B"),
        "content/posts/b/c.md": post("C"),
    }
    status, printed = run(write(tmp_path, files))

    assert status == 0
    assert "notes.md:1:1: MG108 left out, for it lies in a page bundle" in printed
    assert set(paths()) == {"posts/a/index.md", "posts/a/index.vi.md", "posts/b/_index.md", "posts/b/c.md"}


@pytest.mark.parametrize(
    ("place", "path"),
    [
        ("tags/ai/_index", "/tags/ai/"),
        ("tags/AI/ML/_index", "/tags/ai/ml/"),
        ("tags/C++/_index", "/tags/c++/"),
        ("tags/Machine Learning/_index", "/tags/machine-learning/"),
        ("tags/Y tế & Sức khỏe/_index.vi", "/vi/tags/y-tế--sức-khỏe/"),
        ("tags/ai", "/tags/ai/"),
        ("authors/jane/_index", "/authors/jane/"),
        ("authors/mai-le", "/authors/mai-le/"),
        ("authors/an/index", "/authors/an/"),
        ("authors/jane/_index.vi", "/vi/authors/jane/"),
    ],
)
def test_a_document_of_a_tag_or_an_author_introduces_their_page(tmp_path: Path, place: str, path: str) -> None:
    config = "languages: {en: {weight: 1}, vi: {weight: 2}}\n"
    status, printed = run(write(tmp_path, {"hugo.yaml": config, f"content/{place}.md": post("Its name")}))

    assert status == 0
    assert "MG108" not in printed
    assert [(each.path, each.kind, each.aliases) for each in Post.objects.all()] == [(path, "section", [])]


@pytest.mark.parametrize(
    ("config", "place", "front", "aliases"),
    [
        ("", "tags/ai", {"slug": "Other One"}, ["/tags/other-one/"]),
        *(("", "tags/ai", {"slug": nothing}, []) for nothing in ("'!!!'", "/")),
        ("", "tags/ai", {"slug": "/a//b"}, ["/tags/a/b/"]),
        ("", "tags/ai", {"url": "/about/ai/"}, ["/about/ai/"]),
        ("", "tags/ai", {"aliases": "[/old/, near]"}, ["/old/", "/tags/near/"]),
        ("taxonomies: {topic: topics}", "topics/ai", {}, ["/topics/ai/"]),
        ("taxonomies: {tag: categories}", "categories/ai", {}, ["/categories/ai/"]),
        ("disablePathToLower: true", "tags/AI", {}, ["/tags/AI/"]),
        ("{defaultContentLanguage: en, defaultContentLanguageInSubdir: true}", "tags/ai", {}, ["/en/tags/ai/"]),
    ],
)
def test_where_the_site_has_a_tags_page_leads_to_ours(
    tmp_path: Path, client: Client, config: str, place: str, front: dict[str, str], aliases: list[str]
) -> None:
    run(write(tmp_path, {"hugo.yaml": f"{config}\n", f"content/{place}/_index.md": post("Its name", **front)}))

    document = Post.objects.get()
    assert (document.path, document.aliases) == ("/tags/ai/", aliases)
    assert [client.get(alias)["Location"] for alias in aliases] == ["/tags/ai/"] * len(aliases)


def test_the_list_of_a_sites_own_taxonomy_is_introduced_by_its_index(tmp_path: Path, client: Client) -> None:
    files = {"content/topics/_index.md": post("Subjects"), "content/a.md": post(topics="[AI]")}
    run(write(tmp_path, {"hugo.yaml": "taxonomies: {topic: topics}\n", **files}))

    assert client.get("/topics/")["Location"] == "/tags/"
    assert "<h1>Subjects</h1>" in client.get("/tags/").content.decode()


def test_a_tags_document_of_a_language_without_lists_stays_where_it_is(tmp_path: Path) -> None:
    config = "languages: {en: {weight: 1}, fr: {weight: 2}}\n"
    run(
        write(
            tmp_path, {"hugo.yaml": config, "content/tags/ai/_index.fr.md": post(), "content/authors/jo.fr.md": post()}
        )
    )

    assert paths() == {"tags/ai/_index.fr.md": "/fr/tags/ai/", "authors/jo.fr.md": "/fr/authors/jo/"}
    assert Post.objects.articles().get().path == "/fr/authors/jo/"


def test_an_article_stands_at_no_tags_or_authors_page(tmp_path: Path) -> None:
    files = {"content/posts/a.md": post(url="/tags/ai/"), "content/posts/b.md": post(url="/authors/jane/")}
    status, printed = run(write(tmp_path, files))

    assert status == 1
    assert printed.count("is a page that the site itself uses") == 2


def test_two_documents_of_one_tag_are_told_of(tmp_path: Path) -> None:
    status, printed = run(write(tmp_path, {f"content/tags/{name}.md": post() for name in ("ai", "ai/_index")}))

    assert status == 1
    assert "/tags/ai/ is the path of tags/ai.md too; no slug or url moves it: make one document of both" in printed


def test_of_several_taxonomies_each_keeps_the_document_of_its_list(tmp_path: Path) -> None:
    files = {f"content/{name}/_index.md": post() for name in ("topics", "diseases", "topics/ai", "diseases/flu")}
    status, _ = run(write(tmp_path, {"hugo.yaml": "taxonomies: {topic: topics, disease: diseases}\n", **files}))

    assert status == 0
    assert paths() == {
        "topics/_index.md": "/topics/",
        "diseases/_index.md": "/diseases/",
        "topics/ai/_index.md": "/tags/ai/",
        "diseases/flu/_index.md": "/tags/flu/",
    }


def test_what_introduces_no_page_of_the_sites_own_is_left_out(tmp_path: Path) -> None:
    names = ["admin", "tags/ai/page/2", "search/suggestions"]
    status, printed = run(write(tmp_path, {f"content/{name}/_index.md": post() for name in names}))

    assert status == 0
    assert printed.count("_index.md:1:1: MG108 left out, for the site makes ") == 3
    assert not Post.objects.exists()


def test_a_tags_document_is_imported_again_and_exported_like_any_other(tmp_path: Path, client: Client) -> None:
    files = {
        "content/tags/ai/_index.md": post("AI", body="![A plant](plant.png)"),
        "content/authors/jane/_index.md": post("Jane"),
        "content/posts/a.md": post(),
    }
    site = write(tmp_path / "site", files)
    Image.new("RGB", (40, 40)).save(site / "content/tags/ai/plant.png")
    Image.new("RGB", (40, 40)).save(site / "content/authors/jane/avatar.jpg")
    run(site)
    assert "3 unchanged" in run(site)[1]
    assert "/media/images/plant" in client.get("/tags/ai/").content.decode()
    assert "/media/images/avatar" in client.get("/authors/jane/").content.decode()

    call_command("export_markdown", str(tmp_path / "out"), stdout=StringIO())
    for name in files:
        assert (tmp_path / "out" / name).read_bytes() == (site / name).read_bytes()
    assert (tmp_path / "out/content/tags/ai/plant.png").is_file()
    assert (tmp_path / "out/content/authors/jane/avatar.jpg").is_file()

    (site / "content/tags/ai").rename(site / "content/tags/machine-learning")
    (site / "content/authors/jane/_index.md").unlink()
    run(site, prune=True)
    assert client.get("/tags/ai/")["Location"] == "/tags/machine-learning/"
    assert Post.objects.get(path="/authors/jane/").draft


def test_pages_in_other_formats_than_markdown_are_named(tmp_path: Path) -> None:
    names = ["a.html", "b.org", "c.png", "d/_content.gotmpl"]
    printed = run(write(tmp_path, {f"content/posts/{name}": "x" for name in names}))[1]

    assert "a.html:1:1: MG108 left out, for only Markdown is imported" in printed
    assert "_content.gotmpl:1:1: MG108 left out, for it makes its pages while Hugo builds" in printed
    assert "3 files: 0 created, 0 updated, 0 unchanged, 3 skipped, 0 errors" in printed


@pytest.mark.parametrize("said", ["headless: true", "build: {render: never}", "_build: {render: link}"])
def test_what_hugo_does_not_render_is_kept_from_readers(tmp_path: Path, said: str) -> None:
    run(write(tmp_path, {"content/posts/a/index.md": f"---\ntitle: A\n{said}\n---\n"}))

    assert not Post.objects.live().exists()
    assert Post.objects.get().title == "A"


def test_a_cascade_of_the_whole_site_with_alternatives_in_its_target(tmp_path: Path) -> None:
    config = "cascade:\n  - author: Docs\n    target: {path: '{/docs/**,/help/*}', kind: '{page,section}'}\n"
    names = ("docs/x/a.md", "help/b.md", "posts/c.md")
    run(write(tmp_path, {"hugo.yaml": config, **{f"content/{name}": post() for name in names}}))

    authors = dict(Post.objects.values_list("source_path", "authors"))
    assert authors == {"docs/x/a.md": ["Docs"], "help/b.md": ["Docs"], "posts/c.md": []}


def test_of_several_cascades_the_first_counts_and_a_star_stops_at_a_slash(tmp_path: Path) -> None:
    cascades = (
        "cascade:\n- {target: {path: /b/**}, tags: [all]}\n- {target: {path: /b/x*}, tags: [late]}\n"
        "- {target: {path: /b/*}, author: Mai}\n- {target: {environment: staging}, draft: true}\n"
        "- {target: {path: /b/my-post}, description: Found}\n"
    )
    files = {f"content/b/{name}.md": post() for name in ("x1", "sub/z", "My Post")}
    run(write(tmp_path, {"content/b/_index.md": f"---\ntitle: B\n{cascades}---\n", **files}))

    said = {p.source_path: (sorted(p.tags.names()), p.authors, p.draft, p.description) for p in Post.objects.all()}
    assert said["b/x1.md"] == (["all"], ["Mai"], False, "")
    assert said["b/sub/z.md"] == (["all"], [], False, "")
    assert said["b/My Post.md"] == (["all"], ["Mai"], False, "Found")
    assert said["b/_index.md"][:2] == ([], [])


def test_what_stands_behind_the_language_in_a_files_name_says_nothing(tmp_path: Path) -> None:
    names = ["a.fr.b.md", "b.c.fr.md", "c.fr.en.md", "d.print.md", "e/index.fr.md.md", "e/other.md"]
    run(
        write(tmp_path, {"hugo.yaml": "languages: {en: {}, fr: {}}\n", **{f"content/{name}": post() for name in names}})
    )

    assert paths() == {
        "a.fr.b.md": "/fr/a/",
        "b.c.fr.md": "/fr/b.c/",
        "c.fr.en.md": "/c.fr/",
        "d.print.md": "/d.print/",
        "e/index.fr.md.md": "/fr/e/",
    }


def test_html_heads_its_section_or_bundle_too(tmp_path: Path) -> None:
    files = {
        "hugo.yaml": "permalinks: {posts: '/:sectionslugs/:slug/'}\n",
        "content/posts/_index.html": post(slug="news", cascade="{description: All}"),
        "content/posts/a.md": post("A"),
        "content/book/index.html": post(),
        "content/book/chapter.md": post(),
    }
    _, printed = run(write(tmp_path, files))

    assert paths() == {"posts/_index.html": "/news/", "posts/a.md": "/news/a/", "book/index.html": "/book/"}
    assert Post.objects.get(title="A").description == "All"
    assert "chapter.md:1:1: MG108 left out, for it lies in a page bundle" in printed


def test_a_page_in_html_is_shown_as_it_is_and_comes_back_as_it_was(tmp_path: Path) -> None:
    body = """<h2 onclick="x()">B</h2>
# c *d* <a href="/nowhere/">e</a> <img src="f.png"> <b>patients1 g</b> {{< youtube h1 >}}<script>i()</script>
"""
    text = f"---\ntitle: A\n---\n{body}"
    site = write(tmp_path / "site", {"hugo.yaml": "", "content/posts/a.HTML": text, "content/posts/b.adoc": "x"})
    _, printed = run(site, hints=True)

    page = Post.objects.get()
    assert (page.markup, page.path) == ("html", "/posts/a/")
    assert "# c *d*" in page.html
    assert "v=h1" in page.html
    assert "onclick" not in page.html
    assert re.findall("MG[0-9]+", printed) == ["MG3", "MG4", "MG108"]
    call_command("export_markdown", tmp_path / "out", verbosity=0)
    assert (tmp_path / "out/content/posts/a.HTML").read_text() == text
    assert "1 unchanged" in run(site / "content/posts/a.HTML")[1]


@pytest.mark.parametrize(
    ("languages", "first"),
    [
        ("{de: {}, fr: {}}", "de"),
        ("{fr: {}, de: {}}", "de"),
        ("{de: {weight: 2}, fr: {weight: 1}}", "fr"),
        ("{de: {}, fr: {weight: 1}}", "fr"),
        ("{de: {weight: 1, disabled: true}, fr: {weight: 2}}", "fr"),
        ("{de: {weight: 1}, fr: {weight: 2}, en: {}}", "en"),
    ],
)
def test_where_none_is_named_the_first_language_is_the_default(tmp_path: Path, languages: str, first: str) -> None:
    files = {f"content/a.{code}.md": post() for code in ("de", "en", "fr")}
    run(write(tmp_path, {"hugo.yaml": f"languages: {languages}\n", **files}))

    assert paths()[f"a.{first}.md"] == "/a/"


@pytest.mark.parametrize("source", ["node_modules/x", "x" * 5000])
def test_a_mount_of_what_is_not_there_says_nothing(tmp_path: Path, source: str) -> None:
    config = f"module: {{mounts: [{{source: {source}, target: content/docs}}]}}\n"
    run(write(tmp_path, {"hugo.yaml": config, "content/a.md": post()}))

    assert paths() == {"a.md": "/a/"}


def test_a_cascade_is_for_the_language_of_its_file(tmp_path: Path) -> None:
    config = "defaultContentLanguage: en\nlanguages: {en: {}, fr: {}}\n"
    french = "---\ntitle: C\ncascade: {draft: true}\n---\n"
    english = "---\ntitle: D\ncascade: {author: Mai}\n---\n"
    files = {f"content/{folder}/q.{code}.md": post() for folder in "cd" for code in ("en", "fr")}
    indexes = {"content/c/_index.fr.md": french, "content/d/_index.md": english}
    run(write(tmp_path, {"hugo.yaml": config, **indexes, **files}))

    drafts = dict(Post.objects.filter(kind=Post.Kind.ARTICLE).values_list("source_path", "draft"))
    assert drafts == {"c/q.en.md": False, "c/q.fr.md": True, "d/q.en.md": False, "d/q.fr.md": False}
    assert Post.objects.get(source_path="d/q.en.md").authors == ["Mai"]
    assert Post.objects.get(source_path="d/q.fr.md").authors == []


def test_a_cascade_holds_in_the_language_that_the_import_is_told(tmp_path: Path) -> None:
    cascade = "---\ntitle: B\ncascade: {author: Mai}\n---\n"
    run(write(tmp_path, {"content/b/_index.md": cascade, "content/b/a.md": post()}), "--language", "vi")

    assert Post.objects.get(source_path="b/a.md").authors == ["Mai"]


def test_a_translated_index_is_a_section_to_a_cascade(tmp_path: Path) -> None:
    config = "languages: {en: {}, fr: {}}\ncascade: {target: {kind: section}, description: All}\n"
    files = {"content/docs/_index.fr.md": post(), "content/docs/a.fr.md": post()}
    run(write(tmp_path, {"hugo.yaml": config, **files}))

    assert dict(Post.objects.values_list("path", "description")) == {"/fr/docs/": "All", "/fr/docs/a/": ""}


def test_params_are_the_pages_own_but_for_what_is_hugos(tmp_path: Path) -> None:
    front = "params:\n  Author: Mai\n  tags: [AI]\n  cover: {image: /c.png, Alt: A cover}\n  draft: true\n  title: No\n"
    cascade = "---\ntitle: B\ncascade: {params: {author: Lan, tags: [all]}}\n---\n"
    files = {"content/b/_index.md": cascade, "content/b/c.md": post(), "content/a/a.md": f"---\ntitle: A\n{front}---\n"}
    run(write(tmp_path, files))
    own, given = (Post.objects.get(source_path=name) for name in ("a/a.md", "b/c.md"))

    assert (own.title, own.draft, own.authors, own.cover_alt) == ("A", False, ["Mai"], "A cover")
    assert (list(own.tags.names()), list(given.tags.names()), given.authors) == (["AI"], ["all"], ["Lan"])


def test_a_value_left_empty_keeps_the_cascades_out(tmp_path: Path) -> None:
    cascade = "---\ntitle: B\ncascade: {tags: [all]}\n---\n"
    run(write(tmp_path, {"content/b/_index.md": cascade, "content/b/a.md": "---\ntitle: A\ntags:\n---\n"}))

    assert list(Post.objects.get(source_path="b/a.md").tags.names()) == []


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("", ["/docs/a/", "/fr/livres/été/a/", "/fr/livres/été/plain/b/", "/fr/livres/été/c/"]),
        ("/:sectionslug/:slug/", ["/docs/a/", "/fr/livres/été/a/", "/fr/livres/été/b/", "/fr/livres/été/c/"]),
        ("/:sectionslugs[1:]/:slug/", ["/a/", "/fr/a/", "/fr/b/", "/fr/c/"]),
        (
            "/x/:sectionslugs/:sections/:slug/",
            ["/x/docs/docs/a/", *(f"/fr/x/livres/été/docs/{each}/" for each in "abc")],
        ),
    ],
)
def test_pages_stand_below_the_slug_of_their_section(tmp_path: Path, pattern: str, expected: list[str]) -> None:
    config = f"languages: {{en: {{}}, fr: {{}}}}\npermalinks: {{page: {{docs: '{pattern}'}}}}\n"
    names = {"docs/a.md": "a", "docs/a.fr.md": "a", "docs/plain/b.fr.md": "b", "docs/c/index.fr.md": "c"}
    files = {f"content/{name}": post(title) for name, title in names.items()}
    files["content/docs/_index.fr.md"] = "---\ntitle: Docs\nslug: -Livres/Été-\n---\n"
    run(write(tmp_path, {"hugo.yaml": config if pattern else config.partition("permalinks")[0], **files}))

    made = paths()
    assert made.pop("docs/_index.fr.md") == "/fr/livres/été/"
    assert [made[name] for name in names] == expected


def test_to_an_address_that_a_section_says_it_is_one_of_its_own_sections(tmp_path: Path) -> None:
    index = "---\ntitle: {}\ncascade: {{url: '/:sections[last]/x-:slug/'}}\n---\n"
    files = {"content/a/_index.md": index.format("A"), "content/a/b/_index.md": index.format("B")}
    run(write(tmp_path, {"hugo.yaml": "", **files, "content/a/b/c.md": post("C")}))

    assert sorted(paths().values()) == ["/a/x-a/", "/b/x-b/", "/b/x-c/"]


def test_a_folder_that_is_no_section_is_none_in_an_address_of_a_cascade_either(tmp_path: Path) -> None:
    index = "---\ntitle: A\ncascade: {url: '/:sections[last]/x-:slug/'}\n---\n"
    run(write(tmp_path, {"hugo.yaml": "", "content/a/_index.md": index, "content/a/b/c.md": post("C")}))

    assert sorted(paths().values()) == ["/a/x-a/", "/a/x-c/"]


@pytest.mark.parametrize("name", ["images/lab.png", "/images/lab.png", "/images/../images/lab.png"])
@pytest.mark.parametrize("page", ["content/p/a.md", "content/p/a/index.md"])
def test_a_picture_may_be_one_of_the_resources_of_the_site(tmp_path: Path, media: Path, name: str, page: str) -> None:
    site = write(tmp_path / "site", {"hugo.yaml": "", page: f"---\ntitle: A\nimage: {name}\n---\n![A lab]({name})\n"})
    picture = site / "assets/images/lab.png"
    picture.parent.mkdir(parents=True)
    Image.new("RGB", (40, 30), "red").save(picture)
    assert "MG4" not in run(site)[1]

    stored = Post.objects.get()
    assert stored.cover.startswith("/media/images/lab-")
    assert stored.cover.rpartition("/")[2].rpartition(".")[0] in stored.html
    assert "1 unchanged" in run(site)[1]
    call_command("export_markdown", str(tmp_path / "exported"))
    assert {file.relative_to(tmp_path / "exported").as_posix() for file in (tmp_path / "exported").rglob("*.*")} == {
        page,
        "assets/images/lab.png",
    }


@pytest.mark.parametrize("folder", ["static", "assets"])
@pytest.mark.parametrize("page", ["content/p/a.md", "content/p/a/index.md"])
def test_a_themes_picture_is_looked_for_from_the_sites_top_too(
    tmp_path: Path, media: Path, folder: str, page: str
) -> None:
    body = '{{< image src="images/lab.png" alt="A lab" >}}\n\n{{< image src="images/gone.png" alt="Gone" >}}'
    site = write(tmp_path / "site", {"hugo.yaml": "", page: post(body=body)})
    picture = site / folder / "images/lab.png"
    picture.parent.mkdir(parents=True)
    Image.new("RGB", (40, 30), "red").save(picture)
    _, printed = run(site)

    assert printed.count("the picture that it names shows") == 1
    assert printed.count("gone.png") == ("index" in page)  # of which a bundle's own folder is the place
    assert re.findall('src="/media/images/lab-[^"]*" alt="A lab"', Post.objects.get().html)
    assert "1 unchanged" in run(site)[1]
    call_command("export_markdown", str(tmp_path / "out"))
    exported = {file.relative_to(tmp_path / "out").as_posix() for file in (tmp_path / "out").rglob("*.*")}
    assert exported == {page, f"{folder}/images/lab.png"}


def test_a_resource_whose_name_has_loose_marks_is_exported_to_its_folder(tmp_path: Path, media: Path) -> None:
    site = write(tmp_path / "site", {"hugo.yaml": "", "content/p/a.md": post(body="![A lab](/sal\u00e9.png)")})
    (site / "assets").mkdir()
    Image.new("RGB", (40, 30), "red").save(site / "assets" / "sale\u0301.png")
    run(site)

    call_command("export_markdown", str(tmp_path / "exported"))
    assert (tmp_path / "exported" / "assets" / "sal\u00e9.png").is_file()


@pytest.mark.parametrize(
    ("config", "page", "name", "picture"),
    [
        (MADE_MOUNT, "content/a.md", "/docs/lab.png", "made/docs/lab.png"),
        (MADE_MOUNT.replace("static", "static/docs"), "content/a.md", "/docs/lab.png", "made/lab.png"),
        ("staticDir: [static, made]", "content/a.md", "/docs/lab.png", "made/docs/lab.png"),
        (MADE_MOUNT.replace("static", "assets/docs"), "content/p/a.md", "/docs/lab.png", "made/lab.png"),
        (MADE_MOUNT.replace("static", "assets"), "content/p/a.md", "docs/lab.png", "made/docs/lab.png"),
        ("", "content/p/a.md", "lab.png", "static/p/a/lab.png"),
        ("", "content/p/a.md", "lab.png", "content/p/a/lab.png"),
        ("", "content/p/a.md", "lab.png", "content/p/lab.png"),
        ("", "content/p/a.md", "/p/lab.png", "content/p/lab.png"),
    ],
)
def test_a_picture_is_exported_to_where_it_was(
    tmp_path: Path, media: Path, config: str, page: str, name: str, picture: str
) -> None:
    site = write(tmp_path / "site", {"hugo.yaml": config, page: post(body=f"![A lab]({name})")})
    (site / picture).parent.mkdir(parents=True, exist_ok=True)
    Image.new("RGB", (40, 30), "red").save(site / picture)
    run(site)

    call_command("export_markdown", str(tmp_path / "out"))
    assert {file.relative_to(tmp_path / "out").as_posix() for file in (tmp_path / "out").rglob("*.*")} == {
        page,
        picture,
    }


def test_a_picture_of_a_site_whose_content_is_mounted_from_beside_it_is_exported_to_where_it_was(
    tmp_path: Path, media: Path
) -> None:
    mounts = [{"source": source, "target": "content"} for source in ("content", "../notes")]
    text = post(body="![A lab](/img/lab.png)")
    write(tmp_path / "all/site", {"hugo.json": json.dumps({"module": {"mounts": mounts}}), "static/img/x": ""})
    write(tmp_path / "all", {"site/content/a.md": text, "notes/b.md": text})
    Image.new("RGB", (40, 30), "red").save(tmp_path / "all/site/static/img/lab.png")
    run(tmp_path / "all/site")

    call_command("export_markdown", str(tmp_path / "out"))
    written = {file.relative_to(tmp_path / "out").as_posix() for file in (tmp_path / "out").rglob("*.*")}
    assert written == {"site/content/a.md", "notes/b.md", "site/static/img/lab.png"}


def test_a_page_finds_nothing_above_the_resources_of_its_site(tmp_path: Path, media: Path) -> None:
    files = {"hugo.yaml": "", "content/p/a.md": "---\ntitle: A\nimage: ../../secret.png\n---\n", "assets/x.txt": ""}
    Image.new("RGB", (40, 30), "red").save(write(tmp_path / "site", files) / "secret.png")
    run(tmp_path / "site")

    assert Post.objects.get().cover == "../../secret.png"


@pytest.mark.parametrize("page", ["content/p/a.md", "content/p/a/index.md"])
def test_a_cover_that_is_not_beside_its_page_is_found_from_the_sites_top(
    tmp_path: Path, media: Path, page: str
) -> None:
    files = {"hugo.yaml": "", page: "---\ntitle: A\nimages: [img/a.png]\n---\nText", "static/img/x.txt": ""}
    Image.new("RGB", (40, 30), "red").save(write(tmp_path / "site", files) / "static/img/a.png")
    _, said = run(tmp_path / "site")

    assert Post.objects.get().cover.startswith("/media/images/a-")
    assert "MG4" not in said
    assert "1 unchanged" in run(tmp_path / "site")[1]


def test_a_picture_of_the_text_that_is_not_beside_it_is_told_of_though_the_cover_of_that_name_is_found(
    tmp_path: Path, media: Path
) -> None:
    page = "---\ntitle: A\nimages: [img/a.png]\n---\n![A lab](img/a.png)"
    files = {"hugo.yaml": "", "content/p/a/index.md": page, "static/img/x.txt": ""}
    Image.new("RGB", (40, 30), "red").save(write(tmp_path / "site", files) / "static/img/a.png")
    _, said = run(tmp_path / "site")

    assert Post.objects.get().cover.startswith("/media/images/a-")
    assert "MG4 the file img/a.png is not in the page's folder" in said


@pytest.mark.parametrize(
    ("name", "front", "is_cover"),
    [
        ("featured.jpg", "", True),
        ("2-Feature-hall.JPG", "image: {caption: A hall}", True),
        ("featured.jpg", "cover: {alt: A hall, hidden: true}", True),
        ("featured.jpg", "images: []\nfeaturedImage: ''", True),
        ("wide.jpg", "resources: [{name: featured-image, src: wide.jpg}]", True),
        ("featured.jpg", "cover: {image: ''}", False),
        ("featured.jpg", "image: https://a.example/b.png", False),
        ("features.jpg", "", False),
        ("featured.txt", "", False),
    ],
)
def test_a_picture_of_a_bundle_is_its_cover_by_its_name(
    tmp_path: Path, media: Path, name: str, front: str, *, is_cover: bool
) -> None:
    site = write(tmp_path / "site", {"hugo.yaml": "", "content/p/a/index.md": f"---\ntitle: A\n{front}\n---\nText"})
    with (site / "content/p/a" / name).open("wb") as file:
        Image.new("RGB", (40, 30), "red").save(file, "JPEG")
    run(site)

    cover = Post.objects.get().cover
    assert cover.startswith("/media/images/") if is_cover else not cover.startswith("/media/")
    assert "1 unchanged" in run(site)[1]
    call_command("export_markdown", str(tmp_path / "exported"))
    assert (tmp_path / "exported/content/p/a" / name).is_file() is is_cover


def test_params_of_cascades_are_keys_like_the_others_and_add_up(tmp_path: Path) -> None:
    files = {
        "hugo.yaml": "cascade: {params: {author: Mai, description: All}}\n",
        "content/b/_index.md": "---\ntitle: B\ncascade: {Params: {Description: Of B, draft: true}}\n---\n",
        "content/b/a.md": post("A"),
    }
    run(write(tmp_path, files))

    made = Post.objects.get(source_path="b/a.md")
    assert (made.authors, made.description, made.draft) == (["Mai"], "Of B", True)


@pytest.mark.parametrize(
    ("name", "path"), [("p/x.md", "/p/and-or-b/"), ("x.md", "/root/and-or-b/"), ("x/index.md", "/root/and-or-b/")]
)
def test_a_pattern_takes_a_slash_in_a_title_for_a_hyphen_and_may_be_of_the_root(
    tmp_path: Path, name: str, path: str
) -> None:
    config = "permalinks: {p: '/p/:title/', '/': '/root/:title/'}\n"
    run(write(tmp_path, {"hugo.yaml": config, f"content/{name}": "---\ntitle: and/or B\ndate: 2024-01-01\n---\n"}))

    assert Post.objects.get().path == path


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("posts/sub/x.md", "/inner/t/"),
        ("posts/sub/deep/x/index.md", "/inner/t/"),
        ("posts/submarine/x.md", "/outer/t/"),
        ("about.md", "/me/"),
        ("Notes/x.md", "/n/t/"),
    ],
)
def test_of_patterns_of_a_section_and_one_within_the_inner_counts(tmp_path: Path, name: str, path: str) -> None:
    config = "permalinks: {posts: /outer/:slug/, page: {posts/sub: /inner/:slug/, about: /me/}, /NOTES/: /n/:slug/}\n"
    run(write(tmp_path, {"hugo.yaml": config, f"content/{name}": post("T")}))

    assert Post.objects.get().path == path


def test_patterns_may_be_a_list_of_which_the_first_that_aims_at_the_page_counts(tmp_path: Path) -> None:
    config = """
        languages: {en: {}, fr: {}, de: {}}
        permalinks:
          - {pattern: "/lists/:sections/", target: {kind: section}}
          - {pattern: "/few/:slug/", target: {path: "/docs/{a,b?}*/**"}}
          - {pattern: "/all/:slug/", target: {path: "/docs/**", kind: page}}
          - {pattern: "/far/:slug/", target: {sites: {matrix: {languages: ["! en", "! d*"]}}}}
    """
    names = ["docs/ab/c.md", "docs/bc/d/e.md", "docs/b/f.md", "docs/g.md", "x/h.fr.md", "x/h.de.md", "x/h.md"]
    run(write(tmp_path, {"hugo.yaml": config, **{f"content/{each}": post(PurePath(each).name[0]) for each in names}}))

    wanted = ["/all/f/", "/all/g/", "/de/x/h/", "/few/c/", "/few/e/", "/fr/far/h/", "/x/h/"]
    assert sorted(paths().values()) == wanted


def test_an_address_of_a_pages_own_has_sections_and_their_slugs(tmp_path: Path) -> None:
    files = {
        "a/_index.md": "---\ntitle: A\nslug: first\n---\n",
        "a/none/p.md": '---\ntitle: P\nurl: "/p/:sections/x"\n---\n',
        "a/i/_index.md": "---\ntitle: I\n---\n",
        "a/i/q.md": '---\ntitle: Q\nurl: "/q/:sections/:sectionslugs/x"\n---\n',
        "b/c/r.md": '---\ntitle: R\nurl: "/r/:sections[last]/x"\n---\n',
        "b/c/s.md": "---\ntitle: S\n---\n",
    }
    write(tmp_path, {"hugo.yaml": "title: T\n", **{f"content/{name}": text for name, text in files.items()}})
    run(tmp_path)

    assert {post.title: post.path for post in Post.objects.exclude(kind="section")} == {
        "P": "/p/a/x/",
        "Q": "/q/a/i/first/i/x/",
        "R": "/r/b/x/",
        "S": "/b/c/s/",
    }
    assert "sections" not in Post.objects.get(title="S").source
    assert "6 unchanged" in run(tmp_path)[1]


def test_a_cascade_may_be_for_another_language_and_comes_behind_that_ones_own(tmp_path: Path) -> None:
    def index(tag: str, *languages: str) -> str:
        target = f", target: {{sites: {{matrix: {{languages: [{', '.join(languages)}]}}}}}}" if languages else ""
        return f"---\ntitle: I\ncascade: {{tags: [{tag}]{target}}}\n---\n"

    files = {
        "d/_index.md": index("en-d", "vi"),
        "d/_index.vi.md": "---\ntitle: I\n---\n",
        "f/_index.md": index("en-f"),
        "f/_index.vi.md": index("vi-f", "en", "vi"),
        "g/_index.md": index("en-g"),
    }
    pages = {f"{folder}/a{code}.md": post() for folder in "dfg" for code in ("", ".vi")}
    config = "defaultContentLanguage: en\nlanguages: {vi: {weight: 2}, en: {weight: 1}}\n"
    run(write(tmp_path, {"hugo.yaml": config, **{f"content/{name}": text for name, text in (files | pages).items()}}))

    tagged = {each.path: [tag.name for tag in each.tag_list] for each in Post.objects.all()}
    assert {path: tags for path, tags in tagged.items() if path.count("/a/") or path == "/vi/d/"} == {
        "/vi/d/": [],
        "/d/a/": [],
        "/vi/d/a/": ["en-d"],
        "/f/a/": ["en-f"],
        "/vi/f/a/": ["vi-f"],
        "/g/a/": ["en-g"],
        "/vi/g/a/": [],
    }


def test_a_targets_path_may_name_letters_and_leaves_nothing_out(tmp_path: Path) -> None:
    """To Hugo a path that begins with `!` is that of no page."""
    config = """
        cascade:
          - {tags: [letters], target: {path: "/docs/[a-cx]?[!1]"}}
          - {tags: [others], target: {path: "! /docs/**"}}
    """
    names = ["docs/a12.md", "docs/x11.md", "docs/d12.md", "about.md"]
    run(write(tmp_path, {"hugo.yaml": config, **{f"content/{each}": post() for each in names}}))

    tagged = {each.path: [tag.name for tag in each.tag_list] for each in Post.objects.all()}
    assert tagged == {"/docs/a12/": ["letters"], "/docs/x11/": [], "/docs/d12/": [], "/about/": []}


def test_of_the_target_of_a_pattern_lang_says_nothing(tmp_path: Path) -> None:
    config = (
        "{languages: {en: {}, fr: {}}, permalinks: [{pattern: '/x/:slug/', target: {path: '/posts/**', lang: fr}}]}\n"
    )
    run(write(tmp_path, {"hugo.yaml": config, "content/posts/a.md": post("A"), "content/posts/b.fr.md": post("B")}))

    assert sorted(paths().values()) == ["/fr/x/b/", "/x/a/"]


def test_a_pattern_of_a_target_that_repeats_what_repeats_is_tried_in_no_time(tmp_path: Path) -> None:
    target = {"path": "/" + "**a" * 60 + "b{" + "x," * 30 + "}{" + "y," * 30 + "}{" + "z," * 30 + "}"}
    config = {"permalinks": [{"pattern": "/:slug/", "target": target}]}
    run(write(tmp_path, {"hugo.json": json.dumps(config), f"content/{'a' * 200}.md": post()}))

    assert Post.objects.get().path == f"/{'a' * 200}/"


@pytest.mark.parametrize(
    ("file", "text", "path"),
    [
        ("permalinks", "p: /a/:slug/", "/a/t/"),
        ("permalinks", "permalinks: {p: /a/:slug/}", "/a/t/"),
        ("permalinks.en", "p: /a/:slug/", "/p/x/"),
        ("permalinks.en", "permalinks: {p: /a/:slug/}", "/p/x/"),
        ("posts.en", "permalinks: {p: /a/:slug/}", "/a/t/"),
        ("cascade", "cascade: [{url: /a/}]", "/a/"),
        ("params.en", "permalinks: {p: /a/:slug/}", "/p/x/"),
    ],
)
def test_a_file_of_the_configuration_may_name_its_key_again(tmp_path: Path, file: str, text: str, path: str) -> None:
    folder = "config/_default"
    files = {f"{folder}/hugo.yaml": "languages: {EN: {}}", f"{folder}/{file}.yaml": text, "content/p/x.md": post("T")}
    run(write(tmp_path, files))

    assert Post.objects.get().path == path


@pytest.mark.parametrize(
    ("config", "name", "path"),
    [
        ("disablePathToLower: true", "Big Été.md", "/posts/Big-Été/"),
        ("disablePathToLower: true", "Big  Été - A.md", "/posts/Big-Été-A/"),
        ("permalinks: {posts: '/:2006/:01/:slug/'}", "a.md", "/2024/03/t/"),
        ("removePathAccents: true", "Big Été.md", "/posts/big-ete/"),
        ("uglyURLs: {posts: true}", "a.md", "/posts/a.html"),
        ("uglyURLs: {docs: true}", "a.md", "/posts/a/"),
        ("uglyURLs: 'true'", "a.md", "/posts/a.html"),
        ("---\nuglyURLs: true\n---\nuglyURLs: false", "a.md", "/posts/a.html"),
        ("disablePathToLower: 'false'", "A.md", "/posts/a/"),
        ("defaultContentLanguageInSubdir: 'false'", "a.md", "/posts/a/"),
    ],
)
def test_how_the_site_writes_its_paths(tmp_path: Path, config: str, name: str, path: str) -> None:
    run(write(tmp_path, {"hugo.yaml": config + "\n", f"content/posts/{name}": post()}))

    assert Post.objects.get().path == path


@pytest.mark.parametrize(
    ("order", "name", "date", "path"),
    [
        ("[':filename', ':default']", "2023-01-02-one.md", "2023-01-02T00:00:00Z", "/posts/one/"),
        ("[':default', ':filename']", "2023-01-02-one.md", "2024-03-05T10:00:00+07:00", "/posts/2023-01-02-one/"),
        ("[':filename']", "2023-01-02T03-04-05-v1.2.md", "2023-01-02T03:04:05Z", "/posts/v1/"),
        ("[':filename']", "2023-01-02-a.b.c.md", "2023-01-02T00:00:00Z", "/posts/a.b/"),
        ("[':filename']", "2023-01-02.b.md", "2023-01-02T00:00:00Z", "/posts/2023-01-02.b/"),
        ("[':filename', date]", "2023-99-99-one.md", "2024-03-05T10:00:00+07:00", "/posts/2023-99-99-one/"),
        ("[':filename']", "2023-01-02-03-04-05-one.md", "2023-01-02T03:04:05Z", "/posts/one/"),
        ("[':filename']", "2023-01-02-24-04-05-one.md", "2023-01-02T00:00:00Z", "/posts/24-04-05-one/"),
        ("[':FileName', ':Default']", "2023-01-02-one.md", "2023-01-02T00:00:00Z", "/posts/one/"),
        ("[date]\n  lastmod: [':filename']", "2023-01-02-one.md", "2024-03-05T10:00:00+07:00", "/posts/one/"),
        ("[released, ':git', date]", "one.md", "2022-01-01T00:00:00Z", "/posts/one/"),
        ("[lastMod, date]", "one.md", "2021-02-26T00:00:00Z", "/posts/one/"),  # its other name is `modified`
    ],
)
def test_the_site_chooses_where_dates_stand(tmp_path: Path, order: str, name: str, date: str, path: str) -> None:
    text = post("T", released="2022-01-01", modified="2021-02-26")
    run(write(tmp_path, {"hugo.yaml": f"frontmatter:\n  date: {order}\n", f"content/posts/{name}": text}))

    made = Post.objects.get()
    assert (made.published_iso, made.path) == (date, path)


def test_an_empty_slug_leaves_the_date_of_a_name_in_the_address(tmp_path: Path) -> None:
    config = "frontmatter: {date: [':filename', ':default']}\n"
    run(write(tmp_path, {"hugo.yaml": config, "content/posts/2023-01-02-one.md": post(slug='""')}))

    assert Post.objects.get().path == "/posts/2023-01-02-one/"


@pytest.mark.parametrize(("config", "path"), [({"hugo.yaml": ""}, "/posts/a/"), ({}, "/x/")])
def test_a_permalink_is_an_address_where_no_site_of_hugos_says_otherwise(
    tmp_path: Path, config: dict[str, str], path: str
) -> None:
    run(write(tmp_path, {**config, "content/posts/a.md": post(permalink="/x/")}))

    assert Post.objects.get().path == path


def test_a_site_with_hugos_configuration_and_content_is_hugos_whatever_jekyll_left_in_it(tmp_path: Path) -> None:
    files = {
        "_config.yml": "theme: minima\n",
        "hugo.toml": "",
        "_posts/2020-01-02-old.md": post(),
        "content/_posts/2020-01-02-a.md": post("A"),
        "content/_drafts/b.md": post("B"),
    }
    run(write(tmp_path, files))

    assert sorted(paths().values()) == ["/_drafts/b/", "/_posts/2020-01-02-a/"]
    assert Post.objects.live().count() == 2


def test_a_jekyll_site_with_a_folder_named_content_stays_one(tmp_path: Path) -> None:
    run(write(tmp_path, {"_config.yml": "", "content/a.md": post(), "_posts/2020-01-02-b.md": post()}))

    assert sorted(paths()) == ["_posts/2020-01-02-b.md", "content/a.md"]


def test_a_site_that_builds_the_future_has_it_live(tmp_path: Path) -> None:
    run(write(tmp_path, {"hugo.yaml": "buildFuture: true\n", "content/a.md": "---\ndate: 2190-01-01\n---\n"}))

    assert Post.objects.live().exists()


def test_aliases_of_a_site_of_files_are_files(tmp_path: Path) -> None:
    run(
        write(tmp_path, {"hugo.yaml": "uglyURLs: true\n", "content/p/a.md": post(aliases="[/old/, b/, /c.html, ../d]")})
    )

    assert set(Redirect.objects.values_list("old_path", flat=True)) == {"/old.html", "/p/b.html", "/c.html", "/d.html"}


def test_addresses_and_aliases_of_another_language_stand_below_its_prefix(tmp_path: Path) -> None:
    files = {
        "content/posts/a.fr.md": post(url="fixe/a", aliases="[/vieux/, plus-vieux]"),
        "content/posts/b.fr.md": post(url="/sans/prefixe/"),
    }
    run(write(tmp_path, {"hugo.yaml": "languages: {en: {}, fr: {}}\n", **files}))

    assert set(paths().values()) == {"/fr/fixe/a/", "/sans/prefixe/"}
    assert set(Redirect.objects.values_list("old_path", flat=True)) == {"/fr/vieux/", "/fr/fixe/plus-vieux/"}


@pytest.mark.parametrize(
    ("setting", "html"),
    [
        ("extensions: {typographer: {disable: true}}", '<p>"A" -- b\nwww.example.org</p>'),
        ("extensions: {typographer: false}", '<p>"A" -- b\nwww.example.org</p>'),
        ("renderer: {hardWraps: true}", "<p>“A” – b<br>\n"),
        ("extensions: {linkify: false}", "<p>“A” – b\nwww.example.org</p>"),
        ("extensions: {typographer: {leftDoubleQuote: «, rightDoubleQuote: '&raquo;', enDash: —}}", "<p>«A» — b\n"),
    ],
)
def test_what_the_site_says_of_its_markdown(tmp_path: Path, setting: str, html: str) -> None:
    config = f"markup: {{goldmark: {{{setting}}}}}\n"
    run(write(tmp_path, {"hugo.yaml": config, "content/a.md": post(body='"A" -- b\nwww.example.org')}))

    shown = Post.objects.get().html
    assert shown.startswith(html.removesuffix("www.example.org</p>"))
    assert ("<a" not in shown) == ("linkify" in setting)


@pytest.mark.parametrize("key", ["autoIDType", "autoHeadingIDType"])
def test_the_site_says_what_ids_headings_have(tmp_path: Path, key: str) -> None:
    config = f"markup: {{goldmark: {{parser: {{{key}: blackfriday}}}}}}\n"
    run(write(tmp_path, {"hugo.yaml": config, "content/a.md": post(body="## main.go")}))

    assert [heading["id"] for heading in Post.objects.get().contents] == ["main-go"]


@pytest.mark.parametrize(
    ("setting", "old"),
    [
        ("removePathAccents", "/tags/y-te--suc-khoe/"),
        ("disablePathToLower", "/tags/Y-tế--Sức-khỏe/"),
    ],
)
def test_where_the_site_had_a_tag_redirects_to_it_in_every_language(
    tmp_path: Path, client: Client, setting: str, old: str
) -> None:
    config = f"{setting}: true\nlanguages: {{en: {{}}, vi: {{}}}}\n"
    tagged = post(tags="['Y tế & Sức khỏe', plain]")
    run(write(tmp_path, {"hugo.yaml": config, "content/a.md": tagged, "content/a.vi.md": tagged}))

    for prefix in ("", "/vi"):
        answer = client.get(prefix + old, follow=True)
        assert unquote(answer.redirect_chain[-1][0]) == f"{prefix}/tags/y-tế--sức-khỏe/"
        assert answer.status_code == 200
    assert list(Redirect.objects.values_list("old_path", flat=True)) == [old]


@pytest.mark.parametrize(
    ("config", "old"),
    [
        ("permalinks: {tags: '/tag/:slug/'}", "/tag/big-data/"),
        ("permalinks: {term: {tags: '/t/:title'}}", "/t/big-data/"),
        ("permalinks: {term: {tags: '/:slug/'}}", "/big-data/"),
        ("{taxonomies: {topic: topics}, permalinks: {topics: '/x/:section/:slug/'}}", "/x/topics/big-data/"),
        ("permalinks: [{target: {kind: term, path: '/tags/**'}, pattern: '/about/:slug/'}]", "/about/big-data/"),
    ],
)
def test_where_the_sites_permalinks_have_a_tag_redirects_to_it(
    tmp_path: Path, client: Client, config: str, old: str
) -> None:
    key = "topics" if "topics" in config else "tags"
    files = {f"content/posts/a{language}.md": post(**{key: "[Big Data, About]"}) for language in ("", ".vi")}
    files["content/about.md"] = post("About us")
    config = f"{config}\n" if config.startswith("{") else f"languages: {{en: {{}}, vi: {{}}}}\n{config}\n"
    assert run(write(tmp_path, {"hugo.yaml": config, **files}))[0] == 0

    for prefix in ("", *(["/vi"] if "languages" in config else [])):
        assert client.get(prefix + old)["Location"] == f"{prefix}/tags/big-data/"
    assert "About us" in client.get("/about/").content.decode()


def test_a_tags_document_is_led_to_from_where_the_permalinks_have_it(tmp_path: Path, client: Client) -> None:
    files = {
        "hugo.yaml": "taxonomies: {tag: tags, author: authors}\n"
        "permalinks: {tags: '/tag/:slug/', authors: '/author/:slug/', taxonomy: {tags: '/topics/'}}\n",
        "content/tags/_index.md": post("All"),
        "content/tags/ai/_index.md": post("Machines that think", aliases="[/old/]"),
        "content/authors/jane/_index.md": post("Jane Doe"),
        "content/a.md": post(tags="[ai]"),
    }
    assert run(write(tmp_path, files))[0] == 0

    leads = {"/tag/machines-that-think/": "/tags/ai/", "/old/": "/tags/ai/", "/topics/": "/tags/"}
    leads["/author/jane-doe/"] = "/authors/jane/"
    assert {old: client.get(old)["Location"] for old in leads} == leads


REFERENCES = (
    '{{< ref "b.md" >}} {{< ref "/news/c" >}} {{< relref "d#part" >}} {{< ref "news" >}} {{< ref path="b" lang="fr" >}}'
)


def test_a_text_shows_what_the_sites_params_say_for_its_language(tmp_path: Path) -> None:
    config = (
        "params: {Version: v1, mail: {to: a@b.c, cc: d@e.f}}\nlanguages: {en: {}, fr: {params: {mail: {to: g@h.i}}}}\n"
    )
    text = "{{< param version >}} {{% param Mail.To %}} {{< param mail.cc >}} {{< param mail >}}"
    files = {"content/a.md": post(body=text), "content/a.fr.md": post(body=text, params={"version": "own"})}
    _, printed = run(write(tmp_path, {"hugo.yaml": config, **files}))
    shown = {each.language: strip_tags(each.html).split() for each in Post.objects.all()}
    assert {language: words[:3] for language, words in shown.items()} == {
        "en": ["v1", "a@b.c", "d@e.f"],
        "fr": ["own", "g@h.i", "d@e.f"],
    }
    assert printed.count("MG4 the shortcode param: it gives nothing to show") == 2

    run(write(tmp_path, {"hugo.yaml": "params: {version: v2}\nlanguages: {en: {}, fr: {}}\n"}))
    assert strip_tags(Post.objects.get(language="en").html).split()[0] == "v2"


def test_references_lead_to_where_pages_really_stand(tmp_path: Path) -> None:
    files = {
        "hugo.yaml": "languages: {en: {}, fr: {}}\npermalinks: {news: '/:year/:slug/'}\n",
        "content/posts/a.md": post(body=REFERENCES.replace("{{<", "[x]({{<").replace(">}}", ">}})")),
        "content/posts/b.md": post(slug="other"),
        "content/posts/b.fr.md": post(slug="autre"),
        "content/news/c.md": post("See"),
        "content/docs/deep/d/index.md": post(url="/dee/"),
    }
    site = write(tmp_path, files)
    run(site)

    html = Post.objects.get(source_path="posts/a.md").html
    for path in ("/posts/other/", "/2024/see/", "/dee/#part", "/news/", "/fr/posts/autre/"):
        assert f'href="{path}"' in html
    assert "5 unchanged" in run(site)[1]
    write(site, {"content/posts/b.md": post(slug="third")})
    assert "2 updated" in run(site)[1]
    assert 'href="/posts/third/"' in Post.objects.get(source_path="posts/a.md").html


def test_a_linked_folder_of_files_leads_nowhere(tmp_path: Path) -> None:
    (tmp_path / "secret").mkdir()
    (tmp_path / "secret/backup.zip").write_bytes(b"PK\x03\x04")
    site = tmp_path / "site"
    site.mkdir()
    (site / "static").symlink_to(tmp_path / "secret")
    run(write(site, {"hugo.yaml": "title: T\n", "content/a.md": post(body="[x](/backup.zip)")}))

    assert 'href="/backup.zip"' in Post.objects.get().html


def test_a_file_by_itself_shows_the_sites_params_and_one_that_comes_later_is_shown(tmp_path: Path) -> None:
    site = write(
        tmp_path, {"hugo.yaml": "params: {v: now}\n", "content/a.md": post(body="{{< param v >}}{{< param w >}}")}
    )
    run(site)
    (site / "content/a.md").write_text((site / "content/a.md").read_text() + "More.\n")
    run(site / "content/a.md")
    assert "now" in Post.objects.get().html

    (site / "hugo.yaml").write_text("params: {v: now, w: later}\n")
    run(site)
    assert "later" in Post.objects.get().html


@pytest.mark.parametrize(
    ("value", "why"),
    [
        ("!!binary aGFsbG8=", "neither text nor number"),
        (".inf", "infinite"),
        ("0x" + "f" * 4000, "64 bits"),
        (r'"\uD800"', "surrogates"),
        (r'"a\0b"', "no text has"),
    ],
)
def test_a_configuration_of_what_no_page_can_hold_is_refused(tmp_path: Path, value: str, why: str) -> None:
    with pytest.raises(CommandError, match=why):
        run(write(tmp_path, {"hugo.yaml": f"params: {{v: {value}}}\n", "content/a.md": post()}))


def test_merged_mappings_that_grow_without_end_are_refused(tmp_path: Path) -> None:
    lines = ["a0: &a0 {k: v}"] + [f"a{n}: &a{n} {{<<: [{', '.join([f'*a{n - 1}'] * 10)}]}}" for n in range(1, 9)]
    with pytest.raises(CommandError, match="more than 50000 values"):
        run(write(tmp_path, {"hugo.yaml": "\n".join(lines), "content/a.md": post()}))


@pytest.mark.parametrize(
    ("key", "end", "is_sound"), [("published", "", False), ("cascade: {x", "}", True), ("x", "", True)]
)
def test_numbers_that_nothing_can_write_harm_no_import(tmp_path: Path, key: str, end: str, is_sound: bool) -> None:
    number = "0x" + "f" * 4000
    files = {"content/_index.md": f"---\n{key}: {number}{end}\n---\n", "content/a.md": post()}
    _, printed = run(write(tmp_path, files))

    assert ("MG103 published" in printed) is not is_sound
    assert Post.objects.filter(source_path="a.md").exists() is is_sound


@pytest.mark.parametrize("url", ["/journal/", "/journal.html", "/docs/v1.2", "/docs.x/v"])
def test_a_section_with_an_address_of_its_own_lists_its_pages_there(tmp_path: Path, client: Client, url: str) -> None:
    files = {
        "hugo.yaml": "",
        "content/posts/_index.md": post("Journal", url=url),
        "content/other/b.md": post("Elsewhere"),
        **{f"content/posts/{number}.md": post(f"Number {number}") for number in range(11)},
    }
    run(write(tmp_path, files))

    assert Post.objects.get(title="Journal").path == url
    first = client.get(url).content.decode()
    assert "Number 10" in first
    assert "Elsewhere" not in first
    later = re.findall(r'href="([^"]*/page/2/)"', first)[0]
    assert "Number 0" in client.get(later).content.decode()
    assert f'href="{url}"' in client.get(later).content.decode()
    assert "Number 10" in client.get(later.replace("page/2/", "index.xml")).content.decode()


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("/articles/", ["/articles/", "/posts/own/"]),
        ("/n/:slug/", ["/n/all-posts/", "/n/own/"]),
        ("/:sections[1:]/x", ["/x/", "/deep/x/"]),
        ("/s/:contentbasename/:filename/:year", ["/s/posts/2024/", "/s/deep/2024/"]),
        ("/s/:sectionslugs[1:]/x", ["/s/x/", "/s/own/x/"]),
        ("", ["/posts/", "/posts/own/"]),
    ],
)
def test_the_list_of_a_section_stands_where_the_permalinks_of_sections_say(
    tmp_path: Path, client: Client, pattern: str, expected: list[str]
) -> None:
    files = {
        "hugo.yaml": f"permalinks: {{page: {{posts: '/:year/:slug/'}}, section: {{posts: '{pattern}'}}}}\n",
        "content/posts/_index.md": post("All posts"),
        "content/posts/deep/_index.md": post("Deep", slug="own"),
        "content/posts/a.md": post("Number one"),
    }
    assert run(write(tmp_path, files))[0] == 0

    assert [paths()[name] for name in ("posts/_index.md", "posts/deep/_index.md")] == expected
    assert paths()["posts/a.md"] == "/2024/number-one/"
    assert "Number one" in client.get(expected[0]).content.decode()


def test_a_path_around_a_page_of_the_site_is_free_for_an_article(tmp_path: Path, client: Client) -> None:
    files = {
        "content/posts/a.md": post(url="/archives/4326"),  # as WordPress numbers its posts
        "content/media/_index.md": post("In the media"),
        "content/media/press.md": post("We are founded"),
        "content/contact/offices.md": post("Our offices"),
    }
    assert run(write(tmp_path, {"hugo.toml": "", **files}))[0] == 0

    assert client.get("/archives/4326/").status_code == 200
    assert "We are founded" in client.get("/media/").content.decode()
    assert client.get("/media/press/").status_code == client.get("/contact/offices/").status_code == 200


def test_a_page_at_a_sections_address_without_its_slash_does_not_introduce_it(tmp_path: Path) -> None:
    files = {"content/posts/a.md": post("Page", url="/v1.2"), "content/v1.2/_index.md": post("Section")}
    run(write(tmp_path, {"hugo.toml": "", **files}))

    introduction = Post.objects.introducing("/v1.2/")
    assert introduction
    assert introduction.title == "Section"


@pytest.mark.parametrize(
    ("config", "static"),
    [
        ({"hugo.toml": "baseURL = 'https://www.acme.example/blog/'\n"}, "static/"),
        ({"hugo.yaml": "languages: {en: {baseURL: 'https://acme.example/blog'}}\n"}, "static/"),
        ({"_config.yml": "url: https://acme.example\nbaseurl: /blog\n"}, ""),
    ],
)
def test_what_a_text_names_by_the_address_of_its_site_comes_along(
    tmp_path: Path, config: dict[str, str], static: str
) -> None:
    body = (
        "![A](https://acme.example/blog/up/a.png) ![B](//www.acme.example/blog/up/a.png) ![C](/blog/up/a.png)\n"
        "[D](http://acme.example/blog/up/d.csv) ![E](https://other.example/blog/up/a.png) ![F](data:up/a.png)"
    )
    name = "content/posts/a.md" if static else "_posts/2024-03-05-a.md"
    site = write(tmp_path / "site", {**config, name: post(body=body), f"{static}up/d.csv": "a,b\n"})
    Image.new("RGB", (64, 64), "navy").save(site / f"{static}up/a.png")
    run(site)

    html = Post.objects.get().html
    assert html.count('src="/media/images/a-') == 3
    assert 'href="/media/files/d-' in html
    assert 'src="https://other.example/blog/up/a.png"' in html
    assert "1 unchanged" in run(site)[1]
    out = tmp_path / "out"
    call_command("export_markdown", out, verbosity=0)
    files = {path.relative_to(out).as_posix() for path in out.rglob("*") if path.is_file()}
    assert files == {name, f"{static}up/a.png", f"{static}up/d.csv"}


@pytest.mark.parametrize("config", ['baseURL = "https://acme.example/blog/"', 'baseURL = "/blog"'])
def test_links_lose_the_place_at_which_the_site_stood_on_its_host(tmp_path: Path, config: str) -> None:
    body = '[B](/blog/posts/b/#x) [top](/blog/) [other](/blogs/) `](/blog/a)` {{< relref "b" >}} <a href="/blog/posts/b/">b</a>'
    site = write(tmp_path, {"hugo.toml": f"{config}\n", "content/posts/a.md": post(body=body)})
    _, printed = run(write(site, {"content/posts/b.md": post(title="B")}))

    html = Post.objects.get(source_path="posts/a.md").html
    assert '<a href="/posts/b/#x">B</a> <a href="/">top</a> <a href="/blogs/">other</a>' in html
    assert "<code>](/blog/a)</code> /posts/b/ " in html
    assert html.count('href="/posts/b/"') == 1
    assert [line for line in printed.splitlines() if "MG4" in line and "/blogs/" not in line] == []


def test_links_keep_what_only_the_address_of_a_language_ends_with(tmp_path: Path) -> None:
    languages = "languages: {en: {baseURL: 'https://a.example'}, vi: {baseURL: 'https://a.example/vi/'}}"
    files = {"content/a.md": post(body="[Vietnamese](/vi/a/)"), "content/a.vi.md": post()}
    run(write(tmp_path, {"hugo.yaml": f"defaultContentLanguage: en\n{languages}\n", **files}))

    assert 'href="/vi/a/"' in Post.objects.get(path="/a/").html


@pytest.mark.parametrize("target", ["b.md", "nowhere.md", "../secret.md"])
def test_a_link_in_a_site_is_passed_over_as_hugo_does(tmp_path: Path, target: str) -> None:
    site = write(tmp_path, {"hugo.yaml": "title: T\n", "content/b.md": post("B"), "secret.md": post("Secret")})
    (site / "content/a.md").symlink_to(target)
    status, printed = run(site)

    assert status == 0
    assert "content/a.md:1:1: MG108 left out, for it is a link, which Hugo passes over" in printed
    assert [*paths()] == ["b.md"]


@pytest.mark.parametrize(
    ("link", "leads"),
    [
        ("b.md", "/p/new/"),
        ("./b.md?x=1#h", "/p/new/?x=1#h"),
        ("/p/b.md", "/p/new/"),
        ("../q/c.md#x", "/q/c/#x"),
        ("<../q/my page.md>", "/q/my-page/"),
        ("../q/e/index.md", "/q/e/"),
        ("../q/_index.md", "/q/"),
        ("none.md", "none.md"),
        ("../../b.md", "../../b.md"),
        ("b", "b"),
    ],
)
def test_a_link_to_a_file_of_a_hugo_site_leads_to_its_page(tmp_path: Path, link: str, leads: str) -> None:
    files = {"p/b": "slug: new", "q/c": "", "q/my page": "", "q/e/index": "", "q/_index": ""}
    texts = {f"content/{name}.md": f"---\ntitle: T\n{said}\n---\nText.\n" for name, said in files.items()}
    site = write(tmp_path, {"hugo.yaml": "title: T\n", "content/p/a.md": post(body=f"[x]({link})"), **texts})
    run(site)

    assert f'href="{leads}"' in Post.objects.get(path="/p/a/").html


def test_a_link_to_a_file_follows_its_page_and_stays_in_code_and_html(tmp_path: Path) -> None:
    body = "[x](b.md) `[x](b.md)` <a href='b.md'>y</a>\n\n```\n[x](b.md)\n```\n"
    site = write(tmp_path, {"hugo.yaml": "title: T\n", "content/a.md": post(body=body), "content/b.md": post()})
    run(site)
    write(site, {"content/b.md": post(slug="new")})
    _, printed = run(site)

    html = Post.objects.get(path="/a/").html
    assert "2 updated" in printed
    assert re.findall('href="([^"]*)"', html) == ["/new/", "b.md"]
    assert html.count("[x](b.md)") == 2


def test_a_link_to_a_file_stays_in_its_language(tmp_path: Path) -> None:
    config = "languages: {en: {weight: 1}, vi: {weight: 2}}\n"
    files = {f"content/{name}.md": post(body="[b](b.md) [c](c.md)") for name in ("a", "a.vi", "b", "b.vi", "c")}
    run(write(tmp_path, {"hugo.yaml": config, **files}))

    found = {path: re.findall('href="([^"]*)"', html) for path, html in Post.objects.values_list("path", "html")}
    assert found["/a/"] == ["/b/", "/c/"]
    assert found["/vi/a/"] == ["/vi/b/", "c.md"]
