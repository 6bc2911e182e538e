"""Pictures that are dropped, pasted or chosen while a post is written, in a real browser."""

import base64
import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from accounts.models import User
from posts.models import Post, Revision
from tests.browser.axe import LOOKS, violations
from tests.browser.conftest import body, sign_in
from tests.browser.test_pasting import note, section, text, write
from tests.posts.images.pictures import drawing, encoded
from tests.support.admin import ADD
from tests.support.cloudinary import Cloudinary, Fault
from tests.support.writing import write_post

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("media")]

GIVE = """
([kind, html, files]) => {
  const data = new DataTransfer();
  if (html) data.setData("text/html", html);
  for (const [name, type, base64] of files) {
    const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
    data.items.add(new File([bytes], name, { type }));
  }
  const input = document.querySelector(".CodeMirror [contenteditable]");
  const how = { bubbles: true, cancelable: true };
  const place = input.getBoundingClientRect();
  input.dispatchEvent(kind === "paste"
    ? new ClipboardEvent("paste", { ...how, clipboardData: data })
    : new DragEvent("drop", { ...how, dataTransfer: data, clientX: place.x + 5, clientY: place.y + 5 }));
}
"""
PNG = encoded(drawing(64, 36), "PNG").getvalue()


@pytest.fixture
def refused(context: BrowserContext, live_server: LiveServer, editor: User) -> Page:
    """The same where the server will say no, which browsers log as an error."""
    page = context.new_page()
    sign_in(page, live_server)
    page.goto(live_server.url + ADD)
    return page


def give(page: Page, kind: str, *names: str, html: str = "", data: bytes = PNG, mime: str = "image/png") -> None:
    """Pastes or drops files of these names."""
    page.evaluate(GIVE, [kind, html, [[name, mime, base64.b64encode(data).decode()] for name in names]])


def dialog(page: Page) -> Locator:
    return page.get_by_role("dialog", name="Describe the picture")


def describe(page: Page, alt: str, caption: str = "") -> None:
    expect(dialog(page)).to_be_visible()
    dialog(page).get_by_label("Alternative text").fill(alt)
    dialog(page).get_by_label("Caption").fill(caption)
    dialog(page).get_by_role("button", name="Insert").click()


def expect_text(page: Page, pattern: Any) -> None:
    expect(page.locator("#id_body")).to_have_value(pattern)


def matching(pattern: str) -> Any:
    """A text in which URL stands for the address of a picture that was kept."""
    return re.compile("^" + re.escape(pattern).replace("URL", r"/media/images/[\w-]+-64x36\.png") + "$")


@pytest.mark.parametrize("kind", ["paste", "drop"])
def test_a_picture_is_uploaded_described_and_shown(writing: Page, live_server: LiveServer, kind: str) -> None:
    write(writing, "Before.")
    give(writing, kind, "Market map.png")
    expect(dialog(writing)).to_be_visible()
    expect(dialog(writing).get_by_label("Alternative text")).to_be_focused()
    shown = dialog(writing).locator("img")
    assert shown.evaluate("image => image.decode().then(() => image.naturalWidth)") == 64
    describe(writing, "A map of [all] markets", 'Sales in "2024"')

    expect_text(writing, matching('Before.\n\n![A map of \\[all\\] markets](URL "Sales in \\"2024\\"")\n'))
    expect(body(writing)).to_be_focused()
    writing.get_by_label("Title").fill("With a picture")
    writing.get_by_role("button", name="Publish", exact=True).click()
    writing.get_by_role("button", name="Publish anyway").click()
    expect(writing.get_by_text("Published: readers see it now.")).to_be_visible()
    writing.goto(live_server.url + Post.objects.get().path)
    picture = writing.get_by_role("img", name="A map of [all] markets")
    expect(picture).to_be_visible()
    expect(writing.get_by_role("figure")).to_contain_text('Sales in "2024"')


def test_decoration_is_a_choice(writing: Page) -> None:
    give(writing, "drop", "line.png")
    dialog(writing).get_by_role("button", name="Insert").click()
    expect(dialog(writing)).to_be_visible()  # neither described nor decoration
    dialog(writing).get_by_label("Decorative").check()
    dialog(writing).get_by_role("button", name="Insert").click()

    expect_text(writing, matching('<img src="URL" alt="">\n'))


