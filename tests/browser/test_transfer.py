"""Files in, files out, and who did what: as an editor without a command line does it."""

import io
import zipfile
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from accounts.models import User
from posts.models import Post
from tests.browser.axe import LOOKS, violations
from tests.browser.conftest import press, send, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

TRIAL = b"---\ntitle: 'Reading a trial'  # kept\ndate: 2024-06-13\n---\n\nText without a [home](/posts/gone/).\n"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A zip of a small Hugo site, one of whose files has no sound date."""
    path = tmp_path / "site.zip"
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("hugo.toml", "title = 'A site'\n")
        packed.writestr("content/posts/trial.md", TRIAL)
        packed.writestr("content/posts/later.md", "---\ntitle: Later\ndate: someday\n---\n")
    return path


@pytest.mark.parametrize("width", [1280, 390])
def test_a_site_comes_in_is_written_on_and_goes_out_and_its_history_says_by_whom(
    page: Page, live_server: LiveServer, editor: User, site: Path, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    sign_in(page, live_server)
    page.goto(f"{live_server.url}/admin/posts/post/")
    page.get_by_role("link", name="Import Markdown").click()
    page.get_by_label("Files").set_input_files(site)
    send(page, "Show what it would do")
    expect(page.get_by_role("row", name="posts/trial.md")).to_contain_text("created")
    expect(page.get_by_role("row", name="posts/trial.md")).to_contain_text("/posts/gone/, where nothing stands")
    expect(page.get_by_role("row", name="posts/later.md")).to_contain_text("someday is not a date that can be read")
    assert not Post.objects.exists()

    page.get_by_role("link", name="Choose other files").click()
    page.get_by_label("Files").set_input_files({"name": "trial.md", "mimeType": "text/markdown", "buffer": TRIAL})
    send(page, "Show what it would do")
    send(page, "Import these")
    expect(page.get_by_role("link", name="/posts/trial/")).to_be_visible()
    page.goto(f"{live_server.url}/admin/posts/post/")
    page.get_by_role("link", name="Reading a trial").click()
    page.get_by_label("Title").fill("How to read a trial")
    send(page, "Save draft")
    page.get_by_role("link", name="History").click()

    expect(page.get_by_role("row", name="Draft saved; readers see no change")).to_contain_text("mai")
    expect(page.get_by_role("row", name="Imported from a file")).to_contain_text("mai")

    page.goto(f"{live_server.url}/admin/posts/post/")
    page.get_by_role("row", name="Reading a trial").get_by_role("checkbox").check()
    page.locator("select[name=action]").select_option(label="Export as Markdown (zip)")
    with page.expect_download() as download:
        press(page, "Go")
    with zipfile.ZipFile(io.BytesIO(Path(download.value.path()).read_bytes())) as packed:
        written = TRIAL.replace(b"Reading a trial", b"How to read a trial")
        assert [packed.read(name) for name in packed.namelist()] == [written]


@pytest.mark.parametrize(("width", "scheme"), LOOKS)
def test_axe_finds_nothing_in_the_plan(
    browser: Browser, live_server: LiveServer, editor: User, site: Path, width: int, scheme: Any
) -> None:
    context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme)
    page = context.new_page()
    sign_in(page, live_server)
    page.goto(f"{live_server.url}/admin/posts/post/import/")
    page.get_by_label("Files").set_input_files(site)
    send(page, "Show what it would do")
    expect(page.get_by_role("row", name="posts/trial.md")).to_be_visible()

    assert violations(page) == []
    assert not page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
    context.close()


@pytest.mark.parametrize(("page_of", "form"), [("post/import/", "form[data-drop]"), ("image/", ".upload-images")])
def test_files_may_be_dropped_anywhere_on_the_form(
    page: Page, live_server: LiveServer, editor: User, page_of: str, form: str
) -> None:
    sign_in(page, live_server)
    page.goto(f"{live_server.url}/admin/posts/{page_of}")
    left_alone = page.locator(form).evaluate(
        """form => {
            const files = new DataTransfer();
            files.items.add(new File(["x"], "site.zip"));
            files.items.add(new File(["x"], "more.md"));
            const send = (kind) =>
                form.dispatchEvent(new DragEvent(kind, { dataTransfer: files, bubbles: true, cancelable: true }));
            return [send("dragover"), send("drop")];
        }"""
    )

    assert left_alone == [False, False]  # the browser would open the file in place of the page
    chosen = page.locator(f"{form} input[type=file]").evaluate("input => [...input.files].map((file) => file.name)")
    assert chosen == ["site.zip", "more.md"]
    expect(page.locator(".drop-here")).to_have_count(0)
