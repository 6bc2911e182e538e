"""The panel “Before publishing” and what Publish does with it, in a real browser."""

from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from accounts.models import User
from posts.models import Post
from tests.browser.axe import violations
from tests.browser.conftest import press, sign_in
from tests.support.writing import write_post

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

BODY = "Well begun.\n\nRelapses fell by 40 %. TODO: the chart. See [there](/nowhere/).\n"


def begin(page: Page, live_server: LiveServer, *, title: str = "Adherence", body: str = BODY) -> None:
    """A new post, typed and not saved."""
    sign_in(page, live_server)
    page.goto(f"{live_server.url}/admin/posts/post/add/")
    page.get_by_label("Title").fill(title)
    page.get_by_role("textbox", name="Body").fill(body)


def panel(page: Page) -> Any:
    return page.locator("#before-publishing")


def test_the_panel_follows_what_is_typed_and_leads_to_its_place(
    page: Page, live_server: LiveServer, editor: User
) -> None:
    begin(page, live_server)
    panel(page).get_by_text("Before publishing").click()
    expect(panel(page).get_by_role("status")).to_contain_text("worth a look")
    expect(panel(page)).to_contain_text("“TODO” is left to be filled in.")
    expect(panel(page).locator(".card img")).to_have_js_property("naturalWidth", 1200)

    panel(page).get_by_role("listitem").filter(has_text="TODO").get_by_role("link", name="Body, line 3").click()
    expect(page.get_by_role("textbox", name="Body")).to_be_focused()
    assert page.evaluate("document.querySelector('.CodeMirror').CodeMirror.getSelection()") == "TODO"

    page.keyboard.type("Later")
    expect(panel(page)).not_to_contain_text("“TODO” is left to be filled in.")
    assert not Post.objects.exists()


def test_without_scripts_there_is_a_panel_where_something_is_saved_that_can_be_checked(
    without_scripts: BrowserContext, live_server: LiveServer, editor: User
) -> None:
    page = without_scripts.new_page()
    sign_in(page, live_server)
    page.goto(f"{live_server.url}/admin/posts/post/add/")
    expect(page.get_by_label("Title")).to_be_visible()
    expect(panel(page)).to_be_hidden()

    page.goto(f"{live_server.url}/admin/posts/post/{write_post(draft=True).pk}/change/")
    panel(page).get_by_text("Before publishing").click()
    expect(panel(page).get_by_role("link", name="Check what was saved last")).to_be_visible()
    expect(page.locator("body")).not_to_contain_text("{#")


def test_warnings_ask_once_by_keyboard(page: Page, live_server: LiveServer, editor: User) -> None:
    begin(page, live_server)
    page.locator(".submit-row").get_by_role("button", name="Publish", exact=True).focus()
    page.keyboard.press("Enter")
    expect(panel(page)).to_contain_text("Saved as a draft, not published yet.")
    expect(panel(page).locator("> summary")).to_be_focused()
    assert Post.objects.get().status() == Post.Status.DRAFT

    anyway = page.get_by_role("button", name="Publish anyway")
    while not anyway.evaluate("button => button === document.activeElement"):
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Published: readers see it now.")).to_be_in_viewport()
    assert Post.objects.get().status() == Post.Status.LIVE
    page.get_by_label("Title").fill("Adherence, again")
    press(page, "Publish changes")
    expect(page.get_by_text("Published: readers see it now.")).to_be_in_viewport()


def test_enter_in_a_field_publishes_nothing_though_the_panel_asks(
    page: Page, live_server: LiveServer, editor: User
) -> None:
    begin(page, live_server)
    press(page, "Publish")
    expect(page.get_by_role("button", name="Publish anyway")).to_be_visible()
    page.get_by_label("Title").press("Enter")

    expect(page.get_by_text("Saved as a draft.")).to_be_visible()
    assert Post.objects.get().status() == Post.Status.DRAFT


def test_an_error_keeps_the_draft_and_says_what_stops_it(page: Page, live_server: LiveServer, editor: User) -> None:
    begin(page, live_server, body="")
    press(page, "Publish")

    expect(panel(page)).to_contain_text("1 thing must be fixed.")
    expect(panel(page)).to_contain_text("There is no text.")
    expect(page.get_by_role("button", name="Publish anyway")).to_have_count(0)
    assert Post.objects.get().title == "Adherence"
    panel(page).get_by_role("link", name="Body", exact=True).click()
    expect(page.get_by_role("textbox", name="Body")).to_be_focused()


def test_a_panel_whose_server_is_gone_says_so(browser: Browser, live_server: LiveServer, editor: User) -> None:
    page = browser.new_page()  # one that tolerates the console's complaint
    begin(page, live_server)
    page.route("**/checklist/", lambda route: route.abort())
    panel(page).get_by_text("Before publishing").click()

    expect(panel(page).get_by_role("status")).to_have_text("The checks could not be asked. Try again.")
    page.close()


def test_all_of_it_works_without_scripts(
    without_scripts: BrowserContext, live_server: LiveServer, editor: User
) -> None:
    page = without_scripts.new_page()
    begin(page, live_server)
    press(page, "Publish")
    expect(panel(page)).to_contain_text("“TODO” is left to be filled in.")
    expect(panel(page).get_by_role("link", name="Body, line 3").first).to_have_attribute("href", "#id_body")
    press(page, "Publish anyway")

    expect(page.get_by_text("Published: readers see it now.")).to_be_visible()


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (1280, "dark"), (390, "light"), (390, "dark")])
def test_axe_finds_nothing_in_the_panel(
    browser: Browser, live_server: LiveServer, editor: User, width: int, scheme: Any
) -> None:
    context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme)
    page = context.new_page()
    begin(page, live_server)
    panel(page).get_by_text("Before publishing").click()
    expect(panel(page).get_by_role("status")).to_contain_text("worth a look")
    panel(page).get_by_text("All well").click()
    found = {"open": violations(page)}
    press(page, "Publish anyway")
    expect(page.get_by_text("Published: readers see it now.")).to_be_visible()
    write_post("posts/empty.md", body="")
    page.goto(f"{live_server.url}/admin/posts/post/{Post.objects.latest('pk').pk}/change/?checked=1")
    expect(panel(page)).to_contain_text("There is no text.")
    found["stopped"] = violations(page)
    sideways = page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
    context.close()

    assert found == {"open": [], "stopped": []}
    assert not sideways
