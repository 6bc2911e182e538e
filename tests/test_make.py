"""The project as a newcomer meets it: a fresh clone, `make run`, a browser pointed at the address."""

import os
import re
import shutil
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

pytestmark = [pytest.mark.e2e, pytest.mark.pure]

ROOT = Path(__file__).resolve().parents[1]
ARTICLE = "/posts/leveraging-ai-for-personalized-medicine-in-pharma/"
START_SECONDS = 300  # that a slow network may need for the dependencies
SETTINGS = (
    "VAR_DIR",
    "SITE_URL",
    "DATABASE_URL",
    "REDIS_URL",
    "CLOUDINARY_URL",
    "EMAIL_URL",
    "TEST_DATABASE",
    "MAKEFLAGS",
    "MAKELEVEL",
)


@dataclass(frozen=True)
class Clone:
    """A fresh copy of what git would commit, and the address at which its `make run` serves."""

    folder: Path
    port: int
    printed: Path

    def get(self, path: str) -> str:
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=10) as response:
            return str(response.read(), "utf-8")


def environment() -> dict[str, str]:
    return {
        name: value for name, value in os.environ.items() if name not in SETTINGS and not name.startswith("DJANGO_")
    }


def copy_of_the_tree(target: Path) -> None:
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    for name in filter(None, listed.stdout.decode().split("\0")):
        if (ROOT / name).is_file():
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, target / name)


@pytest.fixture(scope="module")
def clone(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Clone]:
    folder = tmp_path_factory.mktemp("clone")
    copy_of_the_tree(folder)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    clone = Clone(folder, port, folder.parent / "printed.txt")
    with clone.printed.open("w") as output:
        process = subprocess.Popen(
            ["make", "run", f"PORT={port}"],
            cwd=folder,
            env=environment(),
            stdout=output,
            stderr=output,
            start_new_session=True,
        )
        try:
            wait_until_it_serves(clone, process)
            yield clone
        finally:
            os.killpg(process.pid, signal.SIGTERM)
            process.wait(timeout=20)


def wait_until_it_serves(clone: Clone, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if process.poll() is not None:
            pytest.fail(clone.printed.read_text())
        try:
            clone.get("/healthz")
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.2)
        else:
            return
    pytest.fail(f"not serving after {START_SECONDS} s: {clone.printed.read_text()}")


def test_the_article_is_served(clone: Clone) -> None:
    page = clone.get(ARTICLE)

    assert "<title>Leveraging AI for Personalized Medicine in Pharma" in page
    assert 'datetime="2024-06-13T12:00:00+07:00"' in page
    assert all(ARTICLE in clone.get(path) for path in ("/", "/tags/ai/", "/index.xml", "/sitemap.xml"))


def test_static_files_are_served_compressed_under_names_that_never_change(clone: Clone) -> None:
    stylesheet = re.search(r'href="(/static/css/site\.\w+\.css)"', clone.get("/"))
    assert stylesheet
    request = urllib.request.Request(
        f"http://127.0.0.1:{clone.port}{stylesheet[1]}", headers={"Accept-Encoding": "gzip"}
    )
    with urllib.request.urlopen(request, timeout=10) as response:
        assert response.headers["Content-Encoding"] == "gzip"
        assert "immutable" in response.headers["Cache-Control"]


def test_the_demo_editors_password_is_printed(clone: Clone) -> None:
    assert re.search(r"as editor, password \S{12}", clone.printed.read_text())


def test_the_secret_key_is_for_its_owner_alone(clone: Clone) -> None:
    assert (clone.folder / "var" / "secret_key").stat().st_mode & 0o777 == 0o600


def test_setting_up_again_changes_nothing(clone: Clone) -> None:
    again = subprocess.run(
        ["make", "site"], cwd=clone.folder, env=environment(), capture_output=True, text=True, check=True
    )
    imported = subprocess.run(
        [".venv/bin/python", "manage.py", "import_markdown", "fixtures"],
        cwd=clone.folder,
        env=environment(),
        capture_output=True,
        text=True,
        check=True,
    )

    assert "password" not in again.stdout
    assert imported.stdout.startswith("1 files: 0 created, 0 updated, 1 unchanged")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DATABASE_URL", "nonsense"),
        ("DJANGO_DEBUG", "perhaps"),
        ("SITE_URL", "example.org"),
        ("EMAIL_URL", "x"),
        ("CLOUDINARY_URL", "x"),
    ],
)
def test_a_value_that_cannot_be_used_stops_the_start_with_one_line(clone: Clone, name: str, value: str) -> None:
    refused = subprocess.run(
        [".venv/bin/python", "manage.py", "check"],
        cwd=clone.folder,
        env=environment() | {name: value},
        capture_output=True,
        text=True,
        check=False,
    )

    assert refused.returncode != 0
    (line,) = refused.stderr.strip().splitlines()
    assert line.startswith(f"{name}: ")
