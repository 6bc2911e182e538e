"""The editor's desk, the calendar, what is done to several posts and search over everything, in a real browser."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone as clock
from playwright.sync_api import Browser, BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from accounts.models import User
from posts.document import Document
from posts.models import Post
from tests.browser.axe import violations
from tests.browser.conftest import composing, held, log_in, press, send, sign_in
from tests.support.enquiries import store
from tests.support.writing import rewrite_post, write_post, write_posts

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

WIDTHS = pytest.mark.parametrize("width", [1280, 390])
LIST = "/admin/posts/post/"
CALENDAR = f"{LIST}calendar/"


def date_of(post: Post) -> str:
    revision = Post.objects.get(pk=post.pk).latest_revision
    assert revision
    return str(Document.of(revision.text).get("date"))


@WIDTHS
def test_the_desk_leads_to_what_is_to_be_done(page: Page, live_server: LiveServer, editor: User, width: int) -> None:
    write_post("posts/soon.md", title="Goes live soon", date=clock.now() + timedelta(days=2))
    page.set_viewport_size({"width": width, "height": 800})
    log_in(page, live_server)

    section = page.locator(".desk-section", has=page.get_by_role("heading", name="Scheduled"))
    expect(section).to_contain_text("Goes live soon")
    expect(page.locator(".desk-section", has_text="No drafts.")).to_be_visible()
    page.get_by_role("link", name="Scheduled", exact=True).click()
    expect(page).to_have_url(re.compile(r"\?status=scheduled$"))
    page.goto(f"{live_server.url}/admin/")
    page.get_by_role("link", name="Calendar", exact=True).click()
    expect(page.get_by_role("heading", name="Publishing calendar")).to_be_visible()


@pytest.mark.parametrize(
    ("path", "column", "locale", "name"),
    [
        (LIST, "date_as_written", "en", "Date"),
        (LIST, "date_as_written", "vi", "Ngày"),
        ("/admin/enquiries/enquiry/", "received", "en", "Received"),
    ],
)
def test_a_card_says_what_its_values_are_and_a_row_leaves_that_to_its_columns(
    browser: Browser, live_server: LiveServer, editor: User, path: str, column: str, locale: str, name: str
) -> None:
    write_post(date="2098-03-12T09:30:00+07:00")
    store(name="Lan", handler=None)
    context = browser.new_context(locale=locale, viewport={"width": 390, "height": 800})
    page = context.new_page()
    sign_in(page, live_server)
    page.goto(live_server.url + path)
    row, value = page.locator("#result_list tbody tr"), page.locator(f"#result_list tbody .field-{column}")
    shown = "value => getComputedStyle(value, '::before').content"

    expect(value).to_have_attribute("data-label", f"{name}: ")
    assert value.evaluate(shown) == f'"{name}: "'
    assert "\n-" not in row.inner_text()
    page.set_viewport_size({"width": 1280, "height": 800})
    assert value.evaluate(shown) == "none"
    context.close()


def test_a_post_is_dragged_to_another_day_and_put_back(page: Page, live_server: LiveServer, editor: User) -> None:
    post = write_post(title="Launch", date="2098-03-12T09:30:00+07:00")
    sign_in(page, live_server)
    page.goto(f"{live_server.url}{CALENDAR}?month=2098-03")
    page.locator(f"#post-{post.pk}").drag_to(page.locator('[data-day="2098-03-20"]'))

    expect(page.locator('[data-day="2098-03-20"]')).to_contain_text("Launch")
    expect(page.locator(".messagelist")).to_contain_text("Moved to 2098-03-20: 1 post")
    assert date_of(post) == "2098-03-20T09:30:00+07:00"

    press(page, "Undo")
    expect(page.locator('[data-day="2098-03-12"]')).to_contain_text("Launch")
    assert date_of(post) == "2098-03-12T09:30:00+07:00"


def test_what_readers_see_is_not_moved_without_asking(page: Page, live_server: LiveServer, editor: User) -> None:
    post = write_post(title="Live", date="2024-03-12")
    sign_in(page, live_server)
    page.goto(f"{live_server.url}{CALENDAR}?month=2024-03")
    page.locator(f"#post-{post.pk}").drag_to(page.locator('[data-day="2024-03-20"]'))

    expect(page.get_by_text("Readers see them, and will see the change at once: 1")).to_be_visible()
    assert date_of(post) == "2024-03-12"
    press(page, "Move to another day")
    expect(page.locator('[data-day="2024-03-20"]')).to_contain_text("Live")


def test_a_tablet_has_room_for_the_list_the_form_and_the_calendar(
    page: Page, live_server: LiveServer, editor: User
) -> None:
    post = write_post(title="Launch", date="2098-03-12")
    page.set_viewport_size({"width": 768, "height": 1024})
    sign_in(page, live_server)

    def box(selector: str) -> Any:
        return page.locator(selector).bounding_box()

    page.goto(live_server.url + LIST)
    assert box("#changelist-form")["width"] > 350
    assert box("#changelist-filter")["y"] > box("#changelist-form")["y"]
    assert box(".object-tools")["y"] >= box("#content > h1")["y"] + box("#content > h1")["height"]

    page.goto(f"{live_server.url}{LIST}{post.pk}/change/")
    assert box("#id_title")["width"] > 300

    page.goto(f"{live_server.url}{CALENDAR}?month=2098-03")
    assert box(f"#post-{post.pk}")["width"] > 300


@pytest.mark.parametrize("width", [320, 800, 1024, 1280])
@pytest.mark.parametrize("locale", ["en", "vi"])
def test_no_list_scrolls_sideways(
    browser: Browser, live_server: LiveServer, editor: User, locale: str, width: int
) -> None:
    unbroken = "Pneumonoultramicroscopicsilicovolcanoconiosis" * 2
    tags = ["Medical writing", unbroken]
    write_post(title="Pharmacovigilance reporting", date="2024-03-12", tags=tags, aliases=["/old/way/"])
    mai = User.objects.create_user(f"{unbroken}@example.com", is_staff=True, first_name="Mai")
    write_post("posts/long.md", title=unbroken, by=mai)
    store(company="A rather long company name GmbH & Co. KG")
    context = browser.new_context(locale=locale, viewport={"width": width, "height": 800})
    page = context.new_page()
    sign_in(page, live_server)
    lists = "posts/post posts/tag posts/redirect accounts/user accounts/signin audit/entry enquiries/enquiry"
    for of in lists.split():
        page.goto(f"{live_server.url}/admin/{of}/")
        assert page.locator(".results").evaluate("list => list.scrollWidth - list.clientWidth") <= 0, of
        box = page.locator("#result_list input[type=checkbox]").first
        assert width > 320 or of == "audit/entry" or box.evaluate("box => box.offsetWidth") >= 24, of
    page.goto(f"{live_server.url}/admin/find/?q=Pneumono")
    expect(page.get_by_role("link", name=unbroken).first).to_be_visible()
    assert page.locator("html").evaluate("page => page.scrollWidth - page.clientWidth") <= 0
    context.close()


@WIDTHS
def test_a_post_is_moved_with_the_keyboard(page: Page, live_server: LiveServer, editor: User, width: int) -> None:
    post = write_post(title="Launch", date="2098-03-12")
    page.set_viewport_size({"width": width, "height": 800})
    sign_in(page, live_server)
    page.goto(f"{live_server.url}{CALENDAR}?month=2098-03")
    handle, told = page.get_by_role("button", name="Move “Launch” to another day"), page.locator("#calendar-told")

    handle.press("Enter")
    expect(told).to_contain_text("“Launch” is picked up.")
    handle.press("ArrowRight")
    expect(told).to_contain_text("Thursday, 13")
    handle.press("Escape")
    expect(told).to_contain_text("“Launch” is back on Wednesday, 12")

    handle.press("Space")
    handle.press("ArrowDown")
    handle.press("ArrowRight")
    expect(told).to_contain_text("Thursday, 20")
    handle.press("Enter")
    expect(page.locator('[data-day="2098-03-20"]')).to_contain_text("Launch")
    assert date_of(post) == "2098-03-20"


def test_without_a_script_a_date_is_filled_in(
    without_scripts: BrowserContext, live_server: LiveServer, editor: User
) -> None:
    write_post(title="Launch", date="2098-03-12")
    page = without_scripts.new_page()
    sign_in(page, live_server)
    page.goto(f"{live_server.url}{CALENDAR}?month=2098-03")
    page.get_by_label("Move “Launch” to another day").click()
    page.get_by_label("Day").fill("2098-03-20")
    press(page, "Move to another day")
    expect(page.locator('[data-day="2098-03-20"]')).to_contain_text("Launch")

    page.get_by_role("link", name=re.compile("^Search")).click()
    page.get_by_role("searchbox").fill("launch")
    press(page, "Search")
    expect(page.get_by_role("link", name="Launch", exact=True)).to_be_visible()


@WIDTHS
def test_several_posts_are_unpublished_and_brought_back(
    page: Page, live_server: LiveServer, editor: User, width: int
) -> None:
    write_posts(3)
    write_post("posts/other.md", title="Another")
    page.set_viewport_size({"width": width, "height": 800})
    sign_in(page, live_server)
    page.goto(f"{live_server.url}{LIST}")
    for name in ("Post 0", "Post 1"):
        page.get_by_role("row", name=name).get_by_role("checkbox").check()
    page.locator("select[name=action]").select_option(label="Unpublish")
    send(page, "Go")
    expect(page.get_by_text("Readers see them, and will not any more: 2")).to_be_visible()
    press(page, "Unpublish")

    expect(page.locator(".messagelist")).to_contain_text("Unpublished: 2 posts")
    assert Post.objects.live().count() == 2
    page.reload()
    press(page, "Undo")
    expect(page.locator(".messagelist")).to_contain_text("Undone: 2 posts are as they were.")
    assert Post.objects.live().count() == 4


def choose_to_unpublish(page: Page, live_server: LiveServer) -> None:
    """One of two posts is chosen, and the page asks whether to go on."""
    write_posts(2)
    sign_in(page, live_server)
    page.goto(f"{live_server.url}{LIST}")
    page.get_by_role("row", name="Post 0").get_by_role("checkbox").check()
    page.locator("select[name=action]").select_option(label="Unpublish")
    send(page, "Go")


def test_what_takes_its_time_says_so_and_is_sent_once(page: Page, live_server: LiveServer, editor: User) -> None:
    choose_to_unpublish(page, live_server)
    page.evaluate(
        """() => {
            window.sent = 0;
            document.querySelector(".bulk").addEventListener("submit", (event) => {
                window.sent += !event.defaultPrevented;
                event.preventDefault();
            });
        }"""
    )
    press(page, "Unpublish")
    expect(page.locator(".bulk [role=status]")).to_have_text("This can take a while. Please leave the page open.")
    press(page, "Unpublish")

    assert page.evaluate("window.sent") == 1


def test_what_was_stopped_can_be_sent_again(page: Page, live_server: LiveServer, editor: User) -> None:
    choose_to_unpublish(page, live_server)
    browsers_own = page.context.new_cdp_session(page)
    page.route("**/*", lambda route: None, times=1)  # no answer comes
    with page.expect_request(lambda request: request.method == "POST"):  # a click here would wait for the answer
        page.evaluate("() => { setTimeout(() => document.querySelector('.bulk button').click()); }")
    browsers_own.send("Page.stopLoading")
    expect(page.locator(".bulk")).to_have_attribute("aria-busy", "false")
    press(page, "Unpublish")

    expect(page.locator(".messagelist")).to_contain_text("Unpublished: 1 post")


def test_a_tag_is_added_and_the_list_is_filtered_by_it(page: Page, live_server: LiveServer, editor: User) -> None:
    write_posts(2)
    write_post("posts/other.md", title="Another", tags=["Oncology"])
    sign_in(page, live_server)
    page.goto(f"{live_server.url}{LIST}")
    page.get_by_role("row", name="Post 0").get_by_role("checkbox").check()
    page.locator("select[name=action]").select_option(label="Add a tag")
    send(page, "Go")
    page.get_by_label("Tag:").fill("onc")
    expect(page.locator("#names option")).to_have_attribute("value", "Oncology")
    page.get_by_label("Tag:").fill("Oncology")
    send(page, "Show what it would do")
    send(page, "Add a tag")

    page.get_by_label("By tag").fill("Oncology")
    page.get_by_label("By tag").press("Enter")
    expect(page.locator("#result_list tbody tr")).to_have_count(2)
    with page.expect_navigation():
        page.get_by_role("link", name="Another").click()
    send(page, "Save draft")
    page.get_by_role("navigation", name="Breadcrumbs").get_by_role("link", name="Posts").click()
    expect(page.locator("#result_list tbody tr")).to_have_count(2)
    expect(page).to_have_url(re.compile("tag=Oncology"))


@WIDTHS
@pytest.mark.parametrize("key", ["Control+k", "Meta+k"])
def test_search_over_everything_by_keyboard(
    page: Page, live_server: LiveServer, editor: User, width: int, key: str
) -> None:
    write_post("posts/a.md", title="Dosage for children", tags=["Dosages"])
    write_post("posts/b.md", title="Dosage for adults", draft=True)
    page.set_viewport_size({"width": width, "height": 800})
    log_in(page, live_server)
    expect(page.get_by_role("heading", name="Editor's desk")).to_be_visible()
    page.wait_for_load_state()  # the script has heard of the key
    page.keyboard.press(key)
    box = page.get_by_role("combobox", name="Posts, images, tags, people, pages of the admin")
    expect(box).to_be_focused()
    expect(page.get_by_role("option", name="Add post").first).to_be_visible()

    page.keyboard.type("dosage")
    expect(page.get_by_role("group", name="Tags").get_by_role("option")).to_have_text("Dosages")
    expect(page.locator(".find-told")).to_have_text("3 found")
    expect(page.get_by_role("option").first).to_have_attribute("aria-selected", "true")
    page.keyboard.press("ArrowUp")
    expect(page.get_by_role("option", name="Dosages")).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Escape")
    expect(box).not_to_be_visible()

    page.keyboard.press(key)
    page.keyboard.type("dosage chil")
    expect(page.get_by_role("option")).to_have_count(1)
    page.keyboard.press("Enter")
    expect(page.get_by_label("Title")).to_have_value("Dosage for children")


def test_enter_opens_what_was_typed_and_not_what_was_listed_before(
    page: Page, live_server: LiveServer, editor: User
) -> None:
    write_post("posts/a.md", title="Dosage for children")
    write_post("posts/b.md", title="Dosage for adults")
    sign_in(page, live_server)
    page.goto(f"{live_server.url}/admin/")
    page.get_by_role("link", name="Search").click()
    hits = page.locator("#find-hits").get_by_role("option")
    expect(hits.first).to_be_visible()
    with held(page, "q=dosage+adu") as waiting:
        page.keyboard.insert_text("dosage adu")
    page.keyboard.press("Enter")
    expect(page.locator("#find")).to_be_visible()

    waiting[0].continue_()
    expect(page.get_by_label("Title")).to_have_value("Dosage for adults")


def test_a_hit_stays_selected_when_a_later_answer_has_it(page: Page, live_server: LiveServer, editor: User) -> None:
    write_post("posts/a.md", title="Dosage for children")
    write_post("posts/b.md", title="Dosage for adults")
    sign_in(page, live_server)
    page.goto(f"{live_server.url}/admin/")
    page.get_by_role("link", name="Search").click()
    hits = page.locator("#find-hits").get_by_role("option")
    page.keyboard.insert_text("dosage")
    expect(hits).to_have_count(2)
    with held(page, "q=dosage+") as waiting:
        page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    chosen = str(hits.nth(1).text_content())
    with page.expect_response("**/find/?*"):
        waiting[0].continue_()
    page.wait_for_load_state("networkidle")

    expect(hits.and_(page.get_by_role("option", selected=True))).to_have_text(chosen)


def test_keys_of_an_input_method_open_nothing(page: Page, live_server: LiveServer, editor: User) -> None:
    write_post("posts/a.md", title="Dosage for children")
    write_post("posts/b.md", title="Dosage for adults")
    sign_in(page, live_server)
    page.goto(f"{live_server.url}/admin/")
    page.get_by_role("link", name="Search").click()
    page.keyboard.insert_text("dosage")
    hits = page.locator("#find-hits").get_by_role("option")
    expect(hits).to_have_count(2)
    composing(page.locator("#find input"), "ArrowDown", "Escape", "Enter")

    expect(page.locator("#find")).to_be_visible()
    expect(hits.first).to_have_attribute("aria-selected", "true")
    page.wait_for_load_state("networkidle")
    assert page.url == f"{live_server.url}/admin/"


def test_a_search_that_was_closed_opens_nothing(page: Page, live_server: LiveServer, editor: User) -> None:
    write_post("posts/a.md", title="Dosage for adults")
    sign_in(page, live_server)
    page.goto(f"{live_server.url}/admin/")
    page.get_by_role("link", name="Search").click()
    expect(page.locator("#find-hits").get_by_role("option").first).to_be_visible()
    with held(page, "q=dosage") as waiting:
        page.keyboard.insert_text("dosage")
    page.keyboard.press("Enter")
    page.keyboard.press("Escape")
    with page.expect_response("**/find/?*"):
        waiting[0].continue_()
    expect(page.locator("#find-hits").get_by_role("option", include_hidden=True)).to_have_count(1)

    page.wait_for_load_state("networkidle")
    assert page.url == f"{live_server.url}/admin/"


def test_enter_asks_again_when_no_answer_came(context: BrowserContext, live_server: LiveServer, editor: User) -> None:
    write_post("posts/a.md", title="Dosage for adults")
    page = context.new_page()
    sign_in(page, live_server)
    page.goto(f"{live_server.url}/admin/")
    page.get_by_role("link", name="Search").click()
    expect(page.locator("#find-hits").get_by_role("option").first).to_be_visible()
    page.route("**/find/?*", lambda route: route.abort())
    with page.expect_event("requestfailed"):
        page.keyboard.insert_text("dosage adu")
    page.unroute("**/find/?*")
    page.keyboard.press("Enter")

    expect(page.get_by_label("Title")).to_have_value("Dosage for adults")


def test_buttons_keep_an_edge_in_forced_colours_and_nothing_moves_for_who_wants_it_still(
    browser: Browser, live_server: LiveServer, editor: User
) -> None:
    post = write_post(title="Live")
    context = browser.new_context(forced_colors="active", reduced_motion="reduce")
    page = context.new_page()
    sign_in(page, live_server)
    edgeless = "links => links.filter(link => getComputedStyle(link).borderTopStyle !== 'solid').map(link => link.text)"
    moving = "all => all.filter(each => parseFloat(getComputedStyle(each).transitionDuration) > 0).length"
    for path in ("/admin/", CALENDAR, LIST, f"{LIST}{post.pk}/change/", "/admin/account/"):
        page.goto(live_server.url + path)
        links = page.locator("a.button, .object-tools a")
        assert links.count()
        assert links.evaluate_all(edgeless) == []
        assert page.locator("body *").evaluate_all(moving) == 0
    context.close()


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (1280, "dark"), (390, "light"), (390, "dark")])
def test_axe_finds_nothing_on_these_pages(
    browser: Browser, live_server: LiveServer, editor: User, width: int, scheme: str
) -> None:
    now = clock.now()
    for n in range(7):
        write_post(f"posts/{n}.md", title=f"Post {n}", date=now, tags=["AI"])
    write_post("posts/soon.md", title="Soon", date=now + timedelta(days=1))
    write_post("posts/going.md", title="Going", expiryDate=now + timedelta(days=1))
    draft = write_post("posts/draft.md", title="Draft", draft=True, date=now, by=editor)
    rewrite_post(draft, title="Draft", draft=True, date=now)
    context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme)  # type: ignore[arg-type]
    page = context.new_page()
    sign_in(page, live_server)
    found = {}
    for path in ("/admin/", CALENDAR, f"{LIST}?tag=AI", f"{LIST}{draft.pk}/move/", "/admin/find/?q=post"):
        page.goto(live_server.url + path)
        found[path] = violations(page)
        assert not page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"), path
    page.keyboard.press("Control+k")
    expect(page.get_by_role("option").first).to_be_visible()
    found["dialog"] = violations(page)
    page.goto(f"{live_server.url}{LIST}")
    page.get_by_role("checkbox").first.check()
    page.locator("select[name=action]").select_option(label="Unpublish")
    send(page, "Go")
    expect(page.get_by_text("Left as they are")).to_be_visible()
    found["bulk"] = violations(page)
    press(page, "Unpublish")
    expect(page.get_by_role("button", name="Undo")).to_be_visible()
    found["undo"] = violations(page)
    context.close()

    assert {name: each for name, each in found.items() if each} == {}
