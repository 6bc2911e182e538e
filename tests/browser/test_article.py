"""An article as its reader handles it: contents, code, pictures, links to pass on, light and dark, and paper."""

from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, Route, expect
from pytest_django.live_server_helper import LiveServer

from tests.browser.screenshots import drawn
from tests.support.writing import write_post

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PARAGRAPHS = "\n\n".join(["What registries know, and what they do not. " * 12] * 4)
BODY = f"""
## Methods

{PARAGRAPHS}

```python
dose = weight * 0.5
```

## Results

{PARAGRAPHS}

![A chart](https://res.cloudinary.com/demo/image/upload/v1/chart.jpg "Survival")

### In adults

{PARAGRAPHS}

Text with a [source](https://example.org/paper) and a footnote[^1].

[^1]: The note.
"""
GROUND = "() => getComputedStyle(document.documentElement).backgroundColor"
LIGHT, DARK = "rgb(253, 253, 251)", "rgb(20, 25, 27)"


@pytest.fixture
def article(page: Page, live_server: LiveServer) -> str:
    """The address of an article with all that can be handled."""
    write_post(title="All of it", body=BODY, tags=["AI"], author="Mai Nguyen")
    page.route("https://res.cloudinary.com/**", drawn)
    return f"{live_server.url}/posts/a/"


def test_the_contents_list_follows_the_text(page: Page, article: str) -> None:
    page.set_viewport_size({"width": 1280, "height": 700})
    page.goto(article)
    contents = page.get_by_role("navigation", name="Contents")
    here = contents.locator("[aria-current]")

    for heading in ("Methods", "Results", "In adults"):
        contents.get_by_role("link", name=heading).click()
        expect(here).to_have_text(heading)
    page.evaluate("scrollTo(0, document.getElementById('in-adults').offsetTop - innerHeight)")
    expect(here).to_have_text("Results")
    page.evaluate("scrollTo(0, 0)")
    expect(here).to_have_count(0)


def test_the_contents_list_follows_a_heading_that_stops_beside_the_line(page: Page, article: str) -> None:
    page.set_viewport_size({"width": 1280, "height": 700})
    page.goto(article, wait_until="networkidle")  # a picture that comes late moves the heading
    here = page.get_by_role("navigation", name="Contents").locator("[aria-current]")
    put = """top => scrollTo({behavior: "instant",
      top: Math.ceil(document.getElementById("in-adults").getBoundingClientRect().top + scrollY) - top})"""
    page.evaluate(put, 200)
    expect(here).to_have_text("In adults")

    page.evaluate(put, 211)  # three tenths of the window are 210
    expect(here).to_have_text("Results")


def test_the_contents_list_leads_to_ids_with_percent_signs(page: Page, live_server: LiveServer) -> None:
    """Other tools write the letters of their languages so; a script that fails here copies no code either."""
    half, day = '<h2 id="50%">Half</h2>', '<h2 id="%e6%97%a5">Day</h2>'
    write_post(body="\n\n".join([half, PARAGRAPHS, day, PARAGRAPHS, "## Rest", PARAGRAPHS]))
    page.set_viewport_size({"width": 1280, "height": 700})
    page.goto(f"{live_server.url}/posts/a/")
    contents = page.get_by_role("navigation", name="Contents")

    for heading in ("Half", "Day"):
        contents.get_by_role("link", name=heading).click()
        expect(contents.locator("[aria-current]")).to_have_text(heading)


def test_the_contents_list_folds_on_a_phone(page: Page, article: str) -> None:
    page.set_viewport_size({"width": 390, "height": 800})
    page.goto(article)
    link = page.get_by_role("navigation", name="Contents").get_by_role("link", name="Results")

    expect(link).not_to_be_visible()
    page.get_by_text("Contents", exact=True).click()
    expect(link).to_be_visible()


def test_code_and_the_pages_address_are_copied(context: BrowserContext, page: Page, article: str) -> None:
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(article)
    for role, name, text in (
        ("button", "Copy", "dose = weight * 0.5\n"),
        ("link", "Copy the link", "http://127.0.0.1:8000/posts/a/"),
    ):
        control: Any = page.get_by_role(role, name=name, exact=True)  # type: ignore[arg-type]
        control.focus()
        page.keyboard.press("Enter")
        expect(page.get_by_role(role, name="Copied")).to_be_visible()  # type: ignore[arg-type]
        assert page.evaluate("navigator.clipboard.readText()") == text
        expect(control).to_be_visible()
    assert page.url == article


def test_a_picture_is_enlarged_and_put_back_with_the_keyboard(page: Page, article: str) -> None:
    page.goto(article)
    picture = page.get_by_role("link", name="Enlarge: A chart")
    small = picture.get_by_role("img").bounding_box()
    picture.focus()
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog", name="A chart")
    large = dialog.get_by_role("img").bounding_box()

    assert small
    assert large
    assert large["width"] > small["width"]
    expect(dialog.get_by_role("button", name="Close")).to_be_focused()
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    expect(picture).to_be_focused()


