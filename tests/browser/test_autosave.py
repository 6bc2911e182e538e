"""Nothing typed is lost, in a real browser: crashes, other devices, two windows, sessions that end, servers that fail."""

import re

import pytest
from playwright.sync_api import Browser, BrowserContext, Dialog, Locator, Page, Route, expect
from pytest_django.live_server_helper import LiveServer

from accounts.models import SignIn, User
from posts import writing
from posts.models import Autosave, Post
from tests.browser.axe import violations
from tests.browser.conftest import PASSWORD, body, press, sign_in
from tests.browser.test_people import code, set_up
from tests.support.admin import ADD, signed_in
from tests.support.writing import rewrite_post, write_post

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

AUTOSAVE = "**/autosave/"


def form_of(post: Post) -> str:
    return f"/admin/posts/post/{post.pk}/change/"


@pytest.fixture
def post(editor: User) -> Post:
    return write_post(title="Take one", body="Take one tablet.\n")


@pytest.fixture
def form(context: BrowserContext, live_server: LiveServer, post: Post) -> Page:
    """The post's form, opened by the editor, its clock in the test's hands. Failing requests are no complaint here."""
    return opened(context, live_server, form_of(post))


def opened(context: BrowserContext, live_server: LiveServer, path: str, *, signs_in: bool = True) -> Page:
    page = context.new_page()
    if signs_in:
        sign_in(page, live_server)
    page.clock.install()
    page.goto(live_server.url + path)
    return page


def write(page: Page, text: str) -> None:
    body(page).fill(text)
    page.clock.run_for(100)  # CodeMirror reads what was typed a moment later


def wait_a_little(page: Page) -> None:
    """As long as the browser takes to keep what was typed."""
    page.clock.run_for(2_100)


def wait_for_autosave(page: Page) -> None:
    page.clock.run_for(20_100)
    expect(said(page)).to_have_text(re.compile("Autosaved"))


def said(page: Page) -> Locator:
    return page.locator("#autosave .said")


def banner(page: Page) -> Locator:
    return page.get_by_role("region", name="You have text that was not saved")


def field(page: Page) -> Locator:
    """What is sent, below the editor."""
    return page.locator("#id_body")


def texts() -> list[str]:
    return [autosave.fields["body"] for autosave in Autosave.objects.order_by("typed_at")]


def test_what_was_typed_before_a_crash_is_offered_and_restored(
    context: BrowserContext, live_server: LiveServer, form: Page, post: Post
) -> None:
    write(form, "Take two tablets.")
    wait_a_little(form)
    form.close()

    again = opened(context, live_server, form_of(post), signs_in=False)
    expect(field(again)).to_have_value("Take one tablet.")
    again.get_by_text("What differs from what is saved").click()
    expect(banner(again).locator("ins").first).to_have_text("two")
    again.get_by_role("link", name="Restore it into the form").click()
    expect(field(again)).to_have_value("Take two tablets.")
    press(again, "Save draft")
    expect(again.get_by_text("Readers see none of it until it is published.")).to_be_visible()
    expect(banner(again)).to_have_count(0)
    again.reload()
    expect(field(again)).to_have_value("Take two tablets.")
    expect(banner(again)).to_have_count(0)
    assert texts() == []


def test_what_the_server_kept_is_offered_on_another_device(
    browser: Browser, live_server: LiveServer, form: Page, post: Post
) -> None:
    write(form, "Take two tablets.")
    wait_for_autosave(form)
    device = browser.new_context()
    page = opened(device, live_server, form_of(post))
    expect(banner(page)).to_be_visible()
    press(page, "Discard it")

    expect(banner(page)).to_have_count(0)
    expect(field(page)).to_have_value("Take one tablet.")
    assert texts() == []
    device.close()


def test_a_new_post_that_was_never_saved_is_offered_where_one_adds_posts(
    context: BrowserContext, live_server: LiveServer, editor: User
) -> None:
    page = opened(context, live_server, ADD)
    write(page, "No title yet {{< broken")
    wait_a_little(page)
    page.close()

    page = opened(context, live_server, ADD, signs_in=False)
    page.get_by_role("link", name="Restore it into the form").click()
    expect(field(page)).to_have_value("No title yet {{< broken")
    page.get_by_label("Title").fill("A title")
    write(page, "Sound.")
    press(page, "Save draft")
    expect(page.get_by_text("Saved as a draft.")).to_be_visible()
    page.goto(live_server.url + ADD)
    expect(banner(page)).to_have_count(0)


