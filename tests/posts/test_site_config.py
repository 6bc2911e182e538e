"""Whose configuration a folder's is, and what it says where it says it in an odd way."""

from pathlib import Path

import pytest

from posts.importing.config_files import ConfigError
from posts.importing.site_config import MOST_LANGUAGES, read_config
from posts.importing.walk import walk
from tests.support.sites import write

pytestmark = pytest.mark.pure

OF_ZOLA, OF_HUGO = ("taxonomies.tags",), ("tags",)


@pytest.mark.parametrize(
    ("files", "tags"),
    [
        ({"config.toml": "base_url = '/'"}, OF_ZOLA),
        ({"config.toml": "base_url = '/'\nbaseURL = '/'"}, OF_HUGO),
        ({"hugo.toml": "base_url = '/'", "config.toml": ""}, OF_HUGO),
        ({"config.yaml": "base_url: /"}, OF_HUGO),
        ({"config.toml": "title = 'S'"}, OF_HUGO),
    ],
)
def test_a_configuration_is_zolas_only_where_nothing_in_it_is_hugos(
    tmp_path: Path, files: dict[str, str], tags: tuple[str, ...]
) -> None:
    config = read_config(write(tmp_path, {"content/a.md": "", **files}))

    assert config.languages[config.default_language].tag_keys == tags


@pytest.mark.parametrize(
    ("files", "tool"),
    [
        ({"_config.yml": "", "_posts/2024-01-02-a.md": "", "config.toml": "baseURL = '/'"}, "jekyll"),
        ({"_config.yml": "", "_posts/2024-01-02-a.md": "", "source/_posts/b.md": ""}, "jekyll"),
        ({"_config.yml": "", "content/a.md": "", "hugo.toml": ""}, "hugo"),
        ({"_config.yml": ""}, "jekyll"),
        ({"_posts/2024-01-02-a.md": ""}, "jekyll"),
        ({"_config.yml": "", "source/_posts/a.md": ""}, "hexo"),
        ({"_config.yml": "source: source", "source/_posts/a.md": ""}, "jekyll"),
        ({"_config.yml": "collections_dir: source", "source/_posts/a.md": ""}, "jekyll"),
        ({"source/_posts/a.md": ""}, ""),
    ],
)
def test_a_site_is_of_the_tool_whose_folders_it_has(tmp_path: Path, files: dict[str, str], tool: str) -> None:
    config = read_config(write(tmp_path, files))
    is_hugos = config.configured and not config.jekyll

    assert tool == ("hexo" if config.hexo else "jekyll" if config.jekyll else "hugo" if is_hugos else "")


def test_a_default_language_is_read_in_any_case(tmp_path: Path) -> None:
    config = read_config(write(tmp_path, {"hugo.yaml": "defaultContentLanguage: VI\nlanguages: {vi: {}, en: {}}"}))

    assert (config.default_language, config.languages["vi"].prefix) == ("vi", "/")


def test_a_default_language_that_the_site_does_not_have_says_nothing_of_its_sections(tmp_path: Path) -> None:
    said = "defaultContentLanguage: de\nlanguages: {en: {}}\nparams: {mainSections: [news]}"

    assert read_config(write(tmp_path, {"hugo.yaml": said})).main_sections == ("news",)


@pytest.mark.parametrize("said", ["enableInlineShortcodes: true", "security: {enableInlineShortcodes: true}"])
def test_shortcodes_in_a_text_may_be_allowed_at_the_top_or_under_security(tmp_path: Path, said: str) -> None:
    assert read_config(write(tmp_path / "with", {"hugo.yaml": said})).inline_shortcodes
    assert not read_config(write(tmp_path / "without", {"hugo.yaml": "title: S"})).inline_shortcodes


def test_a_site_has_as_many_languages_as_are_allowed_and_no_more(tmp_path: Path) -> None:
    def languages(number: int) -> Path:
        said = "".join(f"  l{each}: {{}}\n" for each in range(number))
        return write(tmp_path, {"hugo.yaml": f"languages:\n{said}"})

    assert len(read_config(languages(MOST_LANGUAGES)).languages) == MOST_LANGUAGES
    with pytest.raises(ConfigError, match="201 languages; the limit is 200"):
        read_config(languages(MOST_LANGUAGES + 1))


def test_a_file_below_a_folder_that_is_not_its_sites_content_is_placed_by_its_folders(tmp_path: Path) -> None:
    said = "contentDir: pages\npermalinks: {posts: '/:year/:slug/'}"
    file = write(tmp_path, {"hugo.yaml": said, "content/posts/a.md": "", "pages/b.md": ""}) / "content/posts/a.md"
    (found,) = walk([file])

    assert (found.source.page, found.source.pattern, found.source.hugo) == ("posts/a.md", "", False)
