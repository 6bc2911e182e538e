"""What the demo article weighs as it is served: compressed, with the static files of production. In bytes."""

import gzip
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from pytest_django import Settings

from cms.static_files import without_comments

FIXTURES = Path(__file__).resolve().parents[1] / "fixtures"
ARTICLE = "/posts/leveraging-ai-for-personalized-medicine-in-pharma/"
PAPERMOD = 12_100  # the first view of the same article with Hugo's theme PaperMod
LINKED = re.compile(r'<(?:link[^>]*rel="stylesheet"[^>]*href|script[^>]*src)="/static/([^"]+)"([^>]*)')


@pytest.fixture
def page(client: Client, settings: Settings, tmp_path: Path) -> Any:
    """The article as browsers ask for it, with links to static files that stand in `STATIC_ROOT`."""
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = settings.STORAGES | {"staticfiles": {"BACKEND": "cms.static_files.LeanStaticFilesStorage"}}
    call_command("collectstatic", interactive=False, verbosity=0)
    call_command("import_markdown", str(FIXTURES), verbosity=0)
    return client.get(ARTICLE, headers={"Accept-Encoding": "gzip, deflate"})


def weights(page: Any, root: Path) -> Counter[str]:
    """Bytes by kind. The page is seen before modules run and without what is for paper, which wait for all the rest."""
    assert page["Content-Encoding"] == "gzip"
    bytes_of = Counter({"html": len(page.content)})
    for name, attributes in LINKED.findall(gzip.decompress(page.content).decode()):
        packed = root / f"{name}.gz"
        kind = (
            "paper" if 'media="print"' in attributes else "module" if "module" in attributes else name[-3:].strip(".")
        )
        bytes_of[kind] += (packed if packed.exists() else root / name).stat().st_size
    return bytes_of


@pytest.mark.django_db
def test_the_article_is_lighter_than_its_budget(page: Any, settings: Settings) -> None:
    weight = weights(page, Path(settings.STATIC_ROOT))

    assert 1_000 < weight["html"] <= 7_500, weight
    assert 1_000 < weight["css"] + weight["paper"] <= 5_000, weight
    assert 0 < weight["js"] < weight["js"] + weight["module"] <= 3_000, weight
    assert weight["html"] + weight["css"] + weight["js"] < PAPERMOD, weight


@pytest.mark.django_db
def test_pictures_go_as_they_are(client: Client, settings: Settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path
    (tmp_path / "images").mkdir()
    (tmp_path / "images" / "a.webp").write_bytes(b"RIFF" * 200)
    response: Any = client.get("/media/images/a.webp", headers={"Accept-Encoding": "gzip"})

    assert b"".join(response.streaming_content) == b"RIFF" * 200
    assert "Content-Encoding" not in response


@pytest.mark.pure
def test_only_comments_and_indentation_are_left_out() -> None:
    css = '/* Tokens,\n   then elements */\na {\n  color: red; /* why */\n\n  content: "\\2713";\n}\n'
    js = '/* What */\nconst a = 1;\n\n  // why\n  const b = "https://example.org/";\n'

    assert without_comments(css) == 'a {\ncolor: red;\ncontent: "\\2713";\n}'
    assert without_comments(js) == 'const a = 1;\nconst b = "https://example.org/";'
