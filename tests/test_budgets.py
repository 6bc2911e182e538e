"""What the demo article weighs as it is served: compressed, with the static files of production. In bytes."""

import gzip
import re
from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import Client
from pytest_django import Settings

from cms.static_files import without_comments

FIXTURES = Path(__file__).resolve().parents[1] / "fixtures"
ARTICLE = "/posts/leveraging-ai-for-personalized-medicine-in-pharma/"
PAPERMOD = 12_100  # the first view of the same article with Hugo's theme PaperMod
LINKED = re.compile(r'<(?:link[^>]*rel="stylesheet"[^>]*href|script[^>]*src)="/static/([^"]+)"')


@pytest.fixture
def page(client: Client, settings: Settings, tmp_path: Path) -> str:
    """The article's HTML, with links to static files that stand in `STATIC_ROOT`."""
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = settings.STORAGES | {"staticfiles": {"BACKEND": "cms.static_files.LeanStaticFilesStorage"}}
    call_command("collectstatic", interactive=False, verbosity=0)
    call_command("import_markdown", str(FIXTURES), verbosity=0)
    return client.get(ARTICLE).content.decode()


def weights(page: str, root: Path) -> dict[str, int]:
    """Bytes by kind."""
    bytes_of = {"html": len(gzip.compress(page.encode())), "css": 0, "js": 0}
    for name in LINKED.findall(page):
        packed = root / f"{name}.gz"
        bytes_of[name.rpartition(".")[2]] += (packed if packed.exists() else root / name).stat().st_size
    return bytes_of


@pytest.mark.django_db
def test_the_article_is_lighter_than_its_budget(page: str, settings: Settings) -> None:
    weight = weights(page, Path(settings.STATIC_ROOT))

    assert 1_000 < weight["html"] <= 7_500, weight
    assert 1_000 < weight["css"] <= 5_000, weight
    assert 500 < weight["js"] <= 3_000, weight
    assert sum(weight.values()) < PAPERMOD, weight


@pytest.mark.pure
def test_only_comments_and_indentation_are_left_out() -> None:
    css = '/* Tokens,\n   then elements */\na {\n  color: red; /* why */\n\n  content: "\\2713";\n}\n'
    js = '/* What */\nconst a = 1;\n\n  // why\n  const b = "https://example.org/";\n'

    assert without_comments(css) == 'a {\ncolor: red;\ncontent: "\\2713";\n}'
    assert without_comments(js) == 'const a = 1;\nconst b = "https://example.org/";'
