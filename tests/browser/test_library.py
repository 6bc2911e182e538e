"""The library of images, tags that merge and redirects, in a real browser."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone as clock
from playwright.sync_api import Browser, FilePayload, Page, Route, expect
from pytest_django.live_server_helper import LiveServer

from accounts.models import User
from posts import library
from posts.models import Image, Post, Redirect, Tag
from tests.browser.axe import violations
from tests.browser.conftest import sign_in
from tests.posts.images.pictures import drawing, encoded
from tests.support.writing import write_post

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("media")]

LOOKS = [(1280, "light"), (1280, "dark"), (390, "light"), (390, "dark")]


def picture(name: str, width: int = 320, height: int = 180) -> Image:
    by = User.objects.get(username="mai")
    return library.store(encoded(drawing(width, height), "PNG"), name=f"{name}.png", by=by)


def file(name: str, width: int = 200, height: int = 100) -> FilePayload:
    return {"name": name, "mimeType": "image/png", "buffer": encoded(drawing(width, height), "PNG").getvalue()}


def form_of(live_server: LiveServer, post: Post) -> str:
    return f"{live_server.url}/admin/posts/post/{post.pk}/change/"


def test_images_are_uploaded_found_described_and_replaced(page: Page, live_server: LiveServer, editor: User) -> None:
    sign_in(page, live_server)
    page.goto(f"{live_server.url}/admin/posts/image/")
    page.get_by_label("Upload images").set_input_files([file("ward.png"), file("lab.png", 210)])
    page.get_by_role("button", name="Upload", exact=True).click()
    expect(page.get_by_text("2 images stored.")).to_be_visible()
    page.locator("#searchbar").fill("ward")
    page.locator("#searchbar").press("Enter")
    expect(page.locator(".image-card")).to_have_count(1)

    page.locator(".image-card").click()
    page.get_by_label("Alt text").fill("A ward")
    page.get_by_label("Replace it").set_input_files(file("new.png", 90, 90))
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("Replaced.")).to_be_visible()
    image = Image.objects.get(alt="A ward")
    assert (image.width, image.height) == (90, 90)


def test_a_cover_is_chosen_by_keyboard_alone(page: Page, live_server: LiveServer, editor: User) -> None:
    post = write_post()
    chosen, other = picture("ward"), picture("lab", 330)
    Image.objects.filter(pk=chosen.pk).update(alt="Nurses at work")
    sign_in(page, live_server)
    page.goto(form_of(live_server, post))
    opener = page.get_by_role("button", name="Choose an image")
    opener.focus()
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog", name="Choose an image")
    expect(dialog.get_by_role("searchbox")).to_be_focused()
    expect(dialog.get_by_role("status")).to_have_text("Images found: 2")
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(opener).to_be_focused()

    page.keyboard.press("Enter")
    page.keyboard.type("nurses")
    expect(dialog.get_by_role("status")).to_have_text("Images found: 1")
    card = dialog.get_by_role("button", name="ward")
    while not card.evaluate("card => card === document.activeElement"):
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(dialog).to_be_hidden()
    expect(page.get_by_label("Cover's address")).to_have_value(chosen.address)
    expect(page.get_by_label("Cover alt")).to_have_value("Nurses at work")
    page.get_by_role("button", name="Publish changes").click()
    page.get_by_role("button", name="Publish anyway").click()  # the cover is small
    expect(page.get_by_text("Published: readers see it now.")).to_be_visible()
    assert Post.objects.get().cover == chosen.address != other.address


def test_whoever_asks_for_an_image_is_told_which(page: Page, live_server: LiveServer, editor: User) -> None:
    post, image = write_post(), picture("ward")
    Image.objects.filter(pk=image.pk).update(alt="A ward", credit="Lan Pham")
    sign_in(page, live_server)
    page.goto(form_of(live_server, post))
    page.evaluate("""() => {
      window.addEventListener("library:chosen", ({ detail }) => { window.told = detail; });
      window.dispatchEvent(new CustomEvent("library:choose", { detail: { for: "body" } }));
    }""")
    page.get_by_role("dialog").get_by_role("button", name="ward").click()

    told = page.evaluate("window.told")
    assert (told["url"], told["alt"], told["credit"]) == (image.address, "A ward", "Lan Pham")
    assert told["for"] == "body"
    expect(page.get_by_label("Cover's address")).to_have_value("")


def test_a_picture_is_uploaded_in_the_dialog_or_refused_there(
    page: Page, live_server: LiveServer, editor: User
) -> None:
    post = write_post()
    sign_in(page, live_server)
    page.goto(form_of(live_server, post))
    page.get_by_role("button", name="Choose an image").click()
    dialog = page.get_by_role("dialog")
    chooser = dialog.get_by_label("Upload")
    chooser.set_input_files({"name": "x.png", "mimeType": "image/png", "buffer": b"no picture"})
    expect(dialog.get_by_role("status")).to_contain_text("“x.png”: This is not a picture")
    chooser.set_input_files(file("ward.png"))
    expect(dialog).to_be_hidden()

    expect(page.get_by_label("Cover's address")).to_have_value(Image.objects.get().address)


def test_a_picture_that_comes_late_goes_nowhere(page: Page, live_server: LiveServer, editor: User) -> None:
    """Who closed the dialog over an upload, and opened it for something else, chooses again."""
    post = write_post()
    sign_in(page, live_server)
    page.goto(form_of(live_server, post))
    page.evaluate('window.addEventListener("library:chosen", () => { window.told = true; })')
    waiting: list[Route] = []
    page.route("**/image/upload/", lambda route: waiting.append(route))
    dialog = page.get_by_role("dialog")
    page.get_by_role("button", name="Choose an image").click()
    with page.expect_request("**/image/upload/"):
        dialog.get_by_label("Upload").set_input_files(file("ward.png"))
    page.keyboard.press("Escape")
    page.evaluate('window.dispatchEvent(new CustomEvent("library:choose", { detail: { for: "body" } }))')
    with page.expect_response("**/image/upload/") as answered:
        waiting[0].continue_()
    answered.value.finished()

    expect(dialog).to_be_visible()
    assert page.evaluate("window.told") is None
    dialog.get_by_role("searchbox").fill("ward")
    dialog.get_by_role("button", name="ward").click()
    assert page.evaluate("window.told") is True


def test_more_images_come_as_they_are_asked_for(page: Page, live_server: LiveServer, editor: User) -> None:
    post = write_post()
    Image.objects.bulk_create(Image(address=f"https://example.org/{n}.png", storage="elsewhere") for n in range(30))
    sign_in(page, live_server)
    page.goto(form_of(live_server, post))
    page.get_by_role("button", name="Choose an image").click()
    cards = page.get_by_role("dialog").locator(".image-card")
    expect(cards).to_have_count(24)
    page.get_by_role("button", name="Show more").click()
    expect(cards).to_have_count(30)
    expect(cards.nth(24)).to_be_focused()
    expect(page.get_by_role("button", name="Show more")).to_be_hidden()


@pytest.mark.parametrize("width", [1280, 390])
def test_tags_are_merged(browser: Browser, live_server: LiveServer, editor: User, width: int) -> None:
    write_post("posts/a.md", tags=["AI"])
    write_post("posts/b.md", tags=["Artificial intelligence", "Other"])
    context = browser.new_context(viewport={"width": width, "height": 800})
    page = context.new_page()
    sign_in(page, live_server)
    page.goto(f"{live_server.url}/admin/posts/tag/")
    for name in ("AI", "Artificial intelligence"):
        page.get_by_role("row").filter(has=page.get_by_role("link", name=name, exact=True)).get_by_role(
            "checkbox"
        ).check()
    page.get_by_label("Action:").select_option("merge")
    page.get_by_role("button", name="Go").click()
    page.get_by_role("radio", name="Artificial intelligence").check()
    page.get_by_role("button", name="Show what changes").click()
    expect(page.get_by_text("1 post gets “Artificial intelligence”.")).to_be_visible()
    page.get_by_role("button", name="Merge").click()
    expect(page.get_by_text("Merged: Artificial intelligence is what they are called now.")).to_be_visible()
    page.goto(f"{live_server.url}/tags/ai/")

    expect(page).to_have_url(f"{live_server.url}/tags/artificial-intelligence/")
    assert set(Tag.objects.values_list("name", flat=True)) == {"Artificial intelligence", "Other"}
    context.close()


def test_the_name_of_a_tag_begins_beside_its_button_however_long_it_is(
    page: Page, live_server: LiveServer, editor: User
) -> None:
    write_post(tags=["AI", "Pneumonoultramicroscopicsilicovolcanoconiosis in clinical practice"])
    page.set_viewport_size({"width": 390, "height": 800})
    sign_in(page, live_server)
    page.goto(f"{live_server.url}/admin/posts/tag/")
    page.locator("#action-toggle").check()
    page.get_by_label("Action:").select_option("merge")
    page.get_by_role("button", name="Go").click()
    button = page.get_by_role("radio", name="Pneumono")
    expect(button).to_be_visible()
    name = page.locator("label").filter(has=button).locator("strong")

    boxes = button.bounding_box(), name.bounding_box()
    assert boxes[0]
    assert boxes[1]
    assert boxes[1]["y"] < boxes[0]["y"] + boxes[0]["height"]


def test_long_names_stay_within_a_phone(page: Page, live_server: LiveServer, editor: User) -> None:
    unbroken = "Pneumonoultramicroscopicsilicovolcanoconiosis" * 2
    image = picture("map")
    post = write_post(cover=image.address, tags=["AI", unbroken])
    Image.objects.update(title=unbroken, licence_expires=clock.now().date())
    page.set_viewport_size({"width": 390, "height": 800})
    sign_in(page, live_server)

    def sideways() -> int:
        return int(page.locator("html").evaluate("page => page.scrollWidth - page.clientWidth"))

    page.goto(form_of(live_server, post))
    expect(page.locator(".notice").filter(has_text=unbroken)).to_be_visible()
    assert sideways() == 0
    page.goto(f"{live_server.url}/admin/posts/tag/")
    page.locator("#action-toggle").check()
    page.get_by_label("Action:").select_option("merge")
    page.get_by_role("button", name="Go").click()
    page.get_by_role("button", name="Show what changes").click()
    expect(page.get_by_role("button", name="Merge", exact=True)).to_be_visible()
    assert sideways() == 0
    page.goto(f"{live_server.url}/admin/posts/post/import/")
    file: FilePayload = {
        "name": f"{unbroken}.md",
        "mimeType": "text/markdown",
        "buffer": f"[A]({unbroken}/)\n".encode(),
    }
    page.get_by_label("Files").set_input_files(file)
    page.get_by_role("button", name="Show what it would do").click()
    assert page.locator(".table-scroll").evaluate("each => each.scrollWidth - each.clientWidth") == 0


@pytest.mark.parametrize("width", [1280, 390])
def test_redirects_are_imported_tried_and_exported(
    browser: Browser, live_server: LiveServer, editor: User, width: int
) -> None:
    write_post(title="Where it is now")
    context = browser.new_context(viewport={"width": width, "height": 800})
    page = context.new_page()
    sign_in(page, live_server)
    page.goto(f"{live_server.url}/admin/posts/redirect/")
    page.get_by_role("link", name="Import CSV").click()
    text = "\ufeffold;new\r\n/from/;/via/\r\n/via/;/posts/a/\r\n=1+1;/x/\r\n"
    page.get_by_label("File").set_input_files({"name": "r.csv", "mimeType": "text/csv", "buffer": text.encode()})
    page.get_by_role("button", name="Show what it would do").click()
    expect(page.get_by_text("2 created, 0 changed, 0 unchanged, 1 with errors.")).to_be_visible()
    label = page.locator("[data-label]").first.evaluate("cell => getComputedStyle(cell, '::before').content")
    assert ("Line" in label) == (width == 390)
    page.get_by_role("button", name="Import these").click()
    expect(page.get_by_role("link", name="/from/")).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("link", name="Export as CSV").click()
    assert "/from/,/posts/a/,301" in download.value.path().read_text()

    page.goto(f"{live_server.url}/from/?x=1")
    expect(page).to_have_url(f"{live_server.url}/posts/a/?x=1")
    context.close()


@pytest.mark.parametrize(("width", "scheme"), LOOKS)
def test_axe_finds_nothing_on_these_pages(
    browser: Browser, live_server: LiveServer, editor: User, width: int, scheme: Any
) -> None:
    today = clock.now().date()
    image = picture("a-picture-with-a-name-that-is-long")
    post = write_post(
        cover=image.address, tags=["AI", "Artificial intelligence"], body="![](https://example.org/x.png)\n"
    )
    Image.objects.filter(pk=image.pk).update(licence_expires=today - timedelta(days=1))
    Image.objects.exclude(pk=image.pk).update(licence_expires=today)
    redirect = Redirect.objects.create(old_path="/old/", target_path="https://example.org/", origin="written")
    context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme)
    page = context.new_page()
    sign_in(page, live_server)
    found, sideways = {}, []
    for path in (
        "image/",
        f"image/{image.pk}/change/",
        "tag/",
        "redirect/",
        "redirect/add/",
        f"redirect/{redirect.pk}/change/",
        "redirect/import/",
    ):
        page.goto(f"{live_server.url}/admin/posts/{path}")
        found[path] = violations(page)
        if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
            sideways.append(path)
    page.get_by_label("File").set_input_files({"name": "r.csv", "mimeType": "text/csv", "buffer": b"/a/,/b/\n/c/,d\n"})
    page.get_by_role("button", name="Show what it would do").click()
    found["plan"] = violations(page)
    page.goto(f"{live_server.url}/admin/posts/tag/")
    page.locator("#action-toggle").check()
    page.get_by_label("Action:").select_option("merge")
    page.get_by_role("button", name="Go").click()
    found["merge"] = violations(page)
    page.get_by_role("button", name="Show what changes").click()
    found["merging"] = violations(page)
    page.goto(form_of(live_server, post))
    page.get_by_role("button", name="Choose an image").click()
    expect(page.get_by_role("dialog").locator(".image-card")).to_have_count(2)
    found["dialog"] = violations(page)
    context.close()

    assert {name: each for name, each in found.items() if each} == {}
    assert sideways == []