def test_a_footnote_leads_there_and_back(page: Page, article: str) -> None:
    page.goto(article)
    page.locator("sup a").click()
    expect(page.locator("#fn\\:1")).to_be_in_viewport()
    page.get_by_role("link", name="Back to reference 1").click()
    expect(page.locator("#fnref\\:1")).to_be_in_viewport()


def test_the_theme_is_the_systems_until_the_reader_chooses(page: Page, article: str, live_server: LiveServer) -> None:
    page.emulate_media(color_scheme="dark")
    page.goto(article)
    switch = page.get_by_role("button", name="Switch between light and dark")
    assert page.evaluate(GROUND) == DARK

    switch.click()
    assert page.evaluate(GROUND) == LIGHT
    page.goto(live_server.url)
    assert page.evaluate(GROUND) == LIGHT

    switch.click()  # back to what the system says, and from then on with it
    assert page.evaluate(GROUND) == DARK
    page.emulate_media(color_scheme="light")
    assert page.evaluate(GROUND) == LIGHT


def test_a_chosen_theme_does_not_flash(page: Page, article: str) -> None:
    page.emulate_media(color_scheme="light")
    page.goto(article)
    page.get_by_role("button", name="Switch between light and dark").click()
    page.add_init_script(
        "new MutationObserver(() => { if (document.body) window.first ??= document.documentElement.dataset.theme; })"
        ".observe(document, {childList: true, subtree: true})"
    )
    page.reload()

    assert page.evaluate("window.first") == "dark"  # when nothing of the body could have been painted
    assert page.evaluate(GROUND) == DARK


def test_paper_is_white_and_shows_where_links_lead(page: Page, article: str) -> None:
    page.emulate_media(color_scheme="dark")
    page.goto(article)
    page.emulate_media(media="print", color_scheme="dark")

    assert page.evaluate(GROUND) == LIGHT
    content = "element => getComputedStyle(element, '::after').content"
    assert "https://example.org/paper" in page.get_by_role("link", name="source").evaluate(content)
    expect(page.get_by_text("http://127.0.0.1:8000/posts/a/")).to_be_visible()
    for control in page.locator("nav, aside, button, .share").all():
        expect(control).not_to_be_visible()
    assert page.get_by_role("link", name="Enlarge").evaluate(content) == "none"


def test_all_of_it_can_be_read_without_scripts(without_scripts: BrowserContext, article: str) -> None:
    page = without_scripts.new_page()
    page.route("https://res.cloudinary.com/**", drawn)
    page.goto(article)

    for name in ("E-mail", "LinkedIn", "Copy the link", "Mai Nguyen", "Posts"):
        expect(page.get_by_role("link", name=name, exact=True)).to_be_visible()
    expect(page.get_by_role("button")).to_have_count(1)
    expect(page.get_by_role("button", name="Search")).to_be_visible()
    page.get_by_role("link", name="Mai Nguyen").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Mai Nguyen")


def test_a_page_asks_nobody_else_but_for_pictures(page: Page, article: str, live_server: LiveServer) -> None:
    asked: list[tuple[str, str]] = []

    def note(route: Route) -> None:
        asked.append((route.request.resource_type, route.request.url))
        route.fallback()

    page.route("**/*", note)
    for address in (article, live_server.url, f"{live_server.url}/authors/mai-nguyen/"):
        page.goto(address)
        page.wait_for_load_state("networkidle")

    assert [url for kind, url in asked if kind != "image" and not url.startswith(live_server.url)] == []


def test_nothing_moves_while_the_page_loads(page: Page, live_server: LiveServer) -> None:
    cover = {"image": "https://res.cloudinary.com/demo/image/upload/v1/cover.jpg", "alt": "Cells"}
    write_post(title="All of it", body=BODY, cover=cover)
    page.route("https://res.cloudinary.com/**", drawn)
    page.add_init_script(
        "window.moved = 0; new PerformanceObserver(list => list.getEntries().forEach(e => window.moved += e.value))"
        ".observe({type: 'layout-shift', buffered: true})"
    )
    for width in (390, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        page.goto(f"{live_server.url}/posts/a/")
        page.wait_for_load_state("networkidle")
        assert page.evaluate("window.moved") < 0.01


def test_nothing_glides_for_those_who_ask_for_stillness(page: Page, article: str) -> None:
    page.emulate_media(reduced_motion="reduce")
    page.goto(article)

    assert page.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == "auto"
    moving = "[...document.querySelectorAll('*')].filter(e => getComputedStyle(e).transitionDuration !== '0s').length"
    assert page.evaluate(moving) == 0