def test_a_picture_can_be_described_later(writing: Page) -> None:
    give(writing, "drop", "line.png")
    expect(dialog(writing)).to_be_visible()
    writing.keyboard.press("Escape")

    expect_text(writing, matching("![](URL)\n"))


def test_several_pictures_are_asked_for_one_after_the_other(writing: Page) -> None:
    write(writing, "Before.\n", "After.")
    writing.evaluate("document.querySelector('.CodeMirror').CodeMirror.setCursor(0, 3)")
    give(writing, "paste", "one.png", "two.png")
    describe(writing, "One")
    describe(writing, "Two")

    expect(dialog(writing)).to_be_hidden()
    expect_text(writing, matching("Before.\n\n![One](URL)\n\n![Two](URL)\n\nAfter."))
    writing.keyboard.press("Control+z")
    expect_text(writing, "Before.\nAfter.")


def test_several_pictures_are_named_and_can_all_be_described_later(writing: Page) -> None:
    give(writing, "drop", "one.png", "two.png", "three.png")
    describe(writing, "One")
    expect(dialog(writing)).to_have_accessible_description("two.png More follow: 1")
    dialog(writing).get_by_role("button", name="Describe all later").click()

    expect_text(writing, matching("![One](URL)\n\n![](URL)\n\n![](URL)\n"))
    expect(dialog(writing)).to_be_hidden()
    expect(body(writing)).to_be_focused()
    give(writing, "drop", "four.png")
    expect(dialog(writing)).to_have_accessible_description("four.png")
    expect(dialog(writing).get_by_role("button", name="Describe all later")).to_be_hidden()


def test_the_button_chooses_pictures(writing: Page, tmp_path: Path) -> None:
    picture = tmp_path / "chosen.png"
    picture.write_bytes(PNG)
    with writing.expect_file_chooser() as choosing:
        writing.get_by_role("button", name="Image", exact=True).click()
    assert choosing.value.is_multiple()
    choosing.value.set_files(picture)
    describe(writing, "Chosen")

    expect_text(writing, matching("![Chosen](URL)\n"))


def test_a_picture_that_is_copied_is_uploaded_not_linked(writing: Page) -> None:
    give(
        writing, "paste", "image.png", html='<meta charset="utf-8"><img src="https://other.example/a.png" alt="A map">'
    )
    expect(dialog(writing).get_by_label("Alternative text")).to_have_value("A map")
    dialog(writing).get_by_role("button", name="Insert").click()

    expect_text(writing, matching("![A map](URL)\n"))


def test_what_word_shows_as_a_picture_too_is_pasted_as_text(writing: Page) -> None:
    give(
        writing, "paste", "image.png", html="<table><tr><td>a</td><td>b</td></tr><tr><td>1</td><td>2</td></tr></table>"
    )

    expect_text(writing, "| a | b |\n| --- | --- |\n| 1 | 2 |")


def test_pictures_in_what_is_pasted_are_uploaded(writing: Page) -> None:
    data = base64.b64encode(PNG).decode()
    give(writing, "paste", html=f"<h2>A</h2><p><img src='data:image/png;base64,{data}' alt='Known'></p><p>b</p>")
    expect(dialog(writing).get_by_label("Alternative text")).to_have_value("Known")
    describe(writing, "Better")

    expect_text(writing, matching("## A\n\n![Better](URL)\n\nb"))


def test_a_refused_picture_says_why_and_keeps_the_text(refused: Page) -> None:
    write(refused, "Long work.")
    give(refused, "drop", "drawing.svg", data=b"<svg xmlns='http://www.w3.org/2000/svg'></svg>", mime="image/svg+xml")
    expect(section(refused).get_by_role("alert")).to_contain_text("This is an SVG drawing, which may hold scripts.")
    section(refused).get_by_role("button", name="Cancel").click()

    expect(section(refused).get_by_role("listitem")).to_have_count(0)
    assert text(refused).strip() == "Long work."
    expect(note(refused)).to_have_text("Not uploaded: drawing.svg")