def test_two_windows_at_one_post_do_not_fight(
    context: BrowserContext, live_server: LiveServer, form: Page, post: Post
) -> None:
    write(form, "Take two tablets.")
    wait_for_autosave(form)
    second = opened(context, live_server, form_of(post), signs_in=False)
    expect(second.get_by_text("You have this form open in another window")).to_be_visible()
    expect(banner(second)).to_have_count(0)
    write(second, "Take three tablets.")
    wait_for_autosave(second)
    write(form, "Take four tablets.")
    wait_for_autosave(form)

    assert sorted(texts()) == ["Take four tablets.", "Take three tablets."]
    form.close()
    second.reload()
    expect(banner(second)).to_be_visible()


def test_a_normal_save_leaves_nothing_to_offer(live_server: LiveServer, form: Page, post: Post) -> None:
    write(form, "Take two tablets.")
    wait_for_autosave(form)
    form.get_by_label("Title").fill("  Take two ")
    press(form, "Publish changes")
    expect(form.get_by_text("Published: readers see it now.")).to_be_visible()
    form.goto(live_server.url + form_of(post))
    expect(field(form)).to_have_value("Take two tablets.")
    expect(banner(form)).to_have_count(0)
    assert texts() == []


def test_merely_looking_keeps_nothing(form: Page) -> None:
    with form.expect_response(AUTOSAVE + "?*"):
        form.clock.run_for(20_100)
    form.reload()
    assert texts() == []
    assert form.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('monograph')).length") == 0


@pytest.mark.parametrize("ended", ["by the server", "with its cookies"])
def test_a_session_that_ended_is_begun_again_in_place_and_the_save_goes_on(
    context: BrowserContext, form: Page, ended: str
) -> None:
    write(form, "Take two tablets.")
    end_session(context, ended)
    press(form, "Publish changes")
    expect(form.get_by_role("dialog", name="Log in to save")).to_be_visible()
    with form.expect_popup() as popup:
        form.get_by_role("dialog").get_by_role("link", name="Log in").click()
    give_password(popup.value)

    expect(form.get_by_text("Published: readers see it now.")).to_be_visible()
    expect(field(form)).to_have_value("Take two tablets.")
    assert popup.value.is_closed()


def test_a_session_is_begun_again_with_the_second_factor(
    context: BrowserContext, live_server: LiveServer, form: Page, post: Post
) -> None:
    key = set_up(form, live_server)
    form.goto(live_server.url + form_of(post))
    write(form, "Take two tablets.")
    end_session(context, "by the server")
    form.clock.run_for(20_100)
    expect(said(form)).to_have_text("Not saved: you are signed out. Kept in this browser.")
    with form.expect_popup() as popup:
        form.get_by_role("link", name="Log in again").click()
    give_password(popup.value)
    popup.value.get_by_role("textbox", name="Code").fill(code(key, steps=1))
    popup.value.keyboard.press("Enter")

    expect(said(form)).to_have_text(re.compile("Autosaved"))
    assert texts() == ["Take two tablets."]
    press(form, "Save draft")
    expect(form.get_by_text("Readers see none of it until it is published.")).to_be_visible()


def test_without_scripts_what_is_sent_too_late_is_offered_after_signing_in(
    without_scripts: BrowserContext, live_server: LiveServer, post: Post
) -> None:
    page = without_scripts.new_page()
    sign_in(page, live_server)
    page.goto(live_server.url + form_of(post))
    field(page).fill("Take two tablets.")
    end_session(without_scripts, "by the server")
    press(page, "Publish changes")
    give_password(page)
    with page.expect_navigation():
        page.get_by_role("link", name="Restore it into the form").click()
    press(page, "Publish changes")

    expect(page.get_by_text("Published: readers see it now.")).to_be_visible()
    expect(field(page)).to_have_value("Take two tablets.")
    expect(banner(page)).to_have_count(0)


