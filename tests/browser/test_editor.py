"""An editor's first post, from sign-in to taking it back, in a real browser."""

from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Locator, Page, Route, expect
from pytest_django.live_server_helper import LiveServer

from accounts.models import User
from posts.models import Post
from tests.browser.conftest import composing, held, log_in, sign_in
from tests.browser.test_accessibility import ARABIC
from tests.support.writing import write_post

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_an_editor_writes_publishes_and_takes_back_a_post(
    page: Page, live_server: LiveServer, editor: User, tmp_path: Path
) -> None:
    cover = tmp_path / "cover.png"
    Image.new("RGB", (1600, 900), "teal").save(cover)
    log_in(page, live_server)

    page.goto(f"{live_server.url}/admin/posts/post/add/")
    page.get_by_label("Title").fill("Dược phẩm đang đổi")
    expect(page.get_by_label("Slug")).to_have_attribute("placeholder", "duoc-pham-dang-doi")
    page.get_by_label("Body").fill("## Why\n\nBecause *evidence* counts.")
    page.get_by_role("combobox", name="Tags").fill("AI, Type 2 diabetes")
    page.get_by_label("Upload a cover").set_input_files(cover)
    page.get_by_label("Cover alt").fill("A teal field")
    page.get_by_label("Description").fill(
        "Why evidence counts for those who pay for medicines, and for those who take them."
    )
    page.get_by_role("button", name="Publish", exact=True).click()
    expect(page.get_by_text("Published: readers see it now.")).to_be_visible()

    page.goto(f"{live_server.url}/posts/duoc-pham-dang-doi/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Dược phẩm đang đổi")
    expect(page.get_by_role("img", name="A teal field")).to_be_visible()
    page.get_by_role("link", name="Type 2 diabetes").first.click()
    expect(page.get_by_role("link", name="Dược phẩm đang đổi").first).to_be_visible()

    page.goto(f"{live_server.url}/admin/posts/post/{Post.objects.get().pk}/change/")
    page.get_by_role("button", name="Unpublish", exact=True).click()
    expect(page.get_by_text("Unpublished: readers see nothing of it.")).to_be_visible()
    response = page.goto(f"{live_server.url}/posts/duoc-pham-dang-doi/")
    assert response is not None
    assert response.status == 404


def test_tags_are_completed_with_the_keyboard(page: Page, live_server: LiveServer, editor: User) -> None:
    write_post(tags=["Oncology", "Genomics"])
    log_in(page, live_server)
    page.goto(f"{live_server.url}/admin/posts/post/add/")
    tags = page.get_by_role("combobox", name="Tags")
    tags.press_sequentially("AI, onc")
    expect(page.get_by_role("option", name="Oncology")).to_be_visible()
    tags.press("ArrowDown")
    tags.press("Enter")

    expect(tags).to_have_value("AI, Oncology, ")
    tags.press_sequentially("onc")
    tags.press_sequentially("o")
    expect(page.get_by_role("option", name="Oncology")).to_have_count(0)


def test_a_tag_stays_selected_when_more_is_known(page: Page, live_server: LiveServer, editor: User) -> None:
    write_post(tags=["Oncology", "Genomics", "Ontology"])
    sign_in(page, live_server)
    page.goto(f"{live_server.url}/admin/posts/post/add/")
    tags = page.get_by_role("combobox", name="Tags")
    names = page.get_by_role("listbox", name="Tags in use").get_by_role("option")
    tags.press_sequentially("on")
    expect(names).to_have_count(2)
    with held(page, "q=onc") as waiting:
        tags.press("c")
    tags.press("ArrowDown")
    expect(names.and_(page.get_by_role("option", selected=True))).to_have_text("Oncology")

    waiting[0].continue_()
    expect(names).to_have_count(1)
    expect(names.and_(page.get_by_role("option", selected=True))).to_have_text("Oncology")
    tags.press("Enter")
    expect(tags).to_have_value("Oncology, ")


