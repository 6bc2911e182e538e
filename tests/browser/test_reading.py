"""Reading under other conditions: letters twice as large, a text from right to left, no pictures, a slow network."""

from collections.abc import Iterator
from typing import Any

import feedparser
import pytest
from playwright.sync_api import Browser, Page, Route, expect
from pytest_django.live_server_helper import LiveServer

from tests.browser.screenshots import drawn
from tests.browser.test_accessibility import ARABIC, EVERY_ELEMENT, RIGHT_TO_LEFT
from tests.support.writing import write_post, write_posts

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

COVER = {"image": "https://res.cloudinary.com/demo/image/upload/v1/cover.jpg", "alt": "Cells, stained blue"}
# Elements whose own words do not fit into them, but for what scrolls or is not meant to be seen.
CUT_OFF = """() => [...document.querySelectorAll("h1, h2, h3, p, a, button, label, summary, dt, dd, input")]
  .filter(each => each.checkVisibility() && each.clientWidth > 1 && getComputedStyle(each).overflowX !== "visible"
    && each.scrollWidth > each.clientWidth + 1)
  .map(each => each.outerHTML.slice(0, 80))"""


@pytest.fixture
def slow(browser: Browser) -> Iterator[Page]:
    """A page on a network that carries 50 KB a second and takes 400 ms to begin."""
    context = browser.new_context()
    page = context.new_page()
    throughput = {"downloadThroughput": 50_000, "uploadThroughput": 50_000}
    context.new_cdp_session(page).send(
        "Network.emulateNetworkConditions", {"offline": False, "latency": 400, **throughput}
    )
    yield page
    context.close()


@pytest.mark.parametrize("width", [640, 1280])
def test_letters_twice_as_large_fit_on_every_page(page: Page, live_server: LiveServer, width: int) -> None:
    write_posts(12, tags=["Pharmacovigilance"], series=["Evidence basics"])
    write_post("posts/all.md", title="All of it", body=EVERY_ELEMENT, tags=["AI"], author="Mai Nguyen", ShowToc=True)
    page.route("https://res.cloudinary.com/**", drawn)
    page.set_viewport_size({"width": width, "height": 800})
    for path in (
        "/",
        "/posts/all/",
        "/posts/post-0003/",
        "/series/",
        "/tags/",
        "/archives/",
        "/search/?q=post",
        "/contact/",
    ):
        page.goto(live_server.url + path)
        page.evaluate("document.documentElement.style.fontSize = '200%'")
        assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"), path
        assert page.evaluate(CUT_OFF) == [], path


def test_an_arabic_article_runs_from_right_to_left(page: Page, live_server: LiveServer) -> None:
    write_post("posts/dawa.md", title="الدواء", body=RIGHT_TO_LEFT + EVERY_ELEMENT, source=ARABIC, tags=["AI"])
    page.route("https://res.cloudinary.com/**", drawn)
    page.goto(f"{live_server.url}/posts/dawa/")

    expect(page.get_by_role("article")).to_have_css("direction", "rtl")
    expect(page.locator("html")).to_have_attribute("dir", "ltr")
    expect(page.locator("pre")).to_have_css("direction", "ltr")
    page.goto(live_server.url)
    expect(page.get_by_role("article")).to_have_css("direction", "rtl")


def test_a_series_is_read_from_part_to_part(page: Page, live_server: LiveServer) -> None:
    for number in (1, 2, 3):
        write_post(f"posts/part-{number}.md", title=f"Title {number}", series=["Evidence basics"], series_weight=number)
    page.goto(f"{live_server.url}/series/")
    page.get_by_role("link", name="Evidence basics").click()
    page.get_by_role("link", name="Title 1").click()
    for number in (1, 2, 3):
        series = page.get_by_role("navigation", name="in Evidence basics")
        expect(series.get_by_role("heading")).to_have_text(f"Part {number} of 3 in Evidence basics")
        expect(series.locator("[aria-current]")).to_have_text(f"Title {number}")
        if number < 3:
            series.get_by_role("paragraph").filter(has_text="Next part").get_by_role("link").click()


@pytest.mark.parametrize("path", ["/authors/mai-nguyen/", "/series/evidence-basics/"])
def test_authors_and_series_can_be_subscribed_to(page: Page, live_server: LiveServer, path: str) -> None:
    write_post(title="A title", author="Mai Nguyen", series=["Evidence basics"])
    page.goto(live_server.url + path)
    link = page.get_by_role("link", name="RSS feed").get_attribute("href")
    feed = feedparser.parse(page.request.get(f"{live_server.url}{link}").body())

    assert not feed.bozo
    assert [entry.title for entry in feed.entries] == ["A title"]


def test_without_pictures_their_words_stand_in_their_place(page: Page, live_server: LiveServer) -> None:
    write_post(title="All of it", body=EVERY_ELEMENT, cover=COVER)
    page.route("**/*", _without_pictures)
    page.goto(f"{live_server.url}/posts/a/")

    for name in ("Cells, stained blue", "A chart"):
        picture: Any = page.get_by_role("img", name=name)
        picture.scroll_into_view_if_needed()
        expect(picture).to_be_visible()
        assert picture.evaluate("image => getComputedStyle(image, '::after').content") == f'"{name}"'


def test_on_a_slow_network_the_text_is_there_before_pictures_and_scripts(slow: Page, live_server: LiveServer) -> None:
    write_post(title="All of it", body=EVERY_ELEMENT, cover=COVER)
    waiting: list[Route] = []
    for late in ("https://res.cloudinary.com/**", "**/article*.js"):
        slow.route(late, lambda route: waiting.append(route))
    slow.goto(f"{live_server.url}/posts/a/", wait_until="commit")

    expect(slow.get_by_role("heading", level=1)).to_have_text("All of it")
    expect(slow.get_by_text("A quotation.")).to_be_visible()
    painted = "performance.getEntriesByName('first-contentful-paint').length"
    slow.wait_for_function(painted)
    assert waiting
    assert slow.evaluate("document.readyState") != "complete"
    for route in waiting:
        route.abort()


def _without_pictures(route: Route) -> None:
    if route.request.resource_type == "image":
        route.fulfill(status=404)
    else:
        route.fallback()