def test_somebody_else_who_signs_in_saves_nothing_of_it(
    browser: Browser, context: BrowserContext, live_server: LiveServer, form: Page
) -> None:
    User.objects.create_superuser("tom", password=PASSWORD)
    write(form, "Take two tablets.")
    end_session(context, "by the server")
    other = context.new_page()
    other.goto(f"{live_server.url}/admin/")
    give_password(other, "tom")
    expect(other.get_by_role("link", name="Your account")).to_be_visible()
    press(form, "Save draft")

    expect(said(form)).to_have_text("Not saved: somebody else is signed in in this browser now. Kept in this browser.")
    expect(field(form)).to_have_value("Take two tablets.")
    assert texts() == []


def test_a_save_that_fails_leaves_the_form_and_goes_when_the_server_is_back(form: Page) -> None:
    form.route("**/admin/**", failing)
    write(form, "Take two tablets.")
    press(form, "Save draft")
    expect(said(form)).to_have_text(re.compile("Not saved: the server had a problem.*Kept in this browser."))
    expect(field(form)).to_have_value("Take two tablets.")
    form.unroute("**/admin/**")
    press(form, "Save draft")

    expect(form.get_by_text("Readers see none of it until it is published.")).to_be_visible()


def test_what_is_saved_of_a_post_that_is_gone_stands_in_the_form_of_a_new_one(form: Page, post: Post) -> None:
    write(form, "Take two tablets.")
    writing.delete([post])
    press(form, "Save draft")

    expect(form.get_by_text("The post was deleted while you wrote.")).to_be_visible()
    expect(field(form)).to_have_value("Take two tablets.")


def test_a_save_that_ends_on_an_error_page_is_offered_again(live_server: LiveServer, form: Page, post: Post) -> None:
    form.route("**/change/", failing)
    write(form, "Take two tablets.")
    press(form, "Save draft")
    expect(form.get_by_text("Sorry.")).to_be_visible()
    form.unroute("**/change/")
    form.goto(live_server.url + form_of(post))

    form.get_by_role("link", name="Restore it into the form").click()
    expect(field(form)).to_have_value("Take two tablets.")


def test_without_a_connection_the_browser_keeps_it(
    context: BrowserContext, live_server: LiveServer, form: Page, post: Post
) -> None:
    context.set_offline(True)
    write(form, "Take two tablets.")
    press(form, "Save draft")
    expect(said(form)).to_have_text("Not saved: no connection. Kept in this browser.")
    expect(field(form)).to_have_value("Take two tablets.")
    context.set_offline(False)

    expect(said(form)).to_have_text(re.compile("Autosaved"))
    assert texts() == ["Take two tablets."]


def test_leaving_asks_only_where_something_would_be_lost(form: Page, live_server: LiveServer) -> None:
    asked: list[str] = []

    def answer(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.accept()

    form.on("dialog", answer)
    write(form, "Take two tablets.")
    form.goto(f"{live_server.url}/admin/")
    assert asked == []

    form.go_back()
    form.evaluate("() => { Storage.prototype.setItem = () => { throw new DOMException('', 'QuotaExceededError'); }; }")
    write(form, "Take three tablets.")
    form.route(AUTOSAVE, lambda route: route.abort())
    form.clock.run_for(20_100)
    expect(said(form)).to_have_text(re.compile("This browser cannot keep it either"))
    form.goto(f"{live_server.url}/admin/")
    assert asked == ["beforeunload"]


def test_a_newer_revision_is_told_at_once(form: Page, post: Post) -> None:
    rewrite_post(post, title="Theirs", body="Take three tablets.\n")
    form.clock.run_for(20_100)
    expect(form.get_by_text("has been saved since you opened it")).to_be_visible()
    with form.context.expect_page() as compared:
        form.get_by_role("link", name="What they changed").click()
    expect(compared.value.locator(".word-diff ins").first).to_have_text("Theirs")


def test_who_else_opened_the_post_is_told_as_one_writes(form: Page, post: Post) -> None:
    signed_in(User.objects.create_superuser("tom")).get(form_of(post))
    write(form, "Take two tablets.")
    form.clock.run_for(20_100)

    expect(form.get_by_text("tom opened this post in the last ten minutes.")).to_be_visible()


def test_the_browser_holds_no_more_than_it_should(live_server: LiveServer, form: Page, post: Post) -> None:
    form.route(AUTOSAVE, lambda route: route.abort())
    form.evaluate(
        """() => { for (let day = 0; day < 40; day++) {
             const copy = { user: "0", post: "0", fields: {}, at: Date.now() - day * 24 * 60 * 60 * 1000 };
             localStorage.setItem(`monograph:unsaved:0:${day}`, JSON.stringify(copy));
        } }"""
    )
    write(form, "Take two tablets.")
    wait_a_little(form)
    form.goto(live_server.url + form_of(post))

    kept = form.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('monograph:')).length")
    assert kept == 20