def with_a_suggestion(page: Page, live_server: LiveServer) -> Locator:
    """The tags of a new post, below which Oncology is suggested."""
    write_post(tags=["Oncology"])
    sign_in(page, live_server)
    page.goto(f"{live_server.url}/admin/posts/post/add/")
    tags = page.get_by_role("combobox", name="Tags")
    tags.press_sequentially("onc")
    expect(page.get_by_role("option", name="Oncology")).to_be_visible()
    return tags


def test_whoever_types_on_has_chosen_no_tag(page: Page, live_server: LiveServer, editor: User) -> None:
    tags = with_a_suggestion(page, live_server)
    tags.press("ArrowDown")
    with page.expect_response("**/tags/*"):
        tags.press("o")
    tags.press("Enter")

    expect(tags).to_have_value("onco")


def test_keys_of_an_input_method_choose_no_tag(page: Page, live_server: LiveServer, editor: User) -> None:
    tags = with_a_suggestion(page, live_server)
    composing(tags, "ArrowDown", "Enter", "Escape")

    expect(page.get_by_role("option", name="Oncology")).to_have_attribute("aria-selected", "false")
    expect(tags).to_have_value("onc")


def test_enter_closes_a_list_without_a_choice_and_sends_nothing(
    page: Page, live_server: LiveServer, editor: User
) -> None:
    tags = with_a_suggestion(page, live_server)

    tags.press("Enter")
    expect(page.get_by_role("listbox", name="Tags")).to_be_hidden()
    expect(tags).to_be_focused()
    expect(tags).to_have_value("onc")


def test_tags_that_come_late_stay_away(page: Page, live_server: LiveServer, editor: User) -> None:
    write_post(tags=["Oncology"])
    log_in(page, live_server)
    page.goto(f"{live_server.url}/admin/posts/post/add/")

    def answer_late(route: Route) -> None:
        page.keyboard.press("Tab")
        route.continue_()

    page.route("**/tags/*", answer_late)
    tags = page.get_by_role("combobox", name="Tags")
    with page.expect_response(lambda response: "q=o" in response.url):
        tags.press("o")

    expect(tags).not_to_be_focused()
    expect(page.get_by_role("listbox", name="Tags")).to_be_hidden()


def test_a_key_right_after_what_an_input_method_wrote_takes_none_of_it(
    page: Page, live_server: LiveServer, editor: User
) -> None:
    log_in(page, live_server)
    page.goto(f"{live_server.url}/admin/posts/post/add/")
    page.get_by_role("textbox", name="Body").focus()
    for word in ("Thuốc", "được", "phép"):
        page.keyboard.insert_text(word)
        page.keyboard.press("Space")
    page.keyboard.insert_text("bán")
    page.keyboard.press("Enter")
    page.keyboard.insert_text("ngay")
    page.keyboard.press("Home")

    expect(page.locator("#id_body")).to_have_value("Thuốc được phép bán\nngay")


def test_what_is_read_from_right_to_left_is_written_so(page: Page, live_server: LiveServer, editor: User) -> None:
    post = write_post("posts/dawa.md", title="الدواء", body="الطب الدقيق.\n", source=ARABIC)
    english = write_post(title="LDL-C")
    log_in(page, live_server)
    page.goto(f"{live_server.url}/admin/posts/post/{post.pk}/change/")

    expect(page.get_by_label("Title")).to_have_css("direction", "rtl")
    expect(page.locator(".CodeMirror-line").last).to_have_css("direction", "rtl")
    page.get_by_role("textbox", name="Body").press("Control+End")
    page.keyboard.type("لكل مريض.")
    page.get_by_role("button", name="Save draft", exact=True).click()
    expect(page.get_by_text("Saved. Readers see none of it")).to_be_visible()
    expect(page.locator(".CodeMirror-line").last).to_have_text("الطب الدقيق.لكل مريض.")

    page.goto(f"{live_server.url}/admin/posts/post/{english.pk}/change/")
    expect(page.get_by_label("Title")).to_have_css("direction", "ltr")
    expect(page.locator(".CodeMirror-line").last).to_have_css("direction", "ltr")