def test_a_failed_upload_can_be_tried_again(refused: Page, stand_in: Cloudinary) -> None:
    stand_in.fault = Fault.FAIL
    give(refused, "drop", "a.png")
    expect(section(refused).get_by_role("alert")).to_have_text(
        "Cloudinary has a failure of its own. Try again in a few minutes."
    )
    expect_text(refused, "![Uploading a.png…]()\n")

    stand_in.fault = None
    section(refused).get_by_role("button", name="Try again").press("Enter")
    expect(dialog(refused)).to_be_visible()
    assert "![](https://res.cloudinary.com/demo/image/upload/" in text(refused)


def test_an_upload_under_way_holds_the_form_and_can_be_cancelled(writing: Page, stand_in: Cloudinary) -> None:
    stand_in.fault = Fault.HANG
    writing.get_by_label("Title").fill("A title")
    give(writing, "drop", "a.png")
    expect(section(writing).get_by_role("progressbar", name="a.png")).to_be_visible()
    writing.get_by_role("button", name="Save draft", exact=True).click()
    expect(note(writing)).to_have_text("Not saved yet: a picture is still on its way. Wait for it, or cancel it.")
    writing.keyboard.press("Enter")  # on Cancel, which has the focus

    expect(section(writing).get_by_role("listitem")).to_have_count(0)
    expect(body(writing)).to_be_focused()
    writing.get_by_role("button", name="Save draft", exact=True).click()
    expect(writing.get_by_text("Saved as a draft.")).to_be_visible()
    assert "Uploading" not in Revision.objects.get().text


def test_who_is_signed_out_is_told_so(refused: Page, context: BrowserContext) -> None:
    context.clear_cookies()
    give(refused, "drop", "a.png")

    expect(section(refused).get_by_role("alert")).to_contain_text("You are no longer signed in")
    expect(section(refused).get_by_role("button", name="Try again")).to_be_visible()


def test_a_picture_whose_place_is_gone_comes_to_nothing(refused: Page, stand_in: Cloudinary) -> None:
    stand_in.fault = Fault.FAIL
    give(refused, "drop", "a.png")
    expect(section(refused).get_by_role("alert")).not_to_be_empty()
    write(refused, "Something else")
    stand_in.fault = None
    section(refused).get_by_role("button", name="Try again").click()

    expect(section(refused).get_by_role("listitem")).to_have_count(0)
    assert text(refused) == "Something else"
    expect(dialog(refused)).to_be_hidden()


def test_undoing_never_brings_a_placeholder_back(refused: Page, stand_in: Cloudinary) -> None:
    stand_in.fault = Fault.FAIL
    write(refused, "Before.")
    give(refused, "drop", "a.png")
    expect(section(refused).get_by_role("alert")).not_to_be_empty()
    body(refused).press("Control+End")
    refused.keyboard.type("typed meanwhile")
    stand_in.fault = None
    section(refused).get_by_role("button", name="Try again").click()
    expect(dialog(refused)).to_be_visible()
    refused.keyboard.press("Escape")
    expect(dialog(refused)).to_be_hidden()
    body(refused).press("Control+z")

    expect_text(refused, "Before.")


def test_a_picture_dropped_on_the_covers_row_is_the_cover(writing: Page) -> None:
    writing.evaluate(
        """() => {
          const data = new DataTransfer();
          data.items.add(new File(["x"], "cover.png", { type: "image/png" }));
          document.querySelector(".field-cover_upload label").dispatchEvent(
            new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true }));
        }"""
    )

    assert writing.locator("#id_cover_upload").evaluate("input => input.files[0].name") == "cover.png"


@pytest.mark.parametrize(("width", "scheme"), LOOKS)
def test_axe_finds_nothing_while_pictures_come(
    browser: Browser, live_server: LiveServer, editor: User, settings: Settings, width: int, scheme: Any
) -> None:
    context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme)
    page = context.new_page()
    sign_in(page, live_server)
    page.goto(f"{live_server.url}/admin/posts/post/{write_post().pk}/change/")
    give(page, "paste", html="<p><b>x</b> <a href='https://a.example/?utm_source=b'>y</a><img src='file:///c.png'></p>")
    give(page, "drop", "bad.png", data=b"x")
    expect(section(page).get_by_role("alert")).not_to_be_empty()
    found = violations(page)
    give(page, "drop", "good.png")
    expect(dialog(page)).to_be_visible()
    found += violations(page)
    sideways = page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
    context.close()

    assert found == []
    assert not sideways