def test_a_text_too_large_for_the_browser_costs_no_other_text_its_copy(form: Page, post: Post) -> None:
    form.route(AUTOSAVE, lambda route: route.abort())
    form.evaluate(
        """() => { for (const post of ["7", "8"]) {
             const copy = { user: "0", post, fields: { body: "Kept." }, at: Date.now() };
             localStorage.setItem(`monograph:unsaved:0:${post}`, JSON.stringify(copy));
        } }"""
    )
    form.evaluate("""() => document.querySelector(".CodeMirror").CodeMirror.setValue("Too much.\\n".repeat(700_000))""")
    form.clock.run_for(30_000)

    expect(said(form)).to_have_text(re.compile("This browser cannot keep it either"))
    kept = form.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('monograph:unsaved:0:')).length")
    assert kept == 2


def test_a_browser_that_writes_nothing_any_more_still_saves(form: Page) -> None:
    form.evaluate(
        """() => {
             const copy = { user: "0", post: "7", fields: { body: "Kept." }, at: Date.now() };
             localStorage.setItem("monograph:unsaved:0:7", JSON.stringify(copy));
             Storage.prototype.setItem = () => { throw new DOMException("The disk is full", "QuotaExceededError"); };
        }"""
    )
    write(form, "Take two tablets.")
    press(form, "Publish changes")

    expect(form.get_by_text("Published: readers see it now.")).to_be_visible()
    expect(field(form)).to_have_value("Take two tablets.")


def test_the_banner_is_worked_by_the_keyboard(form: Page, live_server: LiveServer, post: Post) -> None:
    write(form, "Take two tablets.")
    wait_a_little(form)
    form.goto(f"{live_server.url}/admin/")
    form.goto(live_server.url + form_of(post))
    expect(banner(form)).to_be_visible()
    form.get_by_role("link", name="Restore it into the form").focus()
    form.keyboard.press("Tab")
    expect(form.get_by_role("button", name="Discard it")).to_be_focused()
    form.keyboard.press("Tab")
    form.keyboard.press("Enter")
    expect(banner(form).locator("ins").first).to_be_visible()


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (1280, "dark"), (390, "light"), (390, "dark")])
def test_axe_finds_nothing(browser: Browser, live_server: LiveServer, post: Post, width: int, scheme: str) -> None:
    context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme)  # type: ignore[arg-type]
    page = opened(context, live_server, form_of(post))
    write(page, "Take two tablets.")
    wait_for_autosave(page)
    found = {"autosaved": violations(page)}
    page.goto(live_server.url + form_of(post))
    banner(page).get_by_text("What differs").click()
    found["banner"] = violations(page)
    page.goto(f"{live_server.url}/admin/account/signed-in/")
    found["signed in"] = violations(page)
    page.goto(live_server.url + form_of(post))
    page.get_by_role("link", name="Restore it into the form").click()
    page.wait_for_url("**restore=*")
    rewrite_post(post, body="Take three tablets.\n")
    page.clock.run_for(20_100)
    expect(page.get_by_text("has been saved since you opened it")).to_be_visible()
    found["restored"] = violations(page)
    end_session(context, "by the server")
    press(page, "Save draft")
    expect(page.get_by_role("dialog")).to_be_visible()
    found["dialog"] = violations(page)
    sideways = page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
    context.close()

    assert {name: each for name, each in found.items() if each} == {}
    assert not sideways


def end_session(context: BrowserContext, how: str) -> None:
    if how == "by the server":
        SignIn.objects.all().delete()
    else:
        context.clear_cookies()


def give_password(page: Page, name: str = "mai") -> None:
    page.get_by_label("Username").fill(name)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()


def failing(route: Route) -> None:
    """A server that is there and cannot answer, to whatever would change something."""
    if route.request.method == "POST":
        route.fulfill(status=500, content_type="text/html", body="<h1>Sorry.</h1>")
    else:
        route.continue_()
