"""Drafts of live posts, two editors at one post, revisions and preview links, in a real browser."""

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from accounts.models import User
from posts.models import Post
from tests.browser.axe import violations
from tests.browser.conftest import press, sign_in
from tests.support.writing import rewrite_post, write_post

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_live_post_is_drafted_compared_published_and_restored(
    page: Page, live_server: LiveServer, editor: User
) -> None:
    post = write_post(title="Take one", body="Take one tablet.\n")
    form = f"{live_server.url}/admin/posts/post/{post.pk}/change/"
    sign_in(page, live_server)
    page.goto(form)
    page.get_by_label("Body").fill("Take two tablets.")
    page.get_by_label("Body").press("Escape")
    page.get_by_label("Title").press("Enter")  # the first button is the harmless one
    expect(page.get_by_text("Readers see none of it until it is published.")).to_be_visible()
    page.goto(live_server.url + post.path)
    expect(page.get_by_text("Take one tablet.")).to_be_visible()

    page.goto(form)
    expect(page.locator("#id_body")).to_have_value("Take two tablets.")
    page.get_by_role("link", name="What changed").click()
    expect(page.locator(".word-diff del").first).to_have_text("one")
    expect(page.locator(".word-diff ins").first).to_have_text("two")

    page.goto(form)
    press(page, "Publish changes")
    expect(page.get_by_text("Published: readers see it now.")).to_be_visible()
    page.get_by_role("link", name="Revisions").click()
    page.get_by_role("radio", name="Old").last.check()
    press(page, "Compare the two that are chosen")
    press(page, "Restore and publish")
    expect(page.get_by_text("Published: readers see it now.")).to_be_visible()
    page.goto(live_server.url + post.path)
    expect(page.get_by_text("Take one tablet.")).to_be_visible()


def test_history_and_revisions_fit_a_phone(page: Page, live_server: LiveServer, editor: User) -> None:
    post = rewrite_post(write_post(), title="Pneumonoultramicroscopicsilicovolcanoconiosis" * 2)
    sign_in(page, live_server)
    page.set_viewport_size({"width": 320, "height": 800})

    for name in ("history", "revisions"):
        page.goto(f"{live_server.url}/admin/posts/post/{post.pk}/{name}/")
        sideways = "element => element.scrollWidth > element.clientWidth"
        assert not page.locator("html").evaluate(sideways), name
        assert page.locator("#content th, #content .table-scroll").evaluate_all(f"all => all.filter({sideways})") == []


def test_the_columns_of_a_history_are_not_narrower_than_their_words(
    page: Page, live_server: LiveServer, editor: User
) -> None:
    post = write_post(title="Pneumonoultramicroscopicsilicovolcanoconiosis" * 2)
    sign_in(page, live_server)
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto(f"{live_server.url}/admin/posts/post/{post.pk}/history/")

    lines = """all => all.map(each => {
        const range = document.createRange();
        range.selectNodeContents(each);
        return new Set([...range.getClientRects()].map(({ top }) => top)).size;
    })"""
    assert page.locator(".history thead th").evaluate_all(lines) == [1, 1, 1, 1]


def test_an_arabic_title_keeps_its_order_in_the_admin(page: Page, live_server: LiveServer, editor: User) -> None:
    post = write_post(title="الدواء الدقيق وLDL-C في 2025", draft=True, by=editor)
    sign_in(page, live_server)

    for path in ("", "posts/post/", f"posts/post/{post.pk}/revisions/"):
        page.goto(f"{live_server.url}/admin/{path}")
        expect(page.locator("#content").get_by_text(post.title, exact=True).first).to_have_css(
            "unicode-bidi", "plaintext"
        )


