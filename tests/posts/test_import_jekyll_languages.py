"""Jekyll sites in several languages, by the two plugins that make them."""

from pathlib import Path

import pytest

from posts.models import Post
from tests.support.commands import import_markdown as run
from tests.support.sites import paths, post, write

POLYGLOT = "plugins: [jekyll-polyglot]\nlanguages: [en, de, pt-BR]\ndefault_lang: en\npermalink: pretty\n"


def languages() -> dict[str, tuple[str, str]]:
    return {each.source_path: (each.path, each.language) for each in Post.objects.all()}


@pytest.mark.django_db
def test_a_document_that_says_its_language_stands_below_it(tmp_path: Path) -> None:
    """Where the plugin polyglot puts them, whatever their addresses say already."""
    config = POLYGLOT + "include: [_pages]\ndefaults: [{scope: {path: _posts/br}, values: {lang: pt-br}}]\n"
    files = {
        "_posts/2024-01-05-a.md": post(),
        "_posts/de/2024-01-05-a.md": post(lang="de", redirect_from="/alt/", body="[a]({% post_url 2024-01-05-a %})"),
        "_posts/br/2024-01-05-a.md": post(),
        "_posts/2024-01-06-b.en.md": post(lang="en"),
        "_pages/team.md": post(permalink="/team/"),
        "_pages/team-de.md": post(permalink="/team/", lang="DE"),
        "de/more.md": post(lang="de"),
        "fr.md": post(lang="fr"),
    }
    status, printed = run(write(tmp_path, {"_config.yml": config, **files}))

    assert status == 0, printed
    assert languages() == {
        "_posts/2024-01-05-a.md": ("/2024/03/05/a/", "en"),
        "_posts/de/2024-01-05-a.md": ("/de/2024/03/05/a/", "de"),
        "_posts/br/2024-01-05-a.md": ("/pt-BR/2024/03/05/a/", "pt-br"),
        "_posts/2024-01-06-b.en.md": ("/2024/03/05/b.en/", "en"),
        "_pages/team.md": ("/team/", "en"),
        "_pages/team-de.md": ("/de/team/", "de"),
        "de/more.md": ("/de/de/more/", "de"),
        "fr.md": ("/fr/", "en"),
    }
    german = Post.objects.get(source_path="_posts/de/2024-01-05-a.md")
    assert german.aliases == ["/de/alt/"]
    assert 'href="/de/2024/03/05/a/"' in german.html


@pytest.mark.django_db
def test_documents_with_one_address_but_for_the_language_are_translations(tmp_path: Path) -> None:
    files = {
        "a.md": post(permalink="/a/"),
        "a-de.md": post(permalink="/a/", lang="de"),
        "b.en.md": post(lang="en"),
        "de/b.md": post(lang="de"),
        "c.md": post(page_id="c"),
        "tschau.md": post(page_id="c", lang="de"),
    }
    run(write(tmp_path, {"_config.yml": POLYGLOT, **files}))

    keys = dict(Post.objects.values_list("source_path", "translation_key"))
    assert keys["a.md"] == keys["a-de.md"] == "/a/"
    assert keys["b.en.md"] == keys["de/b.md"] == "/b/"
    assert keys["c.md"] == keys["tschau.md"] == "c"


@pytest.mark.django_db
def test_a_language_may_be_looked_for_in_the_path(tmp_path: Path) -> None:
    files = {"_posts/de/2024-01-05-a.md": post(), "b.de.md": post(), "de/c.md": post(lang="en"), "made/d.md": post()}
    run(write(tmp_path, {"_config.yml": POLYGLOT + "lang_from_path: true\n", **files}))

    assert {file: language for file, (_, language) in languages().items()} == {
        "_posts/de/2024-01-05-a.md": "de",
        "b.de.md": "de",
        "de/c.md": "en",
        "made/d.md": "en",
    }


@pytest.mark.django_db
@pytest.mark.parametrize(("more", "first"), [("", "/"), ("default_locale_in_subfolder: true\n", "/it/")])
def test_a_languages_posts_lie_in_its_folder_of_translations(tmp_path: Path, more: str, first: str) -> None:
    """Of the plugin jekyll-multiple-languages; what else has the folder are parts of pages."""
    config = "gems: [jekyll-multiple-languages-plugin]\nlanguages: [it, en]\npermalink: /:categories/:title/\n" + more
    files = (
        *("_i18n/it/_posts/2024-01-05-a.md", "_i18n/en/_posts/2024-01-05-a.md", "_i18n/en/_posts/x/2024-01-06-b.md"),
        *("_i18n/en/footer.md", "_i18n/en/about/text.md", "_i18n/ru/_posts/2024-01-05-a.md", "team.md"),
    )
    status, _ = run(write(tmp_path, {"_config.yml": config, **{name: post() for name in files}}))

    assert status == 0
    assert languages() == {
        "_i18n/it/_posts/2024-01-05-a.md": (f"{first}a/", "it"),
        "_i18n/en/_posts/2024-01-05-a.md": ("/en/a/", "en"),
        "_i18n/en/_posts/x/2024-01-06-b.md": ("/en/b/", "en"),
        "team.md": (f"{first}team/", "it"),
    }
    assert Post.objects.filter(translation_key="_posts/2024-01-05-a").count() == 2


@pytest.mark.django_db
def test_what_is_called_languages_without_such_a_plugin_changes_nothing(tmp_path: Path) -> None:
    config = "languages: [en, de]\npermalink: pretty\n"
    run(write(tmp_path, {"_config.yml": config, "a.md": post(lang="de"), "b.en.md": post()}))

    assert paths() == {"a.md": "/a/", "b.en.md": "/b.en/"}


@pytest.mark.django_db
@pytest.mark.parametrize("code", ["../../../secret", "/secret", "a/../../../../secret"])
def test_a_language_is_no_path_that_leads_out_of_the_site(tmp_path: Path, code: str) -> None:
    """What lies there would be stored as a file that everybody may fetch."""
    (tmp_path / "secret").mkdir()
    (tmp_path / "secret/backup.zip").write_bytes(b"PK\x03\x04")
    config = f"languages: [en, '{code.replace('/secret', f'{tmp_path}/secret') if code[0] == '/' else code}']\n"
    files = {"_config.yml": config, "_i18n/en/_posts/2024-01-05-a.md": post(body="[x](/backup.zip)")}
    site = tmp_path / "around/site"
    site.mkdir(parents=True)
    run(write(site, files))

    assert 'href="/backup.zip"' in Post.objects.get().html