def test_the_button_and_the_words_follow_the_date(browser: Browser, live_server: LiveServer, editor: User) -> None:
    context = browser.new_context(timezone_id="Asia/Ho_Chi_Minh")
    page = context.new_page()
    sign_in(page, live_server)
    page.goto(f"{live_server.url}/admin/posts/post/add/")
    page.get_by_label("Title").fill("Later")
    expect(page.get_by_role("button", name="Publish", exact=True)).to_be_visible()
    page.get_by_label("Date:", exact=True).fill("2099-01-01T00:00:00")
    page.get_by_label("Body").fill("Text.")
    press(page, "Schedule")
    press(page, "Schedule anyway")

    standing = page.locator(".standing")
    expect(standing).to_contain_text("Readers will see this post from:")
    expect(standing).to_contain_text("2099-01-01 07:00 GMT+7")
    context.close()


def test_two_editors_at_one_post_choose_between_their_texts(page: Page, live_server: LiveServer, editor: User) -> None:
    post = write_post(body="Take one tablet.\n")
    form = f"{live_server.url}/admin/posts/post/{post.pk}/change/"
    sign_in(page, live_server)
    page.goto(form)
    page.get_by_label("Body").fill("Take two tablets.")
    rewrite_post(post, body="Take three tablets.\n")
    press(page, "Publish changes")
    expect(page.get_by_role("heading", name="Two versions of this post")).to_be_visible()
    with page.expect_navigation():
        page.get_by_label("Title").press("Enter")
    expect(page.get_by_role("heading", name="Two versions of this post")).to_be_visible()
    expect(page.locator("#id_body")).to_have_value("Take two tablets.")

    press(page, "Save mine over theirs")
    expect(page.get_by_text("Readers see none of it until it is published.")).to_be_visible()
    assert "Take two tablets." in Post.objects.get().latest_revision.text  # type: ignore[union-attr]
    page.goto(form)
    page.get_by_label("Body").fill("Take four tablets.")
    rewrite_post(post, body="Take five tablets.\n")
    press(page, "Save draft")
    press(page, "Discard mine, take theirs into the form")
    expect(page.locator("#id_body")).to_have_value("Take five tablets.")
    expect(page.get_by_text("You have text that was not saved")).to_have_count(0)


def test_a_preview_is_shared_and_taken_back(
    page: Page, browser: Browser, live_server: LiveServer, editor: User
) -> None:
    post = write_post(title="Not yet", draft=True)
    sign_in(page, live_server)
    page.goto(f"{live_server.url}/admin/posts/post/{post.pk}/previews/")
    press(page, "Make a link")
    address = page.get_by_label("Address").input_value()
    stranger = browser.new_context()
    seen = stranger.new_page()
    seen.goto(address)
    expect(seen.get_by_role("heading", level=1)).to_have_text("Not yet")

    press(page, "Revoke")
    expect(page.get_by_text("The link no longer works.")).to_be_visible()
    response = seen.goto(address)
    assert response is not None
    assert response.status == 404
    stranger.close()


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (1280, "dark"), (390, "light"), (390, "dark")])
def test_axe_finds_nothing_on_these_pages(
    browser: Browser, live_server: LiveServer, editor: User, width: int, scheme: str
) -> None:
    post = write_post(body="Take one tablet.\n")
    context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme)  # type: ignore[arg-type]
    page = context.new_page()
    sign_in(page, live_server)
    own = f"{live_server.url}/admin/posts/post/{post.pk}"
    page.goto(f"{own}/change/")
    page.get_by_label("Body").fill("Take two tablets.")
    rewrite_post(post, title="Theirs", body="Take three tablets.\n")
    press(page, "Save draft")
    expect(page.get_by_role("heading", name="Two versions of this post")).to_be_visible()
    found = {"conflict": violations(page)}
    press(page, "Save mine over theirs")
    expect(page.get_by_text("Draft waits")).to_be_visible()
    page.goto(f"{own}/previews/")
    press(page, "Make a link")
    expect(page.get_by_label("Address")).to_be_visible()
    for name in ("change", "revisions", "previews"):
        page.goto(f"{own}/{name}/")
        found[name] = violations(page)
    page.goto(f"{own}/revisions/")
    press(page, "Compare the two that are chosen")
    page.get_by_text("Side by side").click()
    found["compare"] = violations(page)
    sideways = page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
    context.close()

    assert {name: each for name, each in found.items() if each} == {}
    assert not sideways
